/*
 * home: the blocks that the home of a front office is made of. Layer 4. A kind is a row of HOME_KINDS and a function of home_blocks.c.
 */
#ifndef PAGE_HOME_H
#define PAGE_HOME_H
#include "page/page.h"

struct home {
	struct req *r;
	const struct espace_front *espace;
	struct buf *out;
	/* Read when a block wants them, once a page. */
	const struct db_rows *parts;
	struct sheet_list recent;
	bool has_recent;
	bool beside; /* the block drawn stands in a column beside the one before */
};

typedef enum err home_draw(struct home *h, const struct espace_block *b, struct view_block *v);

struct home_kind {
	const char *code, *label, *help; /* what editors read of it */
	home_draw *draw;                 /* fills v, then draws it; nothing when there is nothing to show */
	bool title, body, size;          /* what editors may say of it */
	const char *heading;             /* its title when editors give none */
	int most;                        /* size when editors give none */
};
extern const struct home_kind HOME_KINDS[];
extern const size_t HOME_KINDS_N;
const struct home_kind *home_kind_of(struct str code); /* NULL: unknown here */

enum err home_recent(struct home *h, int64_t most) MUST_CHECK;
void home_event(struct arena *a, const struct db_rows *rows, struct view_event *v);

#endif
