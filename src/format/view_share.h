/*
 * view_share: what others take away: the page of the data, the booklet, the embeds. Layer 4. See view.h for the rules.
 */
#ifndef FORMAT_VIEW_SHARE_H
#define FORMAT_VIEW_SHARE_H
#include "format/view.h"
#include "format/view_form.h"
#include "format/view_shelf.h"

struct view_dump {             /* a file of the last export */
	struct str name;             /* "fiches.csv" */
	struct url url;
	struct str what;             /* "L'essentiel, pour un tableur" */
	struct str size;             /* "38 ko" */
	struct str sum;              /* SHA-256 */
};
struct view_dumps VIEW_LIST(view_dump);

struct view_dump_group {
	struct str id, title;        /* "fiches", "Les 85 fiches" */
	struct str licence;
	struct view_dumps files;
};
struct view_dump_groups VIEW_LIST(view_dump_group);

struct view_data {             /* /donnees: data.html */
	struct view_links crumbs;
	struct view_date date;       /* of the export; empty text: none was made yet */
	struct view_dump_groups groups;
	struct str base;             /* "https://catalyse.example": written in the examples */
};

struct view_booklet_sheet {    /* livret_fiche.html */
	struct str anchor;           /* "fiche-12" */
	struct url link;             /* "#fiche-12" */
	struct view_sheet sheet;
	struct str address;          /* last line: version, date checked, licence, short address */
};
struct view_booklet_sheets VIEW_LIST(view_booklet_sheet);

struct view_booklet {          /* /imprimer: booklet.html */
	struct view_links crumbs;
	struct str title;            /* "Les fiches à La Réunion" */
	struct view_place place;     /* stone of the cover; code empty: none */
	struct str count;            /* "12 fiches" */
	struct view_strs criteria;   /* what was asked: "Thème : mobilité" */
	struct str limit;            /* "92 fiches répondent … les 60 premières"; may be empty */
	struct str widened;          /* what was looked for instead of the words, or besides, as the list says it; may be empty */
	struct view_date date;       /* of today */
	struct view_link back;       /* the list these sheets come from */
	struct str address;          /* of this very booklet */
	struct view_booklet_sheets sheets;
	struct view_links choices;   /* when nothing was asked: ready booklets */
	struct view_empty empty;     /* when nothing was found */
};

struct view_embed {            /* /integrer: embed.html */
	struct view_links crumbs;
	struct view_form_fields fields; /* what, and where */
	struct str asked, hint;      /* an address instead: value of the field, an example */
	struct str many, tall;       /* how many rows, how high; may be empty */
	bool compact;
	struct str place;            /* the place that was understood; empty: none */
	struct str oembed;           /* the same for programs */
	struct str error;            /* what was wrong with it; empty: nothing */
	struct str name;             /* of the frame: "Fiches de Catalyse" */
	struct url src;              /* empty: no preview */
	struct str height;           /* "480" */
	struct str code;             /* <iframe …></iframe> */
	struct view_links examples;
};

struct view_embedded_event {
	struct str title;
	struct url url;
	struct str when, how, state; /* "8 juin 2027, de 13 h à 14 h"; "À distance"; "Annulé" */
};
struct view_embedded_events VIEW_LIST(view_embedded_event);

struct view_embedded {         /* /integrer/...: embedded.html, a whole page */
	struct str title;
	struct url back;             /* the page of the site */
	struct str back_label;       /* "Voir les 15 fiches sur Catalyse" */
	bool compact;                /* titles only */
	struct str widened;          /* as in the booklet */
	struct view_sheet_rows sheets;
	struct view_catalyst_rows catalysts;
	struct view_embedded_events events;
	struct view_shelf_items kept;
	struct str empty;            /* nothing to show, in words */
	struct view_notices notices; /* ignored or refused parameters */
};

#endif
