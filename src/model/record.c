#include "model/record.h"

/* record_list and record_find have the same columns, in the same order. */
_Static_assert((int)COL_RECORD_LIST_PLACES == (int)COL_RECORD_FIND_PLACES, "the columns of records differ");
#define CELL(name) db_text(r, i, COL_RECORD_LIST_##name)

static struct record
read_row(const struct db_rows *r, size_t i)
{
	return (struct record){
		.id = db_int(r, i, COL_RECORD_LIST_ID),
		.datestamp = CELL(DATESTAMP),
		.deleted = db_bool(r, i, COL_RECORD_LIST_DELETED),
		.sets = CELL(SETS),
		.slug = CELL(SLUG),
		.type = CELL(TYPE),
		.title = CELL(TITLE),
		.summary = CELL(SUMMARY),
		.language = CELL(LANGUAGE),
		.licence = CELL(LICENCE),
		.created_at = CELL(CREATED_AT),
		.modified_at = CELL(MODIFIED_AT),
		.structure = CELL(STRUCTURE),
		.source_label = CELL(SOURCE_LABEL),
		.source_url = CELL(SOURCE_URL),
		.terms = CELL(TERMS),
		.places = CELL(PLACES),
	};
}

enum err
record_settled(struct db *db, struct arena *a, struct str *ret_moment)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_RECORD_SETTLED, NULL, 0, &r);
	if (e)
		return e;
	*ret_moment = db_text(&r, 0, COL_RECORD_SETTLED_MOMENT);
	return ERR_NONE;
}

enum err
record_list(struct db *db, struct arena *a, const struct record_query *q, int64_t n, struct records *ret)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_RECORD_LIST,
	                    DB_ARGS(db_arg_texts(a, q->all, q->nall), db_arg_texts(a, q->any, q->nany), db_arg_opt(q->since), db_arg_opt(q->until),
	                            db_arg_opt(q->after_datestamp), db_arg_int(a, q->after_id), db_arg_int(a, n)),
	                    &r);
	if (e)
		return e;
	struct record *p = arena_array(a, struct record, r.nrows);
	for (size_t i = 0; i < r.nrows; i++)
		p[i] = read_row(&r, i);
	*ret = (struct records){ p, r.nrows };
	return ERR_NONE;
}

enum err
record_find(struct db *db, struct arena *a, int64_t id, struct record *ret)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_RECORD_FIND, DB_ARGS(db_arg_int(a, id)), &r);
	if (e)
		return e;
	if (r.nrows == 0)
		return ERR_NOT_FOUND;
	*ret = read_row(&r, 0);
	return ERR_NONE;
}

enum err
record_count(struct db *db, struct arena *a, const struct record_query *q, int64_t *ret_n, struct str *ret_earliest)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_RECORD_COUNT,
	                    DB_ARGS(db_arg_texts(a, q->all, q->nall), db_arg_texts(a, q->any, q->nany), db_arg_opt(q->since), db_arg_opt(q->until)), &r);
	if (e)
		return e;
	*ret_n = db_is_null(&r, 0, COL_RECORD_COUNT_N) ? -1 : db_int(&r, 0, COL_RECORD_COUNT_N);
	*ret_earliest = db_text(&r, 0, COL_RECORD_COUNT_EARLIEST);
	return ERR_NONE;
}

enum err
record_gone(struct db *db, struct arena *a, struct records *ret)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_RECORD_GONE, NULL, 0, &r);
	if (e)
		return e;
	struct record *p = arena_array(a, struct record, r.nrows);
	for (size_t i = 0; i < r.nrows; i++)
		p[i] = (struct record){ .id = db_int(&r, i, COL_RECORD_GONE_ID),
			                .datestamp = db_text(&r, i, COL_RECORD_GONE_DATESTAMP),
			                .deleted = true };
	*ret = (struct records){ p, r.nrows };
	return ERR_NONE;
}

bool
record_value(struct str *list, struct str *ret)
{
	if (list->n == 0)
		return false;
	const char *cut = memchr(list->p, RECORD_SEPARATOR, list->n);
	*ret = (struct str){ list->p, cut ? (size_t)(cut - list->p) : list->n };
	size_t step = ret->n + (cut != NULL);
	list->p += step;
	list->n -= step;
	return true;
}
