/*
 * search: what a question becomes when it finds nothing, and where its words stand. Layer 3. All lives in the arena given.
 */
#ifndef MODEL_SEARCH_H
#define MODEL_SEARCH_H
#include "model/sheet.h"

/* How many answer q. */
typedef enum err search_total(struct db *db, struct arena *a, const struct list_query *q, int64_t *ret);

/*
 * Whether the words of q find something: with its filters, what was found, or without any. It alone decides whether other words are looked for, never
 * filters: every list of these words is then of the same words, and the counts of one are the totals of the others.
 */
enum err search_alone(struct db *db, struct arena *a, const struct list_query *q, int64_t found, search_total *total, bool *ret) MUST_CHECK;

/* What to look for when the words of q find nothing; ret->instead is empty when they do, or when there is nothing to offer. */
enum err search_instead(struct db *db, struct arena *a, const struct list_query *q, int64_t found, search_total *total, struct search_note *ret) MUST_CHECK;

/* What to look for besides when few have all the words of q, found of its list: ret->wider is empty when they are not few, or when nothing would be added. As for
   search_instead(), the words alone decide. */
enum err search_wider(struct db *db, struct arena *a, const struct list_query *q, int64_t found, search_total *total, struct search_note *ret) MUST_CHECK;

/* Any of the words of q, as a question of its own; empty when it has one word, or says what is left out. Not for what is between quotes. */
struct str search_any(struct arena *a, struct str q);

/* What q found is little, and one of its words looks mistyped: note->meant is very near words which find more, as total tells; or it found nothing, by
   its filters alone: most of its words, which find something with them. Empty when there are none. Costs nothing when found is not little, or when
   other words were looked for already. */
enum err search_meant(struct db *db, struct arena *a, const struct list_query *q, int64_t found, search_total *total, struct search_note *note) MUST_CHECK;

/* The place that q names, others of that name, and the département and the région that contain it. n 0: q names none. */
struct search_places {
	const struct search_place *p; /* the place, the others, then what contains it */
	size_t n, others;
	struct str rest; /* "numérique" of "numérique à Lyon"; empty: nothing else */
	bool sure;       /* it can only be the place */
	bool known;      /* most know it, and mean it by that name */
	bool said;       /* so written that it is likely meant */
};
enum err search_places(struct db *db, struct arena *a, struct str q, struct search_places *ret) MUST_CHECK;
/* Places whose name q looks like, no word of it being French. */
enum err search_places_alike(struct db *db, struct arena *a, struct str q, struct search_places *ret) MUST_CHECK;
/* Whether something answers the rest of q in that place, the other filters kept. */
enum err search_place_has(struct db *db, struct arena *a, const struct list_query *q, const struct search_places *places, size_t i,
                          search_total *total, bool *ret) MUST_CHECK;

/* Says where the words looked for stand in each sheet of the list (found_summary, found_passage, found_facet); q as it was asked. */
enum err search_excerpts(struct db *db, struct arena *a, struct str q, struct sheet_list *list) MUST_CHECK;

/* What a question finds besides sheets, catalysts and territories. */
struct search_other {
	struct str part; /* "parcours", "rencontre"; "theme": one to offer, found or not */
	struct str code, title, note, day, url;
	int64_t total; /* of its part */
};
struct search_others {
	const struct search_other *p;
	size_t n;
};
enum err search_others(struct db *db, struct arena *a, struct str q, int64_t size, struct search_others *ret) MUST_CHECK;

/* What a question begun may become: the last word completed ("mot"), then sheets and catalysts. */
struct search_guess {
	struct str part; /* "mot", "fiche", "catalyseur" */
	int64_t id;
	struct str type, slug, label;
};
struct search_guesses {
	const struct search_guess *p;
	size_t n;
};
enum err search_suggest(struct db *db, struct arena *a, struct str q, struct search_guesses *ret) MUST_CHECK;

#endif
