/*
 * slug: a title as a piece of address: "L'été à Nîmes" -> "l-ete-a-nimes". Layer 1, pure.
 */
#ifndef TEXT_SLUG_H
#define TEXT_SLUG_H
#include "base/arena.h"

#define SLUG_MAX 80 /* bytes; longer is cut at a hyphen */

/* a-z, 0-9 and single hyphens, never at an end; may be empty. s is valid UTF-8. */
struct str slug_make(struct arena *a, struct str s);
bool slug_valid(struct str s) MUST_CHECK;

#endif
