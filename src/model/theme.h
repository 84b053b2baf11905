/*
 * theme: the thématiques, with their objectives, and the best sheets of one. Layer 3. All lives in the arena given.
 */
#ifndef MODEL_THEME_H
#define MODEL_THEME_H
#include "model/sheet.h"

struct theme {
	struct str code, label, definition, origin, source_label, source_url;
	struct strs odd_codes, odd_labels; /* as many of the one as of the other */
	int64_t sheets[5];                 /* by kind, in the order of SHEET_KINDS */
	int64_t resources, catalysts;
};
struct themes {
	const struct theme *p;
	size_t n;
};
enum err theme_all(struct db *db, struct arena *a, struct themes *ret) MUST_CHECK;
enum err theme_find(struct db *db, struct arena *a, struct str code, struct theme *ret) MUST_CHECK; /* ERR_NOT_FOUND */

struct theme_sheets { /* of one kind */
	const struct sheet_card *p;
	size_t n;
};
/* At most `most` of each kind, those of the territory first (type empty: none is asked). ret: in the order of SHEET_KINDS. */
enum err theme_sheets(struct db *db, struct arena *a, struct str code, struct str type, struct str territory, int64_t most,
                      struct theme_sheets ret[5]) MUST_CHECK;

/* Changes it: '' in *ret_why, or why not. */
enum err theme_odds_set(struct db *db, struct arena *a, int64_t actor, struct str code, struct strs odds, struct str *ret_why) MUST_CHECK;

/* "a|b" in two; an empty text gives none. */
struct strs theme_cut(struct arena *a, struct str s);

#endif
