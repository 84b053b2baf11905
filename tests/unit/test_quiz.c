#include "unit.h"
#include "text/quiz.h"

static void
prose_and_choices_apart(void **state)
{
	struct quiz q = quiz_read(*state, STR("Qui vit le problème ?\n\n- [ ] La mairie | Elle décide.\n- [x] Les habitants|Eux seuls le vivent.\n* [X]  Les élèves\n\nPrenez le temps.\n"));
	assert_str(q.prose, "Qui vit le problème ?\n\n\nPrenez le temps.");
	assert_int_equal(q.n, 3);
	assert_str(q.choices[0].words, "La mairie");
	assert_str(q.choices[0].why, "Elle décide.");
	assert_false(q.choices[0].right);
	assert_str(q.choices[1].words, "Les habitants");
	assert_str(q.choices[1].why, "Eux seuls le vivent.");
	assert_true(q.choices[1].right);
	assert_str(q.choices[2].words, "Les élèves");
	assert_int_equal(q.choices[2].why.n, 0);
	assert_true(q.choices[2].right);
}

static void
lists_that_are_not_choices_stay(void **state)
{
	struct quiz q = quiz_read(*state, STR("- un\n- [y] deux\n-[x] trois\n- [x]\n- [ ] | sans mots\n- [lien](/fiches)"));
	assert_int_equal(q.n, 0);
	assert_str(q.prose, "- un\n- [y] deux\n-[x] trois\n- [x]\n- [ ] | sans mots\n- [lien](/fiches)");
}

static void
too_many_are_prose(void **state)
{
	struct buf b;
	buf_init(&b, *state, 1024);
	for (int i = 0; i < QUIZ_CHOICES_MAX + 1; i++)
		buf_fmt(&b, "- [ ] choix %d\r\n", i);
	struct quiz q = quiz_read(*state, buf_str(&b));
	assert_int_equal(q.n, QUIZ_CHOICES_MAX);
	assert_str(q.choices[QUIZ_CHOICES_MAX - 1].words, "choix 11");
	assert_str(q.prose, "- [ ] choix 12");
}

static void
nothing_gives_nothing(void **state)
{
	struct quiz q = quiz_read(*state, STR_NONE);
	assert_int_equal(q.n, 0);
	assert_int_equal(q.prose.n, 0);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		UNIT_TEST(prose_and_choices_apart), UNIT_TEST(lists_that_are_not_choices_stay), UNIT_TEST(too_many_are_prose), UNIT_TEST(nothing_gives_nothing),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
