/*
 * Who may touch a connection: the worker that set busy, else whoever holds its lock. Readiness is edge-triggered and costs
 * no system call a request: an edge that comes while a worker is busy with the connection sets again, and that worker looks
 * once more before it leaves. A slot is reused only after its generation changed, so that a late event finds nobody.
 */
#include "web/fcgi.h"
#include "base/log.h"
#include "base/metric.h"
#include "web/fcgi_crew.h"
#include "web/fcgi_notify.h"
#include "web/fcgi_wire.h"
#include <errno.h>
#include <malloc.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum {
	PEEK = 160 * 1024, /* a request with 64 KiB of parameters and a body of 64 KiB fits */
	TICK_MS = 50,
	PAUSE_MS = 100,     /* without accepting, when descriptors are short */
	SILENT_MS = 30000,  /* a connection that never said anything */
	DISCARD_MS = 2000,  /* what follows a refused body */
	TRIM_MS = 60000,    /* how often what is free goes back to the system */
	FULL_MS = 800,      /* all workers this long in one request: what waits is told to come back */
	START_MS = 10000,   /* after a start each session reads the dictionaries at its first search, half a second of a core: */
	FIRST_MS = 4000,    /* until then, this long */
	REFUSED_AT_ONCE = 256,
	CONNECTIONS_MAX = 65536
};
#define WAKE UINT64_MAX
#define EVENTS_READ (EPOLLIN | EPOLLRDHUP | EPOLLET)

struct conn {
	pthread_mutex_t lock;
	int fd; /* -1: free */
	uint32_t generation, next_free;
	bool late; /* accepted during the drain */
	bool busy, again, hung_up, doomed, waits_lane, begun, close_after; /* begun: some bytes of a request came */
	enum { CONN_READ, CONN_WRITE, CONN_DISCARD } phase;
	int64_t deadline; /* ms, 0: none */
	char *out;
	size_t out_n, out_at;
};

struct worker {
	pthread_t thread;
	int number;
	_Atomic int64_t busy_since; /* ms, 0 when it waits */
	struct gate_worker gate;
	char *peek;
};

struct limits_kept { /* those before a reload may still be read by a worker: all are kept to the end */
	struct limits_kept *older;
	struct fcgi_limits limits;
};

static struct {
	const struct fcgi_options *options;
	_Atomic(const struct gate *) gate;
	_Atomic(struct limits_kept *) limits;
	struct conn *conns;
	uint32_t nconns, high; /* slots; those ever used */
	pthread_mutex_t lock;  /* free list */
	uint32_t free_head;
	_Atomic int open, lane;
	int64_t begun_ms;
	_Atomic bool draining, stopping;
	int epoll, wake;
	struct crew crew;
	struct worker *workers;
	struct worker refuser; /* the acceptor itself, when no worker is free */
} srv;

static int64_t
now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC_COARSE, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000 + 1;
}

static const struct fcgi_limits *
limits(void)
{
	return &atomic_load(&srv.limits)->limits;
}

static int
lane_width(void)
{
	return srv.options->threads < 4 ? 1 : srv.options->threads / 2;
}

void
fcgi_block_signals(void)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGINT);
	sigaddset(&set, SIGHUP);
	sigaddset(&set, SIGPIPE);
	pthread_sigmask(SIG_BLOCK, &set, NULL);
}

/* With the connection's lock held. fd: closed here unless libfcgi did. */
static void
conn_release(struct conn *c, bool close_fd)
{
	if (close_fd)
		close(c->fd);
	free(c->out);
	c->out = NULL;
	c->fd = -1;
	c->generation++;
	c->deadline = 0;
	c->busy = false;
	pthread_mutex_lock(&srv.lock);
	c->next_free = srv.free_head;
	srv.free_head = (uint32_t)(c - srv.conns);
	pthread_mutex_unlock(&srv.lock);
	atomic_fetch_sub(&srv.open, 1);
}

static void
conn_watch(struct conn *c, uint32_t events)
{
	struct epoll_event ev = { .events = events,
		                  .data.u64 = (uint64_t)c->generation << 32 | (uint64_t)(c - srv.conns) };

	epoll_ctl(srv.epoll, EPOLL_CTL_MOD, c->fd, &ev);
}

static void
conn_deadline(struct conn *c, int64_t at)
{
	pthread_mutex_lock(&c->lock);
	c->deadline = at;
	pthread_mutex_unlock(&c->lock);
}

enum step { STEP_KEEP, STEP_CLOSE, STEP_GONE /* libfcgi closed it */ };

/* After the last byte of an answer. */
static enum step
conn_answered(struct conn *c)
{
	c->begun = false;
	if (c->phase == CONN_DISCARD) {
		shutdown(c->fd, SHUT_WR);
		conn_deadline(c, now_ms() + DISCARD_MS);
		return STEP_KEEP;
	}
	conn_deadline(c, 0);
	return c->close_after ? STEP_CLOSE : STEP_KEEP;
}

/* Sends what it can at once; the rest waits for EPOLLOUT, no thread with it. */
static enum step
conn_send(struct conn *c, struct str bytes)
{
	while (bytes.n > 0) {
		ssize_t n = send(c->fd, bytes.p, bytes.n, MSG_DONTWAIT | MSG_NOSIGNAL);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0 && errno != EAGAIN && errno != EWOULDBLOCK)
			return STEP_CLOSE;
		if (n < 0) {
			c->out = malloc(bytes.n);
			if (!c->out)
				return STEP_CLOSE;
			memcpy(c->out, bytes.p, bytes.n);
			c->out_n = bytes.n;
			c->out_at = 0;
			if (c->phase == CONN_READ)
				c->phase = CONN_WRITE;
			conn_deadline(c, now_ms() + limits()->write_deadline_ms);
			conn_watch(c, EVENTS_READ | EPOLLOUT);
			return STEP_KEEP;
		}
		bytes.p += n;
		bytes.n -= (size_t)n;
	}
	return conn_answered(c);
}

static enum step
conn_flush(struct conn *c)
{
	while (c->out_at < c->out_n) {
		ssize_t n = send(c->fd, c->out + c->out_at, c->out_n - c->out_at, MSG_DONTWAIT | MSG_NOSIGNAL);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return errno == EAGAIN || errno == EWOULDBLOCK ? STEP_KEEP : STEP_CLOSE;
		c->out_at += (size_t)n;
	}
	free(c->out);
	c->out = NULL;
	if (c->phase == CONN_WRITE)
		c->phase = CONN_READ;
	/* Registering again also brings an edge for bytes that came meanwhile. */
	conn_watch(c, EVENTS_READ);
	return conn_answered(c);
}

static enum step
conn_discard(struct conn *c)
{
	char junk[16384];

	for (int i = 0; i < 256; i++) {
		ssize_t n = recv(c->fd, junk, sizeof(junk), MSG_DONTWAIT);
		if (n == 0 || (n < 0 && errno != EAGAIN && errno != EINTR))
			return STEP_CLOSE;
		if (n < 0)
			return STEP_KEEP;
	}
	return STEP_CLOSE;
}

static enum step
conn_serve(struct worker *w, struct conn *c, const struct fcgi_frame *frame, bool whole, bool too_large)
{
	struct str records;
	int fd = c->fd;

	/* A request still being read keeps its deadline, and a descriptor of its own for libfcgi: the acceptor may have to
	 * shut ours down at any moment. */
	if (whole || too_large)
		conn_deadline(c, 0);
	else if ((fd = dup(c->fd)) < 0)
		return STEP_CLOSE;
	atomic_store(&w->busy_since, now_ms());
	arena_reset(w->gate.arena);
	w->gate.gate = atomic_load(&srv.gate);
	bool good = fcgi_wire_serve(fd, frame, limits()->body_max, &w->gate, &records);
	atomic_store(&w->busy_since, 0);
	if (!good)
		return fd == c->fd ? STEP_GONE : STEP_CLOSE;
	if (fd != c->fd) {
		close(fd);
		c->close_after = true;
	}
	if (atomic_load(&srv.draining))
		c->close_after = true;
	if (too_large)
		c->phase = CONN_DISCARD;
	if (frame->keep && (c->close_after || too_large))
		fcgi_wire_last(&records);
	enum step step = conn_send(c, records); /* what could not be sent was copied */
	arena_reset(w->gate.arena);
	return step;
}

static enum step
conn_read(struct worker *w, struct conn *c)
{
	struct fcgi_frame frame;
	ssize_t n = recv(c->fd, w->peek, PEEK, MSG_PEEK | MSG_DONTWAIT);

	if (n < 0)
		return errno == EAGAIN || errno == EINTR ? STEP_KEEP : STEP_CLOSE;
	if (n == 0)
		return STEP_CLOSE;
	enum fcgi_scan scan = fcgi_frame_scan((struct str){ w->peek, (size_t)n }, &frame);
	if (scan == FCGI_SCAN_BAD) {
		metric_count(METRIC_peers_refused);
		log_event(LOG_WARN, "connection refused: not a FastCGI request", LOG_I("bytes", n));
		return STEP_CLOSE;
	}
	if (scan == FCGI_SCAN_WHOLE) {
		/* Nothing may follow before the answer: it would be lost in libfcgi's buffer. */
		c->close_after = !frame.keep || (size_t)n > frame.total;
		return conn_serve(w, c, &frame, true, false);
	}
	if (frame.params_whole && frame.content_length > 0 && (size_t)frame.content_length > limits()->body_max)
		return conn_serve(w, c, &frame, false, true);
	if (c->hung_up)
		return STEP_CLOSE;
	/* The clock starts at the request's first byte and is not moved by the next ones. */
	if (!c->begun) {
		c->begun = true;
		conn_deadline(c, now_ms() + limits()->read_deadline_ms);
	}
	if (n < PEEK)
		return STEP_KEEP;
	/* Too large to be seen whole: a thread must wait for the rest; never more than half of them do. */
	if (!frame.params_whole)
		return STEP_CLOSE;
	if (w->gate.full) { /* the acceptor waits for nobody */
		c->waits_lane = true;
		return STEP_KEEP;
	}
	if (atomic_fetch_add(&srv.lane, 1) >= lane_width()) {
		atomic_fetch_sub(&srv.lane, 1);
		c->waits_lane = true;
		return STEP_KEEP;
	}
	c->waits_lane = false;
	enum step step = conn_serve(w, c, &frame, false, false);
	atomic_fetch_sub(&srv.lane, 1);
	return step;
}

static enum step
conn_step(struct worker *w, struct conn *c)
{
	if (c->doomed)
		return STEP_CLOSE;
	if (c->out) {
		enum step step = conn_flush(c);
		if (step != STEP_KEEP || c->out)
			return step;
	}
	return c->phase == CONN_DISCARD ? conn_discard(c) : conn_read(w, c);
}

static void
conn_event(struct worker *w, uint64_t data, uint32_t events)
{
	struct conn *c = &srv.conns[(uint32_t)data];
	bool more = true;

	pthread_mutex_lock(&c->lock);
	if (c->fd < 0 || c->generation != (uint32_t)(data >> 32)) {
		pthread_mutex_unlock(&c->lock);
		return;
	}
	c->hung_up |= (events & (EPOLLRDHUP | EPOLLHUP | EPOLLERR)) != 0;
	if (c->busy) {
		c->again = true;
		pthread_mutex_unlock(&c->lock);
		return;
	}
	c->busy = true;
	while (more) {
		c->again = false;
		pthread_mutex_unlock(&c->lock);
		enum step step = conn_step(w, c);
		pthread_mutex_lock(&c->lock);
		if (step != STEP_KEEP) {
			conn_release(c, step == STEP_CLOSE);
			break;
		}
		more = c->again;
		c->busy = more;
	}
	pthread_mutex_unlock(&c->lock);
}

static void *
worker_main(void *arg)
{
	struct worker *w = arg;
	const struct fcgi_options *o = srv.options;
	struct sched_param no_priority = { 0 };

	/* Woken without pushing nginx off its core in the middle of a batch of events: fewer switches, more answers. */
	(void)pthread_setschedparam(pthread_self(), SCHED_BATCH, &no_priority);
	w->gate.gate = atomic_load(&srv.gate);
	w->gate.arena = arena_new(o->arena_first, o->arena_cap);
	w->peek = malloc(PEEK);
	if (!w->peek)
		die("worker: no memory");
	if (o->worker_start)
		o->worker_start(&w->gate, w->number);
	for (;;) {
		struct epoll_event ev;
		crew_join(&srv.crew);
		int n = epoll_wait(srv.epoll, &ev, 1, -1);
		int64_t begun = crew_leave(&srv.crew);
		if (n < 0 && errno != EINTR)
			die("epoll_wait: %d", errno);
		if (n == 1 && ev.data.u64 == WAKE) {
			if (atomic_load(&srv.stopping))
				break;
		} else if (n == 1) {
			conn_event(w, ev.data.u64, ev.events);
		}
		crew_return(&srv.crew, begun);
	}
	arena_reset(w->gate.arena);
	if (o->worker_stop)
		o->worker_stop(&w->gate);
	arena_free(w->gate.arena);
	free(w->peek);
	return NULL;
}

static bool
peer_allowed(int fd)
{
	struct sockaddr_storage a = { 0 };
	socklen_t n = sizeof(a);
	uint8_t bytes[16] = { [10] = 0xff, [11] = 0xff };

	if (getsockname(fd, (struct sockaddr *)&a, &n) < 0)
		return false;
	if (a.ss_family == AF_UNIX) {
		struct ucred cred;
		socklen_t size = sizeof(cred);
		return getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &cred, &size) == 0 &&
		       (cred.uid == geteuid() || uid_list_has(&limits()->peers, cred.uid));
	}
	n = sizeof(a);
	if (getpeername(fd, (struct sockaddr *)&a, &n) < 0)
		return false;
	if (a.ss_family == AF_INET)
		memcpy(bytes + 12, &((struct sockaddr_in *)&a)->sin_addr, 4);
	else
		memcpy(bytes, &((struct sockaddr_in6 *)&a)->sin6_addr, 16);
	return net_list_has_bytes(&limits()->tcp_allow, bytes);
}

static bool
conn_add(int fd)
{
	pthread_mutex_lock(&srv.lock);
	uint32_t slot = srv.free_head;
	if (slot != UINT32_MAX) {
		srv.free_head = srv.conns[slot].next_free;
	} else if (srv.high < srv.nconns) {
		slot = srv.high++;
		pthread_mutex_init(&srv.conns[slot].lock, NULL);
	}
	pthread_mutex_unlock(&srv.lock);
	if (slot == UINT32_MAX)
		return false;
	struct conn *c = &srv.conns[slot];
	pthread_mutex_lock(&c->lock);
	c->fd = fd;
	c->phase = CONN_READ;
	c->late = atomic_load(&srv.draining);
	c->again = c->hung_up = c->doomed = c->waits_lane = c->begun = c->close_after = false;
	c->deadline = now_ms() + SILENT_MS;
	atomic_fetch_add(&srv.open, 1);
	struct epoll_event ev = { .events = EVENTS_READ, .data.u64 = (uint64_t)c->generation << 32 | slot };
	bool added = epoll_ctl(srv.epoll, EPOLL_CTL_ADD, fd, &ev) == 0;
	if (!added)
		conn_release(c, false);
	pthread_mutex_unlock(&c->lock);
	return added;
}

enum accepted { ACCEPTED_ALL, ACCEPTED_SHORT /* of descriptors */ };

static enum accepted
accept_all(int listen_fd)
{
	for (;;) {
		/* The descriptor stays blocking: libfcgi reads it; our own calls say MSG_DONTWAIT. */
		int fd = accept4(listen_fd, NULL, NULL, SOCK_CLOEXEC);
		if (fd >= 0) {
			if (!peer_allowed(fd)) {
				metric_count(METRIC_peers_refused);
				log_event(LOG_WARN, "connection refused: peer not allowed");
				close(fd);
			} else if (!conn_add(fd)) {
				close(fd);
				return ACCEPTED_SHORT;
			}
		} else if (errno == EMFILE || errno == ENFILE || errno == ENOBUFS || errno == ENOMEM) {
			return ACCEPTED_SHORT;
		} else if (errno == EAGAIN || errno == EWOULDBLOCK) {
			return ACCEPTED_ALL;
		} else if (errno != EINTR && errno != ECONNABORTED && errno != EPROTO) {
			return ACCEPTED_SHORT;
		}
	}
}

/* Deadlines, the lane's queue and, at the end of a drain, the connections nobody uses. */
static void
conns_sweep(bool close_idle)
{
	int64_t now = now_ms();
	int room = lane_width() - atomic_load(&srv.lane);

	pthread_mutex_lock(&srv.lock);
	uint32_t high = srv.high;
	pthread_mutex_unlock(&srv.lock);
	for (uint32_t i = 0; i < high; i++) {
		struct conn *c = &srv.conns[i];
		pthread_mutex_lock(&c->lock);
		if (c->fd >= 0) {
			if (c->deadline && now > c->deadline && !c->doomed) {
				metric_count(METRIC_requests_cut);
				log_event(LOG_WARN, "connection cut at its deadline", LOG_S("while", c->out ? STR("its answer is not read") : STR("its request is not whole")));
			}
			if ((c->deadline && now > c->deadline) || (close_idle && !c->busy && !c->out)) {
				if (c->busy) {
					c->doomed = true;
					shutdown(c->fd, SHUT_RD);
				} else {
					conn_release(c, true);
				}
			} else if (c->waits_lane && !c->busy && room > 0) {
				room--;
				conn_watch(c, EVENTS_READ);
			}
		}
		pthread_mutex_unlock(&c->lock);
	}
}

/* Somebody waits for work, or began the present piece of work less than that ago. */
static bool
workers_progress(int64_t stall_ms)
{
	int64_t now = now_ms();

	for (int i = 0; i < srv.options->threads; i++) {
		int64_t since = atomic_load(&srv.workers[i].busy_since);
		if (since == 0 || now - since < stall_ms)
			return true;
	}
	return false;
}

static bool
workers_full(void)
{
	return !workers_progress(now_ms() - srv.begun_ms < START_MS ? FIRST_MS : FULL_MS);
}

/* Every worker has been in one request for a while, on a base that does not answer: what waits for them is answered here, by a page that
 * asks to come back, and what is no good request by what it deserves. */
static void
refuse_waiting(void)
{
	struct epoll_event ev;

	if (!srv.refuser.peek) {
		srv.refuser.peek = malloc(PEEK);
		srv.refuser.gate.arena = srv.refuser.peek ? arena_new(srv.options->arena_first, srv.options->arena_cap) : NULL;
		srv.refuser.gate.full = true;
	}
	for (int i = 0; srv.refuser.peek && i < REFUSED_AT_ONCE && workers_full(); i++) {
		if (epoll_wait(srv.epoll, &ev, 1, 0) != 1 || ev.data.u64 == WAKE)
			return;
		conn_event(&srv.refuser, ev.data.u64, ev.events);
	}
}

static void
reload(void)
{
	struct limits_kept *old = atomic_load(&srv.limits), *kept = malloc(sizeof(*kept));

	if (!kept || !srv.options->reload) {
		free(kept);
		return;
	}
	*kept = (struct limits_kept){ .older = old, .limits = old->limits };
	const struct gate *gate = srv.options->reload(&kept->limits);
	atomic_store(&srv.limits, kept);
	if (gate)
		atomic_store(&srv.gate, gate);
}

static void
serve_until_told(int listen_fd, int events, int signals)
{
	srv.begun_ms = now_ms();
	int64_t watchdog = fcgi_notify_watchdog_ms(), beat_at = 0, resume_at = 0, trim_at = now_ms() + TRIM_MS;
	struct epoll_event ev[2], on_listen = { .events = EPOLLIN, .data.fd = listen_fd };

	for (;;) {
		int n = epoll_wait(events, ev, 2, TICK_MS);
		for (int i = 0; i < n; i++) {
			if (ev[i].data.fd == signals) {
				struct signalfd_siginfo si;
				while (read(signals, &si, sizeof(si)) == sizeof(si)) {
					if (si.ssi_signo == SIGTERM || si.ssi_signo == SIGINT)
						return;
					if (si.ssi_signo == SIGHUP)
						reload();
				}
			} else if (accept_all(listen_fd) == ACCEPTED_SHORT) {
				metric_count(METRIC_descriptors_short);
				log_event(LOG_WARN, "no descriptor left, accepting paused", LOG_I("open", atomic_load(&srv.open)));
				epoll_ctl(events, EPOLL_CTL_DEL, listen_fd, NULL);
				resume_at = now_ms() + PAUSE_MS;
			}
		}
		int64_t now = now_ms();
		if (resume_at && now >= resume_at) {
			resume_at = 0;
			epoll_ctl(events, EPOLL_CTL_ADD, listen_fd, &on_listen);
		}
		conns_sweep(false);
		if (workers_full())
			refuse_waiting();
		/* A large page now and then would else keep its room in each thread's heap. */
		if (now >= trim_at) {
			malloc_trim(0);
			trim_at = now + TRIM_MS;
		}
		/* No heartbeat for systemd while all of them are in one request for as long as it would wait for one. */
		if (watchdog && now >= beat_at && workers_progress(2 * watchdog)) {
			fcgi_notify("WATCHDOG=1");
			beat_at = now + watchdog;
		}
	}
}

void
fcgi_workers(int *ret_busy, int *ret_threads)
{
	*ret_busy = 0;
	*ret_threads = srv.options ? srv.options->threads : 1; /* plain CGI: this one */
	for (int i = 0; srv.options && i < srv.options->threads; i++)
		*ret_busy += atomic_load(&srv.workers[i].busy_since) != 0;
}

static bool
workers_busy(void)
{
	int busy, threads;

	fcgi_workers(&busy, &threads);
	return busy > 0;
}

/* Connections taken before the drain that are still open: nginx may yet send on them. */
static int
conns_before_drain(void)
{
	int n = 0;

	for (uint32_t i = 0; i < srv.high; i++) {
		pthread_mutex_lock(&srv.conns[i].lock);
		n += srv.conns[i].fd >= 0 && !srv.conns[i].late;
		pthread_mutex_unlock(&srv.conns[i].lock);
	}
	return n;
}

/*
 * Closing an idle kept connection can lose a request that nginx is just writing to it (it never sends a POST twice). So the
 * drain waits until each was used once more, with an answer that tells nginx not to keep it (fcgi_wire_last), or was closed by
 * nginx (keepalive_timeout 2s, under DRAIN_MS). Meanwhile new
 * connections are still served, one request each: on a socket held by systemd they would otherwise wait for the next process.
 */
static void
drain(int listen_fd)
{
	int64_t end = now_ms() + limits()->drain_ms;
	struct pollfd p = { .fd = listen_fd, .events = POLLIN };
	struct timespec pause = { .tv_nsec = 2000000 };

	fcgi_notify("STOPPING=1");
	log_event(LOG_INFO, "draining", LOG_I("open", atomic_load(&srv.open)));
	atomic_store(&srv.draining, true);
	while (conns_before_drain() > 0 && now_ms() < end) {
		if (poll(&p, 1, 5) > 0 && accept_all(listen_fd) == ACCEPTED_SHORT)
			nanosleep(&pause, NULL);
		conns_sweep(false);
	}
	/* Nobody finds the socket any more; those who already had are in its queue and are served. */
	fcgi_unlink_own();
	(void)accept_all(listen_fd);
	close(listen_fd);
	end = now_ms() + 1000;
	while (atomic_load(&srv.open) - conns_before_drain() > 0 && now_ms() < end) {
		nanosleep(&pause, NULL);
		conns_sweep(false);
	}
	end = now_ms() + 5000;
	do {
		conns_sweep(true);
		nanosleep(&pause, NULL);
	} while ((atomic_load(&srv.open) > 0 || workers_busy()) && now_ms() < end);
}

static enum err
slots_new(void)
{
	struct rlimit rl = { 0 };

	if (getrlimit(RLIMIT_NOFILE, &rl) == 0 && rl.rlim_cur < rl.rlim_max) {
		rl.rlim_cur = rl.rlim_max < CONNECTIONS_MAX ? rl.rlim_max : CONNECTIONS_MAX;
		setrlimit(RLIMIT_NOFILE, &rl);
	}
	/* Untouched slots cost no memory. */
	srv.nconns = CONNECTIONS_MAX;
	srv.conns = calloc(srv.nconns, sizeof(*srv.conns));
	srv.workers = calloc((size_t)srv.options->threads, sizeof(*srv.workers));
	struct limits_kept *kept = malloc(sizeof(*kept));
	if (!srv.conns || !srv.workers || !kept)
		die("server: no memory");
	*kept = (struct limits_kept){ .limits = srv.options->limits };
	atomic_store(&srv.limits, kept);
	atomic_store(&srv.gate, srv.options->gate);
	srv.free_head = UINT32_MAX;
	pthread_mutex_init(&srv.lock, NULL);
	crew_init(&srv.crew, srv.options->width);
	srv.epoll = epoll_create1(EPOLL_CLOEXEC);
	srv.wake = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	struct epoll_event ev = { .events = EPOLLIN, .data.u64 = WAKE };
	if (srv.epoll < 0 || srv.wake < 0 || epoll_ctl(srv.epoll, EPOLL_CTL_ADD, srv.wake, &ev) < 0)
		return err_note(ERR_IO, "epoll: %s", strerror(errno));
	return ERR_NONE;
}

static void
slots_free(void)
{
	for (uint32_t i = 0; i < srv.high; i++) {
		struct conn *c = &srv.conns[i];
		if (c->fd >= 0)
			close(c->fd);
		free(c->out);
	}
	for (struct limits_kept *k = atomic_load(&srv.limits), *older; k; k = older) {
		older = k->older;
		free(k);
	}
	free(srv.conns);
	free(srv.workers);
	if (srv.refuser.peek) {
		arena_free(srv.refuser.gate.arena);
		free(srv.refuser.peek);
		srv.refuser = (struct worker){ 0 };
	}
	close(srv.epoll);
	close(srv.wake);
}

enum err
fcgi_run(int listen_fd, const struct fcgi_options *options)
{
	sigset_t set;
	uint64_t one = 1;
	enum err e;

	srv.options = options;
	fcgi_wire_init();
	fcgi_block_signals();
	if ((e = slots_new()) != ERR_NONE)
		return e;
	sigemptyset(&set);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGINT);
	sigaddset(&set, SIGHUP);
	int signals = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK), events = epoll_create1(EPOLL_CLOEXEC);
	struct epoll_event on_listen = { .events = EPOLLIN, .data.fd = listen_fd };
	struct epoll_event on_signal = { .events = EPOLLIN, .data.fd = signals };
	if (signals < 0 || events < 0 || epoll_ctl(events, EPOLL_CTL_ADD, listen_fd, &on_listen) < 0 ||
	    epoll_ctl(events, EPOLL_CTL_ADD, signals, &on_signal) < 0)
		return err_note(ERR_IO, "acceptor: %s", strerror(errno));
	for (int i = 0; i < options->threads; i++) {
		srv.workers[i].number = i;
		if (pthread_create(&srv.workers[i].thread, NULL, worker_main, &srv.workers[i]) != 0)
			die("no thread for worker %d", i);
	}
	fcgi_notify("READY=1");
	log_event(LOG_INFO, "serving", LOG_I("threads", options->threads));
	serve_until_told(listen_fd, events, signals);
	drain(listen_fd);
	atomic_store(&srv.stopping, true);
	(void)!write(srv.wake, &one, sizeof(one));
	crew_dismiss(&srv.crew);
	bool stuck = workers_busy();
	/* A thread that does not come back cannot be joined: the process ends with it. */
	if (!stuck) {
		for (int i = 0; i < options->threads; i++)
			pthread_join(srv.workers[i].thread, NULL);
		slots_free();
	}
	close(signals);
	close(events);
	log_event(LOG_INFO, "stopped", LOG_I("stuck", stuck));
	return ERR_NONE;
}
