/*
 * jsonld: pages as linked data: schema.org for what they are about, SKOS for the vocabularies (skos.c). Layer 4.
 * The context is written in each document: nobody has to fetch one. A document is a page ("WebPage", with its trail) and the
 * thing it is about, joined by mainEntity. Things keep the address without their title ("/fiches/12") as @id. Nothing fails.
 */
#ifndef FORMAT_JSONLD_H
#define FORMAT_JSONLD_H
#include "format/listing.h"
#include "format/view.h"
#include "model/parcours.h"
#include "text/json_out.h"

struct jsonld {
	struct req *r;
	struct str title, publisher;
	const struct view_links *crumbs;
};

void jsonld_sheets(const struct jsonld *d, struct buf *b, const struct paging *p, int64_t total, const struct sheet_card *c, size_t n);
void jsonld_catalysts(const struct jsonld *d, struct buf *b, const struct paging *p, int64_t total, const struct catalyst_card *c,
                      size_t n);
void jsonld_events(const struct jsonld *d, struct buf *b, const struct paging *p, int64_t total, const struct event *e, size_t n);
void jsonld_event(const struct jsonld *d, struct buf *b, const struct event *e, const struct event_parts *parts);
void jsonld_sheet(const struct jsonld *d, struct buf *b, const struct sheet *s);
void jsonld_catalyst(const struct jsonld *d, struct buf *b, const struct catalyst *c);
void jsonld_territory(const struct jsonld *d, struct buf *b, const struct territory *t, const struct territory_refs *around);
void jsonld_territories(const struct jsonld *d, struct buf *b, const struct paging *p, const struct territory_refs *refs, int64_t total);
void jsonld_home(const struct jsonld *d, struct buf *b);
void jsonld_parcours(const struct jsonld *d, struct buf *b, const struct parcours *p, int hours);
void jsonld_parcours_list(const struct jsonld *d, struct buf *b, const struct paging *p, const struct parcours_cards *l);

/* jsonld_common.c: what those are made of. */
void jsonld_pair(struct json_out *j, const char *key, struct str value); /* nothing when empty */
void jsonld_type(struct json_out *j, const char *type);
/* Opens the document and its page, with the trail; the caller adds to the page. */
void jsonld_begin(const struct jsonld *d, struct json_out *j, const char *page_type, struct str url);
void jsonld_page_end(struct json_out *j, struct str about); /* about: @id of the main thing */
void jsonld_end(struct json_out *j);
/* A page of a list: the caller writes what each item is. */
void jsonld_list_begin(const struct jsonld *d, struct json_out *j, const struct paging *p, int64_t total);
void jsonld_item_begin(struct json_out *j, int64_t position);
void jsonld_item_end(struct json_out *j);
void jsonld_list_end(struct json_out *j);
void jsonld_place(const struct jsonld *d, struct json_out *j, const struct place_ref *p);
void jsonld_place_members(const struct jsonld *d, struct json_out *j, const struct place_ref *p); /* in an object that is open */
void jsonld_geo(struct json_out *j, struct point p);
void jsonld_organisation(struct json_out *j, const char *key, const char *type, struct str name);
struct str jsonld_id(const struct jsonld *d, const char *path, int64_t id); /* "https://host/fiches/12" */

#endif
