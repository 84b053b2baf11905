/*
 * view_space: /mon-espace, and what one does there with one's account and structures. Layer 4. Filled by src/page/{space,erase,structures}.c.
 */
#ifndef FORMAT_VIEW_SPACE_H
#define FORMAT_VIEW_SPACE_H
#include "format/view.h"

struct view_space_await {       /* espace_attente.html: one thing that awaits the reader */
	struct view_cote cote;        /* kind empty: not about a sheet whose kind is known */
	struct str sentence;          /* "Des changements vous sont demandés" */
	struct str title;             /* of the sheet or the structure; may be empty */
	struct view_date before;      /* text empty: no date */
	struct view_link act;         /* "Lire et répondre" */
	struct str code, token;       /* of an invitation to write: asked by a form, since its link is a secret; empty: act is a link */
};
struct view_space_awaits VIEW_LIST(view_space_await);

struct view_space_sheet {       /* espace_fiche.html */
	struct view_cote cote;        /* kind empty: not chosen yet, text alone */
	struct view_link title;
	struct str note;              /* "enregistrée le 3 mai 2026"; "la version en ligne ne change pas d’ici là" */
	struct view_link act;         /* what to do next */
	struct view_link other;       /* label empty: none */
};
struct view_space_sheets VIEW_LIST(view_space_sheet);

struct view_space_group {       /* sheets in one state: espace_groupe.html */
	struct str id, title, note;   /* note: what that state means */
	struct str count;             /* "3 fiches" */
	struct view_space_sheets rows;
	struct view_link more;        /* "Les voir toutes"; label empty: they are all here */
};
struct view_space_groups VIEW_LIST(view_space_group);

struct view_space_structure {
	struct view_link link;
	struct str note;              /* "responsable, 3 fiches" */
};
struct view_space_structures VIEW_LIST(view_space_structure);

struct view_space {             /* space.html */
	struct view_links crumbs;
	struct str title, lead, done;
	struct view_space_awaits awaits;
	struct view_space_groups mine, ours;
	struct view_paging paging;    /* of one state */
	bool empty;                   /* nothing was ever written */
	struct view_space_structures structures;
	struct view_parcours_rows begun; /* parcours of which steps are done */
	struct view_links composed;      /* parcours of theirs */
	struct view_links desks;         /* of those who decide for others */
	struct view_links account;
	struct str token;             /* jeton, to sign out */
};

struct view_portability {       /* /compte/export: portability.html */
	struct view_links crumbs;
};

struct view_erase {             /* /compte/supprimer: erase.html */
	struct view_links crumbs;
	struct str drafts, published, shared; /* "3 brouillons"; empty: none */
	struct view_faults faults;
	struct view_hidden hidden;
	struct view_form_fields fields;
};

struct view_structure_found {   /* one that may be theirs */
	struct view_link link;
	struct str note;              /* "association, Rennes" */
};
struct view_structure_founds VIEW_LIST(view_structure_found);

struct view_structure_new {     /* /structures/nouvelle: structure_new.html */
	struct view_links crumbs;
	struct str q, found_title;    /* "Deux structures portent ce nom, ou presque"; empty: nothing was asked */
	struct view_structure_founds found;
	struct view_faults faults;
	struct view_hidden hidden;
	struct view_form_fields fields;
};

struct view_structure_act {
	struct str act, label;
};
struct view_structure_acts VIEW_LIST(view_structure_act);

struct view_structure_person {  /* structure_personne.html */
	struct str name, note, message;
	struct str account;           /* its number, sent with the acts */
	struct view_structure_acts acts;
	struct url action;
	struct view_hidden hidden;
};
struct view_structure_people VIEW_LIST(view_structure_person);

struct view_structure_form {    /* structure_geste.html: one thing to do, in a section of its own */
	struct str id, title, text;
	struct view_form_fields fields;
	struct view_structure_acts acts; /* its buttons, the first one the main one */
	bool main;                    /* the one thing of the page: its button is yellow */
	struct url action;
	struct view_hidden hidden;
};
struct view_structure_forms VIEW_LIST(view_structure_form);

struct view_structure {         /* /structures/{id}: structure.html */
	struct view_links crumbs;
	struct str title, lead, done;
	struct view_place place;      /* code empty: not known */
	struct view_faults faults;
	struct view_structure_forms first, last; /* before and after the lists */
	struct view_structure_people asking, members;
	struct str sheets_title;      /* "Ses fiches"; empty: none to show */
	struct view_sheet_minis sheets;
	struct str sheets_more;       /* "et 12 autres"; empty: all are here */
	struct view_facts facts;
};

#endif
