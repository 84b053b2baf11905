#include "page/page.h"

#include "text/date.h"

#include <ctype.h>
#include <math.h>

#define THIN "\xe2\x80\xaf" /* U+202F */

struct str
words_number(struct arena *a, int64_t n)
{
	struct buf b;
	char room[STR_INT_ROOM];
	struct str digits = str_int(n < 0 ? -n : n, room);
	buf_init(&b, a, digits.n * 2 + 8);
	if (n < 0)
		buf_char(&b, '-');
	for (size_t i = 0; i < digits.n; i++) {
		if (i > 0 && (digits.n - i) % 3 == 0)
			buf_lit(&b, THIN);
		buf_char(&b, digits.p[i]);
	}
	return buf_str(&b);
}

struct str
words_count(struct arena *a, int64_t n, const char *one, const char *many)
{
	if (n == 0)
		return arena_fmt(a, "%s %s", strcmp(one, "fiche") == 0 || strcmp(one, "commune") == 0 ? "aucune" : "aucun", one);
	struct str number = words_number(a, n);
	return arena_fmt(a, "%.*s %s", (int)number.n, number.p, n > 1 ? many : one);
}

struct str
words_km(struct arena *a, double km)
{
	if (km < 10) {
		struct str s = arena_fmt(a, "%.1f km", km);
		char *p = memchr((char *)(uintptr_t)s.p, '.', s.n);
		if (p)
			*p = ',';
		return s;
	}
	int64_t whole = km > 300 ? (int64_t)(km / 10 + 0.5) * 10 : (int64_t)(km + 0.5);
	struct str n = words_number(a, whole);
	return arena_fmt(a, "%.*s km", (int)n.n, n.p);
}

struct str
near_note(struct arena *a, const struct territory *t, bool of_sheets)
{
	if (of_sheets)
		return STR("distances à vol d'oiseau, de centre à centre");
	return str_eq(t->type, STR("commune")) ? arena_fmt(a, "distances depuis %.*s, à vol d'oiseau", (int)t->name.n, t->name.p)
	                                       : STR("distances depuis le centre du territoire, à vol d'oiseau");
}

struct view_date
words_date(struct arena *a, struct str iso, bool lengthy)
{
	if (iso.n < 10)
		return (struct view_date){ STR_NONE, STR_NONE };
	struct str day = { iso.p, 10 };
	return (struct view_date){ day, lengthy ? date_long(a, day) : date_short(a, day) };
}

struct str
words_cote(struct arena *a, struct str type, int64_t id)
{
	char letter = (char)toupper(sheet_kind_of(type)->letter[0]), room[STR_INT_ROOM];
	return arena_join(a, (struct str){ &letter, 1 }, STR(" "), str_int(id, room));
}
