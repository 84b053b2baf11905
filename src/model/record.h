/*
 * record: a sheet as harvesters are told of it, live or withdrawn. Layer 3. All lives in the arena given.
 */
#ifndef MODEL_RECORD_H
#define MODEL_RECORD_H
#include "base/arena.h"
#include "base/err.h"
#include "db/db.h"

#define RECORD_SEPARATOR '\x1f' /* between the values of a list */

struct record {
	int64_t id;
	struct str datestamp; /* "2026-11-24T10:00:00Z" */
	bool deleted;         /* then nothing below is known, sets excepted */
	struct str sets;      /* a list: "type:methode", "theme:x", "departement:974" */
	struct str slug, type, title, summary, language, licence, created_at, modified_at, structure, source_label, source_url;
	struct str terms, places; /* lists of names */
};

struct records {
	const struct record *p;
	size_t n;
};

struct record_query {
	const struct str *all, *any; /* sets: in all of the former, and in one of each of the latter, "odd:4.odd:17" */
	size_t nall, nany;
	struct str since, until;      /* empty: no limit; both included */
	struct str after_datestamp;   /* with after_id: only what comes after; empty: from the start */
	int64_t after_id;
};

/* When it is, in the form of a datestamp, once whoever was committing changes has done: what is dated before is seen from now on. */
enum err record_settled(struct db *db, struct arena *a, struct str *ret_moment) MUST_CHECK;
enum err record_list(struct db *db, struct arena *a, const struct record_query *q, int64_t n, struct records *ret) MUST_CHECK;
enum err record_find(struct db *db, struct arena *a, int64_t id, struct record *ret) MUST_CHECK; /* ERR_NOT_FOUND */
/* *ret_n: 0 when there are none, -1 when they are too many to be counted; *ret_earliest: of all records, empty when none. */
enum err record_count(struct db *db, struct arena *a, const struct record_query *q, int64_t *ret_n,
                      struct str *ret_earliest) MUST_CHECK;
/* The sheets withdrawn lately, the last first: id and datestamp only. */
enum err record_gone(struct db *db, struct arena *a, struct records *ret) MUST_CHECK;
/* Takes the first value off a list; false at its end. */
bool record_value(struct str *list, struct str *ret_value);

#endif
