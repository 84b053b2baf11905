#include "db/db_internal.h"
#include "base/log.h"
#include "base/metric.h"
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <time.h>

#define CANCEL_WAIT_MS 300 /* after the deadline, for the server to say that it stopped */
#define CANCELS_AT_ONCE 16
#define SWOLLEN (1u << 20) /* bytes sent at once, past which libpq's buffer is not to be kept */

static bool
starts(const char *sqlstate, const char *prefix)
{
	return strncmp(sqlstate, prefix, strlen(prefix)) == 0;
}

/* The retry table. stale: the statement did not run; or, for a reading one, running it again does no harm. */
static enum err
err_of_sqlstate(const char *s, bool *ret_stale, bool *ret_drop)
{
	*ret_stale = *ret_drop = false;
	if (starts(s, "08") || starts(s, "57P")) { /* the link, or the server, went away */
		*ret_stale = *ret_drop = true;
		return ERR_DB_DOWN;
	}
	if (!strcmp(s, "26000") || !strcmp(s, "0A000")) { /* our statement is unknown, or its result changed type */
		*ret_stale = *ret_drop = true;
		return ERR_DB_QUERY;
	}
	if (!strcmp(s, "25006")) { /* no longer the primary */
		*ret_drop = true;
		return ERR_DB_DOWN;
	}
	if (!strcmp(s, "40001") || !strcmp(s, "40P01") || !strcmp(s, "23505") || !strcmp(s, "23P01"))
		return ERR_DB_CONFLICT;
	if (starts(s, "53") || !strcmp(s, "55P03") || !strcmp(s, "57014") || starts(s, "25P03"))
		return ERR_DB_BUSY;
	if (starts(s, "22") || starts(s, "23"))
		return ERR_BAD_INPUT;
	if (starts(s, "28"))
		return ERR_DB_DOWN;
	return ERR_DB_QUERY;
}

enum err
db_result_error(struct db *db, const PGresult *res, const char *name, bool *ret_stale)
{
	const char *s = PQresultErrorField(res, PG_DIAG_SQLSTATE);
	const char *said = PQresultErrorField(res, PG_DIAG_MESSAGE_PRIMARY);
	bool drop;
	if (!s) { /* libpq's own words: the link is gone */
		*ret_stale = true;
		return err_note(ERR_DB_DOWN, "statement %s: the connection was lost", name);
	}
	enum err e = err_of_sqlstate(s, ret_stale, &drop);
	err_note(e, "statement %s: %s (%s)", name, said ? said : "?", s);
	if (!strcmp(s, "25006") && db->write) {
		metric_count(METRIC_db_moved);
		log_event(LOG_WARN, "this server takes no change any more: the primary is looked for", LOG_S("statement", str_of(name)));
		db_watch_wake();
	}
	if (drop)
		db_drop(db);
	return e;
}

static atomic_int cancelling;

/* PQcancel may block for as long as the network likes: it has a thread of its own, which nobody waits for. */
static void *
cancel_in_thread(void *arg)
{
	char why[256];
	PQcancel(arg, why, sizeof why);
	PQfreeCancel(arg);
	atomic_fetch_sub(&cancelling, 1);
	return NULL;
}

static void
cancel(struct db *db)
{
	if (atomic_fetch_add(&cancelling, 1) >= CANCELS_AT_ONCE) {
		atomic_fetch_sub(&cancelling, 1);
		return;
	}
	PGcancel *c = PQgetCancel(db->conn);
	pthread_attr_t attr;
	pthread_t thread;
	pthread_attr_init(&attr);
	pthread_attr_setdetachstate(&attr, PTHREAD_CREATE_DETACHED);
	if (!c || pthread_create(&thread, &attr, cancel_in_thread, c)) {
		PQfreeCancel(c);
		atomic_fetch_sub(&cancelling, 1);
	}
	pthread_attr_destroy(&attr);
}

enum err
db_late(struct db *db, const char *name, PGresult **ret)
{
	PGresult *res = NULL;
	metric_count(METRIC_db_late);
	cancel(db);
	*ret = NULL;
	/* The pipeline is read to its end, whichever command is cut. */
	if (db_pipeline_result(db, db_now_ms() + CANCEL_WAIT_MS, -1, &res) == IO_LATE)
		db_drop(db);
	PQclear(res);
	return err_note(ERR_DB_BUSY, "statement %s: no answer in %d ms", name, db->deadline_ms);
}

/* Sends one command and the end of its pipeline, with the request id before it when that changed. */
static enum err
exchange(struct db *db, const char *name, bool (*send)(struct db *, void *), void *arg, PGresult **ret, bool *ret_stale)
{
	int64_t deadline = db_now_ms() + db->deadline_ms;
	if (db->until && db->until < deadline && !db->write) /* a change goes to its end */
		deadline = db->until;
	bool tag = !db->unnamed && db->request[0] && strcmp(db->request, db->sent) != 0;
	char full[128];
	*ret_stale = false;
	if (tag) {
		snprintf(full, sizeof full, "%.22s %.40s", db->application, db->request);
		tag = PQsendQueryPrepared(db->conn, "_request", 1, (const char *const[]){ full }, NULL, NULL, 0) == 1;
	}
	if (!send(db, arg) || !PQpipelineSync(db->conn)) {
		err_note(ERR_DB_DOWN, "statement %s: %s", name, PQerrorMessage(db->conn));
		db_drop(db);
		*ret_stale = true;
		return ERR_DB_DOWN;
	}
	PGresult *res = NULL;
	switch (db_pipeline_result(db, deadline, tag ? 1 : 0, &res)) {
	case IO_LATE:
		return db_late(db, name, ret);
	case IO_LOST:
		db_drop(db);
		*ret_stale = true;
		return err_note(ERR_DB_DOWN, "statement %s: the connection was lost", name);
	case IO_OK:
		break;
	}
	ExecStatusType status = PQresultStatus(res);
	if (status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK || status == PGRES_EMPTY_QUERY) {
		if (tag)
			memcpy(db->sent, db->request, sizeof db->sent);
		*ret = res;
		return ERR_NONE;
	}
	enum err e = db_result_error(db, res, name, ret_stale);
	PQclear(res);
	if (db->conn && PQstatus(db->conn) != CONNECTION_OK)
		db_drop(db);
	return e;
}

struct call {
	const struct query_def *def;
	const char **values;
	int *lengths, *formats; /* read of bytes only; NULL when there are none */
};

static bool
send_prepared(struct db *db, void *arg)
{
	const struct call *c = arg;
	if (db->unnamed)
		return PQsendQueryParams(db->conn, c->def->sql, c->def->nparams, (const Oid *)c->def->params, c->values, c->lengths, c->formats, c->def->binary) == 1;
	return PQsendQueryPrepared(db->conn, c->def->name, c->def->nparams, c->values, c->lengths, c->formats, c->def->binary) == 1;
}

static void
clear_result(void *res)
{
	PQclear(res);
}

enum err
db_run(struct db *db, struct arena *a, enum query q, const struct db_arg *args, size_t nargs, struct db_rows *ret_rows)
{
	const struct query_def *def = &query_table[q];
	if ((unsigned)q >= query_count || nargs != (size_t)def->nparams || def->rows == ROWS_COPY || db->copying || (def->writer && !db->write))
		die("statement %s called with %zu parameters", (unsigned)q < query_count ? def->name : "?", nargs);
	/* libpq reads text values up to their NUL: slices are copied, and a NUL inside one cuts it (the gate refuses those). */
	const char **values = arena_alloc_array(a, nargs + 1, sizeof *values);
	struct call call = { .def = def, .values = values };
	size_t large = 0;
	for (size_t i = 0; i < nargs; i++) {
		if (!args[i].p || !args[i].bytes) {
			values[i] = args[i].p ? arena_cstr(a, (struct str){ args[i].p, args[i].n }) : NULL;
			continue;
		}
		if (!call.formats) {
			call.formats = arena_array(a, int, nargs);
			call.lengths = arena_array(a, int, nargs);
		}
		if (args[i].n > INT32_MAX)
			return err_note(ERR_TOO_LARGE, "statement %s: %zu bytes in one parameter", def->name, args[i].n);
		values[i] = args[i].p;
		call.lengths[i] = (int)args[i].n;
		call.formats[i] = 1;
		large += args[i].n;
	}
	if (arena_exhausted(a))
		return err_note(ERR_NO_MEMORY, "statement %s: its parameters are too large", def->name);
	PGresult *res = NULL;
	enum err e = ERR_NONE;
	struct timespec from, to;
	for (int attempt = 0; attempt < 2; attempt++) {
		if (attempt)
			metric_count(METRIC_db_repeated);
		bool stale = false, pure = def->pure;
		if (!pure)
			db_alive(db);
		e = db_ensure(db, !pure);
		if (!e && (e = db_prepare_one(db, q)) == ERR_DB_DOWN && !attempt && !db->in_transaction)
			continue; /* lost before it was sent */
		if (e)
			return e;
		db->swollen |= large > SWOLLEN;
		clock_gettime(CLOCK_MONOTONIC, &from);
		e = exchange(db, def->name, send_prepared, &call, &res, &stale);
		clock_gettime(CLOCK_MONOTONIC, &to);
		metric_query((size_t)q, (to.tv_sec - from.tv_sec) * 1000000 + (to.tv_nsec - from.tv_nsec) / 1000, e != ERR_NONE);
		if (!e)
			break;
		/* A writing statement cut by the loss of the link may have run: it is not sent again. */
		if (!stale || db->in_transaction || (!pure && e == ERR_DB_DOWN))
			return e;
	}
	if (e)
		return e;
	int n = PQntuples(res);
	if ((def->rows == ROWS_ONE && n != 1) || (def->rows == ROWS_MAYBE && n > 1)) {
		PQclear(res);
		return err_note(ERR_DB_QUERY, "statement %s gave %d rows", def->name, n);
	}
	arena_cleanup(a, clear_result, res);
	if (ret_rows)
		*ret_rows = (struct db_rows){ res, (size_t)n, (size_t)PQnfields(res) };
	return ERR_NONE;
}

enum err
db_look(struct db *db, int64_t deadline)
{
	PGresult *res = NULL;
	if (!PQsendQueryParams(db->conn, "select current_setting('transaction_read_only') = 'on'", 0, NULL, NULL, NULL, NULL, 0)
	    || !PQpipelineSync(db->conn) || db_pipeline_result(db, deadline, 0, &res) || PQresultStatus(res) != PGRES_TUPLES_OK) {
		PQclear(res);
		db_drop(db);
		return err_note(ERR_DB_DOWN, "database: the connection was lost");
	}
	db->standby = PQgetvalue(res, 0, 0)[0] == 't';
	PQclear(res);
	return ERR_NONE;
}

static bool
send_words(struct db *db, void *words)
{
	return PQsendQueryParams(db->conn, words, 0, NULL, NULL, NULL, NULL, 0) == 1;
}

static enum err
say(struct db *db, const char *words)
{
	PGresult *res = NULL;
	bool stale;
	enum err e = exchange(db, words, send_words, (void *)(uintptr_t)words, &res, &stale);
	PQclear(res);
	return e;
}

enum err
db_begin(struct db *db)
{
	if (db->in_transaction)
		die("db_begin inside a transaction");
	db_alive(db);
	enum err e = db_ensure(db, true);
	if (e)
		return e;
	e = say(db, "begin");
	db->in_transaction = !e;
	return e;
}

/* A link lost here leaves the outcome unknown: the caller asks by its own key. */
enum err
db_commit(struct db *db)
{
	if (!db->in_transaction)
		die("db_commit outside a transaction");
	if (!db->conn || PQstatus(db->conn) != CONNECTION_OK) {
		db_rollback(db);
		return err_note(ERR_DB_DOWN, "database: the connection was lost before the commit");
	}
	bool failed = PQtransactionStatus(db->conn) == PQTRANS_INERROR;
	db->warned = false;
	enum err e = say(db, "commit");
	db->in_transaction = false;
	/* A synchronous standby that does not confirm in time is a warning to PostgreSQL, which says COMMIT all the same. */
	if (!e && db->warned && !failed)
		return err_note(ERR_DB_BUSY, "database: committed here, but its copy did not confirm it");
	if (!e && failed) /* the server answers ROLLBACK, which is not an error to libpq */
		return err_note(ERR_DB_QUERY, "database: commit of a failed transaction");
	if (e && db->conn && PQtransactionStatus(db->conn) != PQTRANS_IDLE)
		db_drop(db);
	return e;
}

void
db_rollback(struct db *db)
{
	if (!db->in_transaction)
		return;
	db->in_transaction = false;
	if (db->copying)
		db_drop(db);
	if (!db->conn || PQstatus(db->conn) != CONNECTION_OK)
		return;
	if (say(db, "rollback") != ERR_NONE)
		db_drop(db);
}

enum err
db_transaction(struct db *db, db_work_fn *work, void *arg)
{
	for (int attempt = 1;; attempt++) {
		enum err e = db_begin(db);
		if (e)
			return e;
		e = work(db, arg);
		if (!e)
			e = db_commit(db);
		else
			db_rollback(db);
		bool again = e == ERR_DB_CONFLICT && strstr(err_detail(), "(40") != NULL;
		if (!again || attempt == 3)
			return e;
		db->jitter = db->jitter * 6364136223846793005ULL + 1442695040888963407ULL;
		nanosleep(&(struct timespec){ .tv_nsec = (long)(5000000 + (db->jitter >> 33) % 20000000) }, NULL);
	}
}
