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

#endif
