#include "text/slug.h"

#include "base/buf.h"
#include "text/utf8.h"

/* Latin-1 from U+00C0 to U+00FF; what is not a letter is '-'. */
static const char latin1[] = "aaaaaa.ceeeeiiiidnooooo-ouuuuy..aaaaaa.ceeeeiiiidnooooo-ouuuuy.y";
/* Latin Extended-A from U+0100 to U+017F. */
static const char extended[] = "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiii..jjkkklllllllllllnnnnnnnnnoooooo.."
			       "rrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";

static void
put_folded(struct buf *b, uint32_t c)
{
	if (c == 0xc6 || c == 0xe6)
		buf_lit(b, "ae");
	else if (c == 0xde || c == 0xfe)
		buf_lit(b, "th");
	else if (c == 0xdf)
		buf_lit(b, "ss");
	else if (c == 0x132 || c == 0x133)
		buf_lit(b, "ij");
	else if (c == 0x152 || c == 0x153)
		buf_lit(b, "oe");
	else if (c >= 0xc0 && c <= 0xff)
		buf_char(b, latin1[c - 0xc0]);
	else if (c >= 0x100 && c < 0x100 + sizeof(extended) - 1)
		buf_char(b, extended[c - 0x100]);
	else
		buf_char(b, '-');
}

struct str
slug_make(struct arena *a, struct str s)
{
	struct buf raw, b;

	buf_init(&raw, a, s.n * 2 + 16);
	for (size_t i = 0, next; i < s.n; i = next) {
		uint32_t c = utf8_at(s, i, &next);
		if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
			buf_char(&raw, (char)c);
		else if (c >= 'A' && c <= 'Z')
			buf_char(&raw, (char)(c + 32));
		else if (c < 0x300 || c > 0x36f) /* combining accents vanish */
			put_folded(&raw, c);
	}
	buf_init(&b, a, raw.n + 1);
	for (size_t i = 0; i < raw.n; i++)
		if (raw.p[i] != '-' || (b.n && b.p[b.n - 1] != '-'))
			buf_char(&b, raw.p[i]);
	if (b.n > SLUG_MAX) {
		size_t n = SLUG_MAX;
		while (n > SLUG_MAX / 2 && b.p[n] != '-')
			n--;
		b.n = b.p[n] == '-' ? n : SLUG_MAX;
	}
	while (b.n && b.p[b.n - 1] == '-')
		b.n--;
	return buf_str(&b);
}

bool
slug_valid(struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		if (c == '-' ? i == 0 || i + 1 == s.n || s.p[i - 1] == '-' : !((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')))
			return false;
	}
	return s.n > 0;
}
