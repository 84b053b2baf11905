#include "media/media.h"
#include "base/buf.h"
#include "crypt/hash.h"
#include "media/media_internal.h"
#include "text/slug.h"
#include "text/utf8.h"
#include <magic.h>
#include <stdlib.h>
#include <strings.h>

/* One row a kind. magic: what libmagic may say of its content; it does not tell a DOCX of every program from another ZIP, which
 * the document's own check then does. */
static const struct kind {
	const char *extensions; /* between bars; the first one is given to names */
	const char *type, *magic;
} kinds[] = {
	[MEDIA_PDF] = { "|pdf|", "application/pdf", "|application/pdf|" },
	[MEDIA_ODT] = { "|odt|", "application/vnd.oasis.opendocument.text", "|application/vnd.oasis.opendocument.text|" },
	[MEDIA_DOCX] = { "|docx|", "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
	                 "|application/vnd.openxmlformats-officedocument.wordprocessingml.document|application/zip|application/octet-stream|" },
	[MEDIA_PNG] = { "|png|", "image/png", "|image/png|" },
	[MEDIA_JPEG] = { "|jpg|jpeg|jpe|", "image/jpeg", "|image/jpeg|" },
	[MEDIA_WEBP] = { "|webp|", "image/webp", "|image/webp|" },
};
enum { KINDS = sizeof(kinds) / sizeof(kinds[0]) };

/* Extensions that deserve a word of their own. */
static const struct {
	const char *extensions;
	enum media_refusal refusal;
} known_refusals[] = {
	{ "|svg|svgz|", MEDIA_REFUSAL_SVG },
	{ "|heic|heif|", MEDIA_REFUSAL_HEIC },
	{ "|doc|dot|rtf|", MEDIA_REFUSAL_OLD_WORD },
	{ "|docm|dotm|", MEDIA_REFUSAL_DOCUMENT_MACROS },
};

static const char *const sentences[] = {
#define REFUSAL(name, sentence) [MEDIA_REFUSAL_##name] = sentence,
#include "media/refusal.def"
#undef REFUSAL
};

static bool
among(struct str word, const char *list) /* lower case, between bars */
{
	for (const char *p = list; word.n && *p && p[1]; p = strchr(p + 1, '|'))
		if (strncasecmp(p + 1, word.p, word.n) == 0 && p[1 + word.n] == '|')
			return true;
	return false;
}

struct str
media_own(struct arena *a, void *p, size_t n)
{
	arena_cleanup(a, free, p);
	return (struct str){ p, n };
}

bool
media_type_known(struct str type)
{
	for (int i = 0; i < KINDS; i++)
		if (str_eq(type, str_of(kinds[i].type)))
			return true;
	return false;
}

bool
media_is_image(struct str type)
{
	return media_type_known(type) && type.n > 6 && memcmp(type.p, "image/", 6) == 0;
}

/* What follows the last slash or backslash: browsers of old sent whole paths. */
static struct str
base_name(struct str name)
{
	for (size_t i = name.n; i > 0; i--)
		if (name.p[i - 1] == '/' || name.p[i - 1] == '\\')
			return (struct str){ name.p + i, name.n - i };
	return name;
}

static void
split(struct str name, struct str *ret_stem, struct str *ret_extension)
{
	*ret_stem = name;
	*ret_extension = STR_NONE;
	for (size_t i = name.n; i > 1; i--)
		if (name.p[i - 1] == '.') {
			*ret_stem = (struct str){ name.p, i - 1 };
			*ret_extension = (struct str){ name.p + i, name.n - i };
			return;
		}
}

/* Controls, ends of line, and the marks that turn the reading direction so that "gpj.exe" shows as "exe.jpg". */
static bool
hidden(uint32_t c)
{
	return c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0xad || c == 0x61c || (c >= 0x200b && c <= 0x200f) ||
	       (c >= 0x2028 && c <= 0x202e) || (c >= 0x2060 && c <= 0x206f) || c == 0xfeff || (c >= 0xfff0 && c <= 0xffff) ||
	       (c >= 0xe0000 && c <= 0xe0fff);
}

static struct str
label_of(struct arena *a, struct str name)
{
	struct buf b;
	size_t characters = 0;
	bool blank = true;

	buf_init(&b, a, name.n + 1);
	if (!utf8_valid(name))
		return STR("Fichier joint");
	for (size_t i = 0, next; i < name.n && characters < MEDIA_LABEL; i = next) {
		uint32_t c = utf8_at(name, i, &next);
		bool space = c == ' ' || c == 0xa0 || c == '\t';
		if ((space && blank) || (!space && hidden(c)))
			continue;
		if (space)
			buf_char(&b, ' ');
		else
			buf_mem(&b, name.p + i, next - i);
		blank = space;
		characters++;
	}
	while (b.n && b.p[b.n - 1] == ' ')
		b.n--;
	return b.n ? buf_str(&b) : STR("Fichier joint");
}

static enum err
magic_says(struct arena *a, struct str bytes, struct str *ret)
{
	/* Only what stands at known places of the bytes: no unpacking, no guess at texts, no walk through other formats. */
	magic_t m = magic_open(MAGIC_MIME_TYPE | MAGIC_ERROR | MAGIC_NO_CHECK_COMPRESS | MAGIC_NO_CHECK_TAR | MAGIC_NO_CHECK_ELF |
	                       MAGIC_NO_CHECK_CDF | MAGIC_NO_CHECK_CSV | MAGIC_NO_CHECK_JSON | MAGIC_NO_CHECK_TOKENS);

	if (!m)
		return err_note(ERR_IO, "libmagic: no memory");
	if (magic_load(m, NULL) != 0) {
		err_note(ERR_IO, "libmagic: %s", magic_error(m));
		magic_close(m);
		return ERR_IO;
	}
	const char *said = magic_buffer(m, bytes.p, bytes.n);
	*ret = arena_str(a, str_of(said ? said : ""));
	magic_close(m);
	return ERR_NONE;
}

static void
sum(struct media_part *part)
{
	struct sha256 h;

	if (!part->bytes.n)
		return;
	sha256_init(&h);
	sha256_add(&h, part->bytes);
	sha256_end(&h, part->sha256);
}

static enum err
refuse(enum media_refusal refusal, struct media *ret)
{
	*ret = (struct media){ .refusal = refusal, .reason = str_of(sentences[refusal]) };
	return err_note(ERR_BAD_INPUT, "file refused: number %d", (int)refusal);
}

static enum media_refusal
kind_of(struct str extension, enum media_kind *ret)
{
	for (int i = 0; i < KINDS; i++)
		if (among(extension, kinds[i].extensions)) {
			*ret = (enum media_kind)i;
			return MEDIA_REFUSAL_NONE;
		}
	for (size_t i = 0; i < sizeof(known_refusals) / sizeof(known_refusals[0]); i++)
		if (among(extension, known_refusals[i].extensions))
			return known_refusals[i].refusal;
	return MEDIA_REFUSAL_EXTENSION;
}

enum err
media_check(struct arena *a, struct str filename, struct str bytes, struct media *ret)
{
	struct str name = base_name(filename), stem, extension, said;
	struct media m = { 0 };
	enum media_refusal refusal;
	enum err e;

	split(name, &stem, &extension);
	if ((refusal = kind_of(extension, &m.kind)) != MEDIA_REFUSAL_NONE)
		return refuse(refusal, ret);
	if (bytes.n == 0)
		return refuse(MEDIA_REFUSAL_EMPTY, ret);
	if (bytes.n > MEDIA_MAX)
		return refuse(MEDIA_REFUSAL_LARGE, ret);
	if ((e = magic_says(a, bytes, &said)) != ERR_NONE)
		return e;
	const struct kind *k = &kinds[m.kind];
	if (!among(said, k->magic))
		return refuse(MEDIA_REFUSAL_MISMATCH, ret);
	m.type = str_of(k->type);
	if (media_is_image(m.type)) {
		if ((e = media_image_clean(a, bytes, m.kind, &m, &refusal)) != ERR_NONE)
			return e;
	} else {
		m.whole.bytes = bytes;
		refusal = m.kind == MEDIA_PDF ? media_pdf_check(bytes) : media_office_check(bytes, m.kind);
	}
	if (refusal)
		return refuse(refusal, ret);
	sum(&m.whole);
	sum(&m.small);
	m.label = label_of(a, stem);
	struct str slug = utf8_valid(stem) ? slug_of(a, stem) : STR_NONE;
	struct str first = { k->extensions + 1, strcspn(k->extensions + 1, "|") };
	m.name = arena_fmt(a, "%.*s.%.*s", slug.n ? (int)slug.n : 5, slug.n ? slug.p : "piece", (int)first.n, first.p);
	*ret = m;
	return ERR_NONE;
}
