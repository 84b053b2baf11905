#include "crypt/hash.h"

#include "base/log.h"

#include <sodium.h>

void
crypt_start(void)
{
	if (sodium_init() < 0)
		die("libsodium does not start");
}

void
hash_hex16(struct str s, char ret[17])
{
	unsigned char hash[crypto_generichash_BYTES_MIN];
	crypto_generichash(hash, sizeof(hash), (const unsigned char *)s.p, s.n, NULL, 0);
	sodium_bin2hex(ret, 17, hash, 8);
}
