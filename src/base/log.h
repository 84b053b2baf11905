/*
 * log: JSON lines on stderr (or the descriptor given), UTC, one write(2) a line, control bytes escaped. Layer 0.
 * Never an address, a cookie, a token or a mail address in a line. A failing write is only counted.
 */
#ifndef BASE_LOG_H
#define BASE_LOG_H
#include "base/str.h"
#include <stdint.h>

enum log_level { LOG_DEBUG, LOG_INFO, LOG_WARN, LOG_ERROR };

struct log_field {
	const char *key;
	enum { LOG_F_STR, LOG_F_INT, LOG_F_REAL } kind;
	struct str s;
	int64_t i;
	double d;
};
#define LOG_S(k, v) ((struct log_field){ .key = (k), .kind = LOG_F_STR, .s = (v) })
#define LOG_I(k, v) ((struct log_field){ .key = (k), .kind = LOG_F_INT, .i = (int64_t)(v) })
#define LOG_D(k, v) ((struct log_field){ .key = (k), .kind = LOG_F_REAL, .d = (v) })

void log_set_level(enum log_level min);
void log_set_fd(int fd);
void log_set_request(struct str id); /* this thread's request id, put in every line; copied, at most 63 bytes */
/* log_event(LOG_WARN, "mmdb refused", LOG_S("file", ...), LOG_I("size", ...)) */
#define log_event(level, msg, ...)                                                                                     \
	log_write((level), (msg), (const struct log_field[]){ { 0 }, ##__VA_ARGS__ },                                  \
	          sizeof((const struct log_field[]){ { 0 }, ##__VA_ARGS__ }) / sizeof(struct log_field))
void log_write(enum log_level level, const char *msg, const struct log_field *fields, size_t n); /* fields[0] is unused */

/* A broken invariant, or no memory: one line, then abort(). */
void die(const char *fmt, ...) __attribute__((noreturn, format(printf, 1, 2)));

#endif
