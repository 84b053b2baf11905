#include "text/programme_csv.h"

#include "text/date.h"

struct column {
	const char *header;
	enum programme_cell cell;
};

/* The columns with a cell must be there, but for those that a layout may lack. */
static const struct column CRTE[] = {
	{ "insee_reg", PC_UNUSED },      { "lib_reg", PC_UNUSED },          { "dep_chef_file", PC_DEPARTEMENT },
	{ "lib_dep", PC_UNUSED },        { "id_crte", PC_REF },             { "lib_crte", PC_LABEL },
	{ "type_grp_crte", PC_UNUSED },  { "crte_interreg", PC_UNUSED },    { "crte_interdep", PC_UNUSED },
	{ "siren_groupement", PC_CODE }, { "lib_groupement", PC_NAME },     { "nature_juridique", PC_NATURE },
	{ "siren_grp_supra", PC_UNUSED }, { "lib_grp_supra", PC_UNUSED },   { "nat_jur_grp_supra", PC_UNUSED },
	{ NULL, PC_UNUSED },
};
static const struct column SEVERAL[] = {
	{ "programme", PC_PROGRAMME },   { "id_territoire", PC_REF }, { "lib_territoire", PC_LABEL },
	{ "date_signature", PC_SIGNED }, { "code_geo", PC_CODE },     { "lib_geo", PC_NAME },
	{ NULL, PC_UNUSED },
};
static const struct column ENGAGEMENT[] = {
	{ "id_engcit", PC_REF },     { "codgeo", PC_CODE },     { "libgeo", PC_NAME },        { "echelon", PC_LEVEL },
	{ "dispositif", PC_LABEL }, { "periode", PC_PERIOD }, { "ingredients", PC_UNUSED }, { "url", PC_URL },
	{ NULL, PC_UNUSED },
};
static const struct {
	const struct column *columns;
	const char *programme, *source;
} LAYOUTS[PROGRAMME_LAYOUTS] = {
	[PROGRAMME_CRTE] = { CRTE, "crte", "ANCT, composition des CRTE (data.gouv.fr)" },
	[PROGRAMME_SEVERAL] = { SEVERAL, NULL, "ANCT, territoires des programmes" },
	[PROGRAMME_ENGAGEMENT] = { ENGAGEMENT, "territoires_engagement", "ANCT, Territoires d'engagement" },
};

/* How the file of Territoires d'engagement shortens what it offers. */
static const char *const OFFERS[][2] = {
	{ "PATDE", "Parcours d'accompagnement" },
	{ "PPTDE", "Projet partagé" },
	{ "CCO", "Cellule de conseil et d'orientation" },
	{ "AI", "Atelier interactif" },
};

const char *
programme_csv_source(enum programme_layout l)
{
	return LAYOUTS[l].source;
}

static struct str
trim(struct str s)
{
	for (;;) {
		if (s.n && (s.p[0] == ' ' || s.p[0] == '\t'))
			s.p++, s.n--;
		else if (s.n && (s.p[s.n - 1] == ' ' || s.p[s.n - 1] == '\t'))
			s.n--;
		else if (s.n >= 2 && memcmp(s.p + s.n - 2, "\xc2\xa0", 2) == 0)
			s.n -= 2;
		else
			return s;
	}
}

static enum programme_cell
cell_of(const struct column *columns, struct str header, bool *ret_known)
{
	for (; columns->header; columns++)
		if (str_eq(header, str_of(columns->header))) {
			*ret_known = true;
			return columns->cell;
		}
	*ret_known = false;
	return PC_UNUSED;
}

static bool
fits(struct programme_csv *p, struct arena *a, enum programme_layout l, const struct str *cells, size_t n)
{
	struct str *unknown = arena_array(a, struct str, n);
	p->nunknown = 0;
	for (size_t i = 0; i < PC_CELLS; i++)
		p->at_[i] = n;
	for (size_t i = 0; i < n; i++) {
		bool known;
		enum programme_cell cell = cell_of(LAYOUTS[l].columns, trim(cells[i]), &known);
		if (!known)
			unknown[p->nunknown++] = trim(cells[i]);
		else if (cell != PC_UNUSED && p->at_[cell] == n)
			p->at_[cell] = i;
	}
	for (const struct column *c = LAYOUTS[l].columns; c->header; c++)
		if (c->cell != PC_UNUSED && c->cell != PC_URL && c->cell != PC_PERIOD && c->cell != PC_SIGNED && p->at_[c->cell] == n)
			return false;
	p->layout = l;
	p->columns_ = n;
	p->unknown = unknown;
	return true;
}

bool
programme_csv_open(struct programme_csv *p, struct arena *a, struct str text, struct str *ret_columns)
{
	const struct str *cells;
	size_t n;

	*p = (struct programme_csv){ 0 };
	*ret_columns = STR_NONE;
	if (text.n >= 3 && memcmp(text.p, "\xef\xbb\xbf", 3) == 0)
		text.p += 3, text.n -= 3;
	for (const char *separator = ",;"; *separator; separator++) {
		csv_init(&p->csv_, a, text, *separator);
		if (csv_next(&p->csv_, &cells, &n) != CSV_ROW)
			return false;
		*ret_columns = (struct str){ text.p, (size_t)(p->csv_.rest.p - text.p) };
		for (enum programme_layout l = 0; l < PROGRAMME_LAYOUTS; l++)
			if (fits(p, a, l, cells, n))
				return true;
	}
	return false;
}

static bool
digits(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] < '0' || s.p[i] > '9')
			return false;
	return s.n > 0;
}

static const char *
place(struct arena *a, struct str level, struct str nature, struct programme_row *r)
{
	static const char *const levels[] = { "commune", "epci", "departement", "region" };
	struct str code = r->given;

	if (level.n) {
		for (size_t i = 0; i < sizeof(levels) / sizeof(*levels) && !r->type.n; i++)
			if (str_eq(level, str_of(levels[i])))
				r->type = str_of(levels[i]);
		if (!r->type.n)
			return "l'échelon n'est ni commune, ni epci, ni departement, ni region";
	} else if (str_eq(nature, STR("COM")) || (code.n == 5 && digits((struct str){ code.p + 2, 3 })) ||
	           (code.n == 4 && digits(code))) {
		r->type = STR("commune");
	} else if (code.n == 9 && digits(code) && memcmp(code.p, "21", 2) == 0) {
		/* The SIREN of a commune: 21, then its département, three figures overseas. */
		r->type = STR("commune");
		r->departement = (struct str){ code.p + 2, memcmp(code.p + 2, "97", 2) == 0 ? 3 : 2 };
	} else {
		r->type = STR("epci"); /* by its SIREN, or by its acronym: then only the name helps */
	}
	if (!code.n)
		return "le territoire n'a pas de code";
	/* A spreadsheet took the leading zero away. */
	bool short_by_one = (str_eq(r->type, STR("commune")) && code.n == 4) ||
	                    ((str_eq(r->type, STR("departement")) || str_eq(r->type, STR("region"))) && code.n == 1);
	r->code = short_by_one && digits(code) ? arena_fmt(a, "0%.*s", (int)code.n, code.p) : code;
	return NULL;
}

static bool
is_web(struct str s)
{
	if (!(s.n > 8 && memcmp(s.p, "https://", 8) == 0) && !(s.n > 7 && memcmp(s.p, "http://", 7) == 0))
		return false;
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] <= ' ' || strchr("<>\"", s.p[i]))
			return false;
	return s.n <= 2000;
}

static const char *
check(struct programme_csv *p, struct programme_row *r, struct str level, struct str nature)
{
	struct arena *a = p->csv_.arena;
	struct date day;
	size_t i;

	for (i = 0; i < r->programme.n; i++)
		if (!strchr("abcdefghijklmnopqrstuvwxyz0123456789_-", r->programme.p[i]) || !r->programme.p[i])
			return "le programme n'est pas un mot en minuscules";
	if (!r->programme.n || r->programme.n > 80)
		return "le programme manque, ou son nom est trop long";
	if (!r->ref.n)
		return "l'identifiant manque";
	if (r->signed_on.n && !date_parse(r->signed_on, &day)) {
		r->signed_on = STR_NONE;
		r->remark = "la date de signature n'est pas une date (AAAA-MM-JJ) : laissée de côté";
	}
	if (r->url.n && !is_web(r->url)) {
		r->url = STR_NONE;
		r->remark = "l'adresse n'est pas une adresse web : laissée de côté";
	}
	if (p->layout == PROGRAMME_ENGAGEMENT)
		for (i = 0; i < sizeof(OFFERS) / sizeof(*OFFERS); i++)
			if (str_eq(r->label, str_of(OFFERS[i][0])))
				r->label = str_of(OFFERS[i][1]);
	return place(a, level, nature, r);
}

enum csv_result
programme_csv_next(struct programme_csv *p, struct programme_row *ret)
{
	const struct str *cells;
	size_t n;
	enum csv_result got;

	do
		got = csv_next(&p->csv_, &cells, &n);
	while (got == CSV_ROW && n == 1 && trim(cells[0]).n == 0);
	*ret = (struct programme_row){ .line = p->csv_.line };
	if (got != CSV_ROW)
		return got;
	struct str v[PC_CELLS];
	for (size_t i = 0; i < PC_CELLS; i++)
		v[i] = p->at_[i] < n ? trim(cells[p->at_[i]]) : STR_NONE;
	ret->programme = LAYOUTS[p->layout].programme ? str_of(LAYOUTS[p->layout].programme) : v[PC_PROGRAMME];
	ret->ref = v[PC_REF];
	ret->label = v[PC_LABEL];
	ret->signed_on = v[PC_SIGNED];
	ret->period = v[PC_PERIOD];
	ret->url = v[PC_URL];
	ret->given = v[PC_CODE];
	ret->name = v[PC_NAME];
	ret->departement = v[PC_DEPARTEMENT];
	if (n != p->columns_)
		ret->fault = "le nombre de cellules n'est pas celui de l'en-tête";
	else
		ret->fault = check(p, ret, v[PC_LEVEL], v[PC_NATURE]);
	return CSV_ROW;
}
