#include "base/buf.h"
#include "db/db_internal.h"
#include <stdlib.h>

struct db_arg
db_arg_int(struct arena *a, int64_t v)
{
	struct str s = arena_fmt(a, "%lld", (long long)v);
	return (struct db_arg){ s.p, s.n, false };
}

struct db_arg
db_arg_real(struct arena *a, double v)
{
	struct str s = arena_fmt(a, "%.17g", v);
	return (struct db_arg){ s.p, s.n, false };
}

struct db_arg
db_arg_bool(bool v)
{
	return (struct db_arg){ v ? "t" : "f", 1, false };
}

/* An array literal: every element quoted, so that commas, braces, NULL and blanks are only text. */
struct db_arg
db_arg_texts(struct arena *a, const struct str *v, size_t n)
{
	if (!n)
		return DB_NULL;
	struct buf b;
	buf_init(&b, a, 64);
	buf_char(&b, '{');
	for (size_t i = 0; i < n; i++) {
		if (i)
			buf_char(&b, ',');
		buf_char(&b, '"');
		for (size_t k = 0; k < v[i].n; k++) {
			if (v[i].p[k] == '"' || v[i].p[k] == '\\')
				buf_char(&b, '\\');
			buf_char(&b, v[i].p[k]);
		}
		buf_char(&b, '"');
	}
	buf_char(&b, '}');
	return (struct db_arg){ b.p, b.n, false };
}

struct db_arg
db_arg_ints(struct arena *a, const int64_t *v, size_t n)
{
	if (!n)
		return DB_NULL;
	struct buf b;
	buf_init(&b, a, 64);
	for (size_t i = 0; i < n; i++) {
		buf_char(&b, i ? ',' : '{');
		buf_int(&b, v[i]);
	}
	buf_char(&b, '}');
	return (struct db_arg){ b.p, b.n, false };
}

struct str
db_text(const struct db_rows *r, size_t row, size_t col)
{
	if (!r->result || row >= r->nrows || col >= r->ncols)
		return STR_NONE;
	return (struct str){ PQgetvalue(r->result, (int)row, (int)col), (size_t)PQgetlength(r->result, (int)row, (int)col) };
}

bool
db_is_null(const struct db_rows *r, size_t row, size_t col)
{
	return !r->result || row >= r->nrows || col >= r->ncols || PQgetisnull(r->result, (int)row, (int)col);
}

static bool
is_binary(const struct db_rows *r, size_t col)
{
	return r->result && col < r->ncols && PQfformat(r->result, (int)col) == 1;
}

/* A whole number as it travels: most significant byte first, in two's complement. */
static int64_t
whole_of(struct str s)
{
	uint64_t v = s.n && (s.p[0] & 0x80) ? UINT64_MAX : 0;

	for (size_t i = 0; i < s.n && i < 8; i++)
		v = v << 8 | (unsigned char)s.p[i];
	return (int64_t)v;
}

/* As PostgreSQL writes it: a sign, digits. */
static int64_t
written(struct str s)
{
	bool negative = s.n && s.p[0] == '-';
	uint64_t v = 0;

	for (size_t i = negative; i < s.n && s.p[i] >= '0' && s.p[i] <= '9'; i++)
		v = v * 10 + (uint64_t)(s.p[i] - '0');
	return (int64_t)(negative ? -v : v);
}

int64_t
db_int(const struct db_rows *r, size_t row, size_t col)
{
	struct str s = db_text(r, row, col);
	if (is_binary(r, col))
		return whole_of(s);
	return written(s);
}

double
db_real(const struct db_rows *r, size_t row, size_t col)
{
	struct str s = db_text(r, row, col);
	return s.n ? strtod(s.p, NULL) : 0;
}

bool
db_bool(const struct db_rows *r, size_t row, size_t col)
{
	struct str s = db_text(r, row, col);
	return s.n == 1 && (is_binary(r, col) ? s.p[0] == 1 : s.p[0] == 't');
}
