/*
 * revision: what the public content is at the moment of a request, noun by noun, as its database says; and copies that a thread keeps of it.
 * Layer 2. One state a thread, of the request it serves: nothing is owned. Fails as db_run does, and then nothing is known.
 * A revision changes with the content, in the same transaction: two requests that read the same revision before and after a page have made the same
 * page, but for a change of these very milliseconds, not heard yet, whose page then has a tag that nobody finds good any more. See docs/design/fraicheur.md.
 */
#ifndef WEB_REVISION_H
#define WEB_REVISION_H
#include "base/fresh.h"
#include "web/req.h"

#define REVISION_TAG 18 /* "r", 16 hexadecimal digits, NUL */

/* What the pages of a route are made of, and nothing else but the request, the program and its settings. */
struct depend {
	unsigned nouns; /* 0: something else too, or not known: their validator is the sum of their bytes */
	bool day;       /* and of the day it is */
	bool clock;     /* and of what the agenda says is over, or begun, or closed */
};

void revision_forget(void); /* at the beginning of a request */
/* One indexed read, or none for a second on the primary where changes are heard and none was (never for who wrote a moment ago); with the clock
 * another one, when something began or ended since this thread last asked. */
enum err revision_read(struct req *r, bool clock) MUST_CHECK;
void revision_doubt(void); /* something older than the revision was shown: no tag speaks for the page */
/* The validator of the page that r asks for, from what it is made of. False when no revision is known. */
bool revision_tag(const struct req *r, struct str seed, const struct depend *d, char ret[REVISION_TAG]) MUST_CHECK;

/* A copy kept by a thread. kept_mark before it is read from the database, kept_good before it is shown. */
struct kept {
	int64_t since; /* seconds of CLOCK_MONOTONIC; 0: nothing is kept */
	int64_t revision;
	uint64_t generation;
	bool revised; /* revision is known */
};
void kept_mark(struct kept *k, unsigned nouns);
/* Where the request knows the revision: whether the copy is of it. Elsewhere: whether nothing was heard since, for FRESH_UNHEARD_S; unheard_s
 * seconds where nothing is heard. */
bool kept_good(const struct kept *k, unsigned nouns, int unheard_s) MUST_CHECK;

#endif
