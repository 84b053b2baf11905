/*
 * sheet_import_field: the columns a table of sheets may have, what a cell of each may hold, and the line as the database reads it. Layer 3,
 * private to sheet_import*.c. Names are compared as slugs: "Résumé" is resume.
 */
#ifndef MODEL_SHEET_IMPORT_FIELD_H
#define MODEL_SHEET_IMPORT_FIELD_H
#include "model/sheet_import.h"
#include "text/json_out.h"

enum import_kind {
	IMPORT_KEY, IMPORT_REF, IMPORT_NUMBER, IMPORT_TYPE, IMPORT_TEXT /* arg: the member of content */, IMPORT_EVIDENCE, IMPORT_LANGUAGE,
	IMPORT_SOURCE /* arg: the member of source */, IMPORT_PLACES, IMPORT_PLACE_TYPE, IMPORT_PLACE_CODE, IMPORT_PLACE_NAME, IMPORT_NATIONAL,
	IMPORT_TERMS /* arg: the scheme; empty: "scheme:term" */, IMPORT_MATURITY, IMPORT_STRUCTURE, IMPORT_SECTION /* arg: its key */, IMPORT_COMPUTED
};

struct import_field {
	const char *name;    /* what messages of the database call it */
	const char *aliases; /* slugs, "a|b" */
	enum import_kind kind;
	const char *arg;
	int min, max; /* characters; 0: not said */
};

struct import_term {
	struct str scheme, code, slug; /* slug: of its label */
};
struct import_terms {
	const struct import_term *p;
	size_t n;
};

const struct import_field *import_field_find(struct str slug); /* NULL: none */
struct str import_places_title(const struct sheet_import *m);   /* of the column that holds the places, for messages */
void import_say(struct sheet_import *m, struct import_row *r, struct str column, const char *fmt, ...) __attribute__((format(printf, 4, 5)));
/* Sets the key and the places of the line; what is wrong is said, and the line refused. */
void import_row_check(struct sheet_import *m, struct import_row *r, const struct import_options *o, const struct import_terms *terms);
/* The line, as private.import_lines reads it; codes: of its places. */
void import_row_json(const struct sheet_import *m, const struct import_row *r, size_t n, const struct str *codes, struct json_out *j);

#endif
