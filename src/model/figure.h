/*
 * figure: the Observatoire: indicators (what was asked, of whom) and the figures published, place by place. Layer 3. All lives in the arena
 * given. A figure is never without its question, who was asked, its place and its source; its year may be unknown, and is then said so.
 */
#ifndef MODEL_FIGURE_H
#define MODEL_FIGURE_H
#include "model/list_query.h"
#include "model/sheet.h"

struct indicator {
	int64_t id, position, figures, places;
	struct str code, label, topic, definition, unit, unit_label, question, asked, method, limits, reading, producer, origin, modified_at;
	struct str terms, term_labels, sheets; /* "profil:association|odd:17", their labels in the same order, "d-occitanie" */
};
struct indicators {
	const struct indicator *p;
	size_t n;
};

struct figure {
	int64_t id;
	struct str indicator, label, unit; /* of its indicator */
	struct place_ref place;
	struct str place_in; /* "en Occitanie" */
	bool overseas;
	int64_t year_from, year_to; /* 0: the source, as read, does not say */
	struct str population, answer;
	double value, low, high;
	bool has_low, has_high;
	int64_t numerator, denominator, sample; /* -1: not known */
	struct str source_label, source_url, publisher, licence, note, reported, modified_at;
	int64_t rank;
	int depth; /* figure_list_of_territory: 0 this very place, else what contains it; 4 the nation for a commune */
};
struct figures {
	const struct figure *p;
	size_t n;
};

struct indicator_query {
	struct strs themes, profils;
	struct str territory; /* "region:76": those with a figure about it, or about what contains it but for the nation; empty: all */
};
enum err indicator_list(struct db *db, struct arena *a, const struct indicator_query *q, struct indicators *ret) MUST_CHECK;
enum err indicator_find(struct db *db, struct arena *a, struct str code, struct indicator *ret) MUST_CHECK; /* ERR_NOT_FOUND */

/* The questions that a sheet tells: code and label only. */
enum err indicator_of_sheet(struct db *db, struct arena *a, int64_t sheet, struct indicators *ret) MUST_CHECK;

struct indicator_part { /* a sheet that tells it ("fiche"), or a term ("terme") */
	struct str part, scheme, code, slug, label, summary; /* scheme of a sheet: its kind */
	int64_t id;
};
struct indicator_parts {
	const struct indicator_part *p;
	size_t n;
};
enum err indicator_parts_find(struct db *db, struct arena *a, int64_t id, struct indicator_parts *ret) MUST_CHECK;

/* Of one indicator, or of all when code is empty; at most so many of each. The nation first, then by place and year. */
enum err figure_list(struct db *db, struct arena *a, struct str code, int64_t most, struct figures *ret) MUST_CHECK;
/* What is published about a territory and about those that contain it, the closest first; n 0: nothing at all. */
enum err figure_list_of_territory(struct db *db, struct arena *a, int64_t territory_id, struct figures *ret) MUST_CHECK;

/* Words, the same on every page: "76 %", "1 200 000 partenariats"; "2015-2016", "année non précisée"; "publié en novembre 2021". */
struct str figure_value_words(struct arena *a, double value, struct str unit);
struct str figure_year_words(struct arena *a, const struct figure *f);
struct str figure_reported_words(struct arena *a, struct str reported); /* empty when it is not known */

/* For those in charge, on a read-write connection: hidden ones too. A change answers '' or why not, and is written in the journal. */
struct indicator_kept {
	struct str code, label, topic, modified_on;
	int64_t figures;
	bool published;
};
struct indicators_kept {
	const struct indicator_kept *p;
	size_t n;
};
enum err indicator_admin(struct db *db, struct arena *a, struct indicators_kept *ret) MUST_CHECK;
enum err indicator_show(struct db *db, struct arena *a, int64_t actor, struct str code, bool shown, struct str *ret_why) MUST_CHECK;
enum err figure_drop(struct db *db, struct arena *a, int64_t actor, struct str code, int64_t figure, struct str *ret_why) MUST_CHECK;

#endif
