#include "base/fresh.h"

#include "base/metric.h"

#include <stdatomic.h>

static _Atomic uint64_t generations[NOUN_N];
static atomic_bool hearing;

const struct str noun_names[NOUN_N] = {
#define NOUN(name) { #name, sizeof(#name) - 1 },
	NOUN_TABLE
#undef NOUN
};

unsigned
fresh_nouns(struct str message)
{
	const char *colon = message.n ? memchr(message.p, ':', message.n) : NULL;
	struct str noun = { message.p, colon ? (size_t)(colon - message.p) : message.n };

	for (unsigned i = 0; i < NOUN_N; i++)
		if (str_eq(noun, noun_names[i]))
			return 1u << i;
	return OF_ALL; /* of a later version: whatever it may be */
}

/* Each only grows: their sum stays the same when none does. */
uint64_t
fresh_generation(unsigned nouns)
{
	uint64_t sum = 0;

	for (unsigned i = 0; i < NOUN_N; i++)
		if (nouns & 1u << i)
			sum += atomic_load_explicit(&generations[i], memory_order_acquire);
	return sum;
}

void
fresh_changed(unsigned nouns)
{
	for (unsigned i = 0; i < NOUN_N; i++)
		if (nouns & 1u << i) {
			atomic_fetch_add_explicit(&generations[i], 1, memory_order_release);
			metric_count(METRIC_kept_dropped);
		}
}

void
fresh_hears(bool up)
{
	atomic_store(&hearing, up);
}

bool
fresh_heard(void)
{
	return atomic_load_explicit(&hearing, memory_order_relaxed);
}
