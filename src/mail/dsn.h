/*
 * dsn: reports of delivery, RFC 3464, as they come back to the envelope's address. Layer 2, pure. Slices point into the mail or the
 * arena. Anything may come by mail: what is not such a report is said so, never an error.
 */
#ifndef MAIL_DSN_H
#define MAIL_DSN_H
#include "base/arena.h"

enum dsn_kind { DSN_NONE, DSN_DELAYED, DSN_DELIVERED, DSN_FAILED };

struct dsn {
	enum dsn_kind kind;
	struct str id;         /* of our mail, "12.0a1b2c3d4e5f60718293": from the address it came to, or the Message-ID it returns; or empty */
	struct str status;     /* "5.1.1", or empty */
	struct str diagnostic; /* what the distant server said, one line of printable ASCII, at most 200 bytes */
};

void dsn_read(struct arena *a, struct str mail, struct dsn *ret);

#define DSN_KEY_BYTES 20 /* hexadecimal digits after the dot of an id */

#endif
