/* The front office of a host: found once a request from a copy that each thread renews, and shown around every page. */
#include "page/page.h"
#include "web/revision.h"

#include <time.h>

#define UNHEARD_S 2 /* where no change is heard of, it is looked for */
#define AGAIN_S 1 /* after a failure */

static _Thread_local struct {
	struct arena *arena, *former; /* former: a request may still read it */
	struct kept kept;
	time_t again;
	struct espace_fronts all;
} snapshot;

/* What is shown when the database never answered. */
static const struct espace_link bare_links[] = {
	{ { "menu", 4 }, { NULL, 0 }, { "Fiches", 6 }, { "/fiches", 7 }, { NULL, 0 } },
	{ { "menu", 4 }, { NULL, 0 }, { "Catalyseurs", 11 }, { "/catalyseurs", 12 }, { NULL, 0 } },
	{ { "menu", 4 }, { NULL, 0 }, { "Territoires", 11 }, { "/territoires", 12 }, { NULL, 0 } },
};
static const struct espace_front bare = { .code = { "", 0 }, .name = { "Catalyse", 8 }, .brand = { "Catalyse", 8 }, .mark = { "lien", 4 }, .is_default = true,
	                                  .links = bare_links, .nlinks = sizeof(bare_links) / sizeof(*bare_links) };

void
espaces_forget(void)
{
	arena_free(snapshot.former);
	arena_free(snapshot.arena);
	snapshot.former = snapshot.arena = NULL;
}

struct url
link_written(const struct req *r, struct str address)
{
	struct str path = address, vars[REQ_PATH_VARS];
	unsigned methods;
	bool exact;

	if (address.n == 0 || address.p[0] != '/')
		return link_external(address);
	for (size_t i = 0; i < address.n; i++)
		if (address.p[i] == '?' || address.p[i] == '#') {
			path.n = i;
			break;
		}
	if (r->routes && !route_find(r->routes, path, METHOD_GET, vars, &exact, &methods))
		return (struct url){ NULL, 0 };
	return (struct url){ address.p, address.n };
}

/* Links that lead nowhere are told once, when the copy is made: the table of routes is long, and every page shows them all. */
static void
keep_what_leads(struct req *r, struct arena *a, struct espace_fronts *all)
{
	struct espace_front *fronts = arena_array(a, struct espace_front, all->n + 1);

	for (size_t i = 0; i < all->n; i++) {
		struct espace_link *links = arena_array(a, struct espace_link, all->p[i].nlinks + 1);
		size_t n = 0;
		for (size_t k = 0; k < all->p[i].nlinks; k++)
			if (link_written(r, all->p[i].links[k].url).n)
				links[n++] = all->p[i].links[k];
		fronts[i] = all->p[i];
		fronts[i].links = links;
		fronts[i].nlinks = n;
	}
	all->p = fronts;
}

static void
renew(struct req *r)
{
	struct timespec now;
	struct espace_fronts all;

	clock_gettime(CLOCK_MONOTONIC_COARSE, &now);
	if (!r->db || (snapshot.arena && kept_good(&snapshot.kept, OF(espace), UNHEARD_S)))
		return;
	struct kept kept;
	kept_mark(&kept, OF(espace));
	if (now.tv_sec < snapshot.again) {
		revision_doubt();
		return;
	}
	struct arena *fresh = arena_new((size_t)16 * 1024, (size_t)2 * 1024 * 1024);
	if (espace_fronts_list(r->db, fresh, &all)) { /* as it was last seen is better than nothing */
		arena_free(fresh);
		revision_doubt();
		snapshot.again = now.tv_sec + AGAIN_S;
	} else {
		keep_what_leads(r, fresh, &all);
		arena_free(snapshot.former);
		snapshot.former = snapshot.arena;
		snapshot.arena = fresh;
		snapshot.all = all;
		snapshot.kept = kept;
	}
}

/* "Reseau.Localhost:8080" -> "reseau.localhost" */
static struct str
host_name(struct arena *a, struct str host)
{
	char *z = arena_cstr(a, host);
	size_t n = 0;

	for (; n < host.n && z[n] != ':'; n++)
		if (z[n] >= 'A' && z[n] <= 'Z')
			z[n] |= 0x20;
	return (struct str){ z, n };
}

const struct espace_front *
espace_known(struct req *r)
{
	const struct espace_front *e = r->espace;

	if (!e && !snapshot.arena) /* the first page of a thread may be one that says what is wrong */
		renew(r);
	if (!e && snapshot.arena)
		e = espace_front_of(&snapshot.all, host_name(r->arena, r->host));
	return e ? e : &bare;
}

const struct espace_front *
espace_of(struct req *r)
{
	if (!r->espace) {
		renew(r);
		r->espace = espace_known(r);
	}
	return r->espace;
}

struct view_way_groups
espace_doors(struct req *r, const struct espace_front *e, const char *zone)
{
	struct view_way *doors = arena_array(r->arena, struct view_way, e->nlinks + 1);
	struct view_way_group *groups = arena_array(r->arena, struct view_way_group, e->nlinks + 1);
	size_t n = 0, ngroups = 0;
	struct str last = STR_NONE;

	for (size_t i = 0; i < e->nlinks; i++) {
		const struct espace_link *l = &e->links[i];
		if (!str_eq(l->zone, str_of(zone)))
			continue;
		if (ngroups == 0 || !str_eq(l->group, last)) {
			groups[ngroups++] = (struct view_way_group){ l->group, { doors + n, 0 } };
			last = l->group;
		}
		doors[n++] = (struct view_way){ l->label, l->note, { l->url.p, l->url.n } };
		groups[ngroups - 1].doors.n++;
	}
	return (struct view_way_groups){ groups, ngroups };
}

/* The path is that of the address, or under it. */
static bool
is_under(struct str path, struct url address)
{
	size_t n = 0;

	while (n < address.n && address.p[n] != '?' && address.p[n] != '#')
		n++;
	return n > 1 && n == address.n && path.n >= n && memcmp(path.p, address.p, n) == 0 && (path.n == n || path.p[n] == '/');
}

static struct view_menu
menu_of(struct req *r, const struct espace_front *e, struct str path)
{
	struct view_menu_entry *p = arena_array(r->arena, struct view_menu_entry, e->nlinks + 1);
	size_t n = 0, current = e->nlinks;

	for (size_t i = 0; i < e->nlinks; i++) {
		struct url url = { e->links[i].url.p, e->links[i].url.n };
		if (!str_eq(e->links[i].zone, STR("menu")))
			continue;
		if (is_under(path, url) && (current == e->nlinks || url.n > p[current].url.n))
			current = n;
		p[n++] = (struct view_menu_entry){ e->links[i].label, url, false };
	}
	if (current < n)
		p[current].current = true;
	return (struct view_menu){ p, n };
}

/* The menu of phones has the rest of what is everywhere, unless the menu has it already. */
static struct view_menu
more_of(struct req *r, const struct view_menu *menu)
{
	static const char *const more[][2] = { { "/carte", "La carte" }, { "/pres-de-moi", "Près de chez moi" }, { "/contribuer", "Proposer une fiche" } };
	struct view_menu_entry *p = arena_array(r->arena, struct view_menu_entry, 3);
	size_t n = 0;

	for (size_t i = 0; i < 3; i++) {
		bool there = false;
		for (size_t k = 0; k < menu->n; k++)
			there = there || str_eq((struct str){ menu->p[k].url.p, menu->p[k].url.n }, str_of(more[i][0]));
		if (!there)
			p[n++] = (struct view_menu_entry){ str_of(more[i][1]), link_fmt(r->arena, "%s", more[i][0]), false };
	}
	return (struct view_menu){ p, n };
}

static bool
ends(struct str s, struct str with)
{
	return s.n >= with.n && memcmp(s.p + s.n - with.n, with.p, with.n) == 0;
}

/* Names of this very machine go together, those of the world too: a demo never leads to somebody's site. */
static bool
is_local(struct str host)
{
	bool digits = true;

	for (size_t i = 0; i < host.n; i++)
		digits = digits && ((host.p[i] >= '0' && host.p[i] <= '9') || strchr(".:[]", host.p[i]));
	return digits || ends(host, STR("localhost"));
}

static struct view_ways
others_of(struct req *r, const struct espace_front *me)
{
	struct str here = host_name(r->arena, r->host), port = { r->host.p + here.n, r->host.n - here.n };
	struct view_way *p = arena_array(r->arena, struct view_way, snapshot.all.n + 1);
	size_t n = 0;

	for (size_t i = 0; snapshot.arena && i < snapshot.all.n; i++) {
		const struct espace_front *e = &snapshot.all.p[i];
		for (size_t k = 0; e->id != me->id && k < e->nhosts; k++) {
			if (is_local(e->hosts[k]) != is_local(here))
				continue;
			p[n++] = (struct view_way){ e->name, e->tagline,
				                     link_fmt(r->arena, "%.*s://%.*s%.*s/", (int)r->scheme.n, r->scheme.p, (int)e->hosts[k].n, e->hosts[k].p, (int)port.n, port.p) };
			break;
		}
	}
	return (struct view_ways){ p, n };
}

void
espace_site(struct req *r, const struct espace_front *e, struct str hint, struct view_site *ret)
{
	struct arena *a = r->arena;
	struct espace_colours c = espace_theme(a, e->theme);
	struct view_site v = {
		.brand = e->brand,
		.long_brand = e->brand.n > 12,
		.mark_network = str_eq(e->mark, STR("reseau")),
		.mark_path = str_eq(e->mark, STR("chemin")),
		.mark_stone = str_eq(e->mark, STR("borne")),
		.logo_width = e->width,
		.logo_height = e->height,
		.accent = c.accent.n ? c.accent : STR("#ffd02e"),
		.menu = menu_of(r, e, hint.n ? hint : r->path),
		.foot = e->foot,
		.foot_groups = espace_doors(r, e, "pied"),
		.others = others_of(r, e),
	};
	if (e->width)
		v.logo = link_fmt(a, "/espaces/%.*s/%.*s", (int)e->code.n, e->code.p, (int)e->mark.n, e->mark.p);
	v.mark_link = !e->width && !v.mark_network && !v.mark_path && !v.mark_stone;
	if (e->digest.n)
		v.colours = link_fmt(a, "/espaces/%.*s/%.*s.css", (int)e->code.n, e->code.p, (int)e->digest.n, e->digest.p);
	v.more = more_of(r, &v.menu);
	*ret = v;
}

static void
token(struct buf *b, const char *name, struct str colour)
{
	if (colour.n == 7)
		buf_fmt(b, "%s:%.*s;", name, (int)colour.n, colour.p);
}

/* Colours of the day for what holds text; the accent is for both, text on it is always ink. Paper keeps the site's own. */
static void
stylesheet(struct arena *a, const struct espace_front *e, struct buf *b)
{
	struct espace_colours c = espace_theme(a, e->theme);

	buf_lit(b, "@media screen{:root{");
	token(b, "--route", c.accent);
	buf_lit(b, "}}\n@media screen and (prefers-color-scheme:light){:root{");
	token(b, "--chez-vous", c.band);
	token(b, "--plage", c.foot);
	buf_lit(b, "}}\n");
}

/* "{digest}.css": its colours as they are now; for a year when the address is that of these very colours. "{sum}.png": its image. */
enum err
page_espace_file(struct req *r, struct resp *w)
{
	struct arena *a = r->arena;
	struct str code = r->vars[0], file = r->vars[1];
	const char *dot = file.n ? memchr(file.p, '.', file.n) : NULL;
	struct str stem = { file.p, dot ? (size_t)(dot - file.p) : 0 }, suffix = { dot ? dot + 1 : NULL, dot ? file.n - stem.n - 1 : 0 };
	struct espace_image image;

	for (size_t i = 0; i < stem.n; i++)
		if (!((stem.p[i] >= '0' && stem.p[i] <= '9') || (stem.p[i] >= 'a' && stem.p[i] <= 'f')))
			return ERR_NOT_FOUND;
	if (stem.n != 12)
		return ERR_NOT_FOUND;
	if (str_eq(suffix, STR("css"))) {
		espace_of(r);
		for (size_t i = 0; snapshot.arena && i < snapshot.all.n; i++) {
			const struct espace_front *e = &snapshot.all.p[i];
			if (!str_eq(e->code, code))
				continue;
			stylesheet(a, e, &w->body);
			w->content_type = STR("text/css; charset=utf-8");
			if (!str_eq(e->digest, stem)) /* of before, or of after what this thread has seen */
				w->cache = CACHE_PAGE;
			return ERR_NONE;
		}
		return ERR_NOT_FOUND;
	}
	enum err e = espace_logo_find(r->db, a, code, stem, &image);
	if (e)
		return e;
	if (!str_eq((struct str){ image.type.p + 6, image.type.n - 6 }, suffix))
		return ERR_NOT_FOUND;
	w->content_type = image.type;
	resp_header(w, "Content-Disposition", STR("inline"));
	resp_bytes(w, image.bytes);
	return ERR_NONE;
}
