#include "text/utf8.h"

bool
utf8_valid(struct str s)
{
	const unsigned char *p = (const unsigned char *)s.p, *end = s.n ? p + s.n : p;

	while (p < end) {
		unsigned char c = *p++, low = 0x80, high = 0xbf;
		int more;
		if (c < 0x80)
			continue;
		if (c >= 0xc2 && c <= 0xdf) {
			more = 1;
		} else if (c >= 0xe0 && c <= 0xef) {
			more = 2;
			low = c == 0xe0 ? 0xa0 : 0x80;
			high = c == 0xed ? 0x9f : 0xbf;
		} else if (c >= 0xf0 && c <= 0xf4) {
			more = 3;
			low = c == 0xf0 ? 0x90 : 0x80;
			high = c == 0xf4 ? 0x8f : 0xbf;
		} else {
			return false;
		}
		if (end - p < more || *p < low || *p > high)
			return false;
		for (int i = 1; i < more; i++)
			if ((p[i] & 0xc0) != 0x80)
				return false;
		p += more;
	}
	return true;
}

uint32_t
utf8_at(struct str s, size_t i, size_t *ret_next)
{
	const unsigned char *p = (const unsigned char *)s.p + i;
	size_t left = s.n - i, more = *p < 0xc0 ? 0 : *p < 0xe0 ? 1 : *p < 0xf0 ? 2 : 3;

	if (more >= left)
		more = 0;
	uint32_t c = more == 0 ? *p : *p & (0x3fu >> more);
	for (size_t k = 1; k <= more; k++)
		c = c << 6 | (p[k] & 0x3fu);
	*ret_next = i + more + 1;
	return c;
}

size_t
utf8_length(struct str s)
{
	size_t n = 0;

	for (size_t i = 0; i < s.n; i++)
		n += ((unsigned char)s.p[i] & 0xc0) != 0x80;
	return n;
}
