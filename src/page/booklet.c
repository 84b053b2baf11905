/* /imprimer: the sheets of a list, or those named one by one, one after another on paper. */
#include "gen/tpl.h"
#include "page/page.h"

#include <time.h>

enum { SHEETS_MAX = 60 };

static struct view_booklet_sheet
sheet_entry(struct req *r, const struct view_sheet *v, int64_t id)
{
	return (struct view_booklet_sheet){ .anchor = arena_fmt(r->arena, "fiche-%lld", (long long)id), 
		                            .link = link_fmt(r->arena, "#fiche-%lld", (long long)id),
		                            .sheet = *v,
		                            .address = v->imprint };
}

/* Adds a sheet; one that does not exist or was withdrawn is said, and left out. */
static enum err
add(struct req *r, int64_t id, struct view_booklet_sheet *list, size_t *n)
{
	struct sheet s;
	struct view_sheet v;
	enum err e = sheet_find(r->db, r->arena, id, &s);
	if (e == ERR_NOT_FOUND || e == ERR_GONE) {
		req_notice(r, STR("fiche"), STR("inconnu"), arena_fmt(r->arena, "La fiche %lld n'existe pas, ou a été retirée.", (long long)id));
		return ERR_NONE;
	}
	if (e || (e = sheet_view(r, &s, &v)))
		return e;
	list[(*n)++] = sheet_entry(r, &v, id);
	return ERR_NONE;
}

static int64_t
number(struct str s)
{
	int64_t v = 0;
	for (size_t i = 0; i < s.n; i++)
		v = v * 10 + (s.p[i] - '0');
	return v;
}

/* What was asked, in words, for the cover. */
static struct view_strs
criteria_of(struct req *r, const struct facet_counts *f)
{
	struct str *p = arena_array(r->arena, struct str, r->nparams);
	size_t n = 0;
	for (size_t i = 0; i < r->nparams; i++) {
		struct str name = r->params[i].name, label = r->params[i].value;
		if (str_eq(name, STR("q")))
			label = arena_fmt(r->arena, "« %.*s »", (int)label.n, label.p);
		else if (str_eq(name, STR("type")))
			label = str_of(sheet_kind_of(label)->plural);
		else if (str_eq(label, STR("pays:FR")))
			label = STR("Valables partout");
		else if (str_eq(name, STR("tri")) || str_eq(name, STR("page")) || str_eq(name, STR("taille")) || str_eq(name, STR("compact")))
			continue;
		for (size_t k = 0; k < f->n; k++)
			if (str_eq(f->p[k].facet, name) && str_eq(f->p[k].code, r->params[i].value) && f->p[k].label.n)
				label = f->p[k].label;
		p[n++] = label;
	}
	return (struct view_strs){ p, n };
}

/* Nothing was asked: what a booklet is, and some that are ready. */
static struct view_links
choices(struct arena *a)
{
	struct view_link *p = arena_array(a, struct view_link, 5);
	for (size_t i = 0; i < 5; i++)
		p[i] = (struct view_link){ str_of(SHEET_KINDS[i].plural), link_fmt(a, "/imprimer?type=%s", SHEET_KINDS[i].code) };
	return (struct view_links){ p, 5 };
}

static enum err
fill_list(struct req *r, struct resp *w, struct view_booklet *v, struct view_booklet_sheet *p, size_t *n)
{
	struct arena *a = r->arena;
	struct param none = { STR_NONE, STR_NONE };
	struct list_query q = list_query_of(r);
	struct territory t;
	struct sheet_list list;
	q.taille = SHEETS_MAX;
	q.page = 1;
	q.apres = STR_NONE;
	struct search_places named;
	enum err e = list_territory(r, &q, &t);
	if (e || (e = list_place(r, w, &q, sheet_total, &named, NULL)) || w->location.n || (e = sheet_search(r->db, a, &q, &list))
	    || (e = list_place(r, w, &q, sheet_total, &named, &list.facets)) || w->location.n)
		return e;
	for (size_t i = 0; i < list.n && !e; i++)
		e = add(r, list.p[i].id, p, n);
	if (t.id) {
		v->title = arena_fmt(a, "Les fiches %.*s", (int)t.name_in.n, t.name_in.p);
		v->place = place_of_territory(a, &t);
	}
	v->criteria = criteria_of(r, &list.facets);
	v->widened = instead_of(r, STR("/fiches"), &list.facets.search).text;
	v->back = (struct view_link){ STR("Revenir à la liste"), link_list(r, STR("/fiches"), none, none) };
	if (list.facets.total > SHEETS_MAX)
		v->limit = arena_fmt(a, "%lld fiches répondent à cette demande. Ce livret contient les %d premières : ajoutez un filtre pour en faire plusieurs.",
		                     (long long)list.facets.total, SHEETS_MAX);
	return e;
}

enum err
page_booklet(struct req *r, struct resp *w)
{
	struct arena *a = r->arena;
	const struct str *ids;
	size_t nids = req_params(r, "fiche", &ids), n = 0;
	struct view_booklet_sheet *p = arena_array(a, struct view_booklet_sheet, SHEETS_MAX);
	char today[16];
	time_t now = time(NULL);
	struct tm tm;
	enum err e = ERR_NONE;
	strftime(today, sizeof(today), "%Y-%m-%d", gmtime_r(&now, &tm));
	struct view_booklet v = {
		.crumbs = crumbs(a, 1, &(struct view_link){ STR("Livret"), { NULL, 0 } }),
		.title = nids > 1 ? STR("Fiches choisies") : nids ? STR("Une fiche à imprimer") : STR("Les fiches"),
		.date = words_date(a, arena_str(a, str_of(today)), true),
	};
	if (r->nparams == 0)
		v.choices = choices(a);
	else if (nids)
		for (size_t i = 0; i < nids && !e; i++)
			e = add(r, number(ids[i]), p, &n);
	else
		e = fill_list(r, w, &v, p, &n);
	if (e || w->location.n)
		return e;
	v.sheets = (struct view_booklet_sheets){ p, n };
	v.count = words_count(a, (int64_t)n, "fiche", "fiches");
	struct url here = link_list(r, r->path, (struct param){ { 0 }, { 0 } }, (struct param){ STR("page_kept"), STR_NONE });
	v.address = arena_fmt(a, "%.*s%.*s", (int)r->base.n, r->base.p, (int)here.n, here.p);
	if (n == 0 && v.choices.n == 0)
		v.empty = (struct view_empty){ STR("Aucune fiche pour ce livret."), STR("Retirez un filtre, ou choisissez d'autres fiches."),
			                       { &v.back, v.back.label.n ? 1 : 0 } };
	struct buf main;
	buf_init(&main, a, 262144);
	tpl_booklet(&main, &v);
	struct view_layout layout = { .title = n ? arena_fmt(a, "%.*s, livret à imprimer", (int)v.title.n, v.title.p) : STR("Imprimer un livret"),
		                      .noindex = true,
		                      .head_search = true };
	return page_send(r, w, &layout, &main);
}
