/*
 * catalyse freshness: asks those who hold a sheet that nobody verified for a year, reminds them a month later, then tells who reviews it
 * and shows it as to be verified; tells who reviews of corrections that nobody answered for two weeks; wipes addresses that have
 * served, and what has had its time (links, sessions, tries, kept answers). Run each day by catalyse-freshness.timer; whatever was said is not said again,
 * nor twice by two hosts at the same time.
 */
#include "app/cmd.h"
#include "model/account.h"
#include "model/follow.h"
#include "model/freshness.h"
#include "model/introduction.h"
#include "model/mail.h"
#include "model/workshop.h"
#include "text/date.h"
#include "text/json_out.h"

#include <stdlib.h>
#include <string.h>

enum { MONTHS = 12, SHEETS_MOST = 100, LATE_DAYS = 14, LINK_LASTS_S = 60 * 24 * 3600 };

struct fresh {
	struct cmd *cmd;
	struct arena *arena; /* of one transaction */
	struct str base;
	const struct stale_sheet *sheet;
	bool taken;
	size_t asked, reminded, escalated, mails, late;
	int64_t wiped, hushed, gone;
};

static enum err
link_for(struct fresh *f, struct db *db, const char *purpose, int64_t account, int64_t sheet, int64_t number, struct str path, struct str *ret)
{
	struct token t;

	token_make(&t);
	*ret = arena_fmt(f->arena, "%.*s%.*s?lien=%s", (int)f->base.n, f->base.p, (int)path.n, path.p, t.text);
	return token_put(db, f->arena, str_of(t.sum), purpose, account, sheet, arena_fmt(f->arena, "{\"numero\":%lld}", (long long)number), LINK_LASTS_S);
}

static enum err
ask(struct db *db, void *arg)
{
	struct fresh *f = arg;
	struct arena *a = f->arena;
	const struct stale_sheet *s = f->sheet;
	struct follow_people people;
	enum err e = freshness_take(db, a, s, &f->taken);

	if (e || !f->taken || (e = follow_people(db, a, s->id, &people)))
		return e;
	bool up = str_eq(s->due, STR("escalade")), again = str_eq(s->due, STR("rappel"));
	struct str since = date_long(a, s->since), path = arena_fmt(a, "/fiches/%lld/confirmer", (long long)s->id);
	struct str what = up ? arena_fmt(a, "Personne n’a vérifié la fiche « %.*s » depuis le %.*s, et personne n’a répondu pour elle. Elle est maintenant montrée « à vérifier ».",
	                                 (int)s->title.n, s->title.p, (int)since.n, since.p)
	                     : arena_fmt(a, "Personne n’a vérifié la fiche « %.*s » depuis le %.*s. Est-elle toujours exacte ?", (int)s->title.n, s->title.p, (int)since.n,
	                                 since.p);
	struct str dead = s->dead_links.n ? arena_fmt(a, "Des adresses qu’elle donne ne répondent plus :\n%.*s", (int)s->dead_links.n, s->dead_links.p)
	                                  : STR("Les adresses qu’elle donne répondent.");
	for (size_t i = up ? people.holders : 0; i < (up ? people.n : people.holders) && !e; i++) {
		const struct follow_person *p = &people.p[i];
		struct str link;
		if ((e = link_for(f, db, "fraicheur", p->id, s->id, s->id, path, &link)))
			break;
		struct mail m = {
			.to = p->email, .account = p->id, .kind = STR("fraicheur"),
			.subject = arena_fmt(a, "%s : %.*s", up ? "Une fiche à vérifier" : again ? "Rappel, toujours exacte ?" : "Toujours exacte ?", (int)s->title.n, s->title.p),
			.letter = { LETTER_PARAGRAPHS(STR("Bonjour,"), what, dead),
			            LETTER_LINKS({ STR("Toujours exacte"), arena_fmt(a, "%.*s&choix=verifier", (int)link.n, link.p) },
			                         { STR("À corriger"), arena_fmt(a, "%.*s&choix=corriger", (int)link.n, link.p) },
			                         { STR("Archiver"), arena_fmt(a, "%.*s&choix=archiver", (int)link.n, link.p) },
			                         { STR("Relire la fiche"), arena_fmt(a, "%.*s/fiches/%.*s-%lld", (int)f->base.n, f->base.p, (int)s->slug.n, s->slug.p, (long long)s->id) }),
			            LETTER_AFTER(STR("Ces liens sont à vous, et servent sans mot de passe pendant soixante jours. Rien ne change tant que vous n’avez pas appuyé sur le "
			                             "bouton de la page qu’ils ouvrent.")) },
		};
		int64_t id = 0;
		e = mail_queue(db, a, &m, &id);
	}
	return e ? e : freshness_note(db, a, s->id, s->due);
}

static enum err
late(struct db *db, void *arg)
{
	struct fresh *f = arg;
	int64_t gone;
	struct arena *a = f->arena;
	const struct suggestion_late *p;
	struct follow_people people;
	size_t n;
	enum err e = suggestion_late(db, a, LATE_DAYS, &p, &n);

	f->late = n;
	for (size_t i = 0; i < n && !e; i++) {
		if ((e = follow_people(db, a, p[i].sheet_id, &people)))
			break;
		for (size_t k = people.holders; k < people.n && !e; k++) {
			struct str link;
			e = link_for(f, db, "suggestion", people.p[k].id, p[i].sheet_id, p[i].id,
			             arena_fmt(a, "/fiches/%lld/suggestions/%lld", (long long)p[i].sheet_id, (long long)p[i].id), &link);
			struct mail m = {
				.to = people.p[k].email, .account = people.p[k].id, .kind = STR("suggestion"),
				.subject = arena_fmt(a, "Sans réponse depuis deux semaines : %.*s", (int)p[i].title.n, p[i].title.p),
				.letter = { LETTER_PARAGRAPHS(STR("Bonjour,"), arena_fmt(a, "Une correction proposée à « %.*s », dans la fiche « %.*s », attend une réponse depuis deux semaines.",
				                                                        (int)p[i].label.n, p[i].label.p, (int)p[i].title.n, p[i].title.p),
				                              STR("Vous relisez les fiches de ce territoire : vous pouvez en décider.")),
				            LETTER_LINKS({ STR("Lire et décider"), link }) },
			};
			if (!e)
				e = mail_queue(db, a, &m, NULL);
		}
	}
	if (!e)
		e = follow_forget(db, a, &f->wiped);
	if (!e)
		e = introduction_forget(db, a, &f->hushed);
	if (!e)
		e = expired_forget(db, a, &f->gone);
	if (!e && !(e = workshop_forget(db, a, &gone)))
		f->gone += gone;
	return e;
}

static void
report(struct fresh *f, const struct stale_sheets *due)
{
	struct cmd *c = f->cmd;
	struct buf b;

	buf_init(&b, c->arena, 1024);
	if (c->json) {
		struct json_out j = json_out(&b);
		json_begin_object(&j);
		json_key(&j, "essai"), json_bool(&j, c->dry_run);
		json_key(&j, "demandes"), json_int(&j, (int64_t)f->asked);
		json_key(&j, "rappels"), json_int(&j, (int64_t)f->reminded);
		json_key(&j, "a_verifier"), json_int(&j, (int64_t)f->escalated);
		json_key(&j, "suggestions_sans_reponse"), json_int(&j, (int64_t)f->late);
		json_key(&j, "adresses_effacees"), json_int(&j, f->wiped);
		json_key(&j, "echanges_oublies"), json_int(&j, f->hushed);
		json_key(&j, "perimes_oublies"), json_int(&j, f->gone);
		json_key(&j, "fiches");
		json_begin_array(&j);
		for (size_t i = 0; i < due->n; i++) {
			json_begin_object(&j);
			json_key(&j, "id"), json_int(&j, due->p[i].id);
			json_key(&j, "geste"), json_str(&j, due->p[i].due);
			json_key(&j, "depuis"), json_str(&j, due->p[i].since);
			json_end(&j);
		}
		json_end(&j);
		json_end(&j);
	} else {
		for (size_t i = 0; c->dry_run && i < due->n; i++)
			buf_fmt(&b, "%-9.*s %6lld  %.*s  %.*s\n", (int)due->p[i].due.n, due->p[i].due.p, (long long)due->p[i].id, (int)due->p[i].since.n, due->p[i].since.p,
			        (int)due->p[i].title.n, due->p[i].title.p);
		buf_fmt(&b, "%sDemandes : %zu. Rappels : %zu. À vérifier : %zu. Suggestions sans réponse : %zu.", c->dry_run ? "Essai, rien n'est envoyé. " : "", f->asked,
		        f->reminded, f->escalated, f->late);
	}
	cmd_print(&b);
}

int
cmd_freshness(struct cmd *c)
{
	struct fresh f = { .cmd = c, .base = str_of(conf_text(c->conf, CONF_BASE_URL)) };
	struct stale_sheets due;
	enum err e;

	if (c->argc != 0)
		return cmd_usage(c);
	if (f.base.n == 0)
		return cmd_refuse(c, "le réglage BASE_URL manque : les courriels portent des liens vers le site");
	struct db *db = cmd_db(c);
	if (!db)
		return CMD_REFUSED;
	if ((e = freshness_due(db, c->arena, MONTHS, SHEETS_MOST, &due)))
		return cmd_refuse_err(c, "fiches", e);
	f.arena = arena_new(1 << 20, (size_t)1 << 26);
	for (size_t i = 0; i < due.n && !e; i++) {
		f.sheet = &due.p[i];
		f.taken = true;
		if (!c->dry_run)
			e = db_transaction(db, ask, &f);
		arena_reset(f.arena);
		f.asked += !e && f.taken && str_eq(f.sheet->due, STR("demande"));
		f.reminded += !e && f.taken && str_eq(f.sheet->due, STR("rappel"));
		f.escalated += !e && f.taken && str_eq(f.sheet->due, STR("escalade"));
		cmd_progress(c, "Fiches", i + 1, due.n);
	}
	if (!e && !c->dry_run)
		e = db_transaction(db, late, &f);
	arena_free(f.arena);
	if (e)
		return cmd_refuse_err(c, "fraîcheur", e);
	report(&f, &due);
	return CMD_OK;
}
