/* Catalysts: an Organization, more precise when we know what its structure is, with where it sits and what it serves. */
#include "format/jsonld.h"
#include "format/uri.h"

#define PART(p, what) str_eq((p)->part, STR(what))

static const char *
type_of(struct str structure_kind)
{
	static const char *const types[][2] = { { "association", "NGO" },
		                                { "fondation", "NGO" },
		                                { "commune", "GovernmentOrganization" },
		                                { "intercommunalite", "GovernmentOrganization" },
		                                { "universite", "CollegeOrUniversity" },
		                                { "entreprise", "Corporation" } };
	for (size_t i = 0; i < sizeof(types) / sizeof(*types); i++)
		if (str_eq(structure_kind, str_of(types[i][0])))
			return types[i][1];
	return "Organization";
}

static void
common(const struct jsonld *d, struct json_out *j, const struct catalyst_card *c)
{
	jsonld_pair(j, "@id", jsonld_id(d, "/catalyseurs/", c->id));
	jsonld_type(j, type_of(c->structure_kind));
	jsonld_pair(j, "identifier", arena_fmt(d->r->arena, "%lld", (long long)c->id));
	jsonld_pair(j, "name", c->name);
	jsonld_pair(j, "description", c->summary);
	/* url is the site of the organisation; its page here is what tells of it. */
	jsonld_pair(j, "url", c->website);
	json_key(j, "subjectOf");
	json_begin_object(j);
	jsonld_type(j, "WebPage");
	jsonld_pair(j, "url", uri_catalyst(d->r->arena, d->r->base, c->id, c->slug));
	json_end(j);
	if (c->seat.type.n == 0 && !c->has_point)
		return;
	json_key(j, "location");
	json_begin_object(j);
	jsonld_type(j, "Place");
	jsonld_geo(j, (struct point){ c->has_point, c->lon, c->lat });
	if (c->seat.type.n) {
		json_key(j, "containedInPlace");
		jsonld_place(d, j, &c->seat);
	}
	json_end(j);
}

void
jsonld_catalysts(const struct jsonld *d, struct buf *b, const struct paging *p, int64_t total, const struct catalyst_card *c,
                 size_t n)
{
	struct json_out j = json_out(b);

	jsonld_list_begin(d, &j, p, total);
	for (size_t i = 0; i < n; i++) {
		jsonld_item_begin(&j, p->offset + (int64_t)i + 1);
		common(d, &j, &c[i]);
		jsonld_item_end(&j);
	}
	jsonld_list_end(&j);
}

void
jsonld_catalyst(const struct jsonld *d, struct buf *b, const struct catalyst *c)
{
	struct json_out j = json_out(b);
	static const struct place_ref nation = { { "pays", 4 }, { "FR", 2 }, { NULL, 0 }, { NULL, 0 }, { NULL, 0 } };

	jsonld_begin(d, &j, "ProfilePage", uri_catalyst(d->r->arena, d->r->base, c->card.id, c->card.slug));
	jsonld_pair(&j, "lastReviewed", c->card.verified_on);
	jsonld_page_end(&j, jsonld_id(d, "/catalyseurs/", c->card.id));
	json_begin_object(&j);
	common(d, &j, &c->card);
	jsonld_organisation(&j, "parentOrganization", "Organization", c->structure);
	json_key(&j, "areaServed");
	json_begin_array(&j);
	if (c->card.national)
		jsonld_place(d, &j, &nation);
	for (size_t i = 0; i < c->nparts; i++)
		if (PART(&c->parts[i], "area")) {
			struct place_ref p = { c->parts[i].scheme, c->parts[i].code, c->parts[i].slug, c->parts[i].label, STR_NONE };
			jsonld_place(d, &j, &p);
		}
	json_end(&j);
	json_key(&j, "knowsAbout");
	json_begin_array(&j);
	for (size_t i = 0; i < c->nparts; i++)
		if (PART(&c->parts[i], "term")) {
			json_begin_object(&j);
			jsonld_pair(&j, "@id", uri_term(d->r->arena, d->r->base, c->parts[i].scheme, c->parts[i].code));
			jsonld_type(&j, "DefinedTerm");
			jsonld_pair(&j, "name", c->parts[i].label);
			jsonld_pair(&j, "inDefinedTermSet", uri_term(d->r->arena, d->r->base, c->parts[i].scheme, STR_NONE));
			json_end(&j);
		}
	json_end(&j);
	json_end(&j);
	jsonld_end(&j);
}
