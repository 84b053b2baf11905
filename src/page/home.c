/* The home of a front office: its blocks, in its order. */
#include "page/home.h"
#include "format/json_list.h"
#include "format/jsonld.h"
#include "gen/tpl.h"

enum { RECENT = 5 };

static bool
is_opening(struct str kind)
{
	return str_eq(kind, STR("recherche")) || str_eq(kind, STR("ici")) || str_eq(kind, STR("carte"));
}

static bool
is_road(struct str kind)
{
	return str_eq(kind, STR("situations")) || str_eq(kind, STR("parcours"));
}

static enum err
draw(struct home *h, const struct espace_block *b)
{
	const struct home_kind *k = home_kind_of(b->kind);
	struct espace_block sized = *b;

	if (!k) /* of a version to come, or past */
		return ERR_NONE;
	if (sized.size == 0)
		sized.size = k->most;
	struct view_block v = { .id = arena_fmt(h->r->arena, "b%lld", (long long)b->id), .title = b->title.n ? b->title : str_of(k->heading) };
	return k->draw(h, &sized, &v);
}

/* The first blocks make one opening, where words and map stand side by side; a road and the next meeting stand so too. */
static enum err
draw_all(struct home *h, const struct espace_blocks *blocks)
{
	size_t i = 0;
	enum err e = ERR_NONE;

	if (blocks->n && is_opening(blocks->p[0].kind)) {
		buf_lit(h->out, "<div class=\"ouverture\">\n");
		for (; !e && i < blocks->n && is_opening(blocks->p[i].kind); i++)
			e = draw(h, &blocks->p[i]);
		buf_lit(h->out, "</div>\n");
	}
	for (; !e && i < blocks->n; i++) {
		struct str kind = blocks->p[i].kind;
		bool road = is_road(kind), event = str_eq(kind, STR("rendez-vous")), map = str_eq(kind, STR("carte"));
		if (road || event || map)
			buf_put(h->out, road ? STR("<div class=\"page situations bande\">\n") : STR("<div class=\"page bande\">\n"));
		e = draw(h, &blocks->p[i]);
		h->beside = !e && road && i + 1 < blocks->n && str_eq(blocks->p[i + 1].kind, STR("rendez-vous"));
		if (h->beside)
			e = draw(h, &blocks->p[++i]);
		if (road || event || map)
			buf_lit(h->out, "</div>\n");
	}
	return e;
}

static enum err
answer_json(struct home *h, struct resp *w)
{
	struct req *r = h->r;
	struct json_out j = json_out(&w->body);
	enum err e = home_recent(h, RECENT);

	if (e)
		return e;
	json_begin_object(&j);
	json_key(&j, "nom");
	json_str(&j, h->espace->brand);
	json_key(&j, "espace");
	json_str_or_null(&j, h->espace->code);
	json_key(&j, "fiches");
	json_int(&j, h->recent.facets.total);
	json_key(&j, "liens");
	json_begin_object(&j);
	static const char *const doors[] = { "fiches", "catalyseurs", "territoires" };
	for (size_t i = 0; i < 3; i++) {
		json_key(&j, doors[i]);
		json_str(&j, arena_fmt(r->arena, "%.*s/%s.json", (int)r->base.n, r->base.p, doors[i]));
	}
	json_end(&j);
	json_key(&j, "recentes");
	json_begin_array(&j);
	for (size_t i = 0; i < h->recent.n; i++)
		json_sheet_card(&j, r->arena, r->base, &h->recent.p[i]);
	json_end(&j);
	json_notices(&j, r);
	json_end(&j);
	return ERR_NONE;
}

/* What a home without any block shows. */
static const struct espace_block bare[] = {
	{ .id = 1, .kind = { "recherche", 9 } },
	{ .id = 2, .kind = { "ici", 3 } },
	{ .id = 3, .kind = { "carte", 5 } },
	{ .id = 4, .kind = { "selection", 9 } },
};

enum err
page_home(struct req *r, struct resp *w)
{
	struct arena *a = r->arena;
	struct buf main;
	struct espace_blocks blocks = { 0 };
	struct home h = { .r = r, .espace = espace_of(r), .out = &main };

	if (r->format == FORMAT_JSONLD) {
		struct view_links trail = crumbs(a, 0, NULL);
		struct jsonld d = { r, h.espace->brand, site_of(r)->editor, &trail };
		jsonld_home(&d, &w->body);
		return ERR_NONE;
	}
	if (r->format == FORMAT_JSON)
		return answer_json(&h, w);
	enum err e = espace_blocks_list(r->db, a, h.espace->id, &blocks);
	if (e)
		return e;
	if (blocks.n == 0)
		blocks = (struct espace_blocks){ bare, sizeof(bare) / sizeof(*bare) };
	buf_init(&main, a, 131072);
	bool titled = false;
	for (size_t i = 0; i < blocks.n; i++)
		titled = titled || str_eq(blocks.p[i].kind, STR("recherche"));
	if (!titled)
		tpl_bloc_titre(&main, &(struct view_block){ .title = h.espace->name });
	if ((e = draw_all(&h, &blocks)))
		return e;
	struct view_layout layout = {
		.description = h.espace->is_default || !h.espace->tagline.n
		                       ? STR("Ce qui relie ailleurs peut relier ici : méthodes, exemples, données, outils et compétences pour les alliances de territoire.")
		                       : h.espace->tagline,
	};
	return page_send(r, w, &layout, &main);
}
