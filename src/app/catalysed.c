/*
 * catalysed: serves requests. One process is one instance: an acceptor and THREADS workers, each with its own connection.
 *   catalysed [-c FILE]        serves on systemd's socket, on descriptor 0, on LISTEN_TCP or on SOCKET; SIGTERM drains, SIGHUP reloads
 *   catalysed --check-config   reads the settings and says what is wrong; exit status 0 or 1
 * With the environment of CGI it answers that one request and ends.
 */
#include "app/app.h"
#include "app/routes.h"
#include "base/log.h"
#include "conf/conf.h"
#include "crypt/hash.h"
#include "crypt/password.h"
#include "db/db_listen.h"
#include "model/search_miss.h"
#include "web/fcgi.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define ARENA_FIRST ((size_t)256 * 1024)
#define WRITE_DEADLINE_MS 6000 /* a little more than the role's own statement_timeout */
#define MEMO_ENTRIES 2000
#define MEMO_BYTES ((size_t)2 * 1024 * 1024)

static struct conf *conf;
static const char *conf_path;
static struct geo *geo;

/* What a reload replaces is never freed: requests may still read it, and a reload is rare. The chain is for leak checkers. */
static struct made {
	struct app app;
	struct gate gate;
	struct made *before;
} *made;

/* This very program, its templates and the names of its assets in it; read once. */
static struct str
program_sum(void)
{
	static char sum[17];
	if (sum[0])
		return str_of(sum);
	int fd = open("/proc/self/exe", O_RDONLY | O_CLOEXEC);
	struct stat s;
	void *p = MAP_FAILED;
	if (fd >= 0 && fstat(fd, &s) == 0 && (p = mmap(NULL, (size_t)s.st_size, PROT_READ, MAP_PRIVATE, fd, 0)) != MAP_FAILED) {
		hash_hex16((struct str){ p, (size_t)s.st_size }, sum);
		munmap(p, (size_t)s.st_size);
	} else { /* no other process is known to make the same pages */
		snprintf(sum, sizeof(sum), "%lx%lx", (unsigned long)getpid() & 0xffffff, (unsigned long)time(NULL) & 0xffffffff);
	}
	if (fd >= 0)
		close(fd);
	return str_of(sum);
}

/* The program and the settings that pages show. */
static struct str
seed_of(const struct conf *c)
{
	const char *shown[] = { program_sum().p, c->base_url, c->site_editor, c->site_host, c->site_contact, c->security_contact, c->carte_tuiles, c->carte_tuiles_attribution };
	char *all = NULL, *more;
	for (size_t i = 0; i < sizeof(shown) / sizeof(*shown); i++) {
		if (asprintf(&more, "%s%s\n", all ? all : "", shown[i]) < 0)
			die("no memory for the settings");
		free(all);
		all = more;
	}
	return str_of(all);
}

static struct gate *
gate_make(const struct conf *c)
{
	struct made *m = calloc(1, sizeof(*m));
	if (!m)
		die("no memory for the settings");
	m->before = made;
	made = m;
	struct app *app = &m->app;
	struct gate *gate = &m->gate;
	app->site = (struct site){ .editor = str_of(strdup(c->site_editor)),
		                   .host = str_of(strdup(c->site_host)),
		                   .contact = str_of(strdup(c->site_contact)),
		                   .security = str_of(strdup(c->security_contact)),
		                   .exports = str_of(strdup(c->export_dir)),
		                   .tiles = str_of(strdup(c->carte_tuiles)),
		                   .tiles_credit = str_of(strdup(c->carte_tuiles_attribution)) };
	app->geo = geo;
	app->backup_state = strdup(c->backup_state);
	*gate = (struct gate){ .routes = ROUTES,
		               .error_page = page_error,
		               .resume_page = page_resume,
		               .sign_in = sign_in_resumed,
		               .locate = app_locate,
		               .base_url = str_of(strdup(c->base_url)),
		               .lag_max_s = c->database_lag_max_s,
		               .depends = routes_depend(),
		               .seed = seed_of(c),
		               .app = app };
	if (net_list_parse(&gate->admin, str_of(c->admin_networks)) != ERR_NONE)
		return NULL;
	return gate;
}

/* Settings of few words. */
static bool
words_good(const struct conf *c)
{
	if (strcmp(c->database_prepare, "oui") == 0 || strcmp(c->database_prepare, "non") == 0)
		return true;
	err_note(ERR_BAD_INPUT, "DATABASE_PREPARE is oui or non");
	return false;
}

static enum err
limits_read(struct fcgi_limits *l, const struct conf *c)
{
	*l = (struct fcgi_limits){ .read_deadline_ms = c->read_deadline_ms,
		                   .write_deadline_ms = c->write_deadline_ms,
		                   .drain_ms = c->drain_ms,
		                   .body_max = (size_t)c->body_max_kb * 1024 };
	enum err e = uid_list_parse(&l->peers, str_of(c->peer_uids));
	return e ? e : net_list_parse(&l->tcp_allow, str_of(c->tcp_allow));
}

static bool
unnamed(void)
{
	return strcmp(conf->database_prepare, "non") == 0;
}

static void
worker_start(struct gate_worker *w, int number)
{
	char *name = NULL;
	if (asprintf(&name, "catalysed/%d", number) < 0)
		die("no memory for a worker");
	struct db_options o = { .conninfo = conf->database, .deadline_ms = conf->query_deadline_ms, .application = name, .verify = true, .unnamed = unnamed() };
	if (db_new(&w->db, &o) != ERR_NONE)
		die("no memory for a connection");
	if (conf->database_write[0]) {
		struct db_options wo = { .conninfo = conf->database_write, .deadline_ms = WRITE_DEADLINE_MS, .application = name, .verify = true, .write = true, .unnamed = unnamed() };
		if (db_new(&w->write, &wo) != ERR_NONE)
			die("no memory for a connection");
	}
	free(name); /* copied */
	w->memo = memo_new(MEMO_ENTRIES, MEMO_BYTES);
	if (db_connect(w->db) != ERR_NONE) /* it will be tried again at each request */
		log_event(LOG_ERROR, "the database does not answer as it should", LOG_S("detail", str_of(err_detail())));
}

static void
worker_stop(struct gate_worker *w)
{
	db_free(w->db);
	db_free(w->write);
	memo_free(w->memo);
	territories_forget();
	espaces_forget();
}

static const struct gate *
reload(struct fcgi_limits *limits)
{
	struct conf *c;
	if (conf_load(&c, conf_path) != ERR_NONE) {
		log_event(LOG_ERROR, "settings refused, the old ones stay", LOG_S("detail", str_of(err_detail())));
		return NULL;
	}
	const struct gate *gate = gate_make(c);
	struct fcgi_limits l;
	if (!gate || limits_read(&l, c) != ERR_NONE) {
		log_event(LOG_ERROR, "settings refused, the old ones stay", LOG_S("detail", str_of(err_detail())));
		conf_free(c);
		return NULL;
	}
	*limits = l;
	log_set_level((enum log_level)c->log_level);
	conf_reload(conf, c);
	conf_free(c);
	log_event(LOG_INFO, "settings reloaded");
	return gate;
}

int
main(int argc, char **argv)
{
	bool check = false;
	for (int i = 1; i < argc; i++) {
		if (strcmp(argv[i], "-c") == 0 && i + 1 < argc) {
			conf_path = argv[++i];
		} else if (strcmp(argv[i], "--check-config") == 0) {
			check = true;
		} else {
			fputs("usage: catalysed [-c FILE] [--check-config]\n", stderr);
			return 2;
		}
	}
	fcgi_block_signals();
	crypt_start();
	if (conf_load(&conf, conf_path) != ERR_NONE) {
		fprintf(stderr, "catalysed: %s\n", err_detail());
		return 1;
	}
	struct geo_options g = { conf->ipdb_v4, conf->ipdb_v6, str_of(conf->ipdb_placeholders), conf->ipdb_radius_max_km };
	struct fcgi_options o = { .threads = conf->threads,
		                  .width = db_is_here(conf->database) ? 0 : conf->threads, /* elsewhere, other cores answer */
		                  .arena_first = ARENA_FIRST,
		                  .arena_cap = (size_t)conf->arena_cap_kb * 1024,
		                  .worker_start = worker_start,
		                  .worker_stop = worker_stop,
		                  .reload = reload };
	int fd;
	if (!words_good(conf) || limits_read(&o.limits, conf) != ERR_NONE) {
		fprintf(stderr, "catalysed: %s\n", err_detail());
		return 1;
	}
	log_set_level((enum log_level)conf->log_level);
	if (check)
		return gate_make(conf) ? 0 : 1;
	password_threads(conf->threads);
	geo = geo_new(&g);
	if (!(o.gate = gate_make(conf))) {
		fprintf(stderr, "catalysed: %s\n", err_detail());
		return 1;
	}
	if (fcgi_is_cgi())
		return fcgi_run_cgi(&o) == ERR_NONE ? 0 : 1;
	if (!geo_watch(geo, conf->ipdb_check_s))
		log_event(LOG_WARN, "IP files will not be watched");
	if (fcgi_listen(conf->socket, conf->listen_tcp, &fd) != ERR_NONE) {
		fprintf(stderr, "catalysed: %s\n", err_detail());
		return 1;
	}
	search_miss_start(conf->database_count, unnamed());
	db_watch_start(conf->database_write, unnamed());
	db_listen_start(conf->database_listen);
	log_event(LOG_INFO, "catalysed serves", LOG_I("threads", conf->threads));
	enum err e = fcgi_run(fd, &o);
	fcgi_unlink_own();
	db_listen_stop();
	search_miss_stop();
	db_watch_stop();
	geo_free(geo);
	conf_free(conf);
	return e == ERR_NONE ? 0 : 1;
}
