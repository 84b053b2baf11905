/*
 * /inscription and /mot-de-passe: what goes by mail. Whether an address is known or not, the answer, its time and the statements run are
 * the same: a link is handed out, a mail is queued, and only its reader learns what it is. The account itself is made when the link
 * comes back: nobody can open one on the address of another. A link is shown by GET, which mail scanners follow, and acts by POST.
 */
#include "crypt/password.h"
#include "model/mail.h"
#include "page/sign.h"
#include "text/json.h"
#include "text/json_out.h"

enum { MAILS = 5, MAILS_PER_S = 3600, FORM_AGE_MIN_MS = 2000 };

static enum err
look_at_your_mail(struct req *r, struct resp *w, const char *title)
{
	struct view_link ways[] = { { STR("Retour à l’accueil"), link_fmt(r->arena, "/") } };
	struct view_door door = { .title = STR("Regardez vos courriels"),
		                  .lead = STR("Nous venons d’écrire à l’adresse que vous avez donnée. La suite est dans ce courriel."),
		                  .links = { ways, 1 },
		                  .note_title = STR("Rien n’arrive ?"),
		                  .note = STR("Comptez une minute ou deux, regardez dans les indésirables, puis vérifiez l’adresse. Le lien se redemande autant qu’il faut.") };

	door.crumbs = crumbs(r->arena, 1, &(struct view_link){ str_of(title), { NULL, 0 } });
	return door_send(r, w, &door, 200);
}

struct str
sign_mailed(struct req *r, const char *path, const struct token *t)
{
	return arena_fmt(r->arena, "%.*s%s?jeton=%s", (int)r->base.n, r->base.p, path, t->text);
}

static void
form_needs(struct req *r, const char *field, const char *says)
{
	if (!req_typed(r, field).n)
		form_fault(r, field, "%s", says);
}

/* More mails in an hour than anybody asks for: none is sent, and the same is said. */
static enum err
too_many(struct req *r, struct str email, bool *ret)
{
	int64_t late;
	enum err e = attempt_note(r->write, r->arena, "courriel", email, MAILS, MAILS_PER_S, &late);

	*ret = late > 0;
	return e;
}

/* sign up */

static enum err
sign_up_form(struct req *r, struct resp *w, int status)
{
	struct view_form_field f[] = {
		form_field(r, PARAMS_SIGN_UP, "nom", STR_NONE, "Celui que l’on verra sous vos fiches. Un prénom suffit."),
		form_field(r, PARAMS_SIGN_UP, "courriel", STR_NONE, "Pour vous connecter et vous répondre. Nous ne le montrons à personne."),
		form_field(r, PARAMS_SIGN_UP, "mot_de_passe", STR_NONE, "Au moins 12 caractères : quatre mots sans rapport entre eux conviennent très bien."),
		form_field(r, PARAMS_SIGN_UP, "charte", STR_NONE, "Vos fiches paraissent sous licence libre (CC BY-SA 4.0), avec votre nom. Vous pouvez tout emporter, ou partir, à tout moment."),
	};
	struct view_link ways[] = { { STR("Déjà un compte ? Se connecter"), sign_link(r, "/connexion") },
		                    { STR("Lire la charte"), link_fmt(r->arena, "/charte") } };
	struct view_form_pair kept = { STR("retour"), req_param(r, "retour") };

	f[0].autocomplete = STR("name");
	f[2].autocomplete = STR("new-password");
	f[0].required = f[1].required = f[2].required = true;
	f[3].checks = true;
	struct view_form_option box = { .value = STR("1"), .label = STR("J’accepte la charte : des faits, des sources, du respect.") };
	form_options(r, &f[3], &box, 1, NULL, 0);
	struct view_door door = { .title = STR("Ouvrir un compte"),
		                  .lead = STR("Pour proposer une fiche, la suivre, et répondre à ceux qui la relisent."),
		                  .action = link_fmt(r->arena, "/inscription"),
		                  .hidden = form_hidden(r, false),
		                  .kept = { &kept, kept.value.n ? 1 : 0 },
		                  .trap = true,
		                  .fields = { f, 4 },
		                  .button = STR("Ouvrir mon compte"),
		                  .links = { ways, 2 },
		                  .note_title = STR("Ce que nous gardons"),
		                  .note = STR("Un nom, une adresse, un mot de passe que nous ne pouvons pas relire. Aucune statistique sur vous, aucun tiers, et tout s’efface d’un geste.") };
	return door_send(r, w, &door, status);
}

/* What the link will make: kept with it, the password hashed. */
static struct str
pending_json(struct req *r, struct str name, struct str email, const char *encoded)
{
	struct buf b;

	buf_init(&b, r->arena, 512);
	struct json_out j = json_out(&b);
	json_begin_object(&j);
	json_key(&j, "nom"), json_str(&j, name);
	json_key(&j, "courriel"), json_str(&j, email);
	json_key(&j, "mot_de_passe"), json_str(&j, str_of(encoded));
	json_key(&j, "retour"), json_str(&j, req_param(r, "retour"));
	json_end(&j);
	return buf_str(&b);
}

static enum err
sign_up_mail(struct req *r, struct str name, struct str email, const char *encoded)
{
	struct account who;
	struct token t;
	enum err e = account_find(r->write, r->arena, email, 0, &who);

	if (e)
		return e;
	bool known = who.id != 0;
	token_make(&t);
	e = token_put(r->write, r->arena, str_of(t.sum), known ? "mot_de_passe" : "inscription", who.id, 0,
	              known ? STR_NONE : pending_json(r, name, email, encoded), known ? RESET_LASTS_S : CONFIRM_LASTS_S);
	if (e)
		return e;
	if (known) {
		struct mail m = { .to = who.email, .kind = STR("inscription"), .subject = STR("Vous avez déjà un compte"),
			          .letter = { LETTER_PARAGRAPHS(STR("Bonjour,"), STR("Un compte vient d’être demandé sur Catalyse avec cette adresse, qui en a déjà un. Connectez-vous avec votre mot de passe, ou choisissez-en un autre.")),
			                      LETTER_LINKS({ STR("Choisir un mot de passe"), sign_mailed(r, "/mot-de-passe/choisir", &t) }),
			                      LETTER_AFTER(STR("Ce lien sert une fois, pendant une heure. Si vous n’avez rien demandé, ne faites rien : votre compte n’a pas changé.")) } };
		return mail_queue(r->write, r->arena, &m, NULL);
	}
	struct mail m = { .to = email, .kind = STR("inscription"), .subject = STR("Confirmez votre adresse"),
		          .letter = { LETTER_PARAGRAPHS(STR("Bonjour,"), STR("Un compte vient d’être demandé sur Catalyse avec cette adresse. Pour l’ouvrir, confirmez qu’elle est bien à vous.")),
		                      LETTER_LINKS({ STR("Ouvrir mon compte"), sign_mailed(r, "/inscription/confirmer", &t) }),
		                      LETTER_AFTER(STR("Ce lien sert une fois, pendant trois jours. Si vous n’avez rien demandé, ne faites rien : sans ce geste, aucun compte n’existe.")) } };
	return mail_queue(r->write, r->arena, &m, NULL);
}

enum err
page_sign_up(struct req *r, struct resp *w)
{
	char encoded[PASSWORD_ENCODED + 1];
	bool many;

	if (r->method != METHOD_POST)
		return sign_up_form(r, w, 200);
	struct str name = req_param(r, "nom"), email = req_param(r, "courriel"), password = req_param(r, "mot_de_passe");
	form_needs(r, "nom", "Écrivez le nom que l’on verra.");
	form_needs(r, "courriel", "Écrivez votre adresse de courriel.");
	form_needs(r, "mot_de_passe", "Choisissez un mot de passe.");
	if (password.n) {
		struct str why = password_refusal(r->arena, password, (struct str[]){ email, name }, 2);
		if (why.n)
			form_fault(r, "mot_de_passe", "%.*s", (int)why.n, why.p);
	}
	if (!str_eq(req_param(r, "charte"), STR("1")))
		form_fault(r, "charte", "Sans cet accord, vos fiches ne pourraient pas paraître.");
	if (r->nnotices == 0 && r->form_age_ms < FORM_AGE_MIN_MS)
		form_fault(r, "formulaire", "Ce formulaire nous est revenu très vite, comme le font les robots. Envoyez-le à nouveau, tel quel.");
	if (r->refused || r->nnotices)
		return sign_up_form(r, w, 422);
	enum err e = too_many(r, email, &many);
	/* Hashed whatever happens: its time says nothing of who is known. */
	if (!e)
		e = password_hash(password, encoded);
	/* The field that people do not see was filled: nothing is sent. */
	if (!e && !many && !req_typed(r, "site_web").n)
		e = sign_up_mail(r, name, email, encoded);
	return e ? e : look_at_your_mail(r, w, "Ouvrir un compte");
}

/* A link that does not open: why, and what to do. */
static enum err
link_dead(struct req *r, struct resp *w, const struct handed *h, const char *title, const char *again, const char *path)
{
	struct view_link ways[] = { { STR("Se connecter"), link_fmt(r->arena, "/connexion") }, { str_of(again), link_fmt(r->arena, "%s", path) } };
	struct view_door door = { .title = str_of(title),
		                  .lead = h->used ? STR("Ce lien a déjà servi. S’il a fait ce que vous vouliez, il suffit de vous connecter.")
		                          : h->late ? STR("Ce lien est trop ancien. Un autre se demande en un instant.")
		                                    : STR("Ce lien n’est pas entier, ou n’est pas de nous. Copiez-le en entier, ou demandez-en un autre."),
		                  .links = { ways, 2 } };
	return door_send(r, w, &door, h->used || h->late ? 410 : 404);
}

static enum err
link_find(struct req *r, const char *purpose, struct handed *ret)
{
	*ret = (struct handed){ 0 };
	enum err e = token_find(r->write, r->arena, req_param(r, "jeton"), purpose, ret);
	return e == ERR_NOT_FOUND ? ERR_NONE : e;
}

static bool
link_good(const struct handed *h)
{
	return (h->account || h->data.n) && !h->used && !h->late;
}

static struct url
link_again(struct req *r)
{
	struct str t = req_param(r, "jeton");
	return link_fmt(r->arena, "%.*s?jeton=%.*s", (int)r->path.n, r->path.p, (int)t.n, t.p ? t.p : "");
}

enum err
page_confirm(struct req *r, struct resp *w)
{
	const struct json *data;
	struct handed h;
	struct account who;
	int64_t id;
	enum err e = link_find(r, "inscription", &h);

	if (e)
		return e;
	if (!link_good(&h))
		return link_dead(r, w, &h, "Confirmer votre adresse", "Ouvrir un compte", "/inscription");
	if ((e = json_parse(r->arena, h.data, &data)))
		return e;
	struct str email = json_text(json_get(data, "courriel")), back = json_text(json_get(data, "retour"));
	if (r->method != METHOD_POST) {
		struct view_door door = { .title = STR("Confirmer votre adresse"),
			                  .lead = arena_fmt(r->arena, "Un geste, et le compte de %.*s est ouvert.", (int)email.n, email.p),
			                  .action = link_again(r),
			                  .hidden = form_hidden(r, false),
			                  .button = STR("Ouvrir mon compte") };
		return door_send(r, w, &door, 200);
	}
	if ((e = token_use(r->write, r->arena, req_param(r, "jeton"), "inscription", &h)) ||
	    (e = account_create(r->write, r->arena, json_text(json_get(data, "nom")), email, json_text(json_get(data, "mot_de_passe")), true, &id)))
		return e == ERR_NOT_FOUND ? link_dead(r, w, &(struct handed){ .used = true }, "Confirmer votre adresse", "Ouvrir un compte", "/inscription") : e;
	if (id == 0) { /* two links for one address: the first one opened it */
		resp_redirect(w, 303, STR("/connexion"));
		return ERR_NONE;
	}
	if ((e = account_find(r->write, r->arena, STR_NONE, id, &who)) || (e = sign_open(r, w, &who, false)))
		return e;
	resp_redirect(w, 303, back.n ? back : STR("/mon-espace?fait=inscription"));
	return ERR_NONE;
}

/* another password */

static enum err
reset_form(struct req *r, struct resp *w, int status)
{
	struct view_form_field f = form_field(r, PARAMS_RESET, "courriel", STR_NONE, "Celle de votre compte.");
	struct view_link ways[] = { { STR("Se connecter"), link_fmt(r->arena, "/connexion") }, { STR("Ouvrir un compte"), link_fmt(r->arena, "/inscription") } };

	f.required = true;
	f.autocomplete = STR("username");
	struct view_door door = { .title = STR("Mot de passe oublié"),
		                  .lead = STR("Donnez votre adresse : un lien vous permettra d’en choisir un autre."),
		                  .action = link_fmt(r->arena, "/mot-de-passe"),
		                  .hidden = form_hidden(r, false),
		                  .trap = true,
		                  .fields = { &f, 1 },
		                  .button = STR("Recevoir le lien"),
		                  .links = { ways, 2 } };
	return door_send(r, w, &door, status);
}

static enum err
reset_mail(struct req *r, struct str email)
{
	struct account who;
	struct token t;
	enum err e = account_find(r->write, r->arena, email, 0, &who);

	if (e)
		return e;
	bool open = who.id && !str_eq(who.state, STR("suspendu"));
	token_make(&t);
	/* For nobody: a link that opens nothing, so that the same statements are run. */
	if ((e = token_put(r->write, r->arena, str_of(t.sum), open ? "mot_de_passe" : "sans_compte", who.id, 0, STR_NONE, RESET_LASTS_S)))
		return e;
	if (who.id == 0) {
		struct mail m = { .to = email, .kind = STR("mot_de_passe"), .subject = STR("Aucun compte à cette adresse"),
			          .letter = { LETTER_PARAGRAPHS(STR("Bonjour,"), STR("Un mot de passe a été demandé pour cette adresse, mais aucun compte ne la porte. Peut-être en avez-vous donné une autre ?")),
			                      LETTER_LINKS({ STR("Ouvrir un compte"), arena_fmt(r->arena, "%.*s/inscription", (int)r->base.n, r->base.p) }),
			                      LETTER_AFTER(STR("Si vous n’avez rien demandé, ne faites rien.")) } };
		return mail_queue(r->write, r->arena, &m, NULL);
	}
	if (!open) {
		struct mail m = { .to = who.email, .kind = STR("mot_de_passe"), .subject = STR("Votre compte est suspendu"),
			          .letter = { LETTER_PARAGRAPHS(STR("Bonjour,"), STR("Un mot de passe a été demandé pour votre compte, qui est suspendu. Écrivez-nous si c’est une erreur : notre adresse est dans les mentions légales.")),
			                      LETTER_LINKS({ STR("Mentions légales"), arena_fmt(r->arena, "%.*s/mentions-legales", (int)r->base.n, r->base.p) }) } };
		return mail_queue(r->write, r->arena, &m, NULL);
	}
	struct mail m = { .to = who.email, .kind = STR("mot_de_passe"), .subject = STR("Choisir un mot de passe"),
		          .letter = { LETTER_PARAGRAPHS(STR("Bonjour,"), STR("Un autre mot de passe a été demandé pour votre compte. Ce lien permet de le choisir.")),
		                      LETTER_LINKS({ STR("Choisir un mot de passe"), sign_mailed(r, "/mot-de-passe/choisir", &t) }),
		                      LETTER_AFTER(STR("Ce lien sert une fois, pendant une heure. Si vous n’avez rien demandé, ne faites rien : votre mot de passe n’a pas changé.")) } };
	return mail_queue(r->write, r->arena, &m, NULL);
}

enum err
page_reset(struct req *r, struct resp *w)
{
	bool many;

	if (r->method != METHOD_POST)
		return reset_form(r, w, 200);
	struct str email = req_param(r, "courriel");
	form_needs(r, "courriel", "Écrivez votre adresse de courriel.");
	if (r->refused || r->nnotices)
		return reset_form(r, w, 422);
	enum err e = too_many(r, email, &many);
	if (!e && !many && !req_typed(r, "site_web").n)
		e = reset_mail(r, email);
	return e ? e : look_at_your_mail(r, w, "Mot de passe oublié");
}

static enum err
choose_form(struct req *r, struct resp *w, int status)
{
	struct view_form_field f = form_field(r, PARAMS_CHOOSE, "mot_de_passe", STR_NONE, "Au moins 12 caractères : quatre mots sans rapport entre eux conviennent très bien.");

	f.autocomplete = STR("new-password");
	f.required = true;
	struct view_door door = { .title = STR("Choisir un mot de passe"),
		                  .lead = STR("Vos autres sessions seront fermées."),
		                  .action = link_again(r),
		                  .hidden = form_hidden(r, false),
		                  .fields = { &f, 1 },
		                  .button = STR("Garder ce mot de passe") };
	return door_send(r, w, &door, status);
}

enum err
page_choose(struct req *r, struct resp *w)
{
	struct account who;
	struct handed h;
	int64_t cut;
	bool done;
	enum err e = link_find(r, "mot_de_passe", &h);

	if (e)
		return e;
	if (!link_good(&h))
		return link_dead(r, w, &h, "Choisir un mot de passe", "Demander un autre lien", "/mot-de-passe");
	if (r->method != METHOD_POST)
		return choose_form(r, w, 200);
	if ((e = account_find(r->write, r->arena, STR_NONE, h.account, &who)))
		return e;
	if (str_eq(who.state, STR("suspendu"))) /* no password opens it */
		return link_dead(r, w, &(struct handed){ .late = true }, "Choisir un mot de passe", "Demander un autre lien", "/mot-de-passe");
	struct str password = req_param(r, "mot_de_passe");
	form_needs(r, "mot_de_passe", "Choisissez un mot de passe.");
	if (password.n) {
		struct str why = password_refusal(r->arena, password, (struct str[]){ who.email, who.name }, 2);
		if (why.n)
			form_fault(r, "mot_de_passe", "%.*s", (int)why.n, why.p);
	}
	if (r->refused || r->nnotices)
		return choose_form(r, w, 422);
	if ((e = token_use(r->write, r->arena, req_param(r, "jeton"), "mot_de_passe", &h)))
		return e == ERR_NOT_FOUND ? link_dead(r, w, &(struct handed){ .used = true }, "Choisir un mot de passe", "Demander un autre lien", "/mot-de-passe") : e;
	if ((e = account_password(r->write, r->arena, who.id, password, 0, &cut)) || (e = attempt_forget(r->write, r->arena, "connexion", who.email)) ||
	    (e = journal_add(r->write, r->arena, who.id, "mot_de_passe_change", "compte", who.id, STR_NONE, STR_NONE)))
		return e;
	/* The address is proven by the link. */
	if (str_eq(who.state, STR("en_attente")) && (e = account_state(r->write, r->arena, who.id, STR("actif"), &done)))
		return e;
	if ((e = sign_told(r, &who, "Votre mot de passe a changé", "Le mot de passe de votre compte vient d’être changé, par un lien envoyé à cette adresse. Toutes les sessions ont été fermées.")) ||
	    (e = sign_open(r, w, &who, false)))
		return e;
	resp_redirect(w, 303, who.totp.n || who.staff ? STR("/connexion/second-facteur?retour=/compte%3Ffait%3Dmot-de-passe") : STR("/compte?fait=mot-de-passe"));
	return ERR_NONE;
}

enum err
sign_told(struct req *r, const struct account *who, const char *subject, const char *says)
{
	struct mail m = { .to = who->email, .account = who->id, .kind = STR("securite"), .subject = str_of(subject),
		          .letter = { LETTER_PARAGRAPHS(STR("Bonjour,"), str_of(says)),
		                      LETTER_LINKS({ STR("Voir mon compte"), arena_fmt(r->arena, "%.*s/compte", (int)r->base.n, r->base.p) }),
		                      LETTER_AFTER(STR("Si ce n’est pas vous, demandez tout de suite un autre mot de passe, puis fermez les autres sessions.")) } };

	return mail_queue(r->write, r->arena, &m, NULL);
}
