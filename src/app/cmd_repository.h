/*
 * cmd_repository: the backups of this base, through pgBackRest, and its PostgreSQL, through psql, both run as PostgreSQL's own account.
 * Layer 5 (app). Everything lives in the command's arena. What a program said is the detail of the error.
 */
#ifndef APP_CMD_REPOSITORY_H
#define APP_CMD_REPOSITORY_H
#include "app/backup_state.h"
#include "app/cmd.h"
#include "text/json.h"

#include <sys/types.h>

struct repository {
	struct cmd *cmd;
	const char *config, *stanza;
	const char *data, *host, *port; /* the server's: pg1-path, pg1-socket-path, pg1-port */
	const char *store;              /* repo1-path; NULL when it is elsewhere */
	const char *base;               /* the name of the database, from DATABASE_WRITE */
	uid_t owner;                    /* whom its programs run as when we are root, 0 when that is ourselves */
};

/* ERR_IO: no settings of pgBackRest. ERR_BAD_INPUT: they lack the stanza. */
enum err repository_open(struct cmd *c, struct repository *ret) MUST_CHECK;
/* pgbackrest with our settings, then the words given (NULL ends them). ERR_IO when it failed. out: may be NULL. */
enum err repository_run(const struct repository *r, struct buf *out, ...) MUST_CHECK __attribute__((sentinel));

/* What pgBackRest knows of our stanza, in all repositories (info --output=json). */
enum err repository_info(const struct repository *r, const struct json **ret) MUST_CHECK;

struct repository_backup {
	struct str label, type; /* full, diff, incr */
	int repo;               /* 2 for what repo2-path or repo2-host names */
	int64_t start, stop;    /* seconds since 1970 */
	int64_t bytes, stored_bytes, written_bytes; /* the base; in the repository, with what it leans on; what this one added */
	bool damaged;           /* pages whose sum was wrong when it was taken */
	const struct json *notes; /* annotations */
};
enum { REPOS_MOST = 8 };
struct repository_list {
	const struct repository_backup *p; /* oldest first */
	size_t n;
	int version; /* of PostgreSQL, 0 when not known */
	int repos[REPOS_MOST]; /* the numbers of those that are set, a backup in them or not */
	size_t nrepos;
};
/* Of one repository, of all for 0. */
enum err repository_list(const struct repository *r, int repo, struct repository_list *ret) MUST_CHECK;

/* A program of PostgreSQL of that version, where Debian puts it, else in PATH. */
char *repository_tool(const struct repository *r, int version, const char *name);
/* Statements for psql, on the server that listens in that folder; what it says, without its last newline. ERR_DB_DOWN, noted. */
enum err repository_sql(const struct repository *r, const char *host, const char *port, const char *base, const char *sql, struct str *ret) MUST_CHECK;

/* How much there is of each noun. */
enum { COUNTS_MOST = 24 };
struct counts {
	struct {
		struct str what;
		int64_t n;
	} p[COUNTS_MOST];
	size_t n;
};
enum err repository_counts(const struct repository *r, const char *host, const char *port, struct counts *ret) MUST_CHECK;

/* Creates a folder of PostgreSQL's own, 0700; one that is there is left as it is. ERR_IO. */
enum err repository_folder(const struct repository *r, const char *path) MUST_CHECK;
/* A size or a duration as it is said: "4,5 Mo", "2 min 3 s". In the arena. */
const char *size_said(struct arena *a, int64_t bytes);
const char *time_said(struct arena *a, int64_t ms);
int64_t clock_ms(void); /* that only goes forward */

#endif
