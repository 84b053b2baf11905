#include "fuzz.h"
#include "text/excerpt.h"

/* Whatever the bytes: as many openings as closings, never nested, and no other tag. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *a = arena_new(65536, FUZZ_ARENA);
	struct html h = excerpt_html(a, (struct str){ (const char *)data, size });
	bool open = false;
	for (size_t i = 0; i < h.n; i++) {
		if (h.p[i] != '<')
			continue;
		bool start = h.n - i >= 6 && memcmp(h.p + i, "<mark>", 6) == 0;
		FUZZ_ASSERT(start || (h.n - i >= 7 && memcmp(h.p + i, "</mark>", 7) == 0));
		FUZZ_ASSERT(start != open);
		open = start;
	}
	FUZZ_ASSERT(!open);
	arena_free(a);
	return 0;
}
