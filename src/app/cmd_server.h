/*
 * cmd_server: a PostgreSQL on restored data, that nobody else can reach: it recovers, is looked at, and ends. Layer 5 (app).
 * Its socket is in a folder of its own, 0700, which server_stop removes; roles enter there without a password, as it is ours alone.
 */
#ifndef APP_CMD_SERVER_H
#define APP_CMD_SERVER_H
#include "app/cmd_repository.h"

#define SERVER_PORT "5432"

struct server {
	const struct repository *r;
	const char *data, *run; /* its data, the folder of its socket and of its log */
	int version;
	bool up;
};

/* The file of settings that this server is started with for good, NULL when there is none: in its data, or where Debian puts it. */
const char *server_config(const struct repository *r, const char *data);
/* Whether a process holds these data; a mark left by one that died is removed. */
bool server_runs(const struct repository *r, const char *data);
/*
 * Starts it and waits until it is recovered and may be written. whole: with its own settings, archiving included, as what comes next is its future;
 * else with few of ours, and nothing archived. ERR_IO with the last lines of its log.
 */
enum err server_start(const struct repository *r, const char *data, bool whole, struct server *ret) MUST_CHECK;
void server_stop(struct server *s);                                                /* what is not up is left alone */
const char *server_conninfo(const struct server *s, const char *role);             /* libpq keywords */
/* Forgets again those whom the list of erasures names. */
enum err server_forget(const struct server *s, const char *list, size_t *ret_erased) MUST_CHECK;

#endif
