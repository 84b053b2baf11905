#include "model/espace_front.h"
#include "text/json.h"

#define CELL(name) db_text(&r, i, COL_ESPACE_FRONTS_##name)

/* Rows come by espace: its own, then its hosts, then its links by zone. */
enum err
espace_fronts_list(struct db *db, struct arena *a, struct espace_fronts *ret)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_ESPACE_FRONTS, NULL, 0, &r);
	size_t n = 0, nlinks = 0, nhosts = 0;

	if (e)
		return e;
	struct espace_front *p = arena_array(a, struct espace_front, r.nrows + 1);
	struct espace_link *links = arena_array(a, struct espace_link, r.nrows + 1);
	struct str *hosts = arena_array(a, struct str, r.nrows * 2 + 1);
	for (size_t i = 0; i < r.nrows; i++) {
		struct str part = CELL(PART);
		if (str_eq(part, STR("espace"))) {
			p[n++] = (struct espace_front){ .id = db_int(&r, i, COL_ESPACE_FRONTS_ID),
				                        .code = CELL(CODE),
				                        .name = CELL(NAME),
				                        .brand = CELL(LABEL).n ? CELL(LABEL) : CELL(NAME),
				                        .tagline = CELL(NOTE),
				                        .foot = CELL(GRP),
				                        .theme = CELL(THEME),
				                        .digest = CELL(DIGEST),
				                        .mark = CELL(MARK),
				                        .width = (int)db_int(&r, i, COL_ESPACE_FRONTS_WIDTH),
				                        .height = (int)db_int(&r, i, COL_ESPACE_FRONTS_HEIGHT),
				                        .is_default = db_bool(&r, i, COL_ESPACE_FRONTS_FLAG),
				                        .hosts = hosts + nhosts,
				                        .links = links + nlinks };
			if (CELL(URL).n)
				hosts[nhosts++] = CELL(URL), p[n - 1].nhosts++;
		} else if (n && str_eq(part, STR("hote"))) {
			hosts[nhosts++] = CELL(URL), p[n - 1].nhosts++;
		} else if (n) {
			links[nlinks++] = (struct espace_link){ part, CELL(GRP), CELL(LABEL), CELL(URL), CELL(NOTE) };
			p[n - 1].nlinks++;
		}
	}
	*ret = (struct espace_fronts){ p, n };
	return ERR_NONE;
}
#undef CELL

enum err
espace_blocks_list(struct db *db, struct arena *a, int64_t espace, struct espace_blocks *ret)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_ESPACE_BLOCKS, DB_ARGS(db_arg_int(a, espace)), &r);

	if (e)
		return e;
	struct espace_block *p = arena_array(a, struct espace_block, r.nrows + 1);
	for (size_t i = 0; i < r.nrows; i++)
		p[i] = (struct espace_block){ db_int(&r, i, COL_ESPACE_BLOCKS_ID), db_int(&r, i, COL_ESPACE_BLOCKS_SIZE), db_text(&r, i, COL_ESPACE_BLOCKS_KIND),
			                      db_text(&r, i, COL_ESPACE_BLOCKS_TITLE), db_text(&r, i, COL_ESPACE_BLOCKS_BODY) };
	*ret = (struct espace_blocks){ p, r.nrows };
	return ERR_NONE;
}

enum err
espace_selection(struct db *db, struct arena *a, int64_t espace, int64_t most, struct sheet_card **ret, size_t *ret_n, int64_t *ret_total)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_ESPACE_SELECTION, DB_ARGS(db_arg_int(a, espace), db_arg_int(a, most)), &r);

	if (e)
		return e;
	struct sheet_card *p = arena_array(a, struct sheet_card, r.nrows + 1);
	for (size_t i = 0; i < r.nrows; i++)
		p[i] = (struct sheet_card){ .id = db_int(&r, i, COL_ESPACE_SELECTION_ID),
			                    .type = db_text(&r, i, COL_ESPACE_SELECTION_TYPE),
			                    .slug = db_text(&r, i, COL_ESPACE_SELECTION_SLUG),
			                    .title = db_text(&r, i, COL_ESPACE_SELECTION_TITLE),
			                    .summary = db_text(&r, i, COL_ESPACE_SELECTION_SUMMARY),
			                    .evidence = (int)db_int(&r, i, COL_ESPACE_SELECTION_EVIDENCE),
			                    .verified_on = db_text(&r, i, COL_ESPACE_SELECTION_VERIFIED_ON),
			                    .national = db_bool(&r, i, COL_ESPACE_SELECTION_NATIONAL),
			                    .place = { db_text(&r, i, COL_ESPACE_SELECTION_PLACE_TYPE), db_text(&r, i, COL_ESPACE_SELECTION_PLACE_CODE),
			                               db_text(&r, i, COL_ESPACE_SELECTION_PLACE_SLUG), db_text(&r, i, COL_ESPACE_SELECTION_PLACE_NAME),
			                               db_text(&r, i, COL_ESPACE_SELECTION_STONE) } };
	*ret = p;
	*ret_n = r.nrows;
	*ret_total = r.nrows ? db_int(&r, 0, COL_ESPACE_SELECTION_TOTAL) : 0;
	return ERR_NONE;
}

enum err
espace_logo_find(struct db *db, struct arena *a, struct str code, struct str sum, struct espace_image *ret)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_ESPACE_LOGO, DB_ARGS(db_arg_str(code), db_arg_str(sum)), &r);

	if (e)
		return e;
	if (r.nrows == 0)
		return err_note(ERR_NOT_FOUND, "no such image");
	*ret = (struct espace_image){ db_text(&r, 0, COL_ESPACE_LOGO_TYPE), db_text(&r, 0, COL_ESPACE_LOGO_BYTES) };
	return ERR_NONE;
}

struct espace_colours
espace_theme(struct arena *a, struct str theme)
{
	const struct json *doc;

	if (theme.n == 0 || json_parse(a, theme, &doc) != ERR_NONE)
		return (struct espace_colours){ 0 };
	return (struct espace_colours){ json_text(json_get(doc, "couleur")), json_text(json_get(doc, "bande")), json_text(json_get(doc, "pied")) };
}

const struct espace_front *
espace_front_of(const struct espace_fronts *all, struct str host)
{
	const struct espace_front *other = NULL;

	for (size_t i = 0; i < all->n; i++) {
		for (size_t k = 0; k < all->p[i].nhosts; k++)
			if (str_eq(all->p[i].hosts[k], host))
				return &all->p[i];
		if (all->p[i].is_default)
			other = &all->p[i];
	}
	return other;
}
