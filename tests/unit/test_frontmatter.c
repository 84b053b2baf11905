#include "unit.h"
#include "text/frontmatter.h"

static void
reads_a_sheet(void **state)
{
	struct frontmatter fm;
	int line;
	const char *why;

	assert_true(frontmatter_parse(&fm, *state,
	                              STR("---\r\nid: 12\ntitre: Un titre : deux\n\n# note\nsource: a ; https://x/y\nsource: b\nvide:\n---\n\n"
	                                  "## duree\nUne heure\n\n## pieges\n- un\n\n```\n## non\n```\nfin\n"),
	                              &line, &why));
	assert_int_equal(fm.nfields, 5);
	assert_text(*state, fm.fields[1].key, "titre");
	assert_text(*state, fm.fields[1].value, "Un titre : deux");
	assert_text(*state, fm.fields[2].value, "a ; https://x/y");
	assert_int_equal(fm.fields[2].line, 6);
	assert_int_equal(fm.fields[4].value.n, 0);
	assert_int_equal(fm.nsections, 2);
	assert_text(*state, fm.sections[0].key, "duree");
	assert_text(*state, fm.sections[0].body, "Une heure");
	assert_int_equal(fm.sections[0].line, 11);
	assert_text(*state, fm.sections[1].body, "- un\n\n```\n## non\n```\nfin");
}

static void
says_what_is_wrong(void **state)
{
	static const struct {
		const char *text;
		int line;
	} bad[] = { { "", 1 }, { "id: 1\n", 1 }, { "---\nid: 1\n", 3 }, { "---\nid\n---\n", 2 }, { "---\nI d: 1\n---\n", 2 },
		    { "---\n---\ntexte\n", 3 }, { "---\n---\n## a\n## a\n", 4 }, { "---\n---\n## Un Titre\n", 3 } };
	struct frontmatter fm;

	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		int line = 0;
		const char *why = NULL;
		assert_false(frontmatter_parse(&fm, *state, str_of(bad[i].text), &line, &why));
		assert_int_equal(line, bad[i].line);
		assert_non_null(why);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = { UNIT_TEST(reads_a_sheet), UNIT_TEST(says_what_is_wrong) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
