/*
 * work_content: the text of a sheet being written, as a value: from the JSON kept in the base, and back. Layer 3, pure: no statement.
 * Anything may be missing. What belongs to another kind of sheet than the present one is kept aside ("autres"), so that a change of
 * kind loses no word. All lives in the arena given. Nothing fails: what cannot be read is empty.
 */
#ifndef MODEL_WORK_CONTENT_H
#define MODEL_WORK_CONTENT_H
#include "model/sheet.h"

enum {
	WORK_TITLE_MAX = 200,
	WORK_SUMMARY_MAX = 300,
	WORK_SECTION_MAX = 20000, /* characters of one section or step */
	WORK_STEPS_MAX = 40,
	WORK_VALUES_MAX = 60,
	WORK_TERRITORIES_MAX = 40,
	WORK_TERMS_MAX = 80
};

struct work_content {
	struct str type, title, summary, licence, language; /* type empty: not chosen yet */
	int evidence;              /* 0..4; -1: not said */
	const struct sheet_section *sections; /* key and text, of any kind of sheet; labels are not set */
	size_t nsections;
	struct str steps_prose;    /* an example told in one go */
	const struct sheet_step *steps;
	size_t nsteps;
	const struct sheet_value *values;
	size_t nvalues;
	struct strs territories;   /* "commune:97410" */
	struct strs terms;         /* "theme:lien-social-inclusion" */
	struct str places;         /* what was typed of a place that was not recognised yet */
	struct str source_label, source_url, source_publisher, source_year;
	int maturity_min, maturity_max; /* 1..4; 0: not said */
	int64_t inspired_by;       /* number of a sheet; 0: none */
};

struct work_content work_content_read(struct arena *a, struct str json);
struct str work_content_write(struct arena *a, const struct work_content *c);

/* What is written under a key of the sections: "duree"; empty when there is none. */
struct str work_content_section(const struct work_content *c, struct str key);
/* The kinds of a section: whether a sheet of that type has it. */
bool work_content_has(struct str type, struct str key);

/* One field after the other, in the order of the form, as text to be compared and shown: "titre", "Titre", "La place". */
struct work_field {
	struct str key, label, text;
};
/* *ret_n of them, those that are empty too; the same keys in the same order for any content of the same kind. */
const struct work_field *work_content_fields(struct arena *a, const struct work_content *c, struct str type, size_t *ret_n);

/* The sheet it would be, to be shown; parts are not set. */
struct sheet work_content_sheet(struct arena *a, const struct work_content *c, int64_t id);

#endif
