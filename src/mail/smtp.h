/*
 * smtp: one message to one server. Layer 2; src/mail is the only folder that sees libcurl. A struct smtp belongs to one thread and
 * keeps its connection from one message to the next. smtp_send never fails: it says what became of the message.
 *
 * A message is the server's from the final dot on, which we may not see acknowledged. `before_end` is called just before the last
 * bytes leave: what it returns false for is not sent at all, and once it returned true an outcome that is not known is said
 * SMTP_UNKNOWN, never tried again here.
 */
#ifndef MAIL_SMTP_H
#define MAIL_SMTP_H
#include "base/err.h"

struct smtp;

struct smtp_options {
	const char *url;           /* smtp://host:port, smtps://host:port; a path is the name said in EHLO */
	const char *tls;           /* "exiger", "si-possible", "jamais": STARTTLS */
	const char *user;          /* "" : none */
	const char *password_file; /* its first line */
	int deadline_s;            /* for one message, connection included */
};

enum smtp_outcome {
	SMTP_SENT,
	SMTP_LATER,   /* refused for now, or not carried to its end: may be sent again without harm */
	SMTP_DOWN,    /* the same, before a recipient was named: the server is out of reach or refuses us, the others will fare no better */
	SMTP_BOUNCED, /* 5xx to this recipient */
	SMTP_REFUSED, /* 5xx to this message */
	SMTP_UNKNOWN, /* the link was lost between the final dot and its answer */
	SMTP_HELD     /* before_end said no */
};

struct smtp_result {
	enum smtp_outcome outcome;
	bool bad_address; /* with SMTP_BOUNCED: the address itself is at fault, not a full box or a policy */
	char said[240];   /* the server's last line, or why there was none; one line of printable ASCII */
};

/* ERR_BAD_INPUT when a setting is not of its shape or a password would travel in clear, ERR_IO when its file cannot be read. */
enum err smtp_new(struct smtp **ret, const struct smtp_options *o) MUST_CHECK;
void smtp_free(struct smtp *s); /* says QUIT; NULL is fine */
void smtp_send(struct smtp *s, struct str envelope, struct str to, struct str message, bool (*before_end)(void *), void *arg,
               struct smtp_result *ret);

/* Whether a refusal of a recipient (a reply line, or the Status of a report, "5.1.1") speaks of the address itself. */
bool smtp_address_is_bad(struct str status_or_reply) MUST_CHECK;

#endif
