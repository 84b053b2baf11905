#include "app/cmd_run.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <grp.h>
#include <poll.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

static void
become(uid_t user)
{
	struct passwd *p = getpwuid(user);

	if (!p || initgroups(p->pw_name, p->pw_gid) != 0 || setgid(p->pw_gid) != 0 || setuid(user) != 0 || chdir("/") != 0)
		_exit(CMD_RUN_NONE);
	setenv("HOME", p->pw_dir, 1), setenv("USER", p->pw_name, 1), setenv("LOGNAME", p->pw_name, 1);
}

/* Where one of its two outputs goes: a pipe of ours, nowhere, or elsewhere. */
static void
lead(int fd, int pipe, const struct cmd_run *r)
{
	if (pipe >= 0) {
		dup2(pipe, fd);
	} else if (r->quiet) {
		int none = open("/dev/null", O_WRONLY | O_CLOEXEC);
		if (none >= 0)
			dup2(none, fd);
	} else if (fd == STDOUT_FILENO && r->to_err) {
		dup2(STDERR_FILENO, fd);
	}
}

static void
keep(const int fds[2], struct buf *const bufs[2])
{
	struct pollfd p[2] = { { .fd = fds[0], .events = POLLIN }, { .fd = fds[1], .events = POLLIN } };
	char part[8192];

	while (p[0].fd >= 0 || p[1].fd >= 0) {
		if (poll(p, 2, -1) < 0 && errno != EINTR)
			return;
		for (int i = 0; i < 2; i++) {
			if (p[i].fd < 0 || !p[i].revents)
				continue;
			ssize_t n = read(p[i].fd, part, sizeof(part));
			if (n < 0 && errno == EINTR)
				continue;
			if (n <= 0)
				p[i].fd = -1;
			else if (bufs[i]->n < CMD_RUN_KEPT)
				buf_mem(bufs[i], part, (size_t)n);
		}
	}
}

int
cmd_run(const struct cmd_run *r)
{
	struct buf *const bufs[2] = { r->out, r->err };
	int out[2] = { -1, -1 }, err[2] = { -1, -1 }, status;

	if ((r->out && pipe2(out, O_CLOEXEC) != 0) || (r->err && pipe2(err, O_CLOEXEC) != 0))
		return CMD_RUN_NONE;
	fflush(NULL);
	pid_t pid = fork();
	if (pid == 0) {
		lead(STDOUT_FILENO, out[1], r);
		lead(STDERR_FILENO, err[1], r);
		if (r->user && geteuid() == 0)
			become(r->user);
		if (r->env)
			execvpe(r->argv[0], r->argv, r->env);
		else
			execvp(r->argv[0], r->argv);
		fprintf(stderr, "%s : %s\n", r->argv[0], strerror(errno));
		fflush(stderr);
		_exit(CMD_RUN_NONE);
	}
	if (r->out)
		close(out[1]);
	if (r->err)
		close(err[1]);
	if (pid > 0)
		keep((const int[2]){ out[0], err[0] }, bufs);
	if (r->out)
		close(out[0]);
	if (r->err)
		close(err[0]);
	if (pid < 0)
		return CMD_RUN_NONE;
	while (waitpid(pid, &status, 0) < 0)
		if (errno != EINTR)
			return CMD_RUN_NONE;
	return WIFEXITED(status) ? WEXITSTATUS(status) : CMD_RUN_KILLED + WTERMSIG(status);
}

static int
erase_one(const char *path, const struct stat *st, int kind, struct FTW *ftw)
{
	(void)st, (void)kind, (void)ftw;
	remove(path);
	return 0;
}

void
cmd_tree_erase(const char *path)
{
	nftw(path, erase_one, 16, FTW_DEPTH | FTW_PHYS);
}
