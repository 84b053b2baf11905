/*
 * ical: events as calendars read them, RFC 5545 and 7986. Layer 4, pure, nothing fails. Whatever the bytes of a text, they stay in its
 * property: lines end with CRLF, hold at most 75 bytes and never cut a character. Hours are those of the place with its rules
 * (VTIMEZONE) for the zones listed in ical.c, in UTC for another; a day without hours is a day of DTSTART;VALUE=DATE.
 */
#ifndef FORMAT_ICAL_H
#define FORMAT_ICAL_H
#include "base/buf.h"
#include <stdint.h>

struct ical_event {
	struct str uid;                  /* "0f3c…@catalyse.example": stable */
	int64_t sequence;
	struct str stamp, created;       /* "20261128T130000Z" */
	struct str start, end;           /* "20230608T130000" in zone, or "20230608", the end then not included; end may be empty */
	struct str start_utc, end_utc;   /* "20230608T110000Z": used when the zone is not known here */
	struct str zone;                 /* "Europe/Paris"; empty for days */
	struct str title, text, place, url, category;
	const char *status;              /* "CONFIRMED", "TENTATIVE", "CANCELLED" */
	bool busy;                       /* false: takes nobody's time (a date that is not known) */
	struct str organizer, organizer_uri; /* wanted when there is a method */
};

/* method: "PUBLISH", "CANCEL"; NULL for a calendar that is subscribed to. name: of the calendar. */
void ical_write(struct buf *b, struct str name, const char *method, const struct ical_event *p, size_t n);

/* One property: its name and parameters as they stand, then the value as text (escaped) or as it is, folded. */
void ical_text(struct buf *b, const char *name, struct str value);
void ical_raw(struct buf *b, const char *name, struct str value);
bool ical_zone_known(struct str zone);
/* "2026-11-28T13:00:00Z" as "20261128T130000Z", "2026-11-28" as "20261128". */
struct str ical_instant(struct arena *a, struct str iso);

#endif
