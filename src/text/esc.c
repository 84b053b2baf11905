#include "text/esc.h"

/* What a byte becomes; NULL: itself. */
static const char *
text_entity(char c)
{
	switch (c) {
	case '&':
		return "&amp;";
	case '<':
		return "&lt;";
	case '>':
		return "&gt;";
	default:
		return NULL;
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
		return (unsigned char)c < 0x20 || c == 0x7f ? "" : NULL;
	}
}

static inline void
escape(struct buf *b, struct str s, const char *(*replace)(char))
{
	size_t from = 0;

	for (size_t i = 0; i < s.n; i++) {
		const char *to = replace(s.p[i]);
		if (!to)
			continue;
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
	escape(b, s, text_entity);
}

void
esc_attr(struct buf *b, struct str s)
{
	escape(b, s, attr_entity);
}

void
esc_json(struct buf *b, struct str s)
{
	escape(b, s, json_escape);
}
