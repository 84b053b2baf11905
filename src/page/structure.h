/* structure: what the pages of structures share: their words, and the form that says what one is. Layer 4. */
#ifndef PAGE_STRUCTURE_H
#define PAGE_STRUCTURE_H
#include "model/structure.h"
#include "page/page.h"

enum { STRUCTURE_FIELDS = 5 };

/* "association", "intercommunalité": as read in a sentence. */
struct str structure_kind_words(struct str kind);
/* The five fields; s (may be NULL): what they hold at first. */
struct view_form_fields structure_fields(struct req *r, const struct structure *s);
/* What was sent of structure id (0: a new one); faults are said, then *ret_good is false. */
enum err structure_words_read(struct req *r, int64_t id, struct structure_words *ret, bool *ret_good) MUST_CHECK;
struct url structure_link(struct arena *a, int64_t id);

#endif
