#include "model/resource.h"
#include "model/theme.h"
#include "text/json_out.h"

/* resource_kind holds the same: a test compares them. */
const struct resource_kind RESOURCE_KINDS[] = {
	{ "base", "Base partagée" },
	{ "reseau", "Site du Réseau et de ses partenaires" },
	{ "institution", "Site institutionnel" },
	{ "reference", "Document de référence" },
	{ "formation", "Outil de formation" },
	{ "donnees", "Données ouvertes" },
};
const size_t RESOURCE_KINDS_N = sizeof(RESOURCE_KINDS) / sizeof(*RESOURCE_KINDS);

#define CELL(name) db_text(&r, i, COL_RESOURCE_LIST_##name)

enum err
resource_list(struct db *db, struct arena *a, struct str theme, struct resources *ret)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_RESOURCE_LIST, DB_ARGS(db_arg_opt(theme)), &r);

	if (e)
		return e;
	struct resource *p = arena_array(a, struct resource, r.nrows + 1);
	for (size_t i = 0; i < r.nrows; i++)
		p[i] = (struct resource){ .id = db_int(&r, i, COL_RESOURCE_LIST_ID),
			                  .year = db_int(&r, i, COL_RESOURCE_LIST_YEAR),
			                  .ref = CELL(REF),
			                  .kind = CELL(KIND),
			                  .kind_label = CELL(KIND_LABEL),
			                  .kind_plural = CELL(KIND_PLURAL),
			                  .kind_what = CELL(KIND_WHAT),
			                  .title = CELL(TITLE),
			                  .summary = CELL(SUMMARY),
			                  .publisher = CELL(PUBLISHER),
			                  .url = CELL(URL),
			                  .origin = CELL(ORIGIN),
			                  .source_label = CELL(SOURCE_LABEL),
			                  .source_url = CELL(SOURCE_URL),
			                  .checked_on = CELL(CHECKED_ON),
			                  .themes = theme_cut(a, CELL(THEMES)),
			                  .shown = true };
	*ret = (struct resources){ p, r.nrows };
	return ERR_NONE;
}
#undef CELL

#define CELL(name) db_text(&r, i, COL_RESOURCE_ADMIN_##name)
#define COUNT(name) db_int(&r, i, COL_RESOURCE_ADMIN_##name)

static enum err
read_all(struct db *db, struct arena *a, struct db_arg id, struct resources *ret)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_RESOURCE_ADMIN, DB_ARGS(id), &r);

	if (e)
		return e;
	struct resource *p = arena_array(a, struct resource, r.nrows + 1);
	for (size_t i = 0; i < r.nrows; i++)
		p[i] = (struct resource){ .id = COUNT(ID),
			                  .year = COUNT(YEAR),
			                  .position = COUNT(POSITION),
			                  .failures = COUNT(FAILURES),
			                  .ref = CELL(REF),
			                  .kind = CELL(KIND),
			                  .kind_label = CELL(KIND_LABEL),
			                  .title = CELL(TITLE),
			                  .summary = CELL(SUMMARY),
			                  .publisher = CELL(PUBLISHER),
			                  .url = CELL(URL),
			                  .origin = CELL(ORIGIN),
			                  .source_label = CELL(SOURCE_LABEL),
			                  .source_url = CELL(SOURCE_URL),
			                  .checked_on = CELL(CHECKED_ON),
			                  .changed_at = CELL(CHANGED_AT),
			                  .changed_by = CELL(CHANGED_BY),
			                  .themes = theme_cut(a, CELL(THEMES)),
			                  .shown = db_bool(&r, i, COL_RESOURCE_ADMIN_SHOWN) };
	*ret = (struct resources){ p, r.nrows };
	return ERR_NONE;
}
#undef CELL
#undef COUNT

enum err
resource_every(struct db *db, struct arena *a, struct resources *ret)
{
	return read_all(db, a, DB_NULL, ret);
}

enum err
resource_find(struct db *db, struct arena *a, int64_t id, struct resource *ret)
{
	struct resources some;
	enum err e = read_all(db, a, db_arg_int(a, id), &some);

	if (!e && some.n)
		*ret = some.p[0];
	return e ? e : some.n ? ERR_NONE : ERR_NOT_FOUND;
}

enum err
resource_save(struct db *db, struct arena *a, int64_t actor, const struct resource *x, struct str *ret_why)
{
	struct db_rows r;
	struct buf b;

	buf_init(&b, a, 1024);
	struct json_out j = json_out(&b);
	json_begin_object(&j);
	json_key(&j, "title"), json_str(&j, x->title);
	json_key(&j, "summary"), json_str(&j, x->summary);
	json_key(&j, "kind"), json_str(&j, x->kind);
	json_key(&j, "publisher"), json_str(&j, x->publisher);
	json_key(&j, "year"), x->year ? json_int(&j, x->year) : json_null(&j);
	json_key(&j, "url"), json_str_or_null(&j, x->url);
	json_key(&j, "origin"), json_str(&j, x->origin);
	json_key(&j, "source_label"), json_str_or_null(&j, x->source_label);
	json_key(&j, "source_url"), json_str_or_null(&j, x->source_url);
	json_key(&j, "checked_on"), json_str_or_null(&j, x->checked_on);
	json_key(&j, "position"), x->position ? json_int(&j, x->position) : json_null(&j);
	json_key(&j, "shown"), json_bool(&j, x->shown);
	json_key(&j, "themes");
	json_begin_array(&j);
	for (size_t i = 0; i < x->themes.n; i++)
		json_str(&j, x->themes.p[i]);
	json_end(&j);
	json_end(&j);
	enum err e = db_run(db, a, QUERY_RESOURCE_SAVE, DB_ARGS(db_arg_int(a, actor), x->id ? db_arg_int(a, x->id) : DB_NULL, db_arg_str(buf_str(&b))), &r);
	if (!e)
		*ret_why = db_text(&r, 0, 0);
	return e;
}
