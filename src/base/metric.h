/*
 * metric: what this process counts of itself, for /metrics. Layer 0. Relaxed atomics made at load: nothing is allocated, nothing
 * fails, no thread waits. Durations are in microseconds here, in seconds where they are shown. A number past its table is not counted.
 */
#ifndef BASE_METRIC_H
#define BASE_METRIC_H
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define METRIC_ROUTES 512  /* rows of routes.def, the first one for what no route answers */
#define METRIC_QUERIES 1024 /* statements */
#define METRIC_CLASSES 5   /* 1xx to 5xx */
#define METRIC_BOUNDS 12

enum metric_kind { METRIC_PAGE, METRIC_SELF, METRIC_WRITE, METRIC_KINDS }; /* for everybody, for one person, a change */

/* METRIC(name, help): counters that begin at 0. Shown as catalyse_<name>_total. */
#define METRIC_TABLE                                                                             \
	METRIC(db_connections, "Connections opened to PostgreSQL")                               \
	METRIC(db_failures, "Connections to PostgreSQL that were refused or did not come up")    \
	METRIC(db_late, "Statements cut at their deadline")                                      \
	METRIC(db_repeated, "Statements sent again after a lost link or a stale plan")           \
	METRIC(db_moved, "Connections that left a server for another: no longer the primary, or a copy again") \
	METRIC(db_primary_lost, "Times the primary was found to be gone")                        \
	METRIC(reads_primary, "Requests that read the primary: the copy was behind their own change, or too late") \
	METRIC(reads_late, "Requests that read a copy later than DATABASE_LAG_MAX_S, for want of a primary") \
	METRIC(writes_refused, "Changes refused because nothing could be written")               \
	METRIC(changes_heard, "Changes of the content told by the primary to this instance")     \
	METRIC(listener_returns, "Times this instance listened to the primary again")            \
	METRIC(kept_dropped, "Nouns of which all that was kept in memory was dropped")           \
	METRIC(pages_unmade, "Answers 304 by the revision of the content, the page not made")    \
	METRIC(peers_refused, "Connections closed unread: another account, or not FastCGI")      \
	METRIC(requests_cut, "Connections cut at a deadline, half sent or not read")             \
	METRIC(slots_short, "Requests refused because no worker had been free for a second")     \
	METRIC(descriptors_short, "Times no descriptor was left to accept with")                 \
	METRIC(memory_short, "Requests that wanted more memory than one may have")               \
	METRIC(journal_lost, "Lines of the journal that could not be written whole")

enum metric {
#define METRIC(name, help) METRIC_##name,
	METRIC_TABLE
#undef METRIC
	METRIC_N
};

struct metric_histogram {
	_Atomic uint64_t under[METRIC_BOUNDS + 1]; /* not cumulated; the last one: above every bound */
	_Atomic uint64_t us;
};
struct metric_route {
	_Atomic uint64_t n[METRIC_CLASSES], us;
};
struct metric_query {
	_Atomic uint64_t n, failed, us;
};

extern const int64_t metric_bounds_us[METRIC_BOUNDS];
extern struct metrics {
	struct metric_route routes[METRIC_ROUTES];
	struct metric_query queries[METRIC_QUERIES];
	struct metric_histogram kinds[METRIC_KINDS], wait;
	_Atomic uint64_t counters[METRIC_N];
} metrics;

/* route: its row + 1, 0 for none. status: 100..599. */
void metric_request(size_t route, int status, enum metric_kind kind, int64_t us);
/* Between the moment nginx sent a request and that a worker took it. */
void metric_wait(int64_t us);
void metric_query(size_t query, int64_t us, bool failed);
void metric_count(enum metric m);

#endif
