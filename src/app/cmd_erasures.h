/*
 * erasures: the accounts forgotten, by number, in a file that outlives the base: what an older base brought back must forget again.
 * Layer 5 (app). A line an account: number, day it was made, garder or retirer, day it was erased. Lines are added, never taken out.
 */
#ifndef APP_CMD_ERASURES_H
#define APP_CMD_ERASURES_H
#include "app/cmd.h"

/* path NULL: the setting ERASURES_FILE, nothing is done when it is empty. *ret_added (may be NULL): lines that were not there. ERR_IO, noted. */
enum err erasures_export(struct cmd *c, struct db *db, const char *path, size_t *ret_added) MUST_CHECK;
/* The instant of the last erasure, UTC: "2026-11-24T08:30:00Z"; empty: nobody was ever forgotten. */
enum err erasures_last(struct cmd *c, struct db *db, struct str *ret) MUST_CHECK;
struct erasures_done {
	size_t erased, already, unknown, unreadable; /* lines */
};
/* Forgets again whom the list names; each in a transaction of its own. ERR_IO: the list cannot be read. */
enum err erasures_replay(struct cmd *c, struct db *db, const char *path, struct erasures_done *ret) MUST_CHECK;
/* catalyse account erasures export|replay [FICHIER]: argv[0] is the word that follows. */
int cmd_erasures(struct cmd *c);

#endif
