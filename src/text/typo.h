/*
 * typo: French typography. Layer 1, pure, never fails.
 * Spaces already there become the right ones: U+202F before ; ! ? % and inside numbers, U+00A0 before :, inside « » and between
 * a number and its unit, a day and its month, n° and its number. The apostrophe becomes ’. Nothing is added where the writer
 * put no space, so that 13:30 stays as it is; addresses (x://…) are copied untouched. Applied twice to a sentence, it
 * changes nothing more.
 */
#ifndef TEXT_TYPO_H
#define TEXT_TYPO_H
#include "base/buf.h"

enum typo_escape { TYPO_RAW, TYPO_HTML }; /* HTML: & < > are escaped on the way */
void typo_put(struct buf *b, struct str s, enum typo_escape escape);

#endif
