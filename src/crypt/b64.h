/*
 * b64: bytes as base64url without padding, in a time that says nothing of them. Layer 2, for src/crypt only. One text for given bytes:
 * padding, bits left over and other letters are refused.
 */
#ifndef CRYPT_B64_H
#define CRYPT_B64_H
#include "base/str.h"

#define B64_TEXT(bytes) (((bytes) * 4 + 2) / 3) /* letters, without the NUL */

/* room: bytes at ret, at least B64_TEXT(s.n) + 1. */
void b64_write(struct str s, char *ret, size_t room);
/* False when text is not what b64_write writes of at most room bytes; else *ret_n of them. */
bool b64_read(struct str text, unsigned char *ret, size_t room, size_t *ret_n) MUST_CHECK;

#endif
