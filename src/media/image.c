/*
 * An image goes through six steps: its head is read and bounded; what decoding does not take is left out; it is decoded; reduced;
 * set upright; encoded. What the encoder wrote goes through the first two again: nothing but points comes out.
 */
#include "media/media_internal.h"
#include "text/image_head.h"
#include <gd.h>
#include <png.h>
#include <pthread.h>
#include <stdlib.h>
#include <time.h>

enum {
	WAIT_S = 6,
	JPEG_QUALITY = 88,
	WEBP_QUALITY = 88,
	PNG_LEVEL = 4 /* of 9: above, seconds for a few hundredths */
};

static pthread_mutex_t one_at_a_time = PTHREAD_MUTEX_INITIALIZER;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static const enum image_kind image_kinds[] = {
	[MEDIA_PNG] = IMAGE_PNG,
	[MEDIA_JPEG] = IMAGE_JPEG,
	[MEDIA_WEBP] = IMAGE_WEBP,
};

static void
say_nothing(int priority, const char *format, va_list args)
{
	(void)priority, (void)format, (void)args; /* on standard error, of a file that is refused anyway */
}

static void
start(void)
{
	gdSetErrorMethod(say_nothing);
}

/* Bytes that decoding takes: libgd's four a point, and its decoder's own copy, or a progressive JPEG's coefficients. */
static uint64_t
memory_of(const struct image_head *h)
{
	uint64_t points = (uint64_t)h->width * h->height;

	if (h->kind == IMAGE_JPEG)
		return points * (4 + (h->progressive ? 2 * (unsigned)h->components : 0));
	return points * 8;
}

static enum media_refusal
head_check(const struct image_head *h, enum media_kind kind)
{
	if (h->kind != image_kinds[kind])
		return MEDIA_REFUSAL_MISMATCH;
	if (h->animated)
		return MEDIA_REFUSAL_IMAGE_ANIMATED;
	if ((uint64_t)h->width * h->height > MEDIA_PIXELS || memory_of(h) > MEDIA_MEMORY)
		return MEDIA_REFUSAL_IMAGE_LARGE;
	return MEDIA_REFUSAL_NONE;
}

/* libgd lets libpng write its doubts on standard error, where our journal is; here they are a refusal. */
static bool
png_reads(const struct image_head *h, const void *p, size_t n)
{
	png_image im = { .version = PNG_IMAGE_VERSION };
	void *points = NULL;
	bool good = png_image_begin_read_from_memory(&im, p, n) && im.width == h->width && im.height == h->height;

	if (good) {
		im.format = PNG_FORMAT_RGBA;
		good = (points = malloc(PNG_IMAGE_SIZE(im))) && png_image_finish_read(&im, NULL, points, 0, NULL) && im.warning_or_error == 0;
	}
	free(points);
	png_image_free(&im);
	return good;
}

static gdImagePtr
decode(const struct image_head *h, void *p, int n)
{
	switch (h->kind) {
	case IMAGE_PNG:
		return png_reads(h, p, (size_t)n) ? gdImageCreateFromPngPtr(n, p) : NULL;
	case IMAGE_JPEG:
		return gdImageCreateFromJpegPtrEx(n, p, 1); /* whether it is whole is known already */
	case IMAGE_WEBP:
		return gdImageCreateFromWebpPtr(n, p);
	}
	return NULL;
}

static gdImagePtr
canvas(int width, int height)
{
	gdImagePtr im = gdImageCreateTrueColor(width, height);

	if (im)
		gdImageAlphaBlending(im, 0); /* transparency is copied, not applied */
	return im;
}

static gdImagePtr
resized(gdImagePtr im, int width, int height)
{
	gdImagePtr out = canvas(width, height);

	if (out)
		gdImageCopyResampled(out, im, 0, 0, 0, 0, width, height, gdImageSX(im), gdImageSY(im));
	return out;
}

/* Columns become rows: what the four orientations of a camera held sideways have in common. */
static gdImagePtr
transposed(gdImagePtr im)
{
	int width = gdImageSX(im), height = gdImageSY(im);
	gdImagePtr out = canvas(height, width);

	for (int y = 0; out && y < height; y++)
		for (int x = 0; x < width; x++)
			out->tpixels[x][y] = gdImageGetTrueColorPixel(im, x, y);
	return out;
}

/* Takes im, gives another or the same; NULL without memory. */
static gdImagePtr
upright(gdImagePtr im, int orientation)
{
	if (orientation >= 5) {
		gdImagePtr turned = transposed(im);
		gdImageDestroy(im);
		im = turned;
	}
	if (!im)
		return NULL;
	switch (orientation) {
	case 2:
	case 6:
		gdImageFlipHorizontal(im);
		break;
	case 4:
	case 8:
		gdImageFlipVertical(im);
		break;
	case 3:
	case 7:
		gdImageFlipBoth(im);
		break;
	default:
		break;
	}
	return im;
}

static enum media_refusal
encode(struct arena *a, gdImagePtr im, enum media_kind kind, bool alpha, struct media_part *ret)
{
	struct image_head h;
	void *p = NULL;
	int n = 0;

	gdImageSaveAlpha(im, alpha);
	if (kind == MEDIA_PNG)
		p = gdImagePngPtrEx(im, &n, PNG_LEVEL);
	else if (kind == MEDIA_JPEG)
		p = gdImageJpegPtr(im, &n, JPEG_QUALITY);
	else
		p = gdImageWebpPtrEx(im, &n, WEBP_QUALITY);
	char *bare = p && n > 0 ? malloc((size_t)n) : NULL;
	enum image_fault fault = bare ? image_head_read((struct str){ p, (size_t)n }, bare, &h) : IMAGE_BAD;
	gdFree(p);
	if (bare)
		media_own(a, bare, 0);
	if (fault || h.kind != image_kinds[kind] || (int)h.width != gdImageSX(im) || (int)h.height != gdImageSY(im))
		return MEDIA_REFUSAL_IMAGE_BROKEN;
	if (h.bare > MEDIA_MAX)
		return MEDIA_REFUSAL_IMAGE_HEAVY;
	*ret = (struct media_part){ .bytes = { bare, h.bare }, .width = gdImageSX(im), .height = gdImageSY(im) };
	return MEDIA_REFUSAL_NONE;
}

static int
share(int of, int wanted, int whole) /* never 0 */
{
	int n = (int)((int64_t)of * wanted / whole);

	return n > 0 ? n : 1;
}

static gdImagePtr
reduced(gdImagePtr im)
{
	int width = gdImageSX(im), height = gdImageSY(im), longer = width > height ? width : height;

	if (longer <= MEDIA_SIDE)
		return im;
	gdImagePtr out = resized(im, share(width, MEDIA_SIDE, longer), share(height, MEDIA_SIDE, longer));
	gdImageDestroy(im);
	return out;
}

static enum media_refusal
clean(struct arena *a, const struct image_head *h, void *bare, enum media_kind kind, struct media *ret)
{
	gdImagePtr im = decode(h, bare, (int)h->bare);

	if (im && (gdImageSX(im) != (int)h->width || gdImageSY(im) != (int)h->height)) {
		gdImageDestroy(im);
		im = NULL;
	}
	if (im)
		im = reduced(im);
	if (im)
		im = upright(im, h->orientation);
	if (!im)
		return MEDIA_REFUSAL_IMAGE_BROKEN;
	enum media_refusal refusal = encode(a, im, kind, h->alpha, &ret->whole);
	if (!refusal && gdImageSX(im) > MEDIA_SMALL_WIDTH) {
		gdImagePtr small = resized(im, MEDIA_SMALL_WIDTH, share(gdImageSY(im), MEDIA_SMALL_WIDTH, gdImageSX(im)));
		refusal = small ? encode(a, small, kind, h->alpha, &ret->small) : MEDIA_REFUSAL_IMAGE_BROKEN;
		if (small)
			gdImageDestroy(small);
	}
	gdImageDestroy(im);
	return refusal;
}

enum err
media_image_clean(struct arena *a, struct str bytes, enum media_kind kind, struct media *ret, enum media_refusal *ret_refusal)
{
	struct image_head h;
	struct timespec until;
	char *bare = malloc(bytes.n);
	enum image_fault fault = bare ? image_head_read(bytes, bare, &h) : IMAGE_BAD;

	pthread_once(&once, start);
	*ret_refusal = fault == IMAGE_CUT ? MEDIA_REFUSAL_CUT
	               : fault            ? MEDIA_REFUSAL_IMAGE_BROKEN
	                                  : head_check(&h, kind);
	if (*ret_refusal) {
		free(bare);
		return ERR_NONE;
	}
	clock_gettime(CLOCK_MONOTONIC, &until);
	until.tv_sec += WAIT_S;
	if (pthread_mutex_clocklock(&one_at_a_time, CLOCK_MONOTONIC, &until) != 0) {
		free(bare);
		return err_note(ERR_TIMEOUT, "images: others were being decoded for %d s", WAIT_S);
	}
	*ret_refusal = clean(a, &h, bare, kind, ret);
	pthread_mutex_unlock(&one_at_a_time);
	free(bare);
	return ERR_NONE;
}
