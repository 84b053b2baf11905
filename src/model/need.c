#include "model/need.h"

enum err
need_territory(struct db *db, struct arena *a, const struct territory *t, struct territory *ret)
{
	struct territory_refs around;
	const struct territory_ref *best = NULL;
	enum err e;

	*ret = *t;
	if (!str_eq(t->type, STR("commune")) && !str_eq(t->type, STR("epci")))
		return ERR_NONE;
	if ((e = territory_around(db, a, t->id, &around)))
		return e;
	for (size_t i = 0; i < around.n; i++) {
		const struct territory_ref *x = &around.p[i];
		bool fine = str_eq(x->type, STR("departement")) || str_eq(x->type, STR("collectivite"));
		if (str_eq(x->part, STR("parent")) && (fine || str_eq(x->type, STR("region"))) && (!best || (fine && x->id == t->parent_id)))
			best = x;
	}
	return best ? territory_find(db, a, best->type, best->code, ret) : ERR_NONE;
}

enum err
need_list(struct db *db, struct arena *a, const struct territory *t, struct str theme, struct needs *ret)
{
	struct db_rows r;
	bool all = t->id == 0;
	enum err e = db_run(db, a, QUERY_NEED_LIST,
	                    DB_ARGS(db_arg_str(all ? STR("pays") : t->type), db_arg_str(all ? STR("FR") : t->code), db_arg_opt(theme), db_arg_int(a, NEEDS_MOST)), &r);

	if (e)
		return e;
	struct need *p = arena_array(a, struct need, r.nrows + 1);
	for (size_t i = 0; i < r.nrows; i++)
		p[i] = (struct need){ .about = db_text(&r, i, COL_NEED_LIST_ABOUT),
			              .subject = db_text(&r, i, COL_NEED_LIST_SUBJECT),
			              .label = db_text(&r, i, COL_NEED_LIST_LABEL),
			              .at_least = db_int(&r, i, COL_NEED_LIST_AT_LEAST),
			              .none = db_bool(&r, i, COL_NEED_LIST_NONE),
			              .places = db_text(&r, i, COL_NEED_LIST_PLACES) };
	*ret = (struct needs){ p, r.nrows };
	return ERR_NONE;
}
