/*
 * link_check: the addresses that sheets point to, and what they last answered. Layer 3, on a read-write connection. Errors are db's.
 */
#ifndef MODEL_LINK_CHECK_H
#define MODEL_LINK_CHECK_H
#include "base/arena.h"
#include "db/db.h"

enum err link_collect(struct db *db, struct arena *a, int64_t *ret_n) MUST_CHECK;
enum err link_due(struct db *db, struct arena *a, int most, const struct str **ret, size_t *ret_n) MUST_CHECK;
/* outcome: "bon", "deplace", "refuse" (it is there, not for programs), "ignore" (not asked); "absent", "injoignable": a failure. status 0: none.
 * *ret_dead: it failed on three days. */
enum err link_note(struct db *db, struct arena *a, struct str url, int status, const char *outcome, struct str moved_to, bool *ret_dead) MUST_CHECK;

struct link_counts {
	int64_t total, due, asked, moved, failing, dead;
};
enum err link_counts(struct db *db, struct arena *a, struct link_counts *ret) MUST_CHECK;

struct failing_link { /* once a sheet that holds it */
	struct str url, outcome, first_failure_on, checked_at, title, slug, type;
	int64_t status, failures, sheet_id;
};
enum err link_failing(struct db *db, struct arena *a, int most, const struct failing_link **ret, size_t *ret_n) MUST_CHECK;

#endif
