/*
 * memo: a bounded memory of rendered pieces, one a thread: string key -> bytes, for a few seconds. Layer 2.
 * What memo_get returns is a copy in the caller's arena. When full, the entry that ends soonest leaves. Never fails: without
 * memory a value is simply not kept. An entry is of some nouns (base/fresh.h) and is gone when one of them changes; a process that hears of no
 * change keeps nothing more than FRESH_UNHEARD_S. *ret_before, taken before what is kept was read, tells what changed meanwhile.
 */
#ifndef WEB_MEMO_H
#define WEB_MEMO_H
#include "base/arena.h"
#include "base/fresh.h"

struct memo;

struct memo *memo_new(size_t max_entries, size_t max_bytes);
void memo_free(struct memo *m);
/* m NULL: false. *ret_before, the generation of the nouns, goes to memo_put. */
bool memo_get(struct memo *m, struct arena *a, struct str key, unsigned nouns, struct str *ret_value, uint64_t *ret_before) MUST_CHECK;
void memo_put(struct memo *m, struct str key, struct str value, unsigned nouns, uint64_t before, int ttl_s); /* m NULL: nothing; replaces */
void memo_clear(struct memo *m);

#endif
