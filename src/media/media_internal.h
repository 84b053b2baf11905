/*
 * media_internal: what the files of media share. Layer 2, private to this folder.
 */
#ifndef MEDIA_MEDIA_INTERNAL_H
#define MEDIA_MEDIA_INTERNAL_H
#include "media/media.h"

/* Bytes of malloc, freed with the arena, outside of its count. */
struct str media_own(struct arena *a, void *p, size_t n);

enum media_refusal media_pdf_check(struct str bytes) MUST_CHECK;
enum media_refusal media_office_check(struct str bytes, enum media_kind kind) MUST_CHECK;
/* Fills the parts of *ret, without their sums. ERR_TIMEOUT, or ERR_NONE with *ret_refusal. */
enum err media_image_clean(struct arena *a, struct str bytes, enum media_kind kind, struct media *ret,
                           enum media_refusal *ret_refusal) MUST_CHECK;

#endif
