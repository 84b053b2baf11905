/*
 * term: terms as those in charge change them (the public lists are vocabulary.h). Layer 3, on read-write connections; a change is one
 * statement with its line in the journal. *ret_why: empty when done, else one of the words of sql/deploy/administration.sql.
 */
#ifndef MODEL_TERM_H
#define MODEL_TERM_H
#include "db/db.h"

struct changed { /* the last line of the journal about something */
	struct str at, by; /* an instant; a name, empty: the platform */
};

struct term_scheme {
	struct str code, label, description, origin;
	int64_t terms, closed, sheets;
	struct changed changed;
};
struct term_schemes {
	const struct term_scheme *p;
	size_t n;
};

struct term_edit {
	int64_t id;
	struct str scheme, code, label, definition, colour, valid_from, valid_to, origin, source_label, source_url;
	struct str merged_into; /* the label of what took its place */
	int64_t sheets, catalysts, uses;
	struct changed changed;
};
struct term_edits {
	const struct term_edit *p;
	size_t n;
};

enum err term_schemes(struct db *db, struct arena *a, struct term_schemes *ret) MUST_CHECK;
enum err term_all(struct db *db, struct arena *a, struct str scheme, struct term_edits *ret) MUST_CHECK;
enum err term_find(struct db *db, struct arena *a, int64_t id, struct term_edit *ret) MUST_CHECK; /* ERR_NOT_FOUND */
/* id 0: a new one, of that code. What is empty is unknown. */
enum err term_save(struct db *db, struct arena *a, int64_t actor, const struct term_edit *t, struct str *ret_why) MUST_CHECK;
enum err term_move(struct db *db, struct arena *a, int64_t actor, int64_t id, bool up, struct str *ret_why) MUST_CHECK;
enum err term_merge(struct db *db, struct arena *a, int64_t actor, int64_t id, int64_t other, struct str why, struct str *ret_why) MUST_CHECK;
enum err term_drop(struct db *db, struct arena *a, int64_t actor, int64_t id, struct str *ret_why) MUST_CHECK;

#endif
