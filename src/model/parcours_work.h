/*
 * parcours_work: a parcours being composed, and what is decided of it. Layer 3, on read-write connections. Rules are those of the schema
 * (sql/deploy/parcours.sql): outcomes are "" when done, else introuvable, interdit, etat, perime, motif. Everything lives in the arena.
 */
#ifndef MODEL_PARCOURS_WORK_H
#define MODEL_PARCOURS_WORK_H
#include "model/parcours.h"

enum { PARCOURS_STEPS_MAX = 60 };

/* A step as it is typed: numbers may be anything yet. */
struct parcours_draft_step {
	struct str code, kind, title, minutes, since, body, sheet, event;
	struct parcours_step seen; /* what its sheet or event is, for who reads; gone when it is not there */
};
struct parcours_draft {
	struct str title, situation, summary, audience, aims, term;
	struct parcours_draft_step *steps;
	size_t n;
};

struct parcours_work {
	int64_t id, rev, author_id;
	struct str state, reason, slug, author, acts; /* acts: "auteur:soumettre relecteur:publier" */
	bool online, own; /* own: the platform's */
	struct parcours_draft text;
};
/* ERR_NOT_FOUND: none, or not one's business. */
enum err parcours_work_find(struct db *db, struct arena *a, int64_t actor, int64_t id, struct parcours_work *ret) MUST_CHECK;
bool parcours_work_may(const struct parcours_work *w, const char *act); /* "auteur:soumettre" */
/* As readers would see it. */
struct parcours parcours_work_text(struct arena *a, const struct parcours_work *w);

enum err parcours_work_create(struct db *db, struct arena *a, int64_t actor, const struct parcours_draft *d, int64_t *ret_id) MUST_CHECK;
enum err parcours_work_save(struct db *db, struct arena *a, int64_t actor, int64_t id, const struct parcours_draft *d, int64_t rev, struct str *ret_why) MUST_CHECK;
/* rev 0: whatever was read. */
enum err parcours_work_move(struct db *db, struct arena *a, int64_t actor, int64_t id, struct str act, struct str why, int64_t rev, struct str *ret_why) MUST_CHECK;

struct parcours_work_row {
	int64_t id, steps;
	struct str title, state, reason, slug, author, saved_on, submitted_on;
	bool online, own;
};
struct parcours_work_rows {
	const struct parcours_work_row *p;
	size_t n;
	int64_t total;
};
/* queue: all that editors and animateurs see; else one's own. */
enum err parcours_work_list(struct db *db, struct arena *a, int64_t actor, bool queue, int64_t offset, int64_t size, struct parcours_work_rows *ret) MUST_CHECK;

/* Whoever composed it, to be written to; account 0: nobody. */
enum err parcours_work_author(struct db *db, struct arena *a, int64_t id, int64_t *ret_account, struct str *ret_email, struct str *ret_slug) MUST_CHECK;

/* Who may read it over, to be written to. */
struct parcours_reader {
	int64_t account;
	struct str email;
};
enum err parcours_work_readers(struct db *db, struct arena *a, int64_t id, const struct parcours_reader **ret, size_t *ret_n) MUST_CHECK;

struct parcours_event {
	struct str ref, title, day;
	bool replay;
};
struct parcours_events {
	const struct parcours_event *p;
	size_t n;
};
enum err parcours_events(struct db *db, struct arena *a, struct parcours_events *ret) MUST_CHECK;

#endif
