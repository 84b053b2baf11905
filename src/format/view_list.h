/*
 * view_list: the lists (sheets, catalysts, search results). Layer 4. See view.h for the rules.
 */
#ifndef FORMAT_VIEW_LIST_H
#define FORMAT_VIEW_LIST_H
#include "format/view.h"

struct view_offer {
	struct str before; /* " ", ", " */
	struct url url;
	struct str label;
};
struct view_offers {
	const struct view_offer *p;
	size_t n;
};

struct view_instead {          /* nothing for these words, other words were looked for: correction.html */
	struct str text;             /* "Rien pour « X ». Voici ce que donne « Y »."; empty: not the case */
	struct view_link exact;      /* "Chercher exactement « X »"; label empty: none */
	struct str ask;              /* "Vouliez-vous dire", "Essayer avec" */
	struct view_link meant;      /* little was found: « Y », very near words; "une partie de ces mots"; label empty: none */
	struct str lead;             /* "C’est peut-être un lieu :" */
	struct view_offers places;   /* "« numérique » à La Réunion"; "ce qui se fait à Sainte-Rose (971)", "à Sainte-Rose (974)" */
};

struct view_sheets {           /* /fiches: sheets.html */
	struct view_links crumbs;
	bool place_band;             /* a territory filters the list: green band with its stone and the locator */
	struct view_place place;
	struct str title;            /* "Les fiches à La Réunion" */
	struct str lead;             /* "15 méthodes et exemples : d’abord ceux d’ici, puis ceux qui valent partout." */
	struct view_locator locator;
	bool ask_here;               /* no territory: the compact near-you fragment is included */
	struct view_filters filters;
	struct str total;            /* "15 fiches" */
	struct view_instead instead;
	struct view_sheet_groups groups;
	struct view_empty empty;     /* when there is nothing */
	struct view_paging paging;
	struct url on_map;           /* the same list on the map; empty: nothing to show there */
	struct url alert;            /* to be told by mail of what is new in it */
	struct str formats_label;    /* "Ces 15 fiches ailleurs :" */
	struct view_links formats;   /* JSON … */
};

struct view_catalysts {        /* /catalyseurs: catalysts.html */
	struct view_links crumbs;
	bool place_band;
	bool doubt_band;             /* nothing known there: ochre band, dashed stone */
	struct view_place place;
	struct str title;            /* "Qui peut vous aider à Saint-Benoît", "Les catalyseurs connus" */
	struct str lead;
	struct view_link chosen;     /* "Saint-Benoît (974)" and its page: the territory asked for; label empty: none */
	bool ask_here;               /* no territory: the compact near-you fragment */
	struct view_map map;         /* the region and its neighbours, or France; may be absent */
	struct view_filters filters;
	struct str total;            /* "7 catalyseurs et acteurs" */
	struct view_instead instead;
	struct view_catalyst_groups groups;
	struct view_empty empty;
	struct view_paging paging;
	struct url on_map;           /* the same list on the map; empty: nothing to show there */
	struct url alert;            /* to be told by mail of what is new in it */
	struct str note;             /* "Distances à vol d’oiseau …" small note under the list, may be empty */
	struct str formats_label;
	struct view_links formats;
};

struct view_found_item {       /* a parcours, an event */
	struct str title;
	struct url url;              /* empty: no page of its own */
	struct view_date day;        /* of an event */
	struct str note;
};
struct view_found_items VIEW_LIST(view_found_item);

struct view_search {           /* /recherche: search.html */
	struct str q;
	struct str title;            /* "Chercher", "12 réponses pour « tiers-lieu »" */
	struct str lead;
	struct view_instead instead;
	struct view_links tabs;           /* "8 fiches" -> #fiches: one for each kind that answers */
	bool places_first;                /* the words are a place's very name or code, not the start of one */
	struct view_places territories;   /* matching territories, at most 6 */
	struct view_link all_territories; /* label empty: none */
	struct view_sheet_rows sheets;
	struct str sheets_count;          /* "8 fiches" */
	struct view_link all_sheets;      /* "Toutes les fiches trouvées" -> /fiches?q=; label empty: none */
	struct view_catalyst_rows catalysts;
	struct str catalysts_count;
	struct view_link all_catalysts;
	struct view_found_items parcours;
	struct view_found_items events;
	struct view_empty empty;
	struct url alert;                 /* to be told by mail of what answers later; empty: nothing was asked */
};

#endif
