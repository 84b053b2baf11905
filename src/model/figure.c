#include "model/figure.h"

#include "base/buf.h"

#include <assert.h>
#include <math.h>
#include <stdio.h>

static struct db_arg
texts(struct arena *a, struct strs s)
{
	return db_arg_texts(a, s.p, s.n);
}

static enum err
indicators_read(struct db *db, struct arena *a, struct str code, const struct indicator_query *q, struct indicators *ret)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_INDICATOR_LIST, DB_ARGS(db_arg_opt(code), texts(a, q->themes), texts(a, q->profils), db_arg_opt(q->territory)), &r);
	if (e)
		return e;
	struct indicator *p = arena_array(a, struct indicator, r.nrows);
#define CELL(name) db_text(&r, i, COL_INDICATOR_LIST_##name)
#define INT(name) db_int(&r, i, COL_INDICATOR_LIST_##name)
	for (size_t i = 0; i < r.nrows; i++)
		p[i] = (struct indicator){ INT(ID), INT(POSITION), INT(FIGURES), INT(PLACES), CELL(CODE), CELL(LABEL), CELL(TOPIC), CELL(DEFINITION), CELL(UNIT),
			                   CELL(UNIT_LABEL), CELL(QUESTION), CELL(ASKED), CELL(METHOD), CELL(LIMITS), CELL(READING), CELL(PRODUCER),
			                   CELL(ORIGIN), CELL(MODIFIED_AT), CELL(TERMS), CELL(TERM_LABELS), CELL(SHEETS) };
#undef CELL
#undef INT
	*ret = (struct indicators){ p, r.nrows };
	return ERR_NONE;
}

enum err
indicator_list(struct db *db, struct arena *a, const struct indicator_query *q, struct indicators *ret)
{
	return indicators_read(db, a, STR_NONE, q, ret);
}

enum err
indicator_find(struct db *db, struct arena *a, struct str code, struct indicator *ret)
{
	struct indicators all;
	enum err e = indicators_read(db, a, code, &(struct indicator_query){ 0 }, &all);
	if (e)
		return e;
	if (all.n == 0)
		return ERR_NOT_FOUND;
	*ret = all.p[0];
	return ERR_NONE;
}

enum err
indicator_parts_find(struct db *db, struct arena *a, int64_t id, struct indicator_parts *ret)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_INDICATOR_PARTS, DB_ARGS(db_arg_int(a, id)), &r);
	if (e)
		return e;
	struct indicator_part *p = arena_array(a, struct indicator_part, r.nrows);
#define CELL(name) db_text(&r, i, COL_INDICATOR_PARTS_##name)
	for (size_t i = 0; i < r.nrows; i++)
		p[i] = (struct indicator_part){ CELL(PART), CELL(SCHEME), CELL(CODE), CELL(SLUG), CELL(LABEL), CELL(SUMMARY), db_int(&r, i, COL_INDICATOR_PARTS_ID) };
#undef CELL
	*ret = (struct indicator_parts){ p, r.nrows };
	return ERR_NONE;
}

enum err
indicator_of_sheet(struct db *db, struct arena *a, int64_t sheet, struct indicators *ret)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_INDICATOR_OF_SHEET, DB_ARGS(db_arg_int(a, sheet)), &r);
	if (e)
		return e;
	struct indicator *p = arena_array(a, struct indicator, r.nrows);
	for (size_t i = 0; i < r.nrows; i++)
		p[i] = (struct indicator){ .code = db_text(&r, i, COL_INDICATOR_OF_SHEET_CODE), .label = db_text(&r, i, COL_INDICATOR_OF_SHEET_LABEL) };
	*ret = (struct indicators){ p, r.nrows };
	return ERR_NONE;
}

/* Both statements give the same columns, in the same order. */
static_assert((int)COL_FIGURE_LIST_DEPTH == (int)COL_FIGURE_OF_TERRITORY_DEPTH, "the statements of figures have the same columns");

static struct figures
figures_read(struct arena *a, const struct db_rows *r)
{
	struct figure *p = arena_array(a, struct figure, r->nrows);
#define CELL(name) db_text(r, i, COL_FIGURE_LIST_##name)
#define INT(name) db_int(r, i, COL_FIGURE_LIST_##name)
#define KNOWN(name) !db_is_null(r, i, COL_FIGURE_LIST_##name)
	for (size_t i = 0; i < r->nrows; i++)
		p[i] = (struct figure){
			.id = INT(ID), .indicator = CELL(INDICATOR), .label = CELL(LABEL), .unit = CELL(UNIT),
			.place = { CELL(TYPE), CELL(CODE), CELL(SLUG), CELL(NAME), CELL(STONE) }, .place_in = CELL(NAME_IN),
			.overseas = db_bool(r, i, COL_FIGURE_LIST_OVERSEAS),
			.year_from = INT(YEAR_FROM), .year_to = INT(YEAR_TO), .population = CELL(POPULATION), .answer = CELL(ANSWER),
			.value = db_real(r, i, COL_FIGURE_LIST_VALUE), .low = db_real(r, i, COL_FIGURE_LIST_LOW), .high = db_real(r, i, COL_FIGURE_LIST_HIGH),
			.has_low = KNOWN(LOW), .has_high = KNOWN(HIGH),
			.numerator = KNOWN(NUMERATOR) ? INT(NUMERATOR) : -1, .denominator = KNOWN(DENOMINATOR) ? INT(DENOMINATOR) : -1,
			.sample = KNOWN(SAMPLE) ? INT(SAMPLE) : -1,
			.source_label = CELL(SOURCE_LABEL), .source_url = CELL(SOURCE_URL), .publisher = CELL(PUBLISHER), .licence = CELL(LICENCE),
			.note = CELL(NOTE), .reported = CELL(REPORTED), .modified_at = CELL(MODIFIED_AT), .rank = INT(RANK), .depth = (int)INT(DEPTH),
		};
#undef CELL
#undef INT
#undef KNOWN
	return (struct figures){ p, r->nrows };
}

enum err
figure_list(struct db *db, struct arena *a, struct str code, int64_t most, struct figures *ret)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_FIGURE_LIST, DB_ARGS(db_arg_opt(code), db_arg_int(a, most)), &r);
	if (!e)
		*ret = figures_read(a, &r);
	return e;
}

enum err
figure_list_of_territory(struct db *db, struct arena *a, int64_t territory_id, struct figures *ret)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_FIGURE_OF_TERRITORY, DB_ARGS(db_arg_int(a, territory_id)), &r);
	if (!e)
		*ret = figures_read(a, &r);
	return e;
}

enum err
indicator_admin(struct db *db, struct arena *a, struct indicators_kept *ret)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_INDICATOR_ADMIN, NULL, 0, &r);
	if (e)
		return e;
	struct indicator_kept *p = arena_array(a, struct indicator_kept, r.nrows);
#define CELL(name) db_text(&r, i, COL_INDICATOR_ADMIN_##name)
	for (size_t i = 0; i < r.nrows; i++)
		p[i] = (struct indicator_kept){ CELL(CODE), CELL(LABEL), CELL(TOPIC), CELL(MODIFIED_ON), db_int(&r, i, COL_INDICATOR_ADMIN_FIGURES),
			                        db_bool(&r, i, COL_INDICATOR_ADMIN_PUBLISHED) };
#undef CELL
	*ret = (struct indicators_kept){ p, r.nrows };
	return ERR_NONE;
}

enum err
indicator_show(struct db *db, struct arena *a, int64_t actor, struct str code, bool shown, struct str *ret_why)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_INDICATOR_SHOW, DB_ARGS(db_arg_int(a, actor), db_arg_str(code), db_arg_bool(shown)), &r);
	if (!e)
		*ret_why = db_text(&r, 0, COL_INDICATOR_SHOW_OUTCOME);
	return e;
}

enum err
figure_drop(struct db *db, struct arena *a, int64_t actor, struct str code, int64_t figure, struct str *ret_why)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_FIGURE_DROP, DB_ARGS(db_arg_int(a, actor), db_arg_int(a, figure), db_arg_str(code)), &r);
	if (!e)
		*ret_why = db_text(&r, 0, COL_FIGURE_DROP_OUTCOME);
	return e;
}

/* Whole when it is; else with at most two decimals, after a comma, no zero at the end. Thousands apart. */
static void
put_number(struct buf *b, double v)
{
	char text[64];
	double whole;

	if (v < 0)
		buf_lit(b, "\xe2\x88\x92"); /* − */
	v = round(fabs(v) * 100) / 100;
	double part = round(modf(v, &whole) * 100);
	int n = snprintf(text, sizeof text, "%.0f", whole);
	for (int i = 0; i < n; i++) {
		if (i && (n - i) % 3 == 0 && n > 4)
			buf_lit(b, "\xe2\x80\xaf");
		buf_char(b, text[i]);
	}
	if (part >= 1) {
		int p = (int)part;
		buf_fmt(b, p % 10 ? ",%02d" : ",%d", p % 10 ? p : p / 10);
	}
}

struct str
figure_value_words(struct arena *a, double value, struct str unit)
{
	struct buf b;

	buf_init(&b, a, 48);
	put_number(&b, value);
	/* French counts one below two: "1 rapport". */
	if (fabs(value) < 2 && unit.n > 2 && unit.p[unit.n - 1] == 's' && !memchr(unit.p, ' ', unit.n))
		unit.n--;
	if (unit.n)
		buf_put(&b, str_eq(unit, STR("%")) ? STR("\xe2\x80\xaf") : STR("\xc2\xa0"));
	buf_put(&b, unit);
	return buf_str(&b);
}

struct str
figure_year_words(struct arena *a, const struct figure *f)
{
	if (f->year_from == 0)
		return STR("année non précisée");
	if (f->year_from == f->year_to)
		return arena_fmt(a, "%lld", (long long)f->year_from);
	return arena_fmt(a, "%lld-%lld", (long long)f->year_from, (long long)f->year_to);
}

struct str
figure_reported_words(struct arena *a, struct str s)
{
	static const char *const months[] = { "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre" };
	int month = s.n >= 7 ? (s.p[5] - '0') * 10 + s.p[6] - '0' : 0, day = s.n == 10 ? (s.p[8] - '0') * 10 + s.p[9] - '0' : 0;

	if (s.n < 4)
		return STR_NONE;
	if (month < 1 || month > 12)
		return arena_fmt(a, "publié en %.4s", s.p);
	if (day < 1)
		return arena_fmt(a, "publié en %s %.4s", months[month - 1], s.p);
	return arena_fmt(a, "publié le %d%s %s %.4s", day, day == 1 ? "er" : "", months[month - 1], s.p);
}
