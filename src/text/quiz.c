#include "text/quiz.h"
#include "base/buf.h"

static bool
is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static struct str
trimmed(struct str s)
{
	while (s.n && is_space(s.p[0]))
		s.p++, s.n--;
	while (s.n && is_space(s.p[s.n - 1]))
		s.n--;
	return s;
}

static bool
choice_of(struct str line, struct quiz_choice *ret)
{
	line = trimmed(line);
	if (line.n < 7 || (line.p[0] != '-' && line.p[0] != '*') || line.p[1] != ' ' || line.p[2] != '[' || line.p[4] != ']' || line.p[5] != ' ')
		return false;
	if (line.p[3] != ' ' && line.p[3] != 'x' && line.p[3] != 'X')
		return false;
	struct str rest = { line.p + 6, line.n - 6 };
	const char *bar = memchr(rest.p, '|', rest.n);
	size_t n = bar ? (size_t)(bar - rest.p) : rest.n;
	*ret = (struct quiz_choice){ .words = trimmed((struct str){ rest.p, n }), .right = line.p[3] != ' ' };
	if (bar)
		ret->why = trimmed((struct str){ bar + 1, rest.n - n - 1 });
	return ret->words.n > 0;
}

struct quiz
quiz_read(struct arena *a, struct str text)
{
	struct quiz_choice *p = arena_array(a, struct quiz_choice, QUIZ_CHOICES_MAX);
	struct quiz q = { .choices = p };
	struct buf b;

	buf_init(&b, a, text.n + 1);
	while (text.n) {
		const char *end = memchr(text.p, '\n', text.n);
		size_t n = end ? (size_t)(end - text.p) + 1 : text.n;
		struct str line = { text.p, n };
		if (q.n < QUIZ_CHOICES_MAX && choice_of(line, &p[q.n]))
			q.n++;
		else
			buf_put(&b, line);
		text.p += n, text.n -= n;
	}
	q.prose = trimmed(buf_str(&b));
	return q;
}
