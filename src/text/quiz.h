/*
 * quiz: the text of a question: prose, and choices if it has some. Layer 1, pure.
 * A choice is a line "- [x] Its words | why" (right) or "- [ ] Its words | why" (not), as lists to tick are written in Markdown; why may be
 * missing. All other lines are prose, kept as they are. Everything returned lives in the arena or is a slice of the text. Nothing fails.
 */
#ifndef TEXT_QUIZ_H
#define TEXT_QUIZ_H
#include "base/arena.h"

enum { QUIZ_CHOICES_MAX = 12 }; /* lines beyond are prose */

struct quiz_choice {
	struct str words, why; /* trimmed */
	bool right;
};

struct quiz {
	struct str prose; /* without the choices, trimmed */
	const struct quiz_choice *choices;
	size_t n;
};

struct quiz quiz_read(struct arena *a, struct str text);

#endif
