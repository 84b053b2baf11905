#include "app/cmd.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

/* sqitch deploy --verify, as the operator's own user: the program itself never holds the rights of the owner. */
int
cmd_migrate(struct cmd *c)
{
	const char *dir = c->argc > 0 ? c->argv[0] : CATALYSE_PKGDATADIR "/sql";
	const char *target = c->target ? c->target : "db:pg:catalyse";
	int status;

	if (c->argc > 1)
		return cmd_usage(c);
	if (access(arena_fmt(c->arena, "%s/sqitch.plan", dir).p, R_OK) != 0)
		return cmd_refuse(c, "pas de sqitch.plan dans %s", dir);
	fflush(NULL);
	pid_t pid = fork();
	if (pid < 0)
		return cmd_refuse(c, "%s", strerror(errno));
	if (pid == 0) {
		char *args[] = { "sqitch", "--chdir", (char *)dir, "deploy", "--verify", "--target", (char *)target, NULL };
		if (c->json)
			dup2(STDERR_FILENO, STDOUT_FILENO);
		execvp(args[0], args);
		fprintf(stderr, "catalyse migrate : sqitch : %s\n", strerror(errno));
		_exit(127);
	}
	while (waitpid(pid, &status, 0) < 0)
		if (errno != EINTR)
			return cmd_refuse(c, "%s", strerror(errno));
	bool done = WIFEXITED(status) && WEXITSTATUS(status) == 0;
	if (c->json)
		printf("{\"migre\":%s}\n", done ? "true" : "false");
	return done ? CMD_OK : cmd_refuse(c, "la migration n'a pas abouti");
}
