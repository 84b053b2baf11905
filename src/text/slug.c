#include "text/slug.h"
#include "text/utf8.h"

/* Letters U+00C0 to U+017F without their marks; '*': not one letter. */
static const char plain_letters[] = "aaaaaa*ceeeeiiiidnooooo*ouuuuy**aaaaaa*ceeeeiiiidnooooo*ouuuuy*y"
                                    "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiii**jjkkkllllllllll"
                                    "nnnnnnnnnoooooo**rrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";
_Static_assert(sizeof(plain_letters) - 1 == 0x180 - 0xc0, "one letter each");

/* At most two letters; returns how many, 0 for what separates words. */
static int
plain(uint32_t c, char *ret)
{
	if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
		ret[0] = (char)c;
	} else if (c >= 'A' && c <= 'Z') {
		ret[0] = (char)(c + 32);
	} else if (c == 0xc6 || c == 0xe6 || c == 0x152 || c == 0x153) {
		ret[0] = c < 0x100 ? 'a' : 'o';
		ret[1] = 'e';
		return 2;
	} else if (c == 0xdf) {
		ret[0] = ret[1] = 's';
		return 2;
	} else if (c >= 0xc0 && c < 0x180 && plain_letters[c - 0xc0] != '*') {
		ret[0] = plain_letters[c - 0xc0];
	} else {
		return 0;
	}
	return 1;
}

struct str
slug_of(struct arena *a, struct str name)
{
	char *out = arena_alloc(a, SLUG_MAX + 1), letters[2];
	size_t n = 0, word = 0; /* word: where the last whole word ends */
	bool hyphen = false;

	for (size_t i = 0, next; i < name.n; i = next) {
		uint32_t c = utf8_at(name, i, &next);
		if (c >= 0x300 && c <= 0x36f) /* a mark written apart */
			continue;
		int got = plain(c, letters);
		if (got == 0) {
			if (n && !hyphen)
				word = n;
			hyphen = n > 0;
			continue;
		}
		if (n + (size_t)got + hyphen > SLUG_MAX) {
			if (!hyphen && word)
				n = word;
			break;
		}
		if (hyphen)
			out[n++] = '-';
		hyphen = false;
		for (int k = 0; k < got; k++)
			out[n++] = letters[k];
	}
	out[n] = '\0';
	return (struct str){ out, n };
}

bool
slug_valid(struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		bool word = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
		if (!word && (c != '-' || i == 0 || i + 1 == s.n || s.p[i - 1] == '-'))
			return false;
	}
	return s.n > 0;
}
