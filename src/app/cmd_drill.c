/*
 * catalyse drill: the last backup brought back elsewhere and asked whether it is the site: the sums of the repository, a restore, the logs, the erasures,
 * pg_amcheck, as much of each noun as there was, one page of each kind from the program itself, the sums of every page. The first step that fails
 * ends it; what was restored is erased in every case. What came of it is noted in BACKUP_STATE. The sums are those of every repository; where there are
 * several, what comes back comes from one this week and from the next the week after.
 */
#include "app/cmd_repository.h"
#include "app/cmd_run.h"
#include "app/cmd_server.h"
#include "db/query.h"
#include "text/json.h"
#include "text/json_out.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { STEPS_MOST = 12 };

struct drill {
	struct cmd *cmd;
	struct repository r;
	struct server server;
	struct repository_backup last;
	int repo; /* where it comes from; until that is known, 0 */
	const char *data;
	struct counts before; /* in the base that serves, when it answers */
	bool live;
	char note[300]; /* what the step found, when it is good */
};

/* The backups and the logs of one repository, against their sums. */
static enum err
sums_of(struct drill *d, int repo, bool several)
{
	struct repository_list list;
	struct buf out;
	enum err e = repository_list(&d->r, repo, &list);

	if (e)
		return e;
	if (!list.n)
		return several ? err_note(ERR_IO, "aucune sauvegarde dans le dépôt %d : catalyse backup full", repo) : err_note(ERR_IO, "aucune sauvegarde dans le dépôt : catalyse backup full");
	if (repo == d->repo)
		d->last = list.p[list.n - 1];
	buf_init(&out, d->cmd->arena, 4096);
	if ((e = repository_run(&d->r, &out, "verify", arena_fmt(d->cmd->arena, "--repo=%d", repo).p, "--output=text", "--verbose", NULL)))
		return e;
	/* Its exit status is 0 whatever it found. */
	const char *said = arena_cstr(d->cmd->arena, buf_str(&out));
	const char *status = strstr(said, "status: "), *invalid = strstr(said, "status: invalid"), *missing = strstr(said, "missing: ");
	if (!status || strncmp(status, "status: ok", 10) != 0 || invalid) {
		const char *line = invalid ? invalid : missing ? missing : said;
		while (line > said && line[-1] != '\n')
			line--;
		while (*line == ' ')
			line++;
		return err_note(ERR_IO, "des fichiers du dépôt sont abîmés ou manquent : %.*s ; catalyse backup full en refait une, et le disque est à voir", (int)strcspn(line, "\n"), line);
	}
	return ERR_NONE;
}

/* Nothing is written meanwhile but by visitors: all that was there before must have reached the repository. */
static enum err
repository_step(struct drill *d)
{
	struct repository_list all;

	d->live = repository_counts(&d->r, d->r.host, d->r.port, &d->before) == ERR_NONE;
	enum err e = d->live ? repository_run(&d->r, NULL, "check", NULL) : ERR_NONE;
	if (e || (e = repository_list(&d->r, 0, &all)))
		return e;
	if (!all.nrepos)
		return err_note(ERR_IO, "aucun dépôt");
	if (!d->repo)
		d->repo = all.repos[(size_t)(time(NULL) / (7 * 86400)) % all.nrepos];
	for (size_t i = 0; i < all.nrepos; i++)
		if ((e = sums_of(d, all.repos[i], all.nrepos > 1)))
			return e;
	if (!d->last.label.n)
		return err_note(ERR_BAD_INPUT, "pas de dépôt %d dans %s", d->repo, d->r.config);
	snprintf(d->note, sizeof(d->note), "%.*s%s, chaque fichier a sa somme%s", (int)d->last.label.n, d->last.label.p, all.nrepos > 1 ? arena_fmt(d->cmd->arena, " du dépôt %d", d->repo).p : "",
	         d->live ? ", les journaux y sont jusqu'à maintenant" : " (la base en service ne répond pas : jusqu'au dernier journal reçu)");
	return ERR_NONE;
}

static enum err
restore_step(struct drill *d)
{
	enum err e = repository_folder(&d->r, d->data);

	if (e)
		return e;
	e = repository_run(&d->r, NULL, "restore", arena_fmt(d->cmd->arena, "--repo=%d", d->repo).p, arena_fmt(d->cmd->arena, "--pg1-path=%s", d->data).p, "--archive-mode=off",
	                   arena_fmt(d->cmd->arena, "--tablespace-map-all=%s/../tables", d->data).p, NULL);
	snprintf(d->note, sizeof(d->note), "%s", size_said(d->cmd->arena, d->last.bytes));
	return e;
}

static enum err
recover_step(struct drill *d)
{
	snprintf(d->note, sizeof(d->note), "journaux repris");
	return server_start(&d->r, d->data, false, &d->server);
}

static enum err
forget_step(struct drill *d)
{
	const char *list = conf_text(d->cmd->conf, CONF_ERASURES_FILE);
	size_t n = 0;

	if (!list[0] || access(list, F_OK) != 0) {
		snprintf(d->note, sizeof(d->note), "pas de liste");
		return ERR_NONE;
	}
	enum err e = server_forget(&d->server, list, &n);
	snprintf(d->note, sizeof(d->note), "%zu à effacer à nouveau", n);
	return e;
}

static enum err
structure_step(struct drill *d)
{
	struct buf said;
	char *argv[] = { repository_tool(&d->r, d->server.version, "pg_amcheck"), "-h", (char *)d->server.run, "-p", SERVER_PORT, "-U", "postgres", "-d",
		         (char *)d->r.base, "--install-missing", "--heapallindexed", "-j", "2", NULL };

	buf_init(&said, d->cmd->arena, 1024);
	int status = cmd_run(&(struct cmd_run){ .argv = argv, .user = d->r.owner, .out = &said, .err = &said });
	snprintf(d->note, sizeof(d->note), "tables et index se répondent");
	return status == 0 ? ERR_NONE : err_note(ERR_IO, "pg_amcheck (état %d) : %.*s", status, (int)(said.n < 400 ? said.n : 400), said.p);
}

static int64_t
noted(const struct drill *d, struct str what)
{
	int64_t n;

	return json_whole(json_get(d->last.notes, arena_cstr(d->cmd->arena, what)), &n)
	           ? n : strtoll(arena_cstr(d->cmd->arena, json_text(json_get(d->last.notes, arena_cstr(d->cmd->arena, what)))), NULL, 10);
}

/*
 * What the drill brought back lies between what was there before it and what is there now; where the base that serves does not answer, at least nine
 * tenths of what was noted with the backup, as things are taken away too. The erasures run again take accounts and what they held: these may be fewer.
 */
static enum err
counts_step(struct drill *d)
{
	struct counts got, now;
	enum err e = repository_counts(&d->r, d->server.run, SERVER_PORT, &got);
	size_t n = 0;

	if (e)
		return e;
	if (d->live && repository_counts(&d->r, d->r.host, d->r.port, &now) != ERR_NONE)
		now = d->before;
	for (size_t i = 0; i < got.n; i++) {
		struct str what = got.p[i].what;
		int64_t here = got.p[i].n, low = noted(d, what) * 9 / 10, high = INT64_MAX;
		if (d->live) {
			int64_t a = d->before.p[i].n, b = now.p[i].n, some = a / 100;
			low = (a < b ? a : b) - some, high = (a < b ? b : a) + some;
		}
		if (here < low || here > high)
			return err_note(ERR_IO, "%.*s : %lld revenus, %lld attendus", (int)what.n, what.p, (long long)here, (long long)(here < low ? low : high));
		n++;
	}
	snprintf(d->note, sizeof(d->note), "%zu comptes justes, %s", n, d->live ? "face à la base en service" : "face à ce qui fut noté avec la sauvegarde");
	return n ? ERR_NONE : err_note(ERR_IO, "rien à compter");
}

/* catalysed: beside us in a checkout, else where it is installed. */
static const char *
program(struct arena *a)
{
	char path[1024];
	ssize_t n = readlink("/proc/self/exe", path, sizeof(path) - 16);

	path[n > 0 ? n : 0] = 0;
	char *slash = strrchr(path, '/');
	if (slash)
		snprintf(slash, 16, "/catalysed");
	return slash && access(path, X_OK) == 0 ? arena_cstr(a, str_of(path)) : CATALYSE_SBINDIR "/catalysed";
}

static enum err
page(struct drill *d, const char *catalysed, const char *path)
{
	struct arena *a = d->cmd->arena;
	const char *query = strchr(path, '?');
	size_t bare = strcspn(path, "?");
	struct buf out, said;
	char *env[] = { "PATH=/usr/bin:/bin", "REQUEST_METHOD=GET", (char *)arena_fmt(a, "REQUEST_URI=%s", path).p,
		        (char *)arena_fmt(a, "DOCUMENT_URI=%.*s", (int)bare, path).p, (char *)arena_fmt(a, "QUERY_STRING=%s", query ? query + 1 : "").p,
		        "HTTP_HOST=essai", "REMOTE_ADDR=127.0.0.1", "SERVER_PROTOCOL=HTTP/1.1",
		        (char *)arena_fmt(a, "CATALYSE_DATABASE=%s", server_conninfo(&d->server, "catalyse_ro")).p,
		        (char *)arena_fmt(a, "CATALYSE_DATABASE_WRITE=%s", server_conninfo(&d->server, "catalyse_rw")).p, "CATALYSE_DATABASE_COUNT=",
		        "CATALYSE_QUERY_DEADLINE_MS=60000", NULL };
	char *argv[] = { (char *)catalysed, "-c", "/dev/null", NULL };

	buf_init(&out, a, 65536);
	buf_init(&said, a, 256);
	int status = cmd_run(&(struct cmd_run){ .argv = argv, .env = env, .user = d->r.owner, .out = &out, .err = &said });
	const char *text = arena_cstr(a, buf_str(&out)), *line = strstr(text, "Status: ");
	bool whole = strstr(text, "</html>") || (strstr(path, ".json") && strstr(text, "\"elements\""));
	if (status != 0 || (line && strncmp(line, "Status: 200", 11) != 0) || !whole)
		return err_note(ERR_IO, "%s : %.*s (état %d) %.*s", path, line ? (int)strcspn(line, "\r\n") : 14, line ? line : "page incomplète", status,
		                (int)(said.n < 200 ? said.n : 200), said.p);
	return ERR_NONE;
}

static enum err
pages_step(struct drill *d)
{
	struct str text;
	const char *catalysed = program(d->cmd->arena);
	enum err e = repository_sql(&d->r, d->server.run, SERVER_PORT, d->r.base, query_table[QUERY_BACKUP_PAGES].sql, &text);
	size_t n = 0;

	while (!e && text.n) {
		const char *end = memchr(text.p, '\n', text.n);
		size_t len = end ? (size_t)(end - text.p) : text.n;
		e = page(d, catalysed, arena_cstr(d->cmd->arena, (struct str){ text.p, len }));
		text.p += len + (end != NULL), text.n -= len + (end != NULL);
		n++;
	}
	snprintf(d->note, sizeof(d->note), "%zu pages, une de chaque sorte", n);
	return e;
}

static enum err
sums_step(struct drill *d)
{
	struct buf said;
	char *argv[] = { repository_tool(&d->r, d->server.version, "pg_checksums"), "--check", "-D", (char *)d->data, NULL };

	server_stop(&d->server);
	buf_init(&said, d->cmd->arena, 1024);
	int status = cmd_run(&(struct cmd_run){ .argv = argv, .user = d->r.owner, .out = &said, .err = &said });
	snprintf(d->note, sizeof(d->note), "chaque page de chaque fichier");
	if (status != 0 && memmem(said.p, said.n, "not enabled", 11)) {
		snprintf(d->note, sizeof(d->note), "ce serveur n'en tient pas (initdb -k)");
		return ERR_NONE;
	}
	return status == 0 ? ERR_NONE : err_note(ERR_IO, "pg_checksums : %.*s", (int)(said.n < 400 ? said.n : 400), said.p);
}

static const struct {
	const char *name, *what;
	enum err (*fn)(struct drill *d);
} steps[] = {
	{ "depot", "Dépôt", repository_step },     { "retour", "Retour", restore_step },         { "journaux", "Journaux", recover_step },
	{ "suppressions", "Suppressions", forget_step }, { "structure", "pg_amcheck", structure_step }, { "comptes", "Comptes", counts_step },
	{ "pages", "Pages", pages_step },          { "sommes", "Sommes", sums_step },
};

/* A drill that was killed left its server and its files. */
static void
sweep(struct drill *d)
{
	struct stat st;

	if (stat(d->data, &st) != 0)
		return;
	if (server_runs(&d->r, d->data)) {
		char *argv[] = { repository_tool(&d->r, 15, "pg_ctl"), "-D", (char *)d->data, "-w", "-s", "-m", "immediate", "stop", NULL };
		if (cmd_run(&(struct cmd_run){ .argv = argv, .user = d->r.owner, .quiet = true }) != 0)
			return;
	}
	cmd_tree_erase(d->data);
}

static enum err
walk(struct drill *d, struct buf *b, struct json_out *j)
{
	enum err e = ERR_NONE;

	for (size_t i = 0; i < sizeof(steps) / sizeof(*steps) && !e; i++) {
		int64_t begun = clock_ms();
		d->note[0] = 0;
		e = steps[i].fn(d);
		const char *said = e ? arena_cstr(d->cmd->arena, str_of(err_detail())) : d->note;
		int64_t took = clock_ms() - begun;
		if (d->cmd->json) {
			json_begin_object(j);
			json_key(j, "etape"), json_str(j, str_of(steps[i].name));
			json_key(j, "bon"), json_bool(j, !e);
			json_key(j, "duree_ms"), json_int(j, took);
			json_key(j, "message"), json_str(j, str_of(said));
			json_end(j);
		} else {
			buf_fmt(b, "%-6s %-13s %9s  %s\n", e ? "ERREUR" : "bon", steps[i].what, time_said(d->cmd->arena, took), said);
		}
		cmd_progress(d->cmd, steps[i].what, i + 1, sizeof(steps) / sizeof(*steps));
		if (e)
			return err_note(e, "%s : %s", steps[i].what, said);
	}
	return e;
}

static enum err
place(struct drill *d, const char *in, int *ret_lock)
{
	struct arena *a = d->cmd->arena;
	const char *state = conf_text(d->cmd->conf, CONF_BACKUP_STATE), *slash = strrchr(state, '/');

	if (!in && slash)
		in = arena_cstr(a, (struct str){ state, (size_t)(slash - state) });
	in = in ? in : "/var/tmp";
	const char *lock = arena_fmt(a, "%s/essai.verrou", in).p;
	*ret_lock = open(lock, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (*ret_lock < 0)
		return err_note(ERR_IO, "%s : %s", lock, strerror(errno));
	/* The timer runs as PostgreSQL's own account, whoever tried it by hand before. */
	if (d->r.owner && fchown(*ret_lock, d->r.owner, (gid_t)-1) != 0)
		return err_note(ERR_IO, "%s : %s", lock, strerror(errno));
	if (flock(*ret_lock, LOCK_EX | LOCK_NB) != 0)
		return err_note(ERR_IO, "un autre essai est en cours");
	d->data = arena_fmt(a, "%s/essai", in).p;
	sweep(d);
	return access(d->data, F_OK) == 0 ? err_note(ERR_IO, "%s : ce qui reste d'un essai n'a pas pu être effacé", d->data) : ERR_NONE;
}

int
cmd_drill(struct cmd *c)
{
	struct drill d = { .cmd = c };
	const char *in = NULL, *path = conf_text(c->conf, CONF_BACKUP_STATE);
	struct backup_state state;
	struct buf b;
	int lock = -1;

	for (int i = 0; i < c->argc; i += 2) {
		if (i + 1 < c->argc && strcmp(c->argv[i], "--in") == 0)
			in = c->argv[i + 1];
		else if (i + 1 >= c->argc || strcmp(c->argv[i], "--repo") != 0 || (d.repo = atoi(c->argv[i + 1])) <= 0)
			return cmd_usage(c);
	}
	enum err e = repository_open(c, &d.r);
	if (e || (e = place(&d, in, &lock))) {
		if (lock >= 0)
			close(lock);
		return cmd_refuse_err(c, "essai", e);
	}
	if (backup_state_read(c->arena, path, &state) != ERR_NONE)
		state = (struct backup_state){ 0 };
	buf_init(&b, c->arena, 4096);
	struct json_out j = json_out(&b);
	if (c->json)
		json_begin_object(&j), json_key(&j, "etapes"), json_begin_array(&j);
	int64_t begun = clock_ms();
	e = walk(&d, &b, &j);
	const char *message = e ? arena_cstr(c->arena, str_of(err_detail())) : "";
	int64_t took = clock_ms() - begun;
	server_stop(&d.server);
	cmd_tree_erase(d.data);
	close(lock);
	state.drill.at = time(NULL), state.drill.message = str_of(message), state.drill.label = d.last.label;
	if (!e)
		state.drill.good_at = state.drill.at, state.drill.took_ms = took;
	enum err unsaid = backup_state_write(c->arena, path, &state);
	if (c->json) {
		json_end(&j);
		json_key(&j, "bon"), json_bool(&j, !e);
		json_key(&j, "duree_ms"), json_int(&j, took);
		json_key(&j, "etiquette"), json_str(&j, d.last.label);
		json_key(&j, "octets"), json_int(&j, d.last.bytes);
		json_key(&j, "message"), json_str(&j, str_of(message));
		json_end(&j);
	} else if (!e) {
		buf_fmt(&b, "La sauvegarde %.*s revient en %s.", (int)d.last.label.n, d.last.label.p, time_said(c->arena, took));
	}
	cmd_print(&b);
	if (unsaid)
		return cmd_refuse_err(c, "état", unsaid);
	return e ? cmd_refuse(c, "%s", message) : CMD_OK;
}
