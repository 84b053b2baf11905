#include "app/export_file.h"
#include "base/log.h"
#include "crypt/hash.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

enum { CHUNK = 65536 };

struct export_file {
	int fd;
	bool packed, failed;
	int error; /* errno of the first failure */
	int64_t bytes;
	struct sha256 sum;
	z_stream z;
	unsigned char out[CHUNK];
};

enum err
export_file_new(struct export_file **ret, const char *path)
{
	size_t n = strlen(path);
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
	if (fd < 0)
		return err_note(ERR_IO, "%s : %s", path, strerror(errno));
	struct export_file *f = calloc(1, sizeof(*f));
	if (!f)
		die("no memory for a file");
	f->fd = fd;
	f->packed = n > 3 && strcmp(path + n - 3, ".gz") == 0;
	sha256_init(&f->sum);
	/* 16 more: a gzip header. Nothing of the machine goes in it, not even the time: same content, same bytes. */
	if (f->packed && deflateInit2(&f->z, 6, Z_DEFLATED, MAX_WBITS + 16, 8, Z_DEFAULT_STRATEGY) != Z_OK)
		die("zlib does not start");
	*ret = f;
	return ERR_NONE;
}

static void
put_raw(struct export_file *f, const unsigned char *p, size_t n)
{
	sha256_add(&f->sum, (struct str){ (const char *)p, n });
	f->bytes += (int64_t)n;
	while (n > 0 && !f->failed) {
		ssize_t k = write(f->fd, p, n);
		if (k < 0 && errno == EINTR)
			continue;
		if (k < 0) {
			f->failed = true;
			f->error = errno;
			return;
		}
		p += k;
		n -= (size_t)k;
	}
}

static void
pack(struct export_file *f, int flush)
{
	int state;
	do {
		f->z.next_out = f->out;
		f->z.avail_out = CHUNK;
		state = deflate(&f->z, flush);
		put_raw(f, f->out, CHUNK - f->z.avail_out);
	} while (flush == Z_FINISH ? state != Z_STREAM_END : f->z.avail_in > 0 || f->z.avail_out == 0);
}

void
export_file_put(struct export_file *f, struct str s)
{
	if (!f->packed) {
		put_raw(f, (const unsigned char *)s.p, s.n);
		return;
	}
	f->z.next_in = (unsigned char *)(uintptr_t)s.p;
	f->z.avail_in = (unsigned)s.n;
	pack(f, Z_NO_FLUSH);
}

enum err
export_file_end(struct export_file *f, int64_t *ret_bytes, char ret_sha256[65])
{
	if (f->packed)
		pack(f, Z_FINISH);
	sha256_end(&f->sum, ret_sha256);
	*ret_bytes = f->bytes;
	if (!f->failed && (fchmod(f->fd, 0644) != 0 || fsync(f->fd) != 0)) {
		f->failed = true;
		f->error = errno;
	}
	enum err e = f->failed ? err_note(ERR_IO, "écriture : %s", strerror(f->error)) : ERR_NONE;
	export_file_drop(f);
	return e;
}

void
export_file_drop(struct export_file *f)
{
	if (!f)
		return;
	if (f->packed)
		deflateEnd(&f->z);
	close(f->fd);
	free(f);
}
