#include "model/map.h"

enum err
map_ground_find(struct db *db, struct arena *a, struct strs territoires, struct map_ground *ret)
{
	*ret = (struct map_ground){ 0 };
	if (territoires.n == 0)
		return ERR_NONE;
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_MAP_GROUND, DB_ARGS(list_query_texts(a, territoires)), &r);
	if (e || r.nrows == 0)
		return e;
	struct map_land *p = arena_array(a, struct map_land, r.nrows);
	for (size_t i = 0; i < r.nrows; i++)
		p[i] = (struct map_land){
			.type = db_text(&r, i, COL_MAP_GROUND_TYPE),
			.code = db_text(&r, i, COL_MAP_GROUND_CODE),
			.name = db_text(&r, i, COL_MAP_GROUND_NAME),
			.path = db_text(&r, i, COL_MAP_GROUND_PATH),
			.own = db_bool(&r, i, COL_MAP_GROUND_OWN),
			.tint = (int)db_int(&r, i, COL_MAP_GROUND_TINT),
			.x = db_real(&r, i, COL_MAP_GROUND_X),
			.y = db_real(&r, i, COL_MAP_GROUND_Y),
		};
	*ret = (struct map_ground){
		.type = db_text(&r, 0, COL_MAP_GROUND_SCOPE_TYPE),
		.code = db_text(&r, 0, COL_MAP_GROUND_SCOPE_CODE),
		.slug = db_text(&r, 0, COL_MAP_GROUND_SCOPE_SLUG),
		.name = db_text(&r, 0, COL_MAP_GROUND_SCOPE_NAME),
		.name_in = db_text(&r, 0, COL_MAP_GROUND_SCOPE_IN),
		.stone = db_text(&r, 0, COL_MAP_GROUND_STONE),
		.frame = { .srid = db_int(&r, 0, COL_MAP_GROUND_SRID),
		           .x0 = db_real(&r, 0, COL_MAP_GROUND_X0),
		           .y1 = db_real(&r, 0, COL_MAP_GROUND_Y1),
		           .scale = db_real(&r, 0, COL_MAP_GROUND_SCALE) },
		.p = p,
		.n = r.nrows,
	};
	return ERR_NONE;
}

enum err
map_places_find(struct db *db, struct arena *a, bool sheets, const int64_t *ids, size_t n, const struct map_frame *frame,
                struct map_places *ret)
{
	*ret = (struct map_places){ 0 };
	if (n == 0)
		return ERR_NONE;
	bool drawn = frame && frame->srid > 0;
	struct db_arg none = DB_NULL;
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_MAP_PLACES,
	                    DB_ARGS(db_arg_str(sheets ? STR("fiches") : STR("catalyseurs")), db_arg_ints(a, ids, n),
	                            drawn ? db_arg_int(a, frame->srid) : none, drawn ? db_arg_real(a, frame->x0) : none,
	                            drawn ? db_arg_real(a, frame->y1) : none, drawn ? db_arg_real(a, frame->scale) : none),
	                    &r);
	if (e)
		return e;
	struct map_place *p = arena_array(a, struct map_place, r.nrows);
	for (size_t i = 0; i < r.nrows; i++)
		p[i] = (struct map_place){
			.item = db_int(&r, i, COL_MAP_PLACES_ITEM),
			.type = db_text(&r, i, COL_MAP_PLACES_TYPE),
			.code = db_text(&r, i, COL_MAP_PLACES_CODE),
			.slug = db_text(&r, i, COL_MAP_PLACES_SLUG),
			.name = db_text(&r, i, COL_MAP_PLACES_NAME),
			.departement = db_text(&r, i, COL_MAP_PLACES_DEPARTEMENT),
			.region = db_text(&r, i, COL_MAP_PLACES_REGION),
			.stone = db_text(&r, i, COL_MAP_PLACES_STONE),
			.lon = db_real(&r, i, COL_MAP_PLACES_LON),
			.lat = db_real(&r, i, COL_MAP_PLACES_LAT),
			.x = db_real(&r, i, COL_MAP_PLACES_X),
			.y = db_real(&r, i, COL_MAP_PLACES_Y),
		};
	*ret = (struct map_places){ p, r.nrows };
	return ERR_NONE;
}

enum err
map_outlines_find(struct db *db, struct arena *a, bool regions, struct map_outlines *ret)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_MAP_OUTLINES, DB_ARGS(db_arg_bool(regions)), &r);
	if (e)
		return e;
	struct str *p = arena_array(a, struct str, r.nrows);
	for (size_t i = 0; i < r.nrows; i++)
		p[i] = db_text(&r, i, COL_MAP_OUTLINES_FEATURE);
	*ret = (struct map_outlines){ r.nrows ? db_int(&r, 0, COL_MAP_OUTLINES_VINTAGE) : 0, p, r.nrows };
	return ERR_NONE;
}
