#include "fuzz.h"
#include "format/oai_token.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *a = arena_new(4096, FUZZ_ARENA);
	struct str s = { (const char *)data, size };
	struct oai_token t;
	bool day;

	if (oai_token_read(s, &t)) {
		/* A token that is accepted is, to the byte, one that we write. */
		struct buf b;
		buf_init(&b, a, 256);
		oai_token_write(&b, &t);
		FUZZ_ASSERT(str_eq(buf_str(&b), s));
		FUZZ_ASSERT(t.id > 0 && t.cursor > 0 && t.total >= 0);
	}
	if (oai_date_valid(s, &day))
		FUZZ_ASSERT(size == (day ? 10u : 20u));
	if (oai_set_valid(s)) {
		/* Its names, joined again by points, are the set. */
		struct str rest = s, name;
		size_t n = 0;
		for (size_t i = 0; oai_set_next(&rest, &name); i++) {
			FUZZ_ASSERT(memchr(name.p, ':', name.n) && oai_set_valid(name));
			n += name.n + (i > 0);
		}
		FUZZ_ASSERT(n == size);
	}
	arena_free(a);
	return 0;
}
