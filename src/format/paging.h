/*
 * paging: the addresses of the pages of a list, the same in every data format, and what the headers say of them. Layer 4.
 * Addresses are absolute, encoded, and keep the suffix of the format asked; an empty one means there is no such page.
 */
#ifndef FORMAT_PAGING_H
#define FORMAT_PAGING_H
#include "model/list_query.h"
#include "web/req.h"
#include "web/resp.h"

struct paging {
	int64_t offset; /* items before this page; 0 in a walk */
	struct str self, first, prev, next, last;
	struct str html; /* the page that people read, of this very query */
	struct str list; /* its first page, as people read it: the name of the whole list */
};

/* In a full walk (apres): no prev, no last, and next bears the cursor. No last either before the end of a list whose total is an estimate. */
struct paging paging_links(struct req *r, const struct list_query *q, const struct facet_counts *f);
/* "Link" with rel first, prev, next, last (RFC 8288), and "X-Total", but of a total that is -1, known nearly only: what CSV cannot say by itself. */
void paging_headers(struct req *r, struct resp *w, const struct paging *p, int64_t total);

#endif
