/*
 * fcgi_frame: reads the framing of one FastCGI request in bytes not yet consumed. Layer 2, a pure function, fuzzed.
 * libfcgi meets only bytes that passed here: it can be ended by an absurd length or a management record.
 */
#ifndef WEB_FCGI_FRAME_H
#define WEB_FCGI_FRAME_H
#include "base/str.h"
#include <stdint.h>

#define FCGI_PARAMS_MAX 65536 /* bytes of all name-value pairs together */

enum fcgi_scan {
	FCGI_SCAN_MORE,  /* well formed so far, not whole */
	FCGI_SCAN_WHOLE, /* the empty STDIN record was seen */
	FCGI_SCAN_BAD    /* not a request of a responder: to be closed without an answer */
};

struct fcgi_frame {
	uint16_t id;
	bool keep;              /* FCGI_KEEP_CONN */
	bool params_whole;      /* every pair was read and is sound */
	int64_t content_length; /* of the CONTENT_LENGTH parameter; -1 absent or not a number */
	size_t total;           /* bytes of the request up to its last record's padding, when whole */
	size_t body;            /* bytes of STDIN so far */
};

enum fcgi_scan fcgi_frame_scan(struct str bytes, struct fcgi_frame *ret_frame) MUST_CHECK;

#endif
