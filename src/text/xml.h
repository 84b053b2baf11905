/*
 * xml: text inside an XML document. Layer 1, pure, never fails. Bytes given are UTF-8 already checked.
 */
#ifndef TEXT_XML_H
#define TEXT_XML_H
#include "base/buf.h"

/* Between tags or inside quotes: & < > " escaped, and the characters that XML 1.0 refuses dropped. */
void xml_text(struct buf *b, struct str s);
/* "<name>text</name>" and a newline; nothing when the text is empty. */
void xml_element(struct buf *b, const char *name, struct str text);

#endif
