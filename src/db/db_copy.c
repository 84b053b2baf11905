#include "db/db_internal.h"
#include "base/log.h"
#include <poll.h>
#include <stdlib.h>

/* COPY is the one thing that does not travel in a pipeline: the mode is left and taken again. */
static enum err
lost(struct db *db, enum query q, enum io io)
{
	enum err e = io == IO_LATE ? ERR_DB_BUSY : ERR_DB_DOWN;
	err_note(e, "statement %s: %s", query_table[q].name, io == IO_LATE ? "no answer in time" : "the connection was lost");
	db_drop(db);
	return e;
}

static enum err
finish(struct db *db, enum err e)
{
	db->copying = false;
	if (db->conn && !PQenterPipelineMode(db->conn))
		db_drop(db);
	return e;
}

/* Reads the results that remain; keeps the first error. */
static enum err
drain(struct db *db, enum query q, int64_t *ret_rows)
{
	enum err e = ERR_NONE;
	for (;;) {
		PGresult *res = NULL;
		enum io io = db_next_result(db, db_now_ms() + db->deadline_ms, &res);
		if (io)
			return lost(db, q, io);
		if (!res)
			return e;
		ExecStatusType status = PQresultStatus(res);
		if (status == PGRES_COMMAND_OK && ret_rows)
			*ret_rows = strtoll(PQcmdTuples(res), NULL, 10);
		bool stale;
		if (status != PGRES_COMMAND_OK && status != PGRES_COPY_IN && !e)
			e = db_result_error(db, res, query_table[q].name, &stale);
		PQclear(res);
		if (!db->conn)
			return e;
		if (status == PGRES_COPY_IN)
			return e;
	}
}

enum err
db_copy_begin(struct db *db, enum query q)
{
	if ((unsigned)q >= query_count || query_table[q].rows != ROWS_COPY || db->copying)
		die("not a statement to copy with");
	db_alive(db);
	enum err e = db_ensure(db, true);
	if (e)
		return e;
	if (!PQexitPipelineMode(db->conn) || !PQsendQuery(db->conn, query_table[q].sql))
		return lost(db, q, IO_LOST);
	PGresult *res = NULL;
	enum io io = db_next_result(db, db_now_ms() + db->deadline_ms, &res);
	if (io)
		return lost(db, q, io);
	if (PQresultStatus(res) == PGRES_COPY_IN) {
		PQclear(res);
		db->copying = true;
		db->copy_query = q;
		return ERR_NONE;
	}
	bool stale;
	e = res ? db_result_error(db, res, query_table[q].name, &stale) : ERR_DB_DOWN;
	PQclear(res);
	if (db->conn) {
		enum err more = drain(db, q, NULL);
		if (more && !e)
			e = more;
	}
	return finish(db, e ? e : err_note(ERR_DB_QUERY, "statement %s does not copy", query_table[q].name));
}

enum err
db_copy_data(struct db *db, struct str chunk)
{
	int64_t deadline = db_now_ms() + db->deadline_ms;
	if (!db->copying || !db->conn)
		return err_note(ERR_DB_DOWN, "copy: the connection was lost");
	while (chunk.n) {
		int n = chunk.n > 65536 ? 65536 : (int)chunk.n;
		int put = PQputCopyData(db->conn, chunk.p, n);
		if (put < 0) {
			err_note(ERR_DB_DOWN, "copy: %s", PQerrorMessage(db->conn));
			db_drop(db);
			return ERR_DB_DOWN;
		}
		if (put == 1) {
			chunk.p += n;
			chunk.n -= (size_t)n;
		}
		/* Keep what waits in memory small; a server that refused says so in db_copy_end. */
		for (int unsent; (unsent = PQflush(db->conn)) != 0;) {
			enum io io = unsent < 0 ? IO_LOST : db_wait(db, deadline, POLLIN | POLLOUT);
			if (io || !PQconsumeInput(db->conn)) {
				db_drop(db);
				return err_note(io == IO_LATE ? ERR_DB_BUSY : ERR_DB_DOWN, "copy: the data could not be sent");
			}
		}
	}
	return ERR_NONE;
}

enum err
db_copy_end(struct db *db, int64_t *ret_rows)
{
	if (!db->copying || !db->conn)
		return err_note(ERR_DB_DOWN, "copy: the connection was lost");
	int64_t rows = 0, deadline = db_now_ms() + db->deadline_ms;
	int put;
	while ((put = PQputCopyEnd(db->conn, NULL)) == 0)
		if (db_wait(db, deadline, POLLOUT))
			break;
	if (put != 1) {
		db_drop(db);
		return err_note(ERR_DB_DOWN, "copy: the end could not be sent");
	}
	enum err e = finish(db, drain(db, db->copy_query, &rows));
	if (!e && ret_rows)
		*ret_rows = rows;
	return e;
}
