#include "format/ical.h"

#define LINE_MAX_BYTES 75

/* Their offsets today, and where they change in the year. Past years of these zones had the same rules, back to 1996 for Europe. */
static const struct {
	const char *id, *standard, *name;
	const char *summer, *summer_name;   /* NULL: the same all year */
	const char *summer_on, *standard_on; /* first day and rule of each change */
} zones[] = {
	{ "Europe/Paris", "+0100", "CET", "+0200", "CEST", "19970330T020000\r\nRRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU",
	  "19961027T030000\r\nRRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU" },
	{ "America/Miquelon", "-0300", "-03", "-0200", "-02", "20070311T020000\r\nRRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=2SU",
	  "20071104T020000\r\nRRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=1SU" },
	{ "Indian/Reunion", "+0400", "+04", NULL, NULL, NULL, NULL },
	{ "Indian/Mayotte", "+0300", "EAT", NULL, NULL, NULL, NULL },
	{ "America/Guadeloupe", "-0400", "AST", NULL, NULL, NULL, NULL },
	{ "America/Martinique", "-0400", "AST", NULL, NULL, NULL, NULL },
	{ "America/St_Barthelemy", "-0400", "AST", NULL, NULL, NULL, NULL },
	{ "America/Marigot", "-0400", "AST", NULL, NULL, NULL, NULL },
	{ "America/Cayenne", "-0300", "-03", NULL, NULL, NULL, NULL },
	{ "Pacific/Noumea", "+1100", "+11", NULL, NULL, NULL, NULL },
	{ "Pacific/Tahiti", "-1000", "-10", NULL, NULL, NULL, NULL },
	{ "Pacific/Wallis", "+1200", "+12", NULL, NULL, NULL, NULL },
};
#define ZONES (sizeof(zones) / sizeof(*zones))

/* Continuation lines begin with a space, which counts. */
static void
fold(struct buf *b, struct str line)
{
	size_t room = LINE_MAX_BYTES;

	while (line.n > room) {
		size_t n = room;
		while (n > room - 4 && ((unsigned char)line.p[n] & 0xc0) == 0x80)
			n--;
		buf_mem(b, line.p, n);
		buf_lit(b, "\r\n ");
		line.p += n, line.n -= n;
		room = LINE_MAX_BYTES - 1;
	}
	buf_put(b, line);
	buf_lit(b, "\r\n");
}

void
ical_raw(struct buf *b, const char *name, struct str value)
{
	struct buf line;

	if (value.n == 0)
		return;
	buf_init(&line, b->arena, value.n + 64);
	buf_fmt(&line, "%s:", name);
	for (size_t i = 0; i < value.n; i++) /* an address or a date: nothing of it is a space or a control */
		if ((unsigned char)value.p[i] > 0x20 && value.p[i] != 0x7f)
			buf_char(&line, value.p[i]);
	fold(b, buf_str(&line));
}

void
ical_text(struct buf *b, const char *name, struct str value)
{
	struct buf line;

	if (value.n == 0)
		return;
	buf_init(&line, b->arena, value.n + value.n / 8 + 64);
	buf_fmt(&line, "%s:", name);
	for (size_t i = 0; i < value.n; i++) {
		unsigned char c = (unsigned char)value.p[i];
		if (c == '\n')
			buf_lit(&line, "\\n");
		else if (c == '\\' || c == ';' || c == ',')
			buf_fmt(&line, "\\%c", c);
		else if (c == '\t' || (c >= 0x20 && c != 0x7f))
			buf_char(&line, (char)c);
	}
	fold(b, buf_str(&line));
}

bool
ical_zone_known(struct str zone)
{
	for (size_t i = 0; i < ZONES; i++)
		if (str_eq(zone, str_of(zones[i].id)))
			return true;
	return false;
}

struct str
ical_instant(struct arena *a, struct str iso)
{
	struct buf b;

	buf_init(&b, a, 20);
	for (size_t i = 0; i < iso.n; i++)
		if (iso.p[i] != '-' && iso.p[i] != ':')
			buf_char(&b, iso.p[i]);
	return buf_str(&b);
}

static void
zone_write(struct buf *b, size_t i)
{
	buf_fmt(b, "BEGIN:VTIMEZONE\r\nTZID:%s\r\n", zones[i].id);
	if (zones[i].summer) {
		buf_fmt(b, "BEGIN:DAYLIGHT\r\nTZOFFSETFROM:%s\r\nTZOFFSETTO:%s\r\nTZNAME:%s\r\nDTSTART:%s\r\nEND:DAYLIGHT\r\n", zones[i].standard, zones[i].summer,
		        zones[i].summer_name, zones[i].summer_on);
		buf_fmt(b, "BEGIN:STANDARD\r\nTZOFFSETFROM:%s\r\nTZOFFSETTO:%s\r\nTZNAME:%s\r\nDTSTART:%s\r\nEND:STANDARD\r\n", zones[i].summer, zones[i].standard,
		        zones[i].name, zones[i].standard_on);
	} else {
		buf_fmt(b, "BEGIN:STANDARD\r\nTZOFFSETFROM:%s\r\nTZOFFSETTO:%s\r\nTZNAME:%s\r\nDTSTART:19700101T000000\r\nEND:STANDARD\r\n", zones[i].standard,
		        zones[i].standard, zones[i].name);
	}
	buf_lit(b, "END:VTIMEZONE\r\n");
}

static void
moment(struct buf *b, const char *name, struct str local, struct str utc, struct str zone)
{
	struct arena *a = b->arena;

	if (local.n == 8)
		ical_raw(b, arena_cstr(a, arena_fmt(a, "%s;VALUE=DATE", name)), local);
	else if (ical_zone_known(zone))
		ical_raw(b, arena_cstr(a, arena_fmt(a, "%s;TZID=%.*s", name, (int)zone.n, zone.p)), local);
	else
		ical_raw(b, name, utc);
}

/* A name as a parameter: between quotes, without what ends them. */
static struct str
quoted(struct arena *a, struct str s)
{
	struct buf b;

	buf_init(&b, a, s.n + 2);
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] >= 0x20 && s.p[i] != 0x7f)
			buf_char(&b, s.p[i] == '"' ? '\'' : s.p[i]);
	return buf_str(&b);
}

static void
event_write(struct buf *b, const struct ical_event *e)
{
	struct arena *a = b->arena;

	buf_lit(b, "BEGIN:VEVENT\r\n");
	ical_text(b, "UID", e->uid);
	buf_fmt(b, "SEQUENCE:%lld\r\n", (long long)e->sequence);
	ical_raw(b, "DTSTAMP", e->stamp);
	ical_raw(b, "LAST-MODIFIED", e->stamp);
	ical_raw(b, "CREATED", e->created);
	moment(b, "DTSTART", e->start, e->start_utc, e->zone);
	moment(b, "DTEND", e->end, e->end_utc, e->zone);
	ical_text(b, "SUMMARY", e->title);
	ical_text(b, "DESCRIPTION", e->text);
	ical_text(b, "LOCATION", e->place);
	ical_text(b, "CATEGORIES", e->category);
	ical_raw(b, "URL", e->url);
	buf_fmt(b, "STATUS:%s\r\nTRANSP:%s\r\n", e->status, e->busy ? "OPAQUE" : "TRANSPARENT");
	if (e->organizer_uri.n) {
		struct str name = quoted(a, e->organizer);
		ical_raw(b, arena_cstr(a, arena_fmt(a, "ORGANIZER;CN=\"%.*s\"", (int)name.n, name.p)), e->organizer_uri);
	}
	buf_lit(b, "END:VEVENT\r\n");
}

void
ical_write(struct buf *b, struct str name, const char *method, const struct ical_event *p, size_t n)
{
	buf_lit(b, "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Catalyse//Agenda//FR\r\nCALSCALE:GREGORIAN\r\n");
	if (method) {
		buf_fmt(b, "METHOD:%s\r\n", method);
	} else {
		ical_text(b, "NAME", name);
		ical_text(b, "X-WR-CALNAME", name);
		buf_lit(b, "REFRESH-INTERVAL;VALUE=DURATION:PT6H\r\nX-PUBLISHED-TTL:PT6H\r\n");
	}
	for (size_t z = 0; z < ZONES; z++)
		for (size_t i = 0; i < n; i++)
			if (p[i].start.n > 8 && str_eq(p[i].zone, str_of(zones[z].id))) {
				zone_write(b, z);
				break;
			}
	for (size_t i = 0; i < n; i++)
		event_write(b, &p[i]);
	buf_lit(b, "END:VCALENDAR\r\n");
}
