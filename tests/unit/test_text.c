/* Pure functions on text: escaping, UTF-8, typography, slugs, dates, tables, content files, Markdown. */
#include "unit.h"

#include "text/csv.h"
#include "text/date.h"
#include "text/esc.h"
#include "text/frontmatter.h"
#include "text/markdown.h"
#include "text/slug.h"
#include "text/tpl.h"
#include "text/typo.h"
#include "text/utf8.h"

#define NB "\xc2\xa0"
#define THIN "\xe2\x80\xaf"

static void
utf8_is_strict(void **state)
{
	(void)state;
	assert_true(utf8_valid(STR("")));
	assert_true(utf8_valid(STR("é€\xf0\x9f\x8c\xb1")));
	assert_false(utf8_valid(STR("\xc0\xaf")));
	assert_false(utf8_valid(STR("\xed\xa0\x80")));
	assert_false(utf8_valid(STR("\xf4\x90\x80\x80")));
	assert_false(utf8_valid(STR("a\xc3")));
	assert_false(utf8_valid(STR("\x80")));
	assert_int_equal(utf8_length(STR("été")), 3);
}

static struct str
typo(const char *z, enum typo_escape escape)
{
	struct buf b;
	buf_init(&b, arena, 64);
	typo_put(&b, str_of(z), escape);
	return buf_str(&b);
}

static void
typography_is_french(void **state)
{
	static const char *const pairs[][2] = {
		{ "L'eau", "L’eau" },
		{ "Quoi ?", "Quoi" THIN "?" },
		{ "Oui ! Non ; 5 %", "Oui" THIN "! Non" THIN "; 5" THIN "%" },
		{ "Ainsi : oui", "Ainsi" NB ": oui" },
		{ "« mot »", "«" NB "mot" NB "»" },
		{ "12 km", "12" NB "km" },
		{ "18 novembre 2026", "18" NB "novembre" NB "2026" },
		{ "10 000 habitants", "10" THIN "000" NB "habitants" },
		{ "2 587 031", "2" THIN "587" THIN "031" },
		{ "13:30", "13:30" },
		{ "https://e.fr/a?b=1'", "https://e.fr/a?b=1'" },
		{ "", "" },
	};
	(void)state;
	for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++) {
		struct str once = typo(pairs[i][0], TYPO_RAW);
		assert_str(once, pairs[i][1]);
		assert_str(typo(arena_cstr(arena, once), TYPO_RAW), pairs[i][1]);
	}
	assert_str(typo("a <b> & c", TYPO_HTML), "a &lt;b&gt; &amp; c");
}

static void
escaping_leaves_no_markup(void **state)
{
	struct buf b;
	(void)state;
	buf_init(&b, arena, 64);
	esc_text(&b, STR("<a href=\"x\">&'"));
	assert_null(memchr(b.p, '<', b.n));
	assert_null(memchr(b.p, '>', b.n));
	b.n = 0;
	esc_attr(&b, STR("\"'<>&"));
	assert_null(memchr(b.p, '"', b.n));
	assert_null(memchr(b.p, '\'', b.n));
	b.n = 0;
	esc_json(&b, STR("\"\\\n\x01"));
	assert_str(buf_str(&b), "\\\"\\\\\\n\\u0001");
	b.n = 0;
	tpl_text(&b, 1234567);
	assert_str(buf_str(&b), "1" THIN "234" THIN "567");
	b.n = 0;
	tpl_attr(&b, 1234567);
	assert_str(buf_str(&b), "1234567");
}

static void
slugs_are_plain(void **state)
{
	(void)state;
	assert_str(slug_of(arena, STR("L'Haÿ-les-Roses")), "l-hay-les-roses");
	assert_str(slug_of(arena, STR("Œuvrer à Nîmes, ensemble !")), "oeuvrer-a-nimes-ensemble");
	assert_str(slug_of(arena, STR("  « … »  ")), "");
	assert_true(slug_valid(STR("a-1")));
	assert_false(slug_valid(STR("a--1")));
	assert_false(slug_valid(STR("-a")));
	assert_false(slug_valid(STR("A")));
	assert_false(slug_valid(STR("")));
	char many[400];
	memset(many, 'a', sizeof(many));
	assert_true(slug_of(arena, (struct str){ many, sizeof(many) }).n <= SLUG_MAX);
}

static void
dates_are_days_that_exist(void **state)
{
	struct date d;
	(void)state;
	assert_true(date_parse(STR("2024-02-29"), &d));
	assert_int_equal(d.day, 29);
	assert_false(date_parse(STR("2023-02-29"), &d));
	assert_false(date_parse(STR("1900-02-29"), &d));
	assert_false(date_parse(STR("2024-13-01"), &d));
	assert_false(date_parse(STR("2024-1-01"), &d));
	assert_false(date_parse(STR("2024-01-01T"), &d));
	assert_false(date_parse(STR_NONE, &d));
	assert_str(date_short(arena, STR("2026-11-18")), "18 nov. 2026");
	assert_str(date_long(arena, STR("2026-05-01")), "1er mai 2026");
}

static void
csv_reads_quotes_and_lines(void **state)
{
	struct csv c;
	const struct str *cells;
	size_t n;
	(void)state;
	csv_init(&c, arena, STR("a;b\r\n\"x;\n\"\"y\"\"\";\n;z"), ';');
	assert_int_equal(csv_next(&c, &cells, &n), CSV_ROW);
	assert_int_equal(n, 2);
	assert_str(cells[1], "b");
	assert_int_equal(csv_next(&c, &cells, &n), CSV_ROW);
	assert_int_equal(c.line, 2);
	assert_str(cells[0], "x;\n\"y\"");
	assert_int_equal(cells[1].n, 0);
	assert_int_equal(csv_next(&c, &cells, &n), CSV_ROW);
	assert_int_equal(c.line, 4);
	assert_str(cells[1], "z");
	assert_int_equal(csv_next(&c, &cells, &n), CSV_END);
	csv_init(&c, arena, STR("a;\"b"), ';');
	assert_int_equal(csv_next(&c, &cells, &n), CSV_BAD);
	csv_init(&c, arena, STR("\"b\"x"), ';');
	assert_int_equal(csv_next(&c, &cells, &n), CSV_BAD);
}

static void
csv_defuses_formulas(void **state)
{
	static const char *const risky[] = { "=1+1", "+cmd|x", "-cmd", "@SUM(A1)" };
	(void)state;
	for (size_t i = 0; i < 4; i++) {
		struct buf b;
		buf_init(&b, arena, 64);
		struct csv_out o = { .b = &b, .separator = ';' };
		csv_cell(&o, str_of(risky[i]));
		csv_end_row(&o);
		const char *cell = b.p[0] == '"' ? b.p + 1 : b.p;
		assert_int_equal(cell[0], '\'');
	}
}

static void
content_files_are_read(void **state)
{
	struct frontmatter fm;
	struct frontmatter_step step;
	int line;
	const char *why;
	(void)state;
	assert_true(frontmatter_parse(&fm, arena,
	                              STR("---\nid: 1\nsource: a ; https://e.fr\nsource: b\n---\n## duree\nUne heure\n## etapes\n"
	                                  "### Un | 30 min\ntexte\n> Boîte à outils : feutres\n### Deux\nfin\n"),
	                              &line, &why));
	assert_int_equal(fm.nfields, 3);
	assert_str(fm.fields[1].value, "a ; https://e.fr");
	assert_int_equal(fm.nsections, 2);
	assert_str(fm.sections[1].key, "etapes");
	struct str rest = fm.sections[1].body;
	assert_true(frontmatter_next_step(arena, &rest, &step));
	assert_str(step.title, "Un");
	assert_str(step.duration, "30 min");
	assert_str(step.tools, "feutres");
	assert_true(frontmatter_next_step(arena, &rest, &step));
	assert_str(step.title, "Deux");
	assert_false(frontmatter_next_step(arena, &rest, &step));
	assert_false(frontmatter_parse(&fm, arena, STR("id: 1\n"), &line, &why));
	assert_false(frontmatter_parse(&fm, arena, STR("---\nid: 1\n"), &line, &why));
	assert_true(line >= 1 && why);
}

static char *
rendered(const char *z, int level)
{
	struct html h = markdown_render(arena, str_of(z), level);
	return arena_cstr(arena, (struct str){ h.p, h.n });
}

static void
markdown_is_safe(void **state)
{
	(void)state;
	assert_non_null(strstr(rendered("# Un\n\n## Deux\n", 3), "<h3>Un</h3>"));
	assert_non_null(strstr(rendered("## Un\n\n### Deux\n", 3), "<h4>Deux</h4>"));
	assert_null(strstr(rendered("a <b onclick=x> b\n\n<script>x</script>\n", 3), "<script"));
	assert_null(strstr(rendered("a <b onclick=x> b", 3), "<b "));
	assert_null(strstr(rendered("[a](javascript:x) [b](&#106;avascript:x) <javascript:x>", 3), "<a"));
	assert_null(strstr(rendered("[a](//e.fr/x)", 3), "<a"));
	assert_null(strstr(rendered("![mots](https://e.fr/x.png)", 3), "<img"));
	assert_non_null(strstr(rendered("[a](/fiches)", 3), "href=\"/fiches\""));
	assert_non_null(strstr(rendered("L'eau !", 3), "L’eau" THIN "!"));
	assert_non_null(strstr(rendered("`l'eau !`", 3), "l'eau !"));
	assert_non_null(strstr(rendered("| a | b |\n|:-|-:|\n| 1 | 2 |\n", 3), "<table>"));
	assert_null(strstr(rendered("| a | b |\n|:-|-:|\n| 1 | 2 |\n", 3), "align"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		UNIT_TEST(utf8_is_strict), UNIT_TEST(typography_is_french), UNIT_TEST(escaping_leaves_no_markup),
		UNIT_TEST(slugs_are_plain), UNIT_TEST(dates_are_days_that_exist), UNIT_TEST(csv_reads_quotes_and_lines),
		UNIT_TEST(csv_defuses_formulas), UNIT_TEST(content_files_are_read), UNIT_TEST(markdown_is_safe),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
