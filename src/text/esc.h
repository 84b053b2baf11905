/*
 * esc: escaping on the way out. Layer 1, pure, never fails. Bytes given are UTF-8 already checked (text/utf8.h).
 */
#ifndef TEXT_ESC_H
#define TEXT_ESC_H
#include "base/buf.h"

void esc_text(struct buf *b, struct str s); /* between tags: & < > */
void esc_attr(struct buf *b, struct str s); /* inside quotes: & < > " ' */
void esc_json(struct buf *b, struct str s); /* inside the quotes of a JSON string; the quotes are the caller's */

#endif
