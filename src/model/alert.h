/*
 * alert: lists that an address follows by mail, without an account. Layer 3. All connections here are read-write ones. A list is looked
 * at inside a transaction that holds it: what it holds is kept, and each alert is told what it was not told of (sql/deploy/alert.sql).
 * Everything lives in the arena given. Errors are those of db.
 */
#ifndef MODEL_ALERT_H
#define MODEL_ALERT_H
#include "db/db.h"

struct watch {
	int64_t id, turn;
	struct str looked_on; /* ISO day; empty: never */
};
enum err watch_hold(struct db *db, struct arena *a, struct str query, struct watch *ret) MUST_CHECK;

/* What a list holds, one place an item in each array. */
struct watch_items {
	struct str *kinds, *stamps, *titles, *paths; /* "fiche", "catalyseur", "evenement" */
	int64_t *ids;
	size_t n;
	bool whole; /* nothing was left out */
};
enum err watch_look(struct db *db, struct arena *a, int64_t watch, const struct watch_items *items, int64_t *ret_turn) MUST_CHECK;

struct watch_due {
	int64_t id, followers;
	struct str query;
};
enum err watch_due(struct db *db, struct arena *a, const struct watch_due **ret, size_t *ret_n) MUST_CHECK;
enum err watch_forget(struct db *db, struct arena *a, int64_t *ret_n) MUST_CHECK; /* those that nobody follows */

/* rhythm: "jour", "semaine". *ret_follower 0: that address follows as many lists as one may. */
enum err alert_put(struct db *db, struct arena *a, struct str email, int64_t watch, struct str label, struct str rhythm, int64_t turn, bool empty,
                   int64_t *ret_follower) MUST_CHECK;

/* One item that an alert was not told of; those of one alert follow each other. */
struct alert_new {
	int64_t alert, follower;
	struct str email, label, rhythm;
	bool empty;                 /* nothing had answered so far */
	struct str title, path;
	bool fresh;                 /* else it changed */
	int64_t total, fresh_total; /* of that alert, beyond those given */
};
enum err alert_news(struct db *db, struct arena *a, int64_t watch, int64_t most, const struct alert_new **ret, size_t *ret_n) MUST_CHECK;
enum err alert_told(struct db *db, struct arena *a, int64_t alert, int64_t turn, int64_t outbox) MUST_CHECK; /* outbox 0: no mail leaves */

struct alert {
	int64_t id, total;
	struct str label, query, rhythm, since, told_on;
	bool paused;
};
struct alerts {
	struct str email;
	const struct alert *p;
	size_t n;
};
enum err alert_list(struct db *db, struct arena *a, int64_t follower, struct alerts *ret) MUST_CHECK; /* ERR_NOT_FOUND: nobody */
/* paused: -1 as it was; rhythm empty: as it was. ERR_NOT_FOUND: not theirs. */
enum err alert_set(struct db *db, struct arena *a, int64_t follower, int64_t alert, int paused, struct str rhythm) MUST_CHECK;
/* alert 0: all of them. *ret_gone: that was the last one, and the address is forgotten. */
enum err alert_end(struct db *db, struct arena *a, int64_t follower, int64_t alert, bool *ret_gone) MUST_CHECK;
enum err follower_find(struct db *db, struct arena *a, struct str email, int64_t *ret) MUST_CHECK; /* 0: nobody */

#endif
