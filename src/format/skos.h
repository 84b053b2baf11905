/*
 * skos: the vocabularies as SKOS, written in JSON-LD. Layer 4. Nothing fails.
 * A term of ours says so in an editorial note and names this site as its creator; the others name their source. The goals of
 * the United Nations are joined to theirs (skos:exactMatch http://metadata.un.org/sdg/N).
 */
#ifndef FORMAT_SKOS_H
#define FORMAT_SKOS_H
#include "model/vocabulary.h"
#include "web/req.h"
#include "base/buf.h"

#define SKOS_OURS "Proposition de Catalyse : cette liste peut être modifiée."

void skos_all(const struct req *r, struct buf *b, const struct vocabularies *v);
void skos_one(const struct req *r, struct buf *b, const struct vocabulary *v);
/* The same term elsewhere: a goal of the United Nations; empty for others. */
struct str skos_match(struct arena *a, struct str scheme, struct str code);

#endif
