#include "model/work_author.h"

#include "model/account.h"
#include "text/json_out.h"

enum err
work_authors(struct db *db, struct arena *a, int64_t sheet, struct work_authors *ret)
{
	struct db_rows r, q;
	enum err e = db_run(db, a, QUERY_WORK_AUTHOR_LIST, DB_ARGS(db_arg_int(a, sheet)), &r);

	if (!e)
		e = db_run(db, a, QUERY_WORK_INVITATION_LIST, DB_ARGS(db_arg_int(a, sheet)), &q);
	if (e)
		return e;
	struct work_author *p = arena_array(a, struct work_author, r.nrows + 1);
	struct work_invitation *asked = arena_array(a, struct work_invitation, q.nrows + 1);
	for (size_t i = 0; i < r.nrows; i++)
		p[i] = (struct work_author){ db_int(&r, i, COL_WORK_AUTHOR_LIST_ID), db_text(&r, i, COL_WORK_AUTHOR_LIST_NAME),
			                     str_eq(db_text(&r, i, COL_WORK_AUTHOR_LIST_ROLE), STR("auteur")), db_text(&r, i, COL_WORK_AUTHOR_LIST_SINCE) };
	for (size_t i = 0; i < q.nrows; i++)
		asked[i] = (struct work_invitation){ db_text(&q, i, COL_WORK_INVITATION_LIST_HASH), db_text(&q, i, COL_WORK_INVITATION_LIST_EMAIL),
			                             db_text(&q, i, COL_WORK_INVITATION_LIST_MADE) };
	*ret = (struct work_authors){ p, r.nrows, asked, q.nrows };
	return ERR_NONE;
}

/* {"compte":12} */
static struct str
about(struct arena *a, int64_t who)
{
	return arena_fmt(a, "{\"compte\":%lld}", (long long)who);
}

enum err
work_invite(struct db *db, struct arena *a, int64_t actor, int64_t sheet, struct str token_sum, struct str email)
{
	struct buf b;

	buf_init(&b, a, 256);
	struct json_out j = json_out(&b);
	json_begin_object(&j);
	json_key(&j, "courriel"), json_str(&j, email);
	json_key(&j, "par"), json_int(&j, actor);
	json_end(&j);
	enum err e = token_put(db, a, token_sum, "coauteur", 0, sheet, buf_str(&b), INVITATION_LASTS_S);
	return e ? e : journal_add(db, a, actor, "inviter", "fiche", sheet, STR_NONE, STR_NONE);
}

enum err
work_uninvite(struct db *db, struct arena *a, int64_t sheet, struct str hash, bool *ret_done)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_WORK_INVITATION_CANCEL, DB_ARGS(db_arg_int(a, sheet), db_arg_str(hash)), &r);

	if (!e)
		*ret_done = r.nrows > 0;
	return e;
}

enum err
work_join(struct db *db, struct arena *a, int64_t actor, int64_t sheet, bool *ret_done)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_WORK_AUTHOR_PUT, DB_ARGS(db_arg_int(a, sheet), db_arg_int(a, actor)), &r);

	if (e)
		return e;
	*ret_done = r.nrows > 0;
	return *ret_done ? journal_add(db, a, actor, "rejoindre", "fiche", sheet, STR_NONE, STR_NONE) : ERR_NONE;
}

enum err
work_leave(struct db *db, struct arena *a, int64_t actor, int64_t sheet, int64_t who, bool *ret_done)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_WORK_AUTHOR_REMOVE, DB_ARGS(db_arg_int(a, sheet), db_arg_int(a, who)), &r);

	if (e)
		return e;
	*ret_done = r.nrows > 0;
	return *ret_done ? journal_add(db, a, actor, "quitter", "fiche", sheet, about(a, who), STR_NONE) : ERR_NONE;
}

enum err
work_hand(struct db *db, struct arena *a, int64_t actor, int64_t sheet, int64_t to, bool *ret_done)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_WORK_AUTHOR_HAND, DB_ARGS(db_arg_int(a, sheet), db_arg_int(a, to)), &r);

	if (e)
		return e;
	*ret_done = r.nrows > 0;
	return *ret_done ? journal_add(db, a, actor, "confier", "fiche", sheet, about(a, to), STR_NONE) : ERR_NONE;
}

enum err
work_title(struct db *db, struct arena *a, int64_t sheet, struct str *ret_title, struct str *ret_type)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_WORK_TITLE, DB_ARGS(db_arg_int(a, sheet)), &r);

	if (e)
		return e;
	if (r.nrows == 0)
		return ERR_NOT_FOUND;
	*ret_title = db_text(&r, 0, COL_WORK_TITLE_TITLE);
	*ret_type = db_text(&r, 0, COL_WORK_TITLE_TYPE);
	return ERR_NONE;
}

enum err
work_offer(struct db *db, struct arena *a, struct str name, struct str email, struct str content, int64_t *ret_sheet, int64_t *ret_author)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_WORK_OFFER, DB_ARGS(db_arg_str(name), db_arg_str(email), db_arg_str(content)), &r);

	if (e)
		return e;
	*ret_sheet = db_int(&r, 0, COL_WORK_OFFER_ID);
	*ret_author = db_int(&r, 0, COL_WORK_OFFER_AUTHOR);
	return ERR_NONE;
}
