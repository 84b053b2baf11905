/*
 * import_file: a table sent by a browser, kept from its report to its confirmation. Layer 3, on read-write connections.
 */
#ifndef MODEL_IMPORT_FILE_H
#define MODEL_IMPORT_FILE_H
#include "db/db.h"

struct import_file {
	int64_t id, espace; /* espace 0: none */
	struct str body; /* empty: done, given up, or of another day */
	struct str sum, source, espace_name, created_at, done_at, counts;
	bool publish;
};

enum err import_file_put(struct db *db, struct arena *a, int64_t account, const struct import_file *f, struct str espace, int64_t *ret_id) MUST_CHECK;
/* kind: "fiches" or "chiffres". ERR_NOT_FOUND */
enum err import_file_find(struct db *db, struct arena *a, int64_t id, int64_t account, const char *kind, struct import_file *ret) MUST_CHECK;
/* A table of figures: only its body and sum are told. */
enum err figure_file_put(struct db *db, struct arena *a, int64_t account, struct str body, struct str sum, int64_t *ret_id) MUST_CHECK;
/* counts: JSON; empty: given up. */
enum err import_file_done(struct db *db, struct arena *a, int64_t id, int64_t account, struct str counts) MUST_CHECK;

#endif
