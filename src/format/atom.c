/* RFC 4287, pages by RFC 5005, withdrawals by RFC 6721, totals by OpenSearch 1.1, points by GeoRSS Simple. A list is a feed, an item alone is an entry. */
#include "format/listing.h"
#include "format/uri.h"
#include "text/xml.h"

/* What a feed without any date says: never. */
#define NEVER STR("1970-01-01T00:00:00Z")

static void
link_add(struct buf *b, const char *rel, struct str type, struct str href, struct str title)
{
	if (href.n == 0)
		return;
	buf_fmt(b, "<link rel=\"%s\" href=\"", rel);
	xml_text(b, href);
	if (type.n)
		buf_fmt(b, "\" type=\"%.*s", (int)type.n, type.p);
	if (title.n) {
		buf_lit(b, "\" title=\"");
		xml_text(b, title);
	}
	buf_lit(b, "\"/>");
}

static void
author(const struct listing *l, struct buf *b)
{
	buf_lit(b, "<author>");
	xml_element(b, "name", l->publisher.n ? l->publisher : STR("Catalyse"));
	xml_element(b, "uri", l->r->base);
	buf_lit(b, "</author>");
}

/* A day is the start of that day. */
static struct str
instant(struct arena *a, struct str iso)
{
	return iso.n == 10 ? arena_fmt(a, "%.*sT00:00:00Z", (int)iso.n, iso.p) : iso.n ? iso : NEVER;
}

static void
open(struct buf *b, const char *name)
{
	buf_fmt(b,
	        "<%s xmlns=\"http://www.w3.org/2005/Atom\" xmlns:georss=\"http://www.georss.org/georss\""
	        " xmlns:opensearch=\"http://a9.com/-/spec/opensearch/1.1/\" xmlns:at=\"http://purl.org/atompub/tombstones/1.0\" xml:lang=\"fr\">",
	        name);
}

static void
feed_begin(const struct listing *l, struct buf *b, struct str updated)
{
	struct req *r = l->r;
	const struct paging *p = l->paging;
	struct str type = STR("application/atom+xml");
	struct str name = { p->list.p + r->base.n + 1, p->list.n - r->base.n - 1 }; /* without the slash */

	open(b, "feed");
	xml_element(b, "id", uri_tag(r->arena, r->base, "liste", name));
	xml_element(b, "title", l->title);
	if (l->widened.n)
		xml_element(b, "subtitle", l->widened);
	xml_element(b, "updated", updated.n ? updated : NEVER);
	author(l, b);
	link_add(b, "self", type, p->self, STR_NONE);
	link_add(b, "alternate", STR("text/html"), p->html, STR_NONE);
	link_add(b, "first", type, p->first, STR_NONE);
	link_add(b, "previous", type, p->prev, STR_NONE);
	link_add(b, "next", type, p->next, STR_NONE);
	link_add(b, "last", type, p->last, STR_NONE);
	if (l->total >= 0)
		buf_fmt(b, "<opensearch:totalResults>%lld</opensearch:totalResults>\n", (long long)l->total);
}

static void
entry_begin(const struct listing *l, struct buf *b)
{
	if (l->paging) {
		buf_lit(b, "<entry>");
	} else {
		open(b, "entry");
		author(l, b);
	}
}

static void
category(struct buf *b, struct str scheme, struct str term, struct str label)
{
	buf_lit(b, "<category scheme=\"");
	xml_text(b, scheme);
	buf_lit(b, "\" term=\"");
	xml_text(b, term);
	buf_lit(b, "\" label=\"");
	xml_text(b, label);
	buf_lit(b, "\"/>");
}

static void
where(struct buf *b, struct point p)
{
	if (p.known)
		buf_fmt(b, "<georss:point>%.5f %.5f</georss:point>", p.lat, p.lon);
}

static void
sheet_entry(const struct listing *l, struct buf *b, const struct sheet_card *c)
{
	struct arena *a = l->r->arena;
	struct str licence = uri_licence(c->licence);

	entry_begin(l, b);
	xml_element(b, "id", uri_tag(a, l->r->base, "fiche", arena_fmt(a, "%lld", (long long)c->id)));
	xml_element(b, "title", c->title);
	xml_element(b, "published", instant(a, c->created_at));
	xml_element(b, "updated", instant(a, c->modified_at));
	link_add(b, "alternate", STR("text/html"), uri_sheet(a, l->r->base, c->id, c->slug), STR_NONE);
	link_add(b, "license", STR_NONE, licence, STR_NONE);
	link_add(b, "via", STR_NONE, c->source_url, c->source_label);
	category(b, uri_term(a, l->r->base, STR("medoc"), STR_NONE), c->type, str_of(sheet_kind_of(c->type)->name));
	xml_element(b, "summary", c->summary);
	xml_element(b, "rights", c->licence);
	where(b, c->point);
	buf_lit(b, "</entry>\n");
}

static void
catalyst_entry(const struct listing *l, struct buf *b, const struct catalyst_card *c)
{
	struct arena *a = l->r->arena;

	entry_begin(l, b);
	xml_element(b, "id", uri_tag(a, l->r->base, "catalyseur", arena_fmt(a, "%lld", (long long)c->id)));
	xml_element(b, "title", c->name);
	xml_element(b, "updated", instant(a, c->verified_on));
	link_add(b, "alternate", STR("text/html"), uri_catalyst(a, l->r->base, c->id, c->slug), STR_NONE);
	link_add(b, "related", STR_NONE, c->website, STR_NONE);
	link_add(b, "via", STR_NONE, c->source_url, c->source_label);
	xml_element(b, "summary", c->summary);
	where(b, (struct point){ c->has_point, c->lon, c->lat });
	buf_lit(b, "</entry>\n");
}

static void
event_entry(const struct listing *l, struct buf *b, const struct event *e)
{
	struct arena *a = l->r->arena;
	bool gone = str_eq(e->status, STR("annule"));

	entry_begin(l, b);
	xml_element(b, "id", uri_tag(a, l->r->base, "evenement", e->uid));
	xml_element(b, "title", gone ? arena_fmt(a, "Annulé : %.*s", (int)e->title.n, e->title.p) : e->title);
	xml_element(b, "published", e->created_at);
	xml_element(b, "updated", e->modified_at);
	link_add(b, "alternate", STR("text/html"), uri_event(a, l->r->base, e->address), STR_NONE);
	link_add(b, "alternate", STR("text/calendar"), arena_fmt(a, "%.*s/evenements/%.*s.ics", (int)l->r->base.n, l->r->base.p, (int)e->address.n, e->address.p),
	         STR_NONE);
	link_add(b, "related", STR_NONE, e->replay_url, STR("La rediffusion"));
	link_add(b, "via", STR_NONE, e->source_url, e->source_label);
	if (e->series_code.n)
		category(b, arena_fmt(a, "%.*s/evenements?serie=", (int)l->r->base.n, l->r->base.p), e->series_code, e->series);
	xml_element(b, "summary", e->summary);
	buf_lit(b, "</entry>\n");
}

static struct str
later(struct str a, struct str b)
{
	size_t n = a.n < b.n ? a.n : b.n;
	int order = n ? memcmp(a.p, b.p, n) : 0;

	return order > 0 || (order == 0 && a.n >= b.n) ? a : b;
}

static void
gone_entry(const struct listing *l, struct buf *b, const struct record *g)
{
	struct arena *a = l->r->arena;

	buf_lit(b, "<at:deleted-entry ref=\"");
	xml_text(b, uri_tag(a, l->r->base, "fiche", arena_fmt(a, "%lld", (long long)g->id)));
	buf_fmt(b, "\" when=\"%.*s\"/>\n", (int)g->datestamp.n, g->datestamp.p);
}

void
atom_sheets(const struct listing *l, struct buf *b, const struct sheet_card *p, size_t n)
{
	struct str updated = STR_NONE;

	buf_lit(b, "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n");
	for (size_t i = 0; i < n; i++)
		updated = later(updated, p[i].modified_at);
	for (size_t i = 0; i < l->gone.n; i++)
		updated = later(updated, l->gone.p[i].datestamp);
	if (l->paging)
		feed_begin(l, b, updated);
	for (size_t i = 0; i < l->gone.n; i++)
		gone_entry(l, b, &l->gone.p[i]);
	for (size_t i = 0; i < n; i++)
		sheet_entry(l, b, &p[i]);
	if (l->paging)
		buf_lit(b, "</feed>\n");
}

void
atom_catalysts(const struct listing *l, struct buf *b, const struct catalyst_card *p, size_t n)
{
	struct str updated = STR_NONE;

	buf_lit(b, "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n");
	for (size_t i = 0; i < n; i++)
		updated = later(updated, instant(l->r->arena, p[i].verified_on));
	if (l->paging)
		feed_begin(l, b, updated);
	for (size_t i = 0; i < n; i++)
		catalyst_entry(l, b, &p[i]);
	if (l->paging)
		buf_lit(b, "</feed>\n");
}

void
atom_events(const struct listing *l, struct buf *b, const struct event *p, size_t n)
{
	struct str updated = STR_NONE;

	buf_lit(b, "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n");
	for (size_t i = 0; i < n; i++)
		updated = later(updated, p[i].modified_at);
	if (l->paging)
		feed_begin(l, b, updated);
	for (size_t i = 0; i < n; i++)
		event_entry(l, b, &p[i]);
	if (l->paging)
		buf_lit(b, "</feed>\n");
}
