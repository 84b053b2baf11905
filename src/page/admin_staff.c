/* /administration/roles, /administration/comptes, /administration/comptes/{id}. */
#include "model/espace.h"
#include "model/mail.h"
#include "model/staff.h"
#include "model/vocabulary.h"
#include "page/admin.h"

#include <stdio.h>

static const struct {
	const char *code, *label;
} states[] = { { "actif", "actif" }, { "en_attente", "adresse à confirmer" }, { "suspendu", "suspendu" }, { "supprime", "supprimé" } },
  roles[] = { { "animateur", "animateur" }, { "editeur", "éditeur" }, { "administrateur", "administrateur" } };

static struct str
state_word(struct str state)
{
	for (size_t i = 0; i < sizeof states / sizeof *states; i++)
		if (str_eq(state, str_of(states[i].code)))
			return str_of(states[i].label);
	return state;
}

static struct str
role_word(struct str role)
{
	for (size_t i = 0; i < sizeof roles / sizeof *roles; i++)
		if (str_eq(role, str_of(roles[i].code)))
			return str_of(roles[i].label);
	return role;
}

static enum err
roles_table(struct req *r, struct view_admin *v, int64_t account)
{
	struct arena *a = r->arena;
	struct staff_roles s;
	enum err e = staff_roles(r->write, a, account, &s);

	if (e)
		return e;
	v->caption = STR("Les rôles");
	v->count = words_count(a, (int64_t)s.n, "rôle", "rôles");
	v->empty = STR("Aucun rôle : cette personne écrit et propose, comme tout le monde.");
	v->heads = admin_heads(a, 5, (struct view_admin_head[]){ { STR("Personne"), false }, { STR("Rôle"), false }, { STR("Pour"), false }, { STR("Donné"), false }, { STR("Geste"), false } });
	struct view_admin_row *rows = arena_array(a, struct view_admin_row, s.n + 1);
	for (size_t i = 0; i < s.n; i++) {
		const struct staff_role *x = &s.p[i];
		struct view_admin_cell first = admin_link(x->name, link_fmt(a, "/administration/comptes/%lld", (long long)x->account)), given = admin_text(admin_when(a, x->granted_at)), act = { 0 },
				       what = admin_text(role_word(x->role.role));
		struct view_form_pair kept = { STR("numero"), arena_fmt(a, "%lld", (long long)x->id) };
		first.note = x->email;
		given.note = x->granted_by.n ? arena_fmt(a, "par %.*s", (int)x->granted_by.n, x->granted_by.p) : STR("à l’installation");
		what.note = !str_eq(x->state, STR("actif")) ? state_word(x->state) : x->totp ? STR_NONE : STR("sans second facteur encore");
		act.buttons = admin_buttons(r, 1, &(struct view_admin_button){ .action = link_fmt(a, "/administration/roles"), .label = STR("Retirer"),
		                                                                .said = arena_fmt(a, " : %.*s, %.*s", (int)x->name.n, x->name.p, (int)x->scope.n, x->scope.p),
		                                                                .value = STR("retirer"), .kept = { &kept, 1 } });
		rows[i] = admin_row(a, &v->heads, first, 4, (struct view_admin_cell[]){ what, admin_text(x->scope.n ? x->scope : STR("tout le site")), given, act });
		rows[i].faded = !str_eq(x->state, STR("actif"));
	}
	v->rows = (struct view_admin_rows){ rows, s.n };
	return ERR_NONE;
}

static enum err
grant_form(struct req *r, struct view_admin_form *ret, struct str email)
{
	struct arena *a = r->arena;
	struct espaces es;
	struct vocabulary themes = { 0 };
	enum err e = espace_all(r->write, a, actor_of(r)->id, &es);

	if (e || ((e = vocabulary_find(r->write, a, STR("theme"), &themes)) && e != ERR_NOT_FOUND))
		return e;
	struct view_form_option *o = arena_array(a, struct view_form_option, es.n + 1), *t = arena_array(a, struct view_form_option, (size_t)themes.nterms + 1);
	struct view_form_option kinds[] = { { .value = STR("animateur"), .label = STR("Animateur : relit les fiches d’un territoire ou d’un thème") },
		                            { .value = STR("editeur"), .label = STR("Éditeur : tient un espace et les vocabulaires") },
		                            { .value = STR("administrateur"), .label = STR("Administrateur : tout, et les comptes") } };
	o[0].label = t[0].label = STR("Aucun");
	for (size_t i = 0; i < es.n; i++)
		o[i + 1] = (struct view_form_option){ .value = es.p[i].code, .label = es.p[i].name };
	for (int64_t i = 0; i < themes.nterms; i++)
		t[i + 1] = (struct view_form_option){ .value = themes.terms[i].code, .label = themes.terms[i].label };
	struct view_form_field f[5] = { form_field(r, PARAMS_ADMIN_ROLES, "courriel", email, "L’adresse de son compte, qui doit être actif."),
		                        form_field(r, PARAMS_ADMIN_ROLES, "role", STR_NONE, NULL),
		                        form_field(r, PARAMS_ADMIN_ROLES, "territoire", STR_NONE, "Pour un animateur : region:04, departement:974, commune:97410. Ce qu’il contient en est."),
		                        form_field(r, PARAMS_ADMIN_ROLES, "theme", STR_NONE, "Pour un animateur, à la place d’un territoire."),
		                        form_field(r, PARAMS_ADMIN_ROLES, "espace", STR_NONE, "Pour un éditeur.") };
	f[1].select = f[3].select = f[4].select = true;
	form_options(r, &f[1], kinds, 3, NULL, 0);
	form_options(r, &f[3], t, (size_t)themes.nterms + 1, NULL, 0);
	form_options(r, &f[4], o, es.n + 1, NULL, 0);
	f[0].required = true;
	f[0].autocomplete = STR("off");
	*ret = admin_form(r, "donner", STR("Donner un rôle"), link_fmt(a, "/administration/roles"), 5, f, STR("Donner ce rôle"), "donner");
	ret->lead = STR("Ses sessions sont fermées : le rôle vaut à la prochaine connexion, avec un second facteur.");
	return ERR_NONE;
}

static enum err
roles_show(struct req *r, struct resp *w)
{
	struct view_admin v = admin_view(r, "/administration/roles", STR("Rôles"), "Qui relit, qui édite, qui administre, et pour quoi. Il reste toujours au moins un administrateur.", false);
	struct view_admin_form form;
	enum err e = roles_table(r, &v, 0);

	if (e || (e = grant_form(r, &form, STR_NONE)))
		return e;
	v.after = admin_forms(r->arena, 1, &form);
	return admin_send(r, w, &v);
}

static enum err
role_take(struct req *r, struct resp *w)
{
	struct arena *a = r->arena;
	struct staff_role x;
	bool last = false, done = false;
	enum err e = staff_role_find(r->write, a, admin_int(r, "numero"), &x);

	if (e == ERR_NOT_FOUND) {
		admin_made(r, w, STR("introuvable"), "formulaire");
		return roles_show(r, w);
	}
	if (!e && str_eq(x.role.role, STR("administrateur")))
		e = staff_last(r->write, a, x.account, &last);
	if (e)
		return e;
	if (last) {
		admin_made(r, w, STR("dernier"), "formulaire");
		return roles_show(r, w);
	}
	if ((e = account_role_remove(r->write, a, x.account, &x.role, actor_of(r)->id, &done)))
		return e;
	admin_done(r, w, STR("/administration/roles"), "role-retire");
	return ERR_NONE;
}

static enum err
role_give(struct req *r, struct resp *w)
{
	struct arena *a = r->arena;
	struct account_role role = { req_param(r, "role"), req_param(r, "territoire"), req_param(r, "theme"), req_param(r, "espace") };
	struct account who = { 0 };
	bool done = false;
	size_t before = r->nnotices;
	enum err e;

	if (!req_param(r, "courriel").n)
		form_fault(r, "courriel", "Donnez l’adresse du compte.");
	if (!role.role.n)
		form_fault(r, "role", "Choisissez un rôle.");
	if (str_eq(role.role, STR("animateur")) && (role.territory.n > 0) == (role.theme.n > 0))
		form_fault(r, "territoire", "Un animateur l’est d’un territoire, ou d’un thème : l’un des deux.");
	if (str_eq(role.role, STR("editeur")) && !role.espace.n)
		form_fault(r, "espace", "Choisissez l’espace que cette personne édite.");
	if (r->nnotices > before) {
		w->status = 422;
		return roles_show(r, w);
	}
	/* What does not go with the role is left aside. */
	if (!str_eq(role.role, STR("animateur")))
		role.territory = role.theme = STR_NONE;
	if (!str_eq(role.role, STR("editeur")))
		role.espace = STR_NONE;
	if ((e = account_find(r->write, a, req_param(r, "courriel"), 0, &who)))
		return e;
	if (who.id == 0 || !str_eq(who.state, STR("actif"))) {
		admin_made(r, w, STR("compte"), "courriel");
		return roles_show(r, w);
	}
	if ((e = account_role_add(r->write, a, who.id, &role, actor_of(r)->id, &done)))
		return e;
	if (!done) {
		admin_made(r, w, STR("lieu"), str_eq(role.role, STR("editeur")) ? "espace" : role.theme.n ? "theme" : role.territory.n ? "territoire" : "role");
		return roles_show(r, w);
	}
	admin_done(r, w, STR("/administration/roles"), "role-donne");
	return ERR_NONE;
}

enum err
page_admin_roles(struct req *r, struct resp *w)
{
	if (r->method != METHOD_POST || r->refused)
		return roles_show(r, w);
	return str_eq(req_param(r, "act"), STR("retirer")) ? role_take(r, w) : role_give(r, w);
}

enum err
page_admin_accounts(struct req *r, struct resp *w)
{
	struct arena *a = r->arena;
	struct staff_accounts s;
	struct str words = req_param(r, "q"), state = req_param(r, "etat");
	enum err e = staff_accounts(r->write, a, words, state, admin_offset(r), ADMIN_PAGE, &s);

	if (e)
		return e;
	struct view_admin v = admin_view(r, "/administration/comptes", STR("Comptes"), "Les personnes qui ont un compte. Leur adresse n’est montrée qu’ici.", false);
	struct view_form_option o[5] = { { .label = STR("Tous") } };
	for (size_t i = 0; i < 4; i++)
		o[i + 1] = (struct view_form_option){ .value = str_of(states[i].code), .label = str_of(states[i].label) };
	struct view_form_field f[2] = { form_field(r, PARAMS_ADMIN_ACCOUNTS, "q", words, NULL), form_field(r, PARAMS_ADMIN_ACCOUNTS, "etat", STR_NONE, NULL) };
	f[1].select = true;
	form_options(r, &f[1], o, 5, &state, 1);
	v.search = admin_form(r, "chercher", STR_NONE, link_fmt(a, "/administration/comptes"), 2, f, STR("Chercher"), NULL);
	v.caption = STR("Les comptes");
	v.count = words_count(a, s.total, "compte", "comptes");
	v.empty = STR("Aucun compte ne répond à cette recherche.");
	v.heads = admin_heads(a, 6, (struct view_admin_head[]){ { STR("Nom"), false }, { STR("Courriel"), false }, { STR("État"), false }, { STR("Rôles"), false }, { STR("Fiches"), true }, { STR("Vu"), false } });
	struct view_admin_row *rows = arena_array(a, struct view_admin_row, s.n + 1);
	for (size_t i = 0; i < s.n; i++) {
		const struct staff_account *x = &s.p[i];
		struct view_admin_cell first = admin_link(x->name.n ? x->name : STR("contributeur supprimé"), link_fmt(a, "/administration/comptes/%lld", (long long)x->id));
		first.note = arena_fmt(a, "ouvert le %.*s", (int)admin_when(a, x->created_at).n, admin_when(a, x->created_at).p);
		rows[i] = admin_row(a, &v.heads, first, 5,
		                    (struct view_admin_cell[]){ admin_text(x->email), admin_text(state_word(x->state)), admin_text(x->roles), admin_number(a, x->sheets),
		                                                admin_text(x->seen_on.n ? admin_when(a, x->seen_on) : STR("jamais encore")) });
		rows[i].faded = !str_eq(x->state, STR("actif"));
	}
	v.rows = (struct view_admin_rows){ rows, s.n };
	v.paging = admin_paging(r, "/administration/comptes", s.total);
	return admin_send(r, w, &v);
}

static enum err
account_show(struct req *r, struct resp *w, const struct staff_account *x)
{
	struct arena *a = r->arena;
	struct url here = link_fmt(a, "/administration/comptes/%lld", (long long)x->id);
	struct view_admin v = admin_view(r, "/administration/comptes", x->name.n ? x->name : STR("Contributeur supprimé"), NULL, true);
	struct str state = state_word(x->state), since = admin_when(a, x->created_at), seen = x->seen_on.n ? admin_when(a, x->seen_on) : STR("jamais");
	bool active = str_eq(x->state, STR("actif")), suspended = str_eq(x->state, STR("suspendu"));
	struct view_admin_form forms[2];
	struct view_form_field f = form_field(r, PARAMS_ADMIN_ACCOUNT, "motif", STR_NONE, "La personne le lit dans le courriel que nous lui envoyons, et le journal le garde.");
	size_t n = 0;
	enum err e = roles_table(r, &v, x->id);

	if (e)
		return e;
	v.lead = arena_fmt(a, "%.*s%sCompte %.*s, ouvert le %.*s, vu : %.*s. %s, %s.", (int)x->email.n, x->email.p, x->email.n ? ". " : "", (int)state.n, state.p, (int)since.n, since.p,
	                   (int)seen.n, seen.p, arena_cstr(a, words_count(a, x->sheets, "fiche", "fiches")), arena_cstr(a, words_count(a, x->sessions, "session ouverte", "sessions ouvertes")));
	v.links = (struct view_links){ &(struct view_link){ STR("Ce que le journal dit de ce compte"), link_fmt(a, "/administration/journal?objet=compte&numero=%lld", (long long)x->id) }, 1 };
	f.lines = true, f.line = false, f.rows = 3;
	if (active) {
		if ((e = grant_form(r, &forms[n], x->email)))
			return e;
		n++;
	}
	if ((active || suspended) && x->id != actor_of(r)->id) {
		forms[n] = admin_form(r, "etat", suspended ? STR("Rétablir ce compte") : STR("Suspendre ce compte"), here, 1, &f, suspended ? STR("Rétablir") : STR("Suspendre"), suspended ? "retablir" : "suspendre");
		forms[n].lead = suspended ? STR("La personne pourra se connecter de nouveau. Ses fiches et ses rôles n’ont pas bougé.")
		                          : STR("Ses sessions sont fermées et elle ne peut plus se connecter ; ses fiches publiées restent.");
		forms[n++].second = true;
	}
	v.after = admin_forms(a, n, forms);
	return admin_send(r, w, &v);
}

static enum err
account_tell(struct req *r, const struct staff_account *x, bool suspended, struct str why)
{
	struct str reason = arena_fmt(r->arena, "La raison donnée : %.*s", (int)why.n, why.p);
	struct str off[] = { STR("Bonjour,"), STR("Votre compte sur Catalyse vient d’être suspendu : vous ne pouvez plus vous connecter. Vos fiches publiées restent en ligne."), reason,
		             STR("Si c’est une erreur, écrivez à l’adresse donnée dans les mentions légales du site : une autre personne relira cette décision.") };
	struct str on[] = { STR("Bonjour,"), STR("Votre compte sur Catalyse est rétabli : vous pouvez de nouveau vous connecter. Rien de ce que vous aviez écrit n’a été perdu."), reason };
	struct mail m = { .to = x->email, .account = x->id, .kind = STR("compte"), .subject = suspended ? STR("Votre compte est suspendu") : STR("Votre compte est rétabli"),
		          .letter = { .paragraphs = suspended ? off : on, .nparagraphs = suspended ? 4 : 3 } };

	return mail_queue(r->write, r->arena, &m, NULL);
}

enum err
page_admin_account(struct req *r, struct resp *w)
{
	struct arena *a = r->arena;
	struct str none, why = req_param(r, "motif");
	int64_t id = link_number(r->vars[0], &none);
	struct staff_account x;
	bool last = false, done = false, suspend = str_eq(req_param(r, "act"), STR("suspendre"));
	enum err e;

	if (id <= 0 || (e = staff_account_find(r->write, a, id, &x)) == ERR_NOT_FOUND)
		return ERR_NOT_FOUND;
	if (e || r->method != METHOD_POST || r->refused)
		return e ? e : account_show(r, w, &x);
	if (!why.n) {
		form_fault(r, "motif", "Donnez la raison : la personne la lira.");
		w->status = 422;
		return account_show(r, w, &x);
	}
	if (suspend && (e = staff_last(r->write, a, id, &last)))
		return e;
	const char *refused = id == actor_of(r)->id                                              ? "soi"
	                      : last                                                            ? "dernier"
	                      : !str_eq(x.state, suspend ? STR("actif") : STR("suspendu")) ? "etat"
	                                                                                        : NULL;
	if (refused) {
		admin_made(r, w, str_of(refused), "motif");
		return account_show(r, w, &x);
	}
	if ((e = account_state(r->write, a, id, suspend ? STR("suspendu") : STR("actif"), &done)) ||
	    (e = journal_add(r->write, a, actor_of(r)->id, suspend ? "compte_suspendu" : "compte_rendu", "compte", id, STR_NONE, why)) || (e = account_tell(r, &x, suspend, why)))
		return e;
	admin_done(r, w, arena_fmt(a, "/administration/comptes/%lld", (long long)id), suspend ? "suspendu" : "retabli");
	return ERR_NONE;
}
