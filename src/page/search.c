#include "format/json_list.h"
#include "gen/tpl.h"
#include "model/search.h"
#include "model/search_miss.h"
#include "page/alert_query.h"
#include "web/query.h"

enum { SHOWN = 6, PLACES_SHOWN = 6, PLACES_MAX = 20, OTHERS_SHOWN = 4 };

struct found {
	struct str q;
	struct sheet_list sheets;
	struct catalyst_list catalysts;
	struct territory_refs places;
	struct search_others others;
	struct search_places named;
	int64_t parcours, events;
};

static int64_t
total_of(const struct found *f)
{
	return f->sheets.facets.total + f->catalysts.facets.total + f->places.total + f->parcours + f->events;
}

/* The one note that is shown: of the sheets, or of the catalysts when other words were looked for among them only. */
static struct search_note *
noted(struct found *f)
{
	struct search_note *n = &f->sheets.facets.search;
	return n->instead.n || n->wider.n || n->meant.n || !f->catalysts.facets.search.instead.n ? n : &f->catalysts.facets.search;
}

/* The list of a place and other words, when it has something: where its link leads (list_place). */
static enum err
there(struct req *r, const struct found *f, search_total *total, struct list_query *q)
{
	bool has;
	enum err e = search_place_has(r->db, r->arena, q, &f->named, 0, total, &has);
	if (!e && has) {
		q->q = f->named.rest;
		q->territoires = (struct strs){ &f->named.p[0].key, 1 };
	}
	return e;
}

static enum err
look(struct req *r, struct found *f)
{
	struct arena *a = r->arena;
	struct list_query query = { .q = f->q, .tri = STR("pertinence"), .page = 1, .taille = SHOWN };
	enum err e = search_places(r->db, a, f->q, &f->named);
	if (e)
		return e;
	if (f->named.sure && f->named.rest.n == 0) { /* as the lists that their links lead to */
		query.q = STR_NONE;
		query.territoires = (struct strs){ &f->named.p[0].key, 1 };
	}
	struct list_query actors = query;
	if (f->named.sure && f->named.rest.n && ((e = there(r, f, sheet_total, &query)) || (e = there(r, f, catalyst_total, &actors))))
		return e;
	if ((e = sheet_search(r->db, a, &query, &f->sheets)) || (e = catalyst_search(r->db, a, &actors, &f->catalysts))
	    || (e = territory_suggest(r->db, a, f->q, PLACES_MAX, &f->places))
	    || (e = search_others(r->db, a, f->q, OTHERS_SHOWN, &f->others)))
		return e;
	for (size_t i = 0; i < f->others.n; i++) {
		if (str_eq(f->others.p[i].part, STR("parcours")))
			f->parcours = f->others.p[i].total;
		else if (str_eq(f->others.p[i].part, STR("rencontre")))
			f->events = f->others.p[i].total;
	}
	bool place = f->places.n > 0 && !f->places.p[0].alike;
	if (f->places.n > 0 && !place) { /* a word that is French is not a name mistyped */
		struct search_places alike;
		if ((e = search_places_alike(r->db, a, f->q, &alike)))
			return e;
		if (alike.n == 0)
			f->places = (struct territory_refs){ 0 };
	}
	/* What the very words found is not mixed with what others found; a word was well written when a place bears it. */
	const struct search_note *sheets = &f->sheets.facets.search, *catalysts = &f->catalysts.facets.search;
	bool some = f->sheets.facets.total > 0 && sheets->instead.n == 0, who = f->catalysts.facets.total > 0 && catalysts->instead.n == 0;
	if (sheets->instead.n && (place || who)) { /* offered, where somebody has the very words */
		struct search_note offered = { .reason = sheets->reason, .meant = place ? STR_NONE : sheets->instead };
		f->sheets = (struct sheet_list){ .facets.search = offered };
	}
	if (catalysts->instead.n && (place || some))
		f->catalysts = (struct catalyst_list){ 0 };
	/* A mere likeness is worth showing only when nothing else was found. */
	if (!place && total_of(f) > f->places.total)
		f->places = (struct territory_refs){ 0 };
	if (!place && query.q.n) /* who looked for a place has found it */
		search_miss_note(r, &query, found_as_asked(&f->sheets.facets) + found_as_asked(&f->catalysts.facets));
	return search_excerpts(r->db, a, query.q, &f->sheets);
}

/* Sheets and catalysts, found by these very words. */
static enum err
both_total(struct db *db, struct arena *a, const struct list_query *q, int64_t *ret)
{
	struct sheet_list sheets;
	struct catalyst_list catalysts;
	enum err e = sheet_search(db, a, q, &sheets);
	if (e || (e = catalyst_search(db, a, q, &catalysts)))
		return e;
	*ret = (sheets.facets.search.instead.n ? 0 : sheets.facets.total) + (catalysts.facets.search.instead.n ? 0 : catalysts.facets.total);
	return ERR_NONE;
}

/* Few sheets and catalysts: near words that find more of them. */
static enum err
meant(struct req *r, struct found *f)
{
	struct list_query q = { .q = f->q, .whole = true, .tri = STR("pertinence"), .page = 1, .taille = 1 };
	if (f->places.n || f->sheets.facets.search.meant.n || f->sheets.facets.search.instead.n || f->catalysts.facets.search.instead.n)
		return ERR_NONE;
	return search_meant(r->db, r->arena, &q, found_as_asked(&f->sheets.facets) + f->catalysts.facets.total, both_total, &f->sheets.facets.search);
}

/* A place among other words: its list of sheets, to offer. */
static enum err
placed(struct req *r, struct found *f)
{
	struct list_query q = { .q = f->q, .tri = STR("pertinence"), .page = 1, .taille = 1 };
	return f->named.rest.n && f->named.said ? list_offers(r, &q, &f->named, found_as_asked(&f->sheets.facets) > 0, sheet_total, noted(f)) : ERR_NONE;
}

static void
others_json(struct json_out *j, const struct req *r, const struct search_others *o, const char *key, struct str part)
{
	json_key(j, key);
	json_begin_array(j);
	for (size_t i = 0; i < o->n; i++) {
		const struct search_other *x = &o->p[i];
		if (!str_eq(x->part, part))
			continue;
		json_begin_object(j);
		json_key(j, "code");
		json_str(j, x->code);
		json_key(j, "titre");
		json_str(j, x->title);
		json_key(j, "resume");
		json_str_or_null(j, x->note);
		if (x->day.n) {
			json_key(j, "jour");
			json_str(j, x->day);
		}
		json_key(j, "url");
		if (x->day.n)
			json_str_or_null(j, x->url);
		else
			json_str(j, arena_fmt(r->arena, "%.*s/parcours/%.*s", (int)r->base.n, r->base.p, (int)x->code.n, x->code.p));
		json_end(j);
	}
	json_end(j);
}

static enum err
answer_json(struct req *r, struct resp *w, struct found *f)
{
	struct json_out j = json_out(&w->body);
	json_begin_object(&j);
	json_key(&j, "total");
	json_int(&j, total_of(f));
	json_key(&j, "totaux");
	json_begin_object(&j);
	const struct {
		const char *key;
		int64_t n;
	} totals[] = { { "fiches", f->sheets.facets.total }, { "catalyseurs", f->catalysts.facets.total },
		       { "territoires", f->places.total }, { "parcours", f->parcours }, { "rencontres", f->events } };
	for (size_t i = 0; i < sizeof(totals) / sizeof(*totals); i++) {
		json_key(&j, totals[i].key);
		json_int(&j, totals[i].n);
	}
	json_end(&j);
	json_search_note(&j, noted(f));
	json_notices(&j, r);
	json_key(&j, "fiches");
	json_begin_array(&j);
	for (size_t i = 0; i < f->sheets.n; i++)
		json_sheet_card(&j, r->arena, r->base, &f->sheets.p[i]);
	json_end(&j);
	json_key(&j, "catalyseurs");
	json_begin_array(&j);
	for (size_t i = 0; i < f->catalysts.n; i++)
		json_catalyst_card(&j, r->arena, r->base, &f->catalysts.p[i]);
	json_end(&j);
	json_key(&j, "territoires");
	json_begin_array(&j);
	for (size_t i = 0; i < f->places.n; i++)
		json_territory_ref(&j, r->arena, r->base, &f->places.p[i]);
	json_end(&j);
	others_json(&j, r, &f->others, "parcours", STR("parcours"));
	others_json(&j, r, &f->others, "rencontres", STR("rencontre"));
	json_end(&j);
	return ERR_NONE;
}

static struct url
list_for(struct arena *a, const char *path, struct str q)
{
	struct buf b;
	buf_init(&b, a, 256);
	buf_fmt(&b, "%s?q=", path);
	query_encode(&b, q, false);
	return (struct url){ b.p, b.n };
}

static struct view_found_items
items_of(struct arena *a, const struct search_others *o, struct str part)
{
	struct view_found_item *v = arena_array(a, struct view_found_item, o->n);
	size_t n = 0;
	for (size_t i = 0; i < o->n; i++) {
		const struct search_other *x = &o->p[i];
		if (!str_eq(x->part, part))
			continue;
		bool event = str_eq(part, STR("rencontre"));
		v[n++] = (struct view_found_item){
			.title = x->title,
			.url = event ? link_fmt(a, "/evenements/%.*s", (int)x->code.n, x->code.p) : link_fmt(a, "/parcours/%.*s", (int)x->code.n, x->code.p),
			.day = words_date(a, x->day, true),
			.note = x->note,
		};
	}
	return (struct view_found_items){ v, n };
}

/* Nothing at all: the themes, and the two ways to walk around. */
static struct view_empty
nothing(struct arena *a, const struct found *f)
{
	struct view_link *offers = arena_array(a, struct view_link, f->others.n + 3);
	size_t n = 0;
	for (size_t i = 0; i < f->others.n; i++)
		if (str_eq(f->others.p[i].part, STR("theme")))
			offers[n++] = (struct view_link){ f->others.p[i].title, link_fmt(a, "/fiches?theme=%.*s", (int)f->others.p[i].code.n,
				                                                         f->others.p[i].code.p) };
	offers[n++] = (struct view_link){ STR("Toutes les fiches"), { "/fiches", 7 } };
	offers[n++] = (struct view_link){ STR("Tous les territoires"), { "/territoires", 12 } };
	return (struct view_empty){ STR("Nous n'avons rien avec ces mots."),
		                    STR("Essayez un mot plus simple ou le nom d'une commune, ou partez d'un thème."), { offers, n } };
}

static void
tab(struct view_links *tabs, struct arena *a, int64_t n, const char *one, const char *many, const char *id)
{
	if (n > 0)
		((struct view_link *)(uintptr_t)tabs->p)[tabs->n++] = (struct view_link){ words_count(a, n, one, many), { id, strlen(id) } };
}

enum err
page_search(struct req *r, struct resp *w)
{
	struct arena *a = r->arena;
	struct found f = { .q = req_param(r, "q") };
	struct str q = f.q;
	enum err e;
	if (q.n && ((e = look(r, &f)) || (e = meant(r, &f)) || (e = placed(r, &f))))
		return e;
	if (r->format == FORMAT_JSON)
		return answer_json(r, w, &f);
	size_t shown = f.places.n < PLACES_SHOWN ? f.places.n : PLACES_SHOWN;
	struct view_place *p = arena_array(a, struct view_place, shown);
	for (size_t i = 0; i < shown; i++)
		p[i] = row_place_found(a, &f.places.p[i]);
	int64_t total = total_of(&f);
	struct str count = words_count(a, total, "réponse", "réponses");
	const struct facet_counts *sheets = &f.sheets.facets, *catalysts = &f.catalysts.facets;
	struct view_search v = {
		.q = q,
		.title = q.n ? total ? arena_fmt(a, "%.*s pour « %.*s »", (int)count.n, count.p, (int)q.n, q.p)
		                     : arena_fmt(a, "Rien trouvé pour « %.*s »", (int)q.n, q.p)
		             : STR("Chercher"),
		.lead = q.n ? STR_NONE : STR("Un sujet, une commune, un nom : une seule recherche pour tout."),
		.instead = instead_of(r, STR("/recherche"), noted(&f)),
		.places_first = f.places.n > 0 && (f.places.p[0].named || f.places.p[0].alike),
		.territories = { p, shown },
		.sheets = rows_sheets(a, f.sheets.p, f.sheets.n),
		.sheets_count = words_count(a, sheets->total, "fiche", "fiches"),
		.catalysts = rows_catalysts(a, f.catalysts.p, f.catalysts.n),
		.catalysts_count = words_count(a, catalysts->total, "réponse", "réponses"),
		.parcours = items_of(a, &f.others, STR("parcours")),
		.events = items_of(a, &f.others, STR("rencontre")),
		.tabs = { arena_array(a, struct view_link, 5), 0 },
	};
	if (v.places_first)
		tab(&v.tabs, a, f.places.total, "territoire", "territoires", "#lieux");
	tab(&v.tabs, a, sheets->total, "fiche", "fiches", "#fiches");
	tab(&v.tabs, a, catalysts->total, "catalyseur ou acteur", "catalyseurs et acteurs", "#qui");
	if (!v.places_first)
		tab(&v.tabs, a, f.places.total, "territoire", "territoires", "#lieux");
	tab(&v.tabs, a, f.parcours, "parcours", "parcours", "#parcours");
	tab(&v.tabs, a, f.events, "rencontre", "rencontres", "#rencontres");
	if (sheets->total > (int64_t)f.sheets.n)
		v.all_sheets = (struct view_link){ STR("Toutes les fiches trouvées, à filtrer"), list_for(a, "/fiches", sheets->search.instead.n ? sheets->search.instead : q) };
	if (catalysts->total > (int64_t)f.catalysts.n)
		v.all_catalysts = (struct view_link){ STR("Tous les catalyseurs trouvés"), list_for(a, "/catalyseurs", catalysts->search.instead.n ? catalysts->search.instead : q) };
	if (f.places.n > shown)
		v.all_territories = (struct view_link){ STR("Les territoires trouvés"), list_for(a, "/territoires", q) };
	if (q.n && total == 0)
		v.empty = nothing(a, &f);
	if (q.n)
		v.alert = alert_link(r);
	struct buf main;
	buf_init(&main, a, 32768);
	tpl_search(&main, &v);
	struct view_layout layout = { .title = v.title, .noindex = true, .q = q }; /* one box is enough: no head_search */
	return page_send(r, w, &layout, &main);
}

static void
guess_put(struct json_out *j, const char *kind, struct str label, struct str note, struct str url)
{
	json_begin_object(j);
	json_key(j, "sorte");
	json_str(j, str_of(kind));
	json_key(j, "libelle");
	json_str(j, label);
	json_key(j, "note");
	json_str_or_null(j, note);
	json_key(j, "url");
	json_str(j, url);
	json_end(j);
}

static struct str
path_of(struct url u)
{
	return (struct str){ u.p, u.n };
}

enum err
page_search_suggest(struct req *r, struct resp *w)
{
	enum { PLACES = 3 };
	struct arena *a = r->arena;
	struct str q = req_param(r, "q");
	struct search_guesses g = { 0 };
	struct territory_refs places = { 0 };
	enum err e;
	if (q.n >= 2 && ((e = search_suggest(r->db, a, q, &g)) || (e = territory_suggest(r->db, a, q, PLACES, &places))))
		return e;
	if (places.n && places.p[0].alike && g.n)
		places.n = 0;
	struct json_out j = json_out(&w->body);
	json_begin_object(&j);
	json_key(&j, "total");
	json_int(&j, (int64_t)(g.n + places.n));
	json_notices(&j, r);
	json_key(&j, "elements");
	json_begin_array(&j);
	for (size_t i = 0; i < places.n; i++) {
		const struct territory_ref *t = &places.p[i];
		guess_put(&j, "territoire", t->name, t->stone, path_of(link_territory(a, t->type, t->code, t->slug)));
	}
	for (size_t i = 0; i < g.n; i++) {
		const struct search_guess *x = &g.p[i];
		if (str_eq(x->part, STR("mot")))
			guess_put(&j, "recherche", x->label, STR_NONE, path_of(list_for(a, "/recherche", x->label)));
		else if (str_eq(x->part, STR("fiche")))
			guess_put(&j, "fiche", x->label, str_of(sheet_kind_of(x->type)->name), path_of(link_sheet(a, x->id, x->slug)));
		else
			guess_put(&j, "catalyseur", x->label, STR("Catalyseur ou acteur"), path_of(link_catalyst(a, x->id, x->slug)));
	}
	json_end(&j);
	json_end(&j);
	return ERR_NONE;
}
