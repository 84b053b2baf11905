/*
 * listing: one list, or one item of it, in the formats that need no page of their own: GeoJSON (geojson.c), CSV (table.c),
 * Atom (atom.c), iCalendar (event_ical.c). Layer 4. All print the cards given, in their order, and nothing else; nothing fails.
 */
#ifndef FORMAT_LISTING_H
#define FORMAT_LISTING_H
#include "format/paging.h"
#include "model/catalyst.h"
#include "model/event.h"
#include "model/record.h"
#include "model/sheet.h"
#include "model/territory.h"
#include "text/json_out.h"

struct listing {
	struct req *r;
	struct str title;            /* "Les fiches à La Réunion" */
	struct str publisher;        /* who answers for the site; empty: the site's name */
	int64_t total;               /* of the whole list; -1: an estimate, which is not said */
	const struct paging *paging; /* NULL: an item alone */
	struct records gone;         /* for the feed of sheets: those withdrawn lately (RFC 6721) */
	struct str widened;          /* for feeds: what was looked for instead of the words, or besides; empty: they were enough */
};

/* In r->format; sets the headers of a list (see paging.h) and the name of the file for CSV. */
void listing_sheets(const struct listing *l, struct resp *w, const struct sheet_card *p, size_t n);
void listing_catalysts(const struct listing *l, struct resp *w, const struct catalyst_card *p, size_t n);
void listing_sheet(const struct listing *l, struct resp *w, const struct sheet *s);
void listing_catalyst(const struct listing *l, struct resp *w, const struct catalyst *c);
void listing_events(const struct listing *l, struct resp *w, const struct event *p, size_t n);
void listing_event(const struct listing *l, struct resp *w, const struct event *e);
void listing_territory(const struct listing *l, struct resp *w, const struct territory *t);

/* One format a file. */
void geojson_sheets(const struct listing *l, struct buf *b, const struct sheet_card *p, size_t n);
void geojson_catalysts(const struct listing *l, struct buf *b, const struct catalyst_card *p, size_t n);
void geojson_sheet(const struct listing *l, struct buf *b, const struct sheet *s); /* every place of the sheet */
void geojson_territory(const struct listing *l, struct buf *b, const struct territory *t);
/* One feature, into a document that the caller makes. */
void geojson_feature_sheet(const struct listing *l, struct json_out *j, const struct sheet_card *c);
void geojson_feature_catalyst(const struct listing *l, struct json_out *j, const struct catalyst_card *c);
void table_sheets(struct req *r, struct buf *b, const struct sheet_card *p, size_t n);
void table_catalysts(struct req *r, struct buf *b, const struct catalyst_card *p, size_t n);
void table_territory(struct req *r, struct buf *b, const struct territory *t);
void table_events(struct req *r, struct buf *b, const struct event *p, size_t n);
void atom_events(const struct listing *l, struct buf *b, const struct event *p, size_t n);
void ical_events(const struct listing *l, struct buf *b, const struct event *p, size_t n);
void atom_sheets(const struct listing *l, struct buf *b, const struct sheet_card *p, size_t n);
void atom_catalysts(const struct listing *l, struct buf *b, const struct catalyst_card *p, size_t n);

#endif
