#include "unit.h"
#include "text/date.h"

static void
french(void **state)
{
	assert_text(*state, date_short(*state, STR("2026-11-18")), "18 nov. 2026");
	assert_text(*state, date_long(*state, STR("2026-11-18")), "18 novembre 2026");
	assert_text(*state, date_long(*state, STR("2026-05-01")), "1er mai 2026");
	assert_text(*state, date_short(*state, STR("2026-02-01")), "1er févr. 2026");
	assert_text(*state, date_long(*state, STR("2024-02-29")), "29 février 2024");
	assert_string_equal(date_month(8), "août");
}

static void
refused(void **state)
{
	static const char *const bad[] = { "", "2026-11-31", "2026-13-01", "2026-00-10", "2026-02-29", "1900-02-29", "0000-01-01", "2026-1-01",
		                           "2026-11-18 ", " 2026-11-18", "2026/11/18", "20261118", "2026-11-1x", "-026-11-18" };
	struct date d;

	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		assert_false(date_parse(str_of(bad[i]), &d));
		assert_int_equal(date_long(*state, str_of(bad[i])).n, 0);
	}
	assert_true(date_parse(STR("2000-02-29"), &d));
	assert_int_equal(d.year * 10000 + d.month * 100 + d.day, 20000229);
}

static void
of_headers(void **state)
{
	assert_text(*state, date_http(*state, STR("1994-11-06T08:49:37Z")), "Sun, 06 Nov 1994 08:49:37 GMT");
	assert_text(*state, date_http(*state, STR("2026-11-24T11:40:59Z")), "Tue, 24 Nov 2026 11:40:59 GMT");
	assert_text(*state, date_http(*state, STR("2024-02-29T00:00:00Z")), "Thu, 29 Feb 2024 00:00:00 GMT");
	static const char *const bad[] = { "", "2026-11-24", "2026-02-30T00:00:00Z", "2026-11-24 11:40:59Z", "2026-11-24T1:140:59Z", "2026-11-24T11:40:59+" };
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		assert_int_equal(date_http(*state, str_of(bad[i])).n, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = { UNIT_TEST(french), UNIT_TEST(refused), UNIT_TEST(of_headers) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
