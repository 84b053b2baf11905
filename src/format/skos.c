#include "format/skos.h"

#include "format/jsonld.h"
#include "format/uri.h"

struct str
skos_match(struct arena *a, struct str scheme, struct str code)
{
	return str_eq(scheme, STR("odd")) ? arena_fmt(a, "http://metadata.un.org/sdg/%.*s", (int)code.n, code.p) : STR_NONE;
}

static void
begin(struct json_out *j)
{
	static const char *const links[] = { "inScheme", "topConceptOf", "broader", "exactMatch", NULL };
	static const char *const words[] = { "prefLabel", "definition", "editorialNote", NULL };

	json_begin_object(j);
	json_key(j, "@context");
	json_begin_object(j);
	jsonld_pair(j, "@vocab", STR("http://www.w3.org/2004/02/skos/core#"));
	jsonld_pair(j, "dct", STR("http://purl.org/dc/terms/"));
	for (const char *const *p = links; *p; p++) {
		json_key(j, *p);
		json_begin_object(j);
		jsonld_type(j, "@id");
		json_end(j);
	}
	for (const char *const *p = words; *p; p++) {
		json_key(j, *p);
		json_begin_object(j);
		jsonld_pair(j, "@language", STR("fr"));
		json_end(j);
	}
	json_end(j);
	json_key(j, "@graph");
	json_begin_array(j);
}

static void
about(struct json_out *j, const struct term *t, struct str id, const char *type)
{
	jsonld_pair(j, "@id", id);
	jsonld_type(j, type);
	jsonld_pair(j, "prefLabel", t->label);
	jsonld_pair(j, "definition", t->definition);
	jsonld_pair(j, "dct:identifier", t->code);
	if (str_eq(t->origin, STR("ours"))) {
		jsonld_pair(j, "editorialNote", STR(SKOS_OURS));
		jsonld_pair(j, "dct:creator", STR("Catalyse"));
	}
	if (t->source_url.n) {
		json_key(j, "dct:source");
		json_begin_object(j);
		jsonld_pair(j, "@id", t->source_url);
		jsonld_pair(j, "dct:title", t->source_label);
		json_end(j);
	} else {
		jsonld_pair(j, "dct:source", t->source_label);
	}
}

void
skos_all(const struct req *r, struct buf *b, const struct vocabularies *v)
{
	struct json_out j = json_out(b);

	begin(&j);
	for (size_t i = 0; i < v->n; i++) {
		json_begin_object(&j);
		about(&j, &v->p[i].about, uri_term(r->arena, r->base, v->p[i].about.code, STR_NONE), "ConceptScheme");
		json_end(&j);
	}
	json_end(&j);
	json_end(&j);
}

void
skos_one(const struct req *r, struct buf *b, const struct vocabulary *v)
{
	struct json_out j = json_out(b);
	struct arena *a = r->arena;
	struct str scheme = uri_term(a, r->base, v->about.code, STR_NONE);

	begin(&j);
	json_begin_object(&j);
	about(&j, &v->about, scheme, "ConceptScheme");
	json_end(&j);
	for (int64_t i = 0; i < v->nterms; i++) {
		const struct term *t = &v->terms[i];
		json_begin_object(&j);
		about(&j, t, uri_term(a, r->base, v->about.code, t->code), "Concept");
		jsonld_pair(&j, "inScheme", scheme);
		if (t->parent_code.n)
			jsonld_pair(&j, "broader", uri_term(a, r->base, t->parent_scheme, t->parent_code));
		else
			jsonld_pair(&j, "topConceptOf", scheme);
		jsonld_pair(&j, "exactMatch", skos_match(a, v->about.code, t->code));
		json_end(&j);
	}
	json_end(&j);
	json_end(&j);
}
