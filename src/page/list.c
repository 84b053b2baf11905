#include "page/page.h"

#define SIZE_DEFAULT 20

static struct strs
all(struct req *r, const char *name)
{
	struct strs v;
	v.n = req_params(r, name, &v.p);
	return v;
}

static int64_t
number(struct str s, int64_t missing)
{
	int64_t v = 0;
	if (s.n == 0)
		return missing;
	for (size_t i = 0; i < s.n; i++)
		v = v * 10 + (s.p[i] - '0');
	return v;
}

struct list_query
list_query_of(struct req *r)
{
	struct list_query q = {
		.q = req_param(r, "q"),
		.types = all(r, "type"),
		.themes = all(r, "theme"),
		.odds = all(r, "odd"),
		.pratiques = all(r, "pratique"),
		.parcours = all(r, "parcours"),
		.profils = all(r, "profil"),
		.maturites = all(r, "maturite"),
		.dispositifs = all(r, "dispositif"),
		.espaces = all(r, "espace"),
		.territoires = all(r, "territoire"),
		.preuves = all(r, "preuve"),
		.verifie_depuis = req_param(r, "verifie_depuis"),
		.modifie_depuis = req_param(r, "modifie_depuis"),
		.lat = req_param(r, "lat"),
		.lon = req_param(r, "lon"),
		.rayon = req_param(r, "rayon"),
		.bbox = req_param(r, "bbox"),
		.tri = req_param(r, "tri"),
		.page = number(req_param(r, "page"), 1),
		.taille = number(req_param(r, "taille"), SIZE_DEFAULT),
		.apres = req_param(r, "apres"),
	};
	if (q.apres.n) {
		static const char *const idle[] = { "tri", "page" };
		for (size_t i = 0; i < 2; i++)
			if (req_param(r, idle[i]).n)
				req_notice(r, str_of(idle[i]), STR("ignore"),
				           arena_fmt(r->arena, "« %s » est sans effet avec « apres » : tout est donné par numéro.", idle[i]));
		q.tri = STR_NONE;
		q.page = 1;
	}
	if ((q.lat.n == 0) != (q.lon.n == 0) || (q.rayon.n && q.lat.n == 0 && q.territoires.n == 0))
		req_notice(r, q.lat.n == 0 ? STR("lat") : STR("lon"), STR("valeur"),
		           STR("Un point est attendu avec « rayon » : « lat » et « lon », en degrés."));
	if (q.tri.n == 0)
		q.tri = STR("pertinence");
	return q;
}

enum err
list_territory(struct req *r, struct list_query *q, struct territory *ret)
{
	*ret = (struct territory){ 0 };
	for (size_t i = 0; i < r->nnotices; i++) /* a page too deep costs no query */
		if (str_eq(r->notices[i].field, STR("page")) && str_eq(r->notices[i].code, STR("borne")))
			return err_note(ERR_BAD_INPUT, "page out of bounds");
	struct str *kept = arena_array(r->arena, struct str, q->territoires.n);
	size_t n = 0;
	for (size_t i = 0; i < q->territoires.n; i++) {
		struct str key = q->territoires.p[i];
		struct territory t;
		if (str_eq(key, STR("pays:FR"))) {
			kept[n++] = key;
			continue;
		}
		enum err e = territory_find_key(r->db, r->arena, key, &t);
		if (e == ERR_NOT_FOUND) {
			req_notice(r, STR("territoire"), STR("valeur"),
			           arena_fmt(r->arena, "Nous ne connaissons pas de territoire « %.*s ».", (int)key.n, key.p));
			continue;
		}
		if (e)
			return e;
		/* A former commune answers with the one that took it in. */
		kept[n++] = arena_fmt(r->arena, "%.*s:%.*s", (int)t.type.n, t.type.p, (int)t.code.n, t.code.p);
		if (ret->id == 0)
			*ret = t;
	}
	q->territoires = (struct strs){ kept, n };
	return ERR_NONE;
}

static const struct {
	const char *name, *legend;
	bool open, sheets_only;
} facets_shown[] = {
	{ "type", "Sorte", true, true },
	{ "territoire", "Territoire", true, false },
	{ "theme", "Thème", true, false },
	{ "preuve", "Niveau de preuve", false, true },
	{ "pratique", "Pratique de catalyse", false, false },
	{ "odd", "Objectif de développement durable", false, false },
};
#define NFACETS (sizeof(facets_shown) / sizeof(*facets_shown))

static bool
is_facet(struct str name, bool of_sheets)
{
	for (size_t i = 0; i < NFACETS; i++)
		if (str_eq(name, str_of(facets_shown[i].name)) && (of_sheets || !facets_shown[i].sheets_only))
			return true;
	return false;
}

/* Adds a value of the facet; active values come with their label into the list of active filters. */
static void
value_add(struct req *r, struct str path, struct str name, struct str value, struct str label, int64_t count,
          const char *one, const char *many, struct view_facet_value *out, struct view_link *active, size_t *nactive)
{
	bool on = link_has(r, name, value);
	struct param p = { name, value }, none = { STR_NONE, STR_NONE };
	*out = (struct view_facet_value){
		.value = value,
		.label = label,
		.odd = str_eq(name, STR("odd")) ? value : STR_NONE,
		.count = count,
		.unit = str_of(count > 1 ? many : one),
		.active = on,
		.disabled = count == 0 && !on,
		.url = on ? link_list(r, path, p, none) : (struct url){ NULL, 0 }, /* the others are the form's */
	};
	if (on)
		active[(*nactive)++] = (struct view_link){ label, out->url };
}

static struct view_facet_values
values_of(struct req *r, struct str path, const char *facet, const struct facet_counts *f, const char *one,
          const char *many, struct view_link *active, size_t *nactive)
{
	struct view_facet_value *v = arena_array(r->arena, struct view_facet_value, f->n + 8);
	struct str name = str_of(facet);
	size_t n = 0;
	if (str_eq(name, STR("type")) || str_eq(name, STR("preuve"))) {
		bool kinds = facet[0] == 't';
		for (int k = 0; k < 5; k++) {
			int level = kinds ? k : 4 - k;
			struct str code = str_of(kinds ? SHEET_KINDS[k].code : SHEET_EVIDENCE_CODES[level]);
			struct str counted = kinds ? code : arena_fmt(r->arena, "%d", level);
			int64_t count = 0;
			for (size_t i = 0; i < f->n; i++)
				if (str_eq(f->p[i].facet, name) && str_eq(f->p[i].code, counted))
					count = f->p[i].n;
			value_add(r, path, name, code, str_of(kinds ? SHEET_KINDS[k].plural : SHEET_EVIDENCE_NAMES[level]), count,
			          one, many, &v[n++], active, nactive);
		}
		return (struct view_facet_values){ v, n };
	}
	for (size_t i = 0; i < f->n; i++) {
		if (!str_eq(f->p[i].facet, name))
			continue;
		struct str label = str_eq(f->p[i].code, STR("pays:FR")) ? STR("Valables partout") : f->p[i].label;
		/* Overseas, the département asked for stands for its région of the same name. */
		bool twin = false;
		for (size_t k = 0; k < f->n && !link_has(r, name, f->p[i].code); k++)
			twin = twin || (k != i && str_eq(f->p[k].facet, name) && str_eq(f->p[k].label, f->p[i].label)
			                && link_has(r, name, f->p[k].code));
		if (twin)
			continue;
		value_add(r, path, name, f->p[i].code, label, f->p[i].n, one, many, &v[n++], active, nactive);
	}
	return (struct view_facet_values){ v, n };
}

struct view_filters
filters_of(struct req *r, const char *path, const struct facet_counts *counts, const char *unit_one, const char *unit_many,
           struct str q_label, bool of_sheets)
{
	static const struct {
		const char *value, *label;
	} sorts[] = { { "pertinence", "Ici d'abord, puis preuve" },
		      { "proximite", "Proximité" },
		      { "recent", "Modification récente" },
		      { "verifie", "Vérification récente" } };
	struct arena *a = r->arena;
	struct str where = str_of(path);
	struct view_link *active = arena_array(a, struct view_link, r->nparams + 8);
	struct view_facet *facets = arena_array(a, struct view_facet, NFACETS);
	size_t nactive = 0, nfacets = 0;
	for (size_t i = 0; i < NFACETS; i++) {
		if (facets_shown[i].sheets_only && !of_sheets)
			continue;
		size_t before = nactive;
		struct view_facet f = {
			.name = str_of(facets_shown[i].name),
			.legend = str_of(facets_shown[i].legend),
			.values = values_of(r, where, facets_shown[i].name, counts, unit_one, unit_many, active, &nactive),
		};
		f.open = facets_shown[i].open || nactive > before;
		if (str_eq(f.name, STR("territoire")))
			f.more = (struct view_link){ STR("Choisir un autre territoire"),
				                     link_fmt(a, "/pres-de-moi?choisir=1") };
		facets[nfacets++] = f;
	}
	/* What is not a facet of this list but narrows it is an active filter too, and stays in the form. */
	struct view_field *kept = arena_array(a, struct view_field, r->nparams);
	struct view_field *sort_kept = arena_array(a, struct view_field, r->nparams);
	size_t nkept = 0, nsort = 0;
	for (size_t i = 0; i < r->nparams; i++) {
		struct str name = r->params[i].name, value = r->params[i].value;
		if (str_eq(name, STR("page")) || str_eq(name, STR("apres")))
			continue;
		if (!str_eq(name, STR("tri")))
			sort_kept[nsort++] = (struct view_field){ name, value };
		if (is_facet(name, of_sheets) || str_eq(name, STR("q")))
			continue;
		kept[nkept++] = (struct view_field){ name, value };
		if (str_eq(name, STR("tri")) || str_eq(name, STR("taille")) || str_eq(name, STR("compact"))
		    || str_eq(name, STR("quoi")))
			continue;
		struct str label = value;
		for (size_t k = 0; k < counts->n; k++)
			if (str_eq(counts->p[k].facet, name) && str_eq(counts->p[k].code, value))
				label = counts->p[k].label;
		active[nactive++] = (struct view_link){ label, link_list(r, where, r->params[i], (struct param){ STR_NONE, STR_NONE }) };
	}
	struct str q = req_param(r, "q");
	if (q.n)
		active[nactive++] = (struct view_link){ arena_fmt(a, "« %.*s »", (int)q.n, q.p),
			                                link_list(r, where, (struct param){ STR("q"), STR_NONE },
			                                          (struct param){ STR_NONE, STR_NONE }) };
	struct view_option *options = arena_array(a, struct view_option, 4);
	struct str tri = req_param(r, "tri");
	for (size_t i = 0; i < 4; i++)
		options[i] = (struct view_option){ str_of(sorts[i].value), str_of(sorts[i].label),
			                           tri.n ? str_eq(tri, str_of(sorts[i].value)) : i == 0 };
	return (struct view_filters){
		.action = { path, strlen(path) },
		.summary = nactive ? arena_fmt(a, "Filtrer : %zu %s", nactive, nactive > 1 ? "filtres actifs" : "filtre actif")
		                   : STR("Filtrer"),
		.facets = { facets, nfacets },
		.kept = { kept, nkept },
		.q = q,
		.q_label = q_label,
		.active = { active, nactive },
		.clear = nactive ? (struct url){ path, strlen(path) } : (struct url){ NULL, 0 },
		.sorts = { options, of_sheets ? 4 : 0 },
		.sort_kept = { sort_kept, nsort },
	};
}

static struct url
page_link(struct req *r, struct str path, int64_t n)
{
	struct param add = { STR("page"), arena_fmt(r->arena, "%lld", (long long)n) }, none = { STR_NONE, STR_NONE };
	return n == 1 ? link_list(r, path, none, none) : link_list(r, path, none, add);
}

struct view_paging
paging_of(struct req *r, struct str path, const struct list_query *q, int64_t total)
{
	int64_t pages = (total + q->taille - 1) / q->taille;
	if (pages <= 1)
		return (struct view_paging){ 0 };
	struct view_page_link *p = arena_array(r->arena, struct view_page_link, 12);
	size_t n = 0;
	int64_t last = 0;
	for (int64_t i = 1; i <= pages && n < 12; i++) {
		if (i != 1 && i != pages && (i < q->page - 2 || i > q->page + 2))
			continue;
		if (i > last + 1 && last)
			p[n++] = (struct view_page_link){ .label = STR("…"), .gap = true };
		p[n++] = (struct view_page_link){ arena_fmt(r->arena, "%lld", (long long)i),
			                          i == q->page ? (struct url){ NULL, 0 } : page_link(r, path, i), i == q->page,
			                          false };
		last = i;
	}
	return (struct view_paging){
		.label = arena_fmt(r->arena, "Page %lld sur %lld", (long long)q->page, (long long)pages),
		.prev = q->page > 1 && q->page <= pages ? page_link(r, path, q->page - 1) : (struct url){ NULL, 0 },
		.next = q->page < pages ? page_link(r, path, q->page + 1) : (struct url){ NULL, 0 },
		.pages = { p, n },
	};
}

int64_t
found_as_asked(const struct facet_counts *f)
{
	return f->search.instead.n && f->search.instead.p[0] == '~' ? 0 : f->total;
}

struct view_instead
instead_of(struct req *r, struct str path, const struct search_note *n)
{
	struct arena *a = r->arena;
	struct str q = n->instead;
	if (q.n == 0)
		return (struct view_instead){ 0 };
	bool most = q.p[0] == '~';
	if (most)
		q = (struct str){ q.p + 2, q.n - 2 };
	struct param typed = { STR("q"), STR_NONE };
	struct param exact = { STR("q"), arena_fmt(a, "\"%.*s\"", (int)n->asked.n, n->asked.p) };
	bool other = !str_eq(n->reason, STR("large"));
	return (struct view_instead){
		.text = other ? arena_fmt(a, "Rien pour « %.*s ». Voici ce que donne « %.*s »%s.", (int)n->asked.n, n->asked.p, (int)q.n,
		                          q.p, most ? ", sans exiger tous les mots" : "")
		              : STR("Rien ne réunit tous ces mots. Voici ce qui en réunit la plupart."),
		.exact = other ? (struct view_link){ arena_fmt(a, "Chercher exactement « %.*s »", (int)n->asked.n, n->asked.p),
		                                     link_list(r, path, typed, exact) }
		               : (struct view_link){ STR_NONE, { NULL, 0 } },
	};
}
