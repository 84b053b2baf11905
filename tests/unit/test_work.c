/* A sheet being written: kept and read back without losing a word, and everything that is missing told at once. */
#include "unit.h"
#include "model/work_check.h"

#define WHOLE                                                                                                                       \
	"{\"type\":\"methode\",\"titre\":\"Le tour de table\",\"chapo\":\"Un résumé.\",\"licence\":\"CC-BY-4.0\",\"langue\":\"fr\","  \
	"\"preuve\":2,\"sections\":{\"duree\":\"2 h\",\"pieges\":\"Aller trop vite.\\nParler.\",\"etapes\":[{\"titre\":\"Un\","     \
	"\"duree\":\"5 min\",\"texte\":\"Ceci\",\"boite\":\"Cela\"},{\"titre\":\"Deux\"}]},\"autres\":{\"contexte\":\"Une île\"},"     \
	"\"territoires\":[\"commune:97410\",\"pays:FR\"],\"termes\":[\"theme:x\",\"odd:17\"],\"lieux\":\"Paris\","                  \
	"\"source\":{\"libelle\":\"Rapport\",\"adresse\":\"https://a.example/\",\"editeur\":\"E\",\"annee\":2023},"                     \
	"\"maturite\":[1,3],\"inspire\":12}"

static void
round_trip(void **state)
{
	struct arena *a = *state;
	struct work_content c = work_content_read(a, STR(WHOLE));
	assert_text(a, work_content_write(a, &c), WHOLE);
	assert_int_equal(c.nsteps, 2);
	assert_int_equal(c.inspired_by, 12);
	assert_text(a, work_content_section(&c, STR("contexte")), "Une île");
}

static void
unreadable(void **state)
{
	struct arena *a = *state;
	static const char *const texts[] = { "", "{", "[]", "{\"type\":1,\"titre\":[],\"sections\":3,\"territoires\":{},\"preuve\":9,\"maturite\":[7,8],\"inspire\":-1}" };
	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
		struct work_content c = work_content_read(a, str_of(texts[i]));
		assert_text(a, work_content_write(a, &c), "{\"sections\":{},\"autres\":{}}");
		assert_int_equal(c.evidence, -1);
	}
}

/* From a kind to another and back: what the new one has no room for waits aside. */
static void
change_of_kind(void **state)
{
	struct arena *a = *state;
	struct work_content c = work_content_read(a, STR("{\"type\":\"exemple\",\"sections\":{\"contexte\":\"Ici\",\"etapes\":\"D'un trait.\"}}"));
	assert_text(a, c.steps_prose, "D'un trait.");
	static const char *const kinds[] = { "methode", "outil", "donnee", "competence" };
	for (size_t i = 0; i < 4; i++) {
		c.type = str_of(kinds[i]);
		struct str json = work_content_write(a, &c);
		assert_true(strstr(json.p, "\"sections\":{}") != NULL);
		c = work_content_read(a, json);
	}
	c.type = STR("exemple");
	assert_text(a, work_content_write(a, &c), "{\"type\":\"exemple\",\"sections\":{\"contexte\":\"Ici\",\"etapes\":\"D'un trait.\"},\"autres\":{}}");
	/* Steps one by one take the place of the prose, which is not lost. */
	struct sheet_step one = { STR("Un"), STR_NONE, STR_NONE, STR_NONE };
	c.steps = &one;
	c.nsteps = 1;
	struct str json = work_content_write(a, &c);
	assert_text(a, json, "{\"type\":\"exemple\",\"sections\":{\"contexte\":\"Ici\",\"etapes\":[{\"titre\":\"Un\"}]},\"autres\":{\"etapes_texte\":\"D'un trait.\"}}");
	c = work_content_read(a, json);
	assert_int_equal(c.nsteps, 1);
	assert_text(a, c.steps_prose, "D'un trait.");
}

static void
shown(void **state)
{
	struct arena *a = *state;
	struct work_content c = work_content_read(a, STR(WHOLE));
	struct sheet s = work_content_sheet(a, &c, 7);
	assert_int_equal(s.id, 7);
	assert_int_equal(s.source_year, 2023);
	assert_int_equal(s.nsteps, 2);
	assert_int_equal(s.nsections, 2);
	assert_text(a, sheet_text(&s, "pieges"), "Aller trop vite.\nParler.");
	c = work_content_read(a, STR("{}"));
	s = work_content_sheet(a, &c, 0);
	assert_text(a, s.title, "Sans titre");
}

/* "champ code" of each fault, one a line. */
static void
faults(struct arena *a, const struct work_content *c, bool short_form, const char *wanted)
{
	struct work_faults f = work_check(a, c, short_form);
	struct buf b;
	buf_init(&b, a, 256);
	for (size_t i = 0; i < f.n; i++) {
		buf_fmt(&b, "%.*s %.*s\n", (int)f.p[i].field.n, f.p[i].field.p, (int)f.p[i].code.n, f.p[i].code.p);
		assert_true(f.p[i].message.n > 20);
	}
	struct str got = buf_str(&b);
	assert_text(a, got, wanted);
}

static struct str
long_text(struct arena *a, size_t n)
{
	struct buf b;
	buf_init(&b, a, 2 * n);
	for (size_t i = 0; i < n; i++)
		buf_lit(&b, "é");
	return buf_str(&b);
}

static void
missing(void **state)
{
	struct arena *a = *state;
	struct work_content c = { .evidence = -1 };
	faults(a, &c, true, "type manque\ntitre manque\nchapo manque\nterritoire manque\ntheme manque\nsource manque\n");
	faults(a, &c, false, "type manque\ntitre manque\nchapo manque\nterritoire manque\ntheme manque\nsource_libelle manque\n");
	c = work_content_read(a, STR(WHOLE));
	faults(a, &c, true, "territoire valeur\n"); /* a place not recognised yet */
	c.places = STR_NONE;
	faults(a, &c, true, "");
	c.territories = (struct strs){ NULL, 0 };
	c.terms = (struct strs){ &STR("odd:17"), 1 };
	faults(a, &c, true, "territoire manque\ntheme manque\n");
}

static void
wrong(void **state)
{
	struct arena *a = *state;
	struct work_content c = work_content_read(a, STR(WHOLE));
	c.places = STR_NONE;
	c.title = STR("Un");
	faults(a, &c, true, "titre borne\n");
	c.title = long_text(a, WORK_TITLE_MAX + 1);
	c.summary = long_text(a, WORK_SUMMARY_MAX + 35);
	faults(a, &c, true, "titre borne\nchapo borne\n");
	struct work_faults f = work_check(a, &c, true);
	assert_true(strstr(arena_cstr(a, f.p[1].message), "335 caractères. Raccourcissez-le de 35") != NULL);
	c.title = long_text(a, WORK_TITLE_MAX);
	c.summary = long_text(a, WORK_SUMMARY_MAX);
	faults(a, &c, true, "");
	static const char *const bad[] = { "ftp://a.example", "https://", "https://sans-point", "https://a b.example", "javascript:alert(1)", "https://a.example/\"x" };
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		c.source_url = str_of(bad[i]);
		faults(a, &c, true, "source valeur\n");
		faults(a, &c, false, "source_adresse valeur\n");
	}
	c.source_url = STR("https://a.example/page?x=1");
	c.source_label = STR_NONE;
	faults(a, &c, false, "");
	c.source_year = STR("1799");
	c.maturity_min = 4;
	c.maturity_max = 2;
	c.licence = STR("inconnue");
	faults(a, &c, false, "source_annee borne\nmaturite_max valeur\nlicence valeur\n");
}

static void
groups(void **state)
{
	struct arena *a = *state;
	struct work_content c = work_content_read(a, STR(WHOLE));
	struct sheet_step steps[WORK_STEPS_MAX + 1] = { { .title = STR("Un") }, { .text = STR("sans titre") } };
	struct sheet_value values[2] = { { .label = STR("Maires") }, { .value = STR("89") } };
	c.places = STR_NONE;
	c.steps = steps;
	c.nsteps = 2;
	c.values = values;
	c.nvalues = 2;
	faults(a, &c, false, "sections_etapes_2_titre manque\n"); /* a method has no values: those wait aside */
	c.type = STR("donnee");
	faults(a, &c, false, "sections_valeurs_1_valeur manque\nsections_valeurs_2_libelle manque\n");
	c.type = STR("methode");
	for (size_t i = 0; i <= WORK_STEPS_MAX; i++)
		steps[i].title = STR("Une");
	c.nsteps = WORK_STEPS_MAX + 1;
	faults(a, &c, false, "sections_etapes_1_titre borne\n");
	struct sheet_section s = { STR("pieges"), STR_NONE, long_text(a, WORK_SECTION_MAX + 1) };
	c.sections = &s;
	c.nsections = 1;
	c.nsteps = 1;
	faults(a, &c, false, "sections_pieges borne\n");
}

/* Two texts of one kind give the same fields in the same order. */
static void
fields(void **state)
{
	struct arena *a = *state;
	struct work_content c = work_content_read(a, STR(WHOLE)), d = work_content_read(a, STR("{\"type\":\"outil\"}"));
	size_t n, m;
	const struct work_field *f = work_content_fields(a, &c, STR("methode"), &n), *g = work_content_fields(a, &d, STR("methode"), &m);
	assert_int_equal(n, m);
	for (size_t i = 0; i < n; i++)
		assert_true(str_eq(f[i].key, g[i].key));
	assert_text(a, f[n - 1].text, "1. Un (5 min)\nCeci\nBoîte à outils : Cela\n2. Deux");
}

int
main(void)
{
	const struct CMUnitTest tests[] = { UNIT_TEST(round_trip), UNIT_TEST(unreadable), UNIT_TEST(change_of_kind), UNIT_TEST(shown), UNIT_TEST(missing), UNIT_TEST(wrong), UNIT_TEST(groups), UNIT_TEST(fields) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
