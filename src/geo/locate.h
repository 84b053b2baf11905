/*
 * locate: from the visitor's address to a place, and how sure we are. Layer 2 (geo).
 * Never fails: whatever the address or the files, the answer is a struct place; when unsure it says CONFIDENCE_NONE and why.
 * The address is used in memory and written nowhere.
 *
 * Rules (measured on DB-IP Lite of June 2026, where 37 % of French IPv4 addresses sit on a placeholder):
 * - twelve country codes are French: FR RE GP MQ GF YT PM BL MF NC PF WF; anything else is "abroad";
 * - a commune needs a city's name, a point inside the country's box, no placeholder, a radius under the limit;
 * - an overseas code is enough for its département or collectivité, whatever the rest says;
 * - MaxMind's subdivision alone gives a région or a département; DB-IP's state names are never used;
 * - the rest is CONFIDENCE_NONE: the visitor is asked.
 */
#ifndef GEO_LOCATE_H
#define GEO_LOCATE_H
#include "geo/mmdb.h"
#include "geo/place.h"

struct geo;

struct geo_options {
	const char *path_v4, *path_v6; /* IPDB_V4, IPDB_V6; "" or NULL when there is none */
	struct str placeholders;       /* IPDB_PLACEHOLDERS: "lat,lon;lat,lon", compared within 1e-4 degree; at most 32 */
	int radius_max_km;             /* IPDB_RADIUS_MAX_KM: a radius at or above it is refused; 0 means 200 */
};

/* Files that are missing or bad are alarms in the log, never errors. die()s without memory. */
struct geo *geo_new(const struct geo_options *options);
void geo_free(struct geo *geo); /* stops the watcher; no lookup may be running */
void geo_locate(struct geo *geo, struct str address, struct place *ret_place); /* geo may be NULL: "no-database" */
bool geo_refresh(struct geo *geo); /* one thread at a time; true when a file entered service */
/* Starts one thread that calls geo_refresh every `seconds` (at least 1). False when the thread cannot be made. */
bool geo_watch(struct geo *geo, int seconds);
void geo_status(struct geo *geo, struct mmdb_status *ret_v4, struct mmdb_status *ret_v6);

/* The rules alone, for tests and for `catalyse geo`: what a record means. */
void geo_judge(const struct geo *geo, const struct mmdb_record *record, struct place *ret_place);
/* Number of placeholders understood; the rest of a malformed list is ignored with an alarm. */
size_t geo_placeholders(const struct geo *geo);

#endif
