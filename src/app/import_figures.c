/*
 * import figures: indicators and figures from a table, in one transaction. Lines that can be taken are; the others are said with their
 * line and column, and the exit status is 1.
 */
#include "app/import_figures.h"
#include "text/json_out.h"

#include <stdio.h>

#define FILE_MOST ((size_t)16 << 20)
#define SAID_MOST 200

void
figures_tick(void *cmd, size_t done, size_t total)
{
	cmd_progress(cmd, "Chiffres", done, total);
}

void
figures_say(const struct cmd *c, const char *path, const struct figure_import *m, size_t from)
{
	for (size_t i = from; i < m->nremarks && !c->json; i++) {
		const struct figure_remark *k = &m->remarks[i];
		if (i == from + SAID_MOST) {
			fprintf(stderr, "%s: et %zu autres remarques\n", path, m->nremarks - i);
			break;
		}
		fprintf(stderr, "%s:%zu: %.*s%s%.*s\n", path, k->line, (int)k->column.n, k->column.n ? k->column.p : "", k->column.n ? " : " : "",
		        (int)k->message.n, k->message.p);
	}
}

int
figures_read(struct cmd *c, const char *path, struct figure_import *ret)
{
	struct str text;
	enum err e = cmd_file_read(c->arena, path, FILE_MOST, &text);

	if (e)
		return cmd_refuse_err(c, "lecture", e);
	struct str why = figure_import_read(ret, c->arena, text);
	if (why.n)
		return cmd_refuse(c, "%s : %.*s", path, (int)why.n, why.p);
	for (size_t i = 0; i < ret->csv.nunknown && !c->json; i++)
		fprintf(stderr, "%s:1: colonne inconnue « %.*s » : laissée de côté\n", path, (int)ret->csv.unknown[i].n, ret->csv.unknown[i].p);
	return CMD_OK;
}

static void
counts_json(struct json_out *j, const char *key, const size_t *n)
{
	json_key(j, key), json_begin_object(j);
	json_key(j, "ajoutes"), json_int(j, (int64_t)n[FIGURE_ADDED]);
	json_key(j, "changes"), json_int(j, (int64_t)n[FIGURE_CHANGED]);
	json_key(j, "identiques"), json_int(j, (int64_t)n[FIGURE_SAME]);
	json_end(j);
}

static void
report_json(const struct cmd *c, const struct figure_import *m, struct buf *b)
{
	struct json_out j = json_out(b);

	json_begin_object(&j);
	json_key(&j, "essai"), json_bool(&j, c->dry_run);
	json_key(&j, "lignes"), json_int(&j, (int64_t)m->nrows);
	counts_json(&j, "indicateurs", m->indicators);
	counts_json(&j, "chiffres", m->figures);
	json_key(&j, "refusees"), json_int(&j, (int64_t)m->figures[FIGURE_REFUSED]);
	json_key(&j, "colonnes_inconnues"), json_begin_array(&j);
	for (size_t i = 0; i < m->csv.nunknown; i++)
		json_str(&j, m->csv.unknown[i]);
	json_end(&j);
	json_key(&j, "remarques"), json_begin_array(&j);
	for (size_t i = 0; i < m->nremarks; i++) {
		json_begin_object(&j);
		json_key(&j, "ligne"), json_int(&j, (int64_t)m->remarks[i].line);
		json_key(&j, "colonne"), json_str_or_null(&j, m->remarks[i].column);
		json_key(&j, "message"), json_str(&j, m->remarks[i].message);
		json_end(&j);
	}
	json_end(&j);
	json_end(&j);
}

static void
report_text(const struct cmd *c, const struct figure_import *m, struct buf *b)
{
	const size_t *i = m->indicators, *f = m->figures;

	buf_fmt(b, "%zu ligne%s lue%s, %zu refusée%s", m->nrows, m->nrows > 1 ? "s" : "", m->nrows > 1 ? "s" : "", f[FIGURE_REFUSED], f[FIGURE_REFUSED] > 1 ? "s" : "");
	buf_fmt(b, "\n  indicateurs  %zu ajoutés, %zu changés, %zu identiques", i[FIGURE_ADDED], i[FIGURE_CHANGED], i[FIGURE_SAME]);
	buf_fmt(b, "\n  chiffres     %zu ajoutés, %zu changés, %zu identiques", f[FIGURE_ADDED], f[FIGURE_CHANGED], f[FIGURE_SAME]);
	if (c->dry_run)
		buf_lit(b, "\nEssai : rien n'a été écrit.");
}

int
import_figures(struct cmd *c)
{
	struct figure_import m;
	struct db_rows rows;
	struct buf b;
	enum err e;

	if (c->argc != 1)
		return cmd_usage(c);
	const char *path = c->argv[0];
	int status = figures_read(c, path, &m);
	if (status)
		return status;
	struct db *db = cmd_db(c);
	if (!db)
		return CMD_REFUSED;
	if ((e = db_begin(db)))
		return cmd_refuse_err(c, "transaction", e);
	if ((e = db_run(db, c->arena, QUERY_LOAD_PATIENCE, DB_ARGS(db_arg_str(STR("300000"))), &rows)) || (e = figure_import_run(&m, db, figures_tick, c))) {
		cmd_refuse_err(c, "chargement", e);
		db_rollback(db);
		return cmd_refuse(c, "rien n'a été écrit");
	}
	if (c->dry_run)
		db_rollback(db);
	else if ((e = db_commit(db)))
		return cmd_refuse_err(c, "validation", e);
	figures_say(c, path, &m, 0);
	buf_init(&b, c->arena, 4096);
	(c->json ? report_json : report_text)(c, &m, &b);
	cmd_print(&b);
	return m.figures[FIGURE_REFUSED] ? CMD_REFUSED : CMD_OK;
}
