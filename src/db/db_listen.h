/*
 * db_listen: the one connection of a process that hears of changes of the content (NOTIFY catalyse), on the primary, in a thread of its own.
 * Layer 2. It drops what is kept (base/fresh.h): a noun when the noun changed, everything when it listens again. It never ends a process and never
 * holds a request: without it what is kept is kept for a minute at most. Owns its connection; the settings outlive it.
 */
#ifndef DB_DB_LISTEN_H
#define DB_DB_LISTEN_H
#include <stdbool.h>

void db_listen_start(const char *conninfo); /* "": nothing is listened to. Signals are blocked by then. */
void db_listen_stop(void);                  /* joined */
bool db_listen_running(void);               /* whether it tries to listen; fresh_heard() tells whether it does */

#endif
