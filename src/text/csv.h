/*
 * csv: RFC 4180 with a separator of choice, read and written. Layer 1.
 * Cells read live in the arena; a quoted cell may hold separators, doubled quotes and line ends. Lines end with LF or CRLF.
 */
#ifndef TEXT_CSV_H
#define TEXT_CSV_H
#include "base/buf.h"

#define CSV_CELLS_MAX 512 /* cells of one row; more is CSV_BAD */

enum csv_result {
	CSV_ROW,
	CSV_END,
	CSV_BAD /* a quote never closed, text after a closing quote, too many cells; csv.line says where */
};

struct csv {
	struct arena *arena;
	struct str rest;
	char separator;
	size_t line;  /* of the row just read, from 1 */
	size_t next_; /* of the row to come */
};

void csv_init(struct csv *c, struct arena *a, struct str text, char separator);
/* *ret_cells belongs to the arena; untouched unless CSV_ROW. An empty line is a row of one empty cell. */
enum csv_result csv_next(struct csv *c, const struct str **ret_cells, size_t *ret_n) MUST_CHECK;

/* One cell, quoted when needed. A text that a spreadsheet would run (= + - @, tab or CR first) gets an apostrophe in front;
 * plain numbers such as -12,5 are left alone. The caller writes separators and line ends. */
void csv_put(struct buf *b, struct str cell, char separator);

#endif
