#include "fuzz.h"
#include "text/frontmatter.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *a = arena_new(65536, FUZZ_ARENA);
	struct str s = { (const char *)data, size };

	struct frontmatter fm;
	int line = 0;
	const char *why = NULL;

	if (frontmatter_parse(&fm, a, s, &line, &why)) {
		for (size_t i = 0; i < fm.nsections; i++) {
			struct str rest = fm.sections[i].body;
			struct frontmatter_step step;
			struct frontmatter_value value;
			FUZZ_ASSERT(rest.n == 0 || (rest.p >= s.p && rest.p + rest.n <= s.p + s.n));
			for (size_t left = rest.n + 1; frontmatter_next_step(a, &rest, &step); left = rest.n)
				FUZZ_ASSERT(rest.n < left);
			rest = fm.sections[i].body;
			for (size_t left = rest.n + 1; frontmatter_next_value(&rest, &value); left = rest.n)
				FUZZ_ASSERT(rest.n < left);
		}
	} else {
		FUZZ_ASSERT(line > 0 && why);
	}
	arena_free(a);
	return 0;
}
