#include "text/frontmatter.h"
#include "base/buf.h"

static struct str
trim(struct str s)
{
	while (s.n && (s.p[0] == ' ' || s.p[0] == '\t' || s.p[0] == '\r' || s.p[0] == '\n'))
		s.p++, s.n--;
	while (s.n && (s.p[s.n - 1] == ' ' || s.p[s.n - 1] == '\t' || s.p[s.n - 1] == '\r' || s.p[s.n - 1] == '\n'))
		s.n--;
	return s;
}

static bool
starts(struct str s, const char *head)
{
	size_t n = strlen(head);
	return s.n >= n && memcmp(s.p, head, n) == 0;
}

static struct str
after(struct str s, size_t n)
{
	return (struct str){ s.p + n, s.n - n };
}

/* Takes a line off *rest, without its newline. */
static bool
next_line(struct str *rest, struct str *ret)
{
	if (rest->n == 0)
		return false;
	const char *end = memchr(rest->p, '\n', rest->n);
	size_t n = end ? (size_t)(end - rest->p) : rest->n;
	*ret = (struct str){ rest->p, n && rest->p[n - 1] == '\r' ? n - 1 : n };
	*rest = after(*rest, end ? n + 1 : n);
	return true;
}

static bool
key_valid(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (!((s.p[i] >= 'a' && s.p[i] <= 'z') || (i && ((s.p[i] >= '0' && s.p[i] <= '9') || s.p[i] == '_'))))
			return false;
	return s.n > 0 && s.n <= 60;
}

static bool
fault(int line, const char *why, int *ret_line, const char **ret_why)
{
	*ret_line = line;
	*ret_why = why;
	return false;
}

bool
frontmatter_parse(struct frontmatter *ret, struct arena *a, struct str text, int *ret_line, const char **ret_why)
{
	struct str rest = text, line;
	size_t lines = 1;
	int at = 1;

	*ret = (struct frontmatter){ 0 };
	for (size_t i = 0; i < text.n; i++)
		lines += text.p[i] == '\n';
	if (!next_line(&rest, &line) || !str_eq(trim(line), STR("---")))
		return fault(1, "la première ligne doit être ---", ret_line, ret_why);
	ret->fields = arena_array(a, struct frontmatter_field, lines);
	for (bool open = true; open;) {
		at++;
		if (!next_line(&rest, &line))
			return fault(at, "l'en-tête n'est pas fermé par ---", ret_line, ret_why);
		struct str t = trim(line);
		if (str_eq(t, STR("---"))) {
			open = false;
		} else if (t.n && t.p[0] != '#') {
			const char *colon = memchr(t.p, ':', t.n);
			struct str key = { t.p, colon ? (size_t)(colon - t.p) : 0 };
			key = trim(key);
			if (!colon || !key_valid(key))
				return fault(at, "on attend « clé: valeur »", ret_line, ret_why);
			ret->fields[ret->nfields++] =
				(struct frontmatter_field){ key, trim(after(t, (size_t)(colon - t.p) + 1)), at };
		}
	}
	ret->sections = arena_array(a, struct frontmatter_section, lines);
	struct frontmatter_section *s = NULL;
	bool fenced = false;
	while (rest.n) {
		at++;
		if (!next_line(&rest, &line))
			break;
		fenced ^= starts(trim(line), "```");
		if (!fenced && starts(line, "## ")) {
			struct str key = trim(after(line, 3));
			if (!key_valid(key))
				return fault(at, "on attend « ## cle »", ret_line, ret_why);
			for (size_t i = 0; i < ret->nsections; i++)
				if (str_eq(ret->sections[i].key, key))
					return fault(at, "cette section est déjà plus haut", ret_line, ret_why);
			s = &ret->sections[ret->nsections++];
			*s = (struct frontmatter_section){ .key = key, .body = { rest.p, 0 }, .line = at };
		} else if (s) {
			s->body.n = (size_t)(rest.p - s->body.p);
		} else if (trim(line).n) {
			return fault(at, "du texte avant la première section « ## »", ret_line, ret_why);
		}
	}
	for (size_t i = 0; i < ret->nsections; i++)
		ret->sections[i].body = trim(ret->sections[i].body);
	return true;
}

/* "> Boîte à outils : x" -> x; 0 bytes when the line is not that. */
static struct str
tools_of(struct str line)
{
	static const char *const heads[] = { "> Boîte à outils :", "> Boîte à outils:", "> Boîte à outils\xc2\xa0:" };

	for (size_t i = 0; i < sizeof(heads) / sizeof(*heads); i++)
		if (starts(line, heads[i]))
			return trim(after(line, strlen(heads[i])));
	return STR_NONE;
}

bool
frontmatter_next_step(struct arena *a, struct str *rest, struct frontmatter_step *ret)
{
	struct str line;
	struct buf body;
	bool in_tools = false;

	*ret = (struct frontmatter_step){ 0 };
	do {
		if (!next_line(rest, &line))
			return false;
	} while (!starts(line, "### "));
	struct str title = after(line, 4);
	const char *bar = memrchr(title.p, '|', title.n);
	if (bar) {
		ret->duration = trim(after(title, (size_t)(bar - title.p) + 1));
		title.n = (size_t)(bar - title.p);
	}
	ret->title = trim(title);
	buf_init(&body, a, 256);
	while (rest->n && !starts(*rest, "### ") && next_line(rest, &line)) {
		struct str tools = tools_of(line);
		if (tools.n) {
			ret->tools = tools;
			in_tools = true;
		} else if (in_tools && starts(line, "> ")) {
			ret->tools = arena_fmt(a, "%.*s %.*s", (int)ret->tools.n, ret->tools.p, (int)line.n - 2, line.p + 2);
		} else {
			in_tools = false;
			buf_put(&body, line);
			buf_char(&body, '\n');
		}
	}
	ret->body = trim(buf_str(&body));
	return true;
}

bool
frontmatter_next_value(struct str *rest, struct frontmatter_value *ret)
{
	struct str line;

	*ret = (struct frontmatter_value){ 0 };
	do {
		if (!next_line(rest, &line))
			return false;
	} while (!starts(line, "- "));
	struct str *const parts[] = { &ret->label, &ret->value, &ret->unit, &ret->year, &ret->territory };
	line = after(line, 2);
	for (size_t i = 0; i < 5 && line.n; i++) {
		const char *end = i < 4 ? memchr(line.p, ';', line.n) : NULL;
		size_t n = end ? (size_t)(end - line.p) : line.n;
		*parts[i] = trim((struct str){ line.p, n });
		line = after(line, end ? n + 1 : n);
	}
	return true;
}
