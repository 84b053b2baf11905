/*
 * view_review: sheets read over: the queue, the dialogue, what a mailed link opens, delays. Layer 4. See view.h for the rules.
 */
#ifndef FORMAT_VIEW_REVIEW_H
#define FORMAT_VIEW_REVIEW_H
#include "format/view.h"
#include "format/view_sheet.h"
#include "format/view_version.h"

struct view_act_form { /* acte.html: one act, one form */
	struct str id;        /* of the disclosure */
	struct str title;     /* summary of the disclosure; empty: none, the button stands alone */
	struct str lead;      /* what will happen */
	struct url action;
	struct view_hidden hidden;
	struct view_form_pairs kept; /* act, rev, … */
	struct view_form_fields fields;
	struct str button;
	bool primary, open;
};
struct view_act_forms VIEW_LIST(view_act_form);

struct view_stop { /* a station of the road of states */
	struct str label;
	bool here, after;
};
struct view_stops VIEW_LIST(view_stop);

struct view_reply {
	struct str who;
	struct view_date date;
	struct str hour;
	struct str body;
};
struct view_replies VIEW_LIST(view_reply);

struct view_anchor { /* a comment on a field, with what is quoted */
	struct str id;
	struct str field;
	struct str quote; /* empty: about the whole field */
	bool blank;       /* the field is empty */
	struct str body;
	struct view_replies replies;
	struct view_links links;     /* "Modifier ce champ" */
	struct view_act_forms reply; /* none, or one */
};
struct view_anchors VIEW_LIST(view_anchor);

struct view_review_event {
	struct url icon; /* "#i-envoi" */
	struct str title;
	struct view_date date;
	struct str hour;  /* "10 h 12" */
	struct str who;   /* in bold; may be empty */
	struct str note;  /* after it: "d’après le territoire de la fiche" */
	struct str body;
	bool quoted;      /* body is what somebody typed */
	struct view_anchors anchors;
	struct view_replies replies;
	struct view_act_forms reply;
};
struct view_review_events VIEW_LIST(view_review_event);

struct view_verdict {
	struct url icon;
	struct str letter; /* "o", "n", "s": the class */
	struct str label;  /* "Oui" */
	struct str who;    /* when several answered */
	struct str comment;
};
struct view_verdicts VIEW_LIST(view_verdict);

struct view_grid_row {
	struct str label, help;
	bool secondary;
	struct view_verdicts verdicts;
	/* to answer */
	bool asks;
	struct str id, name, note_name, note;
	bool yes, no, aside;
};
struct view_grid_rows VIEW_LIST(view_grid_row);

struct view_read_field { /* a part of the text, as it will be read, with what changed, and where to comment it */
	struct str id, label, state;
	bool blank;
	struct view_diff_pieces pieces;
	struct view_act_forms comment; /* none, or one */
};
struct view_read_fields VIEW_LIST(view_read_field);

struct view_review {          /* /fiches/{id}/relecture: review.html */
	struct view_links crumbs;
	struct view_cote cote;
	struct str state;
	bool yours;
	struct str title;
	struct view_locator locator;
	struct view_strs marks;     /* for the icons of the page: nothing */
	struct view_stops stops;
	struct view_facts facts;
	struct str done;            /* what has just been done */
	struct view_faults faults;
	struct str decide_title;    /* what this person may do, first: "À vous de décider" */
	struct str decide_lead;
	struct view_act_forms decide;
	struct view_link edit;      /* "Modifier la fiche" */
	struct view_review_events events;
	struct str read_title, read_lead;
	struct str read_fold, grid_fold; /* summaries of what is folded at first; empty: it is open */
	struct view_read_fields read;
	struct str grid_title;
	struct view_grid_rows grid;
	struct str outside_name;    /* who is asked, of the name they gave */
	struct view_act_form answer; /* the form around the grid; its button empty: the grid is only read */
	struct str message_title;
	struct view_act_forms message;
	struct view_links links;    /* at the side */
	struct view_act_forms others; /* at the side: what is rarely done */
};

struct view_queue_row {
	struct view_cote cote;
	struct view_link sheet;
	struct view_place place;
	struct str by;      /* "par Autrice" */
	struct str when;    /* "Soumise il y a 3 jours" */
	struct str due;     /* "Réponse attendue avant le 30 novembre" */
	bool late;
	struct view_strs marks; /* "Première fiche", "Mise à jour d’une fiche en ligne", "Deuxième envoi" */
	struct view_act_forms take;
};
struct view_queue_rows VIEW_LIST(view_queue_row);

struct view_queue_part {
	struct str id, title, note;
	struct view_queue_rows rows;
};
struct view_queue_parts VIEW_LIST(view_queue_part);

struct view_queue {           /* /moderation: moderation.html */
	struct view_links crumbs;
	struct str lead, done;
	struct view_figures figures;
	struct view_form_fields filters;
	struct view_faults faults;
	struct str away;            /* "Vous êtes absent du … au …" */
	struct view_act_forms absence;
	struct view_link all;       /* without filters; label empty: there is none */
	struct view_queue_parts parts;
	struct str none;
	struct view_links links;
};

struct view_delay_row {
	struct str name;
	struct str texts, answer, answer_p90, decision, decision_p90, waiting; /* "2 jours", "moins de cinq" */
};
struct view_delay_rows VIEW_LIST(view_delay_row);

struct view_delays {          /* /delais: delays.html */
	struct view_links crumbs;
	struct view_figures figures;
	struct view_delay_rows rows;
	struct str formats_label;
	struct view_links formats;
};

struct view_mailed {          /* /lien/{jeton}: mailed.html; what is not a review */
	struct str title, lead;
	struct view_strs paragraphs;
	struct view_faults faults;
	struct view_act_forms acts;
	struct view_links links;
};

#endif
