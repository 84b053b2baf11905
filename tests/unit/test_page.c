/* Words, addresses and reasons that pages write. */
#include "unit.h"

#include "page/page.h"



static void
words_say_numbers(void **state)
{
	struct arena *a = *state;
	assert_str(words_number(a, 0), "0");
	assert_str(words_number(a, 974), "974");
	assert_str(words_number(a, 2587031), "2" NNBSP "587" NNBSP "031");
	assert_str(words_number(a, -1200), "-1" NNBSP "200");
	assert_str(words_count(a, 0, "fiche", "fiches"), "aucune fiche");
	assert_str(words_count(a, 0, "acteur connu", "acteurs connus"), "aucun acteur connu");
	assert_str(words_count(a, 1, "fiche", "fiches"), "1 fiche");
	assert_str(words_count(a, 15, "fiche", "fiches"), "15 fiches");
}

static void
words_say_distances(void **state)
{
	struct arena *a = *state;
	assert_str(words_km(a, 0.04), "0,0 km");
	assert_str(words_km(a, 8.44), "8,4 km");
	assert_str(words_km(a, 52.4), "52 km");
	assert_str(words_km(a, 1438), "1" NNBSP "440 km");
}

static void
links_find_numbers(void **state)
{
	struct str slug;
	assert_int_equal(link_number(STR("tenir-un-forum-ouvert-2"), &slug), 2);
	assert_str(slug, "tenir-un-forum-ouvert");
	assert_int_equal(link_number(STR("12"), &slug), 12);
	assert_int_equal(slug.n, 0);
	assert_int_equal(link_number(STR("les-7-familles"), &slug), -1);
	assert_int_equal(link_number(STR("a1"), &slug), -1);
	assert_int_equal(link_number(STR("x-9999999999"), &slug), -1);
	(void)state;
}

static void
links_trust_few_schemes(void **state)
{
	assert_int_equal(link_external(STR("javascript:alert(1)")).n, 0);
	assert_int_equal(link_external(STR("data:text/html,x")).n, 0);
	assert_int_equal(link_external(STR("//evil.example")).n, 0);
	assert_int_not_equal(link_external(STR("https://rnma.fr")).n, 0);
	assert_int_not_equal(link_external(STR("mailto:contact@catalyse.example")).n, 0);
	(void)state;
}

static void
links_keep_the_rest_of_a_list(void **state)
{
	struct arena *a = *state;
	const struct param params[] = { { STR("type"), STR("methode") },
		                        { STR("territoire"), STR("departement:974") },
		                        { STR("q"), STR("santé & co") },
		                        { STR("page"), STR("3") } };
	struct req r = { .arena = a, .params = params, .nparams = 4 };
	struct param none = { STR_NONE, STR_NONE };
	struct url u = link_list(&r, STR("/fiches"), params[0], none);
	assert_str(((struct str){ u.p, u.n }), "/fiches?territoire=departement:974&q=sant%C3%A9%20%26%20co");
	u = link_list(&r, STR("/fiches"), none, (struct param){ STR("odd"), STR("17") });
	assert_str(((struct str){ u.p, u.n }), "/fiches?type=methode&territoire=departement:974&q=sant%C3%A9%20%26%20co&odd=17");
	assert_true(link_has(&r, STR("type"), STR("methode")));
	assert_false(link_has(&r, STR("type"), STR("outil")));
}

static void
reasons_are_in_words(void **state)
{
	struct arena *a = *state;
	struct catalyst_card c = { .rank = RANK_COVERS_COMMUNE, .cover_type = STR("commune"), .cover_in = STR("à Saint-Benoît") };
	assert_str(catalyst_reason(a, &c), "Intervient à Saint-Benoît");
	c = (struct catalyst_card){ .rank = RANK_AREA_INSIDE };
	assert_str(catalyst_reason(a, &c), "Intervient dans une partie de ce territoire");
	c = (struct catalyst_card){ .rank = RANK_COVERS_EPCI, .cover_type = STR("epci"), .cover_name = STR("Nantes Métropole") };
	assert_str(catalyst_reason(a, &c), "Intervient dans toute l'intercommunalité : Nantes Métropole");
	c = (struct catalyst_card){ .rank = RANK_NATIONAL };
	assert_str(catalyst_reason(a, &c), "Intervient partout en France");
	c = (struct catalyst_card){ .rank = RANK_NONE };
	assert_int_equal(catalyst_reason(a, &c).n, 0);
}

/* A distance is never shown for a place that is not known. */
static void
rows_do_not_invent_distances(void **state)
{
	struct arena *a = *state;
	struct catalyst_card c = { .name = STR("X"), .kind = STR("acteur"), .precision = STR("departement"), .rank = RANK_SAME_DEPARTEMENT };
	struct view_catalyst_row row = row_catalyst(a, &c);
	assert_true(row.unknown);
	assert_int_equal(row.sign.n, 0);
	c.precision = STR("commune");
	c.has_distance = true;
	c.distance_km = 12.2;
	c.seat_in = STR("à Lyon");
	row = row_catalyst(a, &c);
	assert_false(row.unknown);
	assert_str(row.sign, "12 km");
	assert_str(row.sign_note, "à Lyon, à\u00a0vol\u00a0d'oiseau");
	c.rank = RANK_NONE; /* among the nearest elsewhere, whose heading says how distances are measured */
	assert_str(row_catalyst(a, &c).sign_note, "à Lyon");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		UNIT_TEST(words_say_numbers),
		UNIT_TEST(words_say_distances),
		UNIT_TEST(links_find_numbers),
		UNIT_TEST(links_trust_few_schemes),
		UNIT_TEST(links_keep_the_rest_of_a_list),
		UNIT_TEST(reasons_are_in_words),
		UNIT_TEST(rows_do_not_invent_distances),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
