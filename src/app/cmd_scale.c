/*
 * catalyse scale: how many instances nginx shares the visitors between. It runs what the operator could type: systemctl, nginx -t.
 * The sockets are in the folder of SOCKET; the list is catalyse/instances.conf in nginx's folder, that of --nginx.
 */
#include "app/cmd.h"
#include "app/cmd_run.h"
#include "app/file_put.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#define INSTANCES_MOST 64

struct scale {
	struct cmd *c;
	const char *folder; /* of the sockets */
	const char *list;   /* what nginx includes */
};

static const char *
socket_of(const struct scale *s, int i)
{
	return arena_fmt(s->c->arena, "%s/%d.sock", s->folder, i).p;
}

static void
list_write(const struct scale *s, struct buf *b, int n)
{
	buf_lit(b, "# Written by catalyse scale. With one server nginx ignores max_fails and a restart is seen: two at least.\n");
	for (int i = 1; i <= n; i++)
		buf_fmt(b, "server unix:%s max_fails=1 fail_timeout=2s;\n", socket_of(s, i));
}

/* The last instance that runs, as its socket tells; first when none does after it. */
static int
last_running(const struct scale *s, int first)
{
	while (first < INSTANCES_MOST && access(socket_of(s, first + 1), F_OK) == 0)
		first++;
	return first;
}

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

/* --nginx DOSSIER and --apply, in any order after the number. */
static bool
options_read(struct cmd *c, struct scale *s, bool *ret_apply)
{
	const char *nginx = CATALYSE_NGINXDIR;

	*ret_apply = false;
	for (int i = 1; i < c->argc; i++) {
		if (strcmp(c->argv[i], "--apply") == 0)
			*ret_apply = true;
		else if (strcmp(c->argv[i], "--nginx") == 0 && i + 1 < c->argc)
			nginx = c->argv[++i];
		else
			return false;
	}
	const char *slash = strrchr(c->conf->socket, '/');
	s->c = c;
	s->folder = slash ? arena_fmt(c->arena, "%.*s", (int)(slash - c->conf->socket), c->conf->socket).p : ".";
	s->list = arena_fmt(c->arena, "%s/catalyse/instances.conf", nginx).p;
	return c->argc > 0;
}

int
cmd_scale(struct cmd *c)
{
	struct scale s;
	struct buf list;
	char *end;
	bool apply;

	if (!options_read(c, &s, &apply))
		return cmd_usage(c);
	long n = strtol(c->argv[0], &end, 10);
	if (*end || n < 2 || n > INSTANCES_MOST)
		return cmd_refuse(c, "entre 2 et %d instances : avec une seule, un redémarrage se voit", INSTANCES_MOST);
	buf_init(&list, c->arena, 1024);
	list_write(&s, &list, (int)n);
	if (!apply) {
		cmd_print(&list);
		return CMD_OK;
	}
	struct str former = STR_NONE;
	enum err e = cmd_file_read(c->arena, s.list, 1 << 20, &former);
	if (e)
		return cmd_refuse_err(c, "liste des instances", e);
	/* More: they answer before nginx knows them. Fewer: nginx forgets them before they stop. */
	int before = last_running(&s, 0);
	units(c, "enable", 1, (int)n);
	if ((e = file_put(c->arena, s.list, buf_str(&list))))
		return cmd_refuse_err(c, "liste des instances", e);
	char *test[] = { "nginx", "-t", "-q", NULL }, *reload[] = { "systemctl", "reload", "nginx", NULL };
	if (cmd_run(&(struct cmd_run){ .argv = test }) != 0) {
		if ((e = file_put(c->arena, s.list, former)))
			return cmd_refuse_err(c, "l'ancienne liste n'a pas été remise", e);
		units(c, "disable", before > 0 ? before + 1 : (int)n + 1, (int)n); /* nobody would ask them */
		return cmd_refuse(c, "nginx refuse cette configuration ; l'ancienne liste est remise");
	}
	if (cmd_run(&(struct cmd_run){ .argv = reload }) != 0)
		return cmd_refuse(c, "nginx n'a pas été rechargé : systemctl reload nginx");
	units(c, "disable", (int)n + 1, last_running(&s, (int)n));
	printf("%ld instances\n", n);
	return CMD_OK;
}
