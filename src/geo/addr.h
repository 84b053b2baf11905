/*
 * addr: an IP address, parsed and classified. Layer 2 (geo), pure functions on bytes, fuzzed.
 * An IPv4 address written inside an IPv6 one (v4-mapped ::ffff:a.b.c.d, or NAT64 64:ff9b::a.b.c.d) is unmapped: what
 * comes out is the IPv4 address. Nothing is allocated; parsing fails only by returning false.
 */
#ifndef GEO_ADDR_H
#define GEO_ADDR_H
#include "base/str.h"
#include <stdint.h>

enum addr_scope {
	ADDR_PUBLIC,
	ADDR_PRIVATE /* private, loopback, link-local, shared (100.64/10), multicast, unspecified, reserved */
};

#define ADDR_TEXT_MAX 45 /* the longest text of an address, INET6_ADDRSTRLEN - 1 */

struct addr {
	uint8_t family; /* 4 or 6 */
	uint8_t b[16];  /* network order; the first 4 bytes when family is 4 */
};

/* Strict text: no spaces, no port, no zone, no leading zeros in IPv4 ("01.2.3.4" is refused), at most ADDR_TEXT_MAX bytes. */
bool addr_parse(struct str text, struct addr *ret_addr) MUST_CHECK;
enum addr_scope addr_scope(const struct addr *a);

#endif
