#include "model/alike.h"

#define CELL(i, name) db_text(&r, i, COL_TERRITORY_ALIKE_##name)
#define NUMBER(i, name) db_int(&r, i, COL_TERRITORY_ALIKE_##name)

enum err
alike_find(struct db *db, struct arena *a, int64_t territory_id, struct strs criteria, int64_t nplaces, int64_t nsheets, struct alike *ret)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_TERRITORY_ALIKE,
	                    DB_ARGS(db_arg_int(a, territory_id), list_query_texts(a, criteria), db_arg_int(a, nplaces), db_arg_int(a, nsheets)), &r);
	if (e)
		return e;
	struct alike_criterion *c = arena_array(a, struct alike_criterion, r.nrows);
	struct alike_place *p = arena_array(a, struct alike_place, r.nrows);
	struct alike_sheet *s = arena_array(a, struct alike_sheet, r.nrows);
	*ret = (struct alike){ .criteria = c, .places = p, .sheets = s };
	for (size_t i = 0; i < r.nrows; i++) {
		struct str part = CELL(i, PART);
		struct alike_place place = { { CELL(i, TYPE), CELL(i, CODE), CELL(i, SLUG), CELL(i, NAME), CELL(i, STONE) },
			                     CELL(i, NAME_OF), CELL(i, WHY), NUMBER(i, SHEETS), NUMBER(i, CATALYSTS) };
		if (str_eq(part, STR("critere"))) {
			c[ret->ncriteria++] = (struct alike_criterion){ CELL(i, CODE), CELL(i, LABEL), CELL(i, VALUE), CELL(i, NOTE),
				                                        db_bool(&r, i, COL_TERRITORY_ALIKE_CHOSEN),
				                                        db_bool(&r, i, COL_TERRITORY_ALIKE_USED), NUMBER(i, N) };
		} else if (str_eq(part, STR("bilan"))) {
			ret->total = NUMBER(i, N);
			ret->with_content = NUMBER(i, CATALYSTS);
			ret->total_sheets = db_is_null(&r, i, COL_TERRITORY_ALIKE_SHEETS) ? -1 : NUMBER(i, SHEETS);
		} else if (str_eq(part, STR("territoire"))) {
			p[ret->nplaces++] = place;
		} else {
			/* The slug of the row is the sheet's: its page and the territory's are two addresses. */
			place.place.slug = STR_NONE;
			s[ret->nsheets++] = (struct alike_sheet){ NUMBER(i, ID), CELL(i, SHEET_TYPE), CELL(i, SLUG), CELL(i, LABEL), CELL(i, SUMMARY),
				                                  CELL(i, VERIFIED_ON), (int)NUMBER(i, EVIDENCE), place };
		}
	}
	return ERR_NONE;
}

#undef CELL
#undef NUMBER
#define CELL(name) db_text(&r, i, COL_TERRITORY_PROGRAMMES_##name)

enum err
programmes_find(struct db *db, struct arena *a, int64_t territory_id, struct programmes *ret)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_TERRITORY_PROGRAMMES, DB_ARGS(db_arg_int(a, territory_id)), &r);
	if (e)
		return e;
	struct programme *p = arena_array(a, struct programme, r.nrows);
	for (size_t i = 0; i < r.nrows; i++)
		p[i] = (struct programme){ CELL(PART), CELL(CODE), CELL(NAME), CELL(LABEL), CELL(SIGNED_ON), CELL(PERIOD), CELL(URL),
			                   CELL(SOURCE), CELL(VINTAGE), CELL(LOADED_ON),
			                   { CELL(TYPE), CELL(PLACE_CODE), CELL(SLUG), CELL(PLACE), STR_NONE },
			                   db_int(&r, i, COL_TERRITORY_PROGRAMMES_N), db_bool(&r, i, COL_TERRITORY_PROGRAMMES_HAS_TERM) };
	*ret = (struct programmes){ p, r.nrows };
	return ERR_NONE;
}
