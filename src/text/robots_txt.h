/*
 * robots_txt: what a site asks of programs (RFC 9309). Layer 1, pure, never fails. The group that names us wins over "*"; the longest rule
 * wins, and a permission over a refusal as long; "*" and "$" are understood.
 */
#ifndef TEXT_ROBOTS_TXT_H
#define TEXT_ROBOTS_TXT_H
#include "base/str.h"

/* text: the file, "" when there is none. agent: one word, lower case, "catalyse". path: "/a?b". */
bool robots_allow(struct str text, struct str agent, struct str path);

#endif
