/*
 * resource: documents and sites outside of this base: what they are, who publishes them, when they were last seen to answer. Layer 3.
 * All lives in the arena given.
 */
#ifndef MODEL_RESOURCE_H
#define MODEL_RESOURCE_H
#include "model/list_query.h"

struct resource {
	int64_t id, year, position, failures; /* year 0: not known; failures: days on which the address failed, admin only */
	struct str ref, kind, kind_label, kind_plural, kind_what, title, summary, publisher, url, origin, source_label, source_url, checked_on;
	struct str changed_at, changed_by; /* admin only */
	struct strs themes;                /* codes */
	bool shown;
};
struct resources {
	const struct resource *p;
	size_t n;
};
enum err resource_list(struct db *db, struct arena *a, struct str theme, struct resources *ret) MUST_CHECK; /* theme empty: all */
/* Hidden ones too; on a connection that writes. */
enum err resource_every(struct db *db, struct arena *a, struct resources *ret) MUST_CHECK;
enum err resource_find(struct db *db, struct arena *a, int64_t id, struct resource *ret) MUST_CHECK; /* ERR_NOT_FOUND */
/* id 0: a new one. '' in *ret_why, or why not. */
enum err resource_save(struct db *db, struct arena *a, int64_t actor, const struct resource *x, struct str *ret_why) MUST_CHECK;

/* The kinds, in order, as the base has them. */
struct resource_kind {
	const char *code, *label;
};
extern const struct resource_kind RESOURCE_KINDS[];
extern const size_t RESOURCE_KINDS_N;

#endif
