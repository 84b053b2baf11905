/*
 * /boussole: five questions in plain words and a place, all of which may be passed; /boussole/chemin: what they lead to, with the reason of
 * each thing. The answers are in the address only.
 */
#include "format/json_list.h"
#include "format/json_territory.h"
#include "gen/tpl.h"
#include "model/compass.h"
#include "page/event.h"
#include "page/page.h"
#include "web/query.h"

enum { STEPS = 7, PEOPLE = 4, LOOKED_AT = 24, CHOICES = 12 };

static struct str
key_of(struct arena *a, const struct territory *t)
{
	return arena_fmt(a, "%.*s:%.*s", (int)t->type.n, t->type.p, (int)t->code.n, t->code.p);
}

static const struct compass_answer *
answer_of(const struct req *r, const struct compass_question *q)
{
	struct str code = req_param(r, arena_cstr(r->arena, q->code));

	for (size_t i = 0; i < q->nanswers && code.n; i++)
		if (str_eq(q->answers[i].code, code))
			return &q->answers[i];
	return NULL;
}

/* An answer that the address names and that is no more: the question is passed, and it is said. */
static void
answers_check(struct req *r, const struct compass_questions *all)
{
	for (size_t i = 0; i < all->n; i++) {
		struct str said = req_param(r, arena_cstr(r->arena, all->p[i].code));
		if (said.n && !answer_of(r, &all->p[i]))
			req_notice(r, all->p[i].code, STR("ignore"),
			           arena_fmt(r->arena, "« %.*s » n’est pas, ou plus, une réponse à cette question : elle est passée.", (int)said.n, said.p));
	}
}

/* This page or another with the same answers, and that place ("commune:97410", empty: none). All of it is letters and digits. */
static struct url
link_answers(struct req *r, const struct compass_questions *all, const char *path, struct str place)
{
	struct buf b;
	char sep = '?';

	buf_init(&b, r->arena, 200);
	buf_put(&b, str_of(path));
	for (size_t i = 0; i < all->n; i++) {
		const struct compass_answer *x = answer_of(r, &all->p[i]);
		if (!x)
			continue;
		buf_fmt(&b, "%c%.*s=%.*s", sep, (int)all->p[i].code.n, all->p[i].code.p, (int)x->code.n, x->code.p);
		sep = '&';
	}
	if (place.n)
		buf_fmt(&b, "%cterritoire=%.*s", sep, (int)place.n, place.p);
	struct str s = buf_str(&b);
	return (struct url){ s.p, s.n };
}

static enum err
questions_json(struct req *r, struct resp *w, const struct compass_questions *all)
{
	struct json_out j = json_out(&w->body);

	json_begin_object(&j);
	json_key(&j, "origine");
	json_str(&j, STR("ours"));
	json_key(&j, "questions");
	json_begin_array(&j);
	for (size_t i = 0; i < all->n; i++) {
		const struct compass_question *q = &all->p[i];
		json_begin_object(&j);
		json_key(&j, "code");
		json_str(&j, q->code);
		json_key(&j, "libelle");
		json_str(&j, q->label);
		json_key(&j, "aide");
		json_str(&j, q->help);
		json_key(&j, "reponses");
		json_begin_array(&j);
		for (size_t k = 0; k < q->nanswers; k++) {
			json_begin_object(&j);
			json_key(&j, "code");
			json_str(&j, q->answers[k].code);
			json_key(&j, "libelle");
			json_str(&j, q->answers[k].label);
			json_key(&j, "raison");
			json_str(&j, q->answers[k].reason);
			json_end(&j);
		}
		json_end(&j);
		json_end(&j);
	}
	json_end(&j);
	json_key(&j, "chemin");
	json_str(&j, arena_fmt(r->arena, "%.*s/boussole/chemin.json", (int)r->base.n, r->base.p));
	json_notices(&j, r);
	json_end(&j);
	return ERR_NONE;
}

static struct view_compass_question
question_view(struct req *r, const struct compass_question *q, size_t number, size_t count)
{
	struct arena *a = r->arena;
	struct view_compass_choice *c = arena_array(a, struct view_compass_choice, q->nanswers + 1);
	const struct compass_answer *said = answer_of(r, q);

	for (size_t i = 0; i < q->nanswers; i++)
		c[i] = (struct view_compass_choice){ arena_fmt(a, "%.*s-%.*s", (int)q->code.n, q->code.p, (int)q->answers[i].code.n, q->answers[i].code.p), q->code,
			                             q->answers[i].code, q->answers[i].label, said == &q->answers[i] };
	c[q->nanswers] = (struct view_compass_choice){ arena_fmt(a, "%.*s-passer", (int)q->code.n, q->code.p), q->code, STR_NONE, STR("Je passe cette question"), !said };
	return (struct view_compass_question){ arena_fmt(a, "q-%.*s", (int)q->code.n, q->code.p), arena_fmt(a, "Question %zu sur %zu", number, count), q->label, q->help,
		                               { c, q->nanswers + 1 } };
}

enum err
page_compass(struct req *r, struct resp *w)
{
	struct arena *a = r->arena;
	struct compass_questions all;
	struct territory t = { 0 };
	struct str asked = req_param(r, "territoire");
	enum err e = compass_questions_find(r->db, a, false, &all);

	if (e)
		return e;
	if (asked.n && (e = territory_find_key(r->db, a, asked, &t)) && e != ERR_NOT_FOUND)
		return e;
	if (e == ERR_NOT_FOUND)
		req_notice(r, STR("territoire"), STR("valeur"), STR("Ce territoire nous est inconnu : dites autrement où vous agissez."));
	answers_check(r, &all);
	if (r->format == FORMAT_JSON)
		return questions_json(r, w, &all);
	struct view_compass_question *q = arena_array(a, struct view_compass_question, all.n + 1);
	for (size_t i = 0; i < all.n; i++)
		q[i] = question_view(r, &all.p[i], i + 1, all.n);
	struct view_compass_choice *place = arena_array(a, struct view_compass_choice, 2);
	size_t n = 0;
	bool chosen = t.id && !str_eq(t.type, STR("pays"));
	if (chosen)
		place[n++] = (struct view_compass_choice){ STR("lieu-choisi"), STR("territoire"), key_of(a, &t), arena_fmt(a, "%.*s (%.*s)", (int)t.name.n, t.name.p, (int)t.stone.n,
			                                                                                              t.stone.p), true };
	place[n++] = (struct view_compass_choice){ STR("lieu-partout"), STR("territoire"), STR_NONE, STR("Aucun en particulier"), !chosen };
	struct view_compass v = { .crumbs = crumbs(a, 1, &(struct view_link){ STR("La boussole"), { NULL, 0 } }),
		                  .action = link_fmt(a, "/boussole/chemin"),
		                  .questions = { q, all.n },
		                  .ask_here = asked.n == 0 && list_asks_here(r, &t),
		                  .place = { place, n },
		                  .practices = { STR("Situez vos pratiques, en seize activités"), link_fmt(a, "/boussole/pratiques") },
		                  .formats_label = STR("Ces questions ailleurs"),
		                  .formats = formats_of(r) };
	struct buf main;
	buf_init(&main, a, 16384);
	tpl_compass(&main, &v);
	struct view_layout layout = { .title = STR("La boussole"),
		                      .description = STR("Cinq questions en mots simples, toutes facultatives, et un chemin : des fiches, un parcours, qui relie ici, le prochain rendez-vous."),
		                      .noindex = r->nparams > 0,
		                      .head_search = true };
	return page_send(r, w, &layout, &main);
}

/* The place the visitor chose before, or seems to be at: one button of the form, put in by nginx. Choosing it is theirs. */
enum err
page_compass_here(struct req *r, struct resp *w)
{
	struct arena *a = r->arena;
	struct here h = { 0 };
	enum err e = here_find(r, &h);

	if (e)
		return e;
	w->content_type = STR("text/html; charset=utf-8");
	w->cache = h.chosen ? CACHE_FRAGMENT_CHOICE : CACHE_NONE;
	struct view_compass_here v = { .known = h.known, .chosen = h.chosen, .from_ip = h.known && !h.chosen };
	if (h.known) {
		const struct territory *t = &h.territory;
		v.value = key_of(a, t);
		v.label = arena_fmt(a, "%.*s (%.*s)", (int)t->name.n, t->name.p, (int)t->stone.n, t->stone.p);
	}
	tpl_compass_here(&w->body, &v);
	return ERR_NONE;
}

struct road { /* all that the page of a path shows */
	struct compass_questions questions;
	struct compass_path path;
	struct territory t; /* id 0: none */
	struct catalyst_list people, near;
	bool local; /* somebody is there, or answers for there */
	const struct compass_term *practice; /* NULL: none is looked for */
};

static struct str
first_up(struct arena *a, struct str s)
{
	struct str out = arena_str(a, s);

	if (out.n && s.p[0] >= 'a' && s.p[0] <= 'z')
		*(char *)(uintptr_t)out.p = (char)(s.p[0] - 32);
	return out;
}

static struct view_strs
why_of(struct arena *a, struct strs why)
{
	struct str *p = arena_array(a, struct str, why.n + 1);

	for (size_t i = 0; i < why.n; i++)
		p[i] = first_up(a, why.p[i]);
	return (struct view_strs){ p, why.n };
}

static bool
practises(const struct catalyst_card *c, const struct compass_term *practice)
{
	return practice && c->practices.n && memmem(c->practices.p, c->practices.n, practice->label.p, practice->label.n);
}

/* Those who are here before those who are everywhere; among them, those of the practice looked for. */
static void
people_sort(struct road *x)
{
	struct catalyst_card *p = (struct catalyst_card *)(uintptr_t)x->people.p;

	for (size_t i = 1; i < x->people.n; i++) {
		struct catalyst_card c = p[i];
		int rank = 2 * (c.rank >= RANK_NATIONAL) + !practises(&c, x->practice);
		size_t k = i;
		for (; k > 0 && 2 * (p[k - 1].rank >= RANK_NATIONAL) + !practises(&p[k - 1], x->practice) > rank; k--)
			p[k] = p[k - 1];
		p[k] = c;
	}
	x->people.n = x->people.n < PEOPLE ? x->people.n : PEOPLE;
}

static enum err
people_find(struct req *r, struct road *x)
{
	struct arena *a = r->arena;
	struct str key = x->t.id ? key_of(a, &x->t) : STR_NONE;
	struct list_query q = { .tri = STR("pertinence"), .page = 1, .taille = LOOKED_AT };
	enum err e;

	x->practice = x->path.npractices ? &x->path.practices[0] : NULL;
	if (key.n)
		q.territoires = (struct strs){ &key, 1 };
	else if (x->practice)
		q.pratiques = (struct strs){ &x->practice->code, 1 };
	else
		q.taille = PEOPLE;
	if ((e = catalyst_search(r->db, a, &q, &x->people)))
		return e;
	for (size_t i = 0; i < x->people.n; i++)
		x->local = x->local || x->people.p[i].rank < RANK_NATIONAL;
	if (key.n && !x->local && (e = catalyst_nearest(r->db, a, x->t.id, &x->people, 3, &x->near)))
		return e;
	people_sort(x);
	return ERR_NONE;
}

static enum err
road_find(struct req *r, struct road *x)
{
	struct arena *a = r->arena;
	struct str *said = arena_array(a, struct str, x->questions.n + 1);
	struct strs answers = { said, 0 };

	for (size_t i = 0; i < x->questions.n; i++) {
		const struct compass_answer *y = answer_of(r, &x->questions.p[i]);
		if (y)
			said[answers.n++] = arena_fmt(a, "%.*s:%.*s", (int)x->questions.p[i].code.n, x->questions.p[i].code.p, (int)y->code.n, y->code.p);
	}
	enum err e = compass_path_find(r->db, a, answers, x->t.id, STEPS, &x->path);
	return e ? e : people_find(r, x);
}

static void
json_why(struct json_out *j, struct strs why)
{
	json_key(j, "raisons");
	json_begin_array(j);
	for (size_t i = 0; i < why.n; i++)
		json_str(j, why.p[i]);
	json_end(j);
}

static void
json_event(struct json_out *j, struct arena *a, struct str base, const char *key, const struct compass_event *e)
{
	json_key(j, key);
	if (e->id == 0) {
		json_null(j);
		return;
	}
	json_begin_object(j);
	json_key(j, "id");
	json_int(j, e->id);
	json_key(j, "ref");
	json_str(j, e->ref);
	json_key(j, "titre");
	json_str(j, e->title);
	json_key(j, "date");
	json_str(j, e->date);
	json_key(j, "mode");
	json_str(j, e->mode);
	json_key(j, "uri");
	json_str(j, arena_fmt(a, "%.*s/evenements/%.*s", (int)base.n, base.p, (int)e->address.n, e->address.p));
	json_key(j, "url");
	json_str_or_null(j, e->url);
	json_end(j);
}

/* The parcours itself, else the sheets that name it. */
static struct url
parcours_url(struct arena *a, const struct compass_term *p)
{
	return p->slug.n ? link_fmt(a, "/parcours/%.*s", (int)p->slug.n, p->slug.p) : link_fmt(a, "/fiches?parcours=%.*s", (int)p->code.n, p->code.p);
}

static enum err
path_json(struct req *r, struct resp *w, const struct road *x)
{
	struct arena *a = r->arena;
	struct json_out j = json_out(&w->body);

	json_begin_object(&j);
	json_key(&j, "reponses");
	json_begin_object(&j);
	for (size_t i = 0; i < x->questions.n; i++) {
		const struct compass_answer *y = answer_of(r, &x->questions.p[i]);
		json_key(&j, arena_cstr(a, x->questions.p[i].code));
		json_str_or_null(&j, y ? y->code : STR_NONE);
	}
	json_end(&j);
	json_territory_of(&j, &x->t, x->t.id ? "choix" : "defaut", x->t.id ? "choix" : "aucune");
	json_key(&j, "fiches");
	json_begin_array(&j);
	for (size_t i = 0; i < x->path.nsteps; i++) {
		const struct compass_step *s = &x->path.steps[i];
		struct url url = link_sheet(a, s->id, s->slug);
		json_begin_object(&j);
		json_key(&j, "id");
		json_int(&j, s->id);
		json_key(&j, "uri");
		json_str(&j, arena_fmt(a, "%.*s%.*s", (int)r->base.n, r->base.p, (int)url.n, url.p));
		json_key(&j, "ref");
		json_str(&j, s->ref);
		json_key(&j, "type");
		json_str(&j, s->type);
		json_key(&j, "titre");
		json_str(&j, s->title);
		json_key(&j, "chapo");
		json_str(&j, s->summary);
		json_key(&j, "lieu");
		json_place(&j, &s->place);
		json_why(&j, s->why);
		json_key(&j, "points");
		json_real(&j, s->score);
		json_end(&j);
	}
	json_end(&j);
	json_key(&j, "parcours");
	json_begin_array(&j);
	for (size_t i = 0; i < x->path.nparcours; i++) {
		json_begin_object(&j);
		json_key(&j, "code");
		json_str(&j, x->path.parcours[i].code);
		json_key(&j, "libelle");
		json_str(&j, x->path.parcours[i].label);
		struct url url = parcours_url(a, &x->path.parcours[i]);
		json_key(&j, "uri");
		json_str(&j, arena_fmt(a, "%.*s%.*s", (int)r->base.n, r->base.p, (int)url.n, url.p));
		json_why(&j, x->path.parcours[i].why);
		json_end(&j);
	}
	json_end(&j);
	json_key(&j, "catalyseurs");
	json_begin_array(&j);
	for (size_t i = 0; i < x->people.n; i++)
		json_catalyst_card(&j, a, r->base, &x->people.p[i]);
	json_end(&j);
	json_key(&j, "catalyseurs_proches");
	json_begin_array(&j);
	for (size_t i = 0; i < x->near.n; i++)
		json_catalyst_card(&j, a, r->base, &x->near.p[i]);
	json_end(&j);
	json_event(&j, a, r->base, "prochain_rendez_vous", &x->path.next);
	json_event(&j, a, r->base, "dernier_rendez_vous", &x->path.last);
	json_notices(&j, r);
	json_end(&j);
	return ERR_NONE;
}

static void
steps_view(struct arena *a, const struct road *x, struct view_compass_path *v)
{
	struct view_compass_step *s = arena_array(a, struct view_compass_step, x->path.nsteps + 1);

	for (size_t i = 0; i < x->path.nsteps; i++) {
		const struct compass_step *from = &x->path.steps[i];
		s[i] = (struct view_compass_step){ (int)i + 1, cote_of(a, from->type, from->id), from->title, link_sheet(a, from->id, from->slug), from->summary,
			                           place_of(a, &from->place), evidence_of(from->evidence), why_of(a, from->why) };
		s[i].place.url = (struct url){ NULL, 0 };
	}
	v->steps = (struct view_compass_steps){ s, x->path.nsteps };
	struct buf b;
	buf_init(&b, a, 120);
	buf_lit(&b, "/imprimer");
	for (size_t i = 0; i < x->path.nsteps; i++)
		buf_fmt(&b, "%cfiche=%lld", i ? '&' : '?', (long long)x->path.steps[i].id);
	v->booklet = (struct url){ b.p, b.n };
}

static struct view_catalyst_rows
people_rows(struct arena *a, const struct road *x, const struct catalyst_list *list)
{
	struct view_catalyst_row *rows = arena_array(a, struct view_catalyst_row, list->n + 1);

	for (size_t i = 0; i < list->n; i++) {
		struct view_catalyst_row row = row_catalyst(a, &list->p[i]);
		if (practises(&list->p[i], x->practice)) {
			struct str label = x->practice->label;
			row.reason = row.reason.n ? arena_fmt(a, "%.*s ; pratique ce que vous cherchez : %.*s", (int)row.reason.n, row.reason.p, (int)label.n, label.p)
			                          : arena_fmt(a, "Pratique ce que vous cherchez : %.*s", (int)label.n, label.p);
			row.reason_area = true;
		}
		rows[i] = row;
	}
	return (struct view_catalyst_rows){ rows, list->n };
}

static void
people_view(struct arena *a, const struct road *x, struct view_compass_path *v)
{
	const struct territory *t = &x->t;

	v->people = people_rows(a, x, &x->people);
	if (!t->id) {
		v->people_title = x->practice ? arena_fmt(a, "Qui pratique : %.*s", (int)x->practice->label.n, x->practice->label.p) : STR("Des catalyseurs");
		v->people_note = STR("Dites pour quel territoire, et nous montrerons qui est le plus près.");
		v->all_people = (struct view_link){ STR("Tous les catalyseurs"), link_fmt(a, "/catalyseurs") };
		return;
	}
	v->people_title = STR("Qui relie ici");
	v->all_people = (struct view_link){ STR("Toute la liste"), link_fmt(a, "/catalyseurs?territoire=%.*s:%.*s", (int)t->type.n, t->type.p, (int)t->code.n, t->code.p) };
	if (!x->local)
		v->no_people = (struct view_empty){ arena_fmt(a, "Nous ne connaissons encore aucun catalyseur %.*s.", (int)t->name_in.n, t->name_in.p),
			                            STR("Ce n’est pas le territoire qui est vide, c’est notre liste."),
			                            { NULL, 0 } };
	v->near = people_rows(a, x, &x->near);
	v->near_title = STR("Les plus proches ailleurs, à vol d’oiseau");
}

static void
event_view(struct arena *a, const struct road *x, struct view_compass_path *v)
{
	bool next = x->path.next.id > 0;
	const struct compass_event *e = next ? &x->path.next : &x->path.last;

	v->event_why = next ? STR("Parce que c’est le prochain, et que l’on y rencontre celles et ceux qui essaient.")
	                    : STR("Aucun rendez-vous n’est annoncé pour l’instant.");
	if (e->id == 0)
		return;
	struct str day = words_date(a, e->date, true).text;
	bool overseas = x->t.overseas && e->hour_reunion.n && str_eq(x->t.stone, STR("974"));
	struct str hour = overseas ? arena_fmt(a, " à %.*s à La Réunion, %.*s à Paris", (int)e->hour_reunion.n, e->hour_reunion.p, (int)e->hour.n, e->hour.p)
	                  : e->hour.n ? arena_fmt(a, " à %.*s", (int)e->hour.n, e->hour.p)
	                              : STR_NONE;
	v->event_when = next ? arena_fmt(a, "Le %.*s%.*s", (int)day.n, day.p, (int)hour.n, hour.p) : arena_fmt(a, "Le dernier, le %.*s", (int)day.n, day.p);
	v->event_title = e->title;
	v->event_url = link_event(a, e->address);
	v->event_note = str_eq(e->mode, STR("distance")) ? STR("À distance : d’où que vous soyez.") : STR_NONE;
}

/* "parce que vous débutez" is said once in the head: the answers, as they were given. */
static void
said_view(struct req *r, const struct road *x, struct view_compass_path *v)
{
	struct arena *a = r->arena;
	struct view_form_pair *p = arena_array(a, struct view_form_pair, x->questions.n + 1);
	const struct territory *t = &x->t;
	size_t n = 0;

	for (size_t i = 0; i < x->questions.n; i++) {
		const struct compass_answer *y = answer_of(r, &x->questions.p[i]);
		if (y)
			p[n++] = (struct view_form_pair){ x->questions.p[i].label, y->label };
	}
	v->said = (struct view_form_pairs){ p, n };
	v->title = t->id ? arena_fmt(a, "Votre chemin %.*s", (int)t->name_in.n, t->name_in.p) : STR("Votre chemin");
	v->place = t->id ? place_of_territory(a, t) : (struct view_place){ .code = STR("FR") };
	v->lead = n == 0 && !t->id ? STR("Vous n’avez rien répondu : voici par où commencer, d’où que l’on parte.")
	          : n == 0         ? STR("Vous avez dit où, et rien d’autre : voici ce qui vient d’ici, ou de territoires comme celui-ci, et de quoi commencer.")
	          : n == 1         ? STR("D’après votre réponse. Chaque étape dit pourquoi elle est là.")
	                           : arena_fmt(a, "D’après vos %zu réponses%s. Chaque étape dit pourquoi elle est là.", n, t->id ? " et le territoire choisi" : "");
	v->change = link_answers(r, &x->questions, "/boussole", t->id ? key_of(a, t) : STR_NONE);
	v->share_url = link_answers(r, &x->questions, "/boussole/chemin", t->id ? key_of(a, t) : STR_NONE);
	v->share = arena_fmt(a, "%.*s%.*s", (int)r->base.n, r->base.p, (int)v->share_url.n, v->share_url.p);
	struct buf keep;
	buf_init(&keep, a, 256);
	buf_lit(&keep, "/listes/ajouter?adresse=");
	query_encode(&keep, (struct str){ v->share_url.p, v->share_url.n }, true);
	v->keep = (struct url){ keep.p, keep.n };
}

static enum err
path_html(struct req *r, struct resp *w, const struct road *x, struct view_compass_path *v)
{
	struct arena *a = r->arena;
	struct view_link trail[] = { { STR("La boussole"), link_fmt(a, "/boussole") }, { STR("Votre chemin"), { NULL, 0 } } };

	v->crumbs = crumbs(a, 2, trail);
	said_view(r, x, v);
	steps_view(a, x, v);
	people_view(a, x, v);
	event_view(a, x, v);
	v->people_first = str_eq(req_param(r, "envie"), STR("gens"));
	if (x->path.nparcours) {
		const struct compass_term *p = &x->path.parcours[0];
		v->parcours = (struct view_link){ p->label, parcours_url(a, p) };
		v->parcours_note = p->definition;
		v->parcours_why = why_of(a, p->why);
	}
	if (x->t.id)
		v->more = (struct view_link){ STR("Toutes les fiches d’ici"), link_fmt(a, "/fiches?territoire=%.*s:%.*s&territoire=pays:FR", (int)x->t.type.n, x->t.type.p,
			                                                              (int)x->t.code.n, x->t.code.p) };
	v->formats_label = STR("Ce chemin ailleurs");
	v->formats = formats_of(r);
	struct buf main;
	buf_init(&main, a, 32768);
	tpl_compass_path(&main, v);
	struct view_layout layout = { .title = v->title, .noindex = true, .head_search = true };
	return page_send(r, w, &layout, &main);
}

/* The place typed: found, the address that names it is the one to keep; several, or none, the page says so. */
static enum err
place_typed(struct req *r, struct resp *w, struct road *x, struct view_compass_path *v, bool *ret_gone)
{
	struct arena *a = r->arena;
	struct str typed = req_param(r, "lieu");
	struct territory_refs found;
	struct territory t;
	enum err e = territory_typed(r, typed, CHOICES, &t, &found);

	*ret_gone = false;
	if (e == ERR_NONE) {
		struct url to = link_answers(r, &x->questions, r->format == FORMAT_JSON ? "/boussole/chemin.json" : "/boussole/chemin",
		                             str_eq(t.type, STR("pays")) ? STR_NONE : key_of(a, &t));
		resp_redirect(w, 302, (struct str){ to.p, to.n });
		*ret_gone = true;
		return ERR_NONE;
	}
	if (e != ERR_NOT_FOUND)
		return e;
	struct view_link *links = arena_array(a, struct view_link, found.n + 1);
	for (size_t i = 0; i < found.n; i++) {
		const struct territory_ref *y = &found.p[i];
		links[i] = (struct view_link){ arena_fmt(a, "%.*s (%.*s)", (int)y->name.n, y->name.p, (int)y->stone.n, y->stone.p),
			                       link_answers(r, &x->questions, "/boussole/chemin", arena_fmt(a, "%.*s:%.*s", (int)y->type.n, y->type.p, (int)y->code.n, y->code.p)) };
	}
	v->choices = (struct view_links){ links, found.n };
	v->choices_title = STR("Lequel de ces lieux ?");
	if (found.n == 0)
		v->missing = arena_fmt(a, "Nous ne connaissons pas de lieu « %.*s ». Voici un chemin pour toute la France ; essayez aussi un code postal.", (int)typed.n, typed.p);
	return ERR_NONE;
}

enum err
page_compass_path(struct req *r, struct resp *w)
{
	struct arena *a = r->arena;
	struct road x = { 0 };
	struct view_compass_path v = { 0 };
	struct str asked = req_param(r, "territoire");
	bool gone = false;
	enum err e = compass_questions_find(r->db, a, false, &x.questions);

	if (e)
		return e;
	answers_check(r, &x.questions);
	if (req_param(r, "lieu").n && (e = place_typed(r, w, &x, &v, &gone)))
		return e;
	if (gone)
		return ERR_NONE;
	if (asked.n && !req_param(r, "lieu").n) {
		e = territory_find_key(r->db, a, asked, &x.t);
		if (e == ERR_NOT_FOUND)
			req_notice(r, STR("territoire"), STR("valeur"), STR("Ce territoire nous est inconnu : voici un chemin pour toute la France."));
		else if (e)
			return e;
		if (e || str_eq(x.t.type, STR("pays")))
			x.t = (struct territory){ 0 };
	}
	if ((e = road_find(r, &x)))
		return e;
	return r->format == FORMAT_JSON ? path_json(r, w, &x) : path_html(r, w, &x, &v);
}
