#include "text/robots_txt.h"

#include <strings.h>

static struct str
trimmed(struct str s)
{
	while (s.n && (s.p[0] == ' ' || s.p[0] == '\t'))
		s.p++, s.n--;
	while (s.n && (s.p[s.n - 1] == ' ' || s.p[s.n - 1] == '\t' || s.p[s.n - 1] == '\r'))
		s.n--;
	return s;
}

static bool
same(struct str a, struct str b)
{
	return a.n == b.n && strncasecmp(a.p, b.p, a.n) == 0;
}

/* The path begins as the rule does: "*" is any bytes, a final "$" the end. Linear: the last star is the only one gone back to. */
static bool
fits(struct str rule, struct str path)
{
	bool whole = rule.n > 0 && rule.p[rule.n - 1] == '$';
	size_t n = rule.n - whole, i = 0, k = 0, star = n, mark = 0;

	for (;;) {
		if (i == n && (!whole || k == path.n))
			return true;
		if (i < n && rule.p[i] == '*') {
			star = i++;
			mark = k;
		} else if (i < n && k < path.n && rule.p[i] == path.p[k]) {
			i++, k++;
		} else if (star < n && mark < path.n) {
			i = star + 1;
			k = ++mark;
		} else {
			return false;
		}
	}
}

bool
robots_allow(struct str text, struct str agent, struct str path)
{
	bool named = false, here = false, grouping = false, allowed = true;
	size_t longest = 0;

	for (int pass = 0; pass < 2 && !named; pass++) { /* first our own group, else that of all */
		struct str left = text;
		here = grouping = false;
		while (left.n) {
			const char *end = memchr(left.p, '\n', left.n);
			struct str line = { left.p, end ? (size_t)(end - left.p) : left.n };
			left.p += line.n + (end != NULL);
			left.n -= line.n + (end != NULL);
			const char *hash = memchr(line.p, '#', line.n);
			if (hash)
				line.n = (size_t)(hash - line.p);
			const char *colon = memchr(line.p, ':', line.n);
			if (!colon)
				continue;
			struct str key = trimmed((struct str){ line.p, (size_t)(colon - line.p) });
			struct str value = trimmed((struct str){ colon + 1, (size_t)(line.p + line.n - colon - 1) });
			if (same(key, STR("user-agent"))) {
				bool us = pass == 0 ? same(value, agent) : same(value, STR("*"));
				here = (grouping && here) || us;
				named = named || (pass == 0 && us);
				grouping = true;
				continue;
			}
			grouping = false;
			bool allow = same(key, STR("allow"));
			if (!here || (!allow && !same(key, STR("disallow"))) || value.n == 0 || !fits(value, path))
				continue;
			if (value.n > longest || (value.n == longest && allow)) {
				longest = value.n;
				allowed = allow;
			}
		}
	}
	return allowed;
}
