/*
 * catalyse mail: the queue of mail, sent, watched and tried; docs/design/courriels.md.
 */
#include "app/cmd_mail.h"
#include "text/json_out.h"

#include <string.h>

static int
status(struct cmd *c)
{
	struct mail_counts n;
	struct db *db = cmd_db(c);
	enum err e;

	if (!db)
		return CMD_REFUSED;
	if ((e = mail_status(db, c->arena, &n)))
		return cmd_refuse_err(c, "file", e);
	const struct {
		const char *key, *label;
		int64_t n;
	} rows[] = { { "attente", "en attente", n.waiting },          { "dues", "dont à envoyer maintenant", n.due },
		     { "retenues", "retenus pour le résumé du jour", n.held }, { "envoi", "en cours d’envoi", n.sending },
		     { "envoyees", "envoyés", n.sent },              { "incertaines", "incertains", n.uncertain },
		     { "rebonds", "revenus", n.bounced },            { "echecs", "abandonnés", n.failed },
		     { "annulees", "annulés", n.cancelled },         { "adresses_bloquees", "adresses où ne plus écrire", n.blocked },
		     { "retard_s", "secondes de retard", n.late_s } };
	struct buf b;
	buf_init(&b, c->arena, 1024);
	if (c->json) {
		struct json_out j = json_out(&b);
		json_begin_object(&j);
		for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
			json_key(&j, rows[i].key), json_int(&j, rows[i].n);
		json_key(&j, "derniere_erreur"), json_str(&j, n.last_error);
		json_end(&j);
	} else {
		for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
			buf_fmt(&b, "%8lld %s\n", (long long)rows[i].n, rows[i].label);
		if (n.last_error.n)
			buf_fmt(&b, "Dernière erreur : %.*s\n", (int)n.last_error.n, n.last_error.p);
	}
	cmd_print(&b);
	return CMD_OK;
}

static int
try_one(struct cmd *c, const char *address)
{
	struct sender s;
	int done = sender_open(c, &s);

	if (done != CMD_OK)
		return done;
	done = sender_try(&s, str_of(address));
	sender_close(&s);
	return done;
}

struct str
mail_unaddressed(struct arena *a, struct str said)
{
	struct buf b;

	buf_init(&b, a, said.n + 16);
	for (size_t i = 0; i < said.n;) {
		size_t end = i;
		while (end < said.n && said.p[end] != ' ')
			end++;
		if (b.n > 0)
			buf_char(&b, ' ');
		buf_put(&b, memchr(said.p + i, '@', end - i) ? STR("(adresse)") : (struct str){ said.p + i, end - i });
		i = end + 1;
	}
	return buf_str(&b);
}

int
cmd_mail(struct cmd *c)
{
	const char *what = c->argc > 0 ? c->argv[0] : "";

	if (strcmp(what, "send") == 0 && c->argc == 1)
		return mail_send_all(c);
	if (strcmp(what, "serve") == 0 && c->argc == 1)
		return mail_serve(c);
	if (strcmp(what, "status") == 0 && c->argc == 1)
		return status(c);
	if (strcmp(what, "test") == 0 && c->argc == 2)
		return try_one(c, c->argv[1]);
	if (strcmp(what, "bounces") == 0 && c->argc == 2)
		return mail_bounces(c, c->argv[1]);
	if (strcmp(what, "uncertain") == 0 && c->argc == 1)
		return mail_uncertain(c);
	if ((strcmp(what, "again") == 0 || strcmp(what, "leave") == 0) && c->argc == 2)
		return mail_settle_doubt(c, c->argv[1], what[0] == 'a');
	return cmd_usage(c);
}
