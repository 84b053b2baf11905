#include "unit.h"
#include "page/map_sheet.h"

static const struct territory_ref all[] = {
	{ .type = STR("region"), .code = STR("04"), .name = STR("La Réunion"), .frame = STR("inset"), .path = STR("M0 0l1 1z") },
	{ .type = STR("departement"), .code = STR("974"), .name = STR("La Réunion"), .parent_code = STR("04"), .frame = STR("inset"),
	  .path = STR("M0 0l1 1z") },
	{ .type = STR("region"), .code = STR("84"), .name = STR("Auvergne-Rhône-Alpes"), .frame = STR("france"), .path = STR("M0 0l1 1z"),
	  .x = 640, .y = 600 },
	{ .type = STR("departement"), .code = STR("69"), .name = STR("Rhône"), .parent_code = STR("84"), .frame = STR("france"),
	  .path = STR("M0 0l1 1z"), .x = 660, .y = 580 },
};

static struct view_atlas
drawn(struct arena *a, const struct facet_count *facets, size_t n)
{
	struct req *r = arena_new_of(a, struct req);
	r->arena = a;
	struct facet_counts *counts = arena_new_of(a, struct facet_counts);
	*counts = (struct facet_counts){ .p = facets, .n = n, .total = 12345 };
	struct atlas m = { .r = r, .sheets = true, .facets = counts, .refs = { all, sizeof(all) / sizeof(*all) } };
	struct view_atlas v = { 0 };
	atlas_draw(&m, &v);
	return v;
}

/* Above what is drawn one by one: régions are counted, none of the items is asked for. */
static void
many_are_counted_by_region(void **state)
{
	static const struct facet_count facets[] = {
		{ .facet = STR("theme"), .code = STR("region:84"), .n = 9 },
		{ .facet = STR("territoire"), .code = STR("region:84"), .n = 1234 },
		{ .facet = STR("territoire"), .code = STR("region:04"), .n = 7 },
		{ .facet = STR("territoire"), .code = STR("pays:FR"), .n = 3000 },
	};
	struct view_atlas v = drawn(*state, facets, 4);
	assert_int_equal(v.plans.n, 2);
	for (size_t k = 0; k < 2; k++) {
		const struct view_dots *d = &v.plans.p[k].dots;
		assert_int_equal(d->n, 2);
		assert_text(*state, d->p[0].label, "Auvergne-Rhône-Alpes : 1" NNBSP "234 fiches");
		assert_memory_equal(d->p[0].url.p, "/carte?quoi=fiches&territoire=region:84", d->p[0].url.n);
		assert_text(*state, d->p[1].count, "7");
		assert_memory_equal(d->p[1].url.p, "/carte?quoi=fiches&territoire=departement:974", d->p[1].url.n);
		assert_int_equal(d->p[0].ids.n, 0);
	}
	assert_non_null(strstr(arena_cstr(*state, v.drawn), "sur 12" NNBSP "345"));
}

static void
or_by_departement_when_those_are_counted(void **state)
{
	static const struct facet_count facets[] = {
		{ .facet = STR("territoire"), .code = STR("region:84"), .n = 1234 },
		{ .facet = STR("territoire"), .code = STR("departement:69"), .n = 1000 },
	};
	struct view_atlas v = drawn(*state, facets, 2);
	assert_int_equal(v.plans.p[0].dots.n, 1);
	assert_text(*state, v.plans.p[0].dots.p[0].label, "Rhône : 1" NNBSP "000 fiches");
	assert_text(*state, v.plans.p[1].dots.p[0].label, "Auvergne-Rhône-Alpes : 1" NNBSP "234 fiches"); /* on phones, régions */
}

int
main(void)
{
	const struct CMUnitTest tests[] = { UNIT_TEST(many_are_counted_by_region), UNIT_TEST(or_by_departement_when_those_are_counted) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
