/*
 * accept: which representation of a route to give. Layer 2, pure functions.
 */
#ifndef WEB_ACCEPT_H
#define WEB_ACCEPT_H
#include "web/route.h"

const char *format_suffix(enum format f);       /* "json"; "" for html and fragments */
const char *format_content_type(enum format f); /* with charset where it applies */
bool format_of_suffix(struct str suffix, enum format *ret) MUST_CHECK; /* "json", without the dot; "html" too */
enum format format_default(unsigned formats);   /* the first the route has */
enum format format_accept(struct str accept, unsigned formats); /* RFC 9110 12.5.1; the default when nothing suits */

#endif
