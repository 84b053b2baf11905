#include "model/freshness.h"

enum err
freshness_due(struct db *db, struct arena *a, int months, int most, struct stale_sheets *ret)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_FRESHNESS_DUE, DB_ARGS(db_arg_int(a, months), db_arg_int(a, most)), &r);

	if (e)
		return e;
	struct stale_sheet *p = arena_array(a, struct stale_sheet, r.nrows);
	for (size_t i = 0; i < r.nrows; i++)
		p[i] = (struct stale_sheet){ .id = db_int(&r, i, COL_FRESHNESS_DUE_SHEET_ID),
			                     .due = db_text(&r, i, COL_FRESHNESS_DUE_DUE),
			                     .title = db_text(&r, i, COL_FRESHNESS_DUE_TITLE),
			                     .slug = db_text(&r, i, COL_FRESHNESS_DUE_SLUG),
			                     .since = db_text(&r, i, COL_FRESHNESS_DUE_SINCE),
			                     .dead_links = db_text(&r, i, COL_FRESHNESS_DUE_DEAD_LINKS) };
	*ret = (struct stale_sheets){ p, r.nrows };
	return ERR_NONE;
}

enum err
freshness_take(struct db *db, struct arena *a, const struct stale_sheet *s, bool *ret)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_FRESHNESS_TAKE, DB_ARGS(db_arg_int(a, s->id), db_arg_str(s->due), db_arg_str(s->since)), &r);

	*ret = !e && r.nrows > 0;
	return e;
}

enum err
freshness_note(struct db *db, struct arena *a, int64_t sheet, struct str due)
{
	struct db_rows r;

	return db_run(db, a, QUERY_FRESHNESS_NOTE, DB_ARGS(db_arg_int(a, sheet), db_arg_str(due)), &r);
}

enum err
freshness_answer(struct db *db, struct arena *a, int64_t actor, int64_t sheet, struct str act, struct str why, struct str *ret)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_FRESHNESS_ANSWER, DB_ARGS(db_arg_int(a, actor), db_arg_int(a, sheet), db_arg_str(act), db_arg_str(why)), &r);

	if (!e)
		*ret = db_text(&r, 0, COL_FRESHNESS_ANSWER_FAULT);
	return e;
}

enum err
follow_forget(struct db *db, struct arena *a, int64_t *ret_n)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_FOLLOW_FORGET, NULL, 0, &r);

	*ret_n = e ? 0 : db_int(&r, 0, COL_FOLLOW_FORGET_WIPED);
	return e;
}

enum err
expired_forget(struct db *db, struct arena *a, int64_t *ret_n)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_EXPIRED_FORGET, NULL, 0, &r);

	*ret_n = e ? 0 : db_int(&r, 0, COL_EXPIRED_FORGET_GONE);
	return e;
}
