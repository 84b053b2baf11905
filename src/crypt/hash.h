/*
 * hash: digests of public bytes. Layer 2; src/crypt is the only folder that sees libsodium. Nothing is owned, nothing fails.
 */
#ifndef CRYPT_HASH_H
#define CRYPT_HASH_H
#include "base/str.h"

/* Once, before any thread: lets libsodium choose the implementation this processor is best at. */
void crypt_start(void);

/* BLAKE2b of s, its first 8 bytes as 16 hexadecimal digits and a NUL: enough to tell two versions of a page apart. */
void hash_hex16(struct str s, char ret[17]);

#endif
