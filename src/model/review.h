/*
 * review: a sheet read over: where it stands, what was said, the grid, who is asked, the acts and their outcomes, links sent by
 * mail. Layer 3: SQL in, structs out. All lives in the arena given; all connections here are read-write ones. Errors are db's.
 */
#ifndef MODEL_REVIEW_H
#define MODEL_REVIEW_H
#include "crypt/token.h"
#include "model/sheet_version.h"

struct review_case { /* a sheet as somebody may see it */
	int64_t id, rev, round, version, reviewer_id, appealed_id, withdrawer_id;
	struct str state;        /* of the text: brouillon, soumise, en_relecture, modifications_demandees, refusee, publiee */
	struct str public_state; /* of what is public; empty: nothing is */
	bool reads, writes, manages, reviews, admin; /* what this person may do */
	bool own;                                    /* its author, or of its structure */
	int rank;                                    /* 3 by its territory, 2 by its theme, 1 otherwise */
	struct str type, title, structure, saved_at, submitted_at, due_on, note, reviewer, slug, public_title, withdrawn_reason;
	struct str place_type, place_code, place, stone;
	bool overdue, appeal, first_sheet;
};

/* ERR_NOT_FOUND when there is none, or this person may not read it. */
enum err review_case_find(struct db *db, struct arena *a, int64_t actor, int64_t sheet, struct review_case *ret) MUST_CHECK;

struct review_event { /* a line of the journal, a message, or the beginning */
	struct str source;    /* "journal", "message", "debut" */
	int64_t id, actor_id, round, rank, target, reply_to, decision_id;
	struct str at;        /* "2026-11-16T10:12", in Paris */
	struct str actor;     /* empty: the platform */
	struct str action, after, machine, scope, target_name, side, field, field_label, quote, body;
};
struct review_events { /* the last first */
	const struct review_event *p;
	size_t n;
};
enum err review_events_list(struct db *db, struct arena *a, int64_t sheet, struct review_events *ret) MUST_CHECK;

struct review_answer { /* a criterion and one answer to it; verdict empty: none yet */
	struct str code, label, help, who, verdict, comment;
	bool principal;
	int64_t reviewer_id, invitation_id;
};
struct review_grid {
	const struct review_answer *p;
	size_t n;
};
enum err review_grid_find(struct db *db, struct arena *a, int64_t sheet, int64_t round, struct review_grid *ret) MUST_CHECK;
/* reviewer or invitation, the other 0. verdict: oui, non, sans_objet; empty takes the answer back. */
enum err review_grid_put(struct db *db, struct arena *a, int64_t sheet, int64_t reviewer, int64_t invitation, struct str criterion, struct str verdict,
                         struct str comment) MUST_CHECK;

struct review_step { /* an act there is from where a sheet stands */
	struct str machine, act, label;
	bool by_author, by_reviewer, reasoned;
};
struct review_steps {
	const struct review_step *p;
	size_t n;
};
enum err review_steps_list(struct db *db, struct arena *a, struct str state, struct str public_state, struct review_steps *ret) MUST_CHECK;

/* The parts of the text, each against the public version, else against the round before, else alone. */
struct review_texts {
	struct sheet_fields fields;
	int64_t version, round; /* what "before" is: a version, a round; both 0: nothing */
};
enum err review_texts_find(struct db *db, struct arena *a, struct str type, int64_t sheet, struct review_texts *ret) MUST_CHECK;

struct review_item { /* a line of the queue */
	struct str part; /* miennes, territoire, theme, ailleurs, prises, attente, appels */
	int64_t id, round, age, messages;
	struct str type, title, state, submitted_at, due_on, reviewer, place, stone, authors;
	bool late, first_sheet, updates;
	bool barred; /* an appeal against what this person decided */
};
struct review_queue {
	const struct review_item *p;
	size_t n;
};
struct review_filter {
	struct str state, type, territory;
	bool late;
};
enum err review_queue_list(struct db *db, struct arena *a, int64_t actor, const struct review_filter *f, struct review_queue *ret) MUST_CHECK;

struct review_person {
	int64_t id;
	struct str part; /* "auteur", "relecteur" */
	struct str name, email, scope;
	int rank;
	int64_t held;
	bool away;
};
struct review_people {
	const struct review_person *p;
	size_t n;
};
enum err review_people_list(struct db *db, struct arena *a, int64_t sheet, struct review_people *ret) MUST_CHECK;
enum err review_route_list(struct db *db, struct arena *a, int64_t sheet, struct review_people *ret) MUST_CHECK;     /* whom to ask */
enum err review_reviewers_list(struct db *db, struct arena *a, int64_t sheet, struct review_people *ret) MUST_CHECK; /* who may be given it */
enum err review_routed(struct db *db, struct arena *a, int64_t sheet, const struct review_people *asked) MUST_CHECK;

struct review_reason {
	struct str act, code, label;
};
struct review_reasons {
	const struct review_reason *p;
	size_t n;
};
enum err review_reasons_list(struct db *db, struct arena *a, struct review_reasons *ret) MUST_CHECK;

struct review_words { /* what somebody says; author or invitation, the other 0 */
	int64_t author, invitation, reply_to;
	struct str kind, side, field, field_label, quote, body;
};
/* ERR_NOT_FOUND: what it answers is not there. */
enum err review_say(struct db *db, struct arena *a, int64_t sheet, const struct review_words *words) MUST_CHECK;

struct review_act {
	int64_t actor, sheet, target; /* target: the sheet that stays, or the reviewer it is given to */
	struct str act, why, slug;    /* slug: of a text to publish */
	int64_t rev;                  /* the text that was read; 0: whichever */
};
/* On the text, or, when the text knows no such act, on what is public. *ret: "" when done; else introuvable, interdit, etat, motif,
 * perime, cible, or "contenu <rule>". */
enum err review_act_do(struct db *db, struct arena *a, const struct review_act *act, struct str *ret) MUST_CHECK;
/* The comments that go with the decision just made. */
struct review_comments {
	const struct review_words *p;
	size_t n;
};
enum err review_decided(struct db *db, struct arena *a, int64_t actor, int64_t sheet, struct review_comments *ret) MUST_CHECK;
enum err review_due(struct db *db, struct arena *a, int64_t actor, int64_t sheet, struct str day, bool *ret_done) MUST_CHECK;

struct review_invitation {
	int64_t id, sheet_id, invited_by;
	struct str name;
	bool open, answered;
};
enum err review_invite(struct db *db, struct arena *a, int64_t actor, int64_t sheet, struct str name, struct str token_sum, bool *ret_done) MUST_CHECK;
enum err review_invitation_find(struct db *db, struct arena *a, struct str token_sum, struct review_invitation *ret) MUST_CHECK; /* ERR_NOT_FOUND */
/* *ret_email: of who invited, empty when gone. */
enum err review_invitation_done(struct db *db, struct arena *a, int64_t id, int64_t *ret_account, struct str *ret_email) MUST_CHECK;

/* Days on which a reviewer is not asked; empty: none. */
struct review_absence {
	struct str since, until;
};
enum err review_absence_find(struct db *db, struct arena *a, int64_t account, struct review_absence *ret) MUST_CHECK;
enum err review_absence_put(struct db *db, struct arena *a, int64_t account, const struct review_absence *x) MUST_CHECK; /* empty: they are back */

/* A link sent by mail: a token known by its digest. */
struct link_found {
	struct str purpose, data, name; /* name: of its account */
	int64_t account_id, sheet_id;
	bool used, fresh, active;
};
enum err link_make(struct db *db, struct arena *a, struct str purpose, int64_t account, int64_t sheet, int days, struct token *ret) MUST_CHECK;
enum err link_find(struct db *db, struct arena *a, struct str token_sum, struct link_found *ret) MUST_CHECK; /* ERR_NOT_FOUND: none, or too old */
enum err link_use(struct db *db, struct arena *a, struct str token_sum, bool *ret_free) MUST_CHECK;

struct review_delay { /* a région, or all of France; below five texts nothing is said: -1 */
	struct str type, code, name;
	int64_t texts, waiting;
	double answer_median, answer_p90, decision_median, decision_p90; /* days */
};
struct review_delays {
	const struct review_delay *p;
	size_t n;
};
enum err review_delays_list(struct db *db, struct arena *a, struct review_delays *ret) MUST_CHECK; /* db: the read-only one will do */

#endif
