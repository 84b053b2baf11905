#include "fetch/fetch.h"

#include "base/buf.h"
#include "base/log.h"

#include <arpa/inet.h>
#include <curl/curl.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { CONNECT_S = 10, WHOLE_S = 20, REDIRECTIONS = 5 };

struct fetch {
	CURL *curl;
	bool local;
	bool refused; /* an address was, for this request */
	bool moved, cut;
	size_t most;
	struct buf body;
};

static bool
in_net(uint32_t a, uint32_t net, int bits)
{
	return (a >> (32 - bits)) == (net >> (32 - bits));
}

static bool
private4(uint32_t a)
{
	static const struct {
		uint32_t net;
		int bits;
	} nets[] = {
		{ 0x00000000, 8 },  { 0x0a000000, 8 },  { 0x64400000, 10 }, { 0x7f000000, 8 },  { 0xa9fe0000, 16 }, { 0xac100000, 12 }, { 0xc0000000, 24 },
		{ 0xc0000200, 24 }, { 0xc0a80000, 16 }, { 0xc6120000, 15 }, { 0xc6336400, 24 }, { 0xcb007100, 24 }, { 0xe0000000, 3 },
	};
	for (size_t i = 0; i < sizeof(nets) / sizeof(*nets); i++)
		if (in_net(a, nets[i].net, nets[i].bits))
			return true;
	return false;
}

static uint32_t
four(const unsigned char *p)
{
	return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

bool
fetch_is_private(const struct sockaddr *address)
{
	if (address->sa_family == AF_INET) {
		struct sockaddr_in in;
		memcpy(&in, address, sizeof(in));
		return private4(ntohl(in.sin_addr.s_addr));
	}
	if (address->sa_family != AF_INET6)
		return true;
	struct sockaddr_in6 in6;
	memcpy(&in6, address, sizeof(in6));
	const unsigned char *p = in6.sin6_addr.s6_addr;
	static const unsigned char mapped[12] = { [10] = 0xff, [11] = 0xff }, nat64[12] = { 0x00, 0x64, 0xff, 0x9b };
	if (memcmp(p, mapped, 12) == 0 || memcmp(p, nat64, 12) == 0)
		return private4(four(p + 12));
	if (p[0] == 0x20 && p[1] == 0x02) /* 6to4 */
		return private4(four(p + 2));
	if ((p[0] & 0xe0) != 0x20) /* only 2000::/3 is the public internet */
		return true;
	return p[0] == 0x20 && p[1] == 0x01 && ((p[2] == 0x0d && p[3] == 0xb8) || p[2] < 2); /* documentation, Teredo and the like */
}

/* The address is judged when it is known, after the name was resolved, for each connection: a name cannot lead elsewhere. */
static curl_socket_t
open_socket(void *arg, curlsocktype purpose, struct curl_sockaddr *a)
{
	struct fetch *f = arg;

	(void)purpose;
	if (!f->local && fetch_is_private(&a->addr)) {
		f->refused = true;
		return CURL_SOCKET_BAD;
	}
	return socket(a->family, a->socktype | SOCK_CLOEXEC, a->protocol);
}

static size_t
take(char *p, size_t size, size_t count, void *arg)
{
	struct fetch *f = arg;
	size_t n = size * count, left = f->most - f->body.n;

	buf_mem(&f->body, p, n < left ? n : left);
	if (n <= left)
		return n;
	f->cut = true; /* enough was read */
	return 0;
}

/* A redirection for good, anywhere on the way. */
static size_t
head_line(char *p, size_t size, size_t count, void *arg)
{
	struct fetch *f = arg;
	size_t n = size * count;

	if (n > 12 && memcmp(p, "HTTP/", 5) == 0) {
		const char *code = memchr(p, ' ', n);
		if (code && code + 4 <= p + n && (memcmp(code + 1, "301", 3) == 0 || memcmp(code + 1, "308", 3) == 0))
			f->moved = true;
	}
	return n;
}

#define SET(option, value)                                                                                             \
	do {                                                                                                           \
		if (curl_easy_setopt(f->curl, (option), (value)) != CURLE_OK)                                          \
			die("libcurl refuses " #option);                                                               \
	} while (0)

enum err
fetch_open(struct fetch **ret, const char *agent, bool local)
{
	struct fetch *f = calloc(1, sizeof(*f));

	*ret = NULL;
	if (!f || curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK || !(f->curl = curl_easy_init())) {
		free(f);
		return err_note(ERR_NO_MEMORY, "libcurl");
	}
	f->local = local;
	SET(CURLOPT_USERAGENT, agent);
	SET(CURLOPT_PROTOCOLS_STR, "http,https");
	SET(CURLOPT_REDIR_PROTOCOLS_STR, "http,https");
	SET(CURLOPT_FOLLOWLOCATION, 1L);
	SET(CURLOPT_MAXREDIRS, (long)REDIRECTIONS);
	SET(CURLOPT_PROXY, "");
	SET(CURLOPT_NETRC, (long)CURL_NETRC_IGNORED);
	SET(CURLOPT_CONNECTTIMEOUT, (long)CONNECT_S);
	SET(CURLOPT_TIMEOUT, (long)WHOLE_S);
	SET(CURLOPT_NOSIGNAL, 1L);
	SET(CURLOPT_FORBID_REUSE, 1L);
	SET(CURLOPT_OPENSOCKETFUNCTION, open_socket);
	SET(CURLOPT_OPENSOCKETDATA, f);
	SET(CURLOPT_WRITEFUNCTION, take);
	SET(CURLOPT_WRITEDATA, f);
	SET(CURLOPT_HEADERFUNCTION, head_line);
	SET(CURLOPT_HEADERDATA, f);
	*ret = f;
	return ERR_NONE;
}

void
fetch_close(struct fetch *f)
{
	if (!f)
		return;
	curl_easy_cleanup(f->curl);
	curl_global_cleanup();
	free(f);
}

enum err
fetch_get(struct fetch *f, struct arena *a, struct str url, bool head, size_t most, struct fetch_answer *ret)
{
	char *address = arena_cstr(a, url), *end = NULL;
	long status = 0;

	f->refused = f->moved = f->cut = false;
	f->most = most;
	buf_init(&f->body, a, 4096);
	if (curl_easy_setopt(f->curl, CURLOPT_URL, address) != CURLE_OK)
		return err_note(ERR_NO_MEMORY, "libcurl");
	if (head) {
		SET(CURLOPT_NOBODY, 1L);
	} else {
		SET(CURLOPT_NOBODY, 0L);
		SET(CURLOPT_HTTPGET, 1L);
	}
	CURLcode code = curl_easy_perform(f->curl);
	curl_easy_getinfo(f->curl, CURLINFO_RESPONSE_CODE, &status);
	curl_easy_getinfo(f->curl, CURLINFO_EFFECTIVE_URL, &end);
	bool answered = code == CURLE_OK || (code == CURLE_WRITE_ERROR && f->cut);
	*ret = (struct fetch_answer){ .end = f->refused && !answered ? FETCH_PRIVATE : answered ? FETCH_ANSWERED : FETCH_UNREACHABLE,
		                      .status = answered ? (int)status : 0,
		                      .moved = f->moved,
		                      .body = buf_str(&f->body) };
	if (answered && end && strcmp(end, address) != 0)
		ret->location = arena_str(a, str_of(end));
	return ERR_NONE;
}
