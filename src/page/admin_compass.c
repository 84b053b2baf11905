/*
 * /administration/boussole: the questions of the compass and their answers, in order; one of them; a new answer. What each answer puts
 * forward is written as readers of the vocabulary write it: profil:association*3. Every change is a line of the journal.
 */
#include "model/compass.h"
#include "page/admin.h"
#include "text/slug.h"

static const char HINTS_HELP[] = "Un par ligne ou séparés de virgules : profil:association*3, type:outil*2, maturite:1*1, fiche:m-cafe-projets*1.5. Le nombre, de -5 à 5, dit combien "
                                 "cela compte ; sans lui, 1. Vocabulaires : profil, parcours, pratique, activite, theme, moyen.";
static const char REASON_HELP[] = "Elle se lit sous chaque fiche mise en avant, et commence par « parce que » ou « parce qu’ ».";

static const struct compass_answer *
answer_find(const struct compass_questions *all, int64_t id, const struct compass_question **ret_question)
{
	for (size_t i = 0; i < all->n; i++)
		for (size_t k = 0; k < all->p[i].nanswers; k++)
			if (all->p[i].answers[k].id == id) {
				*ret_question = &all->p[i];
				return &all->p[i].answers[k];
			}
	return NULL;
}

static const struct compass_question *
question_find(const struct compass_questions *all, struct str code)
{
	for (size_t i = 0; i < all->n; i++)
		if (str_eq(all->p[i].code, code))
			return &all->p[i];
	return NULL;
}

static enum err
list_show(struct req *r, struct resp *w)
{
	struct arena *a = r->arena;
	struct compass_questions all;
	enum err e = compass_questions_find(r->db, a, true, &all);
	size_t n = 0, total = 0;

	if (e)
		return e;
	struct view_admin v = admin_view(r, "/administration/boussole", STR("La boussole"),
	                                 "Les questions, leurs réponses, et ce que chacune met en avant. Un changement se voit tout de suite, et rien de ce que répondent les visiteurs n’est gardé.",
	                                 false);
	struct url here = link_fmt(a, "/administration/boussole");
	v.caption = STR("Les questions et leurs réponses");
	v.heads = admin_heads(a, 4, (struct view_admin_head[]){ { STR("Question, réponse"), false }, { STR("Raison donnée"), false }, { STR("Met en avant"), false }, { STR("Ordre"), false } });
	for (size_t i = 0; i < all.n; i++)
		total += 1 + all.p[i].nanswers;
	struct view_admin_row *rows = arena_array(a, struct view_admin_row, total + 1);
	for (size_t i = 0; i < all.n; i++) {
		const struct compass_question *q = &all.p[i];
		struct view_admin_cell first = admin_link(q->label, link_fmt(a, "/administration/boussole/q-%.*s", (int)q->code.n, q->code.p)), none = { 0 };
		first.note = q->asked ? STR("question posée") : STR("non posée : compte d’elle-même");
		rows[n++] = admin_row(a, &v.heads, first, 3, (struct view_admin_cell[]){ none, none, none });
		for (size_t k = 0; k < q->nanswers; k++) {
			const struct compass_answer *x = &q->answers[k];
			struct view_admin_cell hints = admin_text(x->hints), order = { 0 };
			struct view_form_pair kept = { STR("reponse"), arena_fmt(a, "%lld", (long long)x->id) };
			struct str said = arena_fmt(a, " : %.*s", (int)x->label.n, x->label.p);
			first = admin_link(x->label, link_fmt(a, "/administration/boussole/%lld", (long long)x->id));
			first.note = x->edited ? STR("changée ici") : STR_NONE;
			hints.note = x->facts.n ? arena_fmt(a, "quand le territoire est : %.*s", (int)x->facts.n, x->facts.p) : STR_NONE;
			order.buttons = admin_buttons(r, 2, (struct view_admin_button[]){ { .action = here, .label = STR("Monter"), .said = said, .value = STR("monter"), .kept = { &kept, 1 } },
			                                                                  { .action = here, .label = STR("Descendre"), .said = said, .value = STR("descendre"), .kept = { &kept, 1 } } });
			rows[n++] = admin_row(a, &v.heads, first, 3, (struct view_admin_cell[]){ admin_text(x->reason), hints, order });
		}
	}
	v.rows = (struct view_admin_rows){ rows, n };
	v.count = words_count(a, (int64_t)all.n, "question", "questions");
	v.empty = STR("La boussole n’a pas encore de question : « catalyse import contenu » charge celles que nous proposons.");
	v.links = (struct view_links){ &(struct view_link){ STR("La boussole sur le site"), link_fmt(a, "/boussole") }, 1 };
	return admin_send(r, w, &v);
}

enum err
page_admin_compass(struct req *r, struct resp *w)
{
	struct str act = req_param(r, "act"), why;

	if (r->method != METHOD_POST || r->refused)
		return list_show(r, w);
	if (!str_eq(act, STR("monter")) && !str_eq(act, STR("descendre")))
		return ERR_BAD_INPUT;
	enum err e = compass_answer_act(r->write, r->arena, actor_of(r)->id, admin_int(r, "reponse"), act, &why);
	if (e)
		return e;
	if (!admin_made(r, w, why, "formulaire"))
		return list_show(r, w);
	admin_done(r, w, STR("/administration/boussole"), "ordre");
	return ERR_NONE;
}

static void
fields_of(struct req *r, const struct compass_answer *x, struct view_form_field f[3])
{
	f[0] = form_field(r, PARAMS_ADMIN_COMPASS, "libelle", x->label, "La réponse, telle qu’on la coche.");
	f[1] = form_field(r, PARAMS_ADMIN_COMPASS, "raison", x->reason, REASON_HELP);
	f[2] = form_field(r, PARAMS_ADMIN_COMPASS, "indices", x->hints, HINTS_HELP);
	f[0].required = f[1].required = true;
	f[2].rows = 6;
}

/* What was typed is whole enough to be tried. */
static bool
answer_typed(struct req *r, struct resp *w, struct compass_answer *x)
{
	size_t before = r->nnotices;

	x->label = req_param(r, "libelle");
	x->reason = req_param(r, "raison");
	x->hints = req_param(r, "indices");
	if (!x->label.n && !req_typed(r, "libelle").n)
		form_fault(r, "libelle", "Écrivez la réponse telle qu’elle sera lue.");
	if (x->reason.n < 9 || memcmp(x->reason.p, "parce qu", 8) != 0)
		form_fault(r, "raison", "La raison commence par « parce que » ou « parce qu’ ».");
	if (r->nnotices > before)
		w->status = 422;
	return r->nnotices == before;
}

static bool
answer_made(struct req *r, struct resp *w, struct str why)
{
	if (why.n > 7 && memcmp(why.p, "indice ", 7) == 0) {
		form_fault(r, "indices", "« %.*s » n’est pas compris : un vocabulaire, deux-points, un code qui existe, et s’il le faut une étoile et un nombre.", (int)why.n - 7, why.p + 7);
		w->status = 422;
		return false;
	}
	return admin_made(r, w, why, str_eq(why, STR("pris")) ? "code" : "formulaire");
}

static enum err
question_show(struct req *r, struct resp *w, const struct compass_question *q)
{
	struct arena *a = r->arena;
	struct url here = link_fmt(a, "/administration/boussole/q-%.*s", (int)q->code.n, q->code.p);
	struct view_admin v = admin_view(r, "/administration/boussole", q->label, NULL, true);
	struct view_form_field words[2], f[4];
	struct view_admin_form forms[2];
	bool adding = str_eq(req_param(r, "act"), STR("enregistrer"));
	struct compass_answer none = { .reason = STR("parce que ") };

	words[0] = form_field(r, PARAMS_ADMIN_COMPASS, "libelle", q->label, NULL);
	words[1] = form_field(r, PARAMS_ADMIN_COMPASS, "aide", q->help, NULL);
	words[0].required = true;
	if (adding) /* what was typed is for the other form */
		words[0].value = q->label, words[0].error = STR_NONE;
	words[0].id = STR("f-question");
	forms[0] = admin_form(r, "changer", STR("Les mots de la question"), here, 2, words, STR("Enregistrer"), "question");
	fields_of(r, &none, f);
	if (!adding)
		f[0].value = STR_NONE, f[0].error = STR_NONE;
	f[3] = form_field(r, PARAMS_ADMIN_COMPASS, "code", STR_NONE, "Il sert dans les adresses et ne change plus. Vide : fait de la réponse.");
	forms[1] = admin_form(r, "ajouter", STR("Ajouter une réponse"), here, 4, f, STR("Ajouter cette réponse"), "enregistrer");
	forms[1].second = true;
	v.forms = admin_forms(a, q->asked ? 2 : 1, forms);
	return admin_send(r, w, &v);
}

static enum err
question_post(struct req *r, struct resp *w, const struct compass_question *q)
{
	struct arena *a = r->arena;
	struct str why, here = arena_fmt(a, "/administration/boussole/q-%.*s", (int)q->code.n, q->code.p);
	int64_t me = actor_of(r)->id;
	struct compass_answer x = { .code = req_param(r, "code") };
	enum err e;

	if (str_eq(req_param(r, "act"), STR("question"))) {
		if (!req_param(r, "libelle").n) {
			form_fault(r, "libelle", "Écrivez la question telle qu’elle sera posée.");
			w->status = 422;
			return question_show(r, w, q);
		}
		if ((e = compass_question_save(r->write, a, me, q->code, req_param(r, "libelle"), req_param(r, "aide"), &why)))
			return e;
		if (!admin_made(r, w, why, "libelle"))
			return question_show(r, w, q);
		admin_done(r, w, here, "enregistre");
		return ERR_NONE;
	}
	if (!q->asked || !answer_typed(r, w, &x))
		return q->asked ? question_show(r, w, q) : ERR_BAD_INPUT;
	if (!x.code.n)
		x.code = slug_of(a, x.label);
	if (!slug_valid(x.code)) {
		form_fault(r, "code", "Des minuscules, des chiffres et des traits d’union seulement.");
		w->status = 422;
		return question_show(r, w, q);
	}
	if ((e = compass_answer_save(r->write, a, me, q->code, &x, &why)))
		return e;
	if (!answer_made(r, w, why))
		return question_show(r, w, q);
	admin_done(r, w, STR("/administration/boussole"), "ajoute");
	return ERR_NONE;
}

static enum err
answer_show(struct req *r, struct resp *w, const struct compass_question *q, const struct compass_answer *x)
{
	struct arena *a = r->arena;
	struct url here = link_fmt(a, "/administration/boussole/%lld", (long long)x->id);
	struct view_admin v = admin_view(r, "/administration/boussole", x->label, NULL, true);
	struct view_form_field f[3];
	struct view_admin_form forms[2];
	size_t n = 0;

	v.lead = x->facts.n ? arena_fmt(a, "%.*s Compte d’elle-même quand le territoire est : %.*s.", (int)q->label.n, q->label.p, (int)x->facts.n, x->facts.p) : q->label;
	fields_of(r, x, f);
	forms[n++] = admin_form(r, "changer", STR("Changer cette réponse"), here, 3, f, STR("Enregistrer"), "enregistrer");
	if (q->nanswers > 1) {
		forms[n] = admin_form(r, "supprimer", STR("La supprimer"), here, 0, NULL, STR("Supprimer cette réponse"), "supprimer");
		forms[n].lead = STR("Les adresses déjà partagées qui la portent continueront de marcher : la question y sera passée.");
		forms[n++].second = true;
	}
	v.forms = admin_forms(a, n, forms);
	return admin_send(r, w, &v);
}

static enum err
answer_post(struct req *r, struct resp *w, const struct compass_question *q, const struct compass_answer *x)
{
	struct arena *a = r->arena;
	struct str why;
	int64_t me = actor_of(r)->id;
	struct compass_answer now = { .id = x->id };
	enum err e;

	if (str_eq(req_param(r, "act"), STR("supprimer"))) {
		if ((e = compass_answer_act(r->write, a, me, x->id, STR("supprimer"), &why)))
			return e;
		if (!admin_made(r, w, str_eq(why, STR("seule")) ? STR("utilise") : why, "formulaire"))
			return answer_show(r, w, q, x);
		admin_done(r, w, STR("/administration/boussole"), "supprime");
		return ERR_NONE;
	}
	if (!answer_typed(r, w, &now))
		return answer_show(r, w, q, x);
	if ((e = compass_answer_save(r->write, a, me, q->code, &now, &why)))
		return e;
	if (!answer_made(r, w, why))
		return answer_show(r, w, q, x);
	admin_done(r, w, arena_fmt(a, "/administration/boussole/%lld", (long long)x->id), "enregistre");
	return ERR_NONE;
}

enum err
page_admin_compass_answer(struct req *r, struct resp *w)
{
	struct str none, name = r->vars[0];
	struct compass_questions all;
	const struct compass_question *q = NULL;
	const struct compass_answer *x = NULL;
	bool posted = r->method == METHOD_POST && !r->refused;
	/* By the connection that writes: what has just been changed is read back. */
	enum err e = compass_questions_find(r->write, r->arena, true, &all);

	if (e)
		return e;
	if (name.n > 2 && memcmp(name.p, "q-", 2) == 0) {
		q = question_find(&all, (struct str){ name.p + 2, name.n - 2 });
		return !q ? ERR_NOT_FOUND : posted ? question_post(r, w, q) : question_show(r, w, q);
	}
	x = answer_find(&all, link_number(name, &none), &q);
	return !x ? ERR_NOT_FOUND : posted ? answer_post(r, w, q, x) : answer_show(r, w, q, x);
}
