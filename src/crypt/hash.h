/*
 * hash: digests of public bytes. Layer 2; src/crypt is the only folder that sees libsodium and xxHash. Nothing is owned, nothing fails.
 */
#ifndef CRYPT_HASH_H
#define CRYPT_HASH_H
#include "base/str.h"

/* Once, before any thread: lets libsodium choose the implementation this processor is best at. */
void crypt_start(void);

/* XXH3 of s, as 16 hexadecimal digits and a NUL: tells two versions of a page apart, proves nothing. */
void hash_hex16(struct str s, char ret[17]);

/* SHA-256 of bytes given piece by piece, for the sums of files. In ret: 64 hexadecimal digits and a NUL. */
struct sha256 {
	_Alignas(16) unsigned char state_[128];
};
void sha256_init(struct sha256 *h);
void sha256_add(struct sha256 *h, struct str s);
void sha256_end(struct sha256 *h, char ret[65]);
void sha256_of(struct str s, char ret[65]);

#endif
