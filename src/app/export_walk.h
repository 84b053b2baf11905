/*
 * export_walk: what an export holds, read from the base a batch at a time and written in each format. Layer 5.
 * The members and columns are those of the site's JSON, GeoJSON and CSV. Memory does not grow with the number of items.
 */
#ifndef APP_EXPORT_WALK_H
#define APP_EXPORT_WALK_H
#include "app/cmd.h"

enum export_kind { EXPORT_SHEETS, EXPORT_CATALYSTS, EXPORT_TERRITORIES, EXPORT_FIGURES, EXPORT_KINDS };

/* The files of one kind, as they are named and described. */
struct export_format {
	const char *suffix, *media, *what; /* "csv", "text/csv", what it is good for, in French */
};
struct export_files {
	const char *name, *licence; /* "fiches", and the licence of the whole in French */
	size_t n;
	const struct export_format *formats;
};
extern const struct export_files EXPORT_FILES[EXPORT_KINDS];
enum { EXPORT_FORMATS_MAX = 4 };

struct export_sum { /* of one file */
	int64_t bytes;
	char sha256[65];
};

/* Writes the files of a kind into dir. total: for the progress bar. *ret_items: how many were written. */
enum err export_walk(struct cmd *c, struct db *db, enum export_kind kind, const char *dir, const char *date, int64_t total,
                     int64_t *ret_items, struct export_sum ret_sums[EXPORT_FORMATS_MAX]) MUST_CHECK;

#endif
