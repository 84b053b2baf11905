#include "format/json_list.h"
#include "format/jsonld.h"
#include "format/listing.h"
#include "gen/tpl.h"
#include "model/search.h"
#include "model/search_miss.h"
#include "page/alert_query.h"

#define NEAR_MAX 5

static enum err
answer_json(struct req *r, struct resp *w, const struct list_query *q, const struct paging *p, const struct territory *t,
            const struct sheet_list *list, const struct sheet_list *near)
{
	struct json_out j = json_out(&w->body);
	paging_headers(r, w, p, facet_counts_exact(&list->facets));
	json_begin_object(&j);
	json_list_head(&j, r, q, p, &list->facets, t);
	json_key(&j, "elements");
	json_begin_array(&j);
	for (size_t i = 0; i < list->n; i++)
		json_sheet_card(&j, r->arena, r->base, &list->p[i]);
	json_end(&j);
	if (near->n) {
		json_key(&j, "proches");
		json_begin_array(&j);
		for (size_t i = 0; i < near->n; i++)
			json_sheet_card(&j, r->arena, r->base, &near->p[i]);
		json_end(&j);
	}
	json_end(&j);
	return ERR_NONE;
}

static enum err
answer_data(struct req *r, struct resp *w, const struct list_query *q, const struct territory *t, const struct sheet_list *list,
            const struct sheet_list *near, struct str title, const struct view_links *trail)
{
	struct paging p = paging_links(r, q, &list->facets);
	struct str publisher = site_of(r)->editor;
	if (r->format == FORMAT_JSON)
		return answer_json(r, w, q, &p, t, list, near);
	if (r->format == FORMAT_JSONLD) {
		struct jsonld d = { r, title, publisher, trail };
		paging_headers(r, w, &p, facet_counts_exact(&list->facets));
		jsonld_sheets(&d, &w->body, &p, facet_counts_exact(&list->facets), list->p, list->n);
	} else {
		struct str widened = instead_of(r, STR("/fiches"), &list->facets.search).text;
		struct listing l = { r, title, publisher, facet_counts_exact(&list->facets), &p, { NULL, 0 }, widened };
		enum err e = r->format == FORMAT_ATOM ? record_gone(r->db, r->arena, &l.gone) : ERR_NONE;
		if (e)
			return e;
		listing_sheets(&l, w, list->p, list->n);
	}
	return ERR_NONE;
}

static void
groups_of(struct arena *a, const struct territory *t, const struct sheet_list *list, const struct sheet_list *near, struct view_sheets *v)
{
	struct view_sheet_group *g = arena_array(a, struct view_sheet_group, 3);
	size_t here = 0;
	while (here < list->n && list->p[here].here)
		here++;
	size_t n = 0, again = here;
	while (again < list->n && !list->p[again].here)
		again++;
	/* Words, or a structure told to wait, may put something of here after something of elsewhere: one list then. */
	bool grouped = t->id && again == list->n;
	if (grouped && here > 0)
		g[n++] = (struct view_sheet_group){ .id = STR("ici"),
			                            .place = place_of_territory(a, t),
			                            .title = arena_fmt(a, "%.*s", (int)t->name_in.n, t->name_in.p),
			                            .note = words_count(a, (int64_t)here, "fiche", "fiches"),
			                            .rows = rows_sheets(a, list->p, here) };
	if (!grouped)
		here = 0;
	if (list->n > here) {
		g[n] = (struct view_sheet_group){ .id = STR("partout"), .rows = rows_sheets(a, list->p + here, list->n - here) };
		if (grouped) {
			g[n].place = (struct view_place){ .code = STR("FR"), .name = STR("Partout en France") };
			g[n].title = STR("Valables partout");
			struct str count = words_count(a, (int64_t)(list->n - here), "fiche", "fiches");
			g[n].note = arena_fmt(a, "%.*s, à adapter ici", (int)count.n, count.p);
		}
		n++;
	}
	for (size_t i = 0; i < n; i++) /* a heading begins with a capital: "À La Réunion" */
		if (g[i].title.n > 2 && memcmp(g[i].title.p, "à ", 3) == 0)
			g[i].title = arena_fmt(a, "À%.*s", (int)g[i].title.n - 2, g[i].title.p + 2);
		else if (g[i].title.n && g[i].title.p[0] >= 'a' && g[i].title.p[0] <= 'z')
			g[i].title = arena_fmt(a, "%c%.*s", g[i].title.p[0] - 32, (int)g[i].title.n - 1, g[i].title.p + 1);
	if (near->n)
		g[n++] = (struct view_sheet_group){ .id = STR("proches"),
			                            .title = near->n > 1 ? STR("Les fiches les plus proches") : STR("La fiche la plus proche"),
			                            .note = near_note(a, t, true),
			                            .rows = rows_sheets(a, near->p, near->n) };
	v->groups = (struct view_sheet_groups){ g, n };
}

/* A territory and nothing else. */
static bool
only_place(const struct list_query *q)
{
	return q->q.n == 0 && q->apres.n == 0 && q->territoires.n == 1 && !list_query_filtered(q);
}

static enum err
nothing(struct req *r, const struct territory *t, const struct facet_counts *counts, const struct view_links *active, struct view_empty *ret)
{
	struct arena *a = r->arena;
	struct param none = { STR_NONE, STR_NONE };
	struct territory_refs around = { 0 };
	if (counts->total > 0) {
		struct view_link *first = arena_array(a, struct view_link, 1);
		*first = (struct view_link){ STR("Revenir à la première page"), link_list(r, STR("/fiches"), none, none) };
		*ret = (struct view_empty){ STR("Cette page de la liste n'existe pas."), STR("La liste est plus courte que cela."), { first, 1 } };
		return ERR_NONE;
	}
	struct view_link all = { STR("Voir toutes les fiches"), { "/fiches", 7 } };
	int64_t everywhere = t->id ? filters_national(counts) : 0;
	enum err e = t->id ? territory_around(r->db, a, t->id, &around) : ERR_NONE;
	if (e)
		return e;
	if (everywhere > 0) {
		struct str count = words_number(a, everywhere);
		all = (struct view_link){ everywhere > 1 ? arena_fmt(a, "Ajouter les %.*s fiches valables partout", (int)count.n, count.p)
			                                 : STR("Ajouter la fiche valable partout"),
			                  link_list(r, STR("/fiches"), none, (struct param){ STR("territoire"), STR("pays:FR") }) };
	}
	struct view_links wider;
	if ((e = filters_offers(r, true, active, counts, sheet_total, &around, all, &wider)))
		return e;
	struct view_link *offers = arena_array(a, struct view_link, wider.n + 2);
	size_t n = 0;
	for (; n < wider.n; n++)
		offers[n] = wider.p[n];
	if (everywhere > 0)
		offers[n++] = (struct view_link){ STR("Toutes les fiches, de toute la France"), { "/fiches", 7 } };
	bool only_words = t->id == 0 && active->n <= 1 && req_param(r, "q").n > 0;
	struct param words = { STR("q"), req_param(r, "q") };
	if (only_words)
		offers[n++] = (struct view_link){ STR("Chercher ces mots sur tout le site"), link_list(&(struct req){ .arena = a }, STR("/recherche"), none, words) };
	*ret = (struct view_empty){
		t->id && active->n <= 1 ? arena_fmt(a, "Aucune fiche ne vient encore %.*s.", (int)t->name_of.n, t->name_of.p)
		: t->id                 ? arena_fmt(a, "Nous n'avons encore aucune fiche %.*s pour cette demande.", (int)t->name_in.n, t->name_in.p)
		                        : STR("Aucune fiche ne répond à cette demande."),
		t->id        ? STR("Ce n'est pas le territoire qui est vide, c'est notre liste.")
		: only_words ? STR("Essayez d'autres mots, ou un seul à la fois.")
		             : STR("Retirez un filtre, ou essayez d'autres mots."),
		{ offers, n },
	};
	return ERR_NONE;
}

/* The same list on paper; the whole of it has its own page of explanations. */
static struct url
booklet_link(struct req *r)
{
	struct param none = { STR_NONE, STR_NONE };
	return link_list(r, STR("/imprimer"), none, none);
}

enum err
page_sheets(struct req *r, struct resp *w)
{
	struct arena *a = r->arena;
	struct list_query q = list_query_of(r);
	struct territory t;
	struct sheet_list list, near = { 0 };
	struct search_places named;
	enum err e = list_territory(r, &q, &t);
	if (e || (e = list_place(r, w, &q, sheet_total, &named, NULL)) || w->location.n || (e = sheet_search(r->db, a, &q, &list))
	    || (e = list_place(r, w, &q, sheet_total, &named, &list.facets)) || w->location.n)
		return e;
	list_terms(r, &list.facets);
	search_miss_note(r, &q, found_as_asked(&list.facets));
	if (r->format == FORMAT_HTML || r->format == FORMAT_JSON) {
		if ((e = sheet_meant(r->db, a, &q, &list)))
			return e;
		if (t.id && list.facets.total == 0 && only_place(&q) && (e = sheet_nearest(r->db, a, t.id, NEAR_MAX, &near)))
			return e;
	}
	struct view_links trail = crumbs(a, 1, &(struct view_link){ STR("Fiches"), { NULL, 0 } });
	struct str title = t.id ? arena_fmt(a, "Les fiches %.*s", (int)t.name_in.n, t.name_in.p) : STR("Les fiches");
	if (r->format != FORMAT_HTML)
		return answer_data(r, w, &q, &t, &list, &near, title, &trail);
	if ((e = search_excerpts(r->db, a, q.q, &list)))
		return e;
	struct view_sheets v = {
		.crumbs = trail,
		.place_band = t.id != 0,
		.title = title,
		.ask_here = list_asks_here(r, &t),
		.filters = filters_of(r, "/fiches", &list.facets, "fiche", "fiches", STR("Chercher dans les fiches"), true),
		.total = filters_total(a, &list.facets, "fiche", "fiches"),
		.instead = instead_of(r, STR("/fiches"), &list.facets.search),
		.paging = paging_list(r, STR("/fiches"), &q, &list.facets),
		.alert = alert_link(r),
		.on_map = list.facets.total > 0 ? link_map(r, STR("fiches")) : (struct url){ NULL, 0 },
		.formats = formats_and(r, STR("Livret à imprimer"), booklet_link(r)),
	};
	if (t.id && t.stone.n) {
		struct territory_refs refs;
		if ((e = territories_cached(r, &refs)))
			return e;
		v.place = place_of_territory(a, &t);
		v.locator = locator_of(a, &refs, str_eq(t.type, STR("region")), str_eq(t.type, STR("region")) ? t.code : t.stone);
	}
	groups_of(a, &t, &list, &near, &v);
	if (list.facets.total > 0)
		v.lead = v.groups.n > 1 ? STR("D'abord ce qui vient d'ici, puis ce qui vaut partout.")
		                        : STR("Pour faire travailler ensemble des mondes qui s'ignorent.");
	if (list.n == 0 && (e = nothing(r, &t, &list.facets, &v.filters.active, &v.empty)))
		return e;
	v.formats_label = STR("Cette liste ailleurs :");
	struct buf main;
	buf_init(&main, a, 65536);
	tpl_sheets(&main, &v);
	struct view_layout layout = {
		.title = v.title,
		.description = STR("Méthodes, exemples, données, outils et compétences pour les alliances de territoire."),
		.nav_sheets = true,
		.head_search = true,
		.feed = { STR("application/atom+xml"), STR("Les nouveautés de cette liste, par Atom"),
			  link_list(r, STR("/fiches.atom"), (struct param){ STR("tri"), req_param(r, "tri") }, (struct param){ STR("tri"), STR("recent") }) },
		.noindex = r->nparams > 1,
	};
	return page_send(r, w, &layout, &main);
}
