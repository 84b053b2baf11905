/*
 * view_sheet: one sheet of any of the five kinds, one catalyst. Layer 4. See view.h for the rules.
 */
#ifndef FORMAT_VIEW_SHEET_H
#define FORMAT_VIEW_SHEET_H
#include "format/view.h"

struct view_fact {        /* a line of the side: dt, dd; whichever is filled is shown, in this order */
	struct str label;       /* "Durée" */
	struct str text;        /* "Une demi-journée" */
	struct html html;       /* markdown of a short section; shown instead of text when filled */
	struct view_links links; /* "Dialogue territorial" -> /fiches?pratique=… */
	struct view_odds odds;
	struct view_places places;
	bool ours;              /* pill "proposition" */
	bool unknown;           /* "Inconnu de nous" */
};
struct view_facts VIEW_LIST(view_fact);

struct view_step {
	int number;
	struct str title;
	struct str duration;   /* "20 min", may be empty */
	struct html body;
	struct html tools;     /* content of "Boîte à outils", inline markup; may be empty */
};
struct view_steps VIEW_LIST(view_step);

struct view_section {
	struct str id;         /* unique in the page: "pieges" */
	struct str title;      /* "Ce qui peut coincer" */
	struct html body;      /* markdown rendered */
	bool quote;            /* a verbatim: set as a quotation */
};
struct view_sections VIEW_LIST(view_section);

struct view_value {       /* one published figure */
	struct str label;       /* "Maires" */
	struct str value;       /* "89 %" or "2 587 031" */
	struct str unit;        /* "habitants"; empty when already in value or the same for all */
	struct str year;        /* "2015" or "année inconnue de nous" */
	struct view_place place;
	double percent;         /* width of the bar, 0..100 */
	bool bar;               /* draw it */
};
struct view_values VIEW_LIST(view_value);

struct view_source {
	struct str id;          /* "so1": anchor */
	struct str publisher;   /* "RNMA" */
	struct str label;       /* title of the document */
	struct url url;         /* may be empty */
	struct str year;        /* "2023", "sans date"; may be empty */
};
struct view_sources VIEW_LIST(view_source);

struct view_known {       /* a line of "Ce que l'on sait" (examples) */
	struct str label;
	struct str text;
	struct html html;       /* shown instead of text when filled */
};
struct view_knowns VIEW_LIST(view_known);

struct view_trial {       /* somebody who tried it */
	struct view_place place;
	struct str outcome;     /* "réussi", "à moitié", "abandonné", "en cours" */
	struct str mark;        /* class: "reussi", "partiel", "abandonne", "en_cours" */
	struct str who;         /* "Maison des voisins, 2025" */
	struct str note;        /* may be empty */
};
struct view_trials VIEW_LIST(view_trial);

struct view_cell {
	bool full;
};
struct view_cells VIEW_LIST(view_cell);

struct view_version {
	struct view_link link;  /* "v3" */
	struct view_link diff;  /* "Comparer à v2"; label empty: the first */
	struct view_date date;
	struct str note;        /* what changes */
	bool current;
};
struct view_versions VIEW_LIST(view_version);

struct view_attachment {       /* piece.html: a file of a sheet */
	struct url url, shown;       /* the whole; an image to show in the page, empty: a document */
	struct str label, alt;       /* alt: what an image shows */
	struct str detail;           /* "PDF, 1,2 Mo" */
	int width, height;
};
struct view_attachments VIEW_LIST(view_attachment);

struct view_sheet {            /* /fiches/{slug}-{id}: sheet.html, all kinds; empty parts are not shown */
	struct view_links crumbs;    /* Accueil, Fiches, Méthodes */
	struct view_cote cote;
	struct str title, summary;
	bool ours;                   /* written by Catalyse: pill and closing note */
	struct view_places places;   /* stones under the title */
	struct view_evidence evidence;
	struct view_date verified;
	bool stale;                  /* nobody answers for it any more: said in words */
	struct str adapted;          /* "Titre et résumé sont dans les mots de …"; empty: the common text */
	struct view_link common;     /* the other text */
	struct view_locator locator;
	struct view_facts facts;     /* the side at 1000 px and more, first on phones and on paper */
	struct str gauge_title;      /* examples: "4 rubriques sur 10"; empty: no gauge */
	struct view_cells gauge;
	struct str gauge_note;       /* what to expect of a low level */
	struct view_knowns knowns;   /* examples: what is known (name, place, practice…) */
	struct view_sections before; /* sections before the steps (data: indicateur, question …) */
	struct str steps_title;      /* "Le déroulé" */
	struct view_steps steps;
	struct str values_title;     /* "Les chiffres" */
	struct str values_caption;   /* what the table measures: required when values.n > 0 */
	struct str values_unit;      /* heading of the value column: "Part, en %", "Valeur" */
	bool values_bars;            /* at least one bar */
	bool values_years, values_places; /* columns to show */
	struct view_values values;
	struct html values_care;     /* opens with "À lire avec prudence": population, question, limits; may be empty */
	struct view_sections sections; /* the other sections, in order */
	struct view_attachments pictures, documents;
	struct view_links unknown;   /* questions without an answer, and where to answer: the ochre block; n 0: none */
	struct view_sources sources;
	struct str sources_note;     /* "Le déroulé et les durées sont rédigés par Catalyse … propositions" ; may be empty */
	struct str trials_count;     /* "3 essais : 2 réussis, 1 abandonné"; empty: none */
	struct view_trials trials;
	struct view_sheet_minis from, derived; /* what it is drawn from, what is drawn from it */
	bool travels;                /* one of the three is not empty */
	struct view_link journey;    /* the tree and the map of it; label empty: none */
	struct view_versions versions;
	struct view_link history;    /* "Version 3 · historique"; label empty: none */
	struct view_sheet_minis related;  /* "À lire avec" */
	struct str related_title;
	struct view_links parcours;  /* those it is a step of */
	struct view_links related_catalysts; /* "Qui l'a menée" */
	struct str related_catalysts_title;
	struct view_links write;     /* to start another sheet from it, to mend it */
	struct view_link tried, correct, report; /* what a reader may do; label empty: not */
	struct view_link keep;       /* label: "fiche:12", read by garder.js; url empty: not kept */
	struct url print;            /* the sheet laid out for paper; empty: not offered */
	struct str formats_label;
	struct view_links formats;
	struct str imprint;          /* last line on paper: "Fiche M 12, version 3, vérifiée le …, CC BY-SA 4.0, catalyse…/fiches/12" */
};

struct view_catalyst {         /* /catalyseurs/{slug}-{id}: catalyst.html */
	struct view_links crumbs;
	struct view_place place;     /* big stone */
	struct str name;
	struct str status;           /* "Membre du Réseau", "Acteur cité par une source" */
	struct str lead;             /* summary */
	struct str seat_note;        /* "Commune inconnue de nous : placé dans son département." ; may be empty */
	struct view_date verified;
	struct view_locator locator;
	struct view_facts facts;     /* practices, activities, area, seat, website, network */
	struct view_places areas;    /* territories covered */
	struct str areas_note;       /* "Partout en France", "territoire d'action inconnu de nous" */
	struct view_map map;         /* what it covers */
	struct view_catalyst_practices practices;
	struct str practices_note;
	struct view_set set;         /* who holds what on its territory */
	struct view_sheet_rows sheets; /* sheets it is named in */
	struct str events_title;
	struct view_catalyst_meetings events;
	struct view_strs unknown;
	struct url contact;
	struct view_link write;      /* a message, passed on; label empty: not possible, and reach says why */
	struct str reach;
	struct view_links ways;      /* its site, to answer for it */
	struct view_sources sources;
	struct view_links declared;  /* what its structure says itself: "Site, le 28 novembre 2026" */
	struct str near_title;       /* "Catalyseurs voisins" */
	struct str near_note;
	struct view_catalyst_rows near;
	struct view_link keep;       /* "catalyseur:5" */
	struct str formats_label;
	struct view_links formats;
};

#endif
