/* The pages of text: accessibility, privacy, legal notice, site map. */
#include "gen/tpl.h"
#include "page/page.h"

static enum err
text_page(struct req *r, struct resp *w, const char *title, void (*tpl)(struct buf *, const struct view_legal *))
{
	struct arena *a = r->arena;
	const struct site *site = site_of(r);
	struct db_rows rows;
	enum err e = db_run(r->db, a, QUERY_DATASET_LIST, NULL, 0, &rows);
	if (e)
		return e;
	struct view_dataset *d = arena_array(a, struct view_dataset, rows.nrows);
	for (size_t i = 0; i < rows.nrows; i++) {
		struct str version = db_text(&rows, i, COL_DATASET_LIST_VERSION);
		struct view_date loaded = words_date(a, db_text(&rows, i, COL_DATASET_LIST_LOADED_ON), true);
		d[i] = (struct view_dataset){ .name = db_text(&rows, i, COL_DATASET_LIST_NAME),
			                      .url = link_external(db_text(&rows, i, COL_DATASET_LIST_SOURCE_URL)),
			                      .licence = db_text(&rows, i, COL_DATASET_LIST_LICENCE),
			                      .version = arena_fmt(a, "%.*s, chargé le %.*s", (int)version.n, version.p, (int)loaded.text.n,
			                                           loaded.text.p) };
	}
	struct str contact = site->contact;
	if (contact.n > 7 && memcmp(contact.p, "mailto:", 7) == 0)
		contact = (struct str){ contact.p + 7, contact.n - 7 };
	struct view_legal v = { .crumbs = crumbs(a, 1, &(struct view_link){ str_of(title), { NULL, 0 } }),
		                .editor = site->editor,
		                .host = site->host,
		                .contact = contact,
		                .contact_url = link_external(site->contact),
		                .datasets = { d, rows.nrows },
		                .date = STR("24 novembre 2026") };
	struct buf main;
	buf_init(&main, a, 16384);
	tpl(&main, &v);
	struct view_layout layout = { .title = str_of(title), .head_search = true };
	return page_send(r, w, &layout, &main);
}

enum err
page_accessibility(struct req *r, struct resp *w)
{
	return text_page(r, w, "Accessibilité", tpl_accessibility);
}

enum err
page_privacy(struct req *r, struct resp *w)
{
	return text_page(r, w, "Vie privée", tpl_privacy);
}

enum err
page_legal(struct req *r, struct resp *w)
{
	return text_page(r, w, "Mentions légales", tpl_legal);
}

enum err
page_charter(struct req *r, struct resp *w)
{
	return text_page(r, w, "La charte", tpl_charter);
}

/* The addresses of the site that are not an item: the plan for people, and the part "pages" of the one for programs. */
const struct site_link SITE_LINKS[] = {
	{ "Chercher", "Accueil", "/", false },
	{ "Chercher", "Chercher dans tout le site", "/recherche", true },
	{ "Chercher", "Près de chez moi", "/pres-de-moi", true },
	{ "Chercher", "La boussole : cinq questions, un chemin", "/boussole", false },
	{ "Fiches", "Toutes les fiches", "/fiches", false },
	{ "Fiches", "Méthodes", "/fiches?type=methode", false },
	{ "Fiches", "Exemples", "/fiches?type=exemple", false },
	{ "Fiches", "Données", "/fiches?type=donnee", false },
	{ "Fiches", "Outils", "/fiches?type=outil", false },
	{ "Fiches", "Compétences", "/fiches?type=competence", false },
	{ "Parcours", "Parcours « Agir ensemble en territoire »", "/parcours", false },
	{ "Qui et où", "Les catalyseurs", "/catalyseurs", false },
	{ "Qui et où", "Le réseau", "/reseau", false },
	{ "Qui et où", "La carte", "/carte", false },
	{ "Qui et où", "Les territoires", "/territoires", false },
	{ "Rendez-vous", "Webinaires et rencontres", "/evenements", false },
	{ "Besoins", "Les thématiques", "/thematiques", false },
	{ "Besoins", "Ce que l’on cherche sans le trouver", "/besoins", false },
	{ "Participer", "Situer ses pratiques de catalyse", "/boussole/pratiques", false },
	{ "Participer", "Proposer une fiche", "/contribuer", false },
	{ "Participer", "Rejoindre un atelier", "/atelier", true },
	{ "Participer", "Être prévenu par courriel", "/alertes", false },
	{ "Savoir", "L’Observatoire", "/observatoire", false },
	{ "Savoir", "Comprendre la catalyse territoriale", "/comprendre", false },
	{ "Savoir", "Ressources d’ailleurs", "/ressources", false },
	{ "Savoir", "Où les pratiques ont voyagé", "/essaimage", false },
	{ "Savoir", "Vocabulaires", "/vocabulaires", false },
	{ "Savoir", "Délais de relecture", "/delais", false },
	{ "Savoir", "La charte", "/charte", false },
	{ "Savoir", "Accessibilité", "/accessibilite", false },
	{ "Savoir", "Vie privée", "/confidentialite", false },
	{ "Savoir", "Mentions légales", "/mentions-legales", false },
	{ "Réutiliser", "Garder des fiches, et les partager", "/listes", false },
	{ "Réutiliser", "Emporter les données", "/donnees", false },
	{ "Réutiliser", "Imprimer un livret", "/imprimer", true },
	{ "Réutiliser", "Montrer une liste sur votre site", "/integrer", false },
};
const size_t SITE_LINKS_N = sizeof(SITE_LINKS) / sizeof(*SITE_LINKS);

enum err
page_sitemap(struct req *r, struct resp *w)
{
	struct arena *a = r->arena;
	size_t n = SITE_LINKS_N, parts = 0;
	struct view_sitemap_part *p = arena_array(a, struct view_sitemap_part, n);
	struct view_link *l = arena_array(a, struct view_link, n);
	for (size_t i = 0; i < n; i++) {
		if (i == 0 || strcmp(SITE_LINKS[i].part, SITE_LINKS[i - 1].part) != 0)
			p[parts++] = (struct view_sitemap_part){ str_of(SITE_LINKS[i].part), { l + i, 0 } };
		l[i] = (struct view_link){ str_of(SITE_LINKS[i].label), { SITE_LINKS[i].url, strlen(SITE_LINKS[i].url) } };
		p[parts - 1].links.n++;
	}
	struct view_sitemap v = { .crumbs = crumbs(a, 1, &(struct view_link){ STR("Plan du site"), { NULL, 0 } }), .parts = { p, parts } };
	struct buf main;
	buf_init(&main, a, 8192);
	tpl_sitemap(&main, &v);
	struct view_layout layout = { .title = STR("Plan du site"), .head_search = true };
	return page_send(r, w, &layout, &main);
}
