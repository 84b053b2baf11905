#include "fuzz.h"
#include "text/date.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *a = arena_new(65536, FUZZ_ARENA);
	struct str s = { (const char *)data, size };

	struct date d;

	if (date_parse(s, &d)) {
		FUZZ_ASSERT(s.n == 10 && d.month >= 1 && d.month <= 12 && d.day >= 1 && d.day <= 31);
		FUZZ_ASSERT(date_short(a, s).n > 0 && date_long(a, s).n > 0);
	} else {
		(void)date_short(a, s);
	}
	arena_free(a);
	return 0;
}
