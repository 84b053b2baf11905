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
	struct html picture;          /* a QR code; empty: none */
	struct str secret_label, secret; /* what to type when it cannot be scanned */
	struct view_form_fields fields;
	struct str button;            /* empty: no form at all */
	struct view_links links;      /* under the form: other ways in */
	struct str note_title, note;  /* at its side */
	struct view_strs codes;       /* shown once, to be kept */
	struct view_link next;        /* a button that leads on; label empty: none */
};

#endif
