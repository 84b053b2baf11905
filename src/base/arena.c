#include "base/arena.h"

#include "base/log.h"

#include <stdalign.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#define ALIGN 16
#define BLOCK_MIN 16384

struct block {
	struct block *next;
	size_t cap, used;
	alignas(ALIGN) char bytes[];
};

struct cleanup {
	struct cleanup *next;
	void (*fn)(void *);
	void *arg;
};

struct arena {
	struct block *first, *last;
	struct cleanup *cleanups;
	size_t first_cap, cap, used;
	bool exhausted;
};

static struct block *
block_new(size_t cap)
{
	struct block *b = malloc(sizeof(*b) + cap);
	if (!b)
		die("no memory for an arena block of %zu bytes", cap);
	b->next = NULL;
	b->cap = cap;
	b->used = 0;
	return b;
}

struct arena *
arena_new(size_t first_block, size_t cap)
{
	struct arena *a = calloc(1, sizeof(*a));
	if (!a)
		die("no memory for an arena");
	a->first_cap = first_block < BLOCK_MIN ? BLOCK_MIN : first_block;
	a->cap = cap;
	a->first = a->last = block_new(a->first_cap);
	return a;
}

static void
cleanups_run(struct arena *a)
{
	while (a->cleanups) {
		struct cleanup *c = a->cleanups;
		a->cleanups = c->next;
		c->fn(c->arg);
	}
}

static void
blocks_free(struct block *b)
{
	while (b) {
		struct block *next = b->next;
		free(b);
		b = next;
	}
}

void
arena_free(struct arena *a)
{
	if (!a)
		return;
	cleanups_run(a);
	blocks_free(a->first);
	free(a);
}

void
arena_reset(struct arena *a)
{
	cleanups_run(a);
	blocks_free(a->first->next);
	a->first->next = NULL;
	a->first->used = 0;
	a->last = a->first;
	a->used = 0;
	a->exhausted = false;
}

bool
arena_exhausted(const struct arena *a)
{
	return a->exhausted;
}

size_t
arena_used(const struct arena *a)
{
	return a->used;
}

void *
arena_alloc(struct arena *a, size_t n)
{
	return memset(arena_alloc_raw(a, n), 0, n);
}

void *
arena_alloc_raw(struct arena *a, size_t n)
{
	if (n > SIZE_MAX / 2)
		die("an arena was asked for %zu bytes", n);
	size_t need = (n + ALIGN - 1) / ALIGN * ALIGN;
	if (need == 0)
		need = ALIGN;
	a->used += need;
	/* Past the cap memory is still given, so that callers need no check; the gate sees the mark and answers 503. */
	if (a->used > a->cap)
		a->exhausted = true;
#ifdef ARENA_MALLOC
	size_t want = need;
	bool fits = false;
#else
	size_t want = need > BLOCK_MIN * 4 ? need : BLOCK_MIN * 4;
	bool fits = a->last->cap - a->last->used >= need;
#endif
	if (!fits) {
		struct block *b = block_new(want);
		a->last->next = b;
		a->last = b;
	}
	void *p = a->last->bytes + a->last->used;
	a->last->used += need;
	return p;
}

void *
arena_alloc_array(struct arena *a, size_t n, size_t size)
{
	size_t total;
	if (__builtin_mul_overflow(n, size, &total))
		die("an array of %zu x %zu bytes does not exist", n, size);
	return arena_alloc(a, total);
}

void
arena_cleanup(struct arena *a, void (*fn)(void *), void *arg)
{
	struct cleanup *c = arena_new_of(a, struct cleanup);
	*c = (struct cleanup){ a->cleanups, fn, arg };
	a->cleanups = c;
}

char *
arena_cstr(struct arena *a, struct str s)
{
	char *p = arena_alloc(a, s.n + 1);
	if (s.n)
		memcpy(p, s.p, s.n);
	return p;
}

struct str
arena_str(struct arena *a, struct str s)
{
	return (struct str){ arena_cstr(a, s), s.n };
}

struct str
arena_join_all(struct arena *a, const struct str *parts, size_t n)
{
	size_t total = 0;

	for (size_t i = 0; i < n; i++)
		total += parts[i].n;
	char *p = arena_alloc_raw(a, total + 1), *to = p;
	for (size_t i = 0; i < n; i++) {
		if (parts[i].n)
			memcpy(to, parts[i].p, parts[i].n);
		to += parts[i].n;
	}
	*to = '\0';
	return (struct str){ p, total };
}

struct str
arena_fmt(struct arena *a, const char *fmt, ...)
{
	va_list ap, again;
	va_start(ap, fmt);
	va_copy(again, ap);
	char text[256]; /* most are shorter: formatted once */
	int n = vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	if (n < 0)
		die("a format string is broken: %s", fmt);
	char *p = arena_alloc_raw(a, (size_t)n + 1);
	if ((size_t)n < sizeof(text))
		memcpy(p, text, (size_t)n + 1);
	else
		vsnprintf(p, (size_t)n + 1, fmt, again);
	va_end(again);
	return (struct str){ p, (size_t)n };
}
