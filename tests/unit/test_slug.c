#include "unit.h"
#include "text/slug.h"

static void
names(void **state)
{
	static const char *const cases[][2] = {
		{ "L'Haÿ-les-Roses", "l-hay-les-roses" }, { "Œuvrer à l’été", "oeuvrer-a-l-ete" }, { "Saint-Benoît (974)", "saint-benoit-974" },
		{ "  Ça  va ? ", "ca-va" }, { "Straße", "strasse" }, { "Łódź", "lodz" }, { "e\xcc\x81t\xcc\x82", "et" }, { "日本", "" },
		{ "---", "" }, { "", "" }, { "A", "a" }, { "ÆŒ", "aeoe" },
	};
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		assert_text(*state, slug_of(*state, str_of(cases[i][0])), cases[i][1]);
}

static void
long_names_end_on_a_word(void **state)
{
	struct str s = slug_of(*state, STR("Une phrase qui est vraiment beaucoup trop longue pour tenir entière dans une adresse de page"));
	assert_true(s.n <= SLUG_MAX);
	assert_text(*state, s, "une-phrase-qui-est-vraiment-beaucoup-trop-longue-pour-tenir-entiere-dans-une");
	char word[200];
	memset(word, 'a', sizeof(word));
	assert_int_equal(slug_of(*state, (struct str){ word, sizeof(word) }).n, SLUG_MAX);
}

static void
validity(void **state)
{
	(void)state;
	assert_true(slug_valid(STR("a-b-3")));
	static const char *const bad[] = { "", "-a", "a-", "a--b", "A", "é", "a b", "a_b" };
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		assert_false(slug_valid(str_of(bad[i])));
}

int
main(void)
{
	const struct CMUnitTest tests[] = { UNIT_TEST(names), UNIT_TEST(long_names_end_on_a_word), UNIT_TEST(validity) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
