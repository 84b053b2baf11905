#include "format/json_list.h"
#include "gen/tpl.h"
#include "model/search_miss.h"
#include "page/page.h"
#include "web/query.h"

#define SHOWN 10
#define PLACES_SHOWN 6

static struct url
list_for(struct arena *a, const char *path, struct str q)
{
	struct buf b;
	buf_init(&b, a, 256);
	buf_fmt(&b, "%s?q=", path);
	query_encode(&b, q, false);
	return (struct url){ b.p, b.n };
}

enum err
page_search(struct req *r, struct resp *w)
{
	struct arena *a = r->arena;
	struct str q = req_param(r, "q");
	struct list_query query = { .q = q, .tri = STR("pertinence"), .page = 1, .taille = SHOWN };
	struct sheet_list sheets = { 0 };
	struct catalyst_list catalysts = { 0 };
	struct territory_refs places = { 0 };
	enum err e;
	if (q.n && ((e = sheet_search(r->db, a, &query, &sheets)) || (e = catalyst_search(r->db, a, &query, &catalysts))
	            || (e = territory_suggest(r->db, a, q, PLACES_SHOWN, &places))))
		return e;
	/* A mere likeness is worth showing only when nothing else was found. */
	if (places.n && places.p[0].alike && sheets.facets.total + catalysts.facets.total > 0)
		places.n = 0;
	if (places.n == 0 || places.p[0].alike) /* who looked for a place has found it */
		search_miss_note(r, &query, sheets.facets.total + catalysts.facets.total);
	if (r->format == FORMAT_JSON) {
		struct json_out j = json_out(&w->body);
		json_begin_object(&j);
		json_key(&j, "total");
		json_int(&j, sheets.facets.total + catalysts.facets.total + (int64_t)places.n);
		json_notices(&j, r);
		json_key(&j, "fiches");
		json_begin_array(&j);
		for (size_t i = 0; i < sheets.n; i++)
			json_sheet_card(&j, a, r->base, &sheets.p[i]);
		json_end(&j);
		json_key(&j, "catalyseurs");
		json_begin_array(&j);
		for (size_t i = 0; i < catalysts.n; i++)
			json_catalyst_card(&j, a, r->base, &catalysts.p[i]);
		json_end(&j);
		json_key(&j, "territoires");
		json_begin_array(&j);
		for (size_t i = 0; i < places.n; i++)
			json_territory_ref(&j, a, r->base, &places.p[i]);
		json_end(&j);
		json_end(&j);
		return ERR_NONE;
	}
	struct view_place *p = arena_array(a, struct view_place, places.n);
	for (size_t i = 0; i < places.n; i++)
		p[i] = row_place(a, &places.p[i]);
	int64_t total = sheets.facets.total + catalysts.facets.total + (int64_t)places.n;
	struct str count = words_count(a, total, "réponse", "réponses");
	struct view_search v = {
		.q = q,
		.title = q.n ? total ? arena_fmt(a, "%.*s pour « %.*s »", (int)count.n, count.p, (int)q.n, q.p)
		                     : arena_fmt(a, "Rien trouvé pour « %.*s »", (int)q.n, q.p)
		             : STR("Chercher"),
		.lead = q.n ? STR_NONE : STR("Un sujet, une commune, un nom : une seule recherche pour tout."),
		.territories = { p, places.n },
		.sheets = rows_sheets(a, sheets.p, sheets.n),
		.sheets_count = words_count(a, sheets.facets.total, "fiche", "fiches"),
		.catalysts = rows_catalysts(a, catalysts.p, catalysts.n),
		.catalysts_count = words_count(a, catalysts.facets.total, "réponse", "réponses"),
	};
	if (sheets.facets.total > SHOWN)
		v.all_sheets = (struct view_link){ STR("Toutes les fiches trouvées"), list_for(a, "/fiches", q) };
	if (catalysts.facets.total > SHOWN)
		v.all_catalysts = (struct view_link){ STR("Tous les catalyseurs trouvés"), list_for(a, "/catalyseurs", q) };
	if (q.n && total == 0) {
		struct view_link *offers = arena_array(a, struct view_link, 2);
		offers[0] = (struct view_link){ STR("Parcourir toutes les fiches"), { "/fiches", 7 } };
		offers[1] = (struct view_link){ STR("Parcourir les territoires"), { "/territoires", 12 } };
		v.empty = (struct view_empty){ STR("Nous n'avons rien sous ces mots."),
			                       STR("Essayez un mot plus simple, ou le nom d'une commune."), { offers, 2 } };
	}
	struct buf main;
	buf_init(&main, a, 32768);
	tpl_search(&main, &v);
	struct view_layout layout = { .title = v.title, .noindex = true, .q = q, .head_search = true };
	return page_send(r, w, &layout, &main);
}
