/*
 * journal: decisions, read (they are written by journal_add, in account.h, and by the functions of the database). Layer 3, on read-write
 * connections.
 */
#ifndef MODEL_JOURNAL_H
#define MODEL_JOURNAL_H
#include "db/db.h"

struct journal_query { /* empty, 0: not asked */
	struct str object, person, action, since, until; /* person: a number, an address, a part of a name */
	int64_t number, before, most; /* number: of the object; before: lines before that one */
};
struct journal_line {
	int64_t id, actor, object_id; /* 0: none */
	struct str at, name, action, object, detail, reason; /* name: of the actor, today */
	struct str object_name; /* today; may be empty */
	bool sealed;
};
struct journal_lines {
	const struct journal_line *p;
	size_t n;
};
struct journal_words {
	const struct str *objects, *actions;
	size_t nobjects, nactions;
};

enum err journal_list(struct db *db, struct arena *a, const struct journal_query *q, struct journal_lines *ret) MUST_CHECK;
enum err journal_words(struct db *db, struct arena *a, struct journal_words *ret) MUST_CHECK;
/* *ret_broken: the first line whose seal does not hold, 0 when all do. Reads the whole journal. */
enum err journal_whole(struct db *db, struct arena *a, int64_t *ret_broken, int64_t *ret_lines) MUST_CHECK;

#endif
