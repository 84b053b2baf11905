/*
 * key: a secret of 256 bits, and the others drawn from it. Layer 2. Held by value; key_forget erases it. Never logged, never shown.
 */
#ifndef CRYPT_KEY_H
#define CRYPT_KEY_H
#include "base/str.h"

enum { KEY_BYTES = 32, KEY_TEXT = 43 };

struct crypt_key {
	unsigned char b[KEY_BYTES];
};

/* As settings hold it: 43 characters of base64url. False when text is not exactly that. */
bool key_read(struct str text, struct crypt_key *ret) MUST_CHECK;
/* As the database gives it: 64 hexadecimal digits, lower case. */
bool key_read_hex(struct str hex, struct crypt_key *ret) MUST_CHECK;
/* A new one, written so that key_read reads it. */
void key_make(char ret[KEY_TEXT + 1]);
/* Another key for one purpose: BLAKE2b of the purpose, keyed. Who knows some of them learns nothing of the others. */
void key_derive(const struct crypt_key *key, struct str purpose, struct crypt_key *ret);
void key_forget(struct crypt_key *key);

#endif
