/*
 * event_admin: events as those in charge change them; each change leaves its line in the journal. Layer 3. Read-write connections only,
 * inside the transaction of the gate; all lives in the arena given. A change answers a word: empty when it was made. Errors are db's.
 */
#ifndef MODEL_EVENT_ADMIN_H
#define MODEL_EVENT_ADMIN_H
#include "base/arena.h"
#include "db/db.h"

struct event_draft {
	int64_t id; /* 0: a new one */
	struct str title, summary, slug, series;
	struct str starts_on, known, ends_on, hour, end_hour, timezone; /* "13:00" */
	struct str mode, place, territory, url, note;
	struct str registration, until;    /* until: an ISO instant */
	struct str seats_site, seats_remote; /* digits; empty: without a bound */
	struct str room, how;
};
/* "introuvable", "pris", "heure", "inscrits", "places". *ret_told: those who come must hear of it. */
enum err event_save(struct db *db, struct arena *a, int64_t actor, const struct event_draft *d, struct str *ret_why, int64_t *ret_id, bool *ret_told) MUST_CHECK;
/* act: "annuler", "reporter", "retablir", "supprimer". "introuvable", "motif", "etat", "inscrits". */
enum err event_decide(struct db *db, struct arena *a, int64_t actor, int64_t id, struct str act, struct str reason, struct str *ret_why) MUST_CHECK;
/* act: "ajouter", "retirer"; what: "document", "intervenant", "fiche", "terme", "catalyseur", "territoire"; given: JSON (sql/deploy/registration.sql). */
enum err event_join(struct db *db, struct arena *a, int64_t actor, int64_t id, const char *act, struct str what, struct str given, struct str *ret_why) MUST_CHECK;
enum err event_series_save(struct db *db, struct arena *a, int64_t actor, int64_t id, struct str act, struct str name, struct str summary, struct str *ret_why) MUST_CHECK;

struct event_admin {
	struct str address, slug, room, how, until, territory; /* until: a day, in its own zone; territory: "commune:97410" */
	int64_t seats_site, seats_remote, seated, waiting;     /* seats 0: without a bound */
};
enum err event_admin_find(struct db *db, struct arena *a, int64_t id, struct event_admin *ret) MUST_CHECK; /* ERR_NOT_FOUND */

struct event_admin_row {
	bool series;
	int64_t id, seated, waiting; /* of a series: seated is how many events it holds */
	struct str address, title, name; /* name: the series of an event, the summary of a series */
	struct str day, known, status, registration;
	bool over;
};
struct event_admin_rows {
	const struct event_admin_row *p;
	size_t n;
	int64_t total; /* events in all */
};
enum err event_admin_list(struct db *db, struct arena *a, int64_t start, int64_t size, struct event_admin_rows *ret) MUST_CHECK;

#endif
