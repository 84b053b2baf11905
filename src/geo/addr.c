#include "geo/addr.h"
#include <arpa/inet.h>

static const uint8_t MAPPED[12] = { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff };
static const uint8_t NAT64[12] = { 0, 0x64, 0xff, 0x9b };

bool
addr_parse(struct str text, struct addr *ret_addr)
{
	char z[ADDR_TEXT_MAX + 1];
	struct addr a = { 0 };

	if (text.n == 0 || text.n > ADDR_TEXT_MAX || memchr(text.p, 0, text.n))
		return false;
	memcpy(z, text.p, text.n);
	z[text.n] = 0;
	if (inet_pton(AF_INET, z, a.b) == 1) {
		a.family = 4;
	} else if (inet_pton(AF_INET6, z, a.b) == 1) {
		a.family = 6;
		if (memcmp(a.b, MAPPED, 12) == 0 || memcmp(a.b, NAT64, 12) == 0) {
			memmove(a.b, a.b + 12, 4);
			memset(a.b + 4, 0, 12);
			a.family = 4;
		}
	} else {
		return false;
	}
	*ret_addr = a;
	return true;
}

/* Networks that no public visitor comes from (IANA special-purpose registries). */
static const struct net {
	uint8_t family, bits, b[8];
} NETS[] = {
	{ 4, 8, { 0 } },                /* this network */
	{ 4, 8, { 10 } },               /* private */
	{ 4, 10, { 100, 64 } },         /* shared by carriers */
	{ 4, 8, { 127 } },              /* loopback */
	{ 4, 16, { 169, 254 } },        /* link-local */
	{ 4, 12, { 172, 16 } },         /* private */
	{ 4, 16, { 192, 168 } },        /* private */
	{ 4, 4, { 224 } },              /* multicast */
	{ 4, 4, { 240 } },              /* reserved, broadcast */
	{ 6, 7, { 0xfc } },             /* unique local */
	{ 6, 10, { 0xfe, 0x80 } },      /* link-local */
	{ 6, 10, { 0xfe, 0xc0 } },      /* site-local, old */
	{ 6, 8, { 0xff } },             /* multicast */
	{ 6, 8, { 0 } },                /* ::, ::1, compatible forms */
	{ 6, 64, { 0x01, 0x00 } },      /* discard */
};

static bool
inside(const struct addr *a, const struct net *n)
{
	unsigned whole = n->bits / 8, rest = n->bits % 8;

	if (a->family != n->family || memcmp(a->b, n->b, whole) != 0)
		return false;
	return rest == 0 || (a->b[whole] ^ n->b[whole]) >> (8 - rest) == 0;
}

enum addr_scope
addr_scope(const struct addr *a)
{
	for (size_t i = 0; i < sizeof NETS / sizeof *NETS; i++)
		if (inside(a, &NETS[i]))
			return ADDR_PRIVATE;
	return ADDR_PUBLIC;
}
