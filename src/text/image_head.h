/*
 * image_head: what a PNG, JPEG or WebP file says of itself, read without decoding a single point. Layer 1, pure.
 * The file is walked to its end, so that one cut short is known before any decoder sees it; what stands after the end is left out.
 */
#ifndef TEXT_IMAGE_HEAD_H
#define TEXT_IMAGE_HEAD_H
#include "base/str.h"
#include <stdint.h>

enum image_kind { IMAGE_PNG, IMAGE_JPEG, IMAGE_WEBP };

enum image_fault {
	IMAGE_SOUND, /* as far as its structure goes */
	IMAGE_CUT,   /* it ends before its end */
	IMAGE_BAD    /* none of the three, or broken */
};

enum { IMAGE_SCANS = 32 }; /* passes of a JPEG: each one costs a walk over the whole image; cameras make 1, optimisers some 14 */

struct image_head {
	enum image_kind kind;
	uint32_t width, height; /* points, never 0, as stored: before the orientation is applied */
	int orientation;        /* EXIF, 1..8; 1 is upright */
	int components;         /* JPEG: 1, 3 or 4 */
	bool alpha, animated, progressive;
	size_t bare; /* bytes written to out */
};

/* out: NULL, or room for bytes.n: the same image with only what decoding takes, no metadata, no comment, no profile. */
enum image_fault image_head_read(struct str bytes, char *out, struct image_head *ret) MUST_CHECK;

#endif
