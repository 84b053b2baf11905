/*
 * markdown: CommonMark with tables, strikethrough and bare links, as HTML. Layer 1; markdown.c is the only file that sees
 * cmark-gfm. Raw HTML is shown as text, images become their description (no third party is asked), links other than http,
 * https, mailto and those of this site lose their target, texts get French typography. Thread-safe; never fails.
 */
#ifndef TEXT_MARKDOWN_H
#define TEXT_MARKDOWN_H
#include "base/arena.h"

#define MARKDOWN_BYTES_MAX (256 * 1024) /* the rest is dropped */

/* The highest heading of the text becomes <h{level}> (1..6), the others follow. text is valid UTF-8. */
struct html markdown_html(struct arena *a, struct str text, int level);

#endif
