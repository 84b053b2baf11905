/*
 * fetch: what an address of the web answers. Layer 2; with mail, the only folder that sees libcurl. One request at a time, http and https
 * only, five redirections at most, twenty seconds, the first bytes of the body. No proxy, no cookie. An address of this host or of a
 * private network is never connected to, whatever the name resolves to, unless local is set, which is for tests.
 */
#ifndef FETCH_FETCH_H
#define FETCH_FETCH_H
#include "base/arena.h"
#include "base/err.h"

struct sockaddr;
struct fetch;

enum fetch_end {
	FETCH_ANSWERED,    /* status says what */
	FETCH_UNREACHABLE, /* no such name, refused, too late, not HTTP, a certificate that is not good */
	FETCH_PRIVATE      /* an address that is not asked */
};
struct fetch_answer {
	enum fetch_end end;
	int status;          /* of the last answer */
	bool moved;          /* a permanent redirection came first */
	struct str location; /* where it ended, when elsewhere */
	struct str body;     /* of a GET, cut at `most` bytes */
};

/* agent: says who asks. */
enum err fetch_open(struct fetch **ret, const char *agent, bool local) MUST_CHECK;
void fetch_close(struct fetch *f);
/* head: without the body. Fails only without memory. */
enum err fetch_get(struct fetch *f, struct arena *a, struct str url, bool head, size_t most, struct fetch_answer *ret) MUST_CHECK;

/* Of this host, of a private or a documentation network, multicast: not the public internet. */
bool fetch_is_private(const struct sockaddr *address);

#endif
