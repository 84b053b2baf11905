#include "fuzz.h"
#include "page/alert_query.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *a = arena_new(65536, FUZZ_ARENA);
	struct req r = { .arena = a };
	struct alert_query q, again;

	if (alert_query_read(&r, (struct str){ (const char *)data, size }, &q) && !arena_exhausted(a)) {
		/* What is kept is read again, and is itself: one list has one form. */
		FUZZ_ASSERT(q.canonical.n > 1 && q.canonical.n <= ALERT_QUERY_MAX && q.canonical.p[0] == '/');
		FUZZ_ASSERT(alert_query_read(&r, q.canonical, &again) || arena_exhausted(a));
		FUZZ_ASSERT(arena_exhausted(a) || str_eq(again.canonical, q.canonical));
		for (size_t i = 0; i < q.canonical.n; i++)
			FUZZ_ASSERT((unsigned char)q.canonical.p[i] > 0x20 && (unsigned char)q.canonical.p[i] < 0x7f);
	}
	arena_free(a);
	return 0;
}
