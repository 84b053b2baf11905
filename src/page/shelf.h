/*
 * shelf: what the pages of kept things share: reading them from an address, writing one, showing them. Layer 4. Everything lives in the
 * request's arena; nothing fails but the database.
 */
#ifndef PAGE_SHELF_H
#define PAGE_SHELF_H
#include "model/shelf.h"
#include "page/page.h"

enum { SHELF_MAX = 60 }; /* things in an address; a booklet has as many */

/* f, c, e (numbers), p (codes), u (pages of this site) of the query or of the form; what is none of these is noticed, and left out. */
struct shelf_items shelf_asked(struct req *r);
/* "/listes?f=12,34&c=5" after path, without the thing number skip (items->n: with all). */
struct url shelf_address(struct arena *a, const char *path, const struct shelf_items *items, size_t skip);
/* The same as hidden fields of a form. */
struct view_form_pairs shelf_pairs(struct arena *a, const struct shelf_items *items);
struct view_shelf_item shelf_view(struct arena *a, const struct shelf_item *x);
/* To print, to take away as data, to show elsewhere: path is that of the list, query what follows it. */
struct view_links shelf_acts(struct req *r, const struct shelf_items *items, struct str address);
/* A page of this site that may be kept: public, and nobody's own. */
bool shelf_keeps(struct str path);

#endif
