#include "text/keep.h"
#include "text/slug.h"

#include <string.h>

static bool
is_title(struct str word)
{
	static const char *const titles[] = { "m", "mr", "mme", "mlle", "monsieur", "madame", "docteur", "dr", "maitre", "me" };
	for (size_t i = 0; i < sizeof(titles) / sizeof(*titles); i++)
		if (str_eq(word, str_of(titles[i])))
			return true;
	return false;
}

struct str
keep_words(struct arena *a, struct str q)
{
	for (size_t i = 0; i < q.n; i++) /* an e-mail, a web address, a telephone, a postcode */
		if (strchr("@/\\0123456789", q.p[i]))
			return STR_NONE;
	struct str slug = slug_of(a, q);
	char *p = arena_alloc(a, slug.n + 1);
	size_t words = 0, longest = 0;
	for (size_t i = 0, start = 0; i <= slug.n; i++) {
		p[i] = i < slug.n && slug.p[i] != '-' ? slug.p[i] : ' ';
		if (p[i] != ' ')
			continue;
		struct str word = { p + start, i - start };
		if (word.n > KEEP_LETTERS || is_title(word))
			return STR_NONE;
		longest = word.n > longest ? word.n : longest;
		words += word.n > 0;
		start = i + 1;
	}
	if (words == 0 || words > KEEP_WORDS || longest < 3)
		return STR_NONE;
	return (struct str){ p, slug.n };
}
