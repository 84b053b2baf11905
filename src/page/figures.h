/*
 * figures: what the pages of the Observatoire share: the drawings a list of figures makes, each with its table; the block of a territory. Layer 4.
 */
#ifndef PAGE_FIGURES_H
#define PAGE_FIGURES_H
#include "model/figure.h"
#include "page/page.h"

/* The drawings of one indicator: over time, side by side, by région, or bars. refs: outlines for the map; id: prefix of the ids. */
struct view_chart_blocks figure_blocks(struct arena *a, const struct indicator *i, const struct figures *f, const struct territory_refs *refs, const char *id);
/* Two places side by side, named; the lines that one of them has. n 0 in rows: neither has any. */
struct view_chart_block figure_pair(struct arena *a, const struct indicator *i, const struct figures *first, struct str first_name, const struct figures *second,
                                    struct str second_name, const char *id);
struct view_chart_row figure_row(struct arena *a, const struct figure *f, struct str label);
struct url link_indicator(struct arena *a, struct str code);
/* The five overseas régions that have no figure among these. */
struct view_places figure_overseas(struct arena *a, const struct figures *f, const struct territory_refs *refs);
/* "Chiffres publiés": for the page of a territory and for other blocks; title empty when there is nothing to say. */
struct view_place_figures figure_place_view(struct arena *a, const struct territory *t, const struct figures *f);

#endif
