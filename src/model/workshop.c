#include "model/workshop.h"
#include "text/json.h"
#include "text/utf8.h"

enum { BROUGHT_MAX = 500 };

enum err
workshop_open(struct db *db, struct arena *a, int64_t host, struct str title, struct str prompt, struct str place, int64_t hours, struct workshop *ret)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_WORKSHOP_OPEN,
	                    DB_ARGS(db_arg_int(a, host), db_arg_str(title), db_arg_str(prompt), db_arg_str(place), db_arg_int(a, hours)), &r);

	if (e || r.nrows == 0)
		return e ? e : err_note(ERR_NOT_FOUND, "no such territory");
	*ret = (struct workshop){ .id = db_int(&r, 0, COL_WORKSHOP_OPEN_ID), .code = db_text(&r, 0, COL_WORKSHOP_OPEN_CODE) };
	return ERR_NONE;
}

static enum err
find(struct db *db, struct arena *a, struct db_arg code, struct db_arg id, struct workshop *ret)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_WORKSHOP_FIND, DB_ARGS(code, id), &r);

	if (e || r.nrows == 0)
		return e ? e : err_note(ERR_NOT_FOUND, "no such session");
	*ret = (struct workshop){ .id = db_int(&r, 0, COL_WORKSHOP_FIND_ID),
		                  .host_id = db_int(&r, 0, COL_WORKSHOP_FIND_HOST_ID),
		                  .territory_id = db_int(&r, 0, COL_WORKSHOP_FIND_TERRITORY_ID),
		                  .notes = db_int(&r, 0, COL_WORKSHOP_FIND_NOTES),
		                  .claimed = db_int(&r, 0, COL_WORKSHOP_FIND_CLAIMED),
		                  .code = db_text(&r, 0, COL_WORKSHOP_FIND_CODE),
		                  .title = db_text(&r, 0, COL_WORKSHOP_FIND_TITLE),
		                  .prompt = db_text(&r, 0, COL_WORKSHOP_FIND_PROMPT),
		                  .host = db_text(&r, 0, COL_WORKSHOP_FIND_HOST),
		                  .place = db_text(&r, 0, COL_WORKSHOP_FIND_PLACE),
		                  .place_key = db_text(&r, 0, COL_WORKSHOP_FIND_PLACE_KEY),
		                  .opened_at = db_text(&r, 0, COL_WORKSHOP_FIND_OPENED_AT),
		                  .closes_at = db_text(&r, 0, COL_WORKSHOP_FIND_CLOSES_AT),
		                  .closes_hour = db_text(&r, 0, COL_WORKSHOP_FIND_CLOSES_HOUR),
		                  .open = db_bool(&r, 0, COL_WORKSHOP_FIND_OPEN) };
	return ERR_NONE;
}

enum err
workshop_find(struct db *db, struct arena *a, struct str code, struct workshop *ret)
{
	return find(db, a, db_arg_str(code), DB_NULL, ret);
}

enum err
workshop_by_id(struct db *db, struct arena *a, int64_t id, struct workshop *ret)
{
	return find(db, a, DB_NULL, db_arg_int(a, id), ret);
}

enum err
workshop_list(struct db *db, struct arena *a, int64_t host, struct workshops *ret)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_WORKSHOP_LIST, DB_ARGS(db_arg_int(a, host)), &r);

	if (e)
		return e;
	struct workshop *p = arena_array(a, struct workshop, r.nrows);
	for (size_t i = 0; i < r.nrows; i++)
		p[i] = (struct workshop){ .id = db_int(&r, i, COL_WORKSHOP_LIST_ID),
			                  .code = db_text(&r, i, COL_WORKSHOP_LIST_CODE),
			                  .title = db_text(&r, i, COL_WORKSHOP_LIST_TITLE),
			                  .place = db_text(&r, i, COL_WORKSHOP_LIST_PLACE),
			                  .opened_at = db_text(&r, i, COL_WORKSHOP_LIST_OPENED_AT),
			                  .open = db_bool(&r, i, COL_WORKSHOP_LIST_OPEN),
			                  .notes = db_int(&r, i, COL_WORKSHOP_LIST_NOTES),
			                  .claimed = db_int(&r, i, COL_WORKSHOP_LIST_CLAIMED) };
	*ret = (struct workshops){ p, r.nrows };
	return ERR_NONE;
}

enum err
workshop_notes(struct db *db, struct arena *a, int64_t workshop, int64_t after, bool all, struct workshop_notes *ret)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_WORKSHOP_NOTES, DB_ARGS(db_arg_int(a, workshop), db_arg_int(a, after), db_arg_bool(all)), &r);

	if (e)
		return e;
	struct workshop_note *p = arena_array(a, struct workshop_note, r.nrows);
	for (size_t i = 0; i < r.nrows; i++)
		p[i] = (struct workshop_note){ .id = db_int(&r, i, COL_WORKSHOP_NOTES_ID),
			                       .name = db_text(&r, i, COL_WORKSHOP_NOTES_NAME),
			                       .type = db_text(&r, i, COL_WORKSHOP_NOTES_TYPE),
			                       .title = db_text(&r, i, COL_WORKSHOP_NOTES_TITLE),
			                       .summary = db_text(&r, i, COL_WORKSHOP_NOTES_SUMMARY),
			                       .written_at = db_text(&r, i, COL_WORKSHOP_NOTES_WRITTEN_AT),
			                       .hour = db_text(&r, i, COL_WORKSHOP_NOTES_HOUR),
			                       .hidden = db_bool(&r, i, COL_WORKSHOP_NOTES_HIDDEN),
			                       .claimed = db_bool(&r, i, COL_WORKSHOP_NOTES_CLAIMED),
			                       .offline = db_bool(&r, i, COL_WORKSHOP_NOTES_OFFLINE) };
	*ret = (struct workshop_notes){ p, r.nrows };
	return ERR_NONE;
}

enum err
workshop_write(struct db *db, struct arena *a, struct str code, struct str key, struct str name, const struct work_content *c, struct str email,
               struct str claim, bool offline, int64_t *ret_id, struct str *ret_outcome)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_WORKSHOP_WRITE,
	                    DB_ARGS(db_arg_str(code), db_arg_str(key), db_arg_str(name), db_arg_str(work_content_write(a, c)), db_arg_opt(email), db_arg_str(claim),
	                            db_arg_bool(offline)),
	                    &r);

	if (e)
		return e;
	*ret_id = db_int(&r, 0, COL_WORKSHOP_WRITE_ID);
	*ret_outcome = db_text(&r, 0, COL_WORKSHOP_WRITE_OUTCOME);
	return ERR_NONE;
}

enum err
workshop_note_find(struct db *db, struct arena *a, struct str code, struct str claim, struct workshop_claim *ret)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_WORKSHOP_NOTE_FIND, DB_ARGS(db_arg_str(code), db_arg_str(claim)), &r);

	if (e || r.nrows == 0)
		return e ? e : err_note(ERR_NOT_FOUND, "no such note");
	*ret = (struct workshop_claim){ .name = db_text(&r, 0, COL_WORKSHOP_NOTE_FIND_NAME),
		                        .workshop = db_text(&r, 0, COL_WORKSHOP_NOTE_FIND_TITLE),
		                        .content = work_content_read(a, db_text(&r, 0, COL_WORKSHOP_NOTE_FIND_CONTENT)),
		                        .sheet = db_int(&r, 0, COL_WORKSHOP_NOTE_FIND_SHEET_ID),
		                        .by = db_int(&r, 0, COL_WORKSHOP_NOTE_FIND_CLAIMED_BY) };
	return ERR_NONE;
}

enum err
workshop_claim(struct db *db, struct arena *a, int64_t actor, struct str claim, int64_t *ret_sheet, struct str *ret_outcome)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_WORKSHOP_CLAIM, DB_ARGS(db_arg_int(a, actor), db_arg_str(claim)), &r);

	if (e)
		return e;
	*ret_sheet = db_int(&r, 0, COL_WORKSHOP_CLAIM_SHEET);
	*ret_outcome = db_text(&r, 0, COL_WORKSHOP_CLAIM_OUTCOME);
	return ERR_NONE;
}

enum err
workshop_hide(struct db *db, struct arena *a, int64_t workshop, int64_t note, bool hide)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_WORKSHOP_HIDE, DB_ARGS(db_arg_int(a, workshop), db_arg_int(a, note), db_arg_bool(hide)), &r);

	return e || r.nrows ? e : err_note(ERR_NOT_FOUND, "no such note");
}

enum err
workshop_close(struct db *db, struct arena *a, int64_t workshop, int64_t hours, int64_t actor)
{
	return db_run(db, a, QUERY_WORKSHOP_CLOSE, DB_ARGS(db_arg_int(a, workshop), db_arg_int(a, hours), db_arg_int(a, actor)), NULL);
}

enum err
workshop_forget(struct db *db, struct arena *a, int64_t *ret_n)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_WORKSHOP_FORGET, NULL, 0, &r);

	*ret_n = e ? 0 : db_int(&r, 0, COL_WORKSHOP_FORGET_GONE);
	return e;
}

/* A member of an object as a text of at most that many characters; what is longer is cut there. Empty when it is absent or not a text. */
static struct str
member(const struct json *o, const char *name, size_t most)
{
	struct str s = json_text(json_get(o, name));
	size_t i = 0;

	for (size_t n = 0; n < most && i < s.n; n++)
		utf8_at(s, i, &i);
	return (struct str){ s.p, i };
}

/* The schema of a key: letters, digits, "_" and "-". */
static bool
is_key(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (!((s.p[i] >= '0' && s.p[i] <= '9') || ((s.p[i] | 0x20) >= 'a' && (s.p[i] | 0x20) <= 'z') || s.p[i] == '_' || s.p[i] == '-'))
			return false;
	return s.n >= 8;
}

/* An address of mail in lower case, as the queue takes them (mail_put); empty when it is not one. */
static struct str
address(struct arena *a, struct str s)
{
	char *p = arena_alloc(a, s.n + 1);
	size_t at = 0, dot = 0;

	for (size_t i = 0; i < s.n; i++) {
		char c = p[i] = s.p[i] >= 'A' && s.p[i] <= 'Z' ? (char)(s.p[i] | 0x20) : s.p[i];
		bool word = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
		if (c == '@' && !at && i > 0 && i <= 64)
			at = i;
		else if (c == '.' && at && i > at + 1 && p[i - 1] != '.')
			dot = i;
		else if (!(word || (!at && c && strchr("!#$%&'*+/=?^_`{|}~.", c))))
			return STR_NONE;
	}
	return at && dot && dot + 1 < s.n && s.n <= 254 ? (struct str){ p, s.n } : STR_NONE;
}

const char *
workshop_read(struct arena *a, struct str file, const struct workshop_brought **ret, size_t *ret_n)
{
	const struct json *doc;

	if (json_parse(a, file, &doc))
		return "Ce fichier n’est pas celui de l’atelier, ou il est abîmé.";
	const struct json *notes = json_get(doc, "notes");
	size_t n = json_len(notes);
	if (n == 0)
		return "Ce fichier ne contient aucune contribution.";
	if (n > BROUGHT_MAX)
		return "Ce fichier contient plus de 500 contributions : apportez-le en plusieurs fois.";
	struct workshop_brought *p = arena_array(a, struct workshop_brought, n);
	size_t k = 0;
	for (const struct json *i = json_first(notes); i; i = json_next(i)) {
		struct workshop_brought b = { .key = member(i, "cle", 64), .secret = member(i, "jeton", 64), .name = member(i, "nom", 80), .email = member(i, "courriel", 254) };
		/* An address that is not one is not written to; a kind that is not one is the first. */
		b.email = address(a, b.email);
		b.content = (struct work_content){ .type = member(i, "type", 20), .title = member(i, "titre", WORK_TITLE_MAX), .summary = member(i, "chapo", WORK_SUMMARY_MAX), .evidence = -1 };
		b.content.type = str_of(sheet_kind_of(b.content.type)->code);
		if (is_key(b.key) && b.secret.n && b.content.title.n)
			p[k++] = b;
	}
	if (k == 0)
		return "Aucune contribution de ce fichier n’a de titre.";
	*ret = p;
	*ret_n = k;
	return NULL;
}
