/*
 * json_event: events as the JSON that others rely on. Layer 4. Writes into a json_out; nothing fails.
 */
#ifndef FORMAT_JSON_EVENT_H
#define FORMAT_JSON_EVENT_H
#include "model/event.h"
#include "text/json_out.h"

void json_event_card(struct json_out *j, struct arena *a, struct str base, const struct event *e);
/* The members of one event, whole, of an object that the caller opens and ends. */
void json_event(struct json_out *j, struct arena *a, struct str base, const struct event *e, const struct event_parts *parts);

#endif
