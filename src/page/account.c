/*
 * /compte: what one sets of one's account, a page of small forms; each posts to an address of its own and comes back here. A form that
 * is refused is shown again among the others, with what was typed. Whatever changes who may come in asks for the password again, is
 * told by mail and is a line of the journal.
 */
#include "crypt/password.h"
#include "gen/tpl.h"
#include "model/mail.h"
#include "page/sign.h"
#include "text/json.h"
#include "text/json_out.h"

enum { SETTINGS = 9 };

/* What was just done: "?fait=..." */
static const struct {
	const char *code, *says;
} done_words[] = {
	{ "inscription", "Votre compte est ouvert. Bienvenue." },
	{ "nom", "Votre nom est changé." },
	{ "adresse-demandee", "Nous venons d’écrire à la nouvelle adresse : elle sera la vôtre quand vous aurez ouvert le lien." },
	{ "adresse", "Votre adresse est changée." },
	{ "mot-de-passe", "Votre mot de passe est changé. Vos autres sessions sont fermées." },
	{ "facteur-ote", "Votre second facteur est ôté." },
	{ "session", "C’est fermé." },
	{ "sessions", "Toutes vos autres sessions sont fermées." },
	{ "jeton-ote", "Le jeton est révoqué : il n’ouvre plus rien." },
	{ "courriels", "Vos préférences sont gardées." },
};

struct sheet_of { /* the page being made */
	struct req *r;
	const struct actor *actor;
	struct view_hidden hidden;
	struct view_setting set[SETTINGS];
	size_t n;
};

static struct view_setting *
setting(struct sheet_of *s, const char *id, const char *title, const char *text)
{
	struct view_setting *v = &s->set[s->n++];

	*v = (struct view_setting){ .id = str_of(id), .title = str_of(title), .text = str_of(text), .hidden = s->hidden };
	return v;
}

static void
ask(struct sheet_of *s, struct view_setting *v, const char *action, const char *button, const struct view_form_field *fields, size_t n)
{
	struct view_form_field *p = arena_array(s->r->arena, struct view_form_field, n);

	for (size_t i = 0; i < n; i++)
		p[i] = fields[i];
	v->action = link_fmt(s->r->arena, "%s", action);
	v->button = str_of(button);
	v->fields = (struct view_form_fields){ p, n };
}

static struct view_form_field
password_field(struct req *r, const char *name, const char *autocomplete, const char *help)
{
	struct view_form_field f = form_field(r, PARAMS_ACCOUNT, name, STR_NONE, help);

	f.autocomplete = str_of(autocomplete);
	f.required = true;
	return f;
}

static void
identity(struct sheet_of *s)
{
	struct req *r = s->r;
	struct view_form_field name = form_field(r, PARAMS_ACCOUNT, "nom", s->actor->name, "Celui que l’on voit sous vos fiches.");
	struct view_form_field address[] = { form_field(r, PARAMS_ACCOUNT, "courriel", STR_NONE, NULL),
		                             password_field(r, "mot_de_passe", "current-password", NULL) };
	struct view_form_field word[] = { password_field(r, "mot_de_passe_actuel", "current-password", NULL),
		                          password_field(r, "mot_de_passe_nouveau", "new-password", "Au moins 12 caractères : quatre mots sans rapport entre eux conviennent très bien.") };

	if (!req_typed(r, "nom").n)
		name.value = s->actor->name; /* another form of this page was sent */
	name.autocomplete = STR("name");
	name.required = address[0].required = true;
	ask(s, setting(s, "nom", "Votre nom", ""), "/compte/nom", "Changer de nom", &name, 1);
	ask(s, setting(s, "adresse", "Votre adresse", arena_cstr(r->arena, arena_fmt(r->arena, "Aujourd’hui : %.*s. La nouvelle se confirme par un lien, et l’ancienne est prévenue.",
	                                                                            (int)s->actor->email.n, s->actor->email.p))),
	    "/compte/adresse", "Changer d’adresse", address, 2);
	ask(s, setting(s, "mot-de-passe", "Votre mot de passe", "En changer ferme toutes vos autres sessions."), "/compte/mot-de-passe", "Changer de mot de passe", word, 2);
}

static enum err
second_factor(struct sheet_of *s)
{
	struct req *r = s->r;
	struct db_rows rows;
	bool staff = s->actor->role >= ROLE_FACILITATOR;

	if (!s->actor->has_totp) {
		struct view_setting *v = setting(s, "facteur", "Second facteur", "Un code de votre téléphone, en plus du mot de passe : celui qui devine le mot de passe n’entre pas pour autant.");
		struct view_link *on = arena_new_of(r->arena, struct view_link);
		*on = (struct view_link){ STR("Activer le second facteur"), link_fmt(r->arena, "/connexion/second-facteur?retour=/compte") };
		v->links = (struct view_links){ on, 1 };
		return ERR_NONE;
	}
	enum err e = db_run(r->write, r->arena, QUERY_TOKEN_COUNT, DB_ARGS(db_arg_int(r->arena, s->actor->id), db_arg_str(STR("secours"))), &rows);
	if (e)
		return e;
	int64_t left = db_int(&rows, 0, COL_TOKEN_COUNT_N);
	struct str codes = words_count(r->arena, left, "un code de secours", "codes de secours");
	struct view_setting *v = setting(s, "facteur", "Second facteur",
	                                 arena_cstr(r->arena, arena_fmt(r->arena, "Actif. Il vous reste %.*s.%s", left ? (int)codes.n : 21, left ? codes.p : "aucun code de secours",
	                                                                staff ? " Vous décidez pour d’autres : il ne s’ôte pas." : "")));
	struct view_form_field same = password_field(r, "mot_de_passe_codes", "current-password", "Dix nouveaux codes de secours, montrés une fois : les anciens ne servent plus.");
	ask(s, v, "/compte/codes-de-secours", "Renouveler les codes de secours", &same, 1);
	struct view_link *other = arena_new_of(r->arena, struct view_link);
	*other = (struct view_link){ STR("Changer de téléphone"), link_fmt(r->arena, "/connexion/second-facteur?remplacer=1&retour=/compte") };
	v->links = (struct view_links){ other, 1 };
	if (!staff) {
		v = setting(s, "facteur-oter", "Ôter le second facteur", "Le mot de passe seul donnera accès à votre compte.");
		struct view_form_field word = password_field(r, "mot_de_passe_facteur", "current-password", NULL);
		ask(s, v, "/compte/second-facteur/oter", "Ôter le second facteur", &word, 1);
	}
	return ERR_NONE;
}

static enum err
sessions(struct sheet_of *s)
{
	struct req *r = s->r;
	struct arena *a = r->arena;
	struct db_rows rows;
	enum err e = db_run(r->write, a, QUERY_SESSION_LIST, DB_ARGS(db_arg_int(a, s->actor->id)), &rows);

	if (e)
		return e;
	struct view_setting *v = setting(s, "sessions", "Vos sessions", "Les navigateurs où vous êtes connecté. Nous n’en gardons que le nom et le jour.");
	struct view_setting_row *p = arena_array(a, struct view_setting_row, rows.nrows);
	for (size_t i = 0; i < rows.nrows; i++) {
		int64_t id = db_int(&rows, i, COL_SESSION_LIST_ID);
		struct view_date from = words_date(a, db_text(&rows, i, COL_SESSION_LIST_CREATED_AT), true),
		                 seen = words_date(a, db_text(&rows, i, COL_SESSION_LIST_SEEN_AT), true);
		bool here = id == s->actor->session;
		p[i] = (struct view_setting_row){ .label = db_text(&rows, i, COL_SESSION_LIST_AGENT),
			                          .note = here ? arena_fmt(a, "Ici même, depuis le %.*s", (int)from.text.n, from.text.p)
			                                       : arena_fmt(a, "Depuis le %.*s, vue le %.*s", (int)from.text.n, from.text.p, (int)seen.text.n, seen.text.p),
			                          .action = link_fmt(a, "/compte/sessions"), .token = s->hidden.token, .name = STR("session"),
			                          .value = arena_fmt(a, "%lld", (long long)id), .button = here ? STR_NONE : STR("Fermer"),
			                          .said = db_text(&rows, i, COL_SESSION_LIST_AGENT) };
	}
	v->rows = (struct view_setting_rows){ p, rows.nrows };
	if (rows.nrows > 1)
		ask(s, v, "/compte/sessions", "Fermer toutes les autres", NULL, 0);
	return ERR_NONE;
}

static enum err
keys(struct sheet_of *s)
{
	static const char *const scopes[][3] = { { "lire", "Lire", "ce que vous pouvez lire, brouillons compris" },
		                                 { "ecrire", "Écrire", "en votre nom : fiches, brouillons" },
		                                 { "relire", "Relire", "décider, là où vous le pouvez" } };
	static const char *const days[][2] = { { "30", "Un mois" }, { "90", "Trois mois" }, { "365", "Un an" } };
	struct req *r = s->r;
	struct arena *a = r->arena;
	struct db_rows rows;
	enum err e = db_run(r->write, a, QUERY_API_TOKEN_LIST, DB_ARGS(db_arg_int(a, s->actor->id)), &rows);

	if (e)
		return e;
	struct view_setting *v = setting(s, "jetons", "Jetons de l’API", "Pour qu’un programme lise ou écrive en votre nom, sans votre mot de passe. Chacun se révoque.");
	struct view_setting_row *p = arena_array(a, struct view_setting_row, rows.nrows);
	for (size_t i = 0; i < rows.nrows; i++) {
		struct str what = db_text(&rows, i, COL_API_TOKEN_LIST_SCOPES), name = db_text(&rows, i, COL_API_TOKEN_LIST_NAME);
		struct view_date until = words_date(a, db_text(&rows, i, COL_API_TOKEN_LIST_EXPIRES_ON), true),
		                 seen = words_date(a, db_text(&rows, i, COL_API_TOKEN_LIST_SEEN_ON), true);
		p[i] = (struct view_setting_row){ .label = name,
			                          .note = arena_fmt(a, "%.*s ; %s %.*s ; %s%.*s", (int)what.n, what.p,
			                                            db_bool(&rows, i, COL_API_TOKEN_LIST_GOOD) ? "jusqu’au" : "périmé depuis le", (int)until.text.n, until.text.p,
			                                            seen.iso.n ? "servi le " : "n’a pas encore servi", seen.iso.n ? (int)seen.text.n : 0, seen.text.p),
			                          .action = link_fmt(a, "/compte/jetons/revoquer"), .token = s->hidden.token, .name = STR("jeton_api"),
			                          .value = arena_fmt(a, "%lld", (long long)db_int(&rows, i, COL_API_TOKEN_LIST_ID)), .button = STR("Révoquer"), .said = name };
	}
	v->rows = (struct view_setting_rows){ p, rows.nrows };
	struct view_form_field f[] = { form_field(r, PARAMS_ACCOUNT, "jeton_nom", STR_NONE, "Pour vous y retrouver : « import du conseil départemental »."),
		                       form_field(r, PARAMS_ACCOUNT, "jeton_portees", STR_NONE, NULL), form_field(r, PARAMS_ACCOUNT, "jeton_jours", STR_NONE, NULL) };
	struct view_form_option what[3], long_[3];
	for (int i = 0; i < 3; i++) {
		what[i] = (struct view_form_option){ .value = str_of(scopes[i][0]), .label = str_of(scopes[i][1]), .help = str_of(scopes[i][2]) };
		long_[i] = (struct view_form_option){ .value = str_of(days[i][0]), .label = str_of(days[i][1]) };
	}
	f[1].checks = f[2].select = true;
	form_options(r, &f[1], what, s->actor->role >= ROLE_FACILITATOR ? 3 : 2, (struct str[]){ STR("lire") }, 1);
	form_options(r, &f[2], long_, 3, (struct str[]){ STR("90") }, 1);
	ask(s, v, "/compte/jetons", "Créer le jeton", f, 3);
	return ERR_NONE;
}

static enum err
mails(struct sheet_of *s)
{
	static const char *const levels[][3] = { { "tout", "Tout", "ce qui m’attend, et les nouvelles de mes fiches" },
		                                 { "resume", "Un résumé par jour", "ce qui m’attend tout de suite, les nouvelles une fois par jour" },
		                                 { "attend", "Seulement ce qui m’attend", "une réponse, une relecture, une vérification" },
		                                 { "aucun", "Rien", "sauf ce qui protège votre compte" } };
	struct req *r = s->r;
	struct mail_choices c;
	enum err e = mail_preference(r->write, r->arena, s->actor->id, &c);

	if (e)
		return e;
	struct view_setting *v = setting(s, "courriels", "Vos courriels", "Chaque courriel a aussi un lien pour ne plus recevoir les semblables.");
	struct view_form_field f[] = { form_field(r, PARAMS_ACCOUNT, "niveau", STR_NONE, NULL), form_field(r, PARAMS_ACCOUNT, "sortes", STR_NONE, "Celles que vous décochez ne partent pas, quel que soit le choix du dessus.") };
	struct view_form_option level[4], *kind = arena_array(r->arena, struct view_form_option, c.n + 1);
	struct str *on = arena_array(r->arena, struct str, c.n + 1);
	size_t non = 0;
	for (int i = 0; i < 4; i++)
		level[i] = (struct view_form_option){ .value = str_of(levels[i][0]), .label = str_of(levels[i][1]), .help = str_of(levels[i][2]) };
	for (size_t i = 0; i < c.n; i++) {
		kind[i] = (struct view_form_option){ .value = c.p[i].kind, .label = c.p[i].label };
		if (!c.p[i].off)
			on[non++] = c.p[i].kind;
	}
	f[0].choices = f[1].checks = true;
	/* Another form of this page is being shown again: what it holds says nothing of these. */
	bool mine = r->method == METHOD_POST && req_typed(r, "niveau").n;
	enum method was = r->method;
	if (!mine)
		r->method = METHOD_GET;
	form_options(r, &f[0], level, 4, &c.level, 1);
	form_options(r, &f[1], kind, c.n, on, non);
	r->method = was;
	ask(s, v, "/compte/courriels", "Garder ces choix", f, 2);
	return ERR_NONE;
}

static void
leaving(struct sheet_of *s)
{
	struct view_link *ways = arena_array(s->r->arena, struct view_link, 2);

	ways[0] = (struct view_link){ STR("Emporter mes données"), link_fmt(s->r->arena, "/compte/export") };
	ways[1] = (struct view_link){ STR("Supprimer mon compte"), link_fmt(s->r->arena, "/compte/supprimer") };
	setting(s, "partir", "Emporter, ou partir", "Tout ce que nous gardons de vous tient en un clic ; le supprimer aussi.")->links = (struct view_links){ ways, 2 };
}

static enum err
account_send(struct req *r, struct resp *w, int status, struct str key_made)
{
	struct arena *a = r->arena;
	struct sheet_of s = { .r = r, .hidden = form_hidden(r, false) };
	struct str done = req_param(r, "fait");
	enum err e = actor_find(r, &s.actor);

	if (e)
		return e;
	identity(&s);
	if ((e = second_factor(&s)) || (e = sessions(&s)) || (e = keys(&s)) || (e = mails(&s)))
		return e;
	leaving(&s);
	struct view_link *contents = arena_array(a, struct view_link, s.n);
	for (size_t i = 0; i < s.n; i++)
		contents[i] = (struct view_link){ s.set[i].title, link_fmt(a, "#%.*s", (int)s.set[i].id.n, s.set[i].id.p) };
	struct view_account v = { .crumbs = crumbs(a, 2, (struct view_link[]){ { STR("Mon espace"), link_fmt(a, "/mon-espace") }, { STR("Mon compte"), { NULL, 0 } } }),
		                  .title = STR("Mon compte"),
		                  .lead = STR("Ce que l’on voit de vous, comment vous entrez, et ce que nous vous écrivons."),
		                  .settings = { s.set, s.n },
		                  .contents = { contents, s.n },
		                  .token = s.hidden.token };
	for (size_t i = 0; i < sizeof(done_words) / sizeof(*done_words) && r->method != METHOD_POST; i++)
		if (str_eq(done, str_of(done_words[i].code)))
			v.done = str_of(done_words[i].says);
	if (key_made.n) {
		v.done = STR("Votre jeton est créé.");
		v.secret_label = STR("Copiez-le maintenant : nous ne pourrons plus vous le montrer. Il s’envoie dans l’en-tête « Authorization: Bearer … ».");
		v.secret = key_made;
		w->secret = true;
	}
	v.faults = form_faults(r);
	struct buf main;
	buf_init(&main, a, 32768);
	tpl_account(&main, &v);
	struct view_layout layout = { .title = v.title, .noindex = true, .nav_self = true, .head_search = true };
	w->status = status;
	return page_send(r, w, &layout, &main);
}

enum err
page_account(struct req *r, struct resp *w)
{
	return account_send(r, w, 200, STR_NONE);
}

static enum err
back(struct req *r, struct resp *w, const char *done)
{
	resp_redirect(w, 303, arena_fmt(r->arena, "/compte?fait=%s", done));
	return ERR_NONE;
}

/* The password, asked again. A wrong one is counted as at the door. *ret_good false: the page is sent already, or the fault is said. */
static enum err
again(struct req *r, const struct account *who, const char *field, bool *ret_good)
{
	struct account same;
	struct str why;
	int64_t wait;

	*ret_good = false;
	if (!req_param(r, field).n) {
		if (!req_typed(r, field).n)
			form_fault(r, field, "Donnez votre mot de passe actuel.");
		return ERR_NONE;
	}
	enum err e = sign_password(r, who->email, req_param(r, field), &same, &wait, &why);
	if (e)
		return e;
	*ret_good = same.id == who->id;
	if (wait)
		form_fault(r, field, "Trop d’essais : réessayez dans %lld minutes.", (long long)(wait + 59) / 60);
	else if (!*ret_good)
		form_fault(r, field, "Ce n’est pas votre mot de passe actuel.");
	return ERR_NONE;
}

static enum err
set_name(struct req *r, struct resp *w, const struct account *who)
{
	struct str name = req_param(r, "nom");

	if (!name.n) {
		form_fault(r, "nom", "Écrivez le nom que l’on verra.");
		return ERR_NONE;
	}
	enum err e = db_run(r->write, r->arena, QUERY_ACCOUNT_NAME_SET, DB_ARGS(db_arg_int(r->arena, who->id), db_arg_str(name)), NULL);
	if (!e)
		e = journal_add(r->write, r->arena, who->id, "nom_change", "compte", who->id, STR_NONE, STR_NONE);
	return e ? e : back(r, w, "nom");
}

static struct str
address_json(struct req *r, struct str email)
{
	struct buf b;

	buf_init(&b, r->arena, 128);
	struct json_out j = json_out(&b);
	json_begin_object(&j);
	json_key(&j, "courriel"), json_str(&j, email);
	json_end(&j);
	return buf_str(&b);
}

static enum err
address_ask(struct req *r, struct str email, const struct token *t)
{
	struct mail m = { .to = email, .kind = STR("adresse"), .subject = STR("Confirmez votre nouvelle adresse"),
		          .letter = { LETTER_PARAGRAPHS(STR("Bonjour,"), STR("Cette adresse a été donnée pour un compte de Catalyse. Confirmez qu’elle est bien à vous.")),
		                      LETTER_LINKS({ STR("Confirmer cette adresse"), sign_mailed(r, "/compte/adresse/confirmer", t) }),
		                      LETTER_AFTER(STR("Ce lien sert une fois, pendant trois jours. Si vous n’avez rien demandé, ne faites rien.")) } };

	return mail_queue(r->write, r->arena, &m, NULL);
}

static enum err
address_taken(struct req *r, struct str email)
{
	struct mail m = { .to = email, .kind = STR("adresse"), .subject = STR("Cette adresse a déjà un compte"),
		          .letter = { LETTER_PARAGRAPHS(STR("Bonjour,"), STR("Cette adresse a été donnée pour un autre compte de Catalyse, alors qu’elle a déjà le sien. Rien n’a changé.")),
		                      LETTER_LINKS({ STR("Se connecter"), arena_fmt(r->arena, "%.*s/connexion", (int)r->base.n, r->base.p) }),
		                      LETTER_AFTER(STR("Si vous n’avez rien demandé, ne faites rien.")) } };

	return mail_queue(r->write, r->arena, &m, NULL);
}

/* The same statements and the same answer, whether somebody has that address or not: only its reader learns it. */
static enum err
set_address(struct req *r, struct resp *w, const struct account *who)
{
	struct str email = req_param(r, "courriel");
	struct account other;
	struct token t;
	int64_t late;
	bool good;

	if (!email.n && !req_typed(r, "courriel").n)
		form_fault(r, "courriel", "Écrivez la nouvelle adresse.");
	if (email.n && str_eq(email, who->email))
		form_fault(r, "courriel", "C’est déjà votre adresse.");
	enum err e = again(r, who, "mot_de_passe", &good);
	if (e || !good || r->nnotices)
		return e;
	if ((e = attempt_note(r->write, r->arena, "courriel", who->email, 5, 3600, &late)))
		return e;
	if (late) {
		form_fault(r, "courriel", "Vous avez déjà demandé plusieurs changements d’adresse. Réessayez dans une heure.");
		return ERR_NONE;
	}
	token_make(&t);
	if ((e = account_find(r->write, r->arena, email, 0, &other)) ||
	    (e = token_put(r->write, r->arena, str_of(t.sum), other.id ? "sans_compte" : "adresse", who->id, 0, address_json(r, email), CONFIRM_LASTS_S)))
		return e;
	if ((e = other.id ? address_taken(r, email) : address_ask(r, email, &t)))
		return e;
	struct mail old = { .to = who->email, .account = who->id, .kind = STR("adresse"), .subject = STR("Votre adresse va changer"),
		            .letter = { LETTER_PARAGRAPHS(STR("Bonjour,"), STR("Une autre adresse a été demandée pour votre compte. Elle remplacera celle-ci quand elle aura été confirmée.")),
		                        LETTER_LINKS({ STR("Voir mon compte"), arena_fmt(r->arena, "%.*s/compte", (int)r->base.n, r->base.p) }),
		                        LETTER_AFTER(STR("Si ce n’est pas vous, changez tout de suite votre mot de passe : le changement sera annulé.")) } };
	e = mail_queue(r->write, r->arena, &old, NULL);
	return e ? e : back(r, w, "adresse-demandee");
}

static enum err
set_password(struct req *r, struct resp *w, const struct account *who)
{
	struct str new_ = req_param(r, "mot_de_passe_nouveau");
	int64_t cut;
	bool good;

	if (!new_.n && !req_typed(r, "mot_de_passe_nouveau").n)
		form_fault(r, "mot_de_passe_nouveau", "Choisissez un mot de passe.");
	if (new_.n) {
		struct str why = password_refusal(r->arena, new_, (struct str[]){ who->email, who->name }, 2);
		if (why.n)
			form_fault(r, "mot_de_passe_nouveau", "%.*s", (int)why.n, why.p);
	}
	enum err e = again(r, who, "mot_de_passe_actuel", &good);
	if (e || !good || r->nnotices)
		return e;
	if ((e = account_password(r->write, r->arena, who->id, new_, r->actor->session, &cut)) ||
	    (e = journal_add(r->write, r->arena, who->id, "mot_de_passe_change", "compte", who->id, STR_NONE, STR_NONE)) ||
	    (e = sign_told(r, who, "Votre mot de passe a changé", "Le mot de passe de votre compte vient d’être changé. Toutes les autres sessions sont fermées, et les clés données à des programmes ne servent plus.")) ||
	    (e = sign_open(r, w, who, r->actor->second_factor)))
		return e;
	return back(r, w, "mot-de-passe");
}

static enum err
drop_factor(struct req *r, struct resp *w, const struct account *who)
{
	bool good;

	if (who->staff)
		return ERR_FORBIDDEN;
	enum err e = again(r, who, "mot_de_passe_facteur", &good);
	if (e || !good)
		return e;
	if ((e = account_totp_set(r->write, r->arena, who->id, STR_NONE, 0)) ||
	    (e = sign_told(r, who, "Votre second facteur est ôté", "Le second facteur de votre compte vient d’être ôté : le mot de passe seul y donne accès.")))
		return e;
	struct account now = *who;
	now.totp = STR_NONE;
	e = sign_open(r, w, &now, false);
	return e ? e : back(r, w, "facteur-ote");
}

static enum err
new_codes(struct req *r, struct resp *w, const struct account *who)
{
	bool good;

	if (!who->totp.n)
		return back(r, w, "facteur-ote");
	enum err e = again(r, who, "mot_de_passe_codes", &good);
	if (e || !good)
		return e;
	e = journal_add(r->write, r->arena, who->id, "codes_de_secours", "compte", who->id, STR_NONE, STR_NONE);
	return e ? e : sign_rescue(r, w, who, STR("/compte"));
}

static enum err
cut_sessions(struct req *r, struct resp *w, const struct account *who)
{
	struct str one = req_param(r, "session");
	int64_t cut, id = 0;

	for (size_t i = 0; i < one.n; i++)
		id = id * 10 + (one.p[i] - '0');
	enum err e = session_cut(r->write, r->arena, who->id, id, r->actor->session, &cut);
	if (!e && cut)
		e = journal_add(r->write, r->arena, who->id, "sessions_fermees", "compte", who->id, STR_NONE, STR_NONE);
	return e ? e : back(r, w, id ? "session" : "sessions");
}

static enum err
make_key(struct req *r, struct resp *w, const struct account *who)
{
	const struct str *scopes;
	size_t n = req_params(r, "jeton_portees", &scopes);
	struct str name = req_param(r, "jeton_nom"), days = req_param(r, "jeton_jours");
	struct db_rows rows;
	struct token t;

	if (!name.n && !req_typed(r, "jeton_nom").n)
		form_fault(r, "jeton_nom", "Donnez-lui un nom, pour le reconnaître.");
	if (n == 0)
		form_fault(r, "jeton_portees", "Choisissez ce qu’il permet.");
	for (size_t i = 0; i < n && !who->staff; i++)
		if (str_eq(scopes[i], STR("relire")))
			form_fault(r, "jeton_portees", "Vous n’avez rien à relire pour le moment.");
	if (r->nnotices)
		return ERR_NONE;
	token_make(&t);
	enum err e = db_run(r->write, r->arena, QUERY_API_TOKEN_PUT,
	                    DB_ARGS(db_arg_str(str_of(t.sum)), db_arg_int(r->arena, who->id), db_arg_str(name), db_arg_texts(r->arena, scopes, n),
	                            db_arg_str(days.n ? days : STR("90"))),
	                    &rows);
	if (e)
		return e;
	if (rows.nrows == 0) {
		form_fault(r, "jeton_nom", "Vous avez déjà vingt jetons : révoquez ceux qui ne servent plus.");
		return ERR_NONE;
	}
	if ((e = journal_add(r->write, r->arena, who->id, "jeton_cree", "compte", who->id, STR_NONE, STR_NONE)) ||
	    (e = sign_told(r, who, "Un jeton de l’API vient d’être créé", "Un programme peut désormais agir en votre nom, avec un jeton qui vient d’être créé dans votre compte.")))
		return e;
	return account_send(r, w, 200, arena_str(r->arena, str_of(t.text)));
}

static enum err
drop_key(struct req *r, struct resp *w, const struct account *who)
{
	struct db_rows rows;
	struct str id = req_param(r, "jeton_api");

	if (!id.n)
		return ERR_BAD_INPUT;
	enum err e = db_run(r->write, r->arena, QUERY_API_TOKEN_REMOVE, DB_ARGS(db_arg_int(r->arena, who->id), db_arg_str(id)), &rows);
	if (e || rows.nrows == 0)
		return e ? e : ERR_NOT_FOUND;
	e = journal_add(r->write, r->arena, who->id, "jeton_revoque", "compte", who->id, STR_NONE, STR_NONE);
	return e ? e : back(r, w, "jeton-ote");
}

static enum err
set_mails(struct req *r, struct resp *w, const struct account *who)
{
	struct str level = req_param(r, "niveau");
	const struct str *kinds;
	size_t n = req_params(r, "sortes", &kinds);
	struct mail_choices c;

	if (!level.n) {
		form_fault(r, "niveau", "Choisissez ce que vous recevez.");
		return ERR_NONE;
	}
	enum err e = mail_prefer(r->write, r->arena, who->id, level);
	if (!e)
		e = mail_preference(r->write, r->arena, who->id, &c);
	for (size_t i = 0; !e && i < c.n; i++) {
		bool on = false;
		for (size_t k = 0; k < n; k++)
			on |= str_eq(kinds[k], c.p[i].kind);
		if (on == c.p[i].off)
			e = mail_refuse(r->write, r->arena, who->id, c.p[i].kind, !on);
	}
	return e ? e : back(r, w, "courriels");
}

/* Each fills w when it is done; ERR_NONE and nothing in w: the faults are said, the page is shown again. */
static const struct {
	const char *pattern;
	enum err (*fn)(struct req *, struct resp *, const struct account *);
} parts[] = {
	{ "/compte/nom", set_name },           { "/compte/adresse", set_address },
	{ "/compte/mot-de-passe", set_password }, { "/compte/second-facteur/oter", drop_factor },
	{ "/compte/codes-de-secours", new_codes }, { "/compte/sessions", cut_sessions },
	{ "/compte/jetons", make_key },        { "/compte/jetons/revoquer", drop_key },
	{ "/compte/courriels", set_mails },
};

enum err
page_account_set(struct req *r, struct resp *w)
{
	struct account who;
	enum err e = account_find(r->write, r->arena, STR_NONE, actor_of(r)->id, &who);

	if (e)
		return e;
	for (size_t i = 0; i < sizeof(parts) / sizeof(*parts) && !r->refused; i++)
		if (str_eq(str_of(r->route->pattern), str_of(parts[i].pattern)) && (e = parts[i].fn(r, w, &who)))
			return e;
	return w->location.n || w->body.n ? ERR_NONE : account_send(r, w, 422, STR_NONE);
}

/* The link of the new address: shown by GET, done by POST, from whatever browser reads that mail. */
enum err
page_address_confirm(struct req *r, struct resp *w)
{
	const struct json *data;
	struct account who;
	struct db_rows rows;
	struct handed h = { 0 };
	struct str token = req_param(r, "jeton");
	enum err e = token_find(r->write, r->arena, token, "adresse", &h);

	if (e && e != ERR_NOT_FOUND)
		return e;
	struct view_link ways[] = { { STR("Mon compte"), link_fmt(r->arena, "/compte") } };
	struct view_door door = { .title = STR("Confirmer votre nouvelle adresse"), .links = { ways, 1 } };
	if (e || h.used || h.late || (e = json_parse(r->arena, h.data, &data))) {
		door.lead = h.used ? STR("Ce lien a déjà servi.") : STR("Ce lien n’est plus bon. Le changement se redemande dans votre compte.");
		return door_send(r, w, &door, h.used || h.late ? 410 : 404);
	}
	struct str email = json_text(json_get(data, "courriel"));
	if (r->method != METHOD_POST) {
		door.lead = arena_fmt(r->arena, "%.*s deviendra l’adresse de votre compte.", (int)email.n, email.p);
		door.action = link_fmt(r->arena, "/compte/adresse/confirmer?jeton=%.*s", (int)token.n, token.p);
		door.hidden = form_hidden(r, false);
		door.button = STR("Confirmer cette adresse");
		return door_send(r, w, &door, 200);
	}
	if ((e = token_use(r->write, r->arena, token, "adresse", &h)) || (e = account_find(r->write, r->arena, STR_NONE, h.account, &who)) ||
	    (e = db_run(r->write, r->arena, QUERY_ACCOUNT_EMAIL_SET, DB_ARGS(db_arg_int(r->arena, who.id), db_arg_str(email)), &rows)))
		return e;
	if (rows.nrows == 0) {
		door.lead = STR("Cette adresse a désormais un autre compte. Rien n’a changé dans le vôtre.");
		return door_send(r, w, &door, 409);
	}
	if ((e = journal_add(r->write, r->arena, who.id, "adresse_changee", "compte", who.id, STR_NONE, STR_NONE)) ||
	    (e = sign_told(r, &who, "Votre adresse a changé", "L’adresse de votre compte vient d’être changée. Ce courriel est le dernier envoyé à l’ancienne.")))
		return e;
	resp_redirect(w, 303, STR("/compte?fait=adresse"));
	return ERR_NONE;
}
