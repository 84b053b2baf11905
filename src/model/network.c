#include "model/network.h"

static struct db_arg
arg_number(struct arena *a, int64_t v) /* 0: null */
{
	return v ? db_arg_int(a, v) : DB_NULL;
}

#define CELL(name) db_text(&r, 0, COL_CATALYST_EDIT_##name)

enum err
catalyst_edit_find(struct db *db, struct arena *a, int64_t actor, int64_t id, struct catalyst_edit *ret)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_CATALYST_EDIT, DB_ARGS(db_arg_int(a, actor), db_arg_int(a, id)), &r);

	if (e || r.nrows == 0)
		return e ? e : err_note(ERR_NOT_FOUND, "no such catalyst");
	*ret = (struct catalyst_edit){ .id = id,
		                       .rev = db_int(&r, 0, COL_CATALYST_EDIT_REV),
		                       .structure_id = db_int(&r, 0, COL_CATALYST_EDIT_STRUCTURE_ID),
		                       .name = CELL(NAME),
		                       .slug = CELL(SLUG),
		                       .structure = CELL(STRUCTURE),
		                       .content = CELL(CONTENT),
		                       .email = CELL(EMAIL),
		                       .message = CELL(MESSAGE),
		                       .held = db_bool(&r, 0, COL_CATALYST_EDIT_HELD),
		                       .member = db_bool(&r, 0, COL_CATALYST_EDIT_MEMBER),
		                       .listed = db_bool(&r, 0, COL_CATALYST_EDIT_LISTED),
		                       .confirmed = db_bool(&r, 0, COL_CATALYST_EDIT_CONFIRMED),
		                       .relay = db_bool(&r, 0, COL_CATALYST_EDIT_RELAY),
		                       .waits = db_bool(&r, 0, COL_CATALYST_EDIT_WAITS) };
	return ERR_NONE;
}
#undef CELL

enum err
network_send(struct db *db, struct arena *a, int64_t actor, const char *kind, int64_t catalyst, int64_t structure, struct str content, struct str message,
             int64_t seen, struct str *ret_why)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_NETWORK_SEND,
	                    DB_ARGS(db_arg_int(a, actor), db_arg_str(str_of(kind)), arg_number(a, catalyst), db_arg_int(a, structure), db_arg_str(content),
	                            db_arg_str(message), db_arg_int(a, seen)),
	                    &r);

	if (!e)
		*ret_why = db_text(&r, 0, COL_NETWORK_SEND_OUTCOME);
	return e;
}

enum err
network_last(struct db *db, struct arena *a, int64_t actor, int64_t structure, int64_t *ret_id)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_NETWORK_LAST, DB_ARGS(db_arg_int(a, actor), db_arg_int(a, structure)), &r);

	if (e || r.nrows == 0)
		return e ? e : err_note(ERR_NOT_FOUND, "nothing was sent");
	*ret_id = db_int(&r, 0, COL_NETWORK_LAST_ID);
	return ERR_NONE;
}

#define CELL(name) db_text(&r, i, COL_NETWORK_LIST_##name)

enum err
network_list(struct db *db, struct arena *a, int64_t actor, int64_t id, struct network_requests *ret)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_NETWORK_LIST, DB_ARGS(db_arg_int(a, actor), arg_number(a, id)), &r);

	if (e)
		return e;
	struct network_request *p = arena_array(a, struct network_request, r.nrows);
	struct network_field *f = arena_array(a, struct network_field, r.nrows);
	size_t n = 0;
	for (size_t i = 0; i < r.nrows; i++) {
		int64_t number = db_int(&r, i, COL_NETWORK_LIST_ID);
		if (n == 0 || p[n - 1].id != number)
			p[n++] = (struct network_request){ .id = number,
				                           .catalyst = db_int(&r, i, COL_NETWORK_LIST_CATALYST_ID),
				                           .structure_id = db_int(&r, i, COL_NETWORK_LIST_STRUCTURE_ID),
				                           .account = db_int(&r, i, COL_NETWORK_LIST_ACCOUNT),
				                           .kind = CELL(KIND),
				                           .name = CELL(CATALYST),
				                           .slug = CELL(SLUG),
				                           .structure = CELL(STRUCTURE),
				                           .message = CELL(MESSAGE),
				                           .state = CELL(STATE),
				                           .created_at = CELL(CREATED_AT),
				                           .reason = CELL(REASON),
				                           .fields = f + i };
		if (db_is_null(&r, i, COL_NETWORK_LIST_FIELD))
			continue;
		f[i] = (struct network_field){ CELL(FIELD), CELL(BEFORE), CELL(AFTER) };
		p[n - 1].nfields++;
	}
	*ret = (struct network_requests){ p, n };
	return ERR_NONE;
}
#undef CELL

enum err
network_decide(struct db *db, struct arena *a, int64_t actor, int64_t id, bool accepted, struct str reason, struct str slug, struct str *ret_why)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_NETWORK_DECIDE,
	                    DB_ARGS(db_arg_int(a, actor), db_arg_int(a, id), db_arg_bool(accepted), db_arg_str(reason), db_arg_str(slug)), &r);

	if (!e)
		*ret_why = db_text(&r, 0, COL_NETWORK_DECIDE_OUTCOME);
	return e;
}

enum err
network_deciders(struct db *db, struct arena *a, int64_t id, const struct network_decider **ret, size_t *ret_n)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_NETWORK_DECIDERS, DB_ARGS(db_arg_int(a, id)), &r);

	if (e)
		return e;
	struct network_decider *p = arena_array(a, struct network_decider, r.nrows);
	for (size_t i = 0; i < r.nrows; i++)
		p[i] = (struct network_decider){ db_int(&r, i, COL_NETWORK_DECIDERS_ACCOUNT), db_text(&r, i, COL_NETWORK_DECIDERS_EMAIL) };
	*ret = p;
	*ret_n = r.nrows;
	return ERR_NONE;
}

enum err
catalyst_contact_set(struct db *db, struct arena *a, int64_t actor, int64_t catalyst, struct str email, bool relay, bool *ret_confirm)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_CATALYST_CONTACT_SET,
	                    DB_ARGS(db_arg_int(a, actor), db_arg_int(a, catalyst), db_arg_str(email), db_arg_bool(relay)), &r);

	if (!e)
		*ret_confirm = db_bool(&r, 0, COL_CATALYST_CONTACT_SET_CONFIRM);
	return e;
}

enum err
catalyst_contact_confirm(struct db *db, struct arena *a, int64_t catalyst, struct str email)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_CATALYST_CONTACT_CONFIRM, DB_ARGS(db_arg_int(a, catalyst), db_arg_str(email)), &r);

	return e ? e : r.nrows ? ERR_NONE : err_note(ERR_NOT_FOUND, "another address was given since");
}

enum err
catalyst_history_list(struct db *db, struct arena *a, int64_t id, struct catalyst_changes *ret)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_CATALYST_HISTORY, DB_ARGS(db_arg_int(a, id)), &r);

	if (e)
		return e;
	struct catalyst_change *p = arena_array(a, struct catalyst_change, r.nrows);
	for (size_t i = 0; i < r.nrows; i++)
		p[i] = (struct catalyst_change){ .rev = db_int(&r, i, COL_CATALYST_HISTORY_REV),
			                         .at = db_text(&r, i, COL_CATALYST_HISTORY_AT),
			                         .structure = db_text(&r, i, COL_CATALYST_HISTORY_STRUCTURE),
			                         .field = db_text(&r, i, COL_CATALYST_HISTORY_FIELD),
			                         .before = db_text(&r, i, COL_CATALYST_HISTORY_BEFORE),
			                         .after = db_text(&r, i, COL_CATALYST_HISTORY_AFTER) };
	*ret = (struct catalyst_changes){ p, r.nrows };
	return ERR_NONE;
}

struct str
network_field_label(struct str field)
{
	static const char *const labels[][2] = { { "nom", "Nom" },
		                                 { "resume", "Ce qu’il fait" },
		                                 { "site", "Site" },
		                                 { "siege", "Siège" },
		                                 { "couvre", "Où il intervient" },
		                                 { "termes", "Pratiques, activités, profil" },
		                                 { "annuaire", "Présence dans l’annuaire" },
		                                 { "structure", "Structure" } };

	for (size_t i = 0; i < sizeof(labels) / sizeof(*labels); i++)
		if (str_eq(field, str_of(labels[i][0])))
			return str_of(labels[i][1]);
	return field;
}

enum err
network_home(struct db *db, struct arena *a, struct network_figures *ret)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_NETWORK_HOME, NULL, 0, &r);

	if (e)
		return e;
	struct network_figure *p = arena_array(a, struct network_figure, r.nrows);
	for (size_t i = 0; i < r.nrows; i++)
		p[i] = (struct network_figure){ .part = db_text(&r, i, COL_NETWORK_HOME_PART),
			                        .code = db_text(&r, i, COL_NETWORK_HOME_CODE),
			                        .slug = db_text(&r, i, COL_NETWORK_HOME_SLUG),
			                        .name = db_text(&r, i, COL_NETWORK_HOME_NAME),
			                        .name_in = db_text(&r, i, COL_NETWORK_HOME_NAME_IN),
			                        .n = db_int(&r, i, COL_NETWORK_HOME_N),
			                        .practices = db_int(&r, i, COL_NETWORK_HOME_PRACTICES) };
	*ret = (struct network_figures){ p, r.nrows };
	return ERR_NONE;
}
