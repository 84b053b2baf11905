/*
 * A raw FastCGI client for tests: whole requests, cut ones, any bytes at all.
 *   fcgi_client [options] SOCKET [PATH]
 * Prints the answer's STDOUT stream. Exit status: 0 answered, 5 so but nothing followed (-x), 3 the peer closed without a whole answer, 4 time-out, 2 usage.
 * -C cuts the body before each of its bytes, a request a cut, and prints how often each status was answered:
 *   end    the stream of the body ends early, CONTENT_LENGTH being that of the whole
 *   short  so, CONTENT_LENGTH being that of what is sent
 *   close  the connection closes early, before each byte of the whole request; nothing is answered
 */
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

static unsigned char request[1 << 20];
static size_t nrequest;

static int status_seen[1000]; /* by status; 0: none in the answer */

static void
put(const void *p, size_t n)
{
	if (n > sizeof(request) - nrequest) {
		fprintf(stderr, "fcgi_client: request too large\n");
		exit(2);
	}
	memcpy(request + nrequest, p, n);
	nrequest += n;
}

static void
put_record(int type, const void *p, size_t n)
{
	do {
		size_t part = n > 65535 ? 65535 : n;
		unsigned char h[8] = { 1, (unsigned char)type, 0, 1, (unsigned char)(part >> 8), (unsigned char)part, 0, 0 };
		put(h, 8);
		if (part)
			put(p, part);
		p = (const char *)p + part;
		n -= part;
	} while (n > 0);
}

static unsigned char params[65536];
static size_t nparams;

static void
put_length(size_t n)
{
	if (n < 128) {
		params[nparams++] = (unsigned char)n;
	} else {
		params[nparams++] = (unsigned char)(n >> 24 | 0x80);
		params[nparams++] = (unsigned char)(n >> 16);
		params[nparams++] = (unsigned char)(n >> 8);
		params[nparams++] = (unsigned char)n;
	}
}

static void
put_param(const char *name, const char *value)
{
	size_t a = strlen(name), b = strlen(value);

	if (nparams + a + b + 8 > sizeof(params)) {
		fprintf(stderr, "fcgi_client: parameters too large\n");
		exit(2);
	}
	put_length(a);
	put_length(b);
	memcpy(params + nparams, name, a);
	nparams += a;
	memcpy(params + nparams, value, b);
	nparams += b;
}

static int
dial(const char *path)
{
	struct sockaddr_un a = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

	snprintf(a.sun_path, sizeof(a.sun_path), "%s", path);
	if (fd < 0 || connect(fd, (struct sockaddr *)&a, sizeof(a)) < 0) {
		fprintf(stderr, "fcgi_client: %s: %s\n", path, strerror(errno));
		exit(3);
	}
	return fd;
}

static long
now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static void
send_all(int fd, size_t n, size_t step)
{
	for (size_t i = 0; i < n;) {
		size_t part = step && n - i > step ? step : n - i;
		ssize_t sent = send(fd, request + i, part, MSG_NOSIGNAL);
		if (sent < 0 && errno != EINTR)
			return; /* the answer, if any, tells why */
		i += sent > 0 ? (size_t)sent : 0;
	}
}

static bool wants_more;

/* Reads records until END_REQUEST. */
static int
receive(int fd, int timeout_ms, bool quiet)
{
	static unsigned char in[1 << 17];
	size_t have = 0;
	bool told = false;
	long end = now_ms() + timeout_ms;

	for (;;) {
		long left = end - now_ms();
		struct pollfd p = { fd, POLLIN, 0 };
		if (left <= 0 || poll(&p, 1, (int)left) == 0)
			return 4;
		ssize_t n = read(fd, in + have, sizeof(in) - have);
		if (n <= 0)
			return 3;
		have += (size_t)n;
		size_t at = 0;
		while (have - at >= 8) {
			size_t length = (size_t)in[at + 4] << 8 | in[at + 5], padding = in[at + 6];
			if (have - at < 8 + length + padding)
				break;
			if (in[at + 1] == 6 && !quiet)
				fwrite(in + at + 8, 1, length, stdout);
			if (in[at + 1] == 6 && !told && length) {
				told = true;
				bool is_status = length > 11 && memcmp(in + at + 8, "Status: ", 8) == 0;
				int status = is_status ? atoi((const char *)in + at + 16) : 0;
				status_seen[status > 0 && status < 1000 ? status : 0]++;
			}
			if (in[at + 1] == 3)
				return wants_more && !(have - at > 8 + length + padding || (poll(&p, 1, 200) > 0 && read(fd, in, sizeof(in)) > 0)) ? 5 : 0;
			at += 8 + length + padding;
		}
		memmove(in, in + at, have - at);
		have -= at;
	}
}

static int
usage(void)
{
	fprintf(stderr, "usage: fcgi_client [-X METHOD] [-P NAME=VALUE]... [-d BODY | -b BODY_FILE] [-l CONTENT_LENGTH] [-k] [-q] [-x]\n"
	                "                   [-C end|short|close] [-n CONNECTIONS] [-c BYTES_SENT] [-s STEP] [-w HOLD_MS] [-t TIMEOUT_MS] [-r RAW_FILE]\n"
	                "                   [-R REPEAT] SOCKET [PATH]\n"
	                "-x: something must follow the end of the answer, else the exit status is 5. -c 0 sends nothing. With -w the answer is not read: connections are held, then closed.\n");
	return 2;
}

/* Begins a request whose body is of that length, as it says. */
static void
put_head(const char *method, const char *path, const char *length, bool keep, bool typed, const char **extra, int nextra)
{
	const char *mark = strchr(path, '?');
	unsigned char begin[8] = { 0, 1, keep, 0, 0, 0, 0, 0 };

	nrequest = nparams = 0;
	put_param("REQUEST_METHOD", method);
	put_param("REQUEST_URI", path);
	put_param("QUERY_STRING", mark ? mark + 1 : "");
	put_param("REMOTE_ADDR", "127.0.0.1");
	put_param("HTTP_HOST", "localhost");
	put_param("HTTP_SEC_FETCH_SITE", "same-origin");
	put_param("CONTENT_TYPE", typed ? "application/x-www-form-urlencoded" : "");
	put_param("CONTENT_LENGTH", length);
	for (int i = 0; i < nextra; i++) {
		char name[64];
		const char *equal = strchr(extra[i], '=');
		snprintf(name, sizeof(name), "%.*s", (int)(equal - extra[i]), extra[i]);
		put_param(name, equal + 1);
	}
	put_record(1, begin, 8);
	put_record(4, params, nparams);
	put_record(4, NULL, 0);
}

static unsigned char given[sizeof(request) / 2];

int
main(int argc, char **argv)
{
	const char *method = "GET", *length = NULL, *raw = NULL, *extra[64], *cuts = NULL;
	const unsigned char *body = (const unsigned char *)"";
	size_t nbody = 0;
	int option, count = 1, hold = -1, timeout = 10000, repeat = 1, nextra = 0;
	long cut = -1, step = 0;
	FILE *f;
	bool keep = false, quiet = false;

	while ((option = getopt(argc, argv, "X:P:d:b:C:l:kqxn:c:s:w:t:r:R:")) != -1) {
		switch (option) {
		case 'X': method = optarg; break;
		case 'P':
			if (nextra == 64 || !strchr(optarg, '='))
				return usage();
			extra[nextra++] = optarg;
			break;
		case 'd': body = (const unsigned char *)optarg, nbody = strlen(optarg); break;
		case 'b':
			if (!(f = fopen(optarg, "rb")))
				return usage();
			body = given, nbody = fread(given, 1, sizeof(given), f);
			fclose(f);
			break;
		case 'C': cuts = optarg; break;
		case 'l': length = optarg; break;
		case 'k': keep = true; break;
		case 'q': quiet = true; break;
		case 'x': wants_more = true; break;
		case 'n': count = atoi(optarg); break;
		case 'c': cut = atol(optarg); break;
		case 's': step = atol(optarg); break;
		case 'w': hold = atoi(optarg); break;
		case 't': timeout = atoi(optarg); break;
		case 'r': raw = optarg; break;
		case 'R': repeat = atoi(optarg); break;
		default: return usage();
		}
	}
	if (optind >= argc || count < 1)
		return usage();
	signal(SIGPIPE, SIG_IGN);
	const char *path = optind + 1 < argc ? argv[optind + 1] : "/";
	char number[32];
	int rc = 0;
	snprintf(number, sizeof(number), "%zu", nbody);
	if (cuts) {
		bool closes = strcmp(cuts, "close") == 0, tells_less = strcmp(cuts, "short") == 0;
		put_head(method, path, number, false, nbody > 0, extra, nextra);
		if (closes)
			put_record(5, body, nbody);
		size_t all = closes ? nrequest : nbody;
		for (size_t at = 0; at < all && rc == 0; at++) {
			if (!closes) {
				if (tells_less)
					snprintf(number, sizeof(number), "%zu", at);
				put_head(method, path, number, false, nbody > 0, extra, nextra);
				if (at)
					put_record(5, body, at);
				put_record(5, NULL, 0);
			}
			int fd = dial(argv[optind]);
			send_all(fd, closes ? at : nrequest, (size_t)step);
			rc = closes ? 0 : receive(fd, timeout, true);
			close(fd);
			if (rc)
				fprintf(stderr, "fcgi_client: cut before byte %zu: no answer\n", at);
		}
		for (int i = 0; i < 1000; i++)
			if (status_seen[i])
				printf("%d %d\n", i, status_seen[i]);
		return rc;
	}
	if (raw) {
		f = strcmp(raw, "-") ? fopen(raw, "rb") : stdin;
		if (!f)
			return usage();
		nrequest = fread(request, 1, sizeof(request), f);
	} else {
		put_head(method, path, length ? length : nbody ? number : "", keep, nbody > 0, extra, nextra);
		if (nbody)
			put_record(5, body, nbody);
		put_record(5, NULL, 0);
	}
	size_t sent = cut >= 0 && (size_t)cut < nrequest ? (size_t)cut : nrequest;
	if (hold >= 0) {
		for (int i = 0; i < count; i++)
			send_all(dial(argv[optind]), sent, (size_t)step);
		puts("held");
		fflush(stdout);
		poll(NULL, 0, hold);
		return 0;
	}
	for (int i = 0; i < count && rc == 0; i++) {
		int fd = dial(argv[optind]);
		for (int k = 0; k < repeat && rc == 0; k++) {
			send_all(fd, sent, (size_t)step);
			rc = receive(fd, timeout, quiet);
		}
		close(fd);
	}
	return rc;
}
