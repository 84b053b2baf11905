#include "unit.h"
#include "page/map_dots.h"

#include <math.h>

static void
one_place_is_one_dot(void **state)
{
	const struct map_mark marks[] = {
		{ 7, 0, STR("commune:1"), 100, 100, false },
		{ 3, 0, STR("commune:2"), 500, 500, false },
		{ 9, 0, STR("commune:1"), 100, 100, false },
	};
	struct map_dots d = map_dots_of(*state, marks, 3, 28, 8);
	assert_int_equal(d.n, 2);
	assert_int_equal(d.p[0].count, 2);
	assert_int_equal(d.p[0].items[0], 7);
	assert_int_equal(d.p[0].items[1], 9);
	assert_int_equal(d.p[1].items[0], 3);
	assert_int_equal(d.p[1].nkeys, 1);
}

static void
neighbours_merge_until_none_touch(void **state)
{
	struct map_mark marks[40];
	for (size_t i = 0; i < 40; i++)
		marks[i] = (struct map_mark){ (int64_t)i + 1, 0, arena_fmt(*state, "commune:%zu", i), 20.0 * (double)i, 300, false };
	struct map_dots d = map_dots_of(*state, marks, 40, 28, 8);
	size_t items = 0;
	assert_in_range(d.n, 2, 13);
	for (size_t i = 0; i < d.n; i++) {
		items += d.p[i].nitems;
		for (size_t k = i + 1; k < d.n; k++)
			assert_true(hypot(d.p[i].x - d.p[k].x, d.p[i].y - d.p[k].y) >= 64);
	}
	assert_int_equal(items, 40); /* none is lost, none is twice */
	assert_int_equal(d.p[0].items[0], 1);
}

static void
the_vague_steps_aside(void **state)
{
	const struct map_mark marks[] = {
		{ 1, 0, STR("departement:69"), 300, 300, true },
		{ 2, 0, STR("commune:69123"), 305, 300, false },
	};
	struct map_dots d = map_dots_of(*state, marks, 2, 28, 8);
	assert_int_equal(d.n, 2);
	assert_true(d.p[0].vague && !d.p[1].vague);
	assert_true(d.p[1].x > 304.9 && d.p[1].x < 305.1); /* an exact place never moves */
	assert_true(hypot(d.p[0].x - d.p[1].x, d.p[0].y - d.p[1].y) > 28);
}

static void
an_item_of_two_places(void **state)
{
	const struct map_mark marks[] = {
		{ 5, 0, STR("commune:1"), 100, 100, false },
		{ 5, 0, STR("commune:2"), 110, 100, false },
		{ 5, 0, STR("commune:3"), 900, 100, false },
	};
	struct map_dots d = map_dots_of(*state, marks, 3, 28, 8);
	assert_int_equal(d.n, 2);
	assert_int_equal(d.p[0].count, 1); /* once where its places touch */
	assert_int_equal(d.p[0].nkeys, 2);
	assert_int_equal(d.p[1].count, 1);
}

static void
what_is_only_counted(void **state)
{
	const struct map_mark marks[] = {
		{ 0, 1200, STR("departement:75"), 400, 300, false },
		{ 0, 34, STR("departement:93"), 410, 295, false },
	};
	struct map_dots d = map_dots_of(*state, marks, 2, 28, 8);
	assert_int_equal(d.n, 1);
	assert_int_equal(d.p[0].count, 1234);
	assert_int_equal(d.p[0].nitems, 0);
	assert_int_equal(map_dots_of(*state, marks, 0, 28, 8).n, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = { UNIT_TEST(one_place_is_one_dot), UNIT_TEST(neighbours_merge_until_none_touch),
		                            UNIT_TEST(the_vague_steps_aside), UNIT_TEST(an_item_of_two_places),
		                            UNIT_TEST(what_is_only_counted) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
