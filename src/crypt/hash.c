#include "crypt/hash.h"

#include "base/log.h"

#include <sodium.h>
#include <stdio.h>
#include <xxhash.h>

void
crypt_start(void)
{
	if (sodium_init() < 0)
		die("libsodium does not start");
}

void
hash_hex16(struct str s, char ret[17])
{
	snprintf(ret, 17, "%016llx", (unsigned long long)XXH3_64bits(s.p, s.n));
}

_Static_assert(sizeof(crypto_hash_sha256_state) <= sizeof(struct sha256), "room for libsodium's state");

void
sha256_init(struct sha256 *h)
{
	crypto_hash_sha256_init((crypto_hash_sha256_state *)(void *)h->state_);
}

void
sha256_add(struct sha256 *h, struct str s)
{
	crypto_hash_sha256_update((crypto_hash_sha256_state *)(void *)h->state_, (const unsigned char *)s.p, s.n);
}

void
sha256_end(struct sha256 *h, char ret[65])
{
	unsigned char sum[crypto_hash_sha256_BYTES];
	crypto_hash_sha256_final((crypto_hash_sha256_state *)(void *)h->state_, sum);
	sodium_bin2hex(ret, 65, sum, sizeof(sum));
}

void
sha256_of(struct str s, char ret[65])
{
	unsigned char sum[crypto_hash_sha256_BYTES];
	crypto_hash_sha256(sum, (const unsigned char *)s.p, s.n);
	sodium_bin2hex(ret, 65, sum, sizeof(sum));
}
