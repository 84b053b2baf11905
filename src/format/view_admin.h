/*
 * view_admin: the pages of those in charge: one table, its search, its forms. Layer 4. See view.h for the rules.
 */
#ifndef FORMAT_VIEW_ADMIN_H
#define FORMAT_VIEW_ADMIN_H
#include "format/view.h"

struct view_admin_tab {
	struct str label;
	struct url url;
	bool current;
};
struct view_admin_tabs VIEW_LIST(view_admin_tab);

struct view_admin_button { /* a form of one button */
	struct url action;
	struct str label, said; /* said: read after the label, for who does not see the row: " : Santé" */
	struct str name, value; /* what it sends, with kept */
	struct view_form_pairs kept;
	struct view_hidden hidden;
};
struct view_admin_buttons VIEW_LIST(view_admin_button);

struct view_admin_cell {
	struct str head;   /* the column's title, read beside the value on a phone */
	struct str text;
	struct url url;    /* of the text; empty: none */
	struct str note;   /* small, under it */
	struct str colour; /* "#1f5c86": a sample before the text */
	bool number;
	struct view_admin_buttons buttons;
};
struct view_admin_cells VIEW_LIST(view_admin_cell);
struct view_admin_row {
	struct view_admin_cell first; /* names the row */
	struct view_admin_cells cells;
	bool faded; /* ended, suspended */
};
struct view_admin_rows VIEW_LIST(view_admin_row);

struct view_admin_head {
	struct str label;
	bool number;
};
struct view_admin_heads VIEW_LIST(view_admin_head);

struct view_admin_form {
	struct str id, title, lead;
	struct url action;
	bool multipart;
	struct view_hidden hidden;
	struct view_form_pairs kept;
	struct view_form_fields fields;
	struct str button, name, value; /* name=value: sent by the button; empty: nothing */
	bool second; /* not the main thing to do here */
};
struct view_admin_forms VIEW_LIST(view_admin_form);

struct view_admin {             /* /administration/...: admin.html */
	struct view_links crumbs;
	struct str title, lead;
	struct view_admin_tabs tabs;
	struct str done;              /* what has just been done */
	struct str warn;              /* what is wrong, apart from what was typed */
	struct view_faults faults;
	struct view_figures figures;
	struct view_admin_form search; /* a GET form; button empty: none */
	struct view_admin_forms forms; /* before the table */
	struct str caption;            /* of the table */
	struct str count;              /* "12 termes" */
	struct view_admin_heads heads;
	struct view_admin_rows rows;
	struct str empty;              /* when there is no row */
	struct view_paging paging;
	struct view_links links;       /* other formats, what is next */
	struct view_admin_forms after; /* after the table */
	struct str history;            /* "Changé le 28 nov. 2026 par …"; may be empty */
};

#endif
