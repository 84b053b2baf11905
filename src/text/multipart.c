#include "text/multipart.h"
#include "text/utf8.h"
#include <strings.h>

static bool
token_is(struct str s, const char *lower)
{
	return s.n == strlen(lower) && strncasecmp(s.p, lower, s.n) == 0;
}

static struct str
skip(struct str s, size_t n)
{
	return (struct str){ s.p + n, s.n - n };
}

static struct str
trim(struct str s)
{
	while (s.n && (s.p[0] == ' ' || s.p[0] == '\t'))
		s = skip(s, 1);
	while (s.n && (s.p[s.n - 1] == ' ' || s.p[s.n - 1] == '\t'))
		s.n--;
	return s;
}

/* Takes what stands before the first `at` off *rest, blanks trimmed; all of it when there is none. */
static struct str
cut(struct str *rest, char at)
{
	const char *found = rest->n ? memchr(rest->p, at, rest->n) : NULL;
	struct str piece = { rest->p, found ? (size_t)(found - rest->p) : rest->n };
	*rest = skip(*rest, piece.n + (found != NULL));
	return trim(piece);
}

static bool
plain(struct str s) /* UTF-8, on one line, nothing to steer a terminal */
{
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] < 0x20 || s.p[i] == 0x7f)
			return false;
	return utf8_valid(s);
}

/* A browser writes a quote as %22 and the ends of line as %0D %0A, and nothing else is escaped; older ones write \". */
static struct str
unescape(struct arena *a, struct str s)
{
	char *out = arena_alloc(a, s.n + 1);
	size_t n = 0;

	for (size_t i = 0; i < s.n; i++) {
		struct str rest = skip(s, i);
		if (rest.n >= 2 && rest.p[0] == '\\' && rest.p[1] == '"') {
			out[n++] = '"';
			i++;
		} else if (rest.n >= 3 && rest.p[0] == '%' && strncmp(rest.p, "%22", 3) == 0) {
			out[n++] = '"';
			i += 2;
		} else if (rest.n >= 3 && rest.p[0] == '%' && (strncasecmp(rest.p, "%0d", 3) == 0 || strncasecmp(rest.p, "%0a", 3) == 0)) {
			out[n++] = ' ';
			i += 2;
		} else {
			out[n++] = s.p[i];
		}
	}
	return (struct str){ out, n };
}

/* The value of a parameter at the start of *rest, and the ";" after it. */
static bool
value_take(struct arena *a, struct str *rest, struct str *ret)
{
	if (rest->n == 0 || rest->p[0] != '"') {
		*ret = cut(rest, ';');
		return ret->n > 0 && memchr(ret->p, '"', ret->n) == NULL;
	}
	size_t i = 1;
	bool escaped = false;
	for (; i < rest->n && rest->p[i] != '"'; i++) {
		escaped |= rest->p[i] == '%' || rest->p[i] == '\\';
		i += rest->p[i] == '\\' && i + 1 < rest->n && rest->p[i + 1] == '"';
	}
	if (i >= rest->n)
		return false;
	*ret = (struct str){ rest->p + 1, i - 1 };
	if (escaped)
		*ret = unescape(a, *ret);
	*rest = skip(*rest, i + 1);
	return cut(rest, ';').n == 0;
}

/* One "name=value" off *rest. */
static bool
parameter_take(struct arena *a, struct str *rest, struct str *ret_name, struct str *ret_value)
{
	if (memchr(rest->p, '=', rest->n) == NULL)
		return false;
	*ret_name = cut(rest, '=');
	*rest = trim(*rest);
	return ret_name->n > 0 && value_take(a, rest, ret_value);
}

static enum err
boundary_of(struct arena *a, struct str content_type, struct str *ret)
{
	struct str rest = content_type, name, value, found = STR_NONE;

	if (!token_is(cut(&rest, ';'), "multipart/form-data"))
		return err_note(ERR_BAD_INPUT, "multipart: another content type");
	while (trim(rest).n) {
		if (!parameter_take(a, &rest, &name, &value))
			return err_note(ERR_BAD_INPUT, "multipart: a parameter of the content type is broken");
		if (!token_is(name, "boundary"))
			continue;
		if (found.n)
			return err_note(ERR_BAD_INPUT, "multipart: two boundaries");
		found = value;
	}
	if (found.n == 0 || found.n > MULTIPART_BOUNDARY || found.p[found.n - 1] == ' ')
		return err_note(ERR_BAD_INPUT, "multipart: a boundary of %zu bytes", found.n);
	for (size_t i = 0; i < found.n; i++) {
		unsigned char c = (unsigned char)found.p[i], lower = c | 0x20;
		if (!(lower >= 'a' && lower <= 'z') && !(c >= '0' && c <= '9') && (c == 0 || !strchr("'()+_,-./:=? ", c)))
			return err_note(ERR_BAD_INPUT, "multipart: a boundary with byte %d", c);
	}
	*ret = found;
	return ERR_NONE;
}

static enum err
disposition_read(struct arena *a, struct str text, struct multipart_part *part)
{
	struct str rest = text, name, value;

	if (part->name.n || !token_is(cut(&rest, ';'), "form-data"))
		return err_note(ERR_BAD_INPUT, "multipart: not one form-data disposition");
	while (trim(rest).n) {
		if (!parameter_take(a, &rest, &name, &value) || !plain(value))
			return err_note(ERR_BAD_INPUT, "multipart: a parameter of a disposition is broken");
		if (token_is(name, "name") && !part->name.n) {
			part->name = value;
		} else if (token_is(name, "filename") && !part->file) {
			part->filename = value;
			part->file = true;
		} else if (!token_is(name, "filename*")) { /* RFC 7578 forbids it, browsers do not send it: not read */
			return err_note(ERR_BAD_INPUT, "multipart: a parameter of a disposition twice, or unknown");
		}
	}
	if (part->name.n == 0 || part->name.n > MULTIPART_NAME)
		return err_note(ERR_BAD_INPUT, "multipart: a name of %zu bytes", part->name.n);
	return ERR_NONE;
}

static enum err
header_read(struct arena *a, struct str line, struct multipart_part *part)
{
	struct str rest = line, name;

	if (line.n == 0 || line.p[0] == ' ' || line.p[0] == '\t' || memchr(line.p, ':', line.n) == NULL)
		return err_note(ERR_BAD_INPUT, "multipart: a header without a name");
	name = cut(&rest, ':');
	rest = trim(rest);
	if (token_is(name, "content-disposition"))
		return disposition_read(a, rest, part);
	if (token_is(name, "content-type")) {
		if (part->type.n || !plain(rest) || (rest.n >= 10 && strncasecmp(rest.p, "multipart/", 10) == 0))
			return err_note(ERR_BAD_INPUT, "multipart: the type of a part");
		part->type = rest;
	} else if (token_is(name, "content-transfer-encoding") && !token_is(rest, "binary") && !token_is(rest, "8bit") &&
	           !token_is(rest, "7bit")) {
		return err_note(ERR_BAD_INPUT, "multipart: a part is encoded");
	}
	return ERR_NONE;
}

/* The headers at the start of *rest, and the empty line after them. */
static enum err
headers_take(struct arena *a, struct str *rest, struct multipart_part *part)
{
	struct str left = { rest->p, rest->n < MULTIPART_HEADERS ? rest->n : MULTIPART_HEADERS };

	*part = (struct multipart_part){ 0 };
	for (int lines = 0; lines <= MULTIPART_HEADER_LINES; lines++) {
		const char *end = left.n ? memmem(left.p, left.n, "\r\n", 2) : NULL;
		if (!end)
			break;
		struct str line = { left.p, (size_t)(end - left.p) };
		left = skip(left, line.n + 2);
		if (line.n == 0) {
			*rest = skip(*rest, (size_t)(left.p - rest->p));
			return part->name.n ? ERR_NONE : err_note(ERR_BAD_INPUT, "multipart: a part without a name");
		}
		enum err e = header_read(a, line, part);
		if (e)
			return e;
	}
	return err_note(ERR_BAD_INPUT, "multipart: headers that do not end");
}

enum err
multipart_parse(struct arena *a, struct str content_type, struct str body, struct multipart *ret)
{
	struct str boundary = STR_NONE, rest = body;
	enum err e = boundary_of(a, content_type, &boundary);

	if (e)
		return e;
	struct str mark = arena_fmt(a, "\r\n--%.*s", (int)boundary.n, boundary.p);
	if (rest.n < mark.n - 2 || memcmp(rest.p, mark.p + 2, mark.n - 2) != 0)
		return err_note(ERR_BAD_INPUT, "multipart: no boundary at the start");
	rest = skip(rest, mark.n - 2);
	struct multipart_part *parts = arena_array(a, struct multipart_part, MULTIPART_PARTS);
	size_t n = 0;
	while (rest.n >= 2 && memcmp(rest.p, "\r\n", 2) == 0) {
		struct multipart_part part;
		if (n == MULTIPART_PARTS)
			return err_note(ERR_BAD_INPUT, "multipart: more than %d parts", MULTIPART_PARTS);
		rest = skip(rest, 2);
		if ((e = headers_take(a, &rest, &part)) != ERR_NONE)
			return e;
		/* The end of line before a boundary is the boundary's: that of the headers serves for an empty part. */
		const char *end = memmem(rest.p, rest.n, mark.p, mark.n);
		bool empty = rest.n >= mark.n - 2 && memcmp(rest.p, mark.p + 2, mark.n - 2) == 0;
		if (!end && !empty)
			return err_note(ERR_BAD_INPUT, "multipart: the last boundary is not there");
		part.body = (struct str){ rest.p, empty ? 0 : (size_t)(end - rest.p) };
		if (!part.file && (!utf8_valid(part.body) || (part.body.n && memchr(part.body.p, 0, part.body.n))))
			return err_note(ERR_BAD_INPUT, "multipart: a field that is not UTF-8");
		rest = skip(rest, empty ? mark.n - 2 : part.body.n + mark.n);
		parts[n++] = part;
	}
	if (!str_eq(rest, STR("--\r\n")) && !str_eq(rest, STR("--")))
		return err_note(ERR_BAD_INPUT, "multipart: something else after a boundary");
	*ret = (struct multipart){ parts, n };
	return ERR_NONE;
}

struct str
multipart_field(const struct multipart *m, const char *name)
{
	for (size_t i = 0; i < m->n; i++)
		if (!m->parts[i].file && str_eq(m->parts[i].name, str_of(name)))
			return m->parts[i].body;
	return STR_NONE;
}

const struct multipart_part *
multipart_file(const struct multipart *m, const char *name)
{
	for (size_t i = 0; i < m->n; i++)
		if (m->parts[i].file && m->parts[i].filename.n && str_eq(m->parts[i].name, str_of(name)))
			return &m->parts[i];
	return NULL;
}
