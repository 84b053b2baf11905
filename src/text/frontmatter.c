#include "text/frontmatter.h"

static struct str
line_next(struct str *rest)
{
	const char *nl = rest->n ? memchr(rest->p, '\n', rest->n) : NULL;
	size_t used = nl ? (size_t)(nl - rest->p) + 1 : rest->n;
	struct str line = { rest->p, nl ? used - 1 : used };

	rest->p += used;
	rest->n -= used;
	if (line.n && line.p[line.n - 1] == '\r')
		line.n--;
	return line;
}

static struct str
trim(struct str s)
{
	while (s.n && (s.p[0] == ' ' || s.p[0] == '\t')) {
		s.p++;
		s.n--;
	}
	while (s.n && (s.p[s.n - 1] == ' ' || s.p[s.n - 1] == '\t'))
		s.n--;
	return s;
}

static bool
is_key(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (!((s.p[i] >= 'a' && s.p[i] <= 'z') || (s.p[i] >= '0' && s.p[i] <= '9') || s.p[i] == '_' || s.p[i] == '-'))
			return false;
	return s.n > 0;
}

static bool
is_section(struct str line)
{
	return line.n > 3 && memcmp(line.p, "## ", 3) == 0;
}

static bool
fail(int line, const char *why, int *ret_line, const char **ret_why)
{
	*ret_line = line;
	*ret_why = why;
	return false;
}

bool
frontmatter_parse(struct frontmatter *ret, struct arena *a, struct str text, int *ret_line, const char **ret_why)
{
	int line = 1;
	struct str rest = text, l;

	if (memchr(text.n ? text.p : "", 0, text.n))
		return fail(1, "octet nul", ret_line, ret_why);
	if (!str_eq(trim(line_next(&rest)), STR("---")))
		return fail(1, "la première ligne n'est pas ---", ret_line, ret_why);
	size_t header = 0, sections = 0;
	for (struct str r = rest; r.n;) {
		l = line_next(&r);
		header += 1;
		sections += is_section(l);
	}
	*ret = (struct frontmatter){ .fields = arena_array(a, struct frontmatter_field, header + 1),
		                     .sections = arena_array(a, struct frontmatter_section, sections + 1) };
	for (bool closed = false; !closed;) {
		if (rest.n == 0)
			return fail(line, "l'en-tête n'est pas fermé par ---", ret_line, ret_why);
		l = trim(line_next(&rest));
		line++;
		if (l.n == 0 || l.p[0] == '#')
			continue;
		closed = str_eq(l, STR("---"));
		if (closed)
			break;
		const char *colon = memchr(l.p, ':', l.n);
		struct str key = colon ? (struct str){ l.p, (size_t)(colon - l.p) } : STR_NONE;
		if (!is_key(key))
			return fail(line, "ligne d'en-tête sans « clé: valeur »", ret_line, ret_why);
		ret->fields[ret->nfields++] =
			(struct frontmatter_field){ key, trim((struct str){ colon + 1, l.n - key.n - 1 }), line };
	}
	struct frontmatter_section *open = NULL;
	while (rest.n) {
		l = line_next(&rest);
		line++;
		if (is_section(l)) {
			struct str key = trim((struct str){ l.p + 3, l.n - 3 });
			if (!is_key(key))
				return fail(line, "nom de section illisible", ret_line, ret_why);
			for (size_t i = 0; i < ret->nsections; i++)
				if (str_eq(ret->sections[i].key, key))
					return fail(line, "section écrite deux fois", ret_line, ret_why);
			open = &ret->sections[ret->nsections++];
			*open = (struct frontmatter_section){ key, { rest.p, 0 }, line };
		} else if (open) {
			open->body.n = (size_t)(rest.p - open->body.p);
		} else if (trim(l).n) {
			return fail(line, "texte avant la première section", ret_line, ret_why);
		}
	}
	return true;
}
