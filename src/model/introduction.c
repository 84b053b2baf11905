#include "model/introduction.h"

static struct db_arg
arg_number(struct arena *a, int64_t v) /* 0: null */
{
	return v ? db_arg_int(a, v) : DB_NULL;
}

enum err
catalyst_recipients(struct db *db, struct arena *a, int64_t catalyst, struct recipients *ret)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_CATALYST_RECIPIENTS, DB_ARGS(db_arg_int(a, catalyst)), &r);

	if (e)
		return e;
	struct recipient *p = arena_array(a, struct recipient, r.nrows);
	for (size_t i = 0; i < r.nrows; i++)
		p[i] = (struct recipient){ db_int(&r, i, COL_CATALYST_RECIPIENTS_ACCOUNT), db_text(&r, i, COL_CATALYST_RECIPIENTS_EMAIL) };
	*ret = (struct recipients){ p, r.nrows };
	return ERR_NONE;
}

enum err
introduction_open(struct db *db, struct arena *a, const struct introduction *x, int64_t *ret_id)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_INTRODUCTION_OPEN,
	                    DB_ARGS(db_arg_int(a, x->catalyst), db_arg_str(x->name), db_arg_str(x->email), db_arg_str(x->subject), db_arg_str(x->body),
	                            arg_number(a, x->territory), db_arg_str(x->need)),
	                    &r);

	if (!e)
		*ret_id = db_int(&r, 0, COL_INTRODUCTION_OPEN_ID);
	return e;
}

#define CELL(name) db_text(&r, 0, COL_INTRODUCTION_FIND_##name)

enum err
introduction_find(struct db *db, struct arena *a, int64_t id, struct introduction *ret)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_INTRODUCTION_FIND, DB_ARGS(db_arg_int(a, id)), &r);

	if (e || r.nrows == 0)
		return e ? e : err_note(ERR_NOT_FOUND, "no such introduction");
	struct introduction_words *said = arena_array(a, struct introduction_words, r.nrows);
	size_t n = 0;
	for (size_t i = 0; i < r.nrows; i++)
		if (!db_is_null(&r, i, COL_INTRODUCTION_FIND_BODY))
			said[n++] = (struct introduction_words){ str_eq(db_text(&r, i, COL_INTRODUCTION_FIND_SIDE), STR("demande")),
				                                 db_text(&r, i, COL_INTRODUCTION_FIND_BODY), db_text(&r, i, COL_INTRODUCTION_FIND_AT) };
	*ret = (struct introduction){ .id = id,
		                      .catalyst = db_int(&r, 0, COL_INTRODUCTION_FIND_CATALYST_ID),
		                      .name = CELL(NAME),
		                      .email = CELL(EMAIL),
		                      .subject = CELL(SUBJECT),
		                      .place = CELL(PLACE),
		                      .need = CELL(NEED),
		                      .made_on = CELL(MADE_ON),
		                      .closed = db_bool(&r, 0, COL_INTRODUCTION_FIND_CLOSED),
		                      .said = said,
		                      .nsaid = n };
	return ERR_NONE;
}
#undef CELL

enum err
introduction_say(struct db *db, struct arena *a, int64_t id, bool asks, int64_t account, struct str body, bool *ret_over)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_INTRODUCTION_SAY,
	                    DB_ARGS(db_arg_int(a, id), db_arg_str(asks ? STR("demande") : STR("catalyseur")), arg_number(a, account), db_arg_str(body)), &r);

	if (!e)
		*ret_over = db_text(&r, 0, COL_INTRODUCTION_SAY_OUTCOME).n > 0;
	return e;
}

enum err
introduction_close(struct db *db, struct arena *a, int64_t id)
{
	struct db_rows r;

	return db_run(db, a, QUERY_INTRODUCTION_CLOSE, DB_ARGS(db_arg_int(a, id)), &r);
}

enum err
introduction_forget(struct db *db, struct arena *a, int64_t *ret_n)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_INTRODUCTION_FORGET, NULL, 0, &r);

	*ret_n = e ? 0 : db_int(&r, 0, COL_INTRODUCTION_FORGET_GONE);
	return e;
}

enum err
introduction_counts(struct db *db, struct arena *a, struct introduction_counts *ret)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_INTRODUCTION_COUNT, NULL, 0, &r);

	if (e)
		return e;
	struct introduction_count *p = arena_array(a, struct introduction_count, r.nrows);
	for (size_t i = 0; i < r.nrows; i++)
		p[i] = (struct introduction_count){ .part = db_text(&r, i, COL_INTRODUCTION_COUNT_PART),
			                            .code = db_text(&r, i, COL_INTRODUCTION_COUNT_CODE),
			                            .name = db_text(&r, i, COL_INTRODUCTION_COUNT_NAME),
			                            .slug = db_text(&r, i, COL_INTRODUCTION_COUNT_SLUG),
			                            .n = db_int(&r, i, COL_INTRODUCTION_COUNT_N),
			                            .answered = db_int(&r, i, COL_INTRODUCTION_COUNT_ANSWERED) };
	*ret = (struct introduction_counts){ p, r.nrows };
	return ERR_NONE;
}
