#include "fuzz.h"
#include "model/workshop.h"
#include "text/utf8.h"

/* The file that a session brings back: whatever it holds, what is taken has a title, a key and a secret, none longer than it may be. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *a = arena_new(65536, 16 << 20);
	const struct workshop_brought *p = NULL;
	size_t n = 0;

	if (!workshop_read(a, (struct str){ (const char *)data, size }, &p, &n)) {
		FUZZ_ASSERT(n > 0 && n <= 500);
		for (size_t i = 0; i < n; i++) {
			FUZZ_ASSERT(p[i].key.n >= 8 && p[i].key.n <= 64 && p[i].secret.n && p[i].content.title.n && p[i].content.title.n <= 800);
			FUZZ_ASSERT(utf8_length(p[i].name) <= 80 && utf8_length(p[i].content.summary) <= WORK_SUMMARY_MAX && utf8_length(p[i].content.title) <= WORK_TITLE_MAX);
			struct str json = work_content_write(a, &p[i].content);
			FUZZ_ASSERT(arena_exhausted(a) || json.n < 20000);
		}
	}
	arena_free(a);
	return 0;
}
