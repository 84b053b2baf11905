/*
 * workshop: what the pages of a session share, those who write and who hosts. Layer 4. All lives in the request's arena.
 */
#ifndef PAGE_WORKSHOP_H
#define PAGE_WORKSHOP_H
#include "model/workshop.h"
#include "page/page.h"
#include "web/actor.h"

/* "exemple.fr/atelier", to be read aloud. */
struct str workshop_address(struct req *r, const char *path);
struct str workshop_claim_path(struct arena *a, struct str code, struct str secret);
/* The link to what was written, by mail: ten a day to one address, more are not sent. email empty: nothing. */
enum err workshop_mail(struct req *r, const struct workshop *s, struct str email, struct str title, struct str secret) MUST_CHECK;

#endif
