#include "fuzz.h"
#include "text/programme_csv.h"
#include "text/date.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *a = arena_new(65536, FUZZ_ARENA);
	struct str s = { (const char *)data, size }, columns;
	struct programme_csv p;
	struct programme_row r;
	struct date day;
	size_t rows = 0, line = 0;

	if (programme_csv_open(&p, a, s, &columns)) {
		FUZZ_ASSERT(programme_csv_source(p.layout) && p.nunknown <= size);
		while (programme_csv_next(&p, &r) == CSV_ROW) {
			FUZZ_ASSERT(++rows <= size && r.line > line);
			line = r.line;
			if (r.fault)
				continue;
			/* What a row without fault promises. */
			FUZZ_ASSERT(r.programme.n && r.ref.n && r.code.n && r.type.n && r.given.n);
			FUZZ_ASSERT(!r.signed_on.n || date_parse(r.signed_on, &day));
			FUZZ_ASSERT(!r.url.n || memcmp(r.url.p, "http", 4) == 0);
		}
	}
	arena_free(a);
	return 0;
}
