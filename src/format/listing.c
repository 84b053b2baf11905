#include "format/listing.h"

static void
head(const struct listing *l, struct resp *w, const char *name)
{
	if (l->paging)
		paging_headers(l->r, w, l->paging, l->total);
	if (l->r->format == FORMAT_CSV)
		resp_header(w, "Content-Disposition", arena_fmt(l->r->arena, "attachment; filename=\"catalyse-%s.csv\"", name));
	else if (l->r->format == FORMAT_ICS) /* inline: a calendar subscribes to it as well as it opens it */
		resp_header(w, "Content-Disposition", arena_fmt(l->r->arena, "inline; filename=\"catalyse-%s.ics\"", name));
}

void
listing_sheets(const struct listing *l, struct resp *w, const struct sheet_card *p, size_t n)
{
	head(l, w, "fiches");
	if (l->r->format == FORMAT_GEOJSON)
		geojson_sheets(l, &w->body, p, n);
	else if (l->r->format == FORMAT_CSV)
		table_sheets(l->r, &w->body, p, n);
	else
		atom_sheets(l, &w->body, p, n);
}

void
listing_catalysts(const struct listing *l, struct resp *w, const struct catalyst_card *p, size_t n)
{
	head(l, w, "catalyseurs");
	if (l->r->format == FORMAT_GEOJSON)
		geojson_catalysts(l, &w->body, p, n);
	else if (l->r->format == FORMAT_CSV)
		table_catalysts(l->r, &w->body, p, n);
	else
		atom_catalysts(l, &w->body, p, n);
}

void
listing_sheet(const struct listing *l, struct resp *w, const struct sheet *s)
{
	struct sheet_card c = sheet_card_of(s);

	head(l, w, arena_cstr(l->r->arena, arena_fmt(l->r->arena, "fiche-%lld", (long long)s->id)));
	if (l->r->format == FORMAT_GEOJSON)
		geojson_sheet(l, &w->body, s);
	else if (l->r->format == FORMAT_CSV)
		table_sheets(l->r, &w->body, &c, 1);
	else
		atom_sheets(l, &w->body, &c, 1);
}

void
listing_catalyst(const struct listing *l, struct resp *w, const struct catalyst *c)
{
	head(l, w, arena_cstr(l->r->arena, arena_fmt(l->r->arena, "catalyseur-%lld", (long long)c->card.id)));
	if (l->r->format == FORMAT_GEOJSON)
		geojson_catalysts(l, &w->body, &c->card, 1);
	else if (l->r->format == FORMAT_CSV)
		table_catalysts(l->r, &w->body, &c->card, 1);
	else
		atom_catalysts(l, &w->body, &c->card, 1);
}

static void
events(const struct listing *l, struct resp *w, const struct event *p, size_t n)
{
	if (l->r->format == FORMAT_ICS)
		ical_events(l, &w->body, p, n);
	else if (l->r->format == FORMAT_CSV)
		table_events(l->r, &w->body, p, n);
	else
		atom_events(l, &w->body, p, n);
}

void
listing_events(const struct listing *l, struct resp *w, const struct event *p, size_t n)
{
	head(l, w, "evenements");
	events(l, w, p, n);
}

void
listing_event(const struct listing *l, struct resp *w, const struct event *e)
{
	head(l, w, arena_cstr(l->r->arena, arena_fmt(l->r->arena, "evenement-%.*s", (int)e->address.n, e->address.p)));
	events(l, w, e, 1);
}

void
listing_territory(const struct listing *l, struct resp *w, const struct territory *t)
{
	struct arena *a = l->r->arena;

	head(l, w, arena_cstr(a, arena_fmt(a, "%.*s-%.*s", (int)t->type.n, t->type.p, (int)t->code.n, t->code.p)));
	if (l->r->format == FORMAT_GEOJSON)
		geojson_territory(l, &w->body, t);
	else
		table_territory(l->r, &w->body, t);
}
