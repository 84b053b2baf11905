#include "model/sheet_import.h"
#include "model/sheet_import_field.h"
#include "text/csv.h"
#include "text/json_out.h"
#include "text/slug.h"
#include "text/utf8.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

enum { COLUMNS_MOST = 120, ROWS_MOST = 50000, CELL_MOST = 60000, BATCH = 100, PLACES_BATCH = 1000, PLACES_MOST = 40 };

void
import_say(struct sheet_import *m, struct import_row *r, struct str column, const char *fmt, ...)
{
	char text[700];
	va_list ap;

	if (m->nfaults == m->faults_cap_) {
		size_t cap = m->faults_cap_ ? m->faults_cap_ * 2 : 64;
		struct import_fault *more = arena_array(m->arena, struct import_fault, cap);
		if (m->nfaults)
			memcpy(more, m->faults, m->nfaults * sizeof *more);
		m->faults = more;
		m->faults_cap_ = cap;
	}
	va_start(ap, fmt);
	vsnprintf(text, sizeof text, fmt, ap);
	va_end(ap);
	m->faults[m->nfaults] = (struct import_fault){ r->line, column, arena_str(m->arena, str_of(text)), m->nfaults };
	m->nfaults++;
	r->faulty = true;
}

static struct str
trim(struct str s)
{
	while (s.n && strchr(" \t\r\n", s.p[0]))
		s.p++, s.n--;
	while (s.n && strchr(" \t\r\n", s.p[s.n - 1]))
		s.n--;
	return s;
}

/* The separator that the first line holds most of, outside quotes. */
static char
separator_of(struct str text)
{
	size_t commas = 0, semicolons = 0;
	bool quoted = false;

	for (size_t i = 0; i < text.n && (quoted || text.p[i] != '\n'); i++) {
		quoted ^= text.p[i] == '"';
		commas += !quoted && text.p[i] == ',';
		semicolons += !quoted && text.p[i] == ';';
	}
	return commas > semicolons ? ',' : ';';
}

static void
columns_read(struct sheet_import *m, const struct str *cells, size_t n)
{
	m->columns = arena_array(m->arena, struct import_column, n);
	m->ncolumns = n;
	for (size_t i = 0; i < n; i++) {
		struct import_column *c = &m->columns[i];
		c->title = arena_str(m->arena, trim(csv_plain(cells[i])));
		c->field = import_field_find(slug_of(m->arena, c->title));
		c->computed = c->field && c->field->kind == IMPORT_COMPUTED;
		for (size_t k = 0; k < i && c->field && !c->computed; k++)
			if (m->columns[k].field == c->field)
				c->field = NULL, c->twice = true;
	}
}

static bool
has_key(const struct sheet_import *m)
{
	for (size_t i = 0; i < m->ncolumns; i++)
		if (m->columns[i].field && (m->columns[i].field->kind == IMPORT_KEY || m->columns[i].field->kind == IMPORT_REF || m->columns[i].field->kind == IMPORT_NUMBER))
			return true;
	return false;
}

static struct import_row *
row_add(struct sheet_import *m, size_t *cap, size_t line)
{
	if (m->nrows == *cap) {
		size_t more = *cap ? *cap * 2 : 256;
		struct import_row *p = arena_array(m->arena, struct import_row, more);
		if (m->nrows)
			memcpy(p, m->rows, m->nrows * sizeof *p);
		m->rows = p;
		*cap = more;
	}
	struct import_row *r = &m->rows[m->nrows++];
	*r = (struct import_row){ .line = line };
	return r;
}

struct str
sheet_import_read(struct sheet_import *m, struct arena *a, struct str text)
{
	struct csv csv;
	const struct str *cells;
	size_t n, cap = 0;
	enum csv_result got;

	*m = (struct sheet_import){ .arena = a };
	if (text.n >= 3 && memcmp(text.p, "\xef\xbb\xbf", 3) == 0)
		text.p += 3, text.n -= 3;
	if (text.n && memchr(text.p, 0, text.n))
		return STR("ce n’est pas un fichier de texte : enregistrez le tableau en CSV");
	if (!utf8_valid(text))
		return STR("le fichier n’est pas en UTF-8 : choisissez ce codage en l’enregistrant");
	m->separator = separator_of(text);
	csv_init(&csv, a, text, m->separator);
	while ((got = csv_next(&csv, &cells, &n)) == CSV_ROW) {
		bool blank = true;
		for (size_t i = 0; i < n && blank; i++)
			blank = trim(cells[i]).n == 0;
		if (blank)
			continue;
		if (!m->columns) {
			if (n > COLUMNS_MOST)
				return arena_fmt(a, "%zu colonnes, %d au plus", n, COLUMNS_MOST);
			columns_read(m, cells, n);
			if (!has_key(m))
				return STR("aucune colonne ne dit quelle fiche est sur chaque ligne : il en faut une nommée source_id (l’identifiant chez vous), ou reference");
			continue;
		}
		if (m->nrows == ROWS_MOST)
			return arena_fmt(a, "plus de %d lignes : coupez le fichier", ROWS_MOST);
		struct import_row *r = row_add(m, &cap, csv.line);
		r->cells = arena_array(a, struct str, m->ncolumns);
		for (size_t i = 0; i < n && i < m->ncolumns; i++)
			r->cells[i] = trim(csv_plain(cells[i]));
		if (n != m->ncolumns) {
			import_say(m, r, STR_NONE, "%zu cellules au lieu de %zu", n, m->ncolumns);
			r->refused_before = true;
		}
	}
	if (got == CSV_BAD)
		return arena_fmt(a, "ligne %zu : un guillemet n’est pas fermé, ou est suivi d’autre chose qu’un séparateur", csv.line);
	if (!m->columns)
		return STR("le fichier est vide : la première ligne doit nommer les colonnes");
	return STR_NONE;
}

/* Places: each once, for the whole file. */

struct place {
	struct str raw, code, fault;
};

struct found {
	struct place *places;
	size_t nplaces;
	struct import_terms terms;
};

static int
place_compare(const void *a, const void *b)
{
	const struct str x = ((const struct place *)a)->raw, y = ((const struct place *)b)->raw;
	int d = memcmp(x.p, y.p, x.n < y.n ? x.n : y.n);

	return d ? d : (x.n > y.n) - (x.n < y.n);
}

static const struct place *
place_find(const struct found *f, struct str raw)
{
	struct place key = { .raw = raw };

	return f->nplaces ? bsearch(&key, f->places, f->nplaces, sizeof key, place_compare) : NULL;
}

static enum err
places_find(struct sheet_import *m, struct db *db, struct found *f)
{
	size_t all = 0, n = 0;

	for (size_t i = 0; i < m->nrows; i++)
		all += m->rows[i].nplaces;
	f->places = arena_array(m->arena, struct place, all + 1);
	for (size_t i = 0; i < m->nrows; i++)
		for (size_t k = 0; k < m->rows[i].nplaces; k++)
			f->places[n++].raw = m->rows[i].places[k];
	if (n)
		qsort(f->places, n, sizeof *f->places, place_compare);
	for (size_t i = 0; i < n; i++)
		if (f->nplaces == 0 || place_compare(&f->places[f->nplaces - 1], &f->places[i]) != 0)
			f->places[f->nplaces++] = f->places[i];
	struct str *raw = arena_array(m->arena, struct str, f->nplaces + 1);
	for (size_t i = 0; i < f->nplaces; i++)
		raw[i] = f->places[i].raw;
	for (size_t i = 0; i < f->nplaces; i += PLACES_BATCH) {
		struct db_rows rows;
		size_t some = f->nplaces - i < PLACES_BATCH ? f->nplaces - i : PLACES_BATCH;
		enum err e = db_run(db, m->arena, QUERY_IMPORT_PLACES, DB_ARGS(db_arg_texts(m->arena, raw + i, some)), &rows);
		if (e)
			return e;
		for (size_t k = 0; k < rows.nrows; k++) {
			struct place *p = (struct place *)place_find(f, db_text(&rows, k, COL_IMPORT_PLACES_RAW));
			if (!p)
				continue;
			p->code = db_text(&rows, k, COL_IMPORT_PLACES_PLACE);
			p->fault = db_text(&rows, k, COL_IMPORT_PLACES_FAULT);
		}
	}
	return ERR_NONE;
}

static enum err
terms_find(struct sheet_import *m, struct db *db, struct import_terms *ret)
{
	struct db_rows rows;
	enum err e = db_run(db, m->arena, QUERY_IMPORT_TERMS, NULL, 0, &rows);

	if (e)
		return e;
	struct import_term *p = arena_array(m->arena, struct import_term, rows.nrows + 1);
	for (size_t i = 0; i < rows.nrows; i++)
		p[i] = (struct import_term){ db_text(&rows, i, COL_IMPORT_TERMS_SCHEME), db_text(&rows, i, COL_IMPORT_TERMS_CODE),
			                     slug_of(m->arena, db_text(&rows, i, COL_IMPORT_TERMS_LABEL)) };
	*ret = (struct import_terms){ p, rows.nrows };
	return ERR_NONE;
}

/* The same key on two lines: the second is refused. */

struct keyed {
	struct str key;
	size_t row;
};

static int
keyed_compare(const void *a, const void *b)
{
	const struct keyed *x = a, *y = b;
	int d = memcmp(x->key.p, y->key.p, x->key.n < y->key.n ? x->key.n : y->key.n);

	if (d || x->key.n != y->key.n)
		return d ? d : (x->key.n > y->key.n) - (x->key.n < y->key.n);
	return (x->row > y->row) - (x->row < y->row);
}

static void
keys_check(struct sheet_import *m)
{
	struct keyed *p = arena_array(m->arena, struct keyed, m->nrows + 1);
	size_t n = 0;

	for (size_t i = 0; i < m->nrows; i++)
		if (m->rows[i].key.n)
			p[n++] = (struct keyed){ m->rows[i].key, i };
	if (n)
		qsort(p, n, sizeof *p, keyed_compare);
	for (size_t i = 1, first = 0; i < n; i++) {
		if (!str_eq(p[i].key, p[first].key)) {
			first = i;
			continue;
		}
		struct import_row *r = &m->rows[p[i].row];
		import_say(m, r, STR_NONE, "la même fiche est déjà sur la ligne %zu", m->rows[p[first].row].line);
		r->refused_before = true;
	}
}

/* What the database says of a line, in words. */
static const struct {
	const char *outcome;
	enum import_outcome is;
	const char *says;
} outcomes[] = {
	{ "added", IMPORT_ADDED, NULL },
	{ "changed", IMPORT_CHANGED, NULL },
	{ "placed", IMPORT_CHANGED, NULL },
	{ "same", IMPORT_SAME, NULL },
	{ "introuvable", IMPORT_REFUSED, "aucune fiche n’a cette référence ici ; pour une fiche nouvelle, remplissez source_id" },
	{ "numero", IMPORT_REFUSED, "le numéro et la référence désignent deux fiches différentes" },
	{ "structure", IMPORT_REFUSED, "aucune structure ne s’appelle ainsi" },
	{ "occupee", IMPORT_REFUSED, "quelqu’un écrit ou relit cette fiche en ce moment : elle est laissée telle quelle" },
	{ "refusee", IMPORT_REFUSED, "cette fiche a été refusée à la relecture : elle est laissée telle quelle" },
	{ "retiree", IMPORT_REFUSED, "cette fiche n’est plus publiée (retirée, archivée ou fusionnée) : elle est laissée telle quelle" },
	{ "touchee", IMPORT_REFUSED, "cette fiche a été modifiée ici depuis le dernier import : elle est laissée telle quelle" },
};

static struct str
column_of(const struct sheet_import *m, struct str field)
{
	for (size_t i = 0; i < m->ncolumns; i++)
		if (m->columns[i].field && str_eq(field, str_of(m->columns[i].field->name)))
			return m->columns[i].title;
	return field;
}

static void
outcome_take(struct sheet_import *m, struct import_row *r, struct str outcome, struct str why)
{
	r->outcome = IMPORT_REFUSED;
	for (size_t i = 0; i < sizeof outcomes / sizeof *outcomes; i++) {
		if (!str_eq(outcome, str_of(outcomes[i].outcome)))
			continue;
		r->outcome = outcomes[i].is;
		if (outcomes[i].says)
			import_say(m, r, str_eq(outcome, STR("structure")) ? column_of(m, STR("structure")) : STR_NONE, "%s", outcomes[i].says);
	}
	while (str_eq(outcome, STR("incomplete")) && why.n) {
		size_t n = 0;
		while (n < why.n && why.p[n] != ' ')
			n++;
		struct str one = { why.p, n };
		bool section = n > 8 && memcmp(one.p, "section_", 8) == 0;
		import_say(m, r, column_of(m, one), section ? "les fiches de cette sorte n’ont pas cette rubrique" : "cette valeur manque");
		why.p += n, why.n -= n;
		if (why.n)
			why.p++, why.n--;
	}
}

static enum err
batch_run(struct sheet_import *m, struct db *db, const struct import_options *o, const struct found *f, size_t from, size_t to, size_t *ret_end)
{
	struct arena *a = m->arena;
	struct buf b;
	struct db_rows rows;
	size_t n = 0, i = from;

	buf_init(&b, a, 65536);
	struct json_out j = json_out(&b);
	json_begin_array(&j);
	for (; i < to && n < BATCH && b.n < (1u << 20); i++) {
		struct import_row *r = &m->rows[i];
		struct str codes[PLACES_MOST];
		for (size_t k = 0; k < r->nplaces; k++) {
			const struct place *p = place_find(f, r->places[k]);
			codes[k] = p ? p->code : STR_NONE;
			if (codes[k].n == 0) {
				import_say(m, r, import_places_title(m), "%.*s", p ? (int)p->fault.n : 0, p && p->fault.n ? p->fault.p : "");
				r->refused_before = true;
			}
		}
		if (r->refused_before)
			continue;
		import_row_json(m, r, i, codes, &j);
		n++;
	}
	json_end(&j);
	*ret_end = i;
	if (n == 0)
		return ERR_NONE;
	enum err e = db_run(db, a, QUERY_IMPORT_LINES,
	                    DB_ARGS(o->actor ? db_arg_int(a, o->actor) : DB_NULL, db_arg_bool(o->publish), o->espace ? db_arg_int(a, o->espace) : DB_NULL,
	                            db_arg_bool(o->act), db_arg_str(buf_str(&b))),
	                    &rows);
	if (e)
		return e;
	for (size_t k = 0; k < rows.nrows; k++) {
		size_t at = (size_t)db_int(&rows, k, COL_IMPORT_LINES_N);
		if (at >= m->nrows)
			continue;
		m->rows[at].sheet = db_int(&rows, k, COL_IMPORT_LINES_SHEET_ID);
		outcome_take(m, &m->rows[at], db_text(&rows, k, COL_IMPORT_LINES_OUTCOME), db_text(&rows, k, COL_IMPORT_LINES_WHY));
	}
	return ERR_NONE;
}

static enum err
journal_write(struct sheet_import *m, struct db *db, const struct import_options *o)
{
	struct buf b;
	struct db_rows rows;

	buf_init(&b, m->arena, 256);
	struct json_out j = json_out(&b);
	json_begin_object(&j);
	json_key(&j, "source"), json_str(&j, slug_of(m->arena, o->source));
	json_key(&j, "empreinte"), json_str(&j, o->sum);
	json_key(&j, "etat"), json_str(&j, o->publish ? STR("publiee") : STR("soumise"));
	json_key(&j, "espace"), o->espace ? json_int(&j, o->espace) : json_null(&j);
	json_key(&j, "ajoutees"), json_int(&j, (int64_t)m->counts[IMPORT_ADDED]);
	json_key(&j, "changees"), json_int(&j, (int64_t)m->counts[IMPORT_CHANGED]);
	json_key(&j, "identiques"), json_int(&j, (int64_t)m->counts[IMPORT_SAME]);
	json_key(&j, "refusees"), json_int(&j, (int64_t)m->counts[IMPORT_REFUSED]);
	json_end(&j);
	return db_run(db, m->arena, QUERY_JOURNAL_ADD,
	              DB_ARGS(o->actor ? db_arg_int(m->arena, o->actor) : DB_NULL, db_arg_str(STR("importer")), db_arg_str(STR("import")), DB_NULL,
	                      db_arg_str(buf_str(&b)), db_arg_str(STR_NONE)),
	              &rows);
}

static int
fault_compare(const void *a, const void *b)
{
	const struct import_fault *x = a, *y = b;

	if (x->line != y->line)
		return x->line < y->line ? -1 : 1;
	return (x->order > y->order) - (x->order < y->order);
}

enum err
sheet_import_run(struct sheet_import *m, struct db *db, const struct import_options *o)
{
	struct found f = { 0 };
	enum err e;

	if ((e = terms_find(m, db, &f.terms)))
		return e;
	for (size_t i = 0; i < m->nrows; i++)
		import_row_check(m, &m->rows[i], o, &f.terms);
	keys_check(m);
	if ((e = places_find(m, db, &f)))
		return e;
	for (size_t i = 0; i < m->nrows;) {
		if ((e = batch_run(m, db, o, &f, i, m->nrows, &i)))
			return e;
		if (o->tick)
			o->tick(o->tick_arg, i, m->nrows);
	}
	memset(m->counts, 0, sizeof m->counts);
	for (size_t i = 0; i < m->nrows; i++)
		m->counts[m->rows[i].outcome]++;
	if (m->nfaults)
		qsort(m->faults, m->nfaults, sizeof *m->faults, fault_compare);
	return o->act ? journal_write(m, db, o) : ERR_NONE;
}

void
sheet_import_refused(const struct sheet_import *m, struct buf *b)
{
	struct csv_out o = { .b = b, .separator = m->separator };
	size_t f = 0;

	for (size_t i = 0; i < m->ncolumns; i++)
		csv_cell(&o, m->columns[i].title);
	csv_cell(&o, STR("import_refus"));
	csv_end_row(&o);
	for (size_t i = 0; i < m->nrows; i++) {
		const struct import_row *r = &m->rows[i];
		if (r->outcome != IMPORT_REFUSED)
			continue;
		for (size_t k = 0; k < m->ncolumns; k++)
			csv_cell(&o, r->cells[k]);
		struct buf why;
		buf_init(&why, m->arena, 256);
		while (f < m->nfaults && m->faults[f].line < r->line)
			f++;
		for (; f < m->nfaults && m->faults[f].line == r->line; f++) {
			if (why.n)
				buf_lit(&why, " | ");
			buf_put(&why, m->faults[f].column);
			if (m->faults[f].column.n)
				buf_lit(&why, " : ");
			buf_put(&why, m->faults[f].message);
		}
		csv_cell(&o, buf_str(&why));
		csv_end_row(&o);
	}
}

enum err
sheet_import_espace(struct db *db, struct arena *a, struct str code, int64_t *ret)
{
	struct db_rows rows;
	enum err e = db_run(db, a, QUERY_IMPORT_ESPACE, DB_ARGS(db_arg_str(code)), &rows);

	if (!e)
		*ret = rows.nrows ? db_int(&rows, 0, COL_IMPORT_ESPACE_ID) : 0;
	return e;
}
