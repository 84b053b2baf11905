/*
 * seal: texts that the database keeps and must not be able to read (crypto_secretbox: XSalsa20-Poly1305, a nonce drawn each time).
 * Layer 2. The key is drawn from the purpose, which names the row as well ("totp:12"): a text moved to another row does not open.
 * Results live in the arena given.
 */
#ifndef CRYPT_SEAL_H
#define CRYPT_SEAL_H
#include "base/arena.h"
#include "crypt/key.h"

/* In base64url, nonce first. */
struct str seal(struct arena *a, const struct crypt_key *key, struct str purpose, struct str text);
/* False when one byte, the key or the purpose is not the one of seal; nothing is given then. */
bool unseal(struct arena *a, const struct crypt_key *key, struct str purpose, struct str sealed, struct str *ret) MUST_CHECK;

#endif
