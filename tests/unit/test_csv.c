#include "unit.h"
#include "text/csv.h"

/* Rows as "a|b\n", then E (end) or B (bad) and the line. */
static struct str
read_all(struct arena *a, struct str text)
{
	struct csv c;
	const struct str *cells;
	size_t n;
	enum csv_result got;
	struct buf b;

	buf_init(&b, a, 64);
	csv_init(&c, a, text, ';');
	while ((got = csv_next(&c, &cells, &n)) == CSV_ROW) {
		for (size_t i = 0; i < n; i++)
			buf_fmt(&b, "%s%.*s", i ? "|" : "", (int)cells[i].n, cells[i].p);
		buf_fmt(&b, "@%zu\n", c.line);
	}
	buf_fmt(&b, "%c%zu", got == CSV_END ? 'E' : 'B', c.line);
	return buf_str(&b);
}

static void
reads(void **state)
{
	assert_text(*state, read_all(*state, STR("a;b\r\n1;2\n")), "a|b@1\n1|2@2\nE3");
	assert_text(*state, read_all(*state, STR("a;;c")), "a||c@1\nE1");
	assert_text(*state, read_all(*state, STR("\"a;\"\"b\"\"\n\";c\nd;e")), "a;\"b\"\n|c@1\nd|e@3\nE3");
	assert_text(*state, read_all(*state, STR("\"\";x\n")), "|x@1\nE2");
	assert_text(*state, read_all(*state, STR("")), "E1");
	assert_text(*state, read_all(*state, STR("a\n\nb\n")), "a@1\n@2\nb@3\nE4");
	assert_text(*state, read_all(*state, STR("a\"b;c\n")), "a\"b|c@1\nE2");
}

static void
refuses_open_quotes(void **state)
{
	assert_text(*state, read_all(*state, STR("a;b\n\"c;d\n")), "a|b@1\nB2");
	assert_text(*state, read_all(*state, STR("\"a\"b;c\n")), "B1");
}

static void
many_cells(void **state)
{
	struct buf b;
	struct csv c;
	const struct str *cells;
	size_t n;

	buf_init(&b, *state, 64);
	for (int i = 0; i < 1000; i++)
		buf_lit(&b, "x;");
	csv_init(&c, *state, buf_str(&b), ';');
	assert_int_equal(csv_next(&c, &cells, &n), CSV_ROW);
	assert_int_equal(n, 1001);
}

static void
writes(void **state)
{
	struct buf b;
	buf_init(&b, *state, 64);
	struct csv_out o = { .b = &b, .separator = ';' };

	csv_cell(&o, STR("été")), csv_cell(&o, STR("a;b")), csv_cell(&o, STR("a\"b")), csv_cell(&o, STR_NONE), csv_end_row(&o);
	csv_cell(&o, STR("=1+1")), csv_cell(&o, STR("@x")), csv_cell(&o, STR("-5")), csv_cell(&o, STR("+3")), csv_end_row(&o);
	csv_cell_int(&o, -5), csv_cell_real(&o, -20.9, 2), csv_cell_real(&o, 55.4505, 4), csv_cell_real(&o, 3.0, 3), csv_cell_real(&o, 1.0 / 0.0, 1);
	csv_end_row(&o);
	assert_text(*state, buf_str(&b),
	            "été;\"a;b\";\"a\"\"b\";\r\n\"'=1+1\";\"'@x\";\"'-5\";\"'+3\"\r\n-5;-20.9;55.4505;3;\r\n");
	struct str again = read_all(*state, buf_str(&b));
	assert_memory_equal(again.p, "été|a;b|a\"b|@1\n", strlen("été|a;b|a\"b|@1\n"));
}

static void
comes_back(void **state)
{
	static const char *const cells[] = { "=1+1", "-5", "+3", "@x", "'=x", "''-x", "'", "''", "'hui", "\t=x", "\r", "a\nb", "\"", ";", "l'eau", "", "=cmd|' /C calc'!A0" };
	size_t ncells = sizeof(cells) / sizeof(*cells), n;
	struct buf b;
	struct csv c;
	const struct str *back;

	buf_init(&b, *state, 64);
	struct csv_out o = { .b = &b, .separator = ';' };
	for (size_t i = 0; i < ncells; i++)
		csv_cell(&o, str_of(cells[i]));
	csv_end_row(&o);
	csv_init(&c, *state, buf_str(&b), ';');
	assert_int_equal(csv_next(&c, &back, &n), CSV_ROW);
	assert_int_equal(n, ncells);
	for (size_t i = 0; i < n; i++) {
		assert_text(*state, csv_plain(back[i]), cells[i]);
		assert_true(back[i].n == 0 || !memchr("=+-@\t\r", back[i].p[0], 6));
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = { UNIT_TEST(reads), UNIT_TEST(refuses_open_quotes), UNIT_TEST(many_cells), UNIT_TEST(writes), UNIT_TEST(comes_back) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
