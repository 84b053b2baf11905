/* /thematiques: the seven ways in by need, each with its objectives and what there is for it. */
#include "format/json_list.h"
#include "format/jsonld.h"
#include "format/uri.h"
#include "gen/tpl.h"
#include "page/theme_parts.h"

struct view_odds
theme_odds_view(struct arena *a, const struct theme *t)
{
	struct view_odd *p = arena_array(a, struct view_odd, t->odd_codes.n + 1);

	for (size_t i = 0; i < t->odd_codes.n; i++)
		p[i] = (struct view_odd){ t->odd_codes.p[i], t->odd_labels.p[i], link_fmt(a, "/fiches?odd=%.*s", (int)t->odd_codes.p[i].n, t->odd_codes.p[i].p) };
	return (struct view_odds){ p, t->odd_codes.n };
}

struct url
theme_url(struct arena *a, const struct theme *t)
{
	return link_fmt(a, "/thematiques/%.*s", (int)t->code.n, t->code.p);
}

struct view_letters
theme_letters(struct arena *a, const struct theme *t)
{
	struct view_letter *p = arena_array(a, struct view_letter, 5);

	for (size_t k = 0; k < 5; k++) {
		const struct sheet_kind *kind = &SHEET_KINDS[k];
		char *letter = arena_cstr(a, str_of(kind->letter));
		letter[0] = (char)(letter[0] - 32);
		p[k] = (struct view_letter){ str_of(kind->letter), { letter, 1 }, str_of(kind->plural), words_number(a, t->sheets[k]),
			                     link_fmt(a, "/fiches?type=%s&theme=%.*s", kind->code, (int)t->code.n, t->code.p), t->sheets[k] == 0 };
	}
	return (struct view_letters){ p, 5 };
}

void
json_theme(struct json_out *j, struct arena *a, struct str base, const struct theme *t)
{
	json_key(j, "code"), json_str(j, t->code);
	json_key(j, "uri"), json_str(j, uri_term(a, base, STR("theme"), t->code));
	json_key(j, "libelle"), json_str(j, t->label);
	json_key(j, "definition"), json_str_or_null(j, t->definition);
	json_key(j, "origine"), json_str(j, t->origin);
	json_key(j, "url"), json_str(j, arena_fmt(a, "%.*s/thematiques/%.*s", (int)base.n, base.p, (int)t->code.n, t->code.p));
	json_key(j, "odd");
	json_begin_array(j);
	for (size_t i = 0; i < t->odd_codes.n; i++) {
		json_begin_object(j);
		json_key(j, "code"), json_str(j, t->odd_codes.p[i]);
		json_key(j, "libelle"), json_str(j, t->odd_labels.p[i]);
		json_end(j);
	}
	json_end(j);
	json_key(j, "nombres");
	json_begin_object(j);
	for (size_t k = 0; k < 5; k++)
		json_key(j, SHEET_KINDS[k].code), json_int(j, t->sheets[k]);
	json_key(j, "documents"), json_int(j, t->resources);
	json_key(j, "catalyseurs"), json_int(j, t->catalysts);
	json_end(j);
}

static enum err
answer_jsonld(struct req *r, struct resp *w, const struct themes *all, const struct view_links *trail)
{
	struct arena *a = r->arena;
	struct jsonld d = { r, STR("Besoins des territoires"), site_of(r)->editor, trail };
	struct json_out j = json_out(&w->body);
	struct str id = uri_term(a, r->base, STR("theme"), STR_NONE);

	jsonld_begin(&d, &j, "CollectionPage", arena_fmt(a, "%.*s/thematiques", (int)r->base.n, r->base.p));
	jsonld_page_end(&j, id);
	json_begin_object(&j);
	jsonld_pair(&j, "@id", id);
	jsonld_type(&j, "DefinedTermSet");
	jsonld_pair(&j, "name", STR("Thématiques"));
	json_key(&j, "hasDefinedTerm");
	json_begin_array(&j);
	for (size_t i = 0; i < all->n; i++) {
		json_begin_object(&j);
		jsonld_pair(&j, "@id", uri_term(a, r->base, STR("theme"), all->p[i].code));
		jsonld_type(&j, "DefinedTerm");
		jsonld_pair(&j, "name", all->p[i].label);
		jsonld_pair(&j, "description", all->p[i].definition);
		struct url url = theme_url(a, &all->p[i]);
		jsonld_pair(&j, "url", arena_fmt(a, "%.*s%.*s", (int)r->base.n, r->base.p, (int)url.n, url.p));
		json_end(&j);
	}
	json_end(&j);
	json_end(&j);
	jsonld_end(&j);
	return ERR_NONE;
}

enum err
page_themes(struct req *r, struct resp *w)
{
	struct arena *a = r->arena;
	struct themes all;
	enum err e = theme_all(r->db, a, &all);

	if (e)
		return e;
	struct view_links trail = crumbs(a, 1, &(struct view_link){ STR("Besoins des territoires"), { NULL, 0 } });
	if (r->format == FORMAT_JSONLD)
		return answer_jsonld(r, w, &all, &trail);
	if (r->format == FORMAT_JSON) {
		struct json_out j = json_out(&w->body);
		json_begin_object(&j);
		json_key(&j, "total"), json_int(&j, (int64_t)all.n);
		json_notices(&j, r);
		json_key(&j, "elements");
		json_begin_array(&j);
		for (size_t i = 0; i < all.n; i++) {
			json_begin_object(&j);
			json_theme(&j, a, r->base, &all.p[i]);
			json_end(&j);
		}
		json_end(&j);
		json_end(&j);
		return ERR_NONE;
	}
	struct view_theme_row *rows = arena_array(a, struct view_theme_row, all.n + 1);
	for (size_t i = 0; i < all.n; i++) {
		const struct theme *t = &all.p[i];
		struct str docs = words_count(a, t->resources, "document", "documents"), who = words_count(a, t->catalysts, "catalyseur ou acteur", "catalyseurs et acteurs");
		rows[i] = (struct view_theme_row){ .number = arena_fmt(a, "%zu", i + 1), .label = t->label, .definition = theme_lead(a, t), .url = theme_url(a, t),
			                           .odds = theme_odds_view(a, t), .letters = theme_letters(a, t),
			                           .rest = arena_fmt(a, "%.*s, %.*s", (int)docs.n, docs.p, (int)who.n, who.p) };
	}
	struct view_themes v = { .crumbs = trail, .rows = { rows, all.n }, .formats_label = STR("Cette liste ailleurs :"), .formats = formats_of(r) };
	struct buf main;
	buf_init(&main, a, 32768);
	tpl_themes(&main, &v);
	struct view_layout layout = { .title = STR("Besoins des territoires"),
		                      .description = STR("Sept thématiques, des objectifs de développement durable aux fiches, aux documents et à ceux qui relient, près de chez vous."),
		                      .head_search = true };
	return page_send(r, w, &layout, &main);
}
