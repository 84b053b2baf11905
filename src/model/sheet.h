/*
 * sheet: a sheet of M.E.D.O.C., alone or in a list. Layer 3: SQL in, structs out, never HTML. All lives in the arena given.
 */
#ifndef MODEL_SHEET_H
#define MODEL_SHEET_H
#include "model/attachment.h"
#include "model/list_query.h"

/* The five kinds and the five levels of evidence, as everyone names them. */
struct sheet_kind {
	const char *code, *letter, *name, *plural, *what;
};
extern const struct sheet_kind SHEET_KINDS[5];
const struct sheet_kind *sheet_kind_of(struct str code); /* never NULL: the first for an unknown code */
extern const char *const SHEET_EVIDENCE_CODES[5], *const SHEET_EVIDENCE_NAMES[5];

struct sheet_card { /* a row of a list */
	int64_t id, version;
	struct str type, slug, title, summary, origin;
	int evidence;
	struct str verified_on, created_at, modified_at, licence, language;
	bool here;     /* in one of the territories asked for */
	bool national; /* valid everywhere */
	struct place_ref place;
	struct str place_of; /* "de Felletin"; set by sheet_nearest */
	struct point point; /* of that place */
	struct str ref, source_label, source_url;
	bool has_distance;
	double distance_km;
	struct str found_summary, found_passage; /* set by search_excerpts: where the words stand, see text/excerpt.h */
	struct str found_facet;                  /* ... and what found_passage is when it is no passage: a facet, or "acteur" */
};

struct sheet_list {
	struct facet_counts facets;
	const struct sheet_card *p;
	size_t n;
};

enum err sheet_search(struct db *db, struct arena *a, const struct list_query *q, struct sheet_list *ret) MUST_CHECK;
/* How many sheets q has by its words, as they are. */
enum err sheet_total(struct db *db, struct arena *a, const struct list_query *q, int64_t *ret) MUST_CHECK;
/* When list, which answers q, is short and its words look mistyped: list->facets.search.meant is what would make a longer one. */
enum err sheet_meant(struct db *db, struct arena *a, const struct list_query *q, struct sheet_list *list) MUST_CHECK;
/* The nearest to a territory by the places they name; has_distance and place_of are set. */
enum err sheet_nearest(struct db *db, struct arena *a, int64_t territory_id, int64_t n, struct sheet_list *ret) MUST_CHECK;
/* Whether the base is large: then what reads every sheet takes too long (docs/design/echelle.md). */
enum err sheet_base_wide(struct db *db, struct arena *a, bool *ret) MUST_CHECK;

struct sheet_step {
	struct str title, duration, text, tools;
};
struct sheet_value {
	struct str label, value, unit, year, territory;
};
struct sheet_section {
	struct str key, label, text; /* text: Markdown */
};

/* What hangs on a sheet: see sheet_parts.sql for the meaning of each field by part. */
struct sheet_part {
	struct str part, scheme, code, slug, label, url, note, date, origin, who;
	struct point point; /* of a place */
	int64_t n;
};

struct sheet {
	int64_t id, version, source_year, maturity_min, maturity_max;
	struct str ref, type, slug, title, summary, licence, language, state, origin, structure;
	struct str source_label, source_url, source_publisher, verified_on, created_at, modified_at;
	int evidence;
	struct str sections_json;
	const struct sheet_section *sections; /* text sections, in the order of their kind */
	size_t nsections;
	const struct sheet_step *steps;
	size_t nsteps;
	struct str steps_prose; /* an example may tell its steps in one text: then it has no steps */
	const struct sheet_value *values;
	size_t nvalues;
	const struct sheet_part *parts;
	size_t nparts;
};

/* ERR_NOT_FOUND; ERR_GONE for a sheet that was public and is no more. */
enum err sheet_find(struct db *db, struct arena *a, int64_t id, struct sheet *ret) MUST_CHECK;
/* The same in any state: for who has checked what may be shown. ERR_NOT_FOUND. */
enum err sheet_find_any(struct db *db, struct arena *a, int64_t id, struct sheet *ret) MUST_CHECK;
/* The row of a list that this sheet would be: its place is its first territory, the nation last. */
struct sheet_card sheet_card_of(const struct sheet *s);
/* Reads sections_json, whose keys are those of s->type: sections, steps and values. */
void sheet_sections_read(struct arena *a, struct sheet *s);
/* The sections of a kind of sheet, in the order of the page, without text: from *at 0 until it says false. */
bool sheet_section_at(struct str type, size_t *at, struct sheet_section *ret);
/* The name of a part that is an author: « contributeur supprimé » when they are gone. */
struct str sheet_author_name(const struct sheet_part *p);
/* A part that is a file, as attachment_public_list gives it. */
struct attachment sheet_attachment(const struct sheet_part *p);
/* The text of a section, empty when absent. */
struct str sheet_text(const struct sheet *s, const char *key);

#endif
