/*
 * markdown: the texts of sheets as HTML. Layer 1. The only file that knows cmark-gfm (CommonMark, tables, strikethrough, autolinks).
 * Raw HTML is shown as text, never passed; a link keeps only http, https, mailto or an address of this site, an image its words.
 * French typography on everything but code. Never fails: past MARKDOWN_BYTES_MAX the text is escaped as it is. Safe in threads.
 */
#ifndef TEXT_MARKDOWN_H
#define TEXT_MARKDOWN_H
#include "base/arena.h"

enum { MARKDOWN_BYTES_MAX = 128 * 1024 };

/* Headings are shifted so that the highest of the text becomes first_heading_level (1..6). */
struct html markdown_render(struct arena *a, struct str md, int first_heading_level);
/* Without any block around: for a sentence inside a paragraph or a cell. Blocks are joined by a space. */
struct html markdown_inline(struct arena *a, struct str md);

#endif
