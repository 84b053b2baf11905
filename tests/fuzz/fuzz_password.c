#include "fuzz.h"
#include "crypt/password.h"
#include "text/utf8.h"

/* A password, and itself as the name of who chose it. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *a = arena_new(4096, FUZZ_ARENA);
	struct str s = { (const char *)data, size };
	struct str name = { s.p + size / 2, size - size / 2 };

	bool good = password_refusal(a, s, NULL, 0).n == 0;
	FUZZ_ASSERT(!good || (utf8_valid(s) && utf8_length(s) >= PASSWORD_MIN && utf8_length(s) <= PASSWORD_MAX));
	/* A name can only take away. */
	FUZZ_ASSERT(good || password_refusal(a, s, &name, utf8_valid(name)).n > 0);
	arena_free(a);
	return 0;
}
