/* Contrasts as WCAG gives them. */
#include "unit.h"
#include "text/colour.h"

static void
test_valid(void **state)
{
	(void)state;
	assert_true(colour_valid(STR("#ffd02e")));
	assert_true(colour_valid(STR("#FFD02E")));
	static const struct str bad[] = { { "", 0 }, { "#fff", 4 }, { "ffd02e0", 7 }, { "#ffd02g", 7 }, { "#ffd02e0", 8 }, { "#ff d02", 7 }, { NULL, 0 } };
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		assert_false(colour_valid(bad[i]));
}

static void
near(double got, double wanted)
{
	assert_true(got > wanted - 0.05 && got < wanted + 0.05);
}

static void
test_contrast(void **state)
{
	(void)state;
	near(colour_contrast(STR("#000000"), STR("#ffffff")), 21);
	near(colour_contrast(STR("#ffffff"), STR("#000000")), 21);
	near(colour_contrast(STR("#123456"), STR("#123456")), 1);
	near(colour_contrast(STR("#767676"), STR("#ffffff")), 4.54);
	near(colour_contrast(STR("#777777"), STR("#ffffff")), 4.48);
	/* Those of docs: ink on the road, second text on white. */
	near(colour_contrast(STR("#17252a"), STR("#ffd02e")), 10.7);
	near(colour_contrast(STR("#4a595d"), STR("#ffffff")), 7.3);
	near(colour_contrast(STR("rien"), STR("#ffffff")), 21);
}

int
main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_valid), cmocka_unit_test(test_contrast) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
