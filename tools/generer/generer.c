/*
 * generer: plausible content for the bench, and the questions put to it. A tool; tools/generer/base drives it.
 *     generer contenu SHEETS CATALYSTS SEED < STOCK     a psql script: COPY in batches, progress by \echo
 *     generer journal LINES SEED < STOCK                one path a line: what visitors would ask
 * STOCK, tab-separated: "W token" (the words of our own sheets, in their order), "T id type code population lon lat name"
 * (the territories), "M id scheme code" (the terms). The same stock and seed give the same bytes. Everything written is marked:
 * ref and slug begin with essai-, source_label says so. Exit status: 0, 1 (unreadable stock), 2 (usage).
 */
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "generer.h"

enum { BATCH = 20000, TERMS_MAX = 400, FIRST = 100001 };

static struct stock stock;

/* The sections a generated sheet of each kind has (a few of sheet_section's), and how common the kind is, in a hundred. */
static const struct {
	const char *type, *first, *second;
	unsigned share;
} kinds[] = {
	{ "exemple", "contexte", "resultats", 46 }, { "methode", "prerequis", "pieges", 20 }, { "outil", "usage", "deroule", 16 },
	{ "donnee", "indicateur", "lecture", 10 },  { "competence", "savoirs", "formation", 8 },
};
/* How many terms of a scheme a sheet carries at most; the first terms of a scheme are the commonest. */
static const struct {
	const char *scheme;
	unsigned most, none; /* none: out of a hundred */
} schemes[] = {
	{ "theme", 3, 5 },    { "odd", 3, 10 },       { "pratique", 2, 30 }, { "activite", 2, 50 },
	{ "parcours", 2, 40 }, { "profil", 3, 20 }, { "dispositif", 1, 80 }, { "modalite", 1, 60 },
};

static void
token_put(struct str t)
{
	fwrite(t.p, 1, t.n, stdout);
}

/* A few words in a row of one of our sheets: natural pairs, natural frequencies. */
static void
fragment_put(struct rng *r, unsigned words)
{
	size_t at = (size_t)rng_below(r, stock.nwords - words);
	for (unsigned i = 0; i < words; i++) {
		putchar(' ');
		token_put(stock.words[at + i]);
	}
}

/* One of some 50,000 made-up words, the first ones common: halves of two words of ours. */
static void
rare_put(struct rng *r)
{
	uint64_t rank = rng_zipf(r, 50000);
	struct rng own = { rank * 0x9E3779B97F4A7C15u + 7 };
	struct str head = stock_long_word(&stock, &own), tail = stock_long_word(&stock, &own);
	putchar(' ');
	fwrite(head.p, 1, utf8_cut(head, head.n / 2 + 1), stdout);
	size_t from = utf8_cut(tail, tail.n / 2);
	fwrite(tail.p + from, 1, tail.n - from, stdout);
}

static void
text_put(struct rng *r, unsigned words, struct str place)
{
	for (unsigned n = 0; n < words;) {
		unsigned more = 4 + (unsigned)rng_below(r, 9);
		fragment_put(r, more);
		n += more;
		if (rng_percent(r, 12))
			rare_put(r);
		if (rng_percent(r, 6)) {
			fputs(" à ", stdout);
			token_put(place);
		}
		putchar('.');
	}
}

static const struct territory *
place_of_sheet(struct rng *r)
{
	unsigned v = (unsigned)rng_below(r, 100);
	return v < 70 ? stock_place(&stock, r, COMMUNE) : v < 82 ? stock_place(&stock, r, EPCI)
	       : v < 92 ? stock_place(&stock, r, DEPARTEMENT) : v < 96 ? stock_place(&stock, r, REGION) : stock_place(&stock, r, PAYS);
}

static void
date_put(struct rng *r, unsigned from_days, unsigned over_days)
{
	/* Before the 1st of November 2026, in days; months of 28 days are near enough for a bench. */
	unsigned back = from_days + (unsigned)rng_below(r, over_days);
	printf("%u-%02u-%02u", 2026 - (back + 62) / 365, 12 - (back + 62) % 365 / 31, 1 + back % 28);
}

static void
sheet_put(uint64_t id, uint64_t seed, uint64_t structures)
{
	struct rng r = rng_of(seed, id, 1);
	unsigned kind = 0, v = (unsigned)rng_below(&r, 100);
	while (v >= kinds[kind].share)
		v -= kinds[kind++].share;
	const struct territory *place = place_of_sheet(&r);
	printf("%lu\tessai-%lu\t%s\tessai-%lu\tEssai", id, id, kinds[kind].type, id);
	fragment_put(&r, 2 + (unsigned)rng_below(&r, 5));
	if (rng_percent(&r, 40)) {
		fputs(" à ", stdout);
		token_put(place->name);
	}
	putchar('\t');
	fragment_put(&r, 8 + (unsigned)rng_below(&r, 16)); /* at most 24 words of ours: under 300 characters */
	printf("\t{\"%s\":\"", kinds[kind].first);
	text_put(&r, 30 + (unsigned)rng_below(&r, 60), place->name);
	printf("\",\"%s\":\"", kinds[kind].second);
	text_put(&r, 20 + (unsigned)rng_below(&r, 60), place->name);
	unsigned e = (unsigned)rng_below(&r, 100), state = (unsigned)rng_below(&r, 100);
	printf("\"}\t%d\t%s\t1\t", e < 45 ? 0 : e < 70 ? 1 : e < 90 ? 2 : e < 98 ? 3 : 4,
	       state < 97 ? "publiee" : state < 98 ? "a_actualiser" : "brouillon");
	if (rng_percent(&r, 70))
		printf("%lu", FIRST + rng_zipf(&r, structures));
	else
		fputs("\\N", stdout);
	fputs("\tContenu engendré pour un essai de charge\tsource\t2020-01-01\t", stdout);
	date_put(&r, 0, 2100);
	putchar('\t');
	if (rng_percent(&r, 60)) {
		date_put(&r, 0, 1400);
		fputs("\ttools/generer\t", stdout);
	} else {
		fputs("\\N\t\\N\t", stdout);
	}
	unsigned low = 1 + (unsigned)rng_below(&r, 4);
	if (rng_percent(&r, 70))
		printf("%u\t%u\n", low, low + (unsigned)rng_below(&r, 5 - low));
	else
		fputs("\\N\t\\N\n", stdout);
}

static void
territories_put(uint64_t id, uint64_t seed)
{
	struct rng r = rng_of(seed, id, 1);
	rng_below(&r, 100); /* the same place as the sheet's text names */
	const struct territory *first = place_of_sheet(&r);
	printf("%lu\t%u\n", id, first->id);
	r = rng_of(seed, id, 2);
	const struct territory *other = place_of_sheet(&r);
	if (rng_percent(&r, 15) && other != first && first->level != PAYS)
		printf("%lu\t%u\n", id, other->id);
}

static void
terms_put(uint64_t id, uint64_t seed, bool catalyst)
{
	struct rng r = rng_of(seed, id, 3);
	for (size_t i = 0; i < sizeof(schemes) / sizeof(*schemes) && (!catalyst || i < 3); i++) {
		const struct term *t;
		size_t n = stock_terms(&stock, schemes[i].scheme, &t);
		if (n == 0 || rng_percent(&r, schemes[i].none))
			continue;
		unsigned wanted = 1 + (unsigned)rng_below(&r, schemes[i].most), taken[4];
		for (unsigned k = 0; k < wanted; k++) {
			taken[k] = t[rng_zipf(&r, n)].id;
			bool again = false;
			for (unsigned j = 0; j < k; j++)
				again = again || taken[j] == taken[k];
			if (!again)
				printf("%lu\t%u\n", id, taken[k]);
		}
	}
}

static void
catalyst_put(uint64_t id, uint64_t seed)
{
	struct rng r = rng_of(seed, id, 4);
	bool commune = rng_percent(&r, 85);
	const struct territory *seat = stock_place(&stock, &r, commune ? COMMUNE : DEPARTEMENT);
	printf("%lu\tessai-c%lu\tessai-c%lu\tEssai", id, id, id);
	fragment_put(&r, 3);
	putchar('\t');
	fragment_put(&r, 15);
	printf("\tacteur\t%u\t%s\tSRID=4326;POINT(%s %s)\t%s\tContenu engendré pour un essai de charge\tsource\n", seat->id,
	       commune ? "commune" : "departement", seat->lon, seat->lat, rng_percent(&r, 3) ? "t" : "f");
}

static void
areas_put(uint64_t id, uint64_t seed)
{
	struct rng r = rng_of(seed, id, 5);
	const struct territory *taken[3];
	unsigned wanted = 1 + (unsigned)rng_below(&r, 3);
	for (unsigned k = 0; k < wanted; k++) {
		taken[k] = stock_place(&stock, &r, rng_percent(&r, 40) ? COMMUNE : rng_percent(&r, 60) ? EPCI : DEPARTEMENT);
		bool again = false;
		for (unsigned j = 0; j < k; j++)
			again = again || taken[j] == taken[k];
		if (!again)
			printf("%lu\t%u\n", id, taken[k]->id);
	}
}

static int
content(uint64_t sheets, uint64_t catalysts, uint64_t seed)
{
	uint64_t structures = sheets / 25 + 20;
	puts("copy structure (id, ref, name, origin, source_label) from stdin;");
	for (uint64_t i = 0; i < structures; i++)
		printf("%lu\tessai-s%lu\tStructure d'essai %lu\tsource\tContenu engendré pour un essai de charge\n", FIRST + i, FIRST + i, i + 1);
	puts("\\.");
	for (uint64_t from = 0; from < sheets; from += BATCH) {
		uint64_t to = from + BATCH < sheets ? from + BATCH : sheets;
		puts("copy sheet (id, ref, type, slug, title, summary, sections, evidence, state, version, structure_id, source_label,"
		     " origin, created_at, modified_at, verified_on, verified_by, maturity_min, maturity_max) from stdin;");
		for (uint64_t i = from; i < to; i++)
			sheet_put(FIRST + i, seed, structures);
		puts("\\.\ncopy sheet_territory (sheet_id, territory_id) from stdin;");
		for (uint64_t i = from; i < to; i++)
			territories_put(FIRST + i, seed);
		puts("\\.\ncopy sheet_term (sheet_id, term_id) from stdin;");
		for (uint64_t i = from; i < to; i++)
			terms_put(FIRST + i, seed, false);
		printf("\\.\n\\warn fiches: %lu / %lu\n", to, sheets);
	}
	for (uint64_t from = 0; from < catalysts; from += BATCH) {
		uint64_t to = from + BATCH < catalysts ? from + BATCH : catalysts;
		puts("copy catalyst (id, ref, slug, name, summary, kind, territory_id, seat_precision, point, national, source_label, origin)"
		     " from stdin;");
		for (uint64_t i = from; i < to; i++)
			catalyst_put(FIRST + i, seed);
		puts("\\.\ncopy catalyst_area (catalyst_id, territory_id) from stdin;");
		for (uint64_t i = from; i < to; i++)
			areas_put(FIRST + i, seed);
		puts("\\.\ncopy catalyst_term (catalyst_id, term_id) from stdin;");
		for (uint64_t i = from; i < to; i++)
			terms_put(FIRST + i, seed, true);
		printf("\\.\n\\warn catalyseurs: %lu / %lu\n", to, catalysts);
	}
	return 0;
}

static void
url_put(struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];
		if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-')
			putchar(c);
		else
			printf("%%%02X", c);
	}
}

static void
filter_put(struct rng *r, const char *name, char *sep)
{
	const struct term *t;
	size_t n = stock_terms(&stock, name, &t);
	if (n == 0)
		return;
	printf("%c%s=%s", *sep, name, t[rng_zipf(r, n)].code);
	*sep = '&';
}

/* Up to three filters, at most one of a name; a place six times in ten. */
static void
filters_put(struct rng *r, unsigned wanted, char *sep)
{
	static const char *const others[] = { "type", "theme", "odd", "pratique", "profil", "parcours", "preuve" };
	bool place = wanted > 0 && rng_percent(r, 60);
	if (place) {
		const struct territory *t = stock_place(&stock, r, rng_percent(r, 45) ? REGION : rng_percent(r, 80) ? DEPARTEMENT : COMMUNE);
		printf("%cterritoire=%s:%s", *sep, t->type, t->code);
		*sep = '&';
	}
	unsigned first = (unsigned)rng_zipf(r, 7);
	for (unsigned i = place; i < wanted; i++) {
		const char *name = others[(first + i) % 7];
		if (strcmp(name, "type") == 0) {
			printf("%ctype=%s", *sep, kinds[rng_zipf(r, 5)].type);
			*sep = '&';
		} else if (strcmp(name, "preuve") == 0) {
			static const char *const levels[] = { "documente", "evalue", "temoignage", "replique", "cite" };
			printf("%cpreuve=%s", *sep, levels[rng_zipf(r, 5)]);
			*sep = '&';
		} else {
			filter_put(r, name, sep);
		}
	}
}

static int
journal(uint64_t lines, uint64_t seed)
{
	for (uint64_t i = 0; i < lines; i++) {
		struct rng r = rng_of(seed, i, 6);
		unsigned what = (unsigned)rng_below(&r, 100), many = (unsigned)rng_below(&r, 100);
		char sep = '?';
		fputs(what < 55 ? "liste\t/fiches" : what < 85 ? "texte\t/fiches" : "proche\t/catalyseurs", stdout);
		if (what >= 85) {
			const struct territory *t = stock_place(&stock, &r, COMMUNE);
			printf("?lat=%s&lon=%s&tri=proximite", t->lat, t->lon);
		} else if (what < 55) {
			filters_put(&r, many < 15 ? 0 : many < 60 ? 1 : many < 88 ? 2 : 3, &sep);
			unsigned page = (unsigned)rng_below(&r, 100);
			if (page >= 88)
				printf("%cpage=%lu", sep, page < 99 ? 2 + rng_zipf(&r, 8) : 2 + rng_below(&r, 60));
		} else {
			unsigned words = many < 45 ? 1 : many < 82 ? 2 : 3;
			fputs("?q=", stdout);
			sep = '&';
			for (unsigned k = 0; k < words; k++) {
				if (k)
					putchar('+');
				if (k == 0 && rng_percent(&r, 8))
					url_put(stock_place(&stock, &r, COMMUNE)->name);
				else
					url_put(stock_asked_word(&stock, &r));
			}
			if (rng_percent(&r, 30))
				filters_put(&r, 1, &sep);
		}
		putchar('\n');
	}
	return 0;
}

int
main(int argc, char **argv)
{
	static char out[1 << 20];
	setvbuf(stdout, out, _IOFBF, sizeof(out));
	bool full = argc == 5 && strcmp(argv[1], "contenu") == 0, asked = argc == 4 && strcmp(argv[1], "journal") == 0;
	if (!full && !asked) {
		fputs("usage: generer contenu FICHES CATALYSEURS GRAINE | journal LIGNES GRAINE < STOCK\n", stderr);
		return 2;
	}
	if (!stock_read(&stock, stdin)) {
		fputs("generer: the stock has no word, no territory of a level, or no term\n", stderr);
		return 1;
	}
	uint64_t a = strtoull(argv[2], NULL, 10), b = strtoull(argv[3], NULL, 10);
	int status = full ? content(a, b, strtoull(argv[4], NULL, 10)) : journal(a, b);
	stock_release(&stock);
	return fflush(stdout) || ferror(stdout) ? 1 : status;
}
