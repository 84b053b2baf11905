#include "page/chart.h"

#include "base/buf.h"
#include "text/esc.h"
#include "text/typo.h"

#include <math.h>

/* Pixels. */
#define LINE 20    /* of a label */
#define BAR 28
#define GAP 20     /* between rows */
#define WIDE 42    /* characters of a label on one line: 350 px */
#define INSIDE 22. /* from this share of the width on, the value is written inside its bar */

static void
put(struct buf *b, struct str s)
{
	typo_put(b, s, TYPO_HTML);
}

/* Where a value stands, as a share of the width. */
static double
at(const struct chart *c, double v)
{
	double p = c->max > 0 ? v / c->max * 100 : 0;

	return p < 0 || !isfinite(p) ? 0 : p > 100 ? 100 : p;
}

/* "37.5%" */
static void
put_percent(struct buf *b, double p)
{
	int hundredths = (int)lround(p * 100);

	buf_int(b, hundredths / 100);
	if (hundredths % 100)
		buf_fmt(b, hundredths % 10 ? ".%02d" : ".%d", hundredths % 10 ? hundredths % 100 : hundredths % 100 / 10);
	buf_char(b, '%');
}

static void
put_at(struct buf *b, const char *name, double p)
{
	buf_fmt(b, " %s=\"", name);
	put_percent(b, p);
	buf_char(b, '"');
}

static void
begin(struct buf *b, const struct chart *c, const char *kind, int height)
{
	buf_fmt(b, "<svg class=\"graphe %s\" width=\"100%%\"", kind);
	if (height)
		buf_fmt(b, " height=\"%d\"", height);
	else
		buf_lit(b, " viewBox=\"0 0 1210 1000\"");
	buf_lit(b, " role=\"img\" aria-labelledby=\"");
	esc_attr(b, c->id);
	buf_lit(b, "-t ");
	esc_attr(b, c->id);
	buf_lit(b, "-d\"><title id=\"");
	esc_attr(b, c->id);
	buf_lit(b, "-t\">");
	put(b, c->title);
	buf_lit(b, "</title><desc id=\"");
	esc_attr(b, c->id);
	buf_lit(b, "-d\">");
	put(b, c->desc);
	buf_lit(b, "</desc>");
}

static struct html
end(struct buf *b)
{
	buf_lit(b, "</svg>");
	struct str s = buf_str(b);
	return (struct html){ s.p, s.n };
}

static size_t
characters(struct str s)
{
	size_t n = 0;

	for (size_t i = 0; i < s.n; i++)
		n += ((unsigned char)s.p[i] & 0xc0) != 0x80;
	return n;
}

/* The next line of a label, cut between words; the last of three takes what is left. */
static struct str
next_line(struct str *rest, int nth)
{
	size_t cut = 0, n = 0;

	if (characters(*rest) <= WIDE || nth == 2) {
		struct str all = *rest;
		*rest = STR_NONE;
		return all;
	}
	for (size_t i = 0; i < rest->n && n <= WIDE; i++) {
		n += ((unsigned char)rest->p[i] & 0xc0) != 0x80;
		if (rest->p[i] == ' ' && n <= WIDE + 1)
			cut = i;
	}
	if (cut == 0) { /* one long word */
		struct str all = *rest;
		*rest = STR_NONE;
		return all;
	}
	struct str line = { rest->p, cut };
	*rest = (struct str){ rest->p + cut + 1, rest->n - cut - 1 };
	return line;
}

static int
lines_of(struct str label)
{
	int n = 0;

	while (label.n)
		(void)next_line(&label, n++);
	return n;
}

/* The label over its mark, its note after the last line; returns the height taken. */
static int
put_label(struct buf *b, int y, struct str label, struct str note)
{
	int lines = lines_of(label), n = 0;

	if (lines == 0 && note.n == 0)
		return 0;
	buf_fmt(b, "<text class=\"nom\" x=\"0\" y=\"%d\">", y + 15);
	while (label.n) {
		struct str line = next_line(&label, n);
		if (n++)
			buf_fmt(b, "<tspan x=\"0\" dy=\"%d\">", LINE);
		put(b, line);
		if (n > 1)
			buf_lit(b, "</tspan>");
	}
	if (note.n) {
		buf_lit(b, " <tspan class=\"an\">");
		put(b, note);
		buf_lit(b, "</tspan>");
	}
	buf_lit(b, "</text>");
	return (lines ? lines : 1) * LINE + 4;
}

static void
put_data(struct buf *b, int64_t id)
{
	if (id)
		buf_fmt(b, " data-chiffre=\"%lld\"", (long long)id);
}

static void
put_value(struct buf *b, const struct chart_mark *m, double p, const char *cls, int dx, const char *anchor, int y)
{
	buf_fmt(b, "<text class=\"%s\"", cls);
	put_at(b, "x", p);
	buf_fmt(b, " dx=\"%d\" y=\"%d\" text-anchor=\"%s\">", dx, y, anchor);
	put(b, m->text);
	buf_lit(b, "</text>");
}

struct html
chart_bars(struct arena *a, const struct chart *c, const struct chart_mark *p, size_t n)
{
	struct buf b, rows;
	int y = 0;

	buf_init(&b, a, 1024 + n * 512);
	buf_init(&rows, a, n * 512);
	for (size_t i = 0; i < n; i++) {
		double to = at(c, p[i].value);
		buf_lit(&rows, "<g");
		put_data(&rows, p[i].id);
		buf_char(&rows, '>');
		y += put_label(&rows, y, p[i].label, p[i].note);
		if (c->whole)
			buf_fmt(&rows, "<rect class=\"piste\" x=\"0\" y=\"%d\" width=\"100%%\" height=\"%d\"/>", y, BAR);
		buf_fmt(&rows, "<rect class=\"barre\" x=\"0\" y=\"%d\"", y);
		put_at(&rows, "width", to);
		buf_fmt(&rows, " height=\"%d\"/>", BAR);
		if (p[i].has_low && p[i].has_high) {
			double low = at(c, p[i].low), high = at(c, p[i].high);
			const double ends[] = { low, high };
			buf_lit(&rows, "<line class=\"marge\"");
			put_at(&rows, "x1", low);
			put_at(&rows, "x2", high);
			buf_fmt(&rows, " y1=\"%d\" y2=\"%d\"/>", y + BAR + 5, y + BAR + 5);
			for (size_t k = 0; k < 2; k++) {
				buf_lit(&rows, "<line class=\"marge\"");
				put_at(&rows, "x1", ends[k]);
				put_at(&rows, "x2", ends[k]);
				buf_fmt(&rows, " y1=\"%d\" y2=\"%d\"/>", y + BAR + 1, y + BAR + 9);
			}
		}
		if (to >= INSIDE)
			put_value(&rows, &p[i], to, "val dedans", -9, "end", y + 21);
		else
			put_value(&rows, &p[i], to, "val", 8, "start", y + 21);
		buf_lit(&rows, "</g>");
		y += BAR + (i + 1 < n ? GAP : p[i].has_low && p[i].has_high ? 10 : 1);
	}
	begin(&b, c, "g-barres", y > 0 ? y : 1);
	buf_put(&b, buf_str(&rows));
	return end(&b);
}

/* A drawing within the drawing leaves room for values written beside the first and the last marks. */
static void
inner(struct buf *b, const char *x, const char *width)
{
	buf_fmt(b, "<svg x=\"%s\" width=\"%s\" height=\"100%%\" overflow=\"visible\">", x, width);
}

/* The lozenge is a small drawing of its own, so that it stands at a percentage. */
static void
put_lozenge(struct buf *b, double p, int y)
{
	buf_lit(b, "<svg overflow=\"visible\"");
	put_at(b, "x", p);
	buf_fmt(b, " y=\"%d\" width=\"1\" height=\"1\"><path class=\"losange\" d=\"M0-10 10 0 0 10-10 0z\"/></svg>", y);
}

struct html
chart_pairs(struct arena *a, const struct chart *c, const struct chart_pair *p, size_t n)
{
	struct buf b, rows, labels;
	int y = 0;

	buf_init(&b, a, 1024 + n * 768);
	buf_init(&rows, a, n * 640);
	buf_init(&labels, a, n * 128);
	for (size_t i = 0; i < n; i++) {
		const struct chart_mark *l = &p[i].first, *r = &p[i].second;
		double x1 = at(c, l->value), x2 = at(c, r->value);
		y += put_label(&labels, y, p[i].label, STR_NONE);
		int middle = y + 14;
		buf_fmt(&rows, "<line class=\"fil-p\" x1=\"0\" x2=\"100%%\" y1=\"%d\" y2=\"%d\"/>", middle, middle);
		if (l->id && r->id) {
			buf_lit(&rows, "<line class=\"ecart\"");
			put_at(&rows, "x1", x1);
			put_at(&rows, "x2", x2);
			buf_fmt(&rows, " y1=\"%d\" y2=\"%d\"/>", middle, middle);
		}
		bool swap = l->id && r->id && x1 > x2; /* whose value is written to the left */
		if (r->id) {
			buf_lit(&rows, "<g");
			put_data(&rows, r->id);
			buf_char(&rows, '>');
			put_lozenge(&rows, x2, middle);
			put_value(&rows, r, x2, "val", swap ? -17 : 17, swap ? "end" : "start", middle + 7);
			buf_lit(&rows, "</g>");
		}
		if (l->id) {
			buf_lit(&rows, "<g");
			put_data(&rows, l->id);
			buf_lit(&rows, "><circle class=\"rond\"");
			put_at(&rows, "cx", x1);
			bool alone = !r->id;
			buf_fmt(&rows, " cy=\"%d\" r=\"9\"/>", middle);
			put_value(&rows, l, x1, "val fort", swap || alone ? 17 : -17, swap || alone ? "start" : "end", middle + 7);
			buf_lit(&rows, "</g>");
		}
		y += BAR + (i + 1 < n ? GAP - 4 : 2);
	}
	begin(&b, c, "g-paires", y + 20);
	buf_put(&b, buf_str(&labels));
	inner(&b, "12%", "74%");
	buf_put(&b, buf_str(&rows));
	if (c->whole)
		buf_fmt(&b, "<text class=\"an\" x=\"0\" y=\"%d\" text-anchor=\"middle\">0</text><text class=\"an\" x=\"100%%\" y=\"%d\" text-anchor=\"middle\">100 %%</text>", y + 14, y + 14);
	buf_lit(&b, "</svg>");
	return end(&b);
}

struct html
chart_series(struct arena *a, const struct chart *c, const struct chart_point *p, size_t n)
{
	enum { TOP = 34, GROUND = 214, HEIGHT = 262 };
	struct buf b;
	double first = n ? p[0].at : 0, last = first;

	for (size_t i = 1; i < n; i++) {
		first = p[i].at < first ? p[i].at : first;
		last = p[i].at > last ? p[i].at : last;
	}
	double span = last - first > 0 ? last - first : 1;
	buf_init(&b, a, 2048 + n * 512);
	begin(&b, c, "g-suite", HEIGHT);
	inner(&b, "9%", "80%");
	buf_fmt(&b, "<line class=\"sol\" x1=\"-8%%\" x2=\"110%%\" y1=\"%d\" y2=\"%d\"/>", GROUND, GROUND);
#define X(i) ((p[i].at - first) / span * 100)
#define Y(i) (GROUND - (int)lround(at(c, p[i].mark.value) / 100 * (GROUND - TOP)))
	for (size_t i = 1; i < n; i++) {
		if (p[i].line != p[i - 1].line)
			continue;
		buf_lit(&b, "<line class=\"trait-s\"");
		put_at(&b, "x1", X(i - 1));
		put_at(&b, "x2", X(i));
		buf_fmt(&b, " y1=\"%d\" y2=\"%d\"/>", Y(i - 1), Y(i));
	}
	for (size_t i = 0; i < n; i++) {
		bool one = (i == 0 || p[i - 1].line != p[i].line) && (i + 1 == n || p[i + 1].line != p[i].line); /* joined to nothing: hollow */
		buf_lit(&b, "<g");
		put_data(&b, p[i].mark.id);
		buf_lit(&b, "><line class=\"fil-p\"");
		put_at(&b, "x1", X(i));
		put_at(&b, "x2", X(i));
		buf_fmt(&b, " y1=\"%d\" y2=\"%d\"/><circle class=\"%s\"", Y(i) + 9, GROUND, one ? "rond creux" : "rond");
		put_at(&b, "cx", X(i));
		buf_fmt(&b, " cy=\"%d\" r=\"8\"/>", Y(i));
		/* A point that has another just after it, as high or higher, writes to its left. */
		const char *anchor = X(i) < 12 ? "start" : X(i) > 88 ? "end" : "middle";
		put_value(&b, &p[i].mark, X(i), one ? "val" : "val fort", X(i) < 12 ? -8 : X(i) > 88 ? 8 : 0, anchor, Y(i) - 16);
		buf_lit(&b, "</g>");
	}
	/* When, under the ground; two that are close stand one under the other. */
	for (size_t i = 0; i < n; i++) {
		size_t lower = 0;
		for (size_t k = 0; k < n; k++)
			lower += k != i && fabs(X(k) - X(i)) < 24 && (X(k) < X(i) || (X(k) == X(i) && k < i));
		buf_lit(&b, "<text class=\"an\"");
		put_at(&b, "x", X(i));
		buf_fmt(&b, " dx=\"%d\" y=\"%d\" text-anchor=\"%s\">", X(i) < 40 ? -8 : X(i) > 60 ? 8 : 0, GROUND + 20 + LINE * (int)(lower > 1 ? 1 : lower),
		        X(i) < 40 ? "start" : X(i) > 60 ? "end" : "middle");
		put(&b, p[i].mark.note);
		if (p[i].line_name.n && (i + 1 == n || p[i + 1].line != p[i].line)) {
			buf_lit(&b, ", ");
			put(&b, p[i].line_name);
		}
		buf_lit(&b, "</text>");
	}
#undef X
#undef Y
	buf_lit(&b, "</svg>");
	return end(&b);
}

/* Four steps between the least and the greatest; a single value takes the third. */
static int
step(double v, double low, double high)
{
	if (high <= low)
		return 3;
	int k = 1 + (int)floor((v - low) / (high - low) * 4);
	return k > 4 ? 4 : k;
}

struct html
chart_regions(struct arena *a, const struct chart *c, const struct chart_region *p, size_t n)
{
	struct buf b;
	double low = 0, high = 0;
	size_t known = 0, insets = 0;

	for (size_t i = 0; i < n; i++) {
		if (!p[i].mark.id)
			continue;
		low = known == 0 || p[i].mark.value < low ? p[i].mark.value : low;
		high = known == 0 || p[i].mark.value > high ? p[i].mark.value : high;
		known++;
	}
	buf_init(&b, a, 65536);
	begin(&b, c, "g-regions", 0);
	buf_lit(&b, "<defs><pattern id=\"");
	esc_attr(&b, c->id);
	buf_lit(&b, "-h\" width=\"14\" height=\"14\" patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\"><rect class=\"h-fond\" width=\"14\" height=\"14\"/>"
	            "<line class=\"h-trait\" x1=\"0\" x2=\"0\" y1=\"0\" y2=\"14\"/></pattern><pattern id=\"");
	esc_attr(&b, c->id);
	buf_lit(&b, "-i\" href=\"#"); /* the same in a frame, whose land is drawn smaller */
	esc_attr(&b, c->id);
	buf_lit(&b, "-h\" patternTransform=\"scale(7.6) rotate(45)\"/></defs>");
	for (int pass = 0; pass < 3; pass++) { /* insets, land, words over all land */
		for (size_t i = 0; i < n; i++) {
			const struct chart_region *r = &p[i];
			if (r->inset != (pass == 0) || r->path.n == 0)
				continue;
			if (pass == 2) {
				if (r->mark.id && r->mark.text.n) {
					buf_fmt(&b, "<text class=\"val-r\" x=\"%.0f\" y=\"%.0f\" text-anchor=\"middle\">", r->x + 210, r->y + 12);
					put(&b, r->mark.text);
					buf_lit(&b, "</text>");
				}
				continue;
			}
			buf_lit(&b, "<g");
			put_data(&b, r->mark.id);
			if (pass == 0)
				buf_fmt(&b, " transform=\"translate(0,%zu)\"><rect class=\"cadre\" x=\"2\" y=\"0\" width=\"190\" height=\"184\" rx=\"8\"/", 6 + 200 * insets++);
			buf_lit(&b, "><path class=\"reg-c ");
			if (r->mark.id)
				buf_fmt(&b, "p%d\"", step(r->mark.value, low, high));
			else {
				buf_lit(&b, "sans\" fill=\"url(#");
				esc_attr(&b, c->id);
				buf_fmt(&b, "-%c)\"", pass == 0 ? 'i' : 'h');
			}
			buf_fmt(&b, " transform=\"%s\" d=\"", pass == 0 ? "translate(30,12) scale(0.132)" : "translate(210,0)");
			esc_attr(&b, r->path);
			buf_lit(&b, "\"/>");
			if (pass == 0) {
				buf_lit(&b, "<text class=\"nom-r mot\" x=\"14\" y=\"172\">");
				put(&b, r->mark.label);
				buf_lit(&b, "</text><text class=\"nom-r code\" x=\"14\" y=\"174\">");
				put(&b, r->code);
				buf_lit(&b, "</text>");
				if (r->mark.id && r->mark.text.n) {
					buf_lit(&b, "<text class=\"val-r\" x=\"176\" y=\"46\" text-anchor=\"end\">");
					put(&b, r->mark.text);
					buf_lit(&b, "</text>");
				}
			}
			buf_lit(&b, "</g>");
		}
	}
	return end(&b);
}
