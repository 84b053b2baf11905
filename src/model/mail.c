#include "model/mail.h"

enum err
mail_queue(struct db *db, struct arena *a, const struct mail *m, int64_t *ret_id)
{
	struct buf text, html;
	struct db_rows r;

	buf_init(&text, a, 1024);
	buf_init(&html, a, 2048);
	letter_text(&text, &m->letter);
	letter_html(&html, &m->letter);
	enum err e = db_run(db, a, QUERY_MAIL_PUT,
	                    DB_ARGS(db_arg_str(m->to), m->account ? db_arg_int(a, m->account) : DB_NULL, db_arg_str(m->kind), db_arg_str(m->subject),
	                            db_arg_str(buf_str(&text)), db_arg_str(buf_str(&html)), db_arg_opt(m->not_before)),
	                    &r);
	int64_t id = e ? 0 : db_int(&r, 0, COL_MAIL_PUT_ID);
	if (id && m->file_bytes.n)
		e = db_run(db, a, QUERY_MAIL_ENCLOSE, DB_ARGS(db_arg_int(a, id), db_arg_str(m->file), db_arg_str(m->file_type), db_arg_str(m->file_bytes)), NULL);
	if (!e && ret_id)
		*ret_id = id;
	return e;
}

enum err
mail_unsubscribe(struct db *db, struct arena *a, struct str token_sum, bool act, struct mail_kind_off *ret)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_MAIL_UNSUBSCRIBE, DB_ARGS(db_arg_str(token_sum), db_arg_bool(act)), &r);

	if (e)
		return e;
	if (r.nrows == 0)
		return err_note(ERR_NOT_FOUND, "no mail has this link");
	*ret = (struct mail_kind_off){ db_text(&r, 0, COL_MAIL_UNSUBSCRIBE_LABEL), db_bool(&r, 0, COL_MAIL_UNSUBSCRIBE_OFF) };
	return ERR_NONE;
}

enum err
mail_preference(struct db *db, struct arena *a, int64_t account, struct mail_choices *ret)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_MAIL_PREFERENCE, DB_ARGS(db_arg_int(a, account)), &r);

	if (e)
		return e;
	struct mail_choice *p = arena_array(a, struct mail_choice, r.nrows);
	for (size_t i = 0; i < r.nrows; i++)
		p[i] = (struct mail_choice){ db_text(&r, i, COL_MAIL_PREFERENCE_KIND), db_text(&r, i, COL_MAIL_PREFERENCE_CLASS),
			                     db_text(&r, i, COL_MAIL_PREFERENCE_LABEL), db_bool(&r, i, COL_MAIL_PREFERENCE_OFF) };
	*ret = (struct mail_choices){ r.nrows ? db_text(&r, 0, COL_MAIL_PREFERENCE_LEVEL) : STR("tout"), p, r.nrows };
	return ERR_NONE;
}

enum err
mail_prefer(struct db *db, struct arena *a, int64_t account, struct str level)
{
	return db_run(db, a, QUERY_MAIL_PREFER, DB_ARGS(db_arg_int(a, account), db_arg_str(level)), NULL);
}

enum err
mail_refuse(struct db *db, struct arena *a, int64_t account, struct str kind, bool off)
{
	return db_run(db, a, QUERY_MAIL_REFUSE, DB_ARGS(db_arg_int(a, account), db_arg_str(kind), db_arg_bool(off)), NULL);
}

enum err
mail_take(struct db *db, struct arena *a, int lease_s, struct str token_sum, struct mail_taken *ret)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_MAIL_CLAIM, DB_ARGS(db_arg_int(a, lease_s), db_arg_str(token_sum)), &r);

	if (e)
		return e;
	if (r.nrows == 0)
		return ERR_NOT_FOUND;
	*ret = (struct mail_taken){ .id = db_int(&r, 0, COL_MAIL_CLAIM_ID),
		                    .claim = db_int(&r, 0, COL_MAIL_CLAIM_CLAIM),
		                    .made = db_int(&r, 0, COL_MAIL_CLAIM_MADE),
		                    .key = db_text(&r, 0, COL_MAIL_CLAIM_MESSAGE_KEY),
		                    .to = db_text(&r, 0, COL_MAIL_CLAIM_RECIPIENT),
		                    .subject = db_text(&r, 0, COL_MAIL_CLAIM_SUBJECT),
		                    .text = db_text(&r, 0, COL_MAIL_CLAIM_BODY_TEXT),
		                    .html = db_text(&r, 0, COL_MAIL_CLAIM_BODY_HTML),
		                    .file = db_text(&r, 0, COL_MAIL_CLAIM_ENCLOSURE_FILE),
		                    .file_type = db_text(&r, 0, COL_MAIL_CLAIM_ENCLOSURE_TYPE),
		                    .file_bytes = db_text(&r, 0, COL_MAIL_CLAIM_ENCLOSURE),
		                    .kind = db_text(&r, 0, COL_MAIL_CLAIM_KIND),
		                    .reason = db_text(&r, 0, COL_MAIL_CLAIM_REASON),
		                    .service = str_eq(db_text(&r, 0, COL_MAIL_CLAIM_CLASS), STR("service")) };
	return ERR_NONE;
}

enum err
mail_end(struct db *db, struct arena *a, const struct mail_taken *m, bool *ret_mine)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_MAIL_END, DB_ARGS(db_arg_int(a, m->id), db_arg_int(a, m->claim)), &r);

	if (!e)
		*ret_mine = db_bool(&r, 0, COL_MAIL_END_MINE);
	return e;
}

enum err
mail_done(struct db *db, struct arena *a, const struct mail_taken *m, struct str outcome, struct str said, bool bad_address)
{
	return db_run(db, a, QUERY_MAIL_DONE,
	              DB_ARGS(db_arg_int(a, m->id), db_arg_int(a, m->claim), db_arg_str(outcome), db_arg_str(said), db_arg_bool(bad_address)), NULL);
}

enum err
mail_lapse(struct db *db, struct arena *a, int64_t *ret_lapsed)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_MAIL_LAPSED, NULL, 0, &r);

	if (!e)
		*ret_lapsed = db_int(&r, 0, COL_MAIL_LAPSED_N);
	return e;
}

enum err
mail_tidy(struct db *db, struct arena *a, int64_t *ret_lapsed, int64_t *ret_digests)
{
	struct db_rows r;
	enum err e = mail_lapse(db, a, ret_lapsed);

	if (e)
		return e;
	if (!(e = db_run(db, a, QUERY_MAIL_DIGEST, NULL, 0, &r)))
		*ret_digests = db_int(&r, 0, COL_MAIL_DIGEST_N);
	return e;
}

enum err
mail_forget(struct db *db, struct arena *a, int days, int64_t *ret_n)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_MAIL_FORGET, DB_ARGS(db_arg_int(a, days)), &r);

	if (!e)
		*ret_n = db_int(&r, 0, COL_MAIL_FORGET_N);
	return e;
}

enum err
mail_bounce(struct db *db, struct arena *a, struct str id, bool hard, struct str why, bool *ret_ours)
{
	struct db_rows r;
	const char *dot = id.n ? memchr(id.p, '.', id.n) : NULL;

	if (!dot)
		return err_note(ERR_BAD_INPUT, "not the number of a mail");
	struct str number = { id.p, (size_t)(dot - id.p) }, key = { dot + 1, id.n - number.n - 1 };
	enum err e = db_run(db, a, QUERY_MAIL_BOUNCE, DB_ARGS(db_arg_str(number), db_arg_str(key), db_arg_bool(hard), db_arg_str(why)), &r);
	if (!e)
		*ret_ours = db_bool(&r, 0, COL_MAIL_BOUNCE_OURS);
	return e;
}

enum err
mail_status(struct db *db, struct arena *a, struct mail_counts *ret)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_MAIL_STATUS, NULL, 0, &r);

	if (e)
		return e;
	*ret = (struct mail_counts){ .waiting = db_int(&r, 0, COL_MAIL_STATUS_WAITING),
		                     .due = db_int(&r, 0, COL_MAIL_STATUS_DUE),
		                     .held = db_int(&r, 0, COL_MAIL_STATUS_HELD),
		                     .sending = db_int(&r, 0, COL_MAIL_STATUS_SENDING),
		                     .sent = db_int(&r, 0, COL_MAIL_STATUS_SENT),
		                     .uncertain = db_int(&r, 0, COL_MAIL_STATUS_UNCERTAIN),
		                     .bounced = db_int(&r, 0, COL_MAIL_STATUS_BOUNCED),
		                     .failed = db_int(&r, 0, COL_MAIL_STATUS_FAILED),
		                     .cancelled = db_int(&r, 0, COL_MAIL_STATUS_CANCELLED),
		                     .blocked = db_int(&r, 0, COL_MAIL_STATUS_BLOCKED),
		                     .late_s = db_int(&r, 0, COL_MAIL_STATUS_LATE_S),
		                     .last_error = db_text(&r, 0, COL_MAIL_STATUS_LAST_ERROR) };
	return ERR_NONE;
}

enum err
mail_uncertain_list(struct db *db, struct arena *a, struct mail_doubts *ret)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_MAIL_UNCERTAIN_LIST, NULL, 0, &r);

	if (e)
		return e;
	struct mail_doubt *p = arena_array(a, struct mail_doubt, r.nrows);
	for (size_t i = 0; i < r.nrows; i++)
		p[i] = (struct mail_doubt){ .id = db_int(&r, i, COL_MAIL_UNCERTAIN_LIST_ID),
			                    .key = db_text(&r, i, COL_MAIL_UNCERTAIN_LIST_MESSAGE_KEY),
			                    .to = db_text(&r, i, COL_MAIL_UNCERTAIN_LIST_RECIPIENT),
			                    .kind = db_text(&r, i, COL_MAIL_UNCERTAIN_LIST_KIND),
			                    .subject = db_text(&r, i, COL_MAIL_UNCERTAIN_LIST_SUBJECT),
			                    .at = db_text(&r, i, COL_MAIL_UNCERTAIN_LIST_AT),
			                    .why = db_text(&r, i, COL_MAIL_UNCERTAIN_LIST_LAST_ERROR) };
	*ret = (struct mail_doubts){ p, r.nrows };
	return ERR_NONE;
}

enum err
mail_resolve(struct db *db, struct arena *a, struct str number, bool again, int64_t *ret_n)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_MAIL_RESOLVE, DB_ARGS(db_arg_opt(number), db_arg_bool(again)), &r);

	if (!e)
		*ret_n = db_int(&r, 0, COL_MAIL_RESOLVE_N);
	return e;
}
