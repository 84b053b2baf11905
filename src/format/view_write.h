/*
 * view_write: writing a sheet. Layer 4. See view.h for the rules, view_form.h for fields.
 */
#ifndef FORMAT_VIEW_WRITE_H
#define FORMAT_VIEW_WRITE_H
#include "format/view.h"
#include "format/view_form.h"
#include "format/view_version.h"

struct view_write_item {     /* one step, one value: a group that repeats */
	struct str id, title;
	struct str remove;         /* value of the button that takes it out; empty: there is nothing in it */
	struct view_form_fields fields;
};
struct view_write_items VIEW_LIST(view_write_item);

struct view_write_block {    /* a part of the form under a heading */
	struct str id, title, lead;
	struct view_form_fields fields;
	struct view_write_items items;
	struct str add, add_label; /* the button that adds an item */
};
struct view_write_blocks VIEW_LIST(view_write_block);

struct view_write_clash {    /* a field two people wrote */
	struct str id, label;
	struct str mine, theirs;   /* the texts, whole; empty: nothing */
	struct view_diff_pieces pieces; /* from theirs to mine */
	struct url field;
};
struct view_write_clashes VIEW_LIST(view_write_clash);

struct view_write {          /* /contribuer/fiche, /fiches/{id}/modifier: ecrire.html */
	struct view_links crumbs;
	struct str title, lead;
	struct str done;           /* what has just been done; may be empty */
	struct str locked;         /* why it cannot be written now; then only that is shown, and unlock */
	struct str unlock;         /* label of the button that takes it back; may be empty */
	struct view_faults faults;
	struct str clash_by;       /* "Enregistré par … à 15 h 42" */
	struct view_write_clashes clashes;
	struct view_hidden hidden;
	struct url action, preview, text; /* text: as it will be shown; empty for a new one */
	struct str id;             /* number of the sheet; empty for a new one */
	struct str rev, depth, kind; /* as hidden fields */
	struct str model;          /* number of the sheet it starts from */
	struct view_form_fields fields; /* the six */
	struct view_links alike;   /* sheets whose title looks like this one */
	struct view_write_blocks blocks; /* the rest, in a complete form */
	bool is_short;
	bool guest;                /* without an account: no draft, a field that robots fill */
	struct view_form_fields who; /* then their name and address */
	struct str send;           /* label of the main button */
	struct str saved;          /* "Aujourd'hui à 15 h 42" */
	struct str who_reads;      /* who will read it over */
	struct view_links around;  /* attachments, authors, dialogue */
};

struct view_contribute_kind {
	struct str letter, plate, name, what; /* "m", "M", "Méthode" */
	struct url url;
};
struct view_contribute_kinds VIEW_LIST(view_contribute_kind);

struct view_contribute {     /* /contribuer: contribuer.html */
	struct view_links crumbs;
	struct view_contribute_kinds kinds;
};

struct view_draft {          /* /fiches/{id}/travail, over sheet.html: travail.html */
	struct view_links crumbs;
	struct str title, who;     /* "Brouillon", "visible de vous et de …" */
	struct str done;
	struct view_faults faults;
	struct view_links actions;
	struct url action;         /* of a form of one button; button empty: none */
	struct view_hidden hidden;
	struct str button;
};

struct view_file {           /* a file of a sheet being written */
	struct str id, label, alt, size, state;
	struct url url;
	bool image, removable;
};
struct view_file_list VIEW_LIST(view_file);

struct view_files {          /* /fiches/{id}/travail/pieces: pieces.html */
	struct view_links crumbs;
	struct str done;
	struct view_faults faults;
	struct view_hidden hidden;
	struct url action, back;
	struct view_file_list files;
	struct view_form_fields fields;
	bool writable;
};

struct view_author {
	struct str id, name, role;
	bool me, removable, handable;
};
struct view_author_list VIEW_LIST(view_author);

struct view_asked {          /* somebody invited who has not answered */
	struct str hash, email;
	struct view_date date;
};
struct view_asked_list VIEW_LIST(view_asked);

struct view_authors {        /* /fiches/{id}/auteurs: auteurs.html */
	struct view_links crumbs;
	struct str done, structure;
	struct view_faults faults;
	struct view_hidden hidden;
	struct url action;
	struct view_author_list authors;
	struct view_asked_list asked;
	struct view_form_fields fields; /* to invite; none for who may not */
};

#endif
