/*
 * workshop: a session where several people write at once, reached by a short code; each note becomes a draft of whoever has its secret.
 * Layer 3. Connections are read-write ones, changes are made inside the caller's transaction; all lives in the arena given.
 */
#ifndef MODEL_WORKSHOP_H
#define MODEL_WORKSHOP_H
#include "model/work_content.h"

enum { WORKSHOP_HOURS_MAX = 72, WORKSHOP_NOTES_MAX = 2000 };

struct workshop {
	int64_t id, host_id, territory_id, notes, claimed; /* notes: on the board */
	struct str code, title, prompt, host, place, place_key /* "commune:97410" */;
	struct str opened_at, closes_at; /* ISO 8601, UTC */
	struct str closes_hour;          /* "17 h 30", in Paris */
	bool open;
};
struct workshops {
	const struct workshop *p;
	size_t n;
};
struct workshop_note {
	int64_t id;
	struct str name, type, title, summary, written_at, hour;
	bool hidden, claimed, offline;
};
struct workshop_notes {
	const struct workshop_note *p;
	size_t n;
};

/* ERR_NOT_FOUND: no territory of that key. */
enum err workshop_open(struct db *db, struct arena *a, int64_t host, struct str title, struct str prompt, struct str place, int64_t hours, struct workshop *ret) MUST_CHECK;
enum err workshop_find(struct db *db, struct arena *a, struct str code, struct workshop *ret) MUST_CHECK; /* ERR_NOT_FOUND */
enum err workshop_by_id(struct db *db, struct arena *a, int64_t id, struct workshop *ret) MUST_CHECK;     /* likewise */
enum err workshop_list(struct db *db, struct arena *a, int64_t host, struct workshops *ret) MUST_CHECK;
/* The last ones first, after a number: 300 at most. all: every one, those that were hidden too. */
enum err workshop_notes(struct db *db, struct arena *a, int64_t workshop, int64_t after, bool all, struct workshop_notes *ret) MUST_CHECK;
/* claim: the sum of the author's secret. *ret_outcome: empty, "deja" (that key is there), "introuvable", "ferme", "plein". */
enum err workshop_write(struct db *db, struct arena *a, struct str code, struct str key, struct str name, const struct work_content *c, struct str email,
                        struct str claim, bool offline, int64_t *ret_id, struct str *ret_outcome) MUST_CHECK;
/* What the secret of that sum opens. sheet 0: not claimed yet. ERR_NOT_FOUND. */
struct workshop_claim {
	struct str name, workshop;
	struct work_content content;
	int64_t sheet, by; /* 0: nobody's yet */
};
enum err workshop_note_find(struct db *db, struct arena *a, struct str code, struct str claim, struct workshop_claim *ret) MUST_CHECK;
/* *ret_outcome: empty when done, "deja", "pris", "introuvable". */
enum err workshop_claim(struct db *db, struct arena *a, int64_t actor, struct str claim, int64_t *ret_sheet, struct str *ret_outcome) MUST_CHECK;
enum err workshop_hide(struct db *db, struct arena *a, int64_t workshop, int64_t note, bool hide) MUST_CHECK; /* ERR_NOT_FOUND */
enum err workshop_close(struct db *db, struct arena *a, int64_t workshop, int64_t hours /* 0: now */, int64_t actor) MUST_CHECK;
enum err workshop_forget(struct db *db, struct arena *a, int64_t *ret_n) MUST_CHECK;

/* What comes back from the file that works without a network: {"notes": [{"cle", "jeton", "nom", "type", "titre", "chapo", "courriel"}]}. */
struct workshop_brought {
	struct str key, secret, name, email; /* secret: as token_make writes it */
	struct work_content content;
};
/* NULL when done, else what is wrong, in French; *ret: 500 at most. */
const char *workshop_read(struct arena *a, struct str file, const struct workshop_brought **ret, size_t *ret_n);

#endif
