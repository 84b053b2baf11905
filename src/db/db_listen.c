#include "db/db_listen.h"

#include "base/fresh.h"
#include "base/log.h"
#include "base/metric.h"
#include "db/db_internal.h"

#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <sys/eventfd.h>
#include <unistd.h>

#define CONNECT_MS 2000
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

static void
no_notice(void *arg, const PGresult *res)
{
	(void)arg;
	(void)res;
}

/* Connected and listening, or NULL; *ret_stop: it was the end. */
static PGconn *
listen_begin(char *why, size_t size, bool *ret_stop)
{
	/* What comes before dbname is a default that the connection string may override. */
	const char *keys[] = { "keepalives_idle", "keepalives_interval", "keepalives_count", "tcp_user_timeout", "gssencmode", "client_encoding",
		"target_session_attrs", "dbname", "application_name", NULL };
	const char *values[] = { "2", "1", "3", "5000", "disable", "UTF8", "primary", own.conninfo, "catalysed/ecoute", NULL };
	int64_t until = db_now_ms() + CONNECT_MS;
	PGconn *conn = PQconnectStartParams(keys, values, 1);
	PostgresPollingStatusType step = PGRES_POLLING_WRITING;
	enum event event = EVENT_READY;

	*ret_stop = false;
	if (!conn)
		die("no memory");
	while (PQstatus(conn) != CONNECTION_BAD && step != PGRES_POLLING_OK && step != PGRES_POLLING_FAILED) {
		if ((event = await(conn, step == PGRES_POLLING_READING ? POLLIN : POLLOUT, until)))
			break;
		step = PQconnectPoll(conn);
	}
	bool good = step == PGRES_POLLING_OK && PQstatus(conn) == CONNECTION_OK;
	PQsetNoticeReceiver(conn, no_notice, NULL);
	if (good)
		good = PQsendQuery(conn, "listen catalyse") == 1;
	while (good && !event && PQisBusy(conn)) {
		if (!(event = await(conn, POLLIN, until)))
			good = PQconsumeInput(conn) == 1;
	}
	if (good && !event)
		for (PGresult *r; (r = PQgetResult(conn)); PQclear(r)) /* no more to wait for: one command, answered */
			good = good && PQresultStatus(r) == PGRES_COMMAND_OK;
	if (good && !event)
		return conn;
	snprintf(why, size, "%s", event == EVENT_LATE ? "no answer in time" : PQerrorMessage(conn));
	for (char *p = why; *p; p++)
		if (*p == '\n' || *p == '\t')
			*p = ' ';
	PQfinish(conn);
	*ret_stop = event == EVENT_STOP;
	return NULL;
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

	while (!stop) {
		PGconn *conn = listen_begin(why, sizeof(why), &stop);
		if (conn) {
			fresh_changed(OF_ALL); /* whatever changed before this moment was not heard */
			fresh_hears(true);
			metric_count(METRIC_listener_returns);
			log_event(LOG_INFO, before || told ? "changes of the content are heard again" : "changes of the content are heard");
			wait = AGAIN_FIRST_MS;
			told = false;
			before = true;
			stop = hear(conn);
			fresh_hears(false);
			snprintf(why, sizeof(why), "the connection was lost");
			PQfinish(conn);
		}
		if (!stop && !told) {
			log_event(LOG_WARN, "changes of the content are not heard", LOG_S("detail", str_of(why)));
			told = true;
		}
		if (!stop)
			stop = await(NULL, 0, db_now_ms() + wait) == EVENT_STOP;
		wait = wait * 2 > AGAIN_LAST_MS ? AGAIN_LAST_MS : wait * 2;
	}
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
