/*
 * file_put: a small file in place of the former one, whole: who reads it sees the one or the other. Layer 5 (app).
 */
#ifndef APP_FILE_PUT_H
#define APP_FILE_PUT_H
#include "base/arena.h"
#include "base/err.h"

/* Readable by all; on the disk when it returns. Its .new, beside it, is taken away when it cannot be put. ERR_IO, noted. */
enum err file_put(struct arena *a, const char *path, struct str text) MUST_CHECK;

#endif
