#include "app/cmd_server.h"
#include "app/cmd_erasures.h"
#include "app/cmd_run.h"

#include <errno.h>
#include <fcntl.h>
#include <pwd.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define WAIT_S "86400" /* a recovery lasts as long as there are logs to replay */

const char *
server_config(const struct repository *r, const char *data)
{
	const char *path = arena_fmt(r->cmd->arena, "%s/postgresql.conf", data).p;

	if (access(path, R_OK) == 0)
		return path;
	if (strncmp(data, "/var/lib/postgresql/", 20) == 0 && access(path = arena_fmt(r->cmd->arena, "/etc/postgresql/%s/postgresql.conf", data + 20).p, R_OK) == 0)
		return path;
	return NULL;
}

bool
server_runs(const struct repository *r, const char *data)
{
	const char *path = arena_fmt(r->cmd->arena, "%s/postmaster.pid", data).p;
	struct str text;

	if (access(path, F_OK) != 0 || cmd_file_read(r->cmd->arena, path, 4096, &text))
		return false;
	pid_t pid = (pid_t)strtol(arena_cstr(r->cmd->arena, text), NULL, 10);
	if (pid > 1 && (kill(pid, 0) == 0 || errno == EPERM)) {
		/* Its number may be somebody else's by now. */
		if (cmd_file_read(r->cmd->arena, arena_fmt(r->cmd->arena, "/proc/%d/comm", (int)pid).p, 4096, &text) || text.n == 0 ||
		    strncmp(text.p, "postgres", 8) == 0)
			return true;
	}
	unlink(path);
	return false;
}

/* The options of pg_ctl go through a shell of its own. */
static bool
plain(const char *path)
{
	return path[strspn(path, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/._-")] == 0;
}

static enum err
put(const struct server *s, const char *name, const char *text)
{
	const char *path = arena_fmt(s->r->cmd->arena, "%s/%s", s->run, name).p;
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0644);
	bool good = fd >= 0 && write(fd, text, strlen(text)) == (ssize_t)strlen(text);

	if (fd >= 0)
		good = close(fd) == 0 && good;
	return good ? ERR_NONE : err_note(ERR_IO, "%s : %s", path, strerror(errno));
}

/* Why it did not come up: what is grave in its log. */
static enum err
why(const struct server *s)
{
	struct str log = STR_NONE, line = STR("aucune trace");
	const char *path = arena_fmt(s->r->cmd->arena, "%s/log", s->run).p;

	if (cmd_file_read(s->r->cmd->arena, path, 64 << 20, &log))
		log = STR_NONE;
	for (const char *p = log.p, *end = log.p + log.n; p && p < end;) {
		const char *stop = memchr(p, '\n', (size_t)(end - p));
		stop = stop ? stop : end;
		struct str l = { p, (size_t)(stop - p) };
		if (memmem(l.p, l.n, "FATAL:", 6) || memmem(l.p, l.n, "PANIC:", 6))
			line = l;
		p = stop + 1;
	}
	return err_note(ERR_IO, "PostgreSQL ne démarre pas sur ces données : %.*s", (int)line.n, line.p);
}

/* pg_ctl comes back as soon as the recovery has begun: nobody is let in before it is over. */
static bool
recovered(const struct server *s)
{
	char *argv[] = { repository_tool(s->r, s->version, "pg_isready"), "-q", "-h", (char *)s->run, "-p", SERVER_PORT, NULL };
	int status;

	while ((status = cmd_run(&(struct cmd_run){ .argv = argv, .user = s->r->owner, .quiet = true })) == 1)
		nanosleep(&(struct timespec){ .tv_nsec = 100000000 }, NULL);
	return status == 0;
}

enum err
server_start(const struct repository *r, const char *data, bool whole, struct server *ret)
{
	struct arena *a = r->cmd->arena;
	struct server s = { .r = r, .data = data };
	struct str text;
	const char *run = arena_fmt(a, "/tmp/catalyse-pg.%d-%lld", (int)getpid(), (long long)clock_ms()).p;
	struct passwd *p = r->owner ? getpwuid(r->owner) : NULL;

	enum err e = cmd_file_read(a, arena_fmt(a, "%s/PG_VERSION", data).p, 64, &text);
	if (e)
		return e;
	s.version = atoi(arena_cstr(a, text));
	const char *config = whole ? server_config(r, data) : NULL;
	if (whole && !config)
		return err_note(ERR_IO, "pas de postgresql.conf dans %s : recréez le serveur (pg_createcluster), ou donnez --to", data);
	if (!plain(data) || (config && !plain(config)))
		return err_note(ERR_BAD_INPUT, "%s : un chemin n'a que des lettres, des chiffres et / . _ -", data);
	if (mkdir(run, 0700) != 0)
		return err_note(ERR_IO, "%s : %s", run, strerror(errno));
	s.run = run;
	if (p && chown(run, p->pw_uid, p->pw_gid) != 0)
		return err_note(ERR_IO, "%s : %s", run, strerror(errno));
	if ((e = put(&s, "hba", "local all all trust\n")) || (e = put(&s, "ident", "")) || (e = put(&s, "conf", "shared_buffers = 128MB\n"))) {
		cmd_tree_erase(run);
		return e;
	}
	const char *few = arena_fmt(a, "-c config_file=%s/conf -c data_directory=%s -c archive_mode=off -c max_connections=30 -c shared_buffers=128MB -c autovacuum=off"
	                               " -c logging_collector=off", run, data).p;
	const char *options = arena_fmt(a, "-c listen_addresses= -c port=" SERVER_PORT " -c unix_socket_directories=%s -c hba_file=%s/hba -c ident_file=%s/ident"
	                                   " -c hot_standby=off -c jit=off -c synchronous_standby_names= -c logging_collector=off %s", run, run, run,
	                                whole ? arena_fmt(a, "-c config_file=%s", config).p : few).p;
	char *argv[] = { repository_tool(r, s.version, "pg_ctl"), "-D", (char *)data, "-w", "-t", WAIT_S, "-s", "-l", (char *)arena_fmt(a, "%s/log", run).p,
		         "-o", (char *)options, "start", NULL };
	if (cmd_run(&(struct cmd_run){ .argv = argv, .user = r->owner, .quiet = true }) != 0 || !recovered(&s)) {
		e = why(&s);
		cmd_tree_erase(run);
		return e;
	}
	s.up = true;
	*ret = s;
	return ERR_NONE;
}

void
server_stop(struct server *s)
{
	if (!s->up)
		return;
	char *argv[] = { repository_tool(s->r, s->version, "pg_ctl"), "-D", (char *)s->data, "-w", "-t", "600", "-s", "-m", "fast", "stop", NULL };
	if (cmd_run(&(struct cmd_run){ .argv = argv, .user = s->r->owner, .quiet = true }) == 0)
		cmd_tree_erase(s->run);
	s->up = false;
}

const char *
server_conninfo(const struct server *s, const char *role)
{
	return arena_fmt(s->r->cmd->arena, "host='%s' port=" SERVER_PORT " dbname='%s' user=%s", s->run, s->r->base, role).p;
}

enum err
server_forget(const struct server *s, const char *list, size_t *ret_erased)
{
	struct db_options o = { .conninfo = server_conninfo(s, "catalyse_rw"), .deadline_ms = 60000, .application = "catalyse restore", .write = true };
	struct erasures_done done = { 0 };
	struct db *db = NULL;
	enum err e = db_new(&db, &o);

	if (!e)
		e = db_connect(db);
	if (!e)
		e = erasures_replay(s->r->cmd, db, list, &done);
	db_free(db);
	if (!e && done.unreadable)
		e = err_note(ERR_BAD_INPUT, "%s : %zu ligne%s illisible%s", list, done.unreadable, done.unreadable > 1 ? "s" : "", done.unreadable > 1 ? "s" : "");
	*ret_erased = done.erased;
	return e;
}
