#include "fuzz.h"
#include "text/figure_csv.h"

static bool
one_number(struct str s)
{
	size_t digits = 0;

	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] >= '0' && s.p[i] <= '9')
			digits++;
		else if (!(s.p[i] == '-' && i == 0) && !(s.p[i] == '.' && digits))
			return false;
	}
	return digits > 0 && digits <= 15;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *a = arena_new(65536, FUZZ_ARENA);
	struct str s = { (const char *)data, size }, number, item;
	struct figure_csv f;
	struct figure_row r;
	size_t rows = 0, line = 0;

	if (figure_number(a, s, &number))
		FUZZ_ASSERT(one_number(number));
	for (struct str rest = s; figure_item(&rest, &item);)
		FUZZ_ASSERT(item.n && ++rows <= size + 1);
	rows = 0;
	if (figure_csv_open(&f, a, s)) {
		FUZZ_ASSERT(f.nunknown <= size);
		while (figure_csv_next(&f, &r) == CSV_ROW) {
			FUZZ_ASSERT(++rows <= size && r.line > line);
			line = r.line;
			for (size_t i = 0; i < r.nfaults; i++)
				FUZZ_ASSERT(r.faults[i].column.n && r.faults[i].message);
			if (r.nfaults)
				continue;
			/* What a line without fault promises. */
			FUZZ_ASSERT(r.v[FC_INDICATOR].n);
			if (!r.figure)
				continue;
			FUZZ_ASSERT(r.v[FC_PLACE].n && r.v[FC_POPULATION].n && r.v[FC_SOURCE].n && one_number(r.v[FC_VALUE]));
			FUZZ_ASSERT(r.year_from.n == r.year_to.n && (r.year_from.n == 0 || r.year_from.n == 4) && (r.v[FC_YEAR].n > 0) == (r.year_from.n > 0));
			FUZZ_ASSERT(!r.v[FC_LOW].n || one_number(r.v[FC_LOW]));
		}
	}
	arena_free(a);
	return 0;
}
