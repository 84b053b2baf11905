/*
 * view_shelf: things kept together, in an address or in a list of an account. Layer 4. Filled by src/page/shelf.c and shelves.c.
 */
#ifndef FORMAT_VIEW_SHELF_H
#define FORMAT_VIEW_SHELF_H
#include "format/view.h"

struct view_shelf_item {         /* gardee.html */
	struct view_cote cote;         /* kind empty: no sheet */
	struct str sort;               /* "Catalyseur", "Page du site"; empty for a sheet, whose plate says it */
	struct view_link link;         /* url empty: not online any more */
	struct str note;
	struct url remove;             /* the same list without it; empty: none */
	struct str kind, key;          /* for the form that takes it out */
};
struct view_shelf_items VIEW_LIST(view_shelf_item);

struct view_shelf {              /* /listes, /listes/{code}: listes.html */
	struct view_links crumbs;
	struct str title, lead, note;
	bool local;                    /* nothing was asked: what this browser keeps is shown there by a script */
	struct view_shelf_items items;
	struct str empty;
	bool more;                     /* a field to add a sheet by its number */
	struct view_form_pairs kept;
	struct view_links acts;        /* to print, to take away */
	struct view_links ways;        /* where to begin */
};

struct view_keep {               /* /listes/ajouter: garder.html */
	struct view_links crumbs;
	struct str title, lead;
	struct view_shelf_item item;
	struct view_faults faults;
	struct url action;             /* empty: nobody is signed in */
	struct view_hidden hidden;
	struct view_form_pairs kept;
	struct view_form_fields fields;
	struct url plain, sign_in;     /* the list in an address; to sign in and come back */
};

struct view_shelves_row {
	struct view_link link;
	struct str detail;             /* "3 choses gardées, changée le 3 mai 2026" */
	bool shared;
};
struct view_shelves_rows VIEW_LIST(view_shelves_row);

struct view_shelves {            /* /mon-espace/listes: mes_listes.html */
	struct view_links crumbs;
	struct str title, lead, done;
	struct view_faults faults;
	struct view_shelves_rows rows;
	struct str form_title;
	struct view_hidden hidden;
	struct view_form_pairs kept;
	struct view_form_fields fields;
};

struct view_my_shelf {           /* /mon-espace/listes/{id}: ma_liste.html */
	struct view_links crumbs;
	struct str title, lead, done;
	struct view_faults faults;
	struct view_shelf_items items;
	struct str empty;
	struct url action;
	struct view_hidden hidden;
	struct view_link shared;       /* url empty: shown to nobody else */
	struct view_links acts;
	struct view_form_fields fields; /* its name, its note */
};

#endif
