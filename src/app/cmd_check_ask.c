#include "app/cmd_check.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

enum { DEADLINE_MS = 3000, ANSWER_MOST = 1 << 20, BEGIN = 1, PARAMS = 4, STDIN = 5, STDOUT = 6, END = 3 };

static void
record(struct buf *b, int type, struct str body)
{
	char head[8] = { 1, (char)type, 0, 1, (char)(body.n >> 8), (char)body.n, 0, 0 };

	buf_mem(b, head, sizeof(head));
	buf_put(b, body);
}

static void
param(struct buf *b, const char *name, const char *value) /* each under 128 bytes */
{
	buf_char(b, (char)strlen(name)), buf_char(b, (char)strlen(value));
	buf_put(b, str_of(name)), buf_put(b, str_of(value));
}

static long
left_ms(const struct timespec *begun)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return DEADLINE_MS - (now.tv_sec - begun->tv_sec) * 1000 - (now.tv_nsec - begun->tv_nsec) / 1000000;
}

/* Everything until the other side closes, or ANSWER_MOST. */
static bool
read_all(int fd, struct buf *in, const struct timespec *begun)
{
	char part[16384];

	for (;;) {
		long ms = left_ms(begun);
		struct pollfd p = { .fd = fd, .events = POLLIN };
		if (ms <= 0 || in->n > ANSWER_MOST || poll(&p, 1, (int)ms) <= 0)
			return false;
		ssize_t n = read(fd, part, sizeof(part));
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0 && in->n == 0)
			return true; /* reset unread: we may not speak to it */
		if (n <= 0)
			return n == 0;
		buf_mem(in, part, (size_t)n);
	}
}

enum ask
fcgi_ask(struct arena *a, const char *socket_path, const char *path, int *ret_status, struct str *ret_text)
{
	struct sockaddr_un to = { .sun_family = AF_UNIX };
	struct timeval wait = { .tv_sec = DEADLINE_MS / 1000 };
	struct timespec begun;
	struct buf params, out, in, text;

	clock_gettime(CLOCK_MONOTONIC, &begun);
	if (strlen(socket_path) >= sizeof(to.sun_path) || strlen(path) > 100)
		return ASK_NOBODY;
	memcpy(to.sun_path, socket_path, strlen(socket_path));
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (fd < 0)
		return ASK_NOBODY;
	setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &wait, sizeof(wait));
	if (connect(fd, (const struct sockaddr *)&to, sizeof(to)) != 0) {
		enum ask why = errno == EACCES || errno == EPERM ? ASK_REFUSED : errno == EAGAIN ? ASK_SILENT : ASK_NOBODY;
		close(fd);
		return why;
	}
	buf_init(&params, a, 512), buf_init(&out, a, 1024), buf_init(&in, a, 4096), buf_init(&text, a, 4096);
	param(&params, "REQUEST_METHOD", "GET"), param(&params, "REQUEST_URI", path), param(&params, "DOCUMENT_URI", path);
	param(&params, "QUERY_STRING", ""), param(&params, "SERVER_PROTOCOL", "HTTP/1.1"), param(&params, "HTTP_HOST", "localhost");
	param(&params, "REMOTE_ADDR", "127.0.0.1");
	record(&out, BEGIN, (struct str){ "\0\1\0\0\0\0\0", 8 }); /* a responder that closes */
	record(&out, PARAMS, buf_str(&params)), record(&out, PARAMS, STR_NONE), record(&out, STDIN, STR_NONE);
	bool whole = send(fd, out.p, out.n, MSG_NOSIGNAL) == (ssize_t)out.n;
	bool ended = read_all(fd, &in, &begun);
	close(fd);
	if (!whole || (ended && in.n == 0))
		return ASK_REFUSED;
	for (size_t i = 0; i + 8 <= in.n;) {
		const unsigned char *h = (const unsigned char *)in.p + i;
		size_t n = (size_t)h[4] << 8 | h[5];
		if (i + 8 + n > in.n)
			break;
		if (h[1] == STDOUT)
			buf_mem(&text, in.p + i + 8, n);
		i += 8 + n + h[6];
	}
	if (!ended || text.n == 0)
		return ASK_SILENT;
	const char *said = arena_cstr(a, buf_str(&text));
	*ret_status = strncmp(said, "Status: ", 8) == 0 ? atoi(said + 8) : 200;
	*ret_text = str_of(said);
	return ASK_ANSWERED;
}
