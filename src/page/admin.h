/*
 * admin: what the pages of those in charge share: the frame, cells, buttons, outcomes in words. Layer 4.
 */
#ifndef PAGE_ADMIN_H
#define PAGE_ADMIN_H
#include "page/page.h"
#include "web/actor.h"

enum { ADMIN_PAGE = 50 }; /* rows on a page */

/* path: of the tab, "/administration/espaces"; under: a page of that tab, NULL for the tab's own. */
struct view_admin admin_view(struct req *r, const char *path, struct str title, const char *lead, bool under);
enum err admin_send(struct req *r, struct resp *w, struct view_admin *v) MUST_CHECK;
/* 303 to path?fait=code */
void admin_done(struct req *r, struct resp *w, struct str path, const char *code);
/* The outcome of a change: true when it was made. Else it is said of that field, and the answer is 422. */
bool admin_made(struct req *r, struct resp *w, struct str why, const char *field);

struct view_admin_cell admin_text(struct str text);
struct view_admin_cell admin_link(struct str text, struct url url);
struct view_admin_cell admin_number(struct arena *a, int64_t n);
struct view_admin_buttons admin_buttons(struct req *r, size_t n, const struct view_admin_button *buttons);
struct view_admin_heads admin_heads(struct arena *a, size_t n, const struct view_admin_head *heads);
/* A row, each cell under its head. */
struct view_admin_row admin_row(struct arena *a, const struct view_admin_heads *heads, struct view_admin_cell first, size_t n, const struct view_admin_cell *cells);
/* A form of these fields. */
struct view_admin_form admin_form(struct req *r, const char *id, struct str title, struct url action, size_t n, const struct view_form_field *fields,
                                  struct str button, const char *act);
struct view_admin_forms admin_forms(struct arena *a, size_t n, const struct view_admin_form *forms);
/* "28 novembre 2026 à 10 h 41" of an instant in UTC, told in UTC; "28 novembre 2026" of a day. */
struct str admin_when(struct arena *a, struct str iso);
/* "Changé le … par …"; empty when nothing was. */
struct str admin_history(struct arena *a, struct str at, struct str by);
/* Pages of a list of total rows: the parameter "page". */
struct view_paging admin_paging(struct req *r, const char *path, int64_t total);
int64_t admin_offset(const struct req *r);
int64_t admin_int(const struct req *r, const char *name); /* 0 when absent */

#endif
