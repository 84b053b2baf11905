#include "page/page.h"

#include "text/date.h"

/* Of a facet with more values than this, those that count for nothing are folded. */
#define LONG_FACET 8

static const struct {
	const char *name, *legend;
	bool open, sheets_only;
} facets_shown[] = {
	{ "type", "Sorte", true, true },
	{ "territoire", "Territoire", true, false },
	{ "theme", "Thème", true, false },
	{ "preuve", "Niveau de preuve", true, true },
	{ "pratique", "Pratique de catalyse", false, false },
	{ "profil", "Pour qui", false, true },
	{ "parcours", "Parcours", false, true },
	{ "maturite", "Où en est votre projet", false, true },
	{ "odd", "Objectif de développement durable", false, false },
	{ "dispositif", "Dispositif", false, true },
	{ "espace", "Espace", false, true },
};
#define NFACETS (sizeof(facets_shown) / sizeof(*facets_shown))

/* What narrows no list: how it is shown. */
static const char *const not_filters[] = { "tri", "taille", "compact", "quoi", "page", "apres", "lat", "lon" };

static bool
among(struct str name, const char *const *list, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq(name, str_of(list[i])))
			return true;
	return false;
}

struct str
filters_legend(struct str facet)
{
	for (size_t i = 0; i < NFACETS; i++)
		if (str_eq(facet, str_of(facets_shown[i].name)))
			return str_of(facets_shown[i].legend);
	return STR_NONE;
}

static bool
is_facet(struct str name, bool of_sheets)
{
	for (size_t i = 0; i < NFACETS; i++)
		if (str_eq(name, str_of(facets_shown[i].name)) && (of_sheets || !facets_shown[i].sheets_only))
			return true;
	return false;
}

/* A filter of sheets says nothing of catalysts. */
static bool
is_idle(struct str name, bool of_sheets)
{
	static const char *const of_sheets_only[] = { "type", "preuve", "profil", "parcours", "maturite", "dispositif", "espace",
		                                      "verifie_depuis", "modifie_depuis" };
	return among(name, not_filters, sizeof(not_filters) / sizeof(*not_filters)) ||
	       (!of_sheets && among(name, of_sheets_only, sizeof(of_sheets_only) / sizeof(*of_sheets_only)));
}

bool
filters_nested(const struct req *r)
{
	size_t n = 0;
	for (size_t i = 0; i < r->nparams; i++)
		n += !is_idle(r->params[i].name, true);
	return n > 1;
}

static struct view_facet_value
value_of(struct req *r, struct str name, struct str value, struct str label, int64_t count)
{
	bool on = link_has(r, name, value);
	return (struct view_facet_value){
		.name = name,
		.value = value,
		.label = label,
		.odd = str_eq(name, STR("odd")) ? value : STR_NONE,
		.count = count,
		.active = on,
		.disabled = count == 0 && !on,
	};
}

/* Value and label as the page has them. */
static struct view_facet_value
counted(struct req *r, const struct facet_count *f, bool of_sheets)
{
	struct str value = f->code, label = f->label;
	if (str_eq(f->facet, STR("type"))) {
		label = str_of(sheet_kind_of(value)->plural);
	} else if (str_eq(f->facet, STR("preuve"))) {
		int level = value.p[0] - '0';
		value = str_of(SHEET_EVIDENCE_CODES[level]);
		label = str_of(SHEET_EVIDENCE_NAMES[level]);
	} else if (str_eq(value, STR("pays:FR"))) {
		label = of_sheets ? STR("Valables partout") : STR("Partout en France");
	} else if (f->parent.n) {
		struct str code = { value.p + strlen("departement:"), value.n - strlen("departement:") };
		label = arena_fmt(r->arena, "%.*s (%.*s)", (int)label.n, label.p, (int)code.n, code.p);
	}
	struct view_facet_value v = value_of(r, f->facet, value, label, f->n);
	v.child = f->parent.n > 0;
	v.some = f->about && f->n == 0;
	v.about = f->about && f->n > 0;
	v.disabled = v.disabled && !v.some;
	return v;
}

static bool
starts(struct str s, const char *with)
{
	size_t n = strlen(with);
	return s.n >= n && memcmp(s.p, with, n) == 0;
}

/* The counts of one facet: they stand together. */
static struct facet_counts
counts_of(const struct facet_counts *f, struct str name)
{
	size_t from = 0, to = 0;
	while (from < f->n && !str_eq(f->p[from].facet, name))
		from++;
	for (to = from; to < f->n && str_eq(f->p[to].facet, name);)
		to++;
	return (struct facet_counts){ .p = f->p + from, .n = to - from };
}

/* Overseas, the département asked for stands for its région of the same name. */
static bool
has_twin(struct req *r, const struct facet_counts *f, const struct facet_count *x)
{
	if (!starts(x->code, "region:") || link_has(r, x->facet, x->code))
		return false;
	for (size_t k = 0; k < f->n; k++)
		if (str_eq(f->p[k].parent, x->code) && str_eq(f->p[k].label, x->label) && link_has(r, x->facet, f->p[k].code))
			return true;
	return false;
}

/* What is asked for first, with the départements of its région; then the places of the whole list, eight when nothing is asked. */
static void
places_fill(struct req *r, const struct facet_counts *counts, bool of_sheets, struct view_facet *ret)
{
	const struct facet_counts places = counts_of(counts, ret->name), *f = &places;
	struct view_facet_value *shown = arena_array(r->arena, struct view_facet_value, f->n);
	struct view_facet_value *rest = arena_array(r->arena, struct view_facet_value, f->n);
	size_t n = 0, nrest = 0;
	bool asked = req_param(r, "territoire").n > 0;
	for (int pass = 0; pass < 2; pass++)
		for (size_t i = 0; i < f->n; i++) {
			const struct facet_count *x = &f->p[i];
			bool alone = false; /* its région is not on the page: it stands for it */
			for (size_t k = 0; x->parent.n && k < f->n; k++)
				alone = alone || (str_eq(f->p[k].code, x->parent) && has_twin(r, f, &f->p[k]));
			if ((x->parent.n && !alone) || has_twin(r, f, x))
				continue;
			struct view_facet_value v = counted(r, x, of_sheets);
			v.child = false;
			size_t children = 0;
			for (size_t k = 0; k < f->n; k++)
				children += str_eq(f->p[k].parent, x->code);
			bool first = v.active || children;
			if (first != (pass == 0))
				continue;
			if (first || str_eq(x->code, STR("pays:FR")) || (!asked && n < LONG_FACET && !v.disabled))
				shown[n++] = v;
			else
				rest[nrest++] = v;
			for (size_t k = 0; children && k < f->n; k++)
				if (str_eq(f->p[k].parent, x->code))
					shown[n++] = counted(r, &f->p[k], of_sheets);
		}
	ret->values = (struct view_facet_values){ shown, n };
	ret->rest = (struct view_facet_values){ rest, nrest };
	if (nrest)
		ret->rest_label = asked ? STR("Ailleurs") : STR("Tous les territoires");
}

static void
facet_fill(struct req *r, const struct facet_counts *counts, const char *one, bool of_sheets, struct view_facet *ret)
{
	const struct facet_counts f = counts_of(counts, ret->name);
	struct view_facet_value *shown = arena_array(r->arena, struct view_facet_value, f.n);
	struct view_facet_value *rest = arena_array(r->arena, struct view_facet_value, f.n);
	size_t n = 0, nrest = 0;
	for (size_t i = 0; i < f.n; i++) {
		struct view_facet_value v = counted(r, &f.p[i], of_sheets);
		if (v.disabled && f.n > LONG_FACET)
			rest[nrest++] = v;
		else
			shown[n++] = v;
	}
	ret->values = (struct view_facet_values){ shown, n };
	ret->rest = (struct view_facet_values){ rest, nrest };
	if (nrest)
		ret->rest_label = arena_fmt(r->arena, "%zu sans %s", nrest, one);
}

/* What an active filter is called; empty for one that the list does not heed. */
static struct str
label_of(struct req *r, const struct facet_counts *f, struct param p, bool of_sheets)
{
	struct arena *a = r->arena;
	if (is_idle(p.name, of_sheets))
		return STR_NONE;
	for (size_t i = 0; i < f->n; i++) {
		if (!str_eq(f->p[i].facet, p.name))
			continue;
		struct view_facet_value v = counted(r, &f->p[i], of_sheets);
		if (str_eq(v.value, p.value))
			return v.odd.n ? arena_fmt(a, "ODD %.*s : %.*s", (int)v.odd.n, v.odd.p, (int)v.label.n, v.label.p) : v.label;
	}
	if (str_eq(p.name, STR("q")))
		return arena_fmt(a, "« %.*s »", (int)p.value.n, p.value.p);
	if (str_eq(p.name, STR("verifie_depuis")) || str_eq(p.name, STR("modifie_depuis"))) {
		struct str day = date_long(a, p.value);
		return arena_fmt(a, "%s depuis le %.*s", p.name.p[0] == 'v' ? "Vérifiées" : "Modifiées", (int)day.n, day.p);
	}
	if (str_eq(p.name, STR("rayon")))
		return arena_fmt(a, "À moins de %.*s km", (int)p.value.n, p.value.p);
	if (str_eq(p.name, STR("bbox")))
		return STR("Dans le cadre de la carte");
	return p.value;
}

/* The request without one of its values; those it was asked with by other means (a distance needs its point) go with it. */
static struct req
without(struct req *r, struct param p)
{
	bool around = str_eq(p.name, STR("rayon"));
	struct param *kept = arena_array(r->arena, struct param, r->nparams);
	struct req other = *r;
	other.params = kept;
	other.nparams = 0;
	for (size_t i = 0; i < r->nparams; i++) {
		struct param x = r->params[i];
		if (!(str_eq(x.name, p.name) && str_eq(x.value, p.value)) && !(around && (str_eq(x.name, STR("lat")) || str_eq(x.name, STR("lon")))))
			kept[other.nparams++] = x;
	}
	return other;
}

static struct url
url_without(struct req *r, struct str path, struct param p)
{
	struct param none = { STR_NONE, STR_NONE };
	struct req other = without(r, p);
	return link_list(&other, path, none, none);
}

static struct view_links
active_of(struct req *r, struct str path, const struct facet_counts *f, bool of_sheets)
{
	struct view_link *active = arena_array(r->arena, struct view_link, r->nparams);
	size_t n = 0;
	for (size_t i = 0; i < r->nparams; i++) {
		struct str label = label_of(r, f, r->params[i], of_sheets);
		if (label.n)
			active[n++] = (struct view_link){ label, url_without(r, path, r->params[i]) };
	}
	return (struct view_links){ active, n };
}

static struct view_options
sorts_of(struct req *r, bool of_sheets)
{
	static const struct {
		const char *value, *label;
		bool sheets_only, near;
	} sorts[] = { { "pertinence", "Pertinence", false, false },
		      { "proximite", "Proximité", false, true },
		      { "recent", "Modification récente", true, false },
		      { "verifie", "Vérification récente", false, false } };
	struct view_option *options = arena_array(r->arena, struct view_option, 4);
	struct str tri = req_param(r, "tri");
	bool somewhere = req_param(r, "territoire").n || req_param(r, "lat").n;
	size_t n = 0;
	for (size_t i = 0; i < 4; i++) {
		bool on = tri.n ? str_eq(tri, str_of(sorts[i].value)) : i == 0;
		if (on || !((sorts[i].sheets_only && !of_sheets) || (sorts[i].near && !somewhere)))
			options[n++] = (struct view_option){ str_of(sorts[i].value), str_of(sorts[i].label), on };
	}
	return (struct view_options){ options, n };
}

/* docs/design/classement.md in a sentence or two. */
static struct str
order_of(struct req *r, bool of_sheets)
{
	struct str tri = req_param(r, "tri");
	bool place = req_param(r, "territoire").n > 0, words = req_param(r, "q").n > 0;
	if (str_eq(tri, STR("proximite")))
		return STR("Du plus proche au plus lointain, à vol d'oiseau. Ce qui n'a pas de lieu précis vient à la fin.");
	if (str_eq(tri, STR("recent")))
		return of_sheets ? STR("De la dernière fiche modifiée à la plus ancienne.") : STR("De la dernière vérification à la plus ancienne.");
	if (str_eq(tri, STR("verifie")))
		return STR("De la dernière vérification à la plus ancienne. Ce qui n'a pas encore été vérifié vient à la fin.");
	if (!of_sheets)
		return words ? STR("D'abord les noms qui contiennent vos mots, puis les autres réponses. À égalité : qui intervient sur le territoire, "
		                   "qui y est installé, qui est à côté, qui travaille partout ; puis la distance, puis le nom.")
		             : STR("D'abord qui intervient sur le territoire choisi, puis qui y est installé, qui est à côté, qui travaille partout ; "
		                   "puis la distance, puis le nom.");
	struct str first = words ? STR("D'abord les fiches dont le titre contient vos mots, puis celles qui en parlent dans leur résumé, leurs thèmes "
	                               "ou leurs acteurs, puis dans leur texte. À égalité : ")
	                         : STR("D'abord ");
	struct str then = place ? STR("ce qui porte sur le territoire choisi, puis ce qui vient d'un lieu qu'il contient, puis des territoires qui "
	                               "l'entourent, puis ") : STR_NONE;
	return arena_fmt(r->arena, "%.*s%.*sle meilleur niveau de preuve, puis la vérification la plus récente. Une même structure n'occupe jamais plus "
	                           "de trois des dix premières places, sauf s'il n'y a rien d'autre.",
	                 (int)first.n, first.p, (int)then.n, then.p);
}

struct view_filters
filters_of(struct req *r, const char *path, const struct facet_counts *counts, const char *unit_one, const char *unit_many,
           struct str q_label, bool of_sheets)
{
	struct arena *a = r->arena;
	struct view_facet *facets = arena_array(a, struct view_facet, NFACETS);
	size_t nfacets = 0;
	for (size_t i = 0; i < NFACETS; i++) {
		if (facets_shown[i].sheets_only && !of_sheets)
			continue;
		struct view_facet f = { .name = str_of(facets_shown[i].name), .legend = str_of(facets_shown[i].legend) };
		if (str_eq(f.name, STR("territoire"))) {
			places_fill(r, counts, of_sheets, &f);
			f.more = (struct view_link){ STR("Choisir un autre territoire"), link_fmt(a, "/pres-de-moi?choisir=1") };
		} else {
			facet_fill(r, counts, unit_one, of_sheets, &f);
		}
		f.open = facets_shown[i].open || req_param(r, facets_shown[i].name).n > 0;
		facets[nfacets++] = f;
	}
	/* What is not a facet of this list stays in its forms. */
	struct view_field *kept = arena_array(a, struct view_field, r->nparams);
	struct view_field *sort_kept = arena_array(a, struct view_field, r->nparams);
	size_t nkept = 0, nsort = 0;
	for (size_t i = 0; i < r->nparams; i++) {
		struct str name = r->params[i].name, value = r->params[i].value;
		if (str_eq(name, STR("page")) || str_eq(name, STR("apres")))
			continue;
		if (!str_eq(name, STR("tri")))
			sort_kept[nsort++] = (struct view_field){ name, value };
		if (!is_facet(name, of_sheets) && !str_eq(name, STR("q")))
			kept[nkept++] = (struct view_field){ name, value };
	}
	struct view_links active = active_of(r, str_of(path), counts, of_sheets);
	return (struct view_filters){
		.action = { path, strlen(path) },
		.summary = active.n ? arena_fmt(a, "Filtrer : %zu %s", active.n, active.n > 1 ? "filtres actifs" : "filtre actif")
		                    : STR("Filtrer"),
		.facets = { facets, nfacets },
		.unit = str_of(unit_many),
		.kept = { kept, nkept },
		.q = req_param(r, "q"),
		.q_label = q_label,
		.active = active,
		.clear = active.n ? (struct url){ path, strlen(path) } : (struct url){ NULL, 0 },
		.sorts = counts->total > 1 ? sorts_of(r, of_sheets) : (struct view_options){ 0 },
		.sort_kept = { sort_kept, nsort },
		.order = counts->total > 1 ? order_of(r, of_sheets) : STR_NONE,
		.nofollow = filters_nested(r),
	};
}

/* What the list would have more of in a place that contains the one asked for; empty when nothing, or when nobody counted. */
static struct str
more_in(struct req *r, bool of_sheets, bool filtered, const struct facet_counts *counts, const struct territory_ref *t)
{
	struct arena *a = r->arena;
	struct str code = arena_fmt(a, "%.*s:%.*s", (int)t->type.n, t->type.p, (int)t->code.n, t->code.p);
	int64_t n = filtered ? 0 : of_sheets ? t->sheets : t->catalysts;
	bool about = false;
	for (size_t i = 0; i < counts->n; i++)
		if (str_eq(counts->p[i].facet, STR("territoire")) && str_eq(counts->p[i].code, code)) {
			n = counts->p[i].n - counts->total;
			about = counts->p[i].about;
		}
	if (n <= 0)
		return STR_NONE;
	bool some = counts->total > 0;
	struct str s = of_sheets ? words_count(a, n, some ? "fiche de plus" : "fiche", some ? "fiches de plus" : "fiches")
	                         : words_count(a, n, some ? "acteur de plus" : "acteur connu", some ? "acteurs de plus" : "acteurs connus");
	return about ? arena_fmt(a, "environ %.*s", (int)s.n, s.p) : s;
}

/* Whether the list of that request has something, its words read as those of the page were. */
static enum err
has_some(struct req *r, const struct facet_counts *counts, search_total *total, bool *ret)
{
	struct list_query q = list_query_of(r);
	int64_t n = 0;
	if (q.q.n && (counts->search.instead.n || counts->search.wider.n))
		q.q = counts->search.instead.n ? counts->search.instead : counts->search.wider;
	q.page = 1;
	q.taille = 1;
	q.apres = STR_NONE;
	enum err e = total(r->db, r->arena, &q, &n);
	*ret = n > 0;
	return e;
}

enum err
filters_offers(struct req *r, bool of_sheets, const struct view_links *active, const struct facet_counts *counts, search_total *total,
               const struct territory_refs *around, struct view_link all, struct view_links *ret)
{
	enum { SHOWN = 2, TRIED = 4 };
	struct arena *a = r->arena;
	struct str path = of_sheets ? STR("/fiches") : STR("/catalyseurs");
	struct view_link *offers = arena_array(a, struct view_link, around->n + SHOWN + 2);
	size_t n = 0, wider = 0, tried = 0;
	bool some = false;
	enum err e;
	for (size_t i = r->nparams; active->n > 1 && i > 0 && n < SHOWN && tried < TRIED; i--) {
		struct param p = r->params[i - 1];
		struct str label = label_of(r, counts, p, of_sheets);
		if (!label.n)
			continue;
		struct req less = without(r, p);
		tried++;
		if ((e = has_some(&less, counts, total, &some)))
			return e;
		if (some)
			offers[n++] = (struct view_link){ arena_fmt(a, starts(label, "«") ? "Sans les mots %.*s" : "Sans le filtre « %.*s »", (int)label.n, label.p),
				                          url_without(r, path, p) };
	}
	if (n == 0 && active->n > 2 && req_param(r, "q").n) { /* no filter alone is the reason */
		struct param q = { STR("q"), req_param(r, "q") };
		struct req words = *r;
		words.params = &q;
		words.nparams = 1;
		if ((e = has_some(&words, counts, total, &some)))
			return e;
		if (some)
			offers[n++] = (struct view_link){ STR("Ces mots, sans aucun filtre"), link_list(&words, path, (struct param){ STR_NONE, STR_NONE }, (struct param){ STR_NONE, STR_NONE }) };
	}
	struct param *kept = arena_array(a, struct param, r->nparams);
	struct req other = *r;
	other.params = kept;
	other.nparams = 0;
	for (size_t i = 0; i < r->nparams; i++)
		if (!str_eq(r->params[i].name, STR("territoire")))
			kept[other.nparams++] = r->params[i];
	for (size_t i = 0; i < around->n && wider < 2; i++) {
		const struct territory_ref *t = &around->p[i];
		if (!str_eq(t->part, STR("parent")) || str_eq(t->type, STR("pays")))
			continue;
		bool again = false; /* a région overseas is its département */
		for (size_t k = 0; k < i; k++)
			again |= str_eq(around->p[k].part, STR("parent")) && str_eq(around->p[k].name, t->name);
		struct str more = again ? STR_NONE : more_in(r, of_sheets, active->n > 1, counts, t);
		if (more.n == 0)
			continue;
		wider++;
		offers[n++] = (struct view_link){ arena_fmt(a, "Chercher plus large : %.*s, %.*s", (int)t->name.n, t->name.p, (int)more.n, more.p),
			                          link_list(&other, path, (struct param){ STR_NONE, STR_NONE },
			                                    (struct param){ STR("territoire"), arena_fmt(a, "%.*s:%.*s", (int)t->type.n,
			                                                                                 t->type.p, (int)t->code.n, t->code.p) }) };
	}
	offers[n++] = all;
	*ret = (struct view_links){ offers, n };
	return ERR_NONE;
}

int64_t
filters_national(const struct facet_counts *f)
{
	for (size_t i = 0; i < f->n; i++)
		if (str_eq(f->p[i].facet, STR("territoire")) && str_eq(f->p[i].code, STR("pays:FR")))
			return f->p[i].n;
	return 0;
}

struct str
filters_total(struct arena *a, const struct facet_counts *f, const char *one, const char *many)
{
	struct str count = words_count(a, f->total, one, many);
	return f->about ? arena_fmt(a, "environ %.*s", (int)count.n, count.p) : count;
}
