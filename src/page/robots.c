/* What programs that visit read first: robots.txt, the site map in XML, security.txt. */
#include "page/page.h"
#include "text/xml.h"

#include <time.h>

enum { PART_MAX = 400000 }; /* 5000 numbers a part, numbers to 2 000 000 000 */

enum err
page_robots(struct req *r, struct resp *w)
{
	/* Everything is one click or one line of the site map away: what is left out are other views of the same things. */
	static const char rules[] =
	        "# Tout le contenu est dans le plan du site, et en entier dans les exports de /donnees : prenez-les plutôt que les pages.\n"
	        "User-agent: *\n"
	        "# Deux filtres ou plus, pages profondes, recherches : sans fin, et déjà vues ailleurs.\n"
	        "Disallow: /*?*&\n"
	        "Disallow: /*?*page=\n"
	        "Disallow: /*?*apres=\n"
	        "Disallow: /*?*bbox=\n"
	        "Disallow: /*?*q=\n"
	        "# Ce qui dépend du visiteur, ou d'une demande.\n"
	        "Disallow: /_fragment/\n"
	        "Disallow: /pres-de-moi\n"
	        "Disallow: /imprimer\n"
	        "Disallow: /integrer/\n"
	        "Disallow: /oai\n"
	        "Disallow: /alertes?\n"
	        "# Les formats de données d'une liste filtrée.\n"
	        "Disallow: /*.json?\n"
	        "Disallow: /*.geojson?\n"
	        "Disallow: /*.csv?\n"
	        "Disallow: /*.atom?\n"
	        "Disallow: /*.jsonld?\n"
	        "\n";
	buf_mem(&w->body, rules, sizeof(rules) - 1);
	buf_fmt(&w->body, "Sitemap: %.*s/sitemap.xml\n", (int)r->base.n, r->base.p);
	return ERR_NONE;
}

enum err
page_security(struct req *r, struct resp *w)
{
	const struct site *site = site_of(r);
	struct str contact = site->security.n ? site->security : site->contact;
	char until[32];
	struct tm tm;
	/* Begins anew each month, so that the file stays the same for a while and never runs out. */
	time_t t = time(NULL);
	gmtime_r(&t, &tm);
	t += 180 * 86400 - (time_t)(tm.tm_mday - 1) * 86400;
	gmtime_r(&t, &tm);
	strftime(until, sizeof(until), "%Y-%m-%dT00:00:00Z", &tm);
	if (contact.n == 0)
		return ERR_NOT_FOUND; /* RFC 9116: without a contact there is no such file */
	buf_fmt(&w->body, "Contact: %.*s\nExpires: %s\nPreferred-Languages: fr, en\nCanonical: %.*s/.well-known/security.txt\n",
	        (int)contact.n, contact.p, until, (int)r->base.n, r->base.p);
	return ERR_NONE;
}

static void
entry(struct buf *b, const char *tag, struct str base, struct str path, struct str lastmod)
{
	buf_fmt(b, "<%s><loc>", tag);
	xml_text(b, base);
	xml_text(b, path);
	buf_lit(b, "</loc>");
	if (lastmod.n) {
		buf_lit(b, "<lastmod>");
		buf_put(b, lastmod);
		buf_lit(b, "</lastmod>");
	}
	buf_fmt(b, "</%s>\n", tag);
}

#define OPENING(tag) "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<" tag " xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n"

enum err
page_sitemap_index(struct req *r, struct resp *w)
{
	struct db_rows rows;
	enum err e = db_run(r->db, r->arena, QUERY_SITEMAP_INDEX, NULL, 0, &rows);
	if (e)
		return e;
	buf_lit(&w->body, OPENING("sitemapindex"));
	entry(&w->body, "sitemap", r->base, STR("/sitemaps/pages.xml"), STR_NONE);
	for (size_t i = 0; i < rows.nrows; i++) {
		struct str kind = db_text(&rows, i, COL_SITEMAP_INDEX_KIND);
		entry(&w->body, "sitemap", r->base,
		      arena_fmt(r->arena, "/sitemaps/%.*s-%lld.xml", (int)kind.n, kind.p, (long long)db_int(&rows, i, COL_SITEMAP_INDEX_PART)),
		      db_text(&rows, i, COL_SITEMAP_INDEX_LASTMOD));
	}
	buf_lit(&w->body, "</sitemapindex>\n");
	return ERR_NONE;
}

enum err
page_sitemap_part(struct req *r, struct resp *w)
{
	struct str kind;
	struct db_rows rows;
	bool pages = str_eq(r->vars[0], STR("pages"));
	int64_t part = pages ? 1 : link_number(r->vars[0], &kind);
	if (part < 1 || part > PART_MAX)
		return ERR_NOT_FOUND;
	if (!pages) {
		enum err e = db_run(r->db, r->arena, QUERY_SITEMAP_PART, DB_ARGS(db_arg_str(kind), db_arg_int(r->arena, part)), &rows);
		if (e)
			return e;
		if (rows.nrows == 0)
			return ERR_NOT_FOUND;
	}
	buf_lit(&w->body, OPENING("urlset"));
	for (size_t i = 0; pages && i < SITE_LINKS_N; i++)
		if (!SITE_LINKS[i].unlisted)
			entry(&w->body, "url", r->base, str_of(SITE_LINKS[i].url), STR_NONE);
	for (size_t i = 0; !pages && i < rows.nrows; i++)
		entry(&w->body, "url", r->base, db_text(&rows, i, COL_SITEMAP_PART_PATH), db_text(&rows, i, COL_SITEMAP_PART_LASTMOD));
	buf_lit(&w->body, "</urlset>\n");
	return ERR_NONE;
}
