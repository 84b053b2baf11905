#include "app/import_contenu.h"
#include "text/frontmatter.h"
#include "text/json_out.h"

#include <stdlib.h>

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

static bool
is_address(struct str s)
{
	return (s.n > 8 && memcmp(s.p, "https://", 8) == 0) || (s.n > 7 && memcmp(s.p, "http://", 7) == 0);
}

static bool
is_year(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] < '0' || s.p[i] > '9')
			return false;
	return s.n == 4 && (s.p[0] == '1' || s.p[0] == '2');
}

static int64_t
number(struct str s)
{
	int64_t v = 0;

	for (size_t i = 0; i < s.n; i++)
		v = v * 10 + (s.p[i] - '0');
	return v;
}

static void
put_optional(struct json_out *j, const char *key, struct str s)
{
	if (s.n)
		json_key(j, key), json_str(j, s);
}

/* "label ; https://… ; publisher ; year": the last three may be absent. */
static void
put_source(struct json_out *j, struct str s)
{
	struct str part[8], url = STR_NONE, publisher = STR_NONE, year = STR_NONE;
	size_t n = cut(s, ';', part, 8);

	for (size_t i = 0; i < n; i++) {
		if (is_address(part[i]))
			url = part[i];
		else if (i && is_year(part[i]))
			year = part[i];
		else if (i && publisher.n == 0)
			publisher = part[i];
	}
	json_begin_object(j);
	json_key(j, "label"), json_str(j, part[0]);
	put_optional(j, "url", url);
	put_optional(j, "publisher", publisher);
	if (year.n)
		json_key(j, "year"), json_int(j, number(year));
	json_end(j);
}

/* Titled steps as an array; an example may tell its steps in prose, which stays text. */
static void
put_steps(struct json_out *j, struct arena *a, struct str text)
{
	struct frontmatter_step step;
	struct str rest = text;

	if (text.n < 4 || memcmp(text.p, "### ", 4) != 0) {
		json_str(j, text);
		return;
	}
	json_begin_array(j);
	while (frontmatter_next_step(a, &rest, &step)) {
		json_begin_object(j);
		json_key(j, "titre"), json_str(j, step.title);
		put_optional(j, "duree", step.duration);
		json_key(j, "texte"), json_str(j, step.body);
		put_optional(j, "boite", step.tools);
		json_end(j);
	}
	json_end(j);
}

static void
put_figures(struct json_out *j, struct str text)
{
	struct frontmatter_value v;

	json_begin_array(j);
	while (frontmatter_next_value(&text, &v)) {
		json_begin_object(j);
		json_key(j, "libelle"), json_str(j, v.label);
		json_key(j, "valeur"), json_str(j, v.value);
		put_optional(j, "unite", v.unit);
		put_optional(j, "annee", v.year);
		put_optional(j, "territoire", v.territory);
		json_end(j);
	}
	json_end(j);
}

static void
put_sections(struct json_out *j, struct arena *a, const struct content_record *r)
{
	json_key(j, "sections");
	json_begin_object(j);
	for (size_t i = 0; i < r->nsections; i++) {
		const struct content_section *s = &r->sections[i];
		json_key(j, arena_cstr(a, s->key));
		if (str_eq(s->key, STR("valeurs")))
			put_figures(j, s->text);
		else if (str_eq(s->key, STR("etapes")))
			put_steps(j, a, s->text);
		else
			json_str(j, s->text);
	}
	json_end(j);
}

static void
put_value(struct json_out *j, const struct content_value *v)
{
	struct str s = v->text, item;

	switch (v->field->type) {
	case CT_TERMS:
	case CT_SOURCE:
	case CT_LINES:
		return; /* gathered apart */
	case CT_RANGE:
		json_key(j, "maturity_min"), json_int(j, s.p[0] - '0');
		json_key(j, "maturity_max"), json_int(j, s.p[s.n - 1] - '0');
		return;
	default:
		break;
	}
	json_key(j, v->field->name);
	switch (v->field->type) {
	case CT_TERRITORIES:
	case CT_REFS:
		json_begin_array(j);
		while (content_item(&s, &item))
			json_str(j, item);
		json_end(j);
		break;
	case CT_INT:
		json_int(j, number(s));
		break;
	case CT_BOOL:
		json_bool(j, strchr("o1t", s.p[0]) != NULL);
		break;
	default:
		json_str(j, s);
	}
}

/* What a parcours says in lines, the term it belongs to, and its steps. */
static void
put_parcours(struct json_out *j, struct arena *a, const struct content_record *r)
{
	struct content_step s;
	const char *why;
	struct buf lines;

	buf_init(&lines, a, 512);
	for (size_t i = 0; i < r->nvalues; i++)
		if (r->values[i].field->type == CT_LINES) {
			if (lines.n)
				buf_char(&lines, '\n');
			buf_put(&lines, r->values[i].text);
		}
	json_key(j, "saurez"), json_str(j, buf_str(&lines));
	put_optional(j, "terme", content_get(r, "terme"));
	json_key(j, "etapes");
	json_begin_array(j);
	for (size_t i = 0; i < r->nsections; i++) {
		if (!content_step_read(a, &r->sections[i], &s, &why))
			continue; /* said by content_check: nothing is written then */
		json_begin_object(j);
		json_key(j, "code"), json_str(j, r->sections[i].key);
		json_key(j, "sorte"), json_str(j, s.kind);
		json_key(j, "titre"), json_str(j, s.title);
		json_key(j, "minutes"), json_int(j, s.minutes);
		json_key(j, "des"), json_int(j, s.since);
		put_optional(j, str_eq(s.kind, STR("fiche")) ? "fiche_ref" : "rencontre", s.ref);
		json_key(j, "texte"), json_str(j, s.body);
		json_end(j);
	}
	json_end(j);
}

struct str
content_json(struct content *c, const struct content_record *r)
{
	struct arena *a = c->cmd->arena;
	struct buf b;

	buf_init(&b, a, 4096);
	struct json_out j = json_out(&b);

	json_begin_object(&j);
	for (size_t i = 0; i < r->nvalues; i++)
		put_value(&j, &r->values[i]);
	json_key(&j, "terms");
	json_begin_array(&j);
	for (size_t i = 0; i < r->nvalues; i++) {
		struct str rest = r->values[i].text, item;
		while (r->values[i].field->type == CT_TERMS && content_item(&rest, &item))
			json_str(&j, arena_fmt(a, "%s:%.*s", r->values[i].field->arg, (int)item.n, item.p));
	}
	json_end(&j);
	if (r->kind == CONTENT_SHEET) {
		json_key(&j, "sources");
		json_begin_array(&j);
		for (size_t i = 0; i < r->nvalues; i++)
			if (r->values[i].field->type == CT_SOURCE)
				put_source(&j, r->values[i].text);
		json_end(&j);
		put_sections(&j, a, r);
	}
	if (r->kind == CONTENT_PARCOURS)
		put_parcours(&j, a, r);
	json_end(&j);
	return buf_str(&b);
}
