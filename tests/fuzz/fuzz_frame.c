#include "fuzz.h"
#include "web/fcgi_frame.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *a = arena_new(65536, FUZZ_ARENA);
	struct str s = { (const char *)data, size };

	struct fcgi_frame frame;
	enum fcgi_scan whole = fcgi_frame_scan(s, &frame);

	if (whole == FCGI_SCAN_WHOLE) {
		FUZZ_ASSERT(frame.total <= size && frame.body <= size);
		/* Never whole before its last byte. */
		struct fcgi_frame shorter;
		FUZZ_ASSERT(fcgi_frame_scan((struct str){ s.p, frame.total / 2 }, &shorter) == FCGI_SCAN_MORE);
	}
	arena_free(a);
	return 0;
}
