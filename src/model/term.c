#include "model/term.h"
#include "text/json_out.h"

enum err
term_schemes(struct db *db, struct arena *a, struct term_schemes *ret)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_SCHEME_ADMIN, NULL, 0, &r);

	if (e)
		return e;
	struct term_scheme *p = arena_array(a, struct term_scheme, r.nrows + 1);
	for (size_t i = 0; i < r.nrows; i++)
		p[i] = (struct term_scheme){ .code = db_text(&r, i, COL_SCHEME_ADMIN_CODE),
			                     .label = db_text(&r, i, COL_SCHEME_ADMIN_LABEL),
			                     .description = db_text(&r, i, COL_SCHEME_ADMIN_DESCRIPTION),
			                     .origin = db_text(&r, i, COL_SCHEME_ADMIN_ORIGIN),
			                     .terms = db_int(&r, i, COL_SCHEME_ADMIN_TERMS),
			                     .closed = db_int(&r, i, COL_SCHEME_ADMIN_CLOSED),
			                     .sheets = db_int(&r, i, COL_SCHEME_ADMIN_SHEETS),
			                     .changed = { db_text(&r, i, COL_SCHEME_ADMIN_CHANGED_AT), db_text(&r, i, COL_SCHEME_ADMIN_CHANGED_BY) } };
	*ret = (struct term_schemes){ p, r.nrows };
	return ERR_NONE;
}

static enum err
read_some(struct db *db, struct arena *a, struct db_arg scheme, struct db_arg id, struct term_edits *ret)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_TERM_ADMIN, DB_ARGS(scheme, id), &r);

	if (e)
		return e;
	struct term_edit *p = arena_array(a, struct term_edit, r.nrows + 1);
	for (size_t i = 0; i < r.nrows; i++)
		p[i] = (struct term_edit){ .id = db_int(&r, i, COL_TERM_ADMIN_ID),
			                   .scheme = db_text(&r, i, COL_TERM_ADMIN_SCHEME),
			                   .code = db_text(&r, i, COL_TERM_ADMIN_CODE),
			                   .label = db_text(&r, i, COL_TERM_ADMIN_LABEL),
			                   .definition = db_text(&r, i, COL_TERM_ADMIN_DEFINITION),
			                   .colour = db_text(&r, i, COL_TERM_ADMIN_COLOUR),
			                   .valid_from = db_text(&r, i, COL_TERM_ADMIN_VALID_FROM),
			                   .valid_to = db_text(&r, i, COL_TERM_ADMIN_VALID_TO),
			                   .origin = db_text(&r, i, COL_TERM_ADMIN_ORIGIN),
			                   .source_label = db_text(&r, i, COL_TERM_ADMIN_SOURCE_LABEL),
			                   .source_url = db_text(&r, i, COL_TERM_ADMIN_SOURCE_URL),
			                   .merged_into = db_text(&r, i, COL_TERM_ADMIN_MERGED_INTO),
			                   .sheets = db_int(&r, i, COL_TERM_ADMIN_SHEETS),
			                   .catalysts = db_int(&r, i, COL_TERM_ADMIN_CATALYSTS),
			                   .uses = db_int(&r, i, COL_TERM_ADMIN_USES),
			                   .changed = { db_text(&r, i, COL_TERM_ADMIN_CHANGED_AT), db_text(&r, i, COL_TERM_ADMIN_CHANGED_BY) } };
	*ret = (struct term_edits){ p, r.nrows };
	return ERR_NONE;
}

enum err
term_all(struct db *db, struct arena *a, struct str scheme, struct term_edits *ret)
{
	return read_some(db, a, db_arg_str(scheme), DB_NULL, ret);
}

enum err
term_find(struct db *db, struct arena *a, int64_t id, struct term_edit *ret)
{
	struct term_edits some;
	enum err e = read_some(db, a, DB_NULL, db_arg_int(a, id), &some);

	if (!e && some.n)
		*ret = some.p[0];
	return e ? e : some.n ? ERR_NONE : ERR_NOT_FOUND;
}

static enum err
change(struct db *db, struct arena *a, enum query q, const struct db_arg *args, size_t n, struct str *ret_why)
{
	struct db_rows r;
	enum err e = db_run(db, a, q, args, n, &r);

	if (!e)
		*ret_why = db_text(&r, 0, 0);
	return e;
}

enum err
term_save(struct db *db, struct arena *a, int64_t actor, const struct term_edit *t, struct str *ret_why)
{
	struct buf b;

	buf_init(&b, a, 512);
	struct json_out j = json_out(&b);
	json_begin_object(&j);
	if (t->id == 0)
		json_key(&j, "code"), json_str(&j, t->code);
	json_key(&j, "label"), json_str(&j, t->label);
	json_key(&j, "definition"), json_str(&j, t->definition);
	json_key(&j, "colour"), json_str_or_null(&j, t->colour);
	json_key(&j, "from"), json_str_or_null(&j, t->valid_from);
	json_key(&j, "to"), json_str_or_null(&j, t->valid_to);
	json_key(&j, "origin"), json_str(&j, t->origin);
	json_key(&j, "source_label"), json_str_or_null(&j, t->source_label);
	json_key(&j, "source_url"), json_str_or_null(&j, t->source_url);
	json_end(&j);
	return change(db, a, QUERY_TERM_SAVE,
	              DB_ARGS(db_arg_int(a, actor), db_arg_str(t->scheme), t->id ? db_arg_int(a, t->id) : DB_NULL, db_arg_str(buf_str(&b))), ret_why);
}

enum err
term_move(struct db *db, struct arena *a, int64_t actor, int64_t id, bool up, struct str *ret_why)
{
	return change(db, a, QUERY_TERM_MOVE, DB_ARGS(db_arg_int(a, actor), db_arg_int(a, id), db_arg_bool(up)), ret_why);
}

enum err
term_merge(struct db *db, struct arena *a, int64_t actor, int64_t id, int64_t other, struct str why, struct str *ret_why)
{
	return change(db, a, QUERY_TERM_MERGE, DB_ARGS(db_arg_int(a, actor), db_arg_int(a, id), db_arg_int(a, other), db_arg_str(why)), ret_why);
}

enum err
term_drop(struct db *db, struct arena *a, int64_t actor, int64_t id, struct str *ret_why)
{
	return change(db, a, QUERY_TERM_DROP, DB_ARGS(db_arg_int(a, actor), db_arg_int(a, id)), ret_why);
}
