/*
 * shelf: things kept together: sheets, catalysts, events, parcours, other pages of the site; by their keys alone (an address), or in a list
 * that an account keeps. Layer 3. Lists of accounts are read and written on read-write connections; shelf_resolve reads what is
 * public. Everything lives in the arena given. Errors are those of db.
 */
#ifndef MODEL_SHELF_H
#define MODEL_SHELF_H
#include "db/db.h"

struct shelf_item {
	struct str kind, key;  /* "fiche" "12", "parcours" "agir-ensemble", "page" "/boussole?…" */
	struct str label;      /* what its keeper calls it; may be empty */
	/* Set by shelf_resolve. */
	int64_t id;
	struct str type, title, note, path; /* title empty, and it is no page: not online (any more) */
};
struct shelf_items {
	struct shelf_item *p;
	size_t n;
};
enum err shelf_resolve(struct db *db, struct arena *a, struct shelf_items *items) MUST_CHECK;

struct shelf {
	int64_t id, n;
	struct str name, note, changed_on;
	struct str code; /* of the link that shows it; empty: shown to nobody else */
};
struct shelves {
	const struct shelf *p;
	size_t n;
};
enum err shelf_list(struct db *db, struct arena *a, int64_t account, struct shelves *ret) MUST_CHECK;
/* By account and number, or by code when it is not empty. ERR_NOT_FOUND. */
enum err shelf_find(struct db *db, struct arena *a, int64_t account, int64_t id, struct str code, struct shelf *ret, struct shelf_items *ret_items) MUST_CHECK;
enum err shelf_make(struct db *db, struct arena *a, int64_t account, struct str name, struct str note, int64_t *ret_id) MUST_CHECK; /* 0: too many */
/* *ret_full: the list has no room for them, and nothing was kept. ERR_NOT_FOUND: not theirs; likewise below. */
enum err shelf_add(struct db *db, struct arena *a, int64_t account, int64_t id, const struct shelf_items *items, bool *ret_full) MUST_CHECK;
enum err shelf_remove(struct db *db, struct arena *a, int64_t account, int64_t id, struct str kind, struct str key) MUST_CHECK;
enum err shelf_set(struct db *db, struct arena *a, int64_t account, int64_t id, struct str name, struct str note) MUST_CHECK;
enum err shelf_share(struct db *db, struct arena *a, int64_t account, int64_t id, struct str code) MUST_CHECK; /* empty: to nobody any more */
enum err shelf_delete(struct db *db, struct arena *a, int64_t account, int64_t id) MUST_CHECK;

#endif
