/*
 * search_miss: counts searches that found nothing, or little, by day, words or theme, and département asked for. Layer 3.
 * One thread of its own, one connection as catalyse_count opened at the first count; a page only leaves a note in a small queue and
 * never waits. What cannot be counted (queue full, database away) is logged and forgotten. Nothing of the visitor is read,
 * but for whether the User-Agent is a robot's. See docs/design/recherches-vaines.md.
 */
#ifndef MODEL_SEARCH_MISS_H
#define MODEL_SEARCH_MISS_H
#include "model/list_query.h"
#include "web/req.h"

enum { SEARCH_MISS_FEW = 3 }; /* under this many answers, a search is poor */

/* An empty conninfo: nothing is counted. */
void search_miss_start(const char *conninfo, bool unnamed);
void search_miss_stop(void); /* counts what waits, ends the thread */
/* Called by a list once its total is known. Only first pages in HTML, with words, a theme or a territory, are counted. */
void search_miss_note(const struct req *r, const struct list_query *q, int64_t total);

/* What the connection that counts may do: count, and more than that. ERR_DB_* with a detail. */
enum err search_miss_rights(const char *conninfo, bool *ret_may, bool *ret_more) MUST_CHECK;

#endif
