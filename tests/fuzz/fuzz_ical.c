#include "format/ical.h"
#include "fuzz.h"
#include "text/utf8.h"

/* Lines end with CRLF, hold at most 75 bytes and begin with no middle of a character; unfolded, their names are those we write, in a
 * calendar that opens and ends once. */
static void
check(struct arena *a, struct str out, bool utf8)
{
	static const char *const names[] = { "BEGIN", "END", "VERSION", "PRODID", "CALSCALE", "METHOD", "NAME", "X-WR-CALNAME", "REFRESH-INTERVAL", "X-PUBLISHED-TTL",
		                             "TZID", "TZOFFSETFROM", "TZOFFSETTO", "TZNAME", "DTSTART", "RRULE", "UID", "SEQUENCE", "DTSTAMP", "LAST-MODIFIED",
		                             "CREATED", "DTEND", "SUMMARY", "DESCRIPTION", "LOCATION", "CATEGORIES", "URL", "STATUS", "TRANSP", "ORGANIZER" };
	size_t events = 0, calendars = 0;
	struct buf whole;

	buf_init(&whole, a, out.n);
	for (size_t i = 0; i < out.n;) {
		const char *end = memchr(out.p + i, '\n', out.n - i);
		FUZZ_ASSERT(end && end > out.p + i && end[-1] == '\r');
		struct str line = { out.p + i, (size_t)(end - 1 - out.p) - i };
		FUZZ_ASSERT(line.n > 0 && line.n <= 75);
		for (size_t k = 0; k < line.n; k++)
			FUZZ_ASSERT(((unsigned char)line.p[k] >= 0x20 || line.p[k] == '\t') && line.p[k] != 0x7f);
		if (line.p[0] != ' ') {
			size_t n = 0;
			while (n < line.n && line.p[n] != ':' && line.p[n] != ';')
				n++;
			bool known = false;
			for (size_t k = 0; k < sizeof(names) / sizeof(*names); k++)
				known = known || str_eq((struct str){ line.p, n }, str_of(names[k]));
			FUZZ_ASSERT(known);
			events += str_eq(line, STR("BEGIN:VEVENT"));
			calendars += str_eq(line, STR("END:VCALENDAR"));
			buf_char(&whole, '\n');
		}
		FUZZ_ASSERT(!utf8 || utf8_valid(line));
		buf_mem(&whole, line.p + (line.p[0] == ' '), line.n - (line.p[0] == ' '));
		i = (size_t)(end + 1 - out.p);
	}
	FUZZ_ASSERT(events == 2 && calendars == 1);
	FUZZ_ASSERT(!utf8 || utf8_valid(buf_str(&whole)));
}

/* Any bytes in every field; the fields are what a NUL separates. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *a = arena_new(65536, FUZZ_ARENA);
	struct str f[8], whole = { (const char *)data, size };
	bool utf8 = utf8_valid(whole);
	struct buf b;

	for (size_t i = 0; i < 8; i++) {
		const char *end = whole.n ? memchr(whole.p, 0, whole.n) : NULL;
		f[i] = (struct str){ whole.p, end ? (size_t)(end - whole.p) : whole.n };
		whole.p += f[i].n + (end ? 1 : 0);
		whole.n -= f[i].n + (end ? 1 : 0);
	}
	struct ical_event e[2] = { { .uid = f[0], .stamp = STR("20261128T130000Z"), .start = f[1], .end = f[2], .start_utc = f[2], .zone = f[3], .title = f[4], .text = f[5],
		                     .place = f[6], .url = f[7], .category = f[0], .status = "CONFIRMED", .organizer = f[4], .organizer_uri = f[7] } };
	e[1] = e[0];
	e[1].start = STR("20261203T130000"), e[1].zone = STR("Europe/Paris");
	buf_init(&b, a, 1024);
	ical_write(&b, f[6], size % 2 ? "CANCEL" : NULL, e, 2);
	if (!arena_exhausted(a))
		check(a, buf_str(&b), utf8);
	ical_instant(a, f[1]);
	arena_free(a);
	return 0;
}
