#include "app/import_contenu.h"

/* The list as a JSON array of strings, each preceded by prefix. */
static void
put_list(struct buf *b, struct str list, const char *prefix)
{
	struct str item;
	bool first = true;

	while (content_item(&list, &item)) {
		char text[256];
		size_t n = strlen(prefix);
		if (n + item.n >= sizeof text)
			continue;
		memcpy(text, prefix, n);
		memcpy(text + n, item.p, item.n);
		if (!first)
			buf_char(b, ',');
		first = false;
		cmd_json_str(b, (struct str){ text, n + item.n });
	}
}

/* One line, cut at `sep`, into at most max trimmed parts. */
static size_t
cut(struct str s, char sep, struct str *ret, size_t max)
{
	size_t n = 0;

	while (n < max) {
		const char *p = n + 1 < max && s.n ? memchr(s.p, sep, s.n) : NULL;
		size_t used = p ? (size_t)(p - s.p) : s.n;
		ret[n++] = content_trim((struct str){ s.p, used });
		if (!p)
			break;
		s.p += used + 1, s.n -= used + 1;
	}
	return n;
}

static struct str
line_next(struct str *rest)
{
	const char *nl = memchr(rest->p, '\n', rest->n);
	struct str line = { rest->p, nl ? (size_t)(nl - rest->p) : rest->n };
	size_t used = nl ? line.n + 1 : line.n;

	rest->p += used, rest->n -= used;
	if (line.n && line.p[line.n - 1] == '\r')
		line.n--;
	return line;
}

static bool
starts(struct str s, const char *word)
{
	size_t n = strlen(word);
	return s.n >= n && memcmp(s.p, word, n) == 0;
}

static bool
is_year(struct str s)
{
	return s.n == 4 && s.p[0] >= '1' && s.p[0] <= '2' && s.p[1] >= '0' && s.p[1] <= '9' && s.p[2] >= '0' && s.p[2] <= '9' &&
	       s.p[3] >= '0' && s.p[3] <= '9';
}

/* "label ; https://… ; publisher ; year", in this order, any of the last three may be absent. */
static void
put_source(struct buf *b, struct str s)
{
	struct str part[8], label = STR_NONE, url = STR_NONE, publisher = STR_NONE, year = STR_NONE;
	size_t n = cut(s, ';', part, 8);

	label = n ? part[0] : STR_NONE;
	for (size_t i = 1; i < n; i++) {
		if (starts(part[i], "https://") || starts(part[i], "http://"))
			url = part[i];
		else if (is_year(part[i]))
			year = part[i];
		else if (part[i].n && publisher.n == 0)
			publisher = part[i];
	}
	if (starts(label, "https://") || starts(label, "http://"))
		url = label;
	cmd_json_key(b, "label"), cmd_json_str(b, label);
	if (url.n)
		cmd_json_key(b, "url"), cmd_json_str(b, url);
	if (publisher.n)
		cmd_json_key(b, "publisher"), cmd_json_str(b, publisher);
	if (year.n)
		cmd_json_key(b, "year"), buf_put(b, year);
}

/* "### Title | 30 min", prose, "> Boîte à outils : …": an array. False when the text has no title: it stays prose. */
static bool
put_steps(struct buf *b, struct arena *a, struct str text)
{
	struct buf prose, box;
	struct str rest = text;
	bool open = false, any = false;

	if (!starts(text, "### "))
		return false;
	buf_char(b, '[');
	buf_init(&prose, a, 1024), buf_init(&box, a, 256);
	while (rest.n || open) {
		struct str line = rest.n ? line_next(&rest) : STR_NONE;
		bool title = starts(line, "### "), end = rest.n == 0 && !title;
		if (open && !title) {
			if (starts(line, "> ") || starts(line, ">")) {
				struct str said = content_trim((struct str){ line.p + 1, line.n - 1 });
				const char *colon = starts(said, "Bo") ? memchr(said.p, ':', said.n) : NULL;
				if (box.n == 0 && colon && colon - said.p < 24)
					said = content_trim((struct str){ colon + 1, said.n - (size_t)(colon + 1 - said.p) });
				if (box.n)
					buf_char(&box, '\n');
				buf_put(&box, said);
			} else {
				buf_put(&prose, line), buf_char(&prose, '\n');
			}
		}
		if (open && (title || end)) {
			cmd_json_key(b, "texte"), cmd_json_str(b, content_trim(buf_str(&prose)));
			if (box.n)
				cmd_json_key(b, "boite"), cmd_json_str(b, content_trim(buf_str(&box)));
			buf_char(b, '}');
			open = false;
		}
		if (title) {
			struct str part[2] = { STR_NONE, STR_NONE };
			size_t n = cut((struct str){ line.p + 4, line.n - 4 }, '|', part, 2);
			if (any)
				buf_char(b, ',');
			buf_char(b, '{');
			cmd_json_key(b, "titre"), cmd_json_str(b, part[0]);
			if (n > 1 && part[1].n)
				cmd_json_key(b, "duree"), cmd_json_str(b, part[1]);
			buf_init(&prose, a, 1024), buf_init(&box, a, 256);
			open = any = true;
			if (rest.n == 0) /* a title alone ends the text */
				cmd_json_key(b, "texte"), cmd_json_str(b, STR_NONE), buf_char(b, '}'), open = false;
		}
	}
	buf_char(b, ']');
	return true;
}

/* Lines "- label ; value ; unit ; year ; territory". */
static void
put_figures(struct buf *b, struct str text)
{
	static const char *const names[] = { "libelle", "valeur", "unite", "annee", "territoire" };
	bool any = false;

	buf_char(b, '[');
	while (text.n) {
		struct str line = content_trim(line_next(&text)), part[5];
		if (!starts(line, "- "))
			continue;
		size_t n = cut((struct str){ line.p + 2, line.n - 2 }, ';', part, 5);
		if (any)
			buf_char(b, ',');
		any = true;
		buf_char(b, '{');
		for (size_t i = 0; i < 5; i++)
			if (i < 2 || (i < n && part[i].n))
				cmd_json_key(b, names[i]), cmd_json_str(b, i < n ? part[i] : STR_NONE);
		buf_char(b, '}');
	}
	buf_char(b, ']');
}

static void
put_sections(struct buf *b, struct arena *a, const struct content_record *r)
{
	struct str type = content_get(r, "type");

	cmd_json_key(b, "sections");
	buf_char(b, '{');
	for (size_t i = 0; i < r->nsections; i++) {
		const struct content_section *s = &r->sections[i];
		cmd_json_key(b, arena_cstr(a, s->key));
		if (str_eq(s->key, STR("valeurs")))
			put_figures(b, s->text);
		else if (!str_eq(s->key, STR("etapes")) || str_eq(type, STR("outil")) || !put_steps(b, a, s->text))
			cmd_json_str(b, s->text);
	}
	buf_char(b, '}');
}

struct str
content_json(struct content *c, const struct content_record *r)
{
	struct arena *a = c->cmd->arena;
	struct buf b, terms, sources;

	buf_init(&b, a, 4096), buf_init(&terms, a, 512), buf_init(&sources, a, 512);
	buf_char(&b, '{');
	for (size_t i = 0; i < r->nvalues; i++) {
		const struct content_value *v = &r->values[i];
		struct str s = v->text;
		switch (v->field->type) {
		case CT_TERMS: {
			char prefix[40];
			size_t n = strlen(v->field->arg);
			memcpy(prefix, v->field->arg, n);
			prefix[n] = ':', prefix[n + 1] = 0;
			if (terms.n)
				buf_char(&terms, ',');
			put_list(&terms, s, prefix);
			break;
		}
		case CT_SOURCE:
			if (sources.n)
				buf_char(&sources, ',');
			buf_char(&sources, '{'), put_source(&sources, s), buf_char(&sources, '}');
			break;
		case CT_TERRITORIES:
		case CT_REFS:
			cmd_json_key(&b, v->field->key), buf_char(&b, '['), put_list(&b, s, ""), buf_char(&b, ']');
			break;
		case CT_INT: {
			while (s.n > 1 && s.p[0] == '0')
				s.p++, s.n--;
			cmd_json_key(&b, v->field->key), buf_put(&b, s);
			break;
		}
		case CT_BOOL:
			cmd_json_key(&b, v->field->key);
			buf_put(&b, strchr("o1t", s.p[0]) ? STR("true") : STR("false"));
			break;
		case CT_RANGE:
			cmd_json_key(&b, "maturity_min"), buf_char(&b, s.p[0]);
			cmd_json_key(&b, "maturity_max"), buf_char(&b, s.p[s.n - 1]);
			break;
		default:
			cmd_json_key(&b, v->field->key), cmd_json_str(&b, s);
		}
	}
	cmd_json_key(&b, "terms"), buf_char(&b, '['), buf_put(&b, buf_str(&terms)), buf_char(&b, ']');
	if (r->kind == CONTENT_SHEET) {
		cmd_json_key(&b, "sources"), buf_char(&b, '['), buf_put(&b, buf_str(&sources)), buf_char(&b, ']');
		put_sections(&b, a, r);
	}
	buf_char(&b, '}');
	return buf_str(&b);
}
