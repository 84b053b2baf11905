#include "model/space.h"

enum err
space_awaits_list(struct db *db, struct arena *a, int64_t actor, bool reviews, struct space_awaits *ret)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_SPACE_AWAITS, DB_ARGS(db_arg_int(a, actor), db_arg_bool(reviews), db_arg_int(a, SPACE_REVIEWS)), &r);

	if (e)
		return e;
	struct space_await *p = arena_array(a, struct space_await, r.nrows);
	for (size_t i = 0; i < r.nrows; i++)
		p[i] = (struct space_await){
			.kind = db_text(&r, i, COL_SPACE_AWAITS_KIND),
			.id = db_int(&r, i, COL_SPACE_AWAITS_ID),
			.type = db_text(&r, i, COL_SPACE_AWAITS_TYPE),
			.title = db_text(&r, i, COL_SPACE_AWAITS_TITLE),
			.n = db_int(&r, i, COL_SPACE_AWAITS_N),
			.day = db_text(&r, i, COL_SPACE_AWAITS_ON_DAY),
			.code = db_text(&r, i, COL_SPACE_AWAITS_CODE),
		};
	*ret = (struct space_awaits){ p, r.nrows };
	return ERR_NONE;
}

enum err
space_sheets_list(struct db *db, struct arena *a, int64_t actor, struct str state, int64_t skip, int64_t most, struct space_sheets *ret)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_SPACE_SHEETS, DB_ARGS(db_arg_int(a, actor), db_arg_str(state), db_arg_int(a, skip), db_arg_int(a, most)), &r);

	if (e)
		return e;
	struct space_sheet *p = arena_array(a, struct space_sheet, r.nrows);
	for (size_t i = 0; i < r.nrows; i++)
		p[i] = (struct space_sheet){
			.shared = str_eq(db_text(&r, i, COL_SPACE_SHEETS_WHOSE), STR("structure")),
			.state = db_text(&r, i, COL_SPACE_SHEETS_STATE),
			.total = db_int(&r, i, COL_SPACE_SHEETS_TOTAL),
			.id = db_int(&r, i, COL_SPACE_SHEETS_ID),
			.type = db_text(&r, i, COL_SPACE_SHEETS_TYPE),
			.title = db_text(&r, i, COL_SPACE_SHEETS_TITLE),
			.slug = db_text(&r, i, COL_SPACE_SHEETS_SLUG),
			.online = db_bool(&r, i, COL_SPACE_SHEETS_ONLINE),
			.structure = db_text(&r, i, COL_SPACE_SHEETS_STRUCTURE),
			.day = db_text(&r, i, COL_SPACE_SHEETS_ON_DAY),
			.due = db_text(&r, i, COL_SPACE_SHEETS_DUE_ON),
		};
	*ret = (struct space_sheets){ p, r.nrows };
	return ERR_NONE;
}

enum err
space_structures_list(struct db *db, struct arena *a, int64_t actor, struct space_structures *ret)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_SPACE_STRUCTURES, DB_ARGS(db_arg_int(a, actor)), &r);

	if (e)
		return e;
	struct space_structure *p = arena_array(a, struct space_structure, r.nrows);
	for (size_t i = 0; i < r.nrows; i++)
		p[i] = (struct space_structure){
			.id = db_int(&r, i, COL_SPACE_STRUCTURES_ID),
			.sheets = db_int(&r, i, COL_SPACE_STRUCTURES_SHEETS),
			.name = db_text(&r, i, COL_SPACE_STRUCTURES_NAME),
			.role = db_text(&r, i, COL_SPACE_STRUCTURES_ROLE),
			.state = db_text(&r, i, COL_SPACE_STRUCTURES_STATE),
		};
	*ret = (struct space_structures){ p, r.nrows };
	return ERR_NONE;
}

enum err
space_invitation(struct db *db, struct arena *a, int64_t actor, struct str code, struct str fresh_sum)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_SPACE_INVITATION, DB_ARGS(db_arg_int(a, actor), db_arg_str(code), db_arg_str(fresh_sum)), &r);

	return !e && r.nrows == 0 ? ERR_NOT_FOUND : e;
}
