/* Addresses: any bytes; what is accepted says its family, and reads the same when written again. */
#include "fuzz.h"
#include "geo/addr.h"
#include <arpa/inet.h>
#include <stdlib.h>

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct addr a, again;
	char z[INET6_ADDRSTRLEN];

	if (!addr_parse((struct str){ (const char *)data, size }, &a))
		return 0;
	if ((a.family != 4 && a.family != 6) || size > ADDR_TEXT_MAX)
		abort();
	(void)addr_scope(&a);
	if (!inet_ntop(a.family == 4 ? AF_INET : AF_INET6, a.b, z, sizeof z) || !addr_parse(str_of(z), &again) ||
	    again.family != a.family || memcmp(again.b, a.b, a.family == 4 ? 4 : 16) != 0)
		abort();
	return 0;
}
