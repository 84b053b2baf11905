/*
 * db_internal: what the files of db share. Layer 2, private to this folder.
 */
#ifndef DB_DB_INTERNAL_H
#define DB_DB_INTERNAL_H
#include "db/db.h"
#include "db/query.h"
#include <libpq-fe.h>

enum statement_state { STATEMENT_NEW, STATEMENT_READY, STATEMENT_BAD };

struct db {
	PGconn *conn; /* NULL: not connected */
	char *conninfo, *application;
	int deadline_ms;
	bool verify, write, in_transaction, copying;
	bool swollen; /* libpq never gives back the room it took to send a large parameter: another connection soon */
	enum query copy_query; /* while copying */
	char request[64], sent[64]; /* request id wanted, and the one the server knows */
	unsigned char *state;       /* enum statement_state of each statement */
	char **bad;                 /* why a statement is STATEMENT_BAD */
	unsigned nbad;
	unsigned failures; /* attempts to connect that failed in a row */
	int64_t retry_at;  /* monotonic ms: no attempt before */
	uint64_t jitter;
	char why[256]; /* why the last attempt failed */
};

enum io { IO_OK, IO_LOST, IO_LATE };

int64_t db_now_ms(void);
/* Next result (NULL is a result too: the end of one command) before the deadline, flushing what is still to be sent. */
enum io db_next_result(struct db *db, int64_t deadline, PGresult **ret);
enum io db_wait(struct db *db, int64_t deadline, short events);
/* Reads up to the end of the pipeline; keeps the result number `wanted` (from 0), or the first error before it. */
enum io db_pipeline_result(struct db *db, int64_t deadline, int wanted, PGresult **ret);
void db_drop(struct db *db); /* closes the connection; the next call opens another */
enum err db_ensure(struct db *db) MUST_CHECK;
enum err db_prepare_one(struct db *db, enum query q) MUST_CHECK;
enum err db_prepare_all(struct db *db) MUST_CHECK;
/* Error of a result, noted with the statement's name; *ret_stale when sending again on a new connection may help. */
enum err db_result_error(struct db *db, const PGresult *res, const char *name, bool *ret_stale);
enum err db_late(struct db *db, const char *name, PGresult **ret); /* past the deadline: cancels, waits a little, or drops */
void db_alive(struct db *db); /* notices a connection closed by the server while it was idle */

#endif
