#include "db/db_internal.h"
#include "base/log.h"
#include "base/metric.h"
#include <pthread.h>
#include <stdio.h>
#include <time.h>

#define TICK_MS 1000
#define LOOK_MS 1000  /* for the primary to say that it is one */
#define AGAIN_MS 250  /* between two attempts while it is gone */
#define CERTAIN 2     /* looks in a row that failed: it is gone */

static struct {
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t wake;
	bool started, stop, poked;
	struct db *db;
	_Atomic int primary;
	_Atomic unsigned generation;
} watch = { .lock = PTHREAD_MUTEX_INITIALIZER };

enum db_primary
db_watch_primary(void)
{
	return (enum db_primary)atomic_load_explicit(&watch.primary, memory_order_relaxed);
}

bool
db_read_only(void)
{
	return db_watch_primary() == PRIMARY_ABSENT;
}

unsigned
db_watch_generation(void)
{
	return atomic_load_explicit(&watch.generation, memory_order_relaxed);
}

/* Somebody could not write: looks now, not at the next second. */
void
db_watch_wake(void)
{
	pthread_mutex_lock(&watch.lock);
	watch.poked = true;
	if (watch.started)
		pthread_cond_signal(&watch.wake);
	pthread_mutex_unlock(&watch.lock);
}

static bool
primary_answers(struct db *db)
{
	db->retry_at = 0; /* it is this thread that tries for all */
	atomic_store(&db->hosts->retry_at, 0);
	db->until = db_now_ms() + LOOK_MS * 2;
	if (db_ensure(db, false))
		return false;
	if (!db->standby && db_look(db, db_now_ms() + LOOK_MS))
		return false;
	if (db->standby) { /* a copy at best */
		snprintf(db->why, sizeof db->why, "%s", "no server takes changes");
		db_drop(db);
	}
	return db->conn != NULL;
}

static void *
look(void *arg)
{
	struct db *db = arg;
	unsigned failed = 0;
	int64_t gone_at = 0;
	for (;;) {
		bool good = primary_answers(db);
		if (good && db_watch_primary() != PRIMARY_PRESENT) {
			bool again = db_watch_primary() == PRIMARY_ABSENT;
			atomic_store(&watch.primary, PRIMARY_PRESENT);
			db_hosts_again();
			atomic_fetch_add(&watch.generation, 1);
			if (again)
				log_event(LOG_INFO, "changes can be written again", LOG_I("gone_ms", db_now_ms() - gone_at));
		}
		if (good)
			failed = 0;
		else if (failed++ == 0)
			gone_at = db_now_ms();
		if (failed == CERTAIN) {
			atomic_store(&watch.primary, PRIMARY_ABSENT);
			metric_count(METRIC_db_primary_lost);
			log_event(LOG_ERROR, "no primary: nothing can be written", LOG_S("detail", str_of(db->why)));
		}
		pthread_mutex_lock(&watch.lock);
		struct timespec at;
		clock_gettime(CLOCK_MONOTONIC, &at);
		at.tv_nsec += (good ? TICK_MS : AGAIN_MS) % 1000 * 1000000L;
		at.tv_sec += (good ? TICK_MS : AGAIN_MS) / 1000 + at.tv_nsec / 1000000000;
		at.tv_nsec %= 1000000000;
		int timed = 0;
		while (!watch.stop && !(watch.poked && good) && !timed)
			timed = pthread_cond_timedwait(&watch.wake, &watch.lock, &at);
		watch.poked = false;
		bool stop = watch.stop;
		pthread_mutex_unlock(&watch.lock);
		if (stop)
			return NULL;
	}
}

void
db_watch_start(const char *conninfo, bool unnamed)
{
	pthread_condattr_t attr;
	if (watch.started || !conninfo[0]
	    || db_new(&watch.db, &(struct db_options){ .conninfo = conninfo, .deadline_ms = LOOK_MS, .application = "catalysed/primaire",
	                                               .write = true, .unnamed = unnamed }))
		return;
	pthread_condattr_init(&attr);
	pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
	pthread_cond_init(&watch.wake, &attr);
	pthread_condattr_destroy(&attr);
	watch.stop = false;
	pthread_mutex_lock(&watch.lock);
	watch.started = pthread_create(&watch.thread, NULL, look, watch.db) == 0;
	pthread_mutex_unlock(&watch.lock);
	if (!watch.started) {
		log_event(LOG_WARN, "the primary will not be watched");
		db_free(watch.db);
		watch.db = NULL;
	}
}

void
db_watch_stop(void)
{
	if (!watch.started)
		return;
	pthread_mutex_lock(&watch.lock);
	watch.stop = true;
	pthread_cond_signal(&watch.wake);
	pthread_mutex_unlock(&watch.lock);
	pthread_join(watch.thread, NULL);
	watch.started = false;
	db_free(watch.db);
	watch.db = NULL;
	atomic_store(&watch.primary, PRIMARY_UNKNOWN);
}
