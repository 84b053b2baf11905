/*
 * tplc: compiles the templates of web/templates to C. Build tool.
 *     tplc OUT_H OUT_C MANIFEST FILES...
 * NAME.html becomes void tpl_NAME(struct buf *b, const struct X *v), where its first line is {{!struct X}}. The syntax is told in
 * HACKING.md. A field that does not exist or has the wrong type is an error of the C compiler at the template's line; what the
 * compiler cannot see (where an interpolation stands in the HTML) is refused here: "file:line: message", exit status 1, no output.
 */
#include "base/buf.h"
#include "text/typo.h"

#include <ctype.h>
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

/* Where we are in the HTML. TAG_GLUED: in a tag, right after a word, a value or a {{section}}: a space must come first. */
enum state { TEXT, TAG_OPEN, TAG_NAME, TAG, TAG_GLUED, ATTR_NAME, ATTR_EQUAL, VALUE_DOUBLE, VALUE_SINGLE, COMMENT, DECLARATION, RAW };
enum { NAME_MAX_BYTES = 64, DEPTH_MAX = 32 };

struct section {
	struct str name;
	int line;
	bool list;
	enum state state;
	int verbatim;
};

struct asset {
	struct str name, hashed;
};

struct tplc {
	struct arena *arena;
	struct buf head, code; /* the two outputs */
	struct asset *assets;
	size_t nassets;
	char **files;
	size_t nfiles;
	bool failed;
	jmp_buf next_file;

	/* the template being compiled */
	const char *path;
	struct str src;
	size_t at;
	int line;
	struct buf text, lit; /* characters between two tags; static bytes ready to be written */
	enum state state;
	char tag[NAME_MAX_BYTES], attr[NAME_MAX_BYTES];
	bool closing;  /* the tag is an end tag */
	int verbatim;  /* depth of pre, code, kbd, samp, textarea: no typography there */
	struct section sections[DEPTH_MAX];
	int nsections;
};

static void fail(struct tplc *t, int line, const char *fmt, ...) __attribute__((noreturn, format(printf, 3, 4)));

static void
fail(struct tplc *t, int line, const char *fmt, ...)
{
	va_list ap;

	fprintf(stderr, "%s:%d: ", t->path, line);
	va_start(ap, fmt);
	vfprintf(stderr, fmt, ap);
	va_end(ap);
	fputc('\n', stderr);
	t->failed = true;
	longjmp(t->next_file, 1);
}

static struct str
read_whole(struct arena *a, const char *path)
{
	FILE *f = fopen(path, "re");
	struct buf b;
	char chunk[8192];
	size_t n;

	if (!f) {
		fprintf(stderr, "%s: %s\n", path, strerror(errno));
		exit(1);
	}
	buf_init(&b, a, sizeof(chunk));
	while ((n = fread(chunk, 1, sizeof(chunk), f)) > 0)
		buf_mem(&b, chunk, n);
	fclose(f);
	return buf_str(&b);
}

static void
write_whole(const char *path, struct str s)
{
	FILE *f = fopen(path, "we");

	if (!f || fwrite(s.p, 1, s.n, f) != s.n || fclose(f) != 0) {
		fprintf(stderr, "%s: %s\n", path, strerror(errno));
		remove(path);
		exit(1);
	}
}

static void
manifest_read(struct tplc *t, const char *path)
{
	struct str s = read_whole(t->arena, path);
	size_t lines = 0;

	for (size_t i = 0; i < s.n; i++)
		lines += s.p[i] == '\n';
	t->assets = arena_array(t->arena, struct asset, lines + 1);
	for (size_t i = 0; i < s.n;) {
		const char *end = memchr(s.p + i, '\n', s.n - i);
		size_t n = end ? (size_t)(end - (s.p + i)) : s.n - i;
		const char *tab = memchr(s.p + i, '\t', n);
		if (tab) {
			size_t left = (size_t)(tab - (s.p + i));
			t->assets[t->nassets++] =
				(struct asset){ { s.p + i, left }, { tab + 1, n - left - 1 } };
		}
		i += n + 1;
	}
}

/* ---- Static text ---- */

/* Runs of white space become one character (a newline if there was one), then French typography. */
static void
text_flush(struct tplc *t)
{
	struct str s = buf_str(&t->text);

	if (s.n == 0)
		return;
	if (t->verbatim) {
		buf_put(&t->lit, s);
	} else {
		char *out = arena_alloc(t->arena, s.n);
		size_t n = 0;
		for (size_t i = 0; i < s.n;) {
			bool newline = false;
			size_t from = i;
			while (i < s.n && strchr(" \t\r\n", s.p[i]) && s.p[i])
				newline |= s.p[i++] == '\n';
			if (i > from)
				out[n++] = newline ? '\n' : ' ';
			else
				out[n++] = s.p[i++];
		}
		typo_put(&t->lit, (struct str){ out, n }, TYPO_RAW);
	}
	t->text.n = 0;
}

static void
lit_flush(struct tplc *t)
{
	text_flush(t);
	if (t->lit.n == 0)
		return;
	buf_lit(&t->code, "\tbuf_mem(b, \"");
	for (size_t i = 0; i < t->lit.n; i++) {
		char c = t->lit.p[i];
		if (c == '\n')
			buf_lit(&t->code, "\\n");
		else if (c == '"' || c == '\\' || c == '?')
			buf_fmt(&t->code, "\\%c", c);
		else if ((unsigned char)c < 0x20 || (unsigned char)c >= 0x7f)
			buf_fmt(&t->code, "\\%03o", (unsigned)(unsigned char)c);
		else
			buf_char(&t->code, c);
	}
	buf_fmt(&t->code, "\", %zu);\n", t->lit.n);
	t->lit.n = 0;
}

static void
name_add(struct tplc *t, char *name, char c)
{
	size_t n = strlen(name);

	if (n + 1 >= NAME_MAX_BYTES)
		fail(t, t->line, "nom trop long dans une balise");
	name[n] = (char)tolower((unsigned char)c);
	name[n + 1] = '\0';
}

static bool
name_in(const char *name, const char *const *list)
{
	for (; *list; list++)
		if (strcmp(name, *list) == 0)
			return true;
	return false;
}

static void
tag_end(struct tplc *t)
{
	static const char *const verbatim[] = { "pre", "code", "kbd", "samp", "textarea", NULL };
	static const char *const raw[] = { "script", "style", NULL };
	bool alone = t->lit.n > 1 && t->lit.p[t->lit.n - 2] == '/';

	t->state = TEXT;
	if (alone)
		return;
	if (name_in(t->tag, verbatim)) {
		t->verbatim += t->closing ? -1 : 1;
		if (t->verbatim < 0)
			fail(t, t->line, "</%s> sans balise ouvrante", t->tag);
	} else if (!t->closing && name_in(t->tag, raw)) {
		t->state = RAW;
	}
}

static bool
src_is(const struct tplc *t, const char *word)
{
	size_t n = strlen(word);
	return t->src.n - t->at >= n && memcmp(t->src.p + t->at, word, n) == 0;
}

/* One static byte: copied, and the state follows. */
static void
static_byte(struct tplc *t)
{
	char c = t->src.p[t->at];
	bool space = c == ' ' || c == '\t' || c == '\n' || c == '\r';

	if (t->state == TEXT && c != '<') {
		buf_char(&t->text, c);
		goto next;
	}
	text_flush(t);
	switch (t->state) {
	case TEXT:
		t->tag[0] = t->attr[0] = '\0';
		t->closing = false;
		t->state = src_is(t, "<!--") ? COMMENT : src_is(t, "<!") ? DECLARATION : TAG_OPEN;
		break;
	case TAG_OPEN:
		if (c == '/' && !t->closing) {
			t->closing = true;
			break;
		}
		if (!isalpha((unsigned char)c))
			fail(t, t->line, "« < » doit s'écrire &lt; dans le texte");
		name_add(t, t->tag, c);
		t->state = TAG_NAME;
		break;
	case TAG_NAME:
	case ATTR_NAME:
	case TAG:
	case TAG_GLUED:
		if (c == '>') {
			buf_char(&t->lit, c);
			tag_end(t);
			goto next;
		}
		if (space) {
			if (t->state != TAG)
				buf_char(&t->lit, ' ');
			t->state = TAG;
			goto next;
		}
		if (c == '/') {
			t->state = TAG_GLUED;
			break;
		}
		if (c == '=') {
			if (t->state != ATTR_NAME)
				fail(t, t->line, "« = » sans nom d'attribut");
			t->state = ATTR_EQUAL;
			break;
		}
		if (t->state == TAG_GLUED)
			fail(t, t->line, "il manque une espace avant « %c »", c);
		if (c == '"' || c == '\'' || c == '<')
			fail(t, t->line, "« %c » inattendu dans une balise", c);
		if (t->state == TAG)
			t->attr[0] = '\0';
		if (t->state == TAG_NAME)
			name_add(t, t->tag, c);
		else
			name_add(t, t->attr, c), t->state = ATTR_NAME;
		break;
	case ATTR_EQUAL:
		if (c != '"' && c != '\'')
			fail(t, t->line, "la valeur de l'attribut %s doit être entre guillemets", t->attr);
		t->state = c == '"' ? VALUE_DOUBLE : VALUE_SINGLE;
		break;
	case VALUE_DOUBLE:
	case VALUE_SINGLE:
		if (c == (t->state == VALUE_DOUBLE ? '"' : '\''))
			t->state = TAG_GLUED;
		break;
	case COMMENT:
		if (c == '>' && t->at >= 2 && memcmp(t->src.p + t->at - 2, "--", 2) == 0)
			t->state = TEXT;
		break;
	case DECLARATION:
		if (c == '>')
			t->state = TEXT;
		break;
	case RAW:
		if (src_is(t, "</script") || src_is(t, "</style"))
			t->tag[0] = t->attr[0] = '\0', t->closing = false, t->state = TAG_OPEN;
		break;
	}
	buf_char(&t->lit, c);
next:
	t->line += c == '\n';
	t->at++;
}

/* ---- {{…}} ---- */

static bool
name_valid(struct str s)
{
	bool start = true;

	for (size_t i = 0; i < s.n; i++) {
		if (start ? !(islower((unsigned char)s.p[i]) || s.p[i] == '_')
			  : !(islower((unsigned char)s.p[i]) || isdigit((unsigned char)s.p[i]) || s.p[i] == '_' || s.p[i] == '.'))
			return false;
		start = s.p[i] == '.';
	}
	return s.n > 0 && !start;
}

/* The loop variable `up` levels out of the current scope: "v", "e1", "e2"… */
static struct str
scope(struct tplc *t, int up)
{
	int depth = 0;

	for (int i = 0; i < t->nsections; i++)
		depth += t->sections[i].list;
	if (up > depth)
		fail(t, t->line, "« ../ » sort du modèle");
	return depth == up ? STR("v") : arena_fmt(t->arena, "e%d", depth - up);
}

/* A name of the template as a C expression. */
static struct str
expression(struct tplc *t, struct str name)
{
	int up = 0;
	struct str rest = name;

	while (rest.n >= 3 && memcmp(rest.p, "../", 3) == 0)
		rest.p += 3, rest.n -= 3, up++;
	struct str base = scope(t, up);
	if (str_eq(rest, STR(".")))
		return arena_fmt(t->arena, "(*%.*s)", (int)base.n, base.p);
	if (!name_valid(rest))
		fail(t, t->line, "nom illisible « %.*s »", (int)name.n, name.p);
	return arena_fmt(t->arena, "%.*s->%.*s", (int)base.n, base.p, (int)rest.n, rest.p);
}

static void statement(struct tplc *t, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

static void
statement(struct tplc *t, const char *fmt, ...)
{
	va_list ap;
	char *line = NULL;

	lit_flush(t);
	va_start(ap, fmt);
	int n = vasprintf(&line, fmt, ap);
	va_end(ap);
	if (n < 0)
		fail(t, t->line, "mémoire épuisée");
	buf_fmt(&t->code, "#line %d \"%s\"\n\t%s\n", t->line, t->path, line);
	free(line);
}

/* The tag's words are over: what a {{section}} between attributes sees. */
static enum state
state_settled(enum state s)
{
	return s == TAG_NAME || s == ATTR_NAME ? TAG_GLUED : s;
}

static void
section_open(struct tplc *t, char kind, struct str name)
{
	if (t->nsections == DEPTH_MAX)
		fail(t, t->line, "plus de %d sections imbriquées", DEPTH_MAX);
	if (t->state == ATTR_EQUAL || t->state == COMMENT || t->state == DECLARATION || t->state == RAW || t->state == TAG_OPEN)
		fail(t, t->line, "« {{%c%.*s}} » à un endroit interdit", kind, (int)name.n, name.p);
	struct str x = expression(t, name);
	t->state = state_settled(t->state);
	if (kind == '#')
		statement(t, "tpl_list(%.*s); for (size_t i%d = 0; i%d < %.*s.n; i%d++) {", (int)x.n, x.p, t->nsections, t->nsections, (int)x.n, x.p, t->nsections);
	else
		statement(t, "if (%stpl_true(%.*s)) {", kind == '^' ? "!" : "", (int)x.n, x.p);
	t->sections[t->nsections] =
		(struct section){ .name = name, .line = t->line, .list = kind == '#', .state = t->state, .verbatim = t->verbatim };
	t->nsections++;
	if (kind == '#') {
		struct str e = scope(t, 0);
		statement(t, "__auto_type %.*s = &%.*s.p[i%d]; (void)%.*s;", (int)e.n, e.p, (int)x.n, x.p, t->nsections - 1, (int)e.n, e.p);
	}
}

static void
section_close(struct tplc *t, struct str name)
{
	if (t->nsections == 0)
		fail(t, t->line, "« {{/%.*s}} » ne ferme rien", (int)name.n, name.p);
	struct section *s = &t->sections[t->nsections - 1];
	if (!str_eq(s->name, name))
		fail(t, t->line, "« {{/%.*s}} » ferme « %.*s » ouvert ligne %d", (int)name.n, name.p, (int)s->name.n, s->name.p, s->line);
	enum state now = state_settled(t->state), then = s->state;
	bool in_tag = (now == TAG || now == TAG_GLUED) && (then == TAG || then == TAG_GLUED);
	if ((now != then && !in_tag) || t->verbatim != s->verbatim)
		fail(t, t->line, "« {{/%.*s}} » n'est pas au même endroit du HTML que son ouverture, ligne %d", (int)name.n, name.p, s->line);
	t->state = in_tag && then == TAG_GLUED ? TAG_GLUED : now;
	statement(t, "}");
	t->nsections--;
}

static void
interpolate(struct tplc *t, struct str name)
{
	static const char *const urls[] = { "href", "src", "action", "formaction", "poster", "data", "cite", "xlink:href", NULL };
	static const char *const never[] = { "style", "srcdoc", "srcset", "ping", NULL };
	const char *call;

	switch (t->state) {
	case TEXT:
		call = t->verbatim ? "tpl_attr" : "tpl_text";
		break;
	case VALUE_DOUBLE:
	case VALUE_SINGLE:
		if (strncmp(t->attr, "on", 2) == 0 || name_in(t->attr, never))
			fail(t, t->line, "« {{%.*s}} » interdit dans l'attribut %s", (int)name.n, name.p, t->attr);
		call = name_in(t->attr, urls) ? "tpl_url" : "tpl_attr";
		break;
	case COMMENT:
		fail(t, t->line, "« {{%.*s}} » interdit dans un commentaire", (int)name.n, name.p);
	case RAW:
		fail(t, t->line, "« {{%.*s}} » interdit dans script et style", (int)name.n, name.p);
	case TAG_OPEN:
	case TAG_NAME:
	case TAG:
	case TAG_GLUED:
	case ATTR_NAME:
	case ATTR_EQUAL:
	case DECLARATION:
	default:
		fail(t, t->line, "« {{%.*s}} » n'est pas entre guillemets", (int)name.n, name.p);
	}
	struct str x = expression(t, name);
	statement(t, "%s(b, %.*s);", call, (int)x.n, x.p);
}

static struct str
template_name(const char *path)
{
	const char *slash = strrchr(path, '/');
	struct str s = str_of(slash ? slash + 1 : path);

	if (s.n > 5 && memcmp(s.p + s.n - 5, ".html", 5) == 0)
		s.n -= 5;
	return s;
}

static void
partial(struct tplc *t, struct str s)
{
	const char *space = memchr(s.p, ' ', s.n);
	struct str name = { s.p, space ? (size_t)(space - s.p) : s.n };
	bool known = false;

	for (size_t i = 0; i < t->nfiles && !known; i++)
		known = str_eq(template_name(t->files[i]), name);
	if (!known)
		fail(t, t->line, "modèle inconnu « %.*s »", (int)name.n, name.p);
	if (t->state != TEXT)
		fail(t, t->line, "« {{>%.*s}} » n'est pas dans le texte", (int)name.n, name.p);
	if (space) {
		struct str x = expression(t, (struct str){ space + 1, s.n - name.n - 1 });
		statement(t, "tpl_%.*s(b, &%.*s);", (int)name.n, name.p, (int)x.n, x.p);
	} else {
		struct str x = scope(t, 0);
		statement(t, "tpl_%.*s(b, %.*s);", (int)name.n, name.p, (int)x.n, x.p);
	}
}

static void
asset(struct tplc *t, struct str name)
{
	if (t->state != VALUE_DOUBLE && t->state != VALUE_SINGLE)
		fail(t, t->line, "« {{@%.*s}} » n'est pas dans un attribut", (int)name.n, name.p);
	for (size_t i = 0; i < t->nassets; i++)
		if (str_eq(t->assets[i].name, name)) {
			buf_lit(&t->lit, "/actifs/");
			buf_put(&t->lit, t->assets[i].hashed);
			return;
		}
	fail(t, t->line, "fichier inconnu « %.*s »", (int)name.n, name.p);
}

static void
braces(struct tplc *t)
{
	bool triple = src_is(t, "{{{"), comment = src_is(t, "{{!--");
	const char *end = comment ? "--}}" : triple ? "}}}" : "}}";
	const char *p = t->src.p + t->at, *close = memmem(p, t->src.n - t->at, end, strlen(end));

	if (!close)
		fail(t, t->line, "« {{ » sans « %s »", end);
	struct str s = { p + (triple ? 3 : 2), (size_t)(close - p) - (triple ? 3 : 2) };
	size_t used = (size_t)(close - p) + strlen(end);
	if (!comment && memchr(s.p, '\n', s.n))
		fail(t, t->line, "« {{ » n'est pas fermé sur sa ligne");
	struct str rest = { s.p + 1, s.n ? s.n - 1 : 0 };
	if (s.n == 0)
		fail(t, t->line, "« {{}} » est vide");
	if (comment) {
		for (size_t i = 0; i < s.n; i++)
			t->line += s.p[i] == '\n';
	} else if (triple) {
		if (t->state != TEXT || t->verbatim || (!t->closing && strcmp(t->tag, "title") == 0))
			fail(t, t->line, "« {{{%.*s}}} » n'est permis que dans le texte", (int)s.n, s.p);
		struct str x = expression(t, s);
		statement(t, "tpl_html(b, %.*s);", (int)x.n, x.p);
	} else if (s.p[0] == '#' || s.p[0] == '?' || s.p[0] == '^') {
		section_open(t, s.p[0], rest);
	} else if (s.p[0] == '/') {
		section_close(t, rest);
	} else if (s.p[0] == '>') {
		partial(t, rest);
	} else if (s.p[0] == '@') {
		asset(t, rest);
	} else {
		interpolate(t, s);
	}
	t->at += used;
}

static void
template_compile(struct tplc *t, const char *path)
{
	struct str name = template_name(path), type;

	t->path = path;
	t->src = read_whole(t->arena, path);
	t->at = 0, t->line = 1;
	t->state = TEXT;
	t->text.n = t->lit.n = 0;
	t->tag[0] = t->attr[0] = '\0';
	t->closing = false;
	t->verbatim = t->nsections = 0;
	if (!name_valid(name) || memchr(name.p, '.', name.n))
		fail(t, 1, "nom de fichier illisible");
	const char *end = src_is(t, "{{!struct ") ? memmem(t->src.p, t->src.n, "}}", 2) : NULL;
	if (!end)
		fail(t, 1, "la première ligne doit être {{!struct view_…}}");
	type = (struct str){ t->src.p + 10, (size_t)(end - t->src.p) - 10 };
	if (!name_valid(type) || memchr(type.p, '.', type.n))
		fail(t, 1, "type illisible « %.*s »", (int)type.n, type.p);
	t->at = (size_t)(end - t->src.p) + 2;
	while (t->src.n && strchr(" \t\r\n", t->src.p[t->src.n - 1])) /* an inline partial must not bring a space after it */
		t->src.n--;
	while (t->at < t->src.n && strchr(" \t\r\n", t->src.p[t->at]))
		t->line += t->src.p[t->at++] == '\n';

	buf_fmt(&t->head, "void tpl_%.*s(struct buf *b, const struct %.*s *v);\n", (int)name.n, name.p, (int)type.n, type.p);
	buf_fmt(&t->code, "\nvoid\ntpl_%.*s(struct buf *b, const struct %.*s *v)\n{\n\t(void)v;\n", (int)name.n, name.p, (int)type.n, type.p);
	while (t->at < t->src.n) {
		if (src_is(t, "{{"))
			braces(t);
		else
			static_byte(t);
	}
	if (t->nsections)
		fail(t, t->sections[t->nsections - 1].line, "« %.*s » n'est pas fermé", (int)t->sections[t->nsections - 1].name.n,
		     t->sections[t->nsections - 1].name.p);
	if (t->state != TEXT || t->verbatim)
		fail(t, t->line, "le modèle finit au milieu d'une balise ou d'un texte à garder tel quel");
	lit_flush(t);
	buf_lit(&t->code, "}\n");
}

int
main(int argc, char **argv)
{
	struct tplc *t = calloc(1, sizeof(*t));

	if (!t || argc < 5) {
		fprintf(stderr, "usage: tplc OUT_H OUT_C MANIFEST FILES...\n");
		return 2;
	}
	t->arena = arena_new(1 << 20, (size_t)256 << 20);
	t->files = argv + 4;
	t->nfiles = (size_t)argc - 4;
	buf_init(&t->head, t->arena, 1 << 14);
	buf_init(&t->code, t->arena, 1 << 18);
	buf_init(&t->text, t->arena, 1 << 14);
	buf_init(&t->lit, t->arena, 1 << 14);
	manifest_read(t, argv[3]);
	buf_lit(&t->head, "/* Written by tplc from web/templates. */\n#ifndef GEN_TPL_H\n#define GEN_TPL_H\n#include \"format/view.h\"\n"
			  "#include \"text/tpl.h\"\n\n");
	buf_lit(&t->code, "/* Written by tplc from web/templates. */\n#include \"gen/tpl.h\"\n\n"
			  "#pragma GCC diagnostic error \"-Wincompatible-pointer-types\"\n");
	for (size_t i = 0; i < t->nfiles; i++)
		if (setjmp(t->next_file) == 0)
			template_compile(t, t->files[i]);
	buf_lit(&t->head, "\n#endif\n");
	bool failed = t->failed;
	if (!failed) {
		write_whole(argv[1], buf_str(&t->head));
		write_whole(argv[2], buf_str(&t->code));
	}
	arena_free(t->arena);
	free(t);
	return failed;
}
