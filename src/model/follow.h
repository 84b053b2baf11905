/*
 * follow: what happens to a sheet once it is public: who holds it, what readers propose or report. Layer 3: SQL in, structs out. All
 * lives in the arena given; all connections here are read-write ones; a page calls inside the transaction of the gate. Errors are db's.
 */
#ifndef MODEL_FOLLOW_H
#define MODEL_FOLLOW_H
#include "base/arena.h"
#include "db/db.h"

struct follow_person {
	int64_t id;
	struct str part; /* "structure", "auteur": they hold the sheet; "relecteur": may review it */
	struct str email, name;
};
struct follow_people {
	const struct follow_person *p;
	size_t n, holders; /* holders: those who hold it come first */
};
enum err follow_people(struct db *db, struct arena *a, int64_t sheet, struct follow_people *ret) MUST_CHECK;
enum err follow_rights(struct db *db, struct arena *a, int64_t actor, int64_t sheet, bool *ret_writes, bool *ret_reviews) MUST_CHECK;

struct follow_field { /* a part of a sheet that is one text */
	struct str key, label, text;
	struct str sum; /* tells that text from another */
};
struct follow_fields {
	const struct follow_field *p;
	size_t n; /* 0: no public sheet of that number */
};
enum err follow_fields(struct db *db, struct arena *a, int64_t sheet, struct follow_fields *ret) MUST_CHECK;
const struct follow_field *follow_field_of(const struct follow_fields *fields, struct str key); /* NULL: none; "resume" is "chapo" */

struct suggestion {
	int64_t id, version, author_id, published_version; /* author_id 0: a visitor */
	struct str field, label, before, after, now, sum;   /* now: what the field says today, and its sum */
	struct str note, who, email;                        /* who: may be empty; email: where to answer, may be empty */
	struct str state;                                   /* "recue", "acceptee", "refusee", "classee" */
	struct str created_at, decider, decided_at, reason, outcome;
};
struct suggestions {
	const struct suggestion *p;
	size_t n;
};
/* s: sheet's version, field, before, after, note, author_id, email (a visitor's, confirmed), who (the name they want to be thanked by).
 * *ret_id 0: the very same one waits already. */
enum err suggestion_put(struct db *db, struct arena *a, int64_t sheet, const struct suggestion *s, int64_t *ret_id) MUST_CHECK;
enum err suggestion_list(struct db *db, struct arena *a, int64_t sheet, struct suggestions *ret) MUST_CHECK;
enum err suggestion_find(struct db *db, struct arena *a, int64_t sheet, int64_t id, struct suggestion *ret) MUST_CHECK; /* ERR_NOT_FOUND */
/* act: "accepter", "refuser", "classer". *ret: see suggestion_decide() in sql/deploy/follow.sql. */
enum err suggestion_decide(struct db *db, struct arena *a, int64_t actor, int64_t id, struct str act, struct str why, struct str slug, struct str seen,
                           struct str *ret) MUST_CHECK;

struct suggestion_late {
	int64_t id, sheet_id;
	struct str title, slug, label;
};
/* Those that waited so many days: told once. */
enum err suggestion_late(struct db *db, struct arena *a, int days, const struct suggestion_late **ret, size_t *ret_n) MUST_CHECK;

struct report {
	int64_t id, author_id;
	struct str reason, body, who, email, state, created_at, decider, decided_at, reply;
};
struct reports {
	const struct report *p;
	size_t n;
};
extern const struct report_reason {
	const char *code, *label;
} REPORT_REASONS[];
extern const size_t REPORT_REASONS_N;
const char *report_reason_label(struct str code);
enum err report_put(struct db *db, struct arena *a, int64_t sheet, const struct report *x, int64_t *ret_id) MUST_CHECK;
enum err report_list(struct db *db, struct arena *a, int64_t sheet, struct reports *ret) MUST_CHECK;
enum err report_find(struct db *db, struct arena *a, int64_t sheet, int64_t id, struct report *ret) MUST_CHECK; /* ERR_NOT_FOUND */
/* act: "traiter", "classer". *ret: "traitee", "classee"; else introuvable, etat, motif. */
enum err report_decide(struct db *db, struct arena *a, int64_t actor, int64_t id, struct str act, struct str reply, struct str *ret) MUST_CHECK;

#endif
