/*
 * catalyse backup: a backup by pgBackRest, what the base holds noted with it, and what came of it noted in BACKUP_STATE. Without a word: a complete
 * one when there is none of this week, else what changed since. Each repository has its own: pgBackRest alone would fill the first. setup: tools/backup,
 * the script that prepares the whole. status: what there is.
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
	json_key(j, "etiquette"), json_str(j, b->label);
	json_key(j, "depot"), json_int(j, b->repo);
	json_key(j, "type"), json_str(j, b->type);
	json_key(j, "finie_le"), json_int(j, b->stop);
	json_key(j, "duree_s"), json_int(j, b->stop - b->start);
	json_key(j, "octets"), json_int(j, b->bytes);
	json_key(j, "octets_gardes"), json_int(j, b->stored_bytes);
	json_key(j, "octets_ajoutes"), json_int(j, b->written_bytes);
}

static int
status(struct cmd *c, const struct repository *r)
{
	struct repository_list list;
	struct buf b;
	enum err e = repository_list(r, 0, &list);

	if (e)
		return cmd_refuse_err(c, "dépôt", e);
	buf_init(&b, c->arena, 1024);
	if (c->json) {
		struct json_out j = json_out(&b);
		json_begin_array(&j);
		for (size_t i = 0; i < list.n; i++) {
			json_begin_object(&j);
			backup_put(&j, &list.p[i]);
			json_end(&j);
		}
		json_end(&j);
	} else {
		for (size_t i = 0; i < list.n; i++) {
			const struct repository_backup *k = &list.p[i];
			char when[32];
			struct tm tm;
			time_t t = (time_t)k->stop;
			strftime(when, sizeof(when), "%Y-%m-%d %H:%M:%S %z", localtime_r(&t, &tm));
			buf_fmt(&b, "%-34.*s %s  base %s, gardée en %s%s\n", (int)k->label.n, k->label.p, when, size_said(c->arena, k->bytes), size_said(c->arena, k->stored_bytes),
			        list.nrepos > 1 ? arena_fmt(c->arena, ", dépôt %d", k->repo).p : "");
		}
		if (!list.n)
			buf_lit(&b, "Aucune sauvegarde.");
	}
	bool whole = list.n > 0;
	for (size_t i = 0; i < list.nrepos && list.n; i++) {
		size_t n = 0;
		for (size_t k = 0; k < list.n; k++)
			n += list.p[k].repo == list.repos[i];
		if (!n && !c->json)
			buf_fmt(&b, "Aucune sauvegarde dans le dépôt %d : catalyse backup full", list.repos[i]);
		whole = whole && n;
	}
	cmd_print(&b);
	return whole ? CMD_OK : CMD_REFUSED;
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
take(const struct repository *r, int repo, const char *type, struct repository_backup *ret)
{
	const char *w[COUNTS_MOST], *kind = arena_fmt(r->cmd->arena, "--type=%s", type).p, *into = arena_fmt(r->cmd->arena, "--repo=%d", repo).p;
	struct repository_list list;
	enum err e = notes(r, w);

	if (e)
		return e;
	if ((e = repository_run(r, NULL, "backup", into, kind, w[0], w[1], w[2], w[3], w[4], w[5], w[6], w[7], w[8], w[9], w[10], w[11], w[12], w[13], NULL)))
		return e;
	if ((e = repository_list(r, repo, &list)))
		return e;
	if (!list.n)
		return err_note(ERR_IO, "la sauvegarde faite ne se retrouve pas dans le dépôt");
	*ret = list.p[list.n - 1];
	return ret->damaged ? err_note(ERR_IO, "%.*s : des pages de la base ont une somme fausse ; voir le journal de PostgreSQL", (int)ret->label.n, ret->label.p) : ERR_NONE;
}

/* type: empty for the one that is due there. The first error of any is kept, and does not keep the others from theirs. */
static enum err
take_all(struct cmd *c, const struct repository *r, const char *type, struct repository_backup made[REPOS_MOST], size_t *ret_made, struct str *ret_message)
{
	struct repository_list all, list;
	enum err e = repository_list(r, 0, &all), ret = e;

	*ret_made = 0;
	*ret_message = e ? str_of(arena_cstr(c->arena, str_of(err_detail()))) : STR_NONE;
	for (size_t i = 0; !e && i < all.nrepos; i++) {
		int repo = all.repos[i];
		struct backup_state was = { 0 };
		enum err one = repository_list(r, repo, &list);
		if (!one) {
			state_of(&was, &list);
			const char *kind = type[0] ? type : list.n && was.full_at > time(NULL) - WEEK_S ? "diff" : "full";
			if (c->tty && !c->json)
				fprintf(stderr, "Sauvegarde %s en cours, dépôt %d…\n", kind, repo);
			one = take(r, repo, kind, &made[*ret_made]);
		}
		*ret_made += !one;
		if (one && !ret) {
			ret = one;
			*ret_message = all.nrepos > 1 ? arena_fmt(c->arena, "dépôt %d : %s", repo, err_detail()) : str_of(arena_cstr(c->arena, str_of(err_detail())));
		}
	}
	if (!ret && !*ret_made)
		ret = ERR_IO, *ret_message = STR("aucun dépôt");
	return ret;
}

int
cmd_backup(struct cmd *c)
{
	const char *type = c->argc > 0 ? c->argv[0] : "";
	const char *path = conf_text(c->conf, CONF_BACKUP_STATE);
	struct repository r;
	struct repository_backup made[REPOS_MOST], *last = made;
	size_t nmade = 0;
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
	e = take_all(c, &r, type, made, &nmade, &state.backup.message);
	int64_t took = clock_ms() - begun;
	if (repository_list(&r, 0, &list) == ERR_NONE)
		state_of(&state, &list);
	if (!e) {
		last = &made[nmade - 1];
		state.backup.good_at = last->stop, state.backup.took_ms = took, state.backup.label = last->label;
	}
	enum err unsaid = backup_state_write(c->arena, path, &state);
	if (unsaid)
		cmd_refuse_err(c, "état", unsaid);
	if (e)
		return cmd_refuse(c, "%.*s", (int)state.backup.message.n, state.backup.message.p);
	buf_init(&b, c->arena, 512);
	if (c->json) {
		struct json_out j = json_out(&b);
		json_begin_object(&j);
		backup_put(&j, &made[0]);
		json_key(&j, "autres"), json_begin_array(&j);
		for (size_t i = 1; i < nmade; i++) {
			json_begin_object(&j);
			backup_put(&j, &made[i]);
			json_end(&j);
		}
		json_end(&j);
		json_end(&j);
	} else {
		for (size_t i = 0; i < nmade; i++)
			buf_fmt(&b, "%s%.*s : base de %s, gardée en %s%s", i ? "\n" : "", (int)made[i].label.n, made[i].label.p, size_said(c->arena, made[i].bytes),
			        size_said(c->arena, made[i].stored_bytes), nmade > 1 ? arena_fmt(c->arena, " dans le dépôt %d", made[i].repo).p : "");
		buf_fmt(&b, ", %s.", time_said(c->arena, took));
	}
	cmd_print(&b);
	return unsaid ? CMD_REFUSED : CMD_OK;
}
