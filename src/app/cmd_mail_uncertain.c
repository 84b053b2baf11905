/*
 * catalyse mail uncertain, again, leave: mails whose last answer was lost. Only the server's own journal knows whether it took them; the
 * operator looks there, by the Message-ID, and says. Nothing of this is done by itself: a second letter is worse than a late one.
 */
#include "app/cmd_mail.h"
#include "text/json_out.h"

#include <stdio.h>
#include <string.h>

int
mail_uncertain(struct cmd *c)
{
	struct mail_doubts list;
	struct str from = str_of(c->conf->mail_from);
	struct db *db = cmd_db(c);
	const char *at = from.n ? memchr(from.p, '@', from.n) : NULL;
	struct str domain = at ? (struct str){ at, from.n - (size_t)(at - from.p) } : STR_NONE;
	struct buf b;

	if (!db)
		return CMD_REFUSED;
	enum err e = mail_uncertain_list(db, c->arena, &list);
	if (e)
		return cmd_refuse_err(c, "file", e);
	buf_init(&b, c->arena, 4096);
	struct json_out j = json_out(&b);
	if (c->json)
		json_begin_array(&j);
	for (size_t i = 0; i < list.n; i++) {
		const struct mail_doubt *m = &list.p[i];
		struct str id = arena_fmt(c->arena, "%lld.%.*s%.*s", (long long)m->id, (int)m->key.n, m->key.p, (int)domain.n, domain.p);
		if (c->json) {
			json_begin_object(&j);
			json_key(&j, "numero"), json_int(&j, m->id);
			json_key(&j, "message_id"), json_str(&j, id);
			json_key(&j, "le"), json_str(&j, m->at);
			json_key(&j, "sorte"), json_str(&j, m->kind);
			json_key(&j, "a"), json_str(&j, m->to);
			json_key(&j, "objet"), json_str(&j, m->subject);
			json_key(&j, "erreur"), json_str(&j, m->why);
			json_end(&j);
		} else {
			buf_fmt(&b, "%lld  %.*s  <%.*s>  %.*s : %.*s\n", (long long)m->id, (int)m->at.n, m->at.p, (int)id.n, id.p, (int)m->to.n, m->to.p, (int)m->subject.n,
			        m->subject.p);
		}
	}
	if (c->json)
		json_end(&j);
	else if (list.n == 0)
		buf_lit(&b, "Aucun courriel incertain.");
	else
		buf_lit(&b, "Le journal du serveur dit s’il les a pris : catalyse mail again NUMÉRO, ou catalyse mail leave NUMÉRO.");
	cmd_print(&b);
	return CMD_OK;
}

int
mail_settle_doubt(struct cmd *c, const char *which, bool again)
{
	bool all = strcmp(which, "tout") == 0;
	struct db *db;
	int64_t n = 0;

	if (!all && (strlen(which) > 18 || which[0] == 0 || strspn(which, "0123456789") != strlen(which)))
		return cmd_refuse(c, "un numéro, ou tout : %s", which);
	if (!(db = cmd_db(c)))
		return CMD_REFUSED;
	enum err e = mail_resolve(db, c->arena, all ? STR_NONE : str_of(which), again, &n);
	if (e)
		return cmd_refuse_err(c, "file", e);
	if (n == 0 && !all)
		return cmd_refuse(c, "le courriel %s n’est pas incertain, ou son texte est déjà oublié", which);
	if (c->json)
		printf("{\"courriels\":%lld}\n", (long long)n);
	else
		printf("%lld %s\n", (long long)n, again ? "remis dans la file" : "laissés");
	return CMD_OK;
}
