/*
 * figure_import: figures that come as a table (docs/observatoire.md). Layer 3. Read (bytes -> lines, nothing asked of the database), then run:
 * each line is judged and written by the database, in the caller's transaction, which undoes it for a dry run: a dry run cannot
 * differ. What is wrong with a line is said by line and column, in French; the other lines are taken. Everything lives in the arena given.
 */
#ifndef MODEL_FIGURE_IMPORT_H
#define MODEL_FIGURE_IMPORT_H
#include "db/db.h"
#include "text/figure_csv.h"

enum figure_outcome { FIGURE_REFUSED, FIGURE_ADDED, FIGURE_CHANGED, FIGURE_SAME, FIGURE_OUTCOMES };

struct figure_remark {
	size_t line;
	struct str column, message; /* column empty: the whole line */
};

struct figure_import {
	struct arena *arena;
	struct figure_csv csv;
	struct figure_row *rows;
	size_t nrows;
	struct figure_remark *remarks; /* by line */
	size_t nremarks, remarks_cap_;
	bool reference; /* the content that comes with the program: what editors changed stays as it is */
	size_t indicators[FIGURE_OUTCOMES], figures[FIGURE_OUTCOMES]; /* refused: lines, counted once, under figures */
};

typedef void figure_tick(void *arg, size_t done, size_t total);

/* Empty, or why the file cannot be read at all: a French sentence. */
struct str figure_import_read(struct figure_import *m, struct arena *a, struct str text) MUST_CHECK;
/* tick may be NULL. Fails as the database does; a line refused is no failure. */
enum err figure_import_run(struct figure_import *m, struct db *db, figure_tick *tick, void *tick_arg) MUST_CHECK;

#endif
