#include "web/write.h"
#include "base/log.h"
#include "crypt/hash.h"
#include "web/actor.h"
#include "web/source.h"
#include <stdio.h>
#include <time.h>

enum { TRIES = 3, BODY_KEPT = 256 * 1024 };

/* What the body says, but for the token of the form, which changes with the session. */
static void
body_sum(const struct req *r, char ret[65])
{
	struct sha256 h;

	sha256_init(&h);
	sha256_add(&h, str_of(r->route->method));
	sha256_add(&h, r->path);
	for (size_t i = 0; i < r->ntyped; i++) {
		if (str_eq(r->typed[i].name, STR("jeton")))
			continue;
		sha256_add(&h, (struct str){ "\0", 1 });
		sha256_add(&h, r->typed[i].name);
		sha256_add(&h, (struct str){ "\0", 1 });
		sha256_add(&h, r->typed[i].value);
	}
	if (r->nfiles) /* whatever else the body holds */
		sha256_add(&h, r->body);
	sha256_end(&h, ret);
}

static enum err
claim(struct req *r, struct resp *resp, struct str scope, const char *sum, bool *ret_done)
{
	struct db_rows rows;
	struct str body_hash = str_of(sum);
	enum err e = db_run(r->write, r->arena, QUERY_SUBMISSION_CLAIM, DB_ARGS(db_arg_str(scope), db_arg_str(r->key), db_arg_str(body_hash)), &rows);

	*ret_done = false;
	if (e)
		return e == ERR_DB_BUSY ? err_note(ERR_KEY_BUSY, "the key is being answered") : e;
	if (db_bool(&rows, 0, COL_SUBMISSION_CLAIM_FRESH))
		return ERR_NONE;
	e = db_run(r->write, r->arena, QUERY_SUBMISSION_FIND, DB_ARGS(db_arg_str(scope), db_arg_str(r->key)), &rows);
	if (e)
		return e;
	if (rows.nrows == 0 || db_is_null(&rows, 0, COL_SUBMISSION_FIND_STATUS))
		return err_note(ERR_KEY_BUSY, "the key has no answer yet");
	if (!str_eq(db_text(&rows, 0, COL_SUBMISSION_FIND_BODY_HASH), body_hash))
		return err_note(ERR_KEY_USED, "the key came with another body");
	resp->status = (int)db_int(&rows, 0, COL_SUBMISSION_FIND_STATUS);
	resp->content_type = db_text(&rows, 0, COL_SUBMISSION_FIND_CONTENT_TYPE);
	resp->location = db_text(&rows, 0, COL_SUBMISSION_FIND_LOCATION);
	buf_put(&resp->headers, db_text(&rows, 0, COL_SUBMISSION_FIND_HEADERS));
	buf_put(&resp->body, db_text(&rows, 0, COL_SUBMISSION_FIND_BODY));
	*ret_done = true;
	return ERR_NONE;
}

static enum err
keep(struct req *r, const struct resp *resp, struct str scope)
{
	struct str body = buf_str(&resp->body);

	if (body.n > BODY_KEPT)
		body = STR_NONE;
	return db_run(r->write, r->arena, QUERY_SUBMISSION_ANSWER,
	              DB_ARGS(db_arg_str(scope), db_arg_str(r->key), db_arg_int(r->arena, resp->status), db_arg_str(resp->content_type),
	                      db_arg_str(resp->location), db_arg_str(buf_str(&resp->headers)), db_arg_str(body)),
	              NULL);
}

static enum err
drop(struct req *r, struct str scope)
{
	return db_run(r->write, r->arena, QUERY_SUBMISSION_DROP, DB_ARGS(db_arg_str(scope), db_arg_str(r->key)), NULL);
}

enum stage { STAGE_BEGIN, STAGE_WORK, STAGE_COMMIT /* what it led to may be unknown */ };

/* One try. */
static enum err
try_once(struct req *r, struct resp *resp, struct str scope, const char *sum, enum stage *ret_stage)
{
	bool done = false;
	enum err e = db_begin(r->write);

	*ret_stage = STAGE_BEGIN;
	if (e)
		return e;
	*ret_stage = STAGE_WORK;
	if (r->refused)
		e = db_run(r->write, r->arena, QUERY_TRANSACTION_READ_ONLY, NULL, 0, NULL);
	else if (r->key.n)
		e = claim(r, resp, scope, sum, &done);
	if (!e && !done)
		e = r->route->handler(r, resp);
	bool good = !e && !arena_exhausted(r->arena) && resp->status < 500;
	/* A refusal is not kept: the same form, corrected or not, is looked at again; what was noted of it stays. Nor is a secret. */
	if (good && r->key.n && !done && !r->refused) {
		e = resp->status >= 400 || resp->secret ? drop(r, scope) : keep(r, resp, scope);
		good = !e;
	}
	if (!good) {
		db_rollback(r->write);
		return e;
	}
	*ret_stage = STAGE_COMMIT;
	return db_commit(r->write);
}

enum err
write_serve(struct req *r, struct resp *resp)
{
	struct str scope = STR("anonyme");
	const struct actor *a;
	char sum[65] = "";
	size_t notices = r->nnotices;
	enum err e;

	if (!r->write)
		return err_note(ERR_DB_DOWN, "no read-write connection is set");
	if (r->key.n) {
		if ((e = actor_find(r, &a)))
			return e;
		if (a->id)
			scope = arena_fmt(r->arena, "compte:%lld", (long long)a->id);
		body_sum(r, sum);
	}
	for (int n = 1;; n++) {
		enum stage stage;
		const struct resp clean = *resp;
		e = try_once(r, resp, scope, sum, &stage);
		bool crossed = e == ERR_DB_CONFLICT && strstr(err_detail(), "(40");
		/* With a key the whole may be asked again: had it been committed, the key would tell. */
		bool unknown = e == ERR_DB_DOWN && stage == STAGE_COMMIT && r->key.n;
		/* The server went away, or takes no change any more, before the commit was asked: nothing of it is left. */
		bool moved = e == ERR_DB_DOWN && stage == STAGE_WORK;
		if (e == ERR_NONE)
			source_mark(r, resp);
		if (e == ERR_NONE || n == TRIES || !(crossed || unknown || moved))
			return e;
		log_event(LOG_INFO, "a transaction is done again", LOG_I("try", n), LOG_S("detail", str_of(err_detail())));
		struct timespec pause = { .tv_nsec = (unknown ? 200000000L : 5000000L) * n };
		nanosleep(&pause, NULL);
		err_clear();
		resp->status = clean.status;
		resp->content_type = clean.content_type;
		resp->location = clean.location;
		resp->etag = clean.etag;
		resp->secret = clean.secret;
		resp->headers.n = clean.headers.n;
		resp->body.n = clean.body.n;
		r->nnotices = notices;
	}
}
