/*
 * view_observatory: the figures of the Observatoire. Layer 4. See view.h for the rules.
 */
#ifndef FORMAT_VIEW_OBSERVATORY_H
#define FORMAT_VIEW_OBSERVATORY_H
#include "format/view.h"

struct view_chart_key {   /* what a mark means */
	struct str kind;        /* class: "rond" "losange" "creux" "piste" "p" "sans" "marge" */
	struct str label;
};
struct view_chart_keys VIEW_LIST(view_chart_key);

struct view_chart_row {   /* a line of the table that says what the drawing says */
	struct str id;          /* data-chiffre, as on the mark; empty: nothing published */
	struct str label, note;
	struct view_link place; /* label empty: the block is about one place */
	struct str value, year, reported;
	struct str detail;      /* "1 002 réponses", "de 74 à 78 %" */
	struct view_link source;
	struct str publisher;
};
struct view_chart_rows VIEW_LIST(view_chart_row);

struct view_chart_block { /* graphique.html: a drawing, what its marks mean, its table */
	struct str id;
	struct str title, lead; /* "France", "2015 et 2016" */
	struct html drawing;    /* empty: the figure stands alone, in large */
	struct str big, big_label, big_id;
	struct view_chart_keys keys;
	struct str caption;     /* of the table */
	struct str label_head;  /* "Public interrogé" */
	bool places;            /* the table has a column for them */
	bool one_source;        /* of all its rows: said under it, with its publisher */
	struct view_link source;
	struct str publisher;
	struct view_chart_rows rows;
	struct str more;        /* "Les 40 premiers sont dessinés …" */
};
struct view_chart_blocks VIEW_LIST(view_chart_block);

struct view_indicator_row { /* a line of the index */
	struct str label;
	struct url url;
	struct str reading;
	struct str big, big_label; /* "87 %", "des maires, 2016" */
	struct str meta;           /* "Maires. France. 2 chiffres." */
};
struct view_indicator_rows VIEW_LIST(view_indicator_row);

struct view_topic {
	struct str id, title;
	struct view_indicator_rows rows;
};
struct view_topics VIEW_LIST(view_topic);

struct view_axis_value {
	struct str label, count;
	struct url url;        /* empty: nothing there */
	bool active;
};
struct view_axis_values VIEW_LIST(view_axis_value);
struct view_axis {       /* one of the three: domaines, acteurs, territoires */
	struct str id, title, lead;
	struct view_axis_values values;
};
struct view_axes VIEW_LIST(view_axis);

struct view_milestone {  /* of the history of the Observatoire */
	struct str when, what;
	struct view_link source;
};
struct view_milestones VIEW_LIST(view_milestone);

struct view_observatory {        /* /observatoire: observatory.html */
	struct view_links crumbs;
	struct str title, lead;
	struct view_indicator_row first; /* what the lead chart is of; label empty: none */
	struct view_chart_block chart;
	struct view_axes axes;
	struct view_link all;          /* label empty: nothing is filtered */
	struct view_topics topics;
	struct view_empty empty;
	struct view_places overseas;   /* no figure is published about them */
	struct view_sheet_minis studies;
	struct view_milestones history;
	struct str formats_label;
	struct view_links formats;
};

struct view_indicator {          /* /observatoire/{indicateur}: indicator.html */
	struct view_links crumbs;
	struct str topic, title, lead;
	struct view_figures facts;     /* asked, question, years, places, producer: label, value */
	struct view_chart_blocks blocks;
	struct str definition, method, limits, reading;
	struct view_places overseas;   /* as above, for this indicator */
	struct view_sheet_minis sheets;
	struct view_links terms;
	struct view_links sources;
	struct url compare;
	struct str citation, licence;
	struct str formats_label;
	struct view_links formats;
};

struct view_compared {           /* an indicator, two places */
	struct view_link indicator;
	struct str asked;
	struct view_chart_block block;
};
struct view_compareds VIEW_LIST(view_compared);

struct view_compare {            /* /observatoire/comparer: compare.html */
	struct view_links crumbs;
	struct str title, lead;
	struct view_options first, second;
	struct view_compareds rows;
	struct str note;               /* what the places were widened to */
	struct view_empty empty;
	struct str formats_label;
	struct view_links formats;
};

struct view_place_figures {      /* the block of a territory's page: chiffres_ici.html */
	struct str title;              /* empty: nothing is shown */
	struct str lead;
	struct view_compareds rows;    /* each beside the nation where it was asked the same */
	struct view_links more;
};

#endif
