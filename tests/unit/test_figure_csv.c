#include "unit.h"
#include "text/figure_csv.h"

static struct str
read_all(struct arena *a, struct str text)
{
	struct figure_csv f;
	struct figure_row r;
	struct buf b;
	enum csv_result got;

	buf_init(&b, a, 256);
	if (!figure_csv_open(&f, a, text))
		return STR("other");
	for (size_t i = 0; i < f.nunknown; i++)
		buf_fmt(&b, "?%.*s ", (int)f.unknown[i].n, f.unknown[i].p);
	while ((got = figure_csv_next(&f, &r)) == CSV_ROW) {
		buf_fmt(&b, "%zu", r.line);
		for (size_t i = 0; i < r.nfaults; i++)
			buf_fmt(&b, "!%.*s", (int)r.faults[i].column.n, r.faults[i].column.p);
		if (r.nfaults == 0)
			buf_fmt(&b, "=%.*s%s:%.*s:%.*s:%.*s:%.*s", (int)r.v[FC_INDICATOR].n, r.v[FC_INDICATOR].p, r.indicator ? "+" : "", (int)r.v[FC_PLACE].n,
			        r.v[FC_PLACE].n ? r.v[FC_PLACE].p : "", (int)r.v[FC_YEAR].n, r.v[FC_YEAR].n ? r.v[FC_YEAR].p : "", (int)r.v[FC_VALUE].n,
			        r.v[FC_VALUE].n ? r.v[FC_VALUE].p : "", (int)r.v[FC_REPORTED].n, r.v[FC_REPORTED].n ? r.v[FC_REPORTED].p : "");
		buf_char(&b, ' ');
	}
	if (got == CSV_BAD)
		buf_fmt(&b, "bad%zu", r.line);
	return buf_str(&b);
}

#define HEAD "indicateur;territoire;annee;population;valeur;source"

static void
reads_lines(void **state)
{
	assert_text(*state, read_all(*state, STR(HEAD "\nx;national;2016;Maires;76;S\nx;region:76;2015-2016;M;76,5 %;S\n\nx;region: 24;non précisée;M;1 234 567;S\n")),
	            "2=x:pays:FR:2016:76: 3=x:region:76:2015-2016:76.5: 5=x:region:24::1234567: ");
	assert_text(*state, read_all(*state, STR("\xef\xbb\xbfSource,Valeur,Population,Année,Territoire,Indicateur,Publié le,Libellé\nS,1.5,M,2015/2016,FR,x,2019-11,Quoi ?\n")),
	            "2=x+:pays:FR:2015-2016:1.5:2019-11 ");
	assert_text(*state, read_all(*state, STR("indicateur;libelle\nx;Quoi ?\nx;\n")), "2=x+:::: 3=x:::: ");
}

static void
drops_nothing_silently(void **state)
{
	assert_text(*state, read_all(*state, STR("a;b\n1;2\n")), "other");
	assert_text(*state, read_all(*state, STR("")), "other");
	assert_text(*state, read_all(*state, STR("indicateur;couleur;Indicateur\nx;rouge;y\n")), "?couleur ?Indicateur 2=x:::: ");
	assert_text(*state, read_all(*state, STR(HEAD "\nx;zone:1;16;M;7x;S\nx;national;;M;7;S\nX Y;national;2016;;7;\nx;national;2016;M\n")),
	            "2!territoire!annee!valeur 3!annee 4!indicateur!population!source 5!indicateur ");
	assert_text(*state, read_all(*state, STR(HEAD "\nx;\"national;2016\n")), "bad2");
	assert_text(*state, read_all(*state, STR("indicateur;territoire;annee;population;valeur;source;source_url;publie_le;effectif\n"
	                                         "x;national;2016-2015;M;7;S;javascript:x;2019-13;1,5\n")),
	            "2!annee!effectif!source_url!publie_le ");
}

static void
numbers_have_one_form(void **state)
{
	static const char *const good[][2] = { { "76", "76" }, { "76,5", "76.5" }, { " 1 234,50 % ", "1234.50" }, { "1" NNBSP "200" NBSP "000", "1200000" },
		                               { "-3.25", "-3.25" }, { "0", "0" }, { "98" NNBSP "%", "98" } };
	static const char *const bad[] = { "", "x", "1 2", "12 34", "1,", ",5", "1.2.3", "1 2345", "1e5", "--1", "%", "1234567890123456", "0,1234567" };
	struct str got;

	for (size_t i = 0; i < sizeof(good) / sizeof(*good); i++) {
		assert_true(figure_number(*state, str_of(good[i][0]), &got));
		assert_text(*state, got, good[i][1]);
	}
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		assert_false(figure_number(*state, str_of(bad[i]), &got));
}

static void
lists_are_cut(void **state)
{
	struct str rest = STR(" a, b||c |"), item;
	struct buf b;

	buf_init(&b, *state, 32);
	while (figure_item(&rest, &item))
		buf_fmt(&b, "[%.*s]", (int)item.n, item.p);
	assert_text(*state, buf_str(&b), "[a][b][c]");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		UNIT_TEST(reads_lines),
		UNIT_TEST(drops_nothing_silently),
		UNIT_TEST(numbers_have_one_form),
		UNIT_TEST(lists_are_cut),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
