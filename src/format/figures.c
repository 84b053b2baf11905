#include "format/figures.h"
#include "format/uri.h"
#include "text/csv.h"
#include "text/figure_csv.h"

#include <math.h>

struct str
uri_indicator(struct arena *a, struct str base, struct str code)
{
	return arena_fmt(a, "%.*s/observatoire/%.*s", (int)base.n, base.p, (int)code.n, code.p);
}

static struct str
place_key(struct arena *a, const struct figure *f)
{
	return arena_fmt(a, "%.*s:%.*s", (int)f->place.type.n, f->place.type.p, (int)f->place.code.n, f->place.code.p);
}

/* Whole when it is; else as many decimals as it has, six at most. */
static void
cell_number(struct csv_out *o, double v, bool known)
{
	int decimals = 0;

	if (!known) {
		csv_cell(o, STR_NONE);
		return;
	}
	for (double x = fabs(v); decimals < 6 && fabs(x - round(x)) > 1e-9 * (x > 1 ? x : 1); x *= 10)
		decimals++;
	csv_cell_real(o, v, decimals);
}

static void
cell_count(struct csv_out *o, int64_t n)
{
	if (n < 0)
		csv_cell(o, STR_NONE);
	else
		csv_cell_int(o, n);
}

/* Titles of the computed columns come after those that are read. */
static void
titles(struct csv_out *o)
{
	for (enum figure_column c = 0; c < FC_COLUMNS; c++)
		csv_cell(o, str_of(figure_csv_title(c)));
	csv_cell(o, STR("territoire_nom"));
	csv_cell(o, STR("uri"));
	csv_end_row(o);
}

static void
row(struct csv_out *o, struct req *r, const struct indicator *i, const struct figure *f)
{
	struct arena *a = r->arena;
	const struct str told[] = { i->code, i->label, i->topic, i->definition, i->unit, i->unit_label, i->question, i->asked, i->method, i->limits, i->reading, i->producer };

	for (size_t k = 0; k < sizeof(told) / sizeof(*told); k++)
		csv_cell(o, told[k]);
	csv_cell_int(o, i->position);
	csv_cell(o, i->origin);
	csv_cell(o, i->terms);
	csv_cell(o, i->sheets);
	if (!f) {
		for (size_t k = FC_PLACE; k < FC_COLUMNS + 1; k++)
			csv_cell(o, STR_NONE);
	} else {
		csv_cell(o, place_key(a, f));
		csv_cell(o, f->year_from ? figure_year_words(a, f) : STR("non précisée"));
		csv_cell(o, f->population);
		csv_cell(o, f->answer);
		cell_number(o, f->value, true);
		cell_number(o, f->low, f->has_low);
		cell_number(o, f->high, f->has_high);
		cell_count(o, f->numerator);
		cell_count(o, f->denominator);
		cell_count(o, f->sample);
		csv_cell(o, f->source_label);
		csv_cell(o, f->source_url);
		csv_cell(o, f->publisher);
		csv_cell(o, f->licence);
		csv_cell(o, f->note);
		csv_cell(o, f->reported);
		csv_cell_int(o, f->rank);
		csv_cell(o, f->place.name);
	}
	csv_cell(o, uri_indicator(a, r->base, i->code));
	csv_end_row(o);
}

void
figures_csv(struct req *r, struct buf *b, const struct indicators *i, const struct figures *f)
{
	struct csv_out o = { .b = b, .separator = ';' };

	titles(&o);
	for (size_t k = 0; k < i->n; k++) {
		bool any = false;
		for (size_t m = 0; m < f->n; m++)
			if (str_eq(f->p[m].indicator, i->p[k].code)) {
				row(&o, r, &i->p[k], &f->p[m]);
				any = true;
			}
		if (!any)
			row(&o, r, &i->p[k], NULL);
	}
}

static void
pair(struct json_out *j, const char *key, struct str v)
{
	json_key(j, key);
	json_str_or_null(j, v);
}

static void
number(struct json_out *j, const char *key, double v, bool known)
{
	json_key(j, key);
	if (known)
		json_real(j, v);
	else
		json_null(j);
}

static void
count(struct json_out *j, const char *key, int64_t n)
{
	json_key(j, key);
	if (n < 0)
		json_null(j);
	else
		json_int(j, n);
}

static void
list(struct json_out *j, const char *key, struct str s)
{
	struct str item;

	json_key(j, key);
	json_begin_array(j);
	while (figure_item(&s, &item))
		json_str(j, item);
	json_end(j);
}

void
figures_json_figure(struct json_out *j, struct req *r, const struct figure *f)
{
	struct arena *a = r->arena;

	json_begin_object(j);
	json_key(j, "id"), json_int(j, f->id);
	pair(j, "indicateur", f->indicator);
	pair(j, "libelle", f->label);
	json_key(j, "territoire"), json_begin_object(j);
	pair(j, "type", f->place.type);
	pair(j, "code", f->place.code);
	pair(j, "nom", f->place.name);
	json_end(j);
	pair(j, "population", f->population);
	pair(j, "reponse", f->answer);
	number(j, "valeur", f->value, true);
	pair(j, "unite", f->unit);
	pair(j, "en_clair", figure_value_words(a, f->value, f->unit));
	number(j, "borne_basse", f->low, f->has_low);
	number(j, "borne_haute", f->high, f->has_high);
	count(j, "annee_debut", f->year_from ? f->year_from : -1);
	count(j, "annee_fin", f->year_to ? f->year_to : -1);
	pair(j, "annee", figure_year_words(a, f));
	pair(j, "publie_le", f->reported);
	count(j, "numerateur", f->numerator);
	count(j, "denominateur", f->denominator);
	count(j, "effectif", f->sample);
	json_key(j, "source"), json_begin_object(j);
	pair(j, "libelle", f->source_label);
	pair(j, "url", f->source_url);
	pair(j, "editeur", f->publisher);
	json_end(j);
	pair(j, "licence", f->licence);
	pair(j, "note", f->note);
	pair(j, "modifie_le", f->modified_at);
	json_end(j);
}

void
figures_json_indicator(struct json_out *j, struct req *r, const struct indicator *i, const struct figures *f)
{
	json_begin_object(j);
	pair(j, "code", i->code);
	json_key(j, "uri"), json_str(j, uri_indicator(r->arena, r->base, i->code));
	pair(j, "libelle", i->label);
	pair(j, "rubrique", i->topic);
	pair(j, "definition", i->definition);
	pair(j, "unite", i->unit);
	pair(j, "unite_libelle", i->unit_label);
	pair(j, "question", i->question);
	pair(j, "population_interrogee", i->asked);
	pair(j, "methode", i->method);
	pair(j, "limites", i->limits);
	pair(j, "lecture", i->reading);
	pair(j, "producteur", i->producer);
	pair(j, "origine", i->origin);
	list(j, "termes", i->terms);
	list(j, "fiches", i->sheets);
	pair(j, "modifie_le", i->modified_at);
	json_key(j, "chiffres"), json_begin_array(j);
	for (size_t k = 0; k < f->n; k++)
		if (str_eq(f->p[k].indicator, i->code))
			figures_json_figure(j, r, &f->p[k]);
	json_end(j);
	json_end(j);
}

static void
download(struct json_out *j, struct arena *a, struct str page, const char *suffix, const char *type)
{
	json_begin_object(j);
	jsonld_type(j, "DataDownload");
	jsonld_pair(j, "contentUrl", arena_fmt(a, "%.*s.%s", (int)page.n, page.p, suffix));
	jsonld_pair(j, "encodingFormat", str_of(type));
	json_end(j);
}

void
figures_jsonld(const struct jsonld *d, struct buf *b, const struct indicators *i, const struct figures *f)
{
	struct arena *a = d->r->arena;
	struct str base = d->r->base;
	bool one = i->n == 1;
	struct str page = one ? uri_indicator(a, base, i->p[0].code) : arena_fmt(a, "%.*s/observatoire", (int)base.n, base.p);
	struct str id = arena_fmt(a, "%.*s#donnees", (int)page.n, page.p);
	struct json_out j = json_out(b);
	int64_t from = 0, to = 0;

	for (size_t k = 0; k < f->n; k++) {
		if (f->p[k].year_from && (from == 0 || f->p[k].year_from < from))
			from = f->p[k].year_from;
		if (f->p[k].year_to > to)
			to = f->p[k].year_to;
	}
	jsonld_begin(d, &j, one ? "ItemPage" : "CollectionPage", page);
	jsonld_page_end(&j, id);
	json_begin_object(&j);
	jsonld_pair(&j, "@id", id);
	jsonld_type(&j, "Dataset");
	jsonld_pair(&j, "url", page);
	jsonld_pair(&j, "name", one ? i->p[0].label : d->title);
	jsonld_pair(&j, "description", one ? i->p[0].definition : STR("Chiffres publiés sur les alliances de territoire : question, public interrogé, territoire, année, source."));
	jsonld_pair(&j, "inLanguage", STR("fr"));
	json_key(&j, "isAccessibleForFree"), json_bool(&j, true);
	if (one) {
		jsonld_pair(&j, "measurementTechnique", i->p[0].method);
		jsonld_organisation(&j, "creator", "Organization", i->p[0].producer);
		jsonld_pair(&j, "dateModified", i->p[0].modified_at);
	}
	jsonld_organisation(&j, "publisher", "Organization", d->publisher);
	if (from)
		jsonld_pair(&j, "temporalCoverage", from == to ? arena_fmt(a, "%lld", (long long)from) : arena_fmt(a, "%lld/%lld", (long long)from, (long long)to));
	json_key(&j, "variableMeasured"), json_begin_array(&j);
	for (size_t k = 0; k < i->n; k++) {
		json_begin_object(&j);
		jsonld_type(&j, "PropertyValue");
		jsonld_pair(&j, "name", i->p[k].label);
		jsonld_pair(&j, "description", i->p[k].question);
		jsonld_pair(&j, "unitText", i->p[k].unit);
		json_end(&j);
	}
	json_end(&j);
	json_key(&j, "spatialCoverage"), json_begin_array(&j);
	for (size_t k = 0; k < f->n; k++) {
		bool before = false;
		for (size_t m = 0; m < k && !before; m++)
			before = str_eq(f->p[m].place.type, f->p[k].place.type) && str_eq(f->p[m].place.code, f->p[k].place.code);
		if (!before)
			jsonld_place(d, &j, &f->p[k].place);
	}
	json_end(&j);
	json_key(&j, "isBasedOn"), json_begin_array(&j);
	for (size_t k = 0; k < f->n; k++) {
		bool before = f->p[k].source_url.n == 0;
		for (size_t m = 0; m < k && !before; m++)
			before = str_eq(f->p[m].source_url, f->p[k].source_url);
		if (!before)
			json_str(&j, f->p[k].source_url);
	}
	json_end(&j);
	json_key(&j, "distribution"), json_begin_array(&j);
	download(&j, a, page, "csv", "text/csv");
	download(&j, a, page, "json", "application/json");
	json_end(&j);
	json_end(&j);
	jsonld_end(&j);
}
