/*
 * token: bearer secrets (sessions, links sent by mail, keys of the API). Layer 2. The text goes to its holder once; what is stored is
 * its SHA-256, which opens nothing: 256 random bits cannot be searched for. Fails only with the kernel: getrandom, or the process ends.
 */
#ifndef CRYPT_TOKEN_H
#define CRYPT_TOKEN_H
#include "base/str.h"
#include "crypt/key.h"

enum { TOKEN_TEXT = 43, TOKEN_SUM = 64 };

struct token {
	char text[TOKEN_TEXT + 1]; /* base64url, for its holder */
	char sum[TOKEN_SUM + 1];   /* hexadecimal, for the database */
};

void token_make(struct token *ret);
/* The token that a key is: the same one for the same key. For what must be given twice alike without being kept. */
void token_of_key(const struct crypt_key *key, struct token *ret);
/* The sum of a token that comes back; false when it cannot be one of ours, so that the database is not asked. */
bool token_sum(struct str text, char ret[TOKEN_SUM + 1]) MUST_CHECK;
/* In a time that depends on the lengths only. */
bool token_eq(struct str a, struct str b) MUST_CHECK;

#endif
