#include "app/cmd_repository.h"
#include "app/cmd_run.h"
#include "db/query.h"
#include "text/json.h"

#include <errno.h>
#include <inttypes.h>
#include <pwd.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { CONFIG_MOST = 1 << 20, WORDS_MOST = 24, BACKUPS_MOST = 1000 };

/* The value of a key, in the section that is named, else in [global]. */
static const char *
value_of(struct arena *a, struct str text, const char *section, const char *key)
{
	const char *ret = NULL;
	size_t n = strlen(key), m = strlen(section);
	bool here = false, own = false;

	for (const char *p = text.p, *end = text.p + text.n; p < end;) {
		const char *stop = memchr(p, '\n', (size_t)(end - p));
		stop = stop ? stop : end;
		size_t len = (size_t)(stop - p);
		if (len && *p == '[') {
			bool mine = len >= m + 2 && memcmp(p + 1, section, m) == 0 && p[m + 1] == ']';
			here = mine || (len >= 8 && memcmp(p, "[global]", 8) == 0);
			own = mine;
		} else if (here && len > n && memcmp(p, key, n) == 0 && (p[n] == '=' || p[n] == ' ') && (own || !ret)) {
			const char *v = memchr(p, '=', len);
			for (v = v ? v + 1 : stop; v < stop && *v == ' ';)
				v++;
			while (stop > v && (stop[-1] == ' ' || stop[-1] == '\r'))
				stop--;
			ret = arena_cstr(a, (struct str){ v, (size_t)(stop - v) });
			stop = memchr(stop, '\n', (size_t)(end - stop));
			stop = stop ? stop : end;
		}
		p = stop + 1;
	}
	return ret;
}

/* The word dbname of a connection, quoted or not; PostgreSQL's own default is the role's name, which is never our base. */
static const char *
base_of(struct arena *a, const char *conninfo)
{
	const char *p = strstr(conninfo, "dbname=");

	if (!p)
		return "catalyse";
	p += 7;
	bool quoted = *p == '\'';
	p += quoted;
	size_t n = strcspn(p, quoted ? "'" : " ");
	return arena_cstr(a, (struct str){ p, n });
}

enum err
repository_open(struct cmd *c, struct repository *ret)
{
	struct repository r = { .cmd = c, .config = conf_text(c->conf, CONF_BACKUP_CONFIG), .stanza = conf_text(c->conf, CONF_BACKUP_STANZA),
		                .base = base_of(c->arena, conf_text(c->conf, CONF_DATABASE_WRITE)) };
	struct str text;
	struct stat st;
	enum err e = cmd_file_read(c->arena, r.config, CONFIG_MOST, &text);

	if (e)
		return err_note(e, "%s ne se lit pas : catalyse backup setup l'écrit", r.config);
	if (!(r.data = value_of(c->arena, text, r.stanza, "pg1-path")))
		return err_note(ERR_BAD_INPUT, "%s : pas de pg1-path sous [%s]", r.config, r.stanza);
	r.host = value_of(c->arena, text, r.stanza, "pg1-socket-path");
	r.host = r.host ? r.host : "/var/run/postgresql";
	r.port = value_of(c->arena, text, r.stanza, "pg1-port");
	r.port = r.port ? r.port : "5432";
	if (!value_of(c->arena, text, r.stanza, "repo1-host") && !value_of(c->arena, text, r.stanza, "repo1-type"))
		r.store = value_of(c->arena, text, r.stanza, "repo1-path");
	if (geteuid() == 0) {
		/* Whose the data are; on a machine where there are none yet, Debian's account. */
		const struct passwd *p = getpwnam("postgres");
		if (stat(r.data, &st) == 0 && st.st_uid != 0)
			r.owner = st.st_uid;
		else if (p)
			r.owner = p->pw_uid;
		else
			return err_note(ERR_IO, "pas de compte postgres sur cette machine");
	}
	*ret = r;
	return ERR_NONE;
}

/* The first lines of what a program said are what went wrong. */
static enum err
failed(enum err e, const char *what, int status, const struct buf *said)
{
	size_t n = said->n < 400 ? said->n : 400;

	while (n && (said->p[n - 1] == '\n' || said->p[n - 1] == ' '))
		n--;
	if (status == CMD_RUN_NONE && n == 0)
		return err_note(e, "%s manque sur cette machine", what);
	return err_note(e, "%s (état %d) : %.*s", what, status, (int)n, said->p ? said->p : "");
}

enum err
repository_run(const struct repository *r, struct buf *out, ...)
{
	char *argv[WORDS_MOST + 4] = { "pgbackrest", (char *)arena_fmt(r->cmd->arena, "--config=%s", r->config).p,
		                       (char *)arena_fmt(r->cmd->arena, "--stanza=%s", r->stanza).p };
	struct buf said, unused;
	va_list ap;
	size_t n = 3;

	va_start(ap, out);
	for (const char *word; (word = va_arg(ap, const char *)) != NULL;)
		if (word[0] && n < WORDS_MOST + 3)
			argv[n++] = (char *)word;
	va_end(ap);
	buf_init(&said, r->cmd->arena, 1024);
	buf_init(&unused, r->cmd->arena, 64);
	/* pgBackRest says what goes wrong on its standard output unless told otherwise. */
	argv[n++] = "--log-level-stderr=warn";
	int status = cmd_run(&(struct cmd_run){ .argv = argv, .user = r->owner, .out = out ? out : &unused, .err = &said });
	if (status != 0 && said.n == 0)
		buf_put(&said, buf_str(out ? out : &unused));
	return status == 0 ? ERR_NONE : failed(ERR_IO, "pgbackrest", status, &said);
}

static int64_t
whole(const struct json *v)
{
	int64_t n;

	return json_whole(v, &n) ? n : 0;
}

enum err
repository_info(const struct repository *r, const struct json **ret)
{
	const struct json *v;
	struct buf out;

	buf_init(&out, r->cmd->arena, 4096);
	enum err e = repository_run(r, &out, "info", "--output=json", NULL);
	if (!e)
		e = json_parse(r->cmd->arena, buf_str(&out), &v);
	if (!e)
		*ret = json_first(v);
	return e;
}

enum err
repository_list(const struct repository *r, int repo, struct repository_list *ret)
{
	const struct json *stanza;
	enum err e = repository_info(r, &stanza);

	if (e)
		return e;
	*ret = (struct repository_list){ 0 };
	for (const struct json *k = json_first(json_get(stanza, "repo")); k && ret->nrepos < REPOS_MOST; k = json_next(k))
		ret->repos[ret->nrepos++] = (int)whole(json_get(k, "key"));
	const struct json *backups = json_get(stanza, "backup");
	size_t n = json_len(backups);
	struct repository_backup *list = arena_array(r->cmd->arena, struct repository_backup, (n ? n : 1));
	size_t i = 0;
	for (const struct json *b = json_first(backups); b && i < n; b = json_next(b)) {
		int key = (int)whole(json_get(json_get(b, "database"), "repo-key"));
		if (repo && key != repo)
			continue;
		const struct json *info = json_get(b, "info"), *stored = json_get(info, "repository"), *when = json_get(b, "timestamp");
		list[i++] = (struct repository_backup){ .label = json_text(json_get(b, "label")), .type = json_text(json_get(b, "type")), .repo = key,
			                              .start = whole(json_get(when, "start")), .stop = whole(json_get(when, "stop")),
			                              .bytes = whole(json_get(info, "size")), .stored_bytes = whole(json_get(stored, "size")),
			                              .written_bytes = whole(json_get(stored, "delta")), .damaged = json_true(json_get(b, "error")),
			                              .notes = json_get(b, "annotation") };
	}
	for (const struct json *d = json_first(json_get(stanza, "db")); d; d = json_next(d))
		ret->version = atoi(arena_cstr(r->cmd->arena, json_text(json_get(d, "version"))));
	ret->p = list, ret->n = i;
	return ERR_NONE;
}

char *
repository_tool(const struct repository *r, int version, const char *name)
{
	struct str path = arena_fmt(r->cmd->arena, "/usr/lib/postgresql/%d/bin/%s", version, name);

	return access(path.p, X_OK) == 0 ? (char *)path.p : (char *)name;
}

enum err
repository_sql(const struct repository *r, const char *host, const char *port, const char *base, const char *sql, struct str *ret)
{
	char *argv[] = { "psql", "-XqAt", "-F", "|", "-v", "ON_ERROR_STOP=1", "-d",
		         (char *)arena_fmt(r->cmd->arena, "host='%s' port=%s dbname='%s' user=postgres connect_timeout=10", host, port, base).p,
		         "-c", "set search_path to catalyse, private, public", "-c", (char *)sql, NULL };
	struct buf out, said;

	buf_init(&out, r->cmd->arena, 1024);
	buf_init(&said, r->cmd->arena, 256);
	int status = cmd_run(&(struct cmd_run){ .argv = argv, .user = r->owner, .out = &out, .err = &said });
	if (status != 0)
		return failed(ERR_DB_DOWN, "psql", status, &said);
	while (out.n && out.p[out.n - 1] == '\n')
		out.n--;
	*ret = buf_str(&out);
	return ERR_NONE;
}

enum err
repository_counts(const struct repository *r, const char *host, const char *port, struct counts *ret)
{
	struct str text;
	enum err e = repository_sql(r, host, port, r->base, query_table[QUERY_BACKUP_COUNTS].sql, &text);

	if (e)
		return e;
	ret->n = 0;
	while (text.n && ret->n < COUNTS_MOST) {
		const char *bar = memchr(text.p, '|', text.n), *end = memchr(text.p, '\n', text.n);
		size_t len = end ? (size_t)(end - text.p) : text.n;
		if (!bar || bar > text.p + len)
			return err_note(ERR_DB_QUERY, "comptes illisibles");
		ret->p[ret->n].what = (struct str){ text.p, (size_t)(bar - text.p) };
		ret->p[ret->n++].n = strtoll(arena_cstr(r->cmd->arena, (struct str){ bar + 1, len - (size_t)(bar + 1 - text.p) }), NULL, 10);
		text.p += len + (end != NULL), text.n -= len + (end != NULL);
	}
	return ERR_NONE;
}

enum err
repository_folder(const struct repository *r, const char *path)
{
	if (mkdir(path, 0700) != 0)
		return errno == EEXIST ? ERR_NONE : err_note(ERR_IO, "%s : %s", path, strerror(errno));
	if (r->owner && geteuid() == 0 && chown(path, r->owner, getpwuid(r->owner) ? getpwuid(r->owner)->pw_gid : (gid_t)-1) != 0)
		return err_note(ERR_IO, "%s : %s", path, strerror(errno));
	return ERR_NONE;
}

const char *
size_said(struct arena *a, int64_t bytes)
{
	static const char *const units[] = { "octets", "ko", "Mo", "Go", "To" };
	double v = (double)bytes;
	size_t i = 0;

	for (; v >= 1000 && i < 4; i++)
		v /= 1000;
	char *s = (char *)arena_fmt(a, i ? "%.1f %s" : "%.0f %s", v, units[i]).p;
	char *dot = strchr(s, '.');
	if (dot)
		*dot = ',';
	return s;
}

const char *
time_said(struct arena *a, int64_t ms)
{
	if (ms < 60000)
		return arena_fmt(a, "%" PRId64 ",%" PRId64 " s", ms / 1000, ms % 1000 / 100).p;
	if (ms < 3600000)
		return arena_fmt(a, "%" PRId64 " min %" PRId64 " s", ms / 60000, ms / 1000 % 60).p;
	if (ms < 2 * 86400000)
		return arena_fmt(a, "%" PRId64 " h %" PRId64 " min", ms / 3600000, ms / 60000 % 60).p;
	return arena_fmt(a, "%" PRId64 " jours", ms / 86400000).p;
}

int64_t
clock_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}
