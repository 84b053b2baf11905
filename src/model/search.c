#include "model/search.h"

#include "base/buf.h"

#define LITTLE 5

/* *RET: what to look for besides q, or empty. */
static enum err
wider(struct db *db, struct arena *a, struct str q, struct str *ret)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_SEARCH_WIDER, DB_ARGS(db_arg_str(q)), &r);
	*ret = !e && r.nrows > 0 ? db_text(&r, 0, COL_SEARCH_WIDER_WIDER) : STR_NONE;
	return e;
}

static enum err
repair(struct db *db, struct arena *a, struct str q, struct search_note *ret)
{
	struct db_rows r;
	struct str any;
	enum err e = db_run(db, a, QUERY_SEARCH_REPAIR, DB_ARGS(db_arg_str(q)), &r);
	*ret = (struct search_note){ .asked = q };
	if (e || r.nrows == 0)
		return e;
	ret->instead = db_text(&r, 0, COL_SEARCH_REPAIR_INSTEAD);
	ret->reason = db_text(&r, 0, COL_SEARCH_REPAIR_REASON);
	if (!str_eq(ret->reason, STR("large")) || (e = wider(db, a, q, &any)) || any.n == 0 || any.p[0] == '~')
		return e;
	ret->instead = any; /* hardly a sheet has most of them */
	ret->reason = STR("un");
	return ERR_NONE;
}

enum err
search_alone(struct db *db, struct arena *a, const struct list_query *q, int64_t found, search_total *total, bool *ret)
{
	struct list_query bare = { .q = q->q, .tri = STR("pertinence"), .page = 1, .taille = 1 };
	bool narrowed = q->territoires.n > 0 || list_query_filtered(q);
	enum err e = found == 0 && narrowed ? total(db, a, &bare, &found) : ERR_NONE;
	*ret = found > 0;
	return e;
}

enum err
search_instead(struct db *db, struct arena *a, const struct list_query *q, int64_t found, search_total *total, struct search_note *ret)
{
	bool some = true;
	*ret = (struct search_note){ 0 };
	enum err e = q->q.n == 0 ? ERR_NONE : search_alone(db, a, q, found, total, &some);
	return e || some ? e : repair(db, a, q->q, ret);
}

enum err
search_wider(struct db *db, struct arena *a, const struct list_query *q, int64_t found, search_total *total, struct search_note *ret)
{
	enum { FEW = 4 };
	struct list_query bare = { .q = q->q, .tri = STR("pertinence"), .page = 1, .taille = 1 };
	int64_t alone = found;
	enum err e;
	*ret = (struct search_note){ .asked = q->q, .found = found };
	if (q->q.n == 0 || q->whole || found > FEW)
		return ERR_NONE;
	if ((q->territoires.n > 0 || list_query_filtered(q)) && (e = total(db, a, &bare, &alone)))
		return e;
	if (alone == 0 || alone > FEW)
		return ERR_NONE;
	return wider(db, a, q->q, &ret->wider);
}

struct str
search_any(struct arena *a, struct str q)
{
	struct buf b;
	size_t words = 0;
	buf_init(&b, a, q.n * 3 + 8);
	for (size_t i = 0; i < q.n;) {
		size_t from = i;
		if (q.p[i] == ' ') {
			i++;
			continue;
		}
		if (q.p[i] == '-' || q.p[i] == '~')
			return STR_NONE;
		while (i < q.n && q.p[i] != ' ')
			i++;
		if (words++)
			buf_lit(&b, " ou ");
		buf_put(&b, (struct str){ q.p + from, i - from });
	}
	return words > 1 ? buf_str(&b) : STR_NONE;
}

enum err
search_meant(struct db *db, struct arena *a, const struct list_query *q, int64_t found, search_total *total, struct search_note *note)
{
	struct db_rows r;
	struct list_query other = *q;
	int64_t more;
	enum err e;
	if (q->q.n == 0 || q->page > 1 || q->apres.n || found > LITTLE || str_eq(note->reason, STR("orthographe")) || str_eq(note->reason, STR("famille")))
		return ERR_NONE;
	if (found == 0 && note->instead.n == 0 && note->wider.n == 0) { /* these words find something, not with these filters */
		struct search_note near;
		if ((e = repair(db, a, q->q, &near)))
			return e;
		other.q = near.instead;
		note->reason = near.reason;
	} else {
		if ((e = db_run(db, a, QUERY_SEARCH_MEANT, DB_ARGS(db_arg_str(q->q)), &r)))
			return e;
		other.q = r.nrows ? db_text(&r, 0, COL_SEARCH_MEANT_MEANT) : STR_NONE;
	}
	if (other.q.n == 0)
		return ERR_NONE;
	other.taille = 1;
	if ((e = total(db, a, &other, &more)))
		return e;
	if (more > (note->instead.n ? 0 : found)) /* most of the words are not the words */
		note->meant = other.q;
	return ERR_NONE;
}

enum err
search_places(struct db *db, struct arena *a, struct str q, struct search_places *ret)
{
	struct db_rows r;
	*ret = (struct search_places){ 0 };
	enum err e = db_run(db, a, QUERY_SEARCH_PLACE, DB_ARGS(db_arg_str(q)), &r);
	if (e || r.nrows == 0)
		return e;
	struct search_place *p = arena_array(a, struct search_place, r.nrows);
	*ret = (struct search_places){ .p = p,
		                       .n = r.nrows,
		                       .rest = db_text(&r, 0, COL_SEARCH_PLACE_REST),
		                       .sure = db_bool(&r, 0, COL_SEARCH_PLACE_SURE),
		                       .known = db_bool(&r, 0, COL_SEARCH_PLACE_KNOWN),
		                       .said = db_bool(&r, 0, COL_SEARCH_PLACE_SAID) };
	for (size_t i = 0; i < r.nrows; i++) {
		p[i] = (struct search_place){ db_text(&r, i, COL_SEARCH_PLACE_KEY), db_text(&r, i, COL_SEARCH_PLACE_NAME_IN) };
		ret->others += str_eq(db_text(&r, i, COL_SEARCH_PLACE_PART), STR("autre"));
	}
	return ERR_NONE;
}

enum err
search_places_alike(struct db *db, struct arena *a, struct str q, struct search_places *ret)
{
	struct db_rows r;
	*ret = (struct search_places){ 0 };
	enum err e = db_run(db, a, QUERY_SEARCH_PLACE_ALIKE, DB_ARGS(db_arg_str(q)), &r);
	if (e || r.nrows == 0)
		return e;
	struct search_place *p = arena_array(a, struct search_place, r.nrows);
	for (size_t i = 0; i < r.nrows; i++)
		p[i] = (struct search_place){ db_text(&r, i, COL_SEARCH_PLACE_ALIKE_KEY), db_text(&r, i, COL_SEARCH_PLACE_ALIKE_NAME_IN) };
	*ret = (struct search_places){ .p = p, .n = r.nrows, .others = r.nrows - 1 };
	return ERR_NONE;
}

enum err
search_place_has(struct db *db, struct arena *a, const struct list_query *q, const struct search_places *places, size_t i, search_total *total,
                 bool *ret)
{
	struct list_query other = *q;
	int64_t n = 0;
	enum err e;
	*ret = false;
	if (total == sheet_total) { /* told without a list; fewer with filters */
		struct db_rows r;
		if ((e = db_run(db, a, QUERY_SEARCH_PLACE_HAS, DB_ARGS(db_arg_str(places->rest), db_arg_str(places->p[i].key)), &r)))
			return e;
		*ret = db_bool(&r, 0, COL_SEARCH_PLACE_HAS_HAS);
		if (!*ret || !list_query_filtered(q))
			return ERR_NONE;
	}
	other.q = places->rest;
	other.territoires = (struct strs){ &places->p[i].key, 1 };
	other.apres = STR_NONE;
	other.page = 1;
	other.taille = 1;
	e = total(db, a, &other, &n);
	*ret = n > 0;
	return e;
}

enum err
search_excerpts(struct db *db, struct arena *a, struct str q, struct sheet_list *list)
{
	if (q.n == 0 || list->n == 0)
		return ERR_NONE;
	struct db_rows r;
	int64_t *ids = arena_array(a, int64_t, list->n);
	struct sheet_card *cards = arena_array(a, struct sheet_card, list->n);
	for (size_t i = 0; i < list->n; i++) {
		cards[i] = list->p[i];
		ids[i] = cards[i].id;
	}
	if (list->facets.search.instead.n)
		q = list->facets.search.instead;
	else if (list->facets.search.wider.n)
		q = list->facets.search.wider;
	enum err e = db_run(db, a, QUERY_SEARCH_EXCERPTS, DB_ARGS(db_arg_str(q), db_arg_ints(a, ids, list->n)), &r);
	if (e)
		return e;
	for (size_t row = 0; row < r.nrows; row++)
		for (size_t i = 0; i < list->n; i++)
			if (ids[i] == db_int(&r, row, COL_SEARCH_EXCERPTS_ID)) {
				cards[i].found_summary = db_text(&r, row, COL_SEARCH_EXCERPTS_SUMMARY);
				cards[i].found_facet = db_text(&r, row, COL_SEARCH_EXCERPTS_FACET);
				cards[i].found_passage = db_text(&r, row, cards[i].found_facet.n ? COL_SEARCH_EXCERPTS_LABEL : COL_SEARCH_EXCERPTS_PASSAGE);
			}
	list->p = cards;
	return ERR_NONE;
}

enum err
search_others(struct db *db, struct arena *a, struct str q, int64_t size, struct search_others *ret)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_SEARCH_OTHERS, DB_ARGS(db_arg_str(q), db_arg_int(a, size)), &r);
	if (e)
		return e;
	struct search_other *out = arena_array(a, struct search_other, r.nrows);
#define CELL(name) db_text(&r, i, COL_SEARCH_OTHERS_##name)
	for (size_t i = 0; i < r.nrows; i++)
		out[i] = (struct search_other){ CELL(PART), CELL(CODE), CELL(TITLE), CELL(NOTE), CELL(DAY), CELL(URL),
			                        db_int(&r, i, COL_SEARCH_OTHERS_TOTAL) };
#undef CELL
	*ret = (struct search_others){ out, r.nrows };
	return ERR_NONE;
}

enum err
search_suggest(struct db *db, struct arena *a, struct str q, struct search_guesses *ret)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_SEARCH_SUGGEST, DB_ARGS(db_arg_str(q)), &r);
	if (e)
		return e;
	struct search_guess *out = arena_array(a, struct search_guess, r.nrows);
#define CELL(name) db_text(&r, i, COL_SEARCH_SUGGEST_##name)
	for (size_t i = 0; i < r.nrows; i++)
		out[i] = (struct search_guess){ CELL(PART), db_int(&r, i, COL_SEARCH_SUGGEST_ID), CELL(TYPE), CELL(SLUG), CELL(LABEL) };
#undef CELL
	*ret = (struct search_guesses){ out, r.nrows };
	return ERR_NONE;
}
