/*
 * catalyse mail bounces MAILDIR: reads the reports of delivery that came back, records those of our mails that failed, and moves
 * each letter of new/ to cur/: seen when it was recorded, unseen for a person to look at when it is something else.
 */
#include "app/cmd_mail.h"
#include "base/log.h"
#include "mail/dsn.h"
#include "mail/smtp.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>

#define LETTER_MAX ((size_t)4 << 20)

/* Whether the letter was a report of one of our mails, and is recorded. */
static enum err
record(struct cmd *c, struct arena *a, const char *path, bool *ret_recorded)
{
	struct str letter;
	struct dsn d;

	*ret_recorded = false;
	if (cmd_file_read(a, path, LETTER_MAX, &letter)) /* too large for a report: left to a person */
		return ERR_NONE;
	dsn_read(a, letter, &d);
	if (d.kind != DSN_FAILED || d.id.n == 0)
		return ERR_NONE;
	struct str said = mail_unaddressed(a, d.diagnostic);
	return mail_bounce(c->db_, a, d.id, smtp_address_is_bad(d.status),
	                   arena_fmt(a, "%.*s %.*s", (int)d.status.n, d.status.p, (int)said.n, said.p), ret_recorded);
}

int
mail_bounces(struct cmd *c, const char *maildir)
{
	struct buf b;
	int64_t seen = 0, recorded = 0;
	enum err e = ERR_NONE;

	if (!cmd_db(c))
		return CMD_REFUSED;
	struct str box = str_of(maildir);
	DIR *new = opendir(arena_fmt(c->arena, "%s/new", maildir).p);
	if (!new)
		return cmd_refuse(c, "%s/new : %s", maildir, strerror(errno));
	struct arena *a = arena_new((size_t)1 << 20, (size_t)1 << 26);
	for (struct dirent *f; !e && (f = readdir(new));) {
		bool ours = false;
		if (f->d_name[0] == '.')
			continue;
		arena_reset(a);
		struct str from = arena_fmt(a, "%.*s/new/%s", (int)box.n, box.p, f->d_name);
		if ((e = record(c, a, from.p, &ours)))
			break;
		struct str to = arena_fmt(a, "%.*s/cur/%.*s:2,%s", (int)box.n, box.p, (int)strcspn(f->d_name, ":"), f->d_name, ours ? "S" : "");
		if (rename(from.p, to.p) != 0)
			e = err_note(ERR_IO, "%s : %s", to.p, strerror(errno));
		seen++;
		recorded += ours;
	}
	closedir(new);
	arena_free(a);
	if (e)
		return cmd_refuse_err(c, "rebonds", e);
	buf_init(&b, c->arena, 128);
	if (c->json)
		buf_fmt(&b, "{\"lus\":%lld,\"rebonds\":%lld}", (long long)seen, (long long)recorded);
	else
		buf_fmt(&b, "%lld lus, dont %lld rebonds.", (long long)seen, (long long)recorded);
	cmd_print(&b);
	return CMD_OK;
}
