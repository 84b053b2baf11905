/*
 * need: what people looked for here in vain, often enough to be said (docs/design/recherches-vaines.md). Layer 3.
 * Lives in the arena given. What is rare is not in the base's answer at all.
 */
#ifndef MODEL_NEED_H
#define MODEL_NEED_H
#include "model/territory.h"

enum { NEED_MIN = 5, NEED_DAYS = 90, NEEDS_MOST = 200 };

struct need {
	struct str about;   /* "words", "theme", "place" */
	struct str subject; /* the words without accents, the code of the thématique; empty for a place */
	struct str label;   /* what is read */
	int64_t at_least;   /* a multiple of five */
	bool none;          /* it found nothing at all, once at least; else fewer than three items */
	struct str places;  /* names between "|", where inside the territory it is asked the most */
};
struct needs {
	const struct need *p;
	size_t n;
};

/* The territory that counts are kept for: t itself, or the département, the région or the collectivité around it. */
enum err need_territory(struct db *db, struct arena *a, const struct territory *t, struct territory *ret) MUST_CHECK;
/* t->id 0: the whole country. theme: a code, or empty. */
enum err need_list(struct db *db, struct arena *a, const struct territory *t, struct str theme, struct needs *ret) MUST_CHECK;

#endif
