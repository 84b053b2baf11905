#include "model/espace_text.h"

#define CELL(name) db_text(&r, i, COL_ESPACE_ADAPTATIONS_##name)

enum err
adaptations_list(struct db *db, struct arena *a, int64_t espace, int64_t sheet, struct adaptations *ret)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_ESPACE_ADAPTATIONS, DB_ARGS(espace ? db_arg_int(a, espace) : DB_NULL, db_arg_int(a, sheet)), &r);

	if (e)
		return e;
	struct adaptation *p = arena_array(a, struct adaptation, r.nrows + 1);
	for (size_t i = 0; i < r.nrows; i++)
		p[i] = (struct adaptation){ CELL(CODE), CELL(NAME), CELL(FIELD), CELL(TEXT), CELL(BASE), db_bool(&r, i, COL_ESPACE_ADAPTATIONS_CHANGED),
			                    CELL(CHANGED_ON) };
	*ret = (struct adaptations){ p, r.nrows };
	return ERR_NONE;
}
#undef CELL

enum err
adapted_sheets_list(struct db *db, struct arena *a, int64_t espace, int64_t offset, int64_t most, struct adapted_sheets *ret)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_ESPACE_ADAPTED, DB_ARGS(db_arg_int(a, espace), db_arg_int(a, offset), db_arg_int(a, most)), &r);

	if (e)
		return e;
	struct adapted_sheet *p = arena_array(a, struct adapted_sheet, r.nrows + 1);
	for (size_t i = 0; i < r.nrows; i++)
		p[i] = (struct adapted_sheet){ db_int(&r, i, COL_ESPACE_ADAPTED_ID),    db_int(&r, i, COL_ESPACE_ADAPTED_FIELDS),
			                       db_int(&r, i, COL_ESPACE_ADAPTED_TO_SEE), db_text(&r, i, COL_ESPACE_ADAPTED_TYPE),
			                       db_text(&r, i, COL_ESPACE_ADAPTED_SLUG), db_text(&r, i, COL_ESPACE_ADAPTED_TITLE),
			                       db_text(&r, i, COL_ESPACE_ADAPTED_CHANGED_ON) };
	*ret = (struct adapted_sheets){ p, r.nrows, r.nrows ? db_int(&r, 0, COL_ESPACE_ADAPTED_TOTAL) : 0 };
	return ERR_NONE;
}

struct str
sheet_field_label(struct str type, struct str field)
{
	struct sheet_section s;

	if (str_eq(field, STR("titre")))
		return STR("Titre");
	if (str_eq(field, STR("chapo")))
		return STR("Résumé");
	for (size_t at = 0; sheet_section_at(type, &at, &s);)
		if (str_eq(s.key, field))
			return s.label;
	return field;
}

enum err
common_fields_list(struct db *db, struct arena *a, const struct sheet *s, struct common_fields *ret)
{
	struct db_rows r;
	struct sheet_section section;
	enum err e = db_run(db, a, QUERY_ESPACE_COMMON_FIELDS, DB_ARGS(db_arg_int(a, s->id)), &r);
	size_t n = 0;

	if (e)
		return e;
	struct common_field *p = arena_array(a, struct common_field, r.nrows + 1);
	for (size_t i = 0; i < r.nrows && i < 2; i++) { /* title and summary come first */
		struct str field = db_text(&r, i, COL_ESPACE_COMMON_FIELDS_FIELD);
		p[n++] = (struct common_field){ field, sheet_field_label(s->type, field), db_text(&r, i, COL_ESPACE_COMMON_FIELDS_TEXT),
			                        db_text(&r, i, COL_ESPACE_COMMON_FIELDS_DIGEST) };
	}
	for (size_t at = 0; sheet_section_at(s->type, &at, &section);)
		for (size_t i = 2; i < r.nrows; i++)
			if (str_eq(section.key, db_text(&r, i, COL_ESPACE_COMMON_FIELDS_FIELD)))
				p[n++] = (struct common_field){ section.key, section.label, db_text(&r, i, COL_ESPACE_COMMON_FIELDS_TEXT),
					                        db_text(&r, i, COL_ESPACE_COMMON_FIELDS_DIGEST) };
	*ret = (struct common_fields){ p, n };
	return ERR_NONE;
}

enum err
espace_adapt(struct db *db, struct arena *a, int64_t actor, int64_t espace, int64_t sheet, struct str field, struct str act, struct str text,
             struct str seen, struct str *ret_why)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_ESPACE_ADAPT,
	                    DB_ARGS(db_arg_int(a, actor), db_arg_int(a, espace), db_arg_int(a, sheet), db_arg_str(field), db_arg_str(act), db_arg_opt(text),
	                            db_arg_opt(seen)),
	                    &r);

	if (!e)
		*ret_why = db_text(&r, 0, COL_ESPACE_ADAPT_OUTCOME);
	return e;
}

void
sheet_adapt(struct arena *a, struct sheet *s, const struct adaptations *x)
{
	struct sheet_section *sections = arena_array(a, struct sheet_section, s->nsections + 1);

	for (size_t i = 0; i < s->nsections; i++)
		sections[i] = s->sections[i];
	for (size_t k = 0; k < x->n; k++) {
		const struct adaptation *y = &x->p[k];
		if (str_eq(y->field, STR("titre")))
			s->title = y->text;
		else if (str_eq(y->field, STR("chapo")))
			s->summary = y->text;
		for (size_t i = 0; i < s->nsections; i++)
			if (str_eq(sections[i].key, y->field))
				sections[i].text = y->text;
	}
	s->sections = sections;
}

enum err
cards_adapt(struct db *db, struct arena *a, int64_t espace, struct sheet_card *cards, size_t n)
{
	struct db_rows r;
	int64_t *ids = arena_array(a, int64_t, n + 1);

	if (n == 0)
		return ERR_NONE;
	for (size_t i = 0; i < n; i++)
		ids[i] = cards[i].id;
	enum err e = db_run(db, a, QUERY_ESPACE_TITLES, DB_ARGS(db_arg_int(a, espace), db_arg_ints(a, ids, n)), &r);
	for (size_t k = 0; !e && k < r.nrows; k++)
		for (size_t i = 0; i < n; i++) {
			if (cards[i].id != db_int(&r, k, COL_ESPACE_TITLES_SHEET))
				continue;
			if (str_eq(db_text(&r, k, COL_ESPACE_TITLES_FIELD), STR("titre")))
				cards[i].title = db_text(&r, k, COL_ESPACE_TITLES_TEXT);
			else
				cards[i].summary = db_text(&r, k, COL_ESPACE_TITLES_TEXT);
		}
	return e;
}
