#include "text/esc.h"

/* What a byte of stops[] becomes. */
static const char *
text_entity(char c)
{
	switch (c) {
	case '&':
		return "&amp;";
	case '<':
		return "&lt;";
	default:
		return "&gt;";
	}
}

static const char *
attr_entity(char c)
{
	switch (c) {
	case '"':
		return "&quot;";
	case '\'':
		return "&#39;";
	default:
		return text_entity(c);
	}
}

static const char *
json_escape(char c)
{
	switch (c) {
	case '"':
		return "\\\"";
	case '\\':
		return "\\\\";
	case '\n':
		return "\\n";
	case '\r':
		return "\\r";
	case '\t':
		return "\\t";
	default:
		return "";
	}
}

/* Where a byte may not stay itself: most do, and are looked at once. */
enum { IN_TEXT = 1, IN_ATTR = 2, IN_JSON = 4 };
static const unsigned char stops[256] = {
	[0 ... 0x1f] = IN_JSON, [0x7f] = IN_JSON, ['\\'] = IN_JSON, ['"'] = IN_ATTR | IN_JSON, ['\''] = IN_ATTR,
	['&'] = IN_TEXT | IN_ATTR, ['<'] = IN_TEXT | IN_ATTR, ['>'] = IN_TEXT | IN_ATTR,
};

static inline void
escape(struct buf *b, struct str s, unsigned char where, const char *(*replace)(char))
{
	size_t from = 0;

	for (size_t i = 0; i < s.n; i++) {
		if (!(stops[(unsigned char)s.p[i]] & where))
			continue;
		const char *to = replace(s.p[i]);
		buf_mem(b, s.p + from, i - from);
		if (*to)
			buf_mem(b, to, strlen(to));
		else
			buf_fmt(b, "\\u%04x", (unsigned)(unsigned char)s.p[i]);
		from = i + 1;
	}
	buf_mem(b, s.p + from, s.n - from);
}

void
esc_text(struct buf *b, struct str s)
{
	escape(b, s, IN_TEXT, text_entity);
}

void
esc_attr(struct buf *b, struct str s)
{
	escape(b, s, IN_ATTR, attr_entity);
}

void
esc_json(struct buf *b, struct str s)
{
	escape(b, s, IN_JSON, json_escape);
}
