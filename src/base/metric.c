#include "base/metric.h"

const int64_t metric_bounds_us[METRIC_BOUNDS] = { 1000, 2500, 5000, 10000, 25000, 50000, 100000, 250000, 500000, 1000000, 2500000, 5000000 };
struct metrics metrics;

static void
add(_Atomic uint64_t *to, int64_t by)
{
	atomic_fetch_add_explicit(to, by > 0 ? (uint64_t)by : 0, memory_order_relaxed);
}

static void
observe(struct metric_histogram *h, int64_t us)
{
	size_t b = 0;

	while (b < METRIC_BOUNDS && us > metric_bounds_us[b])
		b++;
	add(&h->under[b], 1);
	add(&h->us, us);
}

void
metric_request(size_t route, int status, enum metric_kind kind, int64_t us)
{
	if (route >= METRIC_ROUTES || status < 100 || status > 599)
		return;
	add(&metrics.routes[route].n[status / 100 - 1], 1);
	add(&metrics.routes[route].us, us);
	observe(&metrics.kinds[kind], us);
}

void
metric_wait(int64_t us)
{
	observe(&metrics.wait, us);
}

void
metric_query(size_t query, int64_t us, bool failed)
{
	if (query >= METRIC_QUERIES)
		return;
	add(&metrics.queries[query].n, 1);
	add(&metrics.queries[query].us, us);
	if (failed)
		add(&metrics.queries[query].failed, 1);
}

void
metric_count(enum metric m)
{
	add(&metrics.counters[m], 1);
}
