#include "text/figure_csv.h"

#include "text/slug.h"
#include "text/utf8.h"

enum kind { K_TEXT, K_CODE, K_INT, K_NUMBER, K_YEAR, K_PLACE, K_WEB, K_DAY, K_ORIGIN };

static const struct column {
	const char *title, *names; /* names: slugs, "a|b" */
	enum kind kind;
	size_t max; /* characters */
} columns[FC_COLUMNS + 2] = {
	[FC_INDICATOR] = { "indicateur", "indicateur|indicateur-code|code", K_CODE, 120 },
	[FC_LABEL] = { "libelle", "libelle|intitule|titre", K_TEXT, 200 },
	[FC_TOPIC] = { "rubrique", "rubrique", K_TEXT, 120 },
	[FC_DEFINITION] = { "definition", "definition", K_TEXT, 2000 },
	[FC_UNIT] = { "unite", "unite", K_TEXT, 60 },
	[FC_UNIT_LABEL] = { "unite_libelle", "unite-libelle|unite-en-clair", K_TEXT, 200 },
	[FC_QUESTION] = { "question", "question|question-posee", K_TEXT, 1000 },
	[FC_ASKED] = { "population_interrogee", "population-interrogee|public-interroge", K_TEXT, 400 },
	[FC_METHOD] = { "methode", "methode", K_TEXT, 2000 },
	[FC_LIMITS] = { "limites", "limites", K_TEXT, 2000 },
	[FC_READING] = { "lecture", "lecture", K_TEXT, 500 },
	[FC_PRODUCER] = { "producteur", "producteur", K_TEXT, 300 },
	[FC_ORDER] = { "ordre", "ordre", K_INT, 0 },
	[FC_ORIGIN] = { "origine", "origine", K_ORIGIN, 0 },
	[FC_TERMS] = { "termes", "termes|mots-cles", K_TEXT, 1000 },
	[FC_SHEETS] = { "fiches", "fiches|fiche", K_TEXT, 1000 },
	[FC_PLACE] = { "territoire", "territoire", K_PLACE, 0 },
	[FC_YEAR] = { "annee", "annee|annees", K_YEAR, 0 },
	[FC_POPULATION] = { "population", "population", K_TEXT, 200 },
	[FC_ANSWER] = { "reponse", "reponse|modalite", K_TEXT, 200 },
	[FC_VALUE] = { "valeur", "valeur", K_NUMBER, 0 },
	[FC_LOW] = { "borne_basse", "borne-basse|bas", K_NUMBER, 0 },
	[FC_HIGH] = { "borne_haute", "borne-haute|haut", K_NUMBER, 0 },
	[FC_NUMERATOR] = { "numerateur", "numerateur", K_INT, 0 },
	[FC_DENOMINATOR] = { "denominateur", "denominateur", K_INT, 0 },
	[FC_SAMPLE] = { "effectif", "effectif|repondants", K_INT, 0 },
	[FC_SOURCE] = { "source", "source|source-libelle", K_TEXT, 300 },
	[FC_SOURCE_URL] = { "source_url", "source-url|source-adresse|url", K_WEB, 2000 },
	[FC_PUBLISHER] = { "editeur", "editeur|source-editeur", K_TEXT, 200 },
	[FC_LICENCE] = { "licence", "licence", K_TEXT, 120 },
	[FC_NOTE] = { "note", "note", K_TEXT, 500 },
	[FC_REPORTED] = { "publie_le", "publie-le|publication", K_DAY, 0 },
	[FC_RANK] = { "rang", "rang", K_INT, 0 },
	[FC_COMPUTED] = { "uri", "uri|id|territoire-nom|modifie-le", K_TEXT, 0 },
};

const char *
figure_csv_title(enum figure_column c)
{
	return columns[c].title;
}

static struct str
trim(struct str s)
{
	while (s.n && strchr(" \t\r\n", s.p[0]))
		s.p++, s.n--;
	while (s.n && strchr(" \t\r\n", s.p[s.n - 1]))
		s.n--;
	return s;
}

static bool
named(const char *names, struct str s)
{
	while (*names) {
		size_t n = strcspn(names, "|");
		if (str_eq((struct str){ names, n }, s))
			return true;
		names += n + (names[n] == '|');
	}
	return false;
}

bool
figure_item(struct str *rest, struct str *ret)
{
	while (rest->n) {
		size_t i = 0;
		while (i < rest->n && rest->p[i] != ',' && rest->p[i] != '|')
			i++;
		struct str item = trim((struct str){ rest->p, i });
		size_t used = i < rest->n ? i + 1 : i;
		rest->p += used, rest->n -= used;
		if (item.n) {
			*ret = item;
			return true;
		}
	}
	return false;
}

static bool
digit(char c)
{
	return c >= '0' && c <= '9';
}

/* A space between thousands: plain, U+00A0 or U+202F; its bytes, 0 when there is none. */
static size_t
space(struct str s)
{
	if (s.n && s.p[0] == ' ')
		return 1;
	if (s.n >= 2 && memcmp(s.p, "\xc2\xa0", 2) == 0)
		return 2;
	return s.n >= 3 && memcmp(s.p, "\xe2\x80\xaf", 3) == 0 ? 3 : 0;
}

bool
figure_number(struct arena *a, struct str s, struct str *ret)
{
	struct buf b;
	size_t whole = 0, decimals = 0, n;
	bool point = false;

	buf_init(&b, a, 24);
	s = trim(s);
	if (s.n && s.p[s.n - 1] == '%')
		s.n--;
	while (s.n && ((n = space((struct str){ s.p + s.n - 1, 1 })) || (s.n >= 2 && (n = space((struct str){ s.p + s.n - 2, 2 })) == 2)
	               || (s.n >= 3 && (n = space((struct str){ s.p + s.n - 3, 3 })) == 3)))
		s.n -= n;
	if (s.n && s.p[0] == '-')
		buf_char(&b, '-'), s.p++, s.n--;
	while (s.n) {
		if (digit(s.p[0])) {
			if (whole + decimals == 15 || decimals == 6)
				return false;
			point ? decimals++ : whole++;
			buf_char(&b, s.p[0]);
			s.p++, s.n--;
		} else if ((s.p[0] == ',' || s.p[0] == '.') && !point && whole && s.n > 1) {
			point = true;
			buf_char(&b, '.');
			s.p++, s.n--;
		} else if (!point && whole && (n = space(s)) && s.n >= n + 3 && digit(s.p[n]) && digit(s.p[n + 1]) && digit(s.p[n + 2])
		           && (s.n == n + 3 || !digit(s.p[n + 3]))) {
			s.p += n, s.n -= n;
		} else {
			return false;
		}
	}
	*ret = buf_str(&b);
	return whole > 0;
}

static size_t
year(struct str s)
{
	size_t v = 0;

	if (s.n != 4)
		return 0;
	for (size_t i = 0; i < 4; i++) {
		if (!digit(s.p[i]))
			return 0;
		v = v * 10 + (size_t)(s.p[i] - '0');
	}
	return v >= 1900 && v <= 2100 ? v : 0;
}

/* "2016", "2015-2016", "2015/2016", "2015–2016", "non précisée". */
static bool
year_read(struct arena *a, struct str s, struct figure_row *r)
{
	struct str slug = slug_of(a, s);

	r->v[FC_YEAR] = STR_NONE;
	if (named("non-precisee|annee-non-precisee|non-precise|inconnue|annee-inconnue", slug))
		return true;
	if (slug.n != 4 && (slug.n != 9 || slug.p[4] != '-'))
		return false;
	struct str from = { slug.p, 4 }, to = slug.n == 9 ? (struct str){ slug.p + 5, 4 } : from;
	if (!year(from) || !year(to) || year(from) > year(to))
		return false;
	r->year_from = from;
	r->year_to = to;
	r->v[FC_YEAR] = slug.n == 9 ? slug : from;
	return true;
}

static bool
place_read(struct arena *a, struct str s, struct str *ret)
{
	static const char *const types[] = { "pays", "region", "departement", "collectivite", "epci", "commune" };
	struct str slug = slug_of(a, s);
	const char *colon = s.n ? memchr(s.p, ':', s.n) : NULL;

	if (named("national|france|fr|pays-fr|france-entiere", slug)) {
		*ret = STR("pays:FR");
		return true;
	}
	if (!colon)
		return false;
	struct str type = trim((struct str){ s.p, (size_t)(colon - s.p) }), code = trim((struct str){ colon + 1, s.n - (size_t)(colon - s.p) - 1 });
	if (code.n < 2 || code.n > 9)
		return false;
	for (size_t i = 0; i < code.n; i++)
		if (!digit(code.p[i]) && !(code.p[i] >= 'A' && code.p[i] <= 'Z'))
			return false;
	for (size_t i = 0; i < sizeof(types) / sizeof(*types); i++)
		if (str_eq(type, str_of(types[i]))) {
			*ret = arena_fmt(a, "%s:%.*s", types[i], (int)code.n, code.p);
			return true;
		}
	return false;
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

/* A year, a month or a day, as long as the figures make sense. */
static bool
is_day(struct str s)
{
	static const char form[] = "dddd-dd-dd";

	for (size_t i = 0; i < s.n; i++)
		if (i >= sizeof form - 1 || (form[i] == 'd' ? !digit(s.p[i]) : s.p[i] != form[i]))
			return false;
	if ((s.n != 4 && s.n != 7 && s.n != 10) || !year((struct str){ s.p, 4 }))
		return false;
	int month = s.n >= 7 ? (s.p[5] - '0') * 10 + s.p[6] - '0' : 1, day = s.n == 10 ? (s.p[8] - '0') * 10 + s.p[9] - '0' : 1;
	return month >= 1 && month <= 12 && day >= 1 && day <= 31;
}

static bool
is_int(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (!digit(s.p[i]))
			return false;
	return s.n > 0 && s.n <= 15;
}

static void
fault(const struct figure_csv *f, struct figure_row *r, enum figure_column c, const char *message)
{
	struct str title = f->titles_[c].n ? f->titles_[c] : str_of(columns[c].title);

	if (r->nfaults < FIGURE_FAULTS_MAX)
		r->faults[r->nfaults++] = (struct figure_fault){ title, message };
}

static size_t
characters(struct str s)
{
	size_t n = 0;

	for (size_t i = 0; i < s.n; i++)
		n += ((unsigned char)s.p[i] & 0xc0) != 0x80;
	return n;
}

static void
cell_read(struct figure_csv *f, struct figure_row *r, enum figure_column c)
{
	struct arena *a = f->csv_.arena;
	struct str *v = &r->v[c], number;

	if (v->n == 0)
		return;
	switch (columns[c].kind) {
	case K_TEXT:
		for (size_t i = 0; i < v->n; i++)
			if ((unsigned char)v->p[i] < ' ' && v->p[i] != '\n' && v->p[i] != '\t' && v->p[i] != '\r') {
				fault(f, r, c, "contient un caractère qui n’est pas du texte");
				return;
			}
		if (characters(*v) > columns[c].max)
			fault(f, r, c, "est trop long");
		break;
	case K_CODE:
		if (!slug_valid(*v) || v->n > columns[c].max)
			fault(f, r, c, "s’écrit en minuscules, chiffres et traits d’union");
		break;
	case K_INT:
		if (!figure_number(a, *v, &number) || !is_int(number))
			fault(f, r, c, "n’est pas un nombre entier");
		else
			*v = number;
		break;
	case K_NUMBER:
		if (!figure_number(a, *v, &number))
			fault(f, r, c, "n’est pas un nombre");
		else
			*v = number;
		break;
	case K_YEAR:
		if (!year_read(a, *v, r))
			fault(f, r, c, "s’écrit 2016, 2015-2016 ou « non précisée »");
		break;
	case K_PLACE:
		if (!place_read(a, *v, v))
			fault(f, r, c, "s’écrit type:code, par exemple region:76, ou « national »");
		break;
	case K_WEB:
		if (!is_web(*v))
			fault(f, r, c, "n’est pas une adresse http(s)");
		break;
	case K_DAY:
		if (!is_day(*v))
			fault(f, r, c, "s’écrit AAAA, AAAA-MM ou AAAA-MM-JJ");
		break;
	case K_ORIGIN:
		if (!named("source|ours", *v))
			fault(f, r, c, "est « source » ou « ours »");
		break;
	}
}

static void
row_check(struct figure_csv *f, struct figure_row *r)
{
	static const enum figure_column wanted[] = { FC_PLACE, FC_POPULATION, FC_VALUE, FC_SOURCE };
	bool year_said = r->v[FC_YEAR].n > 0;

	for (enum figure_column c = 0; c < FC_COLUMNS; c++) {
		if (c > FC_INDICATOR && c < FC_PLACE)
			r->indicator = r->indicator || r->v[c].n;
		else if (c >= FC_PLACE)
			r->figure = r->figure || r->v[c].n;
		cell_read(f, r, c);
	}
	if (r->v[FC_INDICATOR].n == 0)
		fault(f, r, FC_INDICATOR, "manque");
	if (!r->figure)
		return;
	for (size_t i = 0; i < sizeof(wanted) / sizeof(*wanted); i++)
		if (r->v[wanted[i]].n == 0)
			fault(f, r, wanted[i], "manque");
	if (!year_said)
		fault(f, r, FC_YEAR, "manque : écrivez l’année, ou « non précisée »");
}

bool
figure_csv_open(struct figure_csv *f, struct arena *a, struct str text)
{
	const struct str *cells;
	struct str *unknown;
	size_t n, line_end = 0, commas = 0, semicolons = 0;

	if (text.n >= 3 && memcmp(text.p, "\xef\xbb\xbf", 3) == 0)
		text.p += 3, text.n -= 3;
	while (line_end < text.n && text.p[line_end] != '\n') {
		commas += text.p[line_end] == ',';
		semicolons += text.p[line_end++] == ';';
	}
	*f = (struct figure_csv){ 0 };
	for (size_t c = 0; c < FC_COLUMNS; c++)
		f->at_[c] = (size_t)-1;
	csv_init(&f->csv_, a, text, semicolons >= commas ? ';' : ',');
	if (!utf8_valid(text) || csv_next(&f->csv_, &cells, &n) != CSV_ROW)
		return false;
	f->columns_ = n;
	unknown = arena_array(a, struct str, n);
	f->unknown = unknown;
	for (size_t i = 0; i < n; i++) {
		struct str title = arena_str(a, trim(cells[i])), slug = slug_of(a, title);
		size_t c = 0;
		while (c <= FC_COMPUTED && (!columns[c].names || !named(columns[c].names, slug)))
			c++;
		if (c > FC_COMPUTED || (c < FC_COLUMNS && f->titles_[c].n))
			unknown[f->nunknown++] = title;
		else if (c < FC_COLUMNS)
			f->at_[c] = i, f->titles_[c] = title;
	}
	return f->titles_[FC_INDICATOR].n > 0;
}

enum csv_result
figure_csv_next(struct figure_csv *f, struct figure_row *ret)
{
	const struct str *cells;
	size_t n;
	enum csv_result got;

	do
		got = csv_next(&f->csv_, &cells, &n);
	while (got == CSV_ROW && n == 1 && trim(cells[0]).n == 0);
	*ret = (struct figure_row){ .line = f->csv_.line };
	if (got != CSV_ROW)
		return got;
	if (n != f->columns_) {
		fault(f, ret, FC_INDICATOR, "le nombre de cellules n’est pas celui de l’en-tête");
		return CSV_ROW;
	}
	for (size_t c = 0; c < FC_COLUMNS; c++)
		if (f->at_[c] < n)
			ret->v[c] = arena_str(f->csv_.arena, trim(csv_plain(cells[f->at_[c]])));
	row_check(f, ret);
	return CSV_ROW;
}
