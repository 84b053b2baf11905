/*
 * import territoires: the folder made by tools/territoires/prepare enters the database, in one transaction, or not at all.
 */
#include "app/cmd.h"
#include "text/json_out.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define CHUNK 65536
#define TOLERANCE 0.5 /* percent, around what the vintage of 2026 holds */

static const struct {
	const char *file, *what;
	enum query copy;
} FILES[] = {
	{ "comptes.tsv", "comptes", QUERY_TERRITORY_LOAD_COUNT },
	{ "territoires.tsv", "territoires", QUERY_TERRITORY_LOAD_TERRITORY },
	{ "epci_commune.tsv", "membres des EPCI", QUERY_TERRITORY_LOAD_MEMBER },
	{ "anciennes.tsv", "anciennes communes", QUERY_TERRITORY_LOAD_FORMER },
	{ "traces.tsv", "tracés des cartes", QUERY_TERRITORY_LOAD_SHAPE },
	{ "cadres.tsv", "cadres des cartes", QUERY_TERRITORY_LOAD_FRAME },
	{ "sources.tsv", "sources", QUERY_TERRITORY_LOAD_SOURCE },
};

/* What the official geographic code of 2026 holds; another vintage may differ by the tolerance. */
static const struct {
	const char *what, *label;
	int64_t n;
	bool exact;
} EXPECTED[] = {
	{ "region", "régions", 18, true },          { "departement", "départements", 101, true },
	{ "epci", "EPCI", 1255, false },            { "epci_commune", "appartenances à un EPCI", 34871, false },
	{ "commune", "communes", 34969, false },    { "commune_point", "communes situées", 34966, false },
	{ "outline", "contours de départements", 101, true },
};
#define NEXPECTED (sizeof EXPECTED / sizeof *EXPECTED)

static enum err
copy_file(struct cmd *c, struct db *db, const char *dir, size_t which)
{
	char path[4096], chunk[CHUNK];
	struct stat st;
	int64_t rows = 0;
	size_t done = 0, n;
	const char *what = FILES[which].what;

	if (snprintf(path, sizeof path, "%s/%s", dir, FILES[which].file) >= (int)sizeof path)
		return err_note(ERR_BAD_INPUT, "le nom du dossier est trop long");
	FILE *f = fopen(path, "rbe");
	if (!f || fstat(fileno(f), &st) != 0) {
		enum err e = err_note(ERR_BAD_INPUT, "%s : %s", path, strerror(errno));
		if (f)
			fclose(f);
		return e;
	}
	enum err e = db_copy_begin(db, FILES[which].copy);
	if (e) {
		fclose(f);
		return e;
	}
	while (!e && (n = fread(chunk, 1, sizeof chunk, f)) > 0) {
		e = db_copy_data(db, (struct str){ chunk, n });
		done += n;
		cmd_progress(c, what, done < (size_t)st.st_size ? done : (size_t)st.st_size - 1, (size_t)st.st_size);
	}
	if (!e && ferror(f))
		e = err_note(ERR_BAD_INPUT, "%s : lecture interrompue", path);
	fclose(f);
	enum err end = db_copy_end(db, &rows);
	if (!e)
		e = end;
	if (!e)
		cmd_progress(c, what, (size_t)st.st_size, (size_t)st.st_size);
	return e;
}

/* False when a count is wrong, said on stderr. */
static bool
counts_hold(const struct cmd *c, const struct db_rows *rows, double tolerance)
{
	bool good = true;
	bool seen[NEXPECTED] = { false };
	for (size_t i = 0; i < rows->nrows; i++) {
		struct str what = db_text(rows, i, COL_TERRITORY_LOAD_CHECK_WHAT);
		int64_t expected = db_int(rows, i, COL_TERRITORY_LOAD_CHECK_EXPECTED), found = db_int(rows, i, COL_TERRITORY_LOAD_CHECK_FOUND);
		if (expected != found) {
			cmd_refuse(c, "%.*s : %lld attendus, %lld chargés", (int)what.n, what.p, (long long)expected, (long long)found);
			good = false;
		}
		for (size_t k = 0; k < NEXPECTED; k++) {
			if (!str_eq(what, str_of(EXPECTED[k].what)))
				continue;
			seen[k] = true;
			double limit = EXPECTED[k].exact ? 0 : (double)EXPECTED[k].n * tolerance / 100;
			if (fabs((double)(found - EXPECTED[k].n)) > limit) {
				cmd_refuse(c, "%s : %lld, trop loin de %lld", EXPECTED[k].label, (long long)found, (long long)EXPECTED[k].n);
				good = false;
			}
		}
	}
	for (size_t k = 0; k < NEXPECTED; k++)
		if (!seen[k]) {
			cmd_refuse(c, "%s : le dossier n'annonce pas leur nombre", EXPECTED[k].label);
			good = false;
		}
	return good;
}

static enum err
load(struct cmd *c, struct db *db, const char *dir, struct db_rows *ret_counts)
{
	struct db_rows none;
	enum err e;

	if ((e = db_run(db, c->arena, QUERY_TERRITORY_LOAD_BEGIN, NULL, 0, &none)) ||
	    (e = db_run(db, c->arena, QUERY_TERRITORY_LOAD_STAGE, NULL, 0, &none)))
		return e;
	for (size_t i = 0; i < sizeof FILES / sizeof *FILES; i++)
		if ((e = copy_file(c, db, dir, i)))
			return e;
	cmd_progress(c, "rapprochement, contours", 0, 1);
	if ((e = db_run(db, c->arena, QUERY_TERRITORY_LOAD_MERGE, NULL, 0, &none)))
		return e;
	cmd_progress(c, "rapprochement, contours", 1, 1);
	return db_run(db, c->arena, QUERY_TERRITORY_LOAD_CHECK, NULL, 0, ret_counts);
}

static void
report(const struct cmd *c, const struct db_rows *rows)
{
	struct buf b;
	bool first = true;
	buf_init(&b, c->arena, 512);
	struct json_out j = json_out(&b);
	if (c->json)
		json_begin_object(&j);
	for (size_t k = 0; k < NEXPECTED; k++)
		for (size_t i = 0; i < rows->nrows; i++) {
			if (!str_eq(db_text(rows, i, COL_TERRITORY_LOAD_CHECK_WHAT), str_of(EXPECTED[k].what)))
				continue;
			int64_t n = db_int(rows, i, COL_TERRITORY_LOAD_CHECK_FOUND);
			if (c->json)
				json_key(&j, EXPECTED[k].what), json_int(&j, n);
			else
				buf_fmt(&b, "%s%lld %s", first ? "" : ", ", (long long)n, EXPECTED[k].label);
			first = false;
		}
	if (c->json)
		json_end(&j);
	cmd_print(&b);
}

int
import_territoires(struct cmd *c)
{
	double tolerance = TOLERANCE;
	char *end = "";
	struct db_rows counts;

	if (c->argc < 1 || c->argc > 2)
		return cmd_usage(c);
	if (c->argc == 2)
		tolerance = strtod(c->argv[1], &end);
	if (*end || !(tolerance >= 0 && tolerance <= 100)) {
		cmd_refuse(c, "la tolérance est un pourcentage de 0 à 100");
		return CMD_USAGE;
	}
	struct db *db = cmd_db(c);
	if (!db)
		return CMD_REFUSED;
	enum err e = db_begin(db);
	if (e)
		return cmd_refuse_err(c, "transaction", e);
	if ((e = load(c, db, c->argv[0], &counts))) {
		int status = cmd_refuse_err(c, "chargement", e);
		db_rollback(db);
		return status;
	}
	bool good = counts_hold(c, &counts, tolerance);
	if (!good || c->dry_run) {
		db_rollback(db);
		if (good)
			report(c, &counts);
		return good ? CMD_OK : CMD_REFUSED;
	}
	if ((e = db_commit(db)))
		return cmd_refuse_err(c, "validation", e);
	report(c, &counts);
	return CMD_OK;
}
