#include "unit.h"
#include "text/markdown.h"

static struct str
block(struct arena *a, const char *md)
{
	struct html h = markdown_render(a, str_of(md), 3);
	return (struct str){ h.p, h.n };
}

static struct str
inlined(struct arena *a, const char *md)
{
	struct html h = markdown_inline(a, str_of(md));
	return (struct str){ h.p, h.n };
}

static void
blocks(void **state)
{
	assert_text(*state, block(*state, "Un *mot* **fort**"), "<p>Un <em>mot</em> <strong>fort</strong></p>");
	assert_text(*state, block(*state, "- un\n- deux"), "<ul><li>un</li>\n<li>deux</li>\n</ul>");
	assert_text(*state, block(*state, "3. a\n4. b"), "<ol start=\"3\"><li>a</li>\n<li>b</li>\n</ol>");
	assert_text(*state, block(*state, "> dit"), "<blockquote><p>dit</p>\n</blockquote>");
	assert_text(*state, block(*state, "~~non~~"), "<p><del>non</del></p>");
	assert_text(*state, block(*state, "a  \nb"), "<p>a<br>\nb</p>");
	assert_text(*state, block(*state, ""), "");
}

static void
headings_start_where_told(void **state)
{
	assert_text(*state, block(*state, "# A\n\n### B"), "<h3>A</h3>\n<h5>B</h5>");
	assert_text(*state, block(*state, "## A\n\n### B"), "<h3>A</h3>\n<h4>B</h4>");
	assert_text(*state, block(*state, "# A\n\n###### B"), "<h3>A</h3>\n<h6>B</h6>");
}

static void
tables(void **state)
{
	assert_text(*state, block(*state, "|A|B|\n|---|--:|\n|1|2|\n"),
	            "<div class=\"defile\" tabindex=\"0\" role=\"group\" aria-label=\"Tableau\"><table><thead><tr><th scope=\"col\">A</th>"
	            "<th scope=\"col\" class=\"num\">B</th></tr></thead><tbody><tr><td>1</td><td class=\"num\">2</td></tr></tbody></table></div>");
}

static void
raw_html_is_text(void **state)
{
	assert_text(*state, block(*state, "<b>x</b>"), "<p>&lt;b&gt;x&lt;/b&gt;</p>");
	assert_text(*state, block(*state, "<script>alert(1)</script>"), "<p>&lt;script&gt;alert(1)&lt;/script&gt;\n</p>");
	assert_text(*state, block(*state, "<!-- # include virtual=\"/x\" -->"), "<p>&lt;!-- # include virtual=\"/x\" --&gt;\n</p>");
	assert_text(*state, block(*state, "&lt;i>"), "<p>&lt;i&gt;</p>");
}

static void
links_are_chosen(void **state)
{
	assert_text(*state, inlined(*state, "[a](https://b.fr/?x=1&y=\"2\")"), "<a href=\"https://b.fr/?x=1&amp;y=%222%22\">a</a>");
	assert_text(*state, inlined(*state, "[a](/fiches \"l'une\")"), "<a href=\"/fiches\" title=\"l&#39;une\">a</a>");
	assert_text(*state, inlined(*state, "[a](mailto:x@y.fr)"), "<a href=\"mailto:x@y.fr\">a</a>");
	assert_text(*state, inlined(*state, "[a](#b:c)"), "<a href=\"#b:c\">a</a>");
	static const char *const refused[] = { "[a](javascript:alert(1))", "[a](JaVaScRiPt:x)", "[a](data:text/html,x)", "[a](//ailleurs.fr)",
		                               "[a](/\\\\ailleurs.fr)", "[a](vbscript:x)", "[a](&#106;avascript:x)", "![a](https://b.fr/c.png)", "[a]()" };
	for (size_t i = 0; i < sizeof(refused) / sizeof(*refused); i++)
		assert_text(*state, inlined(*state, refused[i]), "a");
	assert_text(*state, inlined(*state, "voir https://a.fr/b."), "voir <a href=\"https://a.fr/b\">https://a.fr/b</a>.");
}

static void
typography_but_not_in_code(void **state)
{
	assert_text(*state, inlined(*state, "L'eau : « *mot* » ?"), "L’eau" NBSP ": «" NBSP "<em>mot</em>" NBSP "»" NNBSP "?");
	assert_text(*state, inlined(*state, "`l'eau : x < y`"), "<code>l'eau : x &lt; y</code>");
	assert_text(*state, block(*state, "```\nl'eau : <x>\n```"), "<pre><code>l'eau : &lt;x&gt;\n</code></pre>");
}

static void
inline_has_no_block(void **state)
{
	assert_text(*state, inlined(*state, "# A\n\nb\n\n- c"), "A b c");
	assert_text(*state, inlined(*state, ""), "");
}

static void
past_the_limit_nothing_is_parsed(void **state)
{
	size_t n = MARKDOWN_BYTES_MAX + 1;
	char *p = arena_alloc(*state, n);
	memset(p, '*', n);
	struct html h = markdown_render(*state, (struct str){ p, n }, 2);
	assert_int_equal(h.n, n + strlen("<p></p>"));
}

/* Ten thousand quotes in one another: twelve are shown, and the text. */
static void
deep_is_shallow(void **state)
{
	char deep[10002];
	memset(deep, '>', 10000);
	strcpy(deep + 10000, "a");
	struct html h = markdown_render(*state, str_of(deep), 2);
	size_t quotes = 0;
	for (const char *p = h.p; (p = memmem(p, h.n - (size_t)(p - h.p), "<blockquote>", 12)); p++)
		quotes++;
	assert_int_equal(quotes, 12);
	assert_true(h.n < 400);
	assert_non_null(memmem(h.p, h.n, "<p>a</p>", 8));
	assert_text(*state, block(*state, "- a\n  - b\n\n> c"), "<ul><li>a<ul><li>b</li>\n</ul>\n</li>\n</ul>\n<blockquote><p>c</p>\n</blockquote>");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		UNIT_TEST(blocks), UNIT_TEST(headings_start_where_told), UNIT_TEST(tables), UNIT_TEST(raw_html_is_text), UNIT_TEST(links_are_chosen),
		UNIT_TEST(typography_but_not_in_code), UNIT_TEST(inline_has_no_block), UNIT_TEST(past_the_limit_nothing_is_parsed), UNIT_TEST(deep_is_shallow),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
