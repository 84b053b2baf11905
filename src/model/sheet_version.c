#include "model/sheet_version.h"

#include "base/buf.h"

static bool
is(struct str s, const char *z)
{
	return str_eq(s, str_of(z));
}

bool
sheet_status_readable(const struct sheet_status *s)
{
	return is(s->state, "publiee") || is(s->state, "a_actualiser") || is(s->state, "archivee") || is(s->state, "fusionnee");
}

enum err
sheet_status_find(struct db *db, struct arena *a, int64_t id, struct sheet_status *ret)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_SHEET_STATUS, DB_ARGS(db_arg_int(a, id)), &r);
	if (e)
		return e;
	if (r.nrows == 0 || db_int(&r, 0, COL_SHEET_STATUS_VERSION) == 0)
		return ERR_NOT_FOUND;
	*ret = (struct sheet_status){
		.id = id,
		.version = db_int(&r, 0, COL_SHEET_STATUS_VERSION),
		.type = db_text(&r, 0, COL_SHEET_STATUS_TYPE),
		.slug = db_text(&r, 0, COL_SHEET_STATUS_SLUG),
		.title = db_text(&r, 0, COL_SHEET_STATUS_TITLE),
		.state = db_text(&r, 0, COL_SHEET_STATUS_STATE),
		.origin = db_text(&r, 0, COL_SHEET_STATUS_ORIGIN),
		.modified_at = db_text(&r, 0, COL_SHEET_STATUS_MODIFIED_AT),
		.verified_on = db_text(&r, 0, COL_SHEET_STATUS_VERIFIED_ON),
		.withdrawn_on = db_text(&r, 0, COL_SHEET_STATUS_WITHDRAWN_ON),
		.withdrawn_reason = db_text(&r, 0, COL_SHEET_STATUS_WITHDRAWN_REASON),
		.target_id = db_is_null(&r, 0, COL_SHEET_STATUS_TARGET_ID) ? 0 : db_int(&r, 0, COL_SHEET_STATUS_TARGET_ID),
		.target_slug = db_text(&r, 0, COL_SHEET_STATUS_TARGET_SLUG),
		.target_title = db_text(&r, 0, COL_SHEET_STATUS_TARGET_TITLE),
	};
	return ERR_NONE;
}

/* Who signed, when somebody did; a name leaves with its account. */
static struct str
signer(const struct db_rows *r, size_t i, int id, int name)
{
	return db_is_null(r, i, id) ? STR_NONE : db_is_null(r, i, name) ? STR("contributeur supprimé") : db_text(r, i, name);
}

enum err
sheet_history_list(struct db *db, struct arena *a, int64_t id, struct sheet_history *ret)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_SHEET_HISTORY, DB_ARGS(db_arg_int(a, id)), &r);
	if (e)
		return e;
	struct sheet_version *p = arena_array(a, struct sheet_version, r.nrows);
	for (size_t i = 0; i < r.nrows; i++)
		p[i] = (struct sheet_version){
			.number = db_int(&r, i, COL_SHEET_HISTORY_NUMBER),
			.title = db_text(&r, i, COL_SHEET_HISTORY_TITLE),
			.hash = db_text(&r, i, COL_SHEET_HISTORY_HASH),
			.previous_hash = db_text(&r, i, COL_SHEET_HISTORY_PREVIOUS_HASH),
			.published_at = db_text(&r, i, COL_SHEET_HISTORY_PUBLISHED_AT),
			.note = db_text(&r, i, COL_SHEET_HISTORY_NOTE),
			.author = signer(&r, i, COL_SHEET_HISTORY_AUTHOR_ID, COL_SHEET_HISTORY_AUTHOR),
			.decider = signer(&r, i, COL_SHEET_HISTORY_DECIDED_BY, COL_SHEET_HISTORY_DECIDER),
		};
	*ret = (struct sheet_history){ p, r.nrows };
	return ERR_NONE;
}

enum err
sheet_version_find(struct db *db, struct arena *a, int64_t id, int64_t number, struct sheet_version *ret)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_SHEET_VERSION_FIND, DB_ARGS(db_arg_int(a, id), db_arg_int(a, number)), &r);
	if (e)
		return e;
	if (r.nrows == 0)
		return ERR_NOT_FOUND;
	*ret = (struct sheet_version){
		.number = number,
		.title = db_text(&r, 0, COL_SHEET_VERSION_FIND_TITLE),
		.summary = db_text(&r, 0, COL_SHEET_VERSION_FIND_SUMMARY),
		.sections_json = db_text(&r, 0, COL_SHEET_VERSION_FIND_SECTIONS),
		.evidence = (int)db_int(&r, 0, COL_SHEET_VERSION_FIND_EVIDENCE),
		.licence = db_text(&r, 0, COL_SHEET_VERSION_FIND_LICENCE),
		.hash = db_text(&r, 0, COL_SHEET_VERSION_FIND_HASH),
		.previous_hash = db_text(&r, 0, COL_SHEET_VERSION_FIND_PREVIOUS_HASH),
		.published_at = db_text(&r, 0, COL_SHEET_VERSION_FIND_PUBLISHED_AT),
		.note = db_text(&r, 0, COL_SHEET_VERSION_FIND_NOTE),
		.author = signer(&r, 0, COL_SHEET_VERSION_FIND_AUTHOR_ID, COL_SHEET_VERSION_FIND_AUTHOR),
		.decider = signer(&r, 0, COL_SHEET_VERSION_FIND_DECIDED_BY, COL_SHEET_VERSION_FIND_DECIDER),
		.has_parts = !db_is_null(&r, 0, COL_SHEET_VERSION_FIND_PLACES),
		.places = db_text(&r, 0, COL_SHEET_VERSION_FIND_PLACES),
		.terms = db_text(&r, 0, COL_SHEET_VERSION_FIND_TERMS),
		.source = db_text(&r, 0, COL_SHEET_VERSION_FIND_SOURCE),
	};
	return ERR_NONE;
}

enum err
sheet_seal_check(struct db *db, struct arena *a, int64_t id, int64_t *ret)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_SHEET_SEAL, DB_ARGS(db_arg_int(a, id)), &r);
	if (e)
		return e;
	*ret = db_is_null(&r, 0, COL_SHEET_SEAL_BROKEN) ? 0 : db_int(&r, 0, COL_SHEET_SEAL_BROKEN);
	return ERR_NONE;
}

struct sheet
sheet_at_version(struct arena *a, const struct sheet *s, const struct sheet_version *v)
{
	struct sheet old = *s;
	old.version = v->number;
	old.title = v->title;
	old.summary = v->summary;
	old.evidence = v->evidence;
	old.licence = v->licence;
	old.sections_json = v->sections_json;
	old.modified_at = v->published_at;
	sheet_sections_read(a, &old);
	return old;
}

/* A step or a value: its title, by which it is found again, and all of it. */
struct item {
	struct str title, text;
};

struct items {
	struct item *p;
	size_t n;
};

struct writer {
	struct arena *arena;
	struct sheet_field *p;
	size_t n, cap;
};

static void
put(struct writer *w, struct str key, struct str label, struct str before, struct str after)
{
	if (before.n == 0 && after.n == 0)
		return;
	if (w->n == w->cap) {
		struct sheet_field *grown = arena_array(w->arena, struct sheet_field, w->cap * 2);
		memcpy(grown, w->p, w->n * sizeof(*grown));
		w->p = grown;
		w->cap *= 2;
	}
	w->p[w->n++] = (struct sheet_field){ key, label, before, after };
}

static struct items
steps_of(struct arena *a, const struct sheet *s)
{
	struct items t = { arena_array(a, struct item, s->nsteps), s->nsteps };
	for (size_t i = 0; i < s->nsteps; i++) {
		const struct sheet_step *x = &s->steps[i];
		struct buf b;
		buf_init(&b, a, x->text.n + 128);
		buf_put(&b, x->title);
		if (x->duration.n)
			buf_fmt(&b, "\nDurée : %.*s", (int)x->duration.n, x->duration.p);
		if (x->text.n)
			buf_fmt(&b, "\n%.*s", (int)x->text.n, x->text.p);
		if (x->tools.n)
			buf_fmt(&b, "\nBoîte à outils : %.*s", (int)x->tools.n, x->tools.p);
		t.p[i] = (struct item){ x->title, buf_str(&b) };
	}
	return t;
}

static struct items
values_of(struct arena *a, const struct sheet *s)
{
	struct items t = { arena_array(a, struct item, s->nvalues), s->nvalues };
	for (size_t i = 0; i < s->nvalues; i++) {
		const struct sheet_value *x = &s->values[i];
		struct buf b;
		buf_init(&b, a, 128);
		buf_fmt(&b, "%.*s : %.*s", (int)x->label.n, x->label.p, (int)x->value.n, x->value.p);
		if (x->unit.n)
			buf_fmt(&b, " %.*s", (int)x->unit.n, x->unit.p);
		if (x->year.n)
			buf_fmt(&b, ", %.*s", (int)x->year.n, x->year.p);
		if (x->territory.n)
			buf_fmt(&b, ", %.*s", (int)x->territory.n, x->territory.p);
		t.p[i] = (struct item){ x->label, buf_str(&b) };
	}
	return t;
}

enum { MATCH_MAX = 300 }; /* items of a list; longer ones are matched by their rank */

/* Items i of a and k of b of the same title, in order on both sides, as many as can be: ret[i] is k + 1, 0 for none. */
static const size_t *
match(struct arena *arena, struct items a, struct items b)
{
	size_t *ret = arena_array(arena, size_t, a.n + 1), wide = b.n + 1;
	if (a.n > MATCH_MAX || b.n > MATCH_MAX)
		return ret;
	unsigned short *most = arena_array(arena, unsigned short, (a.n + 1) * wide); /* of a from i on and b from k on */
	for (size_t i = a.n; i-- > 0;)
		for (size_t k = b.n; k-- > 0;) {
			unsigned short down = most[(i + 1) * wide + k], right = most[i * wide + k + 1];
			most[i * wide + k] = str_eq(a.p[i].title, b.p[k].title) ? (unsigned short)(most[(i + 1) * wide + k + 1] + 1)
			                     : down > right                     ? down
			                                                        : right;
		}
	for (size_t i = 0, k = 0; i < a.n && k < b.n;) {
		if (str_eq(a.p[i].title, b.p[k].title))
			ret[i++] = ++k;
		else if (most[(i + 1) * wide + k] >= most[i * wide + k + 1])
			i++;
		else
			k++;
	}
	return ret;
}

static void
item_put(struct writer *w, const char *key, const char *label, size_t rank, struct str before, struct str after)
{
	/* What is gone has its rank of then: its key says so, for the one that has that rank now. */
	put(w, arena_fmt(w->arena, "%s-%s%zu", key, after.n ? "" : "avant-", rank), arena_fmt(w->arena, "%s %zu", label, rank), before, after);
}

/* Between two items that match, what is left on both sides goes by pairs: a step given another title is a step changed. */
static void
items_put(struct writer *w, const char *key, const char *label, struct items a, struct items b)
{
	const size_t *to = match(w->arena, a, b);
	size_t i = 0, k = 0;
	while (i < a.n || k < b.n) {
		size_t next = i;
		while (next < a.n && to[next] == 0)
			next++;
		size_t until = next < a.n ? to[next] - 1 : b.n;
		for (; i < next && k < until; i++, k++)
			item_put(w, key, label, k + 1, a.p[i].text, b.p[k].text);
		for (; i < next; i++)
			item_put(w, key, label, i + 1, a.p[i].text, STR_NONE);
		for (; k < until; k++)
			item_put(w, key, label, k + 1, STR_NONE, b.p[k].text);
		if (i < a.n && k < b.n) {
			item_put(w, key, label, k + 1, a.p[i].text, b.p[k].text);
			i++;
			k++;
		}
	}
}

struct sheet_fields
sheet_version_fields(struct arena *a, struct str type, const struct sheet_version *before, const struct sheet_version *after)
{
	struct writer w = { a, arena_array(a, struct sheet_field, 16), 0, 16 };
	struct sheet kind = { .type = type };
	struct sheet x = sheet_at_version(a, &kind, before), y = sheet_at_version(a, &kind, after);
	struct sheet_section section;

	put(&w, STR("titre"), STR("Titre"), x.title, y.title);
	put(&w, STR("chapo"), STR("Résumé"), x.summary, y.summary);
	for (size_t i = 0; sheet_section_at(type, &i, &section);)
		put(&w, section.key, section.label, sheet_text(&x, section.key.p), sheet_text(&y, section.key.p));
	/* An example may tell its steps in prose. */
	put(&w, STR("etapes"), STR("Les étapes"), x.steps_prose, y.steps_prose);
	items_put(&w, "etapes", "Étape", steps_of(a, &x), steps_of(a, &y));
	items_put(&w, "valeurs", "Chiffre", values_of(a, &x), values_of(a, &y));
	put(&w, STR("preuve"), STR("Niveau de preuve"), str_of(SHEET_EVIDENCE_NAMES[x.evidence]), str_of(SHEET_EVIDENCE_NAMES[y.evidence]));
	put(&w, STR("licence"), STR("Licence"), x.licence, y.licence);
	if (before->has_parts && after->has_parts) { /* else nobody knows what it was */
		put(&w, STR("territoires"), STR("Territoires"), before->places, after->places);
		put(&w, STR("termes"), STR("Thèmes et autres mots"), before->terms, after->terms);
		put(&w, STR("source"), STR("Source"), before->source, after->source);
	}
	return (struct sheet_fields){ w.p, w.n };
}
