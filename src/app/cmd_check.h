/*
 * cmd_check: the rows of `catalyse check`, and of --live. Layer 5 (app). Each is good, worth attention, or wrong, with one sentence that says what to do.
 */
#ifndef APP_CMD_CHECK_H
#define APP_CMD_CHECK_H
#include "app/cmd.h"
#include "text/json_out.h"

enum check_level { CHECK_GOOD, CHECK_CARE, CHECK_BAD };

struct check {
	struct cmd *cmd;
	struct buf out;
	struct json_out json;
	bool bad; /* one of them is wrong */
};

void check_say(struct check *k, const char *key, enum check_level level, const char *fmt, ...) __attribute__((format(printf, 4, 5)));
/* What can only be seen on a site that runs. migrations: the folder of the sqitch project that is shipped. */
void check_live(struct check *k, const char *migrations);
/* The changes of the plan that is shipped, against those the base has. */
void check_migrations(struct check *k, struct db *write, const char *dir);

enum ask { ASK_NOBODY, ASK_REFUSED, ASK_SILENT, ASK_ANSWERED };
/* GET of a path by FastCGI on a Unix socket, within three seconds; the status of the answer, and its text in the arena. */
enum ask fcgi_ask(struct arena *a, const char *socket, const char *path, int *ret_status, struct str *ret_text);

#endif
