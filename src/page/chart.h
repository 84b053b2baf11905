/*
 * chart: figures as drawings that the server makes: SVG that a screen reader reads (title, desc), a colour-blind person and grey paper too (shape,
 * hatching and the value written on it, never colour alone). Layer 4, pure: numbers and words in, markup out, in the arena given; nothing fails.
 * Widths are percentages of the drawing, without viewBox, so that letters keep their size at 390 px; looks are in web/assets/css/21-chart.css.
 * Each mark carries data-chiffre, the number given: the page writes a table whose rows carry the same, and tests compare them.
 */
#ifndef PAGE_CHART_H
#define PAGE_CHART_H
#include "base/arena.h"
#include <stdint.h>

struct chart_mark {
	int64_t id;             /* data-chiffre; 0: none */
	struct str label, note; /* "Maires", "2016" */
	struct str text;        /* "87 %": what is written on the mark */
	double value, low, high;
	bool has_low, has_high;
};

struct chart {
	struct str id;          /* unique in the page: the ids of the drawing begin with it */
	struct str title, desc; /* said by a screen reader; desc holds every value */
	double max;             /* what the whole width is worth, > 0 */
	bool whole;             /* max is all there is (100 %): its track is drawn */
};

/* One bar a mark, from 0; bounds as a whisker. Values below 0 are drawn at 0. */
struct html chart_bars(struct arena *a, const struct chart *c, const struct chart_mark *p, size_t n);

/* Two places on one line each: a disc and a lozenge, joined. Either may be missing: id 0. */
struct chart_pair {
	struct str label;
	struct chart_mark first, second;
};
struct html chart_pairs(struct arena *a, const struct chart *c, const struct chart_pair *p, size_t n);

/* Over time: a point a figure, joined when they are of one line, which names it at its end. */
struct chart_point {
	struct chart_mark mark; /* note: written under it, "mai 2023" */
	double at;              /* 2023.4 */
	size_t line;            /* points of one line follow each other, in time */
	struct str line_name;   /* written by its last point; empty: no name */
};
struct html chart_series(struct arena *a, const struct chart *c, const struct chart_point *p, size_t n);

/* Régions of France: what is known is tinted by its value and says it; the rest is hatched. Paths are in the unit of map_france. */
struct chart_region {
	struct chart_mark mark; /* id 0: nothing published */
	struct str code, path;
	bool inset;             /* overseas: in a frame of its own */
	double x, y;            /* where its words stand */
};
struct html chart_regions(struct arena *a, const struct chart *c, const struct chart_region *p, size_t n);

#endif
