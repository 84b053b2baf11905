#include "model/site_text.h"
#include "text/json_out.h"

#define CELL(name) db_text(&r, i, COL_SITE_TEXT_LIST_##name)

enum err
site_text_list(struct db *db, struct arena *a, struct str page, struct strs schemes, struct site_texts *ret)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_SITE_TEXT_LIST, DB_ARGS(db_arg_str(page), list_query_texts(a, schemes)), &r);

	if (e)
		return e;
	struct site_text *p = arena_array(a, struct site_text, r.nrows + 1);
	for (size_t i = 0; i < r.nrows; i++)
		p[i] = (struct site_text){ .what = CELL(WHAT),
			                   .part = CELL(PART),
			                   .code = CELL(CODE),
			                   .mark = CELL(MARK),
			                   .title = CELL(TITLE),
			                   .body = CELL(BODY),
			                   .origin = CELL(ORIGIN),
			                   .source_label = CELL(SOURCE_LABEL),
			                   .source_url = CELL(SOURCE_URL),
			                   .parent = CELL(PARENT),
			                   .catalyst_id = db_int(&r, i, COL_SITE_TEXT_LIST_CATALYST_ID),
			                   .catalyst_slug = CELL(CATALYST_SLUG),
			                   .catalyst_name = CELL(CATALYST_NAME),
			                   .sheet_id = db_int(&r, i, COL_SITE_TEXT_LIST_SHEET_ID),
			                   .sheet_slug = CELL(SHEET_SLUG),
			                   .sheet_type = CELL(SHEET_TYPE),
			                   .sheet_title = CELL(SHEET_TITLE),
			                   .sheets = db_int(&r, i, COL_SITE_TEXT_LIST_N) };
	*ret = (struct site_texts){ p, r.nrows };
	return ERR_NONE;
}
#undef CELL

#define CELL(name) db_text(&r, i, COL_SITE_TEXT_ADMIN_##name)

static enum err
read_all(struct db *db, struct arena *a, struct db_arg id, struct site_text_edits *ret)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_SITE_TEXT_ADMIN, DB_ARGS(id), &r);

	if (e)
		return e;
	struct site_text_edit *p = arena_array(a, struct site_text_edit, r.nrows + 1);
	for (size_t i = 0; i < r.nrows; i++)
		p[i] = (struct site_text_edit){ .id = db_int(&r, i, COL_SITE_TEXT_ADMIN_ID),
			                        .position = db_int(&r, i, COL_SITE_TEXT_ADMIN_POSITION),
			                        .ref = CELL(REF),
			                        .page = CELL(PAGE),
			                        .part = CELL(PART),
			                        .mark = CELL(MARK),
			                        .title = CELL(TITLE),
			                        .body = CELL(BODY),
			                        .origin = CELL(ORIGIN),
			                        .source_label = CELL(SOURCE_LABEL),
			                        .source_url = CELL(SOURCE_URL),
			                        .changed_at = CELL(CHANGED_AT),
			                        .changed_by = CELL(CHANGED_BY),
			                        .shown = db_bool(&r, i, COL_SITE_TEXT_ADMIN_SHOWN) };
	*ret = (struct site_text_edits){ p, r.nrows };
	return ERR_NONE;
}
#undef CELL

enum err
site_text_every(struct db *db, struct arena *a, struct site_text_edits *ret)
{
	return read_all(db, a, DB_NULL, ret);
}

enum err
site_text_find(struct db *db, struct arena *a, int64_t id, struct site_text_edit *ret)
{
	struct site_text_edits some;
	enum err e = read_all(db, a, db_arg_int(a, id), &some);

	if (!e && some.n)
		*ret = some.p[0];
	return e ? e : some.n ? ERR_NONE : ERR_NOT_FOUND;
}

enum err
site_text_save(struct db *db, struct arena *a, int64_t actor, const struct site_text_edit *x, struct str *ret_why)
{
	struct db_rows r;
	struct buf b;

	buf_init(&b, a, 4096);
	struct json_out j = json_out(&b);
	json_begin_object(&j);
	json_key(&j, "title"), json_str(&j, x->title);
	json_key(&j, "body"), json_str(&j, x->body);
	json_key(&j, "mark"), json_str(&j, x->mark);
	json_key(&j, "position"), json_int(&j, x->position);
	json_key(&j, "shown"), json_bool(&j, x->shown);
	json_key(&j, "origin"), json_str(&j, x->origin);
	json_key(&j, "source_label"), json_str_or_null(&j, x->source_label);
	json_key(&j, "source_url"), json_str_or_null(&j, x->source_url);
	json_end(&j);
	enum err e = db_run(db, a, QUERY_SITE_TEXT_SAVE, DB_ARGS(db_arg_int(a, actor), db_arg_int(a, x->id), db_arg_str(buf_str(&b))), &r);
	if (!e)
		*ret_why = db_text(&r, 0, 0);
	return e;
}
