#include "format/json_list.h"
#include "format/jsonld.h"
#include "gen/tpl.h"
#include "page/page.h"

#define FOUND_MAX 50

static struct str
known_note(struct arena *a, const struct territory_ref *t)
{
	struct str c = words_count(a, t->catalysts, "acteur connu", "acteurs connus");
	struct str s = words_count(a, t->sheets, "fiche", "fiches");
	return arena_fmt(a, "%.*s, %.*s", (int)c.n, c.p, (int)s.n, s.p);
}

static struct view_regions
regions_of(struct arena *a, const struct territory_refs *all, bool overseas)
{
	struct view_region *regions = arena_array(a, struct view_region, all->n);
	size_t n = 0;
	for (size_t i = 0; i < all->n; i++) {
		const struct territory_ref *t = &all->p[i];
		if (!str_eq(t->type, STR("region")) || t->overseas != overseas)
			continue;
		struct view_place *d = arena_array(a, struct view_place, all->n);
		size_t m = 0;
		for (size_t k = 0; k < all->n; k++)
			if (str_eq(all->p[k].type, STR("departement")) && str_eq(all->p[k].parent_code, t->code))
				d[m++] = row_place(a, &all->p[k]);
		regions[n].place = row_place(a, t);
		regions[n].place.note = known_note(a, t);
		regions[n].departements = (struct view_places){ d, m };
		n++;
	}
	return (struct view_regions){ regions, n };
}

static enum err
answer_json(struct req *r, struct resp *w, const struct territory_refs *refs, int64_t total)
{
	struct json_out j = json_out(&w->body);
	json_begin_object(&j);
	json_key(&j, "total");
	json_int(&j, total);
	json_notices(&j, r);
	json_key(&j, "elements");
	json_begin_array(&j);
	for (size_t i = 0; i < refs->n; i++)
		json_territory_ref(&j, r->arena, r->base, &refs->p[i]);
	json_end(&j);
	json_end(&j);
	return ERR_NONE;
}

enum err
page_suggest(struct req *r, struct resp *w)
{
	struct territory_refs refs = { 0 };
	struct str q = req_param(r, "q"), size = req_param(r, "taille");
	int64_t n = 10;
	if (size.n)
		n = size.n == 1 ? size.p[0] - '0' : (size.p[0] - '0') * 10 + size.p[1] - '0';
	if (q.n) {
		enum err e = territory_suggest(r->db, r->arena, q, n, &refs);
		if (e)
			return e;
	}
	return answer_json(r, w, &refs, (int64_t)refs.n);
}

enum err
page_territories(struct req *r, struct resp *w)
{
	struct arena *a = r->arena;
	struct str q = req_param(r, "q");
	struct territory_refs all, found = { 0 };
	enum err e = territories_cached(r, &all);
	if (e || (q.n && (e = territory_suggest(r->db, a, q, FOUND_MAX, &found))))
		return e;
	const struct territory_refs *shown = q.n ? &found : &all;
	int64_t total = q.n ? found.total : (int64_t)all.n;
	if (r->format == FORMAT_JSON)
		return answer_json(r, w, shown, total);
	struct str title = STR("Les territoires");
	struct view_links trail = crumbs(a, 1, &(struct view_link){ STR("Territoires"), { NULL, 0 } });
	if (r->format == FORMAT_JSONLD) {
		struct jsonld d = { r, title, site_of(r)->editor, &trail };
		struct paging p = paging_links(r, &(struct list_query){ .page = 1, .taille = total + 1 }, &(struct facet_counts){ .total = total });
		jsonld_territories(&d, &w->body, &p, shown, total);
		return ERR_NONE;
	}
	struct view_place *places = arena_array(a, struct view_place, found.n);
	for (size_t i = 0; i < found.n; i++)
		places[i] = row_place_found(a, &found.p[i]);
	struct view_place *other = arena_array(a, struct view_place, all.n);
	size_t nother = 0;
	for (size_t i = 0; i < all.n; i++)
		if (str_eq(all.p[i].type, STR("collectivite")))
			other[nother++] = row_place(a, &all.p[i]);
	struct str count = words_count(a, found.total, "territoire", "territoires");
	struct view_territories v = {
		.crumbs = trail,
		.title = title,
		.lead = STR("Chaque région, chaque département, chaque intercommunalité, chaque commune a sa page : ce qui s'y fait, qui y relie les acteurs."),
		.q = q,
		.found = { places, found.n },
		.found_title = q.n ? arena_fmt(a, found.total > FOUND_MAX ? "%.*s pour « %.*s », les premiers" : "%.*s pour « %.*s »", (int)count.n, count.p, (int)q.n, q.p) : STR_NONE,
		.map = map_france(a, &all, "c", STR("Catalyseurs et acteurs connus, par département")),
		.overseas = regions_of(a, &all, true),
		.hexagon = regions_of(a, &all, false),
		.other = { other, nother },
		.formats_label = STR("Cette liste ailleurs :"),
		.formats = formats_of(r),
	};
	struct buf main;
	buf_init(&main, a, 131072);
	tpl_territories(&main, &v);
	struct view_layout layout = { .title = v.title, .description = v.lead, .nav_territories = true, .noindex = q.n > 0, .head_search = true };
	return page_send(r, w, &layout, &main);
}
