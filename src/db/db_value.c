#include "base/buf.h"
#include "db/db_internal.h"
#include <stdlib.h>

struct db_arg
db_arg_int(struct arena *a, int64_t v)
{
	struct str s = arena_fmt(a, "%lld", (long long)v);
	return (struct db_arg){ s.p, s.n };
}

struct db_arg
db_arg_real(struct arena *a, double v)
{
	struct str s = arena_fmt(a, "%.17g", v);
	return (struct db_arg){ s.p, s.n };
}

struct db_arg
db_arg_bool(bool v)
{
	return (struct db_arg){ v ? "t" : "f", 1 };
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
	return (struct db_arg){ b.p, b.n };
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
	return (struct db_arg){ b.p, b.n };
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

int64_t
db_int(const struct db_rows *r, size_t row, size_t col)
{
	struct str s = db_text(r, row, col);
	return s.n ? strtoll(s.p, NULL, 10) : 0;
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
	return s.n == 1 && s.p[0] == 't';
}
