/*
 * net: lists of networks ("127.0.0.1,::1,10.0.0.0/8") and of user names or ids. Layer 2. No allocation, no failure but a bad list.
 */
#ifndef WEB_NET_H
#define WEB_NET_H
#include "base/err.h"
#include <stdint.h>
#include <sys/types.h>

#define NET_MAX 32

struct net_list {
	struct {
		uint8_t address[16]; /* IPv4 as ::ffff:a.b.c.d */
		int bits;            /* 0..128 */
	} v[NET_MAX];
	size_t n;
};

struct uid_list {
	uid_t v[NET_MAX];
	size_t n;
};

enum err net_list_parse(struct net_list *ret, struct str text) MUST_CHECK; /* ERR_BAD_INPUT names the item */
bool net_list_has(const struct net_list *l, struct str address);           /* textual address; false when unreadable */
bool net_list_has_bytes(const struct net_list *l, const uint8_t address[16]);
bool net_parse_address(struct str text, uint8_t ret[16]) MUST_CHECK;
enum err uid_list_parse(struct uid_list *ret, struct str text) MUST_CHECK; /* names unknown on this machine are skipped */
bool uid_list_has(const struct uid_list *l, uid_t uid);

#endif
