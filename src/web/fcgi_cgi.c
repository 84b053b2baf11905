#include "base/log.h"
#include "web/fcgi.h"
#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

extern char **environ;

static bool
write_all(struct str s)
{
	while (s.n > 0) {
		ssize_t n = write(STDOUT_FILENO, s.p, s.n);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return false;
		s.p += n;
		s.n -= (size_t)n;
	}
	return true;
}

enum err
fcgi_run_cgi(const struct fcgi_options *o)
{
	struct gate_worker w = { .gate = o->gate };
	struct gate_answer answer = { 0 };
	const char *length = getenv("CONTENT_LENGTH");
	enum gate_body state = GATE_BODY_WHOLE;
	struct str body = STR_NONE;

	w.arena = arena_new(o->arena_first, o->arena_cap);
	if (o->worker_start)
		o->worker_start(&w, 0);
	if (length && *length) {
		char *end;
		unsigned long long want = strtoull(length, &end, 10);
		if (*end || *length == '-') {
			state = GATE_BODY_SHORT;
		} else if (want > o->limits.body_max) {
			state = GATE_BODY_TOO_LARGE;
		} else {
			char *p = arena_alloc(w.arena, (size_t)want + 1);
			ssize_t n;
			while (body.n < want && ((n = read(STDIN_FILENO, p + body.n, (size_t)want - body.n)) > 0 || (n < 0 && errno == EINTR)))
				body.n += n > 0 ? (size_t)n : 0;
			body.p = p;
			state = body.n == want ? GATE_BODY_WHOLE : GATE_BODY_SHORT;
		}
	}
	gate_serve(&w, environ, body, state, &answer);
	bool written = write_all(answer.head) && write_all(answer.body);
	arena_reset(w.arena);
	if (o->worker_stop)
		o->worker_stop(&w);
	arena_free(w.arena);
	return written ? ERR_NONE : err_note(ERR_IO, "standard output: %s", strerror(errno));
}
