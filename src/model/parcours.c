#include "model/parcours.h"

const int PARCOURS_HOURS[PARCOURS_LENGTHS] = { 2, 4, 12 };

enum err
parcours_list(struct db *db, struct arena *a, int64_t offset, int64_t size, struct parcours_cards *ret)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_PARCOURS_LIST, DB_ARGS(db_arg_int(a, offset), db_arg_int(a, size)), &r);

	if (e)
		return e;
	if (r.nrows == 0 && offset > 0) { /* beyond the last page: how many there are is said all the same */
		e = parcours_list(db, a, 0, 1, ret);
		ret->n = 0;
		return e;
	}
#define TEXT(name) db_text(&r, i, COL_PARCOURS_LIST_##name)
#define INT(name) db_int(&r, i, COL_PARCOURS_LIST_##name)
	struct parcours_card *p = arena_array(a, struct parcours_card, r.nrows + 1);
	for (size_t i = 0; i < r.nrows; i++)
		p[i] = (struct parcours_card){ .slug = TEXT(SLUG),
			                       .title = TEXT(TITLE),
			                       .situation = TEXT(SITUATION),
			                       .summary = TEXT(SUMMARY),
			                       .origin = TEXT(ORIGIN),
			                       .term = TEXT(TERM),
			                       .author = TEXT(AUTHOR),
			                       .signed_by = db_bool(&r, i, COL_PARCOURS_LIST_SIGNED),
			                       .modified_at = TEXT(MODIFIED_AT),
			                       .steps = { INT(STEPS_2), INT(STEPS_4), INT(STEPS_12) },
			                       .minutes = { INT(MINUTES_2), INT(MINUTES_4), INT(MINUTES_12) } };
	*ret = (struct parcours_cards){ p, r.nrows, r.nrows ? db_int(&r, 0, COL_PARCOURS_LIST_TOTAL) : 0 };
#undef TEXT
#undef INT
	return ERR_NONE;
}

enum err
parcours_find(struct db *db, struct arena *a, struct str slug, struct parcours *ret)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_PARCOURS_FIND, DB_ARGS(db_arg_str(slug)), &r);

	if (e || r.nrows == 0)
		return e ? e : ERR_NOT_FOUND;
#define TEXT(i, name) db_text(&r, i, COL_PARCOURS_FIND_##name)
	struct parcours_step *p = arena_array(a, struct parcours_step, r.nrows);
	*ret = (struct parcours){ .slug = TEXT(0, SLUG),
		                  .title = TEXT(0, TITLE),
		                  .situation = TEXT(0, SITUATION),
		                  .summary = TEXT(0, SUMMARY),
		                  .audience = TEXT(0, AUDIENCE),
		                  .aims = TEXT(0, AIMS),
		                  .origin = TEXT(0, ORIGIN),
		                  .source_label = TEXT(0, SOURCE_LABEL),
		                  .source_url = TEXT(0, SOURCE_URL),
		                  .state = TEXT(0, STATE),
		                  .withdrawn_on = TEXT(0, WITHDRAWN_ON),
		                  .withdrawn_reason = TEXT(0, WITHDRAWN_REASON),
		                  .term = TEXT(0, TERM),
		                  .author = TEXT(0, AUTHOR),
		                  .signed_by = db_bool(&r, 0, COL_PARCOURS_FIND_SIGNED),
		                  .published_on = TEXT(0, PUBLISHED_ON),
		                  .modified_at = TEXT(0, MODIFIED_AT),
		                  .steps = p };
	for (size_t i = 0; i < r.nrows && TEXT(i, CODE).n; i++)
		p[ret->n++] = (struct parcours_step){ .code = TEXT(i, CODE),
			                              .kind = TEXT(i, KIND),
			                              .title = TEXT(i, STEP_TITLE),
			                              .body = TEXT(i, BODY),
			                              .minutes = db_int(&r, i, COL_PARCOURS_FIND_MINUTES),
			                              .since = db_int(&r, i, COL_PARCOURS_FIND_SINCE),
			                              .gone = db_bool(&r, i, COL_PARCOURS_FIND_GONE),
			                              .sheet_id = db_int(&r, i, COL_PARCOURS_FIND_SHEET_ID),
			                              .sheet_type = TEXT(i, SHEET_TYPE),
			                              .sheet_slug = TEXT(i, SHEET_SLUG),
			                              .sheet_title = TEXT(i, SHEET_TITLE),
			                              .sheet_summary = TEXT(i, SHEET_SUMMARY),
			                              .event_ref = TEXT(i, EVENT_REF),
			                              .event_address = TEXT(i, EVENT_ADDRESS),
			                              .event_title = TEXT(i, EVENT_TITLE),
			                              .event_day = TEXT(i, EVENT_DAY),
			                              .event_summary = TEXT(i, EVENT_SUMMARY),
			                              .event_replay = TEXT(i, EVENT_REPLAY) };
#undef TEXT
	return ERR_NONE;
}
