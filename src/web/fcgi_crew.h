/*
 * fcgi_crew: which of the worker threads are up, and which sleep. Layer 2, used by web/fcgi.c alone; nothing fails.
 *
 * While work is short, as many threads are up as there are cores, the others sleep: what is asked next goes to a thread that has just
 * ended, whose session in the database is still in the caches of a core, rather than round all of them; and a burst of events wakes
 * nobody in vain. Where work is long that would make a short request wait for long ones: then all may be up, and share the cores. What
 * tells is the time of a piece of work over the threads that are up, which is how far apart ends are, whatever their number; long pieces
 * weigh more. When all who are up are at work and nobody ended for 40 ms, one more gets up anyway, until one of those long
 * pieces ends: whoever is stuck does not take the place of the others.
 */
#ifndef WEB_FCGI_CREW_H
#define WEB_FCGI_CREW_H
#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>

struct crew {
	pthread_mutex_t lock; /* all that follows */
	pthread_cond_t more;
	int up, waiting, width; /* threads not asleep; of these, those that wait for an event; how many are up while work is short */
	int lent;               /* places beyond the width, for work that lasts */
	uint64_t returned;      /* pieces of work ended */
	int64_t apart_us;       /* how far apart ends are, of late */
	bool watched;           /* one of the sleepers watches those at work */
	bool dismissed;
};

void crew_init(struct crew *c, int width);         /* 0: as many as there are cores */
void crew_join(struct crew *c);                     /* before waiting for an event: sleeps as long as enough others are up */
int64_t crew_leave(struct crew *c);                 /* an event came; returns the moment, in microseconds */
void crew_return(struct crew *c, int64_t begun_us); /* it is dealt with; begun_us is what crew_leave gave */
void crew_dismiss(struct crew *c);                  /* nobody sleeps any more */

#endif
