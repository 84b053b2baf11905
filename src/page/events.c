/* /evenements: webinars and meetings, those to come and those that are over, in every format of a list. */
#include "format/json_event.h"
#include "format/json_list.h"
#include "format/jsonld.h"
#include "format/listing.h"
#include "gen/tpl.h"
#include "page/alert_query.h"
#include "page/event.h"

#define SIZE_DEFAULT 50 /* a calendar that subscribes asks for no page */

static const struct {
	const char *name, *legend;
	bool open;
} facets_shown[] = {
	{ "periode", "Quand", true }, { "serie", "Série", true },     { "mode", "Comment", true },          { "theme", "Thème", false },
	{ "pratique", "Pratique de catalyse", false }, { "territoire", "Territoire", false }, { "annee", "Année", false },
};
#define NFACETS (sizeof(facets_shown) / sizeof(*facets_shown))

static struct strs
all(struct req *r, const char *name)
{
	struct strs v;
	v.n = req_params(r, name, &v.p);
	return v;
}

static bool
is_facet(struct str name)
{
	for (size_t i = 0; i < NFACETS; i++)
		if (str_eq(name, str_of(facets_shown[i].name)))
			return true;
	return false;
}

static struct view_facet
facet_of(struct req *r, const struct facet_counts *counts, size_t k)
{
	struct view_facet f = { .name = str_of(facets_shown[k].name), .legend = str_of(facets_shown[k].legend) };
	struct view_facet_value *p = arena_array(r->arena, struct view_facet_value, counts->n), *rest = arena_array(r->arena, struct view_facet_value, counts->n);
	size_t n = 0, nrest = 0;

	for (size_t i = 0; i < counts->n; i++) {
		const struct facet_count *x = &counts->p[i];
		if (!str_eq(x->facet, f.name))
			continue;
		bool on = link_has(r, f.name, x->code);
		struct view_facet_value v = { .name = f.name, .value = x->code, .label = x->label, .count = x->n, .active = on, .disabled = x->n == 0 && !on };
		if (v.disabled && counts->n > 8)
			rest[nrest++] = v;
		else
			p[n++] = v;
	}
	f.values = (struct view_facet_values){ p, n };
	f.rest = (struct view_facet_values){ rest, nrest };
	if (nrest)
		f.rest_label = arena_fmt(r->arena, "%zu sans rendez-vous", nrest);
	f.open = facets_shown[k].open || req_param(r, facets_shown[k].name).n > 0;
	if (str_eq(f.name, STR("territoire")))
		f.more = (struct view_link){ STR("Choisir un autre territoire"), { "/pres-de-moi?choisir=1", 22 } };
	return f;
}

static struct view_filters
filters(struct req *r, const struct facet_counts *counts)
{
	struct arena *a = r->arena;
	struct view_facet *f = arena_array(a, struct view_facet, NFACETS);
	struct view_link *active = arena_array(a, struct view_link, r->nparams);
	struct view_field *kept = arena_array(a, struct view_field, r->nparams);
	size_t n = 0, nactive = 0, nkept = 0;

	for (size_t k = 0; k < NFACETS; k++) {
		struct view_facet x = facet_of(r, counts, k);
		if (x.values.n || x.rest.n)
			f[n++] = x;
	}
	for (size_t i = 0; i < r->nparams; i++) {
		struct str name = r->params[i].name, value = r->params[i].value, label = value;
		if (str_eq(name, STR("page")))
			continue;
		if (!is_facet(name) && !str_eq(name, STR("q")))
			kept[nkept++] = (struct view_field){ name, value };
		if (str_eq(name, STR("taille")) || str_eq(name, STR("compact")))
			continue;
		for (size_t k = 0; k < counts->n; k++)
			if (str_eq(counts->p[k].facet, name) && str_eq(counts->p[k].code, value))
				label = counts->p[k].label;
		if (str_eq(name, STR("q")))
			label = arena_fmt(a, "« %.*s »", (int)value.n, value.p);
		active[nactive++] = (struct view_link){ label, link_list(r, STR("/evenements"), r->params[i], (struct param){ { 0 }, { 0 } }) };
	}
	return (struct view_filters){
		.action = { "/evenements", 11 },
		.summary = nactive ? arena_fmt(a, "Filtrer : %zu %s", nactive, nactive > 1 ? "filtres actifs" : "filtre actif") : STR("Filtrer"),
		.facets = { f, n },
		.unit = STR("rendez-vous"),
		.kept = { kept, nkept },
		.q = req_param(r, "q"),
		.q_label = STR("Chercher un mot"),
		.active = { active, nactive },
		.clear = nactive ? (struct url){ "/evenements", 11 } : (struct url){ NULL, 0 },
		.nofollow = nactive > 1,
	};
}

static void
groups_of(struct req *r, const struct event_list *list, int64_t page, struct view_events *v)
{
	struct arena *a = r->arena;
	struct view_event_group *g = arena_array(a, struct view_event_group, 2);
	struct view_event_row *rows = arena_array(a, struct view_event_row, list->n);
	size_t next = 0, n = 0;

	for (size_t i = 0; i < list->n; i++) {
		rows[i] = event_row(a, &list->p[i]);
		next += !list->p[i].over;
	}
	bool past_only = link_has(r, STR("periode"), STR("passes")) && !link_has(r, STR("periode"), STR("prochains"));
	if (next || (page == 1 && !past_only && list->n))
		g[n++] = (struct view_event_group){ .id = STR("prochains"), .title = STR("À venir"), .note = next ? words_count(a, (int64_t)next, "rendez-vous", "rendez-vous") : STR_NONE,
			                            .rows = { rows, next },
			                            .empty = STR("Aucun rendez-vous n’est annoncé. Abonnez votre agenda à cette page : le prochain y viendra tout seul.") };
	if (list->n > next)
		g[n++] = (struct view_event_group){ .id = STR("passes"), .title = STR("Ce qui a eu lieu"), .past = true, .note = words_count(a, (int64_t)(list->n - next), "rendez-vous", "rendez-vous"),
			                            .rows = { rows + next, list->n - next } };
	v->groups = (struct view_event_groups){ g, n };
}

static struct view_empty
nothing(struct arena *a, const struct territory *t)
{
	struct view_link *offers = arena_array(a, struct view_link, 2);
	size_t n = 0;

	if (t->id)
		offers[n++] = (struct view_link){ STR("Ce que l’on suit à distance, d’où que l’on soit"), { "/evenements?mode=distance", 25 } };
	offers[n++] = (struct view_link){ STR("Tous les rendez-vous"), { "/evenements", 11 } };
	return (struct view_empty){ t->id ? arena_fmt(a, "Nous ne connaissons pas encore de rendez-vous %.*s.", (int)t->name_in.n, t->name_in.p)
		                          : STR("Aucun rendez-vous ne répond à cette demande."),
		                    STR("C’est notre agenda qui est court : retirez un filtre, ou voyez tout."), { offers, n } };
}

enum err
event_query_of(struct req *r, struct list_query *q, struct territory *ret_t, struct event_query *ret)
{
	*q = list_query_of(r);
	enum err e = list_territory(r, q, ret_t);

	if (e)
		return e;
	if (req_param(r, "taille").n == 0)
		q->taille = SIZE_DEFAULT;
	*ret = (struct event_query){ .q = q->q, .series = all(r, "serie"), .territoires = q->territoires, .themes = q->themes, .odds = q->odds, .pratiques = q->pratiques,
		                     .parcours = q->parcours, .modes = all(r, "mode"), .periodes = all(r, "periode"), .annees = all(r, "annee"), .taille = q->taille,
		                     .debut = list_query_offset(q) };
	if (req_param(r, "territoire").n && q->territoires.n == 0) /* none that we know: nothing, rather than everything */
		ret->territoires = all(r, "territoire");
	return ERR_NONE;
}

enum err
page_events(struct req *r, struct resp *w)
{
	struct arena *a = r->arena;
	struct list_query q;
	struct event_query eq;
	struct territory t;
	struct event_list list;
	enum err e = event_query_of(r, &q, &t, &eq);

	if (e || (e = event_search(r->db, a, &eq, &list)))
		return e;
	list_terms(r, &list.facets);
	struct view_links trail = crumbs(a, 1, &(struct view_link){ STR("Rendez-vous"), { NULL, 0 } });
	struct str series = STR_NONE;
	for (size_t i = 0; i < list.facets.n && eq.series.n == 1; i++)
		if (str_eq(list.facets.p[i].facet, STR("serie")) && str_eq(list.facets.p[i].code, eq.series.p[0]))
			series = list.facets.p[i].label;
	struct str title = series.n ? series : t.id ? arena_fmt(a, "Rendez-vous %.*s", (int)t.name_in.n, t.name_in.p) : STR("Webinaires et rencontres");
	if (r->format != FORMAT_HTML) {
		struct paging p = paging_links(r, &q, &list.facets);
		if (r->format == FORMAT_JSON) {
			struct json_out j = json_out(&w->body);
			paging_headers(r, w, &p, list.facets.total);
			json_begin_object(&j);
			json_list_head(&j, r, &q, &p, &list.facets, &t);
			json_key(&j, "elements");
			json_begin_array(&j);
			for (size_t i = 0; i < list.n; i++)
				json_event_card(&j, a, r->base, &list.p[i]);
			json_end(&j);
			json_end(&j);
		} else if (r->format == FORMAT_JSONLD) {
			struct jsonld d = { r, title, site_of(r)->editor, &trail };
			paging_headers(r, w, &p, list.facets.total);
			jsonld_events(&d, &w->body, &p, list.facets.total, list.p, list.n);
		} else {
			struct listing l = { r, title, site_of(r)->editor, list.facets.total, &p, { NULL, 0 }, STR_NONE };
			listing_events(&l, w, list.p, list.n);
		}
		return ERR_NONE;
	}
	struct view_events v = { .crumbs = trail,
		                 .place_band = t.id != 0,
		                 .title = title,
		                 .lead = series.n ? STR("Tous les rendez-vous de cette série, les prochains d’abord.")
		                                  : STR("Des webinaires à l’heure du déjeuner et une rencontre par an, depuis 2015. Ce qui a été dit reste : rediffusions, supports, fiches."),
		                 .filters = filters(r, &list.facets),
		                 .total = words_count(a, list.facets.total, "rendez-vous", "rendez-vous"),
		                 .paging = paging_of(r, STR("/evenements"), &q, list.facets.total),
		                 .formats_label = STR("Cet agenda ailleurs :"),
		                 .formats = formats_of(r) };
	if (t.id)
		v.place = place_of_territory(a, &t);
	v.alert = alert_link(r);
	v.subscribe = (struct view_link){ STR("S’abonner à cet agenda"), link_list(r, STR("/evenements.ics"), (struct param){ { 0 }, { 0 } }, (struct param){ { 0 }, { 0 } }) };
	groups_of(r, &list, q.page, &v);
	if (list.n == 0)
		v.empty = nothing(a, &t);
	struct buf main;
	buf_init(&main, a, 65536);
	tpl_events(&main, &v);
	struct view_layout layout = { .title = v.title,
		                      .description = STR("Les webinaires et les rencontres des catalyseurs territoriaux : ceux qui viennent, et ce qui reste de ceux qui ont eu lieu."),
		                      .head_search = true,
		                      .noindex = r->nparams > 1 };
	return page_send(r, w, &layout, &main);
}
