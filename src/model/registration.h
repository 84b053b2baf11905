/*
 * registration: who comes to an event: seats, those who wait, those to be reminded. Layer 3: SQL in, structs out. All connections here are
 * read-write ones; a page calls inside the transaction of the gate. Everything lives in the arena given. Errors are those of db.
 */
#ifndef MODEL_REGISTRATION_H
#define MODEL_REGISTRATION_H
#include "base/arena.h"
#include "db/db.h"

struct registration {
	int64_t id, event_id;
	int64_t wait;     /* their rank among those who wait; 0: they have a seat */
	int lasts_s;      /* how long the links of a mail serve: a month after the event */
	struct str address; /* of the event: "2026-12-03-un-titre" */
	struct str name, email;
	struct str mode;  /* "site", "distance" */
	struct str state; /* "inscrit", "attente", "desinscrit" */
	struct str place, confirmed_at;
	struct str room, how; /* where to connect, for who has a seat at a distance; empty: not known yet */
};
struct registrations {
	const struct registration *p;
	size_t n;
};
/* By number, or (id 0) by event and address among those who did not leave. ERR_NOT_FOUND; also once names were erased. */
enum err registration_find(struct db *db, struct arena *a, int64_t id, int64_t event, struct str email, struct registration *ret) MUST_CHECK;
enum err registration_list(struct db *db, struct arena *a, int64_t event, struct registrations *ret) MUST_CHECK;
/* g: event_id, name, email (confirmed), mode. territory 0: not said. *ret_outcome: "inscrit", "attente", "deja", "ferme"; *ret_id 0 with the last. */
enum err registration_confirm(struct db *db, struct arena *a, const struct registration *g, int64_t territory, int64_t *ret_id, struct str *ret_outcome) MUST_CHECK;
/* *ret_outcome: "desinscrit", "deja", "passe". The seat is free: see registration_promote. */
enum err registration_cancel(struct db *db, struct arena *a, int64_t id, struct str *ret_outcome) MUST_CHECK;
enum err registration_promote(struct db *db, struct arena *a, int64_t event, const int64_t **ret_ids, size_t *ret_n) MUST_CHECK;
enum err registration_told(struct db *db, struct arena *a, int64_t id) MUST_CHECK; /* of the event as it is now */

struct registration_due {
	int64_t id;
	bool hour; /* an hour before; else the day before */
};
/* Taken: they are not given again once the transaction is committed. */
enum err registration_due(struct db *db, struct arena *a, int most, const struct registration_due **ret, size_t *ret_n) MUST_CHECK;
enum err registration_waiting(struct db *db, struct arena *a, const int64_t **ret_events, size_t *ret_n) MUST_CHECK;
enum err registration_forget(struct db *db, struct arena *a, int days, int64_t *ret_n) MUST_CHECK;

#endif
