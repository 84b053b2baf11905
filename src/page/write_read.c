/* What a form, or a program, sent of a sheet: into the text it stands for. See write.h. */
#include "page/write.h"

#include "text/slug.h"
#include "web/params.h"

enum { CHOICES_MAX = 8 };

bool
write_short(const struct req *r)
{
	struct str depth = req_param(r, "profondeur");

	return depth.n ? str_eq(depth, STR("apercu")) : r->format != FORMAT_JSON;
}

static bool
among(const struct str *list, size_t n, struct str value)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq(list[i], value))
			return true;
	return false;
}

static struct str
trimmed(struct str s)
{
	while (s.n && (s.p[0] == ' ' || s.p[0] == '\n' || s.p[0] == '\t'))
		s.p++, s.n--;
	while (s.n && (s.p[s.n - 1] == ' ' || s.p[s.n - 1] == '\n' || s.p[s.n - 1] == '\t'))
		s.n--;
	return s;
}

/* One line of what may have been typed on several. */
static struct str
one_line(struct arena *a, struct str s)
{
	char *out = arena_cstr(a, s);

	for (size_t i = 0; i < s.n; i++)
		if (out[i] == '\n' || out[i] == '\t')
			out[i] = ' ';
	return trimmed((struct str){ out, s.n });
}

/* "région Bretagne", "Bretagne (région)": the words that tell a type are taken out of the slug. Returns the type, empty when none is said. */
static struct str
type_said(struct arena *a, struct str *slug)
{
	static const char *const words[][2] = { { "region", "region" },        { "departement", "departement" }, { "commune", "commune" },
		                                { "intercommunalite", "epci" }, { "epci", "epci" },               { "ville", "commune" } };
	struct buf b;
	struct str type = STR_NONE;

	buf_init(&b, a, slug->n + 1);
	for (size_t from = 0, i = 0; i <= slug->n; i++) {
		if (i < slug->n && slug->p[i] != '-')
			continue;
		struct str word = { slug->p + from, i - from };
		bool told = false;
		for (size_t k = 0; k < sizeof(words) / sizeof(*words) && type.n == 0; k++)
			if (str_eq(word, str_of(words[k][0])))
				type = str_of(words[k][1]), told = true;
		if (!told) {
			if (b.n)
				buf_char(&b, ' ');
			buf_put(&b, word);
		}
		from = i + 1;
	}
	/* "région de Bretagne" */
	struct str rest = buf_str(&b);
	static const char *const small[] = { "de la ", "de l ", "de ", "du ", "des ", "d " };
	for (size_t k = 0; type.n && k < sizeof(small) / sizeof(*small); k++) {
		size_t n = strlen(small[k]);
		if (rest.n > n && memcmp(rest.p, small[k], n) == 0) {
			rest = (struct str){ rest.p + n, rest.n - n };
			break;
		}
	}
	*slug = rest;
	return type;
}

static bool
is_nation(struct str slug)
{
	static const char *const words[] = { "partout en france", "france", "france entiere", "toute la france", "partout", "national" };

	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (str_eq(slug, str_of(words[i])))
			return true;
	return false;
}

static struct str
key_of(struct arena *a, const struct territory_ref *t)
{
	return arena_fmt(a, "%.*s:%.*s", (int)t->type.n, t->type.p, (int)t->code.n, t->code.p);
}

enum err
write_place_find(struct req *r, struct str typed, struct str *ret_key, struct territory_refs *ret_choices)
{
	struct arena *a = r->arena;
	struct str slug = slug_of(a, typed);
	struct territory_refs found;

	*ret_key = STR_NONE;
	*ret_choices = (struct territory_refs){ 0 };
	if (params_is_territory(typed)) {
		*ret_key = typed;
		return ERR_NONE;
	}
	struct str type = type_said(a, &slug);
	if (is_nation(slug)) {
		*ret_key = STR("pays:FR");
		return ERR_NONE;
	}
	if (slug.n == 0)
		return ERR_NONE;
	enum err e = territory_suggest(r->db, a, slug, 40, &found);
	if (e)
		return e;
	struct territory_ref *kept = arena_array(a, struct territory_ref, found.n + 1);
	size_t n = 0, named = 0, at = 0;
	for (size_t i = 0; i < found.n; i++) {
		if (type.n && !str_eq(found.p[i].type, type))
			continue;
		kept[n] = found.p[i];
		if (kept[n].named && named++ == 0)
			at = n;
		n++;
	}
	if (named > 1) { /* of those that bear that very name only */
		size_t m = 0;
		for (size_t i = 0; i < n; i++)
			if (kept[i].named)
				kept[m++] = kept[i];
		n = m;
	}
	bool sure = n == 1 ? !kept[0].alike : named == 1;
	if (sure)
		*ret_key = key_of(a, &kept[n == 1 ? 0 : at]);
	else
		*ret_choices = (struct territory_refs){ .p = kept, .n = n < CHOICES_MAX ? n : CHOICES_MAX };
	return ERR_NONE;
}

/* The places of a text, one by one, ";" between them: known ones are put among keys. */
static enum err
places_find(struct req *r, struct str typed, struct str *keys, size_t *nkeys, struct write_doubts *ret)
{
	struct write_doubt *p = arena_array(r->arena, struct write_doubt, WORK_TERRITORIES_MAX);
	size_t n = 0;

	for (size_t from = 0, i = 0; i <= typed.n && n < WORK_TERRITORIES_MAX; i++) {
		if (i < typed.n && typed.p[i] != ';' && typed.p[i] != '\n')
			continue;
		struct str one = trimmed((struct str){ typed.p + from, i - from }), key;
		struct territory_refs choices;
		from = i + 1;
		if (one.n == 0)
			continue;
		enum err e = write_place_find(r, one, &key, &choices);
		if (e)
			return e;
		bool chosen = false;
		for (size_t k = 0; k < choices.n && key.n == 0; k++) /* a box was ticked for it */
			chosen = chosen || among(keys, *nkeys, key_of(r->arena, &choices.p[k]));
		if (key.n && !among(keys, *nkeys, key) && *nkeys < WORK_TERRITORIES_MAX)
			keys[(*nkeys)++] = key;
		else if (key.n == 0 && !chosen)
			p[n++] = (struct write_doubt){ one, choices };
	}
	*ret = (struct write_doubts){ p, n };
	return ERR_NONE;
}

enum err
write_doubts_of(struct req *r, struct str places, struct write_doubts *ret)
{
	struct str *keys = arena_array(r->arena, struct str, WORK_TERRITORIES_MAX + 1);
	size_t n = 0;

	return places_find(r, places, keys, &n, ret);
}

static enum err
read_places(struct req *r, struct work_content *c, struct write_doubts *ret)
{
	const struct str *ticked;
	struct str *keys = arena_array(r->arena, struct str, WORK_TERRITORIES_MAX + 1);
	size_t n = 0, nticked = req_params(r, "territoires", &ticked);
	struct buf b;

	for (size_t i = 0; i < nticked; i++)
		if (!among(keys, n, ticked[i]))
			keys[n++] = ticked[i];
	struct str typed = req_param(r, "territoire"), again = req_param(r, "lieux");
	enum err e = places_find(r, typed.n ? typed : again, keys, &n, ret);
	buf_init(&b, r->arena, 64);
	for (size_t i = 0; i < ret->n && !e; i++) {
		if (i)
			buf_lit(&b, " ; ");
		buf_put(&b, ret->p[i].typed);
	}
	c->places = buf_str(&b);
	c->territories = (struct strs){ keys, n };
	return e;
}

static void
read_terms(struct req *r, struct work_content *c, bool short_form)
{
	static const char *const names[] = { "theme", "odd", "pratique", "parcours", "profil", "dispositif" };
	struct arena *a = r->arena;
	const struct str *values;
	struct str *out = arena_array(a, struct str, WORK_TERMS_MAX + 40);
	size_t n = 0;

	for (size_t k = 0; k < sizeof(names) / sizeof(*names); k++) {
		if (short_form && k > 0)
			break;
		size_t nvalues = req_params(r, names[k], &values);
		for (size_t i = 0; i < nvalues && n < WORK_TERMS_MAX; i++) {
			struct str term = arena_fmt(a, "%s:%.*s", names[k], (int)values[i].n, values[i].p);
			if (!among(out, n, term))
				out[n++] = term;
		}
	}
	/* What that form does not show stays. */
	for (size_t i = 0; i < c->terms.n && n < WORK_TERMS_MAX; i++) {
		struct str t = c->terms.p[i];
		bool shown = false;
		for (size_t k = 0; k < (short_form ? 1 : sizeof(names) / sizeof(*names)); k++) {
			size_t len = strlen(names[k]);
			shown = shown || (t.n > len && memcmp(t.p, names[k], len) == 0 && t.p[len] == ':');
		}
		if (!shown && !among(out, n, t))
			out[n++] = t;
	}
	size_t nterms = req_params(r, "termes", &values);
	for (size_t i = 0; i < nterms && n < WORK_TERMS_MAX; i++)
		if (memchr(values[i].p, ':', values[i].n) && !among(out, n, values[i]))
			out[n++] = values[i];
	c->terms = (struct strs){ out, n };
}

static bool
is_address(struct str s)
{
	return (s.n > 8 && memcmp(s.p, "https://", 8) == 0) || (s.n > 7 && memcmp(s.p, "http://", 7) == 0) || (s.n > 4 && memcmp(s.p, "www.", 4) == 0);
}

static struct str
full_address(struct arena *a, struct str s)
{
	return s.n > 4 && memcmp(s.p, "www.", 4) == 0 ? arena_fmt(a, "https://%.*s", (int)s.n, s.p) : s;
}

/* One field: an address, or the name of a document. */
static void
read_source(struct req *r, struct work_content *c)
{
	struct str typed = req_param(r, "source");

	if (is_address(typed)) {
		struct str url = full_address(r->arena, typed);
		if (c->source_label.n == 0 || str_eq(c->source_label, c->source_url))
			c->source_label = url;
		c->source_url = url;
	} else if (!str_eq(typed, c->source_label) || c->source_url.n) {
		c->source_label = typed;
		c->source_url = STR_NONE;
	}
}

/* "12", "n° 12", "https://…/fiches/faire-ensemble-12": the number it ends with. */
static int64_t
number_at_end(struct str s)
{
	int64_t n = 0, scale = 1;
	size_t end = s.n;

	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] == '?' || s.p[i] == '#') {
			end = i;
			break;
		}
	while (end > 0 && s.p[end - 1] >= '0' && s.p[end - 1] <= '9' && scale < 1000000000) {
		n += (s.p[--end] - '0') * scale;
		scale *= 10;
	}
	return n;
}

size_t
write_groups_typed(const struct req *r, const char *key)
{
	size_t most = 0, n = strlen(key);

	for (size_t i = 0; i < r->ntyped; i++) {
		struct str name = r->typed[i].name;
		size_t at = sizeof("sections_") - 1, number = 0;
		if (name.n <= at + n + 1 || memcmp(name.p, "sections_", at) != 0 || memcmp(name.p + at, key, n) != 0 || name.p[at + n] != '_')
			continue;
		for (at += n + 1; at < name.n && name.p[at] >= '0' && name.p[at] <= '9' && number < 1000; at++)
			number = number * 10 + (size_t)(name.p[at] - '0');
		if (r->typed[i].value.n && number > most && number < 1000)
			most = number;
	}
	return most;
}

static struct str
cell(struct req *r, const char *key, size_t number, const char *name)
{
	return trimmed(req_param(r, arena_fmt(r->arena, "sections_%s_%zu_%s", key, number, name).p));
}

/* A step or a value that is taken out by its button: "etapes-2". */
static bool
removed(struct req *r, const char *key, size_t number)
{
	return str_eq(req_param(r, "retirer"), arena_fmt(r->arena, "%s-%zu", key, number));
}

static void
read_groups(struct req *r, struct work_content *c, struct str kind)
{
	struct arena *a = r->arena;

	if (work_content_has(kind, STR("etapes"))) {
		size_t most = write_groups_typed(r, "etapes"), n = 0;
		struct sheet_step *p = arena_array(a, struct sheet_step, most + 1);
		for (size_t i = 1; i <= most; i++) {
			struct sheet_step s = { one_line(a, cell(r, "etapes", i, "titre")), one_line(a, cell(r, "etapes", i, "duree")),
				                cell(r, "etapes", i, "texte"), cell(r, "etapes", i, "boite") };
			if ((s.title.n || s.duration.n || s.text.n || s.tools.n) && !removed(r, "etapes", i))
				p[n++] = s;
		}
		c->steps = p;
		c->nsteps = n;
		c->steps_prose = req_param(r, "sections_etapes");
	}
	if (work_content_has(kind, STR("valeurs"))) {
		size_t most = write_groups_typed(r, "valeurs"), n = 0;
		struct sheet_value *p = arena_array(a, struct sheet_value, most + 1);
		for (size_t i = 1; i <= most; i++) {
			struct sheet_value v = { one_line(a, cell(r, "valeurs", i, "libelle")), one_line(a, cell(r, "valeurs", i, "valeur")),
				                 one_line(a, cell(r, "valeurs", i, "unite")), one_line(a, cell(r, "valeurs", i, "annee")),
				                 one_line(a, cell(r, "valeurs", i, "territoire")) };
			if ((v.label.n || v.value.n || v.unit.n || v.year.n || v.territory.n) && !removed(r, "valeurs", i))
				p[n++] = v;
		}
		c->values = p;
		c->nvalues = n;
	}
}

/* The sections of the kind that was shown are those sent; the others stay as they were. */
static void
read_sections(struct req *r, struct work_content *c, struct str kind)
{
	struct arena *a = r->arena;
	struct sheet_section *out = arena_array(a, struct sheet_section, c->nsections + r->nparams + 16), s;
	size_t n = 0;

	for (size_t i = 0; i < c->nsections; i++)
		if (!work_content_has(kind, c->sections[i].key))
			out[n++] = c->sections[i];
	for (size_t at = 0; sheet_section_at(kind, &at, &s);) {
		s.text = req_param(r, arena_fmt(a, "sections_%.*s", (int)s.key.n, s.key.p).p);
		if (s.text.n)
			out[n++] = s;
	}
	/* What a program sends back of another kind. */
	for (size_t i = 0; i < r->nparams; i++) {
		struct str name = r->params[i].name;
		if (name.n <= 7 || memcmp(name.p, "autres_", 7) != 0)
			continue;
		struct str key = { name.p + 7, name.n - 7 };
		if (!work_content_has(kind, key) && !memchr(key.p, '_', key.n))
			out[n++] = (struct sheet_section){ key, STR_NONE, r->params[i].value };
	}
	c->sections = out;
	c->nsections = n;
	read_groups(r, c, kind);
}

static int
small_number(struct str s, int otherwise)
{
	return s.n == 1 && s.p[0] >= '0' && s.p[0] <= '9' ? s.p[0] - '0' : otherwise;
}

static void
read_all(struct req *r, struct work_content *c)
{
	struct arena *a = r->arena;
	const struct str *range;
	struct str kind = req_param(r, "rubriques");

	struct str url = req_param(r, "source_adresse"), whole = req_param(r, "source");
	c->source_label = req_param(r, "source_libelle");
	c->source_url = full_address(a, url);
	c->source_publisher = req_param(r, "source_editeur");
	c->source_year = req_param(r, "source_annee");
	if (whole.n && c->source_label.n == 0 && url.n == 0)
		read_source(r, c);
	c->evidence = small_number(req_param(r, "preuve"), -1);
	c->licence = req_param(r, "licence");
	c->language = req_param(r, "langue");
	c->maturity_min = small_number(req_param(r, "maturite_min"), 0);
	c->maturity_max = small_number(req_param(r, "maturite_max"), 0);
	if (req_params(r, "maturite", &range) == 2) {
		c->maturity_min = small_number(range[0], 0);
		c->maturity_max = small_number(range[1], 0);
	}
	if (!c->maturity_min != !c->maturity_max) /* one end said: both */
		c->maturity_min = c->maturity_max = c->maturity_min + c->maturity_max;
	c->inspired_by = number_at_end(req_param(r, "inspire"));
	if (kind.n == 0)
		kind = c->type;
	if (kind.n)
		read_sections(r, c, kind);
}

enum err
write_read(struct req *r, const struct work_content *old, struct work_content *ret, struct write_doubts *ret_doubts)
{
	struct work_content c = *old;
	bool short_form = write_short(r);

	c.type = req_param(r, "type");
	c.title = req_param(r, "titre");
	c.summary = req_param(r, "chapo");
	read_terms(r, &c, short_form);
	if (short_form)
		read_source(r, &c);
	else
		read_all(r, &c);
	enum err e = read_places(r, &c, ret_doubts);
	if (!e)
		*ret = c;
	return e;
}
