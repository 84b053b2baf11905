/*
 * view: what the templates of web/templates read. Layer 4. One struct a screen (view_*.h), the pieces they share here.
 * Plain data filled by src/page, read once by the compiled template, owned by the request's arena. Nothing fails.
 * Field rules: struct str is raw text (the template escapes it and sets French typography), struct url is already encoded,
 * struct html is already safe. An empty string, url or list means "do not show it". A list is { p, n }.
 * Sentences with a number ("15 fiches") come ready from the page: templates do no grammar.
 */
#ifndef FORMAT_VIEW_H
#define FORMAT_VIEW_H
#include "base/str.h"
#include <stdint.h>

/* VIEW_LIST(view_link) declares struct view_links's body: { const struct view_link *p; size_t n; } */
#define VIEW_LIST(type) { const struct type *p; size_t n; }

struct view_strs VIEW_LIST(str);
struct view_htmls VIEW_LIST(html);

struct view_link {
	struct str label; /* what is read */
	struct url url;   /* empty: the label is shown without a link (last crumb, unknown address) */
};
struct view_links VIEW_LIST(view_link);

struct view_date {
	struct str iso;  /* "2026-11-18" */
	struct str text; /* "18 nov. 2026" in lists, "18 novembre 2026" in pages; empty: never checked */
};

struct view_place {     /* a kilometre stone and the name beside it */
	struct str code;     /* 2 or 3 characters on the stone: département of a commune or an EPCI, région, "FR", "?" */
	struct str name;     /* "Saint-Benoît", "Partout en France" */
	struct url url;      /* the territory's page; empty: no link */
	struct str note;     /* small text after: "12 catalyseurs et acteurs", "aucun connu" */
	bool vague;          /* drawn dashed: place not known for sure */
};
struct view_places VIEW_LIST(view_place);

struct view_notice { /* an ignored or refused parameter */
	struct str field;   /* "page" */
	struct str message; /* French sentence */
};
struct view_notices VIEW_LIST(view_notice);

struct view_cote {       /* the road-number plate of a sheet */
	struct str kind;      /* one lower-case letter for the class: "m" "e" "d" "o" "c" */
	struct str kind_name; /* "Méthode" */
	struct str text;      /* "M 12" */
};

struct view_evidence {
	int level;       /* 0..4 */
	struct str name; /* "Cité seulement", "Témoignage", "Documenté", "Évalué", "Répliqué" */
};

struct view_odd {
	struct str number; /* "17" */
	struct str name;   /* "Partenariats pour les objectifs" */
	struct url url;    /* /fiches?odd=17, may be empty */
};
struct view_odds VIEW_LIST(view_odd);

struct view_sheet_row {
	struct view_cote cote;
	struct str title;
	struct url url;
	struct str summary;
	struct html summary_found;     /* the same with what was looked for marked; empty: nothing to mark there */
	struct html passage;           /* some lines of the body, marked; empty: none */
	struct view_place place;       /* name may be "Saint-Benoît, et partout"; code "FR" when national */
	struct view_evidence evidence;
	struct view_date verified;     /* empty text: "pas encore vérifiée" */
	struct str reason;             /* why it is here: "Sur votre commune"; may be empty */
	struct str note;               /* "version d’origine : RNMA"; may be empty */
	bool ours;                     /* written by Catalyse: the pill "proposition" */
};
struct view_sheet_rows VIEW_LIST(view_sheet_row);

struct view_sheet_mini { /* a sheet in one line: plate and title */
	struct view_cote cote;
	struct str title;
	struct url url;
	struct str note; /* "s’en inspire", may be empty */
};
struct view_sheet_minis VIEW_LIST(view_sheet_mini);

struct view_catalyst_row {
	struct str name;
	struct url url;
	struct str sign;        /* on the pointed sign: "Ici", "12 km", "1 440 km", "Partout"; empty: no sign, the stone is drawn */
	bool here;              /* yellow sign (its area covers the place) */
	bool unknown;           /* dashed sign "?" instead: distance unknown (sign is then ignored) */
	struct view_place place; /* stone shown when sign is empty and unknown is false; name is the small line under it */
	struct str sign_note;   /* small line under the sign: "à Saint-Benoît", "commune inconnue de nous", "… à vol d’oiseau" */
	struct str reason;      /* in words: "Intervient dans votre commune"; empty without a territory */
	bool reason_area;       /* true: icon of the link (competence, area); false: icon of the place (distance) */
	struct str detail;      /* practices, kind, what is known */
	struct view_link source; /* "webinaire du 8 juin 2023"; label empty: none */
	bool actor;             /* a territorial actor named by a source, not a proven member: said in words */
};
struct view_catalyst_rows VIEW_LIST(view_catalyst_row);

/* Facets: one GET form. A value is a checkbox; count 0 and not active is shown dashed and disabled. */
struct view_facet_value { /* valeur.html */
	struct str name;   /* the parameter, as in view_facet */
	struct str value;  /* sent: "methode", "departement:974", "17" */
	struct str label;  /* read: "Méthodes" */
	struct str odd;    /* "17": draws the tile; empty otherwise */
	int64_t count;
	bool active;
	bool disabled;     /* count is 0 and not active */
	bool about, some;  /* the count is an estimate; there are some, how many is not known */
	bool child;        /* a département under its région */
};
struct view_facet_values VIEW_LIST(view_facet_value);

struct view_facet {
	struct str name;   /* the parameter: "type", "territoire", "theme", "odd", "pratique", "preuve" */
	struct str legend; /* "Sorte", "Territoire" */
	bool open;         /* unfolded */
	struct view_facet_values values;
	struct str rest_label;         /* "11 sans fiche": folds those of a long facet that count for nothing; empty: none */
	struct view_facet_values rest;
	struct view_link more; /* "Choisir un autre territoire" -> /pres-de-moi; label empty: none */
};
struct view_facets VIEW_LIST(view_facet);

struct view_field { /* a hidden field that keeps the rest of the query */
	struct str name, value;
};
struct view_fields VIEW_LIST(view_field);

struct view_option {
	struct str value, label;
	bool selected;
};
struct view_options VIEW_LIST(view_option);

struct view_filters {          /* the column of filters, the sort, the active ones */
	struct url action;           /* "/fiches" */
	struct str summary;          /* "Filtrer : 4 filtres actifs", "Filtrer" */
	struct view_facets facets;
	struct str unit;             /* what the counts count, said once a facet: "fiches" */
	struct view_fields kept;     /* hidden in the facet form: q, tri, taille … (not the facets' own names) */
	struct str q;                /* value of the field "Dans ces fiches" of the facet form */
	struct str q_label;          /* "Chercher dans les fiches" */
	struct view_links active;    /* label "La Réunion", url of the list without it */
	struct url clear;            /* the list without any filter; empty: nothing active */
	struct view_options sorts;   /* n 0: no sort form */
	struct view_fields sort_kept; /* hidden in the sort form: everything except tri and page */
	struct str order;            /* why the list is in this order, in a sentence or two; empty: nothing to say */
	bool nofollow;               /* two filters or more: robots are asked to leave it there */
};

struct view_page_link {
	struct str label;   /* "1", "2", "…" */
	struct url url;     /* empty for a gap and for the current one */
	bool current;
	bool gap;
};
struct view_page_links VIEW_LIST(view_page_link);
struct view_paging {
	struct str label;  /* "Page 2 sur 5"; empty: one page only, nothing shown */
	struct url prev, next;
	struct view_page_links pages;
	bool nofollow;
};

/* Maps: SVG paths ready to draw. Text positions in the unit of the viewBox. */
struct view_map_shape {
	struct str path;  /* attribute d, digits and letters only */
	int tint;         /* 1..4; 0: white (nothing known there) */
	bool unknown;     /* dashed outline: nothing known */
	bool here;        /* yellow: the place of the page */
	struct str label; /* written at x, y in the text face; empty: none */
	double x, y;
};
struct view_map_shapes VIEW_LIST(view_map_shape);
struct view_map_dot {
	double x, y, r;   /* r 12 without a figure; 22..32 with one */
	struct str count; /* "4"; empty: a plain dot */
};
struct view_map_dots VIEW_LIST(view_map_dot);
struct view_map_inset { /* one overseas département, in a frame of 190 x 184; the map puts frames in a column */
	int y;              /* top of the frame: 6, 206, 406, 606, 806 */
	struct str code, name; /* "974", "La Réunion" (the code replaces the name on phones) */
	struct str path;    /* in its own box of 1000 x 1000 */
	int tint;
	bool here;
	struct str count;   /* "4", empty: see dot */
	bool dot;           /* something is known there; without it, no dot */
};
struct view_map_insets VIEW_LIST(view_map_inset);
struct view_map {          /* shapes.n == 0 && insets.n == 0: no map at all */
	struct str id;           /* prefix of its ids, unique in the page: "c" */
	struct str title, desc;  /* said by role=img */
	struct str viewbox;      /* "0 0 1210 1000" with insets, "0 0 1000 1000" without, "0 0 600 700" for a region */
	struct view_map_insets insets;
	struct str shift;        /* transform of the shapes: "translate(210,0)" with insets, "" without */
	struct view_map_shapes shapes;
	struct str regions;      /* path of the régions' borders drawn over, empty: none */
	struct view_map_dots dots; /* in the unit of the shapes (shifted with them) */
	struct html caption;     /* may hold links */
};

/* Locator: the small white France of a page's head, the place in yellow. Decorative (aria-hidden), hidden under 1000 px. */
struct view_locator_part {
	struct str path;
	struct str transform; /* "translate(230,0)" for the hexagon, "translate(10,620) scale(.16)" for an inset */
	bool here;            /* yellow */
};
struct view_locator_parts VIEW_LIST(view_locator_part);
struct view_locator {
	struct view_locator_parts parts; /* n 0: no locator; viewBox is 0 0 1230 1000 */
	bool point;                      /* a yellow dot at x, y (unit of the viewBox): communes, EPCI */
	double x, y;
};

struct view_figure { /* a key figure */
	struct str value; /* "2 587 031" */
	struct str label; /* "habitants" */
	struct url url;   /* where it is detailed, may be empty */
};
struct view_figures VIEW_LIST(view_figure);

struct view_sheet_group {
	struct str id;           /* unique in the page: "g1" */
	struct view_place place; /* stone of the header; code empty: no stone */
	struct str title;        /* "À La Réunion", "Valables partout"; empty: no header (one group only) */
	struct str note;         /* "6 fiches", "9 fiches, à adapter ici" */
	struct view_sheet_rows rows;
};
struct view_sheet_groups VIEW_LIST(view_sheet_group);

struct view_catalyst_group {
	struct str id;
	struct view_place place;
	struct str title;        /* "Dans votre commune", "À La Réunion", "Partout en France", "Le plus proche ailleurs" */
	struct str note;         /* "1 catalyseur", "distances depuis Rennes, à vol d’oiseau" */
	struct view_catalyst_rows rows;
};
struct view_catalyst_groups VIEW_LIST(view_catalyst_group);

struct view_empty {           /* a list that has nothing: says whose lack it is, then offers */
	struct str title;           /* "Aucune fiche ne répond à ces quatre filtres."; empty: nothing to say */
	struct str text;            /* "Ce n’est pas la Bretagne qui est vide, c’est notre liste." */
	struct view_links offers;   /* neighbours, the nation, without the last filter … */
};

#include "format/view_form.h"
#include "format/view_home.h"
#include "format/view_list.h"
#include "format/view_map.h"
#include "format/view_network.h"
#include "format/view_sheet.h"
#include "format/view_observatory.h"
#include "format/view_territory.h"
#include "format/view_misc.h"
#include "format/view_share.h"
#include "format/view_review.h"
#include "format/view_admin.h"
#include "format/view_version.h"
#include "format/view_account.h"
#include "format/view_write.h"
#include "format/view_parcours.h"
#include "format/view_space.h"
#include "format/view_follow.h"
#include "format/view_compass.h"
#include "format/view_spread.h"
#include "format/view_alert.h"
#include "format/view_parcours.h"
#include "format/view_agenda.h"
#include "format/view_needs.h"
#include "format/view_contact.h"
#include "format/view_espace.h"
#include "format/view_shelf.h"
#include "format/view_workshop.h"

#endif
