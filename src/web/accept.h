/*
 * accept: which representation of a route to give. Layer 2, pure functions.
 */
#ifndef WEB_ACCEPT_H
#define WEB_ACCEPT_H
#include "web/route.h"

const char *format_suffix(enum format f);       /* "json"; "" for html and fragments */
const char *format_content_type(enum format f); /* with charset where it applies */
const char *format_type(enum format f);         /* "text/csv": no charset; NULL for fragments */
const char *format_label(enum format f);        /* "GeoJSON" */
bool format_of_suffix(struct str suffix, enum format *ret) MUST_CHECK; /* "json", without the dot; "html" too */
bool format_split(struct str path, struct str *ret_stem, enum format *ret) MUST_CHECK; /* the suffix of a format off the path's last segment: false without one */
enum format format_default(unsigned formats);   /* the first the route has */
/* RFC 9110 12.5.1: the best quality, then the most precise range, then the order of the table. The default without a readable
 * preference. False when the client names what it takes and the route has none of it (*ret is the default then): 406. */
bool format_accept(struct str accept, unsigned formats, enum format *ret) MUST_CHECK;

#endif
