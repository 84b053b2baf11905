/* /observatoire/comparer?a=region:76&b=region:24: what is published of two places, side by side. */
#include "format/figures.h"
#include "format/json_list.h"
#include "gen/tpl.h"
#include "page/figures.h"

struct side {
	struct territory t;     /* as asked; id 0: nothing asked */
	struct figures f;       /* of the closest place that has any, the nation only when it was asked */
	struct place_ref place; /* that place; type empty: none */
	bool wider;
};

static bool
is_nation(struct str type)
{
	return str_eq(type, STR("pays"));
}

static enum err
side_find(struct req *r, const char *name, struct side *ret)
{
	struct str key = req_param(r, name);
	struct figures all;
	enum err e;

	*ret = (struct side){ 0 };
	if (key.n == 0)
		return ERR_NONE;
	e = territory_find_key(r->db, r->arena, key, &ret->t);
	if (e == ERR_NOT_FOUND) {
		req_notice(r, str_of(name), STR("valeur"), STR("Ce territoire n’existe pas."));
		ret->t = (struct territory){ 0 };
		return ERR_NONE;
	}
	if (e || (e = figure_list_of_territory(r->db, r->arena, ret->t.id, &all)))
		return e;
	size_t n = 0;
	/* The closest first: all those of the first place that has any. */
	while (n < all.n && str_eq(all.p[n].place.type, all.p[0].place.type) && str_eq(all.p[n].place.code, all.p[0].place.code))
		n++;
	if (n == 0 || (is_nation(all.p[0].place.type) && !is_nation(ret->t.type)))
		return ERR_NONE;
	ret->f = (struct figures){ all.p, n };
	ret->place = all.p[0].place;
	ret->wider = !str_eq(ret->place.type, ret->t.type) || !str_eq(ret->place.code, ret->t.code);
	return ERR_NONE;
}

static struct str
side_name(const struct side *s)
{
	return s->f.n ? s->place.name : s->t.name;
}

static struct view_options
choices(struct arena *a, const struct territory_refs *refs, const struct side *s)
{
	struct view_option *p = arena_array(a, struct view_option, refs->n + 3);
	struct str asked = s->t.id ? arena_fmt(a, "%.*s:%.*s", (int)s->t.type.n, s->t.type.p, (int)s->t.code.n, s->t.code.p) : STR_NONE;
	bool listed = is_nation(s->t.type);
	size_t n = 0;

	p[n++] = (struct view_option){ STR("pays:FR"), STR("France"), listed || asked.n == 0 };
	for (size_t i = 0; i < refs->n; i++) {
		if (!str_eq(refs->p[i].type, STR("region")))
			continue;
		struct str key = arena_fmt(a, "region:%.*s", (int)refs->p[i].code.n, refs->p[i].code.p);
		listed = listed || str_eq(key, asked);
		p[n++] = (struct view_option){ key, refs->p[i].name, str_eq(key, asked) };
	}
	if (asked.n && !listed)
		p[n++] = (struct view_option){ asked, s->t.name, true };
	return (struct view_options){ p, n };
}

static struct figures
of_indicator(struct arena *a, const struct figures *f, struct str code)
{
	struct figure *p = arena_array(a, struct figure, f->n + 1);
	size_t n = 0;

	for (size_t k = 0; k < f->n; k++)
		if (str_eq(f->p[k].indicator, code))
			p[n++] = f->p[k];
	return (struct figures){ p, n };
}

static void
answer_json(struct req *r, struct resp *w, const struct indicators *list, const struct side *sides)
{
	struct json_out j = json_out(&w->body);

	json_begin_object(&j);
	json_key(&j, "territoires"), json_begin_array(&j);
	for (size_t s = 0; s < 2; s++) {
		json_begin_object(&j);
		json_key(&j, "type"), json_str_or_null(&j, sides[s].t.type);
		json_key(&j, "code"), json_str_or_null(&j, sides[s].t.code);
		json_key(&j, "nom"), json_str_or_null(&j, sides[s].t.name);
		json_key(&j, "chiffres_de"), json_str_or_null(&j, sides[s].place.name);
		json_end(&j);
	}
	json_end(&j);
	json_key(&j, "elements"), json_begin_array(&j);
	for (size_t i = 0; i < list->n; i++) {
		struct figures f[2] = { of_indicator(r->arena, &sides[0].f, list->p[i].code), of_indicator(r->arena, &sides[1].f, list->p[i].code) };
		if (f[0].n + f[1].n == 0)
			continue;
		json_begin_object(&j);
		json_key(&j, "indicateur"), json_str(&j, list->p[i].code);
		json_key(&j, "libelle"), json_str(&j, list->p[i].label);
		for (size_t s = 0; s < 2; s++) {
			json_key(&j, s ? "b" : "a"), json_begin_array(&j);
			for (size_t k = 0; k < f[s].n; k++)
				figures_json_figure(&j, r, &f[s].p[k]);
			json_end(&j);
		}
		json_end(&j);
	}
	json_end(&j);
	json_notices(&j, r);
	json_end(&j);
}

static struct str
note_of(struct arena *a, const struct side *sides)
{
	struct buf b;

	buf_init(&b, a, 256);
	for (size_t s = 0; s < 2; s++) {
		const struct side *x = &sides[s];
		if (!x->t.id || (x->f.n && !x->wider))
			continue;
		if (b.n)
			buf_char(&b, ' ');
		if (x->f.n)
			buf_fmt(&b, "Pas de donnée publiée %.*s : voici celles de %.*s.", (int)x->t.name_in.n, x->t.name_in.p, (int)x->place.name.n, x->place.name.p);
		else
			buf_fmt(&b, "Pas de donnée publiée %.*s.", (int)x->t.name_in.n, x->t.name_in.p);
	}
	return buf_str(&b);
}

enum err
page_compare(struct req *r, struct resp *w)
{
	struct arena *a = r->arena;
	struct side sides[2];
	struct indicators list;
	struct territory_refs refs;
	enum err e;

	if ((e = side_find(r, "a", &sides[0])) || (e = side_find(r, "b", &sides[1])) || (e = indicator_list(r->db, a, &(struct indicator_query){ 0 }, &list))
	    || (e = territories_cached(r, &refs)))
		return e;
	if (r->format == FORMAT_JSON) {
		answer_json(r, w, &list, sides);
		return ERR_NONE;
	}
	bool both = sides[0].t.id && sides[1].t.id;
	struct view_compare v = { .crumbs = crumbs(a, 2, (struct view_link[]){ { STR("Observatoire"), { "/observatoire", 13 } }, { STR("Comparer"), { NULL, 0 } } }),
		                  .title = STR("Comparer deux territoires"),
		                  .lead = STR("Les mêmes questions, deux territoires côte à côte. Ce qui manque est dit, jamais deviné."),
		                  .first = choices(a, &refs, &sides[0]),
		                  .second = choices(a, &refs, &sides[1]),
		                  .note = note_of(a, sides),
		                  .formats_label = STR("Cette comparaison ailleurs"),
		                  .formats = both ? formats_of(r) : (struct view_links){ NULL, 0 } };
	if (both)
		v.title = arena_fmt(a, "%.*s et %.*s", (int)sides[0].t.name.n, sides[0].t.name.p, (int)sides[1].t.name.n, sides[1].t.name.p);
	struct view_compared *rows = arena_array(a, struct view_compared, list.n + 1);
	for (size_t i = 0; i < list.n && both; i++) {
		const struct indicator *x = &list.p[i];
		struct figures f[2] = { of_indicator(a, &sides[0].f, x->code), of_indicator(a, &sides[1].f, x->code) };
		/* The nation has nearly all of them: only what the other place has too, or instead. */
		if (f[0].n + f[1].n == 0 || (is_nation(sides[0].place.type) && f[1].n == 0 && sides[1].f.n) || (is_nation(sides[1].place.type) && f[0].n == 0 && sides[0].f.n))
			continue;
		rows[v.rows.n] = (struct view_compared){ { x->label, link_indicator(a, x->code) }, x->asked, figure_pair(a, x, &f[0], side_name(&sides[0]), &f[1], side_name(&sides[1]), arena_fmt(a, "c%zu-", i).p) };
		v.rows.n++;
	}
	v.rows.p = rows;
	struct view_link whole = { STR("Tout l’Observatoire"), { "/observatoire", 13 } };
	if (both && v.rows.n == 0)
		v.empty = (struct view_empty){ STR("Rien à comparer : pas de donnée publiée pour ces deux territoires."), STR("Choisissez-en d’autres, ou voyez ce qui existe."),
			                       { &whole, 1 } };
	struct buf main;
	buf_init(&main, a, 32768);
	tpl_compare(&main, &v);
	struct view_layout layout = { .title = v.title, .description = STR("Deux territoires côte à côte, dans les chiffres publiés."), .head_search = true, .noindex = r->nparams > 0 };
	return page_send(r, w, &layout, &main);
}
