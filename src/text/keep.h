/*
 * keep: what may be kept of words that somebody typed. Layer 1, pure.
 */
#ifndef TEXT_KEEP_H
#define TEXT_KEEP_H
#include "base/arena.h"

enum { KEEP_WORDS = 4, KEEP_LETTERS = 25 };

/* One to KEEP_WORDS words of letters, without accents ("renovation energetique"). Empty when they look like somebody's, an
 * address, a number, a title before a name, a sentence; and when no word has three letters. Any bytes are accepted. */
struct str keep_words(struct arena *a, struct str q);

#endif
