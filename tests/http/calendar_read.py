"""What a calendar says, read by Debian's python3-icalendar: one line an event, fields apart by tabulations.

   /usr/bin/python3 calendar_read.py <FILE.ics    UID, SEQUENCE, STATUS, start (UTC, or a day), end, zone, SUMMARY, METHOD
   /usr/bin/python3 calendar_read.py MAIL         the same, for the calendar attached to that mail

The zones are those the file brings: an hour is told in UTC by its VTIMEZONE alone.
"""
import datetime
import email
import email.policy
import sys

import icalendar


def told(value):
    if value is None:
        return "-"
    at = value.dt
    if isinstance(at, datetime.datetime):
        return at.astimezone(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%MZ") if at.tzinfo else "floating"
    return at.isoformat()


if len(sys.argv) > 1:
    mail = email.message_from_bytes(open(sys.argv[1], "rb").read(), policy=email.policy.default)
    parts = [p for p in mail.walk() if p.get_content_type() == "text/calendar"]
    if len(parts) != 1:
        sys.exit(f"{len(parts)} calendars")
    raw = parts[0].get_payload(decode=True)
else:
    raw = sys.stdin.buffer.read()
for line in raw.split(b"\r\n"):
    assert len(line) <= 75 and b"\n" not in line, line
calendar = icalendar.Calendar.from_ical(raw)
assert not calendar.errors, calendar.errors
names = [str(z["TZID"]) for z in calendar.walk("VTIMEZONE")]
for event in calendar.walk("VEVENT"):
    assert not event.errors, event.errors
    zone = event["DTSTART"].params.get("TZID", "-")
    assert zone == "-" or zone in names, zone
    print(event["UID"], event["SEQUENCE"], event["STATUS"], told(event["DTSTART"]), told(event.get("DTEND")), zone, event["SUMMARY"],
          calendar.get("METHOD", "-"), sep="\t")
