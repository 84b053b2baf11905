#include "fuzz.h"
#include "text/markdown.h"
#include "text/utf8.h"

#include <strings.h>

/* Text never holds a bare "<": what follows one is a tag that we wrote. */
static void
tags_are_ours(struct arena *a, struct html h)
{
	static const char *const never[] = { "<script", "<img", "<iframe", "<h1", "<h2", "<style", " on", "=\"javascript:", "=\"data:", "=\"//" };
	const char *end = h.p + h.n;

	for (const char *p = h.p; p < end && (p = memchr(p, '<', (size_t)(end - p)));) {
		const char *close = memchr(p, '>', (size_t)(end - p));
		FUZZ_ASSERT(close);
		const char *tag = arena_cstr(a, (struct str){ p, (size_t)(close - p) });
		/* A URL or a title may hold any word: only what precedes the first value, and how values begin, is looked at. */
		const char *quote = strchr(tag, '"');
		for (size_t i = 0; i < sizeof(never) / sizeof(never[0]); i++) {
			const char *hit = strcasestr(tag, never[i]);
			FUZZ_ASSERT(!hit || (quote && hit >= quote));
		}
		p = close;
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *a = arena_new(65536, FUZZ_ARENA);
	struct str s = { (const char *)data, size };

	if (utf8_valid(s)) {
		struct html h = markdown_render(a, s, 3);
		FUZZ_ASSERT(utf8_valid((struct str){ h.p, h.n }));
		tags_are_ours(a, h);
		tags_are_ours(a, markdown_inline(a, s));
	}
	arena_free(a);
	return 0;
}
