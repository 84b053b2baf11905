#include "model/adoption.h"

static struct db_arg
arg_number(struct arena *a, int64_t v)
{
	return v ? db_arg_int(a, v) : DB_NULL;
}

enum err
adoption_put(struct db *db, struct arena *a, int64_t sheet, const struct adoption *x, int64_t *ret_id)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_ADOPTION_PUT,
	                    DB_ARGS(db_arg_int(a, sheet), db_arg_int(a, x->territory_id), db_arg_str(x->who), arg_number(a, x->year), db_arg_str(x->outcome),
	                            db_arg_str(x->note), arg_number(a, x->author_id), db_arg_opt(x->email)),
	                    &r);

	*ret_id = e ? 0 : db_int(&r, 0, COL_ADOPTION_PUT_ID);
	return e;
}

enum err
adoption_find(struct db *db, struct arena *a, int64_t sheet, int64_t id, struct adoption *ret)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_ADOPTION_FIND, DB_ARGS(db_arg_int(a, sheet), db_arg_int(a, id)), &r);

	if (e || r.nrows == 0)
		return e ? e : err_note(ERR_NOT_FOUND, "no such trial");
	*ret = (struct adoption){ .author_id = db_int(&r, 0, COL_ADOPTION_FIND_AUTHOR_ID),
		                  .who = db_text(&r, 0, COL_ADOPTION_FIND_WHO),
		                  .place = db_text(&r, 0, COL_ADOPTION_FIND_PLACE),
		                  .year = db_int(&r, 0, COL_ADOPTION_FIND_YEAR),
		                  .outcome = db_text(&r, 0, COL_ADOPTION_FIND_OUTCOME),
		                  .note = db_text(&r, 0, COL_ADOPTION_FIND_NOTE),
		                  .state = db_text(&r, 0, COL_ADOPTION_FIND_STATE) };
	return ERR_NONE;
}

enum err
adoption_decide(struct db *db, struct arena *a, int64_t actor, int64_t id, struct str act, struct str *ret)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_ADOPTION_DECIDE, DB_ARGS(db_arg_int(a, actor), db_arg_int(a, id), db_arg_str(act)), &r);

	if (!e)
		*ret = db_text(&r, 0, COL_ADOPTION_DECIDE_OUTCOME);
	return e;
}
