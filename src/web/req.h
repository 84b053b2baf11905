/*
 * req: one request, as the gate hands it to a page. Layer 2. Everything lives in req->arena.
 * A page sees validated input only: the path's variables, and parameters already decoded and checked against the route's
 * schema (bounds, UTF-8, no NUL). What was wrong is in req->notices (ignored and named) or ended the request with a 400.
 */
#ifndef WEB_REQ_H
#define WEB_REQ_H
#include "base/arena.h"
#include "base/err.h"
#include "db/db.h"
#include "geo/place.h"

enum method { METHOD_GET, METHOD_HEAD, METHOD_POST, METHOD_PUT, METHOD_OTHER };
enum format {
	FORMAT_HTML, FORMAT_JSON, FORMAT_GEOJSON, FORMAT_CSV, FORMAT_ATOM, FORMAT_ICS, FORMAT_JSONLD,
	FORMAT_XML, FORMAT_TEXT, FORMAT_FRAGMENT, FORMAT_FILE
};

struct param { /* one decoded parameter, in the order received */
	struct str name, value;
};

struct notice { /* an ignored or refused parameter, said to the visitor */
	struct str field;   /* "page" */
	struct str code;    /* "inconnu", "ignore" (known, without effect here), "borne", "profondeur", "valeur", "double", "utf8" */
	struct str message; /* French */
};

#define REQ_PATH_VARS 4
#define REQ_NOTICES 64

struct req {
	struct arena *arena;
	struct db *db; /* this thread's; connect happens at first use */
	struct db *write; /* as catalyse_rw: what is private, and every change. A POST or PUT is one transaction, opened and ended by the gate */
	struct memo *memo; /* this thread's rendered pieces; NULL in tests */
	void *app;         /* what the program gave the gate: settings, the IP database */
	const struct route *route;
	const struct route_table *routes; /* all there are; NULL in tests */
	const struct espace_front *espace; /* see espace_of() */
	enum method method;
	enum format format;
	struct str id;          /* request id from nginx, or made here */
	struct str host, scheme; /* "catalyse.example", "https" */
	struct str base;        /* "https://catalyse.example", no trailing slash: for absolute URLs. Of BASE_URL: one address a thing, whatever the host */
	struct str origin;      /* the same, of the very host that was asked */
	struct str path;        /* decoded, normalised, suffix of the format removed: "/fiches" */
	struct str query;       /* raw query string */
	struct str if_none_match, cookie_territoire;
	struct str cookie_session, bearer; /* as received: see web/actor.h */
	struct str if_match;               /* the header, without quotes; "*" as it is */
	struct str key;                    /* of the submission: header Idempotency-Key or field "cle"; may be empty */
	const struct actor *actor;         /* see web/actor.h */
	struct actor_secret *secret;
	bool resumed; /* signed in by the form itself: its token is nobody's, or of who was there before */
	const struct actor *before;
	int64_t form_age_ms;               /* since the form was made */
	bool refused; /* POST, PUT: something sent is bad: the page shows the form again with what was typed; nothing can be written */
	struct str body, content_type;
	const struct param *typed; /* every field of the body as it came, those that were refused too */
	size_t ntyped;
	const struct upload *files; /* see web/body.h */
	size_t nfiles;
	struct str vars[REQ_PATH_VARS]; /* the route's {variables}, in order */
	const struct param *params;
	size_t nparams;
	struct notice notices[REQ_NOTICES];
	size_t nnotices;
	const struct place *(*locate)(struct req *); /* where the address says the visitor is; lazily; never NULL */
	const struct place *place;                   /* memo of the above */
	struct str user_agent;                       /* as received; kept nowhere but in two words */
	struct str remote_addr;                      /* used in memory, kept nowhere */
};

struct str req_param(const struct req *r, const char *name); /* first value, empty when absent */
size_t req_params(struct req *r, const char *name, const struct str **ret_values); /* all values of a repeatable parameter */
struct str req_typed(const struct req *r, const char *name); /* as sent in the body, good or not; empty when absent */
void req_notice(struct req *r, struct str field, struct str code, struct str message);

#endif
