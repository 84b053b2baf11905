#include "model/espace.h"
#include "text/json_out.h"

static enum err
read_some(struct db *db, struct arena *a, int64_t actor, struct db_arg code, struct espaces *ret)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_ESPACE_ADMIN, DB_ARGS(db_arg_int(a, actor), code), &r);

	if (e)
		return e;
	struct espace *p = arena_array(a, struct espace, r.nrows + 1);
	for (size_t i = 0; i < r.nrows; i++)
		p[i] = (struct espace){ .id = db_int(&r, i, COL_ESPACE_ADMIN_ID),
			                .code = db_text(&r, i, COL_ESPACE_ADMIN_CODE),
			                .name = db_text(&r, i, COL_ESPACE_ADMIN_NAME),
			                .host = db_text(&r, i, COL_ESPACE_ADMIN_HOST),
			                .tagline = db_text(&r, i, COL_ESPACE_ADMIN_TAGLINE),
			                .colour = db_text(&r, i, COL_ESPACE_ADMIN_COLOUR),
			                .position = db_int(&r, i, COL_ESPACE_ADMIN_POSITION),
			                .sheets = db_int(&r, i, COL_ESPACE_ADMIN_SHEETS),
			                .editors = db_text(&r, i, COL_ESPACE_ADMIN_EDITORS),
			                .may = db_bool(&r, i, COL_ESPACE_ADMIN_MAY),
			                .changed = { db_text(&r, i, COL_ESPACE_ADMIN_CHANGED_AT), db_text(&r, i, COL_ESPACE_ADMIN_CHANGED_BY) } };
	*ret = (struct espaces){ p, r.nrows };
	return ERR_NONE;
}

enum err
espace_all(struct db *db, struct arena *a, int64_t actor, struct espaces *ret)
{
	return read_some(db, a, actor, DB_NULL, ret);
}

enum err
espace_find(struct db *db, struct arena *a, int64_t actor, struct str code, struct espace *ret)
{
	struct espaces some;
	enum err e = read_some(db, a, actor, db_arg_str(code), &some);

	if (!e && some.n)
		*ret = some.p[0];
	return e ? e : some.n ? ERR_NONE : ERR_NOT_FOUND;
}

enum err
espace_sheets(struct db *db, struct arena *a, int64_t id, int64_t offset, int64_t most, struct espace_sheets *ret)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_ESPACE_SHEETS, DB_ARGS(db_arg_int(a, id), db_arg_int(a, offset), db_arg_int(a, most)), &r);

	if (e)
		return e;
	struct espace_sheet *p = arena_array(a, struct espace_sheet, r.nrows + 1);
	for (size_t i = 0; i < r.nrows; i++)
		p[i] = (struct espace_sheet){ db_int(&r, i, COL_ESPACE_SHEETS_ID), db_text(&r, i, COL_ESPACE_SHEETS_TYPE), db_text(&r, i, COL_ESPACE_SHEETS_SLUG),
			                      db_text(&r, i, COL_ESPACE_SHEETS_TITLE), db_text(&r, i, COL_ESPACE_SHEETS_STATE) };
	*ret = (struct espace_sheets){ p, r.nrows, r.nrows ? db_int(&r, 0, COL_ESPACE_SHEETS_TOTAL) : 0 };
	return ERR_NONE;
}

enum err
espace_save(struct db *db, struct arena *a, int64_t actor, const struct espace *s, struct str *ret_why)
{
	struct db_rows r;
	struct buf b;

	buf_init(&b, a, 512);
	struct json_out j = json_out(&b);
	json_begin_object(&j);
	if (s->id == 0)
		json_key(&j, "code"), json_str(&j, s->code);
	json_key(&j, "name"), json_str(&j, s->name);
	json_key(&j, "host"), json_str_or_null(&j, s->host);
	json_key(&j, "tagline"), json_str(&j, s->tagline);
	json_key(&j, "colour"), json_str_or_null(&j, s->colour);
	json_key(&j, "position");
	if (s->position)
		json_int(&j, s->position);
	else
		json_null(&j);
	json_end(&j);
	enum err e = db_run(db, a, QUERY_ESPACE_SAVE, DB_ARGS(db_arg_int(a, actor), s->id ? db_arg_int(a, s->id) : DB_NULL, db_arg_str(buf_str(&b))), &r);
	if (!e)
		*ret_why = db_text(&r, 0, COL_ESPACE_SAVE_OUTCOME);
	return e;
}

enum err
espace_place(struct db *db, struct arena *a, int64_t actor, int64_t id, int64_t sheet, struct str act, struct str *ret_why)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_ESPACE_PLACE, DB_ARGS(db_arg_int(a, actor), db_arg_int(a, id), db_arg_int(a, sheet), db_arg_str(act)), &r);

	if (!e)
		*ret_why = db_text(&r, 0, COL_ESPACE_PLACE_OUTCOME);
	return e;
}
