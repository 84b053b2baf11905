#include "db/db_internal.h"
#include "base/log.h"
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

static bool
is_prepared_early(const struct db *db, const struct query_def *def)
{
	return def->rows != ROWS_COPY && !def->lazy && (db->write || !def->writer);
}

__attribute__((format(printf, 3, 4))) static void
mark_bad(struct db *db, unsigned i, const char *fmt, ...)
{
	char text[400];
	va_list ap;
	va_start(ap, fmt);
	vsnprintf(text, sizeof text, fmt, ap);
	va_end(ap);
	for (char *p = text; *p; p++)
		if (*p == '\n')
			*p = *(p + 1) ? ' ' : 0;
	if (db->state[i] == STATEMENT_BAD)
		return; /* the first reason is the one to read */
	db->state[i] = STATEMENT_BAD;
	db->bad[i] = strdup(text);
	if (!db->bad[i])
		die("no memory");
	db->nbad++;
	if (db->rechecked)
		return;
	log_event(LOG_ERROR, "a statement does not fit the schema", LOG_S("statement", str_of(query_table[i].name)),
	          LOG_S("detail", str_of(text)));
}

static void
compare(struct db *db, unsigned i, const PGresult *described)
{
	const struct query_def *def = &query_table[i];
	if (PQnparams(described) != def->nparams) {
		mark_bad(db, i, "takes %d parameters, %d declared", PQnparams(described), def->nparams);
		return;
	}
	for (int k = 0; k < def->nparams; k++)
		if (def->params[k] && PQparamtype(described, k) != def->params[k])
			mark_bad(db, i, "parameter $%d is of type number %u, %u declared", k + 1, PQparamtype(described, k),
			         def->params[k]);
	if (PQnfields(described) != def->ncols) {
		mark_bad(db, i, "gives %d columns, %d declared", PQnfields(described), def->ncols);
		return;
	}
	for (int k = 0; k < def->ncols; k++) {
		const struct query_column *c = &def->columns[k];
		if (strcmp(PQfname(described, k), c->name))
			mark_bad(db, i, "column %d is \"%s\", \"%s\" declared", k + 1, PQfname(described, k), c->name);
		else if (c->oid && PQftype(described, k) != c->oid)
			mark_bad(db, i, "column \"%s\" is of type number %u, %s (%u) declared", c->name, PQftype(described, k), c->type,
			         c->oid);
	}
}

static bool
send_prepare(struct db *db, unsigned i)
{
	const struct query_def *def = &query_table[i];
	const char *name = db->unnamed ? "" : def->name;
	return PQsendPrepare(db->conn, name, def->sql, def->nparams, (const Oid *)def->params)
	       && PQsendDescribePrepared(db->conn, name) && PQpipelineSync(db->conn);
}

static enum err
read_prepare(struct db *db, unsigned i, int64_t deadline)
{
	PGresult *res = NULL;
	if (db_pipeline_result(db, deadline, 1, &res))
		return err_note(ERR_DB_DOWN, "database: lost while statements were prepared");
	if (PQresultStatus(res) == PGRES_COMMAND_OK) {
		db->state[i] = STATEMENT_READY;
		compare(db, i, res);
	} else {
		const char *sqlstate = PQresultErrorField(res, PG_DIAG_SQLSTATE);
		if (!sqlstate || !strncmp(sqlstate, "57P", 3) || !strncmp(sqlstate, "08", 2)) {
			PQclear(res);
			return err_note(ERR_DB_DOWN, "database: it went away while statements were prepared");
		}
		const char *said = PQresultErrorField(res, PG_DIAG_MESSAGE_PRIMARY);
		mark_bad(db, i, "%s (%s)", said ? said : "refused", sqlstate);
	}
	PQclear(res);
	return ERR_NONE;
}

/* Every statement in one round trip; a statement that does not fit is marked and logged, and the others serve. db_ensure tries again later.
   Without names, behind a pool that lends its connections by transaction, one at a time: PgBouncer (1.18) gives the server away at the end of a
   statement even when half of the next one was passed on already. */
enum err
db_prepare_all(struct db *db)
{
	int64_t deadline = db_now_ms() + 5000;
	enum err e;
	for (unsigned i = 0; i < query_count; i++) {
		if (!is_prepared_early(db, &query_table[i]))
			continue;
		if (!send_prepare(db, i))
			return err_note(ERR_DB_DOWN, "database: %s", PQerrorMessage(db->conn));
		if (db->unnamed && (e = read_prepare(db, i, deadline)))
			return e;
	}
	for (unsigned i = 0; i < query_count && !db->unnamed; i++)
		if (is_prepared_early(db, &query_table[i]) && (e = read_prepare(db, i, deadline)))
			return e;
	return ERR_NONE;
}

enum err
db_prepare_one(struct db *db, enum query q)
{
	if (db->state[q] == STATEMENT_NEW && !db->unnamed) {
		if (!send_prepare(db, q))
			return err_note(ERR_DB_DOWN, "database: %s", PQerrorMessage(db->conn));
		enum err e = read_prepare(db, q, db_now_ms() + db->deadline_ms);
		if (e) {
			db_drop(db);
			return e;
		}
	}
	if (db->state[q] != STATEMENT_BAD)
		return ERR_NONE;
	enum err e = err_note(ERR_DB_QUERY, "statement %s: %s", query_table[q].name, db->bad[q]);
	if (query_table[q].lazy) { /* its temporary table may exist at the next call */
		free(db->bad[q]);
		db->bad[q] = NULL;
		db->nbad--;
		db->state[q] = STATEMENT_NEW;
	}
	return e;
}

enum err
db_verify_all(const char *conninfo, bool write, db_verify_fn *report, void *arg)
{
	struct db *db = NULL;
	enum err e = db_new(&db, &(struct db_options){ .conninfo = conninfo, .deadline_ms = 5000,
	                                               .application = "catalyse check", .verify = true, .write = write });
	if (e)
		return e;
	e = db_connect(db);
	for (unsigned i = 0; report && i < query_count; i++)
		if (db->bad[i])
			report(arg, query_table[i].name, db->bad[i]);
	db_free(db);
	return e;
}
