#include "app/cmd.h"
#include "base/log.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static const struct {
	const char *word;
	int (*fn)(struct cmd *);
	const char *usage, *help;
} table[] = {
#define CMD(word, fn, usage, help) { #word, fn, usage, help },
	CMD_TABLE
#undef CMD
};
#define TABLE_N (sizeof table / sizeof *table)

static void
help_all(FILE *out)
{
	fputs("catalyse : les commandes de l'opérateur\n\nUsage : catalyse COMMANDE [options]\n\n", out);
	for (size_t i = 0; i < TABLE_N; i++)
		fprintf(out, "  %-8s %s\n", table[i].word, table[i].help);
	fputs("\nOptions communes :\n"
	      "  --config FICHIER  lit ces réglages (par défaut " CONF_PATH_DEFAULT ", s'il existe)\n"
	      "  --json            écrit un objet JSON\n"
	      "  --help            montre cette aide, ou celle de la commande\n"
	      "\nÉtat de sortie : 0 fait, 1 refusé, 2 mauvais usage. Voir catalyse(1).\n",
	      out);
}

int
cmd_usage(const struct cmd *c)
{
	fprintf(stderr, "Usage : catalyse %s %s\n", c->name, c->usage);
	return CMD_USAGE;
}

int
cmd_refuse(const struct cmd *c, const char *fmt, ...)
{
	va_list ap;

	fprintf(stderr, "catalyse %s : ", c->name);
	va_start(ap, fmt);
	vfprintf(stderr, fmt, ap);
	va_end(ap);
	fputc('\n', stderr);
	return CMD_REFUSED;
}

int
cmd_refuse_err(const struct cmd *c, const char *what, enum err e)
{
	const char *detail = err_detail();

	return cmd_refuse(c, "%s : %s", what, detail[0] ? detail : err_name(e));
}

struct db *
cmd_db(struct cmd *c)
{
	struct db_options o = { .conninfo = conf_text(c->conf, CONF_DATABASE_WRITE), .deadline_ms = 300000, /* as long as a load may take: see load_patience */
		                .application = "catalyse", .verify = false, .write = true,
		                .unnamed = strcmp(conf_text(c->conf, CONF_DATABASE_PREPARE), "non") == 0 };
	enum err e;

	if (c->db_)
		return c->db_;
	if ((e = db_new(&c->db_, &o))) {
		cmd_refuse_err(c, "base de données", e);
		return NULL;
	}
	if ((e = db_connect(c->db_))) {
		cmd_refuse_err(c, "base de données", e);
		db_free(c->db_);
		c->db_ = NULL;
	}
	return c->db_;
}

void
cmd_progress(const struct cmd *c, const char *what, size_t done, size_t total)
{
	static struct timespec last;
	struct timespec now;
	char bar[31];

	if (!c->tty || c->json || total == 0)
		return;
	clock_gettime(CLOCK_MONOTONIC, &now);
	long ms = (now.tv_sec - last.tv_sec) * 1000 + (now.tv_nsec - last.tv_nsec) / 1000000;
	if (done < total && ms < 100)
		return;
	last = now;
	size_t full = done * 30 / total;
	memset(bar, '.', 30), memset(bar, '#', full > 30 ? 30 : full), bar[30] = 0;
	fprintf(stderr, "\r%-20s [%s] %3zu %%%s", what, bar, done * 100 / total, done >= total ? "\n" : "");
}

void
cmd_print(const struct buf *b)
{
	fwrite(b->p, 1, b->n, stdout);
	if (b->n == 0 || b->p[b->n - 1] != '\n')
		fputc('\n', stdout);
}

enum err
cmd_file_read(struct arena *a, const char *path, size_t most, struct str *ret)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	struct stat st;
	enum err e = ERR_NONE;

	if (fd < 0)
		return err_note(ERR_IO, "%s : %s", path, strerror(errno));
	if (fstat(fd, &st) < 0 || !S_ISREG(st.st_mode) || (size_t)st.st_size > most) {
		e = err_note(ERR_IO, "%s : pas un fichier de moins de %zu Mo", path, most >> 20);
		goto out;
	}
	size_t n = (size_t)st.st_size, got = 0;
	char *p = arena_alloc(a, n + 1);
	while (got < n) {
		ssize_t k = read(fd, p + got, n - got);
		if (k < 0 && errno == EINTR)
			continue;
		if (k <= 0)
			break;
		got += (size_t)k;
	}
	if (got != n) {
		e = err_note(ERR_IO, "%s : lecture incomplète", path);
		goto out;
	}
	if (n >= 3 && memcmp(p, "\xef\xbb\xbf", 3) == 0)
		p += 3, n -= 3;
	*ret = (struct str){ p, n };
out:
	close(fd);
	return e;
}

int
cmd_import(struct cmd *c)
{
	const char *what = c->argc > 0 ? c->argv[0] : "";
	struct cmd sub = *c;

	if (c->argc > 0)
		sub.argc--, sub.argv++;
	int status;
	if (strcmp(what, "contenu") == 0)
		sub.name = "import contenu", sub.usage = "[--dry-run] [DOSSIER]", status = import_contenu(&sub);
	else if (strcmp(what, "territoires") == 0)
		sub.name = "import territoires", sub.usage = "DOSSIER", status = import_territoires(&sub);
	else if (strcmp(what, "programme") == 0)
		sub.name = "import programme", sub.usage = "[--dry-run] [--millesime AAAA[-MM[-JJ]]] FICHIER.csv", status = import_programme(&sub);
	else if (strcmp(what, "fiches") == 0)
		sub.name = "import fiches", sub.usage = "FICHIER.csv [--dry-run] [--espace CODE] [--state soumise|publiee] [--source-name NOM]", status = import_fiches(&sub);
	else if (strcmp(what, "figures") == 0)
		sub.name = "import figures", sub.usage = "FICHIER.csv [--dry-run]", status = import_figures(&sub);
	else
		return cmd_usage(c);
	c->db_ = sub.db_;
	return status;
}

/* An option that is not common to all is left to the command whose usage names it. */
static bool
options_known(const struct cmd *c)
{
	for (int i = 0; i < c->argc; i++) {
		const char *a = c->argv[i];
		if (a[0] == '-' && a[1] && (a[1] != '-' || !strstr(c->usage, a))) {
			fprintf(stderr, "catalyse : option inconnue %s\n", a);
			return false;
		}
	}
	return true;
}

/* Takes the common options out of argv, wherever they stand. */
static void
options_take(struct cmd *c, int argc, char **argv, const char **ret_config, bool *ret_help)
{
	int n = 0;

	for (int i = 0; i < argc; i++) {
		const char *a = argv[i];
		if (strcmp(a, "--json") == 0)
			c->json = true;
		else if (strcmp(a, "--dry-run") == 0)
			c->dry_run = true;
		else if (strcmp(a, "--sample") == 0)
			c->sample = true;
		else if (strcmp(a, "--help") == 0 || strcmp(a, "-h") == 0)
			*ret_help = true;
		else if ((strcmp(a, "--config") == 0 || strcmp(a, "--target") == 0) && i + 1 < argc)
			*(a[2] == 'c' ? ret_config : &c->target) = argv[++i];
		else if (strcmp(a, "--millesime") == 0 && i + 1 < argc)
			c->vintage = argv[++i];
		else
			argv[n++] = argv[i];
	}
	c->argc = n, c->argv = argv;
}

int
main(int argc, char **argv)
{
	struct cmd c = { .tty = isatty(STDERR_FILENO) };
	const char *config = NULL;
	bool help = false;

	options_take(&c, argc - 1, argv + 1, &config, &help);
	if (c.argc == 0) {
		help_all(help ? stdout : stderr);
		return help ? CMD_OK : CMD_USAGE;
	}
	size_t i = 0;
	char words[TABLE_N][16]; /* as they are typed: check-links */
	for (size_t k = 0; k < TABLE_N; k++) {
		snprintf(words[k], sizeof(words[k]), "%s", table[k].word);
		for (char *p = words[k]; *p; p++)
			*p = *p == '_' ? '-' : *p;
	}
	while (i < TABLE_N && strcmp(c.argv[0], words[i]) != 0)
		i++;
	if (i == TABLE_N) {
		fprintf(stderr, "catalyse : commande inconnue « %s »\n\n", c.argv[0]);
		help_all(stderr);
		return CMD_USAGE;
	}
	c.name = words[i], c.usage = table[i].usage;
	c.argc--, c.argv++;
	if (help) {
		printf("Usage : catalyse %s %s [--config FICHIER] [--json]\n\n%s.\n", c.name, c.usage, table[i].help);
		return CMD_OK;
	}
	if (!options_known(&c))
		return CMD_USAGE;
	log_set_level(LOG_ERROR);

	struct arena *arena = arena_new(1 << 20, (size_t)1 << 30);
	struct conf *conf = NULL;
	/* Migrating is for the owner of the base, who may not read the settings of the site, and asks nothing of them. */
	enum err e = conf_load(&conf, config || table[i].fn != cmd_migrate ? config : "/dev/null");
	int status;
	c.arena = arena;
	if (e) {
		status = cmd_refuse_err(&c, "réglages", e);
	} else {
		c.conf = conf;
		status = table[i].fn(&c);
	}
	if (fflush(stdout) != 0 && status == CMD_OK)
		status = CMD_REFUSED;
	db_free(c.db_);
	conf_free(conf);
	arena_free(arena);
	return status;
}
