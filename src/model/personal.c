#include "model/personal.h"
#include "model/sheet.h"
#include "text/csv.h"
#include "text/json.h"

enum { ONE_SHEET = 8 << 20 }; /* bytes for reading one text */

enum err
personal_export(struct db *db, struct arena *a, int64_t account, struct str *ret)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_ACCOUNT_EXPORT, DB_ARGS(db_arg_int(a, account)), &r);

	if (!e)
		*ret = db_text(&r, 0, COL_ACCOUNT_EXPORT_EVERYTHING);
	return e;
}

static struct str
number_of(struct arena *a, const struct json *v)
{
	int64_t n;

	return json_whole(v, &n) ? arena_fmt(a, "%lld", (long long)n) : STR_NONE;
}

static void
cell_list(struct csv_out *o, struct arena *a, const struct json *list)
{
	struct buf b;

	buf_init(&b, a, 200);
	for (const struct json *v = json_first(list); v; v = json_next(v)) {
		if (b.n)
			buf_lit(&b, ", ");
		buf_put(&b, json_text(v));
	}
	csv_cell(o, buf_str(&b));
}

/* As the import reads them: "### title | duration", its text, "> Boîte à outils : ..."; "- label ; value ; unit ; year ; territory". */
static struct str
list_text(struct arena *a, const struct json *list)
{
	struct buf b;

	buf_init(&b, a, 1000);
	for (const struct json *v = json_first(list); v; v = json_next(v)) {
		struct str title = json_text(json_get(v, "titre")), duration = json_text(json_get(v, "duree")), text = json_text(json_get(v, "texte")),
		           tools = json_text(json_get(v, "boite")), label = json_text(json_get(v, "libelle"));
		if (title.n || text.n) {
			buf_fmt(&b, "### %.*s%s%.*s\n%.*s\n", (int)title.n, title.p, duration.n ? " | " : "", (int)duration.n, duration.p, (int)text.n, text.p);
			if (tools.n)
				buf_fmt(&b, "> Boîte à outils : %.*s\n", (int)tools.n, tools.p);
		} else if (label.n) {
			static const char *const members[] = { "valeur", "unite", "annee", "territoire" };
			buf_fmt(&b, "- %.*s", (int)label.n, label.p);
			for (size_t i = 0; i < sizeof(members) / sizeof(*members); i++) {
				struct str s = json_text(json_get(v, members[i]));
				buf_fmt(&b, " ; %.*s", (int)s.n, s.p);
			}
			buf_char(&b, '\n');
		}
	}
	return buf_str(&b);
}

/* The keys of sections, of all kinds, once each. */
struct keys {
	struct str p[80];
	size_t n;
};

static void
keys_read(struct keys *k)
{
	for (size_t i = 0; i < 5; i++) {
		struct sheet_section s;
		for (size_t at = 0; sheet_section_at(str_of(SHEET_KINDS[i].code), &at, &s) && k->n < sizeof(k->p) / sizeof(*k->p);) {
			size_t same = 0;
			while (same < k->n && !str_eq(k->p[same], s.key))
				same++;
			if (same == k->n)
				k->p[k->n++] = s.key;
		}
	}
	static const char *const lists[] = { "etapes", "valeurs" };
	for (size_t i = 0; i < 2; i++)
		k->p[k->n++] = str_of(lists[i]);
}

static void
row(struct csv_out *o, struct arena *a, const struct db_rows *r, size_t i, const struct keys *k)
{
	static const char *const texts[] = { "type", "titre", "chapo", "licence", "langue" };
	const struct json *c = NULL, *source, *sections;
	int64_t level;

	if (json_parse(a, db_text(r, i, COL_ACCOUNT_EXPORT_SHEETS_CONTENT), &c) != ERR_NONE)
		c = NULL; /* too large for a table; the JSON has it */
	source = json_get(c, "source");
	sections = json_get(c, "sections");
	csv_cell(o, arena_fmt(a, "fiche-%lld", (long long)db_int(r, i, COL_ACCOUNT_EXPORT_SHEETS_ID)));
	csv_cell(o, db_text(r, i, COL_ACCOUNT_EXPORT_SHEETS_STATE));
	csv_cell(o, db_text(r, i, COL_ACCOUNT_EXPORT_SHEETS_CREATED_ON));
	for (size_t m = 0; m < sizeof(texts) / sizeof(*texts); m++)
		csv_cell(o, json_text(json_get(c, texts[m])));
	csv_cell(o, json_whole(json_get(c, "preuve"), &level) && level >= 0 && level <= 4 ? str_of(SHEET_EVIDENCE_CODES[level]) : STR_NONE);
	csv_cell(o, json_text(json_get(source, "libelle")));
	csv_cell(o, json_text(json_get(source, "adresse")));
	csv_cell(o, json_text(json_get(source, "editeur")));
	csv_cell(o, number_of(a, json_get(source, "annee")).n ? number_of(a, json_get(source, "annee")) : json_text(json_get(source, "annee")));
	cell_list(o, a, json_get(c, "territoires"));
	cell_list(o, a, json_get(c, "termes"));
	csv_cell(o, db_text(r, i, COL_ACCOUNT_EXPORT_SHEETS_STRUCTURE));
	for (size_t m = 0; m < k->n; m++) {
		const struct json *v = json_get(sections, arena_cstr(a, k->p[m]));
		csv_cell(o, json_kind(v) == JSON_ARRAY ? list_text(a, v) : json_text(v));
	}
	csv_end_row(o);
}

enum err
personal_sheets(struct db *db, struct arena *a, int64_t account, struct buf *ret)
{
	static const char *const names[] = { "source_id", "etat", "commencee_le", "type", "titre", "chapo", "licence", "langue", "preuve", "source", "source_url",
		                             "source_editeur", "source_annee", "territoires", "termes", "structure" };
	struct keys k = { .n = 0 };
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_ACCOUNT_EXPORT_SHEETS, DB_ARGS(db_arg_int(a, account)), &r);

	if (e)
		return e;
	struct csv_out o = { .b = ret, .separator = ';' };
	keys_read(&k);
	buf_lit(ret, "\xef\xbb\xbf"); /* spreadsheets then read UTF-8 */
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		csv_cell(&o, str_of(names[i]));
	for (size_t i = 0; i < k.n; i++)
		csv_cell(&o, arena_fmt(a, "section_%.*s", (int)k.p[i].n, k.p[i].p));
	csv_end_row(&o);
	struct arena *one = arena_new(64 * 1024, ONE_SHEET);
	for (size_t i = 0; i < r.nrows; i++) {
		row(&o, one, &r, i, &k);
		arena_reset(one);
	}
	arena_free(one);
	return ERR_NONE;
}

enum err
personal_alone_count(struct db *db, struct arena *a, int64_t account, struct personal_alone *ret)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_ACCOUNT_ALONE, DB_ARGS(db_arg_int(a, account)), &r);

	if (!e)
		*ret = (struct personal_alone){ .drafts = db_int(&r, 0, COL_ACCOUNT_ALONE_DRAFTS),
			                        .published = db_int(&r, 0, COL_ACCOUNT_ALONE_PUBLISHED),
			                        .shared = db_int(&r, 0, COL_ACCOUNT_ALONE_SHARED) };
	return e;
}

enum err
personal_erase(struct db *db, struct arena *a, int64_t account, bool withdraw, int64_t actor, bool *ret_done)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_ACCOUNT_ERASE,
	                    DB_ARGS(db_arg_int(a, account), db_arg_str(withdraw ? STR("retirer") : STR("garder")), actor ? db_arg_int(a, actor) : DB_NULL), &r);

	*ret_done = !e && db_bool(&r, 0, COL_ACCOUNT_ERASE_DONE);
	return e;
}

enum err
personal_erase_address(struct db *db, struct arena *a, struct str address, int64_t *ret_n)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_ADDRESS_ERASE, DB_ARGS(db_arg_str(address)), &r);

	if (!e)
		*ret_n = db_int(&r, 0, COL_ADDRESS_ERASE_N);
	return e;
}

enum err
personal_gone_list(struct db *db, struct arena *a, struct personal_gones *ret)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_ERASURE_LIST, NULL, 0, &r);

	if (e)
		return e;
	struct personal_gone *p = arena_array(a, struct personal_gone, r.nrows);
	for (size_t i = 0; i < r.nrows; i++)
		p[i] = (struct personal_gone){ .account = db_int(&r, i, COL_ERASURE_LIST_ACCOUNT_ID),
			                       .made_at = db_text(&r, i, COL_ERASURE_LIST_MADE_AT),
			                       .sheets = db_text(&r, i, COL_ERASURE_LIST_SHEETS),
			                       .erased_at = db_text(&r, i, COL_ERASURE_LIST_ERASED_AT) };
	*ret = (struct personal_gones){ p, r.nrows };
	return ERR_NONE;
}

enum err
personal_erase_again(struct db *db, struct arena *a, const struct personal_gone *g, struct str *ret_outcome)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_ACCOUNT_ERASE_AGAIN, DB_ARGS(db_arg_int(a, g->account), db_arg_str(g->made_at), db_arg_str(g->sheets)), &r);

	if (!e)
		*ret_outcome = db_text(&r, 0, COL_ACCOUNT_ERASE_AGAIN_OUTCOME);
	return e;
}
