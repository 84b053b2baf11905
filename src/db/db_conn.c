#include "db/db_internal.h"
#include "base/log.h"
#include "base/metric.h"
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#define CONNECT_MS 2000 /* one attempt */
#define BACKOFF_FIRST_MS 50
#define BACKOFF_LAST_MS 2000

int64_t
db_now_ms(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static char *
copy(const char *z)
{
	char *p = strdup(z ? z : "");
	if (!p)
		die("no memory");
	return p;
}

enum err
db_new(struct db **ret_db, const struct db_options *options)
{
	if (!options->conninfo || options->deadline_ms < 1 || options->deadline_ms > 600000)
		return err_note(ERR_BAD_INPUT, "database: a connection string and a deadline of 1..600000 ms are needed");
	char *why = NULL;
	PQconninfoOption *parsed = PQconninfoParse(options->conninfo, &why);
	if (!parsed) {
		enum err e = err_note(ERR_BAD_INPUT, "database: %s", why ? why : "bad connection string");
		PQfreemem(why);
		return e;
	}
	PQconninfoFree(parsed);
	struct db *db = calloc(1, sizeof *db);
	if (!db)
		die("no memory");
	db->conninfo = copy(options->conninfo);
	db->application = copy(options->application);
	db->deadline_ms = options->deadline_ms;
	db->verify = options->verify;
	db->write = options->write;
	db->state = calloc(query_count + 1, sizeof *db->state);
	db->bad = calloc(query_count + 1, sizeof *db->bad);
	if (!db->state || !db->bad)
		die("no memory");
	db->jitter = (uint64_t)(uintptr_t)db ^ ((uint64_t)getpid() << 32) ^ (uint64_t)db_now_ms();
	*ret_db = db;
	return ERR_NONE;
}

static void
forget_statements(struct db *db)
{
	for (unsigned i = 0; i < query_count; i++) {
		free(db->bad[i]);
		db->bad[i] = NULL;
		db->state[i] = STATEMENT_NEW;
	}
	db->nbad = 0;
}

void
db_drop(struct db *db)
{
	if (db->conn)
		PQfinish(db->conn);
	db->conn = NULL;
	db->copying = db->swollen = false;
	db->sent[0] = 0;
	forget_statements(db);
}

void
db_free(struct db *db)
{
	if (!db)
		return;
	db_drop(db);
	free(db->conninfo);
	free(db->application);
	free(db->state);
	free(db->bad);
	free(db);
}

void
db_set_request(struct db *db, struct str id)
{
	size_t n = id.n < sizeof db->request - 1 ? id.n : sizeof db->request - 1;
	if (n)
		memcpy(db->request, id.p, n);
	db->request[n] = 0;
}

enum io
db_wait(struct db *db, int64_t deadline, short events)
{
	for (;;) {
		int64_t left = deadline - db_now_ms();
		if (left <= 0)
			return IO_LATE;
		struct pollfd p = { .fd = PQsocket(db->conn), .events = events };
		if (p.fd < 0)
			return IO_LOST;
		int n = poll(&p, 1, (int)left);
		if (n > 0)
			return IO_OK;
		if (n < 0 && errno != EINTR)
			return IO_LOST;
	}
}

enum io
db_next_result(struct db *db, int64_t deadline, PGresult **ret)
{
	for (;;) {
		int unsent = PQflush(db->conn);
		if (unsent < 0 && PQstatus(db->conn) != CONNECTION_BAD)
			return IO_LOST;
		if (!PQisBusy(db->conn)) {
			*ret = PQgetResult(db->conn);
			return IO_OK;
		}
		enum io io = db_wait(db, deadline, (short)(POLLIN | (unsent > 0 ? POLLOUT : 0)));
		if (io)
			return io;
		/* A failure here still leaves the server's last words readable: the loop takes them by PQgetResult. */
		if (!PQconsumeInput(db->conn) && PQisBusy(db->conn))
			return IO_LOST;
	}
}

enum io
db_pipeline_result(struct db *db, int64_t deadline, int wanted, PGresult **ret)
{
	PGresult *kept = NULL;
	int command = 0;
	bool empty = false; /* the last result was already an end of command */
	for (;;) {
		PGresult *r = NULL;
		enum io io = db_next_result(db, deadline, &r);
		if (io) {
			PQclear(kept);
			return io;
		}
		if (!r) {
			if (PQstatus(db->conn) == CONNECTION_BAD || empty) {
				if (kept) { /* what the server said before it left */
					*ret = kept;
					return IO_OK;
				}
				return IO_LOST;
			}
			empty = true;
			command++;
			continue;
		}
		empty = false;
		ExecStatusType status = PQresultStatus(r);
		if (status == PGRES_PIPELINE_SYNC) {
			PQclear(r);
			*ret = kept;
			return kept ? IO_OK : IO_LOST;
		}
		bool failed = status == PGRES_FATAL_ERROR || status == PGRES_BAD_RESPONSE;
		if (!kept && (failed || command == wanted))
			kept = r;
		else
			PQclear(r);
	}
}

static void
no_notice(void *arg, const PGresult *res)
{
	(void)arg;
	(void)res;
}

/* PQconnectPoll with an overall deadline: libpq's own connect_timeout does not apply to it. */
static bool
open_connection(struct db *db, int64_t deadline)
{
	/* What comes before dbname is a default that the connection string may override. */
	const char *keys[] = { "keepalives_idle", "keepalives_interval", "keepalives_count", "tcp_user_timeout",
		"gssencmode", "client_encoding", "dbname", "application_name", NULL };
	const char *values[] = { "2", "1", "3", "5000", "disable", "UTF8", db->conninfo, db->application, NULL };
	db->conn = PQconnectStartParams(keys, values, 1);
	if (!db->conn)
		die("no memory");
	if (PQstatus(db->conn) == CONNECTION_BAD)
		return false;
	PostgresPollingStatusType step = PGRES_POLLING_WRITING;
	while (step != PGRES_POLLING_OK) {
		if (step == PGRES_POLLING_FAILED)
			return false;
		if (db_wait(db, deadline, step == PGRES_POLLING_READING ? POLLIN : POLLOUT)) {
			snprintf(db->why, sizeof db->why, "no answer to the connection in %d ms", CONNECT_MS);
			return false;
		}
		step = PQconnectPoll(db->conn);
	}
	return true;
}

/* Checks the promises of the role, makes plans stay, and prepares the statement that carries the request id. */
static enum err
set_up(struct db *db, int64_t deadline)
{
	PQsetNoticeReceiver(db->conn, no_notice, NULL);
	if (PQsetnonblocking(db->conn, 1) || !PQenterPipelineMode(db->conn))
		return err_note(ERR_DB_DOWN, "database: %s", PQerrorMessage(db->conn));
	PGresult *res = NULL;
	if (!PQsendPrepare(db->conn, "_request", "select set_config('application_name', $1, false)", 0, NULL)
	    || !PQsendQueryParams(db->conn,
	                          "select set_config('plan_cache_mode', 'force_generic_plan', false),"
	                          " current_setting('statement_timeout'), current_setting('lock_timeout')",
	                          0, NULL, NULL, NULL, NULL, 0)
	    || !PQpipelineSync(db->conn) || db_pipeline_result(db, deadline, 1, &res))
		return err_note(ERR_DB_DOWN, "database: lost while it was set up");
	if (PQresultStatus(res) != PGRES_TUPLES_OK) {
		bool stale;
		enum err e = db_result_error(db, res, "set-up", &stale);
		PQclear(res);
		return e;
	}
	if (!strcmp(PQgetvalue(res, 0, 1), "0") || !strcmp(PQgetvalue(res, 0, 2), "0"))
		log_event(LOG_WARN, "the database role has no time-out", LOG_S("user", str_of(PQuser(db->conn))));
	PQclear(res);
	return ERR_NONE;
}

static void
back_off(struct db *db)
{
	db->jitter = db->jitter * 6364136223846793005ULL + 1442695040888963407ULL;
	int64_t wait = BACKOFF_FIRST_MS << (db->failures < 6 ? db->failures : 6);
	if (wait > BACKOFF_LAST_MS)
		wait = BACKOFF_LAST_MS;
	wait = wait / 2 + (int64_t)((db->jitter >> 33) % (uint64_t)(wait / 2 + 1));
	db->failures++;
	db->retry_at = db_now_ms() + wait;
}

/* Connected, or fails at once while a dead server is left in peace (50 ms to 2 s between two attempts). */
enum err
db_ensure(struct db *db)
{
	if (db->swollen && !db->in_transaction)
		db_drop(db);
	if (db->conn && PQstatus(db->conn) == CONNECTION_OK)
		return ERR_NONE;
	if (db->conn)
		db_drop(db);
	if (db->in_transaction)
		return err_note(ERR_DB_DOWN, "database: the connection was lost inside a transaction");
	if (db_now_ms() < db->retry_at)
		return err_note(ERR_DB_DOWN, "database: %s", db->why);
	int64_t deadline = db_now_ms() + CONNECT_MS;
	enum err e = ERR_NONE;
	db->why[0] = 0;
	if (!open_connection(db, deadline)) {
		if (!db->why[0])
			snprintf(db->why, sizeof db->why, "%s", PQerrorMessage(db->conn));
		for (char *p = db->why; *p; p++)
			if (*p == '\n' || *p == '\t')
				*p = ' ';
		e = err_note(ERR_DB_DOWN, "database: %s", db->why);
	} else {
		e = set_up(db, deadline);
		if (!e && db->verify)
			e = db_prepare_all(db);
		if (e)
			snprintf(db->why, sizeof db->why, "%s", err_detail());
	}
	metric_count(e ? METRIC_db_failures : METRIC_db_connections);
	if (e) {
		db_drop(db);
		back_off(db);
		return e;
	}
	if (db->failures)
		log_event(LOG_INFO, "database reached again", LOG_I("attempts", db->failures));
	db->failures = 0;
	db->retry_at = 0;
	return ERR_NONE;
}

enum err
db_connect(struct db *db)
{
	enum err e = db_ensure(db);
	if (e || !db->nbad)
		return e;
	for (unsigned i = 0; i < query_count; i++)
		if (db->bad[i])
			return err_note(ERR_DB_QUERY, "statement %s: %s", query_table[i].name, db->bad[i]);
	return ERR_NONE;
}

void
db_alive(struct db *db)
{
	if (!db->conn || db->in_transaction)
		return;
	for (int i = 0; i < 2; i++) { /* the goodbye, then the end of the stream */
		struct pollfd p = { .fd = PQsocket(db->conn), .events = POLLIN };
		if (p.fd < 0 || poll(&p, 1, 0) <= 0)
			return;
		if (!PQconsumeInput(db->conn) || PQstatus(db->conn) != CONNECTION_OK) {
			db_drop(db);
			return;
		}
	}
}
