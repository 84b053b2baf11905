/*
 * work: a sheet being written, beside the public one: opened, saved, moved. Layer 3. Connections here are read-write ones, and every
 * change is made inside the caller's transaction. What one may do is judged by the base (private.work_rights): a text that is nobody's
 * business is ERR_NOT_FOUND. All lives in the arena given.
 */
#ifndef MODEL_WORK_H
#define MODEL_WORK_H
#include "model/work_check.h"

enum { WORK_BYTES_MAX = 240000 }; /* of a text as it is kept: more is ERR_TOO_LARGE, and nothing is changed */

struct work {
	int64_t id, rev, round; /* rev 0: a public sheet that nobody opened yet */
	struct str state;       /* brouillon, soumise, en_relecture, modifications_demandees, refusee, publiee */
	struct str json;        /* the content as it is kept */
	struct work_content content;
	struct str note, saved_at, saved_hour /* "15 h 42" in Paris */, saved_by, reviewer, structure;
	struct str public_state, slug; /* of the public sheet; empty: there is none yet */
	bool may_write, may_manage, may_review;
};

enum err work_find(struct db *db, struct arena *a, int64_t actor, int64_t sheet, struct work *ret) MUST_CHECK;
bool work_editable(const struct work *w); /* in a state where its text changes, the public one included: it is opened first */
enum err work_create(struct db *db, struct arena *a, int64_t actor, const struct work_content *c, int64_t *ret_id) MUST_CHECK;
/* ERR_PRECONDITION: rev is not the last one, somebody else saved; *ret_rev is the new one else. A public text is opened first. */
enum err work_save(struct db *db, struct arena *a, int64_t actor, const struct work *w, int64_t rev, const struct work_content *c,
                   int64_t *ret_rev) MUST_CHECK;
/* *ret_refusal: empty when done, else introuvable, interdit, etat, motif, perime. rev 0: whatever it is. */
enum err work_move(struct db *db, struct arena *a, int64_t actor, int64_t sheet, const char *act, struct str why, int64_t rev,
                   struct str *ret_refusal) MUST_CHECK;
/* work_check, and what only the base can tell: what the text names and does not exist. */
enum err work_judge(struct db *db, struct arena *a, int64_t sheet, const struct work_content *c, bool short_form, struct work_faults *ret) MUST_CHECK;

struct work_place {
	struct str key, name, label; /* "commune:97410", "Saint-Benoît", "Saint-Benoît (974)" */
};
struct work_places {
	const struct work_place *p;
	size_t n;
};
enum err work_places(struct db *db, struct arena *a, struct strs keys, struct work_places *ret) MUST_CHECK;

struct work_like {
	int64_t id;
	struct str type, title, slug;
	bool is_public;
};
struct work_likes {
	const struct work_like *p;
	size_t n;
};
/* sheet: the one being written, left out; 0: none. actor 0: public sheets only. */
enum err work_alike(struct db *db, struct arena *a, int64_t actor, struct str title, int64_t sheet, struct work_likes *ret) MUST_CHECK;

/* The sheet that the text would be, with all that a page shows of it. */
enum err work_sheet(struct db *db, struct arena *a, const struct work_content *c, int64_t id, struct sheet *ret) MUST_CHECK;
/* A public sheet as the start of another: its words, not its places nor its source; inspired by it. ERR_NOT_FOUND. */
enum err work_model(struct db *db, struct arena *a, int64_t sheet, struct work_content *ret) MUST_CHECK;

#endif
