/*
 * view_alert: following a list by mail. Layer 4. Filled by src/page/alerts.c.
 */
#ifndef FORMAT_VIEW_ALERT_H
#define FORMAT_VIEW_ALERT_H
#include "format/view.h"

struct view_alert {              /* /alertes, /alertes/confirmer: alert.html */
	struct view_links crumbs;
	struct str title, lead;
	struct str done, trouble;      /* what has just been done, or why it was not; may be empty */
	struct view_faults faults;
	struct view_facts facts;
	struct url action;             /* empty: no form */
	struct view_hidden hidden;
	struct view_form_pairs kept;
	struct view_form_fields fields;
	bool trap;                     /* a field that people do not see */
	struct str choice, button;     /* value of the field "choix", and what the button says */
	struct str lists_title;        /* where to begin; empty: nothing to choose */
	struct view_links lists;
	struct str again_title;        /* a second form: the address alone; empty: none */
	struct view_form_fields again;
	struct str note_title;         /* at the side; empty: none */
	struct view_strs notes;
	struct view_links links;       /* under all of it */
};

struct view_alert_row {
	struct str id;                 /* of the field "alerte" */
	struct view_link list;         /* the list followed */
	struct str state, mark;        /* "en pause"; class: "clos" */
	struct str detail;             /* "Au plus un courriel par jour, depuis le 3 mars 2026." */
	bool paused, daily;
};
struct view_alert_rows VIEW_LIST(view_alert_row);

struct view_alerts {             /* /alertes/{jeton}: alerts.html */
	struct view_links crumbs;
	struct str title, lead, done;
	struct url action;
	struct view_hidden hidden;
	struct view_alert_rows rows;
	struct view_links links;
};

#endif
