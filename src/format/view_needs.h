/*
 * view_needs: the thématiques, the needs without answer, the resources, and what explains the network. Layer 4. See view.h for the rules.
 */
#ifndef FORMAT_VIEW_NEEDS_H
#define FORMAT_VIEW_NEEDS_H
#include "format/view.h"

struct view_ask_place {        /* the choice of a territory, as a plain form: demande_lieu.html */
	struct url action;           /* the page itself */
	struct str label, value, error;
	struct view_fields kept;     /* the rest of the query */
	struct view_links choices;   /* several places bear that name */
	struct view_place chosen;    /* code empty: none */
	struct url clear;            /* without any territory */
};

struct view_letter {           /* M 4 */
	struct str kind, letter, name, count;
	struct url url;
	bool none;
};
struct view_letters VIEW_LIST(view_letter);

struct view_theme_row {        /* theme_rang.html */
	struct str number, label, definition;
	struct url url;
	struct view_odds odds;
	struct view_letters letters;
	struct str rest;             /* "2 documents, 4 catalyseurs et acteurs" */
};
struct view_theme_rows VIEW_LIST(view_theme_row);

struct view_themes {           /* themes.html */
	struct view_links crumbs;
	struct view_theme_rows rows;
	struct str formats_label;
	struct view_links formats;
};

struct view_resource {         /* ressource.html */
	struct str title;
	struct url url;              /* empty: no address known */
	struct str host;             /* "odd17.org": where the link leads */
	struct str by;               /* "Nations unies, 2015" */
	struct str summary;
	struct view_date checked;    /* text empty: not seen to answer by us */
	struct view_link source;     /* label empty, or the publisher itself: none */
	bool ours;
	struct view_links themes;
};
struct view_resource_rows VIEW_LIST(view_resource);

struct view_resource_group {
	struct str id, title, what;
	struct view_resource_rows rows;
};
struct view_resource_groups VIEW_LIST(view_resource_group);

struct view_theme_part {       /* the sheets of one kind: theme_part.html */
	struct str kind, letter, id, title, what, none;
	struct view_sheet_rows rows;
	struct view_link all;
};
struct view_theme_parts VIEW_LIST(view_theme_part);

struct view_theme {            /* theme.html */
	struct view_links crumbs;
	struct str number;           /* "3" */
	struct str title, lead;
	bool ours;
	struct view_link source;
	struct view_odds odds;
	struct view_ask_place ask;
	struct str figures_title, figures_note; /* title empty: no territory is chosen */
	struct view_figures figures;
	struct view_links more_figures;
	struct view_place_figures published; /* by the Observatoire */
	struct view_resource_groups documents;
	struct view_theme_parts parts;
	struct str catalysts_title;
	struct view_catalyst_rows catalysts;
	struct view_empty no_catalyst;
	struct str near_title, near_note;
	struct view_catalyst_rows near;
	struct view_link all_catalysts;
	struct view_event_rows meetings;
	struct str no_meeting;
	struct view_link all_meetings;
	struct url needs, contribute;
	struct view_link prev, next; /* the other thématiques */
	struct str formats_label;
	struct view_links formats;
};

struct view_need {             /* besoin.html */
	struct str label;            /* "« cantine bio »", "Santé et bien-être" */
	struct str what;             /* "des mots cherchés" */
	struct str count;            /* "au moins 15 fois" */
	struct str outcome;          /* "rien n’a été trouvé" */
	struct str places;           /* "surtout : Bretagne, Normandie"; may be empty */
	struct url contribute, warn, search;
	struct str said;             /* for those who hear the links out of their context */
};
struct view_need_rows VIEW_LIST(view_need);

struct view_needs {            /* needs.html */
	struct view_links crumbs;
	struct str title, lead;
	struct view_ask_place ask;
	struct view_options themes;
	struct view_fields kept;     /* of the form of themes */
	struct str fine;             /* said when the territory asked is wider than the one typed; may be empty */
	struct str total;
	struct view_need_rows rows;
	struct view_empty none;
	struct url contribute;
	struct str formats_label;
	struct view_links formats;
};

struct view_resources {        /* resources.html */
	struct view_links crumbs;
	struct view_resource_groups groups;
	struct str formats_label;
	struct view_links formats;
};

struct view_saying {           /* a text of a page: title, body, where it comes from */
	struct str code, mark, title;
	struct html body;            /* inline */
	struct str text;             /* the same, plain */
	bool ours;
	struct view_link source;
	struct view_link link;       /* what it leads to; label empty: nothing */
	struct view_link more;       /* a sheet that tells it */
	struct view_cote cote;
};
struct view_sayings VIEW_LIST(view_saying);

struct view_engineering {      /* one of the three, as a road that begins at a date */
	struct str label, mark;
	struct html body;
	struct str definition;
};
struct view_engineerings VIEW_LIST(view_engineering);

struct view_practice {         /* one of the four */
	struct str code, number, label, definition;
	struct url url;
	struct view_sayings activities;
	struct view_sayings examples; /* mark: département, or FR */
	struct view_link sheets, catalysts;
};
struct view_practices VIEW_LIST(view_practice);

struct view_seven {            /* seven principles, modalities, means */
	struct str id, title, subtitle, definition;
	bool ours;
	struct view_link source;
	struct view_sayings rows;
};
struct view_sevens VIEW_LIST(view_seven);

struct view_understand {       /* understand.html */
	struct view_links crumbs;
	struct view_sayings network;
	struct view_link network_source;
	struct view_engineerings engineerings;
	struct view_sayings approaches;
	struct view_practices practices;
	struct view_sayings complement_intro, complement;
	struct view_sayings lessons, missing, missions, actions, path, tools, homes;
	struct view_sevens sevens;
	struct str formats_label;
	struct view_links formats;
};

struct view_understand_practice { /* practice.html */
	struct view_links crumbs;
	struct view_practice practice;
	struct view_link source;
	struct view_sheet_rows sheets;
	struct view_link all_sheets;
	struct view_catalyst_rows catalysts;
	struct view_link all_catalysts;
	struct view_links others;    /* the other practices */
	struct str formats_label;
	struct view_links formats;
};

#endif
