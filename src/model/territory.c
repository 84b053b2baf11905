#include "model/territory.h"

#define KM_FROM_A_COMMUNE 100.0

static enum err
find(struct db *db, struct arena *a, struct str type, struct str code, bool counted, struct territory *ret)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_TERRITORY_PAGE, DB_ARGS(db_arg_str(type), db_arg_str(code), db_arg_bool(counted)), &r);
	if (e)
		return e;
	if (r.nrows == 0)
		return ERR_NOT_FOUND;
#define CELL(name) db_text(&r, 0, COL_TERRITORY_PAGE_##name)
	*ret = (struct territory){
		.id = db_int(&r, 0, COL_TERRITORY_PAGE_ID),
		.population = db_is_null(&r, 0, COL_TERRITORY_PAGE_POPULATION) ? -1
		                                                               : db_int(&r, 0, COL_TERRITORY_PAGE_POPULATION),
		.type = CELL(TYPE),
		.code = CELL(CODE),
		.slug = CELL(SLUG),
		.name = CELL(NAME),
		.name_in = CELL(NAME_IN),
		.name_of = CELL(NAME_OF),
		.nature = CELL(NATURE),
		.postcodes = CELL(POSTCODES),
		.point_source = CELL(POINT_SOURCE),
		.stone = CELL(STONE),
		.parent_name = CELL(PARENT_NAME),
		.parent_in = CELL(PARENT_IN),
		.parent_id = db_int(&r, 0, COL_TERRITORY_PAGE_PARENT_ID),
		.vintage = db_int(&r, 0, COL_TERRITORY_PAGE_VINTAGE),
		.outline_km2 = db_real(&r, 0, COL_TERRITORY_PAGE_OUTLINE_KM2),
		.people_near = db_is_null(&r, 0, COL_TERRITORY_PAGE_PEOPLE_NEAR) ? -1 : db_int(&r, 0, COL_TERRITORY_PAGE_PEOPLE_NEAR),
		.overseas = db_bool(&r, 0, COL_TERRITORY_PAGE_OVERSEAS),
		.has_point = !db_is_null(&r, 0, COL_TERRITORY_PAGE_LON),
		.lon = db_real(&r, 0, COL_TERRITORY_PAGE_LON),
		.lat = db_real(&r, 0, COL_TERRITORY_PAGE_LAT),
		.sheets = db_int(&r, 0, COL_TERRITORY_PAGE_SHEETS),
		.catalysts = db_int(&r, 0, COL_TERRITORY_PAGE_CATALYSTS),
		.communes = db_int(&r, 0, COL_TERRITORY_PAGE_COMMUNES),
		.epcis = db_int(&r, 0, COL_TERRITORY_PAGE_EPCIS),
		.former = CELL(FORMER),
	};
#undef CELL
	return ERR_NONE;
}

enum err
territory_find(struct db *db, struct arena *a, struct str type, struct str code, struct territory *ret)
{
	return find(db, a, type, code, false, ret);
}

enum err
territory_find_counted(struct db *db, struct arena *a, struct str type, struct str code, struct territory *ret)
{
	return find(db, a, type, code, true, ret);
}

enum err
territory_find_key(struct db *db, struct arena *a, struct str key, struct territory *ret)
{
	const char *colon = key.n ? memchr(key.p, ':', key.n) : NULL;
	if (!colon)
		return ERR_NOT_FOUND;
	size_t n = (size_t)(colon - key.p);
	return territory_find(db, a, (struct str){ key.p, n }, (struct str){ colon + 1, key.n - n - 1 }, ret);
}

enum err
territory_around(struct db *db, struct arena *a, int64_t id, struct territory_refs *ret)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_TERRITORY_AROUND, DB_ARGS(db_arg_int(a, id)), &r);
	if (e)
		return e;
	struct territory_ref *p = arena_array(a, struct territory_ref, r.nrows);
	size_t n = 0;
	for (size_t i = 0; i < r.nrows; i++) {
		if (str_eq(db_text(&r, i, COL_TERRITORY_AROUND_PART), STR("near")) && db_real(&r, i, COL_TERRITORY_AROUND_KM) > LIST_NEAR_KM)
			continue;
		p[n++] = (struct territory_ref){
			.part = db_text(&r, i, COL_TERRITORY_AROUND_PART),
			.id = db_int(&r, i, COL_TERRITORY_AROUND_ID),
			.type = db_text(&r, i, COL_TERRITORY_AROUND_TYPE),
			.code = db_text(&r, i, COL_TERRITORY_AROUND_CODE),
			.slug = db_text(&r, i, COL_TERRITORY_AROUND_SLUG),
			.name = db_text(&r, i, COL_TERRITORY_AROUND_NAME),
			.stone = db_text(&r, i, COL_TERRITORY_AROUND_STONE),
			.population = db_int(&r, i, COL_TERRITORY_AROUND_POPULATION),
			.catalysts = db_int(&r, i, COL_TERRITORY_AROUND_CATALYSTS),
			.sheets = db_int(&r, i, COL_TERRITORY_AROUND_SHEETS),
			.has_km = !db_is_null(&r, i, COL_TERRITORY_AROUND_KM),
			.km = db_real(&r, i, COL_TERRITORY_AROUND_KM),
		};
	}
	*ret = (struct territory_refs){ .p = p, .n = n };
	return ERR_NONE;
}

enum err
territory_all(struct db *db, struct arena *a, struct territory_refs *ret)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_TERRITORY_INDEX, NULL, 0, &r);
	if (e)
		return e;
	struct territory_ref *p = arena_array(a, struct territory_ref, r.nrows);
	for (size_t i = 0; i < r.nrows; i++)
		p[i] = (struct territory_ref){
			.part = STR("all"),
			.id = db_int(&r, i, COL_TERRITORY_INDEX_ID),
			.type = db_text(&r, i, COL_TERRITORY_INDEX_TYPE),
			.code = db_text(&r, i, COL_TERRITORY_INDEX_CODE),
			.slug = db_text(&r, i, COL_TERRITORY_INDEX_SLUG),
			.name = db_text(&r, i, COL_TERRITORY_INDEX_NAME),
			.name_in = db_text(&r, i, COL_TERRITORY_INDEX_NAME_IN),
			.stone = db_text(&r, i, COL_TERRITORY_INDEX_CODE),
			.parent_code = db_text(&r, i, COL_TERRITORY_INDEX_PARENT_CODE),
			.population = db_int(&r, i, COL_TERRITORY_INDEX_POPULATION),
			.catalysts = db_int(&r, i, COL_TERRITORY_INDEX_CATALYSTS),
			.sheets = db_int(&r, i, COL_TERRITORY_INDEX_SHEETS),
			.overseas = db_bool(&r, i, COL_TERRITORY_INDEX_OVERSEAS),
			.frame = db_text(&r, i, COL_TERRITORY_INDEX_FRAME),
			.path = db_text(&r, i, COL_TERRITORY_INDEX_PATH),
			.x = db_real(&r, i, COL_TERRITORY_INDEX_X),
			.y = db_real(&r, i, COL_TERRITORY_INDEX_Y),
			.tint = (int)db_int(&r, i, COL_TERRITORY_INDEX_TINT),
			.vintage = db_int(&r, i, COL_TERRITORY_INDEX_VINTAGE),
		};
	*ret = (struct territory_refs){ .p = p, .n = r.nrows };
	return ERR_NONE;
}

enum err
territory_suggest(struct db *db, struct arena *a, struct str text, int64_t n, struct territory_refs *ret)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_TERRITORY_SUGGEST, DB_ARGS(db_arg_str(text), db_arg_int(a, n)), &r);
	if (e)
		return e;
	struct territory_ref *p = arena_array(a, struct territory_ref, r.nrows);
	for (size_t i = 0; i < r.nrows; i++)
		p[i] = (struct territory_ref){
			.part = STR("suggest"),
			.alike = db_bool(&r, i, COL_TERRITORY_SUGGEST_ALIKE),
			.named = db_bool(&r, i, COL_TERRITORY_SUGGEST_NAMED),
			.id = db_int(&r, i, COL_TERRITORY_SUGGEST_ID),
			.type = db_text(&r, i, COL_TERRITORY_SUGGEST_TYPE),
			.code = db_text(&r, i, COL_TERRITORY_SUGGEST_CODE),
			.slug = db_text(&r, i, COL_TERRITORY_SUGGEST_SLUG),
			.name = db_text(&r, i, COL_TERRITORY_SUGGEST_NAME),
			.name_in = db_text(&r, i, COL_TERRITORY_SUGGEST_NAME_IN),
			.stone = db_text(&r, i, COL_TERRITORY_SUGGEST_STONE),
			.population = db_int(&r, i, COL_TERRITORY_SUGGEST_POPULATION),
		};
	*ret = (struct territory_refs){ p, r.nrows, r.nrows ? db_int(&r, 0, COL_TERRITORY_SUGGEST_TOTAL) : 0 };
	return ERR_NONE;
}

enum err
territory_nearest(struct db *db, struct arena *a, double lon, double lat, struct str name, struct territory *ret)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_TERRITORY_NEAREST, DB_ARGS(db_arg_real(a, lon), db_arg_real(a, lat), db_arg_str(name)), &r);
	if (e)
		return e;
	if (r.nrows == 0 || db_real(&r, 0, COL_TERRITORY_NEAREST_KM) > KM_FROM_A_COMMUNE)
		return ERR_NOT_FOUND;
	return territory_find(db, a, STR("commune"), db_text(&r, 0, COL_TERRITORY_NEAREST_CODE), ret);
}
