#include "crypt/hash.h"

#include <sodium.h>

void
hash_hex16(struct str s, char ret[17])
{
	unsigned char hash[crypto_generichash_BYTES_MIN];
	crypto_generichash(hash, sizeof(hash), (const unsigned char *)s.p, s.n, NULL, 0);
	sodium_bin2hex(ret, 17, hash, 8);
}
