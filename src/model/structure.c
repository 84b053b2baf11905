#include "model/structure.h"
#include "text/slug.h"

static struct db_arg
arg_number(struct arena *a, int64_t v) /* 0: null */
{
	return v ? db_arg_int(a, v) : DB_NULL;
}

/* All the acts: their one column says why not. */
static enum err
act(struct db *db, struct arena *a, enum query q, const struct db_arg *args, size_t nargs, struct str *ret_why)
{
	struct db_rows r;
	enum err e = db_run(db, a, q, args, nargs, &r);

	if (!e)
		*ret_why = db_text(&r, 0, 0);
	return e;
}

enum err
structure_find(struct db *db, struct arena *a, int64_t actor, int64_t id, struct structure *ret)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_STRUCTURE_FIND, DB_ARGS(db_arg_int(a, actor), db_arg_int(a, id)), &r);

	if (e)
		return e;
	if (r.nrows == 0)
		return ERR_NOT_FOUND;
	*ret = (struct structure){
		.id = id,
		.name = db_text(&r, 0, COL_STRUCTURE_FIND_NAME),
		.kind = db_text(&r, 0, COL_STRUCTURE_FIND_KIND),
		.website = db_text(&r, 0, COL_STRUCTURE_FIND_WEBSITE),
		.siren = db_text(&r, 0, COL_STRUCTURE_FIND_SIREN),
		.source = db_text(&r, 0, COL_STRUCTURE_FIND_SOURCE),
		.place_key = db_text(&r, 0, COL_STRUCTURE_FIND_PLACE_KEY),
		.place_name = db_text(&r, 0, COL_STRUCTURE_FIND_PLACE_NAME),
		.place_type = db_text(&r, 0, COL_STRUCTURE_FIND_PLACE_TYPE),
		.place_code = db_text(&r, 0, COL_STRUCTURE_FIND_PLACE_CODE),
		.place_slug = db_text(&r, 0, COL_STRUCTURE_FIND_PLACE_SLUG),
		.role = db_text(&r, 0, COL_STRUCTURE_FIND_ROLE),
		.state = db_text(&r, 0, COL_STRUCTURE_FIND_STATE),
		.decides = db_bool(&r, 0, COL_STRUCTURE_FIND_DECIDES),
		.held = db_bool(&r, 0, COL_STRUCTURE_FIND_HELD),
	};
	return ERR_NONE;
}

enum err
structure_search(struct db *db, struct arena *a, struct str words, struct structure_names *ret)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_STRUCTURE_SEARCH, DB_ARGS(db_arg_str(words)), &r);

	if (e)
		return e;
	struct structure_name *p = arena_array(a, struct structure_name, r.nrows);
	for (size_t i = 0; i < r.nrows; i++)
		p[i] = (struct structure_name){
			.id = db_int(&r, i, COL_STRUCTURE_SEARCH_ID),
			.name = db_text(&r, i, COL_STRUCTURE_SEARCH_NAME),
			.kind = db_text(&r, i, COL_STRUCTURE_SEARCH_KIND),
			.place = db_text(&r, i, COL_STRUCTURE_SEARCH_PLACE),
			.siren = db_text(&r, i, COL_STRUCTURE_SEARCH_SIREN),
		};
	*ret = (struct structure_names){ p, r.nrows };
	return ERR_NONE;
}

enum err
structure_members(struct db *db, struct arena *a, int64_t id, struct structure_people *ret)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_STRUCTURE_MEMBERS, DB_ARGS(db_arg_int(a, id)), &r);

	if (e)
		return e;
	struct structure_person *p = arena_array(a, struct structure_person, r.nrows);
	for (size_t i = 0; i < r.nrows; i++)
		p[i] = (struct structure_person){
			.account = db_int(&r, i, COL_STRUCTURE_MEMBERS_ACCOUNT_ID),
			.name = db_text(&r, i, COL_STRUCTURE_MEMBERS_NAME),
			.role = db_text(&r, i, COL_STRUCTURE_MEMBERS_ROLE),
			.state = db_text(&r, i, COL_STRUCTURE_MEMBERS_STATE),
			.since = db_text(&r, i, COL_STRUCTURE_MEMBERS_SINCE),
			.message = db_text(&r, i, COL_STRUCTURE_MEMBERS_MESSAGE),
		};
	*ret = (struct structure_people){ p, r.nrows };
	return ERR_NONE;
}

enum err
structure_sheets_list(struct db *db, struct arena *a, int64_t id, int64_t most, struct structure_sheets *ret)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_STRUCTURE_SHEETS, DB_ARGS(db_arg_int(a, id), db_arg_int(a, most)), &r);

	if (e)
		return e;
	struct structure_sheet *p = arena_array(a, struct structure_sheet, r.nrows);
	for (size_t i = 0; i < r.nrows; i++)
		p[i] = (struct structure_sheet){
			.id = db_int(&r, i, COL_STRUCTURE_SHEETS_ID),
			.total = db_int(&r, i, COL_STRUCTURE_SHEETS_TOTAL),
			.type = db_text(&r, i, COL_STRUCTURE_SHEETS_TYPE),
			.title = db_text(&r, i, COL_STRUCTURE_SHEETS_TITLE),
			.slug = db_text(&r, i, COL_STRUCTURE_SHEETS_SLUG),
			.state = db_text(&r, i, COL_STRUCTURE_SHEETS_STATE),
		};
	*ret = (struct structure_sheets){ p, r.nrows };
	return ERR_NONE;
}

enum err
structure_bring_list(struct db *db, struct arena *a, int64_t actor, int64_t id, struct structure_names *ret)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_STRUCTURE_BRING, DB_ARGS(db_arg_int(a, actor), db_arg_int(a, id)), &r);

	if (e)
		return e;
	struct structure_name *p = arena_array(a, struct structure_name, r.nrows);
	for (size_t i = 0; i < r.nrows; i++)
		p[i] = (struct structure_name){
			.id = db_int(&r, i, COL_STRUCTURE_BRING_ID),
			.name = db_text(&r, i, COL_STRUCTURE_BRING_TITLE),
		};
	*ret = (struct structure_names){ p, r.nrows };
	return ERR_NONE;
}

enum err
structure_deciders_list(struct db *db, struct arena *a, int64_t id, struct structure_addresses *ret)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_STRUCTURE_DECIDERS, DB_ARGS(db_arg_int(a, id)), &r);

	if (e)
		return e;
	struct structure_address *p = arena_array(a, struct structure_address, r.nrows);
	for (size_t i = 0; i < r.nrows; i++)
		p[i] = (struct structure_address){
			.account = db_int(&r, i, COL_STRUCTURE_DECIDERS_ACCOUNT_ID),
			.email = db_text(&r, i, COL_STRUCTURE_DECIDERS_EMAIL),
		};
	*ret = (struct structure_addresses){ p, r.nrows };
	return ERR_NONE;
}

enum err
structure_person_address(struct db *db, struct arena *a, int64_t account, struct structure_address *ret)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_ACCOUNT_ADDRESS, DB_ARGS(db_arg_int(a, account)), &r);

	if (e)
		return e;
	if (r.nrows == 0)
		return ERR_NOT_FOUND;
	*ret = (struct structure_address){ account, db_text(&r, 0, COL_ACCOUNT_ADDRESS_NAME), db_text(&r, 0, COL_ACCOUNT_ADDRESS_EMAIL) };
	return ERR_NONE;
}

enum err
structure_declare(struct db *db, struct arena *a, int64_t actor, const struct structure_words *s, int64_t *ret_id)
{
	struct db_rows r;
	struct str slug = slug_of(a, s->name);
	enum err e = db_run(db, a, QUERY_STRUCTURE_DECLARE,
	                    DB_ARGS(db_arg_int(a, actor), db_arg_str(s->name), db_arg_str(s->kind), db_arg_str(s->website), arg_number(a, s->territory),
	                            db_arg_str(s->siren), db_arg_str(slug.n ? slug : STR("structure"))),
	                    &r);

	if (!e)
		*ret_id = db_int(&r, 0, COL_STRUCTURE_DECLARE_ID);
	return e;
}

enum err
structure_change(struct db *db, struct arena *a, int64_t actor, int64_t id, const struct structure_words *s, struct str *ret_why)
{
	return act(db, a, QUERY_STRUCTURE_CHANGE,
	           DB_ARGS(db_arg_int(a, actor), db_arg_int(a, id), db_arg_str(s->name), db_arg_str(s->kind), db_arg_str(s->website), arg_number(a, s->territory),
	                   db_arg_str(s->siren)),
	           ret_why);
}

enum err
structure_ask(struct db *db, struct arena *a, int64_t actor, int64_t id, struct str message, struct str *ret_why)
{
	return act(db, a, QUERY_STRUCTURE_ASK, DB_ARGS(db_arg_int(a, actor), db_arg_int(a, id), db_arg_str(message)), ret_why);
}

enum err
structure_answer(struct db *db, struct arena *a, int64_t actor, int64_t id, int64_t account, bool accepted, struct str *ret_why)
{
	return act(db, a, QUERY_STRUCTURE_ANSWER, DB_ARGS(db_arg_int(a, actor), db_arg_int(a, id), db_arg_int(a, account), db_arg_bool(accepted)), ret_why);
}

enum err
structure_invite(struct db *db, struct arena *a, int64_t actor, int64_t id, struct str token_sum, struct str email, struct str *ret_why)
{
	return act(db, a, QUERY_STRUCTURE_INVITE, DB_ARGS(db_arg_int(a, actor), db_arg_int(a, id), db_arg_str(token_sum), db_arg_str(email)), ret_why);
}

enum err
structure_reply(struct db *db, struct arena *a, int64_t actor, int64_t id, bool accepted, bool by_link, struct str *ret_why)
{
	return act(db, a, QUERY_STRUCTURE_REPLY, DB_ARGS(db_arg_int(a, actor), db_arg_int(a, id), db_arg_bool(accepted), db_arg_bool(by_link)), ret_why);
}

enum err
structure_leave(struct db *db, struct arena *a, int64_t actor, int64_t id, int64_t account, struct str *ret_why)
{
	return act(db, a, QUERY_STRUCTURE_LEAVE, DB_ARGS(db_arg_int(a, actor), db_arg_int(a, id), db_arg_int(a, account)), ret_why);
}

enum err
structure_name_role(struct db *db, struct arena *a, int64_t actor, int64_t id, int64_t account, struct str role, struct str *ret_why)
{
	return act(db, a, QUERY_STRUCTURE_NAME, DB_ARGS(db_arg_int(a, actor), db_arg_int(a, id), db_arg_int(a, account), db_arg_str(role)), ret_why);
}

enum err
structure_take_sheet(struct db *db, struct arena *a, int64_t actor, int64_t sheet, int64_t id, struct str *ret_why)
{
	return act(db, a, QUERY_SHEET_TRANSFER, DB_ARGS(db_arg_int(a, actor), db_arg_int(a, sheet), arg_number(a, id)), ret_why);
}

/* Luhn, as INSEE has it. */
bool
structure_siren(struct arena *a, struct str typed, struct str *ret)
{
	char *p = arena_alloc(a, typed.n + 1);
	size_t n = 0;
	int sum = 0;

	for (size_t i = 0; i < typed.n; i++) {
		if (typed.p[i] >= '0' && typed.p[i] <= '9')
			p[n++] = typed.p[i];
		else if (typed.p[i] != ' ' && typed.p[i] != '.' && (unsigned char)typed.p[i] < 0x80)
			return false;
	}
	for (size_t i = 0; i < n; i++) {
		int d = p[n - 1 - i] - '0';
		sum += i % 2 ? d * 2 - (d > 4 ? 9 : 0) : d;
	}
	*ret = (struct str){ p, n };
	return n == 9 && sum % 10 == 0;
}
