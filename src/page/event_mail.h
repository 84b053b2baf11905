/*
 * event_mail: what those who come to an event are told by mail, with the event for their calendar. Layer 4. db is a read-write connection,
 * in the transaction of what causes it: pages and `catalyse reminders` call alike. Errors are those of db.
 */
#ifndef PAGE_EVENT_MAIL_H
#define PAGE_EVENT_MAIL_H
#include "model/event.h"
#include "model/registration.h"

struct event_sender {
	struct str base;            /* "https://catalyse.example" */
	struct str editor, contact; /* of the site; may be empty */
};

enum event_letter {
	EVENT_SEATED, EVENT_WAITING, EVENT_MOVED_UP, EVENT_AGAIN, /* registered already, asked once more */
	EVENT_DAY, EVENT_HOUR, EVENT_CHANGED, EVENT_CANCELLED
};

/* The link to leave lasts a month after the event; the purpose of its token. */
#define EVENT_LINK "rendez_vous"

enum err event_tell(struct db *db, struct arena *a, const struct event_sender *s, const struct event *e, const struct registration *g, enum event_letter kind) MUST_CHECK;
/* Those who come, all of them: the event changed, or is cancelled. *ret_n (may be NULL): how many. */
enum err event_tell_all(struct db *db, struct arena *a, const struct event_sender *s, const struct event *e, size_t *ret_n) MUST_CHECK;
/* Seats that are free go to those who wait, who are told. */
enum err event_fill(struct db *db, struct arena *a, const struct event_sender *s, const struct event *e) MUST_CHECK;

#endif
