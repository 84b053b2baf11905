#include "model/event_admin.h"
#include "text/json_out.h"

enum err
event_save(struct db *db, struct arena *a, int64_t actor, const struct event_draft *d, struct str *ret_why, int64_t *ret_id, bool *ret_told)
{
	const struct {
		const char *key;
		struct str value;
	} given[] = { { "title", d->title },       { "summary", d->summary }, { "slug", d->slug },           { "series", d->series },       { "starts_on", d->starts_on },
		      { "known", d->known },       { "ends_on", d->ends_on }, { "hour", d->hour },           { "end_hour", d->end_hour },   { "timezone", d->timezone },
		      { "mode", d->mode },         { "place", d->place },     { "territory", d->territory }, { "url", d->url },             { "note", d->note },
		      { "registration", d->registration }, { "until", d->until }, { "seats_site", d->seats_site }, { "seats_remote", d->seats_remote }, { "link", d->room },
		      { "how", d->how } };
	struct db_rows r;
	struct buf b;

	buf_init(&b, a, 1024);
	struct json_out j = json_out(&b);
	json_begin_object(&j);
	for (size_t i = 0; i < sizeof(given) / sizeof(*given); i++) {
		json_key(&j, given[i].key);
		json_str_or_null(&j, given[i].value);
	}
	json_end(&j);
	enum err e = db_run(db, a, QUERY_EVENT_SAVE, DB_ARGS(db_arg_int(a, actor), d->id ? db_arg_int(a, d->id) : DB_NULL, db_arg_str(buf_str(&b))), &r);
	if (e)
		return e;
	*ret_why = db_text(&r, 0, COL_EVENT_SAVE_WHY);
	*ret_id = db_int(&r, 0, COL_EVENT_SAVE_ID);
	*ret_told = db_bool(&r, 0, COL_EVENT_SAVE_TOLD);
	return ERR_NONE;
}

enum err
event_decide(struct db *db, struct arena *a, int64_t actor, int64_t id, struct str act, struct str reason, struct str *ret_why)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_EVENT_DECIDE, DB_ARGS(db_arg_int(a, actor), db_arg_int(a, id), db_arg_str(act), db_arg_str(reason)), &r);

	if (!e)
		*ret_why = db_text(&r, 0, COL_EVENT_DECIDE_OUTCOME);
	return e;
}

enum err
event_join(struct db *db, struct arena *a, int64_t actor, int64_t id, const char *act, struct str what, struct str given, struct str *ret_why)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_EVENT_JOIN,
	                    DB_ARGS(db_arg_int(a, actor), db_arg_int(a, id), db_arg_str(str_of(act)), db_arg_str(what), db_arg_str(given)), &r);

	if (!e)
		*ret_why = db_text(&r, 0, COL_EVENT_JOIN_OUTCOME);
	return e;
}

enum err
event_series_save(struct db *db, struct arena *a, int64_t actor, int64_t id, struct str act, struct str name, struct str summary, struct str *ret_why)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_EVENT_SERIES_SAVE,
	                    DB_ARGS(db_arg_int(a, actor), db_arg_int(a, id), db_arg_str(act), db_arg_str(name), db_arg_str(summary)), &r);

	if (!e)
		*ret_why = db_text(&r, 0, COL_EVENT_SERIES_SAVE_OUTCOME);
	return e;
}

enum err
event_admin_find(struct db *db, struct arena *a, int64_t id, struct event_admin *ret)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_EVENT_ADMIN, DB_ARGS(db_arg_int(a, id)), &r);

	if (e || r.nrows == 0)
		return e ? e : err_note(ERR_NOT_FOUND, "no such event");
	*ret = (struct event_admin){ db_text(&r, 0, COL_EVENT_ADMIN_ADDRESS), db_text(&r, 0, COL_EVENT_ADMIN_SLUG), db_text(&r, 0, COL_EVENT_ADMIN_ROOM),
		                     db_text(&r, 0, COL_EVENT_ADMIN_HOW), db_text(&r, 0, COL_EVENT_ADMIN_UNTIL), db_text(&r, 0, COL_EVENT_ADMIN_PLACE_KEY),
		                     db_int(&r, 0, COL_EVENT_ADMIN_SEATS_SITE), db_int(&r, 0, COL_EVENT_ADMIN_SEATS_REMOTE), db_int(&r, 0, COL_EVENT_ADMIN_SEATED),
		                     db_int(&r, 0, COL_EVENT_ADMIN_WAITING) };
	return ERR_NONE;
}

#define CELL(name) db_text(&r, i, COL_EVENT_ADMIN_LIST_##name)

enum err
event_admin_list(struct db *db, struct arena *a, int64_t start, int64_t size, struct event_admin_rows *ret)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_EVENT_ADMIN_LIST, DB_ARGS(db_arg_int(a, size), db_arg_int(a, start)), &r);

	if (e)
		return e;
	struct event_admin_row *p = arena_array(a, struct event_admin_row, r.nrows);
	*ret = (struct event_admin_rows){ p, r.nrows, 0 };
	for (size_t i = 0; i < r.nrows; i++) {
		p[i] = (struct event_admin_row){ str_eq(CELL(PART), STR("serie")), db_int(&r, i, COL_EVENT_ADMIN_LIST_ID), db_int(&r, i, COL_EVENT_ADMIN_LIST_SEATED),
			                         db_int(&r, i, COL_EVENT_ADMIN_LIST_WAITING), CELL(ADDRESS), CELL(TITLE), CELL(SERIES), CELL(DAY), CELL(DATE_KNOWN), CELL(STATUS),
			                         CELL(REGISTRATION), db_bool(&r, i, COL_EVENT_ADMIN_LIST_OVER) };
		if (!p[i].series)
			ret->total = db_int(&r, i, COL_EVENT_ADMIN_LIST_TOTAL);
	}
	return ERR_NONE;
}
