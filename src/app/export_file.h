/*
 * export_file: one file of an export, written as it is made: plain or gzip, its size and its SHA-256 known at the end. Layer 5.
 * Owned by export_file_new until export_file_end or export_file_drop. The first failure is kept, and told by export_file_end.
 */
#ifndef APP_EXPORT_FILE_H
#define APP_EXPORT_FILE_H
#include "base/err.h"
#include <stdint.h>

struct export_file;

/* path ends with ".gz": compressed. ERR_IO, with the detail noted. */
enum err export_file_new(struct export_file **ret, const char *path) MUST_CHECK;
void export_file_put(struct export_file *f, struct str s);
/* Written through to the disk, readable by all. Frees f in any case. */
enum err export_file_end(struct export_file *f, int64_t *ret_bytes, char ret_sha256[65]) MUST_CHECK;
void export_file_drop(struct export_file *f); /* closes and frees, without a word; NULL is fine */

#endif
