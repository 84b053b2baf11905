/*
 * frontmatter: a content file: "key: value" lines between two "---", then sections opened by "## key". Layer 1.
 * Slices point into the text given; arrays live in the arena. Keys may repeat. Lines end with LF or CRLF.
 */
#ifndef TEXT_FRONTMATTER_H
#define TEXT_FRONTMATTER_H
#include "base/arena.h"

struct frontmatter_field {
	struct str key, value; /* both trimmed */
	int line;
};

struct frontmatter_section {
	struct str key, body; /* body: all lines up to the next section, as written */
	int line;             /* of its "## " */
};

struct frontmatter {
	struct frontmatter_field *fields;
	size_t nfields;
	struct frontmatter_section *sections;
	size_t nsections;
};

/* False: *ret_line and *ret_why (French, static) say what is wrong, *ret is undefined. */
bool frontmatter_parse(struct frontmatter *ret, struct arena *a, struct str text, int *ret_line, const char **ret_why) MUST_CHECK;

#endif
