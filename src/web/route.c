#include "web/route.h"

#define SCHEMA(name) const struct param_def PARAMS_##name[] = {
#define PARAM(name_, kind_, min_, max_, repeat_, choices_, label_)                                                    \
	{ .name = (name_), .kind = PARAM_##kind_, .min = (min_), .max = (max_), .repeat = (repeat_),                   \
	  .choices = (choices_), .label = (label_) },
#define SCHEMA_END                                                                                                     \
	{                                                                                                              \
		.name = NULL                                                                                           \
	}                                                                                                              \
	}                                                                                                              \
	;
#include "web/params.def"

static struct str
segment_take(struct str *rest)
{
	/* rest begins with '/' */
	const char *from = rest->p + 1;
	const char *slash = memchr(from, '/', rest->n - 1);
	struct str s = { from, slash ? (size_t)(slash - from) : rest->n - 1 };
	rest->p += s.n + 1;
	rest->n -= s.n + 1;
	return s;
}

static bool
same_without_case(struct str a, struct str b)
{
	if (a.n != b.n)
		return false;
	for (size_t i = 0; i < a.n; i++) {
		char x = a.p[i], y = b.p[i];
		if (x != y && !((x | 0x20) == (y | 0x20) && (x | 0x20) >= 'a' && (x | 0x20) <= 'z'))
			return false;
	}
	return true;
}

/* Returns the number of literal segments + 1, 0 when the pattern does not match. */
static int
pattern_match(const char *pattern, struct str path, struct str *ret_vars, bool *ret_exact)
{
	struct str p = str_of(pattern);
	size_t nvars = 0;
	int score = 1;

	*ret_exact = true;
	while (p.n > 0 && path.n > 0) {
		struct str want = segment_take(&p), have = segment_take(&path);
		if (want.n > 1 && want.p[0] == '{') {
			if (have.n == 0 || nvars == REQ_PATH_VARS)
				return 0;
			ret_vars[nvars++] = have;
		} else {
			if (!same_without_case(want, have))
				return 0;
			if (!str_eq(want, have))
				*ret_exact = false;
			score++;
		}
	}
	return p.n == 0 && path.n == 0 ? score : 0;
}

/* Whether the first segments may be the same: what most rows of the table are told apart by, at the cost of a byte or two. */
static bool
first_alike(const char *pattern, struct str path)
{
	for (size_t i = 1;; i++) {
		bool over = i == path.n || path.p[i] == '/';
		if (pattern[i] == '{')
			return true;
		if (pattern[i] == '\0' || pattern[i] == '/') /* and both end there, or neither */
			return over && (pattern[i] == '\0') == (i == path.n);
		if (over || ((pattern[i] ^ path.p[i]) & ~0x20) != 0)
			return false;
	}
}

const struct route *
route_find(const struct route_table *t, struct str path, enum method method, struct str *ret_vars, bool *ret_exact,
           unsigned *ret_methods)
{
	unsigned wanted = method == METHOD_POST ? ROUTE_POST : method == METHOD_PUT ? ROUTE_PUT : ROUTE_GET;
	const struct route *best = NULL;
	int best_score = 0;
	unsigned methods = 0;

	if (path.n == 0 || path.p[0] != '/')
		return *ret_methods = 0, NULL;
	for (size_t i = 0; i < t->n; i++) {
		if (!first_alike(t->rows[i].pattern, path))
			continue;
		struct str vars[REQ_PATH_VARS] = { 0 };
		bool exact;
		unsigned bit = strcmp(t->rows[i].method, "POST") == 0 ? ROUTE_POST : strcmp(t->rows[i].method, "PUT") == 0 ? ROUTE_PUT : ROUTE_GET;
		int score = pattern_match(t->rows[i].pattern, path, vars, &exact);
		if (score == 0)
			continue;
		methods |= bit;
		if (bit != wanted || score <= best_score)
			continue;
		best = &t->rows[i];
		best_score = score;
		memcpy(ret_vars, vars, sizeof(vars));
		*ret_exact = exact;
	}
	*ret_methods = methods;
	return best;
}

size_t
route_body_max(const struct route *route)
{
	size_t most = 64 * 1024;

	for (const struct param_def *d = route->params; d && d->name; d++) {
		if (d->kind == PARAM_FILE)
			return 10 * 1024 * 1024 + 512 * 1024;
		if (d->kind == PARAM_LINES)
			most = 512 * 1024;
	}
	return most;
}
