#include "model/parcours_progress.h"

enum err
parcours_progress_find(struct db *db, struct arena *a, int64_t account, struct str slug, struct strs *ret)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_PARCOURS_PROGRESS_FIND, DB_ARGS(db_arg_int(a, account), db_arg_str(slug)), &r);

	if (e || r.nrows == 0)
		return e ? e : ERR_NOT_FOUND;
	struct str s = db_text(&r, 0, COL_PARCOURS_PROGRESS_FIND_DONE);
	struct str *p = arena_array(a, struct str, s.n / 2 + 1);
	size_t n = 0;
	for (size_t from = 0, i = 0; i <= s.n; i++)
		if (i == s.n || s.p[i] == ' ') {
			if (i > from)
				p[n++] = (struct str){ s.p + from, i - from };
			from = i + 1;
		}
	*ret = (struct strs){ p, n };
	return ERR_NONE;
}

enum err
parcours_progress_put(struct db *db, struct arena *a, int64_t account, struct str slug, struct strs steps, bool only)
{
	struct db_rows r;

	return db_run(db, a, QUERY_PARCOURS_PROGRESS_PUT, DB_ARGS(db_arg_int(a, account), db_arg_str(slug), db_arg_texts(a, steps.p, steps.n), db_arg_bool(only)), &r);
}

enum err
parcours_progress_list(struct db *db, struct arena *a, int64_t account, struct parcours_begun_list *ret)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_PARCOURS_PROGRESS_LIST, DB_ARGS(db_arg_int(a, account)), &r);

	if (e)
		return e;
	struct parcours_begun *p = arena_array(a, struct parcours_begun, r.nrows + 1);
	for (size_t i = 0; i < r.nrows; i++)
		p[i] = (struct parcours_begun){ .slug = db_text(&r, i, COL_PARCOURS_PROGRESS_LIST_SLUG),
			                        .title = db_text(&r, i, COL_PARCOURS_PROGRESS_LIST_TITLE),
			                        .done_on = db_text(&r, i, COL_PARCOURS_PROGRESS_LIST_DONE_ON),
			                        .next_code = db_text(&r, i, COL_PARCOURS_PROGRESS_LIST_NEXT_CODE),
			                        .next_title = db_text(&r, i, COL_PARCOURS_PROGRESS_LIST_NEXT_TITLE),
			                        .next_since = db_int(&r, i, COL_PARCOURS_PROGRESS_LIST_NEXT_SINCE),
			                        .done = db_int(&r, i, COL_PARCOURS_PROGRESS_LIST_DONE),
			                        .total = db_int(&r, i, COL_PARCOURS_PROGRESS_LIST_TOTAL) };
	*ret = (struct parcours_begun_list){ p, r.nrows };
	return ERR_NONE;
}
