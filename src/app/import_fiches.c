/*
 * import fiches: sheets from a table, in one transaction. Lines that can be taken are; the others are said with their line and column, and
 * written beside the file, in FILE.refus.csv, to be mended and sent again.
 */
#include "app/cmd.h"
#include "crypt/hash.h"
#include "model/sheet_import.h"
#include "text/json_out.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#define FILE_MOST ((size_t)64 << 20)
#define SAID_MOST 200 /* on a screen; all of them are in the file of refusals and in --json */

static void
tick(void *arg, size_t done, size_t total)
{
	cmd_progress(arg, "Fiches", done, total);
}

static void
say_columns(const struct cmd *c, const char *path, const struct sheet_import *m)
{
	for (size_t i = 0; i < m->ncolumns && !c->json; i++) {
		const struct import_column *k = &m->columns[i];
		if (k->twice)
			fprintf(stderr, "%s:1: colonne « %.*s » : une autre dit déjà la même chose, elle est laissée de côté\n", path, (int)k->title.n, k->title.p);
		else if (!k->field)
			fprintf(stderr, "%s:1: colonne inconnue « %.*s » : laissée de côté\n", path, (int)k->title.n, k->title.p);
		else if (k->computed)
			fprintf(stderr, "%s:1: colonne « %.*s » : le site la calcule lui-même, laissée de côté\n", path, (int)k->title.n, k->title.p);
	}
}

static void
say_faults(const struct cmd *c, const char *path, const struct sheet_import *m)
{
	for (size_t i = 0; i < m->nfaults && !c->json; i++) {
		const struct import_fault *f = &m->faults[i];
		if (i == SAID_MOST) {
			fprintf(stderr, "%s: et %zu autres remarques\n", path, m->nfaults - i);
			break;
		}
		fprintf(stderr, "%s:%zu: %.*s%s%.*s\n", path, f->line, (int)f->column.n, f->column.p ? f->column.p : "", f->column.n ? " : " : "", (int)f->message.n, f->message.p);
	}
}

static void
report_json(const struct cmd *c, const struct sheet_import *m, double seconds, struct str refused_path, struct buf *b)
{
	struct json_out j = json_out(b);

	json_begin_object(&j);
	json_key(&j, "essai"), json_bool(&j, c->dry_run);
	json_key(&j, "lignes"), json_int(&j, (int64_t)m->nrows);
	json_key(&j, "ajoutees"), json_int(&j, (int64_t)m->counts[IMPORT_ADDED]);
	json_key(&j, "changees"), json_int(&j, (int64_t)m->counts[IMPORT_CHANGED]);
	json_key(&j, "identiques"), json_int(&j, (int64_t)m->counts[IMPORT_SAME]);
	json_key(&j, "refusees"), json_int(&j, (int64_t)m->counts[IMPORT_REFUSED]);
	json_key(&j, "secondes"), json_real(&j, seconds);
	json_key(&j, "fichier_des_refus"), json_str_or_null(&j, refused_path);
	json_key(&j, "colonnes"), json_begin_array(&j);
	for (size_t i = 0; i < m->ncolumns; i++) {
		const struct import_column *k = &m->columns[i];
		json_begin_object(&j);
		json_key(&j, "titre"), json_str(&j, k->title);
		json_key(&j, "sort"), json_str(&j, k->twice ? STR("double") : !k->field ? STR("inconnue") : k->computed ? STR("calculee") : STR("lue"));
		json_end(&j);
	}
	json_end(&j);
	json_key(&j, "remarques"), json_begin_array(&j);
	for (size_t i = 0; i < m->nfaults; i++) {
		json_begin_object(&j);
		json_key(&j, "ligne"), json_int(&j, (int64_t)m->faults[i].line);
		json_key(&j, "colonne"), json_str_or_null(&j, m->faults[i].column);
		json_key(&j, "message"), json_str(&j, m->faults[i].message);
		json_end(&j);
	}
	json_end(&j);
	json_end(&j);
}

static void
report_text(const struct cmd *c, const struct sheet_import *m, double seconds, struct str refused_path, struct buf *b)
{
	const size_t *n = m->counts;

	buf_fmt(b, "%zu ligne%s : %zu ajoutée%s, %zu changée%s, %zu identique%s, %zu refusée%s, en %.1f s", m->nrows, m->nrows > 1 ? "s" : "", n[IMPORT_ADDED],
	        n[IMPORT_ADDED] > 1 ? "s" : "", n[IMPORT_CHANGED], n[IMPORT_CHANGED] > 1 ? "s" : "", n[IMPORT_SAME], n[IMPORT_SAME] > 1 ? "s" : "",
	        n[IMPORT_REFUSED], n[IMPORT_REFUSED] > 1 ? "s" : "", seconds);
	if (n[IMPORT_ADDED] + n[IMPORT_CHANGED] == 0 && n[IMPORT_SAME])
		buf_lit(b, "\nRien à changer : ces fiches sont déjà ici, telles quelles.");
	if (refused_path.n)
		buf_fmt(b, "\nLignes refusées : %.*s", (int)refused_path.n, refused_path.p);
	if (c->dry_run)
		buf_lit(b, "\nEssai : rien n'a été écrit.");
}

/* The refusals beside the file; what remains of an older run goes away when all is well. */
static bool
refused_write(struct cmd *c, const struct sheet_import *m, const char *path, struct str *ret_path)
{
	struct buf b;
	struct str name = arena_fmt(c->arena, "%s.refus.csv", path);

	*ret_path = STR_NONE;
	if (c->dry_run)
		return true;
	if (m->counts[IMPORT_REFUSED] == 0) {
		remove(name.p);
		return true;
	}
	buf_init(&b, c->arena, 65536);
	sheet_import_refused(m, &b);
	FILE *f = fopen(name.p, "we");
	bool good = f && fwrite(b.p, 1, b.n, f) == b.n;
	if (f && fclose(f) != 0)
		good = false;
	if (!good)
		cmd_refuse(c, "%s : %s", name.p, strerror(errno));
	else
		*ret_path = name;
	return good;
}

static enum err
load(struct cmd *c, struct db *db, struct sheet_import *m, const struct import_options *o)
{
	struct db_rows rows;
	enum err e = db_begin(db);

	if (e)
		return e;
	if ((e = db_run(db, c->arena, QUERY_LOAD_PATIENCE, DB_ARGS(db_arg_str(STR("300000"))), &rows)) || (e = sheet_import_run(m, db, o))) {
		db_rollback(db);
		return e;
	}
	if (!c->dry_run)
		return db_commit(db);
	db_rollback(db);
	return ERR_NONE;
}

struct words {
	const char *path, *espace, *state, *source;
};

/* What follows the word: a file, and this command's own options. */
static bool
words_read(const struct cmd *c, struct words *ret)
{
	const char **const options[] = { &ret->espace, &ret->state, &ret->source };
	static const char *const names[] = { "--espace", "--state", "--source-name" };

	for (int i = 0; i < c->argc; i++) {
		size_t k = 0;
		while (k < 3 && strcmp(c->argv[i], names[k]) != 0)
			k++;
		if (k < 3 && i + 1 < c->argc)
			*options[k] = c->argv[++i];
		else if (k < 3 || ret->path)
			return false;
		else
			ret->path = c->argv[i];
	}
	return ret->path && (!ret->state || strcmp(ret->state, "soumise") == 0 || strcmp(ret->state, "publiee") == 0);
}

int
import_fiches(struct cmd *c)
{
	struct sheet_import m;
	struct words words = { .source = "import" };
	struct import_options o = { .act = !c->dry_run, .tick = tick, .tick_arg = c };
	struct timespec from, to;
	struct str text, refused;
	char sum[65];
	enum err e;

	if (!words_read(c, &words))
		return cmd_usage(c);
	o.source = str_of(words.source);
	o.publish = words.state && strcmp(words.state, "publiee") == 0;
	if (words.espace && !o.publish) {
		cmd_refuse(c, "--espace place des fiches publiées : ajoutez --state publiee");
		return CMD_USAGE;
	}
	clock_gettime(CLOCK_MONOTONIC, &from);
	crypt_start();
	const char *path = words.path;
	if ((e = cmd_file_read(c->arena, path, FILE_MOST, &text)))
		return cmd_refuse_err(c, "lecture", e);
	sha256_of(text, sum);
	o.sum = str_of(sum);
	struct str why = sheet_import_read(&m, c->arena, text);
	if (why.n)
		return cmd_refuse(c, "%s : %.*s", path, (int)why.n, why.p);
	struct db *db = cmd_db(c);
	if (!db)
		return CMD_REFUSED;
	if (words.espace && (e = sheet_import_espace(db, c->arena, str_of(words.espace), &o.espace)))
		return cmd_refuse_err(c, "espace", e);
	if (words.espace && o.espace == 0)
		return cmd_refuse(c, "aucun espace n'a le code « %s »", words.espace);
	say_columns(c, path, &m);
	if ((e = load(c, db, &m, &o))) {
		cmd_refuse_err(c, "chargement", e);
		return cmd_refuse(c, "rien n'a été écrit");
	}
	say_faults(c, path, &m);
	bool written = refused_write(c, &m, path, &refused);
	clock_gettime(CLOCK_MONOTONIC, &to);
	double seconds = (double)(to.tv_sec - from.tv_sec) + (double)(to.tv_nsec - from.tv_nsec) / 1e9;
	struct buf b;
	buf_init(&b, c->arena, 65536);
	(c->json ? report_json : report_text)(c, &m, seconds, refused, &b);
	cmd_print(&b);
	return m.counts[IMPORT_REFUSED] || !written ? CMD_REFUSED : CMD_OK;
}
