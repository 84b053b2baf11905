#include "web/gate.h"
#include "base/log.h"
#include "base/metric.h"
#include "web/accept.h"
#include "web/actor.h"
#include "web/body.h"
#include "web/etag.h"
#include "web/params.h"
#include "web/problem.h"
#include "web/query.h"
#include "web/revised.h"
#include "web/revision.h"
#include "web/source.h"
#include "web/write.h"
#include <stdio.h>
#include <time.h>

#define QUERY_MAX 16384 /* bytes; nginx sends no longer line */
#define PATH_MAX_BYTES 2048

/* What CGI says, looked up once. */
struct cgi {
	struct str method, uri, document_uri, query, content_type, remote_addr, id, sent, host, https, scheme;
	struct str accept, if_none_match, if_match, cookie, origin, fetch_site, user_agent, authorization, key;
};

static const struct {
	struct str name;
	size_t offset;
} cgi_names[] = {
	{ { "REQUEST_METHOD", sizeof("REQUEST_METHOD") - 1 }, offsetof(struct cgi, method) },
	{ { "REQUEST_URI", sizeof("REQUEST_URI") - 1 }, offsetof(struct cgi, uri) },
	{ { "DOCUMENT_URI", sizeof("DOCUMENT_URI") - 1 }, offsetof(struct cgi, document_uri) },
	{ { "QUERY_STRING", sizeof("QUERY_STRING") - 1 }, offsetof(struct cgi, query) },
	{ { "CONTENT_TYPE", sizeof("CONTENT_TYPE") - 1 }, offsetof(struct cgi, content_type) },
	{ { "REMOTE_ADDR", sizeof("REMOTE_ADDR") - 1 }, offsetof(struct cgi, remote_addr) },
	{ { "REQUEST_ID", sizeof("REQUEST_ID") - 1 }, offsetof(struct cgi, id) },
	{ { "REQUEST_SENT", sizeof("REQUEST_SENT") - 1 }, offsetof(struct cgi, sent) },
	{ { "HTTP_HOST", sizeof("HTTP_HOST") - 1 }, offsetof(struct cgi, host) },
	{ { "HTTPS", sizeof("HTTPS") - 1 }, offsetof(struct cgi, https) },
	{ { "REQUEST_SCHEME", sizeof("REQUEST_SCHEME") - 1 }, offsetof(struct cgi, scheme) },
	{ { "HTTP_ACCEPT", sizeof("HTTP_ACCEPT") - 1 }, offsetof(struct cgi, accept) },
	{ { "HTTP_IF_NONE_MATCH", sizeof("HTTP_IF_NONE_MATCH") - 1 }, offsetof(struct cgi, if_none_match) },
	{ { "HTTP_IF_MATCH", sizeof("HTTP_IF_MATCH") - 1 }, offsetof(struct cgi, if_match) },
	{ { "HTTP_AUTHORIZATION", sizeof("HTTP_AUTHORIZATION") - 1 }, offsetof(struct cgi, authorization) },
	{ { "HTTP_IDEMPOTENCY_KEY", sizeof("HTTP_IDEMPOTENCY_KEY") - 1 }, offsetof(struct cgi, key) },
	{ { "HTTP_COOKIE", sizeof("HTTP_COOKIE") - 1 }, offsetof(struct cgi, cookie) },
	{ { "HTTP_USER_AGENT", sizeof("HTTP_USER_AGENT") - 1 }, offsetof(struct cgi, user_agent) },
	{ { "HTTP_ORIGIN", sizeof("HTTP_ORIGIN") - 1 }, offsetof(struct cgi, origin) },
	{ { "HTTP_SEC_FETCH_SITE", sizeof("HTTP_SEC_FETCH_SITE") - 1 }, offsetof(struct cgi, fetch_site) },
};

static struct cgi
cgi_read(char *const *env)
{
	struct cgi c = { 0 };

	for (; *env; env++) {
		const char *equal = strchr(*env, '=');
		if (!equal)
			continue;
		struct str name = { *env, (size_t)(equal - *env) };
		for (size_t i = 0; i < sizeof(cgi_names) / sizeof(cgi_names[0]); i++) {
			if (str_eq(name, cgi_names[i].name)) {
				*(struct str *)((char *)&c + cgi_names[i].offset) = str_of(equal + 1);
				break;
			}
		}
	}
	return c;
}

static bool
starts_with(struct str s, struct str with)
{
	return s.n >= with.n && memcmp(s.p, with.p, with.n) == 0;
}

/* A host name and port, nothing that could change the meaning of a URL. */
static bool
is_host(struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || strchr("-.:[]", c)))
			return false;
	}
	return s.n > 0 && s.n < 256;
}

static struct str
request_id(struct arena *a, struct str given)
{
	static _Thread_local unsigned count;
	struct timespec t;
	bool good = given.n >= 8 && given.n <= 63;

	for (size_t i = 0; good && i < given.n; i++)
		good = (given.p[i] >= '0' && given.p[i] <= '9') || ((given.p[i] | 0x20) >= 'a' && (given.p[i] | 0x20) <= 'z') ||
		       given.p[i] == '-';
	if (good)
		return given;
	clock_gettime(CLOCK_REALTIME, &t);
	return arena_fmt(a, "%08llx%08lx%06x", (unsigned long long)t.tv_sec, (unsigned long)t.tv_nsec, ++count & 0xffffff);
}

/* When nginx sent it, "1764360000.123", against the clock of this host. Of a clock that is far from ours, or of none, nothing is said. */
static void
note_wait(struct str sent)
{
	struct timespec now;
	int64_t ms = 0;
	for (size_t i = 0; i < sent.n && i < 16; i++)
		if (sent.p[i] >= '0' && sent.p[i] <= '9')
			ms = ms * 10 + (sent.p[i] - '0');
	clock_gettime(CLOCK_REALTIME, &now);
	int64_t us = (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000 - ms * 1000;
	if (us > -1000000 && us < 60000000)
		metric_wait(us);
}

static const struct place *
locate_nowhere(struct req *r)
{
	static const struct place nowhere = { .source = PLACE_DEFAULT, .reason = "no-database" };

	return r->place = &nowhere;
}

/* An error is told in the format asked, as far as there is one: by the end of the path, else by Accept. */
static void
error_format(struct req *r, const struct cgi *c, struct str path)
{
	struct str stem;
	if (!format_split(path, &stem, &r->format) && !format_accept(c->accept, F_HTML | F_JSON, &r->format))
		r->format = FORMAT_JSON;
}

/* The raw path decoded, double slashes folded and the last one dropped. *ret_changed: not the canonical spelling. */
static enum err
path_read(struct req *r, const struct cgi *c, bool *ret_changed)
{
	struct str raw = c->uri, path;
	/* In a subrequest of nginx (SSI) REQUEST_URI is the page's: only the decoded DOCUMENT_URI names the fragment. */
	bool fragment = starts_with(c->document_uri, STR("/_fragment/"));

	if (fragment || raw.n == 0)
		raw = c->document_uri;
	const char *mark = raw.n ? memchr(raw.p, '?', raw.n) : NULL;
	if (mark && !fragment)
		raw.n = (size_t)(mark - raw.p);
	if (raw.n > PATH_MAX_BYTES)
		return ERR_URI_TOO_LONG;
	if (raw.n == 0 || raw.p[0] != '/')
		return err_note(ERR_BAD_INPUT, "no path");
	if (fragment) {
		if (!query_utf8_valid(raw))
			return err_note(ERR_BAD_INPUT, "path is not UTF-8");
		path = raw;
	} else if (query_decode(r->arena, raw, false, &path) != QUERY_OK) {
		error_format(r, c, raw);
		req_notice(r, STR("adresse"), STR("codage"), STR("Cette adresse contient des caractères illisibles."));
		return err_note(ERR_BAD_INPUT, "path is not readable text");
	}
	char *out = arena_alloc(r->arena, path.n + 1);
	size_t n = 0;
	for (size_t i = 0; i < path.n; i++)
		if (!(path.p[i] == '/' && n > 0 && out[n - 1] == '/'))
			out[n++] = path.p[i];
	if (n > 1 && out[n - 1] == '/')
		n--;
	*ret_changed = n != path.n;
	r->path = (struct str){ out, n };
	return ERR_NONE;
}

/* "/territoires/{type}/..." is written in lower case. Returns whether it was not. */
static bool
type_lower(struct req *r)
{
	const char *p = r->route->pattern;
	size_t i = 0;

	while ((p = strchr(p, '{')) && strncmp(p, "{type}", 6) != 0)
		p++, i++;
	if (!p)
		return false;
	bool upper = false;
	char *z = arena_cstr(r->arena, r->vars[i]);
	for (size_t k = 0; k < r->vars[i].n; k++) {
		if (z[k] >= 'A' && z[k] <= 'Z') {
			z[k] |= 0x20;
			upper = true;
		}
	}
	r->vars[i].p = z;
	return upper;
}

static enum err
canonical_redirect(struct req *r, struct resp *resp, struct str stem, struct str suffix)
{
	struct buf b;
	struct str pattern = str_of(r->route->pattern);
	size_t i = 0;

	/* Literal segments from the pattern, variables as received. */
	buf_init(&b, r->arena, stem.n + suffix.n + r->query.n + 32);
	for (size_t at = 0; at < pattern.n; at++) {
		if (pattern.p[at] == '{') {
			query_encode(&b, r->vars[i++], false);
			while (pattern.p[at] != '}')
				at++;
		} else {
			buf_char(&b, pattern.p[at]);
		}
	}
	buf_put(&b, suffix);
	if (r->query.n > 0) {
		buf_char(&b, '?');
		buf_put(&b, r->query);
	}
	resp_redirect(resp, 301, buf_str(&b));
	resp->cache = CACHE_NONE;
	return ERR_NONE;
}

/* What the address exists in, said in a body that every program reads. */
static enum err
not_acceptable(struct req *r, struct resp *resp)
{
	struct buf b;

	buf_init(&b, r->arena, 256);
	buf_lit(&b, "Cette adresse existe en ");
	for (int f = FORMAT_HTML, n = 0; f < FORMAT_FRAGMENT; f++)
		if (r->route->formats & 1u << f)
			buf_fmt(&b, "%s%s", n++ ? ", " : "", format_type((enum format)f));
	buf_char(&b, '.');
	req_notice(r, STR("Accept"), STR("format"), buf_str(&b));
	r->format = FORMAT_JSON;
	resp_header(resp, "Vary", STR("Accept"));
	return ERR_NOT_ACCEPTABLE;
}

static void
allow(struct resp *resp, unsigned methods)
{
	struct buf b;

	buf_init(&b, resp->headers.arena, 32);
	if (methods & ROUTE_GET)
		buf_lit(&b, "GET, HEAD");
	if (methods & ROUTE_POST)
		buf_put(&b, b.n ? STR(", POST") : STR("POST"));
	if (methods & ROUTE_PUT)
		buf_put(&b, b.n ? STR(", PUT") : STR("PUT"));
	resp_header(resp, "Allow", buf_str(&b));
}

/* Finds the route, the format and the variables; may answer by itself with a redirection (resp->status 301). */
static enum err
route_request(const struct gate *g, struct req *r, struct resp *resp, const struct cgi *c, bool changed)
{
	struct str stem = r->path, suffix = STR_NONE;
	enum format format = FORMAT_HTML;
	bool exact = true, post = r->method == METHOD_POST || r->method == METHOD_PUT;
	unsigned methods = 0, plain_methods = 0;

	if (format_split(r->path, &stem, &format)) {
		r->route = route_find(&g->routes, stem, r->method, r->vars, &exact, &methods);
		if (r->route && !(r->route->formats & 1u << format))
			r->route = NULL;
		if (r->route) {
			suffix = (struct str){ r->path.p + stem.n, r->path.n - stem.n };
			r->format = format;
		}
	}
	if (!r->route) {
		r->route = route_find(&g->routes, r->path, r->method, r->vars, &exact, &plain_methods);
		/* What exists in one format only is given as it is. */
		bool several = r->route && r->route->formats & (r->route->formats - 1);
		if (r->route && !format_accept(c->accept, r->route->formats, &r->format) && several && !post)
			return not_acceptable(r, resp);
	}
	if (!r->route) {
		error_format(r, c, r->path);
		unsigned own = r->method == METHOD_POST ? ROUTE_POST : r->method == METHOD_PUT ? ROUTE_PUT : ROUTE_GET;
		if (methods | plain_methods && !((methods | plain_methods) & own)) { /* else it is the format that does not exist */
			allow(resp, methods | plain_methods);
			return ERR_METHOD;
		}
		return ERR_NOT_FOUND;
	}
	if (r->method == METHOD_OTHER) {
		allow(resp, methods | plain_methods);
		return ERR_METHOD;
	}
	resp->cache = r->route->cache;
	exact &= !type_lower(r);
	if ((changed || !exact) && !post)
		return canonical_redirect(r, resp, stem, suffix);
	if (suffix.n > 0)
		r->path = stem;
	else if (r->route->formats & (r->route->formats - 1))
		resp_header(resp, "Vary", STR("Accept"));
	return ERR_NONE;
}

/* What the scopes of a token must hold on a route. */
static unsigned
scope_of(const struct req *r)
{
	if (r->route->role >= ROLE_FACILITATOR)
		return SCOPE_REVIEW;
	return r->method == METHOD_GET || r->method == METHOD_HEAD ? SCOPE_READ : SCOPE_WRITE;
}

static bool
sends(const struct req *r)
{
	return r->method == METHOD_POST || r->method == METHOD_PUT;
}

/* Where anybody may post, a program that says for whom it speaks says so truly, and may write. */
static enum err
bearer_check(struct req *r)
{
	const struct actor *a;
	enum err e = actor_find(r, &a);

	if (e)
		return e;
	if (a->id == 0)
		return ERR_UNAUTHENTICATED;
	if (!(a->scopes & (SCOPE_WRITE | SCOPE_REVIEW)))
		return err_note(ERR_FORBIDDEN, "the token's scopes do not go so far");
	return a->second_factor ? ERR_NONE : ERR_SECOND_FACTOR;
}

static enum err
role_check(const struct gate *g, struct req *r)
{
	const struct actor *a;
	enum role role = r->route->role;

	if (role == ROLE_PUBLIC)
		return r->bearer.n && sends(r) ? bearer_check(r) : ERR_NONE;
	if (role == ROLE_HARVESTER || role == ROLE_LINK)
		return ERR_NONE;
	if (role == ROLE_HOST) /* nginx says "unix:" of a client on a Unix socket: this machine. */
		return starts_with(r->remote_addr, STR("unix:")) || net_list_has(&g->admin, r->remote_addr) ? ERR_NONE : ERR_NOT_FOUND;
	enum err e = actor_find(r, &a);
	if (e)
		return e;
	if (a->id == 0)
		return ERR_UNAUTHENTICATED;
	if (!a->session) {
		if (role == ROLE_SELF)
			return err_note(ERR_FORBIDDEN, "a token does not manage an account");
		if (!(a->scopes & scope_of(r)))
			return err_note(ERR_FORBIDDEN, "the token's scopes do not go so far");
	}
	if (role > a->role)
		return err_note(ERR_FORBIDDEN, "the role is not high enough");
	/* Whoever has a second factor gives it everywhere; whoever decides must have one, and a token of theirs is none. */
	if ((a->role >= ROLE_FACILITATOR || a->has_totp) && !a->second_factor)
		return ERR_SECOND_FACTOR;
	return ERR_NONE;
}

/* Sec-Fetch-Site when the browser says it, else an Origin equal to ours; neither: refused. A bearer token is no browser's habit. */
static enum err
origin_check(const struct req *r, const struct cgi *c)
{
	if (!r->route->csrf || r->bearer.n)
		return ERR_NONE;
	if (c->fetch_site.n > 0)
		return str_eq(c->fetch_site, STR("same-origin")) || str_eq(c->fetch_site, STR("none"))
		               ? ERR_NONE
		               : err_note(ERR_FORBIDDEN, "cross-site post");
	/* One installation has several names: that of BASE_URL, and the one of the page that was sent from. */
	return c->origin.n > 0 && (str_eq(c->origin, r->base) || str_eq(c->origin, r->origin)) ? ERR_NONE : err_note(ERR_FORBIDDEN, "no origin");
}

static void
cookie_read(struct req *r, struct str header)
{
	struct str raw, value;

	if (query_cookie(header, "territoire", &raw) && raw.n <= 64 &&
	    query_decode(r->arena, raw, false, &value) == QUERY_OK && params_is_territory(value))
		r->cookie_territoire = value;
	if (query_cookie(header, str_eq(r->scheme, STR("https")) ? "__Host-session" : "session", &raw) && raw.n <= 100)
		r->cookie_session = raw;
}

/* "Bearer xyz": anything else is nobody. */
static struct str
bearer_of(struct str authorization)
{
	if (!starts_with(authorization, STR("Bearer ")))
		return STR_NONE;
	return (struct str){ authorization.p + 7, authorization.n - 7 };
}

/* The first quoted tag of If-Match, without its quotes. */
static struct str
tag_of(struct str header)
{
	const char *from = header.n ? memchr(header.p, '"', header.n) : NULL;

	if (!from)
		return header;
	from++;
	const char *to = memchr(from, '"', header.n - (size_t)(from - header.p));
	return to ? (struct str){ from, (size_t)(to - from) } : STR_NONE;
}

/* The fields of the body, and what is wrong with them. */
static enum err
form_read(struct req *r, bool *ret_json)
{
	struct body_pairs body;
	enum err e = body_read(r, &body);

	if (e)
		return e;
	struct param *typed = arena_array(r->arena, struct param, body.n + 1);
	for (size_t i = 0; i < body.n; i++)
		typed[i] = (struct param){ body.p[i].name, body.p[i].value };
	r->typed = typed;
	r->ntyped = body.n;
	r->files = body.files;
	r->nfiles = body.nfiles;
	params_pairs(r, r->route->params, body.p, body.n, true);
	if (r->key.n == 0)
		r->key = req_typed(r, "cle");
	if (r->key.n && (r->key.n < 8 || r->key.n > 200)) {
		req_notice(r, STR("cle"), STR("borne"), STR("La clé de l’envoi compte de 8 à 200 caractères."));
		return ERR_BAD_INPUT;
	}
	*ret_json = body.json;
	return ERR_NONE;
}

static enum err
serve(struct gate_worker *w, struct req *r, struct resp *resp, const struct cgi *c, enum gate_body body_state)
{
	const struct gate *g = w->gate;
	bool changed = false;
	enum err e;

	if ((e = path_read(r, c, &changed)) != ERR_NONE)
		return e;
	if (r->query.n > QUERY_MAX)
		return ERR_URI_TOO_LONG;
	if ((e = route_request(g, r, resp, c, changed)) != ERR_NONE || resp->status != 200)
		return e;
	if (body_state == GATE_BODY_TOO_LARGE || r->body.n > route_body_max(r->route))
		return ERR_TOO_LARGE;
	if (body_state == GATE_BODY_SHORT)
		return err_note(ERR_BAD_INPUT, "the body is not as long as CONTENT_LENGTH says");
	cookie_read(r, c->cookie);
	r->bearer = bearer_of(c->authorization);
	r->if_match = tag_of(c->if_match);
	r->key = c->key;
	bool posted = sends(r), json = false;
	if ((e = origin_check(r, c)) != ERR_NONE)
		return e;
	/* What was typed is read before anything else is refused, so that it can be given back. */
	params_read(r, r->route->params, r->query);
	if (posted && (e = form_read(r, &json)) != ERR_NONE)
		return e;
	if (json && r->route->formats & F_JSON && (c->accept.n == 0 || str_eq(c->accept, STR("*/*"))))
		r->format = FORMAT_JSON;
	if (w->full) {
		metric_count(METRIC_slots_short);
		return err_note(ERR_DB_BUSY, "no worker is free");
	}
	e = role_check(g, r);
	bool names = (e == ERR_UNAUTHENTICATED && req_typed(r, "connexion_courriel").n) || (e == ERR_SECOND_FACTOR && req_typed(r, "connexion_code").n);
	if (names && posted && !r->bearer.n && !json && g->sign_in) {
		r->before = r->actor;
		if ((e = g->sign_in(r, resp)) == ERR_NONE)
			e = role_check(g, r);
		r->resumed = true;
	}
	if (e != ERR_NONE)
		return e;
	if (posted && r->route->csrf && !r->bearer.n && !json && (e = actor_form_check(r, req_typed(r, "jeton"))) != ERR_NONE)
		return e;
	bool data = r->format != FORMAT_HTML && r->format != FORMAT_FRAGMENT && r->format != FORMAT_XML;
	if ((data || json) && (params_bad(r) || (json && r->nnotices)))
		return ERR_BAD_INPUT;
	r->refused = posted && params_bad(r);
	struct str mark = STR_NONE;
	if (!query_cookie(c->cookie, "frais", &mark))
		mark = STR_NONE;
	source_choose(w, r, mark);
	/* Who wrote a moment ago is shown nothing that was kept before. */
	if (mark.n) {
		r->memo = NULL;
		if (!posted && revision_read(r, false))
			err_clear();
	}
	e = posted && r->route->csrf ? write_serve(r, resp) : revised_serve(w, r, resp);
	if (e != ERR_NONE)
		return e;
	if (arena_exhausted(r->arena))
		return ERR_NO_MEMORY;
	if (params_bad(r) && resp->status == 200 && r->format != FORMAT_XML) {
		if (data)
			return ERR_BAD_INPUT;
		resp->status = 400;
	}
	return ERR_NONE;
}

const char *
gate_reason(int status)
{
	switch (status) {
	case 200: return "OK";
	case 201: return "Created";
	case 202: return "Accepted";
	case 204: return "No Content";
	case 301: return "Moved Permanently";
	case 302: return "Found";
	case 303: return "See Other";
	case 304: return "Not Modified";
	case 308: return "Permanent Redirect";
	case 400: return "Bad Request";
	case 401: return "Unauthorized";
	case 403: return "Forbidden";
	case 404: return "Not Found";
	case 405: return "Method Not Allowed";
	case 406: return "Not Acceptable";
	case 409: return "Conflict";
	case 410: return "Gone";
	case 412: return "Precondition Failed";
	case 413: return "Content Too Large";
	case 414: return "URI Too Long";
	case 415: return "Unsupported Media Type";
	case 422: return "Unprocessable Content";
	case 429: return "Too Many Requests";
	case 500: return "Internal Server Error";
	case 503: return "Service Unavailable";
	default: return status < 400 ? "OK" : "Error";
	}
}

static void
resp_clear(struct resp *resp, struct arena *a)
{
	struct buf headers = resp->headers;

	*resp = (struct resp){ .status = 200, .headers = headers, .cache = CACHE_NONE };
	buf_init(&resp->body, a, 1024);
}

static void
error_write(struct gate_worker *w, struct req *r, struct resp *resp, enum err e)
{
	if (r->format == FORMAT_FILE) /* who follows a link to a file is a person */
		r->format = FORMAT_HTML;
	resp_clear(resp, r->arena);
	resp->status = err_status(e);
	if (resp->status == 503)
		resp_header(resp, "Retry-After", STR("2"));
	else if (resp->status == 429)
		resp_header(resp, "Retry-After", STR("60"));
	else if (e == ERR_KEY_BUSY)
		resp_header(resp, "Retry-After", STR("1"));
	else if (e == ERR_UNAUTHENTICATED)
		resp_header(resp, "WWW-Authenticate", STR("Bearer realm=\"catalyse\""));
	bool posted = sends(r);
	if (posted && e == ERR_DB_DOWN)
		metric_count(METRIC_writes_refused);
	bool page = r->format == FORMAT_HTML && r->route && r->route->role != ROLE_HOST;
	if (page && !posted && (e == ERR_UNAUTHENTICATED || e == ERR_SECOND_FACTOR)) {
		/* A person is led to where they can say who they are, and back. */
		struct buf to;
		buf_init(&to, r->arena, 256);
		buf_put(&to, e == ERR_UNAUTHENTICATED ? STR("/connexion?retour=") : STR("/connexion/second-facteur?retour="));
		query_encode(&to, r->path, true);
		if (r->query.n) {
			buf_lit(&to, "%3F");
			query_encode(&to, r->query, true);
		}
		resp_redirect(resp, 303, buf_str(&to));
	} else if (page && posted && r->ntyped && w->gate->resume_page &&
	           (e == ERR_UNAUTHENTICATED || e == ERR_STALE_FORM || e == ERR_SECOND_FACTOR || resp->status == 503)) {
		w->gate->resume_page(r, resp, e);
		resp->status = err_status(e);
	} else if (r->format != FORMAT_HTML && r->format != FORMAT_FRAGMENT) {
		problem_write(r, resp, e);
	} else if (r->format == FORMAT_FRAGMENT) {
		/* Inside somebody's page: an empty piece is better than an error page in the middle. */
		resp->content_type = STR("text/html; charset=utf-8");
	} else {
		if (w->gate->error_page)
			w->gate->error_page(r, resp, e);
		if (resp->body.n == 0)
			problem_write_plain(resp, e);
		resp->status = err_status(e);
	}
	resp->cache = CACHE_NONE;
}

/* No memory left in the arena: an answer that needs none. */
void
gate_answer_no_memory(struct gate_answer *ret)
{
	static const char head[] = "Status: 503 Service Unavailable\r\nContent-Type: text/html; charset=utf-8\r\n"
	                           "Cache-Control: private, no-store\r\nRetry-After: 2\r\n\r\n";
	static const char body[] = "<!doctype html><html lang=\"fr\"><title>Catalyse</title>"
	                           "<h1>Cette page demande trop de mémoire pour le moment.</h1></html>\n";

	*ret = (struct gate_answer){ { head, sizeof(head) - 1 }, { body, sizeof(body) - 1 }, 503 };
}

/* The same thing, in the other formats of its route. */
static void
links_write(const struct req *r, struct resp *resp)
{
	if (r->format == FORMAT_FRAGMENT || !r->route || resp->status != 200 || r->query.n > LINK_HEADER_MAX)
		return;
	for (int f = FORMAT_HTML; f < FORMAT_FRAGMENT; f++) {
		struct buf to;
		if (!(r->route->formats & 1u << f) || f == (int)r->format || (f == FORMAT_ATOM && resp->feed))
			continue;
		buf_init(&to, r->arena, 128);
		query_encode(&to, r->path, true);
		if (f != FORMAT_HTML && r->path.n > 1) /* "/.json" is no address: the home has its formats by Accept */
			buf_fmt(&to, ".%s", format_suffix((enum format)f));
		if (r->query.n > 0 && !memchr(r->query.p, '>', r->query.n)) {
			buf_char(&to, '?');
			buf_put(&to, r->query);
		}
		resp_link(resp, buf_str(&to), "alternate", str_of(format_type((enum format)f)));
	}
}

#define SHARED "Cache-Control: stale-while-revalidate=1\r\n" /* while one asks again, the others have the page of the second before */

static void
cache_write(const struct req *r, const struct resp *resp, struct buf *h)
{
	bool data = r->format != FORMAT_HTML && r->format != FORMAT_FRAGMENT;

	/* nginx 1.22 reads no Cache-Control after X-Accel-Expires: SHARED is for it alone, the line after for everybody else. A browser may keep an
	 * HTML page only if it asks again: nginx puts a piece in it that depends on the visitor. */
	switch (resp->status == 200 ? resp->cache : CACHE_NONE) {
	case CACHE_NONE:
		buf_lit(h, "Cache-Control: private, no-store\r\n");
		break;
	case CACHE_PAGE:
	case CACHE_DATA:
		/* Good for the second it is: then nginx asks again with its ETag, and has it until the base answers otherwise. */
		buf_fmt(h, SHARED "X-Accel-Expires: @%lld\r\nCache-Control: public, no-cache\r\n", (long long)time(NULL));
		break;
	case CACHE_LONG:
		buf_lit(h, "X-Accel-Expires: 86400\r\nCache-Control: public, max-age=31536000, immutable\r\n");
		break;
	case CACHE_FILE:
		buf_lit(h, "X-Accel-Expires: 300\r\nCache-Control: public, max-age=31536000, immutable\r\n");
		break;
	case CACHE_FRAGMENT_CHOICE:
		buf_fmt(h, SHARED "X-Accel-Expires: @%lld\r\nCache-Control: private, no-cache\r\n", (long long)time(NULL));
		break;
	}
	if (data)
		buf_lit(h, "Access-Control-Allow-Origin: *\r\n"
		           "Access-Control-Expose-Headers: Content-Disposition, ETag, Link, X-Total\r\n");
}

static void
answer_write(struct req *r, struct resp *resp, struct gate_answer *ret)
{
	struct str body = buf_str(&resp->body);
	struct buf h;
	char tag[17];

	if (resp->status == 200 && r->method != METHOD_POST && resp->etag.n == 0 && resp->cache != CACHE_NONE) {
		etag_of(body, tag);
		resp->etag = arena_str(r->arena, str_of(tag));
	}
	if (resp->status == 200 && resp->etag.n > 0 && etag_matches(r->if_none_match, resp->etag))
		resp->status = 304;
	buf_init(&h, r->arena, 768);
	buf_fmt(&h, "Status: %d %s\r\n", resp->status, gate_reason(resp->status));
	if (resp->location.n > 0) {
		buf_lit(&h, "Location: ");
		for (size_t i = 0; i < resp->location.n; i++)
			if ((unsigned char)resp->location.p[i] > 0x20)
				buf_char(&h, resp->location.p[i]);
		buf_lit(&h, "\r\n");
	}
	if (resp->status != 304) {
		struct str type = resp->content_type.n ? resp->content_type : str_of(format_content_type(r->format));
		if (body.n > 0 || resp->status == 200)
			buf_fmt(&h, "Content-Type: %.*s\r\nContent-Length: %zu\r\n", (int)type.n, type.p, body.n);
	} else {
		resp->status = 200; /* the cache headers of a 304 are those of the 200 */
		cache_write(r, resp, &h);
		resp->status = 304;
	}
	if (resp->status != 304)
		cache_write(r, resp, &h);
	if (resp->etag.n > 0)
		buf_fmt(&h, "ETag: \"%.*s\"\r\n", (int)resp->etag.n, resp->etag.p);
	if (resp->last_modified.n > 0)
		buf_fmt(&h, "Last-Modified: %.*s\r\n", (int)resp->last_modified.n, resp->last_modified.p);
	links_write(r, resp);
	if (resp->links.n)
		buf_fmt(&h, "Link: %.*s\r\n", (int)resp->links.n, resp->links.p);
	buf_put(&h, buf_str(&resp->headers));
	if (resp->cache == CACHE_NONE || resp->status >= 400) /* else it would be kept, and said of the requests of others */
		buf_fmt(&h, "X-Request-Id: %.*s\r\n", (int)r->id.n, r->id.p);
	buf_lit(&h, "\r\n");
	ret->status = resp->status;
	ret->head = buf_str(&h);
	ret->body = r->method == METHOD_HEAD || resp->status == 304 ? STR_NONE : body;
}

void
gate_serve(struct gate_worker *w, char *const *env, struct str body, enum gate_body body_state, struct gate_answer *ret)
{
	const struct gate *g = w->gate;
	struct timespec from, to;
	struct cgi c = cgi_read(env);
	enum err e;

	clock_gettime(CLOCK_MONOTONIC, &from);
	note_wait(c.sent);
	err_clear();
	revision_forget();
	struct req r = { .arena = w->arena, .db = w->db, .write = w->write, .memo = w->memo, .app = g->app, .routes = &g->routes, .body = body, .secret = &w->secret };
	struct resp resp = { .status = 200, .cache = CACHE_NONE };
	buf_init(&resp.headers, w->arena, 256);
	buf_init(&resp.body, w->arena, 65536);
	r.locate = g->locate ? g->locate : locate_nowhere;
	r.id = request_id(w->arena, c.id);
	r.remote_addr = c.remote_addr;
	r.content_type = c.content_type;
	r.query = c.query;
	r.if_none_match = c.if_none_match;
	r.user_agent = c.user_agent;
	r.host = is_host(c.host) ? c.host : STR("localhost");
	r.scheme = c.https.n > 0 && !str_eq(c.https, STR("off"))   ? STR("https")
	           : c.scheme.n > 0 && str_eq(c.scheme, STR("https")) ? STR("https")
	                                                              : STR("http");
	r.origin = arena_fmt(w->arena, "%s://%.*s", r.scheme.p, (int)r.host.n, r.host.p);
	r.base = g->base_url.n ? g->base_url : r.origin;
	r.method = str_eq(c.method, STR("GET"))    ? METHOD_GET
	           : str_eq(c.method, STR("HEAD")) ? METHOD_HEAD
	           : str_eq(c.method, STR("POST")) ? METHOD_POST
	           : str_eq(c.method, STR("PUT"))  ? METHOD_PUT
	                                           : METHOD_OTHER;
	log_set_request(r.id);
	if (w->db)
		db_set_request(w->db, r.id);
	if (w->write)
		db_set_request(w->write, r.id);
	e = serve(w, &r, &resp, &c, body_state);
	if (e != ERR_NONE && !arena_exhausted(w->arena))
		error_write(w, &r, &resp, e);
	if (!arena_exhausted(w->arena))
		answer_write(&r, &resp, ret);
	if (arena_exhausted(w->arena)) {
		e = ERR_NO_MEMORY;
		metric_count(METRIC_memory_short);
		gate_answer_no_memory(ret);
	}
	clock_gettime(CLOCK_MONOTONIC, &to);
	metric_request(r.route ? (size_t)(r.route - g->routes.rows) + 1 : 0, ret->status,
	               r.method == METHOD_POST || r.method == METHOD_PUT       ? METRIC_WRITE
	               : r.route && r.route->role >= ROLE_SELF ? METRIC_SELF
	                                                       : METRIC_PAGE,
	               (to.tv_sec - from.tv_sec) * 1000000 + (to.tv_nsec - from.tv_nsec) / 1000);
	double ms = (double)(to.tv_sec - from.tv_sec) * 1e3 + (double)(to.tv_nsec - from.tv_nsec) / 1e6;
	struct str route = str_of(r.route ? r.route->pattern : "-");
	if (e != ERR_NONE)
		log_event((enum log_level)err_level(e), "request", LOG_S("route", route), LOG_I("status", ret->status),
		          LOG_I("bytes", ret->body.n), LOG_D("ms", ms), LOG_S("error", str_of(err_name(e))),
		          LOG_S("detail", str_of(err_detail())));
	else
		/* What only the host asks for (/live, /ready) is asked every second; a fragment is part of a page, in nginx's journal. */
		log_event(r.route && (r.route->role == ROLE_HOST || r.route->formats == F_FRAGMENT) ? LOG_DEBUG : LOG_INFO, "request", LOG_S("route", route),
		          LOG_I("status", ret->status), LOG_I("bytes", ret->body.n), LOG_D("ms", ms));
	log_set_request(STR_NONE);
}
