/*
 * message: one mail as bytes, RFC 5322 and MIME. Layer 2, pure: no network (mail/smtp.h), no clock. All lives in the arena given.
 * Whatever the bytes of a field, they stay inside that field: control characters, line ends and broken UTF-8 never reach a
 * header, and only addresses of a plain shape are written. ERR_BAD_INPUT, noted, when an address, an identifier or the address of
 * unsubscription, the name or the type of a file is not of its shape.
 */
#ifndef MAIL_MESSAGE_H
#define MAIL_MESSAGE_H
#include "base/arena.h"
#include "base/err.h"
#include <stdint.h>

struct mail_message {
	struct str from, from_name; /* "courriel@catalyse.example"; the name may be empty */
	struct str to;
	struct str subject;
	struct str text, html;  /* html empty: a mail of text alone */
	struct str file, file_type, file_bytes; /* joined: "rendez-vous.ics", "text/calendar; charset=utf-8"; no bytes: nothing is */
	struct str id;          /* "12.0a1b2c", the same at every attempt: becomes <12.0a1b2c@catalyse.example> */
	struct str unsubscribe; /* an http address that a POST acts on (RFC 8058), or empty */
	int64_t date;           /* seconds since 1970 */
};

/* Lines end with CRLF and hold at most 78 bytes, but for those of an address, which no server cuts. */
enum err mail_compose(struct arena *a, const struct mail_message *m, struct str *ret) MUST_CHECK;

/* local@domain in ASCII, at most 254 bytes, without quotes, comments or spaces: what we accept to write to. */
bool mail_address_valid(struct str s) MUST_CHECK;
struct str mail_address_domain(struct str s); /* what follows the @; empty without one */

#endif
