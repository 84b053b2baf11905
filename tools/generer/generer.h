/*
 * generer.h: the stock that content is drawn from, and seeded draws. The stock owns its memory until stock_release.
 */
#ifndef GENERER_H
#define GENERER_H
#include "base/str.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

enum level { COMMUNE, EPCI, DEPARTEMENT, REGION, PAYS, LEVELS };

struct territory {
	unsigned id;
	enum level level;
	const char *type, *code, *lon, *lat;
	struct str name;
	uint64_t until; /* population of this one and of those before it in its level */
};
struct term {
	unsigned id;
	const char *scheme, *code;
};
struct stock {
	char *text;
	struct str *words, *asked; /* asked: the long words, once each, the commonest first */
	size_t nwords, nasked;
	struct territory *places[LEVELS];
	size_t nplaces[LEVELS];
	struct term *terms;
	size_t nterms;
};

struct rng {
	uint64_t state;
};
struct rng rng_of(uint64_t seed, uint64_t id, uint64_t stream);
uint64_t rng_next(struct rng *r);
uint64_t rng_below(struct rng *r, uint64_t n);
bool rng_percent(struct rng *r, unsigned percent);
uint64_t rng_zipf(struct rng *r, uint64_t n); /* 0..n-1, 0 the commonest */

bool stock_read(struct stock *s, FILE *f); /* false: not enough in it */
void stock_release(struct stock *s);
const struct territory *stock_place(const struct stock *s, struct rng *r, enum level level); /* by population */
size_t stock_terms(const struct stock *s, const char *scheme, const struct term **ret);
struct str stock_long_word(const struct stock *s, struct rng *r);
struct str stock_asked_word(const struct stock *s, struct rng *r);
size_t utf8_cut(struct str s, size_t at); /* the first boundary of a character from at on */

#endif
