#include "model/spread.h"

const char *const SPREAD_OUTCOME_CODES[SPREAD_OUTCOMES] = { "reussi", "partiel", "en_cours", "abandonne" };

#define CELL(name) db_text(&r, i, COL_SPREAD_TREE_##name)
#define NUMBER(name) db_int(&r, i, COL_SPREAD_TREE_##name)

enum err
spread_find(struct db *db, struct arena *a, int64_t sheet, int64_t most, struct spread *ret)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_SPREAD_TREE, DB_ARGS(sheet ? db_arg_int(a, sheet) : DB_NULL, db_arg_int(a, most)), &r);

	if (e)
		return e;
	struct spread_node *nodes = arena_array(a, struct spread_node, r.nrows + 1);
	struct spread_place *places = arena_array(a, struct spread_place, r.nrows + 1);
	*ret = (struct spread){ .nodes = nodes, .places = places };
	for (size_t i = 0; i < r.nrows; i++) {
		struct str part = CELL(PART);
		if (str_eq(part, STR("fiche"))) {
			nodes[ret->nnodes++] = (struct spread_node){ NUMBER(ID), NUMBER(ROOT), NUMBER(PARENT), NUMBER(DEPTH), CELL(TYPE), CELL(SLUG), CELL(TITLE), CELL(ALSO),
				                                     { NUMBER(DONE), NUMBER(PARTLY), NUMBER(UNDER_WAY), NUMBER(GIVEN_UP) } };
			continue;
		}
		places[ret->nplaces++] = (struct spread_place){ NUMBER(ID), str_eq(part, STR("essai")),
			                                        { CELL(PLACE_TYPE), CELL(PLACE_CODE), CELL(PLACE_SLUG), CELL(PLACE_NAME), CELL(STONE) },
			                                        CELL(DEPARTEMENT), CELL(OUTCOME), CELL(WHO), CELL(NOTE), NUMBER(YEAR) };
	}
	return ERR_NONE;
}
#undef CELL
#undef NUMBER

#define CELL(name) db_text(&r, i, COL_SPREAD_TERRITORY_##name)
#define NUMBER(name) db_int(&r, i, COL_SPREAD_TERRITORY_##name)

enum err
spread_territory(struct db *db, struct arena *a, int64_t territory, int64_t most, struct spread_moves *ret)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_SPREAD_TERRITORY, DB_ARGS(db_arg_int(a, territory), db_arg_int(a, most)), &r);

	if (e)
		return e;
	struct spread_move *p = arena_array(a, struct spread_move, r.nrows + 1);
	*ret = (struct spread_moves){ .p = p, .n = r.nrows };
	for (size_t i = 0; i < r.nrows; i++) {
		bool came = str_eq(CELL(PART), STR("venu"));
		*(came ? &ret->came : &ret->left) = NUMBER(N);
		p[i] = (struct spread_move){ came, str_eq(CELL(WHAT), STR("essai")), NUMBER(ID), NUMBER(YEAR), NUMBER(OTHER_ID), CELL(TYPE), CELL(SLUG), CELL(TITLE),
			                     CELL(OUTCOME), CELL(OTHER_SLUG), CELL(OTHER_TITLE),
			                     { CELL(PLACE_TYPE), CELL(PLACE_CODE), CELL(PLACE_SLUG), CELL(PLACE_NAME), CELL(STONE) }, CELL(PLACE_IN) };
	}
	return ERR_NONE;
}
#undef CELL
#undef NUMBER
