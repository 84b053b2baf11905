/*
 * arena: the memory of one request (or one command). Layer 0.
 * The first block is kept between uses, later blocks are chained and freed by arena_reset; a hard cap is set at creation.
 * Going past the cap: arena_alloc jumps nowhere and never returns NULL; it marks the arena exhausted and hands out scratch
 * memory from an emergency block, zeroed, so that callers need no check; the gate tests arena_exhausted() before sending and
 * answers ERR_NO_MEMORY instead. A single allocation above the cap is served from a reserve that is freed on reset.
 * With -DARENA_MALLOC every allocation is a malloc of its own, so that AddressSanitizer sees inside.
 */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H
#include "base/str.h"

struct arena;

struct arena *arena_new(size_t first_block, size_t cap); /* bytes; die()s without memory */
void arena_free(struct arena *a);
void arena_reset(struct arena *a); /* runs cleanups last-in first-out, keeps the first block */
bool arena_exhausted(const struct arena *a);
size_t arena_used(const struct arena *a);

void *arena_alloc(struct arena *a, size_t n) __attribute__((malloc, returns_nonnull)); /* aligned to 16, zeroed */
void *arena_alloc_raw(struct arena *a, size_t n) __attribute__((malloc, returns_nonnull)); /* the same, not zeroed: for what is written at once */
#define arena_new_of(a, type) ((type *)arena_alloc((a), sizeof(type)))
#define arena_array(a, type, n) ((type *)arena_alloc_array((a), (n), sizeof(type)))
void *arena_alloc_array(struct arena *a, size_t n, size_t size) __attribute__((returns_nonnull)); /* checked product */
void arena_cleanup(struct arena *a, void (*fn)(void *), void *arg);

struct str arena_str(struct arena *a, struct str s);         /* a copy, NUL-terminated after n bytes */
char *arena_cstr(struct arena *a, struct str s);             /* a NUL-terminated copy */
/* Slices one after the other, NUL-terminated: what a page says by the hundred, and a format string would cost ten times more. */
struct str arena_join_all(struct arena *a, const struct str *parts, size_t n);
#define arena_join(a, ...)                                                                                             \
	arena_join_all((a), (const struct str[]){ __VA_ARGS__ }, sizeof((const struct str[]){ __VA_ARGS__ }) / sizeof(struct str))
struct str arena_fmt(struct arena *a, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

#endif
