/*
 * /essaimage and /fiches/{id}/essaimage: where practices travelled, as trees of sheets drawn from one another and as trials declared with
 * their outcome; told as nested lists first, drawn beside, and on a map of départements. What is not known is said.
 */
#include "gen/tpl.h"
#include "model/spread.h"
#include "page/page.h"
#include "page/spread.h"
#include "text/csv.h"
#include "text/json_out.h"

#include <stdlib.h>

enum { NODES_MOST = 500, TREES_SHOWN = 30, TRIALS_SHOWN = 60, MARKS_DRAWN = 8, ROW = 34, MARGIN = 14, MOVES_SHOWN = 5 };

static const struct {
	const char *one, *some, *said;
} outcomes[SPREAD_OUTCOMES] = { { "réussi", "réussis", "réussi" }, { "à moitié réussi", "à moitié réussis", "à moitié réussi" },
	                        { "en cours", "en cours", "en cours" }, { "abandonné", "abandonnés", "abandonné" } };

static size_t
outcome_of(struct str code)
{
	for (size_t k = 0; k < SPREAD_OUTCOMES; k++)
		if (str_eq(code, str_of(SPREAD_OUTCOME_CODES[k])))
			return k;
	return 2;
}

static int64_t
trials_of(const int64_t *outcome)
{
	int64_t n = 0;

	for (size_t k = 0; k < SPREAD_OUTCOMES; k++)
		n += outcome[k];
	return n;
}

/* "3 essais : 2 réussis, 1 abandonné"; empty: none */
static struct str
trials_words(struct arena *a, const int64_t *outcome)
{
	struct buf b;
	int64_t n = trials_of(outcome);
	bool first = true;

	if (n == 0)
		return STR_NONE;
	buf_init(&b, a, 80);
	buf_fmt(&b, "%lld essai%s déclaré%s : ", (long long)n, n > 1 ? "s" : "", n > 1 ? "s" : "");
	for (size_t k = 0; k < SPREAD_OUTCOMES; k++)
		if (outcome[k]) {
			buf_fmt(&b, "%s%lld %s", first ? "" : ", ", (long long)outcome[k], outcome[k] > 1 ? outcomes[k].some : outcomes[k].one);
			first = false;
		}
	return buf_str(&b);
}

static const struct spread_node *
node_of(const struct spread *s, int64_t id)
{
	for (size_t i = 0; i < s->nnodes; i++)
		if (s->nodes[i].id == id)
			return &s->nodes[i];
	return NULL;
}

static void
put_place(struct json_out *j, const struct spread_place *p)
{
	json_begin_object(j);
	json_key(j, "type");
	json_str(j, p->place.type);
	json_key(j, "code");
	json_str(j, p->place.code);
	json_key(j, "nom");
	json_str(j, p->place.name);
	json_end(j);
}

static void
put_outcomes(struct json_out *j, const int64_t *outcome)
{
	json_key(j, "essais");
	json_begin_object(j);
	json_key(j, "total");
	json_int(j, trials_of(outcome));
	for (size_t k = 0; k < SPREAD_OUTCOMES; k++) {
		json_key(j, SPREAD_OUTCOME_CODES[k]);
		json_int(j, outcome[k]);
	}
	json_end(j);
}

static void
totals_of(const struct spread *s, int64_t *ret_outcomes)
{
	for (size_t i = 0; i < s->nnodes; i++)
		for (size_t k = 0; k < SPREAD_OUTCOMES; k++)
			ret_outcomes[k] += s->nodes[i].outcomes[k];
}

static enum err
answer_json(struct req *r, struct resp *w, const struct spread *s)
{
	struct arena *a = r->arena;
	struct json_out j = json_out(&w->body);
	int64_t all[SPREAD_OUTCOMES] = { 0 };

	totals_of(s, all);
	json_begin_object(&j);
	json_key(&j, "total");
	json_int(&j, (int64_t)s->nnodes);
	put_outcomes(&j, all);
	json_key(&j, "fiches");
	json_begin_array(&j);
	for (size_t i = 0; i < s->nnodes; i++) {
		const struct spread_node *n = &s->nodes[i];
		struct url url = link_sheet(a, n->id, n->slug);
		json_begin_object(&j);
		json_key(&j, "id");
		json_int(&j, n->id);
		json_key(&j, "uri");
		json_str(&j, arena_fmt(a, "%.*s%.*s", (int)r->base.n, r->base.p, (int)url.n, url.p));
		json_key(&j, "type");
		json_str(&j, n->type);
		json_key(&j, "titre");
		json_str(&j, n->title);
		json_key(&j, "racine");
		json_int(&j, n->root);
		json_key(&j, "s_inspire_de");
		if (n->parent)
			json_int(&j, n->parent);
		else
			json_null(&j);
		json_key(&j, "profondeur");
		json_int(&j, n->depth);
		put_outcomes(&j, n->outcomes);
		json_key(&j, "lieux");
		json_begin_array(&j);
		for (size_t k = 0; k < s->nplaces; k++)
			if (s->places[k].sheet == n->id && !s->places[k].trial)
				put_place(&j, &s->places[k]);
		json_end(&j);
		json_key(&j, "essais_declares");
		json_begin_array(&j);
		for (size_t k = 0; k < s->nplaces; k++) {
			const struct spread_place *p = &s->places[k];
			if (p->sheet != n->id || !p->trial)
				continue;
			json_begin_object(&j);
			json_key(&j, "lieu");
			put_place(&j, p);
			json_key(&j, "resultat");
			json_str(&j, p->outcome);
			json_key(&j, "qui");
			json_str(&j, p->who);
			json_key(&j, "annee");
			if (p->year)
				json_int(&j, p->year);
			else
				json_null(&j);
			json_key(&j, "note");
			json_str_or_null(&j, p->note);
			json_end(&j);
		}
		json_end(&j);
		json_end(&j);
	}
	json_end(&j);
	json_end(&j);
	return ERR_NONE;
}

/* A line a sheet, then a line a place it is from or was tried in. */
static enum err
answer_csv(struct resp *w, const struct spread *s)
{
	static const char *const heads[] = { "sorte", "fiche", "titre", "s_inspire_de", "profondeur", "lieu_type", "lieu_code", "lieu", "resultat", "qui", "annee", "note" };
	struct csv_out o = { .b = &w->body, .separator = ';' };

	for (size_t i = 0; i < sizeof(heads) / sizeof(*heads); i++)
		csv_cell(&o, str_of(heads[i]));
	csv_end_row(&o);
	for (size_t i = 0; i < s->nnodes; i++) {
		const struct spread_node *n = &s->nodes[i];
		csv_cell(&o, STR("fiche"));
		csv_cell_int(&o, n->id);
		csv_cell(&o, n->title);
		if (n->parent)
			csv_cell_int(&o, n->parent);
		else
			csv_cell(&o, STR_NONE);
		csv_cell_int(&o, n->depth);
		for (int k = 0; k < 7; k++)
			csv_cell(&o, STR_NONE);
		csv_end_row(&o);
		for (size_t k = 0; k < s->nplaces; k++) {
			const struct spread_place *p = &s->places[k];
			if (p->sheet != n->id)
				continue;
			csv_cell(&o, p->trial ? STR("essai") : STR("lieu"));
			csv_cell_int(&o, n->id);
			csv_cell(&o, n->title);
			csv_cell(&o, STR_NONE);
			csv_cell(&o, STR_NONE);
			csv_cell(&o, p->place.type);
			csv_cell(&o, p->place.code);
			csv_cell(&o, p->place.name);
			csv_cell(&o, p->outcome);
			csv_cell(&o, p->who);
			if (p->year)
				csv_cell_int(&o, p->year);
			else
				csv_cell(&o, STR_NONE);
			csv_cell(&o, p->note);
			csv_end_row(&o);
		}
	}
	w->content_type = STR("text/csv; charset=utf-8");
	return ERR_NONE;
}

/* Everything the drawing of a tree is made of: the nodes in the order they are read, a row each. */
struct drawing {
	struct arena *a;
	const struct spread *s;
	int64_t here;
	int64_t deepest;
	struct view_spread_station *stations;
	struct view_spread_mark *marks;
	size_t nstations, nmarks;
	int width;
};

static int
step_of(const struct drawing *d)
{
	return d->deepest <= 5 ? 56 : d->deepest <= 28 ? (int)(280 / d->deepest) : 10;
}

static void
draw(struct drawing *d, const struct spread_node *n, int parent_x, int parent_y)
{
	struct arena *a = d->a;
	int x = MARGIN + (int)n->depth * step_of(d), y = MARGIN + 6 + (int)d->nstations * ROW;
	struct view_spread_station *st = &d->stations[d->nstations++];
	struct str text = words_cote(a, n->type, n->id);
	int at = x + 18 + (int)text.n * 9 + 8;
	int64_t drawn = 0;

	*st = (struct view_spread_station){ .x = x, .y = y, .text_x = x + 16, .text_y = y + 5, .text = text, .here = n->id == d->here };
	if (n->parent)
		st->road = arena_fmt(a, "M%d,%dV%dH%d", parent_x, parent_y, y, x);
	for (size_t k = 0; k < SPREAD_OUTCOMES; k++)
		for (int64_t i = 0; i < n->outcomes[k] && drawn < MARKS_DRAWN; i++, drawn++) {
			d->marks[d->nmarks++] = (struct view_spread_mark){ at, y - 6, str_of(SPREAD_OUTCOME_CODES[k]) };
			at += 15;
		}
	if (trials_of(n->outcomes) > drawn) {
		st->more = arena_fmt(a, "+ %lld", (long long)(trials_of(n->outcomes) - drawn));
		st->more_x = at + 2;
		at += 40;
	}
	d->width = d->width > at + MARGIN ? d->width : at + MARGIN;
}

static struct view_places
places_of(struct arena *a, const struct spread *s, int64_t sheet)
{
	struct view_place *p = arena_array(a, struct view_place, s->nplaces + 1);
	size_t n = 0;

	for (size_t i = 0; i < s->nplaces; i++)
		if (s->places[i].sheet == sheet && !s->places[i].trial)
			p[n++] = place_of(a, &s->places[i].place);
	return (struct view_places){ p, n };
}

/* The sheet and those drawn from it, down to the last; each is drawn as it is met. A parent always comes before its children. */
static struct view_spread_node
node_view(struct drawing *d, const struct spread_node *n, int parent_x, int parent_y)
{
	struct arena *a = d->a;
	const struct spread *s = d->s;
	size_t count = 0;
	struct view_spread_node v = { .cote = cote_of(a, n->type, n->id),
		                      .title = n->title,
		                      .url = link_sheet(a, n->id, n->slug),
		                      .here = n->id == d->here,
		                      .places = places_of(a, s, n->id),
		                      .trials = trials_words(a, n->outcomes) };

	if (n->also.n)
		v.also = arena_fmt(a, "S’inspire aussi de : %.*s", (int)n->also.n, n->also.p);
	int x = MARGIN + (int)n->depth * step_of(d), y = MARGIN + 6 + (int)d->nstations * ROW;
	draw(d, n, parent_x, parent_y);
	for (size_t i = 0; i < s->nnodes; i++)
		count += s->nodes[i].parent == n->id && s->nodes[i].root == n->root;
	struct view_spread_node *children = arena_array(a, struct view_spread_node, count + 1);
	size_t k = 0;
	for (size_t i = 0; i < s->nnodes; i++)
		if (s->nodes[i].parent == n->id && s->nodes[i].root == n->root)
			children[k++] = node_view(d, &s->nodes[i], x, y);
	v.children = (struct view_spread_nodes){ children, k };
	return v;
}

struct tree {
	const struct spread_node *root;
	size_t nodes;
	int64_t trials, deepest;
};

static struct view_spread_tree
tree_view(struct arena *a, const struct spread *s, const struct tree *t, int64_t here, size_t number)
{
	struct drawing d = { .a = a, .s = s, .here = here, .deepest = t->deepest };
	struct view_spread_node *root = arena_array(a, struct view_spread_node, 1);
	struct view_spread_tree v = { .id = arena_fmt(a, "arbre-%zu", number), .title = t->root->title };

	d.stations = arena_array(a, struct view_spread_station, t->nodes + 1);
	d.marks = arena_array(a, struct view_spread_mark, t->nodes * MARKS_DRAWN + 1);
	*root = node_view(&d, t->root, 0, 0);
	v.root = (struct view_spread_nodes){ root, 1 };
	v.lead = t->nodes > 1 ? arena_fmt(a, "%zu fiches, %lld essai%s", t->nodes, (long long)t->trials, t->trials > 1 ? "s" : "")
	                      : arena_fmt(a, "%lld essai%s", (long long)t->trials, t->trials > 1 ? "s" : "");
	if (t->nodes > 1) {
		v.width = d.width;
		v.height = 2 * MARGIN + 12 + (int)(d.nstations - 1) * ROW;
		v.drawn = arena_fmt(a, "%zu fiches reliées, sur %lld génération%s. La liste au-dessus dit la même chose.", t->nodes, (long long)t->deepest + 1,
		                    t->deepest ? "s" : "");
	}
	v.stations = (struct view_spread_stations){ d.stations, d.nstations };
	v.marks = (struct view_spread_marks){ d.marks, d.nmarks };
	return v;
}

static int
tree_compare(const void *x, const void *y)
{
	const struct tree *p = x, *q = y;
	int64_t a = (int64_t)p->nodes + p->trials, b = (int64_t)q->nodes + q->trials;

	return a != b ? (a < b ? 1 : -1) : p->root->id < q->root->id ? -1 : 1;
}

static void
trees_view(struct arena *a, const struct spread *s, int64_t here, struct view_spread *v)
{
	struct tree *t = arena_array(a, struct tree, s->nnodes + 1);
	size_t n = 0;

	for (size_t i = 0; i < s->nnodes; i++) {
		const struct spread_node *x = &s->nodes[i];
		size_t k = 0;
		while (k < n && t[k].root->id != x->root)
			k++;
		if (k == n) {
			const struct spread_node *root = node_of(s, x->root);
			if (!root)
				continue;
			t[n++] = (struct tree){ .root = root };
		}
		t[k].nodes++;
		t[k].trials += trials_of(x->outcomes);
		t[k].deepest = t[k].deepest > x->depth ? t[k].deepest : x->depth;
	}
	if (n)
		qsort(t, n, sizeof *t, tree_compare);
	size_t shown = n < TREES_SHOWN ? n : TREES_SHOWN;
	struct view_spread_tree *trees = arena_array(a, struct view_spread_tree, shown + 1);
	for (size_t i = 0; i < shown; i++)
		trees[i] = tree_view(a, s, &t[i], here, i + 1);
	v->trees = (struct view_spread_trees){ trees, shown };
	if (n > shown)
		v->trees_note = arena_fmt(a, "Les %zu plus grands, sur %zu ; tous sont dans les formats, plus bas.", shown, n);
}

/* How many places in each département, origins and trials together: the map of the home page with other numbers. */
static enum err
map_view(struct req *r, const struct spread *s, struct view_spread *v)
{
	struct arena *a = r->arena;
	struct territory_refs all;
	enum err e = territories_cached(r, &all);
	size_t aside = 0, drawn = 0;
	struct buf b;

	if (e)
		return e;
	struct territory_ref *p = arena_array(a, struct territory_ref, all.n + 1);
	for (size_t i = 0; i < all.n; i++) {
		p[i] = all.p[i];
		p[i].catalysts = 0;
		for (size_t k = 0; k < s->nplaces && str_eq(p[i].type, STR("departement")); k++)
			p[i].catalysts += str_eq(s->places[k].departement, p[i].code);
		drawn += p[i].catalysts > 0;
	}
	buf_init(&b, a, 200);
	for (size_t k = 0; k < s->nplaces; k++) {
		const struct spread_place *x = &s->places[k];
		bool seen = x->departement.n > 0 || str_eq(x->place.type, STR("pays"));
		for (size_t i = 0; i < k && !seen; i++)
			seen = str_eq(s->places[i].place.code, x->place.code) && str_eq(s->places[i].place.type, x->place.type);
		if (seen)
			continue;
		buf_fmt(&b, "%s%.*s", aside ? ", " : "", (int)x->place.name.n, x->place.name.p);
		aside++;
	}
	if (aside)
		v->map_note = arena_fmt(a, "Plus large qu’un département, donc hors de la carte : %.*s.", (int)b.n, b.p);
	if (!drawn)
		return ERR_NONE;
	v->map = map_france(a, &(struct territory_refs){ .p = p, .n = all.n }, "c", STR("Carte : les départements d’où viennent ces fiches, et où elles ont été essayées"));
	v->map.desc = STR("Un rond par département, avec le nombre de fiches qui en viennent et d’essais qui y ont été faits. La liste et le tableau disent la même chose.");
	v->map.caption = (struct html){ NULL, 0 };
	return ERR_NONE;
}

static void
trials_view(struct arena *a, const struct spread *s, struct view_spread *v)
{
	struct view_spread_trial *t = arena_array(a, struct view_spread_trial, TRIALS_SHOWN + 1);
	size_t n = 0;

	for (size_t i = 0; i < s->nplaces && n < TRIALS_SHOWN; i++) {
		const struct spread_place *p = &s->places[i];
		const struct spread_node *x = p->trial ? node_of(s, p->sheet) : NULL;
		if (!x)
			continue;
		size_t k = outcome_of(p->outcome);
		t[n++] = (struct view_spread_trial){ place_of(a, &p->place), { x->title, link_sheet(a, x->id, x->slug) }, str_of(outcomes[k].said),
			                             str_of(SPREAD_OUTCOME_CODES[k]), p->who, p->year ? arena_fmt(a, "%lld", (long long)p->year) : STR_NONE, p->note };
	}
	v->trials = (struct view_spread_trials){ t, n };
}

static void
figures_view(struct arena *a, const struct spread *s, struct view_spread *v)
{
	struct view_figure *f = arena_array(a, struct view_figure, SPREAD_OUTCOMES + 2);
	int64_t all[SPREAD_OUTCOMES] = { 0 };
	size_t n = 0, drawn = 0;

	totals_of(s, all);
	for (size_t i = 0; i < s->nnodes; i++)
		drawn += s->nodes[i].parent > 0;
	f[n++] = (struct view_figure){ words_number(a, (int64_t)drawn), drawn > 1 ? STR("fiches inspirées d’une autre") : STR("fiche inspirée d’une autre"), { NULL, 0 } };
	f[n++] = (struct view_figure){ words_number(a, trials_of(all)), trials_of(all) > 1 ? STR("essais déclarés") : STR("essai déclaré"), { NULL, 0 } };
	for (size_t k = 0; k < SPREAD_OUTCOMES && trials_of(all); k++)
		f[n++] = (struct view_figure){ words_number(a, all[k]), str_of(all[k] > 1 ? outcomes[k].some : outcomes[k].one), { NULL, 0 } };
	v->figures = (struct view_figures){ f, n };
}

static enum err
answer_html(struct req *r, struct resp *w, const struct spread *s, int64_t here, struct view_spread *v)
{
	struct arena *a = r->arena;
	bool nothing = s->nnodes == 0 || (s->nnodes == 1 && trials_of(s->nodes[0].outcomes) == 0);
	enum err e;

	v->formats_label = STR("Cette page ailleurs");
	v->formats = formats_of(r);
	if (!nothing) {
		figures_view(a, s, v);
		trees_view(a, s, here, v);
		trials_view(a, s, v);
		if ((e = map_view(r, s, v)))
			return e;
	}
	if (nothing && here)
		v->nothing = (struct view_empty){ STR("Personne n’a encore dit s’en être inspiré, ni l’avoir essayée."),
			                          STR("Ce n’est pas la preuve qu’elle n’a pas voyagé : c’est que nous ne le savons pas. Une ligne suffit pour le dire."), { NULL, 0 } };
	else if (nothing)
		v->nothing = (struct view_empty){ STR("Aucun voyage n’est encore connu."),
			                          STR("Personne n’a encore dit de quelle fiche la sienne s’inspire, ni raconté d’essai. Sur chaque fiche, « Je l’ai essayée » prend une minute."),
			                          { NULL, 0 } };
	struct buf main;
	buf_init(&main, a, 65536);
	tpl_spread(&main, v);
	struct view_layout layout = { .title = v->title,
		                      .description = STR("D’où viennent les pratiques, qui s’en inspire, qui les a essayées, et comment cela s’est passé."),
		                      .nav_sheets = true,
		                      .head_search = true };
	return page_send(r, w, &layout, &main);
}

enum err
page_spread(struct req *r, struct resp *w)
{
	struct arena *a = r->arena;
	struct spread s;
	enum err e = spread_find(r->db, a, 0, NODES_MOST, &s);

	if (e)
		return e;
	if (r->format == FORMAT_JSON)
		return answer_json(r, w, &s);
	if (r->format == FORMAT_CSV)
		return answer_csv(w, &s);
	struct view_spread v = { .crumbs = crumbs(a, 1, &(struct view_link){ STR("Où les pratiques ont voyagé"), { NULL, 0 } }),
		                 .title = STR("Où les pratiques ont voyagé"),
		                 .lead = STR("Une pratique vaut par celles et ceux qui la reprennent. Qui s’inspire de qui, qui a essayé quoi, et comment cela s’est passé : les échecs comptent aussi.") };
	return answer_html(r, w, &s, 0, &v);
}

enum err
page_spread_sheet(struct req *r, struct resp *w)
{
	struct arena *a = r->arena;
	struct str slug;
	int64_t id = link_number(r->vars[0], &slug);
	struct sheet_status st;
	struct spread s;
	enum err e;

	if (id < 1)
		return ERR_NOT_FOUND;
	if ((e = sheet_status_find(r->db, a, id, &st)))
		return e;
	if (!sheet_status_readable(&st))
		return sheet_gone_status(r, w, &st);
	if (slug.n || r->vars[0].p[0] == '0') {
		page_moved(r, w, link_fmt(a, "/fiches/%lld/essaimage", (long long)id));
		return ERR_NONE;
	}
	if ((e = spread_find(r->db, a, id, NODES_MOST, &s)))
		return e;
	if (r->format == FORMAT_JSON)
		return answer_json(r, w, &s);
	if (r->format == FORMAT_CSV)
		return answer_csv(w, &s);
	struct view_link trail[] = { { STR("Fiches"), { "/fiches", 7 } }, { st.title, link_sheet(a, id, st.slug) }, { STR("Où elle a voyagé"), { NULL, 0 } } };
	struct view_spread v = { .crumbs = crumbs(a, 3, trail),
		                 .cote = cote_of(a, st.type, id),
		                 .title = arena_fmt(a, "Où elle a voyagé : %.*s", (int)st.title.n, st.title.p),
		                 .lead = STR("De quelle fiche elle s’inspire, lesquelles s’inspirent d’elle, qui l’a essayée et comment cela s’est passé."),
		                 .tell = { STR("Je l’ai essayée"), link_fmt(a, "/fiches/%lld/adopter", (long long)id) },
		                 .all = { STR("Toutes les pratiques qui ont voyagé"), link_fmt(a, "/essaimage") } };
	return answer_html(r, w, &s, id, &v);
}

static struct view_move
move_view(struct arena *a, const struct spread_move *m)
{
	struct view_move v = { .cote = cote_of(a, m->type, m->id), .sheet = { m->title, link_sheet(a, m->id, m->slug) } };

	if (m->trial) {
		const char *said = outcomes[outcome_of(m->outcome)].said;
		v.said = m->year ? arena_fmt(a, "essayée %.*s en %lld : %s", (int)m->place_in.n, m->place_in.p, (long long)m->year, said)
		                 : arena_fmt(a, "essayée %.*s : %s", (int)m->place_in.n, m->place_in.p, said);
	} else {
		v.said = m->came ? STR("s’inspire de") : STR("a inspiré");
		v.other = (struct view_link){ m->other_title, link_sheet(a, m->other_id, m->other_slug) };
	}
	v.place = m->trial && !m->came ? (struct view_place){ 0 } : place_of(a, &m->place);
	v.place.url = (struct url){ NULL, 0 };
	if (m->trial || m->place.type.n == 0)
		v.place = (struct view_place){ 0 };
	return v;
}

enum err
moves_find(struct req *r, const struct territory *t, struct view_moves *ret)
{
	struct arena *a = r->arena;
	struct spread_moves m;
	enum err e = spread_territory(r->db, a, t->id, MOVES_SHOWN, &m);

	*ret = (struct view_moves){ 0 };
	if (e || m.n == 0)
		return e;
	struct view_move *came = arena_array(a, struct view_move, m.n), *left = arena_array(a, struct view_move, m.n);
	size_t nc = 0, nl = 0;
	for (size_t i = 0; i < m.n; i++)
		*(m.p[i].came ? &came[nc++] : &left[nl++]) = move_view(a, &m.p[i]);
	*ret = (struct view_moves){ .title = STR("Ce qui a voyagé"),
		                    .came_title = arena_fmt(a, "Venu d’ailleurs : %lld", (long long)m.came),
		                    .left_title = arena_fmt(a, "Parti d’ici : %lld", (long long)m.left),
		                    .came = { came, nc },
		                    .left = { left, nl },
		                    .none_came = nc ? STR_NONE : STR("Rien que nous sachions, pour l’instant."),
		                    .none_left = nl ? STR_NONE : STR("Rien que nous sachions, pour l’instant."),
		                    .all = link_fmt(a, "/essaimage") };
	return ERR_NONE;
}
