#include "text/date.h"

static const char *const months_short[] = { "janv.", "févr.", "mars", "avr.", "mai", "juin",
	                                    "juil.", "août", "sept.", "oct.", "nov.", "déc." };
static const char *const months_long[] = { "janvier", "février", "mars", "avril", "mai", "juin",
	                                   "juillet", "août", "septembre", "octobre", "novembre", "décembre" };

static int
number(const char *p, int n)
{
	int v = 0;
	for (int i = 0; i < n; i++) {
		if (p[i] < '0' || p[i] > '9')
			return -1;
		v = v * 10 + (p[i] - '0');
	}
	return v;
}

bool
date_parse(struct str iso, struct date *ret)
{
	static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };

	if (iso.n != 10 || iso.p[4] != '-' || iso.p[7] != '-')
		return false;
	struct date d = { number(iso.p, 4), number(iso.p + 5, 2), number(iso.p + 8, 2) };
	if (d.year < 1 || d.month < 1 || d.month > 12 || d.day < 1)
		return false;
	bool leap = (d.year % 4 == 0 && d.year % 100 != 0) || d.year % 400 == 0;
	if (d.day > days[d.month - 1] + (leap && d.month == 2))
		return false;
	*ret = d;
	return true;
}

static struct str
french(struct arena *a, struct str iso, const char *const *months)
{
	struct date d;
	if (!date_parse(iso, &d))
		return iso;
	return arena_fmt(a, "%d%s %s %d", d.day, d.day == 1 ? "er" : "", months[d.month - 1], d.year);
}

struct str
date_short(struct arena *a, struct str iso)
{
	return french(a, iso, months_short);
}

struct str
date_long(struct arena *a, struct str iso)
{
	return french(a, iso, months_long);
}

struct str
date_http(struct arena *a, time_t t)
{
	static const char days[][4] = { "Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat" };
	static const char months[][4] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
	struct tm m;

	gmtime_r(&t, &m);
	return arena_fmt(a, "%s, %02d %s %d %02d:%02d:%02d GMT", days[m.tm_wday], m.tm_mday, months[m.tm_mon], m.tm_year + 1900,
	                 m.tm_hour, m.tm_min, m.tm_sec);
}

struct str
date_rfc3339(struct arena *a, time_t t)
{
	struct tm m;

	gmtime_r(&t, &m);
	return arena_fmt(a, "%04d-%02d-%02dT%02d:%02d:%02dZ", m.tm_year + 1900, m.tm_mon + 1, m.tm_mday, m.tm_hour, m.tm_min,
	                 m.tm_sec);
}
