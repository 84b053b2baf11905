/* /moderation: what awaits who reviews: taken, to be taken on their territory, on their themes, elsewhere; what others hold. */
#include "gen/tpl.h"
#include "page/review_parts.h"

#include "text/json_out.h"

static const struct {
	const char *part, *title, *note;
} PARTS[] = {
	{ "appels", "Retraits contestés", "Leurs auteurs demandent un nouvel examen." },
	{ "miennes", "Les vôtres", "Vous vous en occupez." },
	{ "territoire", "À prendre, sur votre territoire", NULL },
	{ "theme", "À prendre, sur vos thèmes", NULL },
	{ "ailleurs", "À prendre, ailleurs", "Aucune animation de leur territoire ne les a prises." },
	{ "prises", "Entre d’autres mains", NULL },
	{ "attente", "En attente de leurs auteurs", "Des changements leur sont demandés." },
};

static bool
is(struct str s, const char *word)
{
	return str_eq(s, str_of(word));
}

static struct view_queue_row
row_of(struct req *r, const struct review_item *q)
{
	struct arena *a = r->arena;
	struct view_date due = words_date(a, q->due_on, true);
	struct str *marks = arena_array(a, struct str, 4), ago = review_ago(a, q->age);
	size_t n = 0;

	if (q->first_sheet)
		marks[n++] = STR("première fiche de ce compte");
	if (q->updates && !is(q->state, "appel"))
		marks[n++] = STR("nouvelle version d’une fiche en ligne");
	if (q->round > 1)
		marks[n++] = arena_fmt(a, "envoi n° %lld", (long long)q->round);
	if (q->barred)
		marks[n++] = STR("vous avez décidé : à quelqu’un d’autre de l’examiner");
	struct view_queue_row v = { .cote = cote_of(a, q->type, q->id),
		                    .sheet = { q->title, link_fmt(a, "/fiches/%lld/relecture", (long long)q->id) },
		                    .place = { .code = q->place.n ? q->stone : STR("?"), .name = q->place.n ? q->place : STR("Territoire inconnu de nous"), .vague = !q->place.n },
		                    .by = q->reviewer.n && is(q->part, "prises") ? arena_fmt(a, "relue par %.*s", (int)q->reviewer.n, q->reviewer.p)
		                          : q->authors.n                         ? arena_fmt(a, "par %.*s", (int)q->authors.n, q->authors.p)
		                                                                 : STR_NONE,
		                    .when = arena_fmt(a, is(q->state, "appel") ? "Contesté %.*s" : "Soumise %.*s", (int)ago.n, ago.p),
		                    .due = !due.text.n ? STR_NONE : arena_fmt(a, q->late ? "En retard depuis le %.*s" : "Réponse avant le %.*s", (int)due.text.n, due.text.p),
		                    .late = q->late,
		                    .marks = { marks, n } };
	if (is(q->state, "soumise") && !q->barred) {
		struct review_case c = { .id = q->id };
		struct reviewing x = { .r = r, .c = &c, .action = link_fmt(a, "/fiches/%lld/actions", (long long)q->id), .hidden = form_hidden(r, false) };
		struct view_act_form *f = arena_array(a, struct view_act_form, 1);
		f[0] = review_form(&x, "prendre", "prendre", STR_NONE, STR("Je m’en occupe"));
		v.take = (struct view_act_forms){ f, 1 };
	}
	return v;
}

static struct view_queue_parts
parts_of(struct req *r, const struct review_queue *q)
{
	struct arena *a = r->arena;
	size_t all = sizeof(PARTS) / sizeof(*PARTS), n = 0;
	struct view_queue_part *p = arena_array(a, struct view_queue_part, all);

	for (size_t k = 0; k < all; k++) {
		struct view_queue_row *rows = arena_array(a, struct view_queue_row, q->n + 1);
		size_t m = 0;
		for (size_t i = 0; i < q->n; i++)
			if (is(q->p[i].part, PARTS[k].part))
				rows[m++] = row_of(r, &q->p[i]);
		if (m == 0)
			continue;
		p[n++] = (struct view_queue_part){ .id = arena_fmt(a, "q-%s", PARTS[k].part), .title = str_of(PARTS[k].title), .note = str_of(PARTS[k].note), .rows = { rows, m } };
	}
	return (struct view_queue_parts){ p, n };
}

static struct view_form_fields
filters(struct req *r)
{
	static const char *const states[][2] = { { "", "Toutes" }, { "soumise", "À prendre" }, { "en_relecture", "En relecture" },
		                                 { "modifications_demandees", "En attente des auteurs" }, { "appel", "Retraits contestés" } };
	struct view_form_field *f = arena_array(r->arena, struct view_form_field, 4);
	struct view_form_option *o = arena_array(r->arena, struct view_form_option, 5), *t = arena_array(r->arena, struct view_form_option, 6),
	                        *l = arena_array(r->arena, struct view_form_option, 2);
	struct str state = req_param(r, "etat"), type = req_param(r, "type"), late = req_param(r, "retard");

	for (size_t i = 0; i < 5; i++)
		o[i] = (struct view_form_option){ .value = str_of(states[i][0]), .label = str_of(states[i][1]) };
	t[0] = (struct view_form_option){ .label = STR("Toutes") };
	for (size_t i = 0; i < 5; i++)
		t[i + 1] = (struct view_form_option){ .value = str_of(SHEET_KINDS[i].code), .label = str_of(SHEET_KINDS[i].plural) };
	l[0] = (struct view_form_option){ .label = STR("Toutes") };
	l[1] = (struct view_form_option){ .value = STR("1"), .label = STR("En retard") };
	f[0] = form_field(r, PARAMS_QUEUE, "etat", STR_NONE, NULL);
	f[0].select = true;
	form_options(r, &f[0], o, 5, &state, state.n > 0);
	f[1] = form_field(r, PARAMS_QUEUE, "type", STR_NONE, NULL);
	f[1].select = true;
	form_options(r, &f[1], t, 6, &type, type.n > 0);
	f[2] = form_field(r, PARAMS_QUEUE, "retard", STR_NONE, NULL);
	f[2].select = true;
	f[2].label = STR("Date de réponse");
	form_options(r, &f[2], l, 2, &late, late.n > 0);
	return (struct view_form_fields){ f, 3 };
}

static enum err
answer_json(struct req *r, struct resp *w, const struct review_queue *q)
{
	struct json_out j = json_out(&w->body);

	json_begin_object(&j);
	json_key(&j, "total");
	json_int(&j, (int64_t)q->n);
	json_key(&j, "elements");
	json_begin_array(&j);
	for (size_t i = 0; i < q->n; i++) {
		const struct review_item *x = &q->p[i];
		const struct {
			const char *key;
			struct str value;
		} texts[] = { { "partie", x->part }, { "titre", x->title }, { "type", x->type }, { "etat", x->state }, { "soumise_le", x->submitted_at },
			      { "reponse_avant", x->due_on }, { "relecteur", x->reviewer }, { "lieu", x->place }, { "auteurs", x->authors } };
		json_begin_object(&j);
		json_key(&j, "id");
		json_int(&j, x->id);
		for (size_t k = 0; k < sizeof(texts) / sizeof(*texts); k++) {
			json_key(&j, texts[k].key);
			json_str_or_null(&j, texts[k].value);
		}
		json_key(&j, "envoi");
		json_int(&j, x->round);
		json_key(&j, "age_jours");
		json_int(&j, x->age);
		json_key(&j, "en_retard");
		json_bool(&j, x->late);
		json_key(&j, "premiere_fiche");
		json_bool(&j, x->first_sheet);
		json_key(&j, "uri");
		json_str(&j, arena_fmt(r->arena, "%.*s/fiches/%lld/relecture", (int)r->base.n, r->base.p, (long long)x->id));
		json_end(&j);
	}
	json_end(&j);
	json_end(&j);
	return ERR_NONE;
}

/* The days on which one is not asked: told, or to be told. */
static enum err
absence_of(struct req *r, struct view_queue *v)
{
	struct arena *a = r->arena;
	struct review_absence x;
	struct view_act_form *f = arena_array(a, struct view_act_form, 1);
	struct view_form_field *fields = arena_array(a, struct view_form_field, 2);
	enum err e = review_absence_find(r->write, a, actor_of(r)->id, &x);

	if (e)
		return e;
	struct view_date from = words_date(a, x.since, true), to = words_date(a, x.until, true);
	f[0] = (struct view_act_form){ .id = STR("absence"), .action = { "/moderation", 11 }, .hidden = form_hidden(r, false) };
	if (from.text.n) {
		v->away = arena_fmt(a, "Aucune fiche ne vous est proposée du %.*s au %.*s.", (int)from.text.n, from.text.p, (int)to.text.n, to.text.p);
		f[0].button = STR("Je suis là");
	} else {
		f[0].title = STR("Prévenir d’une absence");
		f[0].lead = STR("Ces jours-là, les fiches sont proposées à d’autres. Celles dont vous vous occupez restent à vous.");
		f[0].button = STR("Enregistrer mon absence");
		f[0].open = r->method == METHOD_POST;
		fields[0] = form_field(r, PARAMS_ABSENCE, "du", STR_NONE, NULL);
		fields[1] = form_field(r, PARAMS_ABSENCE, "au", STR_NONE, NULL);
		f[0].fields = (struct view_form_fields){ fields, 2 };
	}
	v->absence = (struct view_act_forms){ f, 1 };
	return ERR_NONE;
}

static enum err
show(struct req *r, struct resp *w, int status)
{
	struct arena *a = r->arena;
	bool sent = r->method == METHOD_POST;
	struct review_filter f = { sent ? STR_NONE : req_param(r, "etat"), sent ? STR_NONE : req_param(r, "type"), sent ? STR_NONE : req_param(r, "territoire"),
		                   !sent && is(req_param(r, "retard"), "1") };
	struct review_queue q;
	enum err e = review_queue_list(r->write, a, actor_of(r)->id, &f, &q);

	if (e)
		return e;
	if (r->format == FORMAT_JSON)
		return answer_json(r, w, &q);
	int64_t mine = 0, free = 0, late = 0;
	for (size_t i = 0; i < q.n; i++) {
		mine += is(q.p[i].part, "miennes");
		free += is(q.p[i].part, "territoire") || is(q.p[i].part, "theme");
		late += q.p[i].late && (is(q.p[i].part, "miennes") || is(q.p[i].part, "territoire") || is(q.p[i].part, "theme"));
	}
	struct view_figure *figures = arena_array(a, struct view_figure, 3);
	figures[0] = (struct view_figure){ words_number(a, mine), STR("dont vous vous occupez"), { NULL, 0 } };
	figures[1] = (struct view_figure){ words_number(a, free), STR("à prendre chez vous"), { NULL, 0 } };
	figures[2] = (struct view_figure){ words_number(a, late), STR("en retard"), { NULL, 0 } };
	struct view_link trail[] = { { STR("Mon espace"), { "/mon-espace", 11 } }, { STR("À relire"), { NULL, 0 } } };
	struct view_link *links = arena_array(a, struct view_link, 3);
	links[0] = (struct view_link){ STR("Les délais de relecture, publics"), link_fmt(a, "/delais") };
	links[1] = (struct view_link){ STR("Régler mes courriels"), link_fmt(a, "/compte") };
	links[2] = (struct view_link){ STR("Les parcours, à relire et en ligne"), link_fmt(a, "/moderation/parcours") };
	bool filtered = f.state.n || f.type.n || f.territory.n || f.late;
	struct view_queue v = { .crumbs = crumbs(a, 2, trail),
		                .lead = STR("Chaque fiche est proposée à l’animation de son territoire, sinon de ses thèmes, sinon à l’équipe éditoriale."),
		                .done = review_done(r),
		                .figures = { figures, 3 },
		                .filters = filters(r),
		                .all = filtered ? (struct view_link){ STR("Tout voir"), link_fmt(a, "/moderation") } : (struct view_link){ STR_NONE, { NULL, 0 } },
		                .parts = parts_of(r, &q),
		                .none = q.n         ? STR_NONE
		                        : filtered ? STR("Aucune fiche ne répond à ces filtres.")
		                                   : STR("Rien ne vous attend. Toutes les fiches de votre territoire et de vos thèmes ont leur réponse."),
		                .links = { links, 3 } };
	if ((e = absence_of(r, &v)))
		return e;
	v.faults = form_faults(r);
	struct buf main;
	buf_init(&main, a, 32768);
	tpl_moderation(&main, &v);
	struct view_layout layout = { .title = STR("À relire"), .noindex = true, .head_search = true };
	e = page_send(r, w, &layout, &main);
	if (status)
		w->status = status;
	return e;
}

enum err
page_moderation(struct req *r, struct resp *w)
{
	return show(r, w, 0);
}

enum err
page_absence(struct req *r, struct resp *w)
{
	struct review_absence x = { req_param(r, "du"), req_param(r, "au") };

	if (r->refused)
		return show(r, w, 400);
	if ((x.since.n > 0) != (x.until.n > 0) || (x.since.n && strncmp(x.since.p, x.until.p, 10) > 0)) {
		form_fault(r, x.since.n ? "au" : "du", "Dites de quel jour à quel jour : le second ne vient pas avant le premier.");
		return show(r, w, 422);
	}
	enum err e = review_absence_put(r->write, r->arena, actor_of(r)->id, &x);
	if (!e)
		resp_redirect(w, 303, arena_fmt(r->arena, "/moderation?fait=%s", x.since.n ? "absence" : "retour"));
	return e;
}
