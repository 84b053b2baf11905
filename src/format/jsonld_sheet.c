/* Sheets: HowTo for a method, LearningResource for a tool or a skill, Article for the rest. */
#include "format/json_item.h"
#include "format/jsonld.h"
#include "format/skos.h"
#include "format/uri.h"

#define PART(p, what) str_eq((p)->part, STR(what))

static const char *
type_of(struct str kind)
{
	if (str_eq(kind, STR("methode")))
		return "HowTo";
	return str_eq(kind, STR("outil")) || str_eq(kind, STR("competence")) ? "LearningResource" : "Article";
}

/* What a list and the page of the sheet both say. */
static void
common(const struct jsonld *d, struct json_out *j, const struct sheet_card *c)
{
	const char *type = type_of(c->type);

	jsonld_pair(j, "@id", jsonld_id(d, "/fiches/", c->id));
	jsonld_type(j, type);
	jsonld_pair(j, "url", uri_sheet(d->r->arena, d->r->base, c->id, c->slug));
	jsonld_pair(j, "identifier", arena_fmt(d->r->arena, "%lld", (long long)c->id));
	jsonld_pair(j, "name", c->title);
	if (*type == 'A')
		jsonld_pair(j, "headline", c->title);
	jsonld_pair(j, "genre", str_of(sheet_kind_of(c->type)->name));
	jsonld_pair(j, "description", c->summary);
	jsonld_pair(j, "inLanguage", c->language);
	jsonld_pair(j, "dateCreated", c->created_at);
	jsonld_pair(j, "dateModified", c->modified_at);
	json_key(j, "version");
	json_int(j, c->version);
	struct str licence = uri_licence(c->licence);
	jsonld_pair(j, "license", licence);
}

void
jsonld_sheets(const struct jsonld *d, struct buf *b, const struct paging *p, int64_t total, const struct sheet_card *c, size_t n)
{
	struct json_out j = json_out(b);

	jsonld_list_begin(d, &j, p, total);
	for (size_t i = 0; i < n; i++) {
		jsonld_item_begin(&j, p->offset + (int64_t)i + 1);
		common(d, &j, &c[i]);
		if (c[i].place.type.n) {
			json_key(&j, "spatialCoverage");
			jsonld_place(d, &j, &c[i].place);
		}
		jsonld_item_end(&j);
	}
	jsonld_list_end(&j);
}

static void
terms(const struct jsonld *d, struct json_out *j, const struct sheet *s)
{
	struct arena *a = d->r->arena;

	json_key(j, "about");
	json_begin_array(j);
	for (size_t i = 0; i < s->nparts; i++) {
		const struct sheet_part *p = &s->parts[i];
		if (!PART(p, "term"))
			continue;
		json_begin_object(j);
		jsonld_pair(j, "@id", uri_term(a, d->r->base, p->scheme, p->code));
		jsonld_type(j, "DefinedTerm");
		jsonld_pair(j, "name", p->label);
		jsonld_pair(j, "termCode", p->code);
		jsonld_pair(j, "inDefinedTermSet", uri_term(a, d->r->base, p->scheme, STR_NONE));
		jsonld_pair(j, "sameAs", skos_match(a, p->scheme, p->code));
		json_end(j);
	}
	json_end(j);
}

static void
places(const struct jsonld *d, struct json_out *j, const struct sheet *s)
{
	json_key(j, "spatialCoverage");
	json_begin_array(j);
	for (size_t i = 0; i < s->nparts; i++)
		if (PART(&s->parts[i], "place")) {
			const struct sheet_part *x = &s->parts[i];
			struct place_ref p = { x->scheme, x->code, x->slug, x->label, x->url };
			jsonld_place(d, j, &p);
		}
	json_end(j);
}

static void
source(struct json_out *j, struct str name, struct str url, struct str publisher)
{
	json_begin_object(j);
	jsonld_type(j, "CreativeWork");
	jsonld_pair(j, "name", name);
	jsonld_pair(j, "url", url);
	jsonld_organisation(j, "publisher", "Organization", publisher);
	json_end(j);
}

/* citation: what it was written from; isBasedOn: the sheets it takes up; mentions: who does it. */
static void
relations(const struct jsonld *d, struct json_out *j, const struct sheet *s)
{
	json_key(j, "citation");
	json_begin_array(j);
	if (s->source_label.n)
		source(j, s->source_label, s->source_url, s->source_publisher);
	for (size_t i = 0; i < s->nparts; i++)
		if (PART(&s->parts[i], "source"))
			source(j, s->parts[i].label, s->parts[i].url, s->parts[i].scheme);
	json_end(j);
	json_key(j, "isBasedOn");
	json_begin_array(j);
	for (size_t i = 0; i < s->nparts; i++)
		if (PART(&s->parts[i], "link") && str_eq(s->parts[i].code, STR("inspire")))
			json_str(j, jsonld_id(d, "/fiches/", s->parts[i].n));
	json_end(j);
	json_key(j, "mentions");
	json_begin_array(j);
	for (size_t i = 0; i < s->nparts; i++)
		if (PART(&s->parts[i], "catalyst")) {
			json_begin_object(j);
			jsonld_pair(j, "@id", jsonld_id(d, "/catalyseurs/", s->parts[i].n));
			jsonld_type(j, "Organization");
			jsonld_pair(j, "name", s->parts[i].label);
			json_end(j);
		}
	json_end(j);
}

/* What the sheet says, as it was written: a short mark-up that reads as text. */
static void
body(const struct jsonld *d, struct json_out *j, const struct sheet *s)
{
	struct buf text;

	buf_init(&text, d->r->arena, 4096);
	for (size_t i = 0; i < s->nsections; i++) {
		buf_put(&text, text.n ? STR("\n\n## ") : STR("## "));
		buf_put(&text, s->sections[i].label);
		buf_lit(&text, "\n\n");
		buf_put(&text, s->sections[i].text);
	}
	jsonld_pair(j, "text", buf_str(&text));
	if (s->nsteps == 0 || !str_eq(s->type, STR("methode")))
		return;
	json_key(j, "step");
	json_begin_array(j);
	for (size_t i = 0; i < s->nsteps; i++) {
		json_begin_object(j);
		jsonld_type(j, "HowToStep");
		json_key(j, "position");
		json_int(j, (int64_t)i + 1);
		jsonld_pair(j, "name", s->steps[i].title);
		jsonld_pair(j, "text", s->steps[i].text);
		json_end(j);
	}
	json_end(j);
}

static void
author(struct json_out *j, const char *type, struct str name)
{
	json_begin_object(j);
	jsonld_type(j, type);
	jsonld_pair(j, "name", name);
	json_end(j);
}

/* Those who are named, then the structure; who is gone is no author that a machine could know. */
static void
authors(struct json_out *j, const struct sheet *s)
{
	size_t n = s->structure.n > 0;

	for (size_t i = 0; i < s->nparts; i++)
		n += PART(&s->parts[i], "author") && s->parts[i].label.n;
	if (n == 0)
		return;
	json_key(j, "author");
	json_begin_array(j);
	for (size_t i = 0; i < s->nparts; i++)
		if (PART(&s->parts[i], "author") && s->parts[i].label.n)
			author(j, "Person", s->parts[i].label);
	if (s->structure.n)
		author(j, "Organization", s->structure);
	json_end(j);
}

static void
media(const struct jsonld *d, struct json_out *j, const struct sheet *s)
{
	bool some = false;

	for (size_t i = 0; i < s->nparts; i++)
		some |= PART(&s->parts[i], "attachment");
	if (!some)
		return;
	json_key(j, "associatedMedia");
	json_begin_array(j);
	for (size_t i = 0; i < s->nparts; i++) {
		if (!PART(&s->parts[i], "attachment"))
			continue;
		struct attachment f = sheet_attachment(&s->parts[i]);
		json_begin_object(j);
		jsonld_type(j, f.width ? "ImageObject" : "MediaObject");
		jsonld_pair(j, "name", f.label);
		json_address(j, d->r->arena, d->r->base, "contentUrl", attachment_url(d->r->arena, s->id, f.id, f.hash, f.name), "");
		jsonld_pair(j, "encodingFormat", f.type);
		jsonld_pair(j, "caption", f.alt);
		json_end(j);
	}
	json_end(j);
}

void
jsonld_sheet(const struct jsonld *d, struct buf *b, const struct sheet *s)
{
	struct json_out j = json_out(b);
	struct sheet_card c = sheet_card_of(s);

	jsonld_begin(d, &j, "ItemPage", uri_sheet(d->r->arena, d->r->base, s->id, s->slug));
	jsonld_pair(&j, "lastReviewed", s->verified_on);
	jsonld_page_end(&j, jsonld_id(d, "/fiches/", s->id));
	json_begin_object(&j);
	common(d, &j, &c);
	authors(&j, s);
	media(d, &j, s);
	jsonld_organisation(&j, "publisher", "Organization", d->publisher);
	terms(d, &j, s);
	places(d, &j, s);
	relations(d, &j, s);
	body(d, &j, s);
	json_end(&j);
	jsonld_end(&j);
}
