#include "text/date.h"

static const char *const months[] = { "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre",
	                              "novembre", "décembre" };
static const char *const short_months[] = { "janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.",
	                                    "déc." };

static int
number(const char *p, int n) /* -1 when not all digits */
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
french(struct arena *a, struct str iso, const char *const *names)
{
	struct date d;

	if (!date_parse(iso, &d))
		return STR_NONE;
	char day[STR_INT_ROOM], year[STR_INT_ROOM];
	return arena_join(a, str_int(d.day, day), d.day == 1 ? STR("er ") : STR(" "), str_of(names[d.month - 1]), STR(" "), str_int(d.year, year));
}

struct str
date_short(struct arena *a, struct str iso)
{
	return french(a, iso, short_months);
}

struct str
date_long(struct arena *a, struct str iso)
{
	return french(a, iso, months);
}

const char *
date_month(int month)
{
	return months[month - 1];
}

struct str
date_http(struct arena *a, struct str iso)
{
	static const char *const days[] = { "Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat" };
	static const char *const names[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
	static const char shape[] = "T00:00:00Z";
	static const int shift[] = { 0, 3, 2, 5, 0, 3, 5, 1, 4, 6, 2, 4 };
	struct date d;

	if (iso.n != 20 || !date_parse((struct str){ iso.p, 10 }, &d))
		return STR_NONE;
	for (size_t i = 10; i < 20; i++)
		if (shape[i - 10] == '0' ? iso.p[i] < '0' || iso.p[i] > '9' : iso.p[i] != shape[i - 10])
			return STR_NONE;
	int y = d.year - (d.month < 3); /* Sakamoto: the day of the week */
	int day = (y + y / 4 - y / 100 + y / 400 + shift[d.month - 1] + d.day) % 7;
	return arena_fmt(a, "%s, %02d %s %04d %.8s GMT", days[day], d.day, names[d.month - 1], d.year, iso.p + 11);
}
