#include "fuzz.h"
#include "web/accept.h"

/* The first byte chooses what a route has; the rest is an Accept header. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	unsigned formats = (size ? data[0] : 0) | F_JSON;
	struct str accept = size ? (struct str){ (const char *)data + 1, size - 1 } : STR_NONE;
	enum format f = FORMAT_FRAGMENT, suffix;

	bool good = format_accept(accept, formats, &f);
	FUZZ_ASSERT(formats & 1u << f);
	FUZZ_ASSERT(good || f == format_default(formats));
	if (format_of_suffix(accept, &suffix))
		FUZZ_ASSERT(str_eq(accept, STR("html")) || str_eq(str_of(format_suffix(suffix)), accept));
	return 0;
}
