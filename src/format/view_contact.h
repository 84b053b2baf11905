/*
 * view_contact: words passed on between somebody and a catalyst. Layer 4. Filled by src/page/{contact,exchange}.c.
 */
#ifndef FORMAT_VIEW_CONTACT_H
#define FORMAT_VIEW_CONTACT_H
#include "format/view.h"

struct view_said {             /* words passed on */
	struct str who;
	struct view_date date;
	struct str body;
	bool mine;
};
struct view_saids VIEW_LIST(view_said);

struct view_contact {          /* /catalyseurs/{id}/contacter, .../echange: contact.html */
	struct view_links crumbs;
	struct view_place place;
	struct view_link catalyst;
	struct str title, lead;
	struct str done, trouble;
	struct view_faults faults;
	struct view_facts facts;
	struct str said_title;
	struct view_saids said;
	struct url action;           /* empty: no form */
	struct view_hidden hidden;
	struct view_form_pairs kept;
	struct view_form_fields fields;
	bool trap;
	struct view_follow_buttons buttons;
	struct view_links ways;      /* what else can be done, as rows */
	struct view_links links;
	struct str note_title;
	struct view_strs notes;
};

struct view_network_form {     /* one form of a page of the network: network_form.html */
	struct str id, title, text;
	struct url action;
	struct view_hidden hidden;
	struct view_form_pairs kept;
	struct view_form_fields fields;
	struct str act, button;
	bool second;
};
struct view_network_forms VIEW_LIST(view_network_form);

struct view_network_change {   /* a line of a history */
	struct view_date date;
	struct str who, label, before, after;
};
struct view_network_changes VIEW_LIST(view_network_change);

struct view_network_page {     /* network_page.html: forms of a structure about its catalyst, or its history */
	struct view_links crumbs;
	struct str title, lead;
	struct str done, trouble;
	struct view_faults faults;
	struct view_facts facts;
	struct view_network_forms forms;
	struct view_network_changes changes;
	struct view_links links;
	struct str note_title;
	struct view_strs notes;
};

struct view_count_row {
	struct view_link link;
	struct str n, answered;
};
struct view_count_rows VIEW_LIST(view_count_row);

struct view_network {          /* /reseau: network.html */
	struct view_links crumbs;
	struct str title, lead;
	struct view_figures figures;
	struct str figures_note;
	struct view_link source;     /* of the number of members */
	struct view_strs missions;
	struct view_links practices;
	struct view_map map;
	struct view_count_rows sets; /* where practices complete each other */
	struct str counts_note;      /* nothing to tell yet, or how it is counted */
	struct view_count_rows months, regions;
	struct view_links meetings;
	struct url join;
};

#endif
