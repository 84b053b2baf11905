#include "generer.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct rng
rng_of(uint64_t seed, uint64_t id, uint64_t stream)
{
	struct rng r = { seed };
	r.state = rng_next(&r) ^ id; /* hashed at each step: neighbours must not follow one another in the same sequence */
	r.state = rng_next(&r) ^ stream;
	r.state = rng_next(&r);
	return r;
}

/* splitmix64 (Sebastiano Vigna, public domain). */
uint64_t
rng_next(struct rng *r)
{
	uint64_t z = (r->state += 0x9E3779B97F4A7C15u);
	z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
	z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
	return z ^ (z >> 31);
}

uint64_t
rng_below(struct rng *r, uint64_t n)
{
	return rng_next(r) % n;
}

bool
rng_percent(struct rng *r, unsigned percent)
{
	return rng_below(r, 100) < percent;
}

/* P(rank <= k) = log(k + 1) / log(n + 1): a frequency of about 1 / rank. */
uint64_t
rng_zipf(struct rng *r, uint64_t n)
{
	double u = (double)(rng_next(r) >> 11) / 9007199254740992.0;
	uint64_t k = (uint64_t)(exp(u * log((double)n + 1)) - 1);
	return k < n ? k : n - 1;
}

size_t
utf8_cut(struct str s, size_t at)
{
	while (at < s.n && ((unsigned char)s.p[at] & 0xC0) == 0x80)
		at++;
	return at < s.n ? at : s.n;
}

static bool
long_word(struct str w)
{
	for (size_t i = 0; i < w.n; i++) {
		unsigned char c = (unsigned char)w.p[i];
		if (!((c >= 'a' && c <= 'z') || c >= 0xC3))
			if ((c & 0xC0) != 0x80)
				return false;
	}
	return w.n >= 6;
}

static int
compare_words(const void *a, const void *b)
{
	const struct str *x = a, *y = b;
	int c = memcmp(x->p, y->p, x->n < y->n ? x->n : y->n);
	return c ? c : (x->n > y->n) - (x->n < y->n);
}

struct counted {
	struct str word;
	size_t n;
};

static int
compare_counts(const void *a, const void *b)
{
	const struct counted *x = a, *y = b;
	return x->n != y->n ? (x->n < y->n) - (x->n > y->n) : compare_words(&x->word, &y->word);
}

/* The long words of the corpus, once each, the commonest first: what people type. */
static void
asked_fill(struct stock *s)
{
	struct str *sorted = malloc(s->nwords * sizeof(*sorted));
	struct counted *counted = malloc(s->nwords * sizeof(*counted));
	size_t n = 0, kept = 0;
	if (!sorted || !counted)
		abort();
	for (size_t i = 0; i < s->nwords; i++)
		if (long_word(s->words[i]))
			sorted[n++] = s->words[i];
	qsort(sorted, n, sizeof(*sorted), compare_words);
	for (size_t i = 0; i < n; i++) {
		if (kept == 0 || compare_words(&sorted[i], &counted[kept - 1].word))
			counted[kept++] = (struct counted){ sorted[i], 0 };
		counted[kept - 1].n++;
	}
	qsort(counted, kept, sizeof(*counted), compare_counts);
	for (size_t i = 0; i < kept; i++)
		sorted[i] = counted[i].word;
	free(counted);
	s->asked = sorted;
	s->nasked = kept;
}

static char *
whole(FILE *f)
{
	size_t n = 0, room = 1 << 22;
	char *p = malloc(room);
	while (p) {
		n += fread(p + n, 1, room - n - 1, f);
		if (n + 1 < room)
			break;
		char *more = realloc(p, room *= 2);
		if (!more)
			free(p);
		p = more;
	}
	if (!p)
		abort();
	p[n] = 0;
	return p;
}

static enum level
level_of(const char *type)
{
	static const char *const names[LEVELS] = { "commune", "epci", "departement", "region", "pays" };
	for (int i = 0; i < LEVELS; i++)
		if (strcmp(type, names[i]) == 0)
			return (enum level)i;
	return LEVELS; /* overseas collectivities: left out */
}

static void
place_add(struct stock *s, char *const *f)
{
	enum level l = level_of(f[2]);
	if (l == LEVELS)
		return;
	uint64_t before = s->nplaces[l] ? s->places[l][s->nplaces[l] - 1].until : 0;
	s->places[l][s->nplaces[l]++] = (struct territory){
		.id = (unsigned)strtoul(f[1], NULL, 10), .level = l, .type = f[2], .code = f[3], .lon = f[5], .lat = f[6],
		.name = str_of(f[7]), .until = before + strtoull(f[4], NULL, 10) + 1
	};
}

bool
stock_read(struct stock *s, FILE *f)
{
	*s = (struct stock){ .text = whole(f) };
	size_t lines = 0;
	for (const char *p = s->text; *p; p++)
		lines += *p == '\n';
	s->words = malloc((lines + 1) * sizeof(*s->words));
	s->terms = malloc((lines + 1) * sizeof(*s->terms));
	bool room = s->words && s->terms;
	for (int l = 0; l < LEVELS; l++)
		room = (s->places[l] = malloc((lines + 1) * sizeof(**s->places))) && room;
	if (!room)
		abort();
	char *next;
	for (char *line = s->text; *line; line = next) {
		char *f_[8], *p = line;
		int n = 0;
		next = strchr(line, '\n');
		next = next ? (*next = 0, next + 1) : line + strlen(line);
		while (n < 8 && p) {
			f_[n++] = p;
			if ((p = strchr(p, '\t')))
				*p++ = 0;
		}
		if (*f_[0] == 'W' && n == 2)
			s->words[s->nwords++] = str_of(f_[1]);
		else if (*f_[0] == 'T' && n == 8)
			place_add(s, f_);
		else if (*f_[0] == 'M' && n == 4)
			s->terms[s->nterms++] = (struct term){ (unsigned)strtoul(f_[1], NULL, 10), f_[2], f_[3] };
	}
	asked_fill(s);
	bool enough = s->nwords > 1000 && s->nasked > 100 && s->nterms > 0;
	for (int l = 0; l < LEVELS; l++)
		enough = enough && s->nplaces[l] > 0;
	return enough;
}

void
stock_release(struct stock *s)
{
	for (int l = 0; l < LEVELS; l++)
		free(s->places[l]);
	free(s->words);
	free(s->asked);
	free(s->terms);
	free(s->text);
}

const struct territory *
stock_place(const struct stock *s, struct rng *r, enum level level)
{
	const struct territory *p = s->places[level];
	size_t low = 0, high = s->nplaces[level] - 1;
	uint64_t v = rng_below(r, p[high].until);
	while (low < high) {
		size_t middle = (low + high) / 2;
		if (p[middle].until > v)
			high = middle;
		else
			low = middle + 1;
	}
	return &p[low];
}

/* The terms come in the order of their schemes. */
size_t
stock_terms(const struct stock *s, const char *scheme, const struct term **ret)
{
	size_t from = 0, n = 0;
	while (from < s->nterms && strcmp(s->terms[from].scheme, scheme) != 0)
		from++;
	while (from + n < s->nterms && strcmp(s->terms[from + n].scheme, scheme) == 0)
		n++;
	*ret = s->terms + from;
	return n;
}

struct str
stock_long_word(const struct stock *s, struct rng *r)
{
	return s->asked[rng_below(r, s->nasked)];
}

struct str
stock_asked_word(const struct stock *s, struct rng *r)
{
	return s->asked[rng_zipf(r, s->nasked)];
}
