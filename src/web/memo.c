#include "web/memo.h"
#include "base/log.h"
#include <stdint.h>
#include <stdlib.h>
#include <time.h>

struct entry {
	uint64_t hash;
	char *bytes; /* key then value; NULL: free */
	size_t nkey, nvalue;
	int64_t since, ends; /* seconds of CLOCK_MONOTONIC */
	uint64_t generation; /* of its nouns, before it was read */
};

struct memo {
	size_t max_entries, max_bytes, bytes;
	struct entry entries[];
};

static int64_t
now_s(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC_COARSE, &t);
	return t.tv_sec;
}

static uint64_t
hash_of(struct str s)
{
	uint64_t h = 0xcbf29ce484222325u;

	for (size_t i = 0; i < s.n; i++)
		h = (h ^ (unsigned char)s.p[i]) * 0x100000001b3u;
	return h;
}

struct memo *
memo_new(size_t max_entries, size_t max_bytes)
{
	struct memo *m = calloc(1, sizeof(*m) + max_entries * sizeof(m->entries[0]));

	if (!m)
		die("memo: no memory");
	m->max_entries = max_entries;
	m->max_bytes = max_bytes;
	return m;
}

static void
entry_drop(struct memo *m, struct entry *e)
{
	if (!e->bytes)
		return;
	m->bytes -= e->nkey + e->nvalue;
	free(e->bytes);
	*e = (struct entry){ 0 };
}

void
memo_clear(struct memo *m)
{
	for (size_t i = 0; m && i < m->max_entries; i++)
		entry_drop(m, &m->entries[i]);
}

void
memo_free(struct memo *m)
{
	memo_clear(m);
	free(m);
}

static struct entry *
entry_find(struct memo *m, struct str key, uint64_t hash)
{
	for (size_t i = 0; i < m->max_entries; i++) {
		struct entry *e = &m->entries[i];
		if (e->bytes && e->hash == hash && e->nkey == key.n && memcmp(e->bytes, key.p, key.n) == 0)
			return e;
	}
	return NULL;
}

bool
memo_get(struct memo *m, struct arena *a, struct str key, unsigned nouns, struct str *ret_value, uint64_t *ret_before)
{
	*ret_before = fresh_generation(nouns);
	struct entry *e = m && key.n > 0 ? entry_find(m, key, hash_of(key)) : NULL;

	if (!e)
		return false;
	int64_t now = now_s();
	if (e->ends <= now || e->generation != *ret_before || (!fresh_heard() && now - e->since >= FRESH_UNHEARD_S)) {
		entry_drop(m, e);
		return false;
	}
	*ret_value = arena_str(a, (struct str){ e->bytes + e->nkey, e->nvalue });
	return true;
}

void
memo_put(struct memo *m, struct str key, struct str value, unsigned nouns, uint64_t before, int ttl_s)
{
	if (!m || before != fresh_generation(nouns) || key.n == 0 || ttl_s <= 0 || key.n + value.n > m->max_bytes / 4)
		return;
	uint64_t hash = hash_of(key);
	struct entry *e = entry_find(m, key, hash), *slot = NULL;
	if (e)
		entry_drop(m, e);
	for (;;) {
		struct entry *soonest = NULL;
		slot = NULL;
		for (size_t i = 0; i < m->max_entries; i++) {
			e = &m->entries[i];
			if (!e->bytes)
				slot = slot ? slot : e;
			else if (!soonest || e->ends < soonest->ends)
				soonest = e;
		}
		if (slot && m->bytes + key.n + value.n <= m->max_bytes)
			break;
		if (!soonest)
			return;
		entry_drop(m, soonest);
	}
	char *bytes = malloc(key.n + value.n);
	if (!bytes)
		return;
	memcpy(bytes, key.p, key.n);
	if (value.n)
		memcpy(bytes + key.n, value.p, value.n);
	*slot = (struct entry){ .hash = hash, .bytes = bytes, .nkey = key.n, .nvalue = value.n, .since = now_s(), .ends = now_s() + ttl_s, .generation = before };
	m->bytes += key.n + value.n;
}
