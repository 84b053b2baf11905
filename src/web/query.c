#include "web/query.h"
#include "text/utf8.h"

static int
hex_value(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c |= 0x20;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

bool
query_utf8_valid(struct str s)
{
	return utf8_valid(s);
}

enum query_fault
query_decode(struct arena *a, struct str raw, bool plus, struct str *ret)
{
	char *out = arena_alloc(a, raw.n + 1);
	size_t n = 0;

	for (size_t i = 0; i < raw.n; i++) {
		char c = raw.p[i];
		if (c == '%') {
			int high = raw.n - i > 2 ? hex_value(raw.p[i + 1]) : -1;
			int low = high >= 0 ? hex_value(raw.p[i + 2]) : -1;
			if (low < 0)
				return QUERY_ESCAPE;
			c = (char)(high << 4 | low);
			i += 2;
		} else if (c == '+' && plus) {
			c = ' ';
		}
		if (((unsigned char)c < 0x20 && c != '\t' && c != '\r' && c != '\n') || c == 0x7f)
			return QUERY_NUL;
		out[n++] = c;
	}
	if (!query_utf8_valid((struct str){ out, n }))
		return QUERY_UTF8;
	*ret = (struct str){ out, n };
	return QUERY_OK;
}

bool
query_next(struct arena *a, struct str *rest, struct query_pair *ret_pair)
{
	while (rest->n > 0) {
		const char *amp = memchr(rest->p, '&', rest->n);
		struct str piece = { rest->p, amp ? (size_t)(amp - rest->p) : rest->n };
		size_t step = amp ? piece.n + 1 : piece.n;
		rest->p += step;
		rest->n -= step;
		if (piece.n == 0)
			continue;
		const char *equal = memchr(piece.p, '=', piece.n);
		struct str name = { piece.p, equal ? (size_t)(equal - piece.p) : piece.n };
		struct str value = equal ? (struct str){ equal + 1, piece.n - name.n - 1 } : STR_NONE;
		struct query_pair pair = { 0 };
		pair.fault = query_decode(a, name, true, &pair.name);
		if (pair.fault == QUERY_OK)
			pair.fault = query_decode(a, value, true, &pair.value);
		*ret_pair = pair;
		return true;
	}
	return false;
}

void
query_encode(struct buf *b, struct str s, bool slash)
{
	static const char hex[] = "0123456789ABCDEF";

	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];
		if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
		    c == '_' || c == '.' || c == '~' || (slash && c == '/')) {
			buf_char(b, (char)c);
		} else {
			char e[3] = { '%', hex[c >> 4], hex[c & 15] };
			buf_mem(b, e, 3);
		}
	}
}

bool
query_cookie(struct str header, const char *name, struct str *ret_value)
{
	size_t n = strlen(name);

	while (header.n > 0) {
		const char *semicolon = memchr(header.p, ';', header.n);
		struct str item = { header.p, semicolon ? (size_t)(semicolon - header.p) : header.n };
		size_t step = semicolon ? item.n + 1 : item.n;
		header.p += step;
		header.n -= step;
		while (item.n > 0 && (*item.p == ' ' || *item.p == '\t'))
			item.p++, item.n--;
		if (item.n > n && memcmp(item.p, name, n) == 0 && item.p[n] == '=') {
			*ret_value = (struct str){ item.p + n + 1, item.n - n - 1 };
			return true;
		}
	}
	return false;
}
