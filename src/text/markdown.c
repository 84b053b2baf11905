#include "text/markdown.h"
#include "base/buf.h"
#include "base/log.h"
#include "text/esc.h"
#include "text/typo.h"

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm-extension_api.h>
#include <cmark-gfm.h>
#include <pthread.h>
#include <stdlib.h>
#include <strings.h>

static const char *const extension_names[] = { "table", "strikethrough", "autolink" };
static cmark_syntax_extension *extensions[3];
static pthread_once_t once = PTHREAD_ONCE_INIT;
/* While it parses inlines, cmark-gfm adds the extensions' characters to tables shared by all threads, then takes them off. */
static pthread_mutex_t parsing = PTHREAD_MUTEX_INITIALIZER;

/* Quotes and lists within one another past this show no more: a line of ">" must not weigh a hundred times its length. */
#define NEST_MAX 12

struct render {
	struct buf b;
	bool inlined;   /* no block tags */
	int shift;      /* added to the level of headings */
	int nested;     /* quotes and lists around this place */
	bool head, body; /* inside this part of a table */
	int column;
	const uint8_t *alignments;
	int columns;
};

static void
extensions_find(void)
{
	cmark_gfm_core_extensions_ensure_registered();
	for (size_t i = 0; i < 3; i++) {
		extensions[i] = cmark_find_syntax_extension(extension_names[i]);
		if (!extensions[i])
			die("cmark-gfm has no extension %s", extension_names[i]);
	}
}

static cmark_node *
parse(struct str md)
{
	cmark_parser *parser;
	cmark_node *root;

	pthread_once(&once, extensions_find);
	parser = cmark_parser_new(CMARK_OPT_DEFAULT);
	pthread_mutex_lock(&parsing);
	for (size_t i = 0; i < 3; i++)
		cmark_parser_attach_syntax_extension(parser, extensions[i]);
	cmark_parser_feed(parser, md.n ? md.p : "", md.n);
	root = cmark_parser_finish(parser);
	pthread_mutex_unlock(&parsing);
	cmark_parser_free(parser);
	if (root)
		cmark_consolidate_text_nodes(root);
	return root;
}

static bool
url_allowed(struct str u)
{
	static const char *const schemes[] = { "http://", "https://", "mailto:" };

	for (size_t i = 0; i < 3; i++)
		if (u.n > strlen(schemes[i]) && strncasecmp(u.p, schemes[i], strlen(schemes[i])) == 0)
			return true;
	if (u.n == 0 || (u.n >= 2 && (u.p[0] == '/' || u.p[0] == '\\') && (u.p[1] == '/' || u.p[1] == '\\')))
		return false;
	for (size_t i = 0; i < u.n && u.p[i] != '/' && u.p[i] != '?' && u.p[i] != '#'; i++)
		if (u.p[i] == ':' || (unsigned char)u.p[i] <= 0x20)
			return false;
	return true;
}

static void
put_url(struct buf *b, struct str u)
{
	for (size_t i = 0; i < u.n; i++) {
		unsigned char c = (unsigned char)u.p[i];
		if (c == '&')
			buf_lit(b, "&amp;");
		else if (c <= 0x20 || c >= 0x7f || strchr("\"'<>\\^`{|}", c))
			buf_fmt(b, "%%%02X", (unsigned)c);
		else
			buf_char(b, (char)c);
	}
}

static void
put_tag(struct render *r, bool entering, const char *tag)
{
	if (r->inlined) {
		if (!entering)
			buf_char(&r->b, ' ');
		return;
	}
	buf_fmt(&r->b, entering ? "<%s>" : "</%s>\n", tag);
}

/* The same for what may hold itself: no tag of the deepest. */
static bool
too_deep(struct render *r, bool entering)
{
	return (entering ? ++r->nested : r->nested--) > NEST_MAX;
}

static struct str
literal(cmark_node *n)
{
	return str_of(cmark_node_get_literal(n));
}

static bool
in_tight_list(cmark_node *paragraph)
{
	cmark_node *item = cmark_node_parent(paragraph), *list = item ? cmark_node_parent(item) : NULL;
	return list && cmark_node_get_type(list) == CMARK_NODE_LIST && cmark_node_get_list_tight(list);
}

static void
put_link(struct render *r, cmark_node *n, bool entering)
{
	struct str url = str_of(cmark_node_get_url(n)), title = str_of(cmark_node_get_title(n));

	if (!url_allowed(url))
		return;
	if (!entering) {
		buf_lit(&r->b, "</a>");
		return;
	}
	buf_lit(&r->b, "<a href=\"");
	put_url(&r->b, url);
	if (title.n) {
		buf_lit(&r->b, "\" title=\"");
		esc_attr(&r->b, title);
	}
	buf_lit(&r->b, "\">");
}

/* Tables and strikethrough have no constants: their types are given when they register. */
static void
put_extension(struct render *r, cmark_node *n, bool entering)
{
	const char *type = cmark_node_get_type_string(n);

	if (strcmp(type, "strikethrough") == 0) {
		buf_put(&r->b, entering ? STR("<del>") : STR("</del>"));
	} else if (r->inlined) {
		if (!entering)
			buf_char(&r->b, ' ');
	} else if (strcmp(type, "table") == 0) {
		r->alignments = cmark_gfm_extensions_get_table_alignments(n);
		r->columns = cmark_gfm_extensions_get_table_columns(n);
		if (entering)
			buf_lit(&r->b, "<div class=\"defile\" tabindex=\"0\" role=\"group\" aria-label=\"Tableau\"><table>");
		else
			buf_put(&r->b, r->body ? STR("</tbody></table></div>\n") : STR("</table></div>\n"));
		r->head = r->body = false;
	} else if (strcmp(type, "table_header") == 0) {
		r->head = entering;
		r->column = 0;
		buf_put(&r->b, entering ? STR("<thead><tr>") : STR("</tr></thead>"));
	} else if (strcmp(type, "table_row") == 0) {
		if (entering && !r->body)
			buf_lit(&r->b, "<tbody>");
		r->body = true;
		r->column = 0;
		buf_put(&r->b, entering ? STR("<tr>") : STR("</tr>"));
	} else if (strcmp(type, "table_cell") == 0) {
		if (!entering) {
			buf_put(&r->b, r->head ? STR("</th>") : STR("</td>"));
			r->column++;
			return;
		}
		buf_put(&r->b, r->head ? STR("<th scope=\"col\"") : STR("<td"));
		if (r->column < r->columns && r->alignments[r->column] == 'r')
			buf_lit(&r->b, " class=\"num\"");
		buf_char(&r->b, '>');
	}
}

static void
put_node(struct render *r, cmark_node *n, bool entering)
{
	int level;

	switch (cmark_node_get_type(n)) {
	case CMARK_NODE_DOCUMENT:
		return;
	case CMARK_NODE_BLOCK_QUOTE:
		if (!too_deep(r, entering))
			put_tag(r, entering, "blockquote");
		return;
	case CMARK_NODE_LIST:
		if (too_deep(r, entering))
			return;
		if (cmark_node_get_list_type(n) == CMARK_ORDERED_LIST && entering && !r->inlined && cmark_node_get_list_start(n) != 1)
			buf_fmt(&r->b, "<ol start=\"%d\">", cmark_node_get_list_start(n));
		else
			put_tag(r, entering, cmark_node_get_list_type(n) == CMARK_ORDERED_LIST ? "ol" : "ul");
		return;
	case CMARK_NODE_ITEM:
		if (r->nested <= NEST_MAX)
			put_tag(r, entering, "li");
		else if (!entering)
			buf_char(&r->b, '\n');
		return;
	case CMARK_NODE_PARAGRAPH:
		if (r->inlined || !in_tight_list(n))
			put_tag(r, entering, "p");
		return;
	case CMARK_NODE_HEADING:
		level = cmark_node_get_heading_level(n) + r->shift;
		put_tag(r, entering, (const char[]){ 'h', (char)('0' + (level > 6 ? 6 : level < 1 ? 1 : level)), '\0' });
		return;
	case CMARK_NODE_THEMATIC_BREAK:
		if (!r->inlined)
			buf_lit(&r->b, "<hr>\n");
		return;
	case CMARK_NODE_CODE_BLOCK:
		buf_put(&r->b, r->inlined ? STR("<code>") : STR("<pre><code>"));
		esc_text(&r->b, literal(n));
		buf_put(&r->b, r->inlined ? STR("</code> ") : STR("</code></pre>\n"));
		return;
	case CMARK_NODE_HTML_BLOCK:
		put_tag(r, true, "p");
		esc_text(&r->b, literal(n));
		put_tag(r, false, "p");
		return;
	case CMARK_NODE_TEXT:
		typo_put(&r->b, literal(n), TYPO_HTML);
		return;
	case CMARK_NODE_HTML_INLINE:
		esc_text(&r->b, literal(n));
		return;
	case CMARK_NODE_SOFTBREAK:
		buf_char(&r->b, '\n');
		return;
	case CMARK_NODE_LINEBREAK:
		buf_lit(&r->b, "<br>\n");
		return;
	case CMARK_NODE_CODE:
		buf_lit(&r->b, "<code>");
		esc_text(&r->b, literal(n));
		buf_lit(&r->b, "</code>");
		return;
	case CMARK_NODE_EMPH:
		buf_put(&r->b, entering ? STR("<em>") : STR("</em>"));
		return;
	case CMARK_NODE_STRONG:
		buf_put(&r->b, entering ? STR("<strong>") : STR("</strong>"));
		return;
	case CMARK_NODE_LINK:
		put_link(r, n, entering);
		return;
	case CMARK_NODE_IMAGE: /* its words stay */
		return;
	default:
		put_extension(r, n, entering);
		return;
	}
}

static void
put_tree(struct render *r, cmark_node *root, int first_heading_level)
{
	cmark_event_type event;
	int highest = 6;

	cmark_iter *it = cmark_iter_new(root); /* headings may stand in quotes and lists */
	while (cmark_iter_next(it) != CMARK_EVENT_DONE) {
		cmark_node *n = cmark_iter_get_node(it);
		if (cmark_node_get_type(n) == CMARK_NODE_HEADING && cmark_node_get_heading_level(n) < highest)
			highest = cmark_node_get_heading_level(n);
	}
	cmark_iter_free(it);
	r->shift = first_heading_level - highest;
	it = cmark_iter_new(root);
	while ((event = cmark_iter_next(it)) != CMARK_EVENT_DONE)
		put_node(r, cmark_iter_get_node(it), event == CMARK_EVENT_ENTER);
	cmark_iter_free(it);
}

static struct html
render(struct arena *a, struct str md, bool inlined, int first_heading_level)
{
	struct render r = { .inlined = inlined };

	buf_init(&r.b, a, md.n + md.n / 4 + 64);
	cmark_node *root = md.n <= MARKDOWN_BYTES_MAX ? parse(md) : NULL;
	if (root) {
		put_tree(&r, root, first_heading_level);
		cmark_node_free(root);
	} else {
		put_tag(&r, true, "p");
		esc_text(&r.b, md);
		put_tag(&r, false, "p");
	}
	while (r.b.n && (r.b.p[r.b.n - 1] == ' ' || r.b.p[r.b.n - 1] == '\n'))
		r.b.n--;
	return (struct html){ r.b.p, r.b.n };
}

struct html
markdown_render(struct arena *a, struct str md, int first_heading_level)
{
	return render(a, md, false, first_heading_level);
}

struct html
markdown_inline(struct arena *a, struct str md)
{
	return render(a, md, true, 1);
}
