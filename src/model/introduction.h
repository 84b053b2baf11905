/*
 * introduction: somebody writes to a catalyst and the site passes words on, both ways, without showing either address
 * (docs/design/reseau.md). Layer 3. All connections are read-write ones but that of introduction_counts; a page calls inside the
 * transaction of the gate. Everything lives in the arena given. Errors are db's.
 */
#ifndef MODEL_INTRODUCTION_H
#define MODEL_INTRODUCTION_H
#include "db/db.h"

struct recipient {
	int64_t account; /* 0: an address that the structure gave */
	struct str email;
};
struct recipients {
	const struct recipient *p;
	size_t n;
};
/* Who is written to for a catalyst; none: nobody is known, or it wants no message. */
enum err catalyst_recipients(struct db *db, struct arena *a, int64_t catalyst, struct recipients *ret) MUST_CHECK;

struct introduction_words { /* one side said */
	bool asks; /* whoever asked; else the catalyst's side */
	struct str body, at;
};
struct introduction {
	int64_t id, catalyst, territory; /* territory: only to open one; 0: not said */
	struct str name, email, subject, place, need, body; /* body: only to open one. email empty: all was forgotten */
	struct str made_on;
	bool closed;
	const struct introduction_words *said;
	size_t nsaid;
};
/* Once the address is known to be theirs. */
enum err introduction_open(struct db *db, struct arena *a, const struct introduction *x, int64_t *ret_id) MUST_CHECK;
enum err introduction_find(struct db *db, struct arena *a, int64_t id, struct introduction *ret) MUST_CHECK; /* ERR_NOT_FOUND */
/* account 0: whoever asked, or an address without account. *ret_over: it has ended, nothing was kept. */
enum err introduction_say(struct db *db, struct arena *a, int64_t id, bool asks, int64_t account, struct str body, bool *ret_over) MUST_CHECK;
enum err introduction_close(struct db *db, struct arena *a, int64_t id) MUST_CHECK;
enum err introduction_forget(struct db *db, struct arena *a, int64_t *ret_n) MUST_CHECK;

struct introduction_count {
	struct str part; /* "mois" (code: "2026-11"), "region" (code empty: elsewhere, or not said), "total" (by fives) */
	struct str code, name, slug;
	int64_t n, answered;
};
struct introduction_counts {
	const struct introduction_count *p;
	size_t n;
};
enum err introduction_counts(struct db *db, struct arena *a, struct introduction_counts *ret) MUST_CHECK;

#endif
