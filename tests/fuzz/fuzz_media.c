/* The first byte chooses the name, the rest is the file. Images are kept small: what is looked for are faults, not slowness. */
#include "crypt/hash.h"
#include "fuzz.h"
#include "media/media.h"
#include "text/image_head.h"
#include "text/slug.h"
#include "text/utf8.h"

enum { SIZE = 1 << 16, POINTS = 1 << 20 };

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const names[] = { "a.pdf", "B b.odt", "c.docx", "\xc3\xa9.png", "e.jpg", "f.webp" };
	static bool started;
	struct image_head h;
	struct media m;

	if (!started)
		crypt_start();
	started = true;
	if (size == 0 || size > SIZE)
		return 0;
	struct str name = str_of(names[data[0] % 6]), s = { (const char *)data + 1, size - 1 };
	if (image_head_read(s, NULL, &h) == IMAGE_SOUND && (uint64_t)h.width * h.height > POINTS)
		return 0;
	struct arena *a = arena_new(65536, FUZZ_ARENA);
	enum err e = media_check(a, name, s, &m);
	FUZZ_ASSERT(e == ERR_NONE || e == ERR_BAD_INPUT);
	FUZZ_ASSERT((e == ERR_NONE) == (m.refusal == MEDIA_REFUSAL_NONE) && (e == ERR_NONE || m.reason.n > 0));
	if (e == ERR_NONE) {
		FUZZ_ASSERT(m.whole.bytes.n > 0 && media_type_known(m.type) && utf8_valid(m.label));
		FUZZ_ASSERT(media_is_image(m.type) == (m.whole.width > 0));
		/* An image is one of ours now: nothing hidden, upright. */
		if (m.whole.width)
			FUZZ_ASSERT(image_head_read(m.whole.bytes, NULL, &h) == IMAGE_SOUND && h.bare == m.whole.bytes.n && h.orientation == 1);
	}
	arena_free(a);
	return 0;
}
