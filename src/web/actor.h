/*
 * actor: who asks: nobody, a person by the cookie of a session, or a program by a bearer token. Layer 2. Found once a request, on the
 * read-write connection; pages that are shared by all visitors never ask. Also the token that forms carry, and keys drawn from the
 * site's secret. Everything lives in the request's arena. Fails as the database does.
 */
#ifndef WEB_ACTOR_H
#define WEB_ACTOR_H
#include "crypt/key.h"
#include "web/route.h"

enum { SCOPE_READ = 1, SCOPE_WRITE = 2, SCOPE_REVIEW = 4 };

struct actor {
	int64_t id; /* their number as a contributor; 0: nobody */
	struct str name, email;
	enum role role;           /* the highest they have, ROLE_PUBLIC for nobody */
	bool second_factor;       /* was given for this session; a program has none to give */
	bool has_totp;            /* they have one */
	int64_t session;          /* its number; 0: a token */
	struct str session_sum;   /* what names the session in the database */
	unsigned scopes;          /* of a token: SCOPE_ bits */
	struct str roles;         /* JSON: [{"role","territoire","nom","theme","espace"}] */
};

/* One a thread: the secret, read once from the database. */
struct actor_secret {
	bool known;
	struct crypt_key key;
};

enum err actor_find(struct req *r, const struct actor **ret) MUST_CHECK;
/* The one found by the gate; only on routes whose role is ROLE_SELF or above. */
const struct actor *actor_of(const struct req *r);

/* A key for one purpose, drawn from the site's secret. */
enum err actor_key(struct req *r, struct str purpose, struct crypt_key *ret) MUST_CHECK;

/* Who comes from one address, or one network of IPv6 (a /64 is one subscriber's): to count tries; nothing that leads back to it. */
enum err actor_visitor(struct req *r, struct str *ret) MUST_CHECK;

/* The hidden field "jeton" of a form: bound to the session, or, for nobody, good for 12 hours. Empty when the database is away. */
struct str actor_form_token(struct req *r);
/* The same for a form that everybody is given alike, in a page that is kept: nobody's, taken where anybody may post. Never asks who is there. */
struct str actor_form_token_shared(struct req *r);
/* ERR_NONE and r->form_age_ms; ERR_STALE_FORM when it is not ours, of another session, or too old. */
enum err actor_form_check(struct req *r, struct str token) MUST_CHECK;

/* "session", or "__Host-session" over TLS; value empty: taken away. lasts_s seconds. */
void actor_cookie(struct req *r, struct resp *w, struct str value, int lasts_s);

#endif
