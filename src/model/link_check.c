#include "model/link_check.h"

enum err
link_collect(struct db *db, struct arena *a, int64_t *ret_n)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_LINK_COLLECT, NULL, 0, &r);

	*ret_n = e ? 0 : db_int(&r, 0, COL_LINK_COLLECT_N);
	return e;
}

enum err
link_due(struct db *db, struct arena *a, int most, const struct str **ret, size_t *ret_n)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_LINK_DUE, DB_ARGS(db_arg_int(a, most)), &r);

	if (e)
		return e;
	struct str *p = arena_array(a, struct str, r.nrows + 1);
	for (size_t i = 0; i < r.nrows; i++)
		p[i] = db_text(&r, i, COL_LINK_DUE_URL);
	*ret = p;
	*ret_n = r.nrows;
	return ERR_NONE;
}

enum err
link_note(struct db *db, struct arena *a, struct str url, int status, const char *outcome, struct str moved_to, bool *ret_dead)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_LINK_NOTE,
	                    DB_ARGS(db_arg_str(url), status ? db_arg_int(a, status) : DB_NULL, db_arg_str(str_of(outcome)), db_arg_opt(moved_to)), &r);

	*ret_dead = !e && r.nrows && db_bool(&r, 0, COL_LINK_NOTE_DEAD);
	return e;
}

enum err
link_counts(struct db *db, struct arena *a, struct link_counts *ret)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_LINK_COUNTS, NULL, 0, &r);

	if (!e)
		*ret = (struct link_counts){ .total = db_int(&r, 0, COL_LINK_COUNTS_TOTAL),
			                     .due = db_int(&r, 0, COL_LINK_COUNTS_DUE),
			                     .asked = db_int(&r, 0, COL_LINK_COUNTS_ASKED),
			                     .moved = db_int(&r, 0, COL_LINK_COUNTS_MOVED),
			                     .failing = db_int(&r, 0, COL_LINK_COUNTS_FAILING),
			                     .dead = db_int(&r, 0, COL_LINK_COUNTS_DEAD) };
	return e;
}

enum err
link_failing(struct db *db, struct arena *a, int most, const struct failing_link **ret, size_t *ret_n)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_LINK_LIST, DB_ARGS(db_arg_int(a, most)), &r);

	if (e)
		return e;
	struct failing_link *p = arena_array(a, struct failing_link, r.nrows + 1);
	for (size_t i = 0; i < r.nrows; i++)
		p[i] = (struct failing_link){ .url = db_text(&r, i, COL_LINK_LIST_URL),
			                      .outcome = db_text(&r, i, COL_LINK_LIST_OUTCOME),
			                      .first_failure_on = db_text(&r, i, COL_LINK_LIST_FIRST_FAILURE_ON),
			                      .checked_at = db_text(&r, i, COL_LINK_LIST_CHECKED_AT),
			                      .title = db_text(&r, i, COL_LINK_LIST_TITLE),
			                      .slug = db_text(&r, i, COL_LINK_LIST_SLUG),
			                      .type = db_text(&r, i, COL_LINK_LIST_TYPE),
			                      .status = db_int(&r, i, COL_LINK_LIST_STATUS),
			                      .failures = db_int(&r, i, COL_LINK_LIST_FAILURES),
			                      .sheet_id = db_int(&r, i, COL_LINK_LIST_SHEET_ID) };
	*ret = p;
	*ret_n = r.nrows;
	return ERR_NONE;
}
