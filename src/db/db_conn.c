#include "db/db_internal.h"
#include "base/log.h"
#include "base/metric.h"
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#define CONNECT_MS 3000 /* one attempt, over all its hosts */
#define REQUEST_MS 4500 /* what a request may wait for servers in all */
#define BACKOFF_FIRST_MS 50
#define BACKOFF_LAST_MS 2000
#define BREAKER 3            /* failures of all, after which one tries for all */
#define RECHECK_MS 1000      /* statements that do not fit the schema are tried again after this, and up to as much more; then less often */
#define RECHECK_LAST 3       /* doublings of the above */
#define RECONSIDER_MS 5000   /* a reader on the primary for want of a copy looks for one again; then less and less often */
#define RECONSIDER_LAST 6    /* doublings of the above */
#define RECONSIDER_WAIT 1000 /* the longest that such a look may take */

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

static unsigned
chance(struct db *db, unsigned n)
{
	db->jitter = db->jitter * 6364136223846793005ULL + 1442695040888963407ULL;
	return (unsigned)((db->jitter >> 33) % n);
}

enum err
db_new(struct db **ret_db, const struct db_options *options)
{
	if (!options->conninfo || options->deadline_ms < 1 || options->deadline_ms > 600000)
		return err_note(ERR_BAD_INPUT, "database: a connection string and a deadline of 1..600000 ms are needed");
	struct db_hosts *hosts = db_hosts_of(options->conninfo);
	if (!hosts)
		return ERR_BAD_INPUT;
	struct db *db = calloc(1, sizeof *db);
	if (!db)
		die("no memory");
	db->hosts = hosts;
	db->conninfo = copy(options->conninfo);
	db->application = copy(options->application);
	db->deadline_ms = options->deadline_ms;
	db->verify = options->verify;
	db->write = options->write;
	db->unnamed = options->unnamed;
	db->state = calloc(query_count + 1, sizeof *db->state);
	db->bad = calloc(query_count + 1, sizeof *db->bad);
	if (!db->state || !db->bad)
		die("no memory");
	db->jitter = (uint64_t)(uintptr_t)db ^ ((uint64_t)getpid() << 32) ^ (uint64_t)db_now_ms();
	db->host = options->write ? 0 : chance(db, hosts->n); /* readers spread over the servers, writers begin with the first */
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
	db->copying = db->swollen = db->standby = false;
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
	db->until = db_now_ms() + REQUEST_MS;
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
on_notice(void *arg, const PGresult *res)
{
	const char *severity = PQresultErrorField(res, PG_DIAG_SEVERITY_NONLOCALIZED);
	if (severity && !strcmp(severity, "WARNING"))
		((struct db *)arg)->warned = true;
}

static void
note_why(struct db *db, unsigned i, const char *said)
{
	snprintf(db->why, sizeof db->why, "%s%s%s", db->hosts->n > 1 && db->hosts->host[i] ? db->hosts->host[i] : "",
	         db->hosts->n > 1 && db->hosts->host[i] ? ": " : "", said);
	for (char *p = db->why; *p; p++)
		if (*p == '\n' || *p == '\t')
			*p = ' ';
}

/* PQconnectPoll with a deadline: libpq's own connect_timeout does not apply to it. */
static bool
open_host(struct db *db, unsigned i, int64_t deadline)
{
	/* What comes before dbname is a default that the connection string may override; what comes after overrides it. */
	const char *keys[16] = { "keepalives_idle", "keepalives_interval", "keepalives_count", "tcp_user_timeout",
		"gssencmode", "client_encoding", "dbname", "application_name", "target_session_attrs" };
	const char *values[16] = { "2", "1", "3", "3000", "disable", "UTF8", db->conninfo, db->application, "any" };
	const struct db_hosts *h = db->hosts;
	size_t n = 9;
	if (h->n > 1) { /* one of them, not the list */
		if (h->host[i])
			keys[n] = "host", values[n++] = h->host[i];
		if (h->address[i])
			keys[n] = "hostaddr", values[n++] = h->address[i];
		if (h->port[i])
			keys[n] = "port", values[n++] = h->port[i];
	}
	db->conn = PQconnectStartParams(keys, values, 1);
	if (!db->conn)
		die("no memory");
	PostgresPollingStatusType step = PQstatus(db->conn) == CONNECTION_BAD ? PGRES_POLLING_FAILED : PGRES_POLLING_WRITING;
	while (step != PGRES_POLLING_OK) {
		if (step == PGRES_POLLING_FAILED) {
			note_why(db, i, PQerrorMessage(db->conn));
			return false;
		}
		if (db_wait(db, deadline, step == PGRES_POLLING_READING ? POLLIN : POLLOUT)) {
			note_why(db, i, "no answer to the connection in time");
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
	PQsetNoticeReceiver(db->conn, on_notice, db);
	if (PQsetnonblocking(db->conn, 1) || !PQenterPipelineMode(db->conn))
		return err_note(ERR_DB_DOWN, "database: %s", PQerrorMessage(db->conn));
	PGresult *res = NULL;
	const char *look = db->unnamed ? "select 1, current_setting('statement_timeout'), current_setting('lock_timeout'), pg_is_in_recovery(),"
	                                 " current_setting('transaction_read_only') = 'on'"
	                               : "select set_config('plan_cache_mode', 'force_generic_plan', false),"
	                                 " current_setting('statement_timeout'), current_setting('lock_timeout'), pg_is_in_recovery(),"
	                                 " current_setting('transaction_read_only') = 'on'";
	bool sent = db->unnamed || PQsendPrepare(db->conn, "_request", "select set_config('application_name', $1, false)", 0, NULL);
	if (!sent || !PQsendQueryParams(db->conn, look, 0, NULL, NULL, NULL, NULL, 0) || !PQpipelineSync(db->conn)
	    || db_pipeline_result(db, deadline, db->unnamed ? 0 : 1, &res))
		return err_note(ERR_DB_DOWN, "database: lost while it was set up");
	if (PQresultStatus(res) != PGRES_TUPLES_OK) {
		bool stale;
		enum err e = db_result_error(db, res, "set-up", &stale);
		PQclear(res);
		return e;
	}
	if (!strcmp(PQgetvalue(res, 0, 1), "0") || !strcmp(PQgetvalue(res, 0, 2), "0"))
		log_event(LOG_WARN, "the database role has no time-out", LOG_S("user", str_of(PQuser(db->conn))));
	db->standby = PQgetvalue(res, 0, db->write ? 4 : 3)[0] == 't';
	PQclear(res);
	return ERR_NONE;
}

enum fit { FIT_NO, FIT_BETTER_THAN_NOTHING, FIT_WANTED };

static enum fit
fits(const struct db *db, bool change)
{
	if (db->write)
		return !db->standby ? FIT_WANTED : change ? FIT_NO : FIT_BETTER_THAN_NOTHING;
	switch (db->hosts->target) {
	case TARGET_PRIMARY:
		return db->standby ? FIT_NO : FIT_WANTED;
	case TARGET_STANDBY:
		return db->standby ? FIT_WANTED : FIT_NO;
	case TARGET_PREFER_STANDBY:
		return db->standby ? FIT_WANTED : FIT_BETTER_THAN_NOTHING;
	case TARGET_ANY:
		break;
	}
	return FIT_WANTED;
}

/* The first host that is what this connection wants, else the first that is better than nothing. ERR_DB_DOWN and db->why: none. */
static enum err
find_host(struct db *db, bool change, int64_t until)
{
	struct db_hosts *h = db->hosts;
	PGconn *spare = NULL;
	unsigned order[DB_HOSTS_MAX], spare_host = 0;
	enum err e = ERR_DB_DOWN;
	db_hosts_order(h, db->host % h->n, order);
	for (unsigned k = 0; k < h->n; k++) {
		unsigned i = order[k];
		int64_t now = db_now_ms(), deadline = now + h->timeout_ms < until ? now + h->timeout_ms : until;
		if (now >= until) {
			if (!db->why[0])
				note_why(db, i, "no time left to connect");
			break;
		}
		bool opened = open_host(db, i, deadline);
		e = opened ? set_up(db, deadline) : ERR_DB_DOWN;
		if (opened && e)
			note_why(db, i, err_detail());
		atomic_store(&h->failed_at[i], e ? db_now_ms() : 0);
		enum fit fit = e ? FIT_NO : fits(db, change);
		db->host = i;
		if (fit == FIT_WANTED) {
			PQfinish(spare);
			return ERR_NONE;
		}
		if (!e && fit == FIT_NO)
			note_why(db, i, db->standby ? "it takes no change" : "it is no copy");
		if (fit == FIT_BETTER_THAN_NOTHING && !spare) {
			spare = db->conn;
			spare_host = i;
		} else {
			PQfinish(db->conn);
		}
		db->conn = NULL;
	}
	if (!spare)
		return e && e != ERR_DB_DOWN ? e : err_note(ERR_DB_DOWN, "database: %s", db->why);
	db->conn = spare;
	db->host = spare_host;
	db->standby = db->write; /* what is better than nothing: a copy to who would write, the primary to who would read a copy */
	return ERR_NONE;
}

static int64_t
back_off_ms(struct db *db, unsigned failures)
{
	int64_t wait = BACKOFF_FIRST_MS << (failures < 6 ? failures : 6);
	if (wait > BACKOFF_LAST_MS)
		wait = BACKOFF_LAST_MS;
	return wait / 2 + (int64_t)chance(db, (unsigned)(wait / 2 + 1));
}

/* Whether this connection may try now: after some failures of all, one tries for all. */
static bool
may_try(struct db *db)
{
	int64_t now = db_now_ms(), at;
	if (now < db->retry_at && db->generation == db_watch_generation())
		return false;
	if (atomic_load(&db->hosts->failures) < BREAKER)
		return true;
	at = atomic_load(&db->hosts->retry_at);
	return now >= at && atomic_compare_exchange_strong(&db->hosts->retry_at, &at, now + CONNECT_MS);
}

static void
note_outcome(struct db *db, enum err e)
{
	metric_count(e ? METRIC_db_failures : METRIC_db_connections);
	if (e) {
		int64_t now = db_now_ms();
		unsigned n = atomic_fetch_add(&db->hosts->failures, 1);
		db_drop(db);
		db->retry_at = now + back_off_ms(db, db->failures++);
		db->generation = db_watch_generation();
		atomic_store(&db->hosts->retry_at, now + back_off_ms(db, n));
		if (db->write)
			db_watch_wake();
		return;
	}
	if (db->failures)
		log_event(LOG_INFO, "database reached again", LOG_I("attempts", db->failures));
	db->failures = 0;
	db->retry_at = 0;
	atomic_store(&db->hosts->failures, 0);
	atomic_store(&db->hosts->retry_at, 0);
	unsigned recheck_ms = RECHECK_MS << (db->rechecked < RECHECK_LAST ? db->rechecked : RECHECK_LAST);
	db->recheck_at = db_now_ms() + recheck_ms + chance(db, recheck_ms);
	if (db->rechecked && !db->nbad)
		log_event(LOG_INFO, "every statement fits the schema again");
	db->rechecked = db->nbad ? db->rechecked + 1 : 0;
	db->reconsider_at = db_now_ms() + (RECONSIDER_MS << db->reconsidered) + chance(db, RECONSIDER_MS);
}

/* A reader on the primary, which would rather read a copy: looks whether there is one, and else stays. */
static void
reconsider(struct db *db)
{
	PGconn *kept = db->conn;
	unsigned host = db->host;
	bool standby = db->standby;
	char sent[sizeof db->sent];
	memcpy(sent, db->sent, sizeof sent);
	db->conn = NULL;
	db->host = (host + 1) % db->hosts->n;
	db->why[0] = 0;
	enum err e = find_host(db, false, db_now_ms() + RECONSIDER_WAIT);
	if (!e && db->standby) {
		PGconn *found = db->conn;
		bool is_standby = db->standby;
		db->conn = kept;
		db_drop(db);
		db->conn = found;
		db->standby = is_standby;
		db->reconsidered = 0;
		metric_count(METRIC_db_moved);
		log_event(LOG_INFO, "reads go to a copy again", LOG_S("host", str_of(db->hosts->host[db->host] ? db->hosts->host[db->host] : "")));
		if (db->verify && db_prepare_all(db))
			db_drop(db);
		return;
	}
	PQfinish(db->conn);
	db->conn = kept;
	db->host = host;
	db->standby = standby;
	memcpy(db->sent, sent, sizeof sent);
	if (db->reconsidered < RECONSIDER_LAST)
		db->reconsidered++;
	db->reconsider_at = db_now_ms() + (RECONSIDER_MS << db->reconsidered) + chance(db, RECONSIDER_MS);
}

/* The server may have changed under an open connection: a copy became the primary, or the primary is there again. */
static enum err
still_fits(struct db *db, bool change)
{
	if (db->in_transaction)
		return ERR_NONE;
	if (!db->write) {
		const char *hot = db->standby ? PQparameterStatus(db->conn, "in_hot_standby") : NULL;
		if (hot && !strcmp(hot, "off")) {
			db->standby = false;
			db->reconsidered = 0;
			db->reconsider_at = db_now_ms() + chance(db, RECONSIDER_MS);
			log_event(LOG_INFO, "the copy that was read became the primary");
			if (db->hosts->target == TARGET_STANDBY)
				db_drop(db);
		} else if (!db->standby && db->hosts->n > 1 && db->hosts->target == TARGET_PREFER_STANDBY && db_now_ms() >= db->reconsider_at) {
			reconsider(db);
		}
		return ERR_NONE;
	}
	if (!db->standby || (!change && db_watch_primary() != PRIMARY_PRESENT))
		return ERR_NONE;
	if (db_watch_primary() == PRIMARY_ABSENT)
		return err_note(ERR_DB_DOWN, "database: no primary");
	db_drop(db);
	return ERR_NONE;
}

/* Connected, or fails at once while dead servers are left in peace (50 ms to 2 s between two attempts). */
enum err
db_ensure(struct db *db, bool change)
{
	if (!db->in_transaction && (db->swollen || (db->nbad && db_now_ms() >= db->recheck_at)))
		db_drop(db);
	if (db->conn && PQstatus(db->conn) == CONNECTION_OK) {
		enum err e = still_fits(db, change);
		if (e || db->conn)
			return e;
	}
	if (db->conn)
		db_drop(db);
	if (db->in_transaction)
		return err_note(ERR_DB_DOWN, "database: the connection was lost inside a transaction");
	if (db->write && change && db_watch_primary() == PRIMARY_ABSENT)
		return err_note(ERR_DB_DOWN, "database: no primary");
	if (!may_try(db))
		return err_note(ERR_DB_DOWN, "database: %s", db->why[0] ? db->why : "no server answers");
	int64_t now = db_now_ms(), until = now + CONNECT_MS;
	if (db->until && db->until < until)
		until = db->until;
	db->why[0] = 0;
	enum err e = find_host(db, change, until);
	if (!e && db->verify && !(db->write && db->standby)) {
		e = db_prepare_all(db);
		if (e)
			snprintf(db->why, sizeof db->why, "%s", err_detail());
	}
	note_outcome(db, e);
	return e;
}

enum err
db_connect(struct db *db)
{
	enum err e = db_ensure(db, false);
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

bool
db_is_copy(struct db *db)
{
	return db_ensure(db, false) == ERR_NONE && db->standby;
}

bool
db_takes_changes(struct db *db)
{
	return db_ensure(db, false) == ERR_NONE && !db->standby;
}
