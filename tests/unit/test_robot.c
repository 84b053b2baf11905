#include "unit.h"
#include "web/robot.h"

static void
families(void **state)
{
	(void)state;
	static const struct {
		const char *agent;
		enum robot family;
	} cases[] = {
		{ "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0", ROBOT_NONE },
		{ "Mozilla/5.0 (Linux; Android 9; CUBOT P30 Build/PPR1) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 Mobile Safari/537.36", ROBOT_NONE },
		{ "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)", ROBOT_moteur },
		{ "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; GPTBot/1.2; +https://openai.com/gptbot)", ROBOT_ia },
		{ "Mozilla/5.0 (compatible; AhrefsBot/7.0; +http://ahrefs.com/robot/)", ROBOT_referencement },
		{ "LinkedInBot/1.0 (compatible; Mozilla/5.0; Apache-HttpClient +http://www.linkedin.com)", ROBOT_apercu },
		{ "curl/7.88.1", ROBOT_programme },
		{ "Python-urllib/3.11", ROBOT_programme },
		{ "", ROBOT_programme },
		{ "Mozilla/5.0 (compatible; archive.org_bot +http://archive.org/details/archive.org_bot)", ROBOT_autre },
		{ "quelque-bot", ROBOT_autre },
	};
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		assert_int_equal(robot_of(str_of(cases[i].agent)), cases[i].family);
		assert_int_equal(robot_named(str_of(cases[i].agent)), cases[i].family != ROBOT_NONE);
	}
	assert_int_equal(robot_of(STR_NONE), ROBOT_programme);
}

int
main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(families) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
