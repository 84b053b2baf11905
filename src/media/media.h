/*
 * media: files sent by contributors, checked and made harmless. Layer 2; src/media is the only folder that sees libmagic, libgd
 * and libzip. Nothing is written to disk; one image is decoded at a time in a process, so that memory stays bounded.
 * What is returned lives as long as the arena, but large bytes are outside of its count: the input is at most MEDIA_MAX.
 * Why these libraries, and what is not guaranteed: docs/design/pieces-jointes.md. Safe to call from any thread.
 */
#ifndef MEDIA_MEDIA_H
#define MEDIA_MEDIA_H
#include "base/arena.h"
#include "base/err.h"
#include <stdint.h>

enum {
	MEDIA_MAX = 10 << 20,      /* bytes of a file, sent or cleaned */
	MEDIA_SIDE = 4096,         /* points of the longer side of an image kept */
	MEDIA_SMALL_WIDTH = 1200,  /* points of the width of the version to show in a page */
	MEDIA_PIXELS = 40000000,   /* of an image sent, whatever its kind */
	MEDIA_MEMORY = 200000000,  /* bytes that decoding an image may take */
	MEDIA_LABEL = 120          /* characters of a label */
};

enum media_kind { MEDIA_PDF, MEDIA_ODT, MEDIA_DOCX, MEDIA_PNG, MEDIA_JPEG, MEDIA_WEBP };

enum media_refusal {
#define REFUSAL(name, sentence) MEDIA_REFUSAL_##name,
#include "media/refusal.def"
#undef REFUSAL
	MEDIA_REFUSAL_COUNT
};

struct media_part {
	struct str bytes;    /* an image: encoded anew; a document: a slice of what was sent */
	char sha256[65];
	int width, height;   /* points of an image, upright; 0 for a document */
};

struct media {
	enum media_refusal refusal;
	struct str reason;    /* the sentence of a refusal, French */
	enum media_kind kind;
	struct str type;      /* "image/png" */
	struct str name;      /* for an address: "plan-du-quartier.png", ASCII */
	struct str label;     /* what the visitor called it, cleaned: UTF-8, one line, no path; never a file name */
	struct media_part whole, small; /* small: no bytes when the whole is small enough, or no image */
};

/*
 * ERR_NONE: *ret is whole. ERR_BAD_INPUT: refused, and only refusal and reason are set. ERR_TIMEOUT: other images were being
 * decoded for too long. ERR_IO: libmagic has no database here.
 */
enum err media_check(struct arena *a, struct str filename, struct str bytes, struct media *ret) MUST_CHECK;

bool media_is_image(struct str type); /* one of ours: may be shown in a page, having been encoded by us */
bool media_type_known(struct str type);

#endif
