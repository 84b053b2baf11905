/* What contributors send, and what a few might: each is accepted clean, or refused by name. */
#include "unit.h"
#include "crypt/hash.h"
#include "media/media.h"
#include "media_files.h"
#include "text/image_head.h"
#include "text/utf8.h"

static enum media_refusal
refusal_of(const char *name, struct str bytes)
{
	struct media m = { .refusal = MEDIA_REFUSAL_COUNT };
	enum err e = media_check(arena, str_of(name), bytes, &m);

	if (m.refusal == MEDIA_REFUSAL_NONE) {
		assert_int_equal(e, ERR_NONE);
		assert_true(m.whole.bytes.n > 0 && m.whole.sha256[63] && m.reason.n == 0);
	} else {
		assert_int_equal(e, ERR_BAD_INPUT);
		assert_true(m.reason.n >= 20 && m.reason.p[m.reason.n - 1] == '.' && utf8_valid(m.reason));
		assert_null(m.whole.bytes.p); /* nothing of it is handed out */
	}
	return m.refusal;
}
#define assert_refused(name, bytes, why) assert_int_equal(refusal_of((name), (bytes)), MEDIA_REFUSAL_##why)

static struct media
accepted(const char *name, struct str bytes)
{
	struct media m = { .refusal = MEDIA_REFUSAL_COUNT };

	assert_int_equal(media_check(arena, str_of(name), bytes, &m), ERR_NONE);
	assert_int_equal(m.refusal, MEDIA_REFUSAL_NONE);
	return m;
}

static bool
holds(struct str s, const char *word)
{
	return memmem(s.p, s.n, word, strlen(word)) != NULL;
}

static struct str
followed_by(struct str s, struct str more)
{
	struct buf b;

	buf_init(&b, arena, s.n + more.n);
	buf_put(&b, s);
	buf_put(&b, more);
	return buf_str(&b);
}

static struct str
odt(void)
{
	struct zip_out z;

	odt_begin(&z, arena);
	return zip_end(&z);
}

static struct str
docx(void)
{
	struct zip_out z;

	docx_begin(&z, arena);
	return zip_end(&z);
}

static void
accepts_each_kind(void **state)
{
	(void)state;
	const struct {
		const char *name;
		struct str bytes;
		enum media_kind kind;
		const char *type, *clean;
	} rows[] = {
		{ "Compte rendu.PDF", pdf_with(arena, STR_NONE), MEDIA_PDF, "application/pdf", "compte-rendu.pdf" },
		{ "trame.odt", odt(), MEDIA_ODT, ODT_TYPE, "trame.odt" },
		{ "trame.docx", docx(), MEDIA_DOCX, "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "trame.docx" },
		{ "plan.png", picture(arena, "png", 60, 40), MEDIA_PNG, "image/png", "plan.png" },
		{ "plan.jpeg", picture(arena, "jpeg", 60, 40), MEDIA_JPEG, "image/jpeg", "plan.jpg" },
		{ "plan.webp", picture(arena, "webp", 60, 40), MEDIA_WEBP, "image/webp", "plan.webp" },
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct media m = accepted(rows[i].name, rows[i].bytes);
		assert_int_equal(m.kind, rows[i].kind);
		assert_str(m.type, rows[i].type);
		assert_str(m.name, rows[i].clean);
		assert_true(media_type_known(m.type));
		assert_int_equal(media_is_image(m.type), i >= 3);
		assert_int_equal(m.whole.width, i >= 3 ? 60 : 0);
		assert_int_equal(m.whole.height, i >= 3 ? 40 : 0);
		assert_int_equal(m.small.bytes.n, 0);
		if (i < 3) /* a document is what was sent, not a copy */
			assert_ptr_equal(m.whole.bytes.p, rows[i].bytes.p);
		/* What came out comes out again of the same door. */
		assert_int_equal(refusal_of(rows[i].name, m.whole.bytes), MEDIA_REFUSAL_NONE);
		/* A name and a content must agree, both ways. */
		for (size_t k = 0; k < sizeof(rows) / sizeof(rows[0]); k++)
			if (k != i)
				assert_true(refusal_of(rows[i].name, rows[k].bytes) != MEDIA_REFUSAL_NONE);
	}
}

static void
refuses_sizes_and_names(void **state)
{
	struct str pdf = pdf_with(arena, STR_NONE);
	struct str blanks = { arena_alloc(arena, MEDIA_MAX), MEDIA_MAX - pdf.n };

	(void)state;
	assert_refused("vide.pdf", STR_NONE, EMPTY);
	assert_refused("grand.pdf", pdf_with(arena, blanks), NONE);
	blanks.n++;
	assert_refused("grand.pdf", pdf_with(arena, blanks), LARGE);
	static const char *const bad[] = { "a.pdf.html", "a.exe", "a", ".pdf", "", "pdf", "a.", "a.pdf ", "a.pd", "a.p|f", "dossier.pdf/a.js", "a.pdf\0.exe" };
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]) - 1; i++)
		assert_refused(bad[i], pdf, EXTENSION);
	struct media m;
	assert_int_equal(media_check(arena, STR("a.exe\0.pdf"), pdf, &m), ERR_NONE);
	assert_str(m.name, "a-exe.pdf");
	assert_refused("a.svg", STR("<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>"), SVG);
	assert_refused("a.svg.png", STR("<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>"), MISMATCH);
	assert_refused("a.pdf", STR("<!doctype html><script>alert(1)</script>"), MISMATCH);
	assert_refused("a.pdf", STR("X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"), MISMATCH);
	assert_true(refusal_of("a.docx", STR("MZ\x90\0\x03\0\0\0\x04")) != MEDIA_REFUSAL_NONE);
	assert_refused("IMG_0001.HEIC", STR("x"), HEIC);
	assert_refused("a.doc", STR("x"), OLD_WORD);
	assert_refused("a.docm", docx(), DOCUMENT_MACROS);
}

static void
names_are_made_safe(void **state)
{
	static const struct {
		const char *sent, *name, *label;
	} rows[] = {
		{ "C:\\Mes documents\\L’été à Saint-Benoît.pdf", "l-ete-a-saint-benoit.pdf", "L’été à Saint-Benoît" },
		{ "../../etc/passwd.pdf", "passwd.pdf", "passwd" },
		{ "....pdf", "piece.pdf", "..." },
		{ "\xe6\x96\x87\xe4\xbb\xb6.pdf", "piece.pdf", "\xe6\x96\x87\xe4\xbb\xb6" },
		{ "note\xe2\x80\xae" "fdp.exe.pdf", "note-fdp-exe.pdf", "notefdp.exe" },
		{ "a \t  b\r\nc.pdf", "a-b-c.pdf", "a bc" },
		{ "\xff.pdf", "piece.pdf", "Fichier joint" },
		{ "<script>alert(1)<.pdf", "script-alert-1.pdf", "<script>alert(1)<" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct media m = accepted(rows[i].sent, pdf_with(arena, STR_NONE));
		assert_str(m.name, rows[i].name);
		assert_str(m.label, rows[i].label);
	}
	struct buf b;
	buf_init(&b, arena, 2048);
	for (int i = 0; i < 500; i++)
		buf_lit(&b, "é ");
	buf_lit(&b, ".pdf");
	struct media m = accepted(arena_cstr(arena, buf_str(&b)), pdf_with(arena, STR_NONE));
	assert_true(utf8_length(m.label) <= MEDIA_LABEL && utf8_valid(m.label));
}

static void
images_keep_their_points_only(void **state)
{
	struct str sent = jpeg_with_exif(arena, picture(arena, "jpeg", 80, 40), 1);

	(void)state;
	assert_true(holds(sent, "GPSMARK") && holds(sent, "GPSCOMMENT"));
	struct media m = accepted("photo.jpg", sent);
	assert_false(holds(m.whole.bytes, "Exif") || holds(m.whole.bytes, "GPS") || holds(m.whole.bytes, "CREATOR"));
	/* Polyglots of images: what was hidden is gone. */
	struct buf b;
	buf_init(&b, arena, 1024);
	png_chunk(&b, "tEXt", STR("Comment\0<script>alert(1)</script>"));
	png_chunk(&b, "iCCP", STR("x\0\0y"));
	png_chunk(&b, "zzZz", STR("<?php system('id'); ?>"));
	struct str png = png_of(arena, 4, 2, STR("\0abcd\0efgh"), buf_str(&b));
	assert_true(holds(png, "<script>"));
	m = accepted("a.png", followed_by(png, STR("PK\5\6<script>apres</script>")));
	assert_false(holds(m.whole.bytes, "script") || holds(m.whole.bytes, "php") || holds(m.whole.bytes, "PK\5\6"));
	m = accepted("a.jpg", followed_by(picture(arena, "jpeg", 9, 9), docx()));
	assert_false(holds(m.whole.bytes, "PK\3\4"));
	assert_refused("a.jpg", followed_by(docx(), picture(arena, "jpeg", 9, 9)), MISMATCH);
	/* A PNG of libgd says a resolution; ours says nothing. */
	m = accepted("a.png", picture(arena, "png", 9, 9));
	assert_false(holds(m.whole.bytes, "pHYs") || holds(m.whole.bytes, "tEXt"));
}

static int
colour(struct str jpeg, int x, int y) /* 'r', 'b' or 'w' */
{
	gdImagePtr im = gdImageCreateFromJpegPtr((int)jpeg.n, (void *)(uintptr_t)jpeg.p);
	int c = gdImageGetTrueColorPixel(im, x, y);

	gdImageDestroy(im);
	return gdTrueColorGetGreen(c) > 128 ? 'w' : gdTrueColorGetRed(c) > 128 ? 'r' : 'b';
}

static void
orientation_is_applied(void **state)
{
	/* Where the white corner (top right) goes, of 80 x 40 points. */
	static const struct {
		int orientation, width, x, y;
	} rows[] = {
		{ 1, 80, 75, 3 }, { 2, 80, 4, 3 }, { 3, 80, 4, 36 }, { 4, 80, 75, 36 },
		{ 5, 40, 3, 75 }, { 6, 40, 36, 75 }, { 7, 40, 36, 4 }, { 8, 40, 3, 4 },
		{ 0, 80, 75, 3 }, { 9, 80, 75, 3 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct media m = accepted("a.jpg", jpeg_with_exif(arena, picture(arena, "jpeg", 80, 40), rows[i].orientation));
		assert_int_equal(m.whole.width, rows[i].width);
		assert_int_equal(m.whole.height, 120 - rows[i].width);
		assert_int_equal(colour(m.whole.bytes, rows[i].x, rows[i].y), 'w');
		assert_int_equal(colour(m.whole.bytes, rows[i].width - 1 - rows[i].x, 119 - rows[i].width - rows[i].y), 'r');
	}
}

static void
large_images_are_reduced(void **state)
{
	(void)state;
	struct media m = accepted("a.jpg", picture(arena, "jpeg", 5000, 1000));
	assert_int_equal(m.whole.width, MEDIA_SIDE);
	assert_int_equal(m.whole.height, 819);
	assert_int_equal(m.small.width, MEDIA_SMALL_WIDTH);
	assert_int_equal(m.small.height, 239);
	assert_true(strcmp(m.whole.sha256, m.small.sha256) != 0 && m.small.sha256[63]);
	assert_int_equal(colour(m.small.bytes, 1190, 10), 'w');
	assert_int_equal(colour(m.small.bytes, 10, 10), 'r');
	m = accepted("a.jpg", picture(arena, "jpeg", 1200, 10));
	assert_int_equal(m.small.bytes.n, 0);
	m = accepted("a.jpg", picture(arena, "jpeg", 9000, 1)); /* no side becomes nothing */
	assert_int_equal(m.whole.height, 1);
	assert_int_equal(m.small.height, 1);
}

static void
refuses_hostile_images(void **state)
{
	struct str lines = { arena_alloc(arena, 4 << 20), 4 << 20 };
	struct buf b;

	(void)state;
	/* Bombs: dimensions told are bounded before a point is decoded. */
	assert_refused("a.png", png_of(arena, 60000, 60000, lines, STR_NONE), IMAGE_LARGE);
	assert_refused("a.png", png_of(arena, 0x7fffffff, 0x7fffffff, lines, STR_NONE), IMAGE_LARGE);
	assert_refused("a.png", png_of(arena, 5001, 5000, lines, STR_NONE), IMAGE_LARGE);
	assert_refused("a.png", png_of(arena, 0, 5, lines, STR_NONE), IMAGE_BROKEN);
	/* Fewer points than told. */
	assert_refused("a.png", png_of(arena, 900, 900, (struct str){ lines.p, 100 }, STR_NONE), IMAGE_BROKEN);
	/* A thousand texts that inflate to megabytes each are never read. */
	buf_init(&b, arena, 1 << 20);
	struct str text = followed_by(STR("k\0\0"), deflated(arena, lines, 15));
	for (int i = 0; i < 1000; i++)
		png_chunk(&b, "zTXt", text);
	assert_refused("a.png", png_of(arena, 4, 2, STR("\0abcd\0efgh"), buf_str(&b)), NONE);
	buf_init(&b, arena, 64);
	png_chunk(&b, "acTL", STR("\0\0\0\2\0\0\0\0"));
	assert_refused("a.png", png_of(arena, 4, 2, STR("\0abcd\0efgh"), buf_str(&b)), IMAGE_ANIMATED);
	assert_refused("a.webp", STR("RIFF\x16\0\0\0WEBPVP8X\x0a\0\0\0\2\0\0\0\3\0\0\3\0\0"), IMAGE_ANIMATED);
	/* Cut at any byte: never accepted. */
	static const char *const kinds[] = { "png", "jpeg", "webp" };
	for (int k = 0; k < 3; k++) {
		struct str whole = picture(arena, kinds[k], 30, 20);
		for (size_t n = 1; n < whole.n; n += n < 40 || n > whole.n - 40 ? 1 : 7) {
			struct media m;
			char *exact = arena_cstr(arena, (struct str){ whole.p, n });
			assert_int_equal(media_check(arena, arena_fmt(arena, "a.%s", kinds[k]), (struct str){ exact, n }, &m), ERR_BAD_INPUT);
			assert_true(n < 40 || m.refusal == MEDIA_REFUSAL_CUT);
		}
	}
	/* A JPEG of more passes than any program makes. */
	struct str jpeg = picture(arena, "jpeg", 8, 8);
	const char *scan = memmem(jpeg.p, jpeg.n, "\xff\xda", 2);
	buf_init(&b, arena, 4096);
	buf_mem(&b, jpeg.p, (size_t)(scan - jpeg.p));
	for (int i = 0; i <= IMAGE_SCANS; i++)
		buf_mem(&b, scan, (size_t)(jpeg.p + jpeg.n - 2 - scan));
	buf_mem(&b, "\xff\xd9", 2);
	assert_refused("a.jpg", buf_str(&b), IMAGE_BROKEN);
}

static void
transparency_stays(void **state)
{
	gdImagePtr im = gdImageCreateTrueColor(1300, 10);
	int n;

	(void)state;
	gdImageAlphaBlending(im, 0);
	gdImageSaveAlpha(im, 1);
	gdImageFilledRectangle(im, 0, 0, 1299, 9, gdTrueColorAlpha(255, 0, 0, 100));
	void *p = gdImagePngPtr(im, &n);
	gdImageDestroy(im);
	struct media m = accepted("a.png", taken(arena, p, n));
	for (int i = 0; i < 2; i++) {
		struct str s = i ? m.small.bytes : m.whole.bytes;
		im = gdImageCreateFromPngPtr((int)s.n, (void *)(uintptr_t)s.p);
		assert_in_range(gdTrueColorGetAlpha(gdImageGetTrueColorPixel(im, 5, 5)), 98, 102);
		gdImageDestroy(im);
	}
}

static void
refuses_pdf_that_act(void **state)
{
	struct str plain = pdf_with(arena, STR_NONE);

	(void)state;
	assert_refused("a.pdf", pdf_with(arena, STR("4 0 obj\n<</S/JavaScript/JS(app.alert(1))>>\nendobj\n")), PDF_ACTIVE);
	assert_refused("a.pdf", pdf_with(arena, STR("4 0 obj\n<</S/J#61v#61Script/JS(x)>>\nendobj\n")), PDF_ACTIVE);
	assert_refused("a.pdf", pdf_with(arena, STR("4 0 obj\n<</S /Launch/F(cmd.exe)>>\nendobj\n")), PDF_ACTIVE);
	assert_refused("a.pdf", pdf_with(arena, STR("4 0 obj\n<</XFA 5 0 R>>\nendobj\n")), PDF_ACTIVE);
	assert_refused("a.pdf", pdf_with(arena, STR("4 0 obj\n<</Type/EmbeddedFile/Length 0>>\nstream\n\nendstream\nendobj\n")), PDF_FILES);
	assert_refused("a.pdf", pdf_with(arena, STR("4 0 obj\n<</Encrypt 5 0 R>>\nendobj\n")), PDF_LOCKED);
	/* What only begins as a name looked for is another name. */
	assert_refused("a.pdf", pdf_with(arena, STR("4 0 obj\n<</EncryptMetadata true/LaunchPad 1/OpenAction[3 0 R/Fit]>>\nendobj\n")), NONE);
	/* In an object stream, across windows, and behind filters. */
	struct buf inside, object;
	buf_init(&inside, arena, 200000);
	for (int i = 0; i < 65528; i++)
		buf_char(&inside, ' ');
	buf_lit(&inside, "<</S/JavaScript/JS(x)>>");
	struct str packed = deflated(arena, buf_str(&inside), 15);
	static const struct {
		const char *dictionary;
		enum media_refusal wanted;
	} rows[] = {
		{ "<</Type/ObjStm/N 1/First 4/Filter/FlateDecode>>", MEDIA_REFUSAL_PDF_ACTIVE },
		{ "<</Type /Obj#53tm /N 1/First 4/Filter [/FlateDecode]>>", MEDIA_REFUSAL_PDF_ACTIVE },
		{ "<</Type/ObjStm/Filter[/ASCIIHexDecode/FlateDecode]>>", MEDIA_REFUSAL_PDF_BROKEN },
		{ "<</Type/ObjStm/Filter/LZWDecode>>", MEDIA_REFUSAL_PDF_BROKEN },
		{ "<</Type/ObjStm/Filter 5 0 R>>", MEDIA_REFUSAL_PDF_BROKEN },
		{ "<</Type/XObject/Filter/FlateDecode>>", MEDIA_REFUSAL_NONE },
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		buf_init(&object, arena, packed.n + 256);
		buf_fmt(&object, "4 0 obj\n%s\nstream\r\n", rows[i].dictionary);
		buf_put(&object, packed);
		buf_lit(&object, "\nendstream\nendobj\n");
		assert_int_equal(refusal_of("a.pdf", pdf_with(arena, buf_str(&object))), rows[i].wanted);
	}
	/* A bomb in an object stream stops at its bound. */
	struct str zeros = { arena_alloc(arena, 16 << 20), 16 << 20 };
	packed = deflated(arena, zeros, 15);
	buf_init(&object, arena, 8 * packed.n);
	for (int i = 0; i < 5; i++) {
		buf_lit(&object, "4 0 obj\n<</Type/ObjStm/Filter/FlateDecode>>\nstream\n");
		buf_put(&object, packed);
		buf_lit(&object, "\nendstream\nendobj\n");
	}
	assert_refused("a.pdf", pdf_with(arena, buf_str(&object)), PDF_BROKEN);
	/* Two files in one. */
	assert_refused("a.pdf", followed_by(plain, odt()), PDF_MIXED);
	assert_refused("a.pdf", followed_by(plain, STR("<script>alert(1)</script>")), PDF_MIXED);
	assert_refused("a.pdf", followed_by(followed_by(plain, docx()), STR("%%EOF\n")), PDF_MIXED);
	assert_true(refusal_of("a.pdf", followed_by(STR("<html>"), plain)) != MEDIA_REFUSAL_NONE);
	assert_refused("a.pdf", followed_by(docx(), plain), MISMATCH);
	assert_true(refusal_of("a.pdf", followed_by(STR("\n"), plain)) != MEDIA_REFUSAL_NONE);
	assert_refused("a.pdf", ((struct str){ plain.p, plain.n - 8 }), CUT);
	assert_refused("a.pdf", ((struct str){ plain.p, 60 }), CUT);
}

static void
refuses_hostile_documents(void **state)
{
	static const struct {
		const char *name, *body;
		enum media_refusal wanted;
	} rows[] = {
		{ "word/vbaProject.bin", "x", MEDIA_REFUSAL_DOCUMENT_MACROS },
		{ "word/VBADATA.xml", "x", MEDIA_REFUSAL_DOCUMENT_MACROS },
		{ "Basic/Standard/Module1.xml", "x", MEDIA_REFUSAL_DOCUMENT_MACROS },
		{ "Scripts/python/x.py", "x", MEDIA_REFUSAL_DOCUMENT_MACROS },
		{ "styles.xml", "<a xlink:href=\"vnd.sun.star.script:x\"/>", MEDIA_REFUSAL_DOCUMENT_MACROS },
		{ "word/x.xml", "application/vnd.ms-word.document.macroEnabled.main+xml", MEDIA_REFUSAL_DOCUMENT_MACROS },
		{ "word/embeddings/oleObject1.bin", "x", MEDIA_REFUSAL_DOCUMENT_OBJECTS },
		{ "media/setup.exe", "MZ", MEDIA_REFUSAL_DOCUMENT_OBJECTS },
		{ "../../etc/cron.d/x", "x", MEDIA_REFUSAL_DOCUMENT_PATHS },
		{ "word/../../x", "x", MEDIA_REFUSAL_DOCUMENT_PATHS },
		{ "/etc/passwd", "x", MEDIA_REFUSAL_DOCUMENT_PATHS },
		{ "word\\..\\x", "x", MEDIA_REFUSAL_DOCUMENT_PATHS },
		{ "C:x", "x", MEDIA_REFUSAL_DOCUMENT_PATHS },
		{ "x.xml", "<!DOCTYPE a [<!ENTITY b \"c\">]>", MEDIA_REFUSAL_DOCUMENT_BROKEN },
		{ "content.xml", "twice", MEDIA_REFUSAL_DOCUMENT_BROKEN },
		{ "word/document.xml", "twice", MEDIA_REFUSAL_DOCUMENT_BROKEN },
		{ "META-INF/x.xml", "<manifest:encryption-data/>", MEDIA_REFUSAL_DOCUMENT_LOCKED },
		{ "media/..image.png", "x", MEDIA_REFUSAL_NONE },
		{ "media/basic/image.png", "x", MEDIA_REFUSAL_NONE },
	};
	struct zip_out z;

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		bool twice = strcmp(rows[i].body, "twice") == 0;
		for (int kind = 0; kind < 2; kind++) {
			kind ? docx_begin(&z, arena) : odt_begin(&z, arena);
			zip_add(&z, rows[i].name, str_of(rows[i].body));
			enum media_refusal got = refusal_of(kind ? "a.docx" : "a.odt", zip_end(&z));
			if (!twice || kind == (rows[i].name[0] == 'w'))
				assert_int_equal(got, rows[i].wanted);
		}
	}
}

static void
refuses_bombs_and_broken_zips(void **state)
{
	size_t huge = 40u << 20;
	char *zeros = arena_alloc(arena, huge);
	struct zip_out z;

	(void)state;
	for (int kind = 0; kind < 2; kind++) {
		const char *name = kind ? "a.docx" : "a.odt";
#define BEGIN() (kind ? docx_begin(&z, arena) : odt_begin(&z, arena))
		BEGIN();
		zip_add(&z, "media/a", (struct str){ zeros, huge }); /* a thousand times its size packed */
		assert_refused(name, zip_end(&z), DOCUMENT_BOMB);
		BEGIN();
		zip_entry(&z, "media/a", (struct str){ zeros, huge }, true, 1000, 0); /* and it lies about it */
		assert_true(refusal_of(name, zip_end(&z)) != MEDIA_REFUSAL_NONE);
		BEGIN();
		for (int i = 0; i < 110; i++) /* each one small */
			zip_add(&z, arena_cstr(arena, arena_fmt(arena, "media/%d", i)), (struct str){ zeros, (1 << 20) - 1 });
		assert_refused(name, zip_end(&z), DOCUMENT_BOMB);
		BEGIN();
		for (int i = 0; i < 1001; i++)
			zip_add(&z, arena_cstr(arena, arena_fmt(arena, "media/%d", i)), STR("x"));
		assert_refused(name, zip_end(&z), DOCUMENT_BOMB);
		BEGIN();
		zip_entry(&z, "media/a", STR("x"), false, 1, 1); /* locked */
		assert_refused(name, zip_end(&z), DOCUMENT_LOCKED);
		BEGIN();
		zip_add(&z, "x.xml", STR("\xff\xfe<\0")); /* UTF-16 hides words */
		assert_refused(name, zip_end(&z), DOCUMENT_BROKEN);
		struct str whole = kind ? docx() : odt();
		for (size_t n = 1; n < whole.n; n++) {
			char *exact = arena_cstr(arena, (struct str){ whole.p, n });
			assert_true(refusal_of(name, (struct str){ exact, n }) != MEDIA_REFUSAL_NONE);
		}
		assert_true(refusal_of(name, followed_by(whole, STR("<script>"))) != MEDIA_REFUSAL_NONE);
		assert_true(refusal_of(name, followed_by(STR("MZ"), whole)) != MEDIA_REFUSAL_NONE);
		char *flipped = arena_cstr(arena, whole);
		flipped[120] ^= 1; /* the sums are compared */
		assert_true(refusal_of(name, (struct str){ flipped, whole.n }) != MEDIA_REFUSAL_NONE);
	}
	zip_begin(&z, arena);
	zip_add(&z, "content.xml", STR("<a/>"));
	zip_add(&z, "mimetype", STR(ODT_TYPE));
	assert_true(refusal_of("a.odt", zip_end(&z)) != MEDIA_REFUSAL_NONE); /* a type must come first */
	zip_begin(&z, arena);
	zip_add(&z, "a.txt", STR("just a ZIP"));
	assert_refused("a.docx", zip_end(&z), DOCUMENT_BROKEN);
	static const char locked[1024] = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0\0\0E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e";
	assert_refused("a.docx", ((struct str){ locked, sizeof(locked) }), DOCUMENT_LOCKED); /* Word's password */
	assert_true(refusal_of("a.docx", (struct str){ locked, 30 }) != MEDIA_REFUSAL_NONE);
}

static void
refuses_documents_that_fetch(void **state)
{
	static const struct {
		const char *type, *target;
		enum media_refusal wanted;
	} rows[] = {
		{ "hyperlink", "https://exemple.fr/", MEDIA_REFUSAL_NONE },
		{ "attachedTemplate", "https://exemple.fr/a.dotm", MEDIA_REFUSAL_DOCUMENT_REMOTE },
		{ "attachedTemplate", "file:///C:\\Users\\x\\modele.dotx", MEDIA_REFUSAL_NONE },
		{ "attachedTemplate", "file:///home/x/modele.dotx", MEDIA_REFUSAL_NONE },
		{ "attachedTemplate", "file:///\\\\serveur\\partage\\a.dotm", MEDIA_REFUSAL_DOCUMENT_REMOTE },
		{ "attachedTemplate", "file://serveur/a.dotm", MEDIA_REFUSAL_DOCUMENT_REMOTE },
		{ "attachedTemplate", "file://///serveur/a.dotm", MEDIA_REFUSAL_DOCUMENT_REMOTE },
		{ "image", "http://exemple.fr/pixel.png", MEDIA_REFUSAL_DOCUMENT_REMOTE },
		{ "image", "\\\\serveur\\pixel.png", MEDIA_REFUSAL_DOCUMENT_REMOTE },
		{ "oleObject", "HTTPS://exemple.fr/", MEDIA_REFUSAL_DOCUMENT_REMOTE },
		{ "image", "&#104;ttp://exemple.fr/", MEDIA_REFUSAL_DOCUMENT_BROKEN },
	};
	struct zip_out z;

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		docx_begin(&z, arena);
		zip_add(&z, "word/_rels/settings.xml.rels",
		        arena_fmt(arena, "<Relationships><Relationship\nId=\"a\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/"
		                         "relationships/%s\" Target=\"%s\" TargetMode=\"External\"/></Relationships>",
		                  rows[i].type, rows[i].target));
		assert_int_equal(refusal_of("a.docx", zip_end(&z)), rows[i].wanted);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		UNIT_TEST(accepts_each_kind), UNIT_TEST(refuses_sizes_and_names), UNIT_TEST(names_are_made_safe),
		UNIT_TEST(images_keep_their_points_only), UNIT_TEST(orientation_is_applied), UNIT_TEST(large_images_are_reduced),
		UNIT_TEST(refuses_hostile_images), UNIT_TEST(transparency_stays), UNIT_TEST(refuses_pdf_that_act),
		UNIT_TEST(refuses_hostile_documents), UNIT_TEST(refuses_bombs_and_broken_zips), UNIT_TEST(refuses_documents_that_fetch),
	};
	crypt_start();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
