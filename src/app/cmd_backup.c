/*
 * catalyse backup: a backup by pgBackRest, what the base holds noted with it, and what came of it noted in BACKUP_STATE. Without a word: a complete
 * one when there is none of this week, else what changed since. setup: tools/backup, the script that prepares the whole. status: what there is.
 */
#include "app/cmd_repository.h"
#include "app/cmd_run.h"
#include "text/json_out.h"

#include <errno.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

enum { WEEK_S = 7 * 86400 - 6 * 3600 }; /* the timer is not to the minute */

static int
setup(struct cmd *c)
{
	const char *script = CATALYSE_PKGDATADIR "/tools/backup";
	char **argv = arena_array(c->arena, char *, (size_t)c->argc + 8), path[1024];
	ssize_t n = readlink("/proc/self/exe", path, sizeof(path) - 32);
	size_t k = 0;

	/* In the checkout, beside the program that was built there. */
	for (path[n > 0 ? n : 0] = 0; access(script, X_OK) != 0; script = path) {
		char *slash = strrchr(path, '/');
		if (script == path || !slash)
			return cmd_refuse(c, "%s : %s", CATALYSE_PKGDATADIR "/tools/backup", strerror(ENOENT));
		snprintf(slash, 32, "/tools/backup");
	}
	argv[k++] = (char *)script;
	argv[k++] = "--config", argv[k++] = (char *)conf_text(c->conf, CONF_BACKUP_CONFIG);
	argv[k++] = "--stanza", argv[k++] = (char *)conf_text(c->conf, CONF_BACKUP_STANZA);
	if (conf_text(c->conf, CONF_BACKUP_STATE)[0])
		argv[k++] = "--state", argv[k++] = (char *)conf_text(c->conf, CONF_BACKUP_STATE);
	for (int i = 1; i < c->argc; i++)
		argv[k++] = c->argv[i];
	return cmd_run(&(struct cmd_run){ .argv = argv, .to_err = true }) == 0 ? CMD_OK : cmd_refuse(c, "la préparation n'est pas finie");
}

static void
state_of(struct backup_state *s, const struct repository_list *list)
{
	const struct repository_backup *last = list->n ? &list->p[list->n - 1] : NULL;

	if (!last)
		return;
	s->oldest_at = list->p[0].stop;
	s->bytes = last->bytes, s->stored_bytes = last->stored_bytes;
	for (size_t i = 0; i < list->n; i++)
		if (str_eq(list->p[i].type, STR("full")))
			s->full_at = list->p[i].stop;
}

static void
backup_put(struct json_out *j, const struct repository_backup *b)
{
	json_begin_object(j);
	json_key(j, "etiquette"), json_str(j, b->label);
	json_key(j, "type"), json_str(j, b->type);
	json_key(j, "finie_le"), json_int(j, b->stop);
	json_key(j, "duree_s"), json_int(j, b->stop - b->start);
	json_key(j, "octets"), json_int(j, b->bytes);
	json_key(j, "octets_gardes"), json_int(j, b->stored_bytes);
	json_key(j, "octets_ajoutes"), json_int(j, b->written_bytes);
	json_end(j);
}

static int
status(struct cmd *c, const struct repository *r)
{
	struct repository_list list;
	struct buf b;
	enum err e = repository_list(r, &list);

	if (e)
		return cmd_refuse_err(c, "dépôt", e);
	buf_init(&b, c->arena, 1024);
	if (c->json) {
		struct json_out j = json_out(&b);
		json_begin_array(&j);
		for (size_t i = 0; i < list.n; i++)
			backup_put(&j, &list.p[i]);
		json_end(&j);
	} else {
		for (size_t i = 0; i < list.n; i++) {
			const struct repository_backup *k = &list.p[i];
			char when[32];
			struct tm tm;
			time_t t = (time_t)k->stop;
			strftime(when, sizeof(when), "%Y-%m-%d %H:%M:%S %z", localtime_r(&t, &tm));
			buf_fmt(&b, "%-34.*s %s  base %s, gardée en %s\n", (int)k->label.n, k->label.p, when, size_said(c->arena, k->bytes), size_said(c->arena, k->stored_bytes));
		}
		if (!list.n)
			buf_lit(&b, "Aucune sauvegarde.");
	}
	cmd_print(&b);
	return list.n ? CMD_OK : CMD_REFUSED;
}

/* What the base holds, as annotations: the drill looks for them again. */
static enum err
notes(const struct repository *r, const char *words[COUNTS_MOST])
{
	struct counts n;
	enum err e = repository_counts(r, r->host, r->port, &n);

	if (e)
		return e;
	for (size_t i = 0; i < COUNTS_MOST; i++)
		words[i] = i < n.n ? arena_fmt(r->cmd->arena, "--annotation=%.*s=%lld", (int)n.p[i].what.n, n.p[i].what.p, (long long)n.p[i].n).p : "";
	return ERR_NONE;
}

static enum err
take(const struct repository *r, const char *type, struct repository_backup *ret)
{
	const char *w[COUNTS_MOST], *kind = arena_fmt(r->cmd->arena, "--type=%s", type).p;
	struct repository_list list;
	enum err e = notes(r, w);

	if (e)
		return e;
	if ((e = repository_run(r, NULL, "backup", kind, w[0], w[1], w[2], w[3], w[4], w[5], w[6], w[7], w[8], w[9], w[10], w[11], w[12], w[13], NULL)))
		return e;
	if ((e = repository_list(r, &list)))
		return e;
	if (!list.n)
		return err_note(ERR_IO, "la sauvegarde faite ne se retrouve pas dans le dépôt");
	*ret = list.p[list.n - 1];
	return ret->damaged ? err_note(ERR_IO, "%.*s : des pages de la base ont une somme fausse ; voir le journal de PostgreSQL", (int)ret->label.n, ret->label.p) : ERR_NONE;
}

int
cmd_backup(struct cmd *c)
{
	const char *type = c->argc > 0 ? c->argv[0] : "";
	const char *path = conf_text(c->conf, CONF_BACKUP_STATE);
	struct repository r;
	struct repository_backup made = { 0 };
	struct repository_list list = { 0 };
	struct backup_state state;
	struct buf b;

	if (strcmp(type, "setup") == 0)
		return setup(c);
	if (c->argc > 1 || (type[0] && strcmp(type, "full") && strcmp(type, "diff") && strcmp(type, "incr") && strcmp(type, "status")))
		return cmd_usage(c);
	enum err e = repository_open(c, &r);
	if (e)
		return cmd_refuse_err(c, "dépôt", e);
	if (strcmp(type, "status") == 0)
		return status(c, &r);
	if ((e = backup_state_read(c->arena, path, &state)))
		state = (struct backup_state){ 0 };
	state.backup.at = time(NULL);
	int64_t begun = clock_ms();
	if (!type[0]) {
		e = repository_list(&r, &list);
		state_of(&state, &list);
		type = list.n && state.full_at > time(NULL) - WEEK_S ? "diff" : "full";
	}
	if (c->tty && !c->json)
		fprintf(stderr, "Sauvegarde %s en cours…\n", type);
	if (!e)
		e = take(&r, type, &made);
	int64_t took = clock_ms() - begun;
	state.backup.message = e ? str_of(arena_cstr(c->arena, str_of(err_detail()))) : STR_NONE;
	if (!e) {
		state.backup.good_at = made.stop, state.backup.took_ms = took, state.backup.label = made.label;
		if (repository_list(&r, &list) == ERR_NONE)
			state_of(&state, &list);
	}
	enum err unsaid = backup_state_write(c->arena, path, &state);
	if (unsaid)
		cmd_refuse_err(c, "état", unsaid);
	if (e)
		return cmd_refuse(c, "%.*s", (int)state.backup.message.n, state.backup.message.p);
	buf_init(&b, c->arena, 512);
	if (c->json) {
		struct json_out j = json_out(&b);
		backup_put(&j, &made);
	} else {
		buf_fmt(&b, "%.*s : base de %s, gardée en %s, %s.", (int)made.label.n, made.label.p, size_said(c->arena, made.bytes), size_said(c->arena, made.stored_bytes),
		        time_said(c->arena, took));
	}
	cmd_print(&b);
	return unsaid ? CMD_REFUSED : CMD_OK;
}
