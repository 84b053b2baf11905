#include "model/parcours_work.h"
#include "text/json_out.h"

static int64_t
number(struct str s)
{
	int64_t v = 0;

	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] < '0' || s.p[i] > '9' || i > 8)
			return 0;
		v = v * 10 + (s.p[i] - '0');
	}
	return v;
}

enum err
parcours_work_find(struct db *db, struct arena *a, int64_t actor, int64_t id, struct parcours_work *ret)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_PARCOURS_WORK_FIND, DB_ARGS(db_arg_int(a, actor), db_arg_int(a, id)), &r);

	if (e || r.nrows == 0)
		return e ? e : ERR_NOT_FOUND;
#define TEXT(i, name) db_text(&r, i, COL_PARCOURS_WORK_FIND_##name)
	struct parcours_draft_step *p = arena_array(a, struct parcours_draft_step, r.nrows + PARCOURS_STEPS_MAX);
	*ret = (struct parcours_work){ .id = db_int(&r, 0, COL_PARCOURS_WORK_FIND_ID),
		                       .rev = db_int(&r, 0, COL_PARCOURS_WORK_FIND_REV),
		                       .author_id = db_int(&r, 0, COL_PARCOURS_WORK_FIND_AUTHOR_ID),
		                       .state = TEXT(0, STATE),
		                       .reason = TEXT(0, REASON),
		                       .slug = TEXT(0, SLUG),
		                       .author = TEXT(0, AUTHOR),
		                       .acts = TEXT(0, ACTS),
		                       .online = db_bool(&r, 0, COL_PARCOURS_WORK_FIND_ONLINE),
		                       .own = db_bool(&r, 0, COL_PARCOURS_WORK_FIND_OWN),
		                       .text = { .title = TEXT(0, TITLE), .situation = TEXT(0, SITUATION), .summary = TEXT(0, SUMMARY), .audience = TEXT(0, AUDIENCE),
		                                 .aims = TEXT(0, AIMS), .term = TEXT(0, TERM), .steps = p } };
	for (size_t i = 0; i < r.nrows && TEXT(i, CODE).n; i++) {
		struct parcours_draft_step *s = &p[ret->text.n++];
		*s = (struct parcours_draft_step){ .code = TEXT(i, CODE), .kind = TEXT(i, KIND), .title = TEXT(i, STEP_TITLE), .minutes = TEXT(i, MINUTES),
			                           .since = TEXT(i, SINCE), .body = TEXT(i, BODY), .sheet = TEXT(i, SHEET_NUMBER), .event = TEXT(i, EVENT_CODE) };
		s->seen = (struct parcours_step){ .code = s->code, .kind = s->kind, .title = s->title, .body = s->body, .minutes = number(s->minutes), .since = number(s->since),
			                          .sheet_id = db_int(&r, i, COL_PARCOURS_WORK_FIND_SHEET_ID),
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
		s->seen.gone = str_eq(s->kind, STR("fiche")) ? s->seen.sheet_id == 0
		                                             : (str_eq(s->kind, STR("evenement")) || str_eq(s->kind, STR("replay"))) && s->seen.event_ref.n == 0;
	}
#undef TEXT
	return ERR_NONE;
}

bool
parcours_work_may(const struct parcours_work *w, const char *act)
{
	struct str want = str_of(act);

	for (size_t from = 0, i = 0; i <= w->acts.n; i++)
		if (i == w->acts.n || w->acts.p[i] == ' ') {
			if (str_eq((struct str){ w->acts.p + from, i - from }, want))
				return true;
			from = i + 1;
		}
	return false;
}

struct parcours
parcours_work_text(struct arena *a, const struct parcours_work *w)
{
	struct parcours_step *p = arena_array(a, struct parcours_step, w->text.n + 1);

	for (size_t i = 0; i < w->text.n; i++)
		p[i] = w->text.steps[i].seen;
	return (struct parcours){ .slug = w->slug, .title = w->text.title, .situation = w->text.situation, .summary = w->text.summary, .audience = w->text.audience,
		                  .aims = w->text.aims, .term = w->text.term, .author = w->author, .signed_by = !w->own, .steps = p, .n = w->text.n };
}

static struct str
json_of(struct arena *a, const struct parcours_draft *d)
{
	struct buf b;

	buf_init(&b, a, 4096);
	struct json_out j = json_out(&b);
	json_begin_object(&j);
	json_key(&j, "titre"), json_str(&j, d->title);
	json_key(&j, "situation"), json_str(&j, d->situation);
	json_key(&j, "resume"), json_str(&j, d->summary);
	json_key(&j, "pour_qui"), json_str(&j, d->audience);
	json_key(&j, "saurez"), json_str(&j, d->aims);
	json_key(&j, "terme"), json_str_or_null(&j, d->term);
	json_key(&j, "etapes");
	json_begin_array(&j);
	for (size_t i = 0; i < d->n; i++) {
		const struct parcours_draft_step *s = &d->steps[i];
		json_begin_object(&j);
		json_key(&j, "code"), json_str(&j, s->code);
		json_key(&j, "sorte"), json_str(&j, s->kind);
		json_key(&j, "titre"), json_str(&j, s->title);
		json_key(&j, "minutes"), json_str_or_null(&j, s->minutes);
		json_key(&j, "des"), json_str_or_null(&j, s->since);
		json_key(&j, "texte"), json_str(&j, s->body);
		json_key(&j, "fiche"), json_str_or_null(&j, s->sheet);
		json_key(&j, "rencontre"), json_str_or_null(&j, s->event);
		json_end(&j);
	}
	json_end(&j);
	json_end(&j);
	return buf_str(&b);
}

enum err
parcours_work_create(struct db *db, struct arena *a, int64_t actor, const struct parcours_draft *d, int64_t *ret_id)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_PARCOURS_WORK_CREATE, DB_ARGS(db_arg_int(a, actor), db_arg_str(json_of(a, d))), &r);

	if (!e)
		*ret_id = db_int(&r, 0, COL_PARCOURS_WORK_CREATE_ID);
	return e;
}

enum err
parcours_work_save(struct db *db, struct arena *a, int64_t actor, int64_t id, const struct parcours_draft *d, int64_t rev, struct str *ret_why)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_PARCOURS_WORK_SAVE, DB_ARGS(db_arg_int(a, actor), db_arg_int(a, id), db_arg_str(json_of(a, d)), db_arg_int(a, rev)), &r);

	if (!e)
		*ret_why = db_text(&r, 0, COL_PARCOURS_WORK_SAVE_OUTCOME);
	return e;
}

enum err
parcours_work_move(struct db *db, struct arena *a, int64_t actor, int64_t id, struct str act, struct str why, int64_t rev, struct str *ret_why)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_PARCOURS_WORK_MOVE,
	                    DB_ARGS(db_arg_int(a, actor), db_arg_int(a, id), db_arg_str(act), db_arg_str(why), rev ? db_arg_int(a, rev) : DB_NULL), &r);

	if (!e)
		*ret_why = db_text(&r, 0, COL_PARCOURS_WORK_MOVE_OUTCOME);
	return e;
}

enum err
parcours_work_list(struct db *db, struct arena *a, int64_t actor, bool queue, int64_t offset, int64_t size, struct parcours_work_rows *ret)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_PARCOURS_WORK_LIST, DB_ARGS(db_arg_int(a, actor), db_arg_bool(queue), db_arg_int(a, offset), db_arg_int(a, size)), &r);

	if (e)
		return e;
#define TEXT(name) db_text(&r, i, COL_PARCOURS_WORK_LIST_##name)
	struct parcours_work_row *p = arena_array(a, struct parcours_work_row, r.nrows + 1);
	for (size_t i = 0; i < r.nrows; i++)
		p[i] = (struct parcours_work_row){ .id = db_int(&r, i, COL_PARCOURS_WORK_LIST_ID),
			                           .steps = db_int(&r, i, COL_PARCOURS_WORK_LIST_STEPS),
			                           .title = TEXT(TITLE),
			                           .state = TEXT(STATE),
			                           .reason = TEXT(REASON),
			                           .slug = TEXT(SLUG),
			                           .author = TEXT(AUTHOR),
			                           .saved_on = TEXT(SAVED_ON),
			                           .submitted_on = TEXT(SUBMITTED_ON),
			                           .online = db_bool(&r, i, COL_PARCOURS_WORK_LIST_ONLINE),
			                           .own = db_bool(&r, i, COL_PARCOURS_WORK_LIST_OWN) };
#undef TEXT
	*ret = (struct parcours_work_rows){ p, r.nrows, r.nrows ? db_int(&r, 0, COL_PARCOURS_WORK_LIST_TOTAL) : 0 };
	return ERR_NONE;
}

enum err
parcours_work_readers(struct db *db, struct arena *a, int64_t id, const struct parcours_reader **ret, size_t *ret_n)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_PARCOURS_READERS, DB_ARGS(db_arg_int(a, id)), &r);

	if (e)
		return e;
	struct parcours_reader *p = arena_array(a, struct parcours_reader, r.nrows);
	for (size_t i = 0; i < r.nrows; i++)
		p[i] = (struct parcours_reader){ db_int(&r, i, COL_PARCOURS_READERS_ACCOUNT), db_text(&r, i, COL_PARCOURS_READERS_EMAIL) };
	*ret = p;
	*ret_n = r.nrows;
	return ERR_NONE;
}

enum err
parcours_work_author(struct db *db, struct arena *a, int64_t id, int64_t *ret_account, struct str *ret_email, struct str *ret_slug)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_PARCOURS_AUTHOR, DB_ARGS(db_arg_int(a, id)), &r);

	*ret_account = 0;
	if (e || r.nrows == 0)
		return e;
	*ret_account = db_int(&r, 0, COL_PARCOURS_AUTHOR_ACCOUNT);
	*ret_email = db_text(&r, 0, COL_PARCOURS_AUTHOR_EMAIL);
	*ret_slug = db_text(&r, 0, COL_PARCOURS_AUTHOR_SLUG);
	return ERR_NONE;
}

enum err
parcours_events(struct db *db, struct arena *a, struct parcours_events *ret)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_PARCOURS_EVENTS, NULL, 0, &r);

	if (e)
		return e;
	struct parcours_event *p = arena_array(a, struct parcours_event, r.nrows + 1);
	for (size_t i = 0; i < r.nrows; i++)
		p[i] = (struct parcours_event){ db_text(&r, i, COL_PARCOURS_EVENTS_REF), db_text(&r, i, COL_PARCOURS_EVENTS_TITLE), db_text(&r, i, COL_PARCOURS_EVENTS_DAY),
			                        db_bool(&r, i, COL_PARCOURS_EVENTS_REPLAY) };
	*ret = (struct parcours_events){ p, r.nrows };
	return ERR_NONE;
}
