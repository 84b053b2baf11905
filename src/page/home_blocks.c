/* What each kind of block shows. */
#include "page/home.h"
#include "gen/tpl.h"
#include "model/espace_text.h"
#include "text/markdown.h"
#include "text/tpl.h"

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

static enum err
parts_of(struct home *h, const struct db_rows **ret)
{
	if (!h->parts) {
		struct db_rows *rows = arena_new_of(h->r->arena, struct db_rows);
		enum err e = db_run(h->r->db, h->r->arena, QUERY_HOME_PARTS, NULL, 0, rows);
		if (e)
			return e;
		h->parts = rows;
	}
	*ret = h->parts;
	return ERR_NONE;
}

/* "Ce qui *relie* ailleurs": what stands between stars is underlined by the road. */
static struct html
heading_of(struct arena *a, struct str title)
{
	struct buf b;
	bool on = false;

	buf_init(&b, a, title.n + 128);
	while (title.n) {
		const char *star = memchr(title.p, '*', title.n);
		size_t n = star ? (size_t)(star - title.p) : title.n;
		tpl_text_str(&b, (struct str){ title.p, n });
		title.p += n, title.n -= n;
		if (!star)
			break;
		title.p++, title.n--;
		if (on || (title.n && memchr(title.p, '*', title.n))) {
			buf_put(&b, on ? STR("</span>") : STR("<span class=\"relie\">"));
			on = !on;
		}
	}
	return (struct html){ b.p, b.n };
}

static enum err
draw_search(struct home *h, const struct espace_block *b, struct view_block *v)
{
	static const struct {
		const char *label, *url;
	} examples[] = { { "carte des acteurs", "/recherche?q=carte+des+acteurs" },
		         { "charte d'alliance", "/recherche?q=charte+alliance" },
		         { "tiers-lieu", "/recherche?q=tiers-lieu" },
		         { "Saint-Benoît", "/recherche?q=Saint-Beno%C3%AEt" } };
	struct view_link *links = arena_array(h->r->arena, struct view_link, 4);

	for (size_t i = 0; i < 4; i++)
		links[i] = (struct view_link){ str_of(examples[i].label), { examples[i].url, strlen(examples[i].url) } };
	v->examples = (struct view_links){ links, 4 };
	v->heading = heading_of(h->r->arena, v->title);
	v->lead = b->body.n ? b->body : h->espace->tagline;
	tpl_bloc_recherche(h->out, v);
	return ERR_NONE;
}

static enum err
draw_here(struct home *h, const struct espace_block *b, struct view_block *v)
{
	(void)b;
	tpl_bloc_ici(h->out, v);
	return ERR_NONE;
}

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

static enum err
draw_map(struct home *h, const struct espace_block *b, struct view_block *v)
{
	struct territory_refs all;
	enum err e = territories_cached(h->r, &all);

	(void)b, (void)v;
	if (e)
		return e;
	struct view_map map = map_france(h->r->arena, &all, "c", STR("Carte des catalyseurs et des acteurs connus, par département"));
	map.caption = caption_of(h->r->arena, &all);
	tpl_carte(h->out, &map);
	return ERR_NONE;
}

/* A sheet is the first step of one situation only. */
static bool
is_taken(const struct view_situation *s, struct url first)
{
	for (size_t k = 0; k < NSITUATIONS; k++)
		if (str_eq((struct str){ s[k].first.url.p, s[k].first.url.n }, (struct str){ first.p, first.n }))
			return true;
	return false;
}

static enum err
draw_situations(struct home *h, const struct espace_block *b, struct view_block *v)
{
	struct arena *a = h->r->arena;
	struct view_situation *s = arena_array(a, struct view_situation, NSITUATIONS);
	const struct db_rows *rows;
	enum err e = parts_of(h, &rows);

	(void)b;
	if (e)
		return e;
	for (size_t k = 0; k < NSITUATIONS; k++)
		s[k] = (struct view_situation){ .number = (int)k + 1, .phrase = str_of(situations[k].phrase),
			                        .url = link_fmt(a, "/fiches?parcours=%s", situations[k].parcours) };
	for (size_t i = 0; i < rows->nrows; i++)
		for (size_t k = 0; str_eq(CELL(PART), STR("parcours")) && k < NSITUATIONS; k++) {
			int64_t n = db_int(rows, i, COL_HOME_PARTS_N);
			if (!str_eq(CELL(CODE), str_of(situations[k].parcours)))
				continue;
			s[k].parcours = CELL(LABEL);
			s[k].count = words_count(a, n, "fiche", "fiches");
			if (CELL(URL).n)
				s[k].url = link_fmt(a, "%.*s", (int)CELL(URL).n, CELL(URL).p);
			if (!n || s[k].first.label.n)
				continue;
			struct url first = link_sheet(a, db_int(rows, i, COL_HOME_PARTS_ID), CELL(SLUG));
			if (!is_taken(s, first))
				s[k].first = (struct view_link){ CELL(TITLE), first };
		}
	v->situations = (struct view_situations){ s, NSITUATIONS };
	tpl_bloc_situations(h->out, v);
	return ERR_NONE;
}

void
home_event(struct arena *a, const struct db_rows *rows, struct view_event *v)
{
	static const char *const months[] = { "janvier", "février", "mars", "avril", "mai", "juin",
		                              "juillet", "août", "septembre", "octobre", "novembre", "décembre" };
	for (size_t i = 0; i < rows->nrows; i++) {
		struct str iso = CELL(DATE);
		if (!(str_eq(CELL(PART), STR("next")) || str_eq(CELL(PART), STR("last"))) || iso.n < 10)
			continue;
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
}

/* All of it, when the page exists. */
static struct view_link
more_of(struct home *h, const char *url, struct str label)
{
	struct url to = link_written(h->r, str_of(url));

	return to.n ? (struct view_link){ label, to } : (struct view_link){ 0 };
}

static enum err
draw_event(struct home *h, const struct espace_block *b, struct view_block *v)
{
	const struct db_rows *rows;
	enum err e = parts_of(h, &rows);

	(void)b;
	if (e)
		return e;
	home_event(h->r->arena, rows, &v->event);
	v->more = more_of(h, "/evenements", STR("Tous les rendez-vous"));
	v->invite = h->beside;
	if (v->event.title.n)
		tpl_bloc_rendez_vous(h->out, v);
	return ERR_NONE;
}

static enum err
draw_kinds(struct home *h, const struct espace_block *b, struct view_block *v)
{
	struct arena *a = h->r->arena;
	struct view_kind *kinds = arena_array(a, struct view_kind, 5);
	const struct db_rows *rows;
	int64_t total = 0;
	enum err e = parts_of(h, &rows);

	(void)b;
	if (e)
		return e;
	for (size_t k = 0; k < 5; k++) {
		const struct sheet_kind *kind = &SHEET_KINDS[k];
		char *letter = arena_cstr(a, str_of(kind->letter));
		letter[0] = (char)(letter[0] - 32);
		kinds[k] = (struct view_kind){ str_of(kind->letter), { letter, 1 }, str_of(kind->plural), str_of(kind->what),
			                       STR("aucune fiche"), link_fmt(a, "/fiches?type=%s", kind->code) };
	}
	for (size_t i = 0; i < rows->nrows; i++) {
		if (!str_eq(CELL(PART), STR("kind")))
			continue;
		int64_t n = db_int(rows, i, COL_HOME_PARTS_N);
		for (size_t k = 0; k < 5; k++)
			if (str_eq(CELL(CODE), str_of(SHEET_KINDS[k].code)))
				kinds[k].count = words_count(a, n, "fiche", "fiches");
		total += n;
	}
	struct str count = words_count(a, total, "fiche", "fiches");
	v->kinds = (struct view_kinds){ kinds, 5 };
	v->total = arena_fmt(a, "%.*s en tout", (int)count.n, count.p);
	tpl_bloc_sortes(h->out, v);
	return ERR_NONE;
}
#undef CELL

enum err
home_recent(struct home *h, int64_t most)
{
	struct list_query q = { .tri = STR("verifie"), .page = 1, .taille = most };

	if (h->has_recent)
		return ERR_NONE;
	h->has_recent = true;
	return sheet_search(h->r->db, h->r->arena, &q, &h->recent);
}

static enum err
draw_recent(struct home *h, const struct espace_block *b, struct view_block *v)
{
	enum err e = home_recent(h, b->size);

	if (e)
		return e;
	struct sheet_card *cards = arena_array(h->r->arena, struct sheet_card, h->recent.n + 1);
	for (size_t i = 0; i < h->recent.n; i++)
		cards[i] = h->recent.p[i];
	if (!h->espace->is_default && (e = cards_adapt(h->r->db, h->r->arena, h->espace->id, cards, h->recent.n)))
		return e;
	v->sheets = rows_sheets(h->r->arena, cards, h->recent.n);
	v->more = (struct view_link){ STR("Toutes les fiches"), link_fmt(h->r->arena, "/fiches?tri=verifie") };
	if (v->sheets.n)
		tpl_bloc_fiches(h->out, v);
	return ERR_NONE;
}

static enum err
draw_selection(struct home *h, const struct espace_block *b, struct view_block *v)
{
	struct arena *a = h->r->arena;
	struct sheet_card *cards;
	size_t n;
	int64_t total;
	enum err e = espace_selection(h->r->db, a, h->espace->id, b->size, &cards, &n, &total);

	if (!e && !h->espace->is_default)
		e = cards_adapt(h->r->db, a, h->espace->id, cards, n);
	if (e)
		return e;
	v->sheets = rows_sheets(a, cards, n);
	if (b->body.n)
		v->text = markdown_render(a, b->body, 3);
	if (total > (int64_t)n)
		v->more = (struct view_link){ arena_fmt(a, "Les %lld fiches de cette sélection", (long long)total),
			                      link_fmt(a, "/fiches?espace=%.*s", (int)h->espace->code.n, h->espace->code.p) };
	if (n)
		tpl_bloc_fiches(h->out, v);
	return ERR_NONE;
}

static enum err
draw_catalysts(struct home *h, const struct espace_block *b, struct view_block *v)
{
	struct arena *a = h->r->arena;
	struct list_query q = { .tri = STR("verifie"), .page = 1, .taille = b->size };
	struct catalyst_list list;
	enum err e = catalyst_search(h->r->db, a, &q, &list);

	if (e)
		return e;
	v->catalysts = rows_catalysts(a, list.p, list.n);
	if (b->body.n)
		v->text = markdown_render(a, b->body, 3);
	v->more = (struct view_link){ arena_fmt(a, "Les %lld catalyseurs et acteurs connus", (long long)list.facets.total), link_fmt(a, "/catalyseurs") };
	if (list.n)
		tpl_bloc_catalyseurs(h->out, v);
	return ERR_NONE;
}

/* The terms of a vocabulary, each a way to the list it filters. */
static enum err
draw_terms(struct home *h, const struct espace_block *b, struct view_block *v, const char *scheme, bool of_catalysts)
{
	struct arena *a = h->r->arena;
	struct db_rows r;
	enum err e = db_run(h->r->db, a, QUERY_HOME_TERMS, DB_ARGS(db_arg_str(str_of(scheme))), &r);

	if (e)
		return e;
	struct view_way *doors = arena_array(a, struct view_way, r.nrows + 1);
	for (size_t i = 0; i < r.nrows; i++) {
		struct str code = db_text(&r, i, COL_HOME_TERMS_CODE), says = db_text(&r, i, COL_HOME_TERMS_DEFINITION);
		struct str count = of_catalysts ? words_count(a, db_int(&r, i, COL_HOME_TERMS_CATALYSTS), "catalyseur ou acteur", "catalyseurs et acteurs")
		                                : words_count(a, db_int(&r, i, COL_HOME_TERMS_SHEETS), "fiche", "fiches");
		doors[i] = (struct view_way){ .label = db_text(&r, i, COL_HOME_TERMS_LABEL),
			                       .note = says.n ? arena_fmt(a, "%.*s %.*s.", (int)says.n, says.p, (int)count.n, count.p) : count,
			                       .url = link_fmt(a, "%s?%s=%.*s", of_catalysts ? "/catalyseurs" : "/fiches", scheme, (int)code.n, code.p) };
		struct url page = link_written(h->r, db_text(&r, i, COL_HOME_TERMS_PATH));
		if (page.n)
			doors[i].url = page;
	}
	v->doors = (struct view_ways){ doors, r.nrows };
	if (b->body.n)
		v->text = markdown_render(a, b->body, 3);
	return ERR_NONE;
}

static enum err
draw_practices(struct home *h, const struct espace_block *b, struct view_block *v)
{
	enum err e = draw_terms(h, b, v, "pratique", true);

	v->more = more_of(h, "/comprendre", STR("Les pratiques, une par une"));
	if (!e && v->doors.n)
		tpl_bloc_portes_liste(h->out, v);
	return e;
}

static enum err
draw_themes(struct home *h, const struct espace_block *b, struct view_block *v)
{
	enum err e = draw_terms(h, b, v, "theme", false);

	v->more = more_of(h, "/thematiques", STR("Toutes les thématiques"));
	if (!e && v->doors.n)
		tpl_bloc_portes_liste(h->out, v);
	return e;
}

static enum err
draw_paths(struct home *h, const struct espace_block *b, struct view_block *v)
{
	enum err e = draw_terms(h, b, v, "parcours", false);

	v->more = more_of(h, "/parcours", STR("Tous les parcours"));
	if (!e && v->doors.n)
		tpl_bloc_parcours(h->out, v);
	return e;
}

static enum err
draw_figures(struct home *h, const struct espace_block *b, struct view_block *v)
{
	struct arena *a = h->r->arena;
	struct db_rows r;
	enum err e = db_run(h->r->db, a, QUERY_HOME_FIGURES, NULL, 0, &r);

	if (e)
		return e;
	int64_t sheets = db_int(&r, 0, COL_HOME_FIGURES_SHEETS), catalysts = db_int(&r, 0, COL_HOME_FIGURES_CATALYSTS),
	        events = db_int(&r, 0, COL_HOME_FIGURES_EVENTS);
	struct view_figure *f = arena_array(a, struct view_figure, 3);
	f[0] = (struct view_figure){ words_number(a, catalysts), catalysts > 1 ? STR("catalyseurs et acteurs connus") : STR("catalyseur ou acteur connu"),
		                     link_fmt(a, "/catalyseurs") };
	f[1] = (struct view_figure){ words_number(a, sheets), sheets > 1 ? STR("fiches partagées") : STR("fiche partagée"), link_fmt(a, "/fiches") };
	f[2] = (struct view_figure){ words_number(a, events), events > 1 ? STR("rencontres et webinaires") : STR("rencontre ou webinaire"),
		                     link_written(h->r, STR("/evenements")) };
	v->figures = (struct view_figures){ f, 3 };
	if (b->body.n)
		v->text = markdown_render(a, b->body, 3);
	tpl_bloc_chiffres(h->out, v);
	return ERR_NONE;
}

static enum err
draw_doors(struct home *h, const struct espace_block *b, struct view_block *v)
{
	v->groups = espace_doors(h->r, h->espace, "portes");
	if (b->body.n)
		v->text = markdown_render(h->r->arena, b->body, 3);
	if (v->groups.n)
		tpl_bloc_portes(h->out, v);
	return ERR_NONE;
}

static enum err
draw_text(struct home *h, const struct espace_block *b, struct view_block *v)
{
	v->text = markdown_render(h->r->arena, b->body, 3);
	if (v->text.n)
		tpl_bloc_texte(h->out, v);
	return ERR_NONE;
}

/* One page, told in a few words. */
static enum err
draw_page(struct home *h, const struct espace_block *b, struct view_block *v)
{
	static const struct {
		const char *kind, *url, *label, *says;
	} pages[] = {
		{ "besoins", "/besoins", "Voir les besoins", "Ce que l'on cherche ici sans encore le trouver : chaque besoin est un appel à contribuer." },
		{ "boussole", "/boussole", "Ouvrir la boussole", "Cinq questions, que l'on peut passer, et un chemin : des fiches, un parcours, des catalyseurs près de chez vous." },
		{ "observatoire", "/observatoire", "Ouvrir l'observatoire", "Des chiffres publiés, avec la question posée, la population interrogée, l'année et la source." },
		{ "comprendre", "/comprendre", "Comprendre la catalyse", "Trois ingénieries, quatre pratiques, seize activités, et ce que l'expérience apprend de l'accompagnement." },
	};

	for (size_t i = 0; i < sizeof(pages) / sizeof(*pages); i++) {
		if (!str_eq(b->kind, str_of(pages[i].kind)))
			continue;
		v->more = more_of(h, pages[i].url, str_of(pages[i].label));
		v->text = markdown_render(h->r->arena, b->body.n ? b->body : str_of(pages[i].says), 3);
		if (v->more.label.n)
			tpl_bloc_page(h->out, v);
	}
	return ERR_NONE;
}

const struct home_kind HOME_KINDS[] = {
	{ "recherche", "Ouverture : titre et recherche", "Le premier bloc. Entre deux étoiles, un mot du titre est souligné par la route : Ce qui *relie* ici.", draw_search, true, true, false, "Que *cherchez-vous* ?", 0 },
	{ "ici", "Près de chez vous", "Le territoire du visiteur et ce qui y est.", draw_here, false, false, false, "", 0 },
	{ "carte", "La carte", "Les catalyseurs et acteurs connus, par département.", draw_map, false, false, false, "", 0 },
	{ "situations", "Partir de votre situation", "Les parcours racontés comme des situations.", draw_situations, true, false, false, "Partir de votre situation", 0 },
	{ "rendez-vous", "Rendez-vous", "La prochaine rencontre, ou la dernière.", draw_event, true, false, false, "Rendez-vous", 0 },
	{ "sortes", "Les cinq sortes de fiches", "Méthodes, exemples, données, outils, compétences.", draw_kinds, true, false, false, "Cinq sortes de fiches", 0 },
	{ "recentes", "Vérifiées récemment", "Les dernières fiches vérifiées de toute la base.", draw_recent, true, false, true, "Vérifiées récemment", 5 },
	{ "selection", "La sélection de l'espace", "Les fiches placées ici, puis celles de la règle.", draw_selection, true, true, true, "Notre sélection", 5 },
	{ "catalyseurs", "Des catalyseurs", "Ceux dont la page a été vérifiée le plus récemment.", draw_catalysts, true, true, true, "Qui relie, et où", 4 },
	{ "pratiques", "Les quatre pratiques", "Chacune mène aux catalyseurs qui l'exercent.", draw_practices, true, true, false, "Quatre pratiques de la catalyse", 0 },
	{ "thematiques", "Les thématiques", "Chacune mène à ses fiches.", draw_themes, true, true, false, "Les thématiques", 0 },
	{ "parcours", "Les parcours", "Les sept étapes, l'une après l'autre.", draw_paths, true, true, false, "Les parcours", 0 },
	{ "chiffres", "Ce qu'il y a, en chiffres", "Comptés dans la base, à l'instant.", draw_figures, true, true, false, "Ce qu'il y a ici", 0 },
	{ "portes", "Les portes d'entrée", "Les liens de la rubrique « Portes », par colonne.", draw_doors, true, true, false, "Par où entrer", 0 },
	{ "besoins", "Les besoins des territoires", "Un appel vers la page des besoins.", draw_page, true, true, false, "De quoi les territoires ont besoin", 0 },
	{ "boussole", "La boussole", "Un appel vers la boussole.", draw_page, true, true, false, "Par où commencer ?", 0 },
	{ "observatoire", "L'observatoire", "Un appel vers les dynamiques territoriales.", draw_page, true, true, false, "Dynamiques territoriales", 0 },
	{ "comprendre", "Comprendre la catalyse", "Un appel vers les ingénieries, les pratiques et les enseignements.", draw_page, true, true, false, "Comprendre la catalyse territoriale", 0 },
	{ "texte", "Un texte", "Écrit ici, en Markdown.", draw_text, true, true, false, "", 0 },
};
const size_t HOME_KINDS_N = sizeof(HOME_KINDS) / sizeof(*HOME_KINDS);

const struct home_kind *
home_kind_of(struct str code)
{
	for (size_t i = 0; i < HOME_KINDS_N; i++)
		if (str_eq(code, str_of(HOME_KINDS[i].code)))
			return &HOME_KINDS[i];
	return NULL;
}
