#include "model/registration.h"

#define REGISTRATION_OF(Q)                                                                                             \
	{                                                                                                              \
		.id = db_int(&r, i, COL_##Q##_ID), .event_id = db_int(&r, i, COL_##Q##_EVENT_ID), .wait = db_int(&r, i, COL_##Q##_WAIT), \
		.lasts_s = (int)db_int(&r, i, COL_##Q##_LASTS_S), .address = db_text(&r, i, COL_##Q##_ADDRESS),        \
		.name = db_text(&r, i, COL_##Q##_NAME), .email = db_text(&r, i, COL_##Q##_EMAIL),                      \
		.mode = db_text(&r, i, COL_##Q##_MODE), .state = db_text(&r, i, COL_##Q##_STATE),                      \
		.place = db_text(&r, i, COL_##Q##_PLACE), .confirmed_at = db_text(&r, i, COL_##Q##_CONFIRMED_AT),      \
		.room = db_text(&r, i, COL_##Q##_ROOM), .how = db_text(&r, i, COL_##Q##_HOW),                          \
	}

enum err
registration_find(struct db *db, struct arena *a, int64_t id, int64_t event, struct str email, struct registration *ret)
{
	struct db_rows r;
	const size_t i = 0;
	enum err e = db_run(db, a, QUERY_REGISTRATION_FIND, DB_ARGS(id ? db_arg_int(a, id) : DB_NULL, db_arg_int(a, event), db_arg_opt(email)), &r);

	if (e || r.nrows == 0)
		return e ? e : err_note(ERR_NOT_FOUND, "nobody is registered so");
	*ret = (struct registration)REGISTRATION_OF(REGISTRATION_FIND);
	return ERR_NONE;
}

enum err
registration_list(struct db *db, struct arena *a, int64_t event, struct registrations *ret)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_REGISTRATION_LIST, DB_ARGS(db_arg_int(a, event)), &r);

	if (e)
		return e;
	struct registration *p = arena_array(a, struct registration, r.nrows);
	for (size_t i = 0; i < r.nrows; i++)
		p[i] = (struct registration)REGISTRATION_OF(REGISTRATION_LIST);
	*ret = (struct registrations){ p, r.nrows };
	return ERR_NONE;
}

enum err
registration_confirm(struct db *db, struct arena *a, const struct registration *g, int64_t territory, int64_t *ret_id, struct str *ret_outcome)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_REGISTRATION_CONFIRM,
	                    DB_ARGS(db_arg_int(a, g->event_id), db_arg_str(g->name), db_arg_str(g->email), db_arg_str(g->mode), territory ? db_arg_int(a, territory) : DB_NULL), &r);

	if (e)
		return e;
	*ret_id = db_int(&r, 0, COL_REGISTRATION_CONFIRM_ID);
	*ret_outcome = db_text(&r, 0, COL_REGISTRATION_CONFIRM_OUTCOME);
	return ERR_NONE;
}

enum err
registration_cancel(struct db *db, struct arena *a, int64_t id, struct str *ret_outcome)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_REGISTRATION_CANCEL, DB_ARGS(db_arg_int(a, id)), &r);

	if (!e)
		*ret_outcome = db_text(&r, 0, COL_REGISTRATION_CANCEL_OUTCOME);
	return e;
}

static void
numbers(struct arena *a, const struct db_rows *r, const int64_t **ret, size_t *ret_n)
{
	int64_t *p = arena_array(a, int64_t, r->nrows + 1);

	for (size_t i = 0; i < r->nrows; i++)
		p[i] = db_int(r, i, 0);
	*ret = p;
	*ret_n = r->nrows;
}

enum err
registration_promote(struct db *db, struct arena *a, int64_t event, const int64_t **ret_ids, size_t *ret_n)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_REGISTRATION_PROMOTE, DB_ARGS(db_arg_int(a, event)), &r);

	if (!e)
		numbers(a, &r, ret_ids, ret_n);
	return e;
}

enum err
registration_told(struct db *db, struct arena *a, int64_t id)
{
	return db_run(db, a, QUERY_REGISTRATION_TOLD, DB_ARGS(db_arg_int(a, id)), NULL);
}

enum err
registration_due(struct db *db, struct arena *a, int most, const struct registration_due **ret, size_t *ret_n)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_REGISTRATION_DUE, DB_ARGS(db_arg_int(a, most)), &r);

	if (e)
		return e;
	struct registration_due *p = arena_array(a, struct registration_due, r.nrows + 1);
	for (size_t i = 0; i < r.nrows; i++)
		p[i] = (struct registration_due){ db_int(&r, i, COL_REGISTRATION_DUE_ID), str_eq(db_text(&r, i, COL_REGISTRATION_DUE_WHICH), STR("heure")) };
	*ret = p;
	*ret_n = r.nrows;
	return ERR_NONE;
}

enum err
registration_waiting(struct db *db, struct arena *a, const int64_t **ret_events, size_t *ret_n)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_REGISTRATION_WAITING, NULL, 0, &r);

	if (!e)
		numbers(a, &r, ret_events, ret_n);
	return e;
}

enum err
registration_forget(struct db *db, struct arena *a, int days, int64_t *ret_n)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_REGISTRATION_FORGET, DB_ARGS(db_arg_int(a, days)), &r);

	if (!e)
		*ret_n = db_int(&r, 0, COL_REGISTRATION_FORGET_N);
	return e;
}
