/*
 * media_files: files for the tests of media, made here: ZIP (so ODT and DOCX), PDF, PNG chunk by chunk, JPEG and WebP by libgd.
 */
#ifndef MEDIA_FILES_H
#define MEDIA_FILES_H
#include <gd.h>
#include <zlib.h>

#include "base/buf.h"

#define ODT_TYPE "application/vnd.oasis.opendocument.text"
#define DOCX_TYPES                                                                                                     \
	"<?xml version=\"1.0\" encoding=\"UTF-8\"?><Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">" \
	"<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"          \
	"<Override PartName=\"/word/document.xml\" ContentType=\"application/vnd.openxmlformats-officedocument."          \
	"wordprocessingml.document.main+xml\"/></Types>"

struct zip_out {
	struct buf body, directory;
	unsigned n;
};

static inline void
little(struct buf *b, uint64_t v, int bytes)
{
	for (int i = 0; i < bytes; i++)
		buf_char(b, (char)(v >> 8 * i));
}

static inline void
big(struct buf *b, uint32_t v)
{
	for (int i = 3; i >= 0; i--)
		buf_char(b, (char)(v >> 8 * i));
}

static inline void
zip_begin(struct zip_out *z, struct arena *a)
{
	buf_init(&z->body, a, 4096);
	buf_init(&z->directory, a, 1024);
	z->n = 0;
}

static inline struct str
deflated(struct arena *a, struct str s, int window) /* 15: zlib, -15: raw */
{
	size_t cap = s.n + s.n / 1000 + 128;
	char *out = arena_alloc(a, cap);
	z_stream d = { .next_in = (Bytef *)(uintptr_t)s.p, .avail_in = (uInt)s.n, .next_out = (Bytef *)out, .avail_out = (uInt)cap };

	deflateInit2(&d, 9, Z_DEFLATED, window, 8, Z_DEFAULT_STRATEGY);
	deflate(&d, Z_FINISH);
	size_t n = d.total_out;
	deflateEnd(&d);
	return (struct str){ out, n };
}

/* declared: the size told, which may lie. */
static inline void
zip_entry(struct zip_out *z, const char *name, struct str s, bool pack, size_t declared, unsigned flags)
{
	struct str packed = pack ? deflated(z->body.arena, s, -15) : s;
	uint32_t sum = (uint32_t)crc32(0, (const Bytef *)(s.p ? s.p : ""), (uInt)s.n);
	size_t at = z->body.n, len = strlen(name);

	for (int central = 0; central < 2; central++) {
		struct buf *b = central ? &z->directory : &z->body;
		little(b, central ? 0x02014b50 : 0x04034b50, 4);
		if (central)
			little(b, 20, 2);
		little(b, 20, 2);
		little(b, flags, 2);
		little(b, pack ? 8 : 0, 2);
		little(b, 0x5d21bc00, 4);
		little(b, sum, 4);
		little(b, packed.n, 4);
		little(b, declared, 4);
		little(b, len, 2);
		little(b, 0, 2);
		if (central) {
			little(b, 0, 8);
			little(b, 0, 2);
			little(b, at, 4);
		}
		buf_mem(b, name, len);
		if (!central)
			buf_put(b, packed);
	}
	z->n++;
}

static inline void
zip_add(struct zip_out *z, const char *name, struct str s)
{
	zip_entry(z, name, s, strcmp(name, "mimetype") != 0, s.n, 0);
}

static inline struct str
zip_end(struct zip_out *z)
{
	size_t at = z->body.n;

	buf_put(&z->body, buf_str(&z->directory));
	little(&z->body, 0x06054b50, 4);
	little(&z->body, 0, 4);
	little(&z->body, z->n, 2);
	little(&z->body, z->n, 2);
	little(&z->body, z->directory.n, 4);
	little(&z->body, at, 4);
	little(&z->body, 0, 2);
	return buf_str(&z->body);
}

/* A sound ODT or DOCX, begun: more may be added before zip_end. */
static inline void
odt_begin(struct zip_out *z, struct arena *a)
{
	zip_begin(z, a);
	zip_add(z, "mimetype", STR(ODT_TYPE));
	zip_add(z, "content.xml", STR("<office:document-content><office:body>Bonjour</office:body></office:document-content>"));
	zip_add(z, "META-INF/manifest.xml", STR("<manifest:manifest/>"));
}

static inline void
docx_begin(struct zip_out *z, struct arena *a)
{
	zip_begin(z, a);
	zip_add(z, "[Content_Types].xml", STR(DOCX_TYPES));
	zip_add(z, "_rels/.rels", STR("<Relationships><Relationship Id=\"r1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/"
	                              "relationships/officeDocument\" Target=\"word/document.xml\"/></Relationships>"));
	zip_add(z, "word/document.xml", STR("<w:document><w:body><w:p>Bonjour</w:p></w:body></w:document>"));
}

/* One page, with more objects in it. */
static inline struct str
pdf_with(struct arena *a, struct str objects)
{
	struct buf b;

	buf_init(&b, a, 1024);
	buf_lit(&b, "%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n"
	            "2 0 obj\n<</Type/Pages/Kids[3 0 R]/Count 1>>\nendobj\n3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]>>\nendobj\n");
	buf_put(&b, objects);
	buf_lit(&b, "trailer\n<</Root 1 0 R/Size 9>>\nstartxref\n9\n%%EOF\n");
	return buf_str(&b);
}

static inline void
png_chunk(struct buf *b, const char *type, struct str s)
{
	size_t at = b->n + 4;

	big(b, (uint32_t)s.n);
	buf_mem(b, type, 4);
	buf_put(b, s);
	big(b, (uint32_t)crc32(0, (const Bytef *)b->p + at, (uInt)(s.n + 4)));
}

/* A grey PNG of any dimensions told, of the lines given; extra: chunks between head and points. */
static inline struct str
png_of(struct arena *a, uint32_t width, uint32_t height, struct str lines, struct str extra)
{
	struct buf b, head;

	buf_init(&b, a, 1024);
	buf_init(&head, a, 16);
	big(&head, width);
	big(&head, height);
	buf_mem(&head, "\x08\0\0\0\0", 5);
	buf_lit(&b, "\x89PNG\r\n\x1a\n");
	png_chunk(&b, "IHDR", buf_str(&head));
	buf_put(&b, extra);
	png_chunk(&b, "IDAT", deflated(a, lines, 15));
	png_chunk(&b, "IEND", STR_NONE);
	return buf_str(&b);
}

static inline struct str
taken(struct arena *a, void *p, int n)
{
	struct str s = arena_str(a, (struct str){ p, (size_t)n });

	gdFree(p);
	return s;
}

/* Left half red, right half blue, top right corner white; by libgd. */
static inline struct str
picture(struct arena *a, const char *kind, int width, int height)
{
	gdImagePtr im = gdImageCreateTrueColor(width, height);
	int n;

	gdImageFilledRectangle(im, 0, 0, width / 2 - 1, height - 1, 0xff0000);
	gdImageFilledRectangle(im, width / 2, 0, width - 1, height - 1, 0x0000ff);
	gdImageFilledRectangle(im, width * 3 / 4, 0, width - 1, height / 4, 0xffffff);
	gdImageInterlace(im, kind[0] == 'p');
	void *p = kind[0] == 'w'   ? gdImageWebpPtrEx(im, &n, 90)
	          : kind[1] == 'n' ? gdImagePngPtrEx(im, &n, 6)
	                           : gdImageJpegPtr(im, &n, 95);
	gdImageDestroy(im);
	return taken(a, p, n);
}

/* An EXIF segment with an orientation and a place (GPS), as cameras write it: after the start of a JPEG. */
static inline struct str
jpeg_with_exif(struct arena *a, struct str jpeg, int orientation)
{
	struct buf b, exif;

	buf_init(&exif, a, 256);
	buf_mem(&exif, "Exif\0\0MM\0*\0\0\0\x08", 14);
	buf_mem(&exif, "\0\x02", 2);
	buf_mem(&exif, "\x01\x12\0\x03\0\0\0\x01\0", 9);
	buf_char(&exif, (char)orientation);
	buf_mem(&exif, "\0\0", 2);
	buf_mem(&exif, "\x88\x25\0\x04\0\0\0\x01\0\0\0\x26\0\0\0\0", 16); /* where the GPS directory is */
	buf_mem(&exif, "\0\x01\0\x01\0\x02\0\0\0\x02N\0\0\0\0\0\0\0GPSMARK-48.8566", 33);
	buf_init(&b, a, jpeg.n + 256);
	buf_mem(&b, jpeg.p, 2);
	buf_mem(&b, "\xff\xe1", 2);
	buf_char(&b, (char)((exif.n + 2) >> 8));
	buf_char(&b, (char)(exif.n + 2));
	buf_put(&b, buf_str(&exif));
	buf_mem(&b, "\xff\xfe\0\x0eGPSCOMMENT!!", 16);
	buf_mem(&b, jpeg.p + 2, jpeg.n - 2);
	return buf_str(&b);
}

#endif
