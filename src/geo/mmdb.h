/*
 * mmdb: one file of the MaxMind DB format, that may be replaced, missing, truncated or hostile at any time.
 * Layer 2 (geo). The only file that sees libmaxminddb.
 *
 * The file is copied into a sealed anonymous file (memfd) and mapped from there: truncating or overwriting the original
 * cannot touch a lookup. A copy is verified whole before use (metadata, bounds of every record of the search tree, a
 * sample of decoded entries); then it replaces the previous one, which is freed after its last lookup. A file that is
 * refused leaves the last good one in service, with one alarm in the log for each distinct file.
 * mmdb_lookup may be called by any number of threads, mmdb_refresh by one at a time.
 */
#ifndef GEO_MMDB_H
#define GEO_MMDB_H
#include "geo/addr.h"

struct mmdb;

enum mmdb_result {
	MMDB_FOUND,
	MMDB_NOT_FOUND,   /* no network holds the address, or the file is of the other family */
	MMDB_NO_DATABASE, /* nothing loaded */
	MMDB_BAD_DATA     /* the entry cannot be decoded */
};

/* What both layouts say: DB-IP's flat float32 keys, MaxMind's nested double ones. Absent and empty are the same. */
struct mmdb_record {
	bool has_point;
	double lat, lon;      /* WGS84 degrees, checked to be finite and in bounds */
	bool has_city;
	char city[64];        /* its name, UTF-8; "" when unknown, unreadable or too long */
	char country[3];      /* ISO 3166-1 alpha-2, upper case, or "" */
	char subdivision[8];  /* ISO 3166-2 without the country, MaxMind layout only, or "" */
	int accuracy_km;      /* 0 when unknown */
};

struct mmdb_status {
	bool loaded;
	int ip_version;       /* 4 or 6 */
	uint64_t build_epoch; /* seconds since 1970, said by the file */
	uint64_t size;        /* bytes in memory */
	char type[64];        /* "DBIP-City-Lite" */
	char refused[160];    /* why the file now at the path is not the one in service, or "" */
};

#define MMDB_SIZE_MAX ((uint64_t)1 << 30) /* a bigger file is refused */
#define MMDB_STALE_DAYS 45                /* older builds load with a warning */

struct mmdb *mmdb_new(const char *path); /* never fails for the file's sake; "" or NULL: never loaded; die()s without memory */
void mmdb_free(struct mmdb *db);         /* no lookup may be running */
bool mmdb_refresh(struct mmdb *db);      /* looks at the path again; true when another file entered service */
enum mmdb_result mmdb_lookup(struct mmdb *db, const struct addr *a, struct mmdb_record *ret_record) MUST_CHECK;
void mmdb_status(struct mmdb *db, struct mmdb_status *ret_status);

#endif
