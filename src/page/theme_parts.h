/*
 * theme_parts: what the list of thématiques and the page of one share. Layer 4. All lives in the request's arena; nothing fails.
 */
#ifndef PAGE_THEME_PARTS_H
#define PAGE_THEME_PARTS_H
#include "model/theme.h"
#include "page/page.h"
#include "text/json_out.h"

struct view_odds theme_odds_view(struct arena *a, const struct theme *t);
struct view_letters theme_letters(struct arena *a, const struct theme *t);
struct url theme_url(struct arena *a, const struct theme *t);
/* The definition without its sentence on the objectives, which stand beside it as tiles. */
struct str theme_lead(struct arena *a, const struct theme *t);
/* The members of an object that the caller opens and ends. */
void json_theme(struct json_out *j, struct arena *a, struct str base, const struct theme *t);

#endif
