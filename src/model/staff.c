#include "model/staff.h"

static enum err
roles_read(struct db *db, struct arena *a, int64_t account, int64_t id, struct staff_roles *ret)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_STAFF_LIST, DB_ARGS(account ? db_arg_int(a, account) : DB_NULL, id ? db_arg_int(a, id) : DB_NULL), &r);

	if (e)
		return e;
	struct staff_role *p = arena_array(a, struct staff_role, r.nrows + 1);
	for (size_t i = 0; i < r.nrows; i++)
		p[i] = (struct staff_role){ .id = db_int(&r, i, COL_STAFF_LIST_ID),
			                    .account = db_int(&r, i, COL_STAFF_LIST_ACCOUNT_ID),
			                    .name = db_text(&r, i, COL_STAFF_LIST_NAME),
			                    .email = db_text(&r, i, COL_STAFF_LIST_EMAIL),
			                    .state = db_text(&r, i, COL_STAFF_LIST_STATE),
			                    .scope = db_text(&r, i, COL_STAFF_LIST_SCOPE),
			                    .totp = db_bool(&r, i, COL_STAFF_LIST_TOTP),
			                    .role = { db_text(&r, i, COL_STAFF_LIST_ROLE), db_text(&r, i, COL_STAFF_LIST_TERRITORY),
			                              db_text(&r, i, COL_STAFF_LIST_THEME), db_text(&r, i, COL_STAFF_LIST_ESPACE) },
			                    .granted_at = db_text(&r, i, COL_STAFF_LIST_GRANTED_AT),
			                    .granted_by = db_text(&r, i, COL_STAFF_LIST_GRANTED_BY) };
	*ret = (struct staff_roles){ p, r.nrows };
	return ERR_NONE;
}

enum err
staff_roles(struct db *db, struct arena *a, int64_t account, struct staff_roles *ret)
{
	return roles_read(db, a, account, 0, ret);
}

enum err
staff_role_find(struct db *db, struct arena *a, int64_t id, struct staff_role *ret)
{
	struct staff_roles some;
	enum err e = roles_read(db, a, 0, id, &some);

	if (!e && some.n)
		*ret = some.p[0];
	return e ? e : some.n ? ERR_NONE : ERR_NOT_FOUND;
}

static enum err
accounts_read(struct db *db, struct arena *a, struct db_arg words, struct db_arg state, struct db_arg id, int64_t offset, int64_t most, struct staff_accounts *ret)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_STAFF_ACCOUNTS, DB_ARGS(words, state, id, db_arg_int(a, offset), db_arg_int(a, most)), &r);

	if (e)
		return e;
	struct staff_account *p = arena_array(a, struct staff_account, r.nrows + 1);
	for (size_t i = 0; i < r.nrows; i++)
		p[i] = (struct staff_account){ .id = db_int(&r, i, COL_STAFF_ACCOUNTS_ID),
			                       .name = db_text(&r, i, COL_STAFF_ACCOUNTS_NAME),
			                       .email = db_text(&r, i, COL_STAFF_ACCOUNTS_EMAIL),
			                       .state = db_text(&r, i, COL_STAFF_ACCOUNTS_STATE),
			                       .created_at = db_text(&r, i, COL_STAFF_ACCOUNTS_CREATED_AT),
			                       .seen_on = db_text(&r, i, COL_STAFF_ACCOUNTS_SEEN_ON),
			                       .totp = db_bool(&r, i, COL_STAFF_ACCOUNTS_TOTP),
			                       .roles = db_text(&r, i, COL_STAFF_ACCOUNTS_ROLES),
			                       .sheets = db_int(&r, i, COL_STAFF_ACCOUNTS_SHEETS),
			                       .sessions = db_int(&r, i, COL_STAFF_ACCOUNTS_SESSIONS) };
	*ret = (struct staff_accounts){ p, r.nrows, r.nrows ? db_int(&r, 0, COL_STAFF_ACCOUNTS_TOTAL) : 0 };
	return ERR_NONE;
}

enum err
staff_accounts(struct db *db, struct arena *a, struct str words, struct str state, int64_t offset, int64_t most, struct staff_accounts *ret)
{
	return accounts_read(db, a, db_arg_opt(words), db_arg_opt(state), DB_NULL, offset, most, ret);
}

enum err
staff_account_find(struct db *db, struct arena *a, int64_t id, struct staff_account *ret)
{
	struct staff_accounts some;
	enum err e = accounts_read(db, a, DB_NULL, DB_NULL, db_arg_int(a, id), 0, 1, &some);

	if (!e && some.n)
		*ret = some.p[0];
	return e ? e : some.n ? ERR_NONE : ERR_NOT_FOUND;
}

enum err
staff_last(struct db *db, struct arena *a, int64_t account, bool *ret)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_STAFF_LAST, DB_ARGS(db_arg_int(a, account)), &r);

	if (!e)
		*ret = db_bool(&r, 0, COL_STAFF_LAST_LAST);
	return e;
}

enum err
staff_counts(struct db *db, struct arena *a, struct staff_counts *ret)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_ADMIN_COUNTS, NULL, 0, &r);

	if (!e)
		*ret = (struct staff_counts){ db_int(&r, 0, COL_ADMIN_COUNTS_TERMS),    db_int(&r, 0, COL_ADMIN_COUNTS_ESPACES),
			                      db_int(&r, 0, COL_ADMIN_COUNTS_ACCOUNTS), db_int(&r, 0, COL_ADMIN_COUNTS_SUSPENDED),
			                      db_int(&r, 0, COL_ADMIN_COUNTS_ROLES),    db_int(&r, 0, COL_ADMIN_COUNTS_LINES),
			                      db_int(&r, 0, COL_ADMIN_COUNTS_IMPORTS) };
	return e;
}
