#include "model/journal.h"

static struct db_arg
number(struct arena *a, int64_t v)
{
	return v ? db_arg_int(a, v) : DB_NULL;
}

enum err
journal_list(struct db *db, struct arena *a, const struct journal_query *q, struct journal_lines *ret)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_JOURNAL_LIST,
	                    DB_ARGS(db_arg_opt(q->object), number(a, q->number), db_arg_opt(q->person), db_arg_opt(q->action), db_arg_opt(q->since),
	                            db_arg_opt(q->until), number(a, q->before), db_arg_int(a, q->most)),
	                    &r);

	if (e)
		return e;
	struct journal_line *p = arena_array(a, struct journal_line, r.nrows + 1);
	for (size_t i = 0; i < r.nrows; i++)
		p[i] = (struct journal_line){ .id = db_int(&r, i, COL_JOURNAL_LIST_ID),
			                      .actor = db_int(&r, i, COL_JOURNAL_LIST_ACTOR_ID),
			                      .object_id = db_int(&r, i, COL_JOURNAL_LIST_OBJECT_ID),
			                      .at = db_text(&r, i, COL_JOURNAL_LIST_AT),
			                      .name = db_text(&r, i, COL_JOURNAL_LIST_ACTOR),
			                      .action = db_text(&r, i, COL_JOURNAL_LIST_ACTION),
			                      .object = db_text(&r, i, COL_JOURNAL_LIST_OBJECT),
			                      .detail = db_text(&r, i, COL_JOURNAL_LIST_DETAIL),
			                      .reason = db_text(&r, i, COL_JOURNAL_LIST_REASON),
			                      .object_name = db_text(&r, i, COL_JOURNAL_LIST_NAME),
			                      .sealed = db_bool(&r, i, COL_JOURNAL_LIST_SEALED) };
	*ret = (struct journal_lines){ p, r.nrows };
	return ERR_NONE;
}

enum err
journal_words(struct db *db, struct arena *a, struct journal_words *ret)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_JOURNAL_WORDS, NULL, 0, &r);

	if (e)
		return e;
	struct str *objects = arena_array(a, struct str, r.nrows + 1), *actions = arena_array(a, struct str, r.nrows + 1);
	*ret = (struct journal_words){ .objects = objects, .actions = actions };
	for (size_t i = 0; i < r.nrows; i++) {
		struct str word = db_text(&r, i, COL_JOURNAL_WORDS_WORD);
		if (str_eq(db_text(&r, i, COL_JOURNAL_WORDS_PART), STR("objet")))
			objects[ret->nobjects++] = word;
		else
			actions[ret->nactions++] = word;
	}
	return ERR_NONE;
}

enum err
journal_whole(struct db *db, struct arena *a, int64_t *ret_broken, int64_t *ret_lines)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_JOURNAL_WHOLE, NULL, 0, &r);

	if (!e)
		*ret_broken = db_int(&r, 0, COL_JOURNAL_WHOLE_BROKEN), *ret_lines = db_int(&r, 0, COL_JOURNAL_WHOLE_LINES);
	return e;
}
