#include "web/fcgi_crew.h"

#include <time.h>
#include <unistd.h>

enum {
	WATCH_MS = 40,     /* all at work this long and nobody ended: one thread more */
	SHORT_US = 24000,  /* ends nearer than that: work is short */
	MEMORY_US = 64000, /* of work that counts in that */
};

void
crew_init(struct crew *c, int width)
{
	pthread_condattr_t monotonic;

	*c = (struct crew){ .width = width ? width : (int)sysconf(_SC_NPROCESSORS_ONLN) };
	if (c->width < 2)
		c->width = 2;
	pthread_mutex_init(&c->lock, NULL);
	pthread_condattr_init(&monotonic);
	pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
	pthread_cond_init(&c->more, &monotonic);
	pthread_condattr_destroy(&monotonic);
}

static int64_t
now_us(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

static bool
work_is_short(const struct crew *c)
{
	return c->apart_us < SHORT_US;
}

static bool
enough_are_up(const struct crew *c)
{
	return c->waiting >= c->width + 1 || (work_is_short(c) && c->up >= c->width + c->lent);
}

/* Sleeps for WATCH_MS at most, as the one who watches those at work; returns whether nobody ended meanwhile. */
static bool
watch(struct crew *c)
{
	uint64_t returned = c->returned;
	struct timespec until;

	clock_gettime(CLOCK_MONOTONIC, &until);
	until.tv_nsec += WATCH_MS * 1000000;
	until.tv_sec += until.tv_nsec / 1000000000;
	until.tv_nsec %= 1000000000;
	c->watched = true;
	int late = pthread_cond_timedwait(&c->more, &c->lock, &until);
	c->watched = false;
	return late && c->waiting == 0 && c->returned == returned;
}

void
crew_join(struct crew *c)
{
	pthread_mutex_lock(&c->lock);
	while (enough_are_up(c) && !c->dismissed) {
		if (c->waiting > 0 || c->watched)
			pthread_cond_wait(&c->more, &c->lock);
		else if (watch(c))
			c->lent++;
	}
	c->up++;
	c->waiting++;
	pthread_mutex_unlock(&c->lock);
}

int64_t
crew_leave(struct crew *c)
{
	pthread_mutex_lock(&c->lock);
	if (--c->waiting == 0 && (!c->watched || !work_is_short(c)))
		pthread_cond_signal(&c->more);
	pthread_mutex_unlock(&c->lock);
	return now_us();
}

void
crew_return(struct crew *c, int64_t begun_us)
{
	int64_t took = now_us() - begun_us, weight = took < MEMORY_US / 2 ? took : MEMORY_US / 2;

	pthread_mutex_lock(&c->lock);
	c->apart_us += (took / c->up - c->apart_us) * weight / MEMORY_US;
	if (c->up - c->waiting == 1) /* nobody else is at work */
		c->lent = 0;
	else if (took >= WATCH_MS * 1000 && c->lent > 0)
		c->lent--;
	c->up--;
	c->returned++;
	pthread_mutex_unlock(&c->lock);
}

void
crew_dismiss(struct crew *c)
{
	pthread_mutex_lock(&c->lock);
	c->dismissed = true;
	pthread_cond_broadcast(&c->more);
	pthread_mutex_unlock(&c->lock);
}
