#include "model/figure_import.h"

#include "text/json_out.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

/* A column, and the member of the document that indicator_put() and figure_put() read. */
static const char *const members[FC_COLUMNS] = {
	[FC_INDICATOR] = "indicator", [FC_LABEL] = "label", [FC_TOPIC] = "topic", [FC_DEFINITION] = "definition", [FC_UNIT] = "unit",
	[FC_UNIT_LABEL] = "unit_label", [FC_QUESTION] = "question", [FC_ASKED] = "asked", [FC_METHOD] = "method", [FC_LIMITS] = "limits",
	[FC_READING] = "reading", [FC_PRODUCER] = "producer", [FC_ORDER] = "position", [FC_ORIGIN] = "origin", [FC_TERMS] = "terms",
	[FC_SHEETS] = "sheets", [FC_PLACE] = "territory", [FC_POPULATION] = "population", [FC_ANSWER] = "answer", [FC_VALUE] = "value",
	[FC_LOW] = "low", [FC_HIGH] = "high", [FC_NUMERATOR] = "numerator", [FC_DENOMINATOR] = "denominator", [FC_SAMPLE] = "sample",
	[FC_SOURCE] = "source_label", [FC_SOURCE_URL] = "source_url", [FC_PUBLISHER] = "publisher", [FC_LICENCE] = "licence",
	[FC_NOTE] = "note", [FC_REPORTED] = "reported", [FC_RANK] = "position",
};

static void __attribute__((format(printf, 4, 5)))
say(struct figure_import *m, size_t line, struct str column, const char *fmt, ...)
{
	char text[600];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof text, fmt, ap);
	va_end(ap);
	if (m->nremarks == m->remarks_cap_) {
		size_t cap = m->remarks_cap_ ? m->remarks_cap_ * 2 : 64;
		struct figure_remark *more = arena_array(m->arena, struct figure_remark, cap);
		if (m->nremarks)
			memcpy(more, m->remarks, m->nremarks * sizeof *more);
		m->remarks = more, m->remarks_cap_ = cap;
	}
	m->remarks[m->nremarks++] = (struct figure_remark){ line, column, arena_str(m->arena, str_of(text)) };
}

static int
key_compare(const struct figure_row *x, const struct figure_row *y)
{
	static const enum figure_column key[] = { FC_INDICATOR, FC_PLACE, FC_YEAR, FC_POPULATION, FC_ANSWER, FC_PUBLISHER };

	for (size_t i = 0; i < sizeof(key) / sizeof(*key); i++) {
		struct str a = x->v[key[i]], b = y->v[key[i]];
		size_t n = a.n < b.n ? a.n : b.n;
		int c = n ? memcmp(a.p, b.p, n) : 0;
		if (c || a.n != b.n)
			return c ? c : a.n < b.n ? -1 : 1;
	}
	return 0;
}

static int
row_compare(const void *a, const void *b)
{
	const struct figure_row *x = *(struct figure_row *const *)a, *y = *(struct figure_row *const *)b;
	int c = key_compare(x, y);

	return c ? c : x->line < y->line ? -1 : x->line > y->line;
}

/* The same figure on two lines: the first is taken. Else a second load would change what the first wrote. */
static void
refuse_twice(struct figure_import *m)
{
	struct figure_row **sorted = arena_array(m->arena, struct figure_row *, m->nrows + 1);
	size_t n = 0;

	for (size_t i = 0; i < m->nrows; i++)
		if (m->rows[i].figure && m->rows[i].nfaults == 0)
			sorted[n++] = &m->rows[i];
	if (n)
		qsort(sorted, n, sizeof *sorted, row_compare);
	for (size_t i = 1, first = 0; i < n; i++) {
		if (key_compare(sorted[first], sorted[i])) {
			first = i;
			continue;
		}
		sorted[i]->nfaults = 1;
		say(m, sorted[i]->line, STR_NONE, "redit le chiffre de la ligne %zu", sorted[first]->line);
	}
}

struct str
figure_import_read(struct figure_import *m, struct arena *a, struct str text)
{
	size_t most = 1;
	enum csv_result got;

	*m = (struct figure_import){ .arena = a };
	if (!figure_csv_open(&m->csv, a, text))
		return STR("ce n’est pas un tableau de chiffres en UTF-8 : la colonne « indicateur » manque");
	for (size_t i = 0; i < text.n; i++)
		most += text.p[i] == '\n';
	m->rows = arena_array(a, struct figure_row, most);
	while ((got = figure_csv_next(&m->csv, &m->rows[m->nrows])) == CSV_ROW) {
		const struct figure_row *r = &m->rows[m->nrows++];
		for (size_t i = 0; i < r->nfaults; i++)
			say(m, r->line, r->faults[i].column, "%s", r->faults[i].message);
	}
	if (got == CSV_BAD)
		return arena_fmt(a, "ligne %zu : guillemet non fermé, ou suivi d’autre chose qu’un séparateur", m->rows[m->nrows].line);
	refuse_twice(m);
	return STR_NONE;
}

static void
put(struct json_out *j, const char *key, struct str v)
{
	json_key(j, key);
	json_str(j, v);
}

static struct str
indicator_json(struct figure_import *m, const struct figure_row *r)
{
	struct buf b;

	buf_init(&b, m->arena, 1024);
	struct json_out j = json_out(&b);
	json_begin_object(&j);
	put(&j, "code", r->v[FC_INDICATOR]);
	if (m->reference)
		json_key(&j, "reference"), json_bool(&j, true);
	for (enum figure_column c = FC_LABEL; c < FC_PLACE; c++) {
		struct str rest = r->v[c], item;
		if (rest.n == 0)
			continue;
		if (c != FC_TERMS && c != FC_SHEETS) {
			put(&j, members[c], rest);
			continue;
		}
		json_key(&j, members[c]);
		json_begin_array(&j);
		while (figure_item(&rest, &item))
			json_str(&j, item);
		json_end(&j);
	}
	json_end(&j);
	return buf_str(&b);
}

static struct str
figure_json(struct figure_import *m, const struct figure_row *r)
{
	struct buf b;

	buf_init(&b, m->arena, 512);
	struct json_out j = json_out(&b);
	json_begin_object(&j);
	put(&j, "indicator", r->v[FC_INDICATOR]);
	if (m->reference)
		json_key(&j, "reference"), json_bool(&j, true);
	if (r->year_from.n) {
		put(&j, "year_from", r->year_from);
		put(&j, "year_to", r->year_to);
	}
	for (enum figure_column c = FC_PLACE; c < FC_COLUMNS; c++)
		if (members[c] && r->v[c].n)
			put(&j, members[c], r->v[c]);
	json_end(&j);
	return buf_str(&b);
}

/* "territory|ce territoire n’existe pas": said under the title that the file gives that column. */
static enum figure_outcome
judge(struct figure_import *m, const struct figure_row *r, struct str outcome, bool figure)
{
	if (str_eq(outcome, STR("ajoute")))
		return FIGURE_ADDED;
	if (str_eq(outcome, STR("change")))
		return FIGURE_CHANGED;
	if (str_eq(outcome, STR("identique")))
		return FIGURE_SAME;
	const char *bar = outcome.n ? memchr(outcome.p, '|', outcome.n) : NULL;
	struct str member = { outcome.p, bar ? (size_t)(bar - outcome.p) : outcome.n }, column = STR_NONE;
	for (enum figure_column c = figure ? FC_PLACE : FC_INDICATOR; c < FC_COLUMNS && column.n == 0; c++)
		if (members[c] && str_eq(member, str_of(members[c])))
			column = m->csv.titles_[c].n ? m->csv.titles_[c] : str_of(figure_csv_title(c));
	if (str_eq(member, STR("indicator")))
		column = m->csv.titles_[FC_INDICATOR];
	struct str why = bar ? (struct str){ bar + 1, outcome.n - member.n - 1 } : outcome;
	say(m, r->line, column, "%.*s", (int)why.n, why.p);
	return FIGURE_REFUSED;
}

/* An indicator written more than once in the file is told by its first line; the others may repeat it, or say nothing. */
static const struct figure_row *
told_before(const struct figure_import *m, size_t i)
{
	for (size_t k = 0; k < i; k++)
		if (m->rows[k].indicator && m->rows[k].nfaults == 0 && str_eq(m->rows[k].v[FC_INDICATOR], m->rows[i].v[FC_INDICATOR]))
			return &m->rows[k];
	return NULL;
}

static bool
agrees(struct figure_import *m, const struct figure_row *r, const struct figure_row *first)
{
	for (enum figure_column c = FC_LABEL; c < FC_PLACE; c++)
		if (r->v[c].n && !str_eq(r->v[c], first->v[c])) {
			say(m, r->line, m->csv.titles_[c], "dit autre chose que la ligne %zu du même indicateur", first->line);
			return false;
		}
	return true;
}

static enum err
run_row(struct figure_import *m, struct db *db, size_t i)
{
	struct figure_row *r = &m->rows[i];
	const struct figure_row *first = r->indicator ? told_before(m, i) : NULL;
	struct db_rows rows;
	enum figure_outcome o;
	enum err e;

	if (first && !agrees(m, r, first)) {
		m->figures[FIGURE_REFUSED]++;
		return ERR_NONE;
	}
	if (r->indicator && !first) {
		if ((e = db_run(db, m->arena, QUERY_INDICATOR_PUT, DB_ARGS(db_arg_str(indicator_json(m, r))), &rows)))
			return e;
		if ((o = judge(m, r, db_text(&rows, 0, COL_INDICATOR_PUT_OUTCOME), false)) == FIGURE_REFUSED) {
			r->nfaults = 1; /* what it says of the indicator is no rule for the lines that follow */
			m->figures[FIGURE_REFUSED]++;
			return ERR_NONE;
		}
		m->indicators[o]++;
	}
	if (!r->figure)
		return ERR_NONE;
	if ((e = db_run(db, m->arena, QUERY_FIGURE_PUT, DB_ARGS(db_arg_str(figure_json(m, r))), &rows)))
		return e;
	m->figures[judge(m, r, db_text(&rows, 0, COL_FIGURE_PUT_OUTCOME), true)]++;
	return ERR_NONE;
}

static int
remark_compare(const void *a, const void *b)
{
	const struct figure_remark *x = a, *y = b;

	return x->line < y->line ? -1 : x->line > y->line;
}

enum err
figure_import_run(struct figure_import *m, struct db *db, figure_tick *tick, void *tick_arg)
{
	for (size_t i = 0; i < m->nrows; i++) {
		if (m->rows[i].nfaults) {
			m->figures[FIGURE_REFUSED]++;
			continue;
		}
		enum err e = run_row(m, db, i);
		if (e) {
			char *why = arena_cstr(m->arena, str_of(err_detail()));
			return err_note(e, "ligne %zu : %s", m->rows[i].line, why);
		}
		if (tick)
			tick(tick_arg, i + 1, m->nrows);
	}
	if (m->nremarks > 1)
		qsort(m->remarks, m->nremarks, sizeof *m->remarks, remark_compare);
	return ERR_NONE;
}
