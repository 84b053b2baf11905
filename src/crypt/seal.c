#include "crypt/seal.h"

#include "base/log.h"
#include "crypt/b64.h"

#include <sodium.h>

enum { NONCE = crypto_secretbox_NONCEBYTES, HEAD = NONCE + crypto_secretbox_MACBYTES };

_Static_assert(KEY_BYTES == crypto_secretbox_KEYBYTES, "keys are secretbox's");

struct str
seal(struct arena *a, const struct crypt_key *key, struct str purpose, struct str text)
{
	size_t n = HEAD + text.n, room = B64_TEXT(n) + 1;
	unsigned char *box = arena_alloc(a, n);
	char *out = arena_alloc(a, room);
	struct crypt_key own;

	key_derive(key, purpose, &own);
	randombytes_buf(box, NONCE);
	if (crypto_secretbox_easy(box + NONCE, (const unsigned char *)text.p, text.n, box, own.b) != 0)
		die("nothing can be sealed");
	key_forget(&own);
	b64_write((struct str){ (const char *)box, n }, out, room);
	return (struct str){ out, room - 1 };
}

bool
unseal(struct arena *a, const struct crypt_key *key, struct str purpose, struct str sealed, struct str *ret)
{
	unsigned char *box = arena_alloc(a, sealed.n + 1);
	struct crypt_key own;
	size_t n;

	*ret = STR_NONE;
	if (!b64_read(sealed, box, sealed.n, &n) || n < HEAD)
		return false;
	unsigned char *text = arena_alloc(a, n - HEAD + 1);
	key_derive(key, purpose, &own);
	bool whole = crypto_secretbox_open_easy(text, box + NONCE, n - NONCE, box, own.b) == 0;
	key_forget(&own);
	if (whole)
		*ret = (struct str){ (const char *)text, n - HEAD };
	return whole;
}
