#include "page/page.h"
#include "page/map_dots.h"
#include "web/revision.h"

#include "text/outline.h"
#include "text/tpl.h"

#include <math.h>
#include <time.h>

#define SNAPSHOT_OF (OF(territoire) | OF(fiche) | OF(catalyseur) | OF(structure))
#define AGAIN_S 1 /* after a failure */

/*
 * Outlines and counts change rarely and weigh 60 kB: each thread keeps its own copy for as long as they are true. The copy before the last one stays until
 * the next reading, because a request under way may still point into it.
 */
static _Thread_local struct {
	struct arena *arena, *former;
	struct territory_refs refs;
	struct kept kept;
	time_t again;
} snapshot;

/* Small maps: what is less than a pixel or so of their drawings is left out; together, so that neighbours still touch. */
static void
outlines_of_small_maps(struct arena *a, struct territory_refs *refs)
{
	static const struct {
		const char *type, *frame;
		double tolerance;
	} drawings[] = { { "departement", "france", 2 }, { "region", "france", 4 }, { "departement", "inset", 6 } };
	struct territory_ref *light = arena_array(a, struct territory_ref, refs->n);
	struct str *paths = arena_array(a, struct str, refs->n);
	size_t *at = arena_array(a, size_t, refs->n);
	for (size_t i = 0; i < refs->n; i++)
		light[i] = refs->p[i];
	for (size_t d = 0; d < sizeof(drawings) / sizeof(*drawings); d++) {
		size_t n = 0;
		for (size_t i = 0; i < refs->n; i++)
			if (str_eq(light[i].type, str_of(drawings[d].type)) && str_eq(light[i].frame, str_of(drawings[d].frame))) {
				at[n] = i;
				paths[n++] = light[i].path;
			}
		outlines_lighten(a, paths, n, drawings[d].tolerance);
		while (n--)
			light[at[n]].light = paths[n];
	}
	refs->p = light;
}

enum err
territories_cached(struct req *r, struct territory_refs *ret)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	if (!snapshot.arena || !kept_good(&snapshot.kept, SNAPSHOT_OF, FRESH_UNHEARD_S)) {
		struct territory_refs refs;
		struct kept kept;
		if (snapshot.arena && now.tv_sec < snapshot.again) {
			revision_doubt();
			*ret = snapshot.refs;
			return ERR_NONE;
		}
		kept_mark(&kept, SNAPSHOT_OF);
		struct arena *fresh = arena_new((size_t)64 * 1024, (size_t)8 * 1024 * 1024);
		enum err e = territory_all(r->db, fresh, &refs);
		if (e) {
			arena_free(fresh);
			if (!snapshot.arena)
				return e;
			snapshot.again = now.tv_sec + AGAIN_S;
			revision_doubt();
		} else {
			outlines_of_small_maps(fresh, &refs);
			arena_free(snapshot.former);
			snapshot.former = snapshot.arena;
			snapshot.arena = fresh;
			snapshot.refs = refs;
			snapshot.kept = kept;
		}
	}
	*ret = snapshot.refs;
	return ERR_NONE;
}

void
territories_forget(void)
{
	arena_free(snapshot.former);
	arena_free(snapshot.arena);
	snapshot.former = snapshot.arena = NULL;
}

static struct str
count_label(struct arena *a, int64_t n)
{
	return n > 1 ? arena_fmt(a, "%lld", (long long)n) : STR_NONE;
}

/* The way to the map itself; query: "?territoire=region:84", of codes we made ourselves. */
static struct html
map_caption(struct arena *a, struct str query)
{
	struct str s = arena_fmt(a, "<a href=\"/carte%.*s\">Ouvrir la carte</a>", (int)query.n, query.p);
	return (struct html){ s.p, s.n };
}

struct view_map
map_france(struct arena *a, const struct territory_refs *all, const char *id, struct str title)
{
	enum { TINTS = 4, NEAR = 15 }; /* départements whose middles are nearer than two of these are one dot: the numbers would hide one another */
	struct view_map_shape *shapes = arena_array(a, struct view_map_shape, TINTS);
	struct buf tints[TINTS]; /* neighbours have different ones: those of one tint are drawn as one shape */
	struct map_mark *marks = arena_array(a, struct map_mark, all->n);
	size_t nmarks = 0;
	struct view_map_inset *insets = arena_array(a, struct view_map_inset, all->n);
	for (size_t i = 0; i < TINTS; i++)
		buf_init(&tints[i], a, 8192);
	struct view_map m = { .id = str_of(id),
		              .title = title,
		              .desc = STR("La France hexagonale, la Corse et les cinq régions d'outre-mer. Les nombres sont aussi "
		                          "dans la liste des territoires."),
		              .viewbox = STR("0 0 1210 1000"),
		              .shift = STR("translate(210,0)") };
	for (size_t i = 0; i < all->n; i++) {
		const struct territory_ref *t = &all->p[i];
		if (t->path.n == 0 || !str_eq(t->type, STR("departement")))
			continue;
		if (str_eq(t->frame, STR("inset"))) {
			if (m.insets.n < 5) {
				insets[m.insets.n] = (struct view_map_inset){ .y = 6 + 200 * (int)m.insets.n,
					                                      .code = t->code,
					                                      .name = t->name,
					                                      .path = t->light,
					                                      .tint = 1 + (int)m.insets.n % 4,
					                                      .count = count_label(a, t->catalysts),
					                                      .dot = t->catalysts > 0 };
				m.insets.n++;
			}
			continue;
		}
		buf_put(&tints[(t->tint + TINTS - 1) % TINTS], t->light);
		if (t->catalysts > 0)
			marks[nmarks++] = (struct map_mark){ .item = t->id, .count = t->catalysts, .key = t->code, .x = t->x, .y = t->y };
	}
	struct map_dots found = map_dots_of(a, marks, nmarks, NEAR, 0);
	struct view_map_dot *dots = arena_array(a, struct view_map_dot, found.n);
	for (size_t i = 0; i < found.n; i++) {
		int64_t n = found.p[i].count;
		dots[m.dots.n++] = (struct view_map_dot){ round(found.p[i].x), round(found.p[i].y), n == 1 ? 12 : n < 4 ? 24 : 29, count_label(a, n) };
	}
	for (int i = 0; i < TINTS; i++)
		if (tints[i].n)
			shapes[m.shapes.n++] = (struct view_map_shape){ .path = buf_str(&tints[i]), .tint = i + 1 };
	m.shapes.p = shapes;
	m.dots.p = dots;
	m.insets.p = insets;
	m.caption = map_caption(a, STR(""));
	return m;
}

struct view_locator
locator_of(struct arena *a, const struct territory_refs *all, bool region_asked, struct str code)
{
	struct view_locator_part *parts = arena_array(a, struct view_locator_part, all->n);
	struct view_locator l = { 0 };
	int overseas = 0;
	size_t found = 0;
	for (size_t i = 0; i < all->n; i++) {
		const struct territory_ref *t = &all->p[i];
		bool region = str_eq(t->type, STR("region")), inset = str_eq(t->frame, STR("inset"));
		bool here = str_eq(t->code, code);
		/* The hexagon is drawn by its 13 régions, a third of the bytes; a département only when it is the place. */
		if (t->path.n == 0 || (region && inset) || (!region && !str_eq(t->type, STR("departement")))
		    || (!region && !inset && (!here || region_asked)))
			continue;
		here = here && region == region_asked;
		if (inset)
			here = str_eq(region_asked ? t->parent_code : t->code, code);
		if (here)
			found = l.parts.n;
		parts[l.parts.n++] = (struct view_locator_part){
			.path = t->light,
			.transform = inset ? arena_fmt(a, "translate(10,%d) scale(.16)", 10 + 196 * overseas) : STR("translate(230,0)"),
			.here = here,
		};
		overseas += inset;
	}
	if (l.parts.n) { /* drawn last: its neighbours would cover half of its outline */
		struct view_locator_part last = parts[l.parts.n - 1];

		parts[l.parts.n - 1] = parts[found];
		parts[found] = last;
	}
	l.parts.p = parts;
	return l;
}

/* What is drawn, in words: a dot stands in the middle of its département, never on a commune. */
static struct html
region_caption(struct arena *a, const struct territory *t, struct str region, size_t departements, size_t dots)
{
	bool within = str_eq(t->type, STR("commune")) || str_eq(t->type, STR("epci"));
	struct html open = map_caption(a, arena_fmt(a, "?territoire=%.*s:%.*s", (int)t->type.n, t->type.p, (int)t->code.n, t->code.p));
	struct buf b;

	buf_init(&b, a, 512);
	if (departements > 1)
		tpl_text_str(&b, arena_fmt(a, "Les %zu départements de la région %.*s.", departements, (int)region.n, region.p));
	else
		tpl_text_str(&b, within ? arena_fmt(a, "Le contour : %.*s, le département %.*s.", (int)region.n, region.p, (int)t->name_of.n, t->name_of.p)
		                        : arena_fmt(a, "Le contour : %.*s.", (int)region.n, region.p));
	buf_char(&b, ' ');
	tpl_text_str(&b, dots == 0          ? departements > 1 ? STR("Aucun rond : nous n'y connaissons personne dont le département soit connu.") : STR("Nous n'y connaissons encore personne.")
	                 : departements > 1 ? STR("Un rond dit combien de catalyseurs et d'acteurs nous y connaissons, au milieu du département ; sans nombre, un seul.")
	                                    : STR("Le rond, au milieu, dit combien de catalyseurs et d'acteurs nous y connaissons, pas où ils sont."));
	buf_char(&b, ' ');
	buf_put(&b, (struct str){ open.p, open.n });
	return (struct html){ b.p, b.n };
}

enum err
map_region(struct req *r, const struct territory *t, struct view_map *ret)
{
	struct arena *a = r->arena;
	struct db_rows rows;
	enum err e = db_run(r->db, a, QUERY_TERRITORY_MAP, DB_ARGS(db_arg_int(a, t->id)), &rows);
	if (e)
		return e;
	*ret = (struct view_map){ 0 };
	if (rows.nrows == 0)
		return ERR_NONE;
	struct view_map_shape *shapes = arena_array(a, struct view_map_shape, rows.nrows);
	struct view_map_dot *dots = arena_array(a, struct view_map_dot, rows.nrows + 1);
	struct view_map m = { .id = STR("c"), .viewbox = STR("0 0 1000 1000"), .shift = STR("translate(0,0)") };
	for (size_t i = 0; i < rows.nrows; i++) {
		double x = db_real(&rows, i, COL_TERRITORY_MAP_X), y = db_real(&rows, i, COL_TERRITORY_MAP_Y);
		int64_t n = db_int(&rows, i, COL_TERRITORY_MAP_CATALYSTS);
		shapes[m.shapes.n++] = (struct view_map_shape){ .path = db_text(&rows, i, COL_TERRITORY_MAP_PATH),
			                                        .tint = (int)db_int(&rows, i, COL_TERRITORY_MAP_TINT),
			                                        .here = rows.nrows > 1 && db_bool(&rows, i, COL_TERRITORY_MAP_HERE),
			                                        .label = rows.nrows > 1 ? db_text(&rows, i, COL_TERRITORY_MAP_NAME) : STR_NONE,
			                                        .x = x,
			                                        .y = n > 0 ? y + 62 : y };
		if (n > 0)
			dots[m.dots.n++] = (struct view_map_dot){ x, y, n == 1 ? 16 : 28, count_label(a, n) };
	}
	m.shapes.p = shapes;
	m.dots.p = dots;
	struct str region = db_text(&rows, 0, COL_TERRITORY_MAP_REGION);
	m.title = arena_fmt(a, "Carte des catalyseurs et acteurs connus : %.*s", (int)region.n, region.p);
	m.desc = STR("Un rond par département où nous connaissons quelqu'un, avec leur nombre. La liste à côté dit la même chose.");
	m.caption = region_caption(a, t, region, rows.nrows, m.dots.n);
	*ret = m;
	return ERR_NONE;
}
