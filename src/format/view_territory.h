/*
 * view_territory: the index of territories, a territory's page, the choice of one. Layer 4. See view.h for the rules.
 */
#ifndef FORMAT_VIEW_TERRITORY_H
#define FORMAT_VIEW_TERRITORY_H
#include "format/view.h"
#include "format/view_spread.h"

struct view_region {           /* a line of the index */
	struct view_place place;     /* the region; note: "3 catalyseurs et acteurs, 7 fiches" */
	struct view_places departements;
};
struct view_regions VIEW_LIST(view_region);

struct view_territories {      /* /territoires: territories.html */
	struct view_links crumbs;
	struct str title, lead;
	struct str q;                /* ?q=: value of the field */
	struct view_places found;    /* answers to q */
	struct str found_title;      /* "3 territoires pour « saint benoît »"; empty: no q */
	struct view_map map;
	struct view_figures figures;
	struct str figures_note;
	struct view_regions overseas, hexagon; /* the five overseas first, then the 13 */
	struct view_places other;    /* collectivités d'outre-mer; may be empty */
	struct str formats_label;
	struct view_links formats;
};

struct view_letter_group {     /* communes or EPCI of a place, by first letter */
	struct str letter;           /* "A"; empty: no letters */
	struct view_links links;
};
struct view_letter_groups VIEW_LIST(view_letter_group);

struct view_members {          /* what a territory is made of */
	struct str id;               /* "communes" */
	struct str title;            /* "Ses 24 communes" */
	struct str note;
	bool fold;                   /* long list: folded in <details> */
	struct view_letter_groups groups; /* one group without a letter when short */
};
struct view_memberss VIEW_LIST(view_members);

struct view_criterion {        /* one thing that may make two territories alike: critere.html */
	struct str code;             /* sent: "population" */
	struct str label;            /* "Population" */
	struct str value;            /* "20 000 à 50 000 habitants", "inconnu de nous" */
	struct str others;           /* "356 autres communes" */
	struct str note;             /* where it comes from */
	bool known, checked;         /* not known of this place: shown, cannot be chosen */
	bool let_go;                 /* chosen, but nothing would be left to show */
};
struct view_criteria VIEW_LIST(view_criterion);

struct view_alike {            /* "Des communes comme celle-ci": comme.html; title empty: nothing is shown */
	struct str title, lead;
	struct url action;           /* the page itself, at this section */
	struct view_criteria criteria;
	struct view_places places;   /* note: "aussi 20 000 à 50 000 habitants. 1 fiche" */
	struct str places_note;      /* "Les 6 plus semblables sont montrées."; may be empty */
	struct str sheets_title, sheets_note;
	struct view_sheet_rows sheets; /* reason: "Vient des Mureaux, comme ici : …" */
};

struct view_programme {        /* a programme of the State held here: programme.html */
	struct str name;             /* "Petites villes de demain" */
	struct url url;              /* the sheets that name it; may be empty */
	struct str label;            /* of the contract, when it is not the name of the place */
	struct view_link holder;     /* who holds it, when it is not this place; label empty: this one */
	struct view_date signed_on;  /* text empty: not said */
	struct str period;
	struct url link;
	struct str source;           /* "ANCT, …, liste de 2024-02" */
};
struct view_programme_rows VIEW_LIST(view_programme);

struct view_programmes {
	struct str title;            /* empty: none known */
	struct view_programme_rows held;
	struct str inside_title, inside_source;
	struct view_links inside;    /* "Petites villes de demain : 32 communes" */
};

struct view_territory {        /* /territoires/{type}/{code}-{slug}: territory.html */
	struct view_links crumbs;    /* Accueil, Territoires, La Réunion … */
	struct view_place place;     /* big stone, dashed and the band ochre when nothing is known (vague): code is the INSEE code of the place itself (up to 5 digits; an EPCI: its département) */
	struct str kind;             /* "Région", "Département", "Intercommunalité", "Commune": small line over the name */
	struct str title;            /* name */
	struct str lead;             /* "Une région, six départements. Nous y connaissons …" */
	struct str former;           /* "Ancienne commune de …, réunie à …" ; may be empty */
	struct view_locator locator;
	struct view_figures figures;
	struct str figures_note;     /* sources of the figures */
	struct view_places parents;  /* the places it belongs to: EPCI, département, région */
	struct str catalysts_title;  /* "Qui relie ici" */
	struct view_catalyst_rows catalysts; /* known here or covering here, each with its reason */
	struct view_link all_catalysts;      /* the list; label empty: none */
	struct str near_title;       /* "Les plus proches" with near_note "distances depuis Rennes, à vol d'oiseau" */
	struct str near_note;
	struct view_catalyst_rows near;      /* when few or none here */
	struct view_set set;                 /* who holds which practice here */
	struct view_empty no_catalyst;       /* nothing known: the ochre block; title empty when something is known */
	struct view_map map;                 /* the place and what surrounds it */
	struct str sheets_title;     /* "Fiches de la région" */
	struct view_sheet_rows sheets;
	struct view_empty no_sheet;
	struct str near_sheets_title, near_sheets_note; /* then: "Les fiches les plus proches" */
	struct view_sheet_rows near_sheets;
	struct view_link all_sheets; /* "Et 22 fiches valables partout" */
	struct view_programmes programmes;
	struct view_place_figures published; /* by the Observatoire */
	struct view_alike alike;
	struct view_moves moves;
	struct str neighbours_title; /* "Autour" */
	struct view_places neighbours; /* note: "6 catalyseurs et acteurs" */
	struct str neighbours_note;  /* how neighbours were found: "par la distance entre mairies"; may be empty */
	struct view_memberss members;
	struct url choose;           /* keeps this place as the visitor's: /pres-de-moi?territoire=…; empty: none */
	struct str choose_label;     /* "Retenir Saint-Benoît comme chez moi" */
	struct url contact;          /* mailto: "Vous en connaissez un ?"; empty: none */
	struct view_links credits;   /* data sets, versions and licences */
	struct str formats_label;
	struct view_links formats;
};

struct view_near {             /* /pres-de-moi when a choice is needed: near.html */
	struct view_links crumbs;
	struct str title;            /* "Où êtes-vous ?", "Plusieurs lieux portent ce nom" */
	struct str lead;             /* why we ask: "L'adresse de votre connexion ne dit rien d'assez précis." */
	struct str q;
	struct str error;            /* "Nous ne connaissons pas « xyz »."; empty: none */
	struct view_places found;    /* choices: url is /pres-de-moi?territoire=type:code */
	struct view_places regions;  /* the 18, url likewise */
	struct view_link chosen;     /* the present choice; label empty: none */
	struct url forget;
	bool from_ip;                /* a geolocation was used: DB-IP's link */
};

#endif
