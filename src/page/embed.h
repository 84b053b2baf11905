/*
 * embed: what the frames of /integrer share: one page without head, foot, script nor cookie; every address in it is absolute. Layer 4.
 */
#ifndef PAGE_EMBED_H
#define PAGE_EMBED_H
#include "page/page.h"

enum { EMBED_ROWS = 8 }; /* of a list whose frame does not say how many */

enum err embed_send(struct req *r, struct resp *w, struct view_embedded *v) MUST_CHECK;
bool embed_compact(const struct req *r);
struct url embed_absolute(struct req *r, struct url u);
/* The address of the whole list, as people read it. */
struct url embed_back(struct req *r, const char *path);

#endif
