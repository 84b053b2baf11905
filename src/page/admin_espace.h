/*
 * admin_espace: what the pages that change one front office share. Layer 4.
 */
#ifndef PAGE_ADMIN_ESPACE_H
#define PAGE_ADMIN_ESPACE_H
#include "model/espace.h"
#include "page/admin.h"

/* The espace of vars[0]; ERR_NOT_FOUND. A POST of somebody who may not change it: ERR_FORBIDDEN. */
enum err admin_espace_find(struct req *r, struct espace *ret) MUST_CHECK;
/* "/administration/espaces/reseau/menu"; part empty: its own page. */
struct str admin_espace_path(struct arena *a, const struct espace *s, const char *part);
/* The frame of one of its pages, with the way to the others. */
struct view_admin admin_espace_view(struct req *r, const struct espace *s, const char *part, const char *title, const char *lead);
/* A colour was typed: it is one, and the texts that it may carry are read on it. */
bool admin_espace_colour(struct req *r, const char *field, struct str colour, bool accent);

#endif
