/*
 * view_map: the screen of the map and the sheets of paper it is drawn on. Layer 4. See view.h for the rules.
 */
#ifndef FORMAT_VIEW_MAP_H
#define FORMAT_VIEW_MAP_H
#include "format/view.h"

struct view_plan_land {
	struct str path;
	int tint;          /* 1..4; 0: a neighbour */
};
struct view_plan_lands VIEW_LIST(view_plan_land);

struct view_plan_border { /* outline of a région, over the départements */
	struct str path;
};
struct view_plan_borders VIEW_LIST(view_plan_border);

struct view_plan_name {
	struct str text, code; /* the code replaces the name on phones; empty: nothing does */
	bool small;            /* of a commune: beside its dot */
	struct str anchor;     /* "start", "middle", "end" */
	int x, y;
	bool around;           /* of a neighbour: faint */
};
struct view_plan_names VIEW_LIST(view_plan_name);

struct view_plan_inset { /* one overseas territory, in a frame of 190 x 184 */
	struct str code, name;
	struct url use;        /* "#om-974": its drawing in the first plan */
	int x, y;
};
struct view_plan_insets VIEW_LIST(view_plan_inset);

struct view_plan_shape { /* a drawing both plans use */
	struct str id;         /* "om-974" */
	struct str path;
	int tint;
};
struct view_plan_shapes VIEW_LIST(view_plan_shape);

struct view_dot {        /* one item, or several: a link */
	int x, y, r;
	struct str count;      /* "4"; empty: one item */
	struct str label;      /* "Rhône : 4 catalyseurs et acteurs" */
	struct url url;
	struct str ids;        /* "12 15": what it holds; empty when only counted */
	bool vague;            /* drawn dashed: the place is not known better than this */
};
struct view_dots VIEW_LIST(view_dot);

struct view_plan {       /* one drawing: dots are in the order of the list */
	struct str kind;       /* class: "plan-large", "plan-tel", "plan-zoom" */
	struct str title;      /* said of the group of links */
	struct str viewbox;
	struct view_plan_insets insets;
	bool hexagon;          /* the drawing of France, at hx, hy */
	int hx, hy;
	struct view_plan_lands lands;
	struct view_plan_names names;
	struct view_dots dots;
	int bar_x, bar_y, bar; /* the scale: position, length; 0: none */
	struct str bar_text;   /* "100 km" */
};
struct view_plans VIEW_LIST(view_plan);

struct view_map_row {    /* an item in the list beside the map */
	struct str anchor;     /* "i12" */
	bool sheet;
	struct view_cote cote; /* of a sheet */
	struct view_place place;
	struct str title;
	struct url url;
};
struct view_map_rows VIEW_LIST(view_map_row);

struct view_aside {      /* what the list holds and the map cannot show */
	struct str text;       /* "Partout en France :" */
	struct view_links links;
};
struct view_asides VIEW_LIST(view_aside);

struct view_choice {     /* one of the two things the map can show */
	struct str label;
	struct url url;
	bool current;
};
struct view_choices VIEW_LIST(view_choice);

struct view_sheet_index { /* a région or a département, with what is known there */
	struct str code, name, count;
	struct url url;
};
struct view_sheet_indexes VIEW_LIST(view_sheet_index);

struct view_atlas {            /* /carte: atlas.html */
	struct view_links crumbs;
	bool place_band;
	struct str title, lead;
	struct view_choices kinds;   /* catalysts, sheets */
	struct view_filters filters;
	struct str total;
	struct view_instead instead;
	struct view_map_rows rows;
	struct view_empty empty;
	struct view_paging paging;
	struct view_link list;       /* the same list, in full */
	struct str formats_label;
	struct view_links formats;
	/* the map */
	struct view_place place;     /* stone and name of the paper: "FR" La France */
	struct str drawn;            /* "60 sur 66 sont sur la carte." */
	struct view_links up;        /* from the nation down to what holds this paper; n 0: it is the nation */
	struct view_plan_shapes shapes;   /* the nation: drawings shared by the two plans */
	struct view_plan_lands lands;
	struct view_plan_borders borders;
	struct view_plans plans;
	bool has_vague;
	struct view_asides asides;
	struct str index_title;      /* "Voir une région de plus près" */
	struct view_sheet_indexes index;
	struct str key;              /* "region:84": the place; empty: the nation */
	struct str data, outlines, regions; /* addresses the map that moves reads */
	struct str tiles, tiles_credit; /* set by the operator; empty: none */
	struct str unit;             /* "catalyseurs et acteurs", "fiches" */
};

#endif
