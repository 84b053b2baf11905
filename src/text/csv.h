/*
 * csv: reading and writing of tables. Layer 1.
 * Reading: RFC 4180 with the separator given; quotes may hold separators, newlines and doubled quotes. Cells are slices of the
 * text, or copies in the arena when they had quotes to undo; the array of cells is reused by the next row.
 * Writing: a cell that a spreadsheet would take for a formula (it begins with = + - @, a tab or a return) gets a leading
 * apostrophe; one that already begins with apostrophes and then such a sign gets one more, so that csv_plain undoes it exactly.
 */
#ifndef TEXT_CSV_H
#define TEXT_CSV_H
#include "base/buf.h"

struct csv {
	struct arena *arena;
	struct str rest;
	char separator;
	size_t line;       /* where the last row began; after CSV_BAD, where the fault is */
	size_t next_line_;
	struct str *cells_;
	size_t cap_;
};

enum csv_result { CSV_ROW, CSV_END, CSV_BAD }; /* BAD: a quote not closed, or followed by something else than a separator */

void csv_init(struct csv *c, struct arena *a, struct str text, char separator);
enum csv_result csv_next(struct csv *c, const struct str **ret_cells, size_t *ret_n) MUST_CHECK;

/* What a cell said before csv_cell made it harmless. */
struct str csv_plain(struct str cell);

/* Writing: csv_cell puts a separator unless first in its row; csv_end_row ends it with CR LF. */
struct csv_out {
	struct buf *b;
	char separator;
	bool started_;
};
void csv_cell(struct csv_out *o, struct str s);
void csv_cell_int(struct csv_out *o, int64_t v);
void csv_cell_real(struct csv_out *o, double v, int decimals); /* a decimal point; 0..9 decimals; empty when not finite */
void csv_end_row(struct csv_out *o);

#endif
