#include "model/vocabulary.h"

#define CELL(name) db_text(r, i, COL_VOCABULARY_LIST_##name)

static struct term
term_at(const struct db_rows *r, size_t i)
{
	return (struct term){ CELL(CODE),         CELL(LABEL),      CELL(DEFINITION),    CELL(ORIGIN),
		              CELL(SOURCE_LABEL), CELL(SOURCE_URL), CELL(PARENT_SCHEME), CELL(PARENT_CODE) };
}

enum err
vocabulary_all(struct db *db, struct arena *a, struct vocabularies *ret)
{
	struct db_rows rows, *r = &rows;
	enum err e = db_run(db, a, QUERY_VOCABULARY_LIST, DB_ARGS(DB_NULL), r);
	if (e)
		return e;
	struct vocabulary *p = arena_array(a, struct vocabulary, r->nrows);
	for (size_t i = 0; i < r->nrows; i++)
		p[i] = (struct vocabulary){ .about = term_at(r, i), .nterms = db_int(r, i, COL_VOCABULARY_LIST_TERMS) };
	*ret = (struct vocabularies){ p, r->nrows };
	return ERR_NONE;
}

enum err
vocabulary_find(struct db *db, struct arena *a, struct str code, struct vocabulary *ret)
{
	struct db_rows rows, *r = &rows;
	enum err e = db_run(db, a, QUERY_VOCABULARY_LIST, DB_ARGS(db_arg_str(code)), r);
	if (e)
		return e;
	if (r->nrows == 0)
		return ERR_NOT_FOUND;
	struct term *terms = arena_array(a, struct term, r->nrows);
	size_t n = 0;
	for (size_t i = 1; i < r->nrows; i++)
		terms[n++] = term_at(r, i);
	*ret = (struct vocabulary){ term_at(r, 0), (int64_t)n, terms };
	return ERR_NONE;
}
