/*
 * query: percent-encoding, queries and forms, cookies. Layer 2, pure functions on bytes, fuzzed. Results live in the arena given.
 */
#ifndef WEB_QUERY_H
#define WEB_QUERY_H
#include "base/buf.h"

enum query_fault {
	QUERY_OK,
	QUERY_ESCAPE, /* a % without two hexadecimal digits */
	QUERY_NUL,    /* %00 or a control character other than tab, CR, LF */
	QUERY_UTF8    /* bytes that are not UTF-8 */
};

struct query_pair {
	struct str name, value; /* decoded; on a fault, what could be shown of them, else empty */
	enum query_fault fault;
};

bool query_utf8_valid(struct str s) MUST_CHECK; /* RFC 3629: no surrogates, nothing overlong */
/* plus: '+' is a space, as in forms. */
enum query_fault query_decode(struct arena *a, struct str raw, bool plus, struct str *ret) MUST_CHECK;
/* Cuts "a=b&c=d": takes the first pair off *rest; false at the end. Empty pieces are skipped. */
bool query_next(struct arena *a, struct str *rest, struct query_pair *ret_pair) MUST_CHECK;
/* Percent-encodes all but unreserved characters and, with slash, '/'. */
void query_encode(struct buf *b, struct str s, bool slash);
/* The first cookie of that name, not decoded; false when absent. */
bool query_cookie(struct str header, const char *name, struct str *ret_value) MUST_CHECK;

#endif
