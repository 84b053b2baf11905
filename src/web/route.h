/*
 * route: one row a URL, and the schema of the parameters it accepts. Layer 2. Tables are static; nothing is owned.
 * The rows are app/routes.def (included by app/routes.c), the schemas web/params.def. The gate (web/gate.h) enforces all of it.
 */
#ifndef WEB_ROUTE_H
#define WEB_ROUTE_H
#include "web/req.h"
#include "web/resp.h"

/* A page fills resp and returns ERR_NONE; anything else becomes the error page or problem+json of that error. */
typedef enum err page_fn(struct req *req, struct resp *resp);

enum role {
	ROLE_PUBLIC,
	ROLE_HARVESTER, /* as public; a POST may come from anywhere: it asks and changes nothing */
	ROLE_LINK, /* as public; a POST may come from anywhere: the secret in its address, sent by mail, is the proof */
	ROLE_HOST, /* the peer's address is in ADMIN_NETWORKS, else 404 */
	/* Refused with 401 to an anonymous client, or led to /connexion. */
	ROLE_SELF, /* a person by their session, never a program: what concerns the account itself */
	ROLE_CONTRIBUTOR,
	/* From here on with the second factor. */
	ROLE_FACILITATOR,
	ROLE_EDITOR,
	ROLE_ADMIN
};

/* Representations a route can give; the first one listed here is what a client without preference gets. */
#define F_HTML (1u << FORMAT_HTML)
#define F_JSON (1u << FORMAT_JSON)
#define F_GEOJSON (1u << FORMAT_GEOJSON)
#define F_CSV (1u << FORMAT_CSV)
#define F_ATOM (1u << FORMAT_ATOM)
#define F_ICS (1u << FORMAT_ICS)
#define F_JSONLD (1u << FORMAT_JSONLD)
#define F_XML (1u << FORMAT_XML)   /* its page words bad input by itself: the gate refuses nothing */
#define F_TEXT (1u << FORMAT_TEXT)
#define F_FILE (1u << FORMAT_FILE) /* the bytes of a file, of the type its page says; errors are pages */
#define F_FRAGMENT (1u << FORMAT_FRAGMENT) /* an HTML fragment for nginx SSI; never chosen by suffix or Accept */

/* What a list of things that have a place is given in. */
#define F_LIST (F_HTML | F_JSON | F_GEOJSON | F_CSV | F_ATOM | F_JSONLD)

enum param_kind {
	PARAM_TEXT,      /* UTF-8 text without control characters; min..max Unicode characters after trimming */
	PARAM_CODE,      /* [A-Za-z0-9_-], min..max bytes */
	PARAM_INT,       /* decimal, min..max */
	PARAM_ITEM,      /* the number of an item; several keep the order given */
	PARAM_REAL,      /* decimal with a point, min..max */
	PARAM_CHOICE,    /* one of choices, "a|b|c" */
	PARAM_BOOL,      /* "1" or "0" */
	PARAM_DATE,      /* 2026-11-24, a real day */
	PARAM_TERRITORY, /* "commune:97410": a known type, a code of the right shape; existence is the page's business */
	PARAM_BBOX,      /* minlon,minlat,maxlon,maxlat in degrees, WGS84 */
	PARAM_LOCAL_URL, /* a path of this site, "/fiches?q=x": never another host */
	PARAM_LINES,     /* text of several lines, ended by LF; min..max Unicode characters */
	PARAM_EMAIL,     /* an address of electronic mail, in lower case; max bytes */
	PARAM_PASSWORD,  /* any characters, spaces kept; min..max of them */
	PARAM_TOKEN,     /* base64url, min..max bytes */
	PARAM_WEB,       /* http:// or https:// and something; max bytes */
	PARAM_FILE       /* a file of a multipart form, max bytes: in req->files */
};

struct param_def {
	const char *name; /* NULL ends a schema; "sections_*": all names that begin so, repeat of them at most */
	enum param_kind kind;
	double min, max;
	int repeat; /* values accepted, 1 when not repeatable */
	const char *choices;
	const char *label; /* French, for notices and the documentation */
};

/* extern const struct param_def PARAMS_LIST[]; one a schema */
#define SCHEMA(name) extern const struct param_def PARAMS_##name[];
#define PARAM(...)
#define SCHEMA_END
#include "web/params.def"
#undef SCHEMA
#undef PARAM
#undef SCHEMA_END

struct route {
	const char *method;  /* "GET" (HEAD included), "POST" or "PUT" */
	const char *pattern; /* "/fiches/{slug_id}"; a {variable} matches one segment, never empty */
	page_fn *handler;
	enum role role;
	bool csrf; /* true on every POST and PUT but a harvester's and a link's: same-origin requests only, unless a bearer token speaks */
	enum cache cache;
	const struct param_def *params;
	unsigned formats;
	const char *summary; /* French */
};

struct route_table {
	const struct route *rows;
	size_t n;
};

/* ROUTE(GET, "/fiches", page_sheets, PUBLIC, CACHE_PAGE, PARAMS_LIST, F_HTML | F_JSON, "Les fiches") as a row of an array. */
#define ROUTE_ROW(method_, pattern_, handler_, role_, cache_, params_, formats_, summary_)                            \
	{                                                                                                              \
		.method = #method_, .pattern = (pattern_), .handler = (handler_), .role = ROLE_##role_,                \
		.csrf = #method_[0] == 'P' && ROLE_##role_ != ROLE_HARVESTER && ROLE_##role_ != ROLE_LINK, \
		.cache = (cache_),                                                                                     \
		.params = (params_), .formats = (formats_), .summary = (summary_),                                     \
	},

/*
 * Finds the route of a decoded path. A literal segment wins over a {variable}. Fills vars (REQ_PATH_VARS slices of path).
 * Literal segments match without case; *ret_exact is false when the case differs (the gate then redirects).
 * Returns NULL when nothing matches; *ret_methods gets the methods the path has: ROUTE_ bits (0: not found, else a 405).
 */
#define ROUTE_GET 1u
#define ROUTE_POST 2u
#define ROUTE_PUT 4u
const struct route *route_find(const struct route_table *t, struct str path, enum method method, struct str *ret_vars,
                               bool *ret_exact, unsigned *ret_methods) MUST_CHECK;

/* Bytes a body may have on that route: 64 KiB, 512 KiB with long texts, 10.5 MiB with a file. */
size_t route_body_max(const struct route *route);

#endif
