/*
 * db against a real, private server: kinds of values, deadlines, killed backends, restarts, bad migrations.
 * Run by tests/sql/db.sh: db_test SOCKET PORT CLUSTER_SH CLUSTER_DIR. Speaks TAP.
 */
#include "base/log.h"
#include "db/db.h"
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static int tests, failed;
static const char *cluster, *folder;
static char ro[512], rw[512];

#define ok(cond, ...)                                                                                                  \
	do {                                                                                                           \
		bool good_ = (cond);                                                                                   \
		failed += !good_;                                                                                      \
		printf("%sok %d - ", good_ ? "" : "not ", ++tests);                                                    \
		printf(__VA_ARGS__);                                                                                   \
		printf("\n");                                                                                          \
		if (!good_)                                                                                            \
			printf("# %s:%d: %s\n", __FILE__, __LINE__, err_detail());                                     \
		fflush(stdout);                                                                                        \
	} while (0)

static double
now(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void
doze_ms(long ms)
{
	nanosleep(&(struct timespec){ .tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000 }, NULL);
}

/* Runs tools/cluster.sh VERB DIR, without a shell. */
static void
run_cluster(const char *verb, const char *sql)
{
	pid_t pid = fork();
	if (pid == 0) {
		if (!freopen("/dev/null", "w", stdout))
			_exit(126);
		if (sql)
			execl(cluster, cluster, verb, folder, "-qAt", "-d", "probe", "-c", sql, (char *)NULL);
		else
			execl(cluster, cluster, verb, folder, (char *)NULL);
		_exit(127);
	}
	int status;
	waitpid(pid, &status, 0);
	if (status)
		printf("# cluster.sh %s: status %d\n", verb, status);
}

static struct db *
open_db(const char *conninfo, int deadline_ms, bool verify)
{
	struct db *db = NULL;
	if (db_new(&db, &(struct db_options){ .conninfo = conninfo, .deadline_ms = deadline_ms, .application = "test",
	                                      .verify = verify }))
		die("db_new: %s", err_detail());
	return db;
}

static int64_t
ping(struct db *db, struct arena *a)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_PING, NULL, 0, &r);
	return e ? -(int64_t)e : db_int(&r, 0, COL_PING_PID);
}

static void
test_values(struct arena *a)
{
	struct db *db = open_db(ro, 2000, true);
	ok(db_connect(db) == ERR_NONE, "connects, and every statement fits");
	db_set_request(db, STR("abc123"));
	struct db_rows r;
	ok(db_run(db, a, QUERY_PING, NULL, 0, &r) == ERR_NONE && db_int(&r, 0, COL_PING_ANSWER) == 1, "one row");
	ok(str_eq(db_text(&r, 0, COL_PING_APPLICATION), STR("test abc123")), "the request id travels with the statement");
	struct str words[] = { STR("a,b"), STR("{\"c\\"), STR("NULL"), STR("") };
	int64_t ids[] = { 1, 2, 40000000000 };
	ok(db_run(db, a, QUERY_ECHO_ALL,
	          DB_ARGS(db_arg_str(STR("L'été à La Réunion")), db_arg_ints(a, ids, 3), db_arg_texts(a, words, 4),
	                  db_arg_real(a, -21.0345), db_arg_bool(true)),
	          &r) == ERR_NONE,
	   "every kind of parameter");
	ok(r.nrows == 1 && str_eq(db_text(&r, 0, COL_ECHO_ALL_T), STR("L'été à La Réunion")), "text");
	ok(db_int(&r, 0, COL_ECHO_ALL_TOTAL) == 40000000003, "bigint[]");
	ok(str_eq(db_text(&r, 0, COL_ECHO_ALL_WORDS), STR("a,b|{\"c\\|NULL|")), "text[] with its own marks inside");
	ok(db_real(&r, 0, COL_ECHO_ALL_R) == -21.0345 && db_bool(&r, 0, COL_ECHO_ALL_B), "float and bool");
	ok(db_run(db, a, QUERY_ECHO_ALL, DB_ARGS(DB_NULL, DB_NULL, DB_NULL, DB_NULL, DB_NULL), &r) == ERR_NONE
	           && db_is_null(&r, 0, 0) && db_text(&r, 0, 0).n == 0 && db_int(&r, 0, 1) == 0,
	   "nulls");
	ok(db_text(&r, 5, 0).n == 0 && db_text(&r, 0, 99).n == 0, "a cell outside reads as empty");
	size_t large = 10u << 20;
	char *bytes = malloc(large);
	for (size_t i = 0; bytes && i < large; i++)
		bytes[i] = (char)(i * 7 + i / 251);
	int64_t pid = ping(db, a);
	ok(bytes && db_run(db, a, QUERY_ECHO_BYTES, DB_ARGS(db_arg_bytes((struct str){ bytes, 1000 }), db_arg_str(STR("é")),
	                                                  db_arg_int(a, -40000000003)), &r) == ERR_NONE
	           && str_eq(db_text(&r, 0, COL_ECHO_BYTES_B), (struct str){ bytes, 1000 }),
	   "bytes travel as they are");
	ok(db_int(&r, 0, COL_ECHO_BYTES_SIZE) == 1000 && db_int(&r, 0, COL_ECHO_BYTES_N) == -40000000003
	           && db_bool(&r, 0, COL_ECHO_BYTES_YES) && !db_bool(&r, 0, COL_ECHO_BYTES_NO)
	           && str_eq(db_text(&r, 0, COL_ECHO_BYTES_T), STR("é")) && db_is_null(&r, 0, COL_ECHO_BYTES_NOTHING)
	           && db_int(&r, 0, COL_ECHO_BYTES_NOTHING) == 0,
	   "and what stands beside them reads as usual");
	ok(ping(db, a) == pid, "after a small one the connection is kept");
	ok(db_run(db, a, QUERY_ECHO_BYTES, DB_ARGS(db_arg_bytes((struct str){ bytes, large }), DB_NULL, DB_NULL), &r) == ERR_NONE
	           && str_eq(db_text(&r, 0, COL_ECHO_BYTES_B), (struct str){ bytes, large }),
	   "10 MiB");
	ok(ping(db, a) != pid, "after a large one there is another");
	pid = ping(db, a);
	ok(db_begin(db) == ERR_NONE
	           && db_run(db, a, QUERY_ECHO_BYTES, DB_ARGS(db_arg_bytes((struct str){ bytes, large }), DB_NULL, DB_NULL), &r) == ERR_NONE
	           && ping(db, a) == pid && db_commit(db) == ERR_NONE,
	   "but not within a transaction");
	ok(ping(db, a) != pid, "after it");
	free(bytes);
	ok(db_run(db, a, QUERY_ROW_ADD, DB_ARGS(db_arg_int(a, 1), db_arg_str(STR("x"))), NULL) == ERR_DB_DOWN,
	   "the reader's connection cannot write");
	db_free(db);
}

static void
test_faults(struct arena *a)
{
	struct db *db = open_db(ro, 400, true);
	double t = now();
	ok(db_run(db, a, QUERY_DOZE, DB_ARGS(db_arg_real(a, 5)), NULL) == ERR_DB_BUSY, "a slow statement is cut");
	ok(now() - t < 1.0, "within its deadline and a little: %.0f ms", (now() - t) * 1000);
	int64_t pid = ping(db, a);
	ok(pid > 0, "the connection serves again at once");

	ok(kill((pid_t)pid, SIGSTOP) == 0, "a backend is frozen, as behind a dead network");
	t = now();
	ok(ping(db, a) == -(int64_t)ERR_DB_BUSY && now() - t < 1.0, "its statement is given up: %.0f ms", (now() - t) * 1000);
	int64_t fresh = ping(db, a);
	ok(fresh > 0 && fresh != pid, "and another backend serves");
	kill((pid_t)pid, SIGCONT);
	pid = fresh;

	run_cluster("psql", "select pg_terminate_backend(pid) from pg_stat_activity where usename = 'catalyse_ro'");
	int64_t other = ping(db, a);
	ok(other > 0 && other != pid, "a killed backend is replaced, unseen");

	run_cluster("restart", NULL);
	ok(ping(db, a) > 0, "a restart between two statements is unseen");

	run_cluster("kill", NULL);
	ok(ping(db, a) == -(int64_t)ERR_DB_DOWN, "no server: said so");
	t = now();
	int n = 0;
	for (; n < 200; n++)
		if (ping(db, a) != -(int64_t)ERR_DB_DOWN)
			break;
	ok(n == 200 && now() - t < 0.5, "200 calls on a dead server: %.1f ms", (now() - t) * 1000);
	doze_ms(700);
	ping(db, a);
	run_cluster("start", NULL);
	t = now();
	while (ping(db, a) < 0 && now() - t < 5)
		doze_ms(10);
	ok(now() - t <= 2.1, "found again %.0f ms after the server", (now() - t) * 1000);
	db_free(db);
}

static void
test_writes(struct arena *a)
{
	struct db *db = open_db(rw, 2000, true), *other = open_db(rw, 2000, true);
	struct db_rows r;
	ok(db_begin(db) == ERR_NONE
	           && db_run(db, a, QUERY_ROW_ADD, DB_ARGS(db_arg_int(a, 1), db_arg_str(STR("un"))), NULL) == ERR_NONE,
	   "a transaction begins");
	ok(db_run(other, a, QUERY_ROW_LIST, NULL, 0, &r) == ERR_NONE && r.nrows == 0, "unseen before its commit");
	ok(db_commit(db) == ERR_NONE && db_run(other, a, QUERY_ROW_LIST, NULL, 0, &r) == ERR_NONE && r.nrows == 1, "seen after");
	ok(db_run(db, a, QUERY_ROW_ADD, DB_ARGS(db_arg_int(a, 1), db_arg_str(STR("bis"))), NULL) == ERR_DB_CONFLICT,
	   "the same key twice: a conflict");
	ok(db_run(db, a, QUERY_ROW_ADD, DB_ARGS(db_arg_int(a, -1), db_arg_str(STR("x"))), NULL) == ERR_BAD_INPUT,
	   "a check refuses: bad input");
	ok(db_begin(db) == ERR_NONE
	           && db_run(db, a, QUERY_ROW_ADD, DB_ARGS(db_arg_int(a, -1), db_arg_str(STR("x"))), NULL) == ERR_BAD_INPUT
	           && db_commit(db) == ERR_DB_QUERY,
	   "the commit of a failed transaction is an error");
	ok(db_begin(db) == ERR_NONE
	           && db_run(db, a, QUERY_ROW_ADD, DB_ARGS(db_arg_int(a, 2), db_arg_str(STR("deux"))), NULL) == ERR_NONE,
	   "another one");
	run_cluster("psql", "select pg_terminate_backend(pid) from pg_stat_activity where usename = 'catalyse_rw'");
	ok(db_run(db, a, QUERY_ROW_ADD, DB_ARGS(db_arg_int(a, 3), db_arg_str(STR("x"))), NULL) == ERR_DB_DOWN,
	   "lost inside a transaction: nothing is sent again");
	ok(db_run(db, a, QUERY_ROW_LIST, NULL, 0, &r) == ERR_DB_DOWN, "and nothing runs outside it by mistake");
	db_rollback(db);
	ok(db_run(db, a, QUERY_ROW_LIST, NULL, 0, &r) == ERR_NONE && r.nrows == 1, "after the rollback, only the first row");

	int64_t rows = 0;
	ok(db_copy_begin(db, QUERY_ROW_COPY) == ERR_NONE && db_copy_data(db, STR("10\tdix\n11\ton")) == ERR_NONE
	           && db_copy_data(db, STR("ze\n")) == ERR_NONE && db_copy_end(db, &rows) == ERR_NONE && rows == 2,
	   "copy");
	ok(db_copy_begin(db, QUERY_ROW_COPY) == ERR_NONE && db_copy_data(db, STR("douze\tx\n")) == ERR_NONE
	           && db_copy_end(db, &rows) == ERR_BAD_INPUT,
	   "copy of bad data");
	ok(db_run(db, a, QUERY_ROW_LIST, NULL, 0, &r) == ERR_NONE && r.nrows == 3, "statements go on after a copy");
	ok(db_run(db, a, QUERY_STAGE_COUNT, NULL, 0, &r) == ERR_DB_QUERY, "a lazy statement before its table");
	ok(db_run(db, a, QUERY_STAGE_CREATE, NULL, 0, NULL) == ERR_NONE
	           && db_run(db, a, QUERY_STAGE_COUNT, NULL, 0, &r) == ERR_NONE,
	   "and after");
	db_free(db);
	db_free(other);
}

static void
note_bad(void *arg, const char *statement, const char *detail)
{
	snprintf(arg, 512, "%s: %s", statement, detail);
}

static void
test_migrations(struct arena *a)
{
	char said[512] = "";
	int64_t pid;
	ok(db_verify_all(ro, false, note_bad, said) == ERR_NONE && !said[0], "all statements fit the schema");
	struct db *db = open_db(ro, 2000, true);
	struct db_rows r;
	ok(db_run(db, a, QUERY_ROW_LIST, NULL, 0, &r) == ERR_NONE, "a statement is prepared");
	run_cluster("psql", "alter table probe alter word type varchar(100)");
	ok(db_run(db, a, QUERY_ROW_LIST, NULL, 0, &r) == ERR_DB_QUERY && strstr(err_detail(), "row_list"),
	   "a column of another type: refused by name");
	ok(ping(db, a) > 0, "the other statements serve");
	ok(db_verify_all(ro, false, note_bad, said) == ERR_DB_QUERY && strstr(said, "row_list") && strstr(said, "word"),
	   "the check names the statement and the column: %s", said);
	run_cluster("psql", "alter table probe alter word type text; alter table probe rename word to mot");
	ok(db_verify_all(ro, false, note_bad, said) == ERR_DB_QUERY && strstr(said, "word"), "a column renamed: %s", said);
	run_cluster("psql", "alter table probe rename mot to word");
	ok(db_verify_all(ro, false, NULL, NULL) == ERR_NONE, "put right");
	double t = now();
	enum err e;
	while ((e = db_run(db, a, QUERY_ROW_LIST, NULL, 0, &r)) == ERR_DB_QUERY && now() - t < 60)
		doze_ms(20);
	ok(e == ERR_NONE, "what did not fit serves again by itself, after %.0f ms", (now() - t) * 1000);
	pid = ping(db, a);
	doze_ms(2200);
	ok(pid > 0 && ping(db, a) == pid, "and the connection is kept from then on");
	ok(db_verify_all("host=/nowhere dbname=x user=y", false, NULL, NULL) == ERR_DB_DOWN, "no server");
	db_free(db);
	db = NULL;
	ok(db_new(&db, &(struct db_options){ .conninfo = "host=", .deadline_ms = 0 }) == ERR_BAD_INPUT && !db, "bad options");
	ok(db_new(&db, &(struct db_options){ .conninfo = "hots=x", .deadline_ms = 10 }) == ERR_BAD_INPUT && !db, "bad keywords");
}

static void *
hammer(void *arg)
{
	struct db *db = open_db(ro, 2000, true);
	struct arena *a = arena_new(4096, 1 << 20);
	char id[32];
	long good = 0;
	for (int i = 0; i < 500; i++) {
		snprintf(id, sizeof id, "%ld-%d", (long)(intptr_t)arg, i);
		db_set_request(db, str_of(id));
		struct db_rows r;
		if (db_run(db, a, QUERY_PING, NULL, 0, &r) == ERR_NONE && strstr(db_text(&r, 0, COL_PING_APPLICATION).p, id))
			good++;
		arena_reset(a);
	}
	arena_free(a);
	db_free(db);
	return (void *)(intptr_t)good;
}

static bool
soon(bool (*is)(void), bool wanted, double seconds)
{
	double t = now();
	while (is() != wanted && now() - t < seconds)
		doze_ms(20);
	return is() == wanted;
}

static void
test_hosts(struct arena *a, const char *socket, const char *port)
{
	char many[512];
	struct db *db = NULL;
	snprintf(many, sizeof many, "host=/nonexistent,%s port=%s,%s dbname=probe user=catalyse_ro target_session_attrs=prefer-standby", socket, port, port);
	db = open_db(many, 2000, true);
	ok(ping(db, a) > 0 && !db_is_copy(db), "a host that is dead is passed over; without a copy the primary is read");
	db_free(db);
	ok(db_is_here(many) && db_is_here("dbname=probe") && db_is_here("host=localhost,127.0.0.2") && db_is_here("host=elsewhere.example hostaddr=127.0.0.1")
	           && !db_is_here("host=elsewhere.example") && !db_is_here("host=/run,192.0.2.1") && !db_is_here("host=localhost hostaddr=192.0.2.1"),
	   "a base is here when all its servers are, by their addresses when these are said");
	snprintf(many, sizeof many, "host=/nonexistent,/nonexistent/either dbname=probe user=catalyse_ro");
	db = open_db(many, 2000, false);
	double t = now();
	ok(db_connect(db) == ERR_DB_DOWN && strstr(err_detail(), "nonexistent") && now() - t < 1, "none: said at once, by name");
	db_free(db);

	if (db_new(&db, &(struct db_options){ .conninfo = rw, .deadline_ms = 2000, .application = "test", .verify = true, .write = true, .unnamed = true }))
		die("db_new: %s", err_detail());
	struct db_rows r;
	db_set_request(db, STR("abc123"));
	ok(db_connect(db) == ERR_NONE, "without named statements each is compared with its header all the same");
	ok(db_begin(db) == ERR_NONE && db_run(db, a, QUERY_ROW_ADD, DB_ARGS(db_arg_int(a, 7001), db_arg_str(STR("sans nom"))), NULL) == ERR_NONE
	           && db_commit(db) == ERR_NONE,
	   "and a transaction is one");
	ok(db_run(db, a, QUERY_PING, NULL, 0, &r) == ERR_NONE && str_eq(db_text(&r, 0, COL_PING_APPLICATION), STR("test")), "nothing is left on the connection");
	db_free(db);
}

/* The primary is stopped, started, and takes no change for a while. */
static void
test_watch(struct arena *a)
{
	struct db *db = NULL;
	if (db_new(&db, &(struct db_options){ .conninfo = rw, .deadline_ms = 2000, .application = "test", .write = true }))
		die("db_new: %s", err_detail());
	ok(!db_read_only() && db_takes_changes(db), "without a watch nothing is said to be read-only");
	db_watch_start(rw, false);
	doze_ms(300);
	ok(!db_read_only(), "the primary is there");
	run_cluster("stop", NULL);
	ok(soon(db_read_only, true, 5), "stopped, it is missed within 5 s");
	double t = now();
	ok(db_begin(db) == ERR_DB_DOWN && now() - t < 0.2, "nobody waits for it");
	run_cluster("start", NULL);
	ok(soon(db_read_only, false, 2), "started, it is found within 2 s");
	ok(db_begin(db) == ERR_NONE && db_commit(db) == ERR_NONE, "and written to at once, whatever was to be waited for");
	run_cluster("psql", "alter database probe set default_transaction_read_only = on");
	run_cluster("psql", "select pg_terminate_backend(pid) from pg_stat_activity where usename = 'catalyse_rw'");
	ok(soon(db_read_only, true, 10), "a base that refuses changes is as good as a copy");
	ok(ping(db, a) > 0 && !db_takes_changes(db), "which is still read");
	ok(db_run(db, a, QUERY_ROW_ADD, DB_ARGS(db_arg_int(a, 7002), db_arg_str(STR("x"))), NULL) == ERR_DB_DOWN, "and not written to");
	run_cluster("psql", "begin read write; alter database probe reset default_transaction_read_only; commit");
	ok(soon(db_read_only, false, 5), "it takes them again");
	ok(db_run(db, a, QUERY_ROW_ADD, DB_ARGS(db_arg_int(a, 7003), db_arg_str(STR("x"))), NULL) == ERR_NONE, "from the same connection, which looked for it again");
	db_watch_stop();
	db_free(db);
}

int
main(int argc, char **argv)
{
	if (argc != 5)
		return 2;
	cluster = argv[3];
	folder = argv[4];
	snprintf(ro, sizeof ro, "host=%s port=%s dbname=probe user=catalyse_ro", argv[1], argv[2]);
	snprintf(rw, sizeof rw, "host=%s port=%s dbname=probe user=catalyse_rw", argv[1], argv[2]);
	struct arena *a = arena_new(65536, 8 << 20);
	test_values(a);
	test_faults(a);
	test_writes(a);
	test_migrations(a);
	test_hosts(a, argv[1], argv[2]);
	test_watch(a);
	pthread_t t[4];
	void *good[4];
	for (long i = 0; i < 4; i++)
		pthread_create(&t[i], NULL, hammer, (void *)i);
	for (int i = 0; i < 4; i++)
		pthread_join(t[i], &good[i]);
	ok((long)good[0] + (long)good[1] + (long)good[2] + (long)good[3] == 2000, "four threads, 2,000 statements");
	doze_ms(50); /* the cancelling thread, if any, has ended */
	arena_free(a);
	printf("1..%d\n", tests);
	return failed != 0;
}
