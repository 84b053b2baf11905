/*
 * /comprendre, /comprendre/{pratique}: the network and what it calls catalyse, following its own slides. Every list is rows: terms of the
 * vocabularies, texts of site_text. What no source says is marked as ours, or left out and said to be.
 */
#include "format/json_list.h"
#include "gen/tpl.h"
#include "model/catalyst.h"
#include "model/site_text.h"
#include "page/page.h"
#include "text/markdown.h"
#include "text/slug.h"

enum { SHEETS_SHOWN = 8, CATALYSTS_SHOWN = 12 };

static enum err
load(struct req *r, struct site_texts *ret)
{
	static const char *const names[] = { "ingenierie", "pratique", "activite", "principe", "modalite", "moyen" };
	struct str schemes[6];

	for (size_t i = 0; i < 6; i++)
		schemes[i] = str_of(names[i]);
	return site_text_list(r->db, r->arena, STR("comprendre"), (struct strs){ schemes, 6 }, ret);
}

static bool
is(const struct site_text *x, const char *what, const char *part)
{
	return str_eq(x->what, str_of(what)) && str_eq(x->part, str_of(part));
}

static struct view_saying
saying_of(struct arena *a, const struct site_text *x)
{
	struct view_saying v = { .code = x->code, .mark = x->mark, .title = x->title, .text = x->body, .body = markdown_inline(a, x->body),
		                 .ours = str_eq(x->origin, STR("ours")), .source = { x->source_label, link_external(x->source_url) } };

	if (x->catalyst_id)
		v.link = (struct view_link){ x->title.n ? x->title : x->catalyst_name, link_catalyst(a, x->catalyst_id, x->catalyst_slug) };
	if (x->sheet_id) {
		v.more = (struct view_link){ x->sheet_title, link_sheet(a, x->sheet_id, x->sheet_slug) };
		v.cote = cote_of(a, x->sheet_type, x->sheet_id);
	}
	return v;
}

/* The texts of a part; of one term only when parent is not empty. */
static struct view_sayings
texts_of(struct arena *a, const struct site_texts *all, const char *part, struct str parent)
{
	struct view_saying *p = arena_array(a, struct view_saying, all->n + 1);
	size_t n = 0;

	for (size_t i = 0; i < all->n; i++)
		if (is(&all->p[i], "texte", part) && (parent.n == 0 || str_eq(all->p[i].parent, parent)))
			p[n++] = saying_of(a, &all->p[i]);
	return (struct view_sayings){ p, n };
}

/* The roads of the three engineerings: the text says when each begins, the vocabulary what it is called. */
static struct view_engineerings
engineerings_of(struct arena *a, const struct site_texts *all)
{
	struct view_engineering *p = arena_array(a, struct view_engineering, all->n + 1);
	size_t n = 0;

	for (size_t i = 0; i < all->n; i++) {
		const struct site_text *t = &all->p[i];
		if (!is(t, "terme", "ingenierie"))
			continue;
		p[n] = (struct view_engineering){ .label = t->title, .definition = t->body };
		for (size_t k = 0; k < all->n; k++)
			if (is(&all->p[k], "texte", "ingenierie") && str_eq(all->p[k].title, t->code))
				p[n].mark = all->p[k].mark, p[n].body = markdown_inline(a, all->p[k].body);
		n++;
	}
	return (struct view_engineerings){ p, n };
}

static struct view_practice
practice_of(struct arena *a, const struct site_texts *all, const struct site_text *t, size_t rank)
{
	struct view_saying *acts = arena_array(a, struct view_saying, all->n + 1);
	size_t n = 0;

	for (size_t i = 0; i < all->n; i++)
		if (is(&all->p[i], "terme", "activite") && str_eq(all->p[i].parent, t->code))
			acts[n++] = saying_of(a, &all->p[i]);
	return (struct view_practice){
		.code = t->code,
		.number = arena_fmt(a, "%zu", rank),
		.label = t->title,
		.definition = t->body,
		.url = link_fmt(a, "/comprendre/%.*s", (int)t->code.n, t->code.p),
		.activities = { acts, n },
		.examples = texts_of(a, all, "exemple", t->code),
		.sheets = { words_count(a, t->sheets, "fiche", "fiches"), link_fmt(a, "/fiches?pratique=%.*s", (int)t->code.n, t->code.p) },
		.catalysts = { STR("Qui la pratique, et où"), link_fmt(a, "/catalyseurs?pratique=%.*s", (int)t->code.n, t->code.p) },
	};
}

static struct view_practices
practices_of(struct arena *a, const struct site_texts *all)
{
	struct view_practice *p = arena_array(a, struct view_practice, all->n + 1);
	size_t n = 0;

	for (size_t i = 0; i < all->n; i++)
		if (is(&all->p[i], "terme", "pratique"))
			p[n] = practice_of(a, all, &all->p[i], n + 1), n++;
	return (struct view_practices){ p, n };
}

static struct view_sevens
sevens_of(struct arena *a, const struct site_texts *all)
{
	/* The second line of each is the network's own, from its slides. */
	static const char *const lists[][3] = { { "principe", "principes", "les piliers d’une relation équilibrée" },
		                                { "modalite", "modalites", "l’alchimie d’une action collective" },
		                                { "moyen", "moyens", "l’économie de l’alliance" } };
	struct view_seven *p = arena_array(a, struct view_seven, 3);

	for (size_t k = 0; k < 3; k++) {
		struct view_saying *rows = arena_array(a, struct view_saying, all->n + 1);
		size_t n = 0;
		p[k] = (struct view_seven){ .id = str_of(lists[k][1]), .subtitle = str_of(lists[k][2]) };
		for (size_t i = 0; i < all->n; i++) {
			const struct site_text *x = &all->p[i];
			if (is(x, "schema", lists[k][0])) {
				p[k].title = x->title;
				p[k].definition = x->body;
				p[k].ours = str_eq(x->origin, STR("ours"));
				p[k].source = (struct view_link){ x->source_label, link_external(x->source_url) };
			} else if (is(x, "terme", lists[k][0])) {
				rows[n++] = saying_of(a, x);
			}
		}
		p[k].rows = (struct view_sayings){ rows, n };
	}
	return (struct view_sevens){ p, 3 };
}

static void
json_saying(struct json_out *j, struct arena *a, struct str base, const struct site_text *x)
{
	json_begin_object(j);
	json_key(j, "code"), json_str(j, x->code);
	if (x->mark.n)
		json_key(j, "repere"), json_str(j, x->mark);
	json_key(j, "titre"), json_str_or_null(j, x->title);
	json_key(j, "texte"), json_str_or_null(j, x->body);
	json_key(j, "origine"), json_str(j, x->origin);
	json_key(j, "source"), json_str_or_null(j, x->source_label);
	json_key(j, "source_url"), json_str_or_null(j, x->source_url);
	if (x->parent.n)
		json_key(j, "parent"), json_str(j, x->parent);
	if (x->catalyst_id) {
		struct url u = link_catalyst(a, x->catalyst_id, x->catalyst_slug);
		json_key(j, "catalyseur"), json_str(j, arena_fmt(a, "%.*s%.*s", (int)base.n, base.p, (int)u.n, u.p));
	}
	if (x->sheet_id) {
		struct url u = link_sheet(a, x->sheet_id, x->sheet_slug);
		json_key(j, "fiche"), json_str(j, arena_fmt(a, "%.*s%.*s", (int)base.n, base.p, (int)u.n, u.p));
	}
	json_end(j);
}

/* Texts and terms, by part; of one practice only when it is named. */
static void
json_parts(struct json_out *j, const struct req *r, const struct site_texts *all, struct str practice)
{
	json_key(j, "parties");
	json_begin_object(j);
	for (size_t i = 0; i < all->n; i++) {
		const struct site_text *x = &all->p[i];
		bool seen = str_eq(x->what, STR("schema"));
		for (size_t k = 0; k < i && !seen; k++)
			seen = str_eq(all->p[k].part, x->part) && str_eq(all->p[k].what, x->what);
		if (seen)
			continue;
		json_key(j, arena_fmt(r->arena, "%.*s%.*s", str_eq(x->what, STR("terme")) ? 6 : 0, "liste_", (int)x->part.n, x->part.p).p);
		json_begin_array(j);
		for (size_t k = i; k < all->n; k++)
			if (str_eq(all->p[k].part, x->part) && str_eq(all->p[k].what, x->what) && (practice.n == 0 || str_eq(all->p[k].parent, practice)))
				json_saying(j, r->arena, r->base, &all->p[k]);
		json_end(j);
	}
	json_end(j);
}

enum err
page_understand(struct req *r, struct resp *w)
{
	struct arena *a = r->arena;
	struct site_texts all;
	enum err e = load(r, &all);

	if (e)
		return e;
	if (r->format == FORMAT_JSON) {
		struct json_out j = json_out(&w->body);
		json_begin_object(&j);
		json_parts(&j, r, &all, STR_NONE);
		json_notices(&j, r);
		json_end(&j);
		return ERR_NONE;
	}
	struct view_understand v = {
		.crumbs = crumbs(a, 1, &(struct view_link){ STR("Comprendre"), { NULL, 0 } }),
		.network = texts_of(a, &all, "reseau", STR_NONE),
		.engineerings = engineerings_of(a, &all),
		.approaches = texts_of(a, &all, "approche", STR_NONE),
		.practices = practices_of(a, &all),
		.complement_intro = texts_of(a, &all, "complement-intro", STR_NONE),
		.complement = texts_of(a, &all, "complement", STR_NONE),
		.lessons = texts_of(a, &all, "enseignement", STR_NONE),
		.missing = texts_of(a, &all, "modalites-action", STR_NONE),
		.missions = texts_of(a, &all, "mission", STR_NONE),
		.actions = texts_of(a, &all, "action", STR_NONE),
		.path = texts_of(a, &all, "cheminement", STR_NONE),
		.tools = texts_of(a, &all, "outil", STR_NONE),
		.homes = texts_of(a, &all, "maison", STR_NONE),
		.sevens = sevens_of(a, &all),
		.formats_label = STR("Cette page ailleurs :"),
		.formats = formats_of(r),
	};
	if (v.network.n)
		v.network_source = v.network.p[0].source;
	struct buf main;
	buf_init(&main, a, 65536);
	tpl_understand(&main, &v);
	struct view_layout layout = { .title = STR("Comprendre la catalyse territoriale"),
		                      .description = STR("Ce qu’est un catalyseur, les trois ingénieries, les quatre pratiques et leurs seize activités, avec des exemples."),
		                      .head_search = true };
	return page_send(r, w, &layout, &main);
}

enum err
page_understand_practice(struct req *r, struct resp *w)
{
	struct arena *a = r->arena;
	struct str code = r->vars[0];
	struct site_texts all;
	const struct site_text *about = NULL;
	size_t rank = 0, at = 0;
	enum err e;

	if (!slug_valid(code))
		return ERR_NOT_FOUND;
	if ((e = load(r, &all)))
		return e;
	struct view_link *others = arena_array(a, struct view_link, all.n + 1);
	size_t n = 0;
	for (size_t i = 0; i < all.n; i++) {
		const struct site_text *x = &all.p[i];
		if (!is(x, "terme", "pratique"))
			continue;
		rank++;
		if (str_eq(x->code, code))
			about = x, at = rank;
		else
			others[n++] = (struct view_link){ x->title, link_fmt(a, "/comprendre/%.*s", (int)x->code.n, x->code.p) };
	}
	if (!about)
		return ERR_NOT_FOUND;
	struct list_query q = { .pratiques = { &code, 1 }, .tri = STR("pertinence"), .page = 1, .taille = SHEETS_SHOWN };
	struct sheet_list sheets;
	struct catalyst_list catalysts;
	if ((e = sheet_search(r->db, a, &q, &sheets)))
		return e;
	q.taille = CATALYSTS_SHOWN;
	if ((e = catalyst_search(r->db, a, &q, &catalysts)))
		return e;
	if (r->format == FORMAT_JSON) {
		struct json_out j = json_out(&w->body);
		json_begin_object(&j);
		json_key(&j, "code"), json_str(&j, about->code);
		json_key(&j, "libelle"), json_str(&j, about->title);
		json_key(&j, "definition"), json_str_or_null(&j, about->body);
		json_parts(&j, r, &all, code);
		json_key(&j, "fiches");
		json_begin_array(&j);
		for (size_t i = 0; i < sheets.n; i++)
			json_sheet_card(&j, a, r->base, &sheets.p[i]);
		json_end(&j);
		json_key(&j, "catalyseurs");
		json_begin_array(&j);
		for (size_t i = 0; i < catalysts.n; i++)
			json_catalyst_card(&j, a, r->base, &catalysts.p[i]);
		json_end(&j);
		json_notices(&j, r);
		json_end(&j);
		return ERR_NONE;
	}
	struct view_link trail[] = { { STR("Comprendre"), { "/comprendre", 11 } }, { about->title, { NULL, 0 } } };
	struct view_understand_practice v = {
		.crumbs = crumbs(a, 2, trail),
		.practice = practice_of(a, &all, about, at),
		.source = { about->source_label, link_external(about->source_url) },
		.sheets = rows_sheets(a, sheets.p, sheets.n),
		.all_sheets = { filters_total(a, &sheets.facets, "fiche", "fiches"), link_fmt(a, "/fiches?pratique=%.*s", (int)code.n, code.p) },
		.catalysts = rows_catalysts(a, catalysts.p, catalysts.n),
		.all_catalysts = { filters_total(a, &catalysts.facets, "catalyseur ou acteur", "catalyseurs et acteurs"), link_fmt(a, "/catalyseurs?pratique=%.*s", (int)code.n, code.p) },
		.others = { others, n },
		.formats_label = STR("Cette page ailleurs :"),
		.formats = formats_of(r),
	};
	struct buf main;
	buf_init(&main, a, 65536);
	tpl_practice(&main, &v);
	struct view_layout layout = { .title = about->title, .description = about->body, .head_search = true };
	return page_send(r, w, &layout, &main);
}
