/*
 * diff: what changed between two texts, for a reader. Layer 1, pure, never fails.
 * By lines first, then by words inside the lines that differ; small islands of sameness in the middle of a change are made
 * part of it. The cost is bounded: past DIFF_CHANGES_MAX changes what is compared is told as replaced whole, so that time is at
 * most DIFF_CHANGES_MAX times the length of both texts, and memory a few words for each word. Any bytes will do.
 * Slices are those of the texts given, never copies, and never cut a character of valid UTF-8.
 */
#ifndef TEXT_DIFF_H
#define TEXT_DIFF_H
#include "base/arena.h"

enum { DIFF_CHANGES_MAX = 1000 };
enum diff_op { DIFF_SAME, DIFF_REMOVED, DIFF_ADDED };

struct diff_piece {
	enum diff_op op;
	struct str text; /* never empty; of the second text when the same */
};

/* In the order of reading; what is removed comes before what replaces it; no two neighbours have the same op.
 * Same and removed pieces make the first text, same and added pieces the second. */
struct diff {
	const struct diff_piece *p;
	size_t n;
};

struct diff diff_texts(struct arena *a, struct str before, struct str after);

#endif
