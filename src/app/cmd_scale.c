/*
 * catalyse scale: how many instances nginx shares the visitors between. It runs what the operator could type: systemctl, nginx -t.
 */
#include "app/cmd.h"
#include "app/cmd_run.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#define INSTANCES_MOST 64
#define INSTANCES_CONF CATALYSE_NGINXDIR "/catalyse/instances.conf"

static void
list_write(struct buf *b, int n)
{
	buf_lit(b, "# Written by catalyse scale. With one server nginx ignores max_fails and a restart is seen: two at least.\n");
	for (int i = 1; i <= n; i++)
		buf_fmt(b, "server unix:/run/catalyse/%d.sock max_fails=1 fail_timeout=2s;\n", i);
}

/* In place of the former file, whole. */
static enum err
list_put(struct cmd *c, const char *path, struct str text)
{
	const char *new = arena_fmt(c->arena, "%s.new", path).p;
	int fd = open(new, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
	bool good = fd >= 0 && write(fd, text.p, text.n) == (ssize_t)text.n && fsync(fd) == 0;

	if (fd >= 0)
		good = close(fd) == 0 && good;
	if (good && rename(new, path) == 0)
		return ERR_NONE;
	enum err e = err_note(ERR_IO, "%s : %s", path, strerror(errno));
	unlink(new);
	return e;
}

/* The instances that run: as many as there are /run/catalyse/N.sock enabled, asked of systemd. */
static void
units(struct cmd *c, const char *verb, int from, int to)
{
	for (int i = from; i <= to; i++) {
		char *argv[] = { "systemctl", (char *)verb, "--now", (char *)arena_fmt(c->arena, "catalyse@%d.socket", i).p,
			         (char *)arena_fmt(c->arena, "catalyse@%d.service", i).p, NULL };
		if (cmd_run(&(struct cmd_run){ .argv = argv }) != 0)
			fprintf(stderr, "catalyse scale : systemctl %s catalyse@%d n'a pas abouti\n", verb, i);
	}
}

int
cmd_scale(struct cmd *c)
{
	bool apply = c->argc > 1 && strcmp(c->argv[1], "--apply") == 0;
	char *end;
	struct buf list;

	if (c->argc < 1 || c->argc > (apply ? 2 : 1))
		return cmd_usage(c);
	long n = strtol(c->argv[0], &end, 10);
	if (*end || n < 2 || n > INSTANCES_MOST)
		return cmd_refuse(c, "entre 2 et %d instances : avec une seule, un redémarrage se voit", INSTANCES_MOST);
	buf_init(&list, c->arena, 1024);
	list_write(&list, (int)n);
	if (!apply) {
		cmd_print(&list);
		return CMD_OK;
	}
	struct str former = STR_NONE;
	const char *path = INSTANCES_CONF;
	enum err e = cmd_file_read(c->arena, path, 1 << 20, &former);
	if (e)
		return cmd_refuse_err(c, "liste des instances", e);
	/* More: they answer before nginx knows them. Fewer: nginx forgets them before they stop. */
	units(c, "enable", 1, (int)n);
	if ((e = list_put(c, path, buf_str(&list))))
		return cmd_refuse_err(c, "liste des instances", e);
	char *test[] = { "nginx", "-t", "-q", NULL }, *reload[] = { "systemctl", "reload", "nginx", NULL };
	if (cmd_run(&(struct cmd_run){ .argv = test }) != 0) {
		if ((e = list_put(c, path, former)))
			return cmd_refuse_err(c, "l'ancienne liste n'a pas été remise", e);
		return cmd_refuse(c, "nginx refuse cette configuration ; l'ancienne liste est remise");
	}
	if (cmd_run(&(struct cmd_run){ .argv = reload }) != 0)
		return cmd_refuse(c, "nginx n'a pas été rechargé : systemctl reload nginx");
	int last = (int)n;
	while (last < INSTANCES_MOST && access(arena_fmt(c->arena, "/run/catalyse/%d.sock", last + 1).p, F_OK) == 0)
		last++;
	units(c, "disable", (int)n + 1, last);
	printf("%ld instances\n", n);
	return CMD_OK;
}
