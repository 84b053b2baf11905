#include "mail/letter.h"
#include "text/esc.h"
#include "text/tpl.h"
#include "text/typo.h"
#include "text/utf8.h"

#define TEXT_COLUMNS 72

static bool
is_web(struct str s)
{
	return (s.n > 8 && !memcmp(s.p, "https://", 8)) || (s.n > 7 && !memcmp(s.p, "http://", 7));
}

/* A paragraph in lines of 72 characters; a longer word stands alone. The writer's own ends of line stay. */
static void
wrapped(struct buf *b, struct str s)
{
	size_t column = 0;

	for (size_t i = 0; i < s.n;) {
		if (s.p[i] == ' ' || s.p[i] == '\n') {
			if (s.p[i] == '\n')
				buf_char(b, '\n'), column = 0;
			i++;
			continue;
		}
		size_t end = i;
		while (end < s.n && s.p[end] != ' ' && s.p[end] != '\n')
			end++;
		struct str word = { s.p + i, end - i };
		size_t width = utf8_valid(word) ? utf8_length(word) : word.n;
		if (column > 0 && column + 1 + width > TEXT_COLUMNS)
			buf_char(b, '\n'), column = 0;
		if (column > 0)
			buf_char(b, ' '), column++;
		buf_put(b, word);
		column += width;
		i = end;
	}
	buf_char(b, '\n');
}

static void
text_paragraph(struct buf *b, struct str s)
{
	struct buf set;

	buf_init(&set, b->arena, s.n + s.n / 8 + 16);
	typo_put(&set, s, TYPO_RAW);
	wrapped(b, buf_str(&set));
}

static void
text_link(struct buf *b, struct letter_link l)
{
	struct buf set;

	buf_init(&set, b->arena, l.label.n + 16);
	typo_put(&set, l.label, TYPO_RAW);
	buf_fmt(b, "%.*s" "\xc2\xa0" ":\n%.*s\n", (int)set.n, set.p, (int)l.url.n, l.url.p);
}

void
letter_text(struct buf *b, const struct letter *l)
{
	bool first = true;

	for (size_t i = 0; i < l->nparagraphs; i++, first = false) {
		buf_put(b, first ? STR("") : STR("\n"));
		text_paragraph(b, l->paragraphs[i]);
	}
	for (size_t i = 0; i < l->nlinks; i++) {
		if (!is_web(l->links[i].url))
			continue;
		buf_put(b, first ? STR("") : STR("\n"));
		text_link(b, l->links[i]);
		first = false;
	}
	for (size_t i = 0; i < l->nafter; i++, first = false) {
		buf_put(b, first ? STR("") : STR("\n"));
		text_paragraph(b, l->after[i]);
	}
}

/* A paragraph's own ends of line are kept: <br>. */
static void
html_paragraph(struct buf *b, struct str s)
{
	buf_lit(b, "<p style=\"margin:0 0 16px\">");
	while (s.n > 0) {
		const char *end = memchr(s.p, '\n', s.n);
		size_t n = end ? (size_t)(end - s.p) : s.n;
		tpl_text_str(b, (struct str){ s.p, n });
		if (end)
			buf_lit(b, "<br>\n");
		n += end ? 1 : 0;
		s = (struct str){ s.p + n, s.n - n };
	}
	buf_lit(b, "</p>\n");
}

static void
html_link(struct buf *b, struct letter_link l, bool button)
{
	buf_lit(b, "<p style=\"margin:0 0 16px\"><a href=\"");
	esc_attr(b, l.url);
	buf_put(b, button ? STR("\" style=\"display:inline-block;padding:12px 20px;background:#ffd02e;color:#17252a;border:1px solid #17252a;"
	                        "border-radius:6px;font-family:Arial,sans-serif;font-weight:bold;text-decoration:none\">")
	                  : STR("\" style=\"color:#1f5c86\">"));
	tpl_text_str(b, l.label);
	buf_lit(b, "</a></p>\n");
}

void
letter_html(struct buf *b, const struct letter *l)
{
	bool button = true;

	for (size_t i = 0; i < l->nparagraphs; i++)
		html_paragraph(b, l->paragraphs[i]);
	for (size_t i = 0; i < l->nlinks; i++) {
		if (!is_web(l->links[i].url))
			continue;
		html_link(b, l->links[i], button);
		button = false;
	}
	for (size_t i = 0; i < l->nafter; i++)
		html_paragraph(b, l->after[i]);
}

void
letter_whole_text(struct buf *b, struct str body, const struct letter_around *a)
{
	buf_put(b, body);
	buf_fmt(b, "\n-- \n%.*s, %.*s\n", (int)a->name.n, a->name.p, (int)a->home.n, a->home.p);
	if (a->reason.n)
		text_paragraph(b, a->reason);
	if (is_web(a->unsubscribe))
		text_link(b, (struct letter_link){ STR("Ne plus recevoir ces courriels"), a->unsubscribe });
}

/* Colours are those of web/assets/css/01-tokens.css: programs that read mail want them on each element. */
void
letter_whole_html(struct buf *b, struct html body, const struct letter_around *a)
{
	buf_lit(b, "<!doctype html>\n<html lang=\"fr\"><head><meta charset=\"utf-8\">"
	           "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\"><meta name=\"color-scheme\" content=\"light\"><title>");
	tpl_text_str(b, a->subject);
	buf_lit(b, "</title></head>\n<body style=\"margin:0;padding:0;background:#f4f6ef;color:#17252a\">\n"
	           "<div lang=\"fr\" style=\"max-width:36rem;margin:0 auto;padding:24px 16px;font-family:Georgia,serif;font-size:17px;line-height:1.5\">\n"
	           "<p style=\"margin:0 0 16px;font-family:Arial,sans-serif;font-weight:bold;font-size:18px\"><a href=\"");
	esc_attr(b, a->home);
	buf_lit(b, "\" style=\"color:#17252a;text-decoration:none\">");
	tpl_text_str(b, a->name);
	buf_lit(b, "</a></p>\n<div style=\"background:#ffffff;border:1px solid #d3d8d0;border-top:4px solid #ffd02e;border-radius:6px;padding:24px 24px 8px\">\n"
	           "<h1 style=\"margin:0 0 16px;font-family:Arial,sans-serif;font-size:22px;line-height:1.25\">");
	tpl_text_str(b, a->subject);
	buf_lit(b, "</h1>\n");
	buf_mem(b, body.p, body.n);
	buf_lit(b, "</div>\n");
	if (a->reason.n || is_web(a->unsubscribe)) {
		buf_lit(b, "<p style=\"margin:16px 0 0;color:#4a595d;font-family:Arial,sans-serif;font-size:14px\">");
		tpl_text_str(b, a->reason);
		if (is_web(a->unsubscribe)) {
			buf_lit(b, " <a href=\"");
			esc_attr(b, a->unsubscribe);
			buf_lit(b, "\" style=\"color:#4a595d\">Ne plus recevoir ces courriels</a>");
		}
		buf_lit(b, "</p>\n");
	}
	buf_lit(b, "</div>\n</body></html>\n");
}
