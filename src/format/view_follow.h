/*
 * view_follow: what readers say of a sheet: corrections, problems, trials; and what those who hold it answer. Layer 4. Filled by
 * src/page/{follow,suggestion,report}.c.
 */
#ifndef FORMAT_VIEW_FOLLOW_H
#define FORMAT_VIEW_FOLLOW_H
#include "format/view.h"

struct view_follow_text { /* a text shown as it is written */
	struct str label, text;
};
struct view_follow_texts VIEW_LIST(view_follow_text);

struct view_follow_button {
	struct str value, label; /* of the field "choix" */
	bool second;
};
struct view_follow_buttons VIEW_LIST(view_follow_button);

struct view_follow_choice { /* a link and what it is about */
	struct view_link link;
	struct str text;
};
struct view_follow_choices VIEW_LIST(view_follow_choice);

struct view_follow {             /* one form, or one decision: follow.html */
	struct view_links crumbs;
	struct view_cote cote;
	struct view_link sheet;
	struct str title, lead;
	struct str done;               /* what has just been done; may be empty */
	struct str trouble;            /* why it was not done; may be empty */
	struct view_faults faults;
	struct view_follow_choices choices; /* where to go on */
	struct view_facts facts;
	struct view_follow_texts texts;
	struct view_diff_fields diffs;
	struct url action;             /* empty: no form */
	struct view_hidden hidden;
	struct view_form_pairs kept;
	struct view_form_fields fields;
	bool trap;                     /* a field that people do not see */
	struct view_follow_buttons buttons;
	struct str note_title;         /* at the side; empty: none */
	struct view_strs notes;
	struct view_links links;       /* under all of it */
};

struct view_dead_link {
	struct view_link url, sheet, correct;
	struct view_cote cote;
	struct str outcome;            /* "la page n’existe plus (404)" */
	struct view_date since;
	bool dead;                     /* three days */
};
struct view_dead_link_rows VIEW_LIST(view_dead_link);

struct view_dead_links {         /* /administration/liens: dead_links.html */
	struct view_links crumbs;
	struct str lead;
	struct view_dead_link_rows rows;
};

struct view_follow_row {
	struct view_link link;
	struct str state, mark;        /* "attend une réponse"; class: "attend", "fait", "clos" */
	struct view_date date;
	struct str detail, excerpt;
};
struct view_follow_rows VIEW_LIST(view_follow_row);

struct view_follow_list {        /* follow_list.html */
	struct view_links crumbs;
	struct view_cote cote;
	struct view_link sheet;
	struct str title, lead, done, empty;
	struct view_follow_rows rows;
	struct view_links links;
};

#endif
