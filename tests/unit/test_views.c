/* The compiled templates: what an empty view gives, what is escaped, what a near-you fragment must show. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "format/view.h"
#include "gen/tpl.h"

static struct arena *arena;

static char *
text_of(const struct buf *b)
{
	return arena_cstr(arena, buf_str(b));
}

static size_t
times(const char *in, const char *what)
{
	size_t n = 0;
	for (const char *p = in; (p = strstr(p, what)); p += strlen(what))
		n++;
	return n;
}

static struct buf
fresh(void)
{
	struct buf b;
	buf_init(&b, arena, 4096);
	return b;
}

/* Every page keeps one h1 and sound tags when its view holds nothing. */
static void
test_empty_views(void **state)
{
	(void)state;
#define EMPTY(name, view)                                                                      \
	do {                                                                                   \
		struct buf b = fresh();                                                        \
		tpl_##name(&b, &(struct view){ 0 });                                           \
		const char *t = text_of(&b);                                                   \
		assert_int_equal(times(t, "<h1"), 1);                                          \
		assert_int_equal(times(t, "<ul") + times(t, "<ol"), times(t, "</ul>") + times(t, "</ol>")); \
		assert_int_equal(times(t, "<div"), times(t, "</div>"));                        \
		assert_int_equal(times(t, "<section"), times(t, "</section>"));                \
	} while (0)
	EMPTY(bloc_recherche, view_block);
	EMPTY(bloc_titre, view_block);
	EMPTY(sheets, view_sheets);
	EMPTY(sheet, view_sheet);
	EMPTY(catalysts, view_catalysts);
	EMPTY(catalyst, view_catalyst);
	EMPTY(territories, view_territories);
	EMPTY(territory, view_territory);
	EMPTY(near, view_near);
	EMPTY(search, view_search);
	EMPTY(error, view_error);
	EMPTY(legal, view_legal);
	EMPTY(privacy, view_legal);
	EMPTY(accessibility, view_legal);
	EMPTY(sitemap, view_sitemap);
	EMPTY(vocabulary, view_vocabulary);
}

static void
test_text_is_escaped(void **state)
{
	(void)state;
	struct buf b = fresh();
	struct view_sheet_row row = { .title = STR("<script>alert(1)</script> & co"), .url = { "/fiches/x-1", 11 },
		.cote = { STR("m\" onclick=\"x"), STR("Méthode"), STR("M 1") }, .summary = STR("a < b") };
	tpl_rangee(&b, &row);
	const char *t = text_of(&b);
	assert_null(strstr(t, "<script"));
	assert_null(strstr(t, "\" onclick"));
	assert_non_null(strstr(t, "&lt;script"));
	assert_non_null(strstr(t, "a &lt; b"));
}

static void
test_layout(void **state)
{
	(void)state;
	struct buf b = fresh();
	const struct view_menu_entry menu[] = { { STR("Fiches"), { "/fiches", 7 }, true }, { STR("Carte"), { "/carte", 6 }, false } };
	struct view_layout v = { .title = STR("Fiches"), .site = { .brand = STR("Catalyse"), .menu = { menu, 2 } }, .main = { "<h1>x</h1>", 10 } };
	tpl_layout(&b, &v);
	const char *t = text_of(&b);
	assert_non_null(strstr(t, "<html lang=\"fr\">"));
	assert_non_null(strstr(t, "<title>Fiches — Catalyse</title>"));
	assert_non_null(strstr(t, "<h1>x</h1>"));
	assert_non_null(strstr(t, "https://db-ip.com"));
	assert_int_equal(times(t, "aria-current"), 2); /* the menu and the folded menu */
	assert_null(strstr(t, " style="));
}

/* Whatever comes from the address carries the link its licence asks for, and never pretends to know. */
static void
test_here(void **state)
{
	(void)state;
	struct buf b = fresh();
	tpl_here(&b, &(struct view_here){ .known = true, .from_ip = true, .place = { .code = STR("974"), .name = STR("La Réunion") } });
	assert_non_null(strstr(text_of(&b), "https://db-ip.com"));
	b = fresh();
	tpl_here(&b, &(struct view_here){ 0 });
	assert_non_null(strstr(text_of(&b), "Où êtes-vous"));
	assert_null(strstr(text_of(&b), "db-ip"));
}

/* A distance nobody knows is a question mark said in words, not a number. */
static void
test_unknown_distance(void **state)
{
	(void)state;
	struct buf b = fresh();
	struct view_catalyst_row row = { .name = STR("Réuniverre"), .unknown = true, .sign = STR("3 km") };
	tpl_plaque(&b, &row);
	assert_null(strstr(text_of(&b), "3 km"));
	assert_non_null(strstr(text_of(&b), "distance inconnue"));
}

static int
setup(void **state)
{
	(void)state;
	arena = arena_new(1 << 16, 1 << 24);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_empty_views),
		cmocka_unit_test(test_text_is_escaped),
		cmocka_unit_test(test_layout),
		cmocka_unit_test(test_here),
		cmocka_unit_test(test_unknown_distance),
	};
	return cmocka_run_group_tests(tests, setup, teardown);
}
