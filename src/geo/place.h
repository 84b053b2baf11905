/*
 * place: where a visitor is, how we know, how sure we are. Layer 2 (geo).
 */
#ifndef GEO_PLACE_H
#define GEO_PLACE_H
#include "base/str.h"

enum place_source { PLACE_DEFAULT, PLACE_IP, PLACE_CHOICE };
enum place_confidence { CONFIDENCE_NONE, CONFIDENCE_REGION, CONFIDENCE_DEPARTEMENT, CONFIDENCE_COMMUNE };

struct place {
	enum place_source source;
	enum place_confidence confidence;
	double lat, lon;     /* WGS84 degrees; meaningful when source is PLACE_IP and confidence is not NONE */
	int accuracy_km;     /* 0 when the database does not say */
	char country[3];     /* ISO 3166-1 of the record, "" when unknown */
	char subdivision[8]; /* "ARA": MaxMind layout only, else "" */
	char city[64];       /* what the record calls the place, UTF-8, "" when unknown: the commune of that name among the nearest, else the nearest */
	char territory[24];  /* "departement:974", "collectivite:988", "region:84": what the record itself names, else "";
	                      * with CONFIDENCE_COMMUNE look for the commune nearest to lat, lon instead */
	const char *reason;  /* a stable word: "ip", "placeholder", "country-centroid", "abroad", "private", "not-found",
	                      * "no-database", "bad-data", "imprecise", "no-city" */
};

#endif
