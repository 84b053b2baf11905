/*
 * /openapi.json: what this server answers, in OpenAPI 3.1, made from the tables that make it answer: routes.def, params.def, and
 * schemas.def for the JSON that is sent. There is no other list of paths.
 */
#include "app/app.h"
#include "app/routes.h"
#include "text/json_out.h"
#include "web/accept.h"

static const struct {
	const char *kind, *name, *type, *help; /* kind: o(bject), f(ield), e(nd) */
} schemas[] = {
#define OBJECT(name, help) { "o", name, NULL, help },
#define FIELD(name, type, help) { "f", name, type, help },
#define OBJECT_END { "e", NULL, NULL, NULL },
#define RESPONSE(handler, type)
#include "app/schemas.def"
#undef OBJECT
#undef FIELD
#undef OBJECT_END
#undef RESPONSE
};

static const struct {
	page_fn *handler;
	const char *type;
} responses[] = {
#define OBJECT(name, help)
#define FIELD(name, type, help)
#define OBJECT_END
#define RESPONSE(handler, type) { handler, type },
#include "app/schemas.def"
#undef OBJECT
#undef FIELD
#undef OBJECT_END
#undef RESPONSE
};

/* The names of the handlers, in the order of ROUTES. */
static const char *const handlers[] = {
#define ROUTE(method, pattern, handler, ...) #handler,
#include "app/routes.def"
#undef ROUTE
};

static void
pair(struct json_out *j, const char *key, const char *value)
{
	json_key(j, key);
	json_str(j, str_of(value));
}

static void
ref(struct json_out *j, struct arena *a, const char *where, struct str name)
{
	json_begin_object(j);
	json_key(j, "$ref");
	json_str(j, arena_fmt(a, "#/components/%s/%.*s", where, (int)name.n, name.p));
	json_end(j);
}

/* "[#Fiche]", "text?": see schemas.def. */
static void
type_write(struct json_out *j, struct arena *a, struct str t, const char *help)
{
	static const char *const words[][3] = {
		{ "text", "string", NULL },        { "int", "integer", NULL },          { "number", "number", NULL },
		{ "bool", "boolean", NULL },       { "date", "string", "date" },        { "moment", "string", "date-time" },
		{ "uri", "string", "uri" },
	};
	bool null = t.n && t.p[t.n - 1] == '?';
	t.n -= null;
	if (t.n > 1 && t.p[0] == '#' && !null && !help) {
		ref(j, a, "schemas", (struct str){ t.p + 1, t.n - 1 });
		return;
	}
	json_begin_object(j);
	if (help)
		pair(j, "description", help);
	struct str inner = { t.p + 1, t.n > 2 ? t.n - 2 : 0 };
	if (t.p[0] == '#') {
		json_key(j, "anyOf");
		json_begin_array(j);
		ref(j, a, "schemas", (struct str){ t.p + 1, t.n - 1 });
		if (null) {
			json_begin_object(j);
			pair(j, "type", "null");
			json_end(j);
		}
		json_end(j);
	} else if (t.p[0] == '[') {
		pair(j, "type", "array");
		json_key(j, "items");
		type_write(j, a, inner, NULL);
	} else if (t.p[0] == '{') {
		pair(j, "type", "object");
		json_key(j, "additionalProperties");
		type_write(j, a, inner, NULL);
	}
	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++) {
		if (!str_eq(t, str_of(words[i][0])))
			continue;
		json_key(j, "type");
		if (null) {
			json_begin_array(j);
			json_str(j, str_of(words[i][1]));
			json_str(j, STR("null"));
			json_end(j);
		} else {
			json_str(j, str_of(words[i][1]));
		}
		if (words[i][2])
			pair(j, "format", words[i][2]);
	}
	json_end(j);
}

static void
objects_write(struct json_out *j, struct arena *a)
{
	for (size_t i = 0, first = 0; i < sizeof(schemas) / sizeof(*schemas); i++) {
		const char *type = schemas[i].type;
		switch (schemas[i].kind[0]) {
		case 'o':
			first = i + 1;
			json_key(j, schemas[i].name);
			json_begin_object(j);
			pair(j, "type", "object");
			pair(j, "description", schemas[i].help);
			json_key(j, "properties");
			json_begin_object(j);
			break;
		case 'f':
			json_key(j, schemas[i].name);
			type_write(j, a, str_of(type + (type[0] == '-')), schemas[i].help);
			break;
		default:
			json_end(j);
			json_key(j, "required");
			json_begin_array(j);
			for (size_t k = first; k < i; k++)
				if (schemas[k].type[0] != '-')
					json_str(j, str_of(schemas[k].name));
			json_end(j);
			json_end(j);
		}
	}
}

static void
param_schema(struct json_out *j, const struct param_def *p)
{
	json_begin_object(j);
	if (p->kind == PARAM_INT || p->kind == PARAM_ITEM || p->kind == PARAM_REAL) {
		pair(j, "type", p->kind == PARAM_REAL ? "number" : "integer");
		json_key(j, "minimum"), json_real(j, p->min);
		json_key(j, "maximum"), json_real(j, p->max);
	} else {
		pair(j, "type", "string");
	}
	switch (p->kind) {
	case PARAM_TEXT:
	case PARAM_LINES:
	case PARAM_CODE:
	case PARAM_TOKEN:
	case PARAM_LOCAL_URL:
		json_key(j, "maxLength"), json_int(j, (int64_t)p->max);
		if (p->kind == PARAM_CODE || p->kind == PARAM_TOKEN)
			pair(j, "pattern", "^[A-Za-z0-9_-]+$");
		break;
	case PARAM_EMAIL:
		pair(j, "format", "email");
		break;
	case PARAM_PASSWORD:
		pair(j, "format", "password");
		break;
	case PARAM_WEB:
		pair(j, "format", "uri");
		break;
	case PARAM_FILE:
		pair(j, "format", "binary");
		break;
	case PARAM_DATE:
		pair(j, "format", "date");
		break;
	case PARAM_TERRITORY:
		pair(j, "pattern", "^(pays|region|departement|collectivite|epci|commune):[0-9A-Z]{2,9}$");
		break;
	case PARAM_BBOX:
		pair(j, "pattern", "^-?[0-9.]+(,-?[0-9.]+){3}$");
		break;
	case PARAM_BOOL:
	case PARAM_CHOICE:
		json_key(j, "enum");
		json_begin_array(j);
		for (const char *c = p->kind == PARAM_BOOL ? "0|1" : p->choices; *c;) {
			size_t n = strcspn(c, "|");
			json_str(j, (struct str){ c, n });
			c += n + (c[n] == '|');
		}
		json_end(j);
		break;
	case PARAM_INT:
	case PARAM_ITEM:
	case PARAM_REAL:
		break;
	}
	json_end(j);
}

static void
params_write(struct json_out *j, const struct route *r)
{
	json_key(j, "parameters");
	json_begin_array(j);
	for (const char *p = r->pattern; (p = strchr(p, '{')); p++) {
		json_begin_object(j);
		json_key(j, "name"), json_str(j, (struct str){ p + 1, strcspn(p + 1, "}") });
		pair(j, "in", "path");
		json_key(j, "required"), json_bool(j, true);
		json_key(j, "schema");
		json_begin_object(j);
		pair(j, "type", "string");
		json_end(j);
		json_end(j);
	}
	for (const struct param_def *p = r->params; p && p->name && r->method[0] == 'G'; p++) {
		json_begin_object(j);
		pair(j, "name", p->name);
		pair(j, "in", "query");
		pair(j, "description", p->label);
		json_key(j, "schema");
		if (p->repeat > 1) {
			json_begin_object(j);
			pair(j, "type", "array");
			json_key(j, "maxItems"), json_int(j, p->repeat);
			json_key(j, "items");
			param_schema(j, p);
			json_end(j);
		} else {
			param_schema(j, p);
		}
		json_end(j);
	}
	json_end(j);
}

static void
fields_write(struct json_out *j, const struct route *r)
{
	json_begin_object(j);
	pair(j, "type", "object");
	json_key(j, "properties");
	json_begin_object(j);
	for (const struct param_def *p = r->params; p && p->name; p++) {
		if (strchr(p->name, '*'))
			continue;
		json_key(j, p->name);
		param_schema(j, p);
	}
	json_end(j);
	for (const struct param_def *p = r->params; p && p->name; p++) {
		size_t n = strcspn(p->name, "*");
		if (!p->name[n])
			continue;
		struct str pattern = arena_fmt(j->b->arena, "^%.*s", (int)n, p->name);
		json_key(j, "patternProperties");
		json_begin_object(j);
		json_key(j, arena_cstr(j->b->arena, pattern));
		param_schema(j, p);
		json_end(j);
		break;
	}
	json_end(j);
}

/* A POST sends the same names as a form, with a file, or as JSON where the answer may be JSON. */
static void
form_write(struct json_out *j, const struct route *r)
{
	bool file = false;
	for (const struct param_def *p = r->params; p && p->name; p++)
		file |= p->kind == PARAM_FILE;
	json_key(j, "requestBody");
	json_begin_object(j);
	json_key(j, "content");
	json_begin_object(j);
	json_key(j, file ? "multipart/form-data" : "application/x-www-form-urlencoded");
	json_begin_object(j);
	json_key(j, "schema");
	fields_write(j, r);
	json_end(j);
	if (!file && r->formats & F_JSON) {
		json_key(j, "application/json");
		json_begin_object(j);
		json_key(j, "schema");
		fields_write(j, r);
		json_end(j);
	}
	json_end(j);
	json_end(j);
}

/* Who may ask: a session's cookie, or a token with the scope. */
static void
security_write(struct json_out *j, const struct route *r)
{
	if (r->role < ROLE_SELF)
		return;
	json_key(j, "security");
	json_begin_array(j);
	for (int i = r->role == ROLE_SELF; i < 2; i++) {
		json_begin_object(j);
		json_key(j, i ? "session" : "jeton");
		json_begin_array(j);
		json_end(j);
		json_end(j);
	}
	json_end(j);
}

static const char *
json_type_of(const struct route *r)
{
	for (size_t i = 0; i < sizeof(responses) / sizeof(*responses); i++)
		if (responses[i].handler == r->handler)
			return responses[i].type;
	return "any";
}

static void
answers_write(struct json_out *j, struct arena *a, const struct route *r)
{
	json_key(j, "responses");
	json_begin_object(j);
	json_key(j, "200");
	json_begin_object(j);
	pair(j, "description", r->summary);
	json_key(j, "content");
	json_begin_object(j);
	for (int f = 0; f <= FORMAT_FILE; f++) {
		if (!(r->formats & 1u << f))
			continue;
		const char *type = f == FORMAT_FRAGMENT ? "text/html" : f == FORMAT_FILE ? "application/octet-stream" : format_type((enum format)f);
		json_key(j, type);
		json_begin_object(j);
		json_key(j, "schema");
		bool tree = f == FORMAT_GEOJSON || f == FORMAT_JSONLD;
		type_write(j, a, f == FORMAT_JSON ? str_of(json_type_of(r)) : tree ? STR("{any}") : STR("text"), NULL);
		json_end(j);
	}
	json_end(j);
	json_end(j);
	if (str_eq(str_of(r->pattern), STR("/fiches")) || str_eq(str_of(r->pattern), STR("/catalyseurs"))) {
		json_key(j, "303");
		json_begin_object(j);
		pair(j, "description", "Les mots cherchés (« q ») sont un lieu, ou ne trouvent rien qu'un lieu connu : la même liste, dans ce territoire.");
		json_end(j);
	}
	json_key(j, "default");
	ref(j, a, "responses", STR("Erreur"));
	json_end(j);
}

static const struct {
	const char *prefix, *name, *help;
} tags[] = {
	{ "/fiches", "Fiches", "Méthodes, exemples, données, outils, compétences" },
	{ "/catalyseurs", "Catalyseurs", "Qui relie, et où" },
	{ "/evenements", "Rendez-vous", "Webinaires et rencontres, en agenda aussi" },
	{ "/territoires", "Territoires", "Régions, départements, intercommunalités, communes" },
	{ "/parcours", "Parcours", "Des suites d'étapes à suivre" },
	{ "/vocabulaires", "Vocabulaires", "Thèmes, pratiques, parcours et leurs codes" },
	{ "/thematiques", "Besoins", "Thématiques, besoins sans réponse, ressources, et ce qui explique" },
	{ "/besoins", "Besoins", NULL },
	{ "/ressources", "Besoins", NULL },
	{ "/comprendre", "Besoins", NULL },
	{ "/oai", "Moissonnage", "OAI-PMH, catalogue, plan du site" },
	{ "/sitemap", "Moissonnage", NULL },
	{ "/catalogue", "Moissonnage", NULL },
	{ "/donnees", "Moissonnage", NULL },
	{ "/openapi", "Moissonnage", NULL },
	{ "/imprimer", "Partage", "Livrets, cadres pour d'autres sites" },
	{ "/integrer", "Partage", NULL },
	{ "", "Site", "Les pages du site, et ce qui sert à le tenir" },
};

static const char *
tag_of(const struct route *r)
{
	size_t i = 0;
	while (strncmp(r->pattern, tags[i].prefix, strlen(tags[i].prefix)) != 0)
		i++;
	return tags[i].name;
}

/* The handler's name; of one that serves several addresses, what sets this one apart: "adresse" of /compte/adresse. */
static struct str
operation_id(struct arena *a, size_t i, const char *verb)
{
	const struct route *r = &ROUTES.rows[i];
	const char *name = handlers[i] + (strncmp(handlers[i], "page_", 5) == 0 ? 5 : 0);
	struct buf b;
	bool shared = false;

	for (size_t k = 0; k < ROUTES.n; k++)
		shared |= k != i && ROUTES.rows[k].handler == r->handler && strcmp(ROUTES.rows[k].method, r->method) == 0;
	buf_init(&b, a, 64);
	buf_put(&b, str_of(name));
	for (const char *p = r->pattern; shared && *p; p++)
		if ((*p >= 'a' && *p <= 'z') || (*p >= '0' && *p <= '9'))
			buf_char(&b, *p);
		else if (b.n && b.p[b.n - 1] != '_')
			buf_char(&b, '_');
	if (r->method[0] == 'P')
		buf_fmt(&b, "_%s", verb);
	return buf_str(&b);
}

static void
operation_write(struct json_out *j, struct arena *a, size_t i)
{
	const struct route *r = &ROUTES.rows[i];
	bool post = r->method[0] == 'P';
	const char *verb = strcmp(r->method, "PUT") == 0 ? "put" : post ? "post" : "get";
	json_key(j, verb);
	json_begin_object(j);
	json_key(j, "operationId"), json_str(j, operation_id(a, i, verb));
	pair(j, "summary", r->summary);
	json_key(j, "description");
	if (r->formats & (r->formats - 1))
		json_str(j, arena_fmt(a, "%s. Le format se choisit par l'en-tête Accept, ou par un suffixe à l'adresse (.json, .csv …).", r->summary));
	else
		json_str(j, arena_fmt(a, "%s%s.", r->summary, r->role == ROLE_HOST ? ", pour l'exploitant et depuis ses réseaux seulement" : ""));
	json_key(j, "tags");
	json_begin_array(j);
	json_str(j, str_of(tag_of(r)));
	json_end(j);
	security_write(j, r);
	params_write(j, r);
	if (post)
		form_write(j, r);
	answers_write(j, a, r);
	json_end(j);
}

static void
head_write(struct json_out *j, struct req *r)
{
	struct str contact = site_of(r)->contact;
	bool mail = contact.n > 7 && memcmp(contact.p, "mailto:", 7) == 0;
	pair(j, "openapi", "3.1.0");
	json_key(j, "info");
	json_begin_object(j);
	pair(j, "title", "Catalyse");
	pair(j, "version", "1");
	pair(j, "summary", "Fiches, catalyseurs et territoires");
	pair(j, "description",
	     "Tout se lit sans clé, depuis n'importe quel site. Une même adresse donne la page ou les données ; les formats d'une même "
	     "demande ont les mêmes éléments, le même ordre, le même total. Un critère inconnu est ignoré et nommé dans "
	     "« avertissements » ; une valeur fausse est un 400 qui nomme le champ. Les réponses peuvent gagner des champs.");
	json_key(j, "contact");
	json_begin_object(j);
	pair(j, "name", "Catalyse");
	json_key(j, mail ? "email" : "url");
	json_str(j, mail ? (struct str){ contact.p + 7, contact.n - 7 } : arena_fmt(r->arena, "%.*s/mentions-legales", (int)r->base.n, r->base.p));
	json_end(j);
	json_key(j, "license");
	json_begin_object(j);
	pair(j, "name", "Licence de chaque fiche ; Licence Ouverte 2.0 pour le reste");
	json_key(j, "url"), json_str(j, arena_fmt(r->arena, "%.*s/donnees", (int)r->base.n, r->base.p));
	json_end(j);
	json_end(j);
	json_key(j, "servers");
	json_begin_array(j);
	json_begin_object(j);
	json_key(j, "url"), json_str(j, r->base);
	json_end(j);
	json_end(j);
	json_key(j, "tags");
	json_begin_array(j);
	for (size_t i = 0; i < sizeof(tags) / sizeof(*tags); i++) {
		if (!tags[i].help)
			continue;
		json_begin_object(j);
		pair(j, "name", tags[i].name);
		pair(j, "description", tags[i].help);
		json_end(j);
	}
	json_end(j);
}

enum err
page_openapi(struct req *r, struct resp *w)
{
	struct arena *a = r->arena;
	struct json_out out = json_out(&w->body), *j = &out;
	json_begin_object(j);
	head_write(j, r);
	json_key(j, "paths");
	json_begin_object(j);
	for (size_t i = 0; i < ROUTES.n; i++) {
		bool seen = false;
		for (size_t k = 0; k < i; k++)
			seen |= strcmp(ROUTES.rows[k].pattern, ROUTES.rows[i].pattern) == 0;
		if (seen)
			continue;
		json_key(j, ROUTES.rows[i].pattern);
		json_begin_object(j);
		for (size_t k = i; k < ROUTES.n; k++)
			if (strcmp(ROUTES.rows[k].pattern, ROUTES.rows[i].pattern) == 0)
				operation_write(j, a, k);
		json_end(j);
	}
	json_end(j);
	json_key(j, "components");
	json_begin_object(j);
	json_key(j, "schemas");
	json_begin_object(j);
	objects_write(j, a);
	json_end(j);
	json_key(j, "securitySchemes");
	json_begin_object(j);
	json_key(j, "jeton");
	json_begin_object(j);
	pair(j, "type", "http");
	pair(j, "scheme", "bearer");
	pair(j, "description", "Un jeton fait dans /mon-espace, avec la portée voulue : lire, ecrire, relire. Un envoi porte un en-tête Idempotency-Key.");
	json_end(j);
	json_key(j, "session");
	json_begin_object(j);
	pair(j, "type", "apiKey");
	pair(j, "in", "cookie");
	pair(j, "name", "__Host-session");
	json_end(j);
	json_end(j);
	json_key(j, "responses");
	json_begin_object(j);
	json_key(j, "Erreur");
	json_begin_object(j);
	pair(j, "description", "L'erreur, dans le format demandé : une page, ou ce document");
	json_key(j, "content");
	json_begin_object(j);
	json_key(j, "application/problem+json");
	json_begin_object(j);
	json_key(j, "schema");
	ref(j, a, "schemas", STR("Erreur"));
	json_end(j);
	json_end(j);
	json_end(j);
	json_end(j);
	json_end(j);
	json_end(j);
	return ERR_NONE;
}
