/*
 * oai: the XML of OAI-PMH 2.0. Layer 4. Writes onto the buffer given; nothing fails. What is asked is judged by src/page/oai.c.
 */
#ifndef FORMAT_OAI_H
#define FORMAT_OAI_H
#include "format/oai_token.h"
#include "model/record.h"

struct oai_site {
	struct str base;   /* "https://catalyse.example" */
	struct str domain; /* "catalyse.example": of the identifiers */
};

/* The metadata formats we give. */
struct oai_format {
	const char *prefix, *schema, *namespace_;
	void (*write)(struct buf *b, const struct oai_site *site, const struct record *r);
};
extern const struct oai_format OAI_FORMATS[];
const struct oai_format *oai_format_of(struct str prefix); /* NULL: unknown */

/* The number in an identifier of ours, "oai:catalyse.example:fiches/12"; -1 when it is not one. */
int64_t oai_identifier_read(const struct oai_site *site, struct str identifier);

void oai_header(struct buf *b, const struct oai_site *site, const struct record *r);
void oai_record(struct buf *b, const struct oai_site *site, const struct oai_format *f, const struct record *r);

#endif
