/*
 * view_misc: errors and the pages of text. Layer 4. See view.h for the rules.
 */
#ifndef FORMAT_VIEW_MISC_H
#define FORMAT_VIEW_MISC_H
#include "format/view.h"

struct view_error {             /* error.html, every status */
	struct str status;            /* "Erreur 404" */
	struct str title;             /* "Cette page n'est pas sur la carte" */
	struct str lead;              /* what happened, what is safe, what to do */
	struct view_notices fields;   /* what was wrong, field by field */
	bool search;                  /* show the search field (404) */
	struct str q;                 /* words of the address, as a suggestion */
	bool likely;                  /* some are close to these words: */
	struct view_sheet_minis sheets;
	struct view_links others;     /* catalysts, or places */
	struct view_links links;      /* where to go: home, sheets, territories */
	struct str request_id;        /* to quote; may be empty */
};

struct view_dataset {
	struct str name;      /* "Code officiel géographique 2026" */
	struct str producer;  /* "INSEE, DGCL, La Poste" */
	struct url url;
	struct str licence;   /* "Licence Ouverte 2.0" */
	struct str version;   /* "6.0.0, chargé le 24 novembre 2026" */
};
struct view_datasets VIEW_LIST(view_dataset);

struct view_legal {             /* legal.html, privacy.html, accessibility.html: one view for the three */
	struct view_links crumbs;
	struct str editor;            /* SITE_EDITOR; empty: said to be missing */
	struct str host;              /* SITE_HOST */
	struct str contact;           /* SITE_CONTACT as read */
	struct url contact_url;       /* mailto: or https: */
	struct view_datasets datasets; /* attributions */
	struct str date;              /* "24 novembre 2026" */
};

struct view_term {              /* terme.html: a term, or a vocabulary among the others */
	struct str id;                /* of its place in the page: "odd-17" */
	struct str label, definition;
	bool ours;                    /* "proposition de Catalyse" */
	struct view_link source;
	struct view_link link;        /* where it leads; label empty: nowhere */
};
struct view_terms VIEW_LIST(view_term);

struct view_vocabulary {        /* /vocabulaires, /vocabulaires/{schema}: vocabulary.html */
	struct view_links crumbs;
	struct str title, lead;
	bool ours;
	struct view_link source;
	struct view_terms terms;
	struct str formats_label;
	struct view_links formats;
};

struct view_unsubscribe {       /* /courriels/desabonner: unsubscribe.html */
	struct view_links crumbs;
	struct str title, lead;
	struct url action;            /* where the button posts; empty: there is none */
	struct str more;              /* what else there is to know */
};

struct view_sitemap_part {
	struct str title;
	struct view_links links;
};
struct view_sitemap_parts VIEW_LIST(view_sitemap_part);

struct view_sitemap {           /* /plan-du-site: sitemap.html */
	struct view_links crumbs;
	struct view_sitemap_parts parts;
};

#endif
