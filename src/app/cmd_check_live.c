#include "config.h"

#include "app/backup_state.h"
#include "app/cmd_check.h"
#include "app/cmd_repository.h"
#include "app/cmd_run.h"
#include "geo/mmdb.h"
#include "model/mail.h"

#include <dirent.h>
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/timex.h>
#include <time.h>
#include <unistd.h>

#define HOUR 3600
#define DAY 86400

static const char *
since(struct arena *a, int64_t s)
{
	return time_said(a, (s > 0 ? s : 0) * 1000);
}

static struct db *
open_db(struct cmd *c, enum conf_key key, bool write)
{
	struct db_options o = { .conninfo = conf_text(c->conf, key), .deadline_ms = 10000, .application = "catalyse check", .write = write };
	struct db *db = NULL;

	if (!o.conninfo[0] || db_new(&db, &o))
		return NULL;
	if (db_connect(db)) {
		db_free(db);
		return NULL;
	}
	return db;
}

static void
clocks(struct check *k, double base)
{
	struct timespec now;
	struct timex t = { 0 };

	clock_gettime(CLOCK_REALTIME, &now);
	double apart = fabs((double)now.tv_sec + (double)now.tv_nsec / 1e9 - base);
	if (apart > 5)
		check_say(k, "temps", CHECK_BAD, "%.0f s d'écart avec la base : mettez les deux machines à l'heure (NTP), les liens et les codes expirent à l'heure de chacune", apart);
	else if (adjtimex(&t) == TIME_ERROR)
		check_say(k, "temps", CHECK_CARE, "%s d'écart avec la base ; l'horloge de cette machine n'est réglée par personne : apt install systemd-timesyncd", time_said(k->cmd->arena, (int64_t)(apart * 1000)));
	else
		check_say(k, "temps", CHECK_GOOD, "%s d'écart avec la base, horloge réglée par le réseau", time_said(k->cmd->arena, (int64_t)(apart * 1000)));
}

/* "nginx version: nginx/1.22.1" */
static const char *
version_of(struct arena *a, char *const argv[], const char *before)
{
	struct buf b;

	buf_init(&b, a, 256);
	if (cmd_run(&(struct cmd_run){ .argv = argv, .out = &b, .err = &b }) != 0)
		return "absent";
	const char *p = strstr(arena_cstr(a, buf_str(&b)), before);
	p = p ? p + strlen(before) : "?";
	return arena_cstr(a, (struct str){ p, strcspn(p, " \n") });
}

static void
versions(struct check *k, struct str server, struct str postgis)
{
	struct arena *a = k->cmd->arena;
	int major = atoi(arena_cstr(a, server));

	check_say(k, "versions", major < 15 ? CHECK_BAD : CHECK_GOOD, "catalyse " PACKAGE_VERSION ", PostgreSQL %.*s, PostGIS %.*s, nginx %s, pgBackRest %s, sqitch %s%s", (int)server.n, server.p,
	          (int)postgis.n, postgis.p, version_of(a, (char *const[]){ "nginx", "-v", NULL }, "nginx/"), version_of(a, (char *const[]){ "pgbackrest", "version", NULL }, "pgBackRest "),
	          version_of(a, (char *const[]){ "sqitch", "--version", NULL }, "App::Sqitch) v"), major < 15 ? " : PostgreSQL 15 au moins" : "");
}

/* Those that read what visitors and others send. Debian's own words for them. */
static void
libraries(struct check *k)
{
	char *argv[] = { "dpkg-query", "-W", "-f", "${db:Status-Status} ${binary:Package} ${Version}\n", "libfcgi0ldbl", "libpq5", "libcjson1", "libmaxminddb0", "libsodium23",
		         "libcmark-gfm0.29.0.gfm.6", "libcurl4", "libgd3", "libzip4", NULL };
	struct arena *a = k->cmd->arena;
	struct buf b, list;

	buf_init(&b, a, 1024), buf_init(&list, a, 1024);
	int status = cmd_run(&(struct cmd_run){ .argv = argv, .out = &b, .quiet = true });
	for (char *line = arena_cstr(a, buf_str(&b)), *end; *line; line = end) {
		end = line + strcspn(line, "\n");
		if (*end)
			*end++ = 0;
		if (strncmp(line, "installed ", 10) == 0)
			buf_fmt(&list, "%s%s", list.n ? ", " : "", line + 10);
	}
	if (status == CMD_RUN_NONE || !list.n)
		check_say(k, "bibliotheques", CHECK_CARE, "installées autrement que par des paquets de Debian : leurs corrections sont à suivre à la main");
	else
		check_say(k, "bibliotheques", CHECK_GOOD, "%.*s", (int)list.n, list.p);
}

static bool
holds(const struct db_rows *rows, struct str name)
{
	for (size_t i = 0; i < rows->nrows; i++)
		if (str_eq(db_text(rows, i, COL_LIVE_CHANGES_NAME), name))
			return true;
	return false;
}

void
check_migrations(struct check *k, struct db *write, const char *dir)
{
	struct arena *a = k->cmd->arena;
	const char *path = arena_fmt(a, "%s/sqitch.plan", dir).p;
	struct db_rows rows;
	struct str plan, missing = STR_NONE;
	size_t shipped = 0, wanting = 0;
	enum err e = cmd_file_read(a, path, 4 << 20, &plan);

	if (!e)
		e = db_run(write, a, QUERY_LIVE_CHANGES, NULL, 0, &rows);
	if (e) {
		check_say(k, "migrations", CHECK_BAD, "ne se comparent pas : %s", err_detail());
		return;
	}
	for (const char *p = plan.p, *end = plan.p + plan.n; p < end;) {
		const char *stop = memchr(p, '\n', (size_t)(end - p));
		stop = stop ? stop : end;
		struct str name = { p, strcspn(arena_cstr(a, (struct str){ p, (size_t)(stop - p) }), " ") };
		if (name.n && *p >= 'a' && *p <= 'z') {
			shipped++;
			if (!holds(&rows, name))
				wanting++, missing = name;
		}
		p = stop + 1;
	}
	if (wanting)
		check_say(k, "migrations", CHECK_BAD, "%zu à appliquer, jusqu'à %.*s : sudo -u postgres catalyse migrate", wanting, (int)missing.n, missing.p);
	else if (rows.nrows > shipped)
		check_say(k, "migrations", CHECK_CARE, "la base en a %zu de plus que ce programme : il est plus ancien qu'elle, mettez-le à jour", rows.nrows - shipped);
	else
		check_say(k, "migrations", CHECK_GOOD, "les %zu sont appliquées", shipped);
}

static void
vintage(struct check *k, int64_t year)
{
	time_t t = time(NULL);
	struct tm tm;

	gmtime_r(&t, &tm);
	int64_t now = tm.tm_year + 1900;
	/* The official geographic code of a year comes out in its first months. */
	if (year < now - 1 || (year < now && tm.tm_mon >= 5))
		check_say(k, "territoires_millesime", CHECK_CARE, "code officiel géographique de %lld : une version plus récente de Catalyse porte celui de %lld, puis catalyse import territoires", (long long)year,
		          (long long)now);
	else
		check_say(k, "territoires_millesime", CHECK_GOOD, "code officiel géographique de %lld", (long long)year);
}

static void
addresses(struct check *k)
{
	const char *paths[] = { conf_text(k->cmd->conf, CONF_IPDB_V4), conf_text(k->cmd->conf, CONF_IPDB_V6) };
	long oldest = -1;

	for (size_t i = 0; i < 2; i++) {
		struct mmdb_status s;
		if (!paths[i][0])
			continue;
		struct mmdb *m = mmdb_new(paths[i]);
		mmdb_status(m, &s);
		mmdb_free(m);
		if (!s.loaded) {
			check_say(k, "adresses", CHECK_BAD, "%s ne se lit pas : catalyse geo refresh", paths[i]);
			return;
		}
		long days = (long)((time(NULL) - (time_t)s.build_epoch) / DAY);
		oldest = days > oldest ? days : oldest;
	}
	if (oldest < 0)
		check_say(k, "adresses", CHECK_CARE, "aucun fichier réglé (IPDB_V4, IPDB_V6) : la question sera posée à chacun");
	else
		check_say(k, "adresses", oldest > MMDB_STALE_DAYS ? CHECK_CARE : CHECK_GOOD, "%ld jours%s", oldest,
		          oldest > MMDB_STALE_DAYS ? " : catalyse geo refresh apporte ceux du mois (catalyse-ipdb.timer)" : "");
}

static void
copies(struct check *k, const struct db_rows *reader, struct db *write, const struct db_rows *writer)
{
	double late = db_real(reader, 0, COL_LIVE_READER_LATE_S);
	bool replica = db_bool(reader, 0, COL_LIVE_READER_REPLICA);
	int most = conf_int(k->cmd->conf, CONF_DATABASE_LAG_MAX_S);

	if (replica && late > most)
		check_say(k, "copie", CHECK_BAD, "la copie que lisent les pages a %.0f s de retard (%d admis) : son réseau et son disque, ou pg_stat_replication sur la principale", late, most);
	else
		check_say(k, "copie", CHECK_GOOD, "%s, %lld copie%s suivie%s", replica ? "les pages lisent une copie à jour" : "les pages lisent la base principale",
		          writer ? (long long)db_int(writer, 0, COL_LIVE_WRITER_COPIES) : 0, writer && db_int(writer, 0, COL_LIVE_WRITER_COPIES) > 1 ? "s" : "",
		          writer && db_int(writer, 0, COL_LIVE_WRITER_COPIES) > 1 ? "s" : "");
	if (!write)
		check_say(k, "ecriture", CHECK_BAD, "aucune base principale ne répond : le site est en lecture seule ; pg_ctl promote sur une copie, ou démarrez-la");
	else if (!writer)
		check_say(k, "ecriture", CHECK_BAD, "la base principale ne dit pas son état : %s", err_detail());
	else if (db_bool(writer, 0, COL_LIVE_WRITER_FROZEN))
		check_say(k, "ecriture", CHECK_BAD, "la base n'accepte que la lecture (copie, ou default_transaction_read_only) : le site est en lecture seule");
	else
		check_say(k, "ecriture", CHECK_GOOD, "la base prend ce qu'on lui écrit");
}

static void
archive(struct check *k, const struct db_rows *w)
{
	double waits = db_real(w, 0, COL_LIVE_WRITER_WAITS_S);

	if (!db_bool(w, 0, COL_LIVE_WRITER_ARCHIVING))
		check_say(k, "archivage", CHECK_BAD, "les journaux de la base ne sont pas archivés : une panne perdrait tout depuis la dernière sauvegarde ; catalyse backup setup");
	else if (db_bool(w, 0, COL_LIVE_WRITER_FAILING))
		check_say(k, "archivage", CHECK_BAD, "le dernier journal n'a pas pu partir : le dépôt est-il plein ou injoignable ? le journal de PostgreSQL le dit");
	else
		check_say(k, "archivage", CHECK_GOOD, "dernier journal parti il y a %s", since(k->cmd->arena, (int64_t)waits));
}

static void
event(struct check *k, const char *key, const struct backup_event *e, int64_t care, int64_t bad, const char *command, const char *unit)
{
	struct arena *a = k->cmd->arena;
	int64_t age = (int64_t)time(NULL) - e->good_at;

	if (e->at && e->message.n)
		check_say(k, key, CHECK_BAD, "échec il y a %s : %.*s", since(a, (int64_t)time(NULL) - e->at), (int)(e->message.n < 300 ? e->message.n : 300), e->message.p);
	else if (!e->good_at)
		check_say(k, key, CHECK_BAD, "jamais : %s, puis systemctl enable --now %s.timer", command, unit);
	else
		check_say(k, key, age > bad ? CHECK_BAD : age > care ? CHECK_CARE : CHECK_GOOD, "il y a %s, en %s (%.*s)%s%s", since(a, age), time_said(a, e->took_ms), (int)e->label.n,
		          e->label.p, age > care ? " : systemctl status " : "", age > care ? unit : "");
}

static void
backups(struct check *k)
{
	const char *path = conf_text(k->cmd->conf, CONF_BACKUP_STATE);
	struct backup_state s;

	if (!path[0]) {
		check_say(k, "sauvegarde", CHECK_CARE, "suivie par personne ici : le réglage BACKUP_STATE est vide");
		return;
	}
	if (backup_state_read(k->cmd->arena, path, &s)) {
		check_say(k, "sauvegarde", CHECK_BAD, "%s ne se lit pas : %s", path, err_detail());
		return;
	}
	const char *writer = conf_text(k->cmd->conf, CONF_DATABASE_WRITE), *host = strstr(writer, "host=");
	if (!s.known && host && host[5 + (host[5] == '\'')] != '/') {
		check_say(k, "sauvegarde", CHECK_CARE, "la base est sur une autre machine : catalyse check --live là-bas le dit, et son etat.prom (docs/sauvegarde.md)");
		return;
	}
	event(k, "sauvegarde", &s.backup, 26 * HOUR, 50 * HOUR, "catalyse backup", "catalyse-backup");
	event(k, "essai", &s.drill, 8 * DAY, 15 * DAY, "catalyse drill", "catalyse-drill");
	if (s.oldest_at && (int64_t)time(NULL) - s.oldest_at > 36 * DAY)
		check_say(k, "sauvegarde_duree", CHECK_BAD, "la plus ancienne a %s : ce qui est effacé doit l'être partout en 35 jours ; repo1-retention-full=28 dans %s", since(k->cmd->arena, (int64_t)time(NULL) - s.oldest_at),
		          conf_text(k->cmd->conf, CONF_BACKUP_CONFIG));
}

static void
queue(struct check *k, struct db *write)
{
	struct mail_counts n;
	struct arena *a = k->cmd->arena;

	if (mail_status(write, a, &n))
		check_say(k, "file_courriel", CHECK_BAD, "%s", err_detail());
	else if (n.late_s >= 900)
		check_say(k, "file_courriel", CHECK_BAD, "%lld en attente, le plus ancien depuis %s : systemctl status catalyse-mail", (long long)n.waiting, since(a, n.late_s));
	else if (n.uncertain)
		check_say(k, "file_courriel", CHECK_CARE, "%lld dont on ne sait s'ils sont partis : catalyse mail status les montre", (long long)n.uncertain);
	else
		check_say(k, "file_courriel", CHECK_GOOD, "%lld en attente, le plus ancien depuis %s", (long long)n.waiting, since(a, n.late_s));
}

static void
instances(struct check *k)
{
	struct arena *a = k->cmd->arena;
	const char *path = conf_text(k->cmd->conf, CONF_SOCKET), *slash = strrchr(path, '/');
	struct dirent **list = NULL;
	size_t good = 0, all = 0;

	if (conf_text(k->cmd->conf, CONF_LISTEN_TCP)[0] || !slash) {
		check_say(k, "instances", CHECK_CARE, "elles écoutent en TCP : curl /ready le dira");
		return;
	}
	const char *dir = arena_cstr(a, (struct str){ path, (size_t)(slash - path) });
	int n = scandir(dir, &list, NULL, alphasort);
	for (int i = 0; i < n; i++) {
		const char *name = list[i]->d_name, *end = strrchr(name, '.');
		if (end && strcmp(end, ".sock") == 0) {
			int status = 0;
			struct str text;
			enum ask answer = fcgi_ask(a, arena_fmt(a, "%s/%s", dir, name).p, "/ready", &status, &text);
			const char *key = arena_fmt(a, "instance_%.*s", (int)(end - name), name).p;
			all++;
			good += answer == ASK_ANSWERED && status == 200;
			if (answer == ASK_NOBODY)
				check_say(k, key, CHECK_BAD, "personne n'écoute : systemctl restart catalyse@%.*s, journalctl -u catalyse@%.*s", (int)(end - name), name, (int)(end - name), name);
			else if (answer == ASK_REFUSED)
				check_say(k, key, CHECK_CARE, "ne parle pas à ce compte (PEER_UIDS) : relancez en root ou sous le compte catalyse");
			else if (answer == ASK_SILENT)
				check_say(k, key, CHECK_BAD, "ne répond pas en trois secondes : journalctl -u catalyse@%.*s", (int)(end - name), name);
			else if (status != 200)
				check_say(k, key, CHECK_BAD, "répond %d à /ready : la base est-elle là ?", status);
			else
				check_say(k, key, CHECK_GOOD, "prête");
		}
		free(list[i]);
	}
	free(list);
	if (!all)
		check_say(k, "instances", CHECK_BAD, "aucune dans %s : catalyse scale 2 --apply", dir);
	else if (all == 1 && good)
		check_say(k, "instances", CHECK_CARE, "une seule : un redémarrage se voit ; catalyse scale 2 --apply");
}

static void
room(struct check *k, const char *key, const char *path)
{
	struct statvfs v;
	struct arena *a = k->cmd->arena;

	if (statvfs(path, &v) != 0) {
		check_say(k, key, CHECK_CARE, errno == ENOENT ? "%s n'existe pas : catalyse setup, ou catalyse backup setup, le crée" : "%s ne se mesure pas sous ce compte", path);
		return;
	}
	int free_p = v.f_blocks ? (int)(v.f_bavail * 100 / v.f_blocks) : 100, files_p = v.f_files ? (int)(v.f_favail * 100 / v.f_files) : 100;
	int least = free_p < files_p ? free_p : files_p;
	check_say(k, key, least < 5 ? CHECK_BAD : least < 15 ? CHECK_CARE : CHECK_GOOD, "%s : %d %% libres, %s%s", path, least, size_said(a, (int64_t)(v.f_bavail * v.f_frsize)),
	          least < 15 ? " : agrandissez, ou effacez ce qui peut l'être, avant que la base ne s'arrête" : "");
}

static void
disks(struct check *k)
{
	const char *state = conf_text(k->cmd->conf, CONF_BACKUP_STATE), *slash = strrchr(state, '/');
	struct repository r;

	room(k, "disque_exports", conf_text(k->cmd->conf, CONF_EXPORT_DIR));
	if (slash)
		room(k, "disque_etat", arena_cstr(k->cmd->arena, (struct str){ state, (size_t)(slash - state) }));
	/* Whoever may not read its settings does not know where they are. */
	if (access(conf_text(k->cmd->conf, CONF_BACKUP_CONFIG), R_OK) == 0 && repository_open(k->cmd, &r) == ERR_NONE) {
		room(k, "disque_base", r.data);
		if (r.store)
			room(k, "disque_sauvegardes", r.store);
	}
}

/* systemd keeps a mark of the last time of those that catch up (Persistent=yes). */
static void
timers(struct check *k)
{
	static const struct {
		const char *unit;
		int64_t every;
	} list[] = { { "catalyse-export", DAY }, { "catalyse-freshness", DAY }, { "catalyse-links", DAY }, { "catalyse-alerts", DAY },
		     { "catalyse-erasures", HOUR }, { "catalyse-backup", DAY }, { "catalyse-drill", 7 * DAY }, { "catalyse-ipdb", 7 * DAY } };
	struct buf never;
	size_t seen = 0;

	buf_init(&never, k->cmd->arena, 256);
	for (size_t i = 0; i < sizeof(list) / sizeof(*list); i++) {
		struct stat st;
		const char *path = arena_fmt(k->cmd->arena, "%s/stamp-%s.timer", conf_text(k->cmd->conf, CONF_TIMERS_DIR), list[i].unit).p;
		if (stat(path, &st) != 0) {
			buf_fmt(&never, " %s.timer", list[i].unit);
			continue;
		}
		seen++;
		int64_t age = (int64_t)(time(NULL) - st.st_mtime);
		if (age > list[i].every + 12 * HOUR)
			check_say(k, arena_fmt(k->cmd->arena, "minuterie_%s", list[i].unit + 9).p, CHECK_BAD, "n'a pas tourné depuis %s : systemctl status %s.timer", since(k->cmd->arena, age), list[i].unit);
	}
	if (never.n)
		check_say(k, "minuteries", CHECK_CARE, "%zu vues ; celles-ci n'ont jamais tourné ici : systemctl enable --now%.*s", seen, (int)never.n, never.p);
	else
		check_say(k, "minuteries", CHECK_GOOD, "toutes ont tourné");
}

void
check_live(struct check *k, const char *dir)
{
	struct arena *a = k->cmd->arena;
	struct db *read = open_db(k->cmd, CONF_DATABASE, false), *write = open_db(k->cmd, CONF_DATABASE_WRITE, true);
	struct db_rows reader, writer;
	bool told = write && db_run(write, a, QUERY_LIVE_WRITER, NULL, 0, &writer) == ERR_NONE;

	if (read && db_run(read, a, QUERY_LIVE_READER, NULL, 0, &reader) == ERR_NONE) {
		clocks(k, db_real(&reader, 0, COL_LIVE_READER_NOW));
		versions(k, db_text(&reader, 0, COL_LIVE_READER_SERVER), db_text(&reader, 0, COL_LIVE_READER_POSTGIS));
		libraries(k);
		vintage(k, db_int(&reader, 0, COL_LIVE_READER_VINTAGE));
		copies(k, &reader, write, told ? &writer : NULL);
	} else {
		check_say(k, "lecture", CHECK_BAD, "la base que lisent les pages ne répond pas : systemctl status postgresql");
	}
	if (write)
		check_migrations(k, write, dir), queue(k, write);
	if (told)
		archive(k, &writer);
	backups(k);
	addresses(k);
	instances(k);
	disks(k);
	timers(k);
	db_free(read);
	db_free(write);
}
