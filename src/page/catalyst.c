#include "format/json_item.h"
#include "format/json_list.h"
#include "format/jsonld.h"
#include "format/listing.h"
#include "gen/tpl.h"
#include "page/page.h"

#define PART(i, what) str_eq(c->parts[i].part, STR(what))

static enum err
answer_json(struct req *r, struct resp *w, const struct catalyst *c)
{
	struct json_out j = json_out(&w->body);
	json_begin_object(&j);
	json_catalyst(&j, r->arena, r->base, c);
	json_notices(&j, r);
	json_end(&j);
	return ERR_NONE;
}

static struct view_links
terms(struct arena *a, const struct catalyst *c, const char *scheme, bool linked)
{
	struct view_link *p = arena_array(a, struct view_link, c->nparts);
	size_t n = 0;
	for (size_t i = 0; i < c->nparts; i++)
		if (PART(i, "term") && str_eq(c->parts[i].scheme, str_of(scheme)))
			p[n++] = (struct view_link){ c->parts[i].label,
				                     linked ? link_fmt(a, "/catalyseurs?%s=%.*s", scheme, (int)c->parts[i].code.n,
				                                       c->parts[i].code.p)
				                            : (struct url){ NULL, 0 } };
	return (struct view_links){ p, n };
}

static struct str
seat_note(const struct catalyst *c)
{
	if (str_eq(c->card.precision, STR("departement")))
		return STR("Commune inconnue de nous : placé dans son département.");
	if (str_eq(c->card.precision, STR("inconnue")))
		return STR("Lieu inconnu de nous.");
	return STR_NONE;
}

enum err
page_catalyst(struct req *r, struct resp *w)
{
	struct arena *a = r->arena;
	struct str slug;
	int64_t id = link_number(r->vars[0], &slug);
	struct catalyst found, *c = &found;
	if (id < 0)
		return ERR_NOT_FOUND;
	enum err e = catalyst_find(r->db, a, id, c);
	if (e)
		return e;
	struct url self = link_catalyst(a, id, c->card.slug);
	if (!str_eq(slug, c->card.slug)) {
		page_moved(r, w, self);
		return ERR_NONE;
	}
	if (r->format == FORMAT_JSON)
		return answer_json(r, w, c);
	struct view_links trail = crumbs(a, 1, &(struct view_link){ STR("Catalyseurs"), { "/catalyseurs", 12 } });
	if (r->format == FORMAT_JSONLD) {
		struct jsonld d = { r, c->card.name, site_of(r)->editor, &trail };
		jsonld_catalyst(&d, &w->body, c);
		return ERR_NONE;
	}
	if (r->format != FORMAT_HTML) {
		struct listing l = { r, c->card.name, site_of(r)->editor, 1, NULL, { NULL, 0 } };
		listing_catalyst(&l, w, c);
		return ERR_NONE;
	}
	struct view_place *areas = arena_array(a, struct view_place, c->nparts);
	struct view_sheet_row *sheets = arena_array(a, struct view_sheet_row, c->nparts);
	size_t nareas = 0, nsheets = 0;
	for (size_t i = 0; i < c->nparts; i++) {
		const struct catalyst_part *x = &c->parts[i];
		if (PART(i, "area")) {
			struct place_ref p = { x->scheme, x->code, x->slug, x->label,
				               str_eq(x->scheme, STR("commune")) || str_eq(x->scheme, STR("epci")) ? x->summary : x->code };
			areas[nareas++] = place_of(a, &p);
		} else if (PART(i, "sheet")) {
			sheets[nsheets++] = (struct view_sheet_row){ .cote = cote_of(a, x->scheme, x->n),
				                                     .title = x->label,
				                                     .url = link_sheet(a, x->n, x->slug),
				                                     .summary = x->summary,
				                                     .place = place_of(a, &c->card.seat),
				                                     .evidence = evidence_of(x->evidence),
				                                     .verified = words_date(a, x->verified_on, false) };
			sheets[nsheets - 1].place.url = (struct url){ NULL, 0 };
		}
	}
	struct view_fact *facts = arena_array(a, struct view_fact, 8);
	size_t nf = 0;
	struct view_links practices = terms(a, c, "pratique", true), activities = terms(a, c, "activite", false);
	struct view_links themes = terms(a, c, "theme", true);
	facts[nf++] = practices.n ? (struct view_fact){ .label = STR("Pratiques"), .links = practices }
	                          : (struct view_fact){ .label = STR("Pratiques"), .unknown = true };
	if (activities.n)
		facts[nf++] = (struct view_fact){ .label = STR("Activités"), .links = activities };
	if (themes.n)
		facts[nf++] = (struct view_fact){ .label = STR("Thèmes"), .links = themes };
	if (c->structure.n)
		facts[nf++] = (struct view_fact){ .label = STR("Structure"), .text = c->structure };
	struct url site = link_external(c->card.website);
	if (site.n) {
		struct view_link *l = arena_array(a, struct view_link, 1);
		l[0] = (struct view_link){ c->card.website, site };
		facts[nf++] = (struct view_fact){ .label = STR("Site"), .links = { l, 1 } };
	}
	struct view_source *sources = arena_array(a, struct view_source, 1);
	sources[0] = (struct view_source){ STR("so1"), STR_NONE, c->card.source_label, link_external(c->card.source_url), STR_NONE };
	struct str *unknown = arena_array(a, struct str, 4);
	size_t nu = 0;
	if (!str_eq(c->card.precision, STR("commune")) && !c->card.national)
		unknown[nu++] = STR("Dans quelle commune est son siège ?");
	if (nareas == 0 && !c->card.national)
		unknown[nu++] = STR("Sur quel territoire intervient-il ?");
	if (practices.n == 0)
		unknown[nu++] = STR("Laquelle des quatre pratiques de catalyse exerce-t-il ?");
	if (site.n == 0)
		unknown[nu++] = STR("Quelle est l'adresse de son site ?");
	struct view_catalyst v = {
		.crumbs = trail,
		.place = place_of(a, &c->card.seat),
		.name = c->card.name,
		.status = str_eq(c->card.kind, STR("membre")) ? STR("Catalyseur présenté par le Réseau") : STR("Acteur cité par une source"),
		.lead = c->card.summary,
		.seat_note = seat_note(c),
		.verified = words_date(a, c->card.verified_on, true),
		.facts = { facts, nf },
		.areas = { areas, nareas },
		.areas_note = c->card.national ? STR("Partout en France.") : nareas == 0 ? STR("Territoire d'action inconnu de nous.") : STR_NONE,
		.sheets = { sheets, nsheets },
		.unknown = { unknown, nu },
		.contact = link_external(site_of(r)->contact),
		.sources = { sources, c->card.source_label.n ? 1 : 0 },
		.formats_label = STR("Cette page ailleurs"),
		.formats = formats_of(r),
	};
	if (c->card.national && c->card.seat.type.n == 0)
		v.place = (struct view_place){ .code = STR("FR"), .name = STR("Partout en France") };
	else if (c->card.seat.type.n == 0)
		v.place = (struct view_place){ .code = STR("?"), .name = STR("Lieu inconnu de nous"), .vague = true };
	v.place.vague = v.place.vague || str_eq(c->card.precision, STR("departement"));
	if (c->seat_id) {
		struct catalyst_list near, me = { .p = &c->card, .n = 1 };
		struct territory_refs refs;
		if ((e = catalyst_nearest(r->db, a, c->seat_id, &me, 5, &near)) || (e = territories_cached(r, &refs)))
			return e;
		struct view_link *links = arena_array(a, struct view_link, near.n);
		for (size_t i = 0; i < near.n; i++) {
			struct str km = words_km(a, near.p[i].distance_km);
			links[i] = (struct view_link){ arena_fmt(a, "%.*s, %.*s%s%.*s", (int)near.p[i].name.n, near.p[i].name.p,
				                                 (int)near.p[i].seat_in.n, near.p[i].seat_in.p,
				                                 str_eq(c->card.precision, STR("commune")) ? ", " : "",
				                                 str_eq(c->card.precision, STR("commune")) ? (int)km.n : 0, km.p),
				                       link_catalyst(a, near.p[i].id, near.p[i].slug) };
		}
		v.near = (struct view_links){ links, near.n };
		v.near_title = STR("Catalyseurs voisins");
		v.locator = locator_of(a, &refs, str_eq(c->card.seat.type, STR("region")), c->card.seat.stone);
	}
	struct buf main;
	buf_init(&main, a, 32768);
	tpl_catalyst(&main, &v);
	struct view_layout layout = { .title = c->card.name, .description = c->card.summary, .nav_catalysts = true, .head_search = true };
	return page_send(r, w, &layout, &main);
}
