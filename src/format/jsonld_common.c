#include "format/jsonld.h"
#include "format/uri.h"

void
jsonld_pair(struct json_out *j, const char *key, struct str value)
{
	if (value.n == 0)
		return;
	json_key(j, key);
	json_str(j, value);
}

void
jsonld_type(struct json_out *j, const char *type)
{
	jsonld_pair(j, "@type", str_of(type));
}

struct str
jsonld_id(const struct jsonld *d, const char *path, int64_t id)
{
	return arena_fmt(d->r->arena, "%.*s%s%lld", (int)d->r->base.n, d->r->base.p, path, (long long)id);
}

static void
context(struct json_out *j)
{
	static const char *const links[] = { "url", "license", "isBasedOn", "sameAs", "inDefinedTermSet", NULL };
	static const char *const times[] = { "dateCreated", "dateModified", NULL };

	json_key(j, "@context");
	json_begin_object(j);
	jsonld_pair(j, "@vocab", STR("https://schema.org/"));
	for (const char *const *p = links; *p; p++) {
		json_key(j, *p);
		json_begin_object(j);
		jsonld_type(j, "@id");
		json_end(j);
	}
	for (const char *const *p = times; *p; p++) {
		json_key(j, *p);
		json_begin_object(j);
		jsonld_type(j, "DateTime");
		json_end(j);
	}
	json_key(j, "lastReviewed");
	json_begin_object(j);
	jsonld_type(j, "Date");
	json_end(j);
	json_end(j);
}

static void
trail(const struct jsonld *d, struct json_out *j)
{
	json_key(j, "breadcrumb");
	json_begin_object(j);
	jsonld_type(j, "BreadcrumbList");
	json_key(j, "itemListElement");
	json_begin_array(j);
	for (size_t i = 0; i < d->crumbs->n; i++) {
		struct view_link c = d->crumbs->p[i];
		json_begin_object(j);
		jsonld_type(j, "ListItem");
		json_key(j, "position");
		json_int(j, (int64_t)i + 1);
		jsonld_pair(j, "name", c.label);
		if (c.url.n)
			jsonld_pair(j, "item", arena_fmt(d->r->arena, "%.*s%.*s", (int)d->r->base.n, d->r->base.p, (int)c.url.n, c.url.p));
		json_end(j);
	}
	json_end(j);
	json_end(j);
}

void
jsonld_begin(const struct jsonld *d, struct json_out *j, const char *page_type, struct str url)
{
	json_begin_object(j);
	context(j);
	json_key(j, "@graph");
	json_begin_array(j);
	json_begin_object(j);
	jsonld_pair(j, "@id", url);
	jsonld_type(j, page_type);
	jsonld_pair(j, "url", url);
	jsonld_pair(j, "name", d->title);
	jsonld_pair(j, "inLanguage", STR("fr"));
	if (d->crumbs)
		trail(d, j);
}

void
jsonld_page_end(struct json_out *j, struct str about)
{
	json_key(j, "mainEntity");
	json_begin_object(j);
	jsonld_pair(j, "@id", about);
	json_end(j);
	json_end(j);
}

void
jsonld_end(struct json_out *j)
{
	json_end(j);
	json_end(j);
}

void
jsonld_list_begin(const struct jsonld *d, struct json_out *j, const struct paging *p, int64_t total)
{
	struct str list = arena_fmt(d->r->arena, "%.*s#liste", (int)p->html.n, p->html.p);

	jsonld_begin(d, j, "CollectionPage", p->html);
	jsonld_page_end(j, list);
	json_begin_object(j);
	jsonld_pair(j, "@id", list);
	jsonld_type(j, "ItemList");
	jsonld_pair(j, "name", d->title);
	if (total >= 0) {
		json_key(j, "numberOfItems");
		json_int(j, total);
	}
	json_key(j, "itemListElement");
	json_begin_array(j);
}

void
jsonld_item_begin(struct json_out *j, int64_t position)
{
	json_begin_object(j);
	jsonld_type(j, "ListItem");
	json_key(j, "position");
	json_int(j, position);
	json_key(j, "item");
	json_begin_object(j);
}

void
jsonld_item_end(struct json_out *j)
{
	json_end(j);
	json_end(j);
}

void
jsonld_list_end(struct json_out *j)
{
	json_end(j);
	json_end(j);
	jsonld_end(j);
}

void
jsonld_place_members(const struct jsonld *d, struct json_out *j, const struct place_ref *p)
{
	if (str_eq(p->type, STR("pays"))) {
		jsonld_type(j, "Country");
		jsonld_pair(j, "name", STR("France"));
		jsonld_pair(j, "identifier", STR("FR"));
		return;
	}
	jsonld_pair(j, "@id", uri_territory(d->r->arena, d->r->base, p->type, p->code, STR_NONE));
	jsonld_type(j, "AdministrativeArea");
	jsonld_pair(j, "name", p->name);
	json_key(j, "identifier");
	json_begin_object(j);
	jsonld_type(j, "PropertyValue");
	jsonld_pair(j, "propertyID", str_eq(p->type, STR("epci")) ? STR("SIREN") : STR("INSEE"));
	jsonld_pair(j, "value", p->code);
	json_end(j);
}

void
jsonld_place(const struct jsonld *d, struct json_out *j, const struct place_ref *p)
{
	json_begin_object(j);
	jsonld_place_members(d, j, p);
	json_end(j);
}

void
jsonld_geo(struct json_out *j, struct point p)
{
	if (!p.known)
		return;
	json_key(j, "geo");
	json_begin_object(j);
	jsonld_type(j, "GeoCoordinates");
	json_key(j, "latitude");
	json_real(j, p.lat);
	json_key(j, "longitude");
	json_real(j, p.lon);
	json_end(j);
}

void
jsonld_organisation(struct json_out *j, const char *key, const char *type, struct str name)
{
	if (name.n == 0)
		return;
	json_key(j, key);
	json_begin_object(j);
	jsonld_type(j, type);
	jsonld_pair(j, "name", name);
	json_end(j);
}
