#include "model/follow.h"

const struct report_reason REPORT_REASONS[] = {
	{ "inexact", "Ce qui est écrit est inexact" },
	{ "lien_mort", "Un lien ne mène plus nulle part" },
	{ "personne", "Une personne est nommée sans son accord" },
	{ "droits", "Un texte ou une image est repris sans en avoir le droit" },
	{ "indesirable", "C’est de la publicité, ou hors de propos" },
	{ "autre", "Autre chose" },
};
const size_t REPORT_REASONS_N = sizeof(REPORT_REASONS) / sizeof(*REPORT_REASONS);

const char *
report_reason_label(struct str code)
{
	for (size_t i = 0; i < REPORT_REASONS_N; i++)
		if (str_eq(code, str_of(REPORT_REASONS[i].code)))
			return REPORT_REASONS[i].label;
	return REPORT_REASONS[REPORT_REASONS_N - 1].label;
}

static struct db_arg
arg_number(struct arena *a, int64_t v)
{
	return v ? db_arg_int(a, v) : DB_NULL;
}

enum err
follow_people(struct db *db, struct arena *a, int64_t sheet, struct follow_people *ret)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_FOLLOW_PEOPLE, DB_ARGS(db_arg_int(a, sheet)), &r);

	if (e)
		return e;
	struct follow_person *p = arena_array(a, struct follow_person, r.nrows);
	size_t holders = 0;
	for (size_t i = 0; i < r.nrows; i++) {
		p[i] = (struct follow_person){ db_int(&r, i, COL_FOLLOW_PEOPLE_ACCOUNT_ID), db_text(&r, i, COL_FOLLOW_PEOPLE_PART),
			                       db_text(&r, i, COL_FOLLOW_PEOPLE_EMAIL), db_text(&r, i, COL_FOLLOW_PEOPLE_NAME) };
		holders += !str_eq(p[i].part, STR("relecteur"));
	}
	*ret = (struct follow_people){ p, r.nrows, holders };
	return ERR_NONE;
}

enum err
follow_rights(struct db *db, struct arena *a, int64_t actor, int64_t sheet, bool *ret_writes, bool *ret_reviews)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_FOLLOW_RIGHTS, DB_ARGS(db_arg_int(a, actor), db_arg_int(a, sheet)), &r);

	*ret_writes = !e && db_bool(&r, 0, COL_FOLLOW_RIGHTS_WRITES);
	*ret_reviews = !e && db_bool(&r, 0, COL_FOLLOW_RIGHTS_REVIEWS);
	return e;
}

enum err
follow_fields(struct db *db, struct arena *a, int64_t sheet, struct follow_fields *ret)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_FOLLOW_FIELDS, DB_ARGS(db_arg_int(a, sheet)), &r);

	if (e)
		return e;
	struct follow_field *p = arena_array(a, struct follow_field, r.nrows);
	for (size_t i = 0; i < r.nrows; i++)
		p[i] = (struct follow_field){ db_text(&r, i, COL_FOLLOW_FIELDS_KEY), db_text(&r, i, COL_FOLLOW_FIELDS_LABEL),
			                      db_text(&r, i, COL_FOLLOW_FIELDS_TEXT), db_text(&r, i, COL_FOLLOW_FIELDS_SUM) };
	*ret = (struct follow_fields){ p, r.nrows };
	return ERR_NONE;
}

const struct follow_field *
follow_field_of(const struct follow_fields *fields, struct str key)
{
	if (str_eq(key, STR("resume")))
		key = STR("chapo");
	for (size_t i = 0; i < fields->n; i++)
		if (str_eq(fields->p[i].key, key))
			return &fields->p[i];
	return NULL;
}

enum err
suggestion_put(struct db *db, struct arena *a, int64_t sheet, const struct suggestion *s, int64_t *ret_id)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_SUGGESTION_PUT,
	                    DB_ARGS(db_arg_int(a, sheet), db_arg_int(a, s->version), db_arg_str(s->field), db_arg_str(s->before), db_arg_str(s->after),
	                            db_arg_str(s->note), arg_number(a, s->author_id), db_arg_opt(s->email), db_arg_str(s->who)),
	                    &r);

	*ret_id = e || r.nrows == 0 ? 0 : db_int(&r, 0, COL_SUGGESTION_PUT_ID);
	return e;
}

static enum err
suggestions_read(struct db *db, struct arena *a, int64_t sheet, int64_t one, struct suggestions *ret)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_SUGGESTION_LIST, DB_ARGS(db_arg_int(a, sheet), arg_number(a, one)), &r);

	if (e)
		return e;
	struct suggestion *p = arena_array(a, struct suggestion, r.nrows);
	for (size_t i = 0; i < r.nrows; i++) {
		struct str account = db_text(&r, i, COL_SUGGESTION_LIST_AUTHOR_EMAIL);
		p[i] = (struct suggestion){
			.id = db_int(&r, i, COL_SUGGESTION_LIST_ID),
			.version = db_int(&r, i, COL_SUGGESTION_LIST_VERSION),
			.author_id = db_int(&r, i, COL_SUGGESTION_LIST_AUTHOR_ID),
			.published_version = db_int(&r, i, COL_SUGGESTION_LIST_PUBLISHED_VERSION),
			.field = db_text(&r, i, COL_SUGGESTION_LIST_FIELD),
			.label = db_text(&r, i, COL_SUGGESTION_LIST_LABEL),
			.before = db_text(&r, i, COL_SUGGESTION_LIST_BEFORE),
			.after = db_text(&r, i, COL_SUGGESTION_LIST_AFTER),
			.now = db_text(&r, i, COL_SUGGESTION_LIST_NOW),
			.sum = db_text(&r, i, COL_SUGGESTION_LIST_SUM),
			.note = db_text(&r, i, COL_SUGGESTION_LIST_NOTE),
			.who = db_text(&r, i, COL_SUGGESTION_LIST_WHO),
			.email = account.n ? account : db_text(&r, i, COL_SUGGESTION_LIST_EMAIL),
			.state = db_text(&r, i, COL_SUGGESTION_LIST_STATE),
			.created_at = db_text(&r, i, COL_SUGGESTION_LIST_CREATED_AT),
			.decider = db_text(&r, i, COL_SUGGESTION_LIST_DECIDER),
			.decided_at = db_text(&r, i, COL_SUGGESTION_LIST_DECIDED_AT),
			.reason = db_text(&r, i, COL_SUGGESTION_LIST_REASON),
			.outcome = db_text(&r, i, COL_SUGGESTION_LIST_OUTCOME),
		};
	}
	*ret = (struct suggestions){ p, r.nrows };
	return ERR_NONE;
}

enum err
suggestion_list(struct db *db, struct arena *a, int64_t sheet, struct suggestions *ret)
{
	return suggestions_read(db, a, sheet, 0, ret);
}

enum err
suggestion_find(struct db *db, struct arena *a, int64_t sheet, int64_t id, struct suggestion *ret)
{
	struct suggestions all = { NULL, 0 };
	enum err e = id > 0 ? suggestions_read(db, a, sheet, id, &all) : ERR_NONE;

	if (e || all.n == 0)
		return e ? e : err_note(ERR_NOT_FOUND, "no such suggestion");
	*ret = all.p[0];
	return ERR_NONE;
}

enum err
suggestion_decide(struct db *db, struct arena *a, int64_t actor, int64_t id, struct str act, struct str why, struct str slug, struct str seen,
                  struct str *ret)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_SUGGESTION_DECIDE,
	                    DB_ARGS(db_arg_int(a, actor), db_arg_int(a, id), db_arg_str(act), db_arg_str(why), db_arg_str(slug), db_arg_opt(seen)), &r);

	if (!e)
		*ret = db_text(&r, 0, COL_SUGGESTION_DECIDE_OUTCOME);
	return e;
}

enum err
suggestion_late(struct db *db, struct arena *a, int days, const struct suggestion_late **ret, size_t *ret_n)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_SUGGESTION_LATE, DB_ARGS(db_arg_int(a, days)), &r);

	if (e)
		return e;
	struct suggestion_late *p = arena_array(a, struct suggestion_late, r.nrows);
	for (size_t i = 0; i < r.nrows; i++)
		p[i] = (struct suggestion_late){ db_int(&r, i, COL_SUGGESTION_LATE_ID), db_int(&r, i, COL_SUGGESTION_LATE_SHEET_ID),
			                         db_text(&r, i, COL_SUGGESTION_LATE_TITLE), db_text(&r, i, COL_SUGGESTION_LATE_SLUG),
			                         db_text(&r, i, COL_SUGGESTION_LATE_LABEL) };
	*ret = p;
	*ret_n = r.nrows;
	return ERR_NONE;
}

enum err
report_put(struct db *db, struct arena *a, int64_t sheet, const struct report *x, int64_t *ret_id)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_REPORT_PUT,
	                    DB_ARGS(db_arg_int(a, sheet), db_arg_str(x->reason), db_arg_str(x->body), arg_number(a, x->author_id), db_arg_opt(x->email)), &r);

	*ret_id = e ? 0 : db_int(&r, 0, COL_REPORT_PUT_ID);
	return e;
}

static enum err
reports_read(struct db *db, struct arena *a, int64_t sheet, int64_t one, struct reports *ret)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_REPORT_LIST, DB_ARGS(db_arg_int(a, sheet), arg_number(a, one)), &r);

	if (e)
		return e;
	struct report *p = arena_array(a, struct report, r.nrows);
	for (size_t i = 0; i < r.nrows; i++) {
		struct str account = db_text(&r, i, COL_REPORT_LIST_AUTHOR_EMAIL);
		p[i] = (struct report){
			.id = db_int(&r, i, COL_REPORT_LIST_ID),
			.author_id = db_int(&r, i, COL_REPORT_LIST_AUTHOR_ID),
			.reason = db_text(&r, i, COL_REPORT_LIST_REASON),
			.body = db_text(&r, i, COL_REPORT_LIST_BODY),
			.who = db_text(&r, i, COL_REPORT_LIST_WHO),
			.email = account.n ? account : db_text(&r, i, COL_REPORT_LIST_EMAIL),
			.state = db_text(&r, i, COL_REPORT_LIST_STATE),
			.created_at = db_text(&r, i, COL_REPORT_LIST_CREATED_AT),
			.decider = db_text(&r, i, COL_REPORT_LIST_DECIDER),
			.decided_at = db_text(&r, i, COL_REPORT_LIST_DECIDED_AT),
			.reply = db_text(&r, i, COL_REPORT_LIST_REPLY),
		};
	}
	*ret = (struct reports){ p, r.nrows };
	return ERR_NONE;
}

enum err
report_list(struct db *db, struct arena *a, int64_t sheet, struct reports *ret)
{
	return reports_read(db, a, sheet, 0, ret);
}

enum err
report_find(struct db *db, struct arena *a, int64_t sheet, int64_t id, struct report *ret)
{
	struct reports all = { NULL, 0 };
	enum err e = id > 0 ? reports_read(db, a, sheet, id, &all) : ERR_NONE;

	if (e || all.n == 0)
		return e ? e : err_note(ERR_NOT_FOUND, "no such report");
	*ret = all.p[0];
	return ERR_NONE;
}

enum err
report_decide(struct db *db, struct arena *a, int64_t actor, int64_t id, struct str act, struct str reply, struct str *ret)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_REPORT_DECIDE, DB_ARGS(db_arg_int(a, actor), db_arg_int(a, id), db_arg_str(act), db_arg_str(reply)), &r);

	if (!e)
		*ret = db_text(&r, 0, COL_REPORT_DECIDE_OUTCOME);
	return e;
}
