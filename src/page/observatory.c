/* /observatoire: the questions, by what they are about; three axes; a first drawing; the studies; where all this comes from. */
#include "format/figures.h"
#include "format/json_list.h"
#include "gen/tpl.h"
#include "page/figures.h"
#include "text/figure_csv.h"
#include "text/slug.h"

enum { SHOWN = 40, ALL = 100000 }; /* figures of each indicator */

/* The years of the Observatoire, as its own pages tell them. */
static const struct {
	const char *when, *what, *label, *url;
} history[] = {
	{ "2008", "La Caisse des Dépôts et Le RAMEAU fondent l’Observatoire des partenariats, avec le MEDEF et le Mouvement associatif.", "D comme données",
	  "https://lerameau.fr/d-comme-donnees/" },
	{ "2008-2012", "Programme ARPEA : comment les partenariats se pratiquent.", "Le cheminement", "https://observatoire-des-partenariats.fr/le-cheminement" },
	{ "2013-2017", "Programme PHARE : les fragilités, vues par les citoyens, les entreprises, les associations et les institutions, et région par région.",
	  "Le programme PHARE", "https://observatoire-des-partenariats.fr/le-programme-phare" },
	{ "2018-2022", "Programme IMPACT : ce que les alliances produisent.", "Le programme IMPACT", "https://lerameau.fr/le-programme-impact/" },
	{ "21 nov. 2019", "IMPACT-Occitanie : le premier rapport régional de ce programme.", "Voyage d’étude en Occitanie",
	  "https://lerameau.fr/voyage-detude-en-occitanie-acte-2/" },
	{ "26 nov. 2020", "IMPACT-Normandie : le onzième.", "Onzième rapport régional", "https://lerameau.fr/" },
	{ "30 mars 2021", "Treize kits pratiques, un par région de métropole, pour animer un dialogue local.", "Qu’est-ce qu’un catalyseur territorial ?",
	  "https://lerameau.fr/quest-ce-quun-catalyseur-territorial/" },
};

static struct view_milestones
history_of(struct arena *a)
{
	enum { N = sizeof(history) / sizeof(*history) };
	struct view_milestone *p = arena_array(a, struct view_milestone, N);

	for (size_t i = 0; i < N; i++)
		p[i] = (struct view_milestone){ str_of(history[i].when), str_of(history[i].what), { str_of(history[i].label), link_external(str_of(history[i].url)) } };
	return (struct view_milestones){ p, N };
}

/* The figures of one indicator, which follow each other. */
static struct figures
own_figures(const struct figures *all, struct str code)
{
	size_t from = 0, to;

	while (from < all->n && !str_eq(all->p[from].indicator, code))
		from++;
	for (to = from; to < all->n && str_eq(all->p[to].indicator, code);)
		to++;
	return (struct figures){ all->p + from, to - from };
}

/* "Maires. France. 2 chiffres, 2016." */
static struct view_indicator_row
row_of(struct arena *a, const struct indicator *i, const struct figures *f)
{
	struct view_indicator_row row = { .label = i->label, .url = link_indicator(a, i->code), .reading = i->reading.n ? i->reading : i->definition };
	struct str count = words_count(a, i->figures, "chiffre publié", "chiffres publiés");
	int64_t from = 0, to = 0;

	for (size_t k = 0; k < f->n; k++) {
		if (f->p[k].year_from && (from == 0 || f->p[k].year_from < from))
			from = f->p[k].year_from;
		if (f->p[k].year_to > to)
			to = f->p[k].year_to;
	}
	struct str years = from == 0 ? STR("année non précisée") : from == to ? arena_fmt(a, "%lld", (long long)from) : arena_fmt(a, "de %lld à %lld", (long long)from, (long long)to);
	row.meta = f->n ? arena_fmt(a, "%.*s. %.*s, %.*s.", (int)i->asked.n, i->asked.p, (int)count.n, count.p, (int)years.n, years.p) : arena_fmt(a, "%.*s. Aucun chiffre publié ici.", (int)i->asked.n, i->asked.p);
	if (f->n == 0)
		return row;
	/* The same value everywhere: how many places have it says more than the value. */
	bool equal = f->n > 2;
	for (size_t k = 1; k < f->n; k++)
		equal = equal && f->p[k].value == f->p[0].value && f->p[k].value == 1;
	if (equal) {
		row.big = words_number(a, i->figures);
		row.big_label = i->unit;
		return row;
	}
	/* The first, as it is told last. */
	const struct figure *first = &f->p[0];
	for (size_t k = 1; k < f->n; k++) {
		const struct figure *x = &f->p[k];
		size_t n = x->reported.n < first->reported.n ? x->reported.n : first->reported.n;
		if (str_eq(x->place.type, first->place.type) && str_eq(x->place.code, first->place.code) && str_eq(x->population, first->population) && str_eq(x->answer, first->answer)
		    && (x->year_to > first->year_to || (x->year_to == first->year_to && x->year_to && n && memcmp(x->reported.p, first->reported.p, n) > 0)))
			first = x;
	}
	bool nation = str_eq(first->place.type, STR("pays"));
	struct str what = first->answer.n ? first->answer : first->population, year = figure_year_words(a, first);
	bool share = str_eq(first->unit, STR("%"));
	row.big = figure_value_words(a, first->value, share ? first->unit : STR_NONE);
	row.big_label = !share ? arena_fmt(a, "%.*s, %.*s", (int)first->unit.n, first->unit.p, (int)year.n, year.p)
	                : nation ? arena_fmt(a, "%.*s, %.*s", (int)what.n, what.p, (int)year.n, year.p)
	                       : arena_fmt(a, "%.*s, %.*s, %.*s", (int)what.n, what.p, (int)first->place.name.n, first->place.name.p, (int)year.n, year.p);
	return row;
}

static struct view_topics
topics_of(struct arena *a, const struct indicators *i, const struct figures *f)
{
	struct view_topic *t = arena_array(a, struct view_topic, i->n + 1);
	struct view_indicator_row **rows = arena_array(a, struct view_indicator_row *, i->n + 1);
	size_t n = 0;

	for (size_t k = 0; k < i->n; k++) {
		size_t at = 0;
		while (at < n && !str_eq(t[at].title, i->p[k].topic))
			at++;
		if (at == n) {
			size_t many = 0;
			for (size_t m = k; m < i->n; m++)
				many += str_eq(i->p[m].topic, i->p[k].topic);
			rows[n] = arena_array(a, struct view_indicator_row, many);
			t[n] = (struct view_topic){ .id = arena_fmt(a, "q%zu", n + 1), .title = i->p[k].topic, .rows = { rows[n], 0 } };
			n++;
		}
		struct figures own = own_figures(f, i->p[k].code);
		rows[at][t[at].rows.n++] = row_of(a, &i->p[k], &own);
	}
	return (struct view_topics){ t, n };
}

/* The terms of one list that indicators have, each with how many. */
static struct view_axis_values
axis_terms(struct arena *a, struct req *r, const struct indicators *all, const char *scheme)
{
	struct str prefix = arena_fmt(a, "%s:", scheme);
	struct view_axis_value *v = arena_array(a, struct view_axis_value, all->n * 12 + 1);
	struct str *codes = arena_array(a, struct str, all->n * 12 + 1);
	int64_t *counts = arena_array(a, int64_t, all->n * 12 + 1);
	size_t n = 0;

	for (size_t i = 0; i < all->n; i++) {
		struct str terms = all->p[i].terms, labels = all->p[i].term_labels, term, label;
		size_t here = 0;
		while (here++ < 12 && figure_item(&terms, &term)) {
			const char *bar = labels.n ? memchr(labels.p, '|', labels.n) : NULL;
			label = (struct str){ labels.p, bar ? (size_t)(bar - labels.p) : labels.n };
			labels = bar ? (struct str){ bar + 1, labels.n - label.n - 1 } : STR_NONE;
			if (term.n <= prefix.n || memcmp(term.p, prefix.p, prefix.n) != 0)
				continue;
			struct str code = { term.p + prefix.n, term.n - prefix.n };
			size_t at = 0;
			while (at < n && !str_eq(codes[at], code))
				at++;
			if (at == n) {
				codes[n] = code;
				v[n++] = (struct view_axis_value){ .label = label, .url = link_fmt(a, "/observatoire?%s=%.*s", scheme, (int)code.n, code.p), .active = link_has(r, str_of(scheme), code) };
			}
			counts[at]++;
		}
	}
	for (size_t i = 0; i < n; i++)
		v[i].count = words_count(a, counts[i], "question", "questions");
	return (struct view_axis_values){ v, n };
}

static struct view_axis_values
axis_places(struct arena *a, struct req *r, const struct figures *f)
{
	struct view_axis_value *v = arena_array(a, struct view_axis_value, f->n + 1);
	struct str *keys = arena_array(a, struct str, f->n + 1);
	int64_t *counts = arena_array(a, int64_t, f->n + 1);
	size_t n = 0;

	for (size_t k = 0; k < f->n; k++) {
		const struct figure *x = &f->p[k];
		struct str key = arena_fmt(a, "%.*s:%.*s", (int)x->place.type.n, x->place.type.p, (int)x->place.code.n, x->place.code.p);
		size_t at = 0;
		while (at < n && !str_eq(keys[at], key))
			at++;
		if (at == n) {
			keys[n] = key;
			v[n++] = (struct view_axis_value){ .label = str_eq(x->place.type, STR("pays")) ? STR("France") : x->place.name,
				                           .url = link_fmt(a, "/observatoire?territoire=%.*s", (int)key.n, key.p),
				                           .active = link_has(r, STR("territoire"), key) };
		}
		counts[at]++;
	}
	for (size_t i = 0; i < n; i++)
		v[i].count = words_count(a, counts[i], "chiffre", "chiffres");
	return (struct view_axis_values){ v, n };
}

static struct view_axes
axes_of(struct req *r, const struct indicators *all, const struct figures *f)
{
	struct arena *a = r->arena;
	struct view_axis *x = arena_array(a, struct view_axis, 3);

	x[0] = (struct view_axis){ .id = STR("domaines"), .title = STR("Domaines"), .values = axis_terms(a, r, all, "theme") };
	if (x[0].values.n == 0)
		x[0].lead = STR("Ces chiffres portent sur les alliances en général, dans tous les domaines : aucun n’est propre à un thème.");
	x[1] = (struct view_axis){ .id = STR("acteurs"), .title = STR("Acteurs"), .lead = STR("Qui a été interrogé, ou de qui l’on parle."), .values = axis_terms(a, r, all, "profil") };
	x[2] = (struct view_axis){ .id = STR("territoires"), .title = STR("Territoires"), .lead = STR("Où un chiffre a été publié. Ailleurs : pas de donnée publiée."), .values = axis_places(a, r, f) };
	return (struct view_axes){ x, 3 };
}

static enum err
answer_data(struct req *r, struct resp *w, const struct indicators *i, const struct view_links *trail)
{
	struct figures all;
	enum err e = figure_list(r->db, r->arena, STR_NONE, ALL, &all);

	if (e)
		return e;
	if (r->format == FORMAT_CSV) {
		figures_csv(r, &w->body, i, &all);
		resp_header(w, "Content-Disposition", STR("attachment; filename=\"catalyse-observatoire.csv\""));
		w->content_type = STR("text/csv; charset=utf-8");
	} else if (r->format == FORMAT_JSONLD) {
		struct jsonld d = { r, STR("Observatoire"), site_of(r)->editor, trail };
		figures_jsonld(&d, &w->body, i, &all);
	} else {
		struct json_out j = json_out(&w->body);
		json_begin_object(&j);
		json_key(&j, "total"), json_int(&j, (int64_t)i->n);
		json_key(&j, "elements"), json_begin_array(&j);
		for (size_t k = 0; k < i->n; k++)
			figures_json_indicator(&j, r, &i->p[k], &all);
		json_end(&j);
		json_notices(&j, r);
		json_end(&j);
	}
	return ERR_NONE;
}

static enum err
studies_of(struct req *r, struct view_sheet_minis *ret)
{
	struct str kind = STR("donnee");
	struct list_query q = { .types = { &kind, 1 }, .tri = STR("recent"), .page = 1, .taille = 30 };
	struct sheet_list list;
	enum err e = sheet_search(r->db, r->arena, &q, &list);

	if (e)
		return e;
	struct view_sheet_mini *p = arena_array(r->arena, struct view_sheet_mini, list.n + 1);
	for (size_t i = 0; i < list.n; i++)
		p[i] = (struct view_sheet_mini){ cote_of(r->arena, list.p[i].type, list.p[i].id), list.p[i].title, link_sheet(r->arena, list.p[i].id, list.p[i].slug), STR_NONE };
	*ret = (struct view_sheet_minis){ p, list.n };
	return ERR_NONE;
}

enum err
page_observatory(struct req *r, struct resp *w)
{
	struct arena *a = r->arena;
	struct indicator_query q = { .territory = req_param(r, "territoire") }, none = { 0 };
	struct indicators list, all;
	struct figures f;
	struct territory_refs refs;
	struct territory t = { 0 };
	enum err e;

	q.themes.n = req_params(r, "theme", &q.themes.p);
	q.profils.n = req_params(r, "profil", &q.profils.p);
	bool filtered = q.themes.n || q.profils.n || q.territory.n;
	if (q.territory.n && (e = territory_find_key(r->db, a, q.territory, &t))) {
		if (e != ERR_NOT_FOUND)
			return e;
		req_notice(r, STR("territoire"), STR("valeur"), STR("Ce territoire n’existe pas."));
		q.territory = STR_NONE;
	}
	if ((e = indicator_list(r->db, a, &q, &list)))
		return e;
	struct view_links trail = crumbs(a, 1, &(struct view_link){ STR("Observatoire"), { NULL, 0 } });
	if (r->format != FORMAT_HTML)
		return answer_data(r, w, &list, &trail);
	all = list;
	if ((filtered && (e = indicator_list(r->db, a, &none, &all))) || (e = figure_list(r->db, a, STR_NONE, SHOWN, &f)) || (e = territories_cached(r, &refs)))
		return e;
	struct view_observatory v = { .crumbs = trail,
		                      .title = t.id && !str_eq(t.type, STR("pays")) ? arena_fmt(a, "Ce qui est publié %.*s", (int)t.name_in.n, t.name_in.p) : STR("Ce que disent les chiffres"),
		                      .lead = STR("Les alliances de territoire, mesurées. Chaque chiffre dit à qui la question a été posée, où, quand, et d’où il vient."),
		                      .axes = axes_of(r, &all, &f),
		                      .formats_label = STR("Ces chiffres ailleurs"),
		                      .formats = formats_of(r),
		                      .history = history_of(a),
		                      .overseas = figure_overseas(a, &f, &refs) };
	if (filtered)
		v.all = (struct view_link){ STR("Toutes les questions"), { "/observatoire", 13 } };
	for (size_t k = 0; k < list.n && !filtered && v.first.label.n == 0; k++) {
		struct figures own = own_figures(&f, list.p[k].code);
		if (own.n < 2)
			continue;
		struct view_chart_blocks blocks = figure_blocks(a, &list.p[k], &own, &refs, "une");
		v.first = row_of(a, &list.p[k], &own);
		v.chart = blocks.p[0];
	}
	v.topics = topics_of(a, &list, &f);
	struct view_link whole = { STR("Voir toutes les questions"), { "/observatoire", 13 } };
	if (list.n == 0)
		v.empty = (struct view_empty){ t.id ? arena_fmt(a, "Pas de donnée publiée %.*s.", (int)t.name_in.n, t.name_in.p) : STR("Aucune question ne répond à cette demande."),
			                       STR("Les chiffres nationaux existent, mais ne disent rien d’un territoire en particulier."),
			                       { &whole, 1 } };
	if (!filtered && (e = studies_of(r, &v.studies)))
		return e;
	struct buf main;
	buf_init(&main, a, 65536);
	tpl_observatory(&main, &v);
	struct view_layout layout = { .title = v.title,
		                      .description = STR("Les chiffres publiés sur les alliances de territoire : question, public interrogé, territoire, année, source."),
		                      .head_search = true,
		                      .noindex = filtered };
	return page_send(r, w, &layout, &main);
}
