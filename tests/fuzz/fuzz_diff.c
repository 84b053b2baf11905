#include "fuzz.h"
#include "text/diff.h"
#include "text/utf8.h"

/* Whatever the bytes, in two texts: the pieces make both again, none is empty, no two neighbours say the same. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *a = arena_new(65536, FUZZ_ARENA);
	const char *p = (const char *)data;
	const char *cut = size ? memchr(p, 0, size) : NULL;
	size_t half = cut ? (size_t)(cut - p) : size / 2, from = cut ? half + 1 : half;
	struct str before = { p, half }, after = { p + from, size - from };
	bool whole = utf8_valid(before) && utf8_valid(after);
	struct diff d = diff_texts(a, before, after);
	size_t i = 0, k = 0;
	for (size_t n = 0; n < d.n; n++) {
		struct str s = d.p[n].text;
		FUZZ_ASSERT(s.n > 0);
		FUZZ_ASSERT(n == 0 || d.p[n].op != d.p[n - 1].op);
		FUZZ_ASSERT(n == 0 || !(d.p[n].op == DIFF_REMOVED && d.p[n - 1].op == DIFF_ADDED));
		FUZZ_ASSERT(!whole || utf8_valid(s));
		if (d.p[n].op != DIFF_ADDED) {
			FUZZ_ASSERT(s.n <= before.n - i && memcmp(s.p, before.p + i, s.n) == 0);
			i += s.n;
		}
		if (d.p[n].op != DIFF_REMOVED) {
			FUZZ_ASSERT(s.p == after.p + k && s.n <= after.n - k);
			k += s.n;
		}
	}
	FUZZ_ASSERT(i == before.n && k == after.n);
	arena_free(a);
	return 0;
}
