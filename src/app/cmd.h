/*
 * cmd: the subcommands of `catalyse`. Layer 5 (app).
 * A subcommand gets its context made (settings read, arena, connection not yet opened) and returns an exit status:
 * 0 done, 1 refused (said on stderr, in French), 2 bad usage. Results go to stdout; with --json one JSON object.
 * Nothing here is owned by a subcommand: main releases it.
 */
#ifndef APP_CMD_H
#define APP_CMD_H
#include "base/arena.h"
#include "base/buf.h"
#include "conf/conf.h"
#include "db/db.h"

enum cmd_status { CMD_OK, CMD_REFUSED, CMD_USAGE };

struct cmd {
	const struct conf *conf;
	struct arena *arena;
	const char *name;  /* of the subcommand, for messages */
	const char *usage; /* the table's line */
	bool json, tty, dry_run, sample; /* --json, stderr is a terminal, --dry-run, --sample */
	const char *target;  /* --target, NULL when absent */
	const char *vintage; /* --millesime, likewise */
	int argc;           /* what is left once the options are taken, without the name */
	char **argv;
	struct db *db_; /* opened by cmd_db */
};

/* CMD(word, function, usage, French help): an underscore is written as a dash. `import` has five words of its own: contenu, territoires, programme, fiches, figures. */
#define CMD_TABLE                                                                                                      \
	CMD(conf, cmd_conf, "[--sample]", "montre les réglages en vigueur, ou un fichier d'exemple commenté")         \
	CMD(check, cmd_check, "[--live [DOSSIER] | --schema [DOSSIER]]", "vérifie les réglages, la base, chaque requête, les territoires et les fichiers d'adresses ; --live, le site qui tourne ; --schema, que la base est celle qu'attend ce programme") \
	CMD(migrate, cmd_migrate, "[--target URI] [DOSSIER]", "applique les migrations de la base (sqitch deploy)")       \
	CMD(import, cmd_import, "contenu [DOSSIER] | territoires DOSSIER | programme FICHIER.csv [--millesime AAAA-MM] | fiches FICHIER.csv [--espace CODE] [--state soumise|publiee] [--source-name NOM] [--dry-run] | figures FICHIER.csv [--dry-run]", \
	    "charge le contenu de référence, les territoires, une liste de programmes publiée par l'ANCT, un tableau de fiches, ou les chiffres de l'Observatoire")                \
	CMD(setup, cmd_setup, "[--data DOSSIER] [--database NOM] [--cluster] [--without-territories] [--without-content] [--restore DOSSIER --lost]", \
	    "crée les rôles et la base, charge les territoires et le premier contenu, vérifie, et dit ce qui reste à faire ; --restore refait une machine perdue de ce qui en fut gardé")           \
	CMD(scale, cmd_scale, "N [--apply] [--nginx DOSSIER]", "dit à nginx entre combien d'instances partager les visites ; --apply l'écrit, les démarre et recharge nginx") \
	CMD(backup, cmd_backup, "[full | diff | incr | status | setup [--repository DOSSIER] [--host DOSSIER] [--port N] [--keep JOURS] [--restart]]", \
	    "sauvegarde la base par pgBackRest : une complète par semaine, puis ce qui a changé ; setup prépare le dépôt et l'archivage")   \
	CMD(restore, cmd_restore, "[--to DOSSIER] [--target-time MOMENT] [--set ETIQUETTE] [--repo N] [--replace] [--lost] [--start] [--without-erasures]", \
	    "fait revenir la base, à sa place ou ailleurs, telle qu'elle était à un moment, et y supprime à nouveau les comptes supprimés depuis") \
	CMD(drill, cmd_drill, "[--in DOSSIER] [--repo N]", "fait revenir la dernière sauvegarde à côté, la vérifie tout entière, et dit si elle sauverait le site") \
	CMD(export, cmd_export, "[DOSSIER]", "écrit les exports complets, avec leurs sommes, et efface les plus anciens")         \
	CMD(stats, cmd_stats, "[tout]", "met à jour les comptes dont vivent les longues listes ; tout : les refait")              \
	CMD(mail, cmd_mail, "send | serve | status | test ADRESSE | bounces MAILDIR | uncertain | again NUMÉRO|tout | leave NUMÉRO|tout", \
	    "envoie le courriel en attente, dit où en est la file, essaie l'envoi, lit les rebonds, règle ce qui est incertain")                     \
	CMD(account, cmd_account, "create COURRIEL --name NOM [--role animateur --territory region:04 ... | --theme CODE ... | --role editeur --espace CODE | " \
	    "--role administrateur] [--password-file FICHIER] | role add|remove COURRIEL --role ... | list | suspend|restore COURRIEL | "          \
	    "password COURRIEL [--password-file FICHIER] | second-factor COURRIEL --new|--off | sessions COURRIEL --cut | "                        \
	    "erase COURRIEL [--withdraw] | erasures export|replay [FICHIER]",                                                         \
	    "crée, suspend, rend et supprime les comptes, donne les rôles, les mots de passe et les seconds facteurs")                \
	CMD(freshness, cmd_freshness, "[--dry-run]",                                                                                \
	    "demande si les fiches anciennes sont toujours exactes, relance, et signale les corrections sans réponse")           \
	CMD(alerts, cmd_alerts, "[--dry-run]", "prévient par courriel qui suit une liste de ce qui y est nouveau")                       \
	CMD(reminders, cmd_reminders, "",                                                                                \
	    "rappelle les rendez-vous la veille et une heure avant, donne les places libres à qui attend, oublie qui est venu")      \
	CMD(check_links, cmd_check_links, "[--limit N]", "demande les adresses que citent les fiches, et dit lesquelles ne répondent plus") \
	CMD(geo, cmd_geo, "ADRESSE | refresh [--from DOSSIER]",                                                                                \
	    "dit où le site placerait un visiteur venu de cette adresse ; refresh met en service les fichiers d'adresses du mois")

#define CMD(word, fn, usage, help) int fn(struct cmd *c);
CMD_TABLE
#undef CMD
int import_contenu(struct cmd *c);
int import_territoires(struct cmd *c); /* argv[0]: the folder of prepared files */
int import_programme(struct cmd *c);   /* argv[0]: one CSV file */
int import_fiches(struct cmd *c);      /* likewise */
int import_figures(struct cmd *c);     /* likewise */

/* The connection as catalyse_rw, opened at first use; NULL once the reason is said on stderr. */
struct db *cmd_db(struct cmd *c) MUST_CHECK;
/* "catalyse import contenu : message" on stderr; returns CMD_REFUSED. */
int cmd_refuse(const struct cmd *c, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* Says an error of the program's own kind, with its detail; returns CMD_REFUSED. */
int cmd_refuse_err(const struct cmd *c, const char *what, enum err e);
int cmd_usage(const struct cmd *c); /* how to write it, on stderr; returns CMD_USAGE */
/* A bar on stderr when it is a terminal, at most ten times a second; done == total ends the line. */
void cmd_progress(const struct cmd *c, const char *what, size_t done, size_t total);

/* A whole file of at most `most` bytes, without its BOM. ERR_IO, noted. */
enum err cmd_file_read(struct arena *a, const char *path, size_t most, struct str *ret) MUST_CHECK;

void cmd_print(const struct buf *b); /* on stdout, with a newline */

#endif
