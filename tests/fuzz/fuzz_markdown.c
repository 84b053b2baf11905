#include "fuzz.h"
#include "text/markdown.h"
#include "text/utf8.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *a = arena_new(65536, FUZZ_ARENA);
	struct str s = { (const char *)data, size };

	if (utf8_valid(s)) {
		struct html h = markdown_render(a, s, 3);
		FUZZ_ASSERT(utf8_valid((struct str){ h.p, h.n }));
		static const char *const never[] = { "<script", "<img", "<iframe", "<h1", "<h2", "href=\"javascript:", "href=\"data:", "<style" };
		const char *z = arena_cstr(a, (struct str){ h.p, h.n });
		for (size_t i = 0; i < sizeof(never) / sizeof(never[0]); i++)
			FUZZ_ASSERT(!strcasestr(z, never[i]));
		(void)markdown_inline(a, s);
	}
	arena_free(a);
	return 0;
}
