/*
 * view_home: the layout of every page, the blocks of home pages, the near-you fragment. Layer 4. See view.h for the rules.
 */
#ifndef FORMAT_VIEW_HOME_H
#define FORMAT_VIEW_HOME_H
#include "format/view.h"

struct view_alternate {
	struct str type;  /* "application/json" */
	struct str title; /* "Ces fiches en JSON" */
	struct url url;   /* "/fiches.json?territoire=departement:974" */
};
struct view_alternates VIEW_LIST(view_alternate);

struct view_menu_entry {
	struct str label;
	struct url url;
	bool current;
};
struct view_menu VIEW_LIST(view_menu_entry);

struct view_way {         /* a link and what is behind it */
	struct str label, note;  /* note may be empty */
	struct url url;
};
struct view_ways VIEW_LIST(view_way);
struct view_way_group {
	struct str title;        /* may be empty */
	struct view_ways doors;
};
struct view_way_groups VIEW_LIST(view_way_group);

struct view_site {         /* the front office around a page */
	struct str brand;        /* beside the mark, and at the end of titles */
	bool long_brand;
	bool mark_link, mark_network, mark_path, mark_stone; /* the built-in mark; none: the image */
	struct url logo;
	int logo_width, logo_height;
	struct url colours;      /* stylesheet; empty: the site's own colours */
	struct str accent;       /* "#ffd02e" */
	struct view_menu menu;   /* of wide screens */
	struct view_menu more;   /* what is added to it on phones */
	struct str foot;         /* a sentence */
	struct view_way_groups foot_groups;
	struct view_ways others; /* the other front offices, when they have an address here */
};

struct view_layout {
	struct view_site site;   /* page_send writes it */
	struct str title;        /* without the site's name, which the layout adds; empty on the home */
	struct str description;  /* <= 160 characters, empty: none */
	struct url canonical;    /* absolute; empty: none (errors) */
	struct view_alternates alternates; /* of the page itself: page_send writes them */
	struct view_alternate feed;        /* of what the page is about; url empty: none */
	bool noindex;            /* /pres-de-moi, /recherche, errors, filtered lists */
	bool nav_sheets, nav_catalysts, nav_territories, nav_near, nav_self; /* the current entry of the menu */
	bool map;                /* the script of the map that moves */
	bool write;              /* the script of those who write */
	bool workshop;           /* the script of a board that fills itself */
	bool head_search;        /* the search of the head: false on the home, where the page has its own */
	struct str q;            /* its value */
	bool read_only;          /* nothing can be sent at present: page_send says it on the pages that are not shared */
	bool broken;             /* the head's road is dashed: errors */
	struct view_notices notices; /* ignored or refused parameters, said at the top of the page */
	struct html main;        /* the page's own template, rendered */
};

struct view_situation {    /* a parcours told as a situation: one station of the road */
	int number;              /* 1..7 */
	struct str phrase;       /* "Nous ouvrons un lieu partagé." */
	struct url url;          /* /fiches?parcours=CODE */
	struct str parcours;     /* "Ouvrir et gérer un lieu" */
	struct str count;        /* "6 fiches"; may be empty */
	struct view_link first;  /* first step: a sheet; label empty: none */
};
struct view_situations VIEW_LIST(view_situation);

struct view_kind {
	struct str kind;    /* "m" */
	struct str letter;  /* "M" */
	struct str name;    /* "Méthodes" */
	struct str what;    /* "Comment faire, étape par étape" */
	struct str count;   /* "10 fiches" */
	struct url url;     /* /fiches?type=methode */
};
struct view_kinds VIEW_LIST(view_kind);

struct view_event {
	struct str state;     /* "Prochain : date pas encore annoncée"; empty: none */
	struct str heading;   /* "Le dernier dont nous ayons la trace" or "Le prochain" */
	struct str iso;       /* "2023-08-31" for <time> */
	struct str day;       /* "31" */
	struct view_strs rest; /* "août 2023", "13 h à Paris", "15 h à La Réunion" */
	struct str title;     /* empty: no event at all */
	struct str note;      /* series, who, replay or none */
	struct view_link link; /* its page elsewhere or its replay; label empty: none */
};

struct view_block {           /* a block of a home: bloc_*.html, each reads what its kind has */
	struct str id, title;
	struct html heading;        /* the title with its words set off: the first thing of a home */
	struct str lead;            /* a paragraph */
	struct html text;           /* markdown */
	struct view_links examples; /* under the search: "tiers-lieu" -> /recherche?q=… */
	struct view_situations situations;
	struct view_event event;
	bool invite;                /* under the meeting: to propose a sheet */
	struct view_kinds kinds;
	struct str total;           /* "60 fiches en tout" */
	struct view_sheet_rows sheets;
	struct view_catalyst_rows catalysts;
	struct view_ways doors;
	struct view_way_groups groups;
	struct view_figures figures;
	struct view_link more;      /* all of it; label empty: none */
};

struct view_sign {       /* one line of the signpost */
	struct str sign;       /* "Ici", "3"; */
	bool here;             /* yellow */
	struct str before;     /* text before the link, may be empty */
	struct view_link link; /* "La Maison des associations de Saint-Benoît" */
	struct str after;      /* " intervient à Saint-Benoît." (with its leading space) */
	bool strong;           /* the link in bold */
};
struct view_signs VIEW_LIST(view_sign);

struct view_here {          /* the near-you fragment, included by nginx; template here.html, compact here_compact.html */
	bool known;               /* false: "Où êtes-vous ?" (the stone says ?) */
	bool chosen;              /* known by the visitor's choice (cookie or URL); else by the address */
	bool from_ip;             /* known by the address: DB-IP's link is shown */
	struct view_place place;  /* stone, name "La Réunion", url of its page */
	struct str statement;     /* bold: "Vous semblez être à La Réunion, peut-être à Saint-Benoît." / "Vous avez choisi Saint-Benoît (974)." */
	struct str why;           /* "C’est ce que dit l’adresse de votre connexion ; … Nous ne l’avons pas gardée." */
	struct url forget;        /* forgets the choice; empty when not chosen */
	struct url sheets, catalysts; /* the lists filtered here (compact variant) */
	struct view_signs signs;
};

#endif
