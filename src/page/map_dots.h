/*
 * map_dots: what stands where on a map. Layer 4. Items at the same place are one dot, dots that would touch become one; a dot
 * whose place is only a département steps aside for the exact ones. Pure: no database, no words. All lives in the arena given.
 */
#ifndef PAGE_MAP_DOTS_H
#define PAGE_MAP_DOTS_H
#include "base/arena.h"

#include <stdint.h>

struct map_mark { /* one item at one place, in the order of the list */
	int64_t item, count; /* count: no item but so many of them, counted elsewhere; 0: the item */
	struct str key;      /* the place: marks of one key are one dot */
	double x, y;
	bool vague;
};

struct map_dot {
	double x, y;
	bool vague;
	const int64_t *items; /* distinct, in the order of the list; none when they are only counted */
	size_t nitems;
	const struct str *keys; /* distinct */
	size_t nkeys;
	int64_t count;
};
struct map_dots {
	const struct map_dot *p;
	size_t n;
};

/* radius: of a dot that holds several; room: left between two. Dots come in the order of their first item. */
struct map_dots map_dots_of(struct arena *a, const struct map_mark *marks, size_t n, double radius, double room);

#endif
