/*
 * view_espace: a shared sheet beside the words of a front office. Layer 4. See view.h for the rules.
 */
#ifndef FORMAT_VIEW_ESPACE_H
#define FORMAT_VIEW_ESPACE_H
#include "format/view_admin.h"
#include "format/view_version.h"

struct view_espace_field {
	struct str id, label;
	struct str state, mark;  /* "adapté ici"; class of its pill: "adapte", "a-vous", empty */
	struct str common;       /* what it says for all */
	struct str digest;       /* of that */
	bool adapted, changed, may;
	struct view_diff_pieces theirs; /* what became of the common text since */
	struct view_diff_pieces ours;   /* from the common text to that of the espace */
	struct view_form_field field;
	struct view_hidden hidden;
};
struct view_espace_fields VIEW_LIST(view_espace_field);

struct view_espace_text {  /* espace_texte.html */
	struct view_admin frame;
	struct view_cote cote;
	struct view_link sheet;
	struct url action;
	struct view_espace_fields fields;
};

#endif
