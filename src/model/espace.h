/*
 * espace: front offices as those in charge change them, and what is placed in them. Layer 3, on read-write connections; as term.h.
 */
#ifndef MODEL_ESPACE_H
#define MODEL_ESPACE_H
#include "model/term.h"

struct espace {
	int64_t id, position, sheets;
	struct str code, name, host, tagline, colour;
	struct str editors; /* names, "a, b" */
	bool may;           /* the one who asks changes it */
	struct changed changed;
};
struct espaces {
	const struct espace *p;
	size_t n;
};
struct espace_sheet {
	int64_t id;
	struct str type, slug, title, state;
};
struct espace_sheets {
	const struct espace_sheet *p;
	size_t n;
	int64_t total;
};

enum err espace_all(struct db *db, struct arena *a, int64_t actor, struct espaces *ret) MUST_CHECK;
enum err espace_find(struct db *db, struct arena *a, int64_t actor, struct str code, struct espace *ret) MUST_CHECK; /* ERR_NOT_FOUND */
enum err espace_sheets(struct db *db, struct arena *a, int64_t id, int64_t offset, int64_t most, struct espace_sheets *ret) MUST_CHECK;
enum err espace_save(struct db *db, struct arena *a, int64_t actor, const struct espace *e, struct str *ret_why) MUST_CHECK; /* id 0: a new one */
/* act: placer, retirer, monter, descendre. */
enum err espace_place(struct db *db, struct arena *a, int64_t actor, int64_t id, int64_t sheet, struct str act, struct str *ret_why) MUST_CHECK;

#endif
