/*
 * db: one connection to PostgreSQL, owned by one thread; the only folder that sees libpq. Layer 2.
 * Statements are the files of sql/queries, embedded by tools/sqlgen as enum query and query_table (gen/queries.h); each is
 * prepared, described and compared with its header when the connection opens. Rows live in the arena given to db_run.
 * The connection string may name several hosts (8 at most): readers spread over them and go where target_session_attrs says, a copy if
 * there is one (prefer-standby); who writes looks for the primary, and while there is none reads what a copy holds.
 * Every call ends by its deadline (plus 300 ms to cancel), every wait of a request within 4.5 s; while a server is dead, calls fail at
 * once and a new attempt is made after 50 ms to 2 s, by one for all. A reading statement cut by the loss of the link is sent once more,
 * never a writing one.
 * Fails with ERR_DB_DOWN (no server; retried with back-off by the next call), ERR_DB_BUSY (time-out, cancelled, too many
 * connections), ERR_DB_CONFLICT (40001/40P01/23505), ERR_BAD_INPUT (class 22 or 23514: the data was refused), ERR_DB_QUERY.
 */
#ifndef DB_DB_H
#define DB_DB_H
#include "base/arena.h"
#include "base/err.h"
#include <stdint.h>

#include "gen/queries.h" /* enum query, enum col_<statement> */

struct db;

struct db_options {
	const char *conninfo;    /* libpq keywords or URI */
	int deadline_ms;         /* for one statement, 1..600000 */
	const char *application; /* application_name */
	bool verify;             /* prepare, describe and compare every statement at connection */
	bool write;              /* as catalyse_rw: may run the statements marked "-- role: rw", wants the primary */
	bool unnamed;            /* no named statement, no state of the session: behind a pooler of transactions */
};

enum err db_new(struct db **ret_db, const struct db_options *options) MUST_CHECK; /* allocates; connects lazily */
void db_free(struct db *db);
/* Connects now if needed. ERR_DB_QUERY, the connection still usable, when a statement does not fit the schema: refuse to start. */
enum err db_connect(struct db *db) MUST_CHECK;
void db_set_request(struct db *db, struct str id); /* travels with the next statements as application_name; its time begins now */
/* Whether all the servers named are on this machine, whose processors they then share with us; a pooler here counts for the base. */
bool db_is_here(const char *conninfo);
/* Whether what is read is a copy that replication fills. Connects if need be; false when nobody answers. */
bool db_is_copy(struct db *db);
/* Whether a change could be made now: connected to the primary, or able to connect. */
bool db_takes_changes(struct db *db);

/* A thread that keeps one connection to the primary and says within 5 s that it is gone, within 1 s that it is back; writers then do not
 * look for it by themselves. Without it they do. */
void db_watch_start(const char *conninfo, bool unnamed);
void db_watch_stop(void);
bool db_read_only(void); /* nothing can be written at present, as far as the watch knows */

/* One parameter, in text form, or the bytes themselves of a bytea. */
struct db_arg {
	const char *p; /* NULL: SQL null */
	size_t n;
	bool bytes;
};
#define DB_NULL ((struct db_arg){ NULL, 0, false })
static inline struct db_arg
db_arg_str(struct str s)
{
	return (struct db_arg){ s.p ? s.p : "", s.n, false };
}
static inline struct db_arg
db_arg_opt(struct str s) /* empty means null */
{
	return s.n ? (struct db_arg){ s.p, s.n, false } : DB_NULL;
}
static inline struct db_arg
db_arg_bytes(struct str s) /* sent as they are, not copied; empty means null */
{
	return s.n ? (struct db_arg){ s.p, s.n, true } : DB_NULL;
}
struct db_arg db_arg_int(struct arena *a, int64_t v);
struct db_arg db_arg_real(struct arena *a, double v);
struct db_arg db_arg_bool(bool v);
struct db_arg db_arg_texts(struct arena *a, const struct str *v, size_t n); /* text[]; n == 0 gives null */
struct db_arg db_arg_ints(struct arena *a, const int64_t *v, size_t n);     /* bigint[]; n == 0 gives null */

struct db_rows {
	void *result; /* PGresult, released with the arena */
	size_t nrows, ncols;
};

enum err db_run(struct db *db, struct arena *a, enum query q, const struct db_arg *args, size_t nargs,
                struct db_rows *ret_rows) MUST_CHECK;
#define DB_ARGS(...) (const struct db_arg[]){ __VA_ARGS__ }, sizeof((const struct db_arg[]){ __VA_ARGS__ }) / sizeof(struct db_arg)

/* Reading a cell: row < nrows, col from the generated enum. Null reads as empty, 0 or false. db_text of a bytea gives its bytes in a
 * statement marked "-- form: binary", else "\\x" and hexadecimal digits. */
struct str db_text(const struct db_rows *r, size_t row, size_t col);
bool db_is_null(const struct db_rows *r, size_t row, size_t col);
int64_t db_int(const struct db_rows *r, size_t row, size_t col);
double db_real(const struct db_rows *r, size_t row, size_t col);
bool db_bool(const struct db_rows *r, size_t row, size_t col);

/* Transactions, for writes and loads. Every begin meets a commit or a rollback on every path. */
enum err db_begin(struct db *db) MUST_CHECK;
enum err db_commit(struct db *db) MUST_CHECK;
void db_rollback(struct db *db);
/* begin, work, commit; the whole is done again, at most three times in all, after 40001 or 40P01. */
typedef enum err db_work_fn(struct db *db, void *arg);
enum err db_transaction(struct db *db, db_work_fn *work, void *arg) MUST_CHECK;

/* For `catalyse check` and migrations: compares every statement with the schema, and reports each that does not fit.
 * ERR_NONE: all fit; ERR_DB_QUERY: some do not; ERR_DB_DOWN: no server. */
typedef void db_verify_fn(void *arg, const char *statement, const char *detail);
enum err db_verify_all(const char *conninfo, bool write, db_verify_fn *report, void *arg) MUST_CHECK;

/* COPY ... FROM STDIN named as a statement (rows: copy); feed any number of chunks, then db_copy_end. */
enum err db_copy_begin(struct db *db, enum query q) MUST_CHECK;
enum err db_copy_data(struct db *db, struct str chunk) MUST_CHECK;
enum err db_copy_end(struct db *db, int64_t *ret_rows) MUST_CHECK;

#endif
