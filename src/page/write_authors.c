/* /fiches/{id}/auteurs: who writes a sheet; /contribuer/invitation/{jeton}: whoever was asked answers. */
#include "gen/tpl.h"
#include "model/mail.h"
#include "model/work_author.h"
#include "page/sign.h"
#include "page/write.h"

enum { INVITATIONS = 20, INVITATIONS_PER_S = 24 * 3600 };

static enum err
show(struct req *r, struct resp *w, const struct work *k, int status)
{
	struct arena *a = r->arena;
	struct work_authors list;
	int64_t me = actor_of(r)->id;
	enum err e = work_authors(r->write, a, k->id, &list);

	if (e)
		return e;
	struct view_author *p = arena_array(a, struct view_author, list.n + 1);
	struct view_asked *q = arena_array(a, struct view_asked, list.nasked + 1);
	for (size_t i = 0; i < list.n; i++)
		p[i] = (struct view_author){ .id = arena_fmt(a, "%lld", (long long)list.p[i].id),
			                     .name = list.p[i].name.n ? list.p[i].name : STR("contributeur supprimé"),
			                     .role = list.p[i].first ? STR("auteur") : STR("coauteur"),
			                     .me = list.p[i].id == me,
			                     .removable = !list.p[i].first && (k->may_manage || list.p[i].id == me),
			                     .handable = !list.p[i].first && k->may_manage };
	for (size_t i = 0; i < list.nasked && k->may_manage; i++)
		q[i] = (struct view_asked){ list.asked[i].hash, list.asked[i].email, words_date(a, list.asked[i].made, false) };
	struct view_form_field *f = arena_array(a, struct view_form_field, 1);
	f[0] = form_field(r, PARAMS_AUTHORS, "courriel", STR_NONE, "La personne reçoit un lien, et choisit d’accepter ou non. Elle aura besoin d’un compte.");
	f[0].autocomplete = STR("off");
	struct view_link trail[] = { { STR("Contribuer"), link_fmt(a, "/contribuer") },
		                     { k->content.title.n ? k->content.title : STR("Une fiche sans titre"), link_fmt(a, "/fiches/%lld/modifier", (long long)k->id) },
		                     { STR("Auteurs"), { NULL, 0 } } };
	static const char *const said[][2] = { { "invite", "C’est envoyé. L’invitation vaut trente jours." }, { "retire", "C’est fait." },
		                               { "confie", "La fiche est confiée. Vous en restez coauteur." }, { "annule", "L’invitation est annulée : son lien ne sert plus." },
		                               { "rejoint", "Bienvenue : vous écrivez maintenant cette fiche." } };
	struct view_authors v = { .crumbs = crumbs(a, 3, trail), .hidden = form_hidden(r, false), .action = link_fmt(a, "/fiches/%lld/auteurs", (long long)k->id),
		                  .authors = { p, list.n }, .asked = { q, k->may_manage ? list.nasked : 0 }, .fields = { f, k->may_manage ? 1 : 0 },
		                  .structure = k->structure };
	for (size_t i = 0; i < sizeof(said) / sizeof(*said); i++)
		if (str_eq(req_param(r, "fait"), str_of(said[i][0])))
			v.done = str_of(said[i][1]);
	v.faults = form_faults(r);
	struct buf main;
	buf_init(&main, a, 8192);
	tpl_auteurs(&main, &v);
	struct view_layout layout = { .title = STR("Auteurs"), .noindex = true, .head_search = true };
	w->status = status;
	w->cache = CACHE_NONE;
	return page_send(r, w, &layout, &main);
}

static enum err
invite(struct req *r, struct resp *w, const struct work *k)
{
	struct arena *a = r->arena;
	const struct actor *me = actor_of(r);
	struct str email = req_param(r, "courriel");
	struct token t;
	int64_t wait;
	enum err e;

	if (email.n == 0) {
		form_fault(r, "courriel", "Écrivez l’adresse de la personne que vous invitez.");
		return show(r, w, k, 422);
	}
	if ((e = attempt_note(r->write, a, "invitation", arena_fmt(a, "%lld", (long long)me->id), INVITATIONS, INVITATIONS_PER_S, &wait)))
		return e;
	if (wait) {
		form_fault(r, "courriel", "Vingt invitations par jour au plus. Celle-ci pourra partir demain.");
		return show(r, w, k, 429);
	}
	token_make(&t);
	if ((e = work_invite(r->write, a, me->id, k->id, str_of(t.sum), email)))
		return e;
	struct str title = k->content.title.n ? k->content.title : STR("une fiche sans titre");
	struct mail m = { .to = email, .kind = STR("invitation"),
		          .subject = arena_fmt(a, "%.*s vous invite à écrire une fiche", (int)me->name.n, me->name.p),
		          .letter = { LETTER_PARAGRAPHS(STR("Bonjour,"), arena_fmt(a, "%.*s écrit une fiche pour Catalyse, « %.*s », et vous propose d’y contribuer.", (int)me->name.n,
		                                                               me->name.p, (int)title.n, title.p)),
		                      LETTER_LINKS({ STR("Voir l’invitation"), arena_fmt(a, "%.*s/contribuer/invitation/%s", (int)r->base.n, r->base.p, t.text) }),
		                      LETTER_AFTER(STR("Vous pourrez accepter ou décliner. Ce lien vaut trente jours et ne sert qu’une fois.")) } };
	if ((e = mail_queue(r->write, a, &m, NULL)))
		return e;
	resp_redirect(w, 303, arena_fmt(a, "/fiches/%lld/auteurs?fait=invite", (long long)k->id));
	return ERR_NONE;
}

static int64_t
number_of(struct str s)
{
	int64_t n = 0;

	for (size_t i = 0; i < s.n && i < 10; i++)
		n = n * 10 + (s.p[i] - '0');
	return n;
}

enum err
page_work_authors(struct req *r, struct resp *w)
{
	struct arena *a = r->arena;
	struct work k;
	struct str action = req_param(r, "action");
	int64_t id = write_number(r), me = actor_of(r)->id, who = number_of(req_param(r, "compte"));
	const char *code = "retire";
	bool done = false;
	enum err e = id ? work_find(r->write, a, me, id, &k) : ERR_NOT_FOUND;

	if (e)
		return e;
	if (r->method != METHOD_POST)
		return show(r, w, &k, 200);
	if (r->refused)
		return show(r, w, &k, 400);
	if (k.rev == 0) /* a public sheet nobody opened: it has no authors of its own yet */
		return ERR_CONFLICT;
	if (str_eq(action, STR("retirer")) && (k.may_manage || who == me)) {
		e = work_leave(r->write, a, me, id, who, &done);
	} else if (!k.may_manage) {
		return ERR_FORBIDDEN;
	} else if (str_eq(action, STR("confier"))) {
		e = work_hand(r->write, a, me, id, who, &done);
		code = "confie";
	} else if (str_eq(action, STR("annuler"))) {
		e = work_uninvite(r->write, a, id, req_param(r, "invitation"), &done);
		code = "annule";
	} else {
		return invite(r, w, &k);
	}
	if (e)
		return e;
	if (!done) {
		form_fault(r, "formulaire", "Cela n’a pas pu se faire : une fiche garde toujours quelqu’un qui en répond. Confiez-la d’abord.");
		return show(r, w, &k, 409);
	}
	bool left = str_eq(action, STR("retirer")) && who == me;
	resp_redirect(w, 303, left ? STR("/mon-espace") : arena_fmt(a, "/fiches/%lld/auteurs?fait=%s", (long long)id, code));
	return ERR_NONE;
}

static enum err
over(struct req *r, struct resp *w)
{
	struct view_link ways[] = { { STR("Contribuer"), link_fmt(r->arena, "/contribuer") } };
	struct view_door d = { .title = STR("Cette invitation ne sert plus"),
		               .lead = STR("Elle a déjà servi, elle a été annulée, ou elle a plus de trente jours. La personne qui vous invite peut en envoyer une autre."),
		               .links = { ways, 1 } };

	d.crumbs = crumbs(r->arena, 1, &(struct view_link){ STR("Invitation"), { NULL, 0 } });
	return door_send(r, w, &d, 404);
}

enum err
page_invitation(struct req *r, struct resp *w)
{
	struct arena *a = r->arena;
	struct handed h;
	struct str title, type, text = r->vars[0];
	bool done;
	enum err e = token_find(r->write, a, text, "coauteur", &h);

	if (e == ERR_NOT_FOUND || (!e && (h.used || h.late)))
		return over(r, w);
	if (!e)
		e = work_title(r->write, a, h.sheet, &title, &type);
	if (e)
		return e == ERR_NOT_FOUND ? over(r, w) : e;
	if (r->method == METHOD_POST && !r->refused) {
		if ((e = token_use(r->write, a, text, "coauteur", &h)))
			return e == ERR_NOT_FOUND ? over(r, w) : e;
		if (str_eq(req_param(r, "reponse"), STR("non"))) {
			struct view_door d = { .title = STR("C’est noté"), .lead = STR("Vous avez décliné cette invitation. Personne d’autre ne reçoit de message à ce sujet.") };
			d.crumbs = crumbs(a, 1, &(struct view_link){ STR("Invitation"), { NULL, 0 } });
			return door_send(r, w, &d, 200);
		}
		if ((e = work_join(r->write, a, actor_of(r)->id, h.sheet, &done)))
			return e;
		resp_redirect(w, 303, arena_fmt(a, "/fiches/%lld/auteurs?fait=rejoint", (long long)h.sheet));
		return ERR_NONE;
	}
	struct view_form_option o[] = { { .value = STR("oui"), .label = STR("J’accepte : je veux écrire cette fiche") }, { .value = STR("non"), .label = STR("Je décline") } };
	struct view_form_field f = form_field(r, PARAMS_INVITATION, "reponse", STR_NONE, NULL);
	f.choices = true;
	form_options(r, &f, o, 2, &o[0].value, 1);
	struct view_door d = { .title = arena_fmt(a, "Écrire à plusieurs : %.*s", (int)title.n, title.p),
		               .lead = STR("On vous invite à écrire cette fiche. Une fois coauteur, vous la lisez, la modifiez et l’envoyez en relecture."),
		               .action = link_fmt(a, "/contribuer/invitation/%.*s", (int)text.n, text.p),
		               .hidden = form_hidden(r, false),
		               .fields = { &f, 1 },
		               .button = STR("Répondre"),
		               .note_title = STR("Votre nom"),
		               .note = arena_fmt(a, "Vous répondez sous le nom de %.*s. Il paraîtra sur la fiche avec celui des autres auteurs.", (int)actor_of(r)->name.n, actor_of(r)->name.p) };
	d.crumbs = crumbs(a, 1, &(struct view_link){ STR("Invitation"), { NULL, 0 } });
	return door_send(r, w, &d, 200);
}
