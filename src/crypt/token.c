#include "crypt/token.h"

#include "crypt/b64.h"
#include "crypt/hash.h"

#include <sodium.h>

enum { TOKEN_BYTES = 32 };

void
token_make(struct token *ret)
{
	unsigned char b[TOKEN_BYTES];

	randombytes_buf(b, sizeof(b));
	b64_write((struct str){ (const char *)b, sizeof(b) }, ret->text, sizeof(ret->text));
	sodium_memzero(b, sizeof(b));
	sha256_of((struct str){ ret->text, TOKEN_TEXT }, ret->sum);
}

void
token_of_key(const struct crypt_key *key, struct token *ret)
{
	_Static_assert((int)KEY_BYTES == (int)TOKEN_BYTES, "a token holds a key");
	b64_write((struct str){ (const char *)key->b, sizeof(key->b) }, ret->text, sizeof(ret->text));
	sha256_of((struct str){ ret->text, TOKEN_TEXT }, ret->sum);
}

bool
token_sum(struct str text, char ret[TOKEN_SUM + 1])
{
	unsigned char b[TOKEN_BYTES];
	size_t n;

	ret[0] = '\0';
	if (text.n != TOKEN_TEXT || !b64_read(text, b, sizeof(b), &n) || n != sizeof(b))
		return false;
	sodium_memzero(b, sizeof(b));
	sha256_of(text, ret);
	return true;
}

bool
token_eq(struct str a, struct str b)
{
	return a.n == b.n && (a.n == 0 || sodium_memcmp(a.p, b.p, a.n) == 0);
}
