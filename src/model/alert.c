#include "model/alert.h"

enum err
watch_hold(struct db *db, struct arena *a, struct str query, struct watch *ret)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_WATCH_HOLD, DB_ARGS(db_arg_str(query)), &r);

	if (!e)
		*ret = (struct watch){ db_int(&r, 0, COL_WATCH_HOLD_ID), db_int(&r, 0, COL_WATCH_HOLD_TURN), db_text(&r, 0, COL_WATCH_HOLD_LOOKED_ON) };
	return e;
}

enum err
watch_look(struct db *db, struct arena *a, int64_t watch, const struct watch_items *x, int64_t *ret_turn)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_WATCH_LOOK,
	                    DB_ARGS(db_arg_int(a, watch), db_arg_texts(a, x->kinds, x->n), db_arg_ints(a, x->ids, x->n), db_arg_texts(a, x->stamps, x->n),
	                            db_arg_texts(a, x->titles, x->n), db_arg_texts(a, x->paths, x->n), db_arg_bool(x->whole)),
	                    &r);

	if (!e)
		*ret_turn = db_int(&r, 0, COL_WATCH_LOOK_TURN);
	return e;
}

enum err
watch_due(struct db *db, struct arena *a, const struct watch_due **ret, size_t *ret_n)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_WATCH_DUE, NULL, 0, &r);

	if (e)
		return e;
	struct watch_due *p = arena_array(a, struct watch_due, r.nrows);
	for (size_t i = 0; i < r.nrows; i++)
		p[i] = (struct watch_due){ db_int(&r, i, COL_WATCH_DUE_ID), db_int(&r, i, COL_WATCH_DUE_FOLLOWERS), db_text(&r, i, COL_WATCH_DUE_QUERY) };
	*ret = p;
	*ret_n = r.nrows;
	return ERR_NONE;
}

enum err
watch_forget(struct db *db, struct arena *a, int64_t *ret_n)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_WATCH_FORGET, NULL, 0, &r);

	if (!e)
		*ret_n = db_int(&r, 0, COL_WATCH_FORGET_N);
	return e;
}

enum err
alert_put(struct db *db, struct arena *a, struct str email, int64_t watch, struct str label, struct str rhythm, int64_t turn, bool empty,
          int64_t *ret_follower)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_ALERT_PUT,
	                    DB_ARGS(db_arg_str(email), db_arg_int(a, watch), db_arg_str(label), db_arg_str(rhythm), db_arg_int(a, turn), db_arg_bool(empty)), &r);

	if (!e)
		*ret_follower = db_int(&r, 0, COL_ALERT_PUT_FOLLOWER);
	return e;
}

enum err
alert_news(struct db *db, struct arena *a, int64_t watch, int64_t most, const struct alert_new **ret, size_t *ret_n)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_ALERT_NEWS, DB_ARGS(db_arg_int(a, watch), db_arg_int(a, most)), &r);

	if (e)
		return e;
	struct alert_new *p = arena_array(a, struct alert_new, r.nrows);
	for (size_t i = 0; i < r.nrows; i++)
		p[i] = (struct alert_new){
			.alert = db_int(&r, i, COL_ALERT_NEWS_ALERT),
			.follower = db_int(&r, i, COL_ALERT_NEWS_FOLLOWER),
			.email = db_text(&r, i, COL_ALERT_NEWS_EMAIL),
			.label = db_text(&r, i, COL_ALERT_NEWS_LABEL),
			.rhythm = db_text(&r, i, COL_ALERT_NEWS_RHYTHM),
			.empty = db_bool(&r, i, COL_ALERT_NEWS_EMPTY),
			.title = db_text(&r, i, COL_ALERT_NEWS_TITLE),
			.path = db_text(&r, i, COL_ALERT_NEWS_PATH),
			.fresh = db_bool(&r, i, COL_ALERT_NEWS_FRESH),
			.total = db_int(&r, i, COL_ALERT_NEWS_TOTAL),
			.fresh_total = db_int(&r, i, COL_ALERT_NEWS_FRESH_TOTAL),
		};
	*ret = p;
	*ret_n = r.nrows;
	return ERR_NONE;
}

enum err
alert_told(struct db *db, struct arena *a, int64_t alert, int64_t turn, int64_t outbox)
{
	struct db_rows r;

	return db_run(db, a, QUERY_ALERT_TOLD, DB_ARGS(db_arg_int(a, alert), db_arg_int(a, turn), outbox ? db_arg_int(a, outbox) : DB_NULL), &r);
}

enum err
alert_list(struct db *db, struct arena *a, int64_t follower, struct alerts *ret)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_ALERT_LIST, DB_ARGS(db_arg_int(a, follower)), &r);

	if (e)
		return e;
	if (r.nrows == 0)
		return ERR_NOT_FOUND;
	struct alert *p = arena_array(a, struct alert, r.nrows);
	size_t n = 0;
	for (size_t i = 0; i < r.nrows; i++)
		if (!db_is_null(&r, i, COL_ALERT_LIST_ID))
			p[n++] = (struct alert){ .id = db_int(&r, i, COL_ALERT_LIST_ID),
				                 .total = db_int(&r, i, COL_ALERT_LIST_TOTAL),
				                 .label = db_text(&r, i, COL_ALERT_LIST_LABEL),
				                 .query = db_text(&r, i, COL_ALERT_LIST_QUERY),
				                 .rhythm = db_text(&r, i, COL_ALERT_LIST_RHYTHM),
				                 .since = db_text(&r, i, COL_ALERT_LIST_SINCE),
				                 .told_on = db_text(&r, i, COL_ALERT_LIST_TOLD_ON),
				                 .paused = db_bool(&r, i, COL_ALERT_LIST_PAUSED) };
	*ret = (struct alerts){ db_text(&r, 0, COL_ALERT_LIST_EMAIL), p, n };
	return ERR_NONE;
}

enum err
alert_set(struct db *db, struct arena *a, int64_t follower, int64_t alert, int paused, struct str rhythm)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_ALERT_SET,
	                    DB_ARGS(db_arg_int(a, follower), db_arg_int(a, alert), paused < 0 ? DB_NULL : db_arg_bool(paused), db_arg_opt(rhythm)), &r);

	return e ? e : r.nrows == 0 ? ERR_NOT_FOUND : ERR_NONE;
}

enum err
alert_end(struct db *db, struct arena *a, int64_t follower, int64_t alert, bool *ret_gone)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_ALERT_END, DB_ARGS(db_arg_int(a, follower), alert ? db_arg_int(a, alert) : DB_NULL), &r);

	if (!e)
		*ret_gone = db_bool(&r, 0, COL_ALERT_END_GONE);
	return e;
}

enum err
follower_find(struct db *db, struct arena *a, struct str email, int64_t *ret)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_FOLLOWER_FIND, DB_ARGS(db_arg_str(email)), &r);

	if (!e)
		*ret = r.nrows ? db_int(&r, 0, COL_FOLLOWER_FIND_ID) : 0;
	return e;
}
