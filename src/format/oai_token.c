#include "format/oai_token.h"

#include "text/date.h"

#define FIELDS 10

bool
oai_date_valid(struct str s, bool *ret_day)
{
	struct date d;
	if ((s.n != 10 && s.n != 20) || !date_parse((struct str){ s.p, 10 }, &d))
		return false;
	*ret_day = s.n == 10;
	if (s.n == 10)
		return true;
	static const char shape[] = "T00:00:00Z";
	for (size_t i = 0; i < 10; i++) {
		char c = s.p[10 + i];
		if (shape[i] == '0' ? c < '0' || c > '9' : c != shape[i])
			return false;
	}
	int h = (s.p[11] - '0') * 10 + s.p[12] - '0';
	return h < 24 && s.p[14] < '6' && s.p[17] < '6';
}

/* "theme:mobilite": small letters, a colon, then letters, digits and dashes. */
static bool
set_name_valid(struct str s)
{
	const char *colon = s.n ? memchr(s.p, ':', s.n) : NULL;
	if (!colon || s.n > 80 || colon == s.p || colon + 1 == s.p + s.n)
		return false;
	for (const char *c = s.p; c < s.p + s.n; c++)
		if (!(*c == ':' ? c == colon
		                : (*c >= 'a' && *c <= 'z') || (*c >= '0' && *c <= '9') || *c == '-' || (*c >= 'A' && *c <= 'Z' && c > colon)))
			return false;
	return true;
}

bool
oai_set_next(struct str *rest, struct str *ret_name)
{
	if (rest->n == 0)
		return false;
	const char *dot = memchr(rest->p, '.', rest->n);
	*ret_name = (struct str){ rest->p, dot ? (size_t)(dot - rest->p) : rest->n };
	size_t step = ret_name->n + (dot != NULL);
	rest->p += step;
	rest->n -= step;
	return true;
}

bool
oai_set_valid(struct str s)
{
	struct str name;
	if (s.n == 0 || s.n > OAI_SET_MAX || s.p[s.n - 1] == '.')
		return false;
	while (oai_set_next(&s, &name))
		if (!set_name_valid(name))
			return false;
	return true;
}

/* A positive number as we write it: no sign, no zero in front; zero alone when allowed. */
static bool
number(struct str s, bool zero, int64_t *ret)
{
	int64_t v = 0;
	if (s.n == 0 || s.n > 10 || (s.p[0] == '0' && (s.n > 1 || !zero)))
		return false;
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] < '0' || s.p[i] > '9')
			return false;
		v = v * 10 + (s.p[i] - '0');
	}
	*ret = v;
	return v <= 2147483647;
}

static bool
moment(struct str s, bool may_be_empty)
{
	bool day;
	return s.n == 0 ? may_be_empty : oai_date_valid(s, &day) && !day;
}

bool
oai_token_read(struct str s, struct oai_token *ret)
{
	struct str f[FIELDS];
	size_t n = 0;
	if (s.n == 0 || s.n > OAI_TOKEN_MAX)
		return false;
	for (const char *p = s.p, *end = s.p + s.n;; n++) {
		const char *cut = memchr(p, '~', (size_t)(end - p));
		if (n == FIELDS)
			return false;
		f[n] = (struct str){ p, (size_t)((cut ? cut : end) - p) };
		if (!cut)
			break;
		p = cut + 1;
	}
	struct oai_token t = { .prefix = f[2], .from = f[3], .until = f[4], .set = f[5], .datestamp = f[6] };
	if (n + 1 != FIELDS || !str_eq(f[0], STR("1")) || f[1].n != 1 || (f[1].p[0] != 'r' && f[1].p[0] != 'i'))
		return false;
	t.records = f[1].p[0] == 'r';
	if (t.prefix.n == 0 || t.prefix.n > 32)
		return false;
	for (size_t i = 0; i < t.prefix.n; i++)
		if (!((t.prefix.p[i] >= 'a' && t.prefix.p[i] <= 'z') || t.prefix.p[i] == '_'))
			return false;
	if (!moment(t.from, true) || !moment(t.until, true) || !moment(t.datestamp, false) || (t.set.n && !oai_set_valid(t.set)) ||
	    !number(f[7], false, &t.id) || !number(f[8], false, &t.cursor) || !number(f[9], true, &t.total))
		return false;
	*ret = t;
	return true;
}

void
oai_token_write(struct buf *b, const struct oai_token *t)
{
	const struct str fields[] = { t->prefix, t->from, t->until, t->set, t->datestamp };
	buf_fmt(b, "1~%c", t->records ? 'r' : 'i');
	for (size_t i = 0; i < sizeof(fields) / sizeof(*fields); i++) {
		buf_char(b, '~');
		buf_put(b, fields[i]);
	}
	buf_fmt(b, "~%lld~%lld~%lld", (long long)t->id, (long long)t->cursor, (long long)t->total);
}
