#include "text/csv.h"

#include <math.h>

void
csv_init(struct csv *c, struct arena *a, struct str text, char separator)
{
	*c = (struct csv){ .arena = a, .rest = text, .separator = separator, .line = 1, .next_line_ = 1 };
}

static void
cell_add(struct csv *c, size_t n, struct str cell)
{
	if (n == c->cap_) {
		size_t cap = c->cap_ ? c->cap_ * 2 : 32;
		struct str *more = arena_array(c->arena, struct str, cap);
		if (n)
			memcpy(more, c->cells_, n * sizeof(*more));
		c->cells_ = more;
		c->cap_ = cap;
	}
	c->cells_[n] = cell;
}

static void
skip(struct csv *c, size_t n)
{
	c->rest.p += n;
	c->rest.n -= n;
}

/* The length of the newline at the start of s: 0, 1 or 2. */
static size_t
newline(struct str s)
{
	if (s.n && s.p[0] == '\n')
		return 1;
	return s.n >= 2 && s.p[0] == '\r' && s.p[1] == '\n' ? 2 : s.n == 1 && s.p[0] == '\r';
}

/* After the opening quote. */
static bool
quoted(struct csv *c, struct str *ret)
{
	size_t i = 0, doubled = 0;

	for (; i < c->rest.n; i++) {
		if (c->rest.p[i] == '\n')
			c->next_line_++;
		if (c->rest.p[i] != '"')
			continue;
		if (i + 1 < c->rest.n && c->rest.p[i + 1] == '"')
			i++, doubled++;
		else
			break;
	}
	if (i == c->rest.n)
		return false;
	*ret = (struct str){ c->rest.p, i };
	if (doubled) {
		char *copy = arena_alloc(c->arena, i);
		size_t n = 0;
		for (size_t k = 0; k < i; k++) {
			copy[n++] = c->rest.p[k];
			k += c->rest.p[k] == '"';
		}
		*ret = (struct str){ copy, n };
	}
	skip(c, i + 1);
	return true;
}

enum csv_result
csv_next(struct csv *c, const struct str **ret_cells, size_t *ret_n)
{
	size_t n = 0;

	*ret_n = 0;
	c->line = c->next_line_;
	if (c->rest.n == 0)
		return CSV_END;
	for (;;) {
		struct str cell;
		if (c->rest.n && c->rest.p[0] == '"') {
			skip(c, 1);
			if (!quoted(c, &cell))
				return CSV_BAD;
			if (c->rest.n && c->rest.p[0] != c->separator && !newline(c->rest)) {
				c->line = c->next_line_;
				return CSV_BAD;
			}
		} else {
			size_t i = 0;
			while (i < c->rest.n && c->rest.p[i] != c->separator && !newline((struct str){ c->rest.p + i, c->rest.n - i }))
				i++;
			cell = (struct str){ c->rest.p, i };
			skip(c, i);
		}
		cell_add(c, n++, cell);
		if (c->rest.n == 0 || c->rest.p[0] != c->separator)
			break;
		skip(c, 1);
	}
	if (c->rest.n) {
		skip(c, newline(c->rest));
		c->next_line_++;
	}
	*ret_cells = c->cells_;
	*ret_n = n;
	return CSV_ROW;
}

/* A formula to a spreadsheet, whatever apostrophes stand before it. */
static bool
formula(struct str s)
{
	size_t i = 0;

	while (i < s.n && s.p[i] == '\'')
		i++;
	return i < s.n && memchr("=+-@\t\r", s.p[i], 6) != NULL;
}

struct str
csv_plain(struct str cell)
{
	if (cell.n && cell.p[0] == '\'' && formula(cell))
		cell.p++, cell.n--;
	return cell;
}

static void
separate(struct csv_out *o)
{
	if (o->started_)
		buf_char(o->b, o->separator);
	o->started_ = true;
}

void
csv_cell(struct csv_out *o, struct str s)
{
	bool guard = formula(s), quote = guard;

	separate(o);
	for (size_t i = 0; i < s.n && !quote; i++)
		quote = s.p[i] == '"' || s.p[i] == '\n' || s.p[i] == '\r' || s.p[i] == o->separator;
	if (!quote) {
		buf_put(o->b, s);
		return;
	}
	buf_char(o->b, '"');
	if (guard)
		buf_char(o->b, '\'');
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '"')
			buf_char(o->b, '"');
		buf_char(o->b, s.p[i]);
	}
	buf_char(o->b, '"');
}

void
csv_cell_int(struct csv_out *o, int64_t v)
{
	separate(o);
	buf_int(o->b, v);
}

void
csv_cell_real(struct csv_out *o, double v, int decimals)
{
	separate(o);
	if (!isfinite(v) || fabs(v) > 1e9)
		return;
	/* By hand: printf would follow the locale. */
	int64_t scale = 1;
	for (int i = 0; i < decimals && i < 9; i++)
		scale *= 10;
	int64_t n = llround(v * (double)scale);
	if (n < 0)
		buf_char(o->b, '-');
	n = n < 0 ? -n : n;
	buf_int(o->b, n / scale);
	int64_t rest = n % scale;
	if (rest == 0)
		return;
	buf_char(o->b, '.');
	while (rest) {
		scale /= 10;
		buf_char(o->b, (char)('0' + rest / scale));
		rest %= scale;
	}
}

void
csv_end_row(struct csv_out *o)
{
	buf_lit(o->b, "\r\n");
	o->started_ = false;
}
