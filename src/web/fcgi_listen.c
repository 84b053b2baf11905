#include "base/log.h"
#include "web/fcgi.h"
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

static struct {
	char path[sizeof(((struct sockaddr_un *)0)->sun_path)];
	dev_t dev;
	ino_t ino;
} own;

static bool
is_listening(int fd)
{
	int yes = 0;
	socklen_t n = sizeof(yes);

	return getsockopt(fd, SOL_SOCKET, SO_ACCEPTCONN, &yes, &n) == 0 && yes;
}

bool
fcgi_is_cgi(void)
{
	return getenv("REQUEST_METHOD") && !is_listening(0);
}

/* Non-blocking, else a connection that vanishes between epoll and accept would hold the acceptor. */
static enum err
prepared(int fd, int *ret_fd)
{
	int flags = fcntl(fd, F_GETFL);

	if (flags < 0 || fcntl(fd, F_SETFL, flags | O_NONBLOCK) < 0 || fcntl(fd, F_SETFD, FD_CLOEXEC) < 0)
		return err_note(ERR_IO, "fcntl: %s", strerror(errno));
	*ret_fd = fd;
	return ERR_NONE;
}

static enum err
listen_tcp(const char *tcp, int *ret_fd)
{
	struct sockaddr_storage ss = { 0 };
	socklen_t n;
	char host[64] = "";
	const char *colon = strrchr(tcp, ':');
	int port = colon ? atoi(colon + 1) : 0, yes = 1;
	struct str name = { tcp, colon ? (size_t)(colon - tcp) : 0 };

	if (name.n > 1 && name.p[0] == '[' && name.p[name.n - 1] == ']')
		name = (struct str){ name.p + 1, name.n - 2 };
	if (port < 1 || port > 65535 || name.n == 0 || name.n >= sizeof(host))
		return err_note(ERR_IO, "not ADDRESS:PORT: %s", tcp);
	memcpy(host, name.p, name.n);
	struct sockaddr_in *v4 = (struct sockaddr_in *)&ss;
	struct sockaddr_in6 *v6 = (struct sockaddr_in6 *)&ss;
	if (inet_pton(AF_INET, host, &v4->sin_addr) == 1) {
		v4->sin_family = AF_INET;
		v4->sin_port = htons((uint16_t)port);
		n = sizeof(*v4);
	} else if (inet_pton(AF_INET6, host, &v6->sin6_addr) == 1) {
		v6->sin6_family = AF_INET6;
		v6->sin6_port = htons((uint16_t)port);
		n = sizeof(*v6);
	} else {
		return err_note(ERR_IO, "not an address: %s", host);
	}
	int fd = socket(ss.ss_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (fd < 0)
		return err_note(ERR_IO, "socket: %s", strerror(errno));
	if (setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof(yes)) < 0 || bind(fd, (struct sockaddr *)&ss, n) < 0 ||
	    listen(fd, 1024) < 0) {
		enum err e = err_note(ERR_IO, "listen on %s: %s", tcp, strerror(errno));
		close(fd);
		return e;
	}
	return prepared(fd, ret_fd);
}

/* A socket file that nobody answers on is stale; one that answers belongs to a running instance. */
static enum err
stale_remove(const struct sockaddr_un *a)
{
	struct stat st;

	if (lstat(a->sun_path, &st) < 0)
		return ERR_NONE;
	if (!S_ISSOCK(st.st_mode))
		return err_note(ERR_IO, "%s exists and is not a socket", a->sun_path);
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (fd < 0)
		return err_note(ERR_IO, "socket: %s", strerror(errno));
	int rc = connect(fd, (const struct sockaddr *)a, sizeof(*a)), why = errno;
	close(fd);
	if (rc == 0 || why == EAGAIN)
		return err_note(ERR_IO, "%s is served by another process", a->sun_path);
	return unlink(a->sun_path) < 0 && errno != ENOENT ? err_note(ERR_IO, "unlink %s: %s", a->sun_path, strerror(errno))
	                                                  : ERR_NONE;
}

static enum err
listen_unix(const char *path, int *ret_fd)
{
	struct sockaddr_un a = { .sun_family = AF_UNIX };
	struct stat st;
	enum err e;

	if (strlen(path) == 0 || strlen(path) >= sizeof(a.sun_path))
		return err_note(ERR_IO, "not the path of a socket: '%s'", path);
	memcpy(a.sun_path, path, strlen(path) + 1);
	if ((e = stale_remove(&a)) != ERR_NONE)
		return e;
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (fd < 0)
		return err_note(ERR_IO, "socket: %s", strerror(errno));
	mode_t before = umask(0117); /* 0660 from its first instant */
	int rc = bind(fd, (struct sockaddr *)&a, sizeof(a));
	umask(before);
	if (rc < 0 || chmod(path, 0660) < 0 || listen(fd, 1024) < 0 || stat(path, &st) < 0) {
		e = err_note(ERR_IO, "listen on %s: %s", path, strerror(errno));
		close(fd);
		return e;
	}
	memcpy(own.path, a.sun_path, sizeof(own.path));
	own.dev = st.st_dev;
	own.ino = st.st_ino;
	return prepared(fd, ret_fd);
}

void
fcgi_unlink_own(void)
{
	struct stat st;

	/* Another instance may have taken the path over. */
	if (own.path[0] && stat(own.path, &st) == 0 && st.st_dev == own.dev && st.st_ino == own.ino)
		unlink(own.path);
	own.path[0] = 0;
}

enum err
fcgi_listen(const char *path, const char *tcp, int *ret_fd)
{
	const char *pid = getenv("LISTEN_PID"), *fds = getenv("LISTEN_FDS");

	if (pid && fds && atol(pid) == (long)getpid() && atoi(fds) >= 1) {
		unsetenv("LISTEN_PID");
		unsetenv("LISTEN_FDS");
		if (!is_listening(3))
			return err_note(ERR_IO, "the descriptor of LISTEN_FDS does not listen");
		return prepared(3, ret_fd);
	}
	if (is_listening(0))
		return prepared(0, ret_fd);
	return tcp && *tcp ? listen_tcp(tcp, ret_fd) : listen_unix(path, ret_fd);
}
