/*
 * vocabulary: the lists of terms that sheets and catalysts are described with, and where each comes from. Layer 3.
 * All lives in the arena given.
 */
#ifndef MODEL_VOCABULARY_H
#define MODEL_VOCABULARY_H
#include "base/arena.h"
#include "base/err.h"
#include "db/db.h"

struct term {
	struct str code, label, definition;
	struct str origin; /* "source", or "ours": a proposal of this site */
	struct str source_label, source_url;
	struct str parent_scheme, parent_code; /* the wider term, when there is one */
};

struct vocabulary {
	struct term about; /* of the vocabulary itself; no parent */
	int64_t nterms;
	const struct term *terms; /* only of a vocabulary found by its code */
};

struct vocabularies {
	const struct vocabulary *p;
	size_t n;
};

enum err vocabulary_all(struct db *db, struct arena *a, struct vocabularies *ret) MUST_CHECK; /* without their terms */
enum err vocabulary_find(struct db *db, struct arena *a, struct str code, struct vocabulary *ret) MUST_CHECK; /* ERR_NOT_FOUND */

#endif
