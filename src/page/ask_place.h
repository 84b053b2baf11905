/*
 * ask_place: the territory a public page is read for, from its address: "territoire" is type:code, or what the visitor typed in the
 * plain form of the page. The same bytes for everybody: neither the session nor the visitor's address is read. Layer 4.
 */
#ifndef PAGE_ASK_PLACE_H
#define PAGE_ASK_PLACE_H
#include "page/page.h"

struct asked_place {
	struct territory t; /* id 0: none, or the whole country */
	struct str key;     /* "commune:97410"; empty: none */
	struct view_ask_place ask;
	bool moved; /* *w redirects to the canonical address: the page has nothing more to do */
};
/* The whole country is no choice. A name that may be several places gives choices; an unknown one a notice. */
enum err ask_place(struct req *r, struct resp *w, const char *label, struct asked_place *ret) MUST_CHECK;

#endif
