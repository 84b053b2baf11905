/*
 * view_compass: the orientation (questions, path), what catalysts say of their own practices. Layer 4. See view.h for the rules.
 */
#ifndef FORMAT_VIEW_COMPASS_H
#define FORMAT_VIEW_COMPASS_H
#include "format/view.h"

struct view_compass_choice { /* a radio button */
	struct str id, name, value, label;
	bool chosen;
};
struct view_compass_choices VIEW_LIST(view_compass_choice);

struct view_compass_question { /* question.html */
	struct str id, step; /* "Question 1 sur 5" */
	struct str label, help;
	struct view_compass_choices choices; /* the last one passes */
};
struct view_compass_questions VIEW_LIST(view_compass_question);

struct view_compass {        /* /boussole: compass.html */
	struct view_links crumbs;
	struct url action;
	struct view_compass_questions questions;
	bool ask_here;             /* no place in the address: the fragment proposes one */
	struct view_compass_choices place; /* the place of the address, the whole country */
	struct view_link practices;
	struct str formats_label;
	struct view_links formats;
};

struct view_compass_here {   /* the place proposed, inside the form: compass_here.html */
	bool known, chosen, from_ip;
	struct str value, label;
};

struct view_compass_step {   /* a station of the path: compass_step.html */
	int number;
	struct view_cote cote;
	struct str title;
	struct url url;
	struct str summary;
	struct view_place place;
	struct view_evidence evidence;
	struct view_strs why;      /* "Parce que vous débutez" */
};
struct view_compass_steps VIEW_LIST(view_compass_step);

struct view_compass_path {   /* /boussole/chemin: compass_path.html */
	struct view_links crumbs;
	struct view_place place;   /* the place chosen; code "FR": none was */
	struct str title, lead;
	struct view_form_pairs said; /* "Qui êtes-vous ?": the answer */
	struct url change;
	struct str share;          /* the address in full, to be read and copied */
	struct url share_url;
	struct url keep;           /* in a list of theirs */
	struct url booklet;        /* the sheets of the path, to be printed */
	struct str missing;        /* "Nous ne connaissons pas de lieu « xyz »."; empty: none */
	struct view_links choices; /* several places have that name: this page for each */
	struct str choices_title;
	struct view_compass_steps steps;
	struct view_link parcours; /* label empty: none */
	struct str parcours_note;
	struct view_strs parcours_why;
	bool people_first;         /* "rencontrer des gens": before the sheets */
	struct str people_title, people_note;
	struct view_catalyst_rows people;
	struct view_empty no_people;
	struct view_link all_people;
	struct str near_title;
	struct view_catalyst_rows near;
	struct str event_when, event_title, event_note, event_why; /* title empty: none at all */
	struct url event_url;
	struct view_link more;     /* all the sheets of the place */
	struct str formats_label;
	struct view_links formats;
};

struct view_habit {          /* an activity, to answer (habit.html), or with what helps to begin it (habit_begin.html) */
	struct str id, label, note;
	struct view_compass_choices choices;
	struct str said;           /* "souvent" */
	bool often;
	struct view_sheet_minis sheets; /* note: "compétence" */
	struct view_links people;  /* label: "Maison des associations de Saint-Benoît, à 12 km" */
	bool near;                 /* of its practice only, not of that very activity */
};
struct view_habits VIEW_LIST(view_habit);

struct view_habit_group {       /* habits.html */
	struct str id, label, note, count; /* "3 activités sur 4" */
	struct view_habits habits; /* all of them */
	struct view_habits begin;  /* those not yet often practised, with what helps */
};
struct view_habit_groups VIEW_LIST(view_habit_group);

struct view_habit_bar {      /* a line of the drawing */
	int y, bar_y, percent;     /* text, bar, 0 50 100 */
	struct str text;
	bool head;                 /* the name of a practice: no bar */
};
struct view_habit_bars VIEW_LIST(view_habit_bar);

struct view_habits_page {      /* /boussole/pratiques: habits.html */
	struct view_links crumbs;
	struct str title, lead;
	bool answered;
	struct url action;
	struct view_habit_groups practices;
	int height;                      /* of the drawing */
	struct view_habit_bars bars;
	struct str drawn;                /* said by the drawing: what it shows, in a sentence */
	struct view_compass_choices place; /* to choose, in the form */
	struct str missing;
	struct view_links choices;
	struct view_place where;         /* name empty: no place */
	struct str strong;               /* what they do most; empty: nothing often */
	struct str share;
	struct url share_url;
	struct str formats_label;
	struct view_links formats;
};

#endif
