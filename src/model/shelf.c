#include "model/shelf.h"

struct columns {
	struct str *kinds, *keys, *labels;
};

static struct columns
columns_of(struct arena *a, const struct shelf_items *items)
{
	struct columns c = { arena_array(a, struct str, items->n + 1), arena_array(a, struct str, items->n + 1), arena_array(a, struct str, items->n + 1) };

	for (size_t i = 0; i < items->n; i++)
		c.kinds[i] = items->p[i].kind, c.keys[i] = items->p[i].key, c.labels[i] = items->p[i].label;
	return c;
}

enum err
shelf_resolve(struct db *db, struct arena *a, struct shelf_items *items)
{
	struct columns c = columns_of(a, items);
	struct db_rows r;

	if (items->n == 0)
		return ERR_NONE;
	enum err e = db_run(db, a, QUERY_SHELF_RESOLVE, DB_ARGS(db_arg_texts(a, c.kinds, items->n), db_arg_texts(a, c.keys, items->n)), &r);
	for (size_t i = 0; !e && i < r.nrows && i < items->n; i++) {
		struct shelf_item *x = &items->p[i];
		x->id = db_int(&r, i, COL_SHELF_RESOLVE_ID);
		x->type = db_text(&r, i, COL_SHELF_RESOLVE_TYPE);
		x->title = db_text(&r, i, COL_SHELF_RESOLVE_TITLE);
		x->note = db_text(&r, i, COL_SHELF_RESOLVE_NOTE);
		x->path = db_text(&r, i, COL_SHELF_RESOLVE_PATH);
	}
	return e;
}

enum err
shelf_list(struct db *db, struct arena *a, int64_t account, struct shelves *ret)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_SHELF_LIST, DB_ARGS(db_arg_int(a, account)), &r);

	if (e)
		return e;
	struct shelf *p = arena_array(a, struct shelf, r.nrows);
	for (size_t i = 0; i < r.nrows; i++)
		p[i] = (struct shelf){ .id = db_int(&r, i, COL_SHELF_LIST_ID),
			               .n = db_int(&r, i, COL_SHELF_LIST_ITEMS),
			               .name = db_text(&r, i, COL_SHELF_LIST_NAME),
			               .note = db_text(&r, i, COL_SHELF_LIST_NOTE),
			               .changed_on = db_text(&r, i, COL_SHELF_LIST_CHANGED_ON),
			               .code = db_text(&r, i, COL_SHELF_LIST_CODE) };
	*ret = (struct shelves){ p, r.nrows };
	return ERR_NONE;
}

enum err
shelf_find(struct db *db, struct arena *a, int64_t account, int64_t id, struct str code, struct shelf *ret, struct shelf_items *ret_items)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_SHELF_FIND, DB_ARGS(db_arg_int(a, account), db_arg_int(a, id), db_arg_opt(code)), &r);

	if (e)
		return e;
	if (r.nrows == 0)
		return err_note(ERR_NOT_FOUND, "no such list, or not theirs");
	struct shelf_item *p = arena_array(a, struct shelf_item, r.nrows);
	size_t n = 0;
	for (size_t i = 0; i < r.nrows; i++)
		if (!db_is_null(&r, i, COL_SHELF_FIND_KIND))
			p[n++] = (struct shelf_item){ .kind = db_text(&r, i, COL_SHELF_FIND_KIND), .key = db_text(&r, i, COL_SHELF_FIND_KEY),
				                      .label = db_text(&r, i, COL_SHELF_FIND_LABEL) };
	*ret = (struct shelf){ .id = db_int(&r, 0, COL_SHELF_FIND_ID),
		               .n = (int64_t)n,
		               .name = db_text(&r, 0, COL_SHELF_FIND_NAME),
		               .note = db_text(&r, 0, COL_SHELF_FIND_NOTE),
		               .changed_on = db_text(&r, 0, COL_SHELF_FIND_CHANGED_ON),
		               .code = db_text(&r, 0, COL_SHELF_FIND_CODE) };
	*ret_items = (struct shelf_items){ p, n };
	return ERR_NONE;
}

enum err
shelf_make(struct db *db, struct arena *a, int64_t account, struct str name, struct str note, int64_t *ret_id)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_SHELF_MAKE, DB_ARGS(db_arg_int(a, account), db_arg_str(name), db_arg_str(note)), &r);

	if (!e)
		*ret_id = db_int(&r, 0, COL_SHELF_MAKE_ID);
	return e;
}

enum err
shelf_add(struct db *db, struct arena *a, int64_t account, int64_t id, const struct shelf_items *items, bool *ret_full)
{
	struct columns c = columns_of(a, items);
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_SHELF_ADD,
	                    DB_ARGS(db_arg_int(a, account), db_arg_int(a, id), db_arg_texts(a, c.kinds, items->n), db_arg_texts(a, c.keys, items->n),
	                            db_arg_texts(a, c.labels, items->n)),
	                    &r);

	if (e)
		return e;
	struct str outcome = db_text(&r, 0, COL_SHELF_ADD_OUTCOME);
	*ret_full = str_eq(outcome, STR("plein"));
	return str_eq(outcome, STR("introuvable")) ? err_note(ERR_NOT_FOUND, "no such list, or not theirs") : ERR_NONE;
}

/* A change of one list: no row when it is not theirs. */
static enum err
changed(enum err e, const struct db_rows *r)
{
	return e ? e : r->nrows == 0 ? err_note(ERR_NOT_FOUND, "no such list, or not theirs") : ERR_NONE;
}

enum err
shelf_remove(struct db *db, struct arena *a, int64_t account, int64_t id, struct str kind, struct str key)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_SHELF_REMOVE, DB_ARGS(db_arg_int(a, account), db_arg_int(a, id), db_arg_str(kind), db_arg_str(key)), &r);

	return changed(e, &r);
}

enum err
shelf_set(struct db *db, struct arena *a, int64_t account, int64_t id, struct str name, struct str note)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_SHELF_SET, DB_ARGS(db_arg_int(a, account), db_arg_int(a, id), db_arg_str(name), db_arg_str(note)), &r);

	return changed(e, &r);
}

enum err
shelf_share(struct db *db, struct arena *a, int64_t account, int64_t id, struct str code)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_SHELF_SHARE, DB_ARGS(db_arg_int(a, account), db_arg_int(a, id), db_arg_opt(code)), &r);

	return changed(e, &r);
}

enum err
shelf_delete(struct db *db, struct arena *a, int64_t account, int64_t id)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_SHELF_DELETE, DB_ARGS(db_arg_int(a, account), db_arg_int(a, id)), &r);

	return changed(e, &r);
}
