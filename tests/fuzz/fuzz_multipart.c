/* The first line is the content type, the rest the body. */
#include "fuzz.h"
#include "text/multipart.h"
#include "text/utf8.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *a = arena_new(65536, FUZZ_ARENA);
	struct str s = { (const char *)data, size };
	const char *line = size ? memchr(s.p, '\n', size) : NULL;
	size_t n = line ? (size_t)(line - s.p) : size;
	struct str body = line ? (struct str){ line + 1, size - n - 1 } : STR_NONE;
	struct multipart m;

	if (multipart_parse(a, (struct str){ s.p, n }, body, &m) == ERR_NONE) {
		FUZZ_ASSERT(m.n <= MULTIPART_PARTS);
		const char *at = body.p;
		for (size_t i = 0; i < m.n; i++) {
			const struct multipart_part *p = &m.parts[i];
			FUZZ_ASSERT(p->name.n && utf8_valid(p->name) && utf8_valid(p->filename) && utf8_valid(p->type));
			FUZZ_ASSERT(p->file || (p->filename.n == 0 && utf8_valid(p->body)));
			FUZZ_ASSERT(p->body.p >= at && p->body.p + p->body.n <= body.p + body.n); /* in order, inside, apart */
			at = p->body.p + p->body.n;
		}
	}
	arena_free(a);
	return 0;
}
