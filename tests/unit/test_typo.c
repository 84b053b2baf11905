#include "unit.h"
#include "text/tpl.h"
#include "text/typo.h"

static const struct {
	const char *in, *out;
} cases[] = {
	{ "Qui ? Quoi ! Oui ; non", "Qui" NNBSP "? Quoi" NNBSP "! Oui" NNBSP "; non" },
	{ "Note : voir", "Note" NBSP ": voir" },
	{ "« mot »", "«" NBSP "mot" NBSP "»" },
	{ "« ", "«" NBSP },
	{ " »", NBSP "»" },
	{ "l'été d'Ariane", "l’été d’Ariane" },
	{ "'l", "’l" },
	{ "2 587 031 habitants", "2" NNBSP "587" NNBSP "031" NBSP "habitants" },
	{ "10 000", "10" NNBSP "000" },
	{ "en 2023 150 personnes", "en 2023 150 personnes" },
	{ "01 23 45", "01 23 45" },
	{ "89 %", "89" NNBSP "%" },
	{ "12 km et 3 h", "12" NBSP "km et 3" NBSP "h" },
	{ "12 kmx", "12 kmx" },
	{ "le 18 novembre 2026", "le 18" NBSP "novembre" NBSP "2026" },
	{ "18 nov. 2026", "18" NBSP "nov." NBSP "2026" },
	{ "1er mai 2026", "1er" NBSP "mai" NBSP "2026" },
	{ "n° 12", "n°" NBSP "12" },
	{ "13:30, ratio 10:20", "13:30, ratio 10:20" },
	{ "https://a.fr/l'x?y=1;z : fin", "https://a.fr/l'x?y=1;z" NBSP ": fin" },
	{ "a < b & c", "a &lt; b &amp; c" },
	{ "Mot", "Mot" },
	{ "", "" },
	{ " ", " " },
	{ "é : è", "é" NBSP ": è" },
};

static struct str
typo(struct arena *a, struct str s, enum typo_escape escape)
{
	struct buf b;
	buf_init(&b, a, 16);
	typo_put(&b, s, escape);
	return buf_str(&b);
}

static void
rules(void **state)
{
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		assert_text(*state, typo(*state, str_of(cases[i].in), TYPO_HTML), cases[i].out);
}

static void
twice_is_once(void **state)
{
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct str one = typo(*state, str_of(cases[i].in), TYPO_RAW);
		assert_true(str_eq(typo(*state, one, TYPO_RAW), one));
	}
}

static void
raw_keeps_entities(void **state)
{
	assert_text(*state, typo(*state, STR("A &amp; B ? <"), TYPO_RAW), "A &amp; B" NNBSP "? <");
}

static void
numbers_of_templates(void **state)
{
	struct buf b;
	buf_init(&b, *state, 16);
	tpl_text(&b, 1234567), buf_lit(&b, "|");
	tpl_text(&b, -1000), buf_lit(&b, "|");
	tpl_text(&b, 999), buf_lit(&b, "|");
	tpl_text(&b, (int64_t)0), buf_lit(&b, "|");
	tpl_attr(&b, 1234), buf_lit(&b, "|");
	tpl_attr(&b, 12.5), buf_lit(&b, "|");
	tpl_attr(&b, -0.25), buf_lit(&b, "|");
	tpl_attr(&b, 3.001), buf_lit(&b, "|");
	tpl_attr(&b, 0.0 / 0.0), buf_lit(&b, "|");
	tpl_attr(&b, 10.06);
	assert_text(*state, buf_str(&b),
	            "1" NNBSP "234" NNBSP "567|-1" NNBSP "000|999|0|1234|12.5|-0.25|3|0|10.06");
}

int
main(void)
{
	const struct CMUnitTest tests[] = { UNIT_TEST(rules), UNIT_TEST(twice_is_once), UNIT_TEST(raw_keeps_entities),
		                            UNIT_TEST(numbers_of_templates) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
