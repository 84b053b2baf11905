#include "app/cmd_erasures.h"
#include "model/mail.h"
#include "model/personal.h"
#include "text/json_out.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FILE_MOST = 64 << 20 };

/* The next line, cut in four at spaces. False at the end; *ret_good false: not a line of ours. */
static bool
line_read(struct str *rest, struct personal_gone *ret, bool *ret_good)
{
	struct str part[5], line;
	size_t n = 0;

	if (rest->n == 0)
		return false;
	const char *end = memchr(rest->p, '\n', rest->n);
	line = (struct str){ rest->p, end ? (size_t)(end - rest->p) : rest->n };
	rest->p += line.n + (end != NULL), rest->n -= line.n + (end != NULL);
	while (line.n && n < 5) {
		const char *space = memchr(line.p, ' ', line.n);
		part[n] = (struct str){ line.p, space ? (size_t)(space - line.p) : line.n };
		line.p += part[n].n + (space != NULL), line.n -= part[n].n + (space != NULL);
		n++;
	}
	*ret_good = n == 4 && part[0].n > 0 && part[0].n < 10 && (str_eq(part[2], STR("garder")) || str_eq(part[2], STR("retirer")));
	if (!*ret_good)
		return true;
	*ret = (struct personal_gone){ .account = 0, .made_at = part[1], .sheets = part[2], .erased_at = part[3] };
	for (size_t i = 0; i < part[0].n; i++) {
		if (part[0].p[i] < '0' || part[0].p[i] > '9')
			*ret_good = false;
		ret->account = ret->account * 10 + (part[0].p[i] - '0');
	}
	return true;
}

static bool
listed(struct str text, const struct personal_gone *g)
{
	struct personal_gone x;
	bool good;

	while (line_read(&text, &x, &good))
		if (good && x.account == g->account && str_eq(x.made_at, g->made_at))
			return true;
	return false;
}

static enum err
append(struct cmd *c, int fd, const char *path, const struct personal_gones *list, size_t *ret_added)
{
	struct str text;
	struct buf b;
	enum err e = cmd_file_read(c->arena, path, FILE_MOST, &text);

	if (e)
		return e;
	buf_init(&b, c->arena, 4096);
	if (text.n && text.p[text.n - 1] != '\n')
		buf_char(&b, '\n'); /* a line that was cut */
	for (size_t i = 0; i < list->n; i++) {
		const struct personal_gone *g = &list->p[i];
		if (listed(text, g))
			continue;
		buf_fmt(&b, "%lld %.*s %.*s %.*s\n", (long long)g->account, (int)g->made_at.n, g->made_at.p, (int)g->sheets.n, g->sheets.p, (int)g->erased_at.n,
		        g->erased_at.p);
		++*ret_added;
	}
	for (size_t done = 0; *ret_added && done < b.n;) {
		ssize_t n = write(fd, b.p + done, b.n - done);
		if (n < 0 && errno != EINTR)
			return err_note(ERR_IO, "%s : %s", path, strerror(errno));
		done += n > 0 ? (size_t)n : 0;
	}
	return *ret_added && fsync(fd) != 0 ? err_note(ERR_IO, "%s : %s", path, strerror(errno)) : ERR_NONE;
}

enum err
erasures_export(struct cmd *c, struct db *db, const char *path, size_t *ret_added)
{
	struct personal_gones list;
	size_t added = 0;

	if (!path)
		path = conf_text(c->conf, CONF_ERASURES_FILE);
	if (*path == 0)
		return ERR_NONE;
	enum err e = personal_gone_list(db, c->arena, &list);
	if (e)
		return e;
	int fd = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOCTTY, 0640);
	if (fd < 0)
		return err_note(ERR_IO, "%s : %s", path, strerror(errno));
	e = flock(fd, LOCK_EX) == 0 ? append(c, fd, path, &list, &added) : err_note(ERR_IO, "%s : %s", path, strerror(errno));
	/* Its date says until when it knows who went, whether somebody did or not: restore reads it. */
	if (!e && futimens(fd, NULL) != 0)
		e = err_note(ERR_IO, "%s : %s", path, strerror(errno));
	close(fd);
	if (ret_added)
		*ret_added = added;
	return e;
}

enum err
erasures_last(struct cmd *c, struct db *db, struct str *ret)
{
	struct personal_gones list;
	enum err e = personal_gone_list(db, c->arena, &list);

	if (!e && list.n)
		*ret = list.p[list.n - 1].erased_at; /* they come in that order */
	return e;
}

struct again {
	struct cmd *cmd;
	struct personal_gone gone;
	struct str outcome;
};

static enum err
erase_again(struct db *db, void *arg)
{
	struct again *x = arg;

	return personal_erase_again(db, x->cmd->arena, &x->gone, &x->outcome);
}

enum err
erasures_replay(struct cmd *c, struct db *db, const char *path, struct erasures_done *ret)
{
	static const char *const outcomes[] = { "efface", "deja", "inconnu" };
	struct again x = { .cmd = c };
	size_t n[3] = { 0, 0, 0 }, bad = 0;
	struct str text;
	bool good;
	int64_t lapsed;
	enum err e = cmd_file_read(c->arena, path, FILE_MOST, &text);

	/* An older base may have stopped in the middle of a mail that holds their words: what is being sent is not erased. */
	if (e || (e = mail_lapse(db, c->arena, &lapsed)))
		return e;
	size_t total = text.n;
	while (line_read(&text, &x.gone, &good)) {
		cmd_progress(c, "suppressions", total - text.n, total);
		if (!good) {
			bad++;
			continue;
		}
		if ((e = db_transaction(db, erase_again, &x)))
			return e;
		for (size_t i = 0; i < 3; i++)
			n[i] += str_eq(x.outcome, str_of(outcomes[i]));
	}
	*ret = (struct erasures_done){ .erased = n[0], .already = n[1], .unknown = n[2], .unreadable = bad };
	return ERR_NONE;
}

static int
replay(struct cmd *c, struct db *db, const char *path)
{
	struct erasures_done d;
	struct buf b;
	enum err e = erasures_replay(c, db, path, &d);

	if (e)
		return cmd_refuse_err(c, "suppressions", e);
	buf_init(&b, c->arena, 256);
	if (c->json) {
		struct json_out j = json_out(&b);
		json_begin_object(&j);
		json_key(&j, "effaces"), json_int(&j, (int64_t)d.erased);
		json_key(&j, "deja"), json_int(&j, (int64_t)d.already);
		json_key(&j, "inconnus"), json_int(&j, (int64_t)d.unknown);
		json_key(&j, "illisibles"), json_int(&j, (int64_t)d.unreadable);
		json_end(&j);
	} else {
		buf_fmt(&b, "%zu compte%s effacé%s à nouveau, %zu l'étai%s déjà, %zu inconnu%s de cette base.", d.erased, d.erased > 1 ? "s" : "", d.erased > 1 ? "s" : "",
		        d.already, d.already > 1 ? "ent" : "t", d.unknown, d.unknown > 1 ? "s" : "");
	}
	cmd_print(&b);
	return d.unreadable ? cmd_refuse(c, "%s : %zu ligne%s illisible%s", path, d.unreadable, d.unreadable > 1 ? "s" : "", d.unreadable > 1 ? "s" : "") : CMD_OK;
}

int
cmd_erasures(struct cmd *c)
{
	bool write = c->argc > 0 && strcmp(c->argv[0], "export") == 0, read = c->argc > 0 && strcmp(c->argv[0], "replay") == 0;
	const char *path = c->argc > 1 ? c->argv[1] : conf_text(c->conf, CONF_ERASURES_FILE);
	size_t added = 0;

	if (!(write || read) || c->argc > 2)
		return cmd_usage(c);
	if (*path == 0)
		return cmd_refuse(c, "nommez un fichier : le réglage ERASURES_FILE est vide");
	struct db *db = cmd_db(c);
	if (!db)
		return CMD_REFUSED;
	if (read)
		return replay(c, db, path);
	enum err e = erasures_export(c, db, path, &added);
	if (e)
		return cmd_refuse_err(c, "suppressions", e);
	struct buf b;
	buf_init(&b, c->arena, 200);
	if (c->json) {
		struct json_out j = json_out(&b);
		json_begin_object(&j);
		json_key(&j, "fichier"), json_str(&j, str_of(path));
		json_key(&j, "ajoutees"), json_int(&j, (int64_t)added);
		json_end(&j);
	} else {
		buf_fmt(&b, "%s : %zu suppression%s ajoutée%s.", path, added, added > 1 ? "s" : "", added > 1 ? "s" : "");
	}
	cmd_print(&b);
	return CMD_OK;
}
