#include "text/markdown.h"

#include "base/log.h"
#include "text/typo.h"

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm.h>
#include <pthread.h>
#include <stdlib.h>
#include <strings.h>

/* cmark-gfm keeps its special characters in a global that each parse with extensions changes: one parse at a time. */
static pthread_mutex_t parsing = PTHREAD_MUTEX_INITIALIZER;

static cmark_node *
parse(struct str text, int options, cmark_parser **ret_parser)
{
	static const char *const names[] = { "table", "strikethrough", "autolink" };

	pthread_mutex_lock(&parsing);
	cmark_gfm_core_extensions_ensure_registered();
	cmark_parser *parser = cmark_parser_new(options);
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		cmark_syntax_extension *e = cmark_find_syntax_extension(names[i]);
		if (!e)
			die("cmark-gfm has no extension %s", names[i]);
		cmark_parser_attach_syntax_extension(parser, e);
	}
	cmark_parser_feed(parser, text.n ? text.p : "", text.n);
	cmark_node *root = cmark_parser_finish(parser);
	pthread_mutex_unlock(&parsing);
	*ret_parser = parser;
	return root;
}

static bool
starts(const char *s, const char *prefix)
{
	return strncasecmp(s, prefix, strlen(prefix)) == 0;
}

static bool
link_allowed(const char *url)
{
	if (starts(url, "https://") || starts(url, "http://") || starts(url, "mailto:"))
		return true;
	if (url[0] == '#' || (url[0] == '/' && url[1] != '/' && url[1] != '\\'))
		return true;
	for (; *url && *url != '/' && *url != '?' && *url != '#'; url++)
		if (*url == ':' || *url == '\\' || *url == '&' || (unsigned char)*url < 0x20)
			return false;
	return *url == 0 || *url == '?' || *url == '#';
}

static void
replace_by_children(cmark_node *n)
{
	for (cmark_node *child; (child = cmark_node_first_child(n));)
		if (!cmark_node_insert_before(n, child))
			cmark_node_free(child);
	cmark_node_free(n);
}

static void
replace_by_text(cmark_node *n, bool block)
{
	cmark_node *text = cmark_node_new(CMARK_NODE_TEXT), *put = text;

	cmark_node_set_literal(text, cmark_node_get_literal(n));
	if (block) {
		put = cmark_node_new(CMARK_NODE_PARAGRAPH);
		cmark_node_append_child(put, text);
	}
	if (!cmark_node_replace(n, put))
		cmark_node_free(put);
	cmark_node_free(n);
}

static void
set_typography(struct arena *a, cmark_node *n)
{
	struct str s = str_of(cmark_node_get_literal(n));
	struct buf b;

	buf_init(&b, a, s.n + 16);
	typo_put(&b, s, TYPO_RAW);
	cmark_node_set_literal(n, arena_cstr(a, buf_str(&b)));
}

static int
highest_heading(cmark_node *root)
{
	int level = 7;
	cmark_iter *it = cmark_iter_new(root);

	while (cmark_iter_next(it) != CMARK_EVENT_DONE) {
		cmark_node *n = cmark_iter_get_node(it);
		if (cmark_node_get_type(n) == CMARK_NODE_HEADING && cmark_node_get_heading_level(n) < level)
			level = cmark_node_get_heading_level(n);
	}
	cmark_iter_free(it);
	return level;
}

/* Called when all below n has been seen: n may go away. */
static void
clean(struct arena *a, cmark_node *n, int shift)
{
	cmark_node_type type = cmark_node_get_type(n);

	if (type == CMARK_NODE_TEXT) {
		cmark_node *up = cmark_node_parent(n);
		const char *url = up && cmark_node_get_type(up) == CMARK_NODE_LINK ? cmark_node_get_url(up) : NULL;
		if (!url || !strstr(url, cmark_node_get_literal(n))) /* a bare link stays as written */
			set_typography(a, n);
	} else if (type == CMARK_NODE_HTML_INLINE) {
		replace_by_text(n, false);
	} else if (type == CMARK_NODE_HTML_BLOCK) {
		replace_by_text(n, true);
	} else if (type == CMARK_NODE_IMAGE) {
		replace_by_children(n);
	} else if (type == CMARK_NODE_LINK) {
		const char *url = cmark_node_get_url(n);
		if (!url || !link_allowed(url))
			replace_by_children(n);
	} else if (type == CMARK_NODE_HEADING) {
		int level = cmark_node_get_heading_level(n) + shift;
		cmark_node_set_heading_level(n, level > 6 ? 6 : level < 1 ? 1 : level);
	} else if (strcmp(cmark_node_get_type_string(n), "table") == 0) { /* align= is not valid HTML */
		uint8_t none[256] = { 0 };
		uint16_t columns = cmark_gfm_extensions_get_table_columns(n);
		if (columns <= sizeof(none))
			cmark_gfm_extensions_set_table_alignments(n, columns, none);
	}
}

struct html
markdown_html(struct arena *a, struct str text, int level)
{
	const int options = CMARK_OPT_DEFAULT | CMARK_OPT_VALIDATE_UTF8;
	cmark_parser *parser;

	if (text.n > MARKDOWN_BYTES_MAX) {
		text.n = MARKDOWN_BYTES_MAX;
		while (text.n && text.p[text.n - 1] != '\n')
			text.n--;
	}
	cmark_node *root = parse(text, options, &parser);
	cmark_consolidate_text_nodes(root);
	int shift = level - highest_heading(root);
	/* The iterator has already moved past a node when it leaves it: freeing that node is allowed. */
	cmark_iter *it = cmark_iter_new(root);
	for (cmark_event_type e; (e = cmark_iter_next(it)) != CMARK_EVENT_DONE;) {
		cmark_node *n = cmark_iter_get_node(it);
		cmark_node_type type = cmark_node_get_type(n);
		bool leaf = type == CMARK_NODE_TEXT || type == CMARK_NODE_HTML_INLINE || type == CMARK_NODE_HTML_BLOCK;
		if (leaf || e == CMARK_EVENT_EXIT)
			clean(a, n, shift);
	}
	cmark_iter_free(it);
	char *out = cmark_render_html(root, options, cmark_parser_get_syntax_extensions(parser));
	struct str copy = arena_str(a, str_of(out));
	free(out);
	cmark_node_free(root);
	cmark_parser_free(parser);
	return (struct html){ copy.p, copy.n };
}
