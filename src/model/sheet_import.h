/*
 * sheet_import: sheets that come as a table (docs/import.md). Layer 3. Read (bytes -> lines, nothing asked of the database), then run: each line
 * is judged, and written when asked, by batches in the caller's transaction. What is wrong with a line is said by line and column, in
 * French; the other lines are taken. Everything lives in the arena given. Fails as the database does.
 */
#ifndef MODEL_SHEET_IMPORT_H
#define MODEL_SHEET_IMPORT_H
#include "base/buf.h"
#include "db/db.h"

enum import_outcome { IMPORT_REFUSED, IMPORT_ADDED, IMPORT_CHANGED, IMPORT_SAME, IMPORT_OUTCOMES };

struct import_column {
	struct str title;                 /* as the file says it */
	const struct import_field *field; /* NULL: unknown, or said twice */
	bool twice, computed;             /* computed: by the site; left aside */
};

struct import_row {
	size_t line;
	struct str *cells; /* one a column */
	enum import_outcome outcome;
	bool faulty; /* something is said of it */
	bool refused_before; /* by what is written in it: the database is not asked */
	struct str key, title;
	int64_t sheet;
	struct str *places; /* as written; found by the database */
	size_t nplaces;
};

struct import_fault {
	size_t line;
	struct str column, message; /* column: its title in the file; empty: the whole line */
	size_t order;
};

struct sheet_import {
	struct arena *arena;
	char separator;
	struct import_column *columns;
	size_t ncolumns;
	struct import_row *rows;
	size_t nrows;
	struct import_fault *faults; /* by line */
	size_t nfaults, faults_cap_;
	size_t counts[IMPORT_OUTCOMES];
};

struct import_options {
	struct str source;  /* its name; the keys of its lines begin with its slug */
	bool publish;       /* else the sheets wait for a review */
	int64_t espace;     /* where the sheets are placed; 0: nowhere */
	int64_t actor;      /* who does it; 0: the platform */
	bool act;           /* false: only says what would be done */
	struct str sum;     /* of the file, for the journal */
	void (*tick)(void *arg, size_t done, size_t total); /* may be NULL */
	void *tick_arg;
};

/* Empty, or why the file cannot be read at all: a French sentence. */
struct str sheet_import_read(struct sheet_import *m, struct arena *a, struct str text) MUST_CHECK;
enum err sheet_import_run(struct sheet_import *m, struct db *db, const struct import_options *o) MUST_CHECK;
/* The lines refused, as a file that can be mended and sent again, with what is wrong in a last column. */
void sheet_import_refused(const struct sheet_import *m, struct buf *b);
/* The number of an espace by its code, 0 when there is none. */
enum err sheet_import_espace(struct db *db, struct arena *a, struct str code, int64_t *ret) MUST_CHECK;

#endif
