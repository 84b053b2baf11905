#include "fuzz.h"
#include "web/net.h"
#include "geo/addr.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *a = arena_new(65536, FUZZ_ARENA);
	struct str s = { (const char *)data, size };

	struct net_list nets;
	struct addr addr;
	uint8_t bytes[16];

	if (net_list_parse(&nets, s) == ERR_NONE)
		FUZZ_ASSERT(nets.n <= NET_MAX && (net_list_has(&nets, STR("127.0.0.1")) || true));
	bool textual = net_parse_address(s, bytes);
	if (addr_parse(s, &addr)) {
		FUZZ_ASSERT(s.n <= ADDR_TEXT_MAX);
		(void)addr_scope(&addr);
	}
	FUZZ_ASSERT(!textual || s.n <= ADDR_TEXT_MAX + 1);
	arena_free(a);
	return 0;
}
