#include "page/page.h"

#include "gen/tpl.h"
#include "web/accept.h"

const struct site *
site_of(const struct req *r)
{
	static const struct site none = { 0 };
	return r->app ? r->app : &none;
}

struct view_links
crumbs(struct arena *a, size_t n, const struct view_link *links)
{
	struct view_link *p = arena_array(a, struct view_link, n + 1);
	p[0] = (struct view_link){ STR("Accueil"), { "/", 1 } };
	for (size_t i = 0; i < n; i++)
		p[i + 1] = links[i];
	return (struct view_links){ p, n + 1 };
}

/* "/.json" is no address: the home has its formats by Accept. */
static struct url
format_url(struct req *r, enum format f)
{
	struct str path = r->path.n == 1 ? r->path : arena_fmt(r->arena, "%.*s.%s", (int)r->path.n, r->path.p, format_suffix(f));
	return link_list(r, path, (struct param){ { 0 }, { 0 } }, (struct param){ STR("page_kept"), STR_NONE });
}

void
page_moved(const struct req *r, struct resp *w, struct url to)
{
	const char *suffix = format_suffix(r->format);
	struct str path = arena_fmt(r->arena, "%.*s%s%s", (int)to.n, to.p, *suffix ? "." : "", suffix);
	struct req same = *r; /* what was asked of it goes along */
	struct url whole = link_list(&same, path, (struct param){ { 0 }, { 0 } }, (struct param){ STR("page_kept"), STR_NONE });
	resp_redirect(w, 301, (struct str){ whole.p, whole.n });
}

struct view_links
formats_of(struct req *r)
{
	struct view_link *p = arena_array(r->arena, struct view_link, FORMAT_FRAGMENT);
	size_t n = 0;
	for (int f = FORMAT_JSON; f < FORMAT_FRAGMENT && r->path.n > 1; f++)
		if (r->route->formats & 1u << f)
			p[n++] = (struct view_link){ str_of(format_label((enum format)f)), format_url(r, (enum format)f) };
	return (struct view_links){ p, n };
}

/* The feed of something else than the page, when there is one, after the page's own formats. */
struct view_links
formats_and(struct req *r, struct str label, struct url url)
{
	struct view_links f = formats_of(r);
	struct view_link *p = arena_array(r->arena, struct view_link, f.n + 1);
	for (size_t i = 0; i < f.n; i++)
		p[i] = f.p[i];
	p[f.n] = (struct view_link){ label, url };
	return (struct view_links){ p, f.n + 1 };
}

static struct view_alternates
alternates_of(struct req *r, struct view_alternate feed, bool own)
{
	struct view_alternate *p = arena_array(r->arena, struct view_alternate, FORMAT_FRAGMENT + 1);
	size_t n = 0;
	for (int f = FORMAT_JSON; f < FORMAT_FRAGMENT; f++)
		if (r->route->formats & 1u << f && !(f == FORMAT_ATOM && own))
			p[n++] = (struct view_alternate){ str_of(format_type((enum format)f)),
				                          arena_fmt(r->arena, "Cette page en %s", format_label((enum format)f)),
				                          format_url(r, (enum format)f) };
	if (feed.url.n)
		p[n++] = feed;
	return (struct view_alternates){ p, n };
}

struct view_notices
notices_of(const struct req *r)
{
	struct view_notice *notices = arena_array(r->arena, struct view_notice, r->nnotices);
	for (size_t i = 0; i < r->nnotices; i++)
		notices[i] = (struct view_notice){ r->notices[i].field, r->notices[i].message };
	return (struct view_notices){ notices, r->nnotices };
}

enum err
page_send(struct req *r, struct resp *w, struct view_layout *layout, const struct buf *main)
{
	struct arena *a = r->arena;
	layout->notices = notices_of(r);
	if (r->nnotices)
		layout->noindex = true;
	const struct espace_front *espace = layout->broken ? espace_known(r) : espace_of(r);
	if (layout->canonical.n == 0 && !layout->broken) {
		/* One address a thing, whatever the host; the home is each espace's own. */
		struct str base = r->path.n == 1 && !espace->is_default ? r->origin : r->base;
		struct url here = link_list(r, r->path, (struct param){ { 0 }, { 0 } }, (struct param){ STR("page_kept"), STR_NONE });
		layout->canonical = link_fmt(a, "%.*s%.*s", (int)base.n, base.p, (int)here.n, here.p);
	}
	espace_site(r, espace,
	            layout->nav_sheets        ? STR("/fiches")
	            : layout->nav_catalysts   ? STR("/catalyseurs")
	            : layout->nav_territories ? STR("/territoires")
	            : layout->nav_near        ? STR("/pres-de-moi")
	                                      : STR_NONE,
	            &layout->site);
	struct str own = arena_fmt(a, "%.*s.atom?", (int)r->path.n, r->path.p);
	w->feed = layout->feed.url.n > own.n && memcmp(layout->feed.url.p, own.p, own.n) == 0;
	if (!layout->broken && r->route)
		layout->alternates = alternates_of(r, layout->feed, w->feed);
	if (layout->feed.url.n)
		resp_link(w, (struct str){ layout->feed.url.p, layout->feed.url.n }, "alternate", layout->feed.type);
	/* A page that is kept for all stays the same bytes. */
	layout->read_only = db_read_only() && r->route && r->route->cache == CACHE_NONE;
	layout->main = (struct html){ main->p, main->n };
	tpl_layout(&w->body, layout);
	w->content_type = STR("text/html; charset=utf-8");
	return ERR_NONE;
}
