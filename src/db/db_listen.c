#include "db/db_listen.h"

#include "base/fresh.h"
#include "base/log.h"
#include "base/metric.h"
#include "db/db_internal.h"

#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <unistd.h>

#define ANSWER_MS 2000
#define AGAIN_FIRST_MS 50
#define AGAIN_LAST_MS 2000
#define COPY_MS 1500 /* a copy of the base that is read may have what was told of a little later: what is kept is dropped once more */

static struct {
	const char *conninfo;
	pthread_t thread;
	int stop; /* an eventfd */
	bool running;
} own = { .stop = -1 };

enum event { EVENT_READY, EVENT_LATE, EVENT_STOP };

/* Waits for the connection (NULL: for time only), or for the end. */
static enum event
await(PGconn *conn, short events, int64_t until)
{
	for (;;) {
		int64_t left = until < 0 ? -1 : until - db_now_ms();
		if (until >= 0 && left <= 0)
			return EVENT_LATE;
		struct pollfd p[2] = { { .fd = own.stop, .events = POLLIN }, { .fd = conn ? PQsocket(conn) : -1, .events = events } };
		int n = poll(p, 2, (int)left);
		if (n > 0 && p[0].revents)
			return EVENT_STOP;
		if (n > 0)
			return EVENT_READY;
	}
}

/* The same servers as everybody, but the primary among them: a copy tells nothing. */
static char *
primary_of(const char *conninfo)
{
	bool url = strstr(conninfo, "://") != NULL, said = strstr(conninfo, "target_session_attrs") != NULL;
	const char *more = said ? "" : !url ? " target_session_attrs=primary" : strchr(conninfo, '?') ? "&target_session_attrs=primary" : "?target_session_attrs=primary";
	char *all;

	if (asprintf(&all, "%s%s", conninfo, more) < 0)
		die("no memory");
	return all;
}

/* Connected and listening. */
static bool
listen_begin(struct db *db, char *why, size_t size)
{
	PGresult *res = NULL;
	bool good = db_ensure(db, false) == ERR_NONE;

	if (!good) {
		snprintf(why, size, "%s", err_detail());
		return false;
	}
	good = PQsendQueryParams(db->conn, "listen catalyse", 0, NULL, NULL, NULL, NULL, 0) && PQpipelineSync(db->conn)
	       && db_pipeline_result(db, db_now_ms() + ANSWER_MS, 0, &res) == IO_OK && PQresultStatus(res) == PGRES_COMMAND_OK;
	if (!good) {
		const char *said = res ? PQresultErrorField(res, PG_DIAG_MESSAGE_PRIMARY) : NULL;
		snprintf(why, size, "%s", said ? said : "no answer to LISTEN");
		db_drop(db);
	}
	PQclear(res);
	return good;
}

/* Until the connection is lost (false) or it is the end. */
static bool
hear(PGconn *conn)
{
	unsigned again = 0;
	int64_t again_at = -1;

	for (;;) {
		switch (await(conn, POLLIN, again ? again_at : -1)) {
		case EVENT_STOP:
			return true;
		case EVENT_LATE:
			fresh_changed(again);
			again = 0;
			continue;
		case EVENT_READY:
			break;
		}
		if (!PQconsumeInput(conn) || PQstatus(conn) != CONNECTION_OK)
			return false;
		unsigned nouns = 0;
		for (PGnotify *n; (n = PQnotifies(conn)); PQfreemem(n)) {
			metric_count(METRIC_changes_heard);
			nouns |= fresh_nouns(str_of(n->extra ? n->extra : ""));
		}
		if (nouns) {
			fresh_changed(nouns);
			again |= nouns;
			again_at = db_now_ms() + COPY_MS;
		}
	}
}

static void *
run(void *unused)
{
	int64_t wait = AGAIN_FIRST_MS;
	bool stop = false, told = false, before = false; /* told: that nothing is heard */
	char why[256] = "";
	char *conninfo = primary_of(own.conninfo);
	struct db_options o = { .conninfo = conninfo, .deadline_ms = ANSWER_MS, .application = "catalysed/ecoute" };
	struct db *db;

	if (db_new(&db, &o) != ERR_NONE) {
		log_event(LOG_WARN, "changes of the content will not be heard", LOG_S("detail", str_of(err_detail())));
		free(conninfo);
		return unused;
	}
	while (!stop) {
		if (listen_begin(db, why, sizeof(why))) {
			fresh_changed(OF_ALL); /* whatever changed before this moment was not heard */
			fresh_hears(true);
			metric_count(METRIC_listener_returns);
			log_event(LOG_INFO, before || told ? "changes of the content are heard again" : "changes of the content are heard");
			wait = AGAIN_FIRST_MS;
			told = false;
			before = true;
			stop = hear(db->conn);
			fresh_hears(false);
			snprintf(why, sizeof(why), "the connection was lost");
			db_drop(db);
		}
		if (!stop && !told) {
			log_event(LOG_WARN, "changes of the content are not heard", LOG_S("detail", str_of(why)));
			told = true;
		}
		if (!stop)
			stop = await(NULL, 0, db_now_ms() + wait) == EVENT_STOP;
		wait = wait * 2 > AGAIN_LAST_MS ? AGAIN_LAST_MS : wait * 2;
	}
	db_free(db);
	free(conninfo);
	return unused;
}

void
db_listen_start(const char *conninfo)
{
	if (!conninfo[0])
		return;
	own.conninfo = conninfo;
	own.stop = eventfd(0, EFD_CLOEXEC);
	own.running = own.stop >= 0 && pthread_create(&own.thread, NULL, run, NULL) == 0;
	if (!own.running)
		log_event(LOG_WARN, "changes of the content will not be heard");
}

void
db_listen_stop(void)
{
	if (own.running) {
		if (eventfd_write(own.stop, 1))
			die("db_listen: its own end could not be told");
		pthread_join(own.thread, NULL);
	}
	if (own.stop >= 0)
		close(own.stop);
	own.stop = -1;
	own.running = false;
}

bool
db_listen_running(void)
{
	return own.running;
}
