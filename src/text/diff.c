#include "text/diff.h"

#include <stdint.h>

/* A line or a word. */
struct token {
	struct str text;
	uint32_t sum;
	bool changed; /* removed or added */
};

struct tokens {
	struct token *p;
	size_t n;
};

struct writer {
	struct diff_piece *p;
	size_t n, cap;
	struct arena *arena;
};

static struct token
token_of(const char *p, size_t n)
{
	uint32_t sum = 2166136261u; /* FNV-1a */
	for (size_t i = 0; i < n; i++)
		sum = (sum ^ (unsigned char)p[i]) * 16777619u;
	return (struct token){ { p, n }, sum, false };
}

static bool
token_same(const struct token *a, const struct token *b)
{
	return a->sum == b->sum && str_eq(a->text, b->text);
}

static struct tokens
lines_of(struct arena *a, struct str s)
{
	size_t n = 1;
	for (size_t i = 0; i < s.n; i++)
		n += s.p[i] == '\n';
	struct tokens t = { arena_array(a, struct token, n), 0 };
	for (size_t from = 0; from < s.n;) {
		const char *end = memchr(s.p + from, '\n', s.n - from);
		size_t to = end ? (size_t)(end - s.p) + 1 : s.n;
		t.p[t.n++] = token_of(s.p + from, to - from);
		from = to;
	}
	return t;
}

enum kind { SPACE, SIGN, WORD };

/* What stands at the start of s, and how many bytes it takes. The apostrophe ends the word it follows. */
static enum kind
kind_at(struct str s, size_t *ret_n)
{
	unsigned char c = (unsigned char)s.p[0], d = s.n > 1 ? (unsigned char)s.p[1] : 0, e = s.n > 2 ? (unsigned char)s.p[2] : 0;
	*ret_n = 1;
	if (c == ' ' || c == '\t' || c == '\n' || c == '\r')
		return SPACE;
	if (c < 0x80)
		return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || c == '\'' ? WORD : SIGN;
	if (c == 0xc2 && (d == 0xa0 || d == 0xab || d == 0xbb)) { /* U+00A0, « and » */
		*ret_n = 2;
		return d == 0xa0 ? SPACE : SIGN;
	}
	if (c == 0xe2 && d == 0x80 && e >= 0x80 && e <= 0xbf) { /* U+2000 to U+203F */
		*ret_n = 3;
		return e == 0xaf || e <= 0x8a ? SPACE : e == 0x99 || e == 0x90 || e == 0x91 ? WORD : SIGN; /* ’ and hyphens: words */
	}
	return WORD;
}

static size_t
word_length(struct str s)
{
	size_t n, step;
	enum kind kind = kind_at(s, &n);
	while (kind != SIGN && n < s.n && kind_at((struct str){ s.p + n, s.n - n }, &step) == kind) {
		bool apostrophe = kind == WORD && (s.p[n] == '\'' || (step == 3 && (unsigned char)s.p[n + 2] == 0x99));
		n += step;
		if (apostrophe)
			break;
	}
	return n;
}

static struct tokens
words_of(struct arena *a, struct str s)
{
	size_t n = 0;
	for (size_t i = 0; i < s.n; n++)
		i += word_length((struct str){ s.p + i, s.n - i });
	struct tokens t = { arena_array(a, struct token, n), 0 };
	for (size_t i = 0; i < s.n;) {
		size_t k = word_length((struct str){ s.p + i, s.n - i });
		t.p[t.n++] = token_of(s.p + i, k);
		i += k;
	}
	return t;
}

/* The ways from both corners of a box, by diagonal; Myers, "An O(ND) Difference Algorithm and Its Variations", 1986, §4b. */
struct ways {
	int *down, *up; /* of 2 * DIFF_CHANGES_MAX + 3 */
};

static void
mark(struct tokens t)
{
	for (size_t i = 0; i < t.n; i++)
		t.p[i].changed = true;
}

static struct tokens
part(struct tokens t, size_t from, size_t n)
{
	return (struct tokens){ t.p + from, n };
}

/* A point of a shortest way, where both ways meet; false when it takes more than DIFF_CHANGES_MAX changes. */
static bool
middle(struct ways *w, struct tokens a, struct tokens b, size_t *ret_x, size_t *ret_y)
{
	int n = (int)a.n, m = (int)b.n, delta = n - m, zero = DIFF_CHANGES_MAX / 2 + 2;
	bool odd = delta & 1;

	w->down[zero + 1] = 0;
	w->up[zero + 1] = 0;
	for (int d = 0; d <= DIFF_CHANGES_MAX / 2; d++) {
		for (int k = -d; k <= d; k += 2) {
			int x = k == -d || (k != d && w->down[zero + k - 1] < w->down[zero + k + 1]) ? w->down[zero + k + 1] : w->down[zero + k - 1] + 1;
			int y = x - k;
			while (x < n && y < m && x >= 0 && y >= 0 && token_same(&a.p[x], &b.p[y]))
				x++, y++;
			w->down[zero + k] = x;
			int c = delta - k;
			if (odd && c >= -(d - 1) && c <= d - 1 && x + w->up[zero + c] >= n) {
				*ret_x = (size_t)x;
				*ret_y = (size_t)y;
				return x <= n && y <= m && x >= 0 && y >= 0;
			}
		}
		for (int k = -d; k <= d; k += 2) {
			int x = k == -d || (k != d && w->up[zero + k - 1] < w->up[zero + k + 1]) ? w->up[zero + k + 1] : w->up[zero + k - 1] + 1;
			int y = x - k;
			while (x < n && y < m && x >= 0 && y >= 0 && token_same(&a.p[n - 1 - x], &b.p[m - 1 - y]))
				x++, y++;
			w->up[zero + k] = x;
			int c = delta - k;
			if (!odd && c >= -d && c <= d && x + w->down[zero + c] >= n) {
				*ret_x = (size_t)(n - x);
				*ret_y = (size_t)(m - y);
				return x <= n && y <= m && x >= 0 && y >= 0;
			}
		}
	}
	return false;
}

/* Marks what was removed from a and added to b. A box is cut where the ways meet, each half has half the changes: shallow. */
static void
compare(struct ways *w, struct tokens a, struct tokens b)
{
	while (a.n && b.n && token_same(&a.p[0], &b.p[0])) {
		a = part(a, 1, a.n - 1);
		b = part(b, 1, b.n - 1);
	}
	while (a.n && b.n && token_same(&a.p[a.n - 1], &b.p[b.n - 1])) {
		a.n--;
		b.n--;
	}
	size_t x, y;
	if (a.n == 0 || b.n == 0 || !middle(w, a, b, &x, &y) || (x == 0 && y == 0) || (x == a.n && y == b.n)) {
		mark(a);
		mark(b);
		return;
	}
	compare(w, part(a, 0, x), part(b, 0, y));
	compare(w, part(a, x, a.n - x), part(b, y, b.n - y));
}

/* Slices of one op that follow each other are one. */
static void
put(struct writer *w, enum diff_op op, struct str s)
{
	if (s.n == 0)
		return;
	if (w->n && w->p[w->n - 1].op == op && w->p[w->n - 1].text.p + w->p[w->n - 1].text.n == s.p) {
		w->p[w->n - 1].text.n += s.n;
		return;
	}
	if (w->n == w->cap) {
		struct diff_piece *grown = arena_array(w->arena, struct diff_piece, w->cap * 2);
		memcpy(grown, w->p, w->n * sizeof(*grown));
		w->p = grown;
		w->cap *= 2;
	}
	w->p[w->n++] = (struct diff_piece){ op, s };
}

static struct str
joined(struct tokens t)
{
	return t.n ? (struct str){ t.p[0].text.p, (size_t)(t.p[t.n - 1].text.p + t.p[t.n - 1].text.n - t.p[0].text.p) } : STR_NONE;
}

/* Takes the next run off both: the same on both sides, else what is removed and what is added there. */
static bool
run_take(struct tokens *a, struct tokens *b, bool *ret_same, struct tokens *ret_a, struct tokens *ret_b)
{
	size_t i = 0, k = 0;
	if (a->n == 0 && b->n == 0)
		return false;
	while (i < a->n && a->p[i].changed)
		i++;
	while (k < b->n && b->p[k].changed)
		k++;
	*ret_same = i == 0 && k == 0;
	if (*ret_same) {
		while (i < a->n && k < b->n && !a->p[i].changed && !b->p[k].changed)
			i++, k++;
		if (i == 0) { /* cannot be: as many are left on one side as on the other */
			i = a->n;
			k = b->n;
			*ret_same = false;
		}
	}
	*ret_a = part(*a, 0, i);
	*ret_b = part(*b, 0, k);
	*a = part(*a, i, a->n - i);
	*b = part(*b, k, b->n - k);
	return true;
}

/* A change: words removed and added, both may be empty; then what is the same up to the next one. */
struct change {
	struct str removed, added, same_before, same_after;
};

static bool
is_island(const struct change *c, const struct change *next)
{
	bool line = memchr(c->same_after.p, '\n', c->same_after.n) != NULL;
	size_t here = c->removed.n > c->added.n ? c->removed.n : c->added.n;
	size_t there = next->removed.n > next->added.n ? next->removed.n : next->added.n;
	return !line && c->same_after.n <= here && c->same_after.n <= there;
}

static struct str
span(struct str from, struct str to)
{
	return (struct str){ from.p, (size_t)(to.p + to.n - from.p) };
}

/* The words of lines that differ. Where hardly anything is the same, a reader prefers both whole. */
static void
words_write(struct writer *w, struct ways *ways, struct str before, struct str after)
{
	if (before.n == 0 || after.n == 0) {
		put(w, DIFF_REMOVED, before);
		put(w, DIFF_ADDED, after);
		return;
	}
	struct tokens a = words_of(w->arena, before), b = words_of(w->arena, after), ra, rb;
	compare(ways, a, b);
	struct change *c = arena_array(w->arena, struct change, a.n + b.n + 2);
	size_t n = 0;
	bool same;
	const char *at_a = before.p, *at_b = after.p;
	c[n++] = (struct change){ { at_a, 0 }, { at_b, 0 }, { at_a, 0 }, { at_b, 0 } };
	while (run_take(&a, &b, &same, &ra, &rb)) {
		struct str sa = ra.n ? joined(ra) : (struct str){ at_a, 0 }, sb = rb.n ? joined(rb) : (struct str){ at_b, 0 };
		at_a = sa.p + sa.n;
		at_b = sb.p + sb.n;
		if (same) {
			c[n - 1].same_before = sa;
			c[n - 1].same_after = sb;
			continue;
		}
		struct change now = { sa, sb, { at_a, 0 }, { at_b, 0 } };
		while (n > 1 && is_island(&c[n - 1], &now)) { /* the change before, what is between, and this one are one change */
			now.removed = span(c[n - 1].removed, now.removed);
			now.added = span(c[n - 1].added, now.added);
			n--;
		}
		c[n++] = now;
	}
	for (size_t i = 0; i < n; i++) {
		put(w, DIFF_REMOVED, c[i].removed);
		put(w, DIFF_ADDED, c[i].added);
		put(w, DIFF_SAME, c[i].same_after);
	}
}

struct diff
diff_texts(struct arena *a, struct str before, struct str after)
{
	struct writer w = { arena_array(a, struct diff_piece, 16), 0, 16, a };
	struct ways ways = { arena_array(a, int, DIFF_CHANGES_MAX + 8), arena_array(a, int, DIFF_CHANGES_MAX + 8) };
	struct tokens x = lines_of(a, before), y = lines_of(a, after), rx, ry;
	bool same;

	compare(&ways, x, y);
	while (run_take(&x, &y, &same, &rx, &ry)) {
		if (same)
			put(&w, DIFF_SAME, joined(ry));
		else
			words_write(&w, &ways, joined(rx), joined(ry));
	}
	/* A line that is the same starts with, or follows, what words said was the same: one piece. */
	return (struct diff){ w.p, w.n };
}
