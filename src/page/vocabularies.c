/* /vocabulaires and /vocabulaires/{schema}: the words that sheets are sorted by, and where each comes from. */
#include "format/json_list.h"
#include "format/skos.h"
#include "format/uri.h"
#include "gen/tpl.h"
#include "page/page.h"

/* The parameter of /fiches that takes these terms; empty when none does. */
static struct str
param_of(struct str scheme)
{
	static const char *const params[][2] = { { "theme", "theme" },       { "odd", "odd" },           { "pratique", "pratique" },
		                                 { "parcours", "parcours" }, { "profil", "profil" },     { "maturite", "maturite" },
		                                 { "medoc", "type" },        { "dispositif", "dispositif" } };
	for (size_t i = 0; i < sizeof(params) / sizeof(*params); i++)
		if (str_eq(scheme, str_of(params[i][0])))
			return str_of(params[i][1]);
	return STR_NONE;
}

static void
pair(struct json_out *j, const char *key, struct str value)
{
	json_key(j, key);
	json_str_or_null(j, value);
}

static void
json_about(struct json_out *j, const struct term *t, struct str uri)
{
	pair(j, "code", t->code);
	pair(j, "uri", uri);
	pair(j, "libelle", t->label);
	pair(j, "definition", t->definition);
	pair(j, "origine", t->origin);
	pair(j, "source", t->source_label);
	pair(j, "source_url", t->source_url);
}

static void
json_vocabulary(struct json_out *j, const struct req *r, const struct vocabulary *v)
{
	json_about(j, &v->about, uri_term(r->arena, r->base, v->about.code, STR_NONE));
	json_key(j, "total");
	json_int(j, v->nterms);
}

static struct view_term
view_of(struct str id, const struct term *t, struct url url, struct str link)
{
	return (struct view_term){ .id = id,
		                   .label = t->label,
		                   .definition = t->definition,
		                   .ours = str_eq(t->origin, STR("ours")),
		                   .source = { t->source_label, link_external(t->source_url) },
		                   .link = { url.n ? link : STR_NONE, url } };
}

enum err
page_vocabularies(struct req *r, struct resp *w)
{
	struct arena *a = r->arena;
	struct vocabularies all;
	enum err e = vocabulary_all(r->db, a, &all);
	if (e)
		return e;
	if (r->format == FORMAT_JSONLD) {
		skos_all(r, &w->body, &all);
		return ERR_NONE;
	}
	if (r->format == FORMAT_JSON) {
		struct json_out j = json_out(&w->body);
		json_begin_object(&j);
		json_key(&j, "total");
		json_int(&j, (int64_t)all.n);
		json_notices(&j, r);
		json_key(&j, "elements");
		json_begin_array(&j);
		for (size_t i = 0; i < all.n; i++) {
			json_begin_object(&j);
			json_vocabulary(&j, r, &all.p[i]);
			json_end(&j);
		}
		json_end(&j);
		json_end(&j);
		return ERR_NONE;
	}
	struct view_term *p = arena_array(a, struct view_term, all.n);
	for (size_t i = 0; i < all.n; i++) {
		const struct term *t = &all.p[i].about;
		struct url url = link_fmt(a, "/vocabulaires/%.*s", (int)t->code.n, t->code.p);
		p[i] = view_of(t->code, t, url, words_count(a, all.p[i].nterms, "terme", "termes"));
	}
	struct view_vocabulary v = {
		.crumbs = crumbs(a, 1, &(struct view_link){ STR("Vocabulaires"), { NULL, 0 } }),
		.title = STR("Les vocabulaires"),
		.lead = STR("Les mots qui rangent les fiches et décrivent les catalyseurs. Chacun dit d'où il vient."),
		.terms = { p, all.n },
		.formats_label = STR("Cette liste ailleurs :"),
		.formats = formats_of(r),
	};
	struct buf main;
	buf_init(&main, a, 16384);
	tpl_vocabulary(&main, &v);
	struct view_layout layout = { .title = v.title, .description = v.lead, .head_search = true };
	return page_send(r, w, &layout, &main);
}

enum err
page_vocabulary(struct req *r, struct resp *w)
{
	struct arena *a = r->arena;
	struct vocabulary found;
	enum err e = vocabulary_find(r->db, a, r->vars[0], &found);
	if (e)
		return e;
	const struct term *about = &found.about;
	if (r->format == FORMAT_JSONLD) {
		skos_one(r, &w->body, &found);
		return ERR_NONE;
	}
	if (r->format == FORMAT_JSON) {
		struct json_out j = json_out(&w->body);
		json_begin_object(&j);
		json_vocabulary(&j, r, &found);
		json_notices(&j, r);
		json_key(&j, "elements");
		json_begin_array(&j);
		for (int64_t i = 0; i < found.nterms; i++) {
			const struct term *t = &found.terms[i];
			json_begin_object(&j);
			json_about(&j, t, uri_term(a, r->base, about->code, t->code));
			pair(&j, "parent", t->parent_code.n ? uri_term(a, r->base, t->parent_scheme, t->parent_code) : STR_NONE);
			pair(&j, "equivalent", skos_match(a, about->code, t->code));
			json_end(&j);
		}
		json_end(&j);
		json_end(&j);
		return ERR_NONE;
	}
	struct view_term *p = arena_array(a, struct view_term, (size_t)found.nterms);
	struct str param = param_of(about->code);
	for (int64_t i = 0; i < found.nterms; i++) {
		const struct term *t = &found.terms[i];
		struct url url = param.n ? link_fmt(a, "/fiches?%.*s=%.*s", (int)param.n, param.p, (int)t->code.n, t->code.p)
		                         : (struct url){ NULL, 0 };
		struct str id = arena_fmt(a, "%.*s-%.*s", (int)about->code.n, about->code.p, (int)t->code.n, t->code.p);
		p[i] = view_of(id, t, url, STR("Voir les fiches"));
	}
	struct view_link trail[] = { { STR("Vocabulaires"), { "/vocabulaires", 13 } }, { about->label, { NULL, 0 } } };
	struct view_vocabulary v = {
		.crumbs = crumbs(a, 2, trail),
		.title = about->label,
		.lead = about->definition,
		.ours = str_eq(about->origin, STR("ours")),
		.source = { about->source_label, link_external(about->source_url) },
		.terms = { p, (size_t)found.nterms },
		.formats_label = STR("Ce vocabulaire ailleurs :"),
		.formats = formats_of(r),
	};
	struct buf main;
	buf_init(&main, a, 16384);
	tpl_vocabulary(&main, &v);
	struct view_layout layout = { .title = about->label, .description = about->definition, .head_search = true };
	return page_send(r, w, &layout, &main);
}
