#include "base/log.h"
#include "base/metric.h"

#include <errno.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#define LINE_MAX_BYTES 4096

static enum log_level minimum = LOG_INFO;
static int out = STDERR_FILENO;
static _Thread_local char request[64];

struct line {
	char p[LINE_MAX_BYTES];
	size_t n;
};

static void
line_mem(struct line *l, const char *p, size_t n)
{
	size_t room = sizeof(l->p) - 8 - l->n; /* the end of the line always fits */
	if (n > room)
		n = room;
	memcpy(l->p + l->n, p, n);
	l->n += n;
}

static void
line_text(struct line *l, struct str s)
{
	line_mem(l, "\"", 1);
	for (size_t i = 0; i < s.n && l->n < sizeof(l->p) - 64; i++) {
		unsigned char c = (unsigned char)s.p[i];
		char esc[8];
		if (c == '"' || c == '\\') {
			esc[0] = '\\';
			esc[1] = (char)c;
			line_mem(l, esc, 2);
		} else if (c < 0x20 || c >= 0x7f) {
			int n = snprintf(esc, sizeof(esc), c < 0x80 ? "\\u%04x" : "%c", c);
			line_mem(l, esc, (size_t)n);
		} else {
			line_mem(l, (const char *)&c, 1);
		}
	}
	line_mem(l, "\"", 1);
}

void
log_set_level(enum log_level min)
{
	minimum = min;
}

void
log_set_fd(int fd)
{
	out = fd;
}

void
log_set_request(struct str id)
{
	size_t n = id.n < sizeof(request) - 1 ? id.n : sizeof(request) - 1;
	if (n)
		memcpy(request, id.p, n);
	request[n] = '\0';
}

void
log_write(enum log_level level, const char *msg, const struct log_field *fields, size_t n)
{
	static const char *const names[] = { "debug", "info", "warn", "error" };
	if (level < minimum)
		return;
	int saved = errno;
	struct line l = { .n = 0 };
	struct timespec now;
	struct tm tm;
	char text[64];
	clock_gettime(CLOCK_REALTIME, &now);
	gmtime_r(&now.tv_sec, &tm);
	int m = snprintf(text, sizeof(text), "{\"time\":\"%04d-%02d-%02dT%02d:%02d:%02d.%03dZ\",\"level\":", tm.tm_year + 1900,
	                 tm.tm_mon + 1, tm.tm_mday, tm.tm_hour, tm.tm_min, tm.tm_sec, (int)(now.tv_nsec / 1000000));
	line_mem(&l, text, (size_t)m);
	line_text(&l, str_of(names[level]));
	line_mem(&l, ",\"msg\":", 7);
	line_text(&l, str_of(msg));
	if (request[0]) {
		line_mem(&l, ",\"request\":", 11);
		line_text(&l, str_of(request));
	}
	for (size_t i = 1; i < n; i++) {
		line_mem(&l, ",", 1);
		line_text(&l, str_of(fields[i].key));
		line_mem(&l, ":", 1);
		if (fields[i].kind == LOG_F_STR) {
			line_text(&l, fields[i].s);
			continue;
		}
		m = fields[i].kind == LOG_F_INT ? snprintf(text, sizeof(text), "%" PRId64, fields[i].i)
		                                : snprintf(text, sizeof(text), "%.3f", fields[i].d);
		line_mem(&l, text, (size_t)m);
	}
	l.p[l.n++] = '}';
	l.p[l.n++] = '\n';
	if (write(out, l.p, l.n) != (ssize_t)l.n)
		metric_count(METRIC_journal_lost);
	errno = saved;
}

void
die(const char *fmt, ...)
{
	char text[512];
	va_list ap;
	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	log_write(LOG_ERROR, text, NULL, 0);
	abort();
}
