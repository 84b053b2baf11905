#include "text/image_head.h"

struct walk {
	struct str in;
	char *out;
	size_t at;
	struct image_head head;
};

static uint32_t
number(const char *p, size_t n, bool little)
{
	uint32_t v = 0;

	for (size_t i = 0; i < n; i++)
		v = v << 8 | (unsigned char)p[little ? n - 1 - i : i];
	return v;
}

#define BIG(p, n) number((p), (n), false)
#define LITTLE(p, n) number((p), (n), true)

static bool
is(const char *p, const char *four)
{
	return memcmp(p, four, 4) == 0;
}

static void
keep(struct walk *w, const char *p, size_t n)
{
	if (w->out)
		memcpy(w->out + w->head.bare, p, n);
	w->head.bare += n;
}

/* The orientation in the first directory of a TIFF, which is what EXIF is; 1 when there is none that makes sense. */
static int
orientation_of(struct str t)
{
	if (t.n >= 6 && memcmp(t.p, "Exif\0\0", 6) == 0) {
		t.p += 6;
		t.n -= 6;
	}
	if (t.n < 8 || (!is(t.p, "II*\0") && !is(t.p, "MM\0*")))
		return 1;
	bool little = t.p[0] == 'I';
	size_t at = number(t.p + 4, 4, little);
	if (at > t.n - 2)
		return 1;
	size_t n = number(t.p + at, 2, little);
	at += 2;
	for (size_t i = 0; i < n && at + 12 <= t.n; i++, at += 12) {
		if (number(t.p + at, 2, little) != 0x112 || number(t.p + at + 2, 2, little) != 3)
			continue;
		uint32_t v = number(t.p + at + 8, 2, little);
		return v >= 1 && v <= 8 ? (int)v : 1;
	}
	return 1;
}

static enum image_fault
png(struct walk *w)
{
	bool begun = false, pixels = false;

	keep(w, w->in.p, 8);
	for (w->at = 8;;) {
		if (w->in.n - w->at < 12)
			return IMAGE_CUT;
		const char *p = w->in.p + w->at;
		size_t n = BIG(p, 4);
		if (n > INT32_MAX)
			return IMAGE_BAD;
		if (w->in.n - w->at - 12 < n)
			return IMAGE_CUT;
		w->at += n + 12;
		if (is(p + 4, "IHDR") != !begun || (!begun && n != 13))
			return IMAGE_BAD;
		if (!begun) {
			begun = true;
			w->head.width = BIG(p + 8, 4);
			w->head.height = BIG(p + 12, 4);
			w->head.alpha = (p[17] & 4) != 0;
		}
		pixels |= is(p + 4, "IDAT");
		w->head.alpha |= is(p + 4, "tRNS");
		w->head.animated |= is(p + 4, "acTL");
		if (is(p + 4, "eXIf"))
			w->head.orientation = orientation_of((struct str){ p + 8, n });
		bool last = is(p + 4, "IEND");
		if (is(p + 4, "IHDR") || is(p + 4, "PLTE") || is(p + 4, "tRNS") || is(p + 4, "IDAT") || last)
			keep(w, p, n + 12);
		if (last)
			return pixels ? IMAGE_SOUND : IMAGE_BAD;
	}
}

/* The coded points after a start of scan: up to the next marker that is not theirs. */
static enum image_fault
jpeg_points(struct walk *w)
{
	size_t from = w->at;

	for (;;) {
		const char *p = w->in.p + w->at, *ff = w->in.n > w->at ? memchr(p, 0xff, w->in.n - w->at) : NULL;
		if (!ff || (size_t)(ff - w->in.p) + 1 >= w->in.n)
			return IMAGE_CUT;
		w->at = (size_t)(ff - w->in.p);
		unsigned char next = (unsigned char)ff[1];
		if (next == 0xff) {
			w->at++;
		} else if (next == 0 || (next >= 0xd0 && next <= 0xd7)) {
			w->at += 2;
		} else {
			keep(w, w->in.p + from, w->at - from);
			return IMAGE_SOUND;
		}
	}
}

static enum image_fault
jpeg_segment(struct walk *w, unsigned char code, struct str s)
{
	bool frame = code >= 0xc0 && code <= 0xcf && code != 0xc4 && code != 0xc8 && code != 0xcc;

	if (frame) {
		/* Baseline, extended and progressive, of eight bits: what cameras and programs write. One frame. */
		if (code > 0xc2 || w->head.components || s.n < 6 || s.p[0] != 8)
			return IMAGE_BAD;
		w->head.height = BIG(s.p + 1, 2);
		w->head.width = BIG(s.p + 3, 2);
		w->head.components = (unsigned char)s.p[5];
		w->head.progressive = code == 0xc2;
		return w->head.components == 1 || w->head.components == 3 || w->head.components == 4 ? IMAGE_SOUND : IMAGE_BAD;
	}
	if (code == 0xe1 && s.n >= 6 && memcmp(s.p, "Exif\0\0", 6) == 0)
		w->head.orientation = orientation_of(s);
	return IMAGE_SOUND;
}

static enum image_fault
jpeg(struct walk *w)
{
	int scans = 0;

	keep(w, w->in.p, 2);
	for (w->at = 2;;) {
		while (w->at + 1 < w->in.n && w->in.p[w->at] == '\xff' && w->in.p[w->at + 1] == '\xff')
			w->at++;
		if (w->in.n - w->at < 2)
			return IMAGE_CUT;
		const char *p = w->in.p + w->at;
		unsigned char code = (unsigned char)p[1];
		if (p[0] != '\xff' || code < 0xc0 || (code >= 0xd0 && code <= 0xd8))
			return IMAGE_BAD;
		if (code == 0xd9) {
			keep(w, p, 2);
			return scans ? IMAGE_SOUND : IMAGE_BAD;
		}
		if (w->in.n - w->at < 4)
			return IMAGE_CUT;
		size_t n = BIG(p + 2, 2);
		if (n < 2)
			return IMAGE_BAD;
		if (w->in.n - w->at - 2 < n)
			return IMAGE_CUT;
		struct str s = { p + 4, n - 2 };
		w->at += n + 2;
		enum image_fault fault = jpeg_segment(w, code, s);
		if (fault)
			return fault;
		/* JFIF and Adobe say how colours are coded; every other application segment, and comments, are left out. */
		bool colours = (code == 0xe0 && s.n >= 5 && memcmp(s.p, "JFIF\0", 5) == 0) ||
		               (code == 0xee && s.n >= 5 && memcmp(s.p, "Adobe", 5) == 0);
		if ((code < 0xe0 || code > 0xef || colours) && code != 0xfe)
			keep(w, p, n + 2);
		if (code == 0xda) {
			if (!w->head.components || ++scans > IMAGE_SCANS)
				return IMAGE_BAD;
			if ((fault = jpeg_points(w)) != IMAGE_SOUND)
				return fault;
		}
	}
}

static enum image_fault
webp_frame(struct walk *w, bool lossless, struct str s)
{
	if (w->head.width || s.n < 10)
		return IMAGE_BAD;
	if (lossless) {
		uint32_t bits = LITTLE(s.p + 1, 4);
		if (s.p[0] != 0x2f)
			return IMAGE_BAD;
		w->head.width = (bits & 0x3fff) + 1;
		w->head.height = (bits >> 14 & 0x3fff) + 1;
		w->head.alpha |= (bits >> 28 & 1) != 0;
	} else {
		if ((s.p[0] & 1) || memcmp(s.p + 3, "\x9d\x01\x2a", 3) != 0)
			return IMAGE_BAD;
		w->head.width = LITTLE(s.p + 6, 2) & 0x3fff;
		w->head.height = LITTLE(s.p + 8, 2) & 0x3fff;
	}
	return IMAGE_SOUND;
}

static enum image_fault
webp(struct walk *w)
{
	size_t end = LITTLE(w->in.p + 4, 4);

	if (end < 4 || end > INT32_MAX)
		return IMAGE_BAD;
	end += 8;
	if (end > w->in.n)
		return IMAGE_CUT;
	keep(w, w->in.p, 12);
	for (w->at = 12; end - w->at >= 8;) {
		const char *p = w->in.p + w->at;
		size_t n = LITTLE(p + 4, 4), padded = n + (n & 1);
		if (n > INT32_MAX || end - w->at - 8 < n)
			return IMAGE_BAD;
		if (padded > end - w->at - 8) /* the last byte of padding is sometimes forgotten */
			padded = n;
		w->at += 8 + padded;
		struct str s = { p + 8, n };
		enum image_fault fault = IMAGE_SOUND;
		if (is(p, "VP8 ") || is(p, "VP8L"))
			fault = webp_frame(w, p[3] == 'L', s);
		if (fault)
			return fault;
		if (is(p, "VP8X") && n != 10)
			return IMAGE_BAD;
		w->head.animated |= is(p, "ANIM") || is(p, "ANMF") || (is(p, "VP8X") && (p[8] & 2));
		w->head.alpha |= is(p, "ALPH");
		if (is(p, "EXIF"))
			w->head.orientation = orientation_of(s);
		if (is(p, "VP8X") || is(p, "ALPH") || is(p, "VP8 ") || is(p, "VP8L")) {
			keep(w, p, 8 + padded);
			/* Of what an extended header announces only the transparency is left. */
			if (is(p, "VP8X") && w->out)
				w->out[w->head.bare - 10] = p[8] & 0x10;
		}
	}
	if (w->out) {
		uint32_t riff = (uint32_t)w->head.bare - 8;
		for (int i = 0; i < 4; i++)
			w->out[4 + i] = (char)(riff >> 8 * i);
	}
	return w->head.width || w->head.animated ? IMAGE_SOUND : IMAGE_BAD;
}

enum image_fault
image_head_read(struct str bytes, char *out, struct image_head *ret)
{
	struct walk w = { .in = bytes, .out = out, .head = { .orientation = 1 } };
	enum image_fault fault;

	if (bytes.n >= 8 && memcmp(bytes.p, "\x89PNG\r\n\x1a\n", 8) == 0) {
		w.head.kind = IMAGE_PNG;
		fault = png(&w);
	} else if (bytes.n >= 3 && memcmp(bytes.p, "\xff\xd8\xff", 3) == 0) {
		w.head.kind = IMAGE_JPEG;
		fault = jpeg(&w);
	} else if (bytes.n >= 12 && is(bytes.p, "RIFF") && is(bytes.p + 8, "WEBP")) {
		w.head.kind = IMAGE_WEBP;
		fault = webp(&w);
	} else {
		return IMAGE_BAD;
	}
	if (!fault && !w.head.animated && (w.head.width == 0 || w.head.height == 0))
		return IMAGE_BAD;
	if (!fault)
		*ret = w.head;
	return fault;
}
