/*
 * utf8: what is UTF-8 and what is not. Layer 1, pure.
 */
#ifndef TEXT_UTF8_H
#define TEXT_UTF8_H
#include "base/str.h"
#include <stdint.h>

bool utf8_valid(struct str s) MUST_CHECK; /* RFC 3629: no surrogates, nothing overlong, nothing above U+10FFFF */
/* The character at byte i (i < s.n, s valid) and where the next one starts. */
uint32_t utf8_at(struct str s, size_t i, size_t *ret_next);
size_t utf8_length(struct str s); /* in characters */

#endif
