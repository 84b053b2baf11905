/*
 * view_network: catalysts as a network: what one practises, who holds what on a territory. Layer 4. Filled by src/page/{catalyst,network}.c.
 */
#ifndef FORMAT_VIEW_NETWORK_H
#define FORMAT_VIEW_NETWORK_H
#include "format/view.h"

struct view_catalyst_activity {
	struct str label, text; /* text: what it is */
	bool lit;
};
struct view_catalyst_activities VIEW_LIST(view_catalyst_activity);

struct view_catalyst_practice {         /* one of the four, with its activities */
	struct str label, text;
	bool lit;
	struct str state;            /* "exercée", "activités inconnues de nous"; empty: not exercised, as far as we know */
	struct view_catalyst_activities activities;
};
struct view_catalyst_practices VIEW_LIST(view_catalyst_practice);

struct view_holding {          /* one practice on a territory: who holds it */
	struct str label;
	bool missing;                /* nobody, as far as we know */
	bool unsaid;                 /* those whose practice is not known */
	struct view_links holders;   /* without an address: the one whose page it is */
	struct view_link more;       /* "et 4 autres", or where to look when missing; label empty: none */
};
struct view_holdings VIEW_LIST(view_holding);

struct view_set {              /* ensemble.html; title empty: nothing is shown */
	struct str title, lead;
	struct view_holdings holdings;
};

struct view_catalyst_meeting {        /* something that happens on its territory */
	struct view_date date;
	struct view_link link;
	struct str note;
	bool next;                   /* to come */
};
struct view_catalyst_meetings VIEW_LIST(view_catalyst_meeting);

#endif
