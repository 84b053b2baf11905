/*
 * view_parcours: parcours, their steps, what one has done of them. Layer 4. See view.h for the rules.
 */
#ifndef FORMAT_VIEW_PARCOURS_H
#define FORMAT_VIEW_PARCOURS_H
#include "format/view.h"
#include "format/view_form.h"

struct view_parcours_choice { /* one answer of a question: opened, it tells whether and why */
	struct str letter;           /* "A" */
	struct html words, why;
	struct str verdict;          /* "Oui.", "Non." */
};
struct view_parcours_choices VIEW_LIST(view_parcours_choice);

struct view_parcours_step { /* parcours_etape.html: one station */
	struct str id, code;     /* "etape-carte", "carte" */
	struct url here;         /* "#etape-carte" */
	struct str number;
	struct str kind, mark;   /* "Fiche", "Question"; class of the kind: "texte" */
	struct str title, duration;
	struct html body;
	struct view_sheet_mini sheet; /* title empty: none; note is its summary */
	struct str thing;             /* title of an event; empty: none */
	struct view_date day;
	struct str note;              /* what the event was */
	struct view_links links;      /* where it is, or can be seen again */
	struct view_parcours_choices choices;
	bool paper;                   /* a question: room to write, on paper */
};
struct view_parcours_steps VIEW_LIST(view_parcours_step);

struct view_parcours_length { /* one length of the same way */
	struct str label, note; /* "En 2 heures", "9 étapes, 1 h 50" */
	struct url url;
	bool current;
};
struct view_parcours_lengths VIEW_LIST(view_parcours_length);

struct view_parcours_answer { /* on paper, after all: "Étape 3 : B, D" */
	struct str label, right;
	struct html why;
};
struct view_parcours_answers VIEW_LIST(view_parcours_answer);

struct view_parcours {          /* /parcours/{slug}: parcours.html */
	struct view_links crumbs;
	struct str slug, title, situation, summary, audience;
	struct str pill;             /* "proposition de Catalyse" */
	struct str by;               /* "Composé par …"; empty: the platform's own */
	struct view_link source;
	struct view_strs aims;
	struct view_parcours_lengths lengths; /* none: there is only one */
	struct str count, duration;  /* "9 étapes", "1 h 50" */
	struct view_parcours_steps steps;
	struct view_parcours_answers answers;
	struct str gone;             /* what is no longer there, and why; may be empty */
	struct view_link booklet;    /* its sheets, to be printed */
	struct view_link sheets;     /* all the sheets on that subject; label empty: none */
	struct url mine;             /* the same in one's account */
	struct view_link keep;       /* label: "parcours:agir-ensemble", read by garder.js */
	struct view_links formats;
	struct str imprint;
	struct view_empty empty;
};

struct view_parcours_row {
	struct str number;           /* station; empty: none is drawn */
	struct str phrase;           /* what is read first */
	struct url url;
	struct str name;             /* "Comprendre son territoire", when the phrase is another */
	struct str summary, lengths, by;
	struct view_link next;       /* of what one has begun: where to go on; label empty: nowhere */
};
struct view_parcours_rows VIEW_LIST(view_parcours_row);

struct view_parcours_list {     /* /parcours: parcours_liste.html */
	struct view_links crumbs;
	struct view_parcours_rows ours, composed;
	struct str composed_none;    /* said when there is none */
	struct view_link compose;    /* label empty: none */
	struct view_paging paging;
	struct view_links formats;
};

struct view_parcours_mine {     /* /mon-espace/parcours and one of them: parcours_mien.html */
	struct view_links crumbs;
	struct str title, lead, done, none;
	struct view_parcours_rows rows;
	struct str slug, kept;       /* of one: the steps that the account has, "un deux"; slug empty: the list */
	bool exact;                  /* what this browser has becomes what the account has */
	struct url action;
	struct view_hidden hidden;
	struct view_faults faults;
	struct view_form_fields fields;
	struct view_link back;
	bool forget;
};

struct view_compose_step {      /* one step of the form */
	struct str id, number, kind, thing; /* thing: the sheet or the meeting; may be empty */
	struct view_cote cote;       /* text empty: not a sheet */
	struct view_form_pairs kept;
	struct view_form_fields fields;
	struct str up, down, out;    /* values of its buttons; empty: no such button */
};
struct view_compose_steps VIEW_LIST(view_compose_step);

struct view_compose_found {     /* a sheet that may be added */
	struct view_cote cote;
	struct str title, summary;
	struct url url;
	struct str value;
};
struct view_compose_founds VIEW_LIST(view_compose_found);

struct view_parcours_compose {  /* /contribuer/parcours/{id}: parcours_ecrire.html */
	struct view_links crumbs;
	struct str title, lead, done;
	struct str reason;           /* of who sent it back; may be empty */
	struct view_faults faults;
	struct url action;
	struct view_hidden hidden;
	struct str rev;
	struct view_link preview;
	struct view_form_fields fields;
	struct view_compose_steps steps;
	bool full;                   /* no more steps */
	struct view_form_fields search, events;
	struct str found_title;
	struct view_compose_founds found;
};

struct view_desk_row {          /* a parcours among others: parcours_suite.html */
	struct view_link link;
	struct str state, mark, note, reason;
};
struct view_desk_rows VIEW_LIST(view_desk_row);

struct view_desk {              /* /contribuer/parcours, /moderation/parcours: parcours_suite.html */
	struct view_links crumbs;
	struct str title, lead, done;
	struct view_faults faults;
	struct str rows_title;
	struct view_desk_rows rows;
	struct view_paging paging;
	struct url action;           /* to begin one; empty: not here */
	struct view_hidden hidden;
	struct view_form_fields fields;
	struct str button;
	struct view_links links;
};

struct view_desk_act {          /* one thing that may be done */
	struct str id, title, lead;
	struct url action;
	struct view_hidden hidden;
	struct str rev;
	struct view_form_fields fields;
	struct str value, label;
	bool second;
};
struct view_desk_acts VIEW_LIST(view_desk_act);

struct view_desk_text {         /* a parcours as it will appear, and what may be done: parcours_travail.html */
	struct view_links crumbs;
	struct str title, summary, audience;
	struct str state, mark, by, reason, done, facts, gone;
	struct view_faults faults;
	struct view_strs aims;
	struct view_parcours_steps steps;
	struct view_desk_acts acts;
	struct view_link online, back, queue; /* label empty: none */
};

#endif
