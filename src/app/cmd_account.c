/*
 * catalyse account: accounts, as their operator holds them: made and given a role, suspended, given a new password, a second factor, or
 * nobody's any more. Each act is a line of the journal, without actor: the operator has no number.
 */
#include "app/cmd.h"
#include "app/cmd_erasures.h"
#include "crypt/hash.h"
#include "crypt/password.h"
#include "model/account.h"
#include "model/personal.h"
#include "text/json_out.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { ROLES_MAX = 100 };

struct order {
	struct cmd *cmd;
	const char *verb;
	struct str email, name, password;
	struct account_role roles[ROLES_MAX];
	size_t nroles;
	bool make, off, cut, withdraw; /* --new, --off, --cut, --withdraw */
	struct account who;
	struct buf out;
	int status;
};

/* The options of this command, with the words that follow them; what is left stays in argv. False: usage. */
static bool
options_read(struct order *o, const char **ret_file)
{
	struct cmd *c = o->cmd;
	struct str role = STR_NONE;
	int n = 0;

	for (int i = 0; i < c->argc; i++) {
		const char *a = c->argv[i];
		struct str next = i + 1 < c->argc ? str_of(c->argv[i + 1]) : STR_NONE;
		bool takes = true;
		if (strcmp(a, "--name") == 0)
			o->name = next;
		else if (strcmp(a, "--password-file") == 0)
			*ret_file = next.p;
		else if (strcmp(a, "--role") == 0)
			role = next;
		else if (strcmp(a, "--territory") == 0 || strcmp(a, "--theme") == 0 || strcmp(a, "--espace") == 0) {
			if (o->nroles == ROLES_MAX)
				return false;
			struct account_role *r = &o->roles[o->nroles++];
			*r = (struct account_role){ 0 };
			*(a[2] == 'e' ? &r->espace : a[3] == 'e' ? &r->territory : &r->theme) = next;
		} else if (strcmp(a, "--new") == 0 || strcmp(a, "--off") == 0 || strcmp(a, "--cut") == 0) {
			*(a[2] == 'n' ? &o->make : a[2] == 'o' ? &o->off : &o->cut) = true;
			takes = false;
		} else if (strcmp(a, "--withdraw") == 0) {
			o->withdraw = true;
			takes = false;
		} else {
			c->argv[n++] = c->argv[i];
			takes = false;
		}
		if (takes && (next.n == 0 || (next.p[0] == '-' && next.n > 1)))
			return false;
		i += takes;
	}
	c->argc = n;
	if (o->nroles && role.n == 0)
		return false;
	if (role.n && o->nroles == 0)
		o->nroles = 1; /* an administrator's holds everywhere */
	for (size_t i = 0; i < o->nroles; i++) {
		struct account_role *r = &o->roles[i];
		bool where = r->territory.n || r->theme.n;
		r->role = role;
		if (!(str_eq(role, STR("animateur")) && where) && !(str_eq(role, STR("editeur")) && r->espace.n) &&
		    !(str_eq(role, STR("administrateur")) && !where && !r->espace.n))
			return false;
	}
	return true;
}

static int
refuse(struct order *o, const char *why)
{
	return o->status = cmd_refuse(o->cmd, "%.*s : %s", (int)o->email.n, o->email.p, why);
}

/* ERR_FORBIDDEN rolls back what was begun, once the reason is said. */
static enum err
create(struct db *db, struct order *o)
{
	struct arena *a = o->cmd->arena;
	char encoded[PASSWORD_ENCODED + 1] = "";
	int64_t id;
	bool done;
	enum err e = o->password.n ? password_hash(o->password, encoded) : ERR_NONE;

	if (!e)
		e = account_create(db, a, o->name, o->email, str_of(encoded), true, &id);
	if (e)
		return e;
	if (id == 0) {
		refuse(o, "cette adresse a déjà un compte");
		return ERR_FORBIDDEN;
	}
	for (size_t i = 0; i < o->nroles; i++) {
		if ((e = account_role_add(db, a, id, &o->roles[i], 0, &done)))
			return e;
		if (!done) {
			refuse(o, "un territoire, un thème ou un espace n'existe pas, ou est nommé deux fois");
			return ERR_FORBIDDEN;
		}
	}
	buf_fmt(&o->out, "Compte %lld créé pour %.*s.", (long long)id, (int)o->email.n, o->email.p);
	return ERR_NONE;
}

static enum err
role(struct db *db, struct order *o)
{
	struct arena *a = o->cmd->arena;
	bool add = strcmp(o->verb, "role add") == 0, done;
	int n = 0;

	for (size_t i = 0; i < o->nroles; i++) {
		enum err e = add ? account_role_add(db, a, o->who.id, &o->roles[i], 0, &done) : account_role_remove(db, a, o->who.id, &o->roles[i], 0, &done);
		if (e)
			return e;
		n += done;
	}
	if (n == 0) {
		refuse(o, add ? "rôle déjà donné, ou lieu inconnu" : "ce rôle n'est pas le sien");
		return ERR_FORBIDDEN;
	}
	buf_fmt(&o->out, "%d rôle%s %s. Ses sessions sont fermées.", n, n > 1 ? "s" : "", add ? "donné" : "retiré");
	return ERR_NONE;
}

static enum err
suspend(struct db *db, struct order *o)
{
	bool out = strcmp(o->verb, "suspend") == 0, done;
	enum err e = account_state(db, o->cmd->arena, o->who.id, out ? STR("suspendu") : STR("actif"), &done);

	if (e)
		return e;
	if (!done) {
		refuse(o, out ? "ce compte est déjà suspendu" : "ce compte est déjà actif");
		return ERR_FORBIDDEN;
	}
	buf_fmt(&o->out, "Compte %s.", out ? "suspendu, ses sessions sont fermées" : "rendu");
	return journal_add(db, o->cmd->arena, 0, out ? "compte_suspendu" : "compte_rendu", "compte", o->who.id, STR_NONE, STR_NONE);
}

static enum err
password(struct db *db, struct order *o)
{
	int64_t cut;
	enum err e = account_password(db, o->cmd->arena, o->who.id, o->password, 0, &cut);

	if (e)
		return e;
	buf_fmt(&o->out, "Mot de passe changé, %lld session(s) fermée(s).", (long long)cut);
	return journal_add(db, o->cmd->arena, 0, "mot_de_passe_change", "compte", o->who.id, STR_NONE, STR_NONE);
}

static enum err
second_factor(struct db *db, struct order *o)
{
	struct arena *a = o->cmd->arena;
	char secret[TOTP_SECRET + 1] = "";
	int64_t cut;

	if (o->make)
		totp_secret_make(secret);
	enum err e = account_totp_set(db, a, o->who.id, str_of(secret), 0);
	if (!e)
		e = session_cut(db, a, o->who.id, 0, 0, &cut);
	if (o->make)
		buf_put(&o->out, totp_uri(a, str_of(secret), STR("Catalyse"), o->who.email));
	else
		buf_lit(&o->out, "Second facteur ôté.");
	return e;
}

static enum err
sessions(struct db *db, struct order *o)
{
	struct arena *a = o->cmd->arena;
	int64_t cut;
	enum err e = session_cut(db, a, o->who.id, 0, 0, &cut);

	if (e)
		return e;
	buf_fmt(&o->out, "%lld session(s) fermée(s).", (long long)cut);
	return journal_add(db, a, 0, "sessions_fermees", "compte", o->who.id, STR_NONE, STR_NONE);
}

/* An account, or what visitors left with an address that has none. */
static enum err
erase(struct db *db, struct order *o)
{
	struct arena *a = o->cmd->arena;
	int64_t rows = 0;
	bool done = false;
	enum err e = account_find(db, a, o->email, 0, &o->who);

	if (e)
		return e;
	if (o->who.id) {
		buf_fmt(&o->out, "Compte %lld supprimé, avec tout ce qui en était gardé.", (long long)o->who.id);
		return personal_erase(db, a, o->who.id, o->withdraw, 0, &done);
	}
	if ((e = personal_erase_address(db, a, o->email, &rows)))
		return e;
	if (rows == 0) {
		refuse(o, "ni compte ni trace de cette adresse");
		return ERR_FORBIDDEN;
	}
	buf_fmt(&o->out, "Aucun compte : %lld trace%s de cette adresse effacée%s.", (long long)rows, rows > 1 ? "s" : "", rows > 1 ? "s" : "");
	return ERR_NONE;
}

static const struct verb {
	const char *word;
	enum err (*fn)(struct db *, struct order *);
	bool who, roles, password; /* needs an account, a role, a password */
} verbs[] = {
	{ "create", create, false, false, false },        { "role add", role, true, true, false },
	{ "role remove", role, true, true, false },       { "suspend", suspend, true, false, false },
	{ "restore", suspend, true, false, false },       { "password", password, true, false, true },
	{ "second-factor", second_factor, true, false, false }, { "sessions", sessions, true, false, false },
	{ "erase", erase, false, false, false },
};

struct work {
	struct order *order;
	const struct verb *verb;
};

static enum err
act(struct db *db, void *arg)
{
	struct work *w = arg;
	struct order *o = w->order;

	o->out.n = 0;
	if (w->verb->who) {
		enum err e = account_find(db, o->cmd->arena, o->email, 0, &o->who);
		if (e)
			return e;
		if (o->who.id == 0) {
			refuse(o, "aucun compte n'a cette adresse");
			return ERR_FORBIDDEN;
		}
	}
	return w->verb->fn(db, o);
}

static int
list(struct cmd *c)
{
	static const char *const keys[] = { "id", "nom", "courriel", "etat", "cree_le", "vu_le", "second_facteur", "sessions", "roles" };
	struct db *db = cmd_db(c);
	struct db_rows r;
	struct buf b;

	if (!db)
		return CMD_REFUSED;
	enum err e = db_run(db, c->arena, QUERY_ACCOUNT_LIST, NULL, 0, &r);
	if (e)
		return cmd_refuse_err(c, "comptes", e);
	buf_init(&b, c->arena, 4096);
	struct json_out j = json_out(&b);
	if (c->json)
		json_begin_array(&j);
	for (size_t i = 0; i < r.nrows; i++) {
		if (!c->json) {
			struct str email = db_text(&r, i, COL_ACCOUNT_LIST_EMAIL), state = db_text(&r, i, COL_ACCOUNT_LIST_STATE),
			           roles = db_text(&r, i, COL_ACCOUNT_LIST_ROLES);
			buf_fmt(&b, "%5lld  %-36.*s %-10.*s %-4s %.*s\n", (long long)db_int(&r, i, COL_ACCOUNT_LIST_ID), (int)email.n, email.p,
			        (int)state.n, state.p, db_bool(&r, i, COL_ACCOUNT_LIST_SECOND_FACTOR) ? "2FA" : "", (int)roles.n, roles.p);
			continue;
		}
		json_begin_object(&j);
		for (size_t k = 0; k < sizeof(keys) / sizeof(*keys); k++) {
			json_key(&j, keys[k]);
			if (k == COL_ACCOUNT_LIST_ID || k == COL_ACCOUNT_LIST_SESSIONS)
				json_int(&j, db_int(&r, i, k));
			else if (k == COL_ACCOUNT_LIST_SECOND_FACTOR)
				json_bool(&j, db_bool(&r, i, k));
			else
				json_str_or_null(&j, db_text(&r, i, k));
		}
		json_end(&j);
	}
	if (c->json)
		json_end(&j);
	cmd_print(&b);
	return CMD_OK;
}

/* One line, of a file or of the standard input ("-"), without its end. */
static enum err
password_read(struct cmd *c, const char *path, struct str *ret)
{
	static char line[1024];
	enum err e = ERR_NONE;

	if (path && strcmp(path, "-") != 0) {
		e = cmd_file_read(c->arena, path, sizeof(line), ret);
	} else {
		size_t n = fread(line, 1, sizeof(line) - 1, stdin);
		*ret = (struct str){ line, n };
	}
	const char *end = ret->n && !e ? memchr(ret->p, '\n', ret->n) : NULL;
	if (end)
		ret->n = (size_t)(end - ret->p);
	return e;
}

int
cmd_account(struct cmd *c)
{
	struct order o = { .cmd = c };
	struct work w = { &o, NULL };
	const char *file = NULL;

	crypt_start();
	if (!options_read(&o, &file) || c->argc == 0)
		return cmd_usage(c);
	if (strcmp(c->argv[0], "list") == 0 && c->argc == 1)
		return list(c);
	if (strcmp(c->argv[0], "erasures") == 0) {
		c->argv++, c->argc--;
		return cmd_erasures(c);
	}
	char word[32];
	bool two = strcmp(c->argv[0], "role") == 0 && c->argc > 1;
	snprintf(word, sizeof(word), "%s%s%s", c->argv[0], two ? " " : "", two ? c->argv[1] : "");
	for (size_t i = 0; i < sizeof(verbs) / sizeof(*verbs); i++)
		if (strcmp(word, verbs[i].word) == 0)
			w.verb = &verbs[i];
	int left = c->argc - 1 - two;
	if (!w.verb || left != 1 || (w.verb->roles && !o.nroles) || (w.verb->fn == create && o.name.n == 0) ||
	    (w.verb->fn == second_factor && o.make == o.off) || (w.verb->fn == sessions && !o.cut))
		return cmd_usage(c);
	o.verb = w.verb->word;
	o.email = str_of(c->argv[1 + two]);
	if (file || w.verb->password) {
		if (password_read(c, file, &o.password) != ERR_NONE)
			return cmd_refuse_err(c, "mot de passe", ERR_IO);
		struct str why = password_refusal(c->arena, o.password, (struct str[]){ o.email, o.name }, 2);
		if (why.n)
			return cmd_refuse(c, "%.*s", (int)why.n, why.p);
	}
	struct db *db = cmd_db(c);
	if (!db)
		return CMD_REFUSED;
	buf_init(&o.out, c->arena, 256);
	enum err e = db_transaction(db, act, &w);
	if (o.status)
		return o.status;
	if (e)
		return cmd_refuse_err(c, "compte", e);
	if (w.verb->fn == erase && (e = erasures_export(c, db, NULL, NULL)))
		return cmd_refuse_err(c, "compte supprimé, mais pas noté dans la liste des suppressions", e);
	if (c->json) {
		struct buf b;
		buf_init(&b, c->arena, 256);
		struct json_out j = json_out(&b);
		json_begin_object(&j);
		json_key(&j, "courriel"), json_str(&j, o.email);
		json_key(&j, o.make ? "otpauth" : "message"), json_str(&j, buf_str(&o.out));
		json_end(&j);
		cmd_print(&b);
	} else {
		cmd_print(&o.out);
	}
	return CMD_OK;
}
