/*
 * oai_token: the resumption token of OAI-PMH, and its dates. Layer 4, pure, fuzzed. Slices of what was read; nothing fails.
 * A token holds all that the next page needs, so that nothing is kept here and a restart forgets nothing:
 *     1~r~oai_dc~FROM~UNTIL~SET~DATESTAMP~ID~CURSOR~TOTAL
 * It gives no right that its arguments would not give, so it is checked, not signed.
 */
#ifndef FORMAT_OAI_TOKEN_H
#define FORMAT_OAI_TOKEN_H
#include "base/buf.h"
#include <stdint.h>

enum {
	OAI_SET_MAX = 600,
	OAI_TOKEN_MAX = OAI_SET_MAX + 200,
};

struct oai_token {
	bool records;            /* of ListRecords; false: of ListIdentifiers */
	struct str prefix;       /* "oai_dc" */
	struct str from, until;  /* "2026-11-24T10:00:00Z", or empty */
	struct str set;          /* "theme:mobilite", "type:outil.odd:4.odd:17", or empty */
	struct str datestamp;    /* of the last record sent */
	int64_t id;              /* of the last record sent, 1..2147483647 */
	int64_t cursor;          /* records sent so far, 1..2147483647 */
	int64_t total;           /* of the whole list; 0: not known */
};

/* Only what oai_token_write could have written. */
bool oai_token_read(struct str s, struct oai_token *ret) MUST_CHECK;
void oai_token_write(struct buf *b, const struct oai_token *t);

/* "2026-11-24" or "2026-11-24T10:00:00Z", a real moment of the years 1 to 9999. *ret_day: without the time. */
bool oai_date_valid(struct str s, bool *ret_day) MUST_CHECK;
/* "theme:mobilite", or several joined by points, OAI_SET_MAX bytes: the shape our sets have; whether they exist is the database's business. */
bool oai_set_valid(struct str s) MUST_CHECK;
/* Takes the first name off a set of several; false at its end. */
bool oai_set_next(struct str *set, struct str *ret_name);

#endif
