/*
 * view_form: forms. Layer 4. Filled by src/page/form.c, read by champ.html, fautes.html, cache.html and resume.html.
 */
#ifndef FORMAT_VIEW_FORM_H
#define FORMAT_VIEW_FORM_H
#include "format/view.h"

struct view_form_option {
	struct str value, label, help;
	struct str letter, plate; /* of a kind of sheet: "e", "E"; empty: no plate is drawn */
	bool chosen;
	struct str name, id; /* the field's name, and an id of its own */
};
struct view_form_options VIEW_LIST(view_form_option);

/* One field: a label, a help, an error, a control. One of line, lines, select, choices, checks, file is true. */
struct view_form_field {
	struct str name, id, label, help, error, value;
	struct str type;         /* of a line: "text", "email", "password", "url", "date", "number" */
	struct str autocomplete; /* HTML's word; empty: not said */
	struct str suggest;      /* data-suggest of site.js: "pres-de-moi" for territories; empty: nothing is suggested */
	bool line, lines, select, choices /* radio buttons */, checks /* boxes */, file;
	bool group;              /* choices or checks: a fieldset */
	struct str described;    /* ids of the help and of the error */
	bool required, markdown;
	int rows;                /* of lines */
	int max;                 /* characters; 0: not said */
	struct str count;        /* "12 caractères sur 300": under a short text; may be empty */
	struct str accept;       /* of a file: ".pdf,.png" */
	struct view_form_options options;
};
struct view_form_fields VIEW_LIST(view_form_field);

struct view_fault { /* one line of the summary of errors */
	struct str message;
	struct url field; /* "#f-titre"; empty: about the whole form */
};
struct view_fault_list VIEW_LIST(view_fault);
struct view_faults {
	struct str title; /* "Encore deux points à corriger" */
	size_t n;
	struct view_fault_list list;
};

struct view_hidden { /* the hidden fields of every form */
	struct str token; /* jeton */
	struct str key;   /* cle; empty where nothing is created */
};

struct view_form_pair {
	struct str name, value;
};
struct view_form_pairs VIEW_LIST(view_form_pair);

struct view_resume { /* what was sent could not be taken, and is given back */
	struct str title, lead;
	struct url action;        /* where it goes */
	bool multipart;
	struct str token;
	struct view_form_pairs kept;   /* all that was typed, hidden */
	struct view_form_fields fields; /* to sign in; none when the token only was too old */
	struct str button;         /* empty: nothing can be sent from here, a link leads back to the form */
	struct view_form_pairs shown;  /* the texts, to be read and copied */
};

#endif
