#include "unit.h"
#include "text/keep.h"
#include "web/robot.h"

static void
words_that_may_be_kept(void **state)
{
	static const char *const cases[][2] = {
		{ "Rénovation énergétique", "renovation energetique" }, { "  tiers-lieu ", "tiers lieu" }, { "l'eau", "l eau" }, { "ESS", "ess" },
		{ "\"budget participatif\" -jeunes", "budget participatif jeunes" },
		/* what may be somebody's */
		{ "jeanne@exemple.fr", "" }, { "06 12 34 56 78", "" }, { "12 rue Haute", "" }, { "Mme Dupont", "" }, { "monsieur Durand", "" },
		{ "https://exemple.fr", "" }, { "je cherche quelqu un près d ici", "" },
		/* what says nothing */
		{ "", "" }, { "a b", "" }, { "!?", "" }, { "日本", "" }, { "aaaaaaaaaaaaaaaaaaaaaaaaaa", "" },
	};
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		assert_text(*state, keep_words(*state, str_of(cases[i][0])), cases[i][1]);
}

static void
robots(void **state)
{
	(void)state;
	static const char *const machines[] = { "", "Googlebot/2.1", "Mozilla/5.0 (compatible; bingbot/2.0)", "curl/7.88.1", "python-requests/2.28",
		                                "Mozilla/5.0 HeadlessChrome/120.0" };
	for (size_t i = 0; i < sizeof(machines) / sizeof(*machines); i++)
		assert_true(robot_named(str_of(machines[i])));
	assert_false(robot_named(STR("Mozilla/5.0 (X11; Linux x86_64; rv:115.0) Gecko/20100101 Firefox/115.0")));
	assert_false(robot_named(STR("Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 Version/17.0 Mobile Safari/604.1")));
}

int
main(void)
{
	const struct CMUnitTest tests[] = { UNIT_TEST(words_that_may_be_kept), UNIT_TEST(robots) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
