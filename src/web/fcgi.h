/*
 * fcgi: the FastCGI server of one process: an acceptor (the calling thread) and worker threads over one epoll. Layer 2.
 *
 * A connection costs a thread nothing until its whole request is in the socket: on readiness its bytes are peeked and their
 * framing scanned (web/fcgi_frame.h); only then does libfcgi read them. The acceptor holds the deadlines: a request that is
 * not whole in time, or an answer that is not read in time, loses its connection. What a peer does not read at once is written
 * by whichever worker is told that it may be. The peer's user is checked before any byte is read.
 *
 * fcgi_run returns when SIGTERM or SIGINT came and the drain is over: nothing new is accepted, what was accepted is served, kept
 * connections close after their answer. SIGHUP calls reload. All signals must be blocked before any thread is made
 * (fcgi_block_signals).
 */
#ifndef WEB_FCGI_H
#define WEB_FCGI_H
#include "web/gate.h"

struct fcgi_limits { /* may change at reload */
	int read_deadline_ms, write_deadline_ms, drain_ms;
	size_t body_max; /* bytes */
	struct uid_list peers; /* besides our own user */
	struct net_list tcp_allow;
};

struct fcgi_options {
	int threads;             /* 1..256 */
	int width;               /* how many of them are up while work is short; 0: as many as there are cores */
	size_t arena_first, arena_cap; /* bytes, one arena a worker */
	struct fcgi_limits limits;
	const struct gate *gate;
	/* One call a worker, in its thread. */
	void (*worker_start)(struct gate_worker *w, int number); /* sets db and memo; may be NULL */
	void (*worker_stop)(struct gate_worker *w);
	/* In the acceptor, on SIGHUP: changes *limits and returns the gate to use from now on, NULL to keep the same. */
	const struct gate *(*reload)(struct fcgi_limits *limits);
};

void fcgi_block_signals(void);

/*
 * The listening socket, in this order: systemd's LISTEN_FDS, descriptor 0 when it is a listening socket, tcp ("127.0.0.1:9000")
 * when not empty, else path (a stale file is replaced, mode 0660). The result is non-blocking. ERR_IO with a detail.
 */
enum err fcgi_listen(const char *path, const char *tcp, int *ret_fd) MUST_CHECK;
/* Removes path if it is still the socket that fcgi_listen bound. */
void fcgi_unlink_own(void);

enum err fcgi_run(int listen_fd, const struct fcgi_options *options) MUST_CHECK;

/* How many requests are being answered, and how many can be at once. */
void fcgi_workers(int *ret_busy, int *ret_threads);

/* Plain CGI: one request from the environment and descriptor 0, the answer on descriptor 1. */
bool fcgi_is_cgi(void);
enum err fcgi_run_cgi(const struct fcgi_options *options) MUST_CHECK;

#endif
