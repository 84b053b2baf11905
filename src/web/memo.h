/*
 * memo: a bounded memory of rendered pieces, one a thread: string key -> bytes, for a few seconds. Layer 2.
 * What memo_get returns is a copy in the caller's arena. When full, the entry that ends soonest leaves. Never fails: without
 * memory a value is simply not kept.
 */
#ifndef WEB_MEMO_H
#define WEB_MEMO_H
#include "base/arena.h"

struct memo;

struct memo *memo_new(size_t max_entries, size_t max_bytes);
void memo_free(struct memo *m);
bool memo_get(struct memo *m, struct arena *a, struct str key, struct str *ret_value) MUST_CHECK; /* m NULL: false */
void memo_put(struct memo *m, struct str key, struct str value, int ttl_s); /* m NULL: nothing; replaces */
void memo_clear(struct memo *m);

#endif
