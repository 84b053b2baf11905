#include "unit.h"
#include "page/chart.h"

static const struct chart share = { .id = STR("g"), .title = STR("Qui ?"), .desc = STR("Tous : <9 %."), .max = 100, .whole = true };

static char *
text_of(struct arena *a, struct html h)
{
	return arena_cstr(a, (struct str){ h.p, h.n });
}

static size_t
times(const char *hay, const char *needle)
{
	size_t n = 0;

	for (const char *p = hay; (p = strstr(p, needle)); p++)
		n++;
	return n;
}

static void
a_bar_is_as_long_as_its_value(void **state)
{
	const struct chart_mark marks[] = {
		{ .id = 7, .label = STR("Maires & élus"), .note = STR("2016"), .text = STR("87,5 %"), .value = 87.5 },
		{ .id = 8, .label = STR("Citoyens"), .text = STR("6 %"), .value = 6, .low = 4, .high = 9, .has_low = true, .has_high = true },
		{ .id = 9, .label = STR("Rien"), .text = STR("−3 %"), .value = -3 },
	};
	char *s = text_of(*state, chart_bars(*state, &share, marks, 3));

	assert_non_null(strstr(s, "role=\"img\" aria-labelledby=\"g-t g-d\"><title id=\"g-t\">Qui" NNBSP "?</title><desc id=\"g-d\">Tous" NBSP ": &lt;9" NNBSP "%.</desc>"));
	assert_non_null(strstr(s, "<g data-chiffre=\"7\">"));
	assert_non_null(strstr(s, "Maires &amp; élus <tspan class=\"an\">2016</tspan>"));
	assert_non_null(strstr(s, "class=\"barre\" x=\"0\" y=\"24\" width=\"87.5%\""));
	assert_non_null(strstr(s, "class=\"val dedans\" x=\"87.5%\" dx=\"-9\" y=\"45\" text-anchor=\"end\">87,5" NNBSP "%<"));
	assert_non_null(strstr(s, "class=\"val\" x=\"6%\" dx=\"8\"")); /* too short to hold its value */
	assert_non_null(strstr(s, "class=\"marge\" x1=\"4%\" x2=\"9%\""));
	assert_non_null(strstr(s, "width=\"0%\""));
	assert_int_equal(times(s, "class=\"piste\""), 3);
	assert_int_equal(times(s, "<g"), times(s, "</g>"));
	assert_null(strstr(s, "style="));
}

static void
counts_have_no_track(void **state)
{
	const struct chart counts = { .id = STR("g"), .title = STR("x"), .desc = STR("x"), .max = 218 };
	const struct chart_mark marks[] = { { .id = 1, .label = STR("a"), .text = STR("218"), .value = 218 }, { .id = 2, .label = STR("b"), .text = STR("56"), .value = 56 } };
	char *s = text_of(*state, chart_bars(*state, &counts, marks, 2));

	assert_null(strstr(s, "piste"));
	assert_non_null(strstr(s, "width=\"100%\" height=\"28\"/><text"));
	assert_non_null(strstr(s, "width=\"25.69%\""));
	assert_non_null(strstr(text_of(*state, chart_bars(*state, &counts, NULL, 0)), "</svg>"));
}

/* A label too long for a phone takes several lines, and none of its words is lost. */
static void
long_labels_are_cut_between_words(void **state)
{
	const struct chart_mark one = { .id = 1, .label = STR("Trouvent que les acteurs de leur territoire ne sont pas assez mobilisés"), .text = STR("49 %"), .value = 49 };
	char *s = text_of(*state, chart_bars(*state, &share, &one, 1));

	assert_non_null(strstr(s, ">Trouvent que les acteurs de leur<tspan x=\"0\" dy=\"20\">territoire ne"));
	assert_int_equal(times(s, "<tspan x="), 1);
	assert_non_null(strstr(s, "mobilisés</tspan>"));
	assert_non_null(strstr(s, "y=\"44\" width=\"49%\""));
}

static void
two_places_are_told_by_shape(void **state)
{
	const struct chart_pair pairs[] = {
		{ .label = STR("Citoyens"), .first = { .id = 1, .text = STR("70 %"), .value = 70 }, .second = { .id = 2, .text = STR("69 %"), .value = 69 } },
		{ .label = STR("Maires"), .first = { .id = 3, .text = STR("89 %"), .value = 89 } },
	};
	char *s = text_of(*state, chart_pairs(*state, &share, pairs, 2));

	assert_int_equal(times(s, "class=\"losange\""), 1);
	assert_int_equal(times(s, "class=\"rond\""), 2);
	assert_int_equal(times(s, "class=\"ecart\""), 1);
	/* The higher is written to the right, the lower to the left. */
	assert_non_null(strstr(s, "x=\"70%\" dx=\"17\" y=\"45\" text-anchor=\"start\">70" NNBSP "%"));
	assert_non_null(strstr(s, "x=\"69%\" dx=\"-17\" y=\"45\" text-anchor=\"end\">69" NNBSP "%"));
	assert_int_equal(times(s, "data-chiffre="), 3);
}

static void
points_of_one_line_are_joined(void **state)
{
	const struct chart c = { .id = STR("s"), .title = STR("x"), .desc = STR("x"), .max = 218 };
	const struct chart_point points[] = {
		{ .mark = { .id = 1, .text = STR("56"), .note = STR("2020"), .value = 56 }, .at = 2020, .line = 0 },
		{ .mark = { .id = 2, .text = STR("218"), .note = STR("2024"), .value = 218 }, .at = 2024, .line = 0, .line_name = STR("Labo") },
		{ .mark = { .id = 3, .text = STR("140"), .note = STR("2023"), .value = 140 }, .at = 2023, .line = 1, .line_name = STR("État") },
	};
	char *s = text_of(*state, chart_series(*state, &c, points, 3));

	assert_int_equal(times(s, "class=\"trait-s\""), 1);
	assert_non_null(strstr(s, "class=\"trait-s\" x1=\"0%\" x2=\"100%\""));
	assert_int_equal(times(s, "rond creux"), 1); /* joined to nothing */
	assert_non_null(strstr(s, "cx=\"75%\""));
	assert_non_null(strstr(s, "2024, Labo"));
	assert_int_equal(times(s, "<svg"), times(s, "</svg>"));
}

static void
what_is_not_published_is_hatched(void **state)
{
	const struct chart_region regions[] = {
		{ .mark = { .id = 1, .label = STR("Occitanie"), .text = STR("82 %"), .value = 82 }, .code = STR("76"), .path = STR("M0 0h9z"), .x = 400, .y = 700 },
		{ .mark = { .id = 2, .label = STR("Bretagne"), .text = STR("70 %"), .value = 70 }, .code = STR("53"), .path = STR("M1 0h9z"), .x = 100, .y = 300 },
		{ .mark = { .label = STR("Corse") }, .code = STR("94"), .path = STR("M2 0h9z") },
		{ .mark = { .label = STR("La Réunion") }, .code = STR("974"), .path = STR("M3 0h9z"), .inset = true },
	};
	char *s = text_of(*state, chart_regions(*state, &share, regions, 4));

	assert_non_null(strstr(s, "viewBox=\"0 0 1210 1000\""));
	assert_int_equal(times(s, "class=\"reg-c sans\" fill=\"url(#g-"), 2);
	assert_non_null(strstr(s, "class=\"reg-c p4\" transform=\"translate(210,0)\" d=\"M0 0h9z\"")); /* the greatest is the darkest */
	assert_non_null(strstr(s, "class=\"reg-c p1\""));
	assert_non_null(strstr(s, "x=\"610\" y=\"712\" text-anchor=\"middle\">82" NNBSP "%"));
	assert_int_equal(times(s, "data-chiffre="), 2);
	assert_non_null(strstr(s, ">974</text>"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		UNIT_TEST(a_bar_is_as_long_as_its_value),
		UNIT_TEST(counts_have_no_track),
		UNIT_TEST(long_labels_are_cut_between_words),
		UNIT_TEST(two_places_are_told_by_shape),
		UNIT_TEST(points_of_one_line_are_joined),
		UNIT_TEST(what_is_not_published_is_hatched),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
