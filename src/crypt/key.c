#include "crypt/key.h"

#include "base/log.h"

#include <sodium.h>

_Static_assert(KEY_BYTES == crypto_generichash_KEYBYTES && KEY_BYTES == crypto_generichash_BYTES, "keys are BLAKE2b's");

bool
key_read(struct str text, struct crypt_key *ret)
{
	size_t n;

	*ret = (struct crypt_key){ 0 };
	return text.n == KEY_TEXT &&
	       sodium_base642bin(ret->b, sizeof(ret->b), text.p, text.n, NULL, &n, NULL, sodium_base64_VARIANT_URLSAFE_NO_PADDING) == 0 &&
	       n == sizeof(ret->b);
}

void
key_make(char ret[KEY_TEXT + 1])
{
	struct crypt_key k;

	randombytes_buf(k.b, sizeof(k.b));
	sodium_bin2base64(ret, KEY_TEXT + 1, k.b, sizeof(k.b), sodium_base64_VARIANT_URLSAFE_NO_PADDING);
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
