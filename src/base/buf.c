#include "base/buf.h"

#include <stdarg.h>
#include <stdio.h>

void
buf_init(struct buf *b, struct arena *a, size_t first)
{
	*b = (struct buf){ .arena = a, .cap = first };
	if (first)
		b->p = arena_alloc_raw(a, first);
}

static void
buf_room(struct buf *b, size_t more)
{
	if (b->cap - b->n >= more)
		return;
	size_t cap = b->cap ? b->cap : 256;
	while (cap - b->n < more)
		cap *= 2;
	char *p = arena_alloc_raw(b->arena, cap);
	if (b->n)
		memcpy(p, b->p, b->n);
	b->p = p;
	b->cap = cap;
}

void
buf_grow_mem(struct buf *b, const char *p, size_t n)
{
	buf_room(b, n);
	memcpy(b->p + b->n, p, n);
	b->n += n;
}

void
buf_char(struct buf *b, char c)
{
	buf_mem(b, &c, 1);
}

void
buf_int(struct buf *b, int64_t v)
{
	char room[STR_INT_ROOM];
	buf_put(b, str_int(v, room));
}

void
buf_fmt(struct buf *b, const char *fmt, ...)
{
	va_list ap, again;
	va_start(ap, fmt);
	va_copy(again, ap);
	int n = vsnprintf(b->p ? b->p + b->n : NULL, b->cap - b->n, fmt, ap);
	va_end(ap);
	if (n > 0) {
		if ((size_t)n >= b->cap - b->n) { /* it did not fit: once more, with room */
			buf_room(b, (size_t)n + 1);
			vsnprintf(b->p + b->n, (size_t)n + 1, fmt, again);
		}
		b->n += (size_t)n;
	}
	va_end(again);
}

struct str
buf_str(const struct buf *b)
{
	return (struct str){ b->p, b->n };
}
