#include "model/theme.h"

struct strs
theme_cut(struct arena *a, struct str s)
{
	size_t n = s.n > 0, k = 0, from = 0;

	for (size_t i = 0; i < s.n; i++)
		n += s.p[i] == '|';
	struct str *p = arena_array(a, struct str, n + 1);
	for (size_t i = 0; i <= s.n && k < n; i++)
		if (i == s.n || s.p[i] == '|') {
			p[k++] = (struct str){ s.p + from, i - from };
			from = i + 1;
		}
	return (struct strs){ p, n };
}

#define CELL(name) db_text(&r, i, COL_THEME_LIST_##name)
#define COUNT(name) db_int(&r, i, COL_THEME_LIST_##name)

static enum err
read_themes(struct db *db, struct arena *a, struct db_arg code, struct themes *ret)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_THEME_LIST, DB_ARGS(code), &r);

	if (e)
		return e;
	struct theme *p = arena_array(a, struct theme, r.nrows + 1);
	for (size_t i = 0; i < r.nrows; i++)
		p[i] = (struct theme){ .code = CELL(CODE),
			               .label = CELL(LABEL),
			               .definition = CELL(DEFINITION),
			               .origin = CELL(ORIGIN),
			               .source_label = CELL(SOURCE_LABEL),
			               .source_url = CELL(SOURCE_URL),
			               .odd_codes = theme_cut(a, CELL(ODD_CODES)),
			               .odd_labels = theme_cut(a, CELL(ODD_LABELS)),
			               .sheets = { COUNT(METHODS), COUNT(EXAMPLES), COUNT(FIGURES), COUNT(TOOLS), COUNT(SKILLS) },
			               .resources = COUNT(RESOURCES),
			               .catalysts = COUNT(CATALYSTS) };
	*ret = (struct themes){ p, r.nrows };
	return ERR_NONE;
}
#undef CELL
#undef COUNT

enum err
theme_all(struct db *db, struct arena *a, struct themes *ret)
{
	return read_themes(db, a, DB_NULL, ret);
}

enum err
theme_find(struct db *db, struct arena *a, struct str code, struct theme *ret)
{
	struct themes some;
	enum err e = read_themes(db, a, db_arg_str(code), &some);

	if (!e && some.n)
		*ret = some.p[0];
	return e ? e : some.n ? ERR_NONE : ERR_NOT_FOUND;
}

/* A large base: the lists, kind by kind, those of the territory first, then any. */
static enum err
sheets_wide(struct db *db, struct arena *a, struct str code, struct str key, int64_t most, struct theme_sheets ret[5])
{
	for (size_t k = 0; k < 5; k++) {
		struct str kind = str_of(SHEET_KINDS[k].code);
		struct sheet_card *p = arena_array(a, struct sheet_card, (size_t)most);
		struct theme_sheets *x = &ret[k];
		*x = (struct theme_sheets){ .p = p };
		for (int pass = key.n ? 0 : 1; pass < 2 && x->n < (size_t)most; pass++) {
			struct list_query q = { .themes = { &code, 1 }, .types = { &kind, 1 }, .territoires = { &key, pass == 0 }, .tri = STR("pertinence"), .page = 1, .taille = most };
			struct sheet_list list;
			enum err e = sheet_search(db, a, &q, &list);
			if (e)
				return e;
			for (size_t i = 0; i < list.n && x->n < (size_t)most; i++) {
				bool seen = false;
				for (size_t m = 0; m < x->n; m++)
					seen = seen || p[m].id == list.p[i].id;
				if (!seen)
					p[x->n++] = list.p[i];
			}
		}
	}
	return ERR_NONE;
}

#define CELL(name) db_text(&r, i, COL_THEME_SHEETS_##name)

enum err
theme_sheets(struct db *db, struct arena *a, struct str code, struct str type, struct str territory, int64_t most, struct theme_sheets ret[5])
{
	struct db_rows r;
	bool wide;
	enum err e = sheet_base_wide(db, a, &wide);

	if (!e && wide)
		return sheets_wide(db, a, code, type.n ? arena_fmt(a, "%.*s:%.*s", (int)type.n, type.p, (int)territory.n, territory.p) : STR_NONE, most, ret);
	if (e)
		return e;
	e = db_run(db, a, QUERY_THEME_SHEETS, DB_ARGS(db_arg_str(code), db_arg_opt(type), db_arg_opt(territory), db_arg_int(a, most)), &r);

	if (e)
		return e;
	struct sheet_card *p = arena_array(a, struct sheet_card, r.nrows + 1);
	for (size_t k = 0; k < 5; k++)
		ret[k] = (struct theme_sheets){ 0 };
	for (size_t i = 0; i < r.nrows; i++) {
		p[i] = (struct sheet_card){ .id = db_int(&r, i, COL_THEME_SHEETS_ID),
			                    .version = db_int(&r, i, COL_THEME_SHEETS_VERSION),
			                    .type = CELL(TYPE),
			                    .slug = CELL(SLUG),
			                    .title = CELL(TITLE),
			                    .summary = CELL(SUMMARY),
			                    .origin = CELL(ORIGIN),
			                    .evidence = (int)db_int(&r, i, COL_THEME_SHEETS_EVIDENCE),
			                    .verified_on = CELL(VERIFIED_ON),
			                    .created_at = CELL(CREATED_AT),
			                    .modified_at = CELL(MODIFIED_AT),
			                    .licence = CELL(LICENCE),
			                    .language = CELL(LANGUAGE),
			                    .here = db_bool(&r, i, COL_THEME_SHEETS_HERE),
			                    .national = db_bool(&r, i, COL_THEME_SHEETS_NATIONAL),
			                    .place = { CELL(PLACE_TYPE), CELL(PLACE_CODE), CELL(PLACE_SLUG), CELL(PLACE_NAME), CELL(STONE) },
			                    .ref = CELL(REF),
			                    .source_label = CELL(SOURCE_LABEL),
			                    .source_url = CELL(SOURCE_URL) };
		size_t k = (size_t)(sheet_kind_of(p[i].type) - SHEET_KINDS);
		if (ret[k].n++ == 0)
			ret[k].p = &p[i];
	}
	return ERR_NONE;
}
#undef CELL

enum err
theme_odds_set(struct db *db, struct arena *a, int64_t actor, struct str code, struct strs odds, struct str *ret_why)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_THEME_ODDS_SET, DB_ARGS(db_arg_int(a, actor), db_arg_str(code), list_query_texts(a, odds)), &r);

	if (!e)
		*ret_why = db_text(&r, 0, 0);
	return e;
}
