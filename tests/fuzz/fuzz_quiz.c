#include "fuzz.h"
#include "text/quiz.h"

/* Whatever the bytes: bounded choices, each with words, and nothing longer than what came. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *a = arena_new(65536, FUZZ_ARENA);
	struct quiz q = quiz_read(a, (struct str){ (const char *)data, size });
	size_t total = q.prose.n;
	FUZZ_ASSERT(q.n <= QUIZ_CHOICES_MAX);
	for (size_t i = 0; i < q.n; i++) {
		FUZZ_ASSERT(q.choices[i].words.n > 0);
		total += q.choices[i].words.n + q.choices[i].why.n;
	}
	FUZZ_ASSERT(total <= size);
	arena_free(a);
	return 0;
}
