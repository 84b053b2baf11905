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

enum { OAI_TOKEN_MAX = 400 };

struct oai_token {
	bool records;            /* of ListRecords; false: of ListIdentifiers */
	struct str prefix;       /* "oai_dc" */
	struct str from, until;  /* "2026-11-24T10:00:00Z", or empty */
	struct str set;          /* "theme:mobilite", or empty */
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
/* "theme:mobilite": one of the shapes our sets have; whether it exists is the database's business. */
bool oai_set_valid(struct str s) MUST_CHECK;

#endif
