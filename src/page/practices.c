/*
 * /boussole/pratiques: what a catalyst does, activity by activity, in three words; the profile drawn, and for what is not done yet, sheets,
 * a skill, and who practises it nearby. Nothing is kept: the answers are in the address.
 */
#include "format/json_list.h"
#include "gen/tpl.h"
#include "model/compass.h"
#include "page/page.h"

enum { BAR_STEP = 42, HEAD_STEP = 38, CHOICES = 12, FAR_KM = 300 };

/* "mise-en-relations": "a_mise_en_relations", the name of its field */
static struct str
field_of(struct arena *a, struct str code)
{
	struct str s = arena_fmt(a, "a_%.*s", (int)code.n, code.p);
	char *p = (char *)(uintptr_t)s.p;

	for (size_t i = 0; i < s.n; i++)
		if (p[i] == '-')
			p[i] = '_';
	return s;
}

/* 0 not yet, 1 sometimes, 2 often */
static int
said_of(const struct req *r, struct str code)
{
	struct str s = req_param(r, arena_cstr(r->arena, field_of(r->arena, code)));

	return str_eq(s, STR("souvent")) ? 2 : str_eq(s, STR("parfois")) ? 1 : 0;
}

static const char *const WORDS[] = { "pas encore", "parfois", "souvent" }, *const CODES[] = { "", "parfois", "souvent" };

static struct str
key_of(struct arena *a, const struct territory *t)
{
	return t->id ? arena_fmt(a, "%.*s:%.*s", (int)t->type.n, t->type.p, (int)t->code.n, t->code.p) : STR_NONE;
}

/* The answers and that place: codes only, letters and digits. */
static struct url
link_answers(struct req *r, const struct compass_practices *all, const char *path, struct str place)
{
	struct buf b;

	buf_init(&b, r->arena, 600);
	buf_fmt(&b, "%s?", path);
	for (size_t i = 0; i < all->n; i++)
		for (size_t k = 0; k < all->p[i].nactivities; k++) {
			struct str code = all->p[i].activities[k].code, field = field_of(r->arena, code);
			if (said_of(r, code))
				buf_fmt(&b, "%.*s=%s&", (int)field.n, field.p, CODES[said_of(r, code)]);
		}
	if (place.n)
		buf_fmt(&b, "territoire=%.*s&", (int)place.n, place.p);
	buf_lit(&b, "voir=1");
	struct str s = buf_str(&b);
	return (struct url){ s.p, s.n };
}

static void
json_help(struct req *r, struct json_out *j, const struct compass_activity *x, bool people)
{
	struct arena *a = r->arena;

	json_begin_array(j);
	for (size_t i = 0; i < x->nhelps; i++) {
		const struct compass_help *h = &x->helps[i];
		struct url url = h->catalyst ? link_catalyst(a, h->id, h->slug) : link_sheet(a, h->id, h->slug);
		if (h->catalyst != people)
			continue;
		json_begin_object(j);
		json_key(j, "id");
		json_int(j, h->id);
		json_key(j, "uri");
		json_str(j, arena_fmt(a, "%.*s%.*s", (int)r->base.n, r->base.p, (int)url.n, url.p));
		json_key(j, people ? "nom" : "titre");
		json_str(j, h->label);
		json_key(j, "type");
		json_str(j, h->type);
		if (people) {
			json_key(j, "activite_exacte");
			json_bool(j, h->exact);
			json_key(j, "distance_km");
			if (h->km < 0)
				json_null(j);
			else
				json_real(j, h->km);
		}
		json_end(j);
	}
	json_end(j);
}

static enum err
answer_json(struct req *r, struct resp *w, const struct compass_practices *all, const struct territory *t)
{
	struct json_out j = json_out(&w->body);

	json_begin_object(&j);
	json_territory_of(&j, t, t->id ? "choix" : "defaut", t->id ? "choix" : "aucune");
	json_key(&j, "pratiques");
	json_begin_array(&j);
	for (size_t i = 0; i < all->n; i++) {
		json_begin_object(&j);
		json_key(&j, "code");
		json_str(&j, all->p[i].code);
		json_key(&j, "libelle");
		json_str(&j, all->p[i].label);
		json_key(&j, "activites");
		json_begin_array(&j);
		for (size_t k = 0; k < all->p[i].nactivities; k++) {
			const struct compass_activity *x = &all->p[i].activities[k];
			json_begin_object(&j);
			json_key(&j, "code");
			json_str(&j, x->code);
			json_key(&j, "parametre");
			json_str(&j, field_of(r->arena, x->code));
			json_key(&j, "libelle");
			json_str(&j, x->label);
			json_key(&j, "reponse");
			json_str(&j, str_of(WORDS[said_of(r, x->code)]));
			json_key(&j, "fiches");
			json_help(r, &j, x, false);
			json_key(&j, "catalyseurs");
			json_help(r, &j, x, true);
			json_end(&j);
		}
		json_end(&j);
		json_end(&j);
	}
	json_end(&j);
	json_notices(&j, r);
	json_end(&j);
	return ERR_NONE;
}

static struct view_habit
habit_view(struct req *r, const struct compass_activity *x)
{
	struct arena *a = r->arena;
	struct view_compass_choice *c = arena_array(a, struct view_compass_choice, 3);
	struct view_sheet_mini *sheets = arena_array(a, struct view_sheet_mini, x->nhelps + 1);
	struct view_link *people = arena_array(a, struct view_link, x->nhelps + 1);
	struct view_habit v = { .id = x->code, .label = x->label, .note = x->note };
	int said = said_of(r, x->code);
	size_t ns = 0, np = 0;

	for (int i = 0; i < 3; i++)
		c[i] = (struct view_compass_choice){ arena_fmt(a, "%.*s-%d", (int)x->code.n, x->code.p, i), field_of(a, x->code), str_of(CODES[i]), str_of(WORDS[i]), said == i };
	v.choices = (struct view_compass_choices){ c, 3 };
	v.said = str_of(WORDS[said]);
	v.often = said == 2;
	for (size_t i = 0; i < x->nhelps; i++) {
		const struct compass_help *h = &x->helps[i];
		if (!h->catalyst) {
			sheets[ns++] = (struct view_sheet_mini){ cote_of(a, h->type, h->id), h->label, link_sheet(a, h->id, h->slug), STR_NONE };
			continue;
		}
		struct str km = h->km < 0 || h->km > FAR_KM ? STR_NONE : words_km(a, h->km);
		people[np++] = (struct view_link){ km.n ? arena_fmt(a, "%.*s, à %.*s", (int)h->label.n, h->label.p, (int)km.n, km.p)
			                           : h->place.n ? arena_fmt(a, "%.*s, %.*s", (int)h->label.n, h->label.p, (int)h->place.n, h->place.p)
			                                        : h->label,
			                           link_catalyst(a, h->id, h->slug) };
		v.near = v.near || !h->exact;
	}
	v.sheets = (struct view_sheet_minis){ sheets, ns };
	v.people = (struct view_links){ people, np };
	return v;
}

static void
practices_view(struct req *r, const struct compass_practices *all, struct view_habits_page *v)
{
	struct arena *a = r->arena;
	struct view_habit_group *p = arena_array(a, struct view_habit_group, all->n + 1);
	size_t total = 0, nbars = 0;
	int y = 0;
	struct buf said, often;

	for (size_t i = 0; i < all->n; i++)
		total += all->p[i].nactivities;
	struct view_habit_bar *bars = arena_array(a, struct view_habit_bar, total + all->n + 1);
	buf_init(&said, a, 400);
	buf_init(&often, a, 200);
	for (size_t i = 0; i < all->n; i++) {
		const struct compass_practice *from = &all->p[i];
		struct view_habit *habits = arena_array(a, struct view_habit, from->nactivities + 1), *begin = arena_array(a, struct view_habit, from->nactivities + 1);
		size_t nb = 0, done = 0;
		bars[nbars++] = (struct view_habit_bar){ .y = y + 22, .text = from->label, .head = true };
		y += HEAD_STEP;
		for (size_t k = 0; k < from->nactivities; k++) {
			habits[k] = habit_view(r, &from->activities[k]);
			int s = said_of(r, from->activities[k].code);
			done += s > 0;
			if (s < 2)
				begin[nb++] = habits[k];
			else
				buf_fmt(&often, "%s%.*s", often.n ? " ; " : "", (int)habits[k].label.n, habits[k].label.p);
			bars[nbars++] = (struct view_habit_bar){ y + 13, y + 20, s * 50, habits[k].label, false };
			y += BAR_STEP;
		}
		struct str id = arena_fmt(a, "p-%.*s", (int)from->code.n, from->code.p);
		p[i] = (struct view_habit_group){ id, from->label, from->note, arena_fmt(a, "%zu sur %zu", done, from->nactivities), { habits, from->nactivities }, { begin, nb } };
		buf_fmt(&said, "%s%.*s : %zu activité%s sur %zu", i ? " ; " : "", (int)from->label.n, from->label.p, done, done > 1 ? "s" : "", from->nactivities);
	}
	v->practices = (struct view_habit_groups){ p, all->n };
	v->bars = (struct view_habit_bars){ bars, nbars };
	v->height = y;
	v->drawn = arena_fmt(a, "%.*s. Le tableau dit la même chose, activité par activité.", (int)said.n, said.p);
	if (often.n)
		v->strong = arena_fmt(a, "Ce que vous faites souvent : %.*s. D’autres cherchent comment s’y prendre.", (int)often.n, often.p);
}

/* The activities often practised need no help; their codes are those of the fields. */
static enum err
load(struct req *r, bool answered, const struct territory *t, struct compass_practices *ret)
{
	struct arena *a = r->arena;
	struct str *often = arena_array(a, struct str, r->nparams + 1);
	size_t n = 0;

	for (size_t i = 0; i < r->nparams; i++) {
		struct str name = r->params[i].name;
		if (name.n <= 2 || memcmp(name.p, "a_", 2) != 0 || !str_eq(r->params[i].value, STR("souvent")))
			continue;
		struct str code = arena_str(a, (struct str){ name.p + 2, name.n - 2 });
		for (char *p = (char *)(uintptr_t)code.p; p < code.p + code.n; p++)
			*p = *p == '_' ? '-' : *p;
		often[n++] = code;
	}
	return compass_practices_find(r->db, a, answered, (struct strs){ often, n }, t->id, ret);
}

/* The place typed or named; *ret_to is set when the address that names it is the one to go to. */
static enum err
place_find(struct req *r, struct view_habits_page *v, struct territory *t, struct territory_refs *found, bool *ret_move)
{
	struct str typed = req_param(r, "lieu"), asked = req_param(r, "territoire");
	enum err e;

	*found = (struct territory_refs){ 0 };
	*ret_move = false;
	if (typed.n) {
		e = territory_typed(r, typed, CHOICES, t, found);
		*ret_move = e == ERR_NONE;
		if (e == ERR_NOT_FOUND && found->n == 0)
			v->missing = arena_fmt(r->arena, "Nous ne connaissons pas de lieu « %.*s ». Essayez un code postal.", (int)typed.n, typed.p);
	} else if (asked.n) {
		e = territory_find_key(r->db, r->arena, asked, t);
		if (e == ERR_NOT_FOUND)
			req_notice(r, STR("territoire"), STR("valeur"), STR("Ce territoire nous est inconnu."));
	} else {
		return ERR_NONE;
	}
	if (e == ERR_NOT_FOUND || str_eq(t->type, STR("pays")))
		*t = (struct territory){ 0 };
	return e == ERR_NOT_FOUND ? ERR_NONE : e;
}

static void
place_view(struct req *r, const struct compass_practices *all, const struct territory *t, const struct territory_refs *found, struct view_habits_page *v)
{
	struct arena *a = r->arena;
	struct view_compass_choice *c = arena_array(a, struct view_compass_choice, 2);
	struct view_link *links = arena_array(a, struct view_link, found->n + 1);
	size_t n = 0;

	if (t->id) {
		v->where = place_of_territory(a, t);
		c[n++] = (struct view_compass_choice){ STR("lieu-choisi"), STR("territoire"), key_of(a, t), arena_fmt(a, "%.*s (%.*s)", (int)t->name.n, t->name.p, (int)t->stone.n,
			                                                                                          t->stone.p), true };
	}
	c[n++] = (struct view_compass_choice){ STR("lieu-partout"), STR("territoire"), STR_NONE, STR("Aucun en particulier"), !t->id };
	v->place = (struct view_compass_choices){ c, n };
	for (size_t i = 0; i < found->n; i++) {
		const struct territory_ref *y = &found->p[i];
		links[i] = (struct view_link){ arena_fmt(a, "%.*s (%.*s)", (int)y->name.n, y->name.p, (int)y->stone.n, y->stone.p),
			                       link_answers(r, all, "/boussole/pratiques", arena_fmt(a, "%.*s:%.*s", (int)y->type.n, y->type.p, (int)y->code.n, y->code.p)) };
	}
	v->choices = (struct view_links){ links, found->n };
	v->share_url = link_answers(r, all, "/boussole/pratiques", key_of(a, t));
	v->share = arena_fmt(a, "%.*s%.*s", (int)r->base.n, r->base.p, (int)v->share_url.n, v->share_url.p);
}

enum err
page_practices(struct req *r, struct resp *w)
{
	struct arena *a = r->arena;
	struct view_habits_page v = { .answered = r->nparams > 0 };
	struct compass_practices all;
	struct territory t = { 0 };
	struct territory_refs found;
	bool move;
	enum err e = place_find(r, &v, &t, &found, &move);

	if (e || (e = load(r, v.answered, &t, &all)))
		return e;
	if (move) {
		struct url to = link_answers(r, &all, r->format == FORMAT_JSON ? "/boussole/pratiques.json" : "/boussole/pratiques", key_of(a, &t));
		resp_redirect(w, 302, (struct str){ to.p, to.n });
		return ERR_NONE;
	}
	if (r->format == FORMAT_JSON)
		return answer_json(r, w, &all, &t);
	struct view_link trail[] = { { STR("La boussole"), link_fmt(a, "/boussole") }, { STR("Vos pratiques"), { NULL, 0 } } };
	v.crumbs = crumbs(a, 2, trail);
	v.title = v.answered ? STR("Vos pratiques de catalyse") : STR("Où en sont vos pratiques ?");
	v.lead = STR("Quatre pratiques, seize activités : dites ce que vous faites déjà, vous verrez de quoi commencer le reste. Personne d’autre ne le verra.");
	v.action = link_fmt(a, "/boussole/pratiques");
	practices_view(r, &all, &v);
	place_view(r, &all, &t, &found, &v);
	v.formats_label = STR("Cette page ailleurs");
	v.formats = formats_of(r);
	struct buf main;
	buf_init(&main, a, 65536);
	tpl_habits(&main, &v);
	struct view_layout layout = { .title = v.title,
		                      .description = STR("Seize activités de catalyse territoriale : situez les vôtres, et trouvez de quoi commencer les autres."),
		                      .noindex = v.answered,
		                      .head_search = true };
	return page_send(r, w, &layout, &main);
}
