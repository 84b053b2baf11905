"""What programs make of the files of a folder, as their own parsers read them: prints a fault a line, and nothing when there is none.

   /usr/bin/python3 read.py DIR      *.csv *.ics *.xml (Atom, OAI-PMH, sitemaps): DIR/fragments.json receives the HTML that feeds carry
   /usr/bin/python3 read.py logs FILE...    each line is one object, and none repeats what somebody typed
   /usr/bin/python3 read.py mail MAILDIR SENT FRAGMENTS      letters; SENT: a line a mail, number.key, recipient, subject (base64)
"""
import base64
import csv
import email
import email.policy
import html.parser
import io
import json
import pathlib
import re
import sys
import unicodedata
import xml.etree.ElementTree as ET

import icalendar

fragments = []


def fault(where, what):
    print(f"{where}: {what}"[:400])


def read_csv(path):
    text = path.read_bytes().decode("utf-8")
    if not text.startswith("\ufeff"):
        return fault(path.name, "no byte order mark: a spreadsheet would not read it as UTF-8")
    rows = list(csv.reader(io.StringIO(text[1:], newline=""), delimiter=";", strict=True))
    if len({len(r) for r in rows}) > 1:
        fault(path.name, f"rows of {sorted({len(r) for r in rows})} cells")
    for row in rows:
        for cell in row:
            if re.match(r"[=+\-@\t\r\n]", cell) and not re.fullmatch(r"-?[0-9][0-9., ]*", cell):
                fault(path.name, f"a formula: {cell[:60]!r}")
            if re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", cell):
                fault(path.name, f"a control: {cell[:60]!r}")
    # The same words as the JSON of the same list, whatever stands before a cell that would be a formula.
    twin = path.with_suffix(".json")
    if twin.exists() and rows:
        told = json.loads(twin.read_text())
        items = told.get("elements") if isinstance(told, dict) else None
        column = next((i for i, h in enumerate(rows[0]) if h in ("titre", "nom")), None)
        if items and column is not None and len(items) == len(rows) - 1:
            for row, item in zip(rows[1:], items):
                wanted = item.get("titre") or item.get("nom") or ""
                if re.sub(r"\s+", " ", row[column].removeprefix("'")).strip() != re.sub(r"\s+", " ", wanted.removeprefix("'")).strip():
                    fault(path.name, f"{row[column][:80]!r} is {wanted[:80]!r} in JSON")


KNOWN = set("UID DTSTAMP DTSTART DTEND SEQUENCE STATUS SUMMARY DESCRIPTION LOCATION URL CATEGORIES CREATED LAST-MODIFIED ORGANIZER TRANSP CLASS GEO".split())


def read_ics(path, raw=None):
    raw = raw if raw is not None else path.read_bytes()
    for line in raw.split(b"\r\n"):
        if len(line) > 75 or b"\n" in line or b"\r" in line:
            return fault(path.name, f"a line that is none: {line[:80]!r}")
    calendar = icalendar.Calendar.from_ical(raw)
    if calendar.errors:
        fault(path.name, calendar.errors)
    for event in calendar.walk("VEVENT"):
        if event.errors or set(event.keys()) - KNOWN or event.subcomponents:
            fault(path.name, f"{event.errors} {set(event.keys()) - KNOWN} {event.subcomponents}")
        for name, value in event.items():
            if isinstance(value, list) and name != "CATEGORIES":
                fault(path.name, f"{name} {len(value)} times")
    outside = {k for k in calendar.keys()} - {"VERSION", "PRODID", "CALSCALE", "METHOD", "X-WR-CALNAME", "X-WR-CALDESC", "X-PUBLISHED-TTL", "REFRESH-INTERVAL", "NAME", "URL", "SOURCE", "LAST-MODIFIED"}
    if outside or {c.name for c in calendar.subcomponents} - {"VEVENT", "VTIMEZONE"}:
        fault(path.name, f"the calendar holds {outside}")


def read_xml(path):
    raw = path.read_bytes()
    if b"<!DOCTYPE" in raw[:2000] or b"<!ENTITY" in raw:
        fault(path.name, "a document type")
    root = ET.fromstring(raw)
    for e in root.iter():
        if not re.match(r"\{http://(www\.(w3\.org/2005/Atom|openarchives\.org|sitemaps\.org)|purl\.org|www\.georss\.org|a9\.com/-/spec/opensearch)", e.tag):
            fault(path.name, f"an element {e.tag}")
        if e.tag.endswith("}link") or e.tag.endswith("}loc") or e.tag.endswith("}id"):
            if re.match(r"\s*(javascript|data|vbscript):", e.get("href") or e.text or "", re.I):
                fault(path.name, f"an address that runs: {e.get('href') or e.text}")
        if e.tag.startswith("{http://www.w3.org/2005/Atom}") and e.get("type") == "html" and e.text:
            fragments.append([path.name, e.text])


class Paragraphs(html.parser.HTMLParser):
    def __init__(self):
        super().__init__()
        self.depth, self.link, self.words = 0, 0, [[]]

    def handle_starttag(self, tag, attrs):
        if tag == "a":
            self.link += 1
        elif tag == "p":
            self.words.append([])

    def handle_endtag(self, tag):
        if tag == "a":
            self.link -= 1
        elif tag == "p":
            self.words.append([])

    def handle_data(self, data):
        if not self.link:
            self.words[-1].append(data)


def bare(s):  # without spaces of any kind, nor what only guides the eye
    return "".join(c for c in s if not c.isspace() and unicodedata.category(c) not in ("Cf", "Cc", "Zl", "Zp"))


BASE = ["Date", "From", "To", "Subject", "Message-ID", "Auto-Submitted", "X-Auto-Response-Suppress", "Content-Language", "MIME-Version", "Content-Type"]
ADDED = ["X-Peer", "X-MailFrom", "X-RcptTo"]  # by the server that received it
LISTS = ["List-Unsubscribe", "List-Unsubscribe-Post"]


def read_letters(maildir, sent, fragments_file):
    wanted = {}
    for line in pathlib.Path(sent).read_text().splitlines():
        key, to, subject = line.split("|")
        wanted[key] = (to, base64.b64decode(subject).decode())
    seen = set()
    for path in sorted(pathlib.Path(maildir).glob("*/*")):
        mail = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
        key = (mail["Message-ID"] or "").strip("<> ").split("@")[0]
        if key not in wanted:
            continue
        seen.add(key)
        to, subject = wanted[key]
        names = [k for k in mail.keys()]
        if sorted(names) not in (sorted(BASE + ADDED), sorted(BASE + ADDED + LISTS)):
            fault(key, f"headers {sorted(set(names) ^ set(BASE + ADDED + LISTS))} {len(names)}")
        parts = [p for p in mail.walk() if not p.is_multipart()]
        defects = mail.defects + [d for p in mail.walk() for d in p.defects] + [d for v in mail.values() for d in getattr(v, "defects", [])]
        if defects:
            fault(key, f"defects {defects[:3]}")
        if [a.addr_spec for a in mail["To"].addresses] != [to] or mail["X-RcptTo"] != to:
            fault(key, f"to {mail['To']} instead of {to}")
        if len(mail["From"].addresses) != 1 or not mail["From"].addresses[0].addr_spec.endswith("@demo.example"):
            fault(key, f"from {mail['From']}")
        if bare(mail["Subject"])[:120] != bare(subject)[:120] and bare(subject)[:60] not in bare(mail["Subject"]):
            fault(key, f"subject {mail['Subject']!r} instead of {subject!r}")
        kinds = [p.get_content_type() for p in parts]
        if kinds not in (["text/plain", "text/html"], ["text/plain", "text/html", "text/calendar"]):
            fault(key, f"parts {kinds}")
            continue
        text, page = parts[0].get_content(), parts[1].get_content()
        fragments.append([key, page])
        if len(kinds) == 3:
            read_ics(path, parts[2].get_payload(decode=True))
        p = Paragraphs()
        p.feed(page[page.index("</h1>"):])
        flat = bare(text)
        for words in p.words:
            one = bare("".join(words))
            if one and one not in flat:
                fault(key, f"the text lacks {''.join(words)[:120]!r}")
    pathlib.Path(fragments_file).write_text(json.dumps(fragments))
    if len(seen) != len(wanted):
        fault("letters", f"{len(wanted) - len(seen)} of {len(wanted)} did not arrive")


def read_logs(files):
    for path in map(pathlib.Path, files):
        for number, line in enumerate(path.read_bytes().split(b"\n")[:-1], 1):
            try:
                told = json.loads(line.decode("utf-8"))
                if not isinstance(told, dict) or re.search(rb"[\x00-\x1f]", line):
                    fault(path.name, f"line {number} is no object: {line[:100]!r}")
                if re.search(rb"<q7z|3Cq7z|q7z>|@hostile\.example", line):
                    fault(path.name, f"line {number} says what was typed: {line[:300]!r}")
            except ValueError as e:
                fault(path.name, f"line {number}: {e}: {line[:100]!r}")


if sys.argv[1] == "mail":
    read_letters(*sys.argv[2:])
elif sys.argv[1] == "logs":
    read_logs(sys.argv[2:])
else:
    for path in sorted(pathlib.Path(sys.argv[1]).iterdir()):
        try:
            {".csv": read_csv, ".ics": read_ics, ".xml": read_xml}.get(path.suffix, lambda p: None)(path)
        except (ValueError, ET.ParseError, csv.Error, UnicodeDecodeError) as e:
            fault(path.name, f"{type(e).__name__} {e}")
    (pathlib.Path(sys.argv[1]) / "fragments.json").write_text(json.dumps(fragments))
