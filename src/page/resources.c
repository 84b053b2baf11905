/* /ressources: documents, sites and data elsewhere, by kind; and how other pages show them. */
#include "format/json_list.h"
#include "gen/tpl.h"
#include "page/resource_rows.h"

/* "www.insee.fr" of an address. */
static struct str
host_of(struct str url)
{
	size_t from = 0, n;

	for (size_t i = 0; i + 2 < url.n && from == 0; i++)
		if (url.p[i] == ':' && url.p[i + 1] == '/' && url.p[i + 2] == '/')
			from = i + 3;
	if (url.n - from > 4 && memcmp(url.p + from, "www.", 4) == 0)
		from += 4;
	for (n = from; n < url.n && url.p[n] != '/' && url.p[n] != '?' && url.p[n] != '#';)
		n++;
	return (struct str){ url.p + from, n - from };
}

static struct view_resource
row_of(struct arena *a, const struct resource *x)
{
	struct view_resource v = { .title = x->title,
		                   .url = link_external(x->url),
		                   .summary = x->summary,
		                   .checked = words_date(a, x->checked_on, false),
		                   .ours = str_eq(x->origin, STR("ours")) };

	v.host = v.url.n ? host_of(x->url) : STR_NONE;
	v.by = x->year && x->publisher.n ? arena_fmt(a, "%.*s, %lld", (int)x->publisher.n, x->publisher.p, (long long)x->year)
	       : x->year                 ? arena_fmt(a, "%lld", (long long)x->year)
	                                 : x->publisher;
	if (x->source_label.n && !str_eq(x->source_label, x->publisher))
		v.source = (struct view_link){ x->source_label, link_external(x->source_url) };
	return v;
}

struct view_resource_groups
resource_groups(struct arena *a, const struct resources *all, const char *prefix)
{
	struct view_resource_group *g = arena_array(a, struct view_resource_group, all->n + 1);
	struct view_resource *rows = arena_array(a, struct view_resource, all->n + 1);
	size_t n = 0;

	for (size_t i = 0; i < all->n; i++) {
		const struct resource *x = &all->p[i];
		rows[i] = row_of(a, x);
		if (i == 0 || !str_eq(x->kind, all->p[i - 1].kind))
			g[n++] = (struct view_resource_group){ .id = arena_fmt(a, "%s-%.*s", prefix, (int)x->kind.n, x->kind.p), .title = x->kind_plural,
				                               .what = x->kind_what, .rows = { rows + i, 0 } };
		g[n - 1].rows.n++;
	}
	return (struct view_resource_groups){ g, n };
}

void
json_resource(struct json_out *j, const struct resource *x)
{
	json_begin_object(j);
	json_key(j, "id"), json_int(j, x->id);
	json_key(j, "reference"), json_str(j, x->ref);
	json_key(j, "sorte"), json_str(j, x->kind);
	json_key(j, "titre"), json_str(j, x->title);
	json_key(j, "resume"), json_str_or_null(j, x->summary);
	json_key(j, "editeur"), json_str_or_null(j, x->publisher);
	json_key(j, "annee"), x->year ? json_int(j, x->year) : json_null(j);
	json_key(j, "url"), json_str_or_null(j, x->url);
	json_key(j, "verifie_le"), json_str_or_null(j, x->checked_on);
	json_key(j, "origine"), json_str(j, x->origin);
	json_key(j, "source"), json_str_or_null(j, x->source_label);
	json_key(j, "source_url"), json_str_or_null(j, x->source_url);
	json_key(j, "themes");
	json_begin_array(j);
	for (size_t i = 0; i < x->themes.n; i++)
		json_str(j, x->themes.p[i]);
	json_end(j);
	json_end(j);
}

enum err
page_resources(struct req *r, struct resp *w)
{
	struct arena *a = r->arena;
	struct resources all;
	enum err e = resource_list(r->db, a, STR_NONE, &all);

	if (e)
		return e;
	if (r->format == FORMAT_JSON) {
		struct json_out j = json_out(&w->body);
		json_begin_object(&j);
		json_key(&j, "total"), json_int(&j, (int64_t)all.n);
		json_notices(&j, r);
		json_key(&j, "elements");
		json_begin_array(&j);
		for (size_t i = 0; i < all.n; i++)
			json_resource(&j, &all.p[i]);
		json_end(&j);
		json_end(&j);
		return ERR_NONE;
	}
	struct view_resources v = { .crumbs = crumbs(a, 1, &(struct view_link){ STR("Ressources"), { NULL, 0 } }),
		                    .groups = resource_groups(a, &all, "r"),
		                    .formats_label = STR("Cette liste ailleurs :"),
		                    .formats = formats_of(r) };
	struct buf main;
	buf_init(&main, a, 32768);
	tpl_resources(&main, &v);
	struct view_layout layout = { .title = STR("Ressources"),
		                      .description = STR("La base partagée « L’ODD 17 en pratiques », les sites publics et les données utiles à un projet de territoire."),
		                      .head_search = true };
	return page_send(r, w, &layout, &main);
}
