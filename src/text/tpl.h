/*
 * tpl: what compiled templates call (tools/tplc writes the calls). Layer 1.
 * The C type of a field decides what may be done with it: text is escaped and set in French typography, html is copied,
 * url is attribute-escaped; anything else does not compile, and the error points at the template's line.
 */
#ifndef TEXT_TPL_H
#define TEXT_TPL_H
#include "base/buf.h"
#include <stdint.h>

/* {{x}} in text: escapes & < > and applies French typography (text/typo.h). */
void tpl_text_str(struct buf *b, struct str s);
void tpl_text_int(struct buf *b, int64_t v); /* thousands apart by U+202F */
#define tpl_text(b, x)                                                                                                 \
	_Generic((x), struct str: tpl_text_str, int: tpl_text_int, long: tpl_text_int, long long: tpl_text_int,       \
	         unsigned: tpl_text_int, size_t: tpl_text_int)(b, x)
/* attr="{{x}}": escapes & < > " only; integers are plain digits. */
void tpl_attr_str(struct buf *b, struct str s);
void tpl_attr_int(struct buf *b, int64_t v);
void tpl_attr_real(struct buf *b, double v); /* at most 2 decimals, for svg coordinates */
#define tpl_attr(b, x)                                                                                                 \
	_Generic((x), struct str: tpl_attr_str, int: tpl_attr_int, long: tpl_attr_int, long long: tpl_attr_int,       \
	         unsigned: tpl_attr_int, size_t: tpl_attr_int, double: tpl_attr_real)(b, x)
/* href, src, action, formaction, poster: only struct url. */
void tpl_url(struct buf *b, struct url u);
/* {{{x}}}: only struct html. */
void tpl_html(struct buf *b, struct html h);
/* {{?x}} and {{^x}}: a non-empty string, html, url; true; a number other than 0; a list (any struct with n) by its n. */
#define tpl_true(x)                                                                                                    \
	_Generic((x), bool: tpl_true_bool, struct str: tpl_true_str, struct html: tpl_true_html,                      \
	         struct url: tpl_true_url, int: tpl_true_int, long: tpl_true_int, long long: tpl_true_int,            \
	         unsigned: tpl_true_int, size_t: tpl_true_int)(x)
/* {{#x}}: a list is not one of the texts, though they have p and n too. */
#define tpl_list(x) _Static_assert(_Generic((x), struct str: 0, struct html: 0, struct url: 0, default: 1), "not a list")
static inline bool tpl_true_bool(bool x) { return x; }
static inline bool tpl_true_str(struct str x) { return x.n > 0; }
static inline bool tpl_true_html(struct html x) { return x.n > 0; }
static inline bool tpl_true_url(struct url x) { return x.n > 0; }
static inline bool tpl_true_int(int64_t x) { return x != 0; }

#endif
