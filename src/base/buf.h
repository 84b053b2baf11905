/*
 * buf: a growing byte buffer in an arena. Layer 0. What buf_str returns lives as long as the arena and stays valid
 * until the next append. Appending never fails (see arena.h for what happens past the cap).
 */
#ifndef BASE_BUF_H
#define BASE_BUF_H
#include "base/arena.h"
#include <stdint.h>

struct buf {
	struct arena *arena;
	char *p;
	size_t n, cap;
};

void buf_init(struct buf *b, struct arena *a, size_t first); /* first: bytes reserved at once */
void buf_grow_mem(struct buf *b, const char *p, size_t n); /* buf_mem without room */
void buf_char(struct buf *b, char c);
void buf_fmt(struct buf *b, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void buf_int(struct buf *b, int64_t v); /* decimal */
struct str buf_str(const struct buf *b);

static inline void
buf_mem(struct buf *b, const char *p, size_t n)
{
	if (n > b->cap - b->n) {
		buf_grow_mem(b, p, n);
	} else if (n) {
		memcpy(b->p + b->n, p, n);
		b->n += n;
	}
}

static inline void
buf_put(struct buf *b, struct str s)
{
	buf_mem(b, s.p, s.n);
}

#define buf_lit(b, lit) buf_mem((b), "" lit, sizeof(lit) - 1)

#endif
