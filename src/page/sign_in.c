/*
 * /connexion, /connexion/second-facteur, /deconnexion. An address that is unknown, a password that is wrong and an account that waits
 * run the same statements, take the same time and get the same page. Tries are counted by account, known or not: they make one wait,
 * they lock nobody out, since a link by mail always opens (/mot-de-passe).
 */
#include "crypt/qr.h"
#include "crypt/seal.h"
#include "gen/tpl.h"
#include "page/sign.h"
#include "text/agent.h"
#include "text/slug.h"
#include "web/query.h"

#include <time.h>

struct str
sign_back(const struct req *r)
{
	struct str back = req_param(r, "retour");

	return back.n ? back : STR("/mon-espace");
}

struct url
sign_link(struct req *r, const char *path)
{
	struct str back = req_param(r, "retour");
	struct buf b;

	buf_init(&b, r->arena, 256);
	buf_put(&b, str_of(path));
	if (back.n) {
		buf_lit(&b, "?retour=");
		query_encode(&b, back, true);
	}
	struct str s = buf_str(&b);
	return (struct url){ s.p, s.n };
}

enum err
door_send(struct req *r, struct resp *w, struct view_door *door, int status)
{
	struct buf main;

	if (door->crumbs.n == 0)
		door->crumbs = crumbs(r->arena, 1, &(struct view_link){ door->title, { NULL, 0 } });
	door->faults = form_faults(r);
	buf_init(&main, r->arena, 16384);
	tpl_door(&main, door);
	struct view_layout layout = { .title = door->title, .noindex = true, .nav_self = true, .head_search = true };
	w->status = status;
	return page_send(r, w, &layout, &main);
}

enum err
sign_wait(struct req *r, struct resp *w, int64_t seconds)
{
	int64_t minutes = (seconds + 59) / 60;
	struct view_link ways[] = { { STR("Recevoir un lien par courriel"), link_fmt(r->arena, "/mot-de-passe") }, { STR("Retour à l’accueil"), link_fmt(r->arena, "/") } };
	struct view_door door = { .title = STR("Un peu de patience"),
		                  .lead = arena_fmt(r->arena, "Il y a eu trop d’essais pour cette adresse. Réessayez dans %lld minute%s : rien n’est bloqué, et votre compte est intact.",
		                                    (long long)minutes, minutes > 1 ? "s" : ""),
		                  .links = { ways, 2 },
		                  .note_title = STR("Vous êtes pressé ?"),
		                  .note = STR("Un lien envoyé par courriel vous fait entrer tout de suite et permet de choisir un autre mot de passe.") };

	resp_header(w, "Retry-After", arena_fmt(r->arena, "%lld", (long long)seconds));
	return door_send(r, w, &door, 429);
}

enum err
sign_open(struct req *r, struct resp *w, const struct account *who, bool second_factor)
{
	bool half = who->totp.n && !second_factor;
	int lasts = half ? SESSION_HALF_LASTS_S : who->staff ? SESSION_STAFF_LASTS_S : SESSION_LASTS_S;
	const struct actor *a;
	struct token t;
	int64_t cut;
	enum err e = actor_find(r, &a);

	if (!e && a->session && a->id != who->id)
		e = session_cut(r->write, r->arena, a->id, a->session, 0, &cut);
	if (!e)
		e = session_open(r->write, r->arena, who->id, second_factor, agent_words(r->arena, r->user_agent), lasts, a->id == who->id ? a->session : 0, &t);
	if (e)
		return e;
	struct str text = arena_str(r->arena, str_of(t.text));
	actor_cookie(r, w, text, lasts);
	r->cookie_session = text;
	r->actor = NULL; /* found again by whoever asks */
	return ERR_NONE;
}

/* One spelling of an address, the one it is counted and looked for by: that of account_find. */
static struct str
email_plain(struct arena *a, struct str s)
{
	while (s.n && (unsigned char)s.p[0] <= ' ')
		s.p++, s.n--;
	while (s.n && (unsigned char)s.p[s.n - 1] <= ' ')
		s.n--;
	char *lower = arena_cstr(a, s);
	for (char *p = lower; *p; p++)
		*p = *p >= 'A' && *p <= 'Z' ? (char)(*p + 32) : *p;
	return str_of(lower);
}

enum err
sign_password(struct req *r, struct str email, struct str password, struct account *ret, int64_t *ret_wait, struct str *ret_why)
{
	struct account who;
	struct str visitor;
	int64_t late;
	bool same;

	*ret = (struct account){ 0 };
	*ret_why = STR("L’adresse ou le mot de passe ne convient pas.");
	email = email_plain(r->arena, email);
	/* A form sent after its session ended signs in from any address of the site: who knocks is counted here, not by the paths. */
	enum err e = actor_visitor(r, &visitor);
	if (e || (e = attempt_note(r->write, r->arena, "porte", visitor, VISITOR_TRIES, VISITOR_TRIES_PER_S, ret_wait)) || *ret_wait)
		return e;
	e = attempt_wait(r->write, r->arena, "connexion", email, TRIES, TRIES_PER_S, ret_wait);
	if (e || *ret_wait)
		return e;
	if ((e = account_find(r->write, r->arena, email, 0, &who)) || (e = account_verify(r->write, r->arena, &who, password, &same)))
		return e;
	if (!same)
		return attempt_note(r->write, r->arena, "connexion", email, TRIES, TRIES_PER_S, &late);
	/* Whoever knows the password may be told how the account is. */
	if (str_eq(who.state, STR("en_attente")))
		*ret_why = STR("Cette adresse n’est pas encore confirmée : ouvrez le lien du courriel que nous vous avons envoyé, ou demandez un nouveau mot de passe.");
	else if (!str_eq(who.state, STR("actif")))
		*ret_why = STR("Ce compte est suspendu. Écrivez-nous si c’est une erreur : l’adresse est dans les mentions légales.");
	else
		*ret = who;
	return attempt_forget(r->write, r->arena, "connexion", email);
}

enum err
sign_factor(struct req *r, const struct account *who, struct str code, bool *ret_good, bool *ret_rescue, int64_t *ret_wait)
{
	int64_t late;

	*ret_good = *ret_rescue = false;
	enum err e = attempt_wait(r->write, r->arena, "code", who->email, TRIES, TRIES_PER_S, ret_wait);
	if (e || *ret_wait)
		return e;
	if ((e = account_totp_check(r->write, r->arena, who, code, ret_good, ret_rescue)))
		return e;
	return *ret_good ? attempt_forget(r->write, r->arena, "code", who->email)
	                 : attempt_note(r->write, r->arena, "code", who->email, TRIES, TRIES_PER_S, &late);
}

static const struct {
	const char *code, *says;
} done_words[] = {
	{ "deconnexion", "Vous êtes déconnecté. À bientôt." },
	{ "mot-de-passe", "Votre mot de passe est changé. Connectez-vous avec le nouveau." },
	{ "suppression", "Votre compte est supprimé." },
};

static enum err
sign_in_form(struct req *r, struct resp *w, int status)
{
	struct view_form_field f[] = { form_field(r, PARAMS_SIGN_IN, "courriel", STR_NONE, NULL), form_field(r, PARAMS_SIGN_IN, "mot_de_passe", STR_NONE, NULL) };
	struct view_link ways[] = { { STR("Mot de passe oublié"), link_fmt(r->arena, "/mot-de-passe") },
		                    { STR("Pas encore de compte ? En ouvrir un"), sign_link(r, "/inscription") } };
	struct view_form_pair kept = { STR("retour"), req_param(r, "retour") };
	struct str done = req_param(r, "fait");

	f[0].autocomplete = STR("username");
	f[1].autocomplete = STR("current-password");
	f[0].required = f[1].required = true;
	struct view_door door = { .title = STR("Se connecter"),
		                  .action = link_fmt(r->arena, "/connexion"),
		                  .hidden = form_hidden(r, false),
		                  .kept = { &kept, kept.value.n ? 1 : 0 },
		                  .fields = { f, 2 },
		                  .button = STR("Se connecter"),
		                  .links = { ways, 2 },
		                  .note_title = STR("Lire ne demande rien"),
		                  .note = STR("Proposer une fiche se peut aussi sans compte. Un compte sert à suivre ses fiches et à répondre à qui les relit. Pour tout le reste, il n’en faut pas.") };
	for (size_t i = 0; i < sizeof(done_words) / sizeof(*done_words); i++)
		if (str_eq(done, str_of(done_words[i].code)))
			door.done = str_of(done_words[i].says);
	if (!door.done.n && kept.value.n)
		door.lead = STR("Cette page est à vous : dites-nous d’abord qui vous êtes.");
	return door_send(r, w, &door, status);
}

static void
go(struct req *r, struct resp *w, const struct account *who, bool second_factor)
{
	struct str back = sign_back(r);
	struct url ask = sign_link(r, "/connexion/second-facteur");

	resp_redirect(w, 303, (who->totp.n || who->staff) && !second_factor ? (struct str){ ask.p, ask.n } : back);
}

enum err
page_sign_in(struct req *r, struct resp *w)
{
	const struct actor *a;
	struct account who;
	struct str why;
	int64_t wait;

	if (r->method != METHOD_POST) {
		enum err found = actor_find(r, &a);
		if (found || !a->session)
			return found ? found : sign_in_form(r, w, 200);
		who = (struct account){ .id = a->id, .totp = a->has_totp ? STR("1") : STR_NONE, .staff = a->role >= ROLE_FACILITATOR };
		go(r, w, &who, a->second_factor);
		return ERR_NONE;
	}
	struct str email = req_param(r, "courriel"), password = req_param(r, "mot_de_passe");
	if (!req_typed(r, "courriel").n)
		form_fault(r, "courriel", "Écrivez votre adresse de courriel.");
	if (!req_typed(r, "mot_de_passe").n)
		form_fault(r, "mot_de_passe", "Écrivez votre mot de passe.");
	if (r->refused || !email.n || !password.n)
		return sign_in_form(r, w, 422);
	enum err e = sign_password(r, email, password, &who, &wait, &why);
	if (e)
		return e;
	if (wait)
		return sign_wait(r, w, wait);
	if (who.id == 0) {
		form_fault(r, "formulaire", "%.*s", (int)why.n, why.p);
		return sign_in_form(r, w, 422);
	}
	if ((e = sign_open(r, w, &who, false)))
		return e;
	go(r, w, &who, false);
	return ERR_NONE;
}

/* Before the transaction of the page: one of its own, since what was tried is to be counted whatever the page does. */
enum err
sign_in_resumed(struct req *r, struct resp *w)
{
	struct str email = req_typed(r, "connexion_courriel"), code = req_typed(r, "connexion_code"), why = STR_NONE;
	struct account who = { 0 };
	const struct actor *a = NULL;
	bool good = false, rescue;
	int64_t wait = 0;
	enum err e = db_begin(r->write);

	if (e)
		return e;
	if (email.n) {
		e = sign_password(r, email, req_typed(r, "connexion_mot_de_passe"), &who, &wait, &why);
		good = who.id != 0;
	} else if (!(e = actor_find(r, &a)) && a->id && !(e = account_find(r->write, r->arena, STR_NONE, a->id, &who))) {
		e = sign_factor(r, &who, code, &good, &rescue, &wait);
		why = STR("Ce code n’est pas le bon, ou a déjà servi.");
	}
	if (!e && good)
		e = sign_open(r, w, &who, !email.n);
	if (e) {
		db_rollback(r->write);
		return e;
	}
	if ((e = db_commit(r->write)))
		return e;
	if (good)
		return ERR_NONE;
	if (wait)
		why = arena_fmt(r->arena, "Trop d’essais : réessayez dans %lld minutes.", (long long)(wait + 59) / 60);
	form_fault(r, email.n ? "connexion_courriel" : "connexion_code", "%.*s", (int)why.n, why.p);
	return email.n ? ERR_UNAUTHENTICATED : ERR_SECOND_FACTOR;
}

enum err
page_sign_out(struct req *r, struct resp *w)
{
	const struct actor *a;
	int64_t cut;
	enum err e = actor_find(r, &a);

	if (!e && a->session)
		e = session_cut(r->write, r->arena, a->id, a->session, 0, &cut);
	if (e)
		return e;
	actor_cookie(r, w, STR_NONE, 0);
	resp_header(w, "Clear-Site-Data", STR("\"cookies\", \"storage\""));
	resp_redirect(w, 303, STR("/connexion?fait=deconnexion"));
	return ERR_NONE;
}

/* second factor: asked, or set up by whoever must have one and has none */

static struct str
seal_purpose(struct req *r, int64_t id)
{
	return arena_fmt(r->arena, "propose:%lld", (long long)id);
}

static enum err
code_form(struct req *r, struct resp *w, const struct account *who, struct str secret, int status)
{
	struct arena *a = r->arena;
	bool replaces = secret.n && who->totp.n;
	struct view_form_field f[] = { form_field(r, PARAMS_SECOND_FACTOR, "code", STR_NONE,
	                                          secret.n ? "Les six chiffres que l’application montre maintenant."
	                                                   : "Les six chiffres de votre application, ou un de vos codes de secours."),
		                       form_field(r, PARAMS_SECOND_FACTOR, "mot_de_passe", STR_NONE, NULL) };
	struct view_form_pair kept[3] = { { STR("retour"), req_param(r, "retour") } };
	size_t nkept = kept[0].value.n ? 1 : 0;

	f[0].value = STR_NONE;
	f[0].autocomplete = STR("one-time-code");
	f[0].required = true;
	f[1].autocomplete = STR("current-password");
	f[1].required = true;
	struct view_door door = { .title = STR("Votre second facteur"),
		                  .lead = STR("Votre mot de passe est bon. Il reste un code, pour être sûrs que c’est vous."),
		                  .action = link_fmt(a, "/connexion/second-facteur"),
		                  .hidden = form_hidden(r, false),
		                  .fields = { f, replaces ? 2 : 1 },
		                  .button = STR("Continuer"),
		                  .note_title = STR("Téléphone perdu ?"),
		                  .note = STR("Un code de secours fonctionne une fois. Sans eux, écrivez à l’équipe : l’adresse est dans les mentions légales.") };
	if (secret.n) {
		struct crypt_key key;
		enum err e = actor_key(r, STR("second_facteur"), &key);
		if (e)
			return e;
		kept[nkept++] = (struct view_form_pair){ STR("secret"), seal(a, &key, seal_purpose(r, who->id), secret) };
		key_forget(&key);
		if (replaces)
			kept[nkept++] = (struct view_form_pair){ STR("remplacer"), STR("1") };
		door.title = STR("Protéger votre compte");
		door.lead = who->staff ? STR("Vous relisez et décidez pour d’autres : un mot de passe seul ne suffit pas. Cela prend une minute, une seule fois.")
		                       : STR("Un code de votre téléphone, en plus du mot de passe. Cela prend une minute, une seule fois.");
		door.picture = qr_svg(a, totp_uri(a, secret, STR("Catalyse"), who->email), STR("Code à scanner avec l’application"));
		door.secret_label = STR("Ouvrez une application de codes (FreeOTP, Aegis, celle de votre téléphone) et scannez ce dessin, ou tapez ce secret :");
		struct buf spaced;
		buf_init(&spaced, a, 64);
		for (size_t i = 0; i < secret.n; i++) {
			if (i && i % 4 == 0)
				buf_char(&spaced, ' ');
			buf_char(&spaced, secret.p[i]);
		}
		door.secret = buf_str(&spaced);
		door.button = STR("Activer");
		door.note_title = STR("Et si je perds mon téléphone ?");
		door.note = STR("Dix codes de secours vous seront donnés juste après, à garder sur papier.");
	}
	door.kept = (struct view_form_pairs){ kept, nkept };
	return door_send(r, w, &door, status);
}

enum err
sign_rescue(struct req *r, struct resp *w, const struct account *who, struct str back)
{
	struct recovery codes[RECOVERY_CODES];
	struct str *shown = arena_array(r->arena, struct str, RECOVERY_CODES);
	enum err e = account_rescue_make(r->write, r->arena, who->id, codes);

	if (e)
		return e;
	for (int i = 0; i < RECOVERY_CODES; i++)
		shown[i] = arena_str(r->arena, str_of(codes[i].text));
	struct view_door door = { .title = STR("Vos codes de secours"),
		                  .lead = STR("Gardez-les sur papier, loin de votre téléphone. Nous ne pourrons plus vous les montrer."),
		                  .done = STR("Votre second facteur est actif."),
		                  .codes = { shown, RECOVERY_CODES },
		                  .next = { STR("C’est noté, continuer"), { back.p, back.n } },
		                  .note_title = STR("À quoi servent-ils ?"),
		                  .note = STR("Chacun remplace une fois le code de votre application. D’autres se demandent à tout moment dans votre compte.") };
	w->secret = true;
	return door_send(r, w, &door, 200);
}

/* The secret that a form of ours proposed to this very account; false otherwise. */
static bool
proposed(struct req *r, const struct account *who, struct str *ret)
{
	struct crypt_key key;

	if (!req_param(r, "secret").n || actor_key(r, STR("second_facteur"), &key))
		return false;
	bool ours = unseal(r->arena, &key, seal_purpose(r, who->id), req_param(r, "secret"), ret);
	key_forget(&key);
	return ours;
}

static enum err
second_factor_set(struct req *r, struct resp *w, struct account *who, struct str code)
{
	struct str secret;
	int64_t step, cut;

	if (!proposed(r, who, &secret)) {
		char made[TOTP_SECRET + 1];
		totp_secret_make(made);
		form_fault(r, "formulaire", "Cette proposition n’est plus valable. En voici une autre.");
		return code_form(r, w, who, arena_str(r->arena, str_of(made)), 422);
	}
	if (!totp_check(secret, code, time(NULL), &step)) {
		form_fault(r, "code", "Ce code n’est pas celui de ce secret. Vérifiez que l’heure du téléphone est automatique, puis tapez le code du moment.");
		return code_form(r, w, who, secret, 422);
	}
	enum err e = ERR_NONE;
	if (who->totp.n) { /* another telephone in place of the one there was: not for whoever finds a session open */
		struct account same = { 0 };
		struct str why;
		int64_t wait = 0;
		if ((e = sign_password(r, who->email, req_param(r, "mot_de_passe"), &same, &wait, &why)))
			return e;
		if (wait)
			return sign_wait(r, w, wait);
		if (same.id != who->id) {
			form_fault(r, "mot_de_passe", "Ce n’est pas votre mot de passe.");
			return code_form(r, w, who, secret, 422);
		}
	}
	e = account_totp_set(r->write, r->arena, who->id, secret, step);
	who->totp = secret;
	if (!e)
		e = sign_open(r, w, who, true);
	const struct actor *a = NULL;
	if (!e)
		e = actor_find(r, &a);
	if (!e)
		e = session_cut(r->write, r->arena, who->id, 0, a->session, &cut);
	return e ? e : sign_rescue(r, w, who, sign_back(r));
}

enum err
page_second_factor(struct req *r, struct resp *w)
{
	const struct actor *a;
	struct account who;
	bool good, rescue;
	int64_t wait;
	enum err e = actor_find(r, &a);

	if (e)
		return e;
	if (!a->session) {
		struct url to = sign_link(r, "/connexion");
		resp_redirect(w, 303, (struct str){ to.p, to.n });
		return ERR_NONE;
	}
	if ((e = account_find(r->write, r->arena, STR_NONE, a->id, &who)))
		return e;
	struct str code = req_param(r, "code");
	/* Another telephone: whoever is in by the former one sets up the new one. */
	bool sets = !who.totp.n || (a->second_factor && str_eq(req_param(r, "remplacer"), STR("1")));
	if (a->second_factor && !sets) {
		resp_redirect(w, 303, sign_back(r));
		return ERR_NONE;
	}
	if (r->method != METHOD_POST) {
		char made[TOTP_SECRET + 1] = "";
		if (sets)
			totp_secret_make(made);
		return code_form(r, w, &who, arena_str(r->arena, str_of(made)), 200);
	}
	if (sets)
		return second_factor_set(r, w, &who, code);
	if (!code.n || r->refused) {
		if (!r->refused)
			form_fault(r, "code", "Écrivez le code.");
		return code_form(r, w, &who, STR_NONE, 422);
	}
	if ((e = sign_factor(r, &who, code, &good, &rescue, &wait)))
		return e;
	if (wait)
		return sign_wait(r, w, wait);
	if (!good) {
		form_fault(r, "code", "Ce code n’est pas le bon, ou a déjà servi. Attendez le suivant.");
		return code_form(r, w, &who, STR_NONE, 422);
	}
	if ((e = sign_open(r, w, &who, true)))
		return e;
	resp_redirect(w, 303, sign_back(r));
	return ERR_NONE;
}
