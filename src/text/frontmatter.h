/*
 * frontmatter: a sheet's file: "key: value" lines between two "---", then sections "## key". Layer 1, pure.
 * Everything returned is a slice of the text; the arrays live in the arena. A section's body keeps its inner lines as written;
 * a "## " inside a fenced code block does not start a section.
 */
#ifndef TEXT_FRONTMATTER_H
#define TEXT_FRONTMATTER_H
#include "base/arena.h"

struct frontmatter_field {
	struct str key, value; /* trimmed; a key may come several times */
	int line;
};

struct frontmatter_section {
	struct str key, body;
	int line; /* of its title */
};

struct frontmatter {
	struct frontmatter_field *fields;
	size_t nfields;
	struct frontmatter_section *sections;
	size_t nsections;
};

/* false: *ret_why is a French sentence, *ret_line where. */
bool frontmatter_parse(struct frontmatter *ret, struct arena *a, struct str text, int *ret_line, const char **ret_why) MUST_CHECK;

/* Off a section `etapes`: the next "### Titre | durée" and what follows it, its "> Boîte à outils : …" apart. */
struct frontmatter_step {
	struct str title, duration, body, tools;
};
bool frontmatter_next_step(struct arena *a, struct str *rest, struct frontmatter_step *ret) MUST_CHECK;

/* Off a section `valeurs`: the next "- label ; value ; unit ; year ; territory"; what is missing is empty. */
struct frontmatter_value {
	struct str label, value, unit, year, territory;
};
bool frontmatter_next_value(struct str *rest, struct frontmatter_value *ret) MUST_CHECK;

#endif
