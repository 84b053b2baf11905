#include "text/excerpt.h"

#include "text/typo.h"

struct html
excerpt_html(struct arena *a, struct str marked)
{
	struct buf b;
	bool open = false;
	buf_init(&b, a, marked.n + marked.n / 4 + 64);
	for (size_t i = 0, from = 0; i <= marked.n; i++) {
		if (i < marked.n && marked.p[i] != '\1' && marked.p[i] != '\2')
			continue;
		typo_put(&b, (struct str){ marked.p + from, i - from }, TYPO_HTML);
		from = i + 1;
		bool start = i < marked.n && marked.p[i] == '\1';
		if (start == open)
			continue;
		if (open)
			buf_lit(&b, "</mark>");
		else
			buf_lit(&b, "<mark>");
		open = start;
	}
	struct str s = buf_str(&b);
	return (struct html){ s.p, s.n };
}
