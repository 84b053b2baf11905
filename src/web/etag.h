/*
 * etag: strong validators of a body, and If-None-Match. Layer 2. Pure functions.
 */
#ifndef WEB_ETAG_H
#define WEB_ETAG_H
#include "base/str.h"

void etag_of(struct str body, char ret[17]); /* 16 hexadecimal digits and NUL */
/* header: the value of If-None-Match ("*", or a list of "x" and W/"x"); tag: without quotes. Weak comparison (RFC 9110 13.1.2):
 * nginx weakens the tags of what it compresses. */
bool etag_matches(struct str header, struct str tag);

#endif
