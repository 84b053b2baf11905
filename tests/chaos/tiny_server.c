/*
 * The server of src/web with a few routes of its own, so that the acceptor can be tried without any database.
 *   tiny_server SOCKET THREADS [READ_DEADLINE_MS [WRITE_DEADLINE_MS [PEER_UIDS]]]
 * /tiny a few bytes; /slow?page=N sleeps N x 10 ms; /big 1 MiB; /post counts the bodies it was given; /count tells how many; /fail; /greedy;
 * /metrics what the process counted, as catalysed shows it, with its workers and when it began.
 */
#include "base/log.h"
#include "base/metric.h"
#include "web/fcgi.h"
#include <inttypes.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

static atomic_int posted;
static struct timespec started;

static enum err
page_tiny(struct req *r, struct resp *resp)
{
	(void)r;
	buf_fmt(&resp->body, "pid %d\n", (int)getpid());
	return ERR_NONE;
}

static enum err
page_slow(struct req *r, struct resp *resp)
{
	struct str ms = req_param(r, "page");
	int v = ms.n ? atoi(arena_cstr(r->arena, ms)) * 10 : 0;
	struct timespec t = { v / 1000, (long)(v % 1000) * 1000000 };

	nanosleep(&t, NULL);
	buf_lit(&resp->body, "slept\n");
	return ERR_NONE;
}

static enum err
page_big(struct req *r, struct resp *resp)
{
	char *p = arena_alloc(r->arena, 1 << 20);

	memset(p, 'x', 1 << 20);
	buf_mem(&resp->body, p, 1 << 20);
	return ERR_NONE;
}

static enum err
page_post(struct req *r, struct resp *resp)
{
	atomic_fetch_add(&posted, 1);
	buf_fmt(&resp->body, "got %zu\n", r->body.n);
	return ERR_NONE;
}

static enum err
page_count(struct req *r, struct resp *resp)
{
	(void)r;
	buf_fmt(&resp->body, "posted %d\n", atomic_load(&posted));
	return ERR_NONE;
}

static enum err
page_fail(struct req *r, struct resp *resp)
{
	(void)r;
	buf_lit(&resp->body, "half a page");
	return err_note(ERR_INTERNAL, "select secret from nowhere");
}

static enum err
page_greedy(struct req *r, struct resp *resp)
{
	(void)resp;
	for (int i = 0; i < 64; i++)
		arena_alloc(r->arena, 1 << 20);
	return ERR_NONE;
}

static enum err
page_metrics(struct req *r, struct resp *resp)
{
	static const char *const names[METRIC_N] = {
#define METRIC(name, help) "catalyse_" #name "_total",
		METRIC_TABLE
#undef METRIC
	};
	int busy, threads;

	(void)r;
	fcgi_workers(&busy, &threads);
	buf_fmt(&resp->body, "catalyse_workers %d\ncatalyse_workers_busy %d\nprocess_start_time_seconds %lld.%03ld\n", threads, busy, (long long)started.tv_sec,
	        started.tv_nsec / 1000000);
	for (size_t i = 0; i < METRIC_N; i++)
		buf_fmt(&resp->body, "%s %" PRIu64 "\n", names[i], atomic_load(&metrics.counters[i]));
	return ERR_NONE;
}

static const struct route rows[] = {
	ROUTE_ROW(GET, "/tiny", page_tiny, PUBLIC, CACHE_NONE, PARAMS_NONE, F_HTML | F_JSON, "")
	ROUTE_ROW(GET, "/slow", page_slow, PUBLIC, CACHE_NONE, PARAMS_LIST, F_HTML, "")
	ROUTE_ROW(GET, "/big", page_big, PUBLIC, CACHE_NONE, PARAMS_NONE, F_HTML, "")
	ROUTE_ROW(POST, "/post", page_post, HARVESTER, CACHE_NONE, PARAMS_LIST, F_HTML, "")
	ROUTE_ROW(GET, "/count", page_count, PUBLIC, CACHE_NONE, PARAMS_NONE, F_HTML, "")
	ROUTE_ROW(GET, "/fail", page_fail, PUBLIC, CACHE_NONE, PARAMS_NONE, F_HTML | F_JSON, "")
	ROUTE_ROW(GET, "/greedy", page_greedy, PUBLIC, CACHE_NONE, PARAMS_NONE, F_HTML | F_JSON, "")
	ROUTE_ROW(GET, "/metrics", page_metrics, PUBLIC, CACHE_NONE, PARAMS_NONE, F_HTML, "")
};

int
main(int argc, char **argv)
{
	static struct gate gate = { .routes = { rows, sizeof(rows) / sizeof(rows[0]) } };
	struct fcgi_options o = {
		.threads = argc > 2 ? atoi(argv[2]) : 4,
		.arena_first = 65536,
		.arena_cap = 8 << 20,
		.gate = &gate,
		.limits = { .read_deadline_ms = argc > 3 ? atoi(argv[3]) : 5000,
		            .write_deadline_ms = argc > 4 ? atoi(argv[4]) : 10000,
		            .drain_ms = 3000,
		            .body_max = 65536 },
	};
	int fd;

	if (argc < 2 || o.threads < 1)
		return 2;
	fcgi_block_signals();
	clock_gettime(CLOCK_REALTIME, &started);
	log_set_level(getenv("TINY_LOG") ? LOG_INFO : LOG_ERROR);
	if (uid_list_parse(&o.limits.peers, argc > 5 ? str_of(argv[5]) : STR("www-data,root")) != ERR_NONE ||
	    fcgi_listen(argv[1], "", &fd) != ERR_NONE || fcgi_run(fd, &o) != ERR_NONE) {
		fprintf(stderr, "tiny_server: %s\n", err_detail());
		return 1;
	}
	return 0;
}
