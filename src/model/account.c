#include "model/account.h"
#include "crypt/hash.h"
#include "crypt/password.h"
#include "crypt/seal.h"
#include "text/json_out.h"

#include <time.h>

static struct db_arg
arg_number(struct arena *a, int64_t v) /* 0: null */
{
	return v ? db_arg_int(a, v) : DB_NULL;
}

enum err
account_find(struct db *db, struct arena *a, struct str email, int64_t id, struct account *ret)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_ACCOUNT_FIND, DB_ARGS(db_arg_opt(email), arg_number(a, id)), &r);

	*ret = (struct account){ 0 };
	if (e || r.nrows == 0)
		return e;
	*ret = (struct account){ .id = db_int(&r, 0, COL_ACCOUNT_FIND_ID),
		                 .name = db_text(&r, 0, COL_ACCOUNT_FIND_NAME),
		                 .email = db_text(&r, 0, COL_ACCOUNT_FIND_EMAIL),
		                 .password = db_text(&r, 0, COL_ACCOUNT_FIND_PASSWORD),
		                 .state = db_text(&r, 0, COL_ACCOUNT_FIND_STATE),
		                 .totp = db_text(&r, 0, COL_ACCOUNT_FIND_TOTP),
		                 .totp_step = db_int(&r, 0, COL_ACCOUNT_FIND_TOTP_STEP),
		                 .staff = db_bool(&r, 0, COL_ACCOUNT_FIND_STAFF) };
	return ERR_NONE;
}

enum err
account_create(struct db *db, struct arena *a, struct str name, struct str email, struct str encoded, bool confirmed, int64_t *ret_id)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_ACCOUNT_CREATE, DB_ARGS(db_arg_str(name), db_arg_str(email), db_arg_opt(encoded), db_arg_bool(confirmed)), &r);

	*ret_id = 0;
	if (e || r.nrows == 0)
		return e;
	*ret_id = db_int(&r, 0, COL_ACCOUNT_CREATE_ID);
	return journal_add(db, a, *ret_id, "compte_cree", "compte", *ret_id, STR_NONE, STR_NONE);
}

enum err
account_state(struct db *db, struct arena *a, int64_t id, struct str state, bool *ret_done)
{
	struct db_rows r;
	int64_t cut;
	enum err e = db_run(db, a, QUERY_ACCOUNT_STATE_SET, DB_ARGS(db_arg_int(a, id), db_arg_str(state)), &r);

	*ret_done = !e && r.nrows > 0;
	return e || str_eq(state, STR("actif")) ? e : session_cut(db, a, id, 0, 0, &cut);
}

enum err
account_password(struct db *db, struct arena *a, int64_t id, struct str password, int64_t keep, int64_t *ret_cut)
{
	char encoded[PASSWORD_ENCODED + 1];
	struct db_rows r;
	enum err e = password_hash(password, encoded);

	if (!e)
		e = db_run(db, a, QUERY_ACCOUNT_PASSWORD_SET, DB_ARGS(db_arg_int(a, id), db_arg_str(str_of(encoded)), db_arg_int(a, keep)), &r);
	if (!e)
		*ret_cut = db_int(&r, 0, COL_ACCOUNT_PASSWORD_SET_CUT);
	return e;
}

enum err
account_verify(struct db *db, struct arena *a, const struct account *who, struct str password, bool *ret_same)
{
	char encoded[PASSWORD_ENCODED + 1];
	enum err e = password_verify(who->password, password, ret_same);

	if (e || !*ret_same || !password_outdated(who->password))
		return e;
	if ((e = password_hash(password, encoded)))
		return e;
	return db_run(db, a, QUERY_ACCOUNT_PASSWORD_REHASH,
	              DB_ARGS(db_arg_int(a, who->id), db_arg_str(who->password), db_arg_str(str_of(encoded))), NULL);
}

static struct str
role_detail(struct arena *a, const struct account_role *role)
{
	struct buf b;

	buf_init(&b, a, 128);
	struct json_out j = json_out(&b);
	json_begin_object(&j);
	json_key(&j, "role"), json_str(&j, role->role);
	if (role->territory.n)
		json_key(&j, "territoire"), json_str(&j, role->territory);
	if (role->theme.n)
		json_key(&j, "theme"), json_str(&j, role->theme);
	if (role->espace.n)
		json_key(&j, "espace"), json_str(&j, role->espace);
	json_end(&j);
	return buf_str(&b);
}

enum err
account_role_add(struct db *db, struct arena *a, int64_t id, const struct account_role *role, int64_t by, bool *ret_done)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_ACCOUNT_ROLE_ADD,
	                    DB_ARGS(db_arg_int(a, id), db_arg_str(role->role), db_arg_opt(role->territory), db_arg_opt(role->theme), db_arg_opt(role->espace),
	                            arg_number(a, by)),
	                    &r);

	*ret_done = !e && r.nrows > 0;
	return *ret_done ? journal_add(db, a, by, "role_donne", "compte", id, role_detail(a, role), STR_NONE) : e;
}

enum err
account_role_remove(struct db *db, struct arena *a, int64_t id, const struct account_role *role, int64_t by, bool *ret_done)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_ACCOUNT_ROLE_REMOVE,
	                    DB_ARGS(db_arg_int(a, id), db_arg_str(role->role), db_arg_opt(role->territory), db_arg_opt(role->theme), db_arg_opt(role->espace)),
	                    &r);

	*ret_done = !e && r.nrows > 0;
	return *ret_done ? journal_add(db, a, by, "role_retire", "compte", id, role_detail(a, role), STR_NONE) : e;
}

/* The key that seals second factors: of the site's secret, which the table of accounts does not hold. */
static enum err
seal_key(struct db *db, struct arena *a, struct crypt_key *ret)
{
	struct db_rows r;
	struct crypt_key site;
	enum err e = db_run(db, a, QUERY_SECRET_FIND, NULL, 0, &r);

	if (e)
		return e;
	if (!key_read_hex(db_text(&r, 0, COL_SECRET_FIND_KEY), &site))
		return err_note(ERR_INTERNAL, "the secret is not of 256 bits");
	key_derive(&site, STR("second_facteur"), ret);
	key_forget(&site);
	return ERR_NONE;
}

enum err
account_totp_set(struct db *db, struct arena *a, int64_t id, struct str secret, int64_t step)
{
	struct str sealed = STR_NONE;
	struct crypt_key key;
	enum err e = ERR_NONE;

	if (secret.n) {
		if ((e = seal_key(db, a, &key)))
			return e;
		sealed = seal(a, &key, arena_fmt(a, "totp:%lld", (long long)id), secret);
		key_forget(&key);
	}
	e = db_run(db, a, QUERY_ACCOUNT_TOTP_SET, DB_ARGS(db_arg_int(a, id), db_arg_opt(sealed), db_arg_int(a, step)), NULL);
	return e ? e : journal_add(db, a, id, secret.n ? "second_facteur_mis" : "second_facteur_ote", "compte", id, STR_NONE, STR_NONE);
}

enum err
account_totp_check(struct db *db, struct arena *a, const struct account *who, struct str code, bool *ret_good, bool *ret_rescue)
{
	char sum[RECOVERY_SUM + 1];
	struct crypt_key key;
	struct str secret;
	struct db_rows r;
	int64_t step;
	enum err e = seal_key(db, a, &key);

	*ret_good = false;
	if (ret_rescue)
		*ret_rescue = false;
	if (e)
		return e;
	bool opened = unseal(a, &key, arena_fmt(a, "totp:%lld", (long long)who->id), who->totp, &secret);
	key_forget(&key);
	if (opened && totp_check(secret, code, time(NULL), &step)) {
		e = db_run(db, a, QUERY_ACCOUNT_TOTP_STEP, DB_ARGS(db_arg_int(a, who->id), db_arg_int(a, step)), &r);
		*ret_good = !e && r.nrows > 0;
		return e;
	}
	if (who->totp.n == 0 || !recovery_sum(code, sum))
		return ERR_NONE;
	e = db_run(db, a, QUERY_TOKEN_USE, DB_ARGS(db_arg_str(str_of(sum)), db_arg_str(STR("secours")), db_arg_int(a, who->id)), &r);
	*ret_good = !e && r.nrows > 0;
	if (ret_rescue)
		*ret_rescue = *ret_good;
	return *ret_good ? journal_add(db, a, who->id, "code_de_secours", "compte", who->id, STR_NONE, STR_NONE) : e;
}

enum err
account_rescue_make(struct db *db, struct arena *a, int64_t id, struct recovery ret[RECOVERY_CODES])
{
	enum err e = db_run(db, a, QUERY_TOKEN_FORGET, DB_ARGS(db_arg_int(a, id), db_arg_str(STR("secours"))), NULL);

	recovery_make(ret);
	for (int i = 0; i < RECOVERY_CODES && !e; i++)
		e = token_put(db, a, str_of(ret[i].sum), "secours", id, 0, STR_NONE, 0);
	return e;
}

enum err
session_open(struct db *db, struct arena *a, int64_t account, bool second_factor, struct str agent, int lasts_s, int64_t replaces, struct token *ret)
{
	struct db_rows r;

	token_make(ret);
	return db_run(db, a, QUERY_SESSION_OPEN,
	              DB_ARGS(db_arg_str(str_of(ret->sum)), db_arg_int(a, account), db_arg_bool(second_factor), db_arg_str(agent), db_arg_int(a, lasts_s),
	                      db_arg_int(a, replaces)),
	              &r);
}

enum err
session_cut(struct db *db, struct arena *a, int64_t account, int64_t one, int64_t keep, int64_t *ret_cut)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_SESSION_CUT, DB_ARGS(db_arg_int(a, account), arg_number(a, one), db_arg_int(a, keep)), &r);

	if (!e)
		*ret_cut = db_int(&r, 0, COL_SESSION_CUT_CUT);
	return e;
}

enum err
token_put(struct db *db, struct arena *a, struct str sum, const char *purpose, int64_t account, int64_t sheet, struct str data, int lasts_s)
{
	return db_run(db, a, QUERY_TOKEN_PUT,
	              DB_ARGS(db_arg_str(sum), db_arg_str(str_of(purpose)), arg_number(a, account), arg_number(a, sheet), db_arg_opt(data),
	                      arg_number(a, lasts_s)),
	              NULL);
}

enum err
token_find(struct db *db, struct arena *a, struct str text, const char *purpose, struct handed *ret)
{
	char sum[TOKEN_SUM + 1];
	struct db_rows r;

	if (!token_sum(text, sum))
		return err_note(ERR_NOT_FOUND, "not a token");
	enum err e = db_run(db, a, QUERY_TOKEN_FIND, DB_ARGS(db_arg_str(str_of(sum)), db_arg_str(str_of(purpose))), &r);
	if (e || r.nrows == 0)
		return e ? e : err_note(ERR_NOT_FOUND, "no such token");
	struct str state = db_text(&r, 0, COL_TOKEN_FIND_STATE);
	*ret = (struct handed){ .account = db_int(&r, 0, COL_TOKEN_FIND_ACCOUNT),
		                .sheet = db_int(&r, 0, COL_TOKEN_FIND_SHEET),
		                .data = db_text(&r, 0, COL_TOKEN_FIND_DATA),
		                .used = str_eq(state, STR("servi")),
		                .late = str_eq(state, STR("perime")) };
	return ERR_NONE;
}

enum err
token_use(struct db *db, struct arena *a, struct str text, const char *purpose, struct handed *ret)
{
	char sum[TOKEN_SUM + 1];
	struct db_rows r;

	if (!token_sum(text, sum))
		return err_note(ERR_NOT_FOUND, "not a token");
	enum err e = db_run(db, a, QUERY_TOKEN_USE, DB_ARGS(db_arg_str(str_of(sum)), db_arg_str(str_of(purpose)), DB_NULL), &r);
	if (e || r.nrows == 0)
		return e ? e : err_note(ERR_NOT_FOUND, "used, too old, or none of ours");
	*ret = (struct handed){ .account = db_int(&r, 0, COL_TOKEN_USE_ACCOUNT),
		                .sheet = db_int(&r, 0, COL_TOKEN_USE_SHEET),
		                .data = db_text(&r, 0, COL_TOKEN_USE_DATA) };
	return ERR_NONE;
}

static struct str
subject_of(struct arena *a, const char *kind, struct str subject)
{
	char sum[65];

	sha256_of(arena_fmt(a, "%s:%.*s", kind, (int)subject.n, subject.p ? subject.p : ""), sum);
	return arena_str(a, str_of(sum));
}

enum err
attempt_wait(struct db *db, struct arena *a, const char *kind, struct str subject, int max, int per_s, int64_t *ret_s)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_ATTEMPT_WAIT,
	                    DB_ARGS(db_arg_str(subject_of(a, kind, subject)), db_arg_str(str_of(kind)), db_arg_int(a, max), db_arg_int(a, per_s)), &r);

	*ret_s = e ? 0 : db_int(&r, 0, COL_ATTEMPT_WAIT_SECONDS);
	return e;
}

enum err
attempt_note(struct db *db, struct arena *a, const char *kind, struct str subject, int max, int per_s, int64_t *ret_s)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_ATTEMPT_NOTE,
	                    DB_ARGS(db_arg_str(subject_of(a, kind, subject)), db_arg_str(str_of(kind)), db_arg_int(a, max), db_arg_int(a, per_s)), &r);

	*ret_s = e ? 0 : db_int(&r, 0, COL_ATTEMPT_NOTE_SECONDS);
	return e;
}

enum err
attempt_forget(struct db *db, struct arena *a, const char *kind, struct str subject)
{
	return db_run(db, a, QUERY_ATTEMPT_FORGET, DB_ARGS(db_arg_str(subject_of(a, kind, subject)), db_arg_str(str_of(kind))), NULL);
}

enum err
journal_add(struct db *db, struct arena *a, int64_t actor, const char *action, const char *object, int64_t object_id, struct str detail, struct str reason)
{
	struct db_rows r;

	return db_run(db, a, QUERY_JOURNAL_ADD,
	              DB_ARGS(arg_number(a, actor), db_arg_str(str_of(action)), db_arg_str(str_of(object)), arg_number(a, object_id),
	                      db_arg_str(detail.n ? detail : STR("{}")), db_arg_str(reason)),
	              &r);
}
