/*
 * map: the paper a map is drawn on, and where the items of a list are on it. Layer 3. All lives in the arena given.
 */
#ifndef MODEL_MAP_H
#define MODEL_MAP_H
#include "model/list_query.h"

/* How a point becomes a dot in the square of 1000: see map_ground.sql. */
struct map_frame {
	int64_t srid;
	double x0, y1, scale; /* scale: units a metre */
};

struct map_land { /* a département, in whole or in part */
	struct str type, code, name, path;
	bool own; /* of the place the map is about; else a neighbour */
	int tint;
	double x, y; /* a point well inside */
};

struct map_ground {
	struct str type, code, slug, name, name_in, stone; /* the place it is about; type empty: the nation */
	struct map_frame frame;
	const struct map_land *p;
	size_t n;
};
/* The finest département or région that holds all of these places ("type:code"). */
enum err map_ground_find(struct db *db, struct arena *a, struct strs territoires, struct map_ground *ret) MUST_CHECK;

struct map_place {
	int64_t item;
	struct str type, code, slug, name, departement, region, stone;
	double lon, lat, x, y; /* x and y only with a frame */
};
struct map_places {
	const struct map_place *p;
	size_t n;
};
/* Where these sheets or catalysts are, in the order given; several rows for a sheet of several places, none for the nation. */
enum err map_places_find(struct db *db, struct arena *a, bool sheets, const int64_t *ids, size_t n, const struct map_frame *frame,
                         struct map_places *ret) MUST_CHECK;

struct map_outlines {
	int64_t vintage;
	const struct str *p; /* GeoJSON features */
	size_t n;
};
enum err map_outlines_find(struct db *db, struct arena *a, bool regions, struct map_outlines *ret) MUST_CHECK;

#endif
