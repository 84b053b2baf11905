/*
 * territory_parts: what a territory's page says of programmes and of territories like it. Layer 4, private to page/territory*.c.
 * All lives in the request's arena; nothing fails.
 */
#ifndef PAGE_TERRITORY_PARTS_H
#define PAGE_TERRITORY_PARTS_H
#include "model/alike.h"
#include "page/page.h"

struct view_alike alike_view(struct arena *a, const struct territory *t, const struct alike *x);
/* territory.c: its key figures. */
struct view_figures territory_figures(struct arena *a, const struct territory *t);
/* "1 fiche, 2 acteurs connus"; what is not there is not said */
struct str known_of(struct arena *a, int64_t sheets, int64_t catalysts);
struct view_programmes programmes_view(struct arena *a, const struct territory *t, const struct programmes *list);

#endif
