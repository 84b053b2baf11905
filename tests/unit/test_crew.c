#include "unit.h"
#include "web/fcgi_crew.h"

#include <semaphore.h>
#include <stdatomic.h>
#include <time.h>
#include <unistd.h>

enum { THREADS = 6 };

/* Work: a number of ms, or -1 until released. */
static struct {
	struct crew crew;
	sem_t events, done, release;
	_Atomic int work_ms;
	_Atomic int served[THREADS];
	_Atomic bool over;
	pthread_t threads[THREADS];
} it;

static void *
worker(void *arg)
{
	_Atomic int *served = arg;
	for (;;) {
		crew_join(&it.crew);
		sem_wait(&it.events);
		int64_t begun = crew_leave(&it.crew);
		if (atomic_load(&it.over))
			break;
		atomic_fetch_add(served, 1);
		int ms = atomic_load(&it.work_ms);
		sem_post(&it.done);
		if (ms < 0)
			sem_wait(&it.release);
		else
			usleep((useconds_t)ms * 1000);
		crew_return(&it.crew, begun);
	}
	return NULL;
}

static int
begin(void **state)
{
	crew_init(&it.crew, 2);
	sem_init(&it.events, 0, 0), sem_init(&it.done, 0, 0), sem_init(&it.release, 0, 0);
	atomic_store(&it.over, false);
	for (int i = 0; i < THREADS; i++) {
		atomic_store(&it.served[i], 0);
		pthread_create(&it.threads[i], NULL, worker, &it.served[i]);
	}
	return unit_setup(state);
}

static int
end(void **state)
{
	atomic_store(&it.over, true);
	crew_dismiss(&it.crew);
	for (int i = 0; i < THREADS; i++)
		sem_post(&it.events);
	for (int i = 0; i < THREADS; i++)
		pthread_join(it.threads[i], NULL);
	return unit_teardown(state);
}

static void
ask(int ms)
{
	atomic_store(&it.work_ms, ms);
	sem_post(&it.events);
}

static bool
taken(void) /* within a while that no machine needs */
{
	struct timespec until;
	clock_gettime(CLOCK_REALTIME, &until);
	until.tv_sec += 10;
	return sem_timedwait(&it.done, &until) == 0;
}

static int
who_served(void)
{
	int n = 0;
	for (int i = 0; i < THREADS; i++)
		n += atomic_load(&it.served[i]) > 0;
	return n;
}

/* How many wait for what comes next, the others asleep. Who got up because the machine stalled leaves after its next piece of work. */
static bool
settles(int up, bool asked)
{
	for (int i = 0; i < 1000; i++) {
		pthread_mutex_lock(&it.crew.lock);
		bool so = it.crew.up == up && it.crew.waiting == up;
		pthread_mutex_unlock(&it.crew.lock);
		if (so)
			return true;
		if (asked) {
			ask(0);
			assert_true(taken());
		}
		usleep(10000);
	}
	return false;
}

static void
short_work_is_for_a_few(void **state)
{
	(void)state;
	for (int i = 0; i < 500; i++) {
		ask(0);
		assert_true(taken());
	}
	assert_true(settles(2, true));
}

static void
nobody_waits_for_those_who_are_stuck(void **state)
{
	(void)state;
	for (int i = 0; i < THREADS; i++) {
		ask(-1);
		assert_true(taken());
	}
	assert_int_equal(who_served(), THREADS);
	for (int i = 0; i < THREADS; i++)
		sem_post(&it.release);
}

/* One more than those who are stuck waits, in a place that is lent; or several, on a machine that stalls. */
static bool
one_more_waits(void)
{
	for (int i = 0; i < 10000; i++) {
		pthread_mutex_lock(&it.crew.lock);
		bool so = it.crew.waiting >= 1 && it.crew.up >= 3 && it.crew.lent >= 1;
		pthread_mutex_unlock(&it.crew.lock);
		if (so)
			return true;
		usleep(1000);
	}
	return false;
}

static void
who_is_stuck_takes_no_place(void **state)
{
	(void)state;
	for (int i = 0; i < 2; i++) {
		ask(-1);
		assert_true(taken());
	}
	assert_true(one_more_waits());
	for (int i = 0; i < 20; i++) {
		ask(0);
		assert_true(taken());
		assert_true(one_more_waits()); /* still, or another in its place */
	}
	for (int i = 0; i < 2; i++)
		sem_post(&it.release);
	assert_true(settles(2, true));
	assert_int_equal(it.crew.lent, 0);
}

static void
long_work_is_shared(void **state)
{
	(void)state;
	for (int i = 0; i < 8 * THREADS; i++)
		ask(240);
	for (int i = 0; i < 8 * THREADS; i++)
		assert_true(taken());
	assert_int_equal(who_served(), THREADS);
	assert_true(settles(3, false));
}

#define CREW_TEST(fn) cmocka_unit_test_setup_teardown(fn, begin, end)

int
main(void)
{
	static const struct CMUnitTest tests[] = { CREW_TEST(short_work_is_for_a_few), CREW_TEST(nobody_waits_for_those_who_are_stuck),
		                                   CREW_TEST(who_is_stuck_takes_no_place),
		                                   CREW_TEST(long_work_is_shared) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
