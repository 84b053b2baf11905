#include "app/cmd_check.h"
#include "geo/mmdb.h"
#include "model/mail.h"
#include "model/search_miss.h"

#include <stdarg.h>
#include <stdio.h>
#include <time.h>

static void
put(struct check *k, const char *key, enum check_level level, const char *text)
{
	static const char *const words[] = { "bon", "attention", "erreur" }, *const shown[] = { "bon", "à voir", "ERREUR" };

	k->bad |= level == CHECK_BAD;
	if (k->cmd->json) {
		json_key(&k->json, key), json_begin_object(&k->json);
		json_key(&k->json, "bon"), json_bool(&k->json, level != CHECK_BAD);
		json_key(&k->json, "etat"), json_str(&k->json, str_of(words[level]));
		json_key(&k->json, "message"), json_str(&k->json, str_of(text));
		json_end(&k->json);
	} else {
		buf_fmt(&k->out, "%-6s %s : %s\n", shown[level], key, text);
	}
}

void
check_say(struct check *k, const char *key, enum check_level level, const char *fmt, ...)
{
	va_list ap;
	char text[900];

	va_start(ap, fmt);
	vsnprintf(text, sizeof text, fmt, ap);
	va_end(ap);
	put(k, key, level, text);
}

static void
say(struct check *k, const char *key, bool good, const char *fmt, ...)
{
	va_list ap;
	char text[900];

	va_start(ap, fmt);
	vsnprintf(text, sizeof text, fmt, ap);
	va_end(ap);
	put(k, key, good ? CHECK_GOOD : CHECK_BAD, text);
}

/* Connects with every statement prepared, described and compared with its header. */
static struct db *
database(struct check *k, const char *key, const char *conninfo, bool write)
{
	struct db_options o = { .conninfo = conninfo, .deadline_ms = 10000, .application = "catalyse check", .verify = true, .write = write };
	struct db *db = NULL;
	enum err e = db_new(&db, &o);

	if (!e)
		e = db_connect(db);
	if (e) {
		say(k, key, false, "%s", err_detail()[0] ? err_detail() : err_name(e));
		db_free(db);
		return NULL;
	}
	say(k, key, true, "connexion ouverte, %u requêtes vérifiées", (unsigned)QUERY_COUNT);
	return db;
}

static void
counts(struct check *k, struct db *db)
{
	struct db_rows rows;
	enum err e = db_run(db, k->cmd->arena, QUERY_OPERATOR_COUNTS, NULL, 0, &rows);

	if (e) {
		say(k, "contenu", false, "%s", err_detail());
		return;
	}
	for (size_t i = 0; i < rows.nrows; i++) {
		int64_t n = db_int(&rows, i, COL_OPERATOR_COUNTS_N), want = db_int(&rows, i, COL_OPERATOR_COUNTS_WANTED);
		const char *what = arena_cstr(k->cmd->arena, db_text(&rows, i, COL_OPERATOR_COUNTS_WHAT));
		if (want)
			say(k, what, n == want, "%lld, %lld attendus", (long long)n, (long long)want);
		else
			say(k, what, n > 0, "%lld", (long long)n);
	}
}

/* Without the files the search still works, less finely: worth saying, not a fault. */
static void
dictionary(struct check *k, struct db *db)
{
	struct db_rows rows;
	enum err e = db_run(db, k->cmd->arena, QUERY_SEARCH_MODE, NULL, 0, &rows);

	if (e)
		say(k, "recherche", false, "%s", err_detail());
	else if (str_eq(db_text(&rows, 0, COL_SEARCH_MODE_MODE), STR("repli")))
		say(k, "recherche", true, "sans dictionnaire : tools/dictionnaire, puis select catalyse.search_use()");
	else
		say(k, "recherche", true, "avec le dictionnaire français");
}

static void
address_file(struct check *k, const char *key, const char *path)
{
	struct mmdb *db;
	struct mmdb_status st;

	if (!path[0]) {
		say(k, key, true, "aucun fichier réglé : la question sera posée à chacun");
		return;
	}
	db = mmdb_new(path);
	mmdb_status(db, &st);
	if (!st.loaded) {
		say(k, key, false, "%s : %s", path, st.refused[0] ? st.refused : "illisible");
	} else {
		long days = (long)((time(NULL) - (time_t)st.build_epoch) / 86400);
		say(k, key, true, "%s, IPv%d, %ld jours%s", st.type, st.ip_version, days,
		    days > MMDB_STALE_DAYS ? " : plus ancien que conseillé" : "");
	}
	mmdb_free(db);
}

static void
counting(struct check *k, const char *conninfo)
{
	bool may, more;
	enum err e = search_miss_rights(conninfo, &may, &more);

	if (e)
		say(k, "base_comptes", false, "%s", err_detail()[0] ? err_detail() : err_name(e));
	else
		say(k, "base_comptes", may, !may ? "connexion ouverte, mais ce rôle ne peut pas compter"
		                            : more ? "connexion ouverte ; ce rôle peut plus que compter : catalyse_count suffit"
		                                   : "connexion ouverte, pour compter et rien d'autre");
}

/* A letter that is due leaves within a minute or so: a quarter of an hour late, nobody sends, or nothing takes. */
static void
mail(struct check *k, struct db *db)
{
	struct mail_counts n;
	const char *server = conf_text(k->cmd->conf, CONF_MAIL_SMTP);
	enum err e = mail_status(db, k->cmd->arena, &n);

	if (e)
		say(k, "courriel", false, "%s", err_detail()[0] ? err_detail() : err_name(e));
	else if (!server[0])
		say(k, "courriel", true, "aucun serveur réglé (MAIL_SMTP) : personne ne peut confirmer un compte");
	else if (n.late_s >= 900)
		say(k, "courriel", false, "%lld en retard de %lld min : catalyse-mail est-il lancé ? %.*s", (long long)n.due, (long long)n.late_s / 60,
		    (int)n.last_error.n, n.last_error.p);
	else
		say(k, "courriel", true, "%s, %lld en attente, %lld sans suite", server, (long long)n.waiting, (long long)n.failed);
	if (!e && n.uncertain)
		say(k, "courriel_incertain", false, "%lld dont la dernière réponse s’est perdue : catalyse mail uncertain", (long long)n.uncertain);
}

/* What is not the two connections of the site; live: the folder of the migrations, NULL when the site may be stopped. */
static void
others(struct check *k, const char *live)
{
	const struct conf *conf = k->cmd->conf;

	if (conf_text(conf, CONF_DATABASE_COUNT)[0])
		counting(k, conf_text(conf, CONF_DATABASE_COUNT));
	address_file(k, "adresses_ipv4", conf_text(conf, CONF_IPDB_V4));
	address_file(k, "adresses_ipv6", conf_text(conf, CONF_IPDB_V6));
	if (live)
		check_live(k, live);
}

int
cmd_check(struct cmd *c)
{
	struct check k = { .cmd = c };

	bool live = c->argc > 0 && strcmp(c->argv[0], "--live") == 0;
	bool schema = c->argc > 0 && strcmp(c->argv[0], "--schema") == 0;
	const char *dir = c->argc > 1 ? c->argv[1] : CATALYSE_PKGDATADIR "/sql";
	if (c->argc > (live || schema ? 2 : 0))
		return cmd_usage(c);
	buf_init(&k.out, c->arena, 2048);
	k.json = json_out(&k.out);
	if (c->json)
		json_begin_object(&k.json);
	say(&k, "reglages", true, "lus");
	struct db *db = database(&k, "base", conf_text(c->conf, CONF_DATABASE), false);
	if (db && !schema)
		counts(&k, db), dictionary(&k, db);
	db_free(db);
	if ((db = database(&k, "base_ecriture", conf_text(c->conf, CONF_DATABASE_WRITE), true)))
		schema ? check_migrations(&k, db, dir) : mail(&k, db);
	db_free(db);
	if (!schema)
		others(&k, live ? dir : NULL);
	if (c->json)
		json_end(&k.json);
	cmd_print(&k.out);
	return k.bad ? CMD_REFUSED : CMD_OK;
}
