/*
 * catalyse alerts: tells by mail whoever follows a list of what is new in it. A list is looked at once, whoever follows it, in one
 * transaction that holds it: what it holds, the mails, and what each alert has been told of. Run twice, it says nothing twice; stopped
 * anywhere, it goes on. Run each day by catalyse-alerts.timer.
 */
#include "app/cmd.h"
#include "crypt/hash.h"
#include "model/mail.h"
#include "page/alert_query.h"
#include "text/json_out.h"
#include "web/actor.h"

#include <stdio.h>

enum { SHOWN = 12 };

struct alerts_run {
	struct cmd *cmd;
	struct arena *arena; /* of one transaction */
	struct str base;
	struct actor_secret secret;
	const struct watch_due *due;
	size_t mails, items, unread;
	size_t mails_here, items_here; /* of this transaction */
	bool undone; /* a try: all was done, and is taken back */
	int64_t forgotten;
};

static struct str
absolute(const struct alerts_run *x, struct str path)
{
	return arena_fmt(x->arena, "%.*s%.*s", (int)x->base.n, x->base.p, (int)path.n, path.p);
}

/* "2 nouveautés et 1 changement" */
static struct str
counted(struct arena *a, const struct alert_new *n)
{
	int64_t changed = n->total - n->fresh_total;
	struct str fresh = words_count(a, n->fresh_total, "nouveauté", "nouveautés"), other = words_count(a, changed, "changement", "changements");

	if (changed == 0)
		return fresh;
	return n->fresh_total == 0 ? other : arena_fmt(a, "%.*s et %.*s", (int)fresh.n, fresh.p, (int)other.n, other.p);
}

/* One alert: its items follow each other from p, so many of them. */
static enum err
tell(struct alerts_run *x, struct db *db, struct req *r, const struct alert_new *p, size_t n, int64_t turn)
{
	struct arena *a = x->arena;
	struct letter_link *links = arena_array(a, struct letter_link, n + 2);
	struct str paragraphs[3] = { STR("Bonjour,") }, count = counted(a, p);
	size_t nlinks = 0;
	struct url manage;
	int64_t id = 0;
	enum err e = alert_manage_link(r, p->follower, &manage);

	if (e)
		return e;
	for (size_t i = 0; i < n; i++)
		links[nlinks++] = (struct letter_link){ p[i].fresh ? p[i].title : arena_fmt(a, "%.*s (a changé)", (int)p[i].title.n, p[i].title.p), absolute(x, p[i].path) };
	links[nlinks++] = (struct letter_link){ p->total > (int64_t)n ? arena_fmt(a, "Et %lld autres : voir toute la liste", (long long)(p->total - (int64_t)n))
		                                                      : STR("Voir toute la liste"),
		                                absolute(x, x->due->query) };
	links[nlinks++] = (struct letter_link){ STR("Mettre en pause, changer de rythme, supprimer"), absolute(x, (struct str){ manage.p, manage.n }) };
	paragraphs[1] = p->empty ? STR("Vous cherchiez, et rien ne répondait. C’est la première réponse.") : STR("Voici ce qui est nouveau dans une liste que vous suivez.");
	paragraphs[2] = arena_fmt(a, "%.*s\n%.*s", (int)p->label.n, p->label.p, (int)count.n, count.p);
	struct mail m = {
		.to = p->email, .kind = STR("alerte"),
		.subject = arena_fmt(a, "%.*s : %.*s", (int)(p->empty ? strlen("Une première réponse") : count.n), p->empty ? "Une première réponse" : count.p, (int)p->label.n,
		                     p->label.p),
		.letter = { .paragraphs = paragraphs, .nparagraphs = 3, .links = links, .nlinks = nlinks },
	};
	if ((e = mail_queue(db, a, &m, &id)))
		return e;
	x->mails_here += id != 0;
	x->items_here += (size_t)p->total;
	return alert_told(db, a, p->alert, turn, id);
}

static enum err
look(struct db *db, void *arg)
{
	struct alerts_run *x = arg;
	struct arena *a = x->arena;
	struct req r = { .arena = a, .db = db, .write = db, .base = x->base, .secret = &x->secret };
	struct alert_query q;
	struct watch watch;
	struct watch_items items;
	const struct alert_new *p;
	size_t n;
	int64_t turn;
	enum err e;

	x->mails_here = x->items_here = 0;
	x->undone = false;
	if (!alert_query_read(&r, x->due->query, &q)) {
		x->unread++; /* its page reads it no more either: nothing can be said of it */
		return ERR_NONE;
	}
	if ((e = watch_hold(db, a, x->due->query, &watch)) || (e = alert_query_run(&q, watch.looked_on, &items))
	    || (e = watch_look(db, a, watch.id, &items, &turn)) || (e = alert_news(db, a, watch.id, SHOWN, &p, &n)))
		return e;
	for (size_t i = 0, end; i < n && !e; i = end) {
		for (end = i; end < n && p[end].alert == p[i].alert;)
			end++;
		e = tell(x, db, &r, &p[i], end - i, turn);
	}
	x->undone = !e && x->cmd->dry_run;
	return x->undone ? ERR_CONFLICT : e; /* an error takes it back */
}

static enum err
forget(struct db *db, void *arg)
{
	struct alerts_run *x = arg;

	return watch_forget(db, x->arena, &x->forgotten);
}

static void
report(const struct alerts_run *x, size_t lists)
{
	struct cmd *c = x->cmd;
	struct buf b;

	buf_init(&b, c->arena, 512);
	if (c->json) {
		struct json_out j = json_out(&b);
		json_begin_object(&j);
		json_key(&j, "essai"), json_bool(&j, c->dry_run);
		json_key(&j, "listes"), json_int(&j, (int64_t)lists);
		json_key(&j, "courriels"), json_int(&j, (int64_t)x->mails);
		json_key(&j, "nouveautes"), json_int(&j, (int64_t)x->items);
		json_key(&j, "illisibles"), json_int(&j, (int64_t)x->unread);
		json_key(&j, "oubliees"), json_int(&j, x->forgotten);
		json_end(&j);
	} else {
		buf_fmt(&b, "%sListes regardées : %zu. Courriels : %zu. Nouveautés : %zu.", c->dry_run ? "Essai, rien n'est envoyé. " : "", lists, x->mails, x->items);
	}
	cmd_print(&b);
}

int
cmd_alerts(struct cmd *c)
{
	struct alerts_run x = { .cmd = c, .base = str_of(conf_text(c->conf, CONF_BASE_URL)) };
	const struct watch_due *due;
	size_t n, failed = 0;
	enum err e, last = ERR_NONE;

	if (c->argc != 0)
		return cmd_usage(c);
	if (x.base.n == 0)
		return cmd_refuse(c, "le réglage BASE_URL manque : les courriels portent des liens vers le site");
	struct db *db = cmd_db(c);
	if (!db)
		return CMD_REFUSED;
	crypt_start();
	if ((e = watch_due(db, c->arena, &due, &n)))
		return cmd_refuse_err(c, "listes", e);
	x.arena = arena_new(1 << 20, (size_t)1 << 28);
	for (size_t i = 0; i < n; i++) {
		x.due = &due[i];
		e = db_transaction(db, look, &x);
		if (!e || x.undone) {
			x.mails += x.mails_here;
			x.items += x.items_here;
		} else { /* the others are told all the same; this one is, the next time */
			failed++;
			last = e;
			fprintf(stderr, "catalyse alerts : %.*s : %s\n", (int)due[i].query.n, due[i].query.p, err_detail());
		}
		arena_reset(x.arena);
		cmd_progress(c, "Listes", i + 1, n);
	}
	if (!c->dry_run && (e = db_transaction(db, forget, &x)))
		last = e, failed++;
	arena_free(x.arena);
	report(&x, n);
	return failed ? cmd_refuse_err(c, "alertes", last) : CMD_OK;
}
