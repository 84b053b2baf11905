/*
 * spread: where practices travelled: trees of sheets drawn from one another, and who tried them where. Layer 3. SQL in, structs out; all
 * lives in the arena given.
 */
#ifndef MODEL_SPREAD_H
#define MODEL_SPREAD_H
#include "model/list_query.h"

enum { SPREAD_OUTCOMES = 4 };
extern const char *const SPREAD_OUTCOME_CODES[SPREAD_OUTCOMES]; /* "reussi", "partiel", "en_cours", "abandonne" */

struct spread_node {
	int64_t id, root, parent; /* parent 0: the root of its tree */
	int64_t depth;
	struct str type, slug, title;
	struct str also; /* titles of what else inspired it, " ; " between two; may be empty */
	int64_t outcomes[SPREAD_OUTCOMES];
};
struct spread_place { /* where a sheet is from, or was tried */
	int64_t sheet;
	bool trial;
	struct place_ref place;
	struct str departement; /* code; empty: wider than one, or the nation */
	struct str outcome, who, note;
	int64_t year; /* 0: not said */
};
struct spread {
	const struct spread_node *nodes; /* a parent before its children; a tree after the other */
	size_t nnodes;
	const struct spread_place *places;
	size_t nplaces;
};
/* The tree that sheet is in; 0: all the trees, at most so many sheets. */
enum err spread_find(struct db *db, struct arena *a, int64_t sheet, int64_t most, struct spread *ret) MUST_CHECK;

struct spread_move { /* what came to a territory, or left it */
	bool came, trial;
	int64_t id, year, other_id; /* other: the sheet it was drawn from, or that was drawn from it; 0: a trial */
	struct str type, slug, title, outcome, other_slug, other_title;
	struct place_ref place;     /* of the other end; of a trial: where it was made */
	struct str place_in;
};
struct spread_moves {
	const struct spread_move *p;
	size_t n;
	int64_t came, left; /* in all */
};
enum err spread_territory(struct db *db, struct arena *a, int64_t territory, int64_t most, struct spread_moves *ret) MUST_CHECK;

#endif
