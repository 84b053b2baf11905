/*
 * Keeps a listening socket and the server that takes it as descriptor 0, as systemd does with a .socket unit.
 *   hold_socket SOCKET PROGRAM ARGUMENTS...
 * SIGHUP: ends the server, waits for it, starts it again. SIGTERM: ends both. A server that ends by itself is started again
 * 200 ms later, as by Restart=always.
 */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

static pid_t
spawn(int fd, char **argv, const sigset_t *before)
{
	pid_t pid = fork();

	if (pid == 0) {
		sigprocmask(SIG_SETMASK, before, NULL);
		dup2(fd, 0);
		execv(argv[0], argv);
		_exit(127);
	}
	return pid;
}

int
main(int argc, char **argv)
{
	struct sockaddr_un a = { .sun_family = AF_UNIX };
	sigset_t set, before;
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0), signal_number, status = 0;

	if (argc < 3)
		return 2;
	sigemptyset(&set);
	sigaddset(&set, SIGHUP);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGCHLD);
	sigprocmask(SIG_BLOCK, &set, &before);
	snprintf(a.sun_path, sizeof(a.sun_path), "%s", argv[1]);
	if (fd < 0 || bind(fd, (struct sockaddr *)&a, sizeof(a)) < 0 || chmod(argv[1], 0660) < 0 || listen(fd, 1024) < 0) {
		perror(argv[1]);
		return 1;
	}
	pid_t pid = spawn(fd, argv + 2, &before);
	while (sigwait(&set, &signal_number) == 0) {
		if (signal_number == SIGCHLD) {
			if (waitpid(pid, &status, WNOHANG) != pid)
				continue;
			fprintf(stderr, "ended by itself, status %d\n", status);
			usleep(200000);
			pid = spawn(fd, argv + 2, &before);
			continue;
		}
		kill(pid, SIGTERM);
		while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
			;
		if (signal_number == SIGTERM)
			break;
		fprintf(stderr, "restarted, status %d\n", status);
		pid = spawn(fd, argv + 2, &before);
	}
	unlink(argv[1]);
	return status != 0;
}
