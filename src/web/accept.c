#include "web/accept.h"
#include <stdlib.h>

static const struct {
	const char *suffix, *type, *content_type;
} formats_table[] = {
	[FORMAT_HTML] = { "html", "text/html", "text/html; charset=utf-8" },
	[FORMAT_JSON] = { "json", "application/json", "application/json" },
	[FORMAT_GEOJSON] = { "geojson", "application/geo+json", "application/geo+json" },
	[FORMAT_CSV] = { "csv", "text/csv", "text/csv; charset=utf-8" },
	[FORMAT_ATOM] = { "atom", "application/atom+xml", "application/atom+xml; charset=utf-8" },
	[FORMAT_ICS] = { "ics", "text/calendar", "text/calendar; charset=utf-8" },
	[FORMAT_JSONLD] = { "jsonld", "application/ld+json", "application/ld+json" },
	[FORMAT_XML] = { "xml", "text/xml", "text/xml; charset=utf-8" },
	[FORMAT_TEXT] = { "txt", "text/plain", "text/plain; charset=utf-8" },
	[FORMAT_FRAGMENT] = { NULL, NULL, "text/html; charset=utf-8" },
};
#define FORMATS (sizeof(formats_table) / sizeof(formats_table[0]))

const char *
format_suffix(enum format f)
{
	return f == FORMAT_HTML || !formats_table[f].suffix ? "" : formats_table[f].suffix;
}

const char *
format_content_type(enum format f)
{
	return formats_table[f].content_type;
}

bool
format_of_suffix(struct str suffix, enum format *ret)
{
	for (size_t i = 0; i < FORMATS; i++) {
		if (formats_table[i].suffix && str_eq(suffix, str_of(formats_table[i].suffix))) {
			*ret = (enum format)i;
			return true;
		}
	}
	return false;
}

enum format
format_default(unsigned formats)
{
	for (size_t i = 0; i < FORMATS; i++)
		if (formats & 1u << i)
			return (enum format)i;
	return FORMAT_HTML;
}

static struct str
trim(struct str s)
{
	while (s.n > 0 && (*s.p == ' ' || *s.p == '\t'))
		s.p++, s.n--;
	while (s.n > 0 && (s.p[s.n - 1] == ' ' || s.p[s.n - 1] == '\t'))
		s.n--;
	return s;
}

static struct str
cut(struct str *rest, char at)
{
	const char *found = rest->n ? memchr(rest->p, at, rest->n) : NULL;
	struct str piece = { rest->p, found ? (size_t)(found - rest->p) : rest->n };
	size_t step = found ? piece.n + 1 : piece.n;
	rest->p += step;
	rest->n -= step;
	return trim(piece);
}

/* "0.8" in thousandths; 1000 when unreadable, as for a range without q. */
static int
quality(struct str parameters)
{
	while (parameters.n > 0) {
		struct str p = cut(&parameters, ';');
		if (p.n < 3 || (p.p[0] | 0x20) != 'q' || p.p[1] != '=')
			continue;
		int v = (p.p[2] - '0') * 1000, unit = 100;
		for (size_t i = 4; i < p.n && i < 7 && p.p[i] >= '0' && p.p[i] <= '9'; i++, unit /= 10)
			v += (p.p[i] - '0') * unit;
		return v < 0 || v > 1000 ? 1000 : v;
	}
	return 1000;
}

enum format
format_accept(struct str accept, unsigned formats)
{
	enum format best = format_default(formats);
	int best_q[FORMATS], best_rank = 0;
	unsigned known = 0;
	struct str html = STR("text/html"), xhtml = STR("application/xhtml+xml");

	while (accept.n > 0) {
		struct str rest = cut(&accept, ',');
		struct str range = cut(&rest, ';');
		int q = quality(rest);
		for (size_t i = 0; i < FORMATS; i++) {
			if (!(formats & 1u << i) || !formats_table[i].type || known & 1u << i)
				continue;
			if (str_eq(range, str_of(formats_table[i].type)) ||
			    (i == FORMAT_HTML && (str_eq(range, html) || str_eq(range, xhtml)))) {
				best_q[i] = q;
				known |= 1u << i;
			}
		}
	}
	for (size_t i = 0; i < FORMATS; i++) {
		if (known & 1u << i && best_q[i] > best_rank) {
			best_rank = best_q[i];
			best = (enum format)i;
		}
	}
	return best;
}
