#include "web/etag.h"

#include "crypt/hash.h"

void
etag_of(struct str body, char ret[17])
{
	hash_hex16(body, ret);
}

bool
etag_matches(struct str header, struct str tag)
{
	size_t i = 0;

	while (i < header.n) {
		char c = header.p[i];
		if (c == ' ' || c == '\t' || c == ',') {
			i++;
			continue;
		}
		if (c == '*')
			return true;
		if (c == 'W' && header.n - i > 2 && header.p[i + 1] == '/')
			i += 2;
		if (i >= header.n || header.p[i] != '"')
			return false;
		const char *from = header.p + i + 1;
		const char *end = memchr(from, '"', header.n - i - 1);
		if (!end)
			return false;
		if (str_eq((struct str){ from, (size_t)(end - from) }, tag))
			return true;
		i = (size_t)(end - header.p) + 1;
	}
	return false;
}
