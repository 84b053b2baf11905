#include "page/figures.h"

#include "page/chart.h"

#include <stdlib.h>

#define BARS_MAX 40
#define PLACE_ROWS 4 /* questions on a territory's page */

struct url
link_indicator(struct arena *a, struct str code)
{
	return link_fmt(a, "/observatoire/%.*s", (int)code.n, code.p);
}

static bool
is_nation(const struct figure *f)
{
	return str_eq(f->place.type, STR("pays"));
}

static bool
same_place(const struct figure *x, const struct figure *y)
{
	return str_eq(x->place.type, y->place.type) && str_eq(x->place.code, y->place.code);
}

static bool
same_line(const struct figure *x, const struct figure *y)
{
	return str_eq(x->population, y->population) && str_eq(x->answer, y->answer);
}

static struct str
place_name(const struct figure *f)
{
	return is_nation(f) ? STR("France") : f->place.name;
}

/* What varies among some figures, and so must be said of each. */
struct varies {
	bool population, answer, year, place;
};

static struct varies
varies_of(const struct figure *const *p, size_t n)
{
	struct varies v = { 0 };

	for (size_t i = 1; i < n; i++) {
		v.population = v.population || !str_eq(p[i]->population, p[0]->population);
		v.answer = v.answer || !str_eq(p[i]->answer, p[0]->answer);
		v.year = v.year || p[i]->year_from != p[0]->year_from || p[i]->year_to != p[0]->year_to;
		v.place = v.place || !same_place(p[i], p[0]);
	}
	return v;
}

static struct str
label_of(struct arena *a, const struct figure *f, struct varies v)
{
	if (v.place && !v.answer && !v.population)
		return place_name(f);
	if (f->answer.n && v.population)
		return arena_fmt(a, "%.*s : %.*s", (int)f->population.n, f->population.p, (int)f->answer.n, f->answer.p);
	return f->answer.n ? f->answer : f->population;
}

static struct str
head_of(struct varies v, const struct figure *f)
{
	if (v.place && !v.answer && !v.population)
		return STR("Territoire");
	return f->answer.n && !v.population ? STR("Réponse") : str_eq(f->unit, STR("%")) ? STR("Public interrogé") : STR("Ce qui est compté");
}

static struct str
id_of(struct arena *a, const struct figure *f)
{
	return arena_fmt(a, "%lld", (long long)f->id);
}

struct view_chart_row
figure_row(struct arena *a, const struct figure *f, struct str label)
{
	struct buf b;

	buf_init(&b, a, 96);
	if (f->has_low && f->has_high) {
		struct str low = figure_value_words(a, f->low, STR_NONE), high = figure_value_words(a, f->high, f->unit);
		buf_fmt(&b, "de %.*s à %.*s", (int)low.n, low.p, (int)high.n, high.p);
	}
	if (f->numerator >= 0 && f->denominator > 0) {
		struct str x = words_number(a, f->numerator), y = words_number(a, f->denominator);
		buf_fmt(&b, "%s%.*s sur %.*s", b.n ? ", " : "", (int)x.n, x.p, (int)y.n, y.p);
	} else if (f->denominator > 0) {
		struct str y = words_number(a, f->denominator);
		buf_fmt(&b, "%ssur %.*s", b.n ? ", " : "", (int)y.n, y.p);
	}
	if (f->sample > 0) {
		struct str y = words_count(a, f->sample, "réponse", "réponses");
		buf_fmt(&b, "%s%.*s", b.n ? ", " : "", (int)y.n, y.p);
	}
	struct view_chart_row r = { .id = id_of(a, f),
		                    .label = label,
		                    .note = f->note,
		                    .place = { place_name(f), is_nation(f) ? (struct url){ NULL, 0 } : link_territory(a, f->place.type, f->place.code, f->place.slug) },
		                    .value = figure_value_words(a, f->value, f->unit),
		                    .year = figure_year_words(a, f),
		                    .reported = figure_reported_words(a, f->reported),
		                    .detail = buf_str(&b),
		                    .source = { f->source_label, link_external(f->source_url) },
		                    .publisher = f->publisher };
	return r;
}

static struct chart_mark
mark_of(struct arena *a, const struct figure *f, struct varies v)
{
	return (struct chart_mark){ .id = f->id,
		                    .label = label_of(a, f, v),
		                    .note = v.year ? figure_year_words(a, f) : STR_NONE,
		                    .text = figure_value_words(a, f->value, f->unit),
		                    .value = f->value,
		                    .low = f->low,
		                    .high = f->high,
		                    .has_low = f->has_low,
		                    .has_high = f->has_high };
}

static double
greatest(const struct figure *const *p, size_t n)
{
	double max = 0;

	for (size_t i = 0; i < n; i++)
		max = p[i]->value > max ? p[i]->value : max;
	return max > 0 ? max : 1;
}

/* "Maires 87 %, 2016 ; Citoyens 69 %, 2015." */
static struct str
desc_of(struct arena *a, const struct figure *const *p, size_t n, struct varies v)
{
	struct buf b;

	buf_init(&b, a, 64 * n + 32);
	for (size_t i = 0; i < n; i++) {
		struct str label = label_of(a, p[i], v), value = figure_value_words(a, p[i]->value, p[i]->unit), year = figure_year_words(a, p[i]);
		struct str place = place_name(p[i]);
		buf_fmt(&b, "%s%.*s", i ? " ; " : "", (int)label.n, label.p);
		if (v.place && !str_eq(label, place))
			buf_fmt(&b, ", %.*s", (int)place.n, place.p);
		buf_fmt(&b, " : %.*s, %.*s", (int)value.n, value.p, (int)year.n, year.p);
	}
	buf_lit(&b, ". Le tableau qui suit dit la même chose.");
	return buf_str(&b);
}

static struct view_chart_keys
keys_of(struct arena *a, size_t n, const struct view_chart_key *keys)
{
	struct view_chart_key *p = arena_array(a, struct view_chart_key, n);

	memcpy(p, keys, n * sizeof *p);
	return (struct view_chart_keys){ p, n };
}

static struct view_chart_rows
rows_of(struct arena *a, const struct figure *const *p, size_t n, struct varies v)
{
	struct view_chart_row *rows = arena_array(a, struct view_chart_row, n);

	for (size_t i = 0; i < n; i++) {
		rows[i] = figure_row(a, p[i], label_of(a, p[i], v));
		if (!v.place || (!v.answer && !v.population))
			rows[i].place = (struct view_link){ STR_NONE, { NULL, 0 } };
	}
	return (struct view_chart_rows){ rows, n };
}

/* One source for several figures is said once, under them. */
static bool
one_source(const struct figure *const *p, size_t n)
{
	for (size_t i = 1; i < n; i++)
		if (!str_eq(p[i]->source_label, p[0]->source_label) || !str_eq(p[i]->source_url, p[0]->source_url) || !str_eq(p[i]->publisher, p[0]->publisher))
			return false;
	return n > 1;
}

static struct view_chart_block
frame(struct arena *a, const struct indicator *i, const struct figure *const *p, size_t n, const char *id, size_t nth, struct str title)
{
	struct varies v = varies_of(p, n);
	struct view_chart_block b = { .id = arena_fmt(a, "%s%zu", id, nth),
		                      .title = title,
		                      .caption = arena_fmt(a, "%.*s %.*s", (int)i->label.n, i->label.p, (int)title.n, title.p),
		                      .label_head = head_of(v, p[0]),
		                      .places = v.place && (v.answer || v.population),
		                      .one_source = one_source(p, n),
		                      .rows = rows_of(a, p, n, v) };

	if (b.one_source) {
		b.source = (struct view_link){ p[0]->source_label, link_external(p[0]->source_url) };
		b.publisher = p[0]->publisher;
	}
	if (!v.year) {
		struct str reported = figure_reported_words(a, p[0]->reported), year = figure_year_words(a, p[0]);
		b.lead = reported.n ? arena_fmt(a, "%.*s, %.*s", (int)year.n, year.p, (int)reported.n, reported.p) : year;
	}
	return b;
}

static struct chart
chart_of(struct arena *a, const struct indicator *i, const struct view_chart_block *b, const struct figure *const *p, size_t n)
{
	bool share = str_eq(i->unit, STR("%"));

	return (struct chart){ .id = arena_fmt(a, "g-%.*s", (int)b->id.n, b->id.p),
		               .title = b->caption,
		               .desc = desc_of(a, p, n, varies_of(p, n)),
		               .max = share ? 100 : greatest(p, n),
		               .whole = share };
}

/* The unit as that number takes it: "rapport" of one. */
static struct str
unit_words(const struct figure *f)
{
	struct str unit = f->unit;
	bool invariable = str_eq(unit, STR("mois")) || str_eq(unit, STR("fois")) || str_eq(unit, STR("pays")) || str_eq(unit, STR("temps"));
	if (f->value == 1 && unit.n > 1 && unit.p[unit.n - 1] == 's' && !memchr(unit.p, ' ', unit.n) && !invariable)
		unit.n--;
	return unit;
}

static struct view_chart_block
bars(struct arena *a, const struct indicator *i, const struct figure *const *p, size_t n, const char *id, size_t nth, struct str title)
{
	size_t drawn = n > BARS_MAX ? BARS_MAX : n;
	struct view_chart_block b = frame(a, i, p, drawn, id, nth, title);
	struct varies v = varies_of(p, drawn);

	if (drawn < n)
		b.more = arena_fmt(a, "Les %zu premiers sont dessinés, sur %zu. Le fichier CSV les donne tous.", drawn, n);
	if (drawn == 1) { /* one number needs no drawing */
		bool share = str_eq(i->unit, STR("%"));
		struct str what = label_of(a, p[0], v), unit = unit_words(p[0]);
		b.big = figure_value_words(a, p[0]->value, share ? unit : STR_NONE);
		b.big_label = share ? what : arena_fmt(a, "%.*s. %.*s", (int)unit.n, unit.p, (int)what.n, what.p);
		b.big_id = id_of(a, p[0]);
		return b;
	}
	struct chart c = chart_of(a, i, &b, p, drawn);
	struct chart_mark *marks = arena_array(a, struct chart_mark, drawn);
	bool bounds = false;
	for (size_t k = 0; k < drawn; k++) {
		marks[k] = mark_of(a, p[k], v);
		if (v.place && (v.answer || v.population)) {
			struct str place = place_name(p[k]);
			marks[k].note = marks[k].note.n ? arena_fmt(a, "%.*s, %.*s", (int)place.n, place.p, (int)marks[k].note.n, marks[k].note.p) : place;
		}
		bounds = bounds || (p[k]->has_low && p[k]->has_high);
	}
	b.drawing = chart_bars(a, &c, marks, drawn);
	struct view_chart_key keys[2];
	size_t nkeys = 0;
	if (c.whole)
		keys[nkeys++] = (struct view_chart_key){ STR("piste"), i->unit_label.n ? arena_fmt(a, "%.*s ; la barre entière vaut 100 %%", (int)i->unit_label.n, i->unit_label.p)
			                                                                   : STR("la barre entière vaut 100 %") };
	if (bounds)
		keys[nkeys++] = (struct view_chart_key){ STR("marge"), STR("entre les bornes que donne la source") };
	b.keys = keys_of(a, nkeys, keys);
	return b;
}

/* The moment of a figure, as finely as it is known. */
static double
moment(const struct figure *f)
{
	double middle = (double)(f->year_from + f->year_to) / 2 + .5;

	if (f->reported.n >= 7 && f->year_from == f->year_to && atoi((char[]){ f->reported.p[0], f->reported.p[1], f->reported.p[2], f->reported.p[3], 0 }) == f->year_to)
		return (double)f->year_to + ((f->reported.p[5] - '0') * 10 + f->reported.p[6] - '0' - .5) / 12;
	return middle;
}

static struct str
moment_words(struct arena *a, const struct figure *f)
{
	static const char *const months[] = { "janv.", "févr.", "mars", "avril", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc." };
	struct str year = figure_year_words(a, f);
	int month = f->reported.n >= 7 ? (f->reported.p[5] - '0') * 10 + f->reported.p[6] - '0' : 0;

	if (month < 1 || month > 12 || f->year_from != f->year_to || f->reported.n < 4 || year.n != 4 || memcmp(f->reported.p, year.p, 4) != 0)
		return year;
	return arena_fmt(a, "%s %.*s", months[month - 1], (int)year.n, year.p);
}

static int
moment_compare(const void *x, const void *y)
{
	const struct figure *a = *(const struct figure *const *)x, *b = *(const struct figure *const *)y;
	size_t n = a->publisher.n < b->publisher.n ? a->publisher.n : b->publisher.n;
	int c = n ? memcmp(a->publisher.p, b->publisher.p, n) : 0;

	if (c == 0 && a->publisher.n != b->publisher.n)
		c = a->publisher.n < b->publisher.n ? -1 : 1;
	if (c)
		return c;
	return moment(a) < moment(b) ? -1 : moment(a) > moment(b);
}

static struct view_chart_block
series(struct arena *a, const struct indicator *i, const struct figure **p, size_t n, const char *id, size_t nth)
{
	size_t lines = 0;

	qsort(p, n, sizeof *p, moment_compare);
	struct view_chart_block b = frame(a, i, p, n, id, nth, STR("Au fil du temps"));
	struct chart c = chart_of(a, i, &b, p, n);
	struct chart_point *points = arena_array(a, struct chart_point, n);
	for (size_t k = 0; k < n; k++) {
		if (k && !str_eq(p[k]->publisher, p[k - 1]->publisher))
			lines++;
		points[k] = (struct chart_point){ .mark = mark_of(a, p[k], (struct varies){ 0 }), .at = moment(p[k]), .line = lines, .line_name = p[k]->publisher };
		points[k].mark.note = moment_words(a, p[k]);
		points[k].mark.text = figure_value_words(a, p[k]->value, str_eq(i->unit, STR("%")) ? i->unit : STR_NONE);
	}
	if (lines == 0)
		for (size_t k = 0; k < n; k++)
			points[k].line_name = STR_NONE;
	c.whole = false;
	b.drawing = chart_series(a, &c, points, n);
	b.lead = p[0]->population;
	b.label_head = STR("Qui compte");
	struct view_chart_row *rows = arena_array(a, struct view_chart_row, n);
	for (size_t k = 0; k < n; k++) {
		rows[k] = b.rows.p[k];
		rows[k].label = p[k]->publisher.n ? p[k]->publisher : p[k]->source_label;
	}
	b.rows.p = rows;
	return b;
}

struct view_chart_block
figure_pair(struct arena *a, const struct indicator *i, const struct figures *first, struct str first_name, const struct figures *second,
            struct str second_name, const char *id)
{
	struct view_chart_block none = { 0 };
	size_t most = first->n + second->n, n = 0, rows = 0, drawn = 0;
	struct chart_pair *pairs = arena_array(a, struct chart_pair, most + 1);
	const struct figure **all = arena_array(a, const struct figure *, most + 1);
	struct view_chart_row *table = arena_array(a, struct view_chart_row, 2 * most + 1);

	if (most == 0)
		return none;
	for (size_t k = 0; k < first->n; k++)
		all[n++] = &first->p[k];
	for (size_t k = 0; k < second->n; k++)
		all[n++] = &second->p[k];
	struct varies v = varies_of(all, n), named = { v.population, v.answer, v.year, false };
	struct view_chart_block b = frame(a, i, all, n, id, 0, STR_NONE);
	/* One line for each that the first place has, then those that only the second has; the newest when there are several. */
	for (size_t k = 0; k < n; k++) {
		const struct figure *own = all[k], *x = NULL, *y = NULL;
		bool before = false;
		for (size_t m = 0; m < k; m++)
			before = before || same_line(all[m], own);
		if (before)
			continue;
		for (size_t m = 0; m < first->n; m++)
			if (same_line(&first->p[m], own) && (!x || first->p[m].year_to >= x->year_to))
				x = &first->p[m];
		for (size_t m = 0; m < second->n; m++)
			if (same_line(&second->p[m], own) && (!y || second->p[m].year_to >= y->year_to))
				y = &second->p[m];
		struct chart_pair *pair = &pairs[drawn++];
		pair->label = label_of(a, own, named);
		const struct figure *sides[] = { x, y };
		for (size_t s = 0; s < 2; s++) {
			struct chart_mark *m = s ? &pair->second : &pair->first;
			if (sides[s]) {
				*m = mark_of(a, sides[s], named);
				if (!str_eq(i->unit, STR("%"))) /* the table says the unit */
					m->text = figure_value_words(a, sides[s]->value, STR_NONE);
				table[rows++] = figure_row(a, sides[s], pair->label);
			} else {
				table[rows++] = (struct view_chart_row){ .label = pair->label, .place = { s ? second_name : first_name, { NULL, 0 } } };
			}
		}
	}
	b.rows = (struct view_chart_rows){ table, rows };
	b.places = true;
	b.label_head = head_of(named, all[0]);
	b.lead = STR_NONE;
	struct chart c = chart_of(a, i, &b, all, n);
	b.drawing = chart_pairs(a, &c, pairs, drawn);
	struct view_chart_key keys[2];
	size_t nkeys = 0;
	keys[nkeys++] = (struct view_chart_key){ STR("rond"), first->n ? first_name : arena_fmt(a, "%.*s : pas de donnée publiée", (int)first_name.n, first_name.p) };
	keys[nkeys++] = (struct view_chart_key){ STR("losange"), second->n ? second_name : arena_fmt(a, "%.*s : pas de donnée publiée", (int)second_name.n, second_name.p) };
	b.keys = keys_of(a, nkeys, keys);
	return b;
}

static int
value_compare(const void *x, const void *y)
{
	const struct figure *a = *(const struct figure *const *)x, *b = *(const struct figure *const *)y;

	if (a->value != b->value)
		return a->value > b->value ? -1 : 1;
	return a->id < b->id ? -1 : a->id > b->id;
}

/* One line of an indicator on the map of régions; p: its figures about régions. */
static struct view_chart_block
regions(struct arena *a, const struct indicator *i, const struct figure **p, size_t n, const struct territory_refs *refs, const char *id, size_t nth)
{
	struct str title = p[0]->answer.n ? arena_fmt(a, "Région par région : %.*s", (int)p[0]->answer.n, p[0]->answer.p) : STR("Région par région");
	struct chart_region *shapes = arena_array(a, struct chart_region, refs->n);
	size_t drawn = 0, missing = 0;
	bool equal = true;

	qsort(p, n, sizeof *p, value_compare);
	struct view_chart_block b = frame(a, i, p, n, id, nth, title);
	struct view_chart_row *rows = arena_array(a, struct view_chart_row, n + refs->n);
	for (size_t k = 0; k < n; k++) {
		rows[k] = b.rows.p[k];
		rows[k].label = p[k]->place.name;
		rows[k].place = (struct view_link){ STR_NONE, { NULL, 0 } };
		equal = equal && p[k]->value == p[0]->value;
	}
	for (size_t k = 0; k < refs->n; k++) {
		const struct territory_ref *t = &refs->p[k];
		bool inset = str_eq(t->frame, STR("inset"));
		if (t->path.n == 0 || !str_eq(t->type, inset ? STR("departement") : STR("region")))
			continue;
		struct str region = inset ? t->parent_code : t->code;
		const struct figure *own = NULL;
		for (size_t m = 0; m < n && !own; m++)
			if (str_eq(p[m]->place.code, region))
				own = p[m];
		struct chart_region *s = &shapes[drawn++];
		*s = (struct chart_region){ .code = t->code, .path = t->light, .inset = inset, .x = t->x, .y = t->y };
		if (own)
			s->mark = mark_of(a, own, (struct varies){ 0 });
		if (equal) /* the same everywhere: only the year may say more */
			s->mark.text = own && own->year_from ? figure_year_words(a, own) : STR_NONE;
		s->mark.label = t->name;
		if (!own)
			rows[n + missing++] = (struct view_chart_row){ .label = t->name };
	}
	struct chart c = chart_of(a, i, &b, p, n);
	b.rows = (struct view_chart_rows){ rows, n + missing };
	b.label_head = STR("Région");
	b.places = false;
	b.drawing = chart_regions(a, &c, shapes, drawn);
	struct str low = figure_value_words(a, p[n - 1]->value, i->unit), high = figure_value_words(a, p[0]->value, i->unit);
	b.keys = keys_of(a, 2, (struct view_chart_key[]){ { equal ? STR("p3") : STR("p"), equal ? high : arena_fmt(a, "de %.*s (clair) à %.*s (foncé)", (int)low.n, low.p, (int)high.n, high.p) },
		                                          { STR("sans"), STR("pas de donnée publiée") } });
	return b;
}

struct plan {
	struct arena *a;
	const struct indicator *i;
	const struct territory_refs *refs;
	const char *id;
	const struct figure **left; /* not drawn yet */
	size_t nleft;
	struct view_chart_block *blocks;
	size_t n, cap;
};

static bool
room(const struct plan *x)
{
	return x->n < x->cap;
}

/* Takes out of those left the ones that pass. */
typedef bool figure_pass(const struct figure *f, const struct figure *like);

static size_t
take(struct plan *x, figure_pass *pass, const struct figure *like, const struct figure **ret)
{
	size_t n = 0, kept = 0;

	for (size_t k = 0; k < x->nleft; k++)
		if (pass(x->left[k], like))
			ret[n++] = x->left[k];
		else
			x->left[kept++] = x->left[k];
	x->nleft = kept;
	return n;
}

static bool
of_series(const struct figure *f, const struct figure *like)
{
	return f->year_from && same_place(f, like) && same_line(f, like);
}

static bool
of_region_line(const struct figure *f, const struct figure *like)
{
	return str_eq(f->place.type, STR("region")) && same_line(f, like);
}

static bool
of_place(const struct figure *f, const struct figure *like)
{
	return same_place(f, like);
}

static bool
any(const struct figure *f, const struct figure *like)
{
	(void)f, (void)like;
	return true;
}

/* How many years, or places, the figures left have that pass. */
static bool
several(const struct plan *x, figure_pass *pass, const struct figure *like, bool years)
{
	const struct figure *one = NULL;

	for (size_t k = 0; k < x->nleft; k++) {
		if (!pass(x->left[k], like))
			continue;
		if (one && (years ? x->left[k]->year_to != one->year_to : !same_place(x->left[k], one)))
			return true;
		one = one ? one : x->left[k];
	}
	return false;
}

static void
plan_series(struct plan *x)
{
	const struct figure **p = arena_array(x->a, const struct figure *, x->nleft + 1);

	for (size_t k = 0; k < x->nleft && room(x);) {
		const struct figure *like = x->left[k];
		if (like->year_from == 0 || !several(x, of_series, like, true)) {
			k++;
			continue;
		}
		size_t n = take(x, of_series, like, p);
		x->blocks[x->n] = series(x->a, x->i, p, n, x->id, x->n);
		x->n++;
		p = arena_array(x->a, const struct figure *, x->nleft + 1);
		k = 0;
	}
}

static void
plan_regions(struct plan *x)
{
	for (size_t k = 0; k < x->nleft && room(x);) {
		const struct figure *like = x->left[k];
		if (!of_region_line(like, like) || !several(x, of_region_line, like, false)) {
			k++;
			continue;
		}
		const struct figure **p = arena_array(x->a, const struct figure *, x->nleft + 1);
		size_t n = take(x, of_region_line, like, p);
		x->blocks[x->n] = regions(x->a, x->i, p, n, x->refs, x->id, x->n);
		x->n++;
		if (room(x) && p[0]->value != p[n - 1]->value) {
			x->blocks[x->n] = bars(x->a, x->i, p, n, x->id, x->n, STR("Du plus haut au plus bas"));
			x->n++;
		}
		k = 0;
	}
}

/* The nation and one place that answer the same lines. */
static bool
plan_pair(struct plan *x)
{
	const struct figure *nation = NULL, *place = NULL;

	for (size_t k = 0; k < x->nleft; k++) {
		if (is_nation(x->left[k]))
			nation = x->left[k];
		else if (place && !same_place(place, x->left[k]))
			return false;
		else
			place = x->left[k];
	}
	if (!nation || !place || !room(x))
		return false;
	struct figure *sides[2] = { arena_array(x->a, struct figure, x->nleft), arena_array(x->a, struct figure, x->nleft) };
	size_t n[2] = { 0, 0 };
	for (size_t k = 0; k < x->nleft; k++) {
		int s = is_nation(x->left[k]);
		sides[s][n[s]++] = *x->left[k];
	}
	struct figures first = { sides[0], n[0] }, second = { sides[1], n[1] };
	struct view_chart_block *b = &x->blocks[x->n];
	*b = figure_pair(x->a, x->i, &first, place->place.name, &second, STR("France"), arena_fmt(x->a, "%s%zu-", x->id, x->n).p);
	b->title = arena_fmt(x->a, "%.*s et la France", (int)place->place.name.n, place->place.name.p);
	x->n++;
	x->nleft = 0;
	return true;
}

struct view_chart_blocks
figure_blocks(struct arena *a, const struct indicator *i, const struct figures *f, const struct territory_refs *refs, const char *id)
{
	struct plan x = { .a = a, .i = i, .refs = refs, .id = id, .left = arena_array(a, const struct figure *, f->n + 1), .nleft = f->n, .cap = 12 };

	x.blocks = arena_array(a, struct view_chart_block, x.cap + 1);
	for (size_t k = 0; k < f->n; k++)
		x.left[k] = &f->p[k];
	plan_series(&x);
	plan_regions(&x);
	plan_pair(&x);
	/* Place by place while they are few; else together. */
	const struct figure **p = arena_array(a, const struct figure *, f->n + 1);
	while (x.nleft && x.n + 3 < x.cap) {
		const struct figure *like = x.left[0];
		size_t n = take(&x, of_place, like, p);
		if (n == 1 && x.nleft > 2) { /* one figure a place: one drawing */
			p = arena_array(a, const struct figure *, f->n + 1);
			p[0] = like;
			n = 1 + take(&x, any, like, p + 1);
			qsort(p, n, sizeof *p, value_compare);
		}
		x.blocks[x.n] = bars(a, i, p, n, id, x.n, varies_of(p, n).place ? STR("Territoire par territoire") : place_name(like));
		x.n++;
		p = arena_array(a, const struct figure *, f->n + 1);
	}
	if (x.nleft) {
		size_t n = take(&x, any, NULL, p);
		x.blocks[x.n] = bars(a, i, p, n, id, x.n, STR("Les autres territoires"));
		x.n++;
	}
	return (struct view_chart_blocks){ x.blocks, x.n };
}

struct view_places
figure_overseas(struct arena *a, const struct figures *f, const struct territory_refs *refs)
{
	struct view_place *p = arena_array(a, struct view_place, refs->n + 1);
	size_t n = 0;

	for (size_t i = 0; i < refs->n; i++) {
		const struct territory_ref *t = &refs->p[i];
		bool told = false;
		if (!t->overseas || !str_eq(t->type, STR("departement")))
			continue;
		for (size_t k = 0; k < f->n; k++)
			told = told || (f->p[k].overseas && (str_eq(f->p[k].place.stone, t->code) || (str_eq(f->p[k].place.type, STR("region")) && str_eq(f->p[k].place.code, t->parent_code))));
		if (!told)
			p[n++] = row_place(a, t);
	}
	return (struct view_places){ p, n };
}

/* What a block needs to know of an indicator is said by its figures. */
static struct indicator
indicator_of(const struct figure *f)
{
	return (struct indicator){ .code = f->indicator, .label = f->label, .unit = f->unit };
}

/* One question as it was put here, beside the nation where it was put the same. */
static struct view_compared
place_block(struct arena *a, const struct figures *f, const struct figure *first, size_t nth)
{
	struct figure *own = arena_array(a, struct figure, f->n), *nation = arena_array(a, struct figure, f->n);
	const struct figure **p = arena_array(a, const struct figure *, f->n);
	struct indicator i = indicator_of(first);
	size_t n = 0, m = 0;

	for (size_t k = 0; k < f->n; k++)
		if (str_eq(f->p[k].indicator, first->indicator) && same_place(&f->p[k], first))
			p[n] = &f->p[k], own[n++] = f->p[k];
	for (size_t k = 0; k < f->n; k++) {
		bool asked = false;
		for (size_t o = 0; o < n; o++)
			asked = asked || same_line(&own[o], &f->p[k]);
		if (asked && is_nation(&f->p[k]) && str_eq(f->p[k].indicator, first->indicator))
			nation[m++] = f->p[k];
	}
	const char *id = arena_fmt(a, "ici%zu-", nth).p;
	struct view_compared row = { { i.label, link_indicator(a, i.code) }, STR_NONE, { .title = STR_NONE } };
	struct figures here = { own, n }, there = { nation, m };
	row.block = m ? figure_pair(a, &i, &here, place_name(first), &there, STR("France"), id) : bars(a, &i, p, n, id, 0, place_name(first));
	if (n == 1 && m == 0 && !str_eq(i.unit, STR("%"))) { /* what is counted is the question itself: whose count it is, then */
		struct view_chart_row *own_row = arena_array(a, struct view_chart_row, 1);
		*own_row = row.block.rows.p[0];
		own_row->label = place_name(first);
		row.block.rows.p = own_row;
		row.block.label_head = STR("Territoire");
		row.block.big_label = unit_words(first);
	}
	struct str name = first->place.name, lead = row.block.lead;
	row.asked = m ? arena_fmt(a, "%.*s et la France", (int)name.n, name.p) : lead.n ? arena_fmt(a, "%.*s, %.*s", (int)name.n, name.p, (int)lead.n, lead.p) : name;
	row.block.title = STR_NONE;
	return row;
}

struct view_place_figures
figure_place_view(struct arena *a, const struct territory *t, const struct figures *f)
{
	struct view_compared *rows = arena_array(a, struct view_compared, PLACE_ROWS);
	struct view_place_figures v = { .title = STR("Les chiffres publiés") };
	size_t n = 0, near = 0;

	if (f->n == 0)
		return (struct view_place_figures){ .title = STR_NONE };
	for (size_t i = 0; i < f->n; i++)
		near += !is_nation(&f->p[i]);
	struct str compare = arena_fmt(a, "/observatoire/comparer?a=%.*s:%.*s&b=pays:FR", (int)t->type.n, t->type.p, (int)t->code.n, t->code.p);
	struct view_link *more = arena_array(a, struct view_link, 2);
	more[v.more.n++] = (struct view_link){ STR("Tout l’Observatoire"), { "/observatoire", 13 } };
	v.more.p = more;
	if (near == 0) {
		v.lead = t->overseas ? arena_fmt(a, "Pas de donnée publiée %.*s : l’Observatoire des partenariats n’a publié de rapports que pour la métropole. Les chiffres nationaux ne la remplacent pas.",
		                                 (int)t->name_in.n, t->name_in.p)
		                     : arena_fmt(a, "Pas de donnée publiée %.*s. Les chiffres nationaux existent, mais ne disent rien d’ici en particulier.", (int)t->name_in.n, t->name_in.p);
		return v;
	}
	if (f->p[0].depth > 0)
		v.lead = arena_fmt(a, "Pas de donnée publiée %.*s. Voici ce qui l’est plus largement.", (int)t->name_in.n, t->name_in.p);
	for (size_t i = 0; i < f->n && n < PLACE_ROWS; i++) {
		bool before = is_nation(&f->p[i]);
		for (size_t k = 0; k < i && !before; k++)
			before = str_eq(f->p[k].indicator, f->p[i].indicator) && same_place(&f->p[k], &f->p[i]);
		if (!before) {
			rows[n] = place_block(a, f, &f->p[i], n);
			n++;
		}
	}
	v.rows = (struct view_compareds){ rows, n };
	more[v.more.n++] = (struct view_link){ STR("Comparer avec la France"), { compare.p, compare.n } };
	return v;
}
