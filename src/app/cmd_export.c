/*
 * catalyse export: everything public, in files of one day's folder. Written aside, then renamed whole: nobody reads a half.
 *     DIR/2026-11-24/fiches.json.gz ... SHA256SUMS manifest.json     DIR/dernier -> 2026-11-24
 */
#include "app/cmd.h"
#include "app/cmd_erasures.h"
#include "app/cmd_run.h"
#include "app/export_file.h"
#include "app/export_walk.h"
#include "crypt/hash.h"
#include "text/json_out.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

struct export {
	struct cmd *cmd;
	const char *dir;
	char aside[1100], day[16], moment[32];
	int64_t items[EXPORT_KINDS];
	struct export_sum sums[EXPORT_KINDS][EXPORT_FORMATS_MAX];
	size_t pruned;
};

/* "2026-11-24" */
static bool
is_day(const char *name)
{
	for (size_t i = 0; i < 10; i++)
		if (i == 4 || i == 7 ? name[i] != '-' : name[i] < '0' || name[i] > '9')
			return false;
	return name[10] == 0;
}

static int
later_first(const void *a, const void *b)
{
	return strcmp(*(char *const *)b, *(char *const *)a);
}

/* Keeps the EXPORT_KEEP newest days, and nothing of an export that was cut. gone: the day of the last erasure, or nothing; an export of that
 * day or before has a name that is to be found nowhere, and goes, whatever its number. */
static void
prune(struct export *x, struct str gone)
{
	char *days[4000], path[1400];
	size_t n = 0, keep = (size_t)conf_int(x->cmd->conf, CONF_EXPORT_KEEP);
	DIR *d = opendir(x->dir);
	for (struct dirent *e; d && (e = readdir(d));) {
		snprintf(path, sizeof(path), "%s/%s", x->dir, e->d_name);
		if (strncmp(e->d_name, ".nouveau-", 9) == 0 && strcmp(path, x->aside) != 0)
			cmd_tree_erase(path);
		else if (is_day(e->d_name) && n < sizeof(days) / sizeof(*days))
			days[n++] = strdup(e->d_name);
	}
	if (d)
		closedir(d);
	qsort(days, n, sizeof(*days), later_first);
	for (size_t i = 0; i < n; i++) {
		bool named = gone.n >= 10 && strncmp(days[i], gone.p, 10) <= 0;
		if (strcmp(days[i], x->day) != 0 && (i >= keep || named)) {
			snprintf(path, sizeof(path), "%s/%s", x->dir, days[i]);
			cmd_tree_erase(path);
			x->pruned++;
		}
		free(days[i]);
	}
}

static void
manifest(const struct export *x, struct buf *b)
{
	struct json_out j = json_out(b);
	json_begin_object(&j);
	json_key(&j, "date"), json_str(&j, str_of(x->day));
	json_key(&j, "genere_le"), json_str(&j, str_of(x->moment));
	json_key(&j, "site"), json_str(&j, str_of(conf_text(x->cmd->conf, CONF_BASE_URL)));
	json_key(&j, "fichiers");
	json_begin_array(&j);
	for (size_t k = 0; k < EXPORT_KINDS; k++)
		for (size_t i = 0; i < EXPORT_FILES[k].n; i++) {
			const struct export_format *f = &EXPORT_FILES[k].formats[i];
			json_begin_object(&j);
			json_key(&j, "nom"), json_str(&j, arena_fmt(b->arena, "%s.%s", EXPORT_FILES[k].name, f->suffix));
			json_key(&j, "contenu"), json_str(&j, str_of(EXPORT_FILES[k].name));
			json_key(&j, "description"), json_str(&j, str_of(f->what));
			json_key(&j, "type"), json_str(&j, str_of(f->media));
			json_key(&j, "elements"), json_int(&j, x->items[k]);
			json_key(&j, "octets"), json_int(&j, x->sums[k][i].bytes);
			json_key(&j, "sha256"), json_str(&j, str_of(x->sums[k][i].sha256));
			json_key(&j, "licence"), json_str(&j, str_of(EXPORT_FILES[k].licence));
			json_end(&j);
		}
	json_end(&j);
	json_end(&j);
	buf_char(b, '\n');
}

static enum err
put_file(const struct export *x, const char *name, const struct buf *b)
{
	char path[1300];
	struct export_file *f;
	struct export_sum sum;
	snprintf(path, sizeof(path), "%s/%s", x->aside, name);
	enum err e = export_file_new(&f, path);
	if (e)
		return e;
	export_file_put(f, buf_str(b));
	return export_file_end(f, &sum.bytes, sum.sha256);
}

static enum err
write_all(struct export *x, struct db *db)
{
	struct arena *a = x->cmd->arena;
	struct db_rows r;
	struct buf sums, text;
	enum err e = db_run(db, a, QUERY_EXPORT_COUNTS, NULL, 0, &r);
	if (e)
		return e;
	buf_init(&sums, a, 2048), buf_init(&text, a, 8192);
	for (size_t k = 0; k < EXPORT_KINDS; k++) {
		if ((e = export_walk(x->cmd, db, (enum export_kind)k, x->aside, x->day, db_int(&r, 0, k), &x->items[k], x->sums[k])))
			return e;
		for (size_t i = 0; i < EXPORT_FILES[k].n; i++)
			buf_fmt(&sums, "%s  %s.%s\n", x->sums[k][i].sha256, EXPORT_FILES[k].name, EXPORT_FILES[k].formats[i].suffix);
	}
	manifest(x, &text);
	if ((e = put_file(x, "SHA256SUMS", &sums)))
		return e;
	return put_file(x, "manifest.json", &text);
}

/* The folder takes its place in one step, and so does the link; what stood there is erased after. */
static enum err
publish(const struct export *x)
{
	char place[1200], link[1200], fresh[1300];
	snprintf(place, sizeof(place), "%s/%s", x->dir, x->day);
	snprintf(link, sizeof(link), "%s/dernier", x->dir);
	snprintf(fresh, sizeof(fresh), "%s/.dernier-nouveau", x->dir);
	if (chmod(x->aside, 0755) != 0)
		return err_note(ERR_IO, "%s : %s", x->aside, strerror(errno));
	if (renameat2(AT_FDCWD, x->aside, AT_FDCWD, place, RENAME_EXCHANGE) == 0)
		cmd_tree_erase(x->aside);
	else if (errno != ENOENT || rename(x->aside, place) != 0)
		return err_note(ERR_IO, "%s : %s", place, strerror(errno));
	unlink(fresh);
	if (symlink(x->day, fresh) != 0 || rename(fresh, link) != 0)
		return err_note(ERR_IO, "%s : %s", link, strerror(errno));
	int fd = open(x->dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd >= 0) {
		(void)!fsync(fd);
		close(fd);
	}
	return ERR_NONE;
}

static void
report(const struct export *x)
{
	struct buf b;
	int64_t bytes = 0;
	buf_init(&b, x->cmd->arena, 1024);
	for (size_t k = 0; k < EXPORT_KINDS; k++)
		for (size_t i = 0; i < EXPORT_FILES[k].n; i++)
			bytes += x->sums[k][i].bytes;
	if (x->cmd->json) {
		struct json_out j = json_out(&b);
		json_begin_object(&j);
		json_key(&j, "dossier"), json_str(&j, arena_fmt(x->cmd->arena, "%s/%s", x->dir, x->day));
		for (size_t k = 0; k < EXPORT_KINDS; k++)
			json_key(&j, EXPORT_FILES[k].name), json_int(&j, x->items[k]);
		json_key(&j, "octets"), json_int(&j, bytes);
		json_key(&j, "effaces"), json_int(&j, (int64_t)x->pruned);
		json_end(&j);
	} else {
		buf_fmt(&b, "%s/%s : %lld fiches, %lld catalyseurs, %lld territoires, %lld chiffres, %.1f Mo", x->dir, x->day,
		        (long long)x->items[EXPORT_SHEETS], (long long)x->items[EXPORT_CATALYSTS],
		        (long long)x->items[EXPORT_TERRITORIES], (long long)x->items[EXPORT_FIGURES], (double)bytes / 1e6);
		if (x->pruned)
			buf_fmt(&b, " ; %zu ancien%s effacé%s", x->pruned, x->pruned > 1 ? "s" : "", x->pruned > 1 ? "s" : "");
	}
	cmd_print(&b);
}

int
cmd_export(struct cmd *c)
{
	struct export x = { .cmd = c, .dir = c->argc > 0 ? c->argv[0] : conf_text(c->conf, CONF_EXPORT_DIR) };
	char lock[1200];
	time_t now = time(NULL);
	struct tm tm;
	if (c->argc > 1 || x.dir[0] == 0 || strlen(x.dir) > 1000)
		return cmd_usage(c);
	if (conf_text(c->conf, CONF_BASE_URL)[0] == 0)
		return cmd_refuse(c, "le réglage BASE_URL est vide : les adresses des fiches seraient inconnues");
	if (mkdir(x.dir, 0755) != 0 && errno != EEXIST)
		return cmd_refuse(c, "%s : %s", x.dir, strerror(errno));
	snprintf(lock, sizeof(lock), "%s/.verrou", x.dir);
	int held = open(lock, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	if (held < 0 || flock(held, LOCK_EX | LOCK_NB) != 0)
		return cmd_refuse(c, "%s : %s", lock, errno == EWOULDBLOCK ? "un autre export est en cours" : strerror(errno));
	crypt_start();
	gmtime_r(&now, &tm);
	strftime(x.day, sizeof(x.day), "%Y-%m-%d", &tm);
	strftime(x.moment, sizeof(x.moment), "%Y-%m-%dT%H:%M:%SZ", &tm);
	snprintf(x.aside, sizeof(x.aside), "%s/.nouveau-%ld", x.dir, (long)getpid());
	cmd_tree_erase(x.aside);
	struct db *db = cmd_db(c);
	enum err e = ERR_NONE;
	int status = CMD_REFUSED;
	if (db && mkdir(x.aside, 0755) != 0)
		e = err_note(ERR_IO, "%s : %s", x.aside, strerror(errno));
	bool made = db && !e && !(e = write_all(&x, db)) && !(e = publish(&x));
	if (e) {
		cmd_tree_erase(x.aside);
		status = cmd_refuse_err(c, "export", e);
	}
	/* Names leave the dumps with their account; the list of accounts is what an older base is to be told. */
	if (made) {
		struct str gone = STR_NONE;
		e = erasures_last(c, db, &gone);
		prune(&x, gone);
		report(&x);
		status = e ? cmd_refuse_err(c, "suppressions", e) : CMD_OK;
	}
	if (db && (e = erasures_export(c, db, NULL, NULL)))
		status = cmd_refuse_err(c, "liste des suppressions", e);
	close(held);
	return status;
}
