#include "app/cmd.h"
#include "app/cmd_run.h"

#include <stdio.h>
#include <unistd.h>

/* sqitch deploy --verify, as the operator's own user: the program itself never holds the rights of the owner. */
int
cmd_migrate(struct cmd *c)
{
	const char *dir = c->argc > 0 ? c->argv[0] : CATALYSE_PKGDATADIR "/sql";
	const char *target = c->target ? c->target : "db:pg:catalyse";

	if (c->argc > 1)
		return cmd_usage(c);
	if (access(arena_fmt(c->arena, "%s/sqitch.plan", dir).p, R_OK) != 0)
		return cmd_refuse(c, "pas de sqitch.plan dans %s", dir);
	char *argv[] = { "sqitch", "--chdir", (char *)dir, "deploy", "--verify", "--target", (char *)target, NULL };
	bool done = cmd_run(&(struct cmd_run){ .argv = argv, .to_err = c->json }) == 0;
	if (c->json)
		printf("{\"migre\":%s}\n", done ? "true" : "false");
	return done ? CMD_OK : cmd_refuse(c, "la migration n'a pas abouti");
}
