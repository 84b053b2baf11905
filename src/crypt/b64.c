#include "crypt/b64.h"

#include <sodium.h>

enum { VARIANT = sodium_base64_VARIANT_URLSAFE_NO_PADDING };

void
b64_write(struct str s, char *ret, size_t room)
{
	sodium_bin2base64(ret, room, (const unsigned char *)s.p, s.n, VARIANT);
}

bool
b64_read(struct str text, unsigned char *ret, size_t room, size_t *ret_n)
{
	unsigned char high = 0;

	/* libsodium 1.0.18 takes the byte 0xC1 for an A where char is signed. */
	for (size_t i = 0; i < text.n; i++)
		high |= (unsigned char)text.p[i];
	*ret_n = 0;
	return high < 0x80 && sodium_base642bin(ret, room, text.p, text.n, NULL, ret_n, NULL, VARIANT) == 0;
}
