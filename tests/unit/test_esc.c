#include "unit.h"
#include "text/esc.h"
#include "text/utf8.h"

static struct str
with(struct arena *a, void (*fn)(struct buf *, struct str), struct str s)
{
	struct buf b;
	buf_init(&b, a, 16);
	fn(&b, s);
	return buf_str(&b);
}

static void
text_escapes_markup(void **state)
{
	assert_text(*state, with(*state, esc_text, STR("a < b & c > \"d\" 'e'")), "a &lt; b &amp; c &gt; \"d\" 'e'");
	assert_text(*state, with(*state, esc_text, STR("")), "");
	assert_text(*state, with(*state, esc_text, STR("é—")), "é—");
}

static void
attr_escapes_quotes(void **state)
{
	assert_text(*state, with(*state, esc_attr, STR("\"x\" 'y' <z>&")), "&quot;x&quot; &#39;y&#39; &lt;z&gt;&amp;");
}

static void
json_escapes_controls(void **state)
{
	assert_text(*state, with(*state, esc_json, STR("a\"b\\c\n\t\r\x01\x7f/é")), "a\\\"b\\\\c\\n\\t\\r\\u0001\\u007f/é");
	assert_text(*state, with(*state, esc_json, (struct str){ "\0", 1 }), "\\u0000");
}

static void
utf8_refuses_what_is_not(void **state)
{
	(void)state;
	assert_true(utf8_valid(STR("été € 😀")));
	assert_true(utf8_valid(STR_NONE));
	assert_false(utf8_valid(STR("\xc0\xaf")));             /* overlong */
	assert_false(utf8_valid(STR("\xe0\x80\xaf")));         /* overlong */
	assert_false(utf8_valid(STR("\xed\xa0\x80")));         /* surrogate */
	assert_false(utf8_valid(STR("\xf4\x90\x80\x80")));     /* above U+10FFFF */
	assert_false(utf8_valid(STR("a\xc3")));                /* cut */
	assert_false(utf8_valid(STR("\x80")));
	assert_int_equal(utf8_length(STR("été€😀")), 5);
	size_t next;
	assert_int_equal(utf8_at(STR("a€"), 1, &next), 0x20ac);
	assert_int_equal(next, 4);
}

int
main(void)
{
	const struct CMUnitTest tests[] = { UNIT_TEST(text_escapes_markup), UNIT_TEST(attr_escapes_quotes),
		                            UNIT_TEST(json_escapes_controls), UNIT_TEST(utf8_refuses_what_is_not) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
