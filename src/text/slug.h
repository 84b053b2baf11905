/*
 * slug: names as they stand in addresses: lower-case ASCII letters and digits, single hyphens between words. Layer 1, pure.
 */
#ifndef TEXT_SLUG_H
#define TEXT_SLUG_H
#include "base/arena.h"

enum { SLUG_MAX = 80 };

/* "L'Haÿ-les-Roses" -> "l-hay-les-roses", "Œuvrer" -> "oeuvrer"; cut between words at SLUG_MAX bytes; empty when nothing is left. */
struct str slug_of(struct arena *a, struct str name);
bool slug_valid(struct str s) MUST_CHECK;

#endif
