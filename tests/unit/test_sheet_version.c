#include "unit.h"
#include "model/sheet_version.h"

/* "clé:avant>après" of every part that differs, one a line. */
static void
differ(struct arena *a, const char *type, const char *before, const char *after, const char *wanted)
{
	struct sheet_version x = { .title = STR("T"), .summary = STR("S"), .sections_json = str_of(before), .licence = STR("L") };
	struct sheet_version y = x;
	y.sections_json = str_of(after);
	struct sheet_fields f = sheet_version_fields(a, str_of(type), &x, &y);
	struct buf b;
	buf_init(&b, a, 256);
	for (size_t i = 0; i < f.n; i++) {
		for (size_t k = 0; k < i; k++)
			assert_false(str_eq(f.p[i].key, f.p[k].key));
		if (!str_eq(f.p[i].before, f.p[i].after))
			buf_fmt(&b, "%.*s:%.*s>%.*s\n", (int)f.p[i].key.n, f.p[i].key.p, (int)f.p[i].before.n, f.p[i].before.p,
			        (int)f.p[i].after.n, f.p[i].after.p);
	}
	struct str got = buf_str(&b);
	assert_text(a, got, wanted);
}

static void
sections(void **state)
{
	differ(*state, "methode", "{\"duree\":\"2 h\"}", "{\"duree\":\"2 h\"}", "");
	differ(*state, "methode", "{\"duree\":\"2 h\",\"avec_qui\":\"Tous\"}", "{\"pieges\":\"Aucun\",\"duree\":\"3 h\"}",
	       "duree:2 h>3 h\navec_qui:Tous>\npieges:>Aucun\n");
	differ(*state, "exemple", "{\"etapes\":\"En prose.\"}", "{\"etapes\":[{\"titre\":\"A\"}]}", "etapes:En prose.>\netapes-1:>A\n");
}

#define STEP(t, x) "{\"titre\":\"" t "\",\"texte\":\"" x "\"}"

/* A step put in front does not make all the others different; one that is given another title is the same step, changed. */
static void
steps(void **state)
{
	differ(*state, "methode", "{\"etapes\":[" STEP("A", "a") "," STEP("B", "b") "]}",
	       "{\"etapes\":[" STEP("Z", "z") "," STEP("A", "a") "," STEP("B", "bb") "]}", "etapes-1:>Z\nz\netapes-3:B\nb>B\nbb\n");
	differ(*state, "methode", "{\"etapes\":[" STEP("A", "a") "," STEP("B", "b") "," STEP("C", "c") "]}",
	       "{\"etapes\":[" STEP("A", "a") "," STEP("D", "b") "," STEP("C", "c") "]}", "etapes-2:B\nb>D\nb\n");
	differ(*state, "methode", "{\"etapes\":[" STEP("A", "a") "," STEP("B", "b") "]}", "{\"etapes\":[" STEP("B", "b") "]}",
	       "etapes-avant-1:A\na>\n");
	differ(*state, "methode", "{\"etapes\":[" STEP("A", "a") "]}", "{}", "etapes-avant-1:A\na>\n");
	differ(*state, "donnee", "{\"valeurs\":[{\"libelle\":\"Maires\",\"valeur\":\"89\",\"unite\":\"%\"}]}",
	       "{\"valeurs\":[{\"libelle\":\"Maires\",\"valeur\":\"90\",\"unite\":\"%\",\"annee\":\"2015\"}]}",
	       "valeurs-1:Maires : 89 %>Maires : 90 %, 2015\n");
}

/* What was not recorded is not told as added. */
static void
parts(void **state)
{
	struct sheet_version x = { .title = STR("T"), .sections_json = STR("{}") }, y = x;
	y.has_parts = true;
	y.places = STR("Lyon");
	assert_int_equal(sheet_version_fields(*state, STR("methode"), &x, &y).n, 2);
	x.has_parts = true;
	x.places = STR("Lyon\nVienne");
	struct sheet_fields f = sheet_version_fields(*state, STR("methode"), &x, &y);
	assert_int_equal(f.n, 3);
	assert_str(f.p[2].key, "territoires");
	assert_str(f.p[2].before, "Lyon\nVienne");
}

/* Too many to be matched by title: by their rank, and nothing is lost. */
static void
many(void **state)
{
	struct buf b;
	buf_init(&b, *state, 16384);
	buf_lit(&b, "{\"etapes\":[");
	for (int i = 0; i < 400; i++)
		buf_fmt(&b, "%s{\"titre\":\"%d\"}", i ? "," : "", i);
	buf_lit(&b, "]}");
	struct sheet_version x = { .title = STR("T"), .sections_json = buf_str(&b) }, y = { .title = STR("T"), .sections_json = STR("{}") };
	assert_int_equal(sheet_version_fields(*state, STR("methode"), &x, &x).n, 402);
	assert_int_equal(sheet_version_fields(*state, STR("methode"), &x, &y).n, 402);
}

int
main(void)
{
	const struct CMUnitTest tests[] = { UNIT_TEST(sections), UNIT_TEST(steps), UNIT_TEST(parts), UNIT_TEST(many) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
