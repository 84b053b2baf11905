#include "fuzz.h"
#include "crypt/seal.h"
#include "crypt/totp.h"

/* The first half as a secret, the other as a code: whole codes, sealed texts and recovery codes are read from the whole. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct crypt_key key = { { 1 } };
	struct arena *a = arena_new(4096, FUZZ_ARENA);
	struct str s = { (const char *)data, size }, got;
	size_t cut = size < TOTP_SECRET ? size / 2 : TOTP_SECRET;
	char sum[RECOVERY_SUM + 1];
	int64_t step;

	if (totp_check((struct str){ s.p, cut }, (struct str){ s.p + cut, s.n - cut }, 59, &step))
		FUZZ_ASSERT(cut == TOTP_SECRET && step >= 0 && step <= 2);
	FUZZ_ASSERT(!totp_check(STR("GEZDGNBVGY3TQOJQ"), s, 59, &step));
	FUZZ_ASSERT(recovery_sum(s, sum) == (sum[0] != '\0'));
	FUZZ_ASSERT(!unseal(a, &key, STR("totp:1"), s, &got) && got.n == 0);
	arena_free(a);
	return 0;
}
