#include "fuzz.h"
#include "base/buf.h"
#include "text/utf8.h"
#include "web/query.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *a = arena_new(65536, FUZZ_ARENA);
	struct str s = { (const char *)data, size };

	struct str rest = s, value;
	struct query_pair pair;
	size_t left = size + 1;

	while (query_next(a, &rest, &pair)) {
		FUZZ_ASSERT(rest.n < left);
		left = rest.n;
		if (pair.fault != QUERY_OK)
			continue;
		FUZZ_ASSERT(utf8_valid(pair.name) && utf8_valid(pair.value) && !memchr(pair.value.n ? pair.value.p : "", 0, pair.value.n));
		struct buf b;
		buf_init(&b, a, 64);
		query_encode(&b, pair.value, true);
		FUZZ_ASSERT(arena_exhausted(a) || query_decode(a, buf_str(&b), false, &value) == QUERY_OK);
		FUZZ_ASSERT(arena_exhausted(a) || str_eq(value, pair.value));
	}
	if (query_cookie(s, "territoire", &value))
		FUZZ_ASSERT(value.n < size);
	arena_free(a);
	return 0;
}
