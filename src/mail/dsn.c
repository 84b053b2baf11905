#include "mail/dsn.h"
#include "base/buf.h"
#include <strings.h>

static bool
is(struct str s, const char *word)
{
	return s.n == strlen(word) && strncasecmp(s.p, word, s.n) == 0;
}

static bool
starts(struct str s, const char *word)
{
	return s.n >= strlen(word) && strncasecmp(s.p, word, strlen(word)) == 0;
}

static struct str
trimmed(struct str s)
{
	while (s.n > 0 && (s.p[0] == ' ' || s.p[0] == '\t'))
		s.p++, s.n--;
	while (s.n > 0 && strchr(" \t\r\n", s.p[s.n - 1]))
		s.n--;
	return s;
}

/* The next line without its end; false when nothing is left. */
static bool
line_next(struct str *rest, struct str *ret)
{
	if (rest->n == 0)
		return false;
	const char *end = memchr(rest->p, '\n', rest->n);
	size_t n = end ? (size_t)(end - rest->p) : rest->n;
	*ret = (struct str){ rest->p, n && rest->p[n - 1] == '\r' ? n - 1 : n };
	n += end ? 1 : 0;
	rest->p += n;
	rest->n -= n;
	return true;
}

/* The next field, its continuation lines joined by a space; false at the empty line that ends a group, which is taken. */
static bool
field_next(struct arena *a, struct str *rest, struct str *ret_name, struct str *ret_value)
{
	struct str line, before;

	if (!line_next(rest, &line) || line.n == 0)
		return false;
	const char *colon = memchr(line.p, ':', line.n);
	*ret_name = trimmed((struct str){ line.p, colon ? (size_t)(colon - line.p) : 0 });
	struct buf b;
	buf_init(&b, a, 64);
	if (colon)
		buf_put(&b, trimmed((struct str){ colon + 1, line.n - (size_t)(colon + 1 - line.p) }));
	while ((before = *rest, line_next(rest, &line))) {
		if (line.n == 0 || (line.p[0] != ' ' && line.p[0] != '\t')) {
			*rest = before;
			break;
		}
		buf_char(&b, ' ');
		buf_put(&b, trimmed(line));
	}
	*ret_value = buf_str(&b);
	return true;
}

/* A parameter of Content-Type, quotes taken off. */
static struct str
parameter(struct str value, const char *name)
{
	size_t n = strlen(name);

	for (size_t i = 0; i + n + 1 < value.n; i++) {
		if (value.p[i] != ';')
			continue;
		struct str p = trimmed((struct str){ value.p + i + 1, value.n - i - 1 });
		if (!starts(p, name) || p.n <= n || p.p[n] != '=')
			continue;
		p = (struct str){ p.p + n + 1, p.n - n - 1 };
		if (p.n > 0 && p.p[0] == '"') {
			const char *end = memchr(p.p + 1, '"', p.n - 1);
			return end ? (struct str){ p.p + 1, (size_t)(end - p.p - 1) } : STR_NONE;
		}
		const char *end = p.n ? memchr(p.p, ';', p.n) : NULL;
		return trimmed(end ? (struct str){ p.p, (size_t)(end - p.p) } : p);
	}
	return STR_NONE;
}

/* "…12.0a1b2c3d4e5f60718293@…": digits, a dot, the key, then the sign that ends a local part. */
static struct str
id_in(struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		size_t d = i, k;
		if (i > 0 && ((s.p[i - 1] >= '0' && s.p[i - 1] <= '9') || s.p[i - 1] == '.'))
			continue;
		while (d < s.n && d - i < 18 && s.p[d] >= '0' && s.p[d] <= '9')
			d++;
		if (d == i || d == s.n || s.p[d] != '.')
			continue;
		for (k = d + 1; k < s.n && ((s.p[k] >= '0' && s.p[k] <= '9') || (s.p[k] >= 'a' && s.p[k] <= 'f')); k++)
			;
		if (k - d - 1 == DSN_KEY_BYTES && k < s.n && s.p[k] == '@')
			return (struct str){ s.p + i, k - i };
	}
	return STR_NONE;
}

static struct str
printable(struct arena *a, struct str s)
{
	struct buf b;

	buf_init(&b, a, 208);
	for (size_t i = 0; i < s.n && b.n < 200; i++)
		buf_char(&b, s.p[i] >= 0x20 && s.p[i] < 0x7f ? s.p[i] : '?');
	return buf_str(&b);
}

/* The groups of fields of a message/delivery-status: the first that failed, else the last seen. */
static void
status_read(struct arena *a, struct str part, struct dsn *d)
{
	while (part.n > 0 && d->kind != DSN_FAILED) {
		struct str name, value, status = STR_NONE, said = STR_NONE;
		enum dsn_kind kind = DSN_NONE;
		while (field_next(a, &part, &name, &value)) {
			if (is(name, "Action"))
				kind = is(value, "failed") ? DSN_FAILED : is(value, "delayed") ? DSN_DELAYED : DSN_DELIVERED;
			else if (is(name, "Status"))
				status = value;
			else if (is(name, "Diagnostic-Code"))
				said = value;
		}
		if (kind == DSN_NONE)
			continue;
		size_t n = 0; /* "5.1.1 (user unknown)" */
		while (n < status.n && n < 11 && ((status.p[n] >= '0' && status.p[n] <= '9') || status.p[n] == '.'))
			n++;
		d->kind = kind;
		d->status = (struct str){ status.p, n };
		d->diagnostic = printable(a, said);
	}
}

static void
part_read(struct arena *a, struct str part, struct dsn *d)
{
	struct str name, value, type = STR_NONE;

	while (field_next(a, &part, &name, &value))
		if (is(name, "Content-Type"))
			type = value;
	if (starts(type, "message/delivery-status")) {
		status_read(a, part, d);
	} else if (starts(type, "message/rfc822") || starts(type, "text/rfc822-headers")) {
		while (field_next(a, &part, &name, &value))
			if (d->id.n == 0 && is(name, "Message-ID"))
				d->id = id_in(value);
	}
}

void
dsn_read(struct arena *a, struct str mail, struct dsn *ret)
{
	struct str name, value, boundary = STR_NONE, line;
	struct dsn d = { .kind = DSN_NONE };

	while (field_next(a, &mail, &name, &value)) {
		if (is(name, "Content-Type") && starts(value, "multipart/report"))
			boundary = parameter(value, "boundary");
		else if (d.id.n == 0 && (is(name, "To") || is(name, "Delivered-To") || is(name, "X-Original-To") || is(name, "Envelope-To") ||
		                         is(name, "X-RcptTo")))
			d.id = id_in(value);
	}
	const char *from = NULL;
	bool over = boundary.n == 0 || boundary.n > 70;
	while (!over && !arena_exhausted(a)) {
		const char *at = mail.p;
		bool more = line_next(&mail, &line);
		bool edge = more && line.n >= boundary.n + 2 && line.p[0] == '-' && line.p[1] == '-' && !memcmp(line.p + 2, boundary.p, boundary.n);
		if (from && (edge || !more))
			part_read(a, (struct str){ from, (size_t)(at - from) }, &d);
		if (edge)
			from = mail.p;
		over = !more || (edge && starts((struct str){ line.p + 2 + boundary.n, line.n - 2 - boundary.n }, "--"));
	}
	*ret = d;
}
