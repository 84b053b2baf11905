#include "format/json_item.h"
#include "format/json_list.h"
#include "format/jsonld.h"
#include "format/listing.h"
#include "gen/tpl.h"
#include "model/map.h"
#include "model/network.h"
#include "page/network.h"
#include "page/structure.h"

#define PART(i, what) str_eq(c->parts[i].part, STR(what))

static enum err
answer_json(struct req *r, struct resp *w, const struct catalyst *c)
{
	struct json_out j = json_out(&w->body);
	json_begin_object(&j);
	json_catalyst(&j, r->arena, r->base, c);
	json_key(&j, "contact"); /* never an address */
	json_str(&j, c->reach);
	json_key(&j, "contacter");
	if (str_eq(c->reach, STR("oui")))
		json_str(&j, arena_fmt(r->arena, "%.*s/catalyseurs/%lld/contacter", (int)r->base.n, r->base.p, (long long)c->card.id));
	else
		json_null(&j);
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

/* The four practices, those it exercises lit. */
static void
practices_of(struct arena *a, const struct catalyst_besides *b, struct view_catalyst *v)
{
	struct view_catalyst_practice *p = arena_array(a, struct view_catalyst_practice, b->n);
	struct view_catalyst_activity *x = arena_array(a, struct view_catalyst_activity, b->n);
	size_t n = 0, nx = 0, lit = 0, lit_practices = 0;
	for (size_t i = 0; i < b->n; i++) {
		const struct catalyst_beside *c = &b->p[i];
		if (!str_eq(c->part, STR("pratique")))
			continue;
		if (c->parent.n == 0) {
			p[n++] = (struct view_catalyst_practice){ .label = c->label, .text = c->name, .lit = c->lit, .activities = { x + nx, 0 } };
			lit_practices += c->lit;
		} else if (n) {
			x[nx++] = (struct view_catalyst_activity){ c->label, c->name, c->lit };
			p[n - 1].activities.n++;
			lit += c->lit;
			p[n - 1].state = c->lit ? STR("activités dites") : p[n - 1].state;
		}
	}
	for (size_t i = 0; i < n; i++)
		p[i].state = !p[i].lit ? STR_NONE : p[i].state.n ? STR("exercée") : STR("exercée, activités inconnues de nous");
	v->practices = (struct view_catalyst_practices){ p, n };
	if (lit_practices == 0)
		v->practices_note = STR("Nous ne savons pas encore laquelle des quatre pratiques il exerce.");
	else if (lit == 0)
		v->practices_note = STR("La source dit la pratique, pas les activités : sa structure pourra les dire.");
}

static void
events_of(struct arena *a, const struct catalyst_besides *b, struct view_catalyst *v)
{
	struct view_catalyst_meeting *p = arena_array(a, struct view_catalyst_meeting, b->n);
	size_t n = 0;
	for (size_t i = 0; i < b->n; i++) {
		const struct catalyst_beside *c = &b->p[i];
		if (!str_eq(c->part, STR("evenement")))
			continue;
		struct view_date date = words_date(a, c->date, true);
		p[n++] = (struct view_catalyst_meeting){ .date = c->date.n ? date : (struct view_date){ c->code, c->code },
			                        .link = { c->label, link_fmt(a, "/evenements/%.*s", (int)c->slug.n, c->slug.p) },
			                        .note = c->parent.n == 0           ? STR_NONE
			                                : c->parent.p[0] == '1' ? STR("il y est nommé")
			                                : c->parent.p[0] == '2' ? STR("sa structure y parle")
			                                : c->parent.p[0] == '3' ? STR("une fiche qui le cite en vient")
			                                                        : STR("sur son territoire"),
			                        .next = c->lit };
	}
	v->events = (struct view_catalyst_meetings){ p, n };
	v->events_title = STR("Rencontres et webinaires");
}

/* A drawing of what it covers, when one région holds it all. */
static enum err
area_map(struct req *r, const struct catalyst *c, struct view_map *ret)
{
	struct arena *a = r->arena;
	struct str *keys = arena_array(a, struct str, c->nparts + 1);
	struct map_ground g;
	struct map_places places = { NULL, 0 };
	size_t n = 0;
	*ret = (struct view_map){ 0 };
	for (size_t i = 0; i < c->nparts; i++)
		if (PART(i, "area"))
			keys[n++] = arena_fmt(a, "%.*s:%.*s", (int)c->parts[i].scheme.n, c->parts[i].scheme.p, (int)c->parts[i].code.n, c->parts[i].code.p);
	size_t areas = n;
	if (c->card.seat.type.n && !str_eq(c->card.seat.type, STR("pays")))
		keys[n++] = arena_fmt(a, "%.*s:%.*s", (int)c->card.seat.type.n, c->card.seat.type.p, (int)c->card.seat.code.n, c->card.seat.code.p);
	if (n == 0 || c->card.national)
		return ERR_NONE;
	enum err e = map_ground_find(r->db, a, (struct strs){ keys, n }, &g);
	if (e || g.n == 0)
		return e == ERR_NOT_FOUND ? ERR_NONE : e;
	int64_t id = c->card.id;
	if (str_eq(c->card.precision, STR("commune")) && (e = map_places_find(r->db, a, false, &id, 1, &g.frame, &places)))
		return e;
	struct view_map_shape *shapes = arena_array(a, struct view_map_shape, g.n);
	struct view_map_dot *dots = arena_array(a, struct view_map_dot, places.n + 1);
	struct view_map m = { .id = STR("aire"), .viewbox = STR("0 0 1000 1000"), .shift = STR("translate(0,0)") };
	bool shown = false;
	for (size_t i = 0; i < g.n; i++) {
		struct str key = arena_fmt(a, "%.*s:%.*s", (int)g.p[i].type.n, g.p[i].type.p, (int)g.p[i].code.n, g.p[i].code.p);
		bool here = false;
		for (size_t k = 0; k < areas && g.p[i].own; k++)
			here = here || str_eq(keys[k], key) || memcmp(keys[k].p, "region:", 7) == 0;
		shown = shown || here;
		shapes[m.shapes.n++] = (struct view_map_shape){ .path = g.p[i].path, .tint = g.p[i].own ? g.p[i].tint : 0, .here = here,
			                                        .label = g.p[i].own ? g.p[i].name : STR_NONE, .x = g.p[i].x, .y = g.p[i].y };
	}
	for (size_t i = 0; i < places.n; i++)
		dots[m.dots.n++] = (struct view_map_dot){ places.p[i].x, places.p[i].y, 14, STR_NONE };
	m.shapes.p = shapes;
	m.dots.p = dots;
	m.title = arena_fmt(a, "Où intervient %.*s : carte %.*s", (int)c->card.name.n, c->card.name.p, (int)g.name.n, g.name.p);
	m.desc = shown && places.n ? STR("En jaune, les départements où il intervient ; le point, la commune de son siège.")
	         : shown           ? STR("En jaune, les départements où il intervient.")
	         : places.n        ? STR("Le point est la commune de son siège.")
	                           : STR("Le département où il est placé ; sa commune est inconnue de nous.");
	*ret = m;
	return ERR_NONE;
}

/* How to reach it, as far as anybody may know. */
static void
reach_of(struct req *r, const struct catalyst *c, struct view_catalyst *v)
{
	struct arena *a = r->arena;
	if (str_eq(c->reach, STR("oui"))) {
		v->write = (struct view_link){ STR("Lui écrire"), network_link(a, c->card.id, "contacter") };
		v->reach = STR("Votre message est transmis sans montrer votre adresse, ni la sienne.");
	} else if (str_eq(c->reach, STR("refus"))) {
		v->reach = STR("Il ne souhaite pas recevoir de messages par ce site.");
	} else {
		v->reach = STR("Nous ne connaissons personne à qui transmettre un message : personne ne répond encore de lui ici.");
	}
	v->ways = contact_ways(r, c);
	v->ways.n -= v->ways.n > 0; /* but the list: one comes from there */
}

/* What its structure says itself: the last time it said each thing. */
static struct view_links
declared_of(struct arena *a, int64_t id, const struct catalyst_changes *h)
{
	struct view_link *p = arena_array(a, struct view_link, h->n + 1);
	size_t n = 0;
	for (size_t i = 0; i < h->n; i++) {
		bool seen = false;
		for (size_t k = 0; k < i && !seen; k++)
			seen = str_eq(h->p[k].field, h->p[i].field);
		if (seen)
			continue;
		struct str label = network_field_label(h->p[i].field), date = words_date(a, h->p[i].at, true).text;
		p[n++] = (struct view_link){ arena_fmt(a, "%.*s, le %.*s", (int)label.n, label.p, (int)date.n, date.p), { NULL, 0 } };
	}
	if (n)
		p[n++] = (struct view_link){ STR("Tout ce qui a changé"), network_link(a, id, "historique") };
	return (struct view_links){ p, n };
}

/* The nearest, each with its reason. */
static enum err
neighbours(struct req *r, const struct catalyst *c, const struct catalyst_besides *b, struct view_catalyst *v)
{
	struct arena *a = r->arena;
	bool exact = str_eq(c->card.precision, STR("commune"));
	struct catalyst_list near, me = { .p = &c->card, .n = 1 };
	enum err e = catalyst_nearest(r->db, a, c->seat_id, &me, 5, &near);
	if (e)
		return e;
	struct catalyst_card *cards = arena_array(a, struct catalyst_card, near.n);
	for (size_t i = 0; i < near.n; i++) {
		cards[i] = near.p[i];
		cards[i].has_distance = exact; /* from the middle of a département it would say nothing */
	}
	struct view_catalyst_row *rows = arena_array(a, struct view_catalyst_row, near.n);
	for (size_t i = 0; i < near.n; i++) {
		struct str shared = STR_NONE, other = near.p[i].practices;
		for (size_t k = 0; k < b->n && shared.n == 0; k++)
			if (str_eq(b->p[k].part, STR("pratique")) && b->p[k].parent.n == 0 && b->p[k].lit && other.n
			    && memmem(other.p, other.n, b->p[k].label.p, b->p[k].label.n))
				shared = b->p[k].label;
		rows[i] = row_catalyst(a, &cards[i]);
		rows[i].reason_area = shared.n > 0;
		rows[i].reason = shared.n ? arena_fmt(a, "Même pratique : %.*s", (int)shared.n, shared.p)
		                 : other.n ? STR("Une autre pratique : il peut compléter")
		                           : arena_fmt(a, "Proche : %.*s", (int)near.p[i].seat_in.n, near.p[i].seat_in.p);
	}
	v->near = (struct view_catalyst_rows){ rows, near.n };
	v->near_title = STR("Catalyseurs voisins");
	v->near_note = exact ? STR("distances à vol d’oiseau") : STR("les plus proches de son département");
	return ERR_NONE;
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
		struct listing l = { r, c->card.name, site_of(r)->editor, 1, NULL, { NULL, 0 }, STR_NONE };
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
	struct view_links practices = terms(a, c, "pratique", true), themes = terms(a, c, "theme", true), profiles = terms(a, c, "profil", false);
	facts[nf++] = profiles.n ? (struct view_fact){ .label = STR("Profil"), .links = profiles }
	              : c->card.structure_kind.n ? (struct view_fact){ .label = STR("Profil"), .text = structure_kind_words(c->card.structure_kind) }
	                                         : (struct view_fact){ .label = STR("Profil"), .unknown = true };
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
		.keep = { arena_fmt(a, "catalyseur:%lld", (long long)c->card.id), link_fmt(a, "/listes/ajouter?catalyseur=%lld", (long long)c->card.id) },
		.formats_label = STR("Cette page ailleurs"),
		.formats = formats_of(r),
	};
	if (c->card.national && c->card.seat.type.n == 0)
		v.place = (struct view_place){ .code = STR("FR"), .name = STR("Partout en France") };
	else if (c->card.seat.type.n == 0)
		v.place = (struct view_place){ .code = STR("?"), .name = STR("Lieu inconnu de nous"), .vague = true };
	v.place.vague = v.place.vague || str_eq(c->card.precision, STR("departement"));
	struct catalyst_besides besides;
	if ((e = catalyst_around(r->db, a, id, &besides)) || (e = area_map(r, c, &v.map)))
		return e;
	practices_of(a, &besides, &v);
	events_of(a, &besides, &v);
	for (size_t i = 0; i < besides.n; i++)
		if (str_eq(besides.p[i].part, STR("lieu"))) {
			const struct catalyst_beside *x = &besides.p[i];
			v.set = set_view(a, &besides, x->name, arena_fmt(a, "%.*s:%.*s", (int)x->parent.n, x->parent.p, (int)x->code.n, x->code.p));
		}
	reach_of(r, c, &v);
	if (c->seat_id) {
		struct territory_refs refs;
		if ((e = neighbours(r, c, &besides, &v)) || (e = territories_cached(r, &refs)))
			return e;
		v.locator = locator_of(a, &refs, str_eq(c->card.seat.type, STR("region")), c->card.seat.stone);
	}
	struct catalyst_changes changes;
	if ((e = catalyst_history_list(r->db, a, id, &changes)))
		return e;
	v.declared = declared_of(a, id, &changes);
	struct buf main;
	buf_init(&main, a, 32768);
	tpl_catalyst(&main, &v);
	struct view_layout layout = { .title = c->card.name, .description = c->card.summary, .nav_catalysts = true, .head_search = true };
	return page_send(r, w, &layout, &main);
}
