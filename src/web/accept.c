#include "web/accept.h"
#include <stdlib.h>

static const struct {
	const char *suffix, *type, *content_type, *label;
} formats_table[] = {
	[FORMAT_HTML] = { "html", "text/html", "text/html; charset=utf-8", "page HTML" },
	[FORMAT_JSON] = { "json", "application/json", "application/json", "JSON" },
	[FORMAT_GEOJSON] = { "geojson", "application/geo+json", "application/geo+json", "GeoJSON" },
	[FORMAT_CSV] = { "csv", "text/csv", "text/csv; charset=utf-8", "CSV" },
	[FORMAT_ATOM] = { "atom", "application/atom+xml", "application/atom+xml; charset=utf-8", "Atom" },
	[FORMAT_ICS] = { "ics", "text/calendar", "text/calendar; charset=utf-8", "iCalendar" },
	[FORMAT_JSONLD] = { "jsonld", "application/ld+json", "application/ld+json", "JSON-LD" },
	[FORMAT_XML] = { "xml", "text/xml", "text/xml; charset=utf-8", "XML" },
	[FORMAT_TEXT] = { "txt", "text/plain", "text/plain; charset=utf-8", "texte" },
	[FORMAT_FRAGMENT] = { NULL, NULL, "text/html; charset=utf-8", NULL },
	[FORMAT_FILE] = { NULL, NULL, "application/octet-stream", NULL },
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

const char *
format_type(enum format f)
{
	return formats_table[f].type;
}

const char *
format_label(enum format f)
{
	return formats_table[f].label;
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

/* How well a media range fits a type: 0 not at all, 1 for any type, 2 for its family, 3 for the type itself. */
static int
fit(struct str range, struct str type)
{
	size_t family = 0;

	if (str_eq(range, STR("*/*")))
		return 1;
	if (str_eq(range, type))
		return 3;
	while (family < type.n && type.p[family] != '/')
		family++;
	return range.n == family + 2 && range.p[range.n - 1] == '*' && memcmp(range.p, type.p, family + 1) == 0 ? 2 : 0;
}

bool
format_accept(struct str accept, unsigned formats, enum format *ret)
{
	int best_q[FORMATS] = { 0 }, best_fit[FORMATS] = { 0 };
	bool asked = false, found = false;
	int chosen_q = 0, chosen_fit = 0;

	*ret = format_default(formats);
	while (accept.n > 0) {
		struct str rest = cut(&accept, ',');
		struct str range = cut(&rest, ';');
		const char *slash = range.n ? memchr(range.p, '/', range.n) : NULL;
		int q = quality(rest);
		if (!slash || slash == range.p || slash == range.p + range.n - 1)
			continue; /* not a media range */
		asked = true;
		for (size_t i = 0; i < FORMATS; i++) {
			if (!(formats & 1u << i) || !formats_table[i].type)
				continue;
			int f = fit(range, str_of(formats_table[i].type));
			if (i == FORMAT_HTML && str_eq(range, STR("application/xhtml+xml")))
				f = 2;
			if (f > best_fit[i]) {
				best_fit[i] = f;
				best_q[i] = q;
			}
		}
	}
	for (size_t i = 0; i < FORMATS; i++) {
		if (best_q[i] > chosen_q || (best_q[i] == chosen_q && best_q[i] > 0 && best_fit[i] > chosen_fit)) {
			chosen_q = best_q[i];
			chosen_fit = best_fit[i];
			*ret = (enum format)i;
			found = true;
		}
	}
	return found || !asked;
}

bool
format_split(struct str path, struct str *ret_stem, enum format *ret)
{
	for (size_t i = path.n; i-- > 1;) {
		if (path.p[i] == '/')
			return false;
		if (path.p[i] == '.' && path.p[i - 1] != '/') {
			*ret_stem = (struct str){ path.p, i };
			return format_of_suffix((struct str){ path.p + i + 1, path.n - i - 1 }, ret);
		}
	}
	return false;
}
