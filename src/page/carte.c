#include "format/json_list.h"
#include "format/listing.h"
#include "gen/tpl.h"
#include "page/map_sheet.h"

#define ITEMS_MAX 500 /* drawn one by one, and listed; above, départements are counted */

/* What is asked for: said, or guessed from a filter that only sheets have. */
static bool
asks_sheets(const struct req *r)
{
	static const char *const only[] = { "type", "preuve", "profil", "maturite", "dispositif", "espace", "parcours",
		                            "verifie_depuis", "modifie_depuis" };
	struct str quoi = req_param(r, "quoi");
	if (quoi.n)
		return str_eq(quoi, STR("fiches"));
	for (size_t i = 0; i < sizeof(only) / sizeof(*only); i++)
		if (req_param(r, only[i]).n)
			return true;
	return false;
}

/* The list, of one kind or the other. */
struct found {
	struct sheet_list sheets;
	struct catalyst_list catalysts;
};

static enum err
search(struct atlas *m, const struct list_query *q, struct found *f)
{
	struct req *r = m->r;
	struct arena *a = r->arena;
	enum err e = m->sheets ? sheet_search(r->db, a, q, &f->sheets) : catalyst_search(r->db, a, q, &f->catalysts);
	if (e)
		return e;
	m->nitems = m->sheets ? f->sheets.n : f->catalysts.n;
	m->facets = m->sheets ? &f->sheets.facets : &f->catalysts.facets;
	list_terms(r, m->facets);
	m->whole = m->facets->total <= (int64_t)m->nitems || q->page > 1 || q->apres.n > 0 || req_param(r, "taille").n > 0;
	struct atlas_item *items = arena_array(a, struct atlas_item, m->nitems);
	int64_t *ids = arena_array(a, int64_t, m->nitems);
	for (size_t i = 0; i < m->nitems; i++) {
		if (m->sheets) {
			const struct sheet_card *c = &f->sheets.p[i];
			items[i] = (struct atlas_item){ c->id, c->title, link_sheet(a, c->id, c->slug), c->national };
		} else {
			const struct catalyst_card *c = &f->catalysts.p[i];
			items[i] = (struct atlas_item){ c->id, c->name, link_catalyst(a, c->id, c->slug), c->national };
		}
		ids[i] = items[i].id;
	}
	m->items = items;
	if ((e = map_ground_find(r->db, a, q->territoires, &m->ground)) || !m->whole)
		return e;
	return map_places_find(r->db, a, m->sheets, ids, m->nitems, &m->ground.frame, &m->places);
}

static struct view_map_rows
rows_of(const struct atlas *m, const struct found *f)
{
	struct arena *a = m->r->arena;
	struct view_map_row *rows = arena_array(a, struct view_map_row, m->nitems);
	for (size_t i = 0; i < m->nitems; i++) {
		rows[i] = (struct view_map_row){ .anchor = arena_fmt(a, "i%lld", (long long)m->items[i].id),
			                         .sheet = m->sheets,
			                         .title = m->items[i].name,
			                         .url = m->items[i].url };
		if (m->sheets) {
			struct view_sheet_row row = row_sheet(a, &f->sheets.p[i]);
			rows[i].cote = row.cote;
			rows[i].place = row.place;
			continue;
		}
		const struct catalyst_card *c = &f->catalysts.p[i];
		rows[i].place = c->seat.type.n ? place_of(a, &c->seat)
		                : c->national  ? (struct view_place){ .code = STR("FR"), .name = STR("Partout en France") }
		                               : (struct view_place){ .code = STR("?"), .name = STR("Lieu inconnu de nous"), .vague = true };
		rows[i].place.url = (struct url){ NULL, 0 };
		if (c->seat.type.n && !str_eq(c->precision, STR("commune"))) {
			rows[i].place.vague = true;
			rows[i].place.name = arena_fmt(a, "%.*s, commune inconnue de nous", (int)c->seat.name.n, c->seat.name.p);
		}
	}
	return (struct view_map_rows){ rows, m->nitems };
}

/* The nation, then the région of a département: the way back. */
static struct view_links
up_of(const struct atlas *m)
{
	struct arena *a = m->r->arena;
	struct view_link *p = arena_array(a, struct view_link, 2);
	size_t n = 0;
	if (m->ground.type.n == 0)
		return (struct view_links){ p, 0 };
	p[n++] = (struct view_link){ STR("La France"), atlas_link(m, false, NULL, 0) };
	for (size_t i = 0; i < m->refs.n; i++) {
		const struct territory_ref *d = &m->refs.p[i];
		if (!str_eq(d->type, m->ground.type) || !str_eq(d->code, m->ground.code) || !str_eq(d->type, STR("departement"))
		    || d->overseas)
			continue;
		for (size_t k = 0; k < m->refs.n; k++)
			if (str_eq(m->refs.p[k].type, STR("region")) && str_eq(m->refs.p[k].code, d->parent_code)) {
				struct str key = arena_fmt(a, "region:%.*s", (int)d->parent_code.n, d->parent_code.p);
				p[n++] = (struct view_link){ m->refs.p[k].name, atlas_link(m, false, &key, 1) };
			}
	}
	return (struct view_links){ p, n };
}

/* The closer maps: the régions, or the départements of one. */
static void
index_of(const struct atlas *m, struct view_atlas *v)
{
	struct arena *a = m->r->arena;
	bool nation = m->ground.type.n == 0;
	if (!nation && (!str_eq(m->ground.type, STR("region")) || m->ground.stone.n == 3))
		return;
	struct view_sheet_index *p = arena_array(a, struct view_sheet_index, m->refs.n);
	size_t n = 0;
	for (size_t i = 0; i < m->refs.n; i++) {
		const struct territory_ref *t = &m->refs.p[i];
		if (nation ? !str_eq(t->type, STR("region"))
		           : !str_eq(t->type, STR("departement")) || !str_eq(t->parent_code, m->ground.code))
			continue;
		struct str key = arena_fmt(a, "%.*s:%.*s", (int)t->type.n, t->type.p, (int)t->code.n, t->code.p);
		int64_t count = 0;
		for (size_t k = 0; k < m->facets->n; k++)
			if (str_eq(m->facets->p[k].code, key))
				count = m->facets->p[k].n;
		struct str code = t->code;
		for (size_t k = 0; k < m->refs.n && nation && t->overseas; k++)
			if (str_eq(m->refs.p[k].type, STR("departement")) && str_eq(m->refs.p[k].parent_code, t->code))
				code = m->refs.p[k].code;
		p[n++] = (struct view_sheet_index){ code, t->name, count ? words_number(a, count) : STR_NONE, atlas_link(m, false, &key, 1) };
	}
	v->index = (struct view_sheet_indexes){ p, n };
	v->index_title = nation ? STR("Une région de plus près") : STR("Un département de plus près");
}

static struct view_empty
nothing(const struct atlas *m)
{
	struct arena *a = m->r->arena;
	struct view_link *offers = arena_array(a, struct view_link, 2);
	size_t n = 0;
	if (m->facets->total > 0)
		offers[n++] = (struct view_link){ STR("Revenir à la première page"),
			                          link_list(m->r, STR("/carte"), (struct param){ { 0 }, { 0 } }, (struct param){ { 0 }, { 0 } }) };
	offers[n++] = (struct view_link){ m->sheets ? STR("Toutes les fiches sur la carte") : STR("Tous les catalyseurs sur la carte"),
		                          m->sheets ? link_fmt(a, "/carte?quoi=fiches") : link_fmt(a, "/carte") };
	return (struct view_empty){ m->facets->total > 0 ? STR("Cette page de la liste n'existe pas.")
		                    : m->sheets          ? STR("Aucune fiche ne répond à cette demande.")
		                                         : STR("Nous ne connaissons aucun catalyseur pour cette demande."),
		                    STR("Ce n'est pas le territoire qui est vide, c'est notre liste."),
		                    { offers, n } };
}

static void
json_dot(struct json_out *j, struct arena *a, struct str base, const struct view_dot *d)
{
	struct str ids = arena_str(a, d->ids);
	for (size_t i = 0; i < ids.n; i++)
		if (ids.p[i] == ' ')
			((char *)(uintptr_t)ids.p)[i] = ',';
	json_begin_object(j);
	json_key(j, "libelle");
	json_str(j, d->label);
	json_key(j, "lieu_precis");
	json_bool(j, !d->vague);
	json_key(j, "elements");
	json_raw(j, arena_fmt(a, "[%.*s]", (int)ids.n, ids.p));
	json_key(j, "uri");
	json_str(j, arena_fmt(a, "%.*s%.*s", (int)base.n, base.p, (int)d->url.n, d->url.p));
	json_end(j);
}

static enum err
answer_json(const struct atlas *m, struct resp *w, const struct list_query *q, const struct territory *t, const struct found *f,
            const struct view_atlas *v)
{
	struct req *r = m->r;
	struct json_out j = json_out(&w->body);
	struct paging p = paging_links(r, q, m->facets);
	paging_headers(r, w, &p, facet_counts_exact(m->facets));
	json_begin_object(&j);
	json_list_head(&j, r, q, &p, m->facets, t);
	json_key(&j, "quoi");
	json_str(&j, m->sheets ? STR("fiches") : STR("catalyseurs"));
	json_key(&j, "amas"); /* the dots of the map, in its order */
	json_begin_array(&j);
	for (size_t i = 0; i < v->plans.p[0].dots.n; i++)
		json_dot(&j, r->arena, r->base, &v->plans.p[0].dots.p[i]);
	json_end(&j);
	json_key(&j, "elements");
	json_begin_array(&j);
	for (size_t i = 0; i < m->nitems; i++)
		if (m->sheets)
			json_sheet_card(&j, r->arena, r->base, &f->sheets.p[i]);
		else
			json_catalyst_card(&j, r->arena, r->base, &f->catalysts.p[i]);
	json_end(&j);
	json_end(&j);
	return ERR_NONE;
}

static void
answer_geojson(const struct atlas *m, struct resp *w, const struct list_query *q, const struct found *f)
{
	struct req *r = m->r;
	struct paging p = paging_links(r, q, m->facets);
	struct listing l = { r, STR("La carte"), site_of(r)->editor, facet_counts_exact(m->facets), &p, { NULL, 0 }, STR_NONE };
	if (m->sheets)
		listing_sheets(&l, w, f->sheets.p, f->sheets.n);
	else
		listing_catalysts(&l, w, f->catalysts.p, f->catalysts.n);
}

/* Where tiles come from, "https://tuiles.example", {s} being any name: for the policy of this page; empty when they do not come by https. */
static struct str
tiles_origin(struct arena *a, struct str tiles)
{
	struct buf b;
	if (tiles.n < 9 || memcmp(tiles.p, "https://", 8) != 0)
		return STR_NONE;
	buf_init(&b, a, tiles.n);
	buf_lit(&b, "https://");
	for (size_t i = 8; i < tiles.n && tiles.p[i] != '/'; i++) {
		bool mark = i + 3 <= tiles.n && memcmp(tiles.p + i, "{s}", 3) == 0;
		buf_char(&b, mark ? '*' : tiles.p[i]);
		i += mark ? 2 : 0;
	}
	return buf_str(&b);
}

/* What the map that moves reads. */
static void
moving_of(const struct atlas *m, struct resp *w, struct view_atlas *v)
{
	struct req *r = m->r;
	struct arena *a = r->arena;
	int64_t vintage = m->refs.n ? m->refs.p[0].vintage : 0;
	struct url data = link_list(r, STR("/carte.geojson"), (struct param){ STR("quoi"), STR_NONE },
	                            (struct param){ STR("quoi"), m->sheets ? STR("fiches") : STR("catalyseurs") });
	v->data = (struct str){ data.p, data.n };
	v->outlines = arena_fmt(a, "/territoires/contours/departements.geojson?millesime=%lld", (long long)vintage);
	v->regions = arena_fmt(a, "/territoires/contours/regions.geojson?millesime=%lld", (long long)vintage);
	if (m->ground.type.n)
		v->key = arena_fmt(a, "%.*s:%.*s", (int)m->ground.type.n, m->ground.type.p, (int)m->ground.code.n, m->ground.code.p);
	struct str origin = tiles_origin(a, site_of(r)->tiles);
	if (origin.n == 0)
		return;
	v->tiles = site_of(r)->tiles;
	v->tiles_credit = site_of(r)->tiles_credit;
	resp_header(w, "X-Catalyse-Images", origin);
}

enum err
page_outlines(struct req *r, struct resp *w)
{
	struct map_outlines o;
	bool regions = str_eq(r->vars[0], STR("regions"));
	if (!regions && !str_eq(r->vars[0], STR("departements")))
		return ERR_NOT_FOUND;
	enum err e = map_outlines_find(r->db, r->arena, regions, &o);
	if (e)
		return e;
	if (str_eq(req_param(r, "millesime"), arena_fmt(r->arena, "%lld", (long long)o.vintage)))
		w->cache = CACHE_LONG;
	struct json_out j = json_out(&w->body);
	json_begin_object(&j);
	json_key(&j, "type");
	json_str(&j, STR("FeatureCollection"));
	json_key(&j, "attribution");
	json_str(&j, STR("Natural Earth, domaine public ; INSEE, code officiel géographique, Licence Ouverte 2.0"));
	json_key(&j, "features");
	json_begin_array(&j);
	for (size_t i = 0; i < o.n; i++)
		json_raw(&j, o.p[i]);
	json_end(&j);
	json_end(&j);
	return ERR_NONE;
}

static struct view_choices
kinds_of(const struct atlas *m, const struct list_query *q)
{
	struct arena *a = m->r->arena;
	struct view_choice *p = arena_array(a, struct view_choice, 2);
	struct atlas other = *m;
	for (int k = 0; k < 2; k++) {
		other.sheets = k == 1;
		p[k] = (struct view_choice){ k ? STR("Les fiches") : STR("Les catalyseurs et acteurs"),
			                     atlas_link(&other, false, q->territoires.p, q->territoires.n), other.sheets == m->sheets };
	}
	return (struct view_choices){ p, 2 };
}

enum err
page_map(struct req *r, struct resp *w)
{
	struct arena *a = r->arena;
	struct list_query q = list_query_of(r);
	struct territory t;
	struct found found = { 0 };
	struct atlas m = { .r = r, .sheets = asks_sheets(r) };
	if (!m.sheets)
		list_idle_catalysts(r);
	if (req_param(r, "taille").n == 0)
		q.taille = ITEMS_MAX;
	search_total *total = m.sheets ? sheet_total : catalyst_total;
	struct search_places named;
	enum err e = list_territory(r, &q, &t);
	if (e || (e = list_place(r, w, &q, total, &named, NULL)) || w->location.n || (e = territories_cached(r, &m.refs)) || (e = search(&m, &q, &found))
	    || (e = list_place(r, w, &q, total, &named, m.sheets ? &found.sheets.facets : &found.catalysts.facets)) || w->location.n)
		return e;
	struct view_atlas v = { 0 };
	atlas_draw(&m, &v);
	if (r->format == FORMAT_JSON)
		return answer_json(&m, w, &q, &t, &found, &v);
	if (r->format == FORMAT_GEOJSON) {
		answer_geojson(&m, w, &q, &found);
		return ERR_NONE;
	}
	struct str here = m.ground.type.n ? m.ground.name_in : STR_NONE;
	struct str unit = atlas_unit(&m, true);
	v.crumbs = crumbs(a, 1, &(struct view_link){ STR("La carte"), { NULL, 0 } });
	v.place_band = t.id != 0;
	v.title = m.ground.type.n == 0 ? (m.sheets ? STR("Les fiches sur la carte") : STR("Qui relie, et où"))
	          : m.sheets           ? arena_fmt(a, "Les fiches %.*s", (int)here.n, here.p)
	                               : arena_fmt(a, "Qui relie %.*s", (int)here.n, here.p);
	v.lead = STR("La liste et la carte disent la même chose : prenez celle qui vous va.");
	v.kinds = kinds_of(&m, &q);
	v.filters = filters_of(r, "/carte", m.facets, m.sheets ? "fiche" : "catalyseur", m.sheets ? "fiches" : "catalyseurs",
	                       m.sheets ? STR("Chercher dans les fiches") : STR("Chercher un nom"), m.sheets);
	if (v.filters.clear.n)
		v.filters.clear = m.sheets ? link_fmt(a, "/carte?quoi=fiches") : link_fmt(a, "/carte");
	v.total = m.sheets ? words_count(a, m.facets->total, "fiche", "fiches")
	                   : words_count(a, m.facets->total, "catalyseur ou acteur", "catalyseurs et acteurs");
	v.rows = rows_of(&m, &found);
	v.instead = instead_of(r, STR("/carte"), &m.facets->search);
	if (m.nitems == 0)
		v.empty = nothing(&m);
	v.paging = paging_list(r, STR("/carte"), &q, m.facets);
	v.list = (struct view_link){ m.sheets ? STR("Lire ces fiches en détail") : STR("Lire cette liste en détail"),
		                     atlas_link(&m, true, q.territoires.p, q.territoires.n) };
	v.formats_label = STR("Ces données ailleurs :");
	v.formats = formats_of(r);
	v.up = up_of(&m);
	index_of(&m, &v);
	v.unit = unit;
	moving_of(&m, w, &v);
	struct buf main;
	buf_init(&main, a, 65536);
	tpl_atlas(&main, &v);
	struct view_layout layout = { .title = m.ground.type.n ? arena_fmt(a, "Carte : %.*s", (int)m.ground.name.n, m.ground.name.p)
		                                               : STR("La carte"),
		                      .description = STR("Les catalyseurs et les fiches sur la carte de France, outre-mer d'abord."),
		                      .head_search = true,
		                      .map = true,
		                      .noindex = r->nparams > 1 };
	return page_send(r, w, &layout, &main);
}
