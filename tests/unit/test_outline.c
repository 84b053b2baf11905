#include "unit.h"
#include "text/outline.h"

/* Two squares that share a side with a small bend in it, told in both directions, and an islet of the second. */
#define LEFT "M0 0l50 0 1 50-1 50-50 0z"
#define RIGHT "M50 0l50 0 0 100-50 0 1-50zM200 200l1 0 0 1z"

static void
neighbours_keep_the_same_line(void **state)
{
	struct str p[] = { STR(LEFT), STR(RIGHT) };
	outlines_lighten(*state, p, 2, 2);
	assert_str(p[0], "M0 0l50 0 0 100-50 0z");
	assert_str(p[1], "M50 0l50 0 0 100-50 0z");
}

static void
what_is_far_stays(void **state)
{
	struct str p[] = { STR(LEFT), STR(RIGHT) };
	outlines_lighten(*state, p, 2, 0.5);
	assert_str(p[0], LEFT);
	assert_str(p[1], RIGHT);
}

static void
nothing_disappears(void **state)
{
	struct str p[] = { STR("M0 0l1 0 0 1z"), STR("") };
	outlines_lighten(*state, p, 2, 50);
	assert_str(p[0], "M0 0l1 0 0 1z");
	assert_int_equal(p[1].n, 0);
}

static void
an_island_is_the_same_from_any_point(void **state)
{
	struct str one[] = { STR("M0 0l10-1 10 1 0 20-10 1-10-1z") }, other[] = { STR("M20 0l0 20-10 1-10-1 0-20 10-1z") };
	outlines_lighten(*state, one, 1, 1.5);
	outlines_lighten(*state, other, 1, 1.5);
	assert_str(one[0], "M0 0l20 0 0 20-20 0z");
	assert_str(other[0], "M20 0l0 20-20 0 0-20z");
}

static void
another_form_is_left_as_it_is(void **state)
{
	static const char *const bad[] = { "M0 0L10 10z", "M0 0l10", "M0 0l0 0 0.5 1z", "M0.5 0l3 3 3-3z", "0 0z", "M0 0l1 1", "M99999999999 0l1 1z", "M", "M0 0l16777216 0 9 0z" };
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		struct str p[] = { STR(LEFT), { bad[i], strlen(bad[i]) } };
		outlines_lighten(*state, p, 2, 5);
		assert_str(p[0], LEFT);
		assert_str(p[1], bad[i]);
	}
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		UNIT_TEST(neighbours_keep_the_same_line), UNIT_TEST(what_is_far_stays), UNIT_TEST(nothing_disappears),
		UNIT_TEST(an_island_is_the_same_from_any_point), UNIT_TEST(another_form_is_left_as_it_is),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
