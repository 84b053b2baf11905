/*
 * view_spread: where practices travelled: the tree, its drawing, the map, the trials; and the small block of a territory. Layer 4. See view.h.
 */
#ifndef FORMAT_VIEW_SPREAD_H
#define FORMAT_VIEW_SPREAD_H
#include "format/view.h"

struct view_spread_node;
struct view_spread_nodes VIEW_LIST(view_spread_node);
struct view_spread_node {    /* spread_node.html: a sheet of the tree, and those drawn from it */
	struct view_cote cote;
	struct str title;
	struct url url;
	bool here;                 /* the sheet the page is about */
	struct view_places places; /* where it is from */
	struct str trials;         /* "3 essais : 2 réussis, 1 abandonné"; may be empty */
	struct str also;           /* "S’inspire aussi de : …"; may be empty */
	struct view_spread_nodes children;
};

struct view_spread_mark { /* a trial in the drawing */
	int x, y;
	struct str kind;        /* class: "reussi", "partiel", "en_cours", "abandonne" */
};
struct view_spread_marks VIEW_LIST(view_spread_mark);
struct view_spread_station {
	int x, y, text_x, text_y;
	struct str road;        /* path from its parent; empty: the root */
	struct str text;        /* "E 12" */
	bool here;
	struct str more;        /* "+ 4" trials that are not drawn */
	int more_x;
};
struct view_spread_stations VIEW_LIST(view_spread_station);

struct view_spread_tree {    /* spread_tree.html */
	struct str id, title, lead; /* title empty: the page has one tree only */
	struct view_spread_nodes root;
	int width, height;         /* of the drawing; 0: a single sheet, nothing is drawn */
	struct str drawn;          /* said by the drawing */
	struct view_spread_stations stations;
	struct view_spread_marks marks;
};
struct view_spread_trees VIEW_LIST(view_spread_tree);

struct view_spread_trial {   /* a line of the table */
	struct view_place place;
	struct view_link sheet;
	struct str outcome, mark, who, year, note;
};
struct view_spread_trials VIEW_LIST(view_spread_trial);

struct view_spread {         /* /essaimage, /fiches/{id}/essaimage: spread.html */
	struct view_links crumbs;
	struct view_cote cote;     /* of the sheet; text empty: all of them */
	struct str title, lead;
	struct view_figures figures;
	struct view_empty nothing; /* nobody said anything yet */
	struct view_spread_trees trees;
	struct str trees_note;     /* "Les plus grands d’abord." */
	struct view_map map;
	struct str map_note;       /* what is not on it */
	struct view_spread_trials trials;
	struct view_link tell;     /* "Je l’ai essayée"; label empty: none */
	struct view_link all;      /* "Toutes les pratiques qui ont voyagé" */
	struct str formats_label;
	struct view_links formats;
};

struct view_move {           /* move.html: something that came, or left */
	struct view_cote cote;
	struct view_link sheet;
	struct str said;           /* "essayée à Saint-Benoît en 2025 : réussi" */
	struct view_link other;    /* the sheet it was drawn from; label empty: none */
	struct view_place place;
};
struct view_move_list VIEW_LIST(view_move);
struct view_moves {          /* moves.html: the block of a territory's page; title empty: nothing is shown */
	struct str title;
	struct str came_title, left_title; /* "Ce qui est venu d’ailleurs : 2" */
	struct view_move_list came, left;
	struct str none_came, none_left;
	struct url all;
};

#endif
