/*
 * excerpt: what was found in a text, shown. Layer 1. The database puts what it found between U+0001 and U+0002; everything else
 * is text: escaped and set in French typography. Any bytes will do: marks without their pair are closed or left out.
 */
#ifndef TEXT_EXCERPT_H
#define TEXT_EXCERPT_H
#include "base/buf.h"

struct html excerpt_html(struct arena *a, struct str marked); /* empty for an empty text */

#endif
