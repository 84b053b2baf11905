#include "fuzz.h"
#include "crypt/sign.h"
#include "crypt/token.h"

static struct crypt_key key = { { 1, 2, 3 } };

/* A signed value is never found by chance: the bytes are read as they are, then as a head that is signed. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *a = arena_new(4096, FUZZ_ARENA);
	struct str s = { (const char *)data, size };
	struct signed_value v;
	char sum[TOKEN_SUM + 1];
	struct crypt_key k;

	FUZZ_ASSERT(sign_check(a, &key, STR("x"), s, 1, &v) == SIGN_FORGED);
	FUZZ_ASSERT(!token_sum(s, sum) || size == TOKEN_TEXT);
	FUZZ_ASSERT(!key_read(s, &k) || size == KEY_TEXT);
	if (size <= SIGN_MAX / 2) {
		struct str value = sign_make(a, &key, STR("x"), s, 10, 5);
		FUZZ_ASSERT(sign_check(a, &key, STR("x"), value, 15, &v) == SIGN_OK && str_eq(v.payload, s) && v.age_ms == 5);
		FUZZ_ASSERT(sign_check(a, &key, STR("x"), value, 16, &v) == SIGN_EXPIRED);
		FUZZ_ASSERT(sign_check(a, &key, STR("y"), value, 15, &v) == SIGN_FORGED);
	}
	arena_free(a);
	return 0;
}
