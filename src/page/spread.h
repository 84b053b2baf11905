/*
 * spread: the block of a territory's page: what came from elsewhere, what left. Layer 4. All lives in the request's arena.
 */
#ifndef PAGE_SPREAD_H
#define PAGE_SPREAD_H
#include "page/page.h"

/* title empty: nothing is known, nothing is shown. */
enum err moves_find(struct req *r, const struct territory *t, struct view_moves *ret) MUST_CHECK;

#endif
