#include "model/espace.h"
#include "model/espace_front.h"
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
			                .brand = db_text(&r, i, COL_ESPACE_ADMIN_BRAND),
			                .hosts = db_text(&r, i, COL_ESPACE_ADMIN_HOSTS),
			                .foot = db_text(&r, i, COL_ESPACE_ADMIN_FOOT),
			                .mark = db_text(&r, i, COL_ESPACE_ADMIN_MARK),
			                .rule = db_text(&r, i, COL_ESPACE_ADMIN_RULE),
			                .colour = db_text(&r, i, COL_ESPACE_ADMIN_COLOUR),
			                .band = db_text(&r, i, COL_ESPACE_ADMIN_BAND),
			                .ground = db_text(&r, i, COL_ESPACE_ADMIN_GROUND),
			                .is_default = db_bool(&r, i, COL_ESPACE_ADMIN_IS_DEFAULT),
			                .has_image = db_bool(&r, i, COL_ESPACE_ADMIN_HAS_IMAGE),
			                .adapted = db_int(&r, i, COL_ESPACE_ADMIN_ADAPTED),
			                .to_see = db_int(&r, i, COL_ESPACE_ADMIN_TO_SEE),
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
	json_key(&j, "hosts"), json_begin_array(&j);
	for (struct str rest = s->hosts; rest.n;) {
		const char *end = memchr(rest.p, '\n', rest.n);
		size_t n = end ? (size_t)(end - rest.p) : rest.n;
		if (n)
			json_str(&j, (struct str){ rest.p, n });
		rest.p += n + (end != NULL), rest.n -= n + (end != NULL);
	}
	json_end(&j);
	json_key(&j, "brand"), json_str(&j, s->brand);
	json_key(&j, "tagline"), json_str(&j, s->tagline);
	json_key(&j, "foot"), json_str(&j, s->foot);
	if (s->mark.n)
		json_key(&j, "mark"), json_str(&j, s->mark);
	json_key(&j, "theme"), json_begin_object(&j);
	const struct str colours[][2] = { { STR("couleur"), s->colour }, { STR("bande"), s->band }, { STR("pied"), s->ground } };
	for (size_t i = 0; i < 3; i++)
		if (colours[i][1].n)
			json_key(&j, colours[i][0].p), json_str(&j, colours[i][1]);
	json_end(&j);
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

static enum err
outcome(struct db *db, struct arena *a, enum query q, const struct db_arg *args, size_t nargs, struct str *ret_why)
{
	struct db_rows r;
	enum err e = db_run(db, a, q, args, nargs, &r);

	if (!e)
		*ret_why = db_text(&r, 0, 0);
	return e;
}

enum err
espace_rule_save(struct db *db, struct arena *a, int64_t actor, int64_t id, struct str rule, struct str *ret_why)
{
	return outcome(db, a, QUERY_ESPACE_RULE_SAVE, DB_ARGS(db_arg_int(a, actor), db_arg_int(a, id), db_arg_str(rule)), ret_why);
}

enum err
espace_make_default(struct db *db, struct arena *a, int64_t actor, int64_t id, struct str *ret_why)
{
	return outcome(db, a, QUERY_ESPACE_MAKE_DEFAULT, DB_ARGS(db_arg_int(a, actor), db_arg_int(a, id)), ret_why);
}

enum err
espace_lines_list(struct db *db, struct arena *a, int64_t id, struct str zone, struct espace_lines *ret)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_ESPACE_LINES, DB_ARGS(db_arg_int(a, id), db_arg_str(zone)), &r);

	if (e)
		return e;
	struct espace_line *p = arena_array(a, struct espace_line, r.nrows + 1);
	for (size_t i = 0; i < r.nrows; i++)
		p[i] = (struct espace_line){ db_int(&r, i, COL_ESPACE_LINES_ID),     zone, db_text(&r, i, COL_ESPACE_LINES_GRP), db_text(&r, i, COL_ESPACE_LINES_LABEL),
			                     db_text(&r, i, COL_ESPACE_LINES_URL), db_text(&r, i, COL_ESPACE_LINES_NOTE) };
	*ret = (struct espace_lines){ p, r.nrows };
	return ERR_NONE;
}

enum err
espace_line_act(struct db *db, struct arena *a, int64_t actor, int64_t espace, struct str act, const struct espace_line *l, struct str *ret_why)
{
	struct buf b;

	buf_init(&b, a, 512);
	struct json_out j = json_out(&b);
	json_begin_object(&j);
	json_key(&j, "zone"), json_str(&j, l->zone);
	json_key(&j, "grp"), json_str(&j, l->group);
	json_key(&j, "label"), json_str(&j, l->label);
	json_key(&j, "url"), json_str(&j, l->url);
	json_key(&j, "note"), json_str(&j, l->note);
	json_end(&j);
	return outcome(db, a, QUERY_ESPACE_LINK_ACT,
	               DB_ARGS(db_arg_int(a, actor), db_arg_int(a, espace), l->id ? db_arg_int(a, l->id) : DB_NULL, db_arg_str(act), db_arg_str(buf_str(&b))), ret_why);
}

enum err
espace_block_act(struct db *db, struct arena *a, int64_t actor, int64_t espace, struct str act, const struct espace_block *k, struct str *ret_why)
{
	struct buf b;

	buf_init(&b, a, 512);
	struct json_out j = json_out(&b);
	json_begin_object(&j);
	json_key(&j, "kind"), json_str(&j, k->kind);
	json_key(&j, "title"), json_str(&j, k->title);
	json_key(&j, "body"), json_str(&j, k->body);
	json_key(&j, "size"), json_int(&j, k->size);
	json_end(&j);
	return outcome(db, a, QUERY_ESPACE_BLOCK_ACT,
	               DB_ARGS(db_arg_int(a, actor), db_arg_int(a, espace), k->id ? db_arg_int(a, k->id) : DB_NULL, db_arg_str(act), db_arg_str(buf_str(&b))), ret_why);
}

enum err
espace_image_set(struct db *db, struct arena *a, int64_t actor, int64_t espace, const struct media_part *m, struct str type, struct str *ret_why)
{
	struct db_arg none = DB_NULL;

	return outcome(db, a, QUERY_ESPACE_LOGO_SET,
	               DB_ARGS(db_arg_int(a, actor), db_arg_int(a, espace), m ? db_arg_str(type) : none, m ? db_arg_int(a, m->width) : none,
	                       m ? db_arg_int(a, m->height) : none, m ? db_arg_str(str_of(m->sha256)) : none, m ? db_arg_bytes(m->bytes) : none),
	               ret_why);
}
