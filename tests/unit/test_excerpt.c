#include "unit.h"
#include "text/excerpt.h"

static void
shows(struct arena *a, const char *marked, const char *wanted)
{
	struct html h = excerpt_html(a, str_of(marked));
	struct str got = { h.p, h.n };
	assert_text(a, got, wanted);
}

static void
marks(void **state)
{
	shows(*state, "", "");
	shows(*state, "rien de marqué", "rien de marqué");
	shows(*state, "un \1mot\2 ici", "un <mark>mot</mark> ici");
	shows(*state, "\1a\2\1b\2", "<mark>a</mark><mark>b</mark>");
	shows(*state, "<b>\1&\2", "&lt;b&gt;<mark>&amp;</mark>");
}

static void
unpaired(void **state)
{
	shows(*state, "\1ouvert", "<mark>ouvert</mark>");
	shows(*state, "fermé\2 seul", "fermé seul");
	shows(*state, "\1deux\1fois\2", "<mark>deuxfois</mark>");
	shows(*state, "\2\2\1\2", "<mark></mark>");
}

int
main(void)
{
	const struct CMUnitTest tests[] = { UNIT_TEST(marks), UNIT_TEST(unpaired) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
