/*
 * parcours_desk: what composing a parcours and reading one over share: rows, the text as it will appear with what may be done. Layer 4.
 */
#ifndef PAGE_PARCOURS_DESK_H
#define PAGE_PARCOURS_DESK_H
#include "model/account.h"
#include "model/parcours_work.h"
#include "page/parcours.h"
#include "web/actor.h"

struct str desk_done(struct req *r, struct str code); /* what has just been done, in words */
/* Says why an act was refused, and the status. */
void desk_refused(struct req *r, struct resp *w, struct str why);
/* A row a parcours; its title leads to path/{id}. */
struct view_desk_rows desk_rows(struct arena *a, const struct parcours_work_rows *l, const char *path);
/* The text as readers would see it, and the acts of its author, or (reviewer) of who reads it over. */
enum err desk_show(struct req *r, struct resp *w, const struct parcours_work *k, bool reviewer) MUST_CHECK;

#endif
