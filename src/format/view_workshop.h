/*
 * view_workshop: the page where participants of a session write, and its board. Layer 4. See view.h for the rules.
 */
#ifndef FORMAT_VIEW_WORKSHOP_H
#define FORMAT_VIEW_WORKSHOP_H
#include "format/view_form.h"

struct view_workshop_note {
	struct str kind, letter, kind_name; /* "e", "E", "Exemple" */
	struct str title, summary, by;      /* by: "Anonyme" when no name was given */
	struct str hour, iso;
};
struct view_workshop_notes VIEW_LIST(view_workshop_note);

struct view_workshop {                 /* /atelier/{code}: atelier.html */
	struct view_links crumbs;
	struct str title, prompt;
	struct str code;               /* "k7m2tr" */
	struct str where;              /* "Saint-Benoît, jusqu’à 17 h 30 (heure de Paris)" */
	struct str address;            /* "exemple.fr/atelier": what is read aloud */
	bool open, board;              /* board: nothing but the board, to be projected */
	struct view_faults faults;
	struct url action;
	struct view_hidden hidden;
	struct view_form_fields fields;
	struct str count;              /* "12 contributions" */
	struct str last;               /* number of the last note shown, for the script */
	struct view_workshop_notes notes;
	struct view_link other;        /* the board alone, or the page to write */
	struct view_link offline;      /* the file that works without a network */
};

struct view_workshop_door {            /* /atelier: atelier_porte.html */
	struct view_links crumbs;
	struct view_faults faults;
	struct view_form_field field;
};

#endif
