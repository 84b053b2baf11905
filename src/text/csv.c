#include "text/csv.h"

void
csv_init(struct csv *c, struct arena *a, struct str text, char separator)
{
	*c = (struct csv){ .arena = a, .rest = text, .separator = separator, .line = 1, .next_ = 1 };
}

static size_t
plain_cell(struct csv *c, struct str s, size_t i, struct str *ret)
{
	size_t from = i;
	while (i < s.n && s.p[i] != c->separator && s.p[i] != '\n')
		i++;
	size_t end = i;
	if (end > from && s.p[end - 1] == '\r' && (i == s.n || s.p[i] == '\n'))
		end--;
	*ret = (struct str){ s.p + from, end - from };
	return i;
}

/* i is after the opening quote; SIZE_MAX when the quote is never closed. */
static size_t
quoted_cell(struct csv *c, struct str s, size_t i, struct str *ret)
{
	struct buf b;
	size_t from = i;
	bool copied = false;

	for (; i < s.n; i++) {
		if (s.p[i] == '\n')
			c->next_++;
		if (s.p[i] != '"')
			continue;
		if (i + 1 == s.n || s.p[i + 1] != '"')
			break;
		if (!copied)
			buf_init(&b, c->arena, i - from + 64);
		copied = true;
		buf_mem(&b, s.p + from, i + 1 - from);
		from = ++i + 1;
	}
	if (i >= s.n)
		return SIZE_MAX;
	if (copied) {
		buf_mem(&b, s.p + from, i - from);
		*ret = buf_str(&b);
	} else {
		*ret = (struct str){ s.p + from, i - from };
	}
	return i + 1;
}

enum csv_result
csv_next(struct csv *c, const struct str **ret_cells, size_t *ret_n)
{
	struct str s = c->rest, cells[CSV_CELLS_MAX];
	size_t n = 0, i = 0;

	if (s.n == 0)
		return CSV_END;
	c->line = c->next_;
	for (;;) {
		if (n == CSV_CELLS_MAX)
			return CSV_BAD;
		if (i < s.n && s.p[i] == '"') {
			i = quoted_cell(c, s, i + 1, &cells[n]);
			if (i == SIZE_MAX)
				return CSV_BAD;
			if (i < s.n && s.p[i] == '\r' && (i + 1 == s.n || s.p[i + 1] == '\n'))
				i++;
			if (i < s.n && s.p[i] != c->separator && s.p[i] != '\n')
				return CSV_BAD;
		} else {
			i = plain_cell(c, s, i, &cells[n]);
		}
		n++;
		if (i == s.n || s.p[i] == '\n')
			break;
		i++;
	}
	if (i < s.n) {
		i++;
		c->next_++;
	}
	c->rest = (struct str){ s.p + i, s.n - i };
	struct str *copy = arena_array(c->arena, struct str, n);
	memcpy(copy, cells, n * sizeof(*copy));
	*ret_cells = copy;
	*ret_n = n;
	return CSV_ROW;
}

static bool
is_number(struct str s)
{
	size_t digits = 0;
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] >= '0' && s.p[i] <= '9')
			digits++;
		else if (!(i == 0 && (s.p[i] == '-' || s.p[i] == '+')) && s.p[i] != '.' && s.p[i] != ',')
			return false;
	}
	return digits > 0;
}

void
csv_put(struct buf *b, struct str cell, char separator)
{
	bool risky = cell.n && memchr("=+-@\t\r", cell.p[0], 6) && !is_number(cell);
	bool quotes = risky;

	for (size_t i = 0; i < cell.n && !quotes; i++)
		quotes = cell.p[i] == separator || cell.p[i] == '"' || cell.p[i] == '\n' || cell.p[i] == '\r';
	if (!quotes) {
		buf_put(b, cell);
		return;
	}
	buf_char(b, '"');
	if (risky)
		buf_char(b, '\'');
	for (size_t i = 0; i < cell.n; i++) {
		if (cell.p[i] == '"')
			buf_char(b, '"');
		buf_char(b, cell.p[i]);
	}
	buf_char(b, '"');
}
