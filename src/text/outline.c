#include "text/outline.h"

enum { POINTS_MAX = 1 << 20, COORDINATE_MAX = 1 << 24 };

struct point {
	int x, y;
};

struct ring {
	size_t path, first, n; /* of points */
};

/* A place where a line may not be simplified across: its two neighbours are not the same everywhere. */
struct place {
	struct point at, near[2];
	bool used, node;
};

struct outlines {
	struct point *points;
	bool *kept; /* by point */
	struct ring *rings;
	struct place *places; /* open addressing */
	size_t npoints, nrings, nplaces;
	double tolerance;
};

static bool
same(struct point a, struct point b)
{
	return a.x == b.x && a.y == b.y;
}

static bool
before(struct point a, struct point b)
{
	return a.x != b.x ? a.x < b.x : a.y < b.y;
}

/* A whole number at *i, after spaces or a comma. */
static bool
number(struct str s, size_t *i, int *ret)
{
	size_t k = *i;
	int64_t v = 0;
	while (k < s.n && (s.p[k] == ' ' || s.p[k] == ','))
		k++;
	bool minus = k < s.n && s.p[k] == '-';
	k += minus;
	size_t digits = k;
	for (; k < s.n && s.p[k] >= '0' && s.p[k] <= '9' && v <= COORDINATE_MAX; k++)
		v = v * 10 + (s.p[k] - '0');
	if (k == digits || v > COORDINATE_MAX || (k < s.n && s.p[k] == '.'))
		return false;
	*ret = minus ? -(int)v : (int)v;
	*i = k;
	return true;
}

/* Adds the rings of one path; the point that closes one by repeating the first is left out. */
static bool
path_read(struct outlines *o, struct str s, size_t path)
{
	size_t i = 0;
	while (i < s.n) {
		struct ring r = { .path = path, .first = o->npoints };
		struct point p, d;
		if (s.p[i++] != 'M' || !number(s, &i, &p.x) || !number(s, &i, &p.y))
			return false;
		o->points[o->npoints++] = p;
		if (i < s.n && s.p[i] == 'l')
			for (i++; i < s.n && s.p[i] != 'z' && number(s, &i, &d.x) && number(s, &i, &d.y);) {
				p.x += d.x;
				p.y += d.y;
				if (p.x > COORDINATE_MAX || p.x < -COORDINATE_MAX || p.y > COORDINATE_MAX || p.y < -COORDINATE_MAX)
					return false;
				if (!same(p, o->points[o->npoints - 1]))
					o->points[o->npoints++] = p;
			}
		if (i == s.n || s.p[i++] != 'z')
			return false;
		r.n = o->npoints - r.first;
		if (r.n > 1 && same(p, o->points[r.first])) {
			r.n--;
			o->npoints--;
		}
		o->rings[o->nrings++] = r;
	}
	return true;
}

static struct place *
place_of(struct outlines *o, struct point p)
{
	uint64_t h = ((uint64_t)(uint32_t)p.x << 32 | (uint32_t)p.y) * 0x9e3779b97f4a7c15ULL;
	size_t i = (size_t)(h >> 20) & (o->nplaces - 1);
	while (o->places[i].used && !same(o->places[i].at, p))
		i = (i + 1) & (o->nplaces - 1);
	return &o->places[i];
}

static struct point
point_at(const struct outlines *o, const struct ring *r, size_t i)
{
	return o->points[r->first + i % r->n];
}

static void
places_mark(struct outlines *o)
{
	for (size_t k = 0; k < o->nrings; k++) {
		const struct ring *r = &o->rings[k];
		for (size_t i = 0; i < r->n; i++) {
			struct point p = point_at(o, r, i), a = point_at(o, r, i + r->n - 1), b = point_at(o, r, i + 1);
			struct place *at = place_of(o, p);
			if (!at->used)
				*at = (struct place){ .at = p, .near = { a, b }, .used = true };
			else if (!((same(at->near[0], a) && same(at->near[1], b)) || (same(at->near[0], b) && same(at->near[1], a))))
				at->node = true;
		}
	}
}

static double
distance2(struct point p, struct point a, struct point b)
{
	double dx = b.x - a.x, dy = b.y - a.y, px = p.x - a.x, py = p.y - a.y, length2 = dx * dx + dy * dy;
	double area = px * dy - py * dx;
	return length2 > 0 ? area * area / length2 : px * px + py * py;
}

/* Points from..to of a ring, both kept: between them, those that lines without them would miss. */
static void
line_lighten(struct outlines *o, const struct ring *r, size_t from, size_t to)
{
	struct point a = point_at(o, r, from), b = point_at(o, r, to), second = point_at(o, r, from + 1), last = point_at(o, r, to - 1);
	/* The same choice whichever way the line is followed: of two points as far, the first from its lesser end. */
	bool forward = same(a, b) ? before(second, last) : before(a, b);
	double far = -1;
	size_t at = 0;
	for (size_t k = from + 1; k < to; k++) {
		size_t i = forward ? k : from + to - k;
		double d = distance2(point_at(o, r, i), a, b);
		if (d > far) {
			far = d;
			at = i;
		}
	}
	if (at == 0 || far <= o->tolerance * o->tolerance)
		return;
	o->kept[r->first + at % r->n] = true;
	line_lighten(o, r, from, at);
	line_lighten(o, r, at, to);
}

static void
ring_lighten(struct outlines *o, const struct ring *r)
{
	size_t from = 0, least = 0;
	while (from < r->n && !place_of(o, point_at(o, r, from))->node)
		from++;
	for (size_t i = 1; i < r->n; i++)
		if (before(point_at(o, r, i), point_at(o, r, least)))
			least = i;
	if (from == r->n) /* an island: from its own least point, whoever draws it */
		from = least;
	o->kept[r->first + from] = true;
	size_t last = from;
	for (size_t i = from + 1; i <= from + r->n; i++) {
		bool end = i == from + r->n;
		if (!end && !place_of(o, point_at(o, r, i))->node)
			continue;
		o->kept[r->first + i % r->n] = true;
		line_lighten(o, r, last, i);
		last = i;
	}
}

static void
number_put(struct buf *b, int v)
{
	char before_it = b->n ? b->p[b->n - 1] : 'M';
	if (v >= 0 && before_it >= '0' && before_it <= '9')
		buf_char(b, ' ');
	buf_int(b, v);
}

static void
ring_put(struct buf *b, const struct outlines *o, const struct ring *r)
{
	size_t n = 0;
	for (size_t i = 0; i < r->n; i++)
		n += o->kept[r->first + i];
	if (n < 3)
		return;
	struct point p = { 0, 0 };
	bool first = true;
	for (size_t i = 0; i < r->n; i++) {
		struct point q = o->points[r->first + i];
		if (!o->kept[r->first + i])
			continue;
		if (first)
			buf_char(b, 'M');
		number_put(b, q.x - p.x);
		number_put(b, q.y - p.y);
		if (first)
			buf_char(b, 'l');
		first = false;
		p = q;
	}
	buf_char(b, 'z');
}

/* work: what is needed meanwhile, ten times what is kept. */
static void
lighten(struct arena *a, struct arena *work, struct str *paths, size_t n, double tolerance)
{
	size_t bytes = 0, rings = 0;
	for (size_t i = 0; i < n; i++) {
		bytes += paths[i].n;
		for (size_t k = 0; k < paths[i].n; k++)
			rings += paths[i].p[k] == 'M';
	}
	if (bytes > POINTS_MAX)
		return;
	struct outlines o = { .tolerance = tolerance, .nplaces = 64 };
	o.points = arena_array(work, struct point, bytes / 2 + 1); /* a point is written in two bytes at least */
	o.rings = arena_array(work, struct ring, rings + 1);
	for (size_t i = 0; i < n; i++)
		if (!path_read(&o, paths[i], i))
			return;
	while (o.nplaces < o.npoints * 2)
		o.nplaces *= 2;
	o.places = arena_array(work, struct place, o.nplaces);
	o.kept = arena_array(work, bool, o.npoints + 1);
	places_mark(&o);
	for (size_t k = 0; k < o.nrings; k++)
		ring_lighten(&o, &o.rings[k]);
	for (size_t i = 0, k = 0; i < n; i++) {
		struct buf b;
		buf_init(&b, a, paths[i].n / 2 + 16);
		for (; k < o.nrings && o.rings[k].path == i; k++)
			ring_put(&b, &o, &o.rings[k]);
		if (b.n)
			paths[i] = buf_str(&b);
	}
}

void
outlines_lighten(struct arena *a, struct str *paths, size_t n, double tolerance)
{
	struct arena *work = arena_new((size_t)64 * 1024, (size_t)64 * 1024 * 1024);

	lighten(a, work, paths, n, tolerance);
	arena_free(work);
}
