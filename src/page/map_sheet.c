#include "page/map_sheet.h"

#include "page/map_dots.h"

#include <math.h>

#define RADIUS 28.0 /* 24 px across once the paper is 520 px wide: what a finger needs */
#define ROOM 18.0
#define INSETS 5
#define LINKS_MAX 5
#define KEYS_MAX 20 /* values a list accepts */

struct str
atlas_unit(const struct atlas *m, bool many)
{
	if (m->sheets)
		return many ? STR("fiches") : STR("fiche");
	return many ? STR("catalyseurs et acteurs") : STR("catalyseur ou acteur");
}

struct url
atlas_link(const struct atlas *m, bool list, const struct str *keys, size_t n)
{
	struct arena *a = m->r->arena;
	struct param quoi = { STR("quoi"), STR_NONE }, none = { STR_NONE, STR_NONE };
	struct buf b;
	bool mark = !list;
	buf_init(&b, a, 256);
	buf_put(&b, list ? (m->sheets ? STR("/fiches") : STR("/catalyseurs")) : STR("/carte"));
	if (!list)
		buf_put(&b, m->sheets ? STR("?quoi=fiches") : STR("?quoi=catalyseurs"));
	/* The rest of the query: everything but what the map shows, where, and how many. */
	struct req *r = arena_alloc(a, sizeof(*r));
	struct param *kept = arena_array(a, struct param, m->r->nparams);
	*r = *m->r;
	r->params = kept;
	r->nparams = 0;
	for (size_t i = 0; i < m->r->nparams; i++) {
		struct str name = m->r->params[i].name;
		if (!str_eq(name, STR("quoi")) && !str_eq(name, STR("territoire")) && !str_eq(name, STR("taille"))
		    && !str_eq(name, STR("bbox")) && !str_eq(name, STR("apres")))
			kept[r->nparams++] = m->r->params[i];
	}
	struct url rest = link_list(r, STR_NONE, quoi, none);
	if (rest.n) {
		buf_char(&b, mark ? '&' : '?');
		buf_mem(&b, rest.p + 1, rest.n - 1);
		mark = true;
	}
	for (size_t i = 0; i < n && i < KEYS_MAX; i++) {
		buf_put(&b, mark ? STR("&territoire=") : STR("?territoire="));
		buf_put(&b, keys[i]);
		mark = true;
	}
	struct str s = buf_str(&b);
	return (struct url){ s.p, s.n };
}

static struct str
key_of(struct arena *a, struct str type, struct str code)
{
	return arena_fmt(a, "%.*s:%.*s", (int)type.n, type.p, (int)code.n, code.p);
}

static bool
key_is(struct str key, struct str type, struct str code)
{
	return key.n == type.n + 1 + code.n && memcmp(key.p, type.p, type.n) == 0 && key.p[type.n] == ':'
	       && memcmp(key.p + type.n + 1, code.p, code.n) == 0;
}

static const struct map_place *
place_find(const struct atlas *m, struct str key)
{
	for (size_t i = 0; i < m->places.n; i++)
		if (key_is(key, m->places.p[i].type, m->places.p[i].code))
			return &m->places.p[i];
	return NULL;
}

static const struct territory_ref *
ref_find(const struct atlas *m, struct str type, struct str code)
{
	for (size_t i = 0; i < m->refs.n; i++)
		if (str_eq(m->refs.p[i].type, type) && str_eq(m->refs.p[i].code, code))
			return &m->refs.p[i];
	return NULL;
}

static struct str
key_name(const struct atlas *m, struct str key)
{
	for (size_t i = 0; i < m->refs.n; i++)
		if (key_is(key, m->refs.p[i].type, m->refs.p[i].code))
			return m->refs.p[i].name;
	const struct map_place *p = place_find(m, key);
	return p ? p->name : key;
}

static const struct atlas_item *
item_find(const struct atlas *m, int64_t id)
{
	for (size_t i = 0; i < m->nitems; i++)
		if (m->items[i].id == id)
			return &m->items[i];
	return NULL;
}

/* "Rhône", "Paris et Val-de-Marne", "Paris, Essonne et 3 autres" */
static struct str
names_of(const struct atlas *m, const struct map_dot *d)
{
	struct buf b;
	size_t shown = d->nkeys > 3 ? 2 : d->nkeys;
	buf_init(&b, m->r->arena, 128);
	for (size_t i = 0; i < shown; i++) {
		if (i)
			buf_put(&b, i + 1 == d->nkeys ? STR(" et ") : STR(", "));
		buf_put(&b, key_name(m, d->keys[i]));
	}
	if (shown < d->nkeys)
		buf_fmt(&b, " et %zu autres lieux", d->nkeys - shown);
	return buf_str(&b);
}

/* Where a dot of several items leads: closer on the map while there is a closer map, else to the list of that place. */
static struct url
dot_link(const struct atlas *m, const struct map_dot *d)
{
	if (m->ground.type.n == 0)
		return atlas_link(m, false, d->keys, d->nkeys);
	if (!str_eq(m->ground.type, STR("region")) || m->ground.stone.n == 3) /* overseas, a région is its département */
		return atlas_link(m, true, d->keys, d->nkeys);
	struct str *keys = arena_array(m->r->arena, struct str, d->nkeys);
	size_t n = 0;
	for (size_t i = 0; i < d->nkeys; i++) {
		const struct map_place *p = place_find(m, d->keys[i]);
		struct str key = p ? key_of(m->r->arena, STR("departement"), p->departement) : d->keys[i];
		bool seen = false;
		for (size_t k = 0; k < n && !seen; k++)
			seen = str_eq(keys[k], key);
		if (!seen)
			keys[n++] = key;
	}
	return atlas_link(m, false, keys, n);
}

static struct view_dot
dot_view(const struct atlas *m, const struct map_dot *d, double radius)
{
	struct arena *a = m->r->arena;
	struct view_dot v = { .x = (int)lround(d->x), .y = (int)lround(d->y), .vague = d->vague };
	struct str where = names_of(m, d);
	struct buf ids;
	buf_init(&ids, a, 16 * (d->nitems + 1));
	for (size_t i = 0; i < d->nitems; i++)
		buf_fmt(&ids, "%s%lld", i ? " " : "", (long long)d->items[i]);
	v.ids = buf_str(&ids);
	if (d->count == 1 && d->nitems == 1) {
		const struct atlas_item *item = item_find(m, d->items[0]);
		v.r = (int)(radius * 0.55);
		v.url = item->url;
		v.label = arena_fmt(a, "%.*s, %.*s%s", (int)item->name.n, item->name.p, (int)where.n, where.p,
		                    d->vague ? ", lieu précis inconnu de nous" : "");
		return v;
	}
	v.count = words_number(a, d->count);
	v.r = (int)(radius * (d->count < 100 ? 1 : d->count < 1000 ? 1.25 : 1.5));
	struct str unit = atlas_unit(m, d->count > 1);
	v.label = arena_fmt(a, "%.*s : %.*s %.*s%s", (int)where.n, where.p, (int)v.count.n, v.count.p, (int)unit.n, unit.p,
	                    d->vague ? ", lieu précis inconnu de nous" : "");
	v.url = dot_link(m, d);
	return v;
}

static struct view_dots
dots_view(const struct atlas *m, const struct map_dots *dots, double radius)
{
	struct view_dot *v = arena_array(m->r->arena, struct view_dot, dots->n);
	for (size_t i = 0; i < dots->n; i++)
		v[i] = dot_view(m, &dots->p[i], radius);
	return (struct view_dots){ v, dots->n };
}

/* The nation on paper: five frames overseas, the hexagon beside or below. */
struct layout {
	bool phone, regions; /* regions: one dot each, not one a département */
	int inset_x, inset_y, step_x, step_y, hx, hy;
};

static const struct territory_ref *
inset_at(const struct atlas *m, size_t n)
{
	for (size_t i = 0; i < m->refs.n; i++)
		if (str_eq(m->refs.p[i].type, STR("departement")) && str_eq(m->refs.p[i].frame, STR("inset")) && n-- == 0)
			return &m->refs.p[i];
	return NULL;
}

/* The mark of a place of the nation; false when it has no room on this paper. */
static bool
nation_mark(const struct atlas *m, const struct layout *l, struct str departement, struct str region, struct map_mark *ret)
{
	struct arena *a = m->r->arena;
	for (size_t i = 0; i < INSETS; i++) {
		const struct territory_ref *t = inset_at(m, i);
		if (!t || !(departement.n ? str_eq(t->code, departement) : str_eq(t->parent_code, region)))
			continue;
		ret->key = key_of(a, t->type, t->code);
		ret->x = l->inset_x + (int)i * l->step_x + 150;
		ret->y = l->inset_y + (int)i * l->step_y + 42;
		return true;
	}
	const struct territory_ref *t = departement.n && !l->regions ? ref_find(m, STR("departement"), departement)
	                                                             : ref_find(m, STR("region"), region);
	if (!t || !str_eq(t->frame, STR("france")))
		return false;
	ret->key = key_of(a, t->type, t->code);
	ret->x = t->x + l->hx;
	ret->y = t->y + l->hy;
	ret->vague = departement.n == 0 && !l->regions; /* a whole région, on a map of départements */
	return true;
}

static size_t
nation_marks(const struct atlas *m, const struct layout *l, struct map_mark *marks)
{
	size_t n = 0;
	if (m->whole) {
		for (size_t i = 0; i < m->places.n; i++) {
			const struct map_place *p = &m->places.p[i];
			marks[n] = (struct map_mark){ .item = p->item };
			n += nation_mark(m, l, p->departement, p->region, &marks[n]);
		}
		return n;
	}
	for (size_t i = 0; i < m->facets->n; i++) {
		const struct facet_count *f = &m->facets->p[i];
		const struct territory_ref *t = NULL;
		for (size_t k = 0; k < m->refs.n && !t && str_eq(f->facet, STR("territoire")); k++)
			if (key_is(f->code, m->refs.p[k].type, m->refs.p[k].code))
				t = &m->refs.p[k];
		if (!t || f->n == 0)
			continue;
		bool region = str_eq(t->type, STR("region"));
		if (region != (l->regions || str_eq(t->frame, STR("inset"))))
			continue;
		marks[n] = (struct map_mark){ .count = f->n };
		n += nation_mark(m, l, region ? STR_NONE : t->code, region ? t->code : t->parent_code, &marks[n]);
	}
	return n;
}

static bool
counts_departements(const struct atlas *m)
{
	for (size_t i = 0; i < m->facets->n; i++)
		if (str_eq(m->facets->p[i].facet, STR("territoire")) && m->facets->p[i].code.n > 12
		    && memcmp(m->facets->p[i].code.p, "departement:", 12) == 0)
			return true;
	return false;
}

static struct view_plan
nation_plan(const struct atlas *m, struct layout l)
{
	struct arena *a = m->r->arena;
	l.regions = l.phone || (!m->whole && !counts_departements(m));
	struct map_mark *marks = arena_array(a, struct map_mark, m->places.n + m->facets->n + 1);
	size_t n = nation_marks(m, &l, marks);
	double radius = l.phone ? 38 : RADIUS;
	struct map_dots dots = map_dots_of(a, marks, n, radius, ROOM);
	struct view_plan_inset *insets = arena_array(a, struct view_plan_inset, INSETS);
	struct view_plan v = { .kind = l.phone ? STR("plan-tel") : STR("plan-large"),
		               .viewbox = l.phone ? STR("0 0 1010 1215") : STR("0 0 1215 1010"),
		               .hexagon = true,
		               .hx = l.hx,
		               .hy = l.hy,
		               .dots = dots_view(m, &dots, radius),
		               .bar_x = l.phone ? 20 : 230,
		               .bar_y = l.phone ? 1185 : 980,
		               .bar = 175,
		               .bar_text = STR("200 km") };
	for (size_t i = 0; i < INSETS; i++) {
		const struct territory_ref *t = inset_at(m, i);
		if (!t)
			break;
		insets[v.insets.n++] = (struct view_plan_inset){ t->code, t->name, link_fmt(a, "#om-%.*s", (int)t->code.n, t->code.p),
			                                         l.inset_x + (int)i * l.step_x, l.inset_y + (int)i * l.step_y };
	}
	v.insets.p = insets;
	v.title = m->whole ? STR("Points de la carte, dans l'ordre de la liste") : STR("Nombres de la carte");
	return v;
}

static void
nation_draw(const struct atlas *m, struct view_atlas *v)
{
	struct arena *a = m->r->arena;
	struct view_plan_land *lands = arena_array(a, struct view_plan_land, m->refs.n);
	struct view_plan_border *borders = arena_array(a, struct view_plan_border, m->refs.n);
	struct view_plan_shape *shapes = arena_array(a, struct view_plan_shape, INSETS);
	for (size_t i = 0; i < m->refs.n; i++) {
		const struct territory_ref *t = &m->refs.p[i];
		if (!str_eq(t->frame, STR("france")) || t->path.n == 0)
			continue;
		if (str_eq(t->type, STR("departement")))
			lands[v->lands.n++] = (struct view_plan_land){ t->path, t->tint };
		else
			borders[v->borders.n++] = (struct view_plan_border){ t->path };
	}
	for (size_t i = 0; i < INSETS; i++) {
		const struct territory_ref *t = inset_at(m, i);
		if (!t)
			break;
		shapes[v->shapes.n++] = (struct view_plan_shape){ arena_fmt(a, "om-%.*s", (int)t->code.n, t->code.p), t->path,
			                                          1 + (int)i % 4 };
	}
	v->lands.p = lands;
	v->borders.p = borders;
	v->shapes.p = shapes;
	struct view_plan *plans = arena_array(a, struct view_plan, 2);
	plans[0] = nation_plan(m, (struct layout){ false, false, 2, 6, 0, 200, 212, 4 });
	plans[1] = nation_plan(m, (struct layout){ true, true, 4, 4, 203, 0, 4, 208 });
	v->plans = (struct view_plans){ plans, 2 };
	v->place = (struct view_place){ .code = STR("FR"), .name = STR("La France") };
}

/* Names on the paper: where nothing else is. */
struct box {
	double x0, y0, x1, y1;
};

struct names {
	struct view_plan_name *p;
	struct box *boxes; /* dots and names already there */
	size_t n, nboxes;
};

static bool
name_put(struct names *s, struct view_plan_name name, double width, double size)
{
	double left = str_eq(name.anchor, STR("middle")) ? width / 2 : str_eq(name.anchor, STR("end")) ? width : 0;
	struct box b = { name.x - left, name.y - size * 0.8, name.x - left + width, name.y + size * 0.25 };
	if (b.x0 < 8 || b.x1 > 992 || b.y0 < 8 || b.y1 > 992)
		return false;
	for (size_t i = 0; i < s->nboxes; i++)
		if (b.x0 < s->boxes[i].x1 && s->boxes[i].x0 < b.x1 && b.y0 < s->boxes[i].y1 && s->boxes[i].y0 < b.y1)
			return false;
	s->boxes[s->nboxes++] = b;
	s->p[s->n++] = name;
	return true;
}

static size_t
letters(struct str s)
{
	size_t n = 0;
	for (size_t i = 0; i < s.n; i++)
		n += (s.p[i] & 0xc0) != 0x80;
	return n;
}

static struct view_plan_names
zoom_names(const struct atlas *m, const struct map_dots *dots)
{
	struct arena *a = m->r->arena;
	struct names s = { arena_array(a, struct view_plan_name, m->ground.n + dots->n),
		           arena_array(a, struct box, m->ground.n + 2 * dots->n), 0, 0 };
	static const int shifts[] = { 9, 60, -46, 104, -90 };
	for (size_t i = 0; i < dots->n; i++) {
		const struct map_dot *d = &dots->p[i];
		double r = d->count > 1 ? RADIUS : 15;
		s.boxes[s.nboxes++] = (struct box){ d->x - r, d->y - r, d->x + r, d->y + r };
	}
	bool region = str_eq(m->ground.type, STR("region"));
	for (size_t i = 0; i < m->ground.n; i++) {
		const struct map_land *l = &m->ground.p[i];
		double w = 14.5 * (double)letters(l->name);
		bool put = false;
		for (size_t k = 0; k < sizeof(shifts) / sizeof(*shifts) && !put && l->own && region; k++)
			put = name_put(&s, (struct view_plan_name){ l->name, l->code, false, STR("middle"), (int)l->x, (int)l->y + shifts[k],
				                                           false },
			               w, 30);
	}
	for (size_t i = 0; i < dots->n; i++) {
		const struct map_dot *d = &dots->p[i];
		if (d->nkeys != 1 || d->vague)
			continue;
		struct str name = key_name(m, d->keys[0]);
		double r = d->count > 1 ? RADIUS : 15, w = 12.5 * (double)letters(name);
		int x = (int)d->x, y = (int)d->y + 8, far = (int)r + 9;
		struct view_plan_name t = { name, STR_NONE, true, STR("start"), x + far, y, false };
		if (name_put(&s, t, w, 26))
			continue;
		t.anchor = STR("end");
		t.x = x - far;
		if (name_put(&s, t, w, 26))
			continue;
		t.anchor = STR("middle");
		t.x = x;
		t.y = y + far + 16;
		if (!name_put(&s, t, w, 26)) {
			t.y = y - far - 8;
			(void)name_put(&s, t, w, 26);
		}
	}
	for (size_t i = 0; i < m->ground.n && !region; i++) { /* the neighbours, where there is room left */
		const struct map_land *l = &m->ground.p[i];
		struct view_plan_name t = { l->name, STR_NONE, false, STR("middle"), (int)l->x, (int)l->y, true };
		if (!l->own)
			(void)name_put(&s, t, 13.5 * (double)letters(l->name), 28);
	}
	return (struct view_plan_names){ s.p, s.n };
}

static void
zoom_draw(const struct atlas *m, struct view_atlas *v)
{
	static const int lengths[] = { 200, 100, 50, 20, 10, 5, 2, 1 };
	struct arena *a = m->r->arena;
	const struct map_ground *g = &m->ground;
	struct view_plan *plan = arena_array(a, struct view_plan, 1);
	struct view_plan_land *lands = arena_array(a, struct view_plan_land, g->n);
	struct map_mark *marks = arena_array(a, struct map_mark, m->places.n + m->facets->n + 1);
	size_t n = 0;
	for (size_t i = 0; i < g->n; i++)
		lands[i] = (struct view_plan_land){ g->p[i].path, g->p[i].own ? g->p[i].tint : 0 };
	for (size_t i = 0; i < m->places.n && m->whole; i++) {
		const struct map_place *p = &m->places.p[i];
		if (str_eq(p->type, STR("region")) || p->x < 0 || p->x > 1000 || p->y < 0 || p->y > 1000)
			continue;
		marks[n++] = (struct map_mark){ p->item, 0, key_of(a, p->type, p->code), p->x, p->y, !str_eq(p->type, STR("commune")) };
	}
	for (size_t i = 0; i < m->facets->n && !m->whole; i++)
		for (size_t k = 0; k < g->n && str_eq(m->facets->p[i].facet, STR("territoire")); k++)
			if (g->p[k].own && m->facets->p[i].n && key_is(m->facets->p[i].code, g->p[k].type, g->p[k].code))
				marks[n++] = (struct map_mark){ 0, m->facets->p[i].n, m->facets->p[i].code, g->p[k].x, g->p[k].y, false };
	struct map_dots dots = map_dots_of(a, marks, n, RADIUS, ROOM);
	*plan = (struct view_plan){ .kind = STR("plan-zoom"),
		                    .title = m->whole ? STR("Points de la carte, dans l'ordre de la liste") : STR("Nombres de la carte"),
		                    .viewbox = STR("0 0 1000 1000"),
		                    .lands = { lands, g->n },
		                    .names = zoom_names(m, &dots),
		                    .dots = dots_view(m, &dots, RADIUS),
		                    .bar_x = 34,
		                    .bar_y = 962 };
	for (size_t i = 0; i < sizeof(lengths) / sizeof(*lengths) && !plan->bar; i++)
		if (lengths[i] * 1000 * g->frame.scale <= 240) {
			plan->bar = (int)lround(lengths[i] * 1000 * g->frame.scale);
			plan->bar_text = arena_fmt(a, "%d km", lengths[i]);
		}
	v->plans = (struct view_plans){ plan, 1 };
	struct place_ref p = { g->type, g->code, g->slug, g->name, g->stone };
	v->place = place_of(a, &p);
}

/* Where each item of the list stands with regard to the paper. */
enum stand { STAND_DRAWN, STAND_NATION, STAND_REGION, STAND_AWAY, STAND_UNKNOWN, NSTANDS };

static enum stand
stand_of(const struct atlas *m, const struct view_atlas *v, const struct atlas_item *item)
{
	const struct view_plan *plan = &v->plans.p[0];
	for (size_t i = 0; i < plan->dots.n; i++) {
		struct str ids = plan->dots.p[i].ids;
		for (size_t k = 0; k < ids.n;) { /* "12 15" */
			int64_t id = 0;
			while (k < ids.n && ids.p[k] != ' ')
				id = id * 10 + (ids.p[k++] - '0');
			k++;
			if (id == item->id)
				return STAND_DRAWN;
		}
	}
	if (item->national)
		return STAND_NATION;
	for (size_t i = 0; i < m->places.n; i++)
		if (m->places.p[i].item == item->id)
			return str_eq(m->places.p[i].type, STR("region")) && str_eq(m->places.p[i].code, m->ground.code) ? STAND_REGION
			                                                                                                : STAND_AWAY;
	return STAND_UNKNOWN;
}

static void
asides_of(const struct atlas *m, struct view_atlas *v)
{
	struct arena *a = m->r->arena;
	static const char *const texts[NSTANDS] = { "", "Partout en France", "Dans toute la région", "Ailleurs", "Lieu inconnu de nous" };
	struct view_aside *asides = arena_array(a, struct view_aside, NSTANDS);
	enum stand *stands = arena_array(a, enum stand, m->nitems);
	int64_t drawn = 0;
	for (size_t i = 0; i < m->nitems; i++)
		stands[i] = stand_of(m, v, &m->items[i]);
	for (int s = 0; s < NSTANDS; s++) {
		struct view_link *links = arena_array(a, struct view_link, LINKS_MAX + 1);
		size_t n = 0;
		for (size_t i = 0; i < m->nitems; i++) {
			if (stands[i] != (enum stand)s)
				continue;
			if (n < LINKS_MAX)
				links[n] = (struct view_link){ m->items[i].name, m->items[i].url };
			n++;
		}
		if (s == STAND_DRAWN) {
			drawn = (int64_t)n;
			continue;
		}
		if (n == 0)
			continue;
		struct view_links shown = { links, n };
		if (n > LINKS_MAX) {
			links[LINKS_MAX] = (struct view_link){ arena_fmt(a, "et %zu de plus dans la liste", n - LINKS_MAX), { NULL, 0 } };
			shown.n = LINKS_MAX + 1;
		}
		asides[v->asides.n++] = (struct view_aside){ arena_fmt(a, "%s (%zu)", texts[s], n), shown };
	}
	v->asides.p = asides;
	struct str k = words_number(a, drawn), all = words_number(a, (int64_t)m->nitems);
	v->drawn = m->nitems == 0               ? STR("Rien à placer sur la carte.")
	           : drawn == (int64_t)m->nitems ? arena_fmt(a, "Tout ce que dit la liste est sur la carte : %.*s.", (int)all.n, all.p)
	                                         : arena_fmt(a, "%.*s sur %.*s sont sur la carte ; les autres sont nommés dessous.",
	                                                     (int)k.n, k.p, (int)all.n, all.p);
}

void
atlas_draw(const struct atlas *m, struct view_atlas *v)
{
	if (m->ground.type.n)
		zoom_draw(m, v);
	else
		nation_draw(m, v);
	for (size_t i = 0; i < v->plans.p[0].dots.n; i++)
		v->has_vague = v->has_vague || v->plans.p[0].dots.p[i].vague;
	if (m->whole) {
		asides_of(m, v);
		return;
	}
	struct str all = words_number(m->r->arena, m->facets->total), first = words_number(m->r->arena, (int64_t)m->nitems);
	v->drawn = arena_fmt(m->r->arena, "Trop pour un point chacun : la carte compte par territoire. La liste montre les %.*s %s, sur %.*s.%s",
	                     (int)first.n, first.p, m->sheets ? "premières" : "premiers", (int)all.n, all.p,
	                     m->sheets ? "" : " Chaque nombre dit combien peuvent aider là, ceux qui interviennent partout compris.");
}
