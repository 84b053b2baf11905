/*
 * personal: what is held about somebody: given to them, or forgotten (sql/deploy/personal.sql has the list). Layer 3. On the read-write
 * connection, inside the caller's transaction. Results live in the arena, or as long as it. Errors are those of db.
 */
#ifndef MODEL_PERSONAL_H
#define MODEL_PERSONAL_H
#include "base/buf.h"
#include "db/db.h"

/* One JSON object: a member a kind of thing. */
enum err personal_export(struct db *db, struct arena *a, int64_t account, struct str *ret) MUST_CHECK;

/* The sheets they sign, as a table that `catalyse import fiches` takes back. */
enum err personal_sheets(struct db *db, struct arena *a, int64_t account, struct buf *ret) MUST_CHECK;

struct personal_alone {
	int64_t drafts, published; /* that nobody else holds */
	int64_t shared;            /* of several, or of a structure with others in it: they stay */
};
enum err personal_alone_count(struct db *db, struct arena *a, int64_t account, struct personal_alone *ret) MUST_CHECK;

/* withdraw: the public sheets that nobody else holds go too. actor: who asks, 0 the operator. *ret_done false: nobody, or forgotten already. */
enum err personal_erase(struct db *db, struct arena *a, int64_t account, bool withdraw, int64_t actor, bool *ret_done) MUST_CHECK;
/* What visitors left with an address. */
enum err personal_erase_address(struct db *db, struct arena *a, struct str address, int64_t *ret_n) MUST_CHECK;

/* The list of those forgotten: "12 2026-11-28T10:00:00.000000Z garder 2026-11-29T08:00:00Z", a line each. */
struct personal_gone {
	int64_t account;
	struct str made_at, sheets, erased_at;
};
struct personal_gones {
	const struct personal_gone *p;
	size_t n;
};
enum err personal_gone_list(struct db *db, struct arena *a, struct personal_gones *ret) MUST_CHECK;
/* *ret_outcome: "efface", "deja", "inconnu". */
enum err personal_erase_again(struct db *db, struct arena *a, const struct personal_gone *g, struct str *ret_outcome) MUST_CHECK;

#endif
