#include "page/page.h"

#include "gen/tpl.h"

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

struct view_links
formats_of(struct req *r)
{
	struct view_link *p = arena_array(r->arena, struct view_link, 1);
	if (!(r->route->formats & F_JSON) || r->path.n == 1) /* "/.json" is no address: the home's JSON goes by Accept */
		return (struct view_links){ NULL, 0 };
	struct str path = arena_fmt(r->arena, "%.*s.json", (int)r->path.n, r->path.p);
	p[0] = (struct view_link){ STR("JSON"), link_list(r, path, (struct param){ { 0 }, { 0 } },
		                                              (struct param){ STR("page_kept"), STR_NONE }) };
	return (struct view_links){ p, 1 };
}

enum err
page_send(struct req *r, struct resp *w, struct view_layout *layout, const struct buf *main)
{
	struct arena *a = r->arena;
	struct view_notice *notices = arena_array(a, struct view_notice, r->nnotices);
	for (size_t i = 0; i < r->nnotices; i++)
		notices[i] = (struct view_notice){ r->notices[i].field, r->notices[i].message };
	layout->notices = (struct view_notices){ notices, r->nnotices };
	if (r->nnotices)
		layout->noindex = true;
	if (layout->canonical.n == 0 && !layout->broken) {
		struct url here = link_list(r, r->path, (struct param){ { 0 }, { 0 } }, (struct param){ STR("page_kept"), STR_NONE });
		layout->canonical = link_fmt(a, "%.*s%.*s", (int)r->base.n, r->base.p, (int)here.n, here.p);
	}
	struct view_links formats = layout->broken || !r->route ? (struct view_links){ NULL, 0 } : formats_of(r);
	if (formats.n) {
		struct view_alternate *p = arena_array(a, struct view_alternate, 1);
		p[0] = (struct view_alternate){ STR("application/json"), STR("Cette page en JSON"), formats.p[0].url };
		layout->alternates = (struct view_alternates){ p, 1 };
		resp_header(w, "Link", arena_fmt(a, "<%.*s>; rel=\"alternate\"; type=\"application/json\"",
		                                 (int)formats.p[0].url.n, formats.p[0].url.p));
	}
	layout->main = (struct html){ main->p, main->n };
	tpl_layout(&w->body, layout);
	w->content_type = STR("text/html; charset=utf-8");
	return ERR_NONE;
}
