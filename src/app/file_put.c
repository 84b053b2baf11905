#include "app/file_put.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum err
file_put(struct arena *a, const char *path, struct str text)
{
	const char *new = arena_fmt(a, "%s.new", path).p;
	int fd = open(new, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOCTTY, 0644);
	bool good = fd >= 0 && fchmod(fd, 0644) == 0 && write(fd, text.p, text.n) == (ssize_t)text.n && fsync(fd) == 0;

	if (fd >= 0)
		good = close(fd) == 0 && good;
	if (good && rename(new, path) == 0)
		return ERR_NONE;
	enum err e = err_note(ERR_IO, "%s : %s", path, strerror(errno));
	unlink(new);
	return e;
}
