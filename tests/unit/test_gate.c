/* The gate and what it stands on: routes, parameters, formats, canonical addresses, errors, 304, networks, framing. */
#include "unit.h"

#include "crypt/sign.h"
#include "web/accept.h"
#include "web/actor.h"
#include "web/body.h"
#include "web/etag.h"
#include "web/fcgi_frame.h"
#include "web/gate.h"
#include "web/params.h"
#include "web/query.h"
#include "web/source.h"

#include <stdio.h>
#include <time.h>

static int calls;
static struct str body; /* of the next requests */
static char seen[256];

static enum err
page_echo(struct req *r, struct resp *w)
{
	struct str q = req_param(r, "q");

	calls++;
	snprintf(seen, sizeof(seen), "%.*s|%.*s|%.*s", (int)r->path.n, r->path.p, (int)q.n, q.p, (int)r->vars[0].n,
	         r->vars[0].p ? r->vars[0].p : "");
	buf_lit(&w->body, "corps");
	return ERR_NONE;
}

static enum err
page_broken(struct req *r, struct resp *w)
{
	(void)r;
	buf_lit(&w->body, "moitié de page");
	return err_note(ERR_DB_QUERY, "select * from secret");
}

static const struct route rows[] = {
	ROUTE_ROW(GET, "/", page_echo, PUBLIC, CACHE_PAGE, PARAMS_NONE, F_HTML | F_JSON, "")
	ROUTE_ROW(GET, "/fiches", page_echo, PUBLIC, CACHE_PAGE, PARAMS_LIST, F_HTML | F_JSON | F_CSV, "")
	ROUTE_ROW(GET, "/fiches/{slug_id}", page_echo, PUBLIC, CACHE_PAGE, PARAMS_NONE, F_HTML | F_JSON, "")
	ROUTE_ROW(GET, "/fiches/nouvelle", page_broken, PUBLIC, CACHE_NONE, PARAMS_NONE, F_HTML | F_JSON, "")
	ROUTE_ROW(GET, "/territoires/{type}/{code}", page_echo, PUBLIC, CACHE_PAGE, PARAMS_NONE, F_HTML | F_JSON, "")
	ROUTE_ROW(GET, "/listes", page_echo, PUBLIC, CACHE_PAGE, PARAMS_NONE, F_HTML | F_JSON, "")
	ROUTE_ROW(POST, "/listes", page_echo, PUBLIC, CACHE_NONE, PARAMS_LIST, F_HTML, "")
	ROUTE_ROW(POST, "/choix", page_echo, PUBLIC, CACHE_NONE, PARAMS_LIST, F_HTML, "")
	ROUTE_ROW(POST, "/lien", page_echo, LINK, CACHE_NONE, PARAMS_LIST, F_HTML, "")
	ROUTE_ROW(GET, "/ready", page_echo, HOST, CACHE_NONE, PARAMS_NONE, F_JSON, "")
	ROUTE_ROW(GET, "/mon-espace", page_echo, CONTRIBUTOR, CACHE_NONE, PARAMS_NONE, F_HTML, "")
	ROUTE_ROW(GET, "/_fragment/ici", page_echo, PUBLIC, CACHE_FRAGMENT_CHOICE, PARAMS_HERE, F_FRAGMENT, "")
};

static struct gate gate = { .routes = { rows, sizeof(rows) / sizeof(rows[0]) } };

static const char *
serve(const char *method, const char *uri, const char *const *extra)
{
	struct gate_worker w = { .gate = &gate, .arena = arena, .secret.known = true };
	struct gate_answer a = { 0 };
	const char *mark = strchr(uri, '?');
	char *env[28];
	size_t n = 0;

	if (gate.admin.n == 0)
		assert_int_equal(net_list_parse(&gate.admin, STR("127.0.0.1, ::1,10.0.0.0/8")), ERR_NONE);
	env[n++] = (char *)arena_fmt(arena, "REQUEST_METHOD=%s", method).p;
	env[n++] = (char *)arena_fmt(arena, "REQUEST_URI=%s", uri).p;
	env[n++] = (char *)arena_fmt(arena, "QUERY_STRING=%s", mark ? mark + 1 : "").p;
	env[n++] = (char *)"HTTP_HOST=catalyse.example";
	for (; extra && *extra; extra++)
		env[n++] = (char *)*extra;
	env[n] = NULL;
	calls = 0;
	seen[0] = 0;
	gate_serve(&w, env, body, GATE_BODY_WHOLE, &a);
	struct buf b;
	buf_init(&b, arena, 4096);
	buf_put(&b, a.head);
	buf_put(&b, a.body);
	return arena_cstr(arena, buf_str(&b));
}
#define GET(uri, ...) serve("GET", (uri), (const char *const[]){ __VA_ARGS__ __VA_OPT__(, ) NULL })
#define assert_has(text, part) assert_non_null(strstr((text), (part)))
#define assert_lacks(text, part) assert_null(strstr((text), (part)))

static void
test_routes(void **state)
{
	(void)state;
	assert_has(GET("/fiches/sol-vivant-12"), "Status: 200");
	assert_string_equal(seen, "/fiches/sol-vivant-12||sol-vivant-12");
	assert_has(GET("/fiches/nouvelle"), "Status: 500"); /* a literal wins over a variable */
	assert_has(GET("/rien"), "Status: 404");
	assert_has(GET("/fiches/a/b"), "Status: 404");
	assert_has(GET("/fiches.geojson"), "Status: 404");
	assert_has(serve("POST", "/fiches", NULL), "Status: 405");
	assert_has(serve("POST", "/fiches", NULL), "Allow: GET, HEAD");
	assert_has(serve("TRACE", "/fiches", NULL), "Status: 405");
	assert_has(GET("/choix"), "Allow: POST");
	assert_has(GET("/listes.ics"), "Status: 404"); /* the method exists, the format does not */
	assert_has(serve("PUT", "/listes", NULL), "Allow: GET, HEAD, POST");
}

static void
test_canonical(void **state)
{
	(void)state;
	assert_has(GET("/fiches/?q=a"), "Status: 301");
	assert_has(GET("/fiches/?q=a"), "Location: /fiches?q=a\r\n");
	assert_has(GET("/FICHES/Sol-12.json"), "Location: /fiches/Sol-12.json\r\n");
	assert_has(GET("/territoires/Departement/2A-x"), "Location: /territoires/departement/2A-x\r\n");
	assert_has(GET("/territoires/departement/2A-x"), "Status: 200");
	assert_has(GET("//fiches"), "Location: /fiches\r\n");
	assert_has(GET("//evil.example/"), "Status: 404");
	assert_int_equal(calls, 0);
	assert_has(GET("/fiches/%E2%80%A8x/"), "Location: /fiches/%E2%80%A8x\r\n");
}

static void
test_formats(void **state)
{
	(void)state;
	const char *a = GET("/fiches.json?q=sol");
	assert_has(a, "Content-Type: application/json\r\n");
	assert_has(a, "Access-Control-Allow-Origin: *");
	assert_lacks(a, "Vary:");
	assert_string_equal(seen, "/fiches|sol|");
	a = GET("/fiches", "HTTP_ACCEPT=application/json");
	assert_has(a, "Content-Type: application/json\r\n");
	assert_has(a, "Vary: Accept");
	a = GET("/fiches?q=a", "HTTP_ACCEPT=text/html,application/xhtml+xml,*/*;q=0.8");
	assert_has(a, "Content-Type: text/html");
	assert_has(a, "</fiches.csv?q=a>; rel=\"alternate\"; type=\"text/csv\"");
	static const struct {
		const char *accept;
		unsigned formats;
		bool good;
		enum format format;
	} wants[] = {
		{ "text/csv;q=0.4, application/json;q=0.9", F_HTML | F_CSV | F_JSON, true, FORMAT_JSON },
		{ "text/html;q=0, application/json;q=0.1", F_HTML | F_JSON, true, FORMAT_JSON },
		{ ";;,q=,/", F_HTML | F_JSON, true, FORMAT_HTML },
		{ "", F_HTML | F_JSON, true, FORMAT_HTML },
		{ "*/*", F_HTML | F_JSON, true, FORMAT_HTML },
		{ "application/json, text/javascript, */*; q=0.01", F_HTML | F_JSON, true, FORMAT_JSON },
		{ "application/geo+json, application/json;q=0.9, */*;q=0.1", F_HTML | F_JSON | F_GEOJSON, true, FORMAT_GEOJSON },
		{ "application/*", F_HTML | F_CSV | F_ATOM, true, FORMAT_ATOM },
		{ "*/*, text/csv", F_HTML | F_CSV, true, FORMAT_CSV },
		{ "text/html;q=0, */*", F_HTML | F_CSV, true, FORMAT_CSV },
		{ "image/png", F_HTML | F_JSON, false, FORMAT_HTML },
		{ "text/csv;q=0", F_HTML | F_CSV, false, FORMAT_HTML },
		{ "text/", F_HTML, true, FORMAT_HTML },
	};
	for (size_t i = 0; i < sizeof(wants) / sizeof(*wants); i++) {
		enum format f;
		assert_int_equal(format_accept(str_of(wants[i].accept), wants[i].formats, &f), wants[i].good);
		assert_int_equal(f, wants[i].format);
	}
	a = GET("/fiches", "HTTP_ACCEPT=image/png");
	assert_has(a, "Status: 406 Not Acceptable");
	assert_has(a, "application/problem+json");
	assert_has(a, "Vary: Accept");
	assert_has(a, "text/html, application/json");
	/* In a subrequest REQUEST_URI is the page's. */
	a = GET("/fiches", "DOCUMENT_URI=/_fragment/ici");
	assert_has(a, "Status: 200");
	assert_string_equal(seen, "/_fragment/ici||");
}

static void
test_parameters(void **state)
{
	static const struct {
		const char *query, *field, *code;
	} bad[] = {
		{ "page=-1", "page", "borne" },        { "page=999999", "page", "profondeur" },
		{ "page=deux", "page", "valeur" },     { "type=xyz", "type", "valeur" },
		{ "odd=18", "odd", "borne" },          { "odd=1e1", "odd", "valeur" },
		{ "lat=nan", "lat", "valeur" },        { "lat=91", "lat", "borne" },
		{ "q=%FF", "q", "utf8" },              { "q=a%00b", "q", "codage" },
		{ "q=%2", "q", "codage" },             { "q=a&q=b", "q", "double" },
		{ "territoire=lune:1", "territoire", "valeur" },
		{ "territoire=commune:9741", "territoire", "valeur" },
		{ "bbox=1,2,3", "bbox", "valeur" },    { "bbox=5,2,3,4", "bbox", "valeur" },
		{ "verifie_depuis=2026-02-29", "verifie_depuis", "valeur" },
		{ "tri=hasard", "tri", "valeur" },     { "theme=a'b", "theme", "valeur" },
		{ "compact=oui", "compact", "valeur" },
	};
	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		const char *a = GET(arena_fmt(arena, "/fiches.json?%s", bad[i].query).p);
		assert_has(a, "Status: 400");
		assert_has(a, "application/problem+json");
		assert_has(a, arena_fmt(arena, "\"champ\":\"%s\",\"code\":\"%s\"", bad[i].field, bad[i].code).p);
		assert_int_equal(calls, 0);
		a = GET(arena_fmt(arena, "/fiches?%s", bad[i].query).p);
		assert_has(a, "Status: 400"); /* the page is shown all the same */
		assert_has(a, "no-store");
		assert_int_equal(calls, 1);
	}
	static const char *const good[] = { "page=500", "type=methode&type=outil", "q=", "inconnu=1", "lat=-20.9&lon=55.5&rayon=30",
		"territoire=departement:2A", "territoire=epci:249740119&territoire=region:84", "bbox=55.1,-21.5,55.9,-20.8",
		"modifie_depuis=2024-02-29", "q=caf%C3%A9+cr%C3%A8me" };
	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++)
		assert_has(GET(arena_fmt(arena, "/fiches.json?%s", good[i]).p), "Status: 200");
	char *q = arena_alloc(arena, 16400);
	memset(q, 'a', 16399);
	memcpy(q, "/fiches?q=", 10);
	q[16399] = 0;
	assert_has(GET(q), "Status: 414");
	q[10250] = 0;
	assert_has(GET(q), "Status: 400");
	q[260] = 0;
	assert_has(GET(q), "Status: 400");
	q[209] = 0;
	assert_has(GET(q), "Status: 200");
	assert_has(GET("/fiches/%00"), "Status: 400");
	assert_has(GET("/fiches/%C3"), "Status: 400");
}

static void
test_conditional(void **state)
{
	(void)state;
	char tag[17];
	etag_of(STR("corps"), tag);
	const char *a = GET("/fiches");
	assert_has(a, arena_fmt(arena, "ETag: \"%s\"", tag).p);
	a = GET("/fiches", arena_fmt(arena, "HTTP_IF_NONE_MATCH=\"x\", W/\"%s\"", tag).p);
	assert_has(a, "Status: 304");
	assert_lacks(a, "corps");
	assert_lacks(a, "Content-Length");
	a = serve("HEAD", "/fiches", NULL);
	assert_has(a, "Content-Length: 5");
	assert_lacks(a, "corps");
	assert_true(etag_matches(STR("*"), STR("a")));
	assert_false(etag_matches(STR("\"ab\", \"c"), STR("c")));
}

static void
test_roles_and_origin(void **state)
{
	(void)state;
	assert_has(GET("/ready", "REMOTE_ADDR=127.0.0.1"), "Status: 200");
	assert_has(GET("/ready", "REMOTE_ADDR=unix:"), "Status: 200");
	assert_has(GET("/ready", "REMOTE_ADDR=10.9.8.7"), "Status: 200");
	assert_has(GET("/ready", "REMOTE_ADDR=192.0.2.1"), "Status: 404");
	assert_has(GET("/ready"), "Status: 404");
	assert_has(GET("/mon-espace", "REMOTE_ADDR=127.0.0.1"), "Location: /connexion?retour=/mon-espace\r\n");
	assert_has(GET("/mon-espace?a=b&c=d", "REMOTE_ADDR=127.0.0.1"), "Location: /connexion?retour=/mon-espace%3Fa%3Db%26c%3Dd\r\n");
	assert_int_equal(calls, 0);
#define FORM "CONTENT_TYPE=application/x-www-form-urlencoded"
#define POST(...) serve("POST", "/choix", (const char *const[]){ FORM __VA_OPT__(, ) __VA_ARGS__, NULL })
	/* Whatever the form holds, another site's is refused. */
	struct crypt_key zero = { { 0 } }, key;
	key_derive(&zero, STR("jeton"), &key);
	struct timespec now;
	clock_gettime(CLOCK_REALTIME, &now);
	int64_t ms = (int64_t)now.tv_sec * 1000;
	struct str good = sign_make(arena, &key, STR("jeton"), STR_NONE, ms - 5000, 3600000);
	body = arena_fmt(arena, "q=x&jeton=%.*s", (int)good.n, good.p);
	assert_has(POST("HTTP_SEC_FETCH_SITE=cross-site"), "Status: 403");
	assert_has(POST("HTTP_SEC_FETCH_SITE=same-site"), "Status: 403");
	assert_has(POST("HTTP_ORIGIN=http://evil.example"), "Status: 403");
	assert_has(POST("HTTP_ORIGIN=null"), "Status: 403");
	assert_has(POST("HTTP_X=x"), "Status: 403");
	/* Ours goes on, to the transaction: no database here. */
	assert_has(POST("HTTP_SEC_FETCH_SITE=same-origin"), "Status: 503");
	assert_has(POST("HTTP_ORIGIN=http://catalyse.example"), "Status: 503");
	/* Under several names: that of the site, and the one the form was shown under; no third. */
	gate.base_url = STR("https://site.example");
	assert_has(POST("HTTP_ORIGIN=https://site.example"), "Status: 503");
	assert_has(POST("HTTP_ORIGIN=http://catalyse.example"), "Status: 503");
	assert_has(POST("HTTP_ORIGIN=https://catalyse.example"), "Status: 403");
	assert_has(POST("HTTP_ORIGIN=https://other.example"), "Status: 403");
	gate.base_url = STR_NONE;
	/* A token that is absent, too old, of a session that is no more, or of another purpose. */
	struct str bad[] = { STR("rien"), sign_make(arena, &key, STR("jeton"), STR_NONE, ms - 7200000, 3600000),
		             sign_make(arena, &key, STR("jeton"), STR("0123456789abcdef"), ms, 3600000), sign_make(arena, &key, STR("autre"), STR_NONE, ms, 3600000) };
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		body = arena_fmt(arena, "q=x&jeton=%.*s", (int)bad[i].n, bad[i].p);
		assert_has(POST("HTTP_SEC_FETCH_SITE=same-origin"), "Status: 403");
	}
	body = STR_NONE;
	assert_int_equal(calls, 0);
	/* A link sent by mail is its own proof: a mail program posts to it from anywhere, as it can. */
	body = STR("q=x");
	assert_has(serve("POST", "/lien", (const char *const[]){ FORM, "HTTP_SEC_FETCH_SITE=cross-site", "HTTP_ORIGIN=https://mail.example", NULL }), "Status: 200");
	assert_int_equal(calls, 1);
	body = STR_NONE;
	/* A program's word is its token, not its origin; what is no token speaks for nobody; without a database none is known. */
	assert_has(serve("POST", "/choix", (const char *const[]){ "HTTP_AUTHORIZATION=Bearer abc", NULL }), "Status: 401");
	assert_has(serve("POST", "/choix", (const char *const[]){ "HTTP_AUTHORIZATION=Bearer AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", NULL }), "Status: 503");
	assert_has(serve("PUT", "/choix", NULL), "Allow: POST\r\n");
}

/* One schema for a form and for JSON. */
static const struct param_def fields[] = {
	{ "titre", PARAM_TEXT, 1, 20, 1, NULL, "Titre" },           { "texte", PARAM_LINES, 0, 50, 1, NULL, "Texte" },
	{ "courriel", PARAM_EMAIL, 0, 254, 1, NULL, "Courriel" },   { "territoires", PARAM_TERRITORY, 0, 0, 3, NULL, "Territoires" },
	{ "sections_*", PARAM_LINES, 0, 50, 4, NULL, "Sections" },  { "source_annee", PARAM_INT, 1800, 2200, 1, NULL, "Année" },
	{ "mot_de_passe", PARAM_PASSWORD, 3, 10, 1, NULL, "Mot de passe" }, { NULL }
};

static struct str
read_body(const char *type, const char *text)
{
	struct route route = { .params = fields };
	struct req r = { .arena = arena, .route = &route, .content_type = str_of(type), .body = str_of(text) };
	struct body_pairs p;
	struct buf b;
	enum err e = body_read(&r, &p);

	if (!e)
		params_pairs(&r, fields, p.p, p.n, true);
	buf_init(&b, arena, 256);
	for (size_t i = 0; i < r.nparams; i++)
		buf_fmt(&b, "%.*s=%.*s;", (int)r.params[i].name.n, r.params[i].name.p, (int)r.params[i].value.n, r.params[i].value.p);
	for (size_t i = 0; i < r.nnotices; i++)
		buf_fmt(&b, "!%.*s:%.*s", (int)r.notices[i].field.n, r.notices[i].field.p, (int)r.notices[i].code.n, r.notices[i].code.p);
	return buf_str(&b);
}

static void
test_bodies(void **state)
{
	static const char form[] = "application/x-www-form-urlencoded", json[] = "application/json; charset=utf-8";
	static const struct {
		const char *type, *body, *wanted;
	} t[] = {
		{ form, "titre=+a+b+&texte=x%0D%0Ay%0D%0A&jeton=z&cle=12345678", "titre=a b;texte=x\ny;" },
		{ form, "courriel=Ana%40Exemple.ORG", "courriel=ana@exemple.org;" },
		{ form, "courriel=a%40b", "!courriel:valeur" },
		{ form, "courriel=a%40b.c%0Abcc:x%40y.z", "!courriel:valeur" },
		{ form, "mot_de_passe=+a+b+", "mot_de_passe= a b ;" },
		{ form, "mot_de_passe=ab", "!mot_de_passe:borne" },
		{ form, "territoires=commune:97410&territoires=region:04", "territoires=commune:97410;territoires=region:04;" },
		{ form, "sections_duree=x&sections_b=y", "sections_duree=x;sections_b=y;" },
		{ form, "sections_A%3D=x", "!corps:valeur" },
		{ form, "autre=1", "!autre:inconnu" },
		{ form, "texte=%00", "!texte:codage" },
		{ json, "{\"titre\": \"a\", \"sections\": {\"duree\": \"x\"}, \"source\": {\"annee\": 2023}, \"territoires\": [\"commune:97410\", \"region:04\"]}",
		  "titre=a;sections_duree=x;source_annee=2023;territoires=commune:97410;territoires=region:04;" },
		{ json, "{\"sections\": {\"etapes\": [{\"titre\": \"un\"}, {\"titre\": \"deux\"}]}}", "sections_etapes_1_titre=un;sections_etapes_2_titre=deux;" },
		{ json, "{\"titre\": null, \"texte\": true}", "texte=1;" },
		{ json, "{\"role\": \"administrateur\"}", "!role:inconnu" },
		{ json, "[1]", "!corps:forme" },
		{ json, "{\"titre\": \"a\"} x", "!corps:forme" },
		{ json, "{\"titre\": \"a\", \"titre\": \"b\"}", "!corps:forme" },
		{ json, "{\"texte\": [[1]]}", "!corps:forme" },
		{ json, "{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":1}}}}}}}}", "!corps:forme" },
		{ json, "{\"texte\": \"a\\u0001\"}", "!texte:codage" },
	};
	(void)state;
	for (size_t i = 0; i < sizeof(t) / sizeof(*t); i++)
		assert_string_equal(arena_cstr(arena, read_body(t[i].type, t[i].body)), t[i].wanted);
	struct buf many;
	buf_init(&many, arena, 8192);
	for (int i = 0; i < BODY_PAIRS_MAX + 1; i++)
		buf_lit(&many, "a=1&");
	assert_string_equal(arena_cstr(arena, read_body(form, arena_cstr(arena, buf_str(&many)))), "!corps:forme");
}

static void
test_errors(void **state)
{
	(void)state;
	const char *a = GET("/fiches/nouvelle.json", "REQUEST_ID=abcdef0123456789");
	assert_has(a, "Status: 500");
	assert_has(a, "X-Request-Id: abcdef0123456789");
	assert_lacks(a, "secret");
	assert_lacks(a, "moiti");
	assert_has(a, "urn:catalyse:erreur:DB_QUERY");
	a = GET("/fiches", "REQUEST_ID=a\"b\r\nX: y");
	assert_lacks(a, "X: y");
	a = GET("/fiches", "HTTP_HOST=evil\r\nX: y");
	assert_lacks(a, "X: y");
}

static void
test_networks(void **state)
{
	struct net_list l;
	(void)state;
	assert_int_equal(net_list_parse(&l, STR("192.168.4.0/22,2001:db8::/33")), ERR_NONE);
	assert_true(net_list_has(&l, STR("192.168.7.255")));
	assert_false(net_list_has(&l, STR("192.168.8.0")));
	assert_true(net_list_has(&l, STR("2001:db8:7fff::1")));
	assert_false(net_list_has(&l, STR("2001:db8:8000::1")));
	assert_int_equal(net_list_parse(&l, STR("1.2.3.4/33")), ERR_BAD_INPUT);
	assert_int_equal(net_list_parse(&l, STR("voisin")), ERR_BAD_INPUT);
}

static void
test_framing(void **state)
{
	static const char whole[] = "\1\1\0\1\0\10\0\0\0\1\1\0\0\0\0\0" /* BEGIN, keep */
	                            "\1\4\0\1\0\10\0\0\16\1CONTEN"          /* CONTENT_LENGTH=7, cut in two records */
	                            "\1\4\0\1\0\11\0\0T_LENGTH7"
	                            "\1\4\0\1\0\0\0\0\1\5\0\1\0\3\1\0abc\0\1\5\0\1\0\0\0\0";
	struct fcgi_frame f;
	(void)state;
	for (size_t n = 0; n < sizeof(whole) - 1; n++)
		assert_int_equal(fcgi_frame_scan((struct str){ whole, n }, &f), FCGI_SCAN_MORE);
	assert_int_equal(fcgi_frame_scan((struct str){ whole, sizeof(whole) - 1 }, &f), FCGI_SCAN_WHOLE);
	assert_true(f.keep);
	assert_int_equal(f.content_length, 7);
	assert_int_equal(f.body, 3);
	assert_int_equal(f.total, sizeof(whole) - 1);
	assert_int_equal(fcgi_frame_scan(STR("\1\11\0\0"), &f), FCGI_SCAN_BAD);
	assert_int_equal(fcgi_frame_scan(STR("GET / HTTP/1.1"), &f), FCGI_SCAN_BAD);
}

/* The cookie "frais": 16 hexadecimal digits in lower case, or nothing. */
static void
test_mark(void **state)
{
	static const char *const bad[] = { "", "0", "00000000016b374", "00000000016b37480", "00000000016B3748", "0x0000000016b374", "0/16B3748", "000000000000000g" };
	uint64_t v = 5;

	(void)state;
	assert_true(source_mark_read(STR("00000000016b3748"), &v) && v == 0x16b3748);
	assert_true(source_mark_read(STR("ffffffffffffffff"), &v) && v == UINT64_MAX);
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		assert_true(!source_mark_read(str_of(bad[i]), &v) && v == UINT64_MAX);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_routes, unit_setup, unit_teardown),
		cmocka_unit_test_setup_teardown(test_canonical, unit_setup, unit_teardown),
		cmocka_unit_test_setup_teardown(test_formats, unit_setup, unit_teardown),
		cmocka_unit_test_setup_teardown(test_parameters, unit_setup, unit_teardown),
		cmocka_unit_test_setup_teardown(test_conditional, unit_setup, unit_teardown),
		cmocka_unit_test_setup_teardown(test_roles_and_origin, unit_setup, unit_teardown),
		cmocka_unit_test_setup_teardown(test_bodies, unit_setup, unit_teardown),
		cmocka_unit_test_setup_teardown(test_errors, unit_setup, unit_teardown),
		cmocka_unit_test_setup_teardown(test_networks, unit_setup, unit_teardown),
		cmocka_unit_test_setup_teardown(test_mark, unit_setup, unit_teardown),
		cmocka_unit_test_setup_teardown(test_framing, unit_setup, unit_teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
