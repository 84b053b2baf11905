#include "fuzz.h"
#include "text/esc.h"
#include "text/slug.h"
#include "text/typo.h"
#include "text/utf8.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *a = arena_new(65536, FUZZ_ARENA);
	struct str s = { (const char *)data, size };

	if (utf8_valid(s)) {
		struct buf once, twice, escaped;
		buf_init(&once, a, 64), buf_init(&twice, a, 64), buf_init(&escaped, a, 64);
		typo_put(&once, s, TYPO_RAW);
		typo_put(&twice, buf_str(&once), TYPO_RAW);
		FUZZ_ASSERT(utf8_valid(buf_str(&once)));
		FUZZ_ASSERT(utf8_valid(buf_str(&twice)) && twice.n <= 3 * s.n);
		typo_put(&escaped, s, TYPO_HTML);
		esc_attr(&escaped, s);
		FUZZ_ASSERT(escaped.n == 0 || (!memchr(escaped.p, '<', escaped.n) && !memchr(escaped.p, '>', escaped.n)));
		struct str slug = slug_of(a, s);
		FUZZ_ASSERT(slug.n <= SLUG_MAX && (slug.n == 0 || slug_valid(slug)));
		FUZZ_ASSERT(utf8_length(s) <= s.n);
	}
	arena_free(a);
	return 0;
}
