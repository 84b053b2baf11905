/* /donnees and /catalogue.jsonld: what can be taken away. Both read the manifest of the last export, and say so when there is none. */
#include "format/jsonld.h"
#include "gen/tpl.h"
#include "page/page.h"
#include "text/json.h"
#include "text/json_out.h"

#include <stdio.h>

/* The manifest of the last export; NULL when there is none, or an unreadable one. *ret_text: as it is. */
static const struct json *
manifest_read(struct req *r, struct str *ret_text)
{
	struct str dir = site_of(r)->exports;
	const struct json *doc;
	*ret_text = STR_NONE;
	if (dir.n == 0)
		return NULL;
	FILE *f = fopen(arena_cstr(r->arena, arena_fmt(r->arena, "%.*s/dernier/manifest.json", (int)dir.n, dir.p)), "re");
	if (!f)
		return NULL;
	char *text = arena_alloc(r->arena, JSON_BYTES_MAX);
	size_t n = fread(text, 1, JSON_BYTES_MAX, f);
	fclose(f);
	*ret_text = (struct str){ text, n };
	return json_parse(r->arena, *ret_text, &doc) == ERR_NONE ? doc : NULL;
}

static struct str
size_words(struct arena *a, double bytes)
{
	struct str s = bytes < 1e6 ? arena_fmt(a, "%.0f ko", bytes < 1e3 ? 1 : bytes / 1e3) : arena_fmt(a, "%.1f Mo", bytes / 1e6);
	char *dot = memchr(s.p, '.', s.n);
	if (dot)
		*dot = ',';
	return s;
}

static struct str
group_title(struct arena *a, struct str content, int64_t n)
{
	struct str count = words_number(a, n);
	return arena_fmt(a, "Les %.*s %.*s", (int)count.n, count.p, (int)content.n, content.p);
}

/* Files of one content follow each other. */
static struct view_dump_groups
groups_of(struct arena *a, const struct json *doc)
{
	const struct json *list = json_get(doc, "fichiers");
	size_t n = json_len(list), groups = 0, files = 0;
	struct view_dump_group *g = arena_array(a, struct view_dump_group, n);
	struct view_dump *d = arena_array(a, struct view_dump, n);
	for (const struct json *f = json_first(list); f; f = json_next(f), files++) {
		struct str content = json_text(json_get(f, "contenu")), name = json_text(json_get(f, "nom"));
		struct str what = json_text(json_get(f, "description"));
		int64_t items = 0;
		if (!json_whole(json_get(f, "elements"), &items))
			items = 0;
		d[files] = (struct view_dump){ .name = name,
			                       .url = link_fmt(a, "/donnees/dernier/%.*s", (int)name.n, name.p),
			                       .what = what.n ? arena_fmt(a, "%c%.*s", what.p[0] & ~0x20, (int)what.n - 1, what.p + 1) : what,
			                       .size = size_words(a, json_number(json_get(f, "octets"), 0)),
			                       .sum = json_text(json_get(f, "sha256")) };
		if (groups == 0 || !str_eq(g[groups - 1].id, content))
			g[groups++] = (struct view_dump_group){ .id = content,
				                                .title = group_title(a, content, items),
				                                .licence = json_text(json_get(f, "licence")),
				                                .files = { d + files, 0 } };
		g[groups - 1].files.n++;
	}
	return (struct view_dump_groups){ g, groups };
}

enum err
page_data(struct req *r, struct resp *w)
{
	struct arena *a = r->arena;
	struct str text;
	const struct json *doc = manifest_read(r, &text);
	if (r->format == FORMAT_JSON) {
		if (!doc)
			return ERR_NOT_FOUND;
		buf_put(&w->body, text);
		return ERR_NONE;
	}
	struct view_data v = { .crumbs = crumbs(a, 1, &(struct view_link){ STR("Données"), { NULL, 0 } }), .base = r->base };
	if (doc) {
		v.date = words_date(a, json_text(json_get(doc, "date")), true);
		v.groups = groups_of(a, doc);
	}
	struct buf main;
	buf_init(&main, a, 16384);
	tpl_data(&main, &v);
	struct view_layout layout = { .title = STR("Emporter les données"),
		                      .description = STR("Exports complets, formats, moissonnage et licences : tout ce qui est public se réutilise."),
		                      .head_search = true };
	return page_send(r, w, &layout, &main);
}

static void
pair(struct json_out *j, const char *key, struct str value)
{
	if (value.n == 0)
		return;
	json_key(j, key);
	json_str(j, value);
}

static void
node(struct json_out *j, const char *key, struct str id)
{
	json_key(j, key);
	json_begin_object(j);
	pair(j, "@id", id);
	json_end(j);
}

/* Where no licence covers all of it, who published each part says what may be done. */
static void
licence(struct json_out *j, const char *url)
{
	if (url)
		node(j, "dct:license", str_of(url));
	else
		pair(j, "dct:rights", STR("Chaque chiffre garde les droits de qui l'a publié : sa source est sur sa ligne."));
}

static struct str
address(struct req *r, const char *path)
{
	return arena_fmt(r->arena, "%.*s%s", (int)r->base.n, r->base.p, path);
}

static const struct {
	const char *content, *title, *description, *keywords, *licence, *api;
} datasets[] = {
	{ "fiches", "Fiches de Catalyse", "Méthodes, exemples, données, outils et compétences pour les alliances de territoire, avec leurs sources.",
	  "alliances, territoires, coopération, partenariats, pratiques", "https://creativecommons.org/licenses/by-sa/4.0/", "/fiches.json" },
	{ "catalyseurs", "Catalyseurs territoriaux", "Organisations qui relient les acteurs d'un territoire : siège, territoire d'action, pratiques, source.",
	  "catalyseurs, territoires, réseaux, associations", "https://www.etalab.gouv.fr/licence-ouverte-open-licence/", "/catalyseurs.json" },
	{ "territoires", "Territoires français", "Régions, départements, intercommunalités, communes et collectivités, tels que le site les relie.",
	  "communes, EPCI, départements, régions", "https://www.etalab.gouv.fr/licence-ouverte-open-licence/", "/territoires.json" },
	{ "chiffres", "Chiffres de l'Observatoire", "Ce qui est publié sur les alliances de territoire : question, public interrogé, territoire, année, source.",
	  "partenariats, alliances, enquêtes, observatoire", NULL, "/observatoire.json" }, /* each figure keeps the rights of who published it */
};

static void
distribution(struct req *r, struct json_out *j, const char *terms, const struct json *f)
{
	struct str name = json_text(json_get(f, "nom")), type = json_text(json_get(f, "type"));
	bool packed = name.n > 3 && memcmp(name.p + name.n - 3, ".gz", 3) == 0;
	json_begin_object(j);
	pair(j, "@type", STR("dcat:Distribution"));
	pair(j, "dct:title", name);
	pair(j, "dct:description", json_text(json_get(f, "description")));
	struct str url = arena_fmt(r->arena, "%.*s/donnees/dernier/%.*s", (int)r->base.n, r->base.p, (int)name.n, name.p);
	node(j, "dcat:accessURL", url);
	node(j, "dcat:downloadURL", url);
	node(j, "dcat:mediaType", arena_fmt(r->arena, "https://www.iana.org/assignments/media-types/%.*s", (int)type.n, type.p));
	if (packed)
		node(j, "dcat:compressFormat", STR("https://www.iana.org/assignments/media-types/application/gzip"));
	licence(j, terms);
	json_key(j, "dcat:byteSize");
	json_int(j, (int64_t)json_number(json_get(f, "octets"), 0));
	json_key(j, "spdx:checksum");
	json_begin_object(j);
	pair(j, "@type", STR("spdx:Checksum"));
	node(j, "spdx:algorithm", STR("http://spdx.org/rdf/terms#checksumAlgorithm_sha256"));
	pair(j, "spdx:checksumValue", json_text(json_get(f, "sha256")));
	json_end(j);
	json_end(j);
}

static void
service(struct req *r, struct json_out *j, const char *id, const char *title, const char *endpoint, const char *description)
{
	json_begin_object(j);
	pair(j, "@id", address(r, id));
	pair(j, "@type", STR("dcat:DataService"));
	pair(j, "dct:title", str_of(title));
	node(j, "dcat:endpointURL", address(r, endpoint));
	node(j, "dcat:endpointDescription", address(r, description));
	json_key(j, "dcat:servesDataset");
	json_begin_array(j);
	for (size_t i = 0; i < sizeof(datasets) / sizeof(*datasets); i++) {
		json_begin_object(j);
		pair(j, "@id", arena_fmt(r->arena, "%.*s/donnees#%s", (int)r->base.n, r->base.p, datasets[i].content));
		json_end(j);
	}
	json_end(j);
	json_end(j);
}

enum err
page_catalogue(struct req *r, struct resp *w)
{
	static const char *const context[][2] = { { "dcat", "http://www.w3.org/ns/dcat#" },
		                                  { "dct", "http://purl.org/dc/terms/" },
		                                  { "foaf", "http://xmlns.com/foaf/0.1/" },
		                                  { "spdx", "http://spdx.org/rdf/terms#" },
		                                  { "xsd", "http://www.w3.org/2001/XMLSchema#" } };
	struct arena *a = r->arena;
	struct str text, editor = site_of(r)->editor;
	const struct json *doc = manifest_read(r, &text);
	struct str date = json_text(json_get(doc, "date"));
	struct json_out j = json_out(&w->body);
	json_begin_object(&j);
	json_key(&j, "@context");
	json_begin_object(&j);
	for (size_t i = 0; i < sizeof(context) / sizeof(*context); i++)
		pair(&j, context[i][0], str_of(context[i][1]));
	json_end(&j);
	pair(&j, "@id", address(r, "/catalogue.jsonld"));
	pair(&j, "@type", STR("dcat:Catalog"));
	pair(&j, "dct:title", STR("Catalyse"));
	pair(&j, "dct:description", STR("Fiches, catalyseurs et territoires : ce qui fait travailler ensemble les acteurs d'un territoire."));
	node(&j, "dct:language", STR("http://publications.europa.eu/resource/authority/language/FRA"));
	node(&j, "foaf:homepage", r->base);
	json_key(&j, "dct:publisher");
	json_begin_object(&j);
	pair(&j, "@type", STR("foaf:Agent"));
	pair(&j, "foaf:name", editor.n ? editor : STR("Catalyse"));
	json_end(&j);
	json_key(&j, "dcat:dataset");
	json_begin_array(&j);
	for (size_t i = 0; i < sizeof(datasets) / sizeof(*datasets); i++) {
		json_begin_object(&j);
		pair(&j, "@id", arena_fmt(a, "%.*s/donnees#%s", (int)r->base.n, r->base.p, datasets[i].content));
		pair(&j, "@type", STR("dcat:Dataset"));
		pair(&j, "dct:title", str_of(datasets[i].title));
		pair(&j, "dct:description", str_of(datasets[i].description));
		pair(&j, "dcat:keyword", str_of(datasets[i].keywords));
		node(&j, "dcat:landingPage", address(r, "/donnees"));
		licence(&j, datasets[i].licence);
		node(&j, "dct:accrualPeriodicity", STR("http://publications.europa.eu/resource/authority/frequency/DAILY"));
		node(&j, "dct:spatial", STR("http://publications.europa.eu/resource/authority/country/FRA"));
		if (date.n) {
			json_key(&j, "dct:modified");
			json_begin_object(&j);
			pair(&j, "@value", date);
			pair(&j, "@type", STR("xsd:date"));
			json_end(&j);
		}
		json_key(&j, "dcat:distribution");
		json_begin_array(&j);
		for (const struct json *f = json_first(json_get(doc, "fichiers")); f; f = json_next(f))
			if (str_eq(json_text(json_get(f, "contenu")), str_of(datasets[i].content)))
				distribution(r, &j, datasets[i].licence, f);
		json_begin_object(&j);
		pair(&j, "@type", STR("dcat:Distribution"));
		pair(&j, "dct:title", STR("Interface de programmation"));
		node(&j, "dcat:accessURL", address(r, datasets[i].api));
		node(&j, "dcat:mediaType", STR("https://www.iana.org/assignments/media-types/application/json"));
		licence(&j, datasets[i].licence);
		node(&j, "dcat:accessService", address(r, "/donnees#programmes"));
		json_end(&j);
		json_end(&j);
		json_end(&j);
	}
	json_end(&j);
	json_key(&j, "dcat:service");
	json_begin_array(&j);
	service(r, &j, "/donnees#programmes", "Interface de programmation", "/", "/openapi.json");
	service(r, &j, "/oai", "Moissonnage OAI-PMH 2.0", "/oai", "/oai?verb=Identify");
	json_end(&j);
	json_end(&j);
	return ERR_NONE;
}
