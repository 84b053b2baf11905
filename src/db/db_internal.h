/*
 * db_internal: what the files of db share. Layer 2, private to this folder.
 */
#ifndef DB_DB_INTERNAL_H
#define DB_DB_INTERNAL_H
#include "db/db.h"
#include "db/query.h"
#include <libpq-fe.h>
#include <stdatomic.h>

#define DB_HOSTS_MAX 8
#define DB_HOST_AVOIDED_MS 10000

/* What target_session_attrs asks; a connection that writes wants the primary whatever it says. */
enum db_target { TARGET_ANY, TARGET_PRIMARY, TARGET_STANDBY, TARGET_PREFER_STANDBY };

/* The servers of one connection string, shared by all the connections that have it: libpq 15 would wait for a silent host without an end,
 * and always ask the first one first. Never freed. */
struct db_hosts {
	struct db_hosts *next;
	char *conninfo;
	enum db_target target;
	int timeout_ms; /* one host */
	unsigned n;     /* at least 1: what libpq takes by default */
	char *host[DB_HOSTS_MAX], *address[DB_HOSTS_MAX], *port[DB_HOSTS_MAX]; /* NULL: not said */
	_Atomic int64_t failed_at[DB_HOSTS_MAX];                               /* monotonic ms; 0: it answered the last time */
	_Atomic unsigned failures; /* times in a row that none of them would do, whoever asked */
	_Atomic int64_t retry_at;  /* past some failures only one connection tries at a time, the others not before this */
};

enum statement_state { STATEMENT_NEW, STATEMENT_READY, STATEMENT_BAD };

struct db {
	PGconn *conn; /* NULL: not connected */
	struct db_hosts *hosts;
	unsigned host;   /* the one connected to, or the last one */
	bool standby;    /* connected to a copy; to a server that takes no change, when this connection writes */
	bool warned;     /* the server said a warning since this was cleared */
	bool unnamed;    /* no named statement and nothing else that outlives a transaction */
	int64_t reconsider_at; /* monotonic ms: a reader on the primary that would rather read a copy looks again */
	unsigned reconsidered;
	int64_t until;       /* monotonic ms: end of the request; 0: none */
	unsigned generation; /* of the primary, see db_watch.c, when the last attempt failed */
	char *conninfo, *application;
	int deadline_ms;
	bool verify, write, in_transaction, copying;
	bool swollen; /* libpq never gives back the room it took to send a large parameter: another connection soon */
	enum query copy_query; /* while copying */
	char request[64], sent[64]; /* request id wanted, and the one the server knows */
	unsigned char *state;       /* enum statement_state of each statement */
	char **bad;                 /* why a statement is STATEMENT_BAD */
	unsigned nbad;
	int64_t recheck_at; /* monotonic ms: statements that do not fit are prepared again, by another connection: a migration may have come */
	unsigned rechecked; /* times in a row that some did not fit: the first time says it, the next ones come less and less often */
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
/* Connected: change, to a server that takes changes when this connection writes; else a copy may do. */
enum err db_ensure(struct db *db, bool change) MUST_CHECK;
/* NULL and a note when the string is bad. */
struct db_hosts *db_hosts_of(const char *conninfo);
void db_hosts_again(void); /* a server came back: nobody waits longer */
void db_hosts_order(struct db_hosts *h, unsigned first, unsigned ret[DB_HOSTS_MAX]);
/* Is this server a copy, or one that refuses changes? Asks, and notes it in db->standby. */
enum err db_look(struct db *db, int64_t deadline) MUST_CHECK;
/* See db_watch.c. */
enum db_primary { PRIMARY_UNKNOWN, PRIMARY_PRESENT, PRIMARY_ABSENT };
enum db_primary db_watch_primary(void);
unsigned db_watch_generation(void);
void db_watch_wake(void);
enum err db_prepare_one(struct db *db, enum query q) MUST_CHECK;
enum err db_prepare_all(struct db *db) MUST_CHECK;
/* Error of a result, noted with the statement's name; *ret_stale when sending again on a new connection may help. */
enum err db_result_error(struct db *db, const PGresult *res, const char *name, bool *ret_stale);
enum err db_late(struct db *db, const char *name, PGresult **ret); /* past the deadline: cancels, waits a little, or drops */
void db_alive(struct db *db); /* notices a connection closed by the server while it was idle */

#endif
