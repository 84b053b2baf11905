#include "text/xml.h"

void
xml_text(struct buf *b, struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];
		if (c == '&')
			buf_lit(b, "&amp;");
		else if (c == '<')
			buf_lit(b, "&lt;");
		else if (c == '>')
			buf_lit(b, "&gt;");
		else if (c == '"')
			buf_lit(b, "&quot;");
		else if (c < 0x20 && c != '\t' && c != '\n' && c != '\r')
			continue;
		else if (c == 0xef && i + 2 < s.n && (unsigned char)s.p[i + 1] == 0xbf && (unsigned char)s.p[i + 2] >= 0xbe)
			i += 2; /* U+FFFE and U+FFFF */
		else
			buf_char(b, (char)c);
	}
}

void
xml_element(struct buf *b, const char *name, struct str text)
{
	if (text.n == 0)
		return;
	buf_fmt(b, "<%s>", name);
	xml_text(b, text);
	buf_fmt(b, "</%s>\n", name);
}
