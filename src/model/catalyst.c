#include "model/catalyst.h"

#include "model/search.h"

#define CELL(name) db_text(&r, i, COL_CATALYST_LIST_##name)

static enum err
list_read(struct db *db, struct arena *a, const struct list_query *q, struct catalyst_list *ret)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_CATALYST_LIST,
	                    DB_ARGS(db_arg_opt(q->q), list_query_texts(a, q->themes), list_query_texts(a, q->odds),
	                            list_query_texts(a, q->pratiques), list_query_texts(a, q->territoires),
	                            db_arg_opt(q->lat), db_arg_opt(q->lon), db_arg_opt(q->rayon), db_arg_opt(q->tri),
	                            db_arg_int(a, q->taille), db_arg_int(a, list_query_offset(q)), db_arg_opt(q->bbox),
	                            db_arg_opt(q->apres)),
	                    &r);
	if (e)
		return e;
	struct facet_count *facets = arena_array(a, struct facet_count, r.nrows);
	struct catalyst_card *cards = arena_array(a, struct catalyst_card, r.nrows);
	struct catalyst_list list = { 0 };
	for (size_t i = 0; i < r.nrows; i++) {
		if (str_eq(CELL(PART), STR("facette"))) {
			facet_counts_add(&list.facets, facets,
			                 (struct facet_count){ CELL(FACET), CELL(CODE), CELL(LABEL), CELL(PARENT),
			                                       db_int(&r, i, COL_CATALYST_LIST_N),
			                                       db_bool(&r, i, COL_CATALYST_LIST_ABOUT) });
			continue;
		}
		cards[list.n++] = (struct catalyst_card){
			.id = db_int(&r, i, COL_CATALYST_LIST_ID),
			.ref = CELL(REF),
			.structure_kind = CELL(STRUCTURE_KIND),
			.slug = CELL(SLUG),
			.name = CELL(NAME),
			.summary = CELL(SUMMARY),
			.kind = CELL(KIND),
			.precision = CELL(PRECISION),
			.origin = CELL(ORIGIN),
			.verified_on = CELL(VERIFIED_ON),
			.website = CELL(WEBSITE),
			.source_label = CELL(SOURCE_LABEL),
			.source_url = CELL(SOURCE_URL),
			.national = db_bool(&r, i, COL_CATALYST_LIST_NATIONAL),
			.seat = { CELL(SEAT_TYPE), CELL(SEAT_CODE), CELL(SEAT_SLUG), CELL(SEAT_NAME), CELL(STONE) },
			.seat_in = CELL(SEAT_IN),
			.departement_in = CELL(DEPARTEMENT_IN),
			.has_point = !db_is_null(&r, i, COL_CATALYST_LIST_LON),
			.lon = db_real(&r, i, COL_CATALYST_LIST_LON),
			.lat = db_real(&r, i, COL_CATALYST_LIST_LAT),
			.practices = CELL(PRACTICES),
			.rank = (int)db_int(&r, i, COL_CATALYST_LIST_RANK),
			.cover_type = CELL(COVER_TYPE),
			.cover_name = CELL(COVER_NAME),
			.cover_in = CELL(COVER_IN),
			.has_distance = !db_is_null(&r, i, COL_CATALYST_LIST_DISTANCE_KM),
			.distance_km = db_real(&r, i, COL_CATALYST_LIST_DISTANCE_KM),
		};
	}
	facet_counts_walk(&list.facets, q, &list.n, list.n > 1 ? cards[list.n - 2].id : 0);
	list.p = cards;
	*ret = list;
	return ERR_NONE;
}
#undef CELL

enum err
catalyst_total(struct db *db, struct arena *a, const struct list_query *q, int64_t *ret)
{
	struct catalyst_list list;
	enum err e = list_read(db, a, q, &list);
	if (!e)
		*ret = list.facets.total;
	return e;
}

enum err
catalyst_search(struct db *db, struct arena *a, const struct list_query *q, struct catalyst_list *ret)
{
	struct search_note note;
	struct list_query other = *q;
	struct catalyst_list list;
	bool some = false;
	enum err e = list_read(db, a, q, ret);
	if (e || (e = search_instead(db, a, q, ret->facets.total, catalyst_total, &note)))
		return e;
	for (int tries = 0; tries < 2 && !some && note.instead.n; tries++) {
		other.q = note.instead;
		if ((e = list_read(db, a, &other, &list)) || (e = search_alone(db, a, &other, list.facets.total, catalyst_total, &some)))
			return e;
		if (some) {
			note.nothing = list.facets.total == 0;
			*ret = list;
			ret->facets.search = note;
		}
		note.instead = search_any(a, q->q); /* they find sheets: of catalysts, any of the words is enough */
		note.reason = STR("un");
	}
	return ERR_NONE;
}

enum err
catalyst_meant(struct db *db, struct arena *a, const struct list_query *q, struct catalyst_list *list)
{
	return search_meant(db, a, q, list->facets.total, catalyst_total, &list->facets.search);
}

enum err
catalyst_nearest(struct db *db, struct arena *a, int64_t territory_id, const struct catalyst_list *seen, int64_t n,
                 struct catalyst_list *ret)
{
	int64_t *ids = arena_array(a, int64_t, seen->n);
	for (size_t i = 0; i < seen->n; i++)
		ids[i] = seen->p[i].id;
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_CATALYST_NEAR,
	                    DB_ARGS(db_arg_int(a, territory_id), db_arg_ints(a, ids, seen->n), db_arg_int(a, n)), &r);
	if (e)
		return e;
	while (r.nrows > 0 && db_real(&r, r.nrows - 1, COL_CATALYST_NEAR_DISTANCE_KM) > LIST_NEAR_KM)
		r.nrows--;
	struct catalyst_card *cards = arena_array(a, struct catalyst_card, r.nrows);
#define CELL(name) db_text(&r, i, COL_CATALYST_NEAR_##name)
	for (size_t i = 0; i < r.nrows; i++)
		cards[i] = (struct catalyst_card){
			.id = db_int(&r, i, COL_CATALYST_NEAR_ID),
			.slug = CELL(SLUG),
			.name = CELL(NAME),
			.summary = CELL(SUMMARY),
			.kind = CELL(KIND),
			.precision = STR("commune"),
			.national = db_bool(&r, i, COL_CATALYST_NEAR_NATIONAL),
			.origin = CELL(ORIGIN),
			.verified_on = CELL(VERIFIED_ON),
			.website = CELL(WEBSITE),
			.seat = { STR("commune"), CELL(SEAT_CODE), CELL(SEAT_SLUG), CELL(SEAT_NAME), CELL(STONE) },
			.seat_in = CELL(SEAT_IN),
			.practices = CELL(PRACTICES),
			.source_label = CELL(SOURCE_LABEL),
			.source_url = CELL(SOURCE_URL),
			.rank = RANK_NONE,
			.near = true,
			.has_distance = true,
			.distance_km = db_real(&r, i, COL_CATALYST_NEAR_DISTANCE_KM),
		};
#undef CELL
	*ret = (struct catalyst_list){ .p = cards, .n = r.nrows, .facets = { .total = (int64_t)r.nrows } };
	return ERR_NONE;
}

#define CELL(name) db_text(&r, 0, COL_CATALYST_FIND_##name)

enum err
catalyst_find(struct db *db, struct arena *a, int64_t id, struct catalyst *ret)
{
	struct db_rows r, p;
	enum err e = db_run(db, a, QUERY_CATALYST_FIND, DB_ARGS(db_arg_int(a, id)), &r);
	if (e)
		return e;
	if (r.nrows == 0)
		return ERR_NOT_FOUND;
	if ((e = db_run(db, a, QUERY_CATALYST_PARTS, DB_ARGS(db_arg_int(a, id)), &p)))
		return e;
	struct catalyst c = {
		.card = { .id = id,
		          .ref = CELL(REF),
		          .structure_kind = CELL(STRUCTURE_KIND),
		          .slug = CELL(SLUG),
		          .name = CELL(NAME),
		          .summary = CELL(SUMMARY),
		          .kind = CELL(KIND),
		          .precision = CELL(PRECISION),
		          .national = db_bool(&r, 0, COL_CATALYST_FIND_NATIONAL),
		          .origin = CELL(ORIGIN),
		          .verified_on = CELL(VERIFIED_ON),
		          .website = CELL(WEBSITE),
		          .source_label = CELL(SOURCE_LABEL),
		          .source_url = CELL(SOURCE_URL),
		          .seat = { CELL(SEAT_TYPE), CELL(SEAT_CODE), CELL(SEAT_SLUG), CELL(SEAT_NAME), CELL(STONE) },
		          .seat_in = CELL(SEAT_IN),
		          .has_point = !db_is_null(&r, 0, COL_CATALYST_FIND_LON),
		          .lon = db_real(&r, 0, COL_CATALYST_FIND_LON),
		          .lat = db_real(&r, 0, COL_CATALYST_FIND_LAT),
		          .practices = CELL(PRACTICES),
		          .rank = RANK_NONE },
		.structure = CELL(STRUCTURE),
		.structure_id = db_int(&r, 0, COL_CATALYST_FIND_STRUCTURE_ID),
		.reach = CELL(REACH),
		.held = db_bool(&r, 0, COL_CATALYST_FIND_HELD),
		.seat_id = db_int(&r, 0, COL_CATALYST_FIND_SEAT_ID),
		.departement = { STR("departement"), CELL(DEPARTEMENT_CODE), CELL(DEPARTEMENT_SLUG), CELL(DEPARTEMENT_NAME),
		                 CELL(DEPARTEMENT_CODE) },
	};
	struct catalyst_part *parts = arena_array(a, struct catalyst_part, p.nrows);
	for (size_t i = 0; i < p.nrows; i++)
		parts[i] = (struct catalyst_part){
			.part = db_text(&p, i, COL_CATALYST_PARTS_PART),
			.scheme = db_text(&p, i, COL_CATALYST_PARTS_SCHEME),
			.code = db_text(&p, i, COL_CATALYST_PARTS_CODE),
			.slug = db_text(&p, i, COL_CATALYST_PARTS_SLUG),
			.label = db_text(&p, i, COL_CATALYST_PARTS_LABEL),
			.type = db_text(&p, i, COL_CATALYST_PARTS_TYPE),
			.summary = db_text(&p, i, COL_CATALYST_PARTS_SUMMARY),
			.verified_on = db_text(&p, i, COL_CATALYST_PARTS_VERIFIED_ON),
			.n = db_int(&p, i, COL_CATALYST_PARTS_N),
			.evidence = (int)db_int(&p, i, COL_CATALYST_PARTS_EVIDENCE),
		};
	c.parts = parts;
	c.nparts = p.nrows;
	*ret = c;
	return ERR_NONE;
}
#undef CELL

enum err
catalyst_around(struct db *db, struct arena *a, int64_t id, struct catalyst_besides *ret)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_CATALYST_AROUND, DB_ARGS(db_arg_int(a, id)), &r);
	if (e)
		return e;
	struct catalyst_beside *p = arena_array(a, struct catalyst_beside, r.nrows);
	for (size_t i = 0; i < r.nrows; i++)
		p[i] = (struct catalyst_beside){
			.part = db_text(&r, i, COL_CATALYST_AROUND_PART),
			.code = db_text(&r, i, COL_CATALYST_AROUND_CODE),
			.label = db_text(&r, i, COL_CATALYST_AROUND_LABEL),
			.parent = db_text(&r, i, COL_CATALYST_AROUND_PARENT),
			.slug = db_text(&r, i, COL_CATALYST_AROUND_SLUG),
			.name = db_text(&r, i, COL_CATALYST_AROUND_NAME),
			.date = db_text(&r, i, COL_CATALYST_AROUND_DATE),
			.id = db_int(&r, i, COL_CATALYST_AROUND_ID),
			.lit = db_bool(&r, i, COL_CATALYST_AROUND_LIT),
		};
	*ret = (struct catalyst_besides){ p, r.nrows };
	return ERR_NONE;
}

enum err
catalyst_set(struct db *db, struct arena *a, int64_t territory, struct catalyst_besides *ret)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_TERRITORY_SET, DB_ARGS(db_arg_int(a, territory)), &r);
	if (e)
		return e;
	struct catalyst_beside *p = arena_array(a, struct catalyst_beside, r.nrows);
	for (size_t i = 0; i < r.nrows; i++)
		p[i] = (struct catalyst_beside){
			.part = STR("tient"),
			.code = db_text(&r, i, COL_TERRITORY_SET_PRACTICE),
			.label = db_text(&r, i, COL_TERRITORY_SET_LABEL),
			.slug = db_text(&r, i, COL_TERRITORY_SET_SLUG),
			.name = db_text(&r, i, COL_TERRITORY_SET_NAME),
			.id = db_int(&r, i, COL_TERRITORY_SET_ID),
		};
	*ret = (struct catalyst_besides){ p, r.nrows };
	return ERR_NONE;
}

struct str
catalyst_reason(struct arena *a, const struct catalyst_card *c)
{
	switch (c->rank) {
	case RANK_COVERS_COMMUNE:
	case RANK_COVERS_EPCI:
	case RANK_COVERS_DEPARTEMENT:
	case RANK_COVERS_REGION:
		if (str_eq(c->cover_type, STR("epci")))
			return arena_fmt(a, "Intervient dans toute l'intercommunalité : %.*s", (int)c->cover_name.n, c->cover_name.p);
		return arena_fmt(a, "Intervient %.*s", (int)c->cover_in.n, c->cover_in.p);
	case RANK_AREA_INSIDE:
		return c->cover_name.n ? arena_fmt(a, "Intervient dans une partie de ce territoire : %.*s", (int)c->cover_name.n, c->cover_name.p)
		                       : STR("Intervient dans une partie de ce territoire");
	case RANK_SEAT_INSIDE:
		return arena_fmt(a, "Installé %.*s", (int)c->seat_in.n, c->seat_in.p);
	case RANK_SAME_DEPARTEMENT:
		return str_eq(c->precision, STR("commune"))
		               ? arena_fmt(a, "Installé dans le même département, %.*s", (int)c->seat_in.n, c->seat_in.p)
		               : STR("Installé dans le même département");
	case RANK_NATIONAL:
		return STR("Intervient partout en France");
	default:
		if (!c->has_distance)
			return STR_NONE;
		struct str far = c->distance_km < 1 ? STR("moins d’un kilomètre") : arena_fmt(a, "%.0f km", c->distance_km);
		return c->near ? arena_fmt(a, "Parmi les plus proches, à %.*s", (int)far.n, far.p)
		               : arena_fmt(a, "Installé %.*s, à %.*s à vol d’oiseau", (int)c->seat_in.n, c->seat_in.p, (int)far.n, far.p);
	}
}
