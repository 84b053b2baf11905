/*
 * A PDF is not encoded anew: it is refused when a name of its objects announces something that acts, carries or hides. Names are
 * read in the whole file and in its object streams, inflated in a bounded window.
 */
#include "media/media_internal.h"
#include <zlib.h>

enum {
	NAME = 20,             /* characters of the longest name looked for, and some */
	CARRY = 3 * NAME + 8,  /* bytes a name may take, every one of its characters escaped */
	WINDOW = 65536,
	DICTIONARY = 2048,     /* bytes before a stream where its dictionary is */
	INFLATED = 64 << 20,   /* of all object streams together */
	STREAMS = 20000,       /* object streams */
	TAIL = 1024            /* where the end of file mark must be */
};

#define ACTIVE 1u
#define FILES 2u
#define LOCKED 4u
#define OBJECTS 8u  /* an object stream */
#define FILTER 16u
#define FLATE 32u
#define UNUSUAL 64u /* what an object stream has no reason to have */

static const struct {
	const char *name;
	unsigned mark;
} names[] = {
	{ "JavaScript", ACTIVE }, { "Launch", ACTIVE }, { "Rendition", ACTIVE }, { "RichMedia", ACTIVE }, { "XFA", ACTIVE },
	{ "SubmitForm", ACTIVE }, { "ImportData", ACTIVE }, { "GoToE", ACTIVE }, { "FFilter", ACTIVE },
	{ "EmbeddedFile", FILES }, { "EmbeddedFiles", FILES }, { "Encrypt", LOCKED },
	{ "ObjStm", OBJECTS }, { "Filter", FILTER }, { "FlateDecode", FLATE },
	{ "ASCIIHexDecode", UNUSUAL }, { "ASCII85Decode", UNUSUAL }, { "LZWDecode", UNUSUAL }, { "RunLengthDecode", UNUSUAL },
	{ "Crypt", UNUSUAL }, { "Predictor", UNUSUAL },
};

static bool
blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\f' || c == 0;
}

static int
hex(char c)
{
	return c >= '0' && c <= '9' ? c - '0' : (c | 0x20) >= 'a' && (c | 0x20) <= 'f' ? (c | 0x20) - 'a' + 10 : -1;
}

/* The marks of the names in s. "#4a" is "J" in a name. */
static unsigned
names_in(struct str s)
{
	unsigned marks = 0;
	static const char ends[] = { '(', ')', '<', '>', '[', ']', '{', '}', '/', '%', ' ', '\t', '\r', '\n', '\f', 0 };
	const char *p = s.p, *end = s.n ? s.p + s.n : s.p;

	while (p < end && (p = memchr(p, '/', (size_t)(end - p)))) {
		char name[NAME + 1];
		size_t n = 0;
		for (p++; p < end && n < NAME && !memchr(ends, *p, sizeof(ends)); p++) {
			bool escaped = *p == '#' && end - p > 2 && hex(p[1]) >= 0 && hex(p[2]) >= 0;
			int c = escaped ? hex(p[1]) << 4 | hex(p[2]) : *p;
			name[n++] = (char)c;
			p += escaped ? 2 : 0;
		}
		name[n] = 0;
		for (size_t i = 0; n >= 3 && i < sizeof(names) / sizeof(names[0]); i++)
			if (strcmp(name, names[i].name) == 0)
				marks |= names[i].mark;
	}
	return marks;
}

/* The marks of the names in an object stream. A stream that does not end well is read as far as it goes, as readers do. */
static unsigned
names_inflated(struct str s, size_t *budget)
{
	static _Thread_local unsigned char window[CARRY + WINDOW];
	z_stream z = { .next_in = (Bytef *)(uintptr_t)s.p, .avail_in = (uInt)s.n };
	size_t carried = 0;
	unsigned marks = 0;
	int status;

	if (inflateInit(&z) != Z_OK)
		return UNUSUAL;
	do {
		z.next_out = window + carried;
		z.avail_out = WINDOW;
		status = inflate(&z, Z_NO_FLUSH);
		size_t n = WINDOW - z.avail_out, whole = carried + n;
		*budget -= n < *budget ? n : *budget;
		marks |= names_in((struct str){ (const char *)window, whole });
		carried = whole < CARRY ? whole : CARRY;
		memmove(window, window + whole - carried, carried);
	} while (status == Z_OK && *budget > 0);
	inflateEnd(&z);
	return marks;
}

/* What follows the last "obj" that is not an "endobj": the dictionary of the stream after it; nothing without one. */
static struct str
dictionary_of(struct str before)
{
	struct str found = STR_NONE;

	for (const char *obj; (obj = memmem(before.p, before.n, "obj", 3));) {
		bool begins = obj > before.p && blank(obj[-1]);
		before.n -= (size_t)(obj + 3 - before.p);
		before.p = obj + 3;
		if (begins)
			found = before;
	}
	return found;
}

/* The marks of all object streams. */
static unsigned
streams(struct str s, size_t *budget)
{
	unsigned marks = 0;
	int left = STREAMS;
	const char *p = s.p, *end = s.p + s.n, *from = s.p; /* from: no dictionary is read twice */

	while (*budget > 0 && (p = memmem(p, (size_t)(end - p), "stream", 6))) {
		struct str before = { p - from > DICTIONARY ? p - DICTIONARY : from, 0 };
		bool ends = p - s.p >= 3 && memcmp(p - 3, "end", 3) == 0;
		before.n = (size_t)(p - before.p);
		p = from = p + 6;
		if (ends || p == end || (*p != '\r' && *p != '\n'))
			continue;
		unsigned said = names_in(dictionary_of(before));
		if (!(said & OBJECTS))
			continue;
		if ((said & UNUSUAL) || ((said & FILTER) && !(said & FLATE)) || left-- == 0)
			return marks | UNUSUAL;
		const char *data = p + (p + 1 < end && p[0] == '\r' && p[1] == '\n' ? 2 : 1);
		if (said & FLATE)
			marks |= names_inflated((struct str){ data, (size_t)(end - data) }, budget) & (ACTIVE | FILES | UNUSUAL);
	}
	return marks;
}

/* Where the file ends by its own account: after the last mark, in the last bytes. 0: nowhere. */
static size_t
end_of(struct str s)
{
	for (size_t i = s.n; i >= 5 && i + TAIL > s.n; i--)
		if (memcmp(s.p + i - 5, "%%EOF", 5) == 0)
			return i;
	return 0;
}

/* A ZIP is read from its end: its last record may be hidden in what looks like the end of a PDF. */
static bool
zip_at_end(struct str s)
{
	size_t from = s.n > 65557 ? s.n - 65557 : 0;

	return memmem(s.p + from, s.n - from, "PK\5\6", 4) != NULL;
}

enum media_refusal
media_pdf_check(struct str s)
{
	size_t budget = INFLATED;

	if (s.n < 9 || memcmp(s.p, "%PDF-", 5) != 0 || (s.p[5] != '1' && s.p[5] != '2') || s.p[6] != '.')
		return MEDIA_REFUSAL_PDF_BROKEN;
	size_t end = end_of(s);
	if (end == 0)
		return zip_at_end(s) ? MEDIA_REFUSAL_PDF_MIXED : MEDIA_REFUSAL_CUT;
	while (end < s.n && blank(s.p[end]))
		end++;
	if (end < s.n || zip_at_end(s))
		return MEDIA_REFUSAL_PDF_MIXED;
	if (!memmem(s.p, s.n, "startxref", 9))
		return MEDIA_REFUSAL_CUT;
	unsigned marks = names_in(s) & (ACTIVE | FILES | LOCKED);
	if (marks & LOCKED)
		return MEDIA_REFUSAL_PDF_LOCKED;
	marks |= streams(s, &budget);
	if (marks & ACTIVE)
		return MEDIA_REFUSAL_PDF_ACTIVE;
	if (marks & FILES)
		return MEDIA_REFUSAL_PDF_FILES;
	return (marks & UNUSUAL) || budget == 0 ? MEDIA_REFUSAL_PDF_BROKEN : MEDIA_REFUSAL_NONE;
}
