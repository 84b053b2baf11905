#include "model/import_file.h"

enum err
import_file_put(struct db *db, struct arena *a, int64_t account, const struct import_file *f, struct str espace, int64_t *ret_id)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_IMPORT_FILE_PUT,
	                    DB_ARGS(db_arg_int(a, account), db_arg_str(f->body), db_arg_str(f->sum), db_arg_str(f->source), db_arg_bool(f->publish), db_arg_opt(espace)), &r);

	if (!e)
		*ret_id = db_int(&r, 0, COL_IMPORT_FILE_PUT_ID);
	return e;
}

enum err
figure_file_put(struct db *db, struct arena *a, int64_t account, struct str body, struct str sum, int64_t *ret_id)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_FIGURE_FILE_PUT, DB_ARGS(db_arg_int(a, account), db_arg_str(body), db_arg_str(sum)), &r);

	if (!e)
		*ret_id = db_int(&r, 0, COL_FIGURE_FILE_PUT_ID);
	return e;
}

enum err
import_file_find(struct db *db, struct arena *a, int64_t id, int64_t account, const char *kind, struct import_file *ret)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_IMPORT_FILE_FIND, DB_ARGS(db_arg_int(a, id), db_arg_int(a, account), db_arg_str(str_of(kind))), &r);

	if (e || r.nrows == 0)
		return e ? e : ERR_NOT_FOUND;
	*ret = (struct import_file){ .id = db_int(&r, 0, COL_IMPORT_FILE_FIND_ID),
		                     .espace = db_int(&r, 0, COL_IMPORT_FILE_FIND_ESPACE_ID),
		                     .body = db_text(&r, 0, COL_IMPORT_FILE_FIND_BODY),
		                     .sum = db_text(&r, 0, COL_IMPORT_FILE_FIND_SUM),
		                     .source = db_text(&r, 0, COL_IMPORT_FILE_FIND_SOURCE),
		                     .espace_name = db_text(&r, 0, COL_IMPORT_FILE_FIND_ESPACE),
		                     .created_at = db_text(&r, 0, COL_IMPORT_FILE_FIND_CREATED_AT),
		                     .done_at = db_text(&r, 0, COL_IMPORT_FILE_FIND_DONE_AT),
		                     .counts = db_text(&r, 0, COL_IMPORT_FILE_FIND_COUNTS),
		                     .publish = db_bool(&r, 0, COL_IMPORT_FILE_FIND_PUBLISH) };
	return ERR_NONE;
}

enum err
import_file_done(struct db *db, struct arena *a, int64_t id, int64_t account, struct str counts)
{
	struct db_rows r;

	return db_run(db, a, QUERY_IMPORT_FILE_DONE, DB_ARGS(db_arg_int(a, id), db_arg_int(a, account), db_arg_opt(counts)), &r);
}
