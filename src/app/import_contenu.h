/*
 * import_contenu: the reference content, from files to rows. Layer 5 (app), private to import_contenu*.c.
 * Everything read lives in the command's arena. Three steps: read (files -> records), check (every message says
 * file:line, nothing is written), write (one transaction, one statement a record, each answers added, changed or same).
 */
#ifndef APP_IMPORT_CONTENU_H
#define APP_IMPORT_CONTENU_H
#include "app/cmd.h"

enum content_kind { CONTENT_SCHEME, CONTENT_TERM, CONTENT_STRUCTURE, CONTENT_CATALYST, CONTENT_EVENT, CONTENT_ESPACE,
	            CONTENT_ESPACE_LINK, CONTENT_ESPACE_BLOCK, CONTENT_SYNONYM, CONTENT_COMPASS, CONTENT_SHEET, CONTENT_PARCOURS, CONTENT_RESOURCE,
	            CONTENT_TERM_LINK, CONTENT_TEXT, CONTENT_KINDS };

enum content_type {
	CT_TEXT, CT_SLUG, CT_URL, CT_DATE, CT_TIME, CT_INT, CT_BOOL,
	CT_CHOICE,     /* one of arg, "a|b" */
	CT_TERRITORY,  /* type:code, or national */
	CT_TERRITORIES,
	CT_TERMS,      /* codes of the scheme arg */
	CT_REFS,       /* refs of the kind arg[0], each optionally ref:role */
	CT_REF,        /* one of them */
	CT_RANGE,      /* 2 or 1-3, of maturity */
	CT_LINES,      /* may come several times: a line each */
	CT_SOURCE      /* label ; url ; publisher ; year (sheets) */
};

/* One column or key: what it holds, whether it must be filled. The name is also its key in the JSON given to the statement. */
struct content_field {
	const char *name;
	enum content_type type;
	bool required;
	const char *arg;
	int max; /* characters, 0: no limit */
};

struct content_value {
	const struct content_field *field;
	struct str text; /* trimmed */
	int line;
};

struct content_section {
	struct str key, text;
	int line;
};

struct content_record {
	enum content_kind kind;
	const char *file; /* as given in messages: "fiches/m-x.md" */
	int line;
	struct content_value *values;
	size_t nvalues;
	struct content_section *sections; /* of a sheet; of a parcours, its steps */
	size_t nsections;
};

struct content {
	struct cmd *cmd;
	struct content_record *records; /* by kind, then in the order of the files */
	size_t n, cap;
	size_t errors; /* messages said so far */
};

struct content_file {
	const char *path; /* under the folder */
	const struct content_field *fields;
	const char *one, *many; /* French, for the report */
};
extern const struct content_file content_files[CONTENT_KINDS];

/* Reads every file of the folder; errors are counted in content. ERR_IO when the folder itself cannot be read. */
enum err content_read(struct content *c, const char *dir) MUST_CHECK;
/* Values, references between records, sections of each kind. Counts in content. */
void content_check(struct content *c);
/* The types of territory that the base does not know are errors too. */
enum err content_check_territories(struct content *c) MUST_CHECK;
/* The record as the JSON object that its statement reads; sections included. */
struct str content_json(struct content *c, const struct content_record *r);

/* A step of a parcours: "### Titre | sorte [référence] ; minutes ; durée", then its text. false: *ret_why is a French sentence. */
struct content_step {
	struct str title, kind, ref, body;
	int64_t minutes, since;
};
bool content_step_read(struct arena *a, const struct content_section *s, struct content_step *ret, const char **ret_why) MUST_CHECK;

void content_error(struct content *c, const char *file, int line, const char *fmt, ...)
	__attribute__((format(printf, 4, 5)));
struct str content_get(const struct content_record *r, const char *name); /* first value, or empty */
/* The next item of a list cut at `sep` (comma or bar), trimmed; false at the end. */
bool content_item(struct str *rest, struct str *ret_item);
struct str content_trim(struct str s);

#endif
