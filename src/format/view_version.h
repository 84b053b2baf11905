/*
 * view_version: the versions of a sheet, one by one, compared, and what is left of a sheet taken back. Layer 4. See view.h for the rules.
 */
#ifndef FORMAT_VIEW_VERSION_H
#define FORMAT_VIEW_VERSION_H
#include "format/view.h"

struct view_seal {        /* empreinte.html: whether the chain of versions is as it was published */
	bool broken;
	struct str title;       /* "L'empreinte est intacte" */
	struct str text;        /* what that means, in a sentence */
};

struct view_old {              /* version.html: the band over a sheet shown as it was */
	struct view_links crumbs;
	struct str title;            /* "Version 2 sur 3" */
	struct str what;             /* "Vous lisez cette fiche telle qu'elle a été publiée ce jour-là." */
	struct view_link current;    /* "Lire la version en ligne"; label empty: this is it */
	struct view_date date;
	struct str author, decider;  /* may be empty */
	struct str note;             /* why it was published; may be empty */
	struct str hash;             /* 64 digits */
	struct view_seal seal;
	struct view_links around;    /* history, differences, former, next */
};

struct view_diff_piece { /* neither: the same */
	bool added, removed;
	struct str text;
};
struct view_diff_pieces VIEW_LIST(view_diff_piece);

struct view_diff_field {
	struct str id;         /* anchor: "pieges", "etapes-2" */
	struct str label;
	struct str state;      /* "modifié", "ajouté", "retiré" */
	struct str mark;       /* class: "change", "ajout", "retrait" */
	struct view_diff_pieces pieces;
};
struct view_diff_fields VIEW_LIST(view_diff_field);

struct view_diff_side {
	struct view_link link;  /* "Version 2" */
	struct view_date date;
	struct str author, decider, note; /* may be empty */
};

struct view_diff {             /* /fiches/{id}/v{n}..v{m}: version_diff.html */
	struct view_links crumbs;
	struct view_cote cote;
	struct str title;            /* "Ce qui change de la version 1 à la version 3" */
	struct view_link sheet;
	struct str count;            /* "3 rubriques changent" */
	struct view_diff_side before, after;
	struct view_diff_fields fields;
	struct str same;             /* names of what did not change, in one line; empty: all changed */
	struct view_links around;
};

struct view_history_row {
	int number;
	struct view_link link;  /* "Version 3" */
	bool current;
	struct view_date date;
	struct str author, decider; /* "contributeur supprimé"; may be empty */
	struct str note;
	struct str hash;        /* its first 12 digits */
	struct view_link diff;  /* "Comparer à v2"; label empty: the first */
};
struct view_history_rows VIEW_LIST(view_history_row);

struct view_history_event { /* what happened to the sheet without a version */
	struct str label;         /* "Vérifiée", "Retirée" */
	struct view_date date;
	struct view_link link;    /* the sheet it was merged into; label empty: none */
};
struct view_history_events VIEW_LIST(view_history_event);

struct view_history {          /* /fiches/{id}/historique: history.html */
	struct view_links crumbs;
	struct view_cote cote;
	struct str title;            /* of the sheet */
	struct view_link sheet;
	struct str lead;             /* "3 versions publiées" */
	struct view_history_rows rows;
	struct view_history_events events;
	struct view_seal seal;
	struct view_link desk;       /* what was said while it was read over: for those who write it and read it over */
	struct str formats_label;
	struct view_links formats;
};

struct view_tombstone {        /* a sheet that was withdrawn, 410: tombstone.html */
	struct view_links crumbs;
	struct view_cote cote;
	struct str title;
	struct str sentence;         /* "Cette fiche a été retirée le 3 mai 2026 parce que …" */
	struct view_links links;
};

#endif
