/*
 * parcours_progress: the steps somebody has done, when they asked for it to be kept in their account. Layer 3, on read-write connections.
 * Everything lives in the arena. Fails as the database does.
 */
#ifndef MODEL_PARCOURS_PROGRESS_H
#define MODEL_PARCOURS_PROGRESS_H
#include "db/db.h"
#include "model/list_query.h"

struct parcours_begun {
	struct str slug, title, done_on, next_code, next_title; /* next_code empty: nothing is left at the length reached */
	int64_t done, total, next_since;
};
struct parcours_begun_list {
	const struct parcours_begun *p;
	size_t n;
};

/* Codes of steps, in the order of the parcours. ERR_NOT_FOUND: no such parcours. */
enum err parcours_progress_find(struct db *db, struct arena *a, int64_t account, struct str slug, struct strs *ret) MUST_CHECK;
/* only: these and no other; else these too. Codes that are no step are left aside. */
enum err parcours_progress_put(struct db *db, struct arena *a, int64_t account, struct str slug, struct strs steps, bool only) MUST_CHECK;
enum err parcours_progress_list(struct db *db, struct arena *a, int64_t account, struct parcours_begun_list *ret) MUST_CHECK;

#endif
