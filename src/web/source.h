/*
 * source: which base a request reads: the copy its thread is connected to, or the primary. Layer 2. One server: nothing is asked, nothing
 * changes. The primary is read by whoever sends, by one person's pages, by whoever wrote a moment ago until the copy holds it (cookie
 * "frais": the place in the primary's log, 60 s), and by all when the copy is too late. Without a primary the copy is read, late or not.
 */
#ifndef WEB_SOURCE_H
#define WEB_SOURCE_H
#include "web/gate.h"

/* "frais" as received is what source_mark wrote, or nothing. */
bool source_mark_read(struct str value, uint64_t *ret) MUST_CHECK;
/* Sets r->db, and forgets r->memo for whoever wrote a moment ago. */
void source_choose(struct gate_worker *w, struct req *r, struct str mark);
/* After the commit of what a person wrote: their next pages are not older than it. */
void source_mark(struct req *r, struct resp *resp);

#endif
