/*
 * backup_state: what is known of the last backup and of the last drill: a small JSON file (BACKUP_STATE) that the commands write and that
 * `catalyse check --live` and /metrics read, and beside it the same as measures (etat.json, etat.prom), for Prometheus's exporter of a machine where no
 * instance runs. Layer 5 (app). Texts live in the arena. A file that is not there reads as "never".
 */
#ifndef APP_BACKUP_STATE_H
#define APP_BACKUP_STATE_H
#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include <stdbool.h>
#include <stdint.h>

/* One of the two: seconds since 1970, 0 for never. */
struct backup_event {
	int64_t at, good_at;  /* the last try, the last good one */
	int64_t took_ms;      /* the last good one */
	struct str message;   /* why the last try failed; empty when it is the good one */
	struct str label;     /* the name pgBackRest gives the backup made, or restored */
};
struct backup_state {
	bool known; /* the file was there */
	struct backup_event backup, drill;
	int64_t full_at;               /* the last complete one that was good */
	int64_t oldest_at;             /* the oldest one that is kept */
	int64_t bytes, stored_bytes;   /* the base, and what the whole of the last backup takes in the repository */
};

/* ERR_IO, ERR_BAD_INPUT: there, but not to be read. */
enum err backup_state_read(struct arena *a, const char *path, struct backup_state *ret) MUST_CHECK;
/* In place of the former one, whole. ERR_IO. Nothing to do when path is empty. */
enum err backup_state_write(struct arena *a, const char *path, const struct backup_state *s) MUST_CHECK;
/* In the text format of Prometheus. When, and not how old: who reads compares with its own clock. 0: never. */
void backup_state_measure(struct buf *b, const struct backup_state *s);

#endif
