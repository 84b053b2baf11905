/*
 * cmd_run: another program, by fork and exec and never a shell, waited for. Layer 5 (app).
 * What it says is kept in the caller's buffers where asked, else it goes where ours goes. Owns nothing.
 */
#ifndef APP_CMD_RUN_H
#define APP_CMD_RUN_H
#include "base/buf.h"
#include "base/err.h"

#include <sys/types.h>

enum { CMD_RUN_KEPT = 4 << 20, CMD_RUN_NONE = 127, CMD_RUN_KILLED = 128 };

struct cmd_run {
	char *const *argv;   /* argv[0] is looked for in PATH; NULL ends it */
	uid_t user;          /* who runs it, from the folder /, when we are root; 0: ourselves */
	char *const *env;    /* its whole environment, NULL-terminated; NULL: ours */
	struct buf *out, *err; /* what it says, at most CMD_RUN_KEPT bytes of it; may be the same; NULL: ours */
	bool quiet;          /* what is not kept is thrown away */
	bool to_err;         /* its output goes to our stderr: our own stdout is one JSON object */
};

/* Its exit status; CMD_RUN_NONE when it could not be run, CMD_RUN_KILLED and the signal when it was killed. */
int cmd_run(const struct cmd_run *r) MUST_CHECK;

/* A folder and what is in it, links not followed; what cannot be erased is left. */
void cmd_tree_erase(const char *path);

#endif
