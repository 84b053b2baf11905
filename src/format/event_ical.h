/*
 * event_ical: an event as a calendar has it, for a feed or for a mail. Layer 4, nothing fails. All lives in the arena given.
 */
#ifndef FORMAT_EVENT_ICAL_H
#define FORMAT_EVENT_ICAL_H
#include "format/ical.h"
#include "format/listing.h"
#include "model/event.h"

/* base: "https://catalyse.example"; more: said before the summary, for who is sent it; may be empty. */
struct ical_event event_ical(struct arena *a, struct str base, const struct event *e, struct str more);

#endif
