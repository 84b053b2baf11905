/* /metrics: what this instance counted since it started, and what the base and the machine say now, in the text format of Prometheus. */
#include "app/app.h"
#include "app/backup_state.h"
#include "app/routes.h"
#include "base/fresh.h"
#include "base/metric.h"
#include "db/db_listen.h"
#include "db/query.h"
#include "model/mail.h"
#include "web/fcgi.h"

#include <dirent.h>
#include <inttypes.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

static uint64_t
value(_Atomic uint64_t *from)
{
	return atomic_load_explicit(from, memory_order_relaxed);
}

static void
family(struct buf *b, const char *name, const char *type, const char *help)
{
	buf_fmt(b, "# HELP %s %s\n# TYPE %s %s\n", name, help, name, type);
}

static void
gauge(struct buf *b, const char *name, double v, const char *help)
{
	family(b, name, "gauge", help);
	buf_fmt(b, "%s %.12g\n", name, v);
}

/* label: kind="page", or empty. */
static void
put_histogram(struct buf *b, const char *name, const char *label, struct metric_histogram *h)
{
	const char *comma = *label ? "," : "", *open = *label ? "{" : "", *close = *label ? "}" : "";
	uint64_t sum = 0;

	for (size_t i = 0; i <= METRIC_BOUNDS; i++) {
		sum += value(&h->under[i]);
		if (i < METRIC_BOUNDS)
			buf_fmt(b, "%s_bucket{%s%sle=\"%g\"} %" PRIu64 "\n", name, label, comma, (double)metric_bounds_us[i] / 1e6, sum);
	}
	buf_fmt(b, "%s_bucket{%s%sle=\"+Inf\"} %" PRIu64 "\n%s_sum%s%s%s %.6f\n%s_count%s%s%s %" PRIu64 "\n", name, label, comma, sum, name, open, label, close,
	        (double)value(&h->us) / 1e6, name, open, label, close, sum);
}

static void
put_requests(struct buf *b)
{
	static const char *const kinds[METRIC_KINDS] = { "kind=\"page\"", "kind=\"espace\"", "kind=\"envoi\"" };

	family(b, "catalyse_requests_total", "counter", "Requests answered, by route, method and class of status");
	for (size_t i = 0; i <= ROUTES.n && i < METRIC_ROUTES; i++)
		for (int c = 0; c < METRIC_CLASSES; c++) {
			uint64_t n = value(&metrics.routes[i].n[c]);
			if (n)
				buf_fmt(b, "catalyse_requests_total{route=\"%s\",method=\"%s\",code=\"%dxx\"} %" PRIu64 "\n", i ? ROUTES.rows[i - 1].pattern : "",
				        i ? ROUTES.rows[i - 1].method : "", c + 1, n);
		}
	family(b, "catalyse_route_seconds_total", "counter", "Time spent answering, by route and method");
	for (size_t i = 0; i <= ROUTES.n && i < METRIC_ROUTES; i++) {
		uint64_t us = value(&metrics.routes[i].us);
		if (us)
			buf_fmt(b, "catalyse_route_seconds_total{route=\"%s\",method=\"%s\"} %.6f\n", i ? ROUTES.rows[i - 1].pattern : "",
			        i ? ROUTES.rows[i - 1].method : "", (double)us / 1e6);
	}
	family(b, "catalyse_request_duration_seconds", "histogram", "Time to answer: a page for everybody, one for a signed-in person (espace), a change (envoi)");
	for (size_t k = 0; k < METRIC_KINDS; k++)
		put_histogram(b, "catalyse_request_duration_seconds", kinds[k], &metrics.kinds[k]);
	family(b, "catalyse_wait_seconds", "histogram", "Time between a request sent by nginx and a worker that takes it");
	put_histogram(b, "catalyse_wait_seconds", "", &metrics.wait);
}

static void
put_queries(struct buf *b)
{
	static const struct {
		const char *name, *help;
		size_t offset;
		bool time;
	} columns[] = {
		{ "catalyse_queries_total", "Statements run, by name", offsetof(struct metric_query, n), false },
		{ "catalyse_query_errors_total", "Statements that failed, by name", offsetof(struct metric_query, failed), false },
		{ "catalyse_query_seconds_total", "Time waiting for PostgreSQL, by statement", offsetof(struct metric_query, us), true },
	};

	for (size_t c = 0; c < sizeof(columns) / sizeof(columns[0]); c++) {
		family(b, columns[c].name, "counter", columns[c].help);
		for (size_t i = 0; i < query_count && i < METRIC_QUERIES; i++) {
			uint64_t v = value((_Atomic uint64_t *)((char *)&metrics.queries[i] + columns[c].offset));
			if (v && columns[c].time)
				buf_fmt(b, "%s{statement=\"%s\"} %.6f\n", columns[c].name, query_table[i].name, (double)v / 1e6);
			else if (v)
				buf_fmt(b, "%s{statement=\"%s\"} %" PRIu64 "\n", columns[c].name, query_table[i].name, v);
		}
	}
	static const struct {
		const char *name, *help;
	} counters[METRIC_N] = {
#define METRIC(name, help) { "catalyse_" #name "_total", help },
		METRIC_TABLE
#undef METRIC
	};
	for (size_t i = 0; i < METRIC_N; i++) {
		family(b, counters[i].name, "counter", counters[i].help);
		buf_fmt(b, "%s %" PRIu64 "\n", counters[i].name, value(&metrics.counters[i]));
	}
}

/* When main began, or near it: a restart is seen by it. */
static time_t started;

__attribute__((constructor)) static void
note_start(void)
{
	started = time(NULL);
}

/* The names that every exporter gives these. */
static void
put_process(struct buf *b)
{
	long pages = 0, unused;
	int files = 0;
	FILE *f = fopen("/proc/self/statm", "re");
	if (f) {
		if (fscanf(f, "%ld %ld", &unused, &pages) != 2)
			pages = 0;
		fclose(f);
	}
	DIR *d = opendir("/proc/self/fd");
	if (d) {
		while (readdir(d))
			files++;
		closedir(d);
		files -= 3; /* itself, its parent, and the folder being read */
	}
	struct timespec cpu;
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &cpu);
	gauge(b, "process_resident_memory_bytes", (double)pages * (double)sysconf(_SC_PAGESIZE), "Memory in RAM");
	gauge(b, "process_open_fds", files, "Descriptors open");
	gauge(b, "process_start_time_seconds", (double)started, "When this instance started, in seconds since 1970");
	family(b, "process_cpu_seconds_total", "counter", "Processor time used");
	buf_fmt(b, "process_cpu_seconds_total %.3f\n", (double)cpu.tv_sec + (double)cpu.tv_nsec / 1e9);
}

static void
put_mail(struct buf *b, struct req *r)
{
	struct mail_counts n;

	if (!r->write || mail_status(r->write, r->arena, &n))
		return;
	family(b, "catalyse_mail_queue", "gauge", "Mails by state");
	const struct {
		const char *state;
		int64_t n;
	} states[] = { { "attente", n.waiting }, { "resume", n.held }, { "envoi", n.sending }, { "incertain", n.uncertain }, { "rebond", n.bounced }, { "echec", n.failed } };
	for (size_t i = 0; i < sizeof(states) / sizeof(states[0]); i++)
		buf_fmt(b, "catalyse_mail_queue{state=\"%s\"} %lld\n", states[i].state, (long long)states[i].n);
	gauge(b, "catalyse_mail_late_seconds", (double)n.late_s, "How long the oldest mail that is due has waited");
}

/* Whether the logs of the primary leave for the repository. None is kept: none fails, and `catalyse check --live` says so. */
static void
put_archive(struct buf *b, struct req *r)
{
	struct db_rows w;

	if (!r->write || db_run(r->write, r->arena, QUERY_LIVE_WRITER, NULL, 0, &w))
		return;
	gauge(b, "catalyse_archive_failing", db_bool(&w, 0, COL_LIVE_WRITER_ARCHIVING) && db_bool(&w, 0, COL_LIVE_WRITER_FAILING), "Whether the last log of the base could not leave for the repository");
}

static void
put_addresses(struct buf *b, const struct app *app)
{
	struct mmdb_status s[2] = { { 0 }, { 0 } };
	static const char *const names[] = { "ipv4", "ipv6" };

	geo_status(app->geo, &s[0], &s[1]);
	family(b, "catalyse_ipdb_loaded", "gauge", "Whether the file of addresses is in use");
	for (int i = 0; i < 2; i++)
		buf_fmt(b, "catalyse_ipdb_loaded{file=\"%s\"} %d\n", names[i], s[i].loaded);
	family(b, "catalyse_ipdb_refused", "gauge", "Whether the file of addresses that is there now was refused: the last good one serves, if there was one");
	for (int i = 0; i < 2; i++)
		buf_fmt(b, "catalyse_ipdb_refused{file=\"%s\"} %d\n", names[i], s[i].refused[0] != '\0');
	family(b, "catalyse_ipdb_age_seconds", "gauge", "Age of the file of addresses in use");
	for (int i = 0; i < 2; i++)
		if (s[i].loaded)
			buf_fmt(b, "catalyse_ipdb_age_seconds{file=\"%s\"} %lld\n", names[i], (long long)(time(NULL) - (time_t)s[i].build_epoch));
}

/* Where no backup is noted there is nothing to say: the base is elsewhere, and its machine says it (etat.prom). */
static void
put_backups(struct buf *b, struct req *r)
{
	struct backup_state s;

	if (backup_state_read(r->arena, ((const struct app *)r->app)->backup_state, &s) == ERR_NONE && s.known)
		backup_state_measure(b, &s);
}

enum err
page_metrics(struct req *r, struct resp *w)
{
	struct buf *b = &w->body;
	struct db_rows rows;
	int busy, threads;

	w->content_type = STR("text/plain; version=0.0.4; charset=utf-8");
	enum err e = db_run(r->db, r->arena, QUERY_METRIC_REPLICA, NULL, 0, &rows);
	gauge(b, "catalyse_db_up", !e, "Whether the base answers");
	if (!e) {
		gauge(b, "catalyse_db_replica", db_bool(&rows, 0, COL_METRIC_REPLICA_REPLICA), "Whether this base is a copy");
		gauge(b, "catalyse_db_replica_late_seconds", db_real(&rows, 0, COL_METRIC_REPLICA_LATE_S), "How late this copy is");
		put_mail(b, r);
		put_archive(b, r);
	}
	gauge(b, "catalyse_read_only", db_read_only(), "Whether nothing can be written: no primary answers");
	if (db_listen_running())
		gauge(b, "catalyse_listener_up", fresh_heard(), "Whether changes of the content are heard: without, what is kept is a minute old at most");
	fcgi_workers(&busy, &threads);
	gauge(b, "catalyse_workers", threads, "Requests this instance can answer at once");
	gauge(b, "catalyse_workers_busy", busy, "Requests being answered");
	put_addresses(b, r->app);
	put_backups(b, r);
	put_process(b);
	put_requests(b);
	put_queries(b);
	return ERR_NONE;
}
