/*
 * figures: indicators and their figures as CSV, JSON and linked data. Layer 4; nothing fails. The CSV is one line a figure, with all that is said of
 * its indicator: `catalyse import figures` takes it back as it is.
 */
#ifndef FORMAT_FIGURES_H
#define FORMAT_FIGURES_H
#include "format/jsonld.h"
#include "model/figure.h"

void figures_csv(struct req *r, struct buf *b, const struct indicators *i, const struct figures *f);
/* One indicator as an object, with those of these figures that are its own. */
void figures_json_indicator(struct json_out *j, struct req *r, const struct indicator *i, const struct figures *f);
void figures_json_figure(struct json_out *j, struct req *r, const struct figure *f);
/* A schema.org Dataset: one indicator, or all of them when i->n is not 1. */
void figures_jsonld(const struct jsonld *d, struct buf *b, const struct indicators *i, const struct figures *f);
struct str uri_indicator(struct arena *a, struct str base, struct str code);

#endif
