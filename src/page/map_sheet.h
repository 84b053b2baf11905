/*
 * map_sheet: the map of a list, drawn: the nation by départements and by régions, or one place with its points. Layer 4.
 * Fills the parts of a view_atlas that are about the paper; words and links in French. All lives in the request's arena.
 */
#ifndef PAGE_MAP_SHEET_H
#define PAGE_MAP_SHEET_H
#include "model/map.h"
#include "page/page.h"

struct atlas_item {
	int64_t id;
	struct str name;
	struct url url;
	bool national;
};

struct atlas {
	struct req *r;
	bool sheets; /* else catalysts */
	const struct atlas_item *items; /* the page of the list, in its order */
	size_t nitems;
	bool whole; /* the page is the whole list: its items are drawn; else départements are counted */
	const struct facet_counts *facets;
	struct territory_refs refs;
	struct map_ground ground; /* type empty: the nation */
	struct map_places places;
};

struct str atlas_unit(const struct atlas *m, bool many);
/* This map with other places, or the list of those: keys are "type:code". */
struct url atlas_link(const struct atlas *m, bool list, const struct str *keys, size_t n);
void atlas_draw(const struct atlas *m, struct view_atlas *v);

#endif
