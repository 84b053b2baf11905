#include "crypt/key.h"

#include "base/log.h"
#include "crypt/b64.h"

#include <sodium.h>

_Static_assert(KEY_BYTES == crypto_generichash_KEYBYTES && KEY_BYTES == crypto_generichash_BYTES, "keys are BLAKE2b's");

bool
key_read(struct str text, struct crypt_key *ret)
{
	size_t n;

	*ret = (struct crypt_key){ 0 };
	return text.n == KEY_TEXT && b64_read(text, ret->b, sizeof(ret->b), &n) && n == sizeof(ret->b);
}

bool
key_read_hex(struct str hex, struct crypt_key *ret)
{
	if (hex.n != 2 * KEY_BYTES)
		return false;
	for (size_t i = 0; i < KEY_BYTES; i++) {
		unsigned v = 0;
		for (size_t k = 0; k < 2; k++) {
			char c = hex.p[2 * i + k];
			v = v * 16 + (unsigned)(c <= '9' ? c - '0' : c - 'a' + 10);
		}
		ret->b[i] = (unsigned char)v;
	}
	return true;
}

void
key_make(char ret[KEY_TEXT + 1])
{
	struct crypt_key k;

	randombytes_buf(k.b, sizeof(k.b));
	b64_write((struct str){ (const char *)k.b, sizeof(k.b) }, ret, KEY_TEXT + 1);
	key_forget(&k);
}

void
key_derive(const struct crypt_key *key, struct str purpose, struct crypt_key *ret)
{
	if (crypto_generichash(ret->b, sizeof(ret->b), (const unsigned char *)purpose.p, purpose.n, key->b, sizeof(key->b)) != 0)
		die("no key for this purpose");
}

void
key_forget(struct crypt_key *key)
{
	sodium_memzero(key, sizeof(*key));
}
