/*
 * date: ISO days read, French days written. Layer 1, pure. The Gregorian calendar, years 1 to 9999, no time zone.
 */
#ifndef TEXT_DATE_H
#define TEXT_DATE_H
#include "base/arena.h"

struct date {
	int year, month, day;
};

/* "2026-11-18", and nothing before or after; false when there is no such day. */
bool date_parse(struct str iso, struct date *ret) MUST_CHECK;
struct str date_short(struct arena *a, struct str iso); /* "18 nov. 2026"; empty when iso is not a date */
struct str date_long(struct arena *a, struct str iso);  /* "18 novembre 2026", "1er mai 2026" */
struct str date_http(struct arena *a, struct str iso);  /* "2026-11-24T11:40:59Z" as "Tue, 24 Nov 2026 11:40:59 GMT"; or empty */
const char *date_month(int month);                      /* "novembre"; 1..12 */

#endif
