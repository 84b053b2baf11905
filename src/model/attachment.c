#include "model/attachment.h"
#include <stdlib.h>

/* The two lists, and the two files, have the same columns in the same order. */
_Static_assert((int)COL_ATTACHMENT_PUBLIC_LIST_LEAVING == (int)COL_ATTACHMENT_LIST_LEAVING, "the columns of lists differ");
_Static_assert((int)COL_ATTACHMENT_PUBLIC_FIND_BYTES == (int)COL_ATTACHMENT_FIND_BYTES, "the columns of files differ");

enum { BESIDE = 1 << 20 }; /* bytes of texts and rows of a file being read */

static enum err
list(struct db *db, struct arena *a, enum query q, const struct db_arg *args, size_t nargs, struct attachments *ret)
{
	struct db_rows r;
	enum err e = db_run(db, a, q, args, nargs, &r);

	if (e)
		return e;
	struct attachment *p = arena_array(a, struct attachment, r.nrows);
	for (size_t i = 0; i < r.nrows; i++)
		p[i] = (struct attachment){
			.id = db_int(&r, i, COL_ATTACHMENT_LIST_ID),
			.size = db_int(&r, i, COL_ATTACHMENT_LIST_SIZE),
			.name = db_text(&r, i, COL_ATTACHMENT_LIST_NAME),
			.label = db_text(&r, i, COL_ATTACHMENT_LIST_LABEL),
			.alt = db_text(&r, i, COL_ATTACHMENT_LIST_ALT),
			.type = db_text(&r, i, COL_ATTACHMENT_LIST_TYPE),
			.width = (int)db_int(&r, i, COL_ATTACHMENT_LIST_WIDTH),
			.height = (int)db_int(&r, i, COL_ATTACHMENT_LIST_HEIGHT),
			.hash = db_text(&r, i, COL_ATTACHMENT_LIST_HASH),
			.small_hash = db_text(&r, i, COL_ATTACHMENT_LIST_SMALL_HASH),
			.public = db_bool(&r, i, COL_ATTACHMENT_LIST_PUBLIC),
			.leaving = db_bool(&r, i, COL_ATTACHMENT_LIST_LEAVING),
		};
	*ret = (struct attachments){ p, r.nrows };
	return ERR_NONE;
}

enum err
attachment_public_list(struct db *db, struct arena *a, int64_t sheet, struct attachments *ret)
{
	return list(db, a, QUERY_ATTACHMENT_PUBLIC_LIST, DB_ARGS(db_arg_int(a, sheet)), ret);
}

enum err
attachment_list(struct db *db, struct arena *a, int64_t actor, int64_t sheet, struct attachments *ret)
{
	return list(db, a, QUERY_ATTACHMENT_LIST, DB_ARGS(db_arg_int(a, actor), db_arg_int(a, sheet)), ret);
}

/* The pieces one after the other. False when they are not the file they say. */
static bool
join(struct arena *a, const struct db_rows *r, struct str *ret)
{
	size_t size = (size_t)db_int(r, 0, COL_ATTACHMENT_FIND_SIZE), n = 0;
	char *p = malloc(size ? size : 1);

	if (!p)
		return false;
	arena_cleanup(a, free, p);
	for (size_t i = 0; i < r->nrows; i++) {
		struct str piece = db_text(r, i, COL_ATTACHMENT_FIND_BYTES);
		if (db_int(r, i, COL_ATTACHMENT_FIND_PIECE) != (int64_t)i || piece.n > size - n)
			return false;
		if (piece.n)
			memcpy(p + n, piece.p, piece.n);
		n += piece.n;
	}
	*ret = (struct str){ p, n };
	return n == size;
}

static enum err
find(struct db *db, struct arena *a, enum query q, const struct db_arg *args, size_t nargs, struct attachment_file *ret)
{
	/* The rows go as soon as they are joined: the bytes are not held twice. */
	struct arena *rows = arena_new(16384, BESIDE);
	struct db_rows r;
	struct attachment_file f;
	enum err e = db_run(db, rows, q, args, nargs, &r);

	if (!e && r.nrows == 0)
		e = err_note(ERR_NOT_FOUND, "no such file here");
	if (!e && !join(a, &r, &f.bytes))
		e = err_note(ERR_INTERNAL, "a file is not of the size it says, or there is no memory for it");
	if (!e) {
		f.name = arena_str(a, db_text(&r, 0, COL_ATTACHMENT_FIND_NAME));
		f.label = arena_str(a, db_text(&r, 0, COL_ATTACHMENT_FIND_LABEL));
		f.type = arena_str(a, db_text(&r, 0, COL_ATTACHMENT_FIND_TYPE));
		f.sum = arena_str(a, db_text(&r, 0, COL_ATTACHMENT_FIND_SUM));
		*ret = f;
	}
	arena_free(rows);
	return e;
}

enum err
attachment_public_find(struct db *db, struct arena *a, int64_t sheet, int64_t id, struct str hash, struct attachment_file *ret)
{
	return find(db, a, QUERY_ATTACHMENT_PUBLIC_FIND, DB_ARGS(db_arg_int(a, sheet), db_arg_int(a, id), db_arg_str(hash)), ret);
}

enum err
attachment_find(struct db *db, struct arena *a, int64_t actor, int64_t sheet, int64_t id, struct str hash, struct attachment_file *ret)
{
	return find(db, a, QUERY_ATTACHMENT_FIND,
	            DB_ARGS(db_arg_int(a, actor), db_arg_int(a, sheet), db_arg_int(a, id), db_arg_str(hash)), ret);
}

/* Why the database did not. */
static enum err
refused(struct str code, struct str *ret_reason)
{
	static const struct {
		const char *code, *sentence;
		enum err e;
	} rows[] = {
		{ "introuvable", "Ce fichier, ou cette fiche, n’existe pas ou n’est pas à vous.", ERR_NOT_FOUND },
		{ "interdit", "Ce fichier n’est pas à vous.", ERR_FORBIDDEN },
		{ "etat", "La fiche est en cours de relecture : reprenez-la d’abord.", ERR_CONFLICT },
		{ "motif", "Dites pourquoi ce fichier est retiré.", ERR_BAD_INPUT },
		{ "nombre", "Une fiche porte 20 fichiers au plus : retirez-en un d’abord.", ERR_BAD_INPUT },
		{ "poids", "Les fichiers d’une fiche pèsent 40 Mo au plus, en tout.", ERR_BAD_INPUT },
		{ "compte", "Vos fichiers pèsent 200 Mo au plus, toutes fiches ensemble.", ERR_BAD_INPUT },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (str_eq(code, str_of(rows[i].code))) {
			*ret_reason = str_of(rows[i].sentence);
			return err_note(rows[i].e, "file refused: %s", rows[i].code);
		}
	return code.n ? err_note(ERR_INTERNAL, "file refused for an unknown reason") : ERR_NONE;
}

static struct db_arg
points(struct arena *a, int n)
{
	return n ? db_arg_int(a, n) : DB_NULL;
}

enum err
attachment_add(struct db *db, struct arena *a, int64_t actor, int64_t sheet, const struct media *m, struct str label, struct str alt,
               int64_t *ret_id, struct str *ret_reason)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_ATTACHMENT_ADD,
	                    DB_ARGS(db_arg_int(a, actor), db_arg_int(a, sheet), db_arg_str(m->name),
	                            db_arg_str(label.n ? label : m->label), db_arg_str(alt), db_arg_str(m->type),
	                            db_arg_bytes(m->whole.bytes), db_arg_str(str_of(m->whole.sha256)), db_arg_bytes(m->small.bytes),
	                            db_arg_opt(str_of(m->small.sha256)), points(a, m->whole.width), points(a, m->whole.height)),
	                    &r);
	if (!e)
		e = refused(db_text(&r, 0, COL_ATTACHMENT_ADD_REFUSED), ret_reason);
	if (!e)
		*ret_id = db_int(&r, 0, COL_ATTACHMENT_ADD_ID);
	return e;
}

static enum err
change(struct db *db, struct arena *a, enum query q, const struct db_arg *args, size_t nargs, struct str *ret_reason)
{
	struct db_rows r;
	enum err e = db_run(db, a, q, args, nargs, &r);

	return e ? e : refused(db_text(&r, 0, 0), ret_reason);
}

enum err
attachment_remove(struct db *db, struct arena *a, int64_t actor, int64_t id, struct str *ret_reason)
{
	return change(db, a, QUERY_ATTACHMENT_REMOVE, DB_ARGS(db_arg_int(a, actor), db_arg_int(a, id)), ret_reason);
}

enum err
attachment_withdraw(struct db *db, struct arena *a, int64_t actor, int64_t id, struct str why, struct str *ret_reason)
{
	return change(db, a, QUERY_ATTACHMENT_WITHDRAW, DB_ARGS(db_arg_int(a, actor), db_arg_int(a, id), db_arg_str(why)), ret_reason);
}

enum err
attachment_describe(struct db *db, struct arena *a, int64_t actor, int64_t id, struct str label, struct str alt, struct str *ret_reason)
{
	return change(db, a, QUERY_ATTACHMENT_DESCRIBE,
	              DB_ARGS(db_arg_int(a, actor), db_arg_int(a, id), db_arg_str(label), db_arg_str(alt)), ret_reason);
}

struct url
attachment_url(struct arena *a, int64_t sheet, int64_t id, struct str hash, struct str name)
{
	struct str s = arena_fmt(a, "/fiches/%lld/pieces/%lld-%.*s-%.*s", (long long)sheet, (long long)id, (int)hash.n, hash.p, (int)name.n, name.p);

	return (struct url){ s.p, s.n };
}
