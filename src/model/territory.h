/*
 * territory: regions, departments, intercommunalities, communes, and what surrounds them. Layer 3. All lives in the arena given.
 */
#ifndef MODEL_TERRITORY_H
#define MODEL_TERRITORY_H
#include "model/list_query.h"

struct territory {
	int64_t id, population; /* population -1: not published */
	struct str type, code, slug, name, name_in, name_of, nature, postcodes, point_source, stone;
	struct str parent_name, parent_in;
	int64_t parent_id, vintage;
	double outline_km2;  /* area of the simplified outline; 0: not known */
	int64_t people_near; /* living within 10 km, or a mean of that for an EPCI; -1: not known */
	bool overseas, has_point;
	double lon, lat;
	int64_t sheets, catalysts, communes, epcis; /* 0 unless territory_find_counted() read it */
	struct str former; /* the former name asked for, when the code has a successor */
};
enum err territory_find(struct db *db, struct arena *a, struct str type, struct str code, struct territory *ret) MUST_CHECK;
/* The same with what is known of it, for its own page: of a large base as much work as a list. */
enum err territory_find_counted(struct db *db, struct arena *a, struct str type, struct str code, struct territory *ret) MUST_CHECK;
/* "commune:97410" */
enum err territory_find_key(struct db *db, struct arena *a, struct str key, struct territory *ret) MUST_CHECK;

struct territory_ref {
	struct str part; /* "parent", "member", "near" */
	int64_t id, population, catalysts, sheets, vintage; /* vintage: territory_all only */
	struct str type, code, slug, name, name_in, stone, parent_code;
	bool has_km, overseas;
	bool alike, named; /* of a suggestion: it only looks like what was typed; that is its very name, or its code */
	double km;
	struct str frame, path; /* shape on the maps: "france" or "inset", empty when there is none */
	struct str light;       /* the same with fewer points, for a small drawing; set by page/map.c */
	double x, y;
	int tint;
};
struct territory_refs {
	const struct territory_ref *p;
	size_t n;
	int64_t total; /* territory_suggest: how many there are, listed or not */
};
enum err territory_around(struct db *db, struct arena *a, int64_t id, struct territory_refs *ret) MUST_CHECK;
/* Every région, département and collectivité, with counts and shapes. */
enum err territory_all(struct db *db, struct arena *a, struct territory_refs *ret) MUST_CHECK;
/* Words, a code, a postal code: at most n, the best first. */
enum err territory_suggest(struct db *db, struct arena *a, struct str text, int64_t n, struct territory_refs *ret) MUST_CHECK;
/* The commune of that name among the nearest to a point in degrees, else the nearest; ERR_NOT_FOUND when there is none within 100 km. */
enum err territory_nearest(struct db *db, struct arena *a, double lon, double lat, struct str name, struct territory *ret) MUST_CHECK;

#endif
