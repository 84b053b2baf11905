#include "model/work.h"

static bool
holds(struct str array, const char *word)
{
	size_t n = strlen(word);

	for (size_t i = 0; i + n <= array.n; i++)
		if (memcmp(array.p + i, word, n) == 0)
			return true;
	return false;
}

enum err
work_find(struct db *db, struct arena *a, int64_t actor, int64_t sheet, struct work *ret)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_WORK_FIND, DB_ARGS(db_arg_int(a, actor), db_arg_int(a, sheet)), &r);

	if (e)
		return e;
	if (r.nrows == 0)
		return ERR_NOT_FOUND;
	struct str rights = db_text(&r, 0, COL_WORK_FIND_RIGHTS);
	*ret = (struct work){ .id = sheet,
		              .rev = db_int(&r, 0, COL_WORK_FIND_REV),
		              .round = db_int(&r, 0, COL_WORK_FIND_ROUND),
		              .state = db_text(&r, 0, COL_WORK_FIND_STATE),
		              .json = db_text(&r, 0, COL_WORK_FIND_CONTENT),
		              .note = db_text(&r, 0, COL_WORK_FIND_NOTE),
		              .saved_at = db_text(&r, 0, COL_WORK_FIND_SAVED_AT),
		              .saved_hour = db_text(&r, 0, COL_WORK_FIND_SAVED_HOUR),
		              .saved_by = db_text(&r, 0, COL_WORK_FIND_SAVED_BY),
		              .reviewer = db_text(&r, 0, COL_WORK_FIND_REVIEWER),
		              .structure = db_text(&r, 0, COL_WORK_FIND_STRUCTURE),
		              .public_state = db_text(&r, 0, COL_WORK_FIND_PUBLIC_STATE),
		              .slug = db_text(&r, 0, COL_WORK_FIND_SLUG),
		              .may_write = holds(rights, "ecrire"),
		              .may_manage = holds(rights, "gerer"),
		              .may_review = holds(rights, "relire") };
	ret->content = work_content_read(a, ret->json);
	return ERR_NONE;
}

bool
work_editable(const struct work *w)
{
	return str_eq(w->state, STR("brouillon")) || str_eq(w->state, STR("modifications_demandees")) || str_eq(w->state, STR("refusee")) ||
	       str_eq(w->state, STR("publiee"));
}

enum err
work_create(struct db *db, struct arena *a, int64_t actor, const struct work_content *c, int64_t *ret_id)
{
	struct db_rows r;
	struct str json = work_content_write(a, c);

	if (json.n > WORK_BYTES_MAX)
		return err_note(ERR_TOO_LARGE, "a text of %zu bytes", json.n);
	enum err e = db_run(db, a, QUERY_WORK_CREATE, DB_ARGS(db_arg_int(a, actor), db_arg_str(json)), &r);
	if (!e)
		*ret_id = db_int(&r, 0, COL_WORK_CREATE_ID);
	return e;
}

/* A public text is made one that can be written, as it stands. */
static enum err
reopen(struct db *db, struct arena *a, int64_t actor, const struct work *w, int64_t *rev)
{
	struct db_rows r;
	struct str refusal;
	struct work now;
	enum err e = ERR_NONE;

	if (w->rev == 0)
		e = db_run(db, a, QUERY_WORK_OPEN, DB_ARGS(db_arg_int(a, w->id)), &r);
	if (!e)
		e = work_find(db, a, actor, w->id, &now);
	if (!e && (*rev ? *rev : 1) != now.rev)
		e = err_note(ERR_PRECONDITION, "somebody else opened it");
	if (!e)
		e = work_move(db, a, actor, w->id, "modifier", STR_NONE, now.rev, &refusal);
	if (!e && refusal.n)
		e = err_note(str_eq(refusal, STR("perime")) || str_eq(refusal, STR("etat")) ? ERR_PRECONDITION : ERR_FORBIDDEN, "%.*s", (int)refusal.n,
		             refusal.p);
	if (!e)
		*rev = now.rev + 1;
	return e;
}

enum err
work_save(struct db *db, struct arena *a, int64_t actor, const struct work *w, int64_t rev, const struct work_content *c, int64_t *ret_rev)
{
	struct db_rows r;
	struct str json = work_content_write(a, c);
	enum err e = ERR_NONE;

	if (json.n > WORK_BYTES_MAX)
		return err_note(ERR_TOO_LARGE, "a text of %zu bytes", json.n);
	if (rev != w->rev)
		return err_note(ERR_PRECONDITION, "the text was saved since");
	if (str_eq(w->state, STR("publiee")))
		e = reopen(db, a, actor, w, &rev);
	if (!e)
		e = db_run(db, a, QUERY_WORK_SAVE, DB_ARGS(db_arg_int(a, actor), db_arg_int(a, w->id), db_arg_int(a, rev), db_arg_str(json)), &r);
	if (e)
		return e;
	if (r.nrows == 0)
		return err_note(ERR_PRECONDITION, "the text was saved since");
	*ret_rev = db_int(&r, 0, COL_WORK_SAVE_REV);
	return ERR_NONE;
}

enum err
work_move(struct db *db, struct arena *a, int64_t actor, int64_t sheet, const char *act, struct str why, int64_t rev, struct str *ret_refusal)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_WORK_MOVE,
	                    DB_ARGS(db_arg_int(a, actor), db_arg_int(a, sheet), db_arg_str(str_of(act)), db_arg_str(why), rev ? db_arg_int(a, rev) : DB_NULL), &r);

	if (!e)
		*ret_refusal = db_text(&r, 0, COL_WORK_MOVE_REFUSAL);
	return e;
}

enum err
work_judge(struct db *db, struct arena *a, int64_t sheet, const struct work_content *c, bool short_form, struct work_faults *ret)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_WORK_UNKNOWN, DB_ARGS(db_arg_str(work_content_write(a, c)), db_arg_int(a, sheet)), &r);

	if (e)
		return e;
	struct work_faults known = work_check(a, c, short_form);
	struct work_fault *p = arena_array(a, struct work_fault, known.n + r.nrows + 1);
	for (size_t i = 0; i < known.n; i++)
		p[i] = known.p[i];
	for (size_t i = 0; i < r.nrows; i++) {
		struct str part = db_text(&r, i, COL_WORK_UNKNOWN_PART), code = db_text(&r, i, COL_WORK_UNKNOWN_CODE);
		const char *colon = code.n ? memchr(code.p, ':', code.n) : NULL;
		if (str_eq(part, STR("territoire")))
			p[known.n + i] = (struct work_fault){ STR("territoire"), STR("valeur"),
				                              arena_fmt(a, "Le territoire « %.*s » n’existe pas : décochez-le et écrivez son nom.", (int)code.n, code.p) };
		else if (str_eq(part, STR("terme")))
			p[known.n + i] = (struct work_fault){ colon ? (struct str){ code.p, (size_t)(colon - code.p) } : STR("theme"), STR("valeur"),
				                              arena_fmt(a, "« %.*s » n’est plus dans nos listes : choisissez-en un autre.", (int)code.n, code.p) };
		else
			p[known.n + i] = (struct work_fault){ STR("inspire"), STR("valeur"),
				                              arena_fmt(a, "La fiche n° %.*s n’est pas une fiche publique que l’on peut citer.", (int)code.n, code.p) };
	}
	*ret = (struct work_faults){ p, known.n + r.nrows };
	return ERR_NONE;
}

enum err
work_places(struct db *db, struct arena *a, struct strs keys, struct work_places *ret)
{
	struct db_rows r;

	*ret = (struct work_places){ NULL, 0 };
	if (keys.n == 0)
		return ERR_NONE;
	enum err e = db_run(db, a, QUERY_WORK_PLACES, DB_ARGS(db_arg_texts(a, keys.p, keys.n)), &r);
	if (e)
		return e;
	struct work_place *p = arena_array(a, struct work_place, r.nrows + 1);
	for (size_t i = 0; i < r.nrows; i++)
		p[i] = (struct work_place){ db_text(&r, i, COL_WORK_PLACES_KEY), db_text(&r, i, COL_WORK_PLACES_NAME), db_text(&r, i, COL_WORK_PLACES_LABEL) };
	*ret = (struct work_places){ p, r.nrows };
	return ERR_NONE;
}

enum err
work_alike(struct db *db, struct arena *a, int64_t actor, struct str title, int64_t sheet, struct work_likes *ret)
{
	struct db_rows r;

	*ret = (struct work_likes){ NULL, 0 };
	if (title.n < 4)
		return ERR_NONE;
	enum err e = db_run(db, a, QUERY_WORK_ALIKE, DB_ARGS(db_arg_int(a, actor), db_arg_str(title), db_arg_int(a, sheet)), &r);
	if (e)
		return e;
	struct work_like *p = arena_array(a, struct work_like, r.nrows + 1);
	for (size_t i = 0; i < r.nrows; i++)
		p[i] = (struct work_like){ db_int(&r, i, COL_WORK_ALIKE_ID), db_text(&r, i, COL_WORK_ALIKE_TYPE), db_text(&r, i, COL_WORK_ALIKE_TITLE),
			                   db_text(&r, i, COL_WORK_ALIKE_SLUG), db_bool(&r, i, COL_WORK_ALIKE_PUBLIC) };
	*ret = (struct work_likes){ p, r.nrows };
	return ERR_NONE;
}

enum err
work_sheet(struct db *db, struct arena *a, const struct work_content *c, int64_t id, struct sheet *ret)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_WORK_PARTS, DB_ARGS(db_arg_str(work_content_write(a, c))), &r);

	if (e)
		return e;
	struct sheet_part *p = arena_array(a, struct sheet_part, r.nrows + 1);
	for (size_t i = 0; i < r.nrows; i++)
		p[i] = (struct sheet_part){ .part = db_text(&r, i, COL_WORK_PARTS_PART),   .scheme = db_text(&r, i, COL_WORK_PARTS_SCHEME),
			                    .code = db_text(&r, i, COL_WORK_PARTS_CODE),   .slug = db_text(&r, i, COL_WORK_PARTS_SLUG),
			                    .label = db_text(&r, i, COL_WORK_PARTS_LABEL), .n = db_int(&r, i, COL_WORK_PARTS_N),
			                    .url = db_text(&r, i, COL_WORK_PARTS_URL),     .note = db_text(&r, i, COL_WORK_PARTS_NOTE),
			                    .origin = db_text(&r, i, COL_WORK_PARTS_ORIGIN) };
	*ret = work_content_sheet(a, c, id);
	ret->parts = p;
	ret->nparts = r.nrows;
	return ERR_NONE;
}

enum err
work_model(struct db *db, struct arena *a, int64_t sheet, struct work_content *ret)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_WORK_MODEL, DB_ARGS(db_arg_int(a, sheet)), &r);

	if (e)
		return e;
	if (r.nrows == 0)
		return ERR_NOT_FOUND;
	struct work_content c = work_content_read(a, db_text(&r, 0, COL_WORK_MODEL_CONTENT));
	c.territories = (struct strs){ NULL, 0 };
	c.source_label = c.source_url = c.source_publisher = c.source_year = STR_NONE;
	c.evidence = -1;
	c.inspired_by = sheet;
	*ret = c;
	return ERR_NONE;
}
