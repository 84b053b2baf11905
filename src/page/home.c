#include "format/json_list.h"
#include "format/jsonld.h"
#include "gen/tpl.h"
#include "page/page.h"

#define RECENT 5

static const struct {
	const char *parcours, *phrase;
} situations[] = {
	{ "comprendre-son-territoire", "Je débute. Je voudrais comprendre mon territoire." },
	{ "rencontrer-dialoguer", "Je ne connais pas assez les gens d'ici." },
	{ "choisir-un-defi-commun", "Nous sommes nombreux, chacun tire de son côté." },
	{ "experimenter-ensemble", "Nous voulons essayer sans tout engager." },
	{ "accompagner-les-alliances", "On me demande d'accompagner un partenariat." },
	{ "ouvrir-gerer-un-lieu", "Nous ouvrons un lieu partagé." },
	{ "evaluer-essaimer", "Ça marche. Comment le prouver, le transmettre ?" },
};
#define NSITUATIONS (sizeof(situations) / sizeof(*situations))

#define CELL(name) db_text(rows, i, COL_HOME_PARTS_##name)

static void
event_of(struct arena *a, const struct db_rows *rows, size_t i, struct view_event *v)
{
	static const char *const months[] = { "janvier", "février", "mars", "avril", "mai", "juin",
		                              "juillet", "août", "septembre", "octobre", "novembre", "décembre" };
	struct str iso = CELL(DATE);
	if (iso.n < 10)
		return;
	bool next = str_eq(CELL(PART), STR("next"));
	int month = (iso.p[5] - '0') * 10 + iso.p[6] - '0';
	struct str *rest = arena_array(a, struct str, 3);
	size_t n = 0;
	rest[n++] = arena_fmt(a, "%s %.4s", months[month >= 1 && month <= 12 ? month - 1 : 0], iso.p);
	if (CELL(HOUR).n) {
		rest[n++] = arena_fmt(a, "%.*s à Paris", (int)CELL(HOUR).n, CELL(HOUR).p);
		rest[n++] = arena_fmt(a, "%.*s à La Réunion", (int)CELL(HOUR_REUNION).n, CELL(HOUR_REUNION).p);
	}
	*v = (struct view_event){
		.state = next ? STR_NONE : STR("Prochain : date pas encore annoncée"),
		.heading = next ? STR("Le prochain") : STR("Le dernier dont nous ayons la trace"),
		.iso = iso,
		.day = iso.p[8] == '0' ? (struct str){ iso.p + 9, 1 } : (struct str){ iso.p + 8, 2 },
		.rest = { rest, n },
		.title = CELL(TITLE),
		.note = CELL(NOTE),
		.link = { CELL(URL).n ? STR("La source") : STR_NONE, link_external(CELL(URL)) },
	};
	if (v->link.url.n == 0)
		v->link.label = STR_NONE;
}

static void
parts_of(struct arena *a, const struct db_rows *rows, struct view_home *v)
{
	struct view_kind *kinds = arena_array(a, struct view_kind, 5);
	struct view_situation *s = arena_array(a, struct view_situation, NSITUATIONS);
	int64_t total = 0;
	for (size_t k = 0; k < 5; k++) {
		const struct sheet_kind *kind = &SHEET_KINDS[k];
		char *letter = arena_cstr(a, str_of(kind->letter));
		letter[0] = (char)(letter[0] - 32);
		kinds[k] = (struct view_kind){ str_of(kind->letter), { letter, 1 }, str_of(kind->plural), str_of(kind->what),
			                       STR("aucune fiche"), link_fmt(a, "/fiches?type=%s", kind->code) };
	}
	for (size_t k = 0; k < NSITUATIONS; k++)
		s[k] = (struct view_situation){ .number = (int)k + 1, .phrase = str_of(situations[k].phrase),
			                        .url = link_fmt(a, "/fiches?parcours=%s", situations[k].parcours) };
	for (size_t i = 0; i < rows->nrows; i++) {
		struct str part = CELL(PART), code = CELL(CODE);
		int64_t n = db_int(rows, i, COL_HOME_PARTS_N);
		if (str_eq(part, STR("kind"))) {
			for (size_t k = 0; k < 5; k++)
				if (str_eq(code, str_of(SHEET_KINDS[k].code)))
					kinds[k].count = words_count(a, n, "fiche", "fiches");
			total += n;
		} else if (str_eq(part, STR("parcours"))) {
			for (size_t k = 0; k < NSITUATIONS; k++) {
				if (!str_eq(code, str_of(situations[k].parcours)))
					continue;
				s[k].parcours = CELL(LABEL);
				s[k].count = words_count(a, n, "fiche", "fiches");
				if (n)
					s[k].first = (struct view_link){ CELL(TITLE),
						                         link_sheet(a, db_int(rows, i, COL_HOME_PARTS_ID), CELL(SLUG)) };
			}
		} else {
			event_of(a, rows, i, &v->event);
		}
	}
	v->kinds = (struct view_kinds){ kinds, 5 };
	v->situations = (struct view_situations){ s, NSITUATIONS };
	struct str count = words_count(a, total, "fiche", "fiches");
	v->total = arena_fmt(a, "%.*s en tout", (int)count.n, count.p);
}
#undef CELL

static struct html
caption_of(struct arena *a, const struct territory_refs *all)
{
	struct buf b;
	int64_t known = 0, departements = 0, empty = 0;
	buf_init(&b, a, 512);
	for (size_t i = 0; i < all->n; i++)
		if (str_eq(all->p[i].type, STR("departement")) && all->p[i].catalysts) {
			known += all->p[i].catalysts;
			departements++;
		} else if (str_eq(all->p[i].type, STR("region")) && all->p[i].catalysts == 0) {
			empty++;
		}
	buf_fmt(&b, "%lld catalyseurs et acteurs situés dans %lld départements.", (long long)known, (long long)departements);
	if (empty) {
		int64_t seen = 0;
		buf_lit(&b, " Aucun n’est encore situé ");
		for (size_t i = 0; i < all->n; i++) {
			if (!str_eq(all->p[i].type, STR("region")) || all->p[i].catalysts)
				continue;
			seen++;
			if (seen > 1)
				buf_put(&b, seen == empty ? STR(" ni ") : STR(", "));
			tpl_text_str(&b, all->p[i].name_in);
		}
		buf_lit(&b, ".");
	}
	buf_lit(&b, " <a href=\"/carte\">Ouvrir la carte</a> ou <a href=\"/territoires\">lire la liste des territoires</a>.");
	return (struct html){ b.p, b.n };
}

enum err
page_home(struct req *r, struct resp *w)
{
	struct arena *a = r->arena;
	struct db_rows rows;
	struct territory_refs all;
	struct sheet_list recent;
	struct list_query q = { .tri = STR("verifie"), .page = 1, .taille = RECENT };
	enum err e = db_run(r->db, a, QUERY_HOME_PARTS, NULL, 0, &rows);
	if (e || (e = territories_cached(r, &all)) || (e = sheet_search(r->db, a, &q, &recent)))
		return e;
	if (r->format == FORMAT_JSONLD) {
		struct view_links trail = crumbs(a, 0, NULL);
		struct jsonld d = { r, STR("Catalyse"), site_of(r)->editor, &trail };
		jsonld_home(&d, &w->body);
		return ERR_NONE;
	}
	if (r->format == FORMAT_JSON) {
		struct json_out j = json_out(&w->body);
		json_begin_object(&j);
		json_key(&j, "nom");
		json_str(&j, STR("Catalyse"));
		json_key(&j, "fiches");
		json_int(&j, recent.facets.total);
		json_key(&j, "liens");
		json_begin_object(&j);
		static const char *const doors[] = { "fiches", "catalyseurs", "territoires" };
		for (size_t i = 0; i < 3; i++) {
			json_key(&j, doors[i]);
			json_str(&j, arena_fmt(a, "%.*s/%s.json", (int)r->base.n, r->base.p, doors[i]));
		}
		json_end(&j);
		json_key(&j, "recentes");
		json_begin_array(&j);
		for (size_t i = 0; i < recent.n; i++)
			json_sheet_card(&j, a, r->base, &recent.p[i]);
		json_end(&j);
		json_notices(&j, r);
		json_end(&j);
		return ERR_NONE;
	}
	static const struct {
		const char *label, *url;
	} examples[] = { { "carte des acteurs", "/recherche?q=carte+des+acteurs" },
		         { "charte d'alliance", "/recherche?q=charte+alliance" },
		         { "tiers-lieu", "/recherche?q=tiers-lieu" },
		         { "Saint-Benoît", "/recherche?q=Saint-Beno%C3%AEt" } };
	struct view_link *links = arena_array(a, struct view_link, 4);
	for (size_t i = 0; i < 4; i++)
		links[i] = (struct view_link){ str_of(examples[i].label), { examples[i].url, strlen(examples[i].url) } };
	struct view_home v = { .examples = { links, 4 },
		               .map = map_france(a, &all, "c", STR("Carte des catalyseurs et des acteurs connus, par département")),
		               .recent = rows_sheets(a, recent.p, recent.n) };
	v.map.caption = caption_of(a, &all);
	parts_of(a, &rows, &v);
	struct buf main;
	buf_init(&main, a, 131072);
	tpl_home(&main, &v);
	struct view_layout layout = {
		.description = STR("Ce qui relie ailleurs peut relier ici : méthodes, exemples, données, outils et compétences pour les alliances de territoire."),
	};
	return page_send(r, w, &layout, &main);
}
