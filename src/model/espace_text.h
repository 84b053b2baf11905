/*
 * espace_text: the fields of shared sheets that a front office shows in words of its own. Layer 3. All lives in the arena given.
 */
#ifndef MODEL_ESPACE_TEXT_H
#define MODEL_ESPACE_TEXT_H
#include "model/sheet.h"

struct adaptation {
	struct str code, name;  /* of the espace */
	struct str field;       /* "titre", "chapo", "pieges" */
	struct str text, base;  /* base: the common text it was made from */
	bool changed;           /* the common text is no longer that */
	struct str changed_on;
};
struct adaptations {
	const struct adaptation *p;
	size_t n;
};

struct adapted_sheet {
	int64_t id, fields, to_see; /* to_see: fields whose common text has changed */
	struct str type, slug, title, changed_on;
};
struct adapted_sheets {
	const struct adapted_sheet *p;
	size_t n;
	int64_t total;
};

struct common_field {
	struct str field, label, text, digest;
};
struct common_fields {
	const struct common_field *p;
	size_t n;
};

/* espace 0: of all. */
enum err adaptations_list(struct db *db, struct arena *a, int64_t espace, int64_t sheet, struct adaptations *ret) MUST_CHECK;
enum err adapted_sheets_list(struct db *db, struct arena *a, int64_t espace, int64_t offset, int64_t most, struct adapted_sheets *ret) MUST_CHECK;
/* What may be adapted of that sheet, in the order of its page. */
enum err common_fields_list(struct db *db, struct arena *a, const struct sheet *s, struct common_fields *ret) MUST_CHECK;
/* act: adapter, garder, reprendre; seen: digest of the common text that was read. */
enum err espace_adapt(struct db *db, struct arena *a, int64_t actor, int64_t espace, int64_t sheet, struct str field, struct str act, struct str text,
                      struct str seen, struct str *ret_why) MUST_CHECK;
/* The sheet in these words; steps and figures stay. */
void sheet_adapt(struct arena *a, struct sheet *s, const struct adaptations *x);
/* The same for the titles and summaries of a list. */
enum err cards_adapt(struct db *db, struct arena *a, int64_t espace, struct sheet_card *cards, size_t n) MUST_CHECK;
struct str sheet_field_label(struct str type, struct str field); /* "Titre", "Résumé", "Ce qui peut coincer" */

#endif
