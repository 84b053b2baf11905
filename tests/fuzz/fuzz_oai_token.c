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
	FUZZ_ASSERT(!oai_set_valid(s) || memchr(data, ':', size));
	arena_free(a);
	return 0;
}
