#include "model/work_content.h"

#include "text/json.h"
#include "text/json_out.h"

static struct strs
texts(struct arena *a, const struct json *list)
{
	struct str *p = arena_array(a, struct str, json_len(list) + 1);
	size_t n = 0;

	for (const struct json *v = json_first(list); v; v = json_next(v))
		if (json_kind(v) == JSON_TEXT)
			p[n++] = json_text(v);
	return (struct strs){ p, n };
}

/* A number as it would be typed, or a text. */
static struct str
plain(struct arena *a, const struct json *v)
{
	int64_t whole;

	return json_whole(v, &whole) ? arena_fmt(a, "%lld", (long long)whole) : json_text(v);
}

static void
sections_read(struct arena *a, const struct json *sections, struct work_content *c, struct sheet_section *out)
{
	for (const struct json *v = json_first(sections); v; v = json_next(v)) {
		struct str key = json_name(v);
		if (str_eq(key, STR("etapes")) && json_kind(v) == JSON_ARRAY) {
			struct sheet_step *steps = arena_array(a, struct sheet_step, json_len(v) + 1);
			size_t n = 0;
			for (const struct json *s = json_first(v); s; s = json_next(s))
				steps[n++] = (struct sheet_step){ json_text(json_get(s, "titre")), json_text(json_get(s, "duree")),
					                          json_text(json_get(s, "texte")), json_text(json_get(s, "boite")) };
			c->steps = steps;
			c->nsteps = n;
		} else if (str_eq(key, STR("etapes")) || str_eq(key, STR("etapes_texte"))) {
			c->steps_prose = json_text(v);
		} else if (str_eq(key, STR("valeurs"))) {
			struct sheet_value *values = arena_array(a, struct sheet_value, json_len(v) + 1);
			size_t n = 0;
			for (const struct json *x = json_first(v); x; x = json_next(x))
				values[n++] = (struct sheet_value){ json_text(json_get(x, "libelle")), plain(a, json_get(x, "valeur")),
					                            json_text(json_get(x, "unite")), plain(a, json_get(x, "annee")),
					                            json_text(json_get(x, "territoire")) };
			c->values = values;
			c->nvalues = n;
		} else if (json_text(v).n) {
			out[c->nsections++] = (struct sheet_section){ key, STR_NONE, json_text(v) };
		}
	}
}

struct work_content
work_content_read(struct arena *a, struct str text)
{
	struct work_content c = { .evidence = -1 };
	const struct json *doc, *source;
	int64_t n;

	if (json_parse(a, text, &doc) != ERR_NONE)
		return c;
	c.type = json_text(json_get(doc, "type"));
	c.title = json_text(json_get(doc, "titre"));
	c.summary = json_text(json_get(doc, "chapo"));
	c.licence = json_text(json_get(doc, "licence"));
	c.language = json_text(json_get(doc, "langue"));
	if (json_whole(json_get(doc, "preuve"), &n) && n >= 0 && n <= 4)
		c.evidence = (int)n;
	const struct json *own = json_get(doc, "sections"), *aside = json_get(doc, "autres");
	struct sheet_section *out = arena_array(a, struct sheet_section, json_len(own) + json_len(aside) + 1);
	c.sections = out;
	sections_read(a, aside, &c, out);
	sections_read(a, own, &c, out);
	c.territories = texts(a, json_get(doc, "territoires"));
	c.terms = texts(a, json_get(doc, "termes"));
	c.places = json_text(json_get(doc, "lieux"));
	source = json_get(doc, "source");
	c.source_label = json_text(json_get(source, "libelle"));
	c.source_url = json_text(json_get(source, "adresse"));
	c.source_publisher = json_text(json_get(source, "editeur"));
	c.source_year = plain(a, json_get(source, "annee"));
	const struct json *range = json_first(json_get(doc, "maturite"));
	if (json_whole(range, &n) && n >= 1 && n <= 4)
		c.maturity_min = (int)n;
	if (json_whole(json_next(range), &n) && n >= 1 && n <= 4)
		c.maturity_max = (int)n;
	if (json_whole(json_get(doc, "inspire"), &n) && n > 0)
		c.inspired_by = n;
	return c;
}

static void
put(struct json_out *j, const char *key, struct str value)
{
	if (value.n == 0)
		return;
	json_key(j, key);
	json_str(j, value);
}

static void
put_texts(struct json_out *j, const char *key, struct strs list)
{
	if (list.n == 0)
		return;
	json_key(j, key);
	json_begin_array(j);
	for (size_t i = 0; i < list.n; i++)
		json_str(j, list.p[i]);
	json_end(j);
}

bool
work_content_has(struct str type, struct str key)
{
	struct sheet_section s;

	if (str_eq(key, STR("etapes")))
		return str_eq(type, STR("methode")) || str_eq(type, STR("exemple"));
	if (str_eq(key, STR("valeurs")))
		return str_eq(type, STR("donnee"));
	for (size_t at = 0; sheet_section_at(type, &at, &s);)
		if (str_eq(s.key, key))
			return true;
	return false;
}

/* The sections that are those of the kind, or those that are not. */
static void
put_sections(struct arena *a, struct json_out *j, const struct work_content *c, bool own)
{
	bool steps = work_content_has(c->type, STR("etapes")), prose = str_eq(c->type, STR("exemple")), values = work_content_has(c->type, STR("valeurs"));

	json_begin_object(j);
	for (size_t i = 0; i < c->nsections; i++)
		if (work_content_has(c->type, c->sections[i].key) == own)
			put(j, arena_cstr(a, c->sections[i].key), c->sections[i].text);
	if (c->nsteps && steps == own) {
		json_key(j, "etapes");
		json_begin_array(j);
		for (size_t i = 0; i < c->nsteps; i++) {
			json_begin_object(j);
			json_key(j, "titre");
			json_str(j, c->steps[i].title);
			put(j, "duree", c->steps[i].duration);
			put(j, "texte", c->steps[i].text);
			put(j, "boite", c->steps[i].tools);
			json_end(j);
		}
		json_end(j);
	}
	/* One key, two shapes: an example that has steps keeps them, its prose waits aside under another name. */
	if (c->steps_prose.n && (prose && c->nsteps == 0) == own)
		put(j, own ? "etapes" : "etapes_texte", c->steps_prose);
	if (c->nvalues && values == own) {
		json_key(j, "valeurs");
		json_begin_array(j);
		for (size_t i = 0; i < c->nvalues; i++) {
			json_begin_object(j);
			json_key(j, "libelle");
			json_str(j, c->values[i].label);
			json_key(j, "valeur");
			json_str(j, c->values[i].value);
			put(j, "unite", c->values[i].unit);
			put(j, "annee", c->values[i].year);
			put(j, "territoire", c->values[i].territory);
			json_end(j);
		}
		json_end(j);
	}
	json_end(j);
}

/* A year that is a number is kept as one. */
static void
put_year(struct json_out *j, struct str year)
{
	int64_t n = 0;

	for (size_t i = 0; i < year.n && year.n <= 4; i++)
		n = year.p[i] >= '0' && year.p[i] <= '9' && n >= 0 ? n * 10 + (year.p[i] - '0') : -1;
	if (year.n == 0 || year.n > 4 || n < 0)
		return;
	json_key(j, "annee");
	json_int(j, n);
}

struct str
work_content_write(struct arena *a, const struct work_content *c)
{
	struct buf b;

	buf_init(&b, a, 4096);
	struct json_out j = json_out(&b);
	json_begin_object(&j);
	put(&j, "type", c->type);
	put(&j, "titre", c->title);
	put(&j, "chapo", c->summary);
	put(&j, "licence", c->licence);
	put(&j, "langue", c->language);
	if (c->evidence >= 0) {
		json_key(&j, "preuve");
		json_int(&j, c->evidence);
	}
	json_key(&j, "sections");
	put_sections(a, &j, c, true);
	json_key(&j, "autres");
	put_sections(a, &j, c, false);
	put_texts(&j, "territoires", c->territories);
	put_texts(&j, "termes", c->terms);
	put(&j, "lieux", c->places);
	if (c->source_label.n || c->source_url.n || c->source_publisher.n || c->source_year.n) {
		json_key(&j, "source");
		json_begin_object(&j);
		put(&j, "libelle", c->source_label.n ? c->source_label : c->source_url);
		put(&j, "adresse", c->source_url);
		put(&j, "editeur", c->source_publisher);
		put_year(&j, c->source_year);
		json_end(&j);
	}
	if (c->maturity_min && c->maturity_max) {
		json_key(&j, "maturite");
		json_begin_array(&j);
		json_int(&j, c->maturity_min);
		json_int(&j, c->maturity_max);
		json_end(&j);
	}
	if (c->inspired_by) {
		json_key(&j, "inspire");
		json_int(&j, c->inspired_by);
	}
	json_end(&j);
	return buf_str(&b);
}

struct str
work_content_section(const struct work_content *c, struct str key)
{
	/* The last one holds: those aside come first. */
	for (size_t i = c->nsections; i-- > 0;)
		if (str_eq(c->sections[i].key, key))
			return c->sections[i].text;
	return STR_NONE;
}

static struct str
joined(struct arena *a, struct strs list, const char *prefix)
{
	struct buf b;
	size_t skip = strlen(prefix);

	buf_init(&b, a, 128);
	for (size_t i = 0; i < list.n; i++) {
		if (list.p[i].n < skip || memcmp(list.p[i].p, prefix, skip) != 0)
			continue;
		if (b.n)
			buf_lit(&b, ", ");
		buf_mem(&b, list.p[i].p + skip, list.p[i].n - skip);
	}
	return buf_str(&b);
}

static struct str
steps_text(struct arena *a, const struct work_content *c)
{
	struct buf b;

	buf_init(&b, a, 512);
	buf_put(&b, c->nsteps ? STR_NONE : c->steps_prose);
	for (size_t i = 0; i < c->nsteps; i++) {
		const struct sheet_step *s = &c->steps[i];
		buf_fmt(&b, "%s%zu. %.*s", i ? "\n" : "", i + 1, (int)s->title.n, s->title.p ? s->title.p : "");
		if (s->duration.n)
			buf_fmt(&b, " (%.*s)", (int)s->duration.n, s->duration.p);
		if (s->text.n)
			buf_fmt(&b, "\n%.*s", (int)s->text.n, s->text.p);
		if (s->tools.n)
			buf_fmt(&b, "\nBoîte à outils : %.*s", (int)s->tools.n, s->tools.p);
	}
	return buf_str(&b);
}

static struct str
values_text(struct arena *a, const struct work_content *c)
{
	struct buf b;

	buf_init(&b, a, 512);
	for (size_t i = 0; i < c->nvalues; i++) {
		const struct sheet_value *v = &c->values[i];
		const struct str cells[] = { v->value, v->unit, v->year, v->territory };
		if (i)
			buf_char(&b, '\n');
		buf_put(&b, v->label);
		for (size_t k = 0; k < 4; k++)
			if (cells[k].n)
				buf_fmt(&b, "%s%.*s", k ? ", " : " : ", (int)cells[k].n, cells[k].p);
	}
	return buf_str(&b);
}

const struct work_field *
work_content_fields(struct arena *a, const struct work_content *c, struct str type, size_t *ret_n)
{
	static const char *const schemes[][3] = { { "theme", "theme:", "Thèmes" },          { "pratique", "pratique:", "Pratiques" },
		                                  { "odd", "odd:", "Objectifs de développement durable" },
		                                  { "parcours", "parcours:", "Parcours" },  { "profil", "profil:", "Pour qui" },
		                                  { "dispositif", "dispositif:", "Dispositifs" } };
	struct work_field *f = arena_array(a, struct work_field, 64);
	struct sheet_section s;
	size_t n = 0;

	f[n++] = (struct work_field){ STR("type"), STR("Sorte de fiche"), c->type.n ? str_of(sheet_kind_of(c->type)->name) : STR_NONE };
	f[n++] = (struct work_field){ STR("titre"), STR("Titre"), c->title };
	f[n++] = (struct work_field){ STR("chapo"), STR("Résumé"), c->summary };
	struct str codes = joined(a, c->territories, "");
	f[n++] = (struct work_field){ STR("territoire"), STR("Territoires"),
		                      c->places.n ? arena_fmt(a, "%.*s%s%.*s", (int)codes.n, codes.p, codes.n ? ", " : "", (int)c->places.n, c->places.p)
		                                  : codes };
	for (size_t i = 0; i < sizeof(schemes) / sizeof(*schemes); i++)
		f[n++] = (struct work_field){ str_of(schemes[i][0]), str_of(schemes[i][2]), joined(a, c->terms, schemes[i][1]) };
	f[n++] = (struct work_field){ STR("source_libelle"), STR("Source"), c->source_label };
	f[n++] = (struct work_field){ STR("source_adresse"), STR("Adresse de la source"), c->source_url };
	f[n++] = (struct work_field){ STR("source_editeur"), STR("Éditeur de la source"), c->source_publisher };
	f[n++] = (struct work_field){ STR("source_annee"), STR("Année de la source"), c->source_year };
	f[n++] = (struct work_field){ STR("preuve"), STR("Niveau de preuve"), c->evidence >= 0 ? str_of(SHEET_EVIDENCE_NAMES[c->evidence]) : STR_NONE };
	f[n++] = (struct work_field){ STR("maturite"), STR("Maturité"),
		                      c->maturity_min ? arena_fmt(a, "%d à %d", c->maturity_min, c->maturity_max) : STR_NONE };
	f[n++] = (struct work_field){ STR("licence"), STR("Licence"), c->licence };
	f[n++] = (struct work_field){ STR("inspire"), STR("S’inspire de"), c->inspired_by ? arena_fmt(a, "%lld", (long long)c->inspired_by) : STR_NONE };
	for (size_t at = 0; sheet_section_at(type, &at, &s);)
		f[n++] = (struct work_field){ arena_fmt(a, "sections_%.*s", (int)s.key.n, s.key.p), s.label, work_content_section(c, s.key) };
	if (work_content_has(type, STR("etapes")))
		f[n++] = (struct work_field){ STR("sections_etapes"), STR("Les étapes"), steps_text(a, c) };
	if (work_content_has(type, STR("valeurs")))
		f[n++] = (struct work_field){ STR("sections_valeurs"), STR("Les valeurs"), values_text(a, c) };
	*ret_n = n;
	return f;
}

struct sheet
work_content_sheet(struct arena *a, const struct work_content *c, int64_t id)
{
	struct sheet s = { .id = id,
		           .type = c->type.n ? c->type : STR("methode"),
		           .title = c->title.n ? c->title : STR("Sans titre"),
		           .summary = c->summary,
		           .licence = c->licence.n ? c->licence : STR("CC-BY-SA-4.0"),
		           .language = c->language.n ? c->language : STR("fr"),
		           .state = STR("publiee"),
		           .origin = STR("source"),
		           .source_label = c->source_label.n ? c->source_label : c->source_url,
		           .source_url = c->source_url,
		           .source_publisher = c->source_publisher,
		           .maturity_min = c->maturity_min,
		           .maturity_max = c->maturity_max,
		           .evidence = c->evidence < 0 ? 0 : c->evidence };
	struct buf b;

	for (size_t i = 0; i < c->source_year.n && c->source_year.n <= 4; i++)
		s.source_year = s.source_year * 10 + (c->source_year.p[i] - '0');
	buf_init(&b, a, 4096);
	struct work_content own = *c;
	own.type = s.type;
	struct json_out j = json_out(&b);
	put_sections(a, &j, &own, true);
	s.sections_json = buf_str(&b);
	sheet_sections_read(a, &s);
	return s;
}
