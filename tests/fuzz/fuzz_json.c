#include "fuzz.h"
#include "text/json.h"
#include "text/utf8.h"

static size_t
walk(const struct json *v, int depth)
{
	size_t n = 1;

	FUZZ_ASSERT(depth <= JSON_DEPTH_MAX);
	FUZZ_ASSERT(utf8_valid(json_text(v)) && utf8_valid(json_name(v)));
	for (const struct json *m = json_first(v); m; m = json_next(m))
		n += walk(m, depth + 1);
	return n;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *a = arena_new(65536, FUZZ_ARENA);
	struct str s = { (const char *)data, size };

	const struct json *v;

	if (json_parse(a, s, &v) == ERR_NONE)
		FUZZ_ASSERT(walk(v, 0) <= JSON_NODES_MAX);
	arena_free(a);
	return 0;
}
