/* What programs that visit read first: robots.txt, the site map in XML, security.txt. */
#include "page/page.h"
#include "text/xml.h"
#include "web/robot.h"

#include <time.h>

enum { PART_MAX = 400000 }; /* 5000 numbers a part, numbers to 2 000 000 000 */

enum err
page_robots(struct req *r, struct resp *w)
{
	/* Two groups of those who take much: the group that names a robot wins over "*", so each says the rules. */
	static const char rules[] =
#define ROBOT(family, token)
#define ABOUT(words) "# " words "\n"
#define CLOSED(pattern) "Disallow: " pattern "\n"
#define ASKED(pattern) CLOSED(pattern)
#include "web/robot.def"
	        "\n";
	static const struct {
		enum robot family;
		const char *token;
	} robots[] = {
#undef ROBOT
#undef ABOUT
#undef CLOSED
#undef ASKED
#define ROBOT(family, token) { ROBOT_##family, token },
#define ABOUT(words)
#define CLOSED(pattern)
#define ASKED(pattern)
#include "web/robot.def"
	};
	buf_lit(&w->body, "# Tout le contenu est dans le plan du site, et en entier dans les exports de /donnees : prenez-les plutôt que les pages.\n"
	                  "# Ce que cette liste laisse de côté est fermé aux robots (403) ; qui va trop vite est prié d'attendre (429).\n"
	                  "User-agent: *\n");
	buf_mem(&w->body, rules, sizeof(rules) - 1);
	for (size_t i = 0; i < sizeof(robots) / sizeof(*robots); i++)
		if (robots[i].family == ROBOT_ia || robots[i].family == ROBOT_referencement)
			buf_fmt(&w->body, "User-agent: %s\n", robots[i].token);
	buf_lit(&w->body, "Crawl-delay: 2\n");
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
