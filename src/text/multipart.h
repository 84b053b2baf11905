/*
 * multipart: the body of a form that carries files (multipart/form-data, RFC 7578, as browsers write it). Layer 1, pure.
 * Parts are slices of the body, never copies; only a name in which a browser escaped a quote is copied, into the arena.
 * Everything that is not exactly the format is ERR_BAD_INPUT: text before the first boundary or after the last, a boundary that
 * goes on, a part without a name, headers too long, a field that is not UTF-8, a body cut anywhere.
 */
#ifndef TEXT_MULTIPART_H
#define TEXT_MULTIPART_H
#include "base/arena.h"
#include "base/err.h"

enum {
	MULTIPART_PARTS = 200,       /* as many fields and files as a form may have */
	MULTIPART_HEADERS = 4096,    /* bytes of the headers of one part */
	MULTIPART_HEADER_LINES = 8,
	MULTIPART_NAME = 100,        /* bytes of the name of a field */
	MULTIPART_BOUNDARY = 70      /* RFC 2046 */
};

struct multipart_part {
	struct str name;     /* never empty, UTF-8 without control characters */
	struct str filename; /* as sent, UTF-8 without control characters, perhaps with a path: never to be used as it is */
	struct str type;     /* what the browser believes it is: not to be believed */
	struct str body;     /* a field's is UTF-8 without NUL; a file's is any bytes */
	bool file;           /* has a filename, empty when the visitor chose none */
};

struct multipart {
	const struct multipart_part *parts;
	size_t n;
};

/* content_type: the header of the request, with the boundary. */
enum err multipart_parse(struct arena *a, struct str content_type, struct str body, struct multipart *ret) MUST_CHECK;
/* The first field of that name, empty when there is none. */
struct str multipart_field(const struct multipart *m, const char *name);
/* The first file of that name that the visitor chose; NULL when there is none. */
const struct multipart_part *multipart_file(const struct multipart *m, const char *name);

#endif
