#include "web/actor.h"
#include "base/log.h"
#include "crypt/hash.h"
#include "crypt/sign.h"
#include "crypt/token.h"
#include "web/net.h"
#include "web/query.h"
#include <time.h>

#define FORM_LASTS_MS (12LL * 3600 * 1000)
#define FORM_LASTS_SESSION_MS (30LL * 24 * 3600 * 1000)

static const struct actor nobody = { .role = ROLE_PUBLIC };

static const struct {
	const char *name;
	enum role role;
} roles[] = { { "contributeur", ROLE_CONTRIBUTOR }, { "animateur", ROLE_FACILITATOR }, { "editeur", ROLE_EDITOR }, { "administrateur", ROLE_ADMIN } };

static enum role
role_of(struct str name)
{
	for (size_t i = 0; i < sizeof(roles) / sizeof(*roles); i++)
		if (str_eq(name, str_of(roles[i].name)))
			return roles[i].role;
	return ROLE_PUBLIC;
}

static int64_t
wall_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_REALTIME, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static enum err
by_session(struct req *r, struct actor *a, const char *sum)
{
	struct db_rows rows;
	enum err e = db_run(r->write, r->arena, QUERY_SESSION_FIND, DB_ARGS(db_arg_str(str_of(sum))), &rows);

	if (e || rows.nrows == 0)
		return e;
	*a = (struct actor){ .id = db_int(&rows, 0, COL_SESSION_FIND_ACCOUNT_ID),
		             .name = db_text(&rows, 0, COL_SESSION_FIND_NAME),
		             .email = db_text(&rows, 0, COL_SESSION_FIND_EMAIL),
		             .role = role_of(db_text(&rows, 0, COL_SESSION_FIND_ROLE)),
		             .second_factor = db_bool(&rows, 0, COL_SESSION_FIND_SECOND_FACTOR),
		             .has_totp = db_bool(&rows, 0, COL_SESSION_FIND_HAS_TOTP),
		             .session = db_int(&rows, 0, COL_SESSION_FIND_SESSION_ID),
		             .session_sum = arena_str(r->arena, str_of(sum)),
		             .roles = db_text(&rows, 0, COL_SESSION_FIND_ROLES) };
	return ERR_NONE;
}

/* Whether an array of PostgreSQL, "{lire,relire}", has that very word. */
static bool
holds(struct str array, const char *word)
{
	size_t n = strlen(word);

	for (size_t i = 1; i + n < array.n; i++)
		if ((array.p[i - 1] == '{' || array.p[i - 1] == ',') && memcmp(array.p + i, word, n) == 0 && (array.p[i + n] == ',' || array.p[i + n] == '}'))
			return true;
	return false;
}

static enum err
by_token(struct req *r, struct actor *a, const char *sum)
{
	struct db_rows rows;
	enum err e = db_run(r->write, r->arena, QUERY_API_TOKEN_FIND, DB_ARGS(db_arg_str(str_of(sum))), &rows);

	if (e || rows.nrows == 0)
		return e;
	struct str scopes = db_text(&rows, 0, COL_API_TOKEN_FIND_SCOPES);
	*a = (struct actor){ .id = db_int(&rows, 0, COL_API_TOKEN_FIND_ACCOUNT_ID),
		             .name = db_text(&rows, 0, COL_API_TOKEN_FIND_NAME),
		             .email = db_text(&rows, 0, COL_API_TOKEN_FIND_EMAIL),
		             .role = role_of(db_text(&rows, 0, COL_API_TOKEN_FIND_ROLE)),
		             /* Asked for when the token was made; of one who decides since then, it is there to be given. */
		             .has_totp = db_bool(&rows, 0, COL_API_TOKEN_FIND_HAS_TOTP),
		             .roles = db_text(&rows, 0, COL_API_TOKEN_FIND_ROLES),
		             .scopes = (holds(scopes, "lire") ? SCOPE_READ : 0U) | (holds(scopes, "ecrire") ? SCOPE_WRITE : 0U) |
		                       (holds(scopes, "relire") ? SCOPE_REVIEW : 0U) };
	a->second_factor = a->has_totp || a->role < ROLE_FACILITATOR;
	return ERR_NONE;
}

enum err
actor_find(struct req *r, const struct actor **ret)
{
	char sum[TOKEN_SUM + 1];

	if (!r->actor) {
		struct actor *a = arena_new_of(r->arena, struct actor);
		enum err e = ERR_NONE;
		*a = nobody;
		if (r->bearer.n) {
			if (token_sum(r->bearer, sum))
				e = r->write ? by_token(r, a, sum) : err_note(ERR_DB_DOWN, "no read-write connection is set");
		} else if (r->cookie_session.n && token_sum(r->cookie_session, sum)) {
			e = r->write ? by_session(r, a, sum) : err_note(ERR_DB_DOWN, "no read-write connection is set");
		}
		if (e)
			return e;
		r->actor = a;
	}
	*ret = r->actor;
	return ERR_NONE;
}

const struct actor *
actor_of(const struct req *r)
{
	if (!r->actor)
		die("%s asks who is there before the gate does", r->route ? r->route->pattern : "-");
	return r->actor;
}

enum err
actor_key(struct req *r, struct str purpose, struct crypt_key *ret)
{
	struct db_rows rows;

	if (!r->secret)
		return err_note(ERR_DB_DOWN, "no place for the secret");
	if (!r->secret->known) {
		if (!r->write)
			return err_note(ERR_DB_DOWN, "no read-write connection is set");
		enum err e = db_run(r->write, r->arena, QUERY_SECRET_FIND, NULL, 0, &rows);
		if (e)
			return e;
		if (!key_read_hex(db_text(&rows, 0, COL_SECRET_FIND_KEY), &r->secret->key))
			return err_note(ERR_INTERNAL, "the secret is not of 256 bits");
		r->secret->known = true;
	}
	key_derive(&r->secret->key, purpose, ret);
	return ERR_NONE;
}

enum err
actor_visitor(struct req *r, struct str *ret)
{
	uint8_t address[16] = { 0 };
	struct crypt_key key;
	char sum[65];
	enum err e = actor_key(r, STR("visiteur"), &key);

	if (e)
		return e;
	struct sha256 h;
	sha256_init(&h);
	sha256_add(&h, (struct str){ (const char *)key.b, KEY_BYTES });
	key_forget(&key);
	if (net_parse_address(r->remote_addr, address)) {
		static const uint8_t ipv4[12] = { [10] = 0xff, [11] = 0xff };
		sha256_add(&h, (struct str){ (const char *)address, memcmp(address, ipv4, sizeof(ipv4)) == 0 ? 16 : 8 });
	} else {
		sha256_add(&h, r->remote_addr);
	}
	sha256_end(&h, sum);
	*ret = arena_str(r->arena, str_of(sum));
	return ERR_NONE;
}

/* A piece of what names the session: enough to tell it from another, too little to be of any use. */
static struct str
session_mark(const struct actor *a)
{
	return (struct str){ a->session_sum.p, a->session_sum.n < 16 ? a->session_sum.n : 16 };
}

struct str
actor_form_token(struct req *r)
{
	const struct actor *a;
	struct crypt_key key;

	if (actor_find(r, &a) || actor_key(r, STR("jeton"), &key))
		return STR_NONE;
	return sign_make(r->arena, &key, STR("jeton"), session_mark(a), wall_ms(), a->session ? FORM_LASTS_SESSION_MS : FORM_LASTS_MS);
}

struct str
actor_form_token_shared(struct req *r)
{
	struct crypt_key key;

	if (actor_key(r, STR("jeton"), &key))
		return STR_NONE;
	return sign_make(r->arena, &key, STR("jeton"), STR_NONE, wall_ms(), FORM_LASTS_MS);
}

enum err
actor_form_check(struct req *r, struct str token)
{
	const struct actor *a;
	struct crypt_key key;
	struct signed_value v;
	enum err e = actor_find(r, &a);

	if (!e)
		e = actor_key(r, STR("jeton"), &key);
	if (e)
		return e;
	if (sign_check(r->arena, &key, STR("jeton"), token, wall_ms(), &v) != SIGN_OK)
		return err_note(ERR_STALE_FORM, "the form's token is absent, too old or not ours");
	/* A form opened before signing in stays good where anybody may post. */
	bool former = r->resumed && r->before && r->before->session && str_eq(v.payload, session_mark(r->before));
	if (!str_eq(v.payload, session_mark(a)) && !former && !(v.payload.n == 0 && (r->route->role <= ROLE_HARVESTER || r->resumed)))
		return err_note(ERR_STALE_FORM, "the form's token is of another session");
	r->form_age_ms = v.age_ms;
	return ERR_NONE;
}

void
actor_cookie(struct req *r, struct resp *w, struct str value, int lasts_s)
{
	bool tls = str_eq(r->scheme, STR("https"));

	w->secret = true;
	resp_header(w, "Set-Cookie", arena_fmt(r->arena, "%s=%.*s; Path=/; Max-Age=%d; HttpOnly; SameSite=Lax%s", tls ? "__Host-session" : "session",
	                                       (int)value.n, value.p ? value.p : "", value.n ? lasts_s : 0, tls ? "; Secure" : ""));
}
