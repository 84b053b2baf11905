/*
 * site_text: the texts of pages that are not sheets, as rows, with the terms of the vocabularies that such a page shows. Layer 3.
 * All lives in the arena given.
 */
#ifndef MODEL_SITE_TEXT_H
#define MODEL_SITE_TEXT_H
#include "model/list_query.h"

struct site_text {
	struct str what; /* "texte", "schema", "terme" */
	struct str part; /* of a text: which part of the page; of a scheme or a term: the scheme */
	struct str code; /* of a text: its ref; of a scheme or a term: its code */
	struct str mark; /* a year, a département */
	struct str title, body, origin, source_label, source_url;
	struct str parent; /* code of the term that it hangs on; empty: none */
	int64_t catalyst_id, sheet_id; /* 0: none that can be read */
	struct str catalyst_slug, catalyst_name, sheet_slug, sheet_type, sheet_title;
	int64_t sheets; /* of a term: those that bear it */
};
struct site_texts {
	const struct site_text *p;
	size_t n;
};
enum err site_text_list(struct db *db, struct arena *a, struct str page, struct strs schemes, struct site_texts *ret) MUST_CHECK;

struct site_text_edit {
	int64_t id, position;
	struct str ref, page, part, mark, title, body, origin, source_label, source_url, changed_at, changed_by;
	bool shown;
};
struct site_text_edits {
	const struct site_text_edit *p;
	size_t n;
};
/* Hidden ones too; on a connection that writes. */
enum err site_text_every(struct db *db, struct arena *a, struct site_text_edits *ret) MUST_CHECK;
enum err site_text_find(struct db *db, struct arena *a, int64_t id, struct site_text_edit *ret) MUST_CHECK; /* ERR_NOT_FOUND */
enum err site_text_save(struct db *db, struct arena *a, int64_t actor, const struct site_text_edit *x, struct str *ret_why) MUST_CHECK;

#endif
