/*
 * catalyse setup: from an installed package to a site that can be started, by the script of the package: it runs what the operator
 * could type, and says it.
 */
#include "app/cmd.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

int
cmd_setup(struct cmd *c)
{
	char **argv = arena_array(c->arena, char *, (size_t)c->argc + 2);

	argv[0] = CATALYSE_PKGDATADIR "/tools/setup";
	for (int i = 0; i < c->argc; i++)
		argv[i + 1] = c->argv[i];
	if (access(argv[0], X_OK) != 0)
		return cmd_refuse(c, "%s : %s", argv[0], strerror(errno));
	fflush(NULL);
	execv(argv[0], argv);
	return cmd_refuse(c, "%s : %s", argv[0], strerror(errno));
}
