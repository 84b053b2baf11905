#include "fuzz.h"
#include "text/image_head.h"
#include <stdlib.h>

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str s = { (const char *)data, size };
	struct image_head h, again;
	char *bare = malloc(size + !size); /* exactly as much room as promised: the sanitizer sees an overrun */

	if (!bare)
		die("no memory");
	if (image_head_read(s, bare, &h) == IMAGE_SOUND) {
		FUZZ_ASSERT(h.bare <= size && h.orientation >= 1 && h.orientation <= 8);
		FUZZ_ASSERT(h.animated || (h.width > 0 && h.height > 0));
		/* What is left is the same image, and nothing more can be left out of it. */
		if (!h.animated) {
			FUZZ_ASSERT(image_head_read((struct str){ bare, h.bare }, NULL, &again) == IMAGE_SOUND);
			FUZZ_ASSERT(again.width == h.width && again.height == h.height && again.bare == h.bare);
			FUZZ_ASSERT(again.orientation == 1 || h.kind == IMAGE_JPEG);
		}
	}
	free(bare);
	return 0;
}
