#include "web/params.h"
#include "web/body.h"
#include "web/query.h"
#include <math.h>
#include <stdlib.h>

static const struct {
	const char *type;
	unsigned min, max; /* length of the code */
} territory_types[] = { { "pays", 2, 2 },        { "region", 2, 3 }, { "departement", 2, 3 },
	                { "collectivite", 3, 3 }, { "epci", 9, 9 },   { "commune", 5, 5 } };

bool
params_is_territory(struct str v)
{
	const char *colon = v.n ? memchr(v.p, ':', v.n) : NULL;

	if (!colon)
		return false;
	struct str type = { v.p, (size_t)(colon - v.p) }, code = { colon + 1, v.n - (size_t)(colon - v.p) - 1 };
	for (size_t i = 0; i < code.n; i++)
		if (!((code.p[i] >= '0' && code.p[i] <= '9') || (code.p[i] >= 'A' && code.p[i] <= 'Z')))
			return false;
	for (size_t i = 0; i < sizeof(territory_types) / sizeof(territory_types[0]); i++)
		if (str_eq(type, str_of(territory_types[i].type)))
			return code.n >= territory_types[i].min && code.n <= territory_types[i].max;
	return false;
}

/* Plain decimals only: no exponent, no hexadecimal, no "inf". Returns NAN otherwise. */
static double
number_of(struct str v, bool point)
{
	char z[32];
	size_t digits = 0, points = 0;

	if (v.n == 0 || v.n >= sizeof(z))
		return NAN;
	for (size_t i = 0; i < v.n; i++) {
		char c = v.p[i];
		if (c >= '0' && c <= '9')
			digits++;
		else if (c == '.' && point && points == 0)
			points++;
		else if (!(c == '-' && i == 0))
			return NAN;
	}
	if (digits == 0)
		return NAN;
	memcpy(z, v.p, v.n);
	z[v.n] = 0;
	return strtod(z, NULL);
}

static bool
is_choice(const char *choices, struct str v)
{
	while (v.n > 0 && *choices) {
		size_t n = strcspn(choices, "|");
		if (n == v.n && memcmp(choices, v.p, n) == 0)
			return true;
		choices += n + (choices[n] == '|');
	}
	return false;
}

static bool
is_date(struct str v)
{
	static const int days[] = { 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	int n[3] = { 0 }, k = 0;

	if (v.n != 10)
		return false;
	for (size_t i = 0; i < 10; i++) {
		if (i == 4 || i == 7) {
			if (v.p[i] != '-')
				return false;
			k++;
		} else if (v.p[i] < '0' || v.p[i] > '9') {
			return false;
		} else {
			n[k] = n[k] * 10 + (v.p[i] - '0');
		}
	}
	if (n[0] < 1900 || n[1] < 1 || n[1] > 12 || n[2] < 1 || n[2] > days[n[1] - 1])
		return false;
	bool leap = (n[0] % 4 == 0 && n[0] % 100 != 0) || n[0] % 400 == 0;
	return n[1] != 2 || n[2] < 29 || leap;
}

static bool
is_bbox(struct str v)
{
	double b[4];
	size_t from = 0, k = 0;

	for (size_t i = 0; i <= v.n; i++) {
		if (i < v.n && v.p[i] != ',')
			continue;
		if (k == 4)
			return false;
		b[k++] = number_of((struct str){ v.p + from, i - from }, true);
		from = i + 1;
	}
	return k == 4 && b[0] >= -180 && b[2] <= 180 && b[1] >= -90 && b[3] <= 90 && b[0] < b[2] && b[1] < b[3];
}

static size_t
characters(struct str v)
{
	size_t n = 0;

	for (size_t i = 0; i < v.n; i++)
		n += (v.p[i] & 0xc0) != 0x80;
	return n;
}

static bool
is_code(struct str v)
{
	for (size_t i = 0; i < v.n; i++) {
		char c = v.p[i];
		if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_'))
			return false;
	}
	return v.n > 0;
}

/* A path of this site: "//host" and "/\host" are other sites to a browser. */
static bool
is_local_url(struct str v)
{
	if (v.n == 0 || v.p[0] != '/' || (v.n > 1 && (v.p[1] == '/' || v.p[1] == '\\')))
		return false;
	for (size_t i = 0; i < v.n; i++)
		if ((unsigned char)v.p[i] <= 0x20 || v.p[i] == '\\' || v.p[i] == 0x7f)
			return false;
	return true;
}

/* ASCII only: other letters have several spellings, of which one is somebody else's address ("İ" in lower case is "i"). */
static bool
is_email(struct str v)
{
	const char *at = v.n ? memchr(v.p, '@', v.n) : NULL;
	size_t local = at ? (size_t)(at - v.p) : 0, dots = 0;

	if (!at || local == 0 || local > 64 || v.n - local < 4)
		return false;
	for (size_t i = 0; i < v.n; i++) {
		unsigned char c = (unsigned char)v.p[i];
		if (c <= 0x20 || c >= 0x7f || strchr("<>()[],;:\\\"", c) || (c == '@' && i != local))
			return false;
		/* No empty label, nor a dot at an end of either side. */
		if (c == '.' && (i == 0 || i + 1 == v.n || v.p[i - 1] == '.' || v.p[i - 1] == '@' || v.p[i + 1] == '@'))
			return false;
		dots += c == '.' && i > local;
	}
	return dots > 0;
}

static bool
is_token(struct str v)
{
	return is_code(v); /* base64url has the same letters */
}

static bool
is_web(struct str v)
{
	size_t scheme = v.n > 8 && memcmp(v.p, "https://", 8) == 0 ? 8 : v.n > 7 && memcmp(v.p, "http://", 7) == 0 ? 7 : 0;

	for (size_t i = 0; i < v.n; i++)
		if ((unsigned char)v.p[i] <= 0x20 || v.p[i] == 0x7f || strchr("<>\"", v.p[i]))
			return false;
	return scheme > 0 && v.n > scheme;
}

/* Returns STR_NONE code when the value is good; *ret_message is set otherwise. */
static struct str
value_fault(struct arena *a, const struct param_def *d, struct str v, struct str *ret_message)
{
	bool integer = d->kind == PARAM_INT || d->kind == PARAM_ITEM;
	double x;

	switch (d->kind) {
	case PARAM_TEXT:
	case PARAM_LINES:
	case PARAM_PASSWORD:
	case PARAM_LOCAL_URL:
		if (d->kind == PARAM_LOCAL_URL && !is_local_url(v))
			break;
		if (characters(v) <= (size_t)d->max && characters(v) >= (size_t)d->min)
			return STR_NONE;
		if (characters(v) > (size_t)d->max)
			*ret_message = arena_fmt(a, "« %s » : %zu caractères reçus, %d au plus.", d->label, characters(v), (int)d->max);
		else
			*ret_message = arena_fmt(a, "« %s » : %d caractères au moins.", d->label, (int)d->min);
		return STR("borne");
	case PARAM_EMAIL:
		if (v.n <= (size_t)d->max && is_email(v))
			return STR_NONE;
		*ret_message = arena_fmt(a, "« %s » : une adresse est attendue, comme prenom@exemple.org.", d->label);
		return STR("valeur");
	case PARAM_TOKEN:
		if (is_token(v) && v.n >= (size_t)d->min && v.n <= (size_t)d->max)
			return STR_NONE;
		break;
	case PARAM_WEB:
		if (is_web(v) && v.n <= (size_t)d->max)
			return STR_NONE;
		*ret_message = arena_fmt(a, "« %s » : une adresse complète est attendue, comme https://exemple.org/page.", d->label);
		return STR("valeur");
	case PARAM_FILE:
		*ret_message = arena_fmt(a, "« %s » : un fichier est attendu.", d->label);
		return STR("valeur");
	case PARAM_CODE:
		if (is_code(v) && v.n >= (size_t)d->min && v.n <= (size_t)d->max)
			return STR_NONE;
		break;
	case PARAM_INT:
	case PARAM_ITEM:
	case PARAM_REAL:
		x = number_of(v, !integer);
		if (isnan(x)) {
			*ret_message = arena_fmt(a, "« %s » : un nombre%s est attendu.", d->label, integer ? " entier" : "");
			return STR("valeur");
		}
		if (x >= d->min && x <= d->max)
			return STR_NONE;
		if (strcmp(d->name, "page") == 0 && x > d->max) {
			*ret_message = arena_fmt(a, "« %s » : %d au plus. Une recherche plus précise donne une liste plus courte ; un programme parcourt tout avec « apres ».",
			                         d->label, (int)d->max);
			return STR("profondeur");
		}
		*ret_message = arena_fmt(a, "« %s » : de %.10g à %.10g.", d->label, d->min, d->max);
		return STR("borne");
	case PARAM_CHOICE:
		if (is_choice(d->choices, v))
			return STR_NONE;
		{
			struct buf b;
			buf_init(&b, a, 128);
			buf_fmt(&b, "« %s » : l’une de ces valeurs est attendue : ", d->label);
			for (const char *c = d->choices; *c; c++)
				*c == '|' ? buf_lit(&b, ", ") : buf_char(&b, *c);
			buf_char(&b, '.');
			*ret_message = buf_str(&b);
		}
		return STR("valeur");
	case PARAM_BOOL:
		if (v.n == 1 && (v.p[0] == '0' || v.p[0] == '1'))
			return STR_NONE;
		break;
	case PARAM_DATE:
		if (is_date(v))
			return STR_NONE;
		*ret_message = arena_fmt(a, "« %s » : une date est attendue, comme 2026-11-24.", d->label);
		return STR("valeur");
	case PARAM_TERRITORY:
		if (params_is_territory(v))
			return STR_NONE;
		*ret_message = arena_fmt(a, "« %s » : un type et un code sont attendus, comme commune:97410.", d->label);
		return STR("valeur");
	case PARAM_BBOX:
		if (is_bbox(v))
			return STR_NONE;
		*ret_message = arena_fmt(a, "« %s » : minlon,minlat,maxlon,maxlat sont attendus, en degrés.", d->label);
		return STR("valeur");
	}
	*ret_message = arena_fmt(a, "« %s » : cette valeur n’est pas lisible.", d->label);
	return STR("valeur");
}

static const struct param_def *
def_find(const struct param_def *schema, struct str name)
{
	for (; schema && schema->name; schema++) {
		struct str want = str_of(schema->name);
		bool any = want.n && want.p[want.n - 1] == '*';
		if (any ? name.n >= want.n && memcmp(name.p, want.p, want.n - 1) == 0 : str_eq(name, want))
			return schema;
	}
	return NULL;
}

static bool
is_field(struct str name)
{
	for (size_t i = 0; i < name.n; i++)
		if (!((name.p[i] >= 'a' && name.p[i] <= 'z') || (name.p[i] >= '0' && name.p[i] <= '9') || name.p[i] == '_'))
			return false;
	return name.n <= 100;
}

/* CR LF, and CR alone, as LF. */
static struct str
lines_of(struct arena *a, struct str v)
{
	char *out = arena_alloc_raw(a, v.n + 1);
	size_t n = 0;

	for (size_t i = 0; i < v.n; i++) {
		if (v.p[i] != '\r')
			out[n++] = v.p[i];
		else if (i + 1 == v.n || v.p[i + 1] != '\n')
			out[n++] = '\n';
	}
	out[n] = 0;
	return (struct str){ out, n };
}

static struct str
lower_of(struct arena *a, struct str v)
{
	char *out = arena_cstr(a, v);

	for (size_t i = 0; i < v.n; i++)
		if (out[i] >= 'A' && out[i] <= 'Z')
			out[i] |= 0x20;
	return (struct str){ out, v.n };
}

/* What any form may carry beside its own fields: the gate reads them. */
static bool
is_common(struct str name)
{
	return str_eq(name, STR("jeton")) || str_eq(name, STR("cle")) || (name.n > 10 && memcmp(name.p, "connexion_", 10) == 0);
}

static void
pair_read(struct req *r, const struct param_def *schema, const struct query_pair *pair, struct param *params, unsigned *seen, bool form)
{
	const struct param_def *d = def_find(schema, pair->name);
	struct str v = pair->value, message;

	/* The jeton of a form is none of its fields, though its address may have one. */
	if (form && is_common(pair->name) && (!d || (r->route && r->route->csrf)))
		return;
	if (!d) {
		struct str shown = pair->name;
		if (shown.n == 0 && v.n == 0 && pair->fault == QUERY_OK) /* "&=": nobody meant anything */
			return;
		if (shown.n > 64) /* a whole number of characters */
			for (shown.n = 64; (shown.p[shown.n] & 0xc0) == 0x80;)
				shown.n--;
		if (pair->fault == QUERY_OK && shown.n == 0)
			req_notice(r, STR("adresse"), STR("inconnu"), STR("Une valeur de l’adresse n’a pas de nom : elle est ignorée."));
		else if (pair->name.n > 0)
			req_notice(r, shown, STR("inconnu"),
			           arena_fmt(r->arena, form ? "« %.*s » n’est pas un champ connu." : "« %.*s » n’est pas un critère connu : il est ignoré.",
			                     (int)shown.n, shown.p));
		else
			req_notice(r, STR("adresse"), STR("codage"), STR("Un critère de l’adresse contient des caractères illisibles (codage UTF-8 attendu)."));
		return;
	}
	struct str name = strchr(d->name, '*') ? pair->name : str_of(d->name);
	if (strchr(d->name, '*') && !is_field(name)) {
		req_notice(r, STR("corps"), STR("valeur"), STR("Le nom d’un champ n’est pas lisible."));
		return;
	}
	if (pair->fault != QUERY_OK) {
		req_notice(r, name, pair->fault == QUERY_UTF8 ? STR("utf8") : STR("codage"),
		           arena_fmt(r->arena, "« %s » : %s", d->label,
		                     pair->fault == QUERY_UTF8  ? "ce texte contient des caractères illisibles (codage UTF-8 attendu)."
		                     : pair->fault == QUERY_NUL ? "un caractère interdit s’y trouve."
		                                                : "un signe % n’est pas suivi de deux chiffres."));
		return;
	}
	if (d->kind == PARAM_LINES)
		v = lines_of(r->arena, v);
	while (d->kind != PARAM_PASSWORD && v.n > 0 && strchr(d->kind == PARAM_LINES ? "\n" : " \t\r\n", v.p[0]))
		v.p++, v.n--;
	while (d->kind != PARAM_PASSWORD && v.n > 0 && strchr(" \t\r\n", v.p[v.n - 1]))
		v.n--;
	if (d->kind == PARAM_EMAIL)
		v = lower_of(r->arena, v);
	if (v.n == 0 && strcmp(d->name, "apres") == 0)
		v = STR("0"); /* where a full walk starts */
	if (v.n == 0)
		return; /* forms send their empty fields */
	if (++seen[d - schema] > (unsigned)d->repeat) {
		if (seen[d - schema] == (unsigned)d->repeat + 1)
			req_notice(r, name, STR("double"),
			           d->repeat == 1
			                   ? arena_fmt(r->arena, "« %s » est donné plusieurs fois : une seule est attendue.", d->label)
			                   : arena_fmt(r->arena, "« %s » : %d valeurs au plus.", d->label, d->repeat));
		return;
	}
	struct str code = value_fault(r->arena, d, v, &message);
	if (code.n > 0)
		req_notice(r, name, code, message);
	else
		params[r->nparams++] = (struct param){ name, v };
}

static void
file_read(struct req *r, const struct param_def *schema, const struct upload *f)
{
	const struct param_def *d = def_find(schema, f->name);

	if (!d || d->kind != PARAM_FILE)
		req_notice(r, STR("corps"), STR("valeur"), STR("Aucun fichier n’est attendu ici."));
	else if (f->bytes.n > (size_t)d->max)
		req_notice(r, str_of(d->name), STR("borne"),
		           arena_fmt(r->arena, "« %s » : %.0f Mo au plus.", d->label, d->max / 1048576));
}

static bool
after(const struct param_def *schema, const struct param *x, const struct param *y)
{
	const struct param_def *dx = def_find(schema, x->name), *dy = def_find(schema, y->name);

	if (dx != dy || !dx)
		return dx > dy;
	if (dx->kind == PARAM_TERRITORY || dx->kind == PARAM_ITEM)
		return false;
	int c = memcmp(x->value.p, y->value.p, x->value.n < y->value.n ? x->value.n : y->value.n);
	return c > 0 || (c == 0 && x->value.n > y->value.n);
}

void
params_order(const struct param_def *schema, struct param *p, size_t n)
{
	for (size_t i = 1; i < n; i++) { /* a few, and most often in order */
		struct param x = p[i];
		size_t k = i;
		for (; k > 0 && after(schema, &p[k - 1], &x); k--)
			p[k] = p[k - 1];
		p[k] = x;
	}
}

void
params_pairs(struct req *r, const struct param_def *schema, const struct query_pair *pairs, size_t n, bool form)
{
	unsigned seen[64] = { 0 };
	struct param *params = arena_array(r->arena, struct param, r->nparams + n);

	for (size_t i = 0; i < r->nparams; i++) {
		const struct param_def *d = def_find(schema, r->params[i].name);
		params[i] = r->params[i];
		if (d)
			seen[d - schema]++;
	}
	r->params = params;
	for (size_t i = 0; i < n; i++)
		pair_read(r, schema, &pairs[i], params, seen, form);
	for (size_t i = 0; i < r->nfiles && form; i++)
		file_read(r, schema, &r->files[i]);
	/* Of a parameter given twice where one is expected, neither value can be trusted. */
	size_t kept = 0;
	for (size_t i = 0; i < r->nparams; i++) {
		const struct param_def *d = def_find(schema, params[i].name);
		if (!(d && d->repeat == 1 && seen[d - schema] > 1))
			params[kept++] = params[i];
	}
	r->nparams = kept;
	if (!form) /* a form keeps the order of its lists */
		params_order(schema, params, kept);
}

void
params_read(struct req *r, const struct param_def *schema, struct str raw)
{
	struct query_pair *pairs = arena_array(r->arena, struct query_pair, PARAMS_PAIRS_MAX);
	size_t n = 0;

	while (n < PARAMS_PAIRS_MAX && query_next(r->arena, &raw, &pairs[n]))
		n++;
	if (raw.n > 0)
		req_notice(r, STR("adresse"), STR("borne"), STR("Cette adresse porte trop de critères."));
	params_pairs(r, schema, pairs, n, false);
}

bool
params_bad(const struct req *r)
{
	for (size_t i = 0; i < r->nnotices; i++)
		if (!str_eq(r->notices[i].code, STR("inconnu")) && !str_eq(r->notices[i].code, STR("ignore")))
			return true;
	return false;
}
