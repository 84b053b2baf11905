/*
 * date: civil days and instants as text. Layer 1, pure.
 */
#ifndef TEXT_DATE_H
#define TEXT_DATE_H
#include "base/arena.h"
#include <time.h>

struct date {
	int year, month, day; /* 1..9999, 1..12, 1..31 */
};

/* "2026-11-18", exactly, and a day that exists. */
bool date_parse(struct str iso, struct date *ret) MUST_CHECK;
/* "18 nov. 2026" and "18 novembre 2026"; "1er" for the first. What is no date comes back as it is. */
struct str date_short(struct arena *a, struct str iso);
struct str date_long(struct arena *a, struct str iso);
struct str date_http(struct arena *a, time_t t); /* RFC 9110: "Wed, 18 Nov 2026 08:00:00 GMT" */
struct str date_rfc3339(struct arena *a, time_t t); /* "2026-11-18T08:00:00Z" */

#endif
