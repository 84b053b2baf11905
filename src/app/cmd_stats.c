/*
 * catalyse stats: the counts that large lists rely on, brought up to date (docs/design/echelle.md). Run every minute by
 * catalyse-stats.timer; at once when nothing changed.
 */
#include "app/cmd.h"
#include "text/json_out.h"

#include <stdio.h>
#include <string.h>

struct stats {
	struct cmd *cmd;
	bool whole, done;
	int64_t visible;
};

static enum err
refresh(struct db *db, void *arg)
{
	struct stats *s = arg;
	struct arena *a = s->cmd->arena;
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_LOAD_PATIENCE, DB_ARGS(db_arg_str(STR("60000"))), &r);
	if (e || (e = db_run(db, a, QUERY_STATS_REFRESH, DB_ARGS(db_arg_bool(s->whole)), &r)))
		return e;
	s->done = db_bool(&r, 0, COL_STATS_REFRESH_DONE);
	if ((e = db_run(db, a, QUERY_REVISION_SETTLE, NULL, 0, &r)))
		return e;
	if ((e = db_run(db, a, QUERY_SHEET_WIDE_SIZE, NULL, 0, &r)))
		return e;
	s->visible = db_int(&r, 0, COL_SHEET_WIDE_SIZE_VISIBLE);
	return ERR_NONE;
}

int
cmd_stats(struct cmd *c)
{
	struct stats s = { .cmd = c, .whole = c->argc == 1 && strcmp(c->argv[0], "tout") == 0 };
	if (c->argc > 1 || (c->argc == 1 && !s.whole))
		return cmd_usage(c);
	struct db *db = cmd_db(c);
	if (!db)
		return CMD_REFUSED;
	enum err e = db_transaction(db, refresh, &s);
	if (e)
		return cmd_refuse_err(c, "comptes", e);
	struct buf b;
	buf_init(&b, c->arena, 256);
	if (c->json) {
		struct json_out j = json_out(&b);
		json_begin_object(&j);
		json_key(&j, "fait"), json_bool(&j, s.done);
		json_key(&j, "fiches"), json_int(&j, s.visible);
		json_end(&j);
	} else if (s.done) {
		buf_fmt(&b, "Comptes à jour : %lld fiches visibles.", (long long)s.visible);
	} else {
		buf_fmt(&b, "Un autre rafraîchissement est en cours : rien à faire.");
	}
	cmd_print(&b);
	return CMD_OK;
}
