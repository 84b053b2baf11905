#include "unit.h"
#include "text/programme_csv.h"

static struct str
read_all(struct arena *a, struct str text)
{
	struct programme_csv p;
	struct programme_row r;
	struct str columns;
	struct buf b;
	enum csv_result got;

	buf_init(&b, a, 256);
	if (!programme_csv_open(&p, a, text, &columns)) {
		buf_fmt(&b, "unknown: %.*s", (int)columns.n, columns.p);
		return buf_str(&b);
	}
	for (size_t i = 0; i < p.nunknown; i++)
		buf_fmt(&b, "?%.*s ", (int)p.unknown[i].n, p.unknown[i].p);
	while ((got = programme_csv_next(&p, &r)) == CSV_ROW) {
		if (r.fault)
			buf_fmt(&b, "%zu! ", r.line);
		else
			buf_fmt(&b, "%zu=%.*s:%.*s:%.*s:%.*s:%.*s%s ", r.line, (int)r.programme.n, r.programme.p, (int)r.ref.n, r.ref.p, (int)r.type.n, r.type.p,
			        (int)r.code.n, r.code.p, (int)r.signed_on.n, r.signed_on.p, r.remark ? "*" : "");
	}
	if (got == CSV_BAD)
		buf_fmt(&b, "bad%zu", r.line);
	return buf_str(&b);
}

#define SEVERAL "programme,id_territoire,lib_territoire,date_signature,code_geo,lib_geo"

static void
recognises_layouts(void **state)
{
	assert_text(*state, read_all(*state, STR(SEVERAL "\nacv,acv-1,Abbeville,2020-01-02,80001,Abbeville\n")), "2=acv:acv-1:commune:80001:2020-01-02 ");
	assert_text(*state, read_all(*state, STR("\xef\xbb\xbflib_geo;code_geo;programme;id_territoire;lib_territoire\nX;200071751;ti;t1;X\n")),
	            "2=ti:t1:epci:200071751: ");
	assert_text(*state, read_all(*state, STR("id_crte,lib_crte,siren_groupement,lib_groupement,nature_juridique,dep_chef_file\nc1,C,200071751,X,CA,01\nc2,C,212901557,Ouessant,COM,29\n")),
	            "2=crte:c1:epci:200071751: 3=crte:c2:commune:212901557: ");
	assert_text(*state, read_all(*state, STR("id_engcit,codgeo,libgeo,echelon,dispositif\ne1,1,Ain,departement,CCO\ne2,#Invalid Ref: X,X,#Invalid Ref: X,CCO\n")),
	            "2=territoires_engagement:e1:departement:01: 3! ");
	assert_text(*state, read_all(*state, STR("a,b\n1,2\n")), "unknown: a,b\n");
	assert_text(*state, read_all(*state, STR("")), "unknown: ");
}

static void
drops_nothing_silently(void **state)
{
	assert_text(*state, read_all(*state, STR(SEVERAL ",note\npvd,1,A,2021-06-31,80001,A,x\n\npvd,2,A,,80001\npvd,,A,,80001,A,x\nPVD,4,A,,80001,A,x\npvd,5,A,,,A,x\n")),
	            "?note 2=pvd:1:commune:80001:* 4! 5! 6! 7! ");
	assert_text(*state, read_all(*state, STR(SEVERAL "\npvd,1,A,,1001,A\npvd,2,\"A,,80001,A\n")), "2=pvd:1:commune:01001: bad3");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		UNIT_TEST(recognises_layouts),
		UNIT_TEST(drops_nothing_silently),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
