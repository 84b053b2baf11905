/*
 * /compte/supprimer: the account goes, with all that is held about its owner; what was published stays without a name, or goes too. The
 * password is asked for again, and a word of consent. One function of the base does it (account_erase), in the transaction of the form.
 */
#include "gen/tpl.h"
#include "model/mail.h"
#include "model/personal.h"
#include "page/sign.h"

static enum err
form_send(struct req *r, struct resp *w, int status)
{
	struct arena *a = r->arena;
	struct personal_alone n;
	struct view_form_field *f = arena_array(a, struct view_form_field, 3);
	const struct str keep = STR("garder");
	enum err e = personal_alone_count(r->write, a, actor_of(r)->id, &n);

	if (e)
		return e;
	const struct view_form_option ways[] = {
		{ .value = STR("garder"), .label = STR("Elles restent, sans mon nom"), .help = STR("Elles seront signées « contributeur supprimé » et continueront de servir.") },
		{ .value = STR("retirer"), .label = STR("Celles que je suis seul à tenir sont retirées"), .help = STR("À leur adresse, une page dira que la personne qui l’avait écrite a supprimé son compte.") },
	};
	const struct view_form_option sure[] = { { .value = STR("1"), .label = STR("Je sais que rien ne pourra être retrouvé, même par vous.") } };
	f[0] = form_field(r, PARAMS_ERASE, "fiches", STR_NONE, NULL);
	f[0].choices = true;
	form_options(r, &f[0], ways, 2, &keep, 1);
	f[1] = form_field(r, PARAMS_ERASE, "mot_de_passe", STR_NONE, NULL);
	f[1].autocomplete = STR("current-password");
	f[1].required = true;
	f[2] = form_field(r, PARAMS_ERASE, "accord", STR_NONE, NULL);
	f[2].checks = true;
	form_options(r, &f[2], sure, 1, NULL, 0);
	struct view_erase v = { .crumbs = crumbs(a, 3, (struct view_link[]){ { STR("Mon espace"), link_fmt(a, "/mon-espace") },
		                                                             { STR("Mon compte"), link_fmt(a, "/compte") },
		                                                             { STR("Supprimer mon compte"), { NULL, 0 } } }),
		                .hidden = form_hidden(r, false),
		                .fields = { f, 3 } };
	v.drafts = n.drafts ? words_count(a, n.drafts, "brouillon", "brouillons") : STR_NONE;
	v.published = n.published ? words_count(a, n.published, "fiche en ligne", "fiches en ligne") : STR_NONE;
	v.shared = n.shared ? words_count(a, n.shared, "fiche à plusieurs", "fiches à plusieurs") : STR_NONE;
	v.faults = form_faults(r);
	struct buf main;
	buf_init(&main, a, 16384);
	tpl_erase(&main, &v);
	struct view_layout layout = { .title = STR("Supprimer mon compte"), .noindex = true, .nav_self = true, .head_search = true };
	w->status = status;
	return page_send(r, w, &layout, &main);
}

/* To the address that was theirs; forgotten as soon as it has left. */
static enum err
goodbye(struct req *r, struct str address)
{
	struct mail m = { .to = address,
		          .kind = STR("suppression"),
		          .subject = STR("Votre compte est supprimé"),
		          .letter = { LETTER_PARAGRAPHS(STR("Bonjour,"), STR("Votre compte Catalyse vient d’être supprimé, depuis votre espace et avec votre mot de passe."),
		                                        STR("Nous ne gardons plus votre nom ni votre adresse. Ce courriel est le dernier, et nous l’oublions en l’envoyant."),
		                                        STR("Si ce n’était pas vous, écrivez-nous : rien ne peut être retrouvé, mais nous chercherons comment c’est arrivé.")) } };

	return mail_queue(r->write, r->arena, &m, NULL);
}

enum err
page_erase(struct req *r, struct resp *w)
{
	const struct actor *me = actor_of(r);
	struct account same = { 0 };
	struct str password = req_param(r, "mot_de_passe"), way = req_param(r, "fiches"), why;
	int64_t wait = 0;
	bool done;

	if (r->method != METHOD_POST)
		return form_send(r, w, 200);
	if (!way.n && !req_typed(r, "fiches").n)
		form_fault(r, "fiches", "Dites ce que deviennent vos fiches.");
	if (!req_typed(r, "mot_de_passe").n)
		form_fault(r, "mot_de_passe", "Donnez votre mot de passe.");
	if (!str_eq(req_param(r, "accord"), STR("1")))
		form_fault(r, "accord", "Cochez cette case si c’est bien ce que vous voulez.");
	if (r->refused || r->nnotices)
		return form_send(r, w, 422);
	enum err e = sign_password(r, me->email, password, &same, &wait, &why);
	if (e)
		return e;
	if (wait)
		return sign_wait(r, w, wait);
	if (same.id != me->id) {
		form_fault(r, "mot_de_passe", "Ce n’est pas votre mot de passe.");
		return form_send(r, w, 422);
	}
	struct str address = arena_str(r->arena, me->email);
	if ((e = personal_erase(r->write, r->arena, me->id, str_eq(way, STR("retirer")), me->id, &done)) || (e = goodbye(r, address)))
		return e;
	actor_cookie(r, w, STR_NONE, 0);
	resp_header(w, "Clear-Site-Data", STR("\"cookies\", \"storage\""));
	resp_redirect(w, 303, STR("/connexion?fait=suppression"));
	return ERR_NONE;
}
