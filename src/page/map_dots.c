#include "page/map_dots.h"

#include <math.h>

#define TRIES 40

struct node {
	double x, y;
	struct str key;
	bool vague;
	size_t into, weight; /* into: the node it was merged with, itself when none */
};

static size_t
root(const struct node *p, size_t i)
{
	while (p[i].into != i)
		i = p[i].into;
	return i;
}

static bool
touch(const struct node *a, const struct node *b, double apart)
{
	return hypot(a->x - b->x, a->y - b->y) < apart;
}

/* Exact dots that touch become one, at their middle, until none does. */
static void
merge(struct node *p, size_t n, double apart)
{
	for (bool moved = true; moved;) {
		moved = false;
		for (size_t i = 0; i < n; i++) {
			for (size_t k = i + 1; k < n && p[i].into == i && !p[i].vague; k++) {
				if (p[k].into != k || p[k].vague || !touch(&p[i], &p[k], apart))
					continue;
				double w = (double)p[i].weight, v = (double)p[k].weight;
				p[i].x = (p[i].x * w + p[k].x * v) / (w + v);
				p[i].y = (p[i].y * w + p[k].y * v) / (w + v);
				p[i].weight += p[k].weight;
				p[k].into = i;
				moved = true;
			}
		}
	}
}

/* What a dot takes around it: one item is drawn small. */
static double
reach(const struct node *p, double radius)
{
	return p->weight > 1 ? radius : radius * 0.6;
}

/* A vague dot may stand anywhere near: the first free place on widening circles around its own. */
static void
step_aside(struct node *p, size_t n, size_t i, double radius)
{
	struct node at = p[i];
	for (int k = 0; k <= TRIES; k++) {
		bool free = true;
		double turn = k * 2.4, far = k ? radius * (0.5 + 0.1 * k) : 0; /* 2.4 rad: the golden angle */
		p[i].x = at.x + far * cos(turn);
		p[i].y = at.y + far * sin(turn);
		for (size_t j = 0; j < n && free; j++)
			free = j == i || p[j].into != j || (p[j].vague && j > i)
			       || !touch(&p[i], &p[j], reach(&p[i], radius) + reach(&p[j], radius) + 4);
		if (free)
			return;
	}
	p[i] = at;
}

static void
fill(struct arena *a, struct map_dot *dot, const struct node *p, size_t at, const struct map_mark *marks, const size_t *of, size_t n)
{
	size_t held = 0, nitems = 0, nkeys = 0;
	int64_t count = 0;
	for (size_t i = 0; i < n; i++)
		held += of[i] == at;
	int64_t *items = arena_array(a, int64_t, held);
	struct str *keys = arena_array(a, struct str, held);
	for (size_t i = 0; i < n; i++) {
		if (of[i] != at)
			continue;
		if (marks[i].count)
			count += marks[i].count;
		else if (nitems == 0 || items[nitems - 1] != marks[i].item) /* the places of one item follow one another */
			items[nitems++] = marks[i].item;
		bool seen = false;
		for (size_t k = 0; k < nkeys && !seen; k++)
			seen = str_eq(keys[k], marks[i].key);
		if (!seen)
			keys[nkeys++] = marks[i].key;
	}
	*dot = (struct map_dot){ p[at].x, p[at].y, p[at].vague, items, nitems, keys, nkeys, count + (int64_t)nitems };
}

struct map_dots
map_dots_of(struct arena *a, const struct map_mark *marks, size_t n, double radius, double room)
{
	struct node *p = arena_array(a, struct node, n);
	size_t *of = arena_array(a, size_t, n);
	size_t nodes = 0;
	for (size_t i = 0; i < n; i++) {
		size_t k = 0;
		while (k < nodes && !(str_eq(p[k].key, marks[i].key) && p[k].vague == marks[i].vague))
			k++;
		if (k == nodes)
			p[nodes++] = (struct node){ marks[i].x, marks[i].y, marks[i].key, marks[i].vague, k, 0 };
		p[k].weight++;
		of[i] = k;
	}
	double apart = 2 * radius + room;
	merge(p, nodes, apart);
	for (size_t i = 0; i < nodes; i++)
		if (p[i].vague)
			step_aside(p, nodes, i, radius);
	for (size_t i = 0; i < n; i++)
		of[i] = root(p, of[i]);
	struct map_dot *dots = arena_array(a, struct map_dot, nodes);
	size_t count = 0;
	for (size_t i = 0; i < nodes; i++)
		if (p[i].into == i)
			fill(a, &dots[count++], p, i, marks, of, n);
	return (struct map_dots){ dots, count };
}
