/*
 * catalyse restore: the base as it was, in its place or elsewhere, by pgBackRest; then, before anybody can reach it, the accounts erased since are
 * erased again (ERASURES_FILE). In its place, what follows is archived as its future; elsewhere nothing is. In its place, and the repository holds logs
 * that these data did not send: refused without --lost, as a server that lives would later be brought back along our future, and lose its own.
 */
#include "app/cmd_repository.h"
#include "app/cmd_run.h"
#include "app/cmd_server.h"
#include "text/json.h"
#include "text/json_out.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { LIST_LATE_S = 120 }; /* between the last export of the list and the stop of the base: the time to type it */

struct restore {
	const char *to, *moment, *set, *repo;
	bool start, replace, lost, without_erasures;
	struct repository r;
	const char *data;
	size_t erased;
	time_t list_at; /* of a list of erasures that stops too early, else 0 */
	int64_t copied_ms, recovered_ms;
};

static bool
options(struct cmd *c, struct restore *x)
{
	for (int i = 0; i < c->argc; i++) {
		const char *a = c->argv[i];
		const char **value = strcmp(a, "--to") == 0 ? &x->to : strcmp(a, "--target-time") == 0 ? &x->moment : strcmp(a, "--set") == 0 ? &x->set
		                     : strcmp(a, "--repo") == 0 ? &x->repo : NULL;
		bool *flag = strcmp(a, "--start") == 0 ? &x->start : strcmp(a, "--replace") == 0 ? &x->replace
		             : strcmp(a, "--lost") == 0 ? &x->lost : strcmp(a, "--without-erasures") == 0 ? &x->without_erasures : NULL;
		if (value && i + 1 < c->argc)
			*value = c->argv[++i];
		else if (flag)
			*flag = true;
		else
			return false;
	}
	return true;
}

/* "2026-11-28T10:00:00Z" as pgBackRest writes it; the zone must be said: a moment without one is another moment elsewhere. */
static enum err
moment_read(struct cmd *c, const char *text, const char **ret)
{
	char *p = arena_cstr(c->arena, str_of(text));
	size_t n = strlen(p);
	bool good = n >= 20 && n <= 33;

	for (size_t i = 0; good && i < 19; i++)
		good = i == 4 || i == 7 ? p[i] == '-' : i == 10 ? p[i] == ' ' || p[i] == 'T' : i == 13 || i == 16 ? p[i] == ':' : p[i] >= '0' && p[i] <= '9';
	if (!good)
		goto bad;
	p[10] = ' ';
	size_t end = 19;
	if (p[end] == '.')
		for (end++; p[end] >= '0' && p[end] <= '9';)
			end++;
	if (strcmp(p + end, "Z") == 0) {
		*ret = arena_fmt(c->arena, "%.*s+00", (int)end, p).p;
		return ERR_NONE;
	}
	if ((p[end] == '+' || p[end] == '-') && strlen(p + end) >= 3 && p[end + 1 + strspn(p + end + 1, "0123456789:")] == 0) {
		*ret = p;
		return ERR_NONE;
	}
bad:
	return err_note(ERR_BAD_INPUT, "« %s » : un moment s'écrit 2026-11-28T10:00:00+01:00, avec son décalage, ou Z", text);
}

/* Of what moment_read gave. */
static time_t
moment_seconds(const char *moment)
{
	struct tm tm = { 0 }, zone = { 0 };
	const char *p = strptime(moment, "%Y-%m-%d %H:%M:%S", &tm);

	if (p && *p == '.')
		p += 1 + strspn(p + 1, "0123456789");
	return p && strptime(p, "%z", &zone) ? timegm(&tm) - zone.tm_gmtoff : 0;
}

static struct str
when(struct arena *a, time_t t)
{
	struct tm tm;
	char text[40];

	strftime(text, sizeof(text), "%Y-%m-%d %H:%M:%S %z", localtime_r(&t, &tm));
	return str_of(arena_cstr(a, str_of(text)));
}

static bool
empty(const char *path)
{
	DIR *d = opendir(path);
	int n = 0;

	for (struct dirent *e; d && (e = readdir(d));)
		n += strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0;
	if (d)
		closedir(d);
	return n == 0;
}

static void
step(const struct cmd *c, const char *what)
{
	if (!c->json)
		fprintf(stderr, "  %s\n", what);
}

/* The files: what is there already and is the same is kept. */
static enum err
copy(struct cmd *c, struct restore *x)
{
	bool there = !empty(x->data);
	const char *place = arena_fmt(c->arena, "--pg1-path=%s", x->data).p;
	const char *set = x->set ? arena_fmt(c->arena, "--set=%s", x->set).p : "", *repo = x->repo ? arena_fmt(c->arena, "--repo=%s", x->repo).p : "";
	const char *target = x->moment ? arena_fmt(c->arena, "--target=%s", x->moment).p : "";
	enum err e = repository_folder(&x->r, x->data);

	if (e)
		return e;
	return repository_run(&x->r, NULL, "restore", place, there ? "--delta" : "", set, repo, x->moment ? "--type=time" : "", target, x->moment ? "--target-action=promote" : "",
	                      x->to ? "--archive-mode=off" : "", x->to ? arena_fmt(c->arena, "--tablespace-map-all=%s.tablespaces", x->data).p : "", NULL);
}

/* For good: as the machine would at its start. */
static enum err
start(struct cmd *c, const struct restore *x, int version)
{
	const char *config = server_config(&x->r, x->data);
	char *own[] = { repository_tool(&x->r, version, "pg_ctl"), "-D", (char *)x->data, "-w", "-s", "-l", (char *)arena_fmt(c->arena, "%s/../log", x->data).p, "start", NULL };
	char *debian[] = { "pg_ctlcluster", NULL, NULL, "start", NULL };
	bool away = config && strncmp(config, "/etc/", 5) == 0;

	if (away) {
		char *major = arena_cstr(c->arena, str_of(x->data + 20)), *slash = strchr(major, '/');
		if (!slash)
			return err_note(ERR_IO, "%s : pas un serveur de Debian", x->data);
		*slash = 0;
		debian[1] = major, debian[2] = slash + 1;
	}
	int status = cmd_run(&(struct cmd_run){ .argv = away ? debian : own, .user = away ? 0 : x->r.owner, .to_err = true });
	return status == 0 ? ERR_NONE : err_note(ERR_IO, "les données sont revenues, mais PostgreSQL ne démarre pas (état %d)", status);
}

static enum err
bring_back(struct cmd *c, struct restore *x, struct server *s)
{
	const char *list = conf_text(c->conf, CONF_ERASURES_FILE);
	int64_t begun = clock_ms();

	step(c, "Copie du dépôt");
	enum err e = copy(c, x);
	if (e)
		return e;
	x->copied_ms = clock_ms() - begun;
	step(c, "Reprise des journaux, à l'abri des visiteurs");
	begun = clock_ms();
	if ((e = server_start(&x->r, x->data, !x->to, s)))
		return e;
	if (!x->without_erasures && list[0] && access(list, F_OK) == 0) {
		step(c, "Comptes supprimés depuis, supprimés à nouveau");
		e = server_forget(s, list, &x->erased);
	}
	x->recovered_ms = clock_ms() - begun;
	return e;
}

/* Whoever went after the list was last written comes back with the past: said before anything is, while the base can still be asked. The
 * base wrote until its pg_control says; where it is lost, the moment asked for is the least. */
static void
look_at_list(struct cmd *c, struct restore *x, const char *path)
{
	struct stat list, control;

	if (!x->moment || x->without_erasures || stat(path, &list) != 0)
		return;
	time_t until = moment_seconds(x->moment);
	if (stat(arena_fmt(c->arena, "%s/global/pg_control", x->r.data).p, &control) == 0 && control.st_mtime > until)
		until = control.st_mtime;
	if (list.st_mtime + LIST_LATE_S >= until)
		return;
	x->list_at = list.st_mtime;
	fprintf(stderr,
	        "catalyse restore : attention, la liste des suppressions (%s) s'arrête à %s, et la base allait jusqu'à %s : qui s'est supprimé entre les deux "
	        "reviendra. Si la base peut encore démarrer, démarrez-la seule, puis : catalyse account erasures export\n",
	        path, when(c->arena, list.st_mtime).p, when(c->arena, until).p);
}

/* The value of a line of pg_controldata, NULL when there is none. */
static const char *
control_of(struct arena *a, const char *said, const char *key)
{
	const char *p = strstr(said, key);

	if (!p)
		return NULL;
	p += strlen(key);
	p += strspn(p, " ");
	return arena_cstr(a, (struct str){ p, strcspn(p, "\n") });
}

/*
 * Whether these data are those of the server that sent this log, the newest that the repository holds: they keep its mark, or went beyond it. A copy
 * keeps marks too, of what its primary sent.
 */
static bool
sent_by(const struct restore *x, const char *log, double system, int version)
{
	struct arena *a = x->r.cmd->arena;
	char *argv[] = { repository_tool(&x->r, version, "pg_controldata"), "-D", (char *)x->data, NULL };
	char *env[] = { "PATH=/usr/bin:/bin", "LC_ALL=C", NULL };
	struct buf out, said;

	if (access(arena_fmt(a, "%s/standby.signal", x->data).p, F_OK) == 0)
		return false;
	buf_init(&out, a, 4096);
	buf_init(&said, a, 256);
	if (cmd_run(&(struct cmd_run){ .argv = argv, .env = env, .user = x->r.owner, .out = &out, .err = &said }) != 0)
		return false;
	const char *text = arena_cstr(a, buf_str(&out));
	const char *mine = control_of(a, text, "Database system identifier:"), *redo = control_of(a, text, "Latest checkpoint's REDO WAL file:");
	if (!mine || strtod(mine, NULL) != system)
		return false;
	for (const char *const *end = (const char *const[]){ "done", "ready", NULL }; *end; end++)
		if (access(arena_fmt(a, "%s/pg_wal/archive_status/%s.%s", x->data, log, *end).p, F_OK) == 0)
			return true;
	return redo && strncmp(redo, log, 8) == 0 && strcmp(redo, log) >= 0;
}

/* When a log reached the repository, in seconds since 1970; 0: not known. */
static int64_t
arrived_at(const struct restore *x, const struct json *archive, const char *log)
{
	struct arena *a = x->r.cmd->arena;
	const struct json *files;
	struct buf out;
	double repo = json_number(json_get(json_get(archive, "database"), "repo-key"), 1);
	struct str id = json_text(json_get(archive, "id"));

	buf_init(&out, a, 4096);
	if (repository_run(&x->r, &out, "repo-ls", arena_fmt(a, "--repo=%.0f", repo).p, "--output=json",
	                   arena_fmt(a, "archive/%s/%.*s/%.16s", x->r.stanza, (int)id.n, id.p, log).p, NULL) || json_parse(a, buf_str(&out), &files))
		return 0;
	for (const struct json *f = json_first(files); f; f = json_next(f))
		if (json_name(f).n > 24 && memcmp(json_name(f).p, log, 24) == 0)
			return (int64_t)json_number(json_get(f, "time"), 0);
	return 0;
}

static int
refused_alive(struct cmd *c, const struct restore *x)
{
	const struct json *stanza;
	enum err e = repository_info(&x->r, &stanza);
	double id = 0, system = 0;
	int version = 0;

	if (e)
		return cmd_refuse_err(c, "dépôt", e);
	/* An older major version has logs of its own, which nobody sends any more. */
	for (const struct json *d = json_first(json_get(stanza, "db")); d; d = json_next(d))
		if (json_number(json_get(d, "id"), 0) >= id) {
			id = json_number(json_get(d, "id"), 0), system = json_number(json_get(d, "system-id"), 0);
			version = atoi(arena_cstr(c->arena, json_text(json_get(d, "version"))));
		}
	for (const struct json *k = json_first(json_get(stanza, "archive")); k; k = json_next(k)) {
		const char *log = arena_cstr(c->arena, json_text(json_get(k, "max")));
		if (json_number(json_get(json_get(k, "database"), "id"), 0) != id || strlen(log) != 24 || sent_by(x, log, system, version))
			continue;
		int64_t at = arrived_at(x, k, log);
		return cmd_refuse(c, "le dépôt tient des journaux que %s n'a pas envoyés, le dernier il y a %s. Si leur serveur vit encore, un retour ici ferait perdre plus tard ce qu'il écrit : "
		                     "pour répéter ou regarder, --to DOSSIER, qui n'archive rien. S'il est arrêté et ne redémarrera pas : --lost",
		                  x->data, at ? time_said(c->arena, ((int64_t)time(NULL) - at) * 1000) : "un temps inconnu");
	}
	return CMD_OK;
}

/* What would make it a mistake, seen before anything is written. */
static int
refused(struct cmd *c, struct restore *x)
{
	const char *list = conf_text(c->conf, CONF_ERASURES_FILE);
	enum err e = x->moment ? moment_read(c, x->moment, &x->moment) : ERR_NONE;

	if (e)
		return cmd_refuse(c, "%s", err_detail());
	if ((e = repository_open(c, &x->r)))
		return cmd_refuse_err(c, "dépôt", e);
	x->data = x->to ? x->to : x->r.data;
	if (x->data[0] != '/')
		return cmd_refuse(c, "%s : un chemin entier, qui commence par /", x->data);
	if (server_runs(&x->r, x->data))
		return cmd_refuse(c, "PostgreSQL tourne sur %s : arrêtez-le d'abord (systemctl stop postgresql)", x->data);
	if (!empty(x->data) && (x->to || !x->replace))
		return cmd_refuse(c, x->to ? "%s n'est pas vide" : "%s n'est pas vide : --replace écrit par-dessus ce qui s'y trouve", x->data);
	if (!x->to && !x->lost && refused_alive(c, x) != CMD_OK)
		return CMD_REFUSED;
	if (x->moment && !x->without_erasures && list[0] && access(list, F_OK) != 0)
		return cmd_refuse(c, "la liste des suppressions manque (%s) : remettez-la en place, ou donnez --without-erasures si personne ne s'est supprimé depuis ce moment", list);
	look_at_list(c, x, list);
	return CMD_OK;
}

static void
report(struct cmd *c, const struct restore *x, const struct server *s)
{
	struct buf b;

	buf_init(&b, c->arena, 512);
	if (c->json) {
		struct json_out j = json_out(&b);
		json_begin_object(&j);
		json_key(&j, "dossier"), json_str(&j, str_of(x->data));
		json_key(&j, "moment"), json_str_or_null(&j, str_of(x->moment));
		json_key(&j, "copie_ms"), json_int(&j, x->copied_ms);
		json_key(&j, "reprise_ms"), json_int(&j, x->recovered_ms);
		json_key(&j, "effaces"), json_int(&j, (int64_t)x->erased);
		json_key(&j, "liste_arretee"), json_str_or_null(&j, x->list_at ? when(c->arena, x->list_at) : STR_NONE);
		json_key(&j, "connexion"), json_str_or_null(&j, str_of(x->to && x->start ? server_conninfo(s, "postgres") : NULL));
		json_end(&j);
	} else {
		buf_fmt(&b, "Revenue dans %s, %s : copie %s, journaux %s, %zu compte%s supprimé%s à nouveau.\n", x->data, x->moment ? x->moment : "jusqu'au dernier journal",
		        time_said(c->arena, x->copied_ms), time_said(c->arena, x->recovered_ms), x->erased, x->erased > 1 ? "s" : "", x->erased > 1 ? "s" : "");
		if (x->to && x->start)
			buf_fmt(&b, "Elle répond à : psql \"%s\"\nPour l'arrêter : pg_ctl -D %s stop", server_conninfo(s, "postgres"), x->data);
		else
			buf_put(&b, str_of(x->to ? "Elle est arrêtée." : x->start ? "PostgreSQL est démarré. Faites une sauvegarde complète : catalyse backup full"
			                                                          : "PostgreSQL est arrêté : démarrez-le, puis catalyse backup full"));
	}
	cmd_print(&b);
}

int
cmd_restore(struct cmd *c)
{
	struct restore x = { 0 };
	struct server s = { 0 };

	if (!options(c, &x))
		return cmd_usage(c);
	int status = refused(c, &x);
	if (status != CMD_OK)
		return status;
	enum err e = bring_back(c, &x, &s);
	if (e)
		cmd_refuse_err(c, "retour", e);
	/* Half brought back, it is not to be opened: the accounts erased may be there. */
	if (e || !(x.to && x.start))
		server_stop(&s);
	if (!e && x.start && !x.to && (e = start(c, &x, s.version)))
		cmd_refuse_err(c, "démarrage", e);
	if (e)
		return CMD_REFUSED;
	report(c, &x, &s);
	return CMD_OK;
}
