/*
 * str: a slice of bytes, never owned by its holder.
 * Layer 0. Bytes are UTF-8 unless a function says otherwise; p may be NULL only when n is 0.
 * Distinct wrapper types (html, url, slug) keep distinct trust: mixing them does not compile.
 */
#ifndef BASE_STR_H
#define BASE_STR_H
#include <stdbool.h>
#include <stddef.h>
#include <string.h>

struct str {
	const char *p;
	size_t n;
};

/* Markup already escaped or produced by a template: the only type {{{x}}} accepts. */
struct html {
	const char *p;
	size_t n;
};

/* A URL already encoded, safe inside href="" once html-escaped: the only type href="{{x}}" accepts. */
struct url {
	const char *p;
	size_t n;
};

#define MUST_CHECK __attribute__((warn_unused_result))
#define STR(lit) ((struct str){ "" lit, sizeof(lit) - 1 })
#define STR_NONE ((struct str){ NULL, 0 })

static inline struct str
str_of(const char *z)
{
	return (struct str){ z, z ? strlen(z) : 0 };
}

/* v in decimal, at the end of room. */
#define STR_INT_ROOM 20 /* -9223372036854775808 */
static inline struct str
str_int(long long v, char room[STR_INT_ROOM])
{
	size_t at = STR_INT_ROOM;
	unsigned long long size = v < 0 ? -(unsigned long long)v : (unsigned long long)v;

	do
		room[--at] = (char)('0' + size % 10);
	while (size /= 10);
	if (v < 0)
		room[--at] = '-';
	return (struct str){ room + at, STR_INT_ROOM - at };
}

static inline bool
str_eq(struct str a, struct str b)
{
	return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

#endif
