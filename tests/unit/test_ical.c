/* Calendars: RFC 5545 to the byte. */
#include "unit.h"

#include "format/ical.h"

#include <string.h>

static const char *
written(const char *method, const struct ical_event *p, size_t n)
{
	struct buf b;

	buf_init(&b, arena, 4096);
	ical_write(&b, STR("Rendez-vous"), method, p, n);
	return arena_cstr(arena, buf_str(&b));
}
#define assert_has(text, part) assert_non_null(strstr((text), (part)))
#define assert_lacks(text, part) assert_null(strstr((text), (part)))

static struct ical_event
webinar(void)
{
	return (struct ical_event){ .uid = STR("3f2b0000-0000-4000-8000-000000000001"), .sequence = 2, .stamp = STR("20261128T130000Z"), .created = STR("20261101T080000Z"),
		                    .start = STR("20261203T130000"), .end = STR("20261203T140000"), .start_utc = STR("20261203T120000Z"), .end_utc = STR("20261203T130000Z"),
		                    .zone = STR("Europe/Paris"), .title = STR("Agir ensemble"), .status = "CONFIRMED", .busy = true };
}

static void
an_hour_has_the_rules_of_its_zone(void **state)
{
	(void)state;
	struct ical_event p[2] = { webinar(), webinar() };
	p[1].zone = STR("Indian/Reunion");
	const char *z = written(NULL, p, 1);
	assert_string_equal(z, "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Catalyse//Agenda//FR\r\nCALSCALE:GREGORIAN\r\nNAME:Rendez-vous\r\nX-WR-CALNAME:Rendez-vous\r\n"
	                       "REFRESH-INTERVAL;VALUE=DURATION:PT6H\r\nX-PUBLISHED-TTL:PT6H\r\nBEGIN:VTIMEZONE\r\nTZID:Europe/Paris\r\n"
	                       "BEGIN:DAYLIGHT\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200\r\nTZNAME:CEST\r\nDTSTART:19970330T020000\r\nRRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU\r\nEND:DAYLIGHT\r\n"
	                       "BEGIN:STANDARD\r\nTZOFFSETFROM:+0200\r\nTZOFFSETTO:+0100\r\nTZNAME:CET\r\nDTSTART:19961027T030000\r\nRRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\r\nEND:STANDARD\r\n"
	                       "END:VTIMEZONE\r\nBEGIN:VEVENT\r\nUID:3f2b0000-0000-4000-8000-000000000001\r\nSEQUENCE:2\r\nDTSTAMP:20261128T130000Z\r\nLAST-MODIFIED:20261128T130000Z\r\n"
	                       "CREATED:20261101T080000Z\r\nDTSTART;TZID=Europe/Paris:20261203T130000\r\nDTEND;TZID=Europe/Paris:20261203T140000\r\nSUMMARY:Agir ensemble\r\n"
	                       "STATUS:CONFIRMED\r\nTRANSP:OPAQUE\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n");
	z = written(NULL, p, 2);
	assert_has(z, "TZID:Indian/Reunion\r\nBEGIN:STANDARD\r\nTZOFFSETFROM:+0400\r\nTZOFFSETTO:+0400\r\n");
	assert_null(strstr(strstr(z, "TZID:Europe/Paris\r\n") + 1, "TZID:Europe/Paris\r\n"));
	p[0].zone = STR("Asia/Kathmandu");
	z = written(NULL, p, 1);
	assert_has(z, "DTSTART:20261203T120000Z\r\nDTEND:20261203T130000Z\r\n");
	assert_lacks(z, "VTIMEZONE");
	assert_false(ical_zone_known(p[0].zone));
}

static void
a_day_is_a_day(void **state)
{
	(void)state;
	struct ical_event e = webinar();
	e.start = STR("20230521"), e.end = STR("20230528"), e.zone = STR_NONE, e.busy = false;
	const char *z = written(NULL, &e, 1);
	assert_has(z, "DTSTART;VALUE=DATE:20230521\r\nDTEND;VALUE=DATE:20230528\r\n");
	assert_has(z, "TRANSP:TRANSPARENT\r\n");
	assert_lacks(z, "VTIMEZONE");
}

static void
what_is_cancelled_says_so(void **state)
{
	(void)state;
	struct ical_event e = webinar();
	e.status = "CANCELLED", e.organizer = STR("Le \"Réseau\"\r\nATTENDEE:x"), e.organizer_uri = STR("mailto:contact@catalyse.example");
	const char *z = written("CANCEL", &e, 1);
	assert_has(z, "METHOD:CANCEL\r\n");
	assert_has(z, "STATUS:CANCELLED\r\n");
	assert_has(z, "ORGANIZER;CN=\"Le 'Réseau'ATTENDEE:x\":mailto:contact@catalyse.example\r\n");
	assert_lacks(z, "REFRESH-INTERVAL");
	assert_lacks(z, "\nATTENDEE");
}

static void
a_text_stays_in_its_property(void **state)
{
	(void)state;
	struct ical_event e = webinar();
	e.title = STR("Un, deux ; trois \\ quatre\r\nEND:VEVENT\x01");
	e.url = STR("https://catalyse.example/x\r\nATTACH:y z");
	const char *z = written(NULL, &e, 1);
	assert_has(z, "SUMMARY:Un\\, deux \\; trois \\\\ quatre\\nEND:VEVENT\r\n");
	assert_has(z, "URL:https://catalyse.example/xATTACH:yz\r\n");
}

static void
lines_are_folded_between_characters(void **state)
{
	(void)state;
	struct ical_event e = webinar();
	struct buf title, back;
	buf_init(&title, arena, 512);
	for (int i = 0; i < 80; i++)
		buf_lit(&title, "é€𝒜x");
	e.title = buf_str(&title);
	const char *z = written(NULL, &e, 1);
	buf_init(&back, arena, 1024);
	for (const char *p = z; *p;) {
		const char *end = strstr(p, "\r\n");
		assert_non_null(end);
		assert_true(end - p <= 75);
		assert_int_not_equal((unsigned char)*p & 0xc0, 0x80);
		if (*p == ' ')
			assert_int_not_equal((unsigned char)p[1] & 0xc0, 0x80);
		p = end + 2;
	}
	for (const char *p = z; *p; p++) {
		if (memcmp(p, "\r\n ", 3) == 0)
			p += 2;
		else
			buf_char(&back, *p);
	}
	assert_has(arena_cstr(arena, buf_str(&back)), arena_cstr(arena, e.title));
}

static void
instants_lose_their_signs(void **state)
{
	(void)state;
	assert_str(ical_instant(arena, STR("2026-11-28T13:00:00Z")), "20261128T130000Z");
	assert_str(ical_instant(arena, STR("2026-11-28")), "20261128");
	assert_str(ical_instant(arena, STR_NONE), "");
}

int
main(void)
{
	const struct CMUnitTest tests[] = { UNIT_TEST(an_hour_has_the_rules_of_its_zone), UNIT_TEST(a_day_is_a_day), UNIT_TEST(what_is_cancelled_says_so),
		                            UNIT_TEST(a_text_stays_in_its_property), UNIT_TEST(lines_are_folded_between_characters), UNIT_TEST(instants_lose_their_signs) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
