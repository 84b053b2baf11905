#include "format/json_list.h"
#include "format/jsonld.h"
#include "format/listing.h"
#include "gen/tpl.h"
#include "model/search_miss.h"
#include "page/alert_query.h"

#define NEAR_MAX 6

static enum err
answer_json(struct req *r, struct resp *w, const struct list_query *q, const struct paging *p, const struct territory *t,
            const struct catalyst_list *list, const struct catalyst_list *near, const struct territory_refs *around)
{
	struct json_out j = json_out(&w->body);
	paging_headers(r, w, p, facet_counts_exact(&list->facets));
	json_begin_object(&j);
	json_list_head(&j, r, q, p, &list->facets, t);
	json_key(&j, "elements");
	json_begin_array(&j);
	for (size_t i = 0; i < list->n; i++)
		json_catalyst_card(&j, r->arena, r->base, &list->p[i]);
	json_end(&j);
	json_key(&j, "proches"); /* the nearest elsewhere, when none is known here */
	json_begin_array(&j);
	for (size_t i = 0; i < near->n; i++)
		json_catalyst_card(&j, r->arena, r->base, &near->p[i]);
	json_end(&j);
	json_key(&j, "territoires_voisins");
	json_begin_array(&j);
	for (size_t i = 0; i < around->n; i++)
		if (str_eq(around->p[i].part, STR("near")))
			json_territory_ref(&j, r->arena, r->base, &around->p[i]);
	json_end(&j);
	json_end(&j);
	return ERR_NONE;
}

static enum err
answer_data(struct req *r, struct resp *w, const struct list_query *q, const struct catalyst_list *list, struct str title,
            const struct view_links *trail)
{
	struct paging p = paging_links(r, q, &list->facets);
	struct str publisher = site_of(r)->editor;
	if (r->format == FORMAT_JSONLD) {
		struct jsonld d = { r, title, publisher, trail };
		paging_headers(r, w, &p, facet_counts_exact(&list->facets));
		jsonld_catalysts(&d, &w->body, &p, facet_counts_exact(&list->facets), list->p, list->n);
	} else {
		struct str widened = instead_of(r, STR("/catalyseurs"), &list->facets.search).text;
		struct listing l = { r, title, publisher, facet_counts_exact(&list->facets), &p, { NULL, 0 }, widened };
		listing_catalysts(&l, w, list->p, list->n);
	}
	return ERR_NONE;
}

static int
group_of(const struct catalyst_card *c)
{
	return c->rank <= RANK_COVERS_REGION ? 0 : c->rank <= RANK_SAME_DEPARTEMENT ? 1 : 2;
}

/* Whether the order asked for leaves each group in one piece: words may put a distant catalyst before a near one. */
static bool
in_groups(const struct catalyst_list *list)
{
	for (size_t i = 1; i < list->n; i++)
		if (group_of(&list->p[i]) < group_of(&list->p[i - 1]))
			return false;
	return true;
}

static void
groups_of(struct arena *a, const struct territory *t, const struct catalyst_list *list, const struct catalyst_list *near,
          struct view_catalysts *v)
{
	const char *const titles[] = { "Interviennent sur ce territoire",
		                       str_eq(t->type, STR("region"))        ? "Dans cette région"
		                       : str_eq(t->type, STR("departement")) ? "Dans ce département"
		                                                             : "Ici ou dans le même département",
		                       "Partout en France" };
	struct view_catalyst_group *g = arena_array(a, struct view_catalyst_group, 4);
	size_t n = 0;
	if (near->n) /* before those of everywhere: the closest first */
		g[n++] = (struct view_catalyst_group){ .id = STR("proches"),
			                               .title = near->n > 1 ? STR("Les plus proches ailleurs") : STR("Le plus proche ailleurs"),
			                               .note = near_note(a, t, false),
			                               .rows = rows_catalysts(a, near->p, near->n) };
	if (t->id == 0 || !in_groups(list)) {
		g[n++] = (struct view_catalyst_group){ .id = STR("tous"), .rows = rows_catalysts(a, list->p, list->n) };
		v->groups = (struct view_catalyst_groups){ g, n };
		return;
	}
	for (size_t i = 0, end; i < list->n; i = end) {
		int k = group_of(&list->p[i]);
		for (end = i; end < list->n && group_of(&list->p[end]) == k;)
			end++;
		struct str count = words_count(a, (int64_t)(end - i), "catalyseur ou acteur", "catalyseurs et acteurs");
		g[n++] = (struct view_catalyst_group){
			.id = arena_fmt(a, "g%d", k),
			.title = str_of(titles[k]),
			.note = count,
			.place = k == 2 ? (struct view_place){ .code = STR("FR"), .name = STR("Partout en France") } : place_of_territory(a, t),
			.rows = rows_catalysts(a, list->p + i, end - i),
		};
	}
	v->groups = (struct view_catalyst_groups){ g, n };
}

static enum err
nothing(struct req *r, const struct territory *t, const struct facet_counts *counts, const struct territory_refs *around,
        const struct view_links *active, bool empty, struct view_empty *ret)
{
	struct arena *a = r->arena;
	struct view_link *offers = arena_array(a, struct view_link, around->n + 7);
	if (empty && counts->total > 0) {
		struct param none = { STR_NONE, STR_NONE };
		offers[0] = (struct view_link){ STR("Revenir à la première page"), link_list(r, STR("/catalyseurs"), none, none) };
		*ret = (struct view_empty){ STR("Cette page de la liste n'existe pas."), STR("La liste est plus courte que cela."), { offers, 1 } };
		return ERR_NONE;
	}
	size_t n = 0;
	struct view_links wider;
	enum err e = filters_offers(r, false, active, counts, catalyst_total, around, (struct view_link){ STR("Toute la France"), { "/catalyseurs", 12 } }, &wider);
	if (e)
		return e;
	for (size_t i = 0; i < around->n && n < 6; i++) {
		const struct territory_ref *x = &around->p[i];
		if (!str_eq(x->part, STR("near")) || x->catalysts == 0)
			continue;
		struct str count = words_count(a, x->catalysts, "acteur sur place", "acteurs sur place"); /* the list has those who work everywhere too */
		offers[n++] = (struct view_link){ arena_fmt(a, "%.*s, %.*s", (int)x->name.n, x->name.p, (int)count.n, count.p),
			                          link_fmt(a, "/catalyseurs?territoire=%.*s:%.*s", (int)x->type.n, x->type.p,
			                                   (int)x->code.n, x->code.p) };
	}
	bool beside = n > 0;
	for (size_t i = 0; i < wider.n; i++)
		offers[n++] = wider.p[i];
	if (t->id && active->n <= 1) {
		struct url contact = link_external(site_of(r)->contact);
		if (contact.n)
			offers[n++] = (struct view_link){ STR("Vous en connaissez un ? Nous écrire"), contact };
		offers[n++] = (struct view_link){ STR("Vous en êtes un ? Rejoindre le réseau"), link_fmt(a, "/reseau/rejoindre") };
	}
	if (t->id == 0)
		*ret = (struct view_empty){ STR("Aucun catalyseur ne répond à cette demande."),
			                    STR("Retirez un filtre, ou essayez d'autres mots."), { offers, n } };
	else if (active->n > 1) /* someone may be known there, whom another filter leaves out */
		*ret = (struct view_empty){ arena_fmt(a, "Nous ne connaissons encore personne %.*s pour cette demande", (int)t->name_in.n, t->name_in.p),
			                    beside ? STR("Retirez un filtre, ou voyez les territoires voisins.") : STR("Retirez un filtre, ou cherchez plus large."), { offers, n } };
	else
		*ret = (struct view_empty){ arena_fmt(a, "Nous ne connaissons encore aucun catalyseur %.*s", (int)t->name_in.n, t->name_in.p),
		                    beside ? STR("Ce n'est pas le territoire qui est vide, c'est notre liste. Voici les territoires voisins où nous connaissons quelqu'un.")
		                           : STR("Ce n'est pas le territoire qui est vide, c'est notre liste. Autour non plus, nous ne connaissons encore personne : cherchons plus large."),
		                    { offers, n } };
	return ERR_NONE;
}

enum err
page_catalysts(struct req *r, struct resp *w)
{
	struct arena *a = r->arena;
	struct list_query q = list_query_of(r);
	struct territory t;
	struct catalyst_list list, near = { 0 };
	struct territory_refs around = { 0 };
	struct search_places named;
	list_idle_catalysts(r);
	enum err e = list_territory(r, &q, &t);
	if (e || (e = list_place(r, w, &q, catalyst_total, &named, NULL)) || w->location.n || (e = catalyst_search(r->db, a, &q, &list))
	    || (e = list_place(r, w, &q, catalyst_total, &named, &list.facets)) || w->location.n)
		return e;
	list_terms(r, &list.facets);
	search_miss_note(r, &q, found_as_asked(&list.facets));
	/* A page that is not the first, or another order, may show none of those who are here. */
	bool local = q.page > 1 || q.apres.n > 0 || (!list.facets.about && list.facets.total > filters_national(&list.facets));
	for (size_t i = 0; i < list.n; i++)
		local = local || list.p[i].rank < RANK_NATIONAL;
	if (t.id && !local && q.page == 1) {
		if ((e = catalyst_nearest(r->db, a, t.id, &list, NEAR_MAX, &near)) || (e = territory_around(r->db, a, t.id, &around)))
			return e;
	}
	struct view_links trail = crumbs(a, 1, &(struct view_link){ STR("Catalyseurs"), { NULL, 0 } });
	struct str title = t.id ? arena_fmt(a, "Qui relie %.*s", (int)t.name_in.n, t.name_in.p) : STR("Qui relie, et où");
	if ((r->format == FORMAT_JSON || r->format == FORMAT_HTML) && (e = catalyst_meant(r->db, a, &q, &list)))
		return e;
	if (r->format == FORMAT_JSON) {
		struct paging p = paging_links(r, &q, &list.facets);
		return answer_json(r, w, &q, &p, &t, &list, &near, &around);
	}
	if (r->format != FORMAT_HTML)
		return answer_data(r, w, &q, &list, title, &trail);
	struct str count = t.id && !local && list.n ? filters_total(a, &list.facets, "démarche nationale", "démarches nationales")
	                                            : filters_total(a, &list.facets, "catalyseur ou acteur connu", "catalyseurs et acteurs connus");
	struct view_catalysts v = {
		.crumbs = trail,
		.place_band = t.id != 0,
		.doubt_band = t.id && !local,
		.title = title,
		.lead = t.id ? in_groups(&list) ? STR("D'abord ceux qui interviennent ici, puis ceux qui y sont installés, puis ceux qui travaillent partout.")
		                                : STR("Dans l'ordre demandé. Chaque ligne dit pourquoi elle est là.")
		             : STR("Un catalyseur territorial relie des mondes qui s'ignorent : associations, entreprises, collectivités, habitants."),
		.ask_here = list_asks_here(r, &t),
		.filters = filters_of(r, "/catalyseurs", &list.facets, "catalyseur", "catalyseurs", STR("Chercher un nom"), false),
		.total = count,
		.instead = instead_of(r, STR("/catalyseurs"), &list.facets.search),
		.paging = paging_list(r, STR("/catalyseurs"), &q, &list.facets),
		.alert = alert_link(r),
		.on_map = list.facets.total > (t.id && !list.facets.about ? filters_national(&list.facets) : 0) ? link_map(r, STR("catalyseurs")) : (struct url){ NULL, 0 },
		.note = arena_fmt(a, "Être cité ici ne veut pas dire être membre d'un réseau : chaque ligne dit sa source. Les distances sont à vol d'oiseau, %s.",
		                  t.id && !str_eq(t.type, STR("commune")) ? "depuis le centre du territoire" : "de commune à commune"),
		.formats_label = STR("Cette liste ailleurs :"),
		.formats = formats_of(r),
	};
	if (t.id) {
		v.place = place_of_territory(a, &t);
		if (t.stone.n)
			v.chosen = (struct view_link){ t.name, link_territory(a, t.type, t.code, t.slug) };
	} else if (q.page == 1) {
		struct territory_refs refs;
		if ((e = territories_cached(r, &refs)))
			return e;
		v.map = map_france(a, &refs, "c", STR("Catalyseurs et acteurs connus, par département"));
	}
	groups_of(a, &t, &list, &near, &v);
	if ((t.id && !local) || list.n == 0)
		if ((e = nothing(r, &t, &list.facets, &around, &v.filters.active, list.n == 0, &v.empty)))
			return e;
	if (t.id && !local) { /* the page itself says so; what is left to say is where to go */
		v.title = v.empty.title;
		v.lead = v.empty.text;
		v.empty = (struct view_empty){ STR("Où chercher, alors ?"), STR_NONE, v.empty.offers };
	}
	struct buf main;
	buf_init(&main, a, 65536);
	tpl_catalysts(&main, &v);
	struct view_layout layout = { .title = v.title,
		                      .description = STR("Les catalyseurs territoriaux connus, avec ce qu'ils font, où, et d'où nous le tenons."),
		                      .nav_catalysts = true,
		                      .head_search = true,
		                      .noindex = r->nparams > 1 };
	return page_send(r, w, &layout, &main);
}
