/*
 * err: everything a user or the world can cause. Broken invariants go to die() (base/log.h).
 * Layer 0. The table is err.def; the detail is recorded where it happened (err_note) and logged once, by the gate.
 */
#ifndef BASE_ERR_H
#define BASE_ERR_H
#include "base/str.h"

enum err {
#define ERR(name, status, level, phrase) ERR_##name,
#include "base/err.def"
#undef ERR
	ERR_COUNT
};

const char *err_name(enum err e);   /* "NOT_FOUND" */
int err_status(enum err e);         /* HTTP status, 200..599 */
int err_level(enum err e);          /* enum log_level */
const char *err_phrase(enum err e); /* French, for the visitor */

/* Remembers a detail for this thread, at most 511 bytes kept; returns e, so that `return err_note(ERR_X, "...")` reads well. */
enum err err_note(enum err e, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* The last detail of this thread, "" when none; err_clear forgets it at the start of a request. */
const char *err_detail(void);
void err_clear(void);

#endif
