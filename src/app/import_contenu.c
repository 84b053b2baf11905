#include "app/import_contenu.h"
#include "app/import_figures.h"
#include "text/json_out.h"

#include <stdio.h>

static const enum query put_query[CONTENT_KINDS] = {
	[CONTENT_SCHEME] = QUERY_CONTENT_SCHEME_PUT,     [CONTENT_TERM] = QUERY_CONTENT_TERM_PUT,
	[CONTENT_STRUCTURE] = QUERY_CONTENT_STRUCTURE_PUT, [CONTENT_CATALYST] = QUERY_CONTENT_CATALYST_PUT,
	[CONTENT_EVENT] = QUERY_CONTENT_EVENT_PUT,       [CONTENT_ESPACE] = QUERY_CONTENT_ESPACE_PUT,
	[CONTENT_ESPACE_LINK] = QUERY_CONTENT_ESPACE_LINK_PUT, [CONTENT_ESPACE_BLOCK] = QUERY_CONTENT_ESPACE_BLOCK_PUT,
	[CONTENT_SYNONYM] = QUERY_CONTENT_SYNONYM_PUT,  [CONTENT_COMPASS] = QUERY_CONTENT_COMPASS_PUT,
	[CONTENT_SHEET] = QUERY_CONTENT_SHEET_PUT,
	[CONTENT_PARCOURS] = QUERY_CONTENT_PARCOURS_PUT,
	[CONTENT_RESOURCE] = QUERY_CONTENT_RESOURCE_PUT, [CONTENT_TERM_LINK] = QUERY_CONTENT_TERM_LINK_PUT,
	[CONTENT_TEXT] = QUERY_CONTENT_TEXT_PUT,
};

struct tally {
	size_t added, changed, same;
};

static enum err
put(struct content *c, enum query q, const struct content_record *r, struct str *ret_outcome)
{
	struct arena *a = c->cmd->arena;
	struct db_rows rows;
	enum err e = db_run(c->cmd->db_, a, q, DB_ARGS(db_arg_str(content_json(c, r))), &rows);

	if (e) {
		fprintf(stderr, "%s:%d: refusé par la base : %s\n", r->file, r->line, err_detail());
		return e;
	}
	*ret_outcome = db_text(&rows, 0, 0);
	return ERR_NONE;
}

static void
count(struct tally *t, struct str outcome)
{
	if (str_eq(outcome, STR("added")))
		t->added++;
	else if (str_eq(outcome, STR("changed")))
		t->changed++;
	else
		t->same++;
}

/* Every record, then what joins sheets to one another, and events to sheets. A term goes after its parent: those without one first. */
static enum err
write_all(struct content *c, struct tally *tally)
{
	size_t done = 0;
	enum err e;

	for (enum content_kind k = 0; k < CONTENT_KINDS; k++)
		for (int pass = 0; pass < (k == CONTENT_TERM ? 2 : 1); pass++)
			for (size_t i = 0; i < c->n; i++) {
				const struct content_record *r = &c->records[i];
				struct str outcome;
				if (r->kind != k || (k == CONTENT_TERM && (content_get(r, "parent").n > 0) != pass))
					continue;
				if ((e = put(c, put_query[k], r, &outcome)))
					return e;
				count(&tally[k], outcome);
				cmd_progress(c->cmd, "Chargement", ++done, c->n);
			}
	for (size_t i = 0; i < c->n; i++) {
		const struct content_record *r = &c->records[i];
		struct str outcome;
		if (r->kind != CONTENT_SHEET && r->kind != CONTENT_EVENT)
			continue;
		if ((e = put(c, r->kind == CONTENT_EVENT ? QUERY_CONTENT_EVENT_LINKS_PUT : QUERY_CONTENT_SHEET_LINKS_PUT, r, &outcome)))
			return e;
		if (str_eq(outcome, STR("changed")) && tally[r->kind].same > 0)
			tally[r->kind].same--, tally[r->kind].changed++;
	}
	return ERR_NONE;
}

/* The figures of the Observatoire are tables of their own (text/figure_csv.h): an export of the site comes back the same way. */
static const char *const figure_files[] = { "indicateurs.csv", "chiffres.csv" };
enum { FIGURE_FILES = sizeof figure_files / sizeof *figure_files };

static int
figures_open(struct content *c, const char *dir, struct figure_import *files)
{
	for (size_t i = 0; i < FIGURE_FILES; i++) {
		const char *path = arena_fmt(c->cmd->arena, "%s/%s", dir, figure_files[i]).p;
		if (figures_read(c->cmd, path, &files[i]))
			return CMD_REFUSED;
		figures_say(c->cmd, figure_files[i], &files[i], 0);
		c->errors += files[i].nremarks + files[i].csv.nunknown;
	}
	return CMD_OK;
}

static enum err
figures_write(struct content *c, struct figure_import *files, struct tally *tally)
{
	for (size_t i = 0; i < FIGURE_FILES; i++) {
		struct figure_import *m = &files[i];
		m->reference = true; /* what editors changed stays theirs */
		enum err e = figure_import_run(m, c->cmd->db_, figures_tick, c->cmd);
		if (e) {
			fprintf(stderr, "%s: refusé par la base : %s\n", figure_files[i], err_detail());
			return e;
		}
		figures_say(c->cmd, figure_files[i], m, 0);
		if (m->nremarks) /* said already */
			return err_note(ERR_BAD_INPUT, "%s : %zu lignes refusées", figure_files[i], m->nremarks);
		const size_t *n[] = { m->indicators, m->figures };
		for (size_t k = 0; k < 2; k++)
			tally[k].added += n[k][FIGURE_ADDED], tally[k].changed += n[k][FIGURE_CHANGED], tally[k].same += n[k][FIGURE_SAME];
	}
	return ERR_NONE;
}

static void
report(const struct cmd *c, const struct tally *tally)
{
	static const char *const keys[CONTENT_KINDS] = {
		[CONTENT_SCHEME] = "schemas",          [CONTENT_TERM] = "termes",    [CONTENT_STRUCTURE] = "structures",
		[CONTENT_CATALYST] = "catalyseurs",    [CONTENT_EVENT] = "rencontres", [CONTENT_ESPACE] = "espaces",
		[CONTENT_ESPACE_LINK] = "liens_espaces", [CONTENT_ESPACE_BLOCK] = "blocs_espaces", [CONTENT_SYNONYM] = "synonymes",
		[CONTENT_COMPASS] = "boussole",
		[CONTENT_SHEET] = "fiches",            [CONTENT_PARCOURS] = "parcours",
		[CONTENT_RESOURCE] = "ressources",     [CONTENT_TERM_LINK] = "thematiques", [CONTENT_TEXT] = "textes",
	};
	static const char *const figure_words[][2] = { { "indicateur", "indicateurs" }, { "chiffre", "chiffres" } };
	struct buf b;

	buf_init(&b, c->arena, 512);
	struct json_out j = json_out(&b);
	if (c->json)
		json_begin_object(&j), json_key(&j, "essai"), json_bool(&j, c->dry_run);
	for (size_t k = 0; k < CONTENT_KINDS + 2; k++) {
		const struct tally *t = &tally[k];
		if (c->json) {
			json_key(&j, k >= CONTENT_KINDS ? figure_words[k - CONTENT_KINDS][1] : keys[k] ? keys[k] : content_files[k].many), json_begin_object(&j);
			json_key(&j, "ajoutes"), json_int(&j, (int64_t)t->added);
			json_key(&j, "changes"), json_int(&j, (int64_t)t->changed);
			json_key(&j, "identiques"), json_int(&j, (int64_t)t->same);
			json_end(&j);
		} else {
			size_t all = t->added + t->changed + t->same;
			buf_fmt(&b, "%s%5zu %-18s %zu ajoutés, %zu changés, %zu identiques", k ? "\n" : "", all,
			        k >= CONTENT_KINDS ? figure_words[k - CONTENT_KINDS][all > 1] : all > 1 ? content_files[k].many : content_files[k].one,
			        t->added, t->changed, t->same);
		}
	}
	if (c->json)
		json_end(&j);
	else if (c->dry_run)
		buf_lit(&b, "\nEssai : rien n'a été écrit.");
	cmd_print(&b);
}

int
import_contenu(struct cmd *c)
{
	struct content content = { .cmd = c };
	struct tally tally[CONTENT_KINDS + 2] = { { 0 } };
	struct figure_import figures[FIGURE_FILES];
	const char *dir = c->argc > 0 ? c->argv[0] : CATALYSE_PKGDATADIR "/sql/reference";

	if (c->argc > 1)
		return cmd_usage(c);
	enum err e = content_read(&content, dir);
	if (e)
		return cmd_refuse_err(c, "lecture", e);
	content_check(&content);
	if (figures_open(&content, dir, figures))
		return CMD_REFUSED;
	if (content.errors == 0 && (e = content_check_territories(&content)))
		return cmd_refuse_err(c, "territoires", e);
	if (content.errors)
		return cmd_refuse(c, "%zu erreur%s ; rien n'a été écrit", content.errors, content.errors > 1 ? "s" : "");

	struct db *db = cmd_db(c);
	if (!db)
		return CMD_REFUSED;
	if ((e = db_begin(db)))
		return cmd_refuse_err(c, "transaction", e);
	if ((e = write_all(&content, tally)) || (e = figures_write(&content, figures, tally + CONTENT_KINDS))) {
		db_rollback(db);
		return cmd_refuse(c, "rien n'a été écrit");
	}
	if (c->dry_run)
		db_rollback(db);
	else if ((e = db_commit(db)))
		return cmd_refuse_err(c, "validation", e);
	report(c, tally);
	return CMD_OK;
}
