/*
 * view_account: signing in, signing up, and what one sets of one's account. Layer 4. Filled by src/page/{sign_in,sign_up,password,account}.c.
 */
#ifndef FORMAT_VIEW_ACCOUNT_H
#define FORMAT_VIEW_ACCOUNT_H
#include "format/view.h"

struct view_door {              /* a page of one form: door.html */
	struct view_links crumbs;
	struct str title, lead;
	struct str done;              /* what has just been done; may be empty */
	struct view_faults faults;
	struct url action;
	struct view_hidden hidden;
	struct view_form_pairs kept;  /* more hidden fields */
	bool trap;                    /* a field that people do not see, and machines fill */
	struct html picture;          /* a QR code; empty: none */
	struct str secret_label, secret; /* what to type when it cannot be scanned */
	struct view_form_fields fields;
	struct str button;            /* empty: no form at all */
	struct view_links links;      /* under the form: other ways in */
	struct str note_title, note;  /* at its side */
	struct view_strs codes;       /* shown once, to be kept */
	struct view_link next;        /* a button that leads on; label empty: none */
};

struct view_setting_row {       /* one thing of a list, and the button that ends it */
	struct str label, note;
	struct url action;
	struct str token;             /* jeton */
	struct str name, value;       /* what the button sends */
	struct str button, said;      /* "Fermer", and for screen readers ", Firefox, Linux"; button empty: none */
};
struct view_setting_rows VIEW_LIST(view_setting_row);

struct view_setting {           /* reglage.html */
	struct str id, title, text;
	struct view_setting_rows rows;
	struct url action;
	struct view_hidden hidden;
	struct view_form_fields fields;
	struct str button;            /* empty: no form */
	struct view_links links;
};
struct view_settings VIEW_LIST(view_setting);

struct view_account {           /* /compte: account.html */
	struct view_links crumbs;
	struct str title, lead, done;
	struct str secret_label, secret; /* a key just made, shown once */
	struct view_faults faults;
	struct view_settings settings;
	struct view_links contents;
	struct str token;             /* jeton, to sign out */
};

#endif
