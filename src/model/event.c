#include "model/event.h"

/* The columns of event_list and event_find that make an event have the same names, in the same order. */
#define EVENT_OF(Q)                                                                                                    \
	{                                                                                                              \
		.id = db_int(r, i, COL_##Q##_ID), .sequence = db_int(r, i, COL_##Q##_SEQUENCE),                        \
		.ref = db_text(r, i, COL_##Q##_REF), .uid = db_text(r, i, COL_##Q##_UID),                              \
		.address = db_text(r, i, COL_##Q##_ADDRESS), .title = db_text(r, i, COL_##Q##_TITLE),                  \
		.summary = db_text(r, i, COL_##Q##_SUMMARY), .series_code = db_text(r, i, COL_##Q##_SERIES_CODE),      \
		.series = db_text(r, i, COL_##Q##_SERIES_NAME), .starts_on = db_text(r, i, COL_##Q##_STARTS_ON),       \
		.known = db_text(r, i, COL_##Q##_DATE_KNOWN), .ends_on = db_text(r, i, COL_##Q##_ENDS_ON),             \
		.starts_at = db_text(r, i, COL_##Q##_STARTS_AT), .ends_at = db_text(r, i, COL_##Q##_ENDS_AT),          \
		.timezone = db_text(r, i, COL_##Q##_TIMEZONE), .start_local = db_text(r, i, COL_##Q##_START_LOCAL),    \
		.end_local = db_text(r, i, COL_##Q##_END_LOCAL), .start_paris = db_text(r, i, COL_##Q##_START_PARIS),  \
		.start_reunion = db_text(r, i, COL_##Q##_START_REUNION), .place = db_text(r, i, COL_##Q##_PLACE),      \
		.where = { db_text(r, i, COL_##Q##_PLACE_TYPE), db_text(r, i, COL_##Q##_PLACE_CODE),                   \
			   db_text(r, i, COL_##Q##_PLACE_SLUG), db_text(r, i, COL_##Q##_PLACE_NAME),                   \
			   db_text(r, i, COL_##Q##_PLACE_STONE) },                                                     \
		.mode = db_text(r, i, COL_##Q##_MODE), .status = db_text(r, i, COL_##Q##_STATUS),                      \
		.url = db_text(r, i, COL_##Q##_URL), .change_note = db_text(r, i, COL_##Q##_CHANGE_NOTE),              \
		.moved_from = db_text(r, i, COL_##Q##_MOVED_FROM),                                                     \
		.moved_from_local = db_text(r, i, COL_##Q##_MOVED_FROM_LOCAL),                                         \
		.registration = db_text(r, i, COL_##Q##_REGISTRATION),                                                 \
		.registration_until = db_text(r, i, COL_##Q##_REGISTRATION_UNTIL),                                     \
		.registers = db_bool(r, i, COL_##Q##_REGISTERS), .created_at = db_text(r, i, COL_##Q##_CREATED_AT),    \
		.modified_at = db_text(r, i, COL_##Q##_MODIFIED_AT),                                                   \
		.source_label = db_text(r, i, COL_##Q##_SOURCE_LABEL),                                                 \
		.source_url = db_text(r, i, COL_##Q##_SOURCE_URL), .origin = db_text(r, i, COL_##Q##_ORIGIN),          \
		.over = db_bool(r, i, COL_##Q##_OVER), .live = db_bool(r, i, COL_##Q##_LIVE),                          \
		.replay_url = db_text(r, i, COL_##Q##_REPLAY_URL), .documents = db_int(r, i, COL_##Q##_DOCUMENTS),     \
	}

enum err
event_search(struct db *db, struct arena *a, const struct event_query *q, struct event_list *ret)
{
	struct db_rows rows, *r = &rows;
	enum err e = db_run(db, a, QUERY_EVENT_LIST,
	                    DB_ARGS(db_arg_opt(q->q), list_query_texts(a, q->series), list_query_texts(a, q->territoires), list_query_texts(a, q->themes),
	                            list_query_texts(a, q->odds), list_query_texts(a, q->pratiques), list_query_texts(a, q->parcours),
	                            list_query_texts(a, q->modes), list_query_texts(a, q->periodes), list_query_texts(a, q->annees),
	                            db_arg_int(a, q->taille), db_arg_int(a, q->debut)),
	                    r);

	if (e)
		return e;
	struct facet_count *facets = arena_array(a, struct facet_count, rows.nrows);
	struct event *p = arena_array(a, struct event, rows.nrows);
	struct event_list list = { .p = p };
	for (size_t i = 0; i < rows.nrows; i++) {
		if (str_eq(db_text(r, i, COL_EVENT_LIST_PART), STR("facette")))
			facet_counts_add(&list.facets, facets,
			                 (struct facet_count){ .facet = db_text(r, i, COL_EVENT_LIST_FACET), .code = db_text(r, i, COL_EVENT_LIST_CODE),
			                                       .label = db_text(r, i, COL_EVENT_LIST_LABEL), .n = db_int(r, i, COL_EVENT_LIST_N) });
		else
			p[list.n++] = (struct event)EVENT_OF(EVENT_LIST);
	}
	*ret = list;
	return ERR_NONE;
}

enum err
event_find(struct db *db, struct arena *a, struct str address, struct event *ret)
{
	struct db_rows rows, *r = &rows;
	enum err e = db_run(db, a, QUERY_EVENT_FIND, DB_ARGS(db_arg_str(address)), r);
	const size_t i = 0;

	if (e || rows.nrows == 0)
		return e ? e : err_note(ERR_NOT_FOUND, "no event has this address");
	*ret = (struct event)EVENT_OF(EVENT_FIND);
	return ERR_NONE;
}

#define CELL(name) db_text(&r, i, COL_EVENT_PARTS_##name)

enum err
event_parts(struct db *db, struct arena *a, int64_t id, struct event_parts *ret)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_EVENT_PARTS, DB_ARGS(db_arg_int(a, id)), &r);

	if (e)
		return e;
	struct event_part *p = arena_array(a, struct event_part, r.nrows);
	for (size_t i = 0; i < r.nrows; i++)
		p[i] = (struct event_part){ CELL(PART), CELL(KIND), CELL(CODE), CELL(SLUG), CELL(LABEL), CELL(URL), CELL(NOTE), db_int(&r, i, COL_EVENT_PARTS_N),
			                    db_int(&r, i, COL_EVENT_PARTS_TAKEN), db_int(&r, i, COL_EVENT_PARTS_WAITING), !db_is_null(&r, i, COL_EVENT_PARTS_N) };
	*ret = (struct event_parts){ p, r.nrows };
	return ERR_NONE;
}
#undef CELL

struct str
event_day(const struct event *e)
{
	size_t n = str_eq(e->known, STR("annee")) ? 4 : str_eq(e->known, STR("mois")) ? 7 : 10;

	return (struct str){ e->starts_on.p, e->starts_on.n < n ? e->starts_on.n : n };
}

struct str
event_clock(struct arena *a, struct str local)
{
	return local.n < 13 ? STR_NONE : arena_fmt(a, "%.2s:%.2s", local.p + 9, local.p + 11);
}
