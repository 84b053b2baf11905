/*
 * An ODT or a DOCX is a ZIP. Its directory is bounded, then every entry is inflated in a small window, to its end: what it says
 * of its size is not believed, its sum is compared, and what must not be inside is looked for on the way.
 */
#include "media/media_internal.h"
#include <stdlib.h>
#include <strings.h>
#include <zip.h>

enum {
	ENTRIES = 1000,
	NAME = 200,
	INFLATED = 100 << 20, /* of all entries together */
	RATIO = 200,          /* times what it takes packed, for an entry of more than RATIO_FROM */
	RATIO_FROM = 1 << 20,
	KEPT = 256 << 10,     /* of an entry that is read as a whole: types, relations, manifest */
	CARRY = 64,
	WINDOW = 32768
};

static const char odt_type[] = "application/vnd.oasis.opendocument.text";
static const char docx_main[] = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml";

/* What a name of an entry may not be: where "at start" says so, else anywhere. Lower case. */
static const struct {
	const char *word;
	bool at_start;
	enum media_refusal refusal;
} names[] = {
	{ "basic/", true, MEDIA_REFUSAL_DOCUMENT_MACROS },      { "scripts/", true, MEDIA_REFUSAL_DOCUMENT_MACROS },
	{ "dialogs/", true, MEDIA_REFUSAL_DOCUMENT_MACROS },    { "vbaproject", false, MEDIA_REFUSAL_DOCUMENT_MACROS },
	{ "vbadata", false, MEDIA_REFUSAL_DOCUMENT_MACROS },    { "macrosheets/", false, MEDIA_REFUSAL_DOCUMENT_MACROS },
	{ "activex/", false, MEDIA_REFUSAL_DOCUMENT_MACROS },   { "oleobject", false, MEDIA_REFUSAL_DOCUMENT_OBJECTS },
	{ "embeddings/", false, MEDIA_REFUSAL_DOCUMENT_OBJECTS }, { ".exe", false, MEDIA_REFUSAL_DOCUMENT_OBJECTS },
	{ ".dll", false, MEDIA_REFUSAL_DOCUMENT_OBJECTS },      { ".jar", false, MEDIA_REFUSAL_DOCUMENT_OBJECTS },
	{ ".class", false, MEDIA_REFUSAL_DOCUMENT_OBJECTS },
};

/* What no part in XML may hold; at most CARRY bytes. */
static const struct {
	const char *word;
	enum media_refusal refusal;
} needles[] = {
	{ "macroEnabled", MEDIA_REFUSAL_DOCUMENT_MACROS },
	{ "vnd.ms-office.vbaProject", MEDIA_REFUSAL_DOCUMENT_MACROS },
	{ "vnd.sun.star.script:", MEDIA_REFUSAL_DOCUMENT_MACROS },
	{ "<script:event-listener", MEDIA_REFUSAL_DOCUMENT_MACROS },
	{ "<manifest:encryption-data", MEDIA_REFUSAL_DOCUMENT_LOCKED },
	{ "<!ENTITY", MEDIA_REFUSAL_DOCUMENT_BROKEN },
};

struct office {
	zip_t *zip;
	enum media_kind kind;
	uint64_t inflated;
	char *window; /* CARRY + WINDOW bytes, then KEPT */
	bool typed, body; /* the part that says what it is, and the text, are there */
};

static bool
ends_with(const char *s, const char *end)
{
	size_t n = strlen(s), k = strlen(end);

	return n >= k && strcasecmp(s + n - k, end) == 0;
}

static enum media_refusal
name_check(struct office *o, zip_uint64_t i, const char *name)
{
	size_t n = strlen(name);

	if (n == 0 || n > NAME || zip_name_locate(o->zip, name, 0) != (zip_int64_t)i)
		return MEDIA_REFUSAL_DOCUMENT_BROKEN; /* twice the same: readers do not agree on which one counts */
	if (name[0] == '/' || strchr(name, '\\') || strchr(name, ':'))
		return MEDIA_REFUSAL_DOCUMENT_PATHS;
	for (const char *p = name; p; p = strchr(p, '/') ? strchr(p, '/') + 1 : NULL)
		if (strcmp(p, "..") == 0 || strncmp(p, "../", 3) == 0)
			return MEDIA_REFUSAL_DOCUMENT_PATHS;
	for (size_t k = 0; k < sizeof(names) / sizeof(names[0]); k++) {
		const char *found = strcasestr(name, names[k].word);
		if (found && (found == name || !names[k].at_start))
			return names[k].refusal;
	}
	return MEDIA_REFUSAL_NONE;
}

static bool
starts(const char *p, const char *end, const char *word)
{
	return (size_t)(end - p) >= strlen(word) && strncasecmp(p, word, strlen(word)) == 0;
}

/* An address that opening the document would fetch: another host. A template on the author's own disk is nobody's danger. */
static bool
remote(const char *p, const char *end)
{
	if (starts(p, end, "file:")) {
		const char *from = p += 5;
		while (p < end && (*p == '/' || *p == '\\'))
			p++;
		bool drive = end - p > 1 && p[1] == ':', root = p - from == 3 && memchr(from, '\\', 3) == NULL;
		return !drive && !root;
	}
	return starts(p, end, "http:") || starts(p, end, "https:") || starts(p, end, "ftp:") || starts(p, end, "\\\\") ||
	       starts(p, end, "//") || starts(p, end, "mhtml:");
}

/* <Relationship Type="…" Target="…" TargetMode="External"/>: only links that a reader follows by hand may go out. */
static enum media_refusal
relations_check(struct str s)
{
	const char *p = s.p, *end = s.p + s.n;

	if (memmem(s.p, s.n, "&#", 2) || memmem(s.p, s.n, "<!", 2) || memchr(s.p, 0, s.n))
		return MEDIA_REFUSAL_DOCUMENT_BROKEN; /* no program writes so, and it hides words */
	while ((p = memmem(p, (size_t)(end - p), "Relationship", 12))) {
		p += 12;
		if (p == end || !memchr(" \t\r\n", *p, 4)) /* the element of them all */
			continue;
		const char *close = memchr(p, '>', (size_t)(end - p));
		if (!close)
			return MEDIA_REFUSAL_DOCUMENT_BROKEN;
		struct str element = { p, (size_t)(close - p) };
		p = close;
		if (!memmem(element.p, element.n, "External", 8) || memmem(element.p, element.n, "/hyperlink\"", 11))
			continue;
		const char *target = memmem(element.p, element.n, "Target=\"", 8);
		if (!target)
			return MEDIA_REFUSAL_DOCUMENT_BROKEN;
		if (remote(target + 8, close))
			return MEDIA_REFUSAL_DOCUMENT_REMOTE;
	}
	return MEDIA_REFUSAL_NONE;
}

/* An entry that tells what the document is. */
static enum media_refusal
whole_check(struct office *o, zip_uint64_t i, const char *name, struct str s)
{
	if (ends_with(name, ".rels"))
		return relations_check(s);
	if (o->kind == MEDIA_ODT && strcmp(name, "mimetype") == 0)
		o->typed = i == 0 && str_eq(s, (struct str){ odt_type, sizeof(odt_type) - 1 });
	else if (o->kind == MEDIA_DOCX && strcmp(name, "[Content_Types].xml") == 0)
		o->typed = memmem(s.p, s.n, docx_main, sizeof(docx_main) - 1) != NULL;
	return MEDIA_REFUSAL_NONE;
}

static enum media_refusal
entry_read(struct office *o, zip_uint64_t i, const char *name, zip_file_t *f, uint64_t declared)
{
	bool xml = ends_with(name, ".xml") || ends_with(name, ".rels"), whole = xml || strcmp(name, "mimetype") == 0;
	char *kept = o->window + CARRY + WINDOW;
	size_t carried = 0, nkept = 0;
	uint64_t size = 0;
	zip_int64_t n;

	while ((n = zip_fread(f, o->window + carried, WINDOW)) > 0) {
		size += (uint64_t)n;
		o->inflated += (uint64_t)n;
		if (size > declared || o->inflated > INFLATED)
			return MEDIA_REFUSAL_DOCUMENT_BOMB;
		size_t all = carried + (size_t)n;
		if (xml && memchr(o->window + carried, 0, (size_t)n)) /* not UTF-8: words would be missed */
			return MEDIA_REFUSAL_DOCUMENT_BROKEN;
		for (size_t k = 0; xml && k < sizeof(needles) / sizeof(needles[0]); k++)
			if (memmem(o->window, all, needles[k].word, strlen(needles[k].word)))
				return needles[k].refusal;
		if (whole && nkept + (size_t)n <= KEPT) {
			memcpy(kept + nkept, o->window + carried, (size_t)n);
			nkept += (size_t)n;
		} else {
			whole = false;
		}
		carried = all < CARRY ? all : CARRY;
		memmove(o->window, o->window + all - carried, carried);
	}
	if (n < 0 || size != declared) /* libzip compared its sum */
		return MEDIA_REFUSAL_DOCUMENT_BROKEN;
	if (!whole) /* relations too long to be read are not believed */
		return ends_with(name, ".rels") ? MEDIA_REFUSAL_DOCUMENT_BROKEN : MEDIA_REFUSAL_NONE;
	return whole_check(o, i, name, (struct str){ kept, nkept });
}

static enum media_refusal
entry_check(struct office *o, zip_uint64_t i)
{
	const zip_uint64_t all = ZIP_STAT_NAME | ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE | ZIP_STAT_COMP_METHOD | ZIP_STAT_ENCRYPTION_METHOD;
	zip_stat_t st;

	if (zip_stat_index(o->zip, i, 0, &st) != 0 || (st.valid & all) != all)
		return MEDIA_REFUSAL_DOCUMENT_BROKEN;
	enum media_refusal refusal = name_check(o, i, st.name);
	if (refusal)
		return refusal;
	if (st.encryption_method != ZIP_EM_NONE)
		return MEDIA_REFUSAL_DOCUMENT_LOCKED;
	if (st.comp_method != ZIP_CM_STORE && st.comp_method != ZIP_CM_DEFLATE)
		return MEDIA_REFUSAL_DOCUMENT_BROKEN;
	if (st.size > INFLATED || (st.size > RATIO_FROM && st.size / RATIO > st.comp_size))
		return MEDIA_REFUSAL_DOCUMENT_BOMB;
	o->body |= strcmp(st.name, o->kind == MEDIA_ODT ? "content.xml" : "word/document.xml") == 0;
	zip_file_t *f = zip_fopen_index(o->zip, i, 0);
	if (!f)
		return MEDIA_REFUSAL_DOCUMENT_BROKEN;
	refusal = entry_read(o, i, st.name, f, st.size);
	zip_fclose(f);
	return refusal;
}

static enum media_refusal
entries_check(struct office *o)
{
	zip_int64_t n = zip_get_num_entries(o->zip, 0);

	if (n <= 0)
		return MEDIA_REFUSAL_DOCUMENT_BROKEN;
	if (n > ENTRIES)
		return MEDIA_REFUSAL_DOCUMENT_BOMB;
	for (zip_int64_t i = 0; i < n; i++) {
		enum media_refusal refusal = entry_check(o, (zip_uint64_t)i);
		if (refusal)
			return refusal;
	}
	return o->typed && o->body ? MEDIA_REFUSAL_NONE : MEDIA_REFUSAL_DOCUMENT_BROKEN;
}

enum media_refusal
media_office_check(struct str bytes, enum media_kind kind)
{
	struct office o = { .kind = kind };
	zip_error_t error;

	/* What Word makes of a document under a password: no ZIP, but a Compound File whose names are in UTF-16. */
	if (bytes.n > 8 && memcmp(bytes.p, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 8) == 0 && memmem(bytes.p, bytes.n, "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k", 26))
		return MEDIA_REFUSAL_DOCUMENT_LOCKED;
	/* It begins with its first entry and ends with its directory, without a comment: nothing before, nothing after. */
	if (bytes.n < 22 || memcmp(bytes.p, "PK\3\4", 4) != 0)
		return MEDIA_REFUSAL_DOCUMENT_BROKEN;
	if (memcmp(bytes.p + bytes.n - 22, "PK\5\6", 4) != 0 || bytes.p[bytes.n - 2] || bytes.p[bytes.n - 1])
		return memmem(bytes.p, bytes.n, "PK\5\6", 4) ? MEDIA_REFUSAL_DOCUMENT_BROKEN : MEDIA_REFUSAL_CUT;
	zip_error_init(&error);
	zip_source_t *source = zip_source_buffer_create(bytes.p, bytes.n, 0, &error);
	o.zip = source ? zip_open_from_source(source, ZIP_RDONLY | ZIP_CHECKCONS, &error) : NULL;
	if (source && !o.zip)
		zip_source_free(source);
	zip_error_fini(&error);
	o.window = o.zip ? malloc(CARRY + WINDOW + KEPT) : NULL;
	enum media_refusal refusal = o.window ? entries_check(&o) : MEDIA_REFUSAL_DOCUMENT_BROKEN;
	free(o.window);
	if (o.zip)
		zip_discard(o.zip);
	return refusal;
}
