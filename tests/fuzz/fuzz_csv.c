#include "fuzz.h"
#include "text/csv.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *a = arena_new(65536, FUZZ_ARENA);
	struct str s = { (const char *)data, size };

	struct csv in;
	const struct str *cells;
	size_t n, rows = 0;
	enum csv_result got;

	csv_init(&in, a, s, size && data[0] & 1 ? ';' : ',');
	while ((got = csv_next(&in, &cells, &n)) == CSV_ROW) {
		FUZZ_ASSERT(n > 0 && ++rows <= size + 1);
		/* What is written is read back, once the guard against formulas is undone. */
		struct buf b;
		buf_init(&b, a, 256);
		struct csv_out out = { .b = &b, .separator = ';' };
		for (size_t i = 0; i < n; i++)
			csv_cell(&out, cells[i]);
		csv_end_row(&out);
		struct csv again;
		const struct str *back;
		size_t nback;
		csv_init(&again, a, buf_str(&b), ';');
		FUZZ_ASSERT(arena_exhausted(a) || (csv_next(&again, &back, &nback) == CSV_ROW && nback == n));
		for (size_t i = 0; i < n && !arena_exhausted(a); i++) {
			FUZZ_ASSERT(str_eq(csv_plain(back[i]), cells[i]));
			FUZZ_ASSERT(back[i].n == 0 || !memchr("=+-@\t\r", back[i].p[0], 6));
		}
		FUZZ_ASSERT(arena_exhausted(a) || csv_next(&again, &back, &nback) == CSV_END);
	}
	arena_free(a);
	return 0;
}
