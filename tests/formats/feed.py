"""Reads feeds (files given) with Universal Feed Parser and says of each: file, entries, problem or "fine"."""
import sys
import feedparser

for name in sys.argv[1:]:
    with open(name, "rb") as f:
        d = feedparser.parse(f.read(), response_headers={"content-type": "application/atom+xml; charset=utf-8"})
    wrong = []
    if d.bozo:
        wrong.append(str(d.get("bozo_exception")))
    if d.version != "atom10":
        wrong.append("version " + repr(d.version))
    for key in ("id", "title", "updated_parsed"):
        if not d.feed.get(key):
            wrong.append("no " + key)
    seen = set()
    for e in d.entries:
        if not e.get("id", "").startswith("tag:") or e.id in seen:
            wrong.append("id " + repr(e.get("id")))
        seen.add(e.get("id"))
        if not (e.get("title") and e.get("updated_parsed") and e.get("link")):
            wrong.append("entry " + repr(e.get("id")))
    print(name.rsplit("/", 1)[-1], len(d.entries), "; ".join(wrong) or "fine")
