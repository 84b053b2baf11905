/*
 * resp: the answer, built whole in the arena and sent once: a failure half-way is a real error page. Layer 2.
 */
#ifndef WEB_RESP_H
#define WEB_RESP_H
#include "base/buf.h"
#include "base/err.h"

/* Past this many bytes an address is left out of Link headers: they must fit in the buffer of the server in front. */
#define LINK_HEADER_MAX 1024

enum cache {
	CACHE_NONE,   /* private, no-store */
	CACHE_PAGE,   /* shared for the second it is, then asked for again by its ETag */
	CACHE_LONG,   /* shared, a year: the address changes with what it holds */
	CACHE_FILE,   /* a browser for a year, shared for minutes only: the address says what it holds, but it may be withdrawn */
	CACHE_DATA,   /* the same for data formats, with CORS * */
	CACHE_FRAGMENT_CHOICE /* keyed by territory code in the URL */
};

struct resp {
	int status; /* 200 by default */
	struct str content_type;
	struct buf headers; /* extra lines, each ending with \r\n; use resp_header */
	struct buf links;   /* the value of Link; use resp_link */
	struct buf body;
	enum cache cache;     /* the route's, a page may only make it stricter */
	struct str etag;      /* without quotes; empty: computed from the body by the gate */
	struct str last_modified; /* HTTP date, may be empty */
	struct str location;
	bool feed;   /* its own Atom is among links already, in the order of what is new */
	bool secret; /* holds what only its reader may know (a cookie, a code): never kept under the key of a submission */
};

void resp_header(struct resp *r, const char *name, struct str value); /* CR, LF and NUL in value are dropped */
/* One more link of the one line Link, which nginx reads again each time it shows a page that it keeps. target: already encoded; type may be empty.
   An answer that turns into an error has none. */
void resp_link(struct resp *r, struct str target, const char *rel, struct str type);
/* The body is these bytes, not copied: they live as long as the arena, perhaps outside of its count. */
void resp_bytes(struct resp *r, struct str bytes);
void resp_redirect(struct resp *r, int status, struct str location);  /* 301, 302, 303, 308; location already encoded */

#endif
