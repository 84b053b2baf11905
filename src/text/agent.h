/*
 * agent: what a browser says of itself, in two words. Layer 1, pure. "Firefox, Linux": enough to know one's own session in a list,
 * too little to follow anybody. The result lives in the arena given; never empty; nothing fails.
 */
#ifndef TEXT_AGENT_H
#define TEXT_AGENT_H
#include "base/arena.h"

struct str agent_words(struct arena *a, struct str user_agent);

#endif
