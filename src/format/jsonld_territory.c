/* A territory with its INSEE code and what contains it, the list of them, and the home page with its search. */
#include "format/jsonld.h"
#include "format/uri.h"

void
jsonld_territories(const struct jsonld *d, struct buf *b, const struct paging *p, const struct territory_refs *refs, int64_t total)
{
	struct json_out j = json_out(b);

	jsonld_list_begin(d, &j, p, total);
	for (size_t i = 0; i < refs->n; i++) {
		const struct territory_ref *t = &refs->p[i];
		struct place_ref place = { .type = t->type, .code = t->code, .name = t->name };
		jsonld_item_begin(&j, (int64_t)i + 1);
		jsonld_place_members(d, &j, &place);
		if (t->slug.n)
			jsonld_pair(&j, "url", uri_territory(d->r->arena, d->r->base, t->type, t->code, t->slug));
		jsonld_item_end(&j);
	}
	jsonld_list_end(&j);
}

void
jsonld_territory(const struct jsonld *d, struct buf *b, const struct territory *t, const struct territory_refs *around)
{
	struct json_out j = json_out(b);
	struct arena *a = d->r->arena;
	struct str id = uri_territory(a, d->r->base, t->type, t->code, STR_NONE);
	struct str page = uri_territory(a, d->r->base, t->type, t->code, t->slug);

	jsonld_begin(d, &j, "ItemPage", page);
	jsonld_page_end(&j, id);
	json_begin_object(&j);
	jsonld_pair(&j, "@id", id);
	jsonld_type(&j, "AdministrativeArea");
	jsonld_pair(&j, "name", t->name);
	jsonld_pair(&j, "url", page);
	json_key(&j, "identifier");
	json_begin_object(&j);
	jsonld_type(&j, "PropertyValue");
	jsonld_pair(&j, "propertyID", str_eq(t->type, STR("epci")) ? STR("SIREN") : STR("INSEE"));
	jsonld_pair(&j, "value", t->code);
	json_end(&j);
	jsonld_geo(&j, (struct point){ t->has_point, t->lon, t->lat });
	json_key(&j, "containedInPlace");
	json_begin_array(&j);
	for (size_t i = 0; i < around->n; i++)
		if (str_eq(around->p[i].part, STR("parent"))) {
			struct place_ref p = { .type = around->p[i].type, .code = around->p[i].code, .name = around->p[i].name };
			jsonld_place(d, &j, &p);
		}
	json_end(&j);
	json_end(&j);
	jsonld_end(&j);
}

void
jsonld_home(const struct jsonld *d, struct buf *b)
{
	struct json_out j = json_out(b);
	struct arena *a = d->r->arena;
	struct str base = d->r->base;
	struct str home = arena_fmt(a, "%.*s/", (int)base.n, base.p), site = arena_fmt(a, "%.*s/#site", (int)base.n, base.p);

	jsonld_begin(d, &j, "WebPage", home);
	jsonld_page_end(&j, site);
	json_begin_object(&j);
	jsonld_pair(&j, "@id", site);
	jsonld_type(&j, "WebSite");
	jsonld_pair(&j, "name", STR("Catalyse"));
	jsonld_pair(&j, "url", home);
	jsonld_pair(&j, "inLanguage", STR("fr"));
	jsonld_organisation(&j, "publisher", "Organization", d->publisher);
	json_key(&j, "potentialAction");
	json_begin_object(&j);
	jsonld_type(&j, "SearchAction");
	json_key(&j, "target");
	json_begin_object(&j);
	jsonld_type(&j, "EntryPoint");
	jsonld_pair(&j, "urlTemplate", arena_fmt(a, "%.*s/recherche?q={q}", (int)base.n, base.p));
	json_end(&j);
	jsonld_pair(&j, "query-input", STR("required name=q"));
	json_end(&j);
	json_end(&j);
	jsonld_end(&j);
}
