/*
 * outline: the outlines of neighbours with fewer points, for a small drawing. Layer 1, pure.
 * Paths are those of our own maps: subpaths "M x y l dx dy ... z" of whole numbers, closed. What two outlines share keeps the same
 * points in both, so that no gap opens between neighbours: a line between two places where three meet is simplified once, in one direction
 * (Douglas and Peucker), for all that follow it. What becomes too small to have three points goes, unless nothing would be left.
 * Results live in the arena. A path in another form: nothing is changed, in any of them.
 */
#ifndef TEXT_OUTLINE_H
#define TEXT_OUTLINE_H
#include "base/buf.h"

/* Each of the n paths is replaced; tolerance: how far a point may be from the line that leaves it out, in the paths' unit. */
void outlines_lighten(struct arena *a, struct str *paths, size_t n, double tolerance);

#endif
