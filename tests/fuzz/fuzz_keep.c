#include "fuzz.h"
#include "text/keep.h"

/* Whatever is typed, what is kept has the shape that the table accepts, and no byte of a number or an address. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *a = arena_new(65536, FUZZ_ARENA);
	struct str kept = keep_words(a, (struct str){ (const char *)data, size });
	size_t words = kept.n > 0, length = 0;

	for (size_t i = 0; i < kept.n; i++) {
		if (kept.p[i] == ' ') {
			FUZZ_ASSERT(length > 0 && i + 1 < kept.n);
			words++, length = 0;
		} else {
			FUZZ_ASSERT(kept.p[i] >= 'a' && kept.p[i] <= 'z' && ++length <= KEEP_LETTERS);
		}
	}
	FUZZ_ASSERT(words <= KEEP_WORDS);
	arena_free(a);
	return 0;
}
