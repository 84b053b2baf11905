#include "text/json.h"
#include "text/utf8.h"

#include <cjson/cJSON.h>
#include <math.h>
#include <stdlib.h>

struct json {
	enum json_kind kind;
	struct str name, text;
	double number;
	bool yes;
	size_t len;
	const struct json *first, *next;
};

static bool
is_digit(const char *p, const char *end)
{
	return p < end && *p >= '0' && *p <= '9';
}

/* After a number as RFC 8259 writes it; NULL when it is not one. */
static const char *
number_end(const char *p, const char *end)
{
	if (p < end && *p == '-')
		p++;
	if (!is_digit(p, end))
		return NULL;
	if (*p == '0')
		p++;
	else
		while (is_digit(p, end))
			p++;
	if (p < end && *p == '.') {
		if (!is_digit(++p, end))
			return NULL;
		while (is_digit(p, end))
			p++;
	}
	if (p < end && (*p == 'e' || *p == 'E')) {
		p++;
		if (p < end && (*p == '+' || *p == '-'))
			p++;
		if (!is_digit(p, end))
			return NULL;
		while (is_digit(p, end))
			p++;
	}
	return p < end && (is_digit(p, end) || *p == '.') ? NULL : p;
}

/* After the closing quote; NULL when the string is not one, or holds U+0000. */
static const char *
string_end(const char *p, const char *end)
{
	for (p++; p < end && *p != '"'; p++) {
		if ((unsigned char)*p < 0x20)
			return NULL;
		if (*p != '\\')
			continue;
		if (++p == end || !strchr("\"\\/bfnrtu", *p) || *p == '\0')
			return NULL;
		if (*p == 'u' && (end - p < 5 || memcmp(p + 1, "0000", 4) == 0))
			return NULL;
	}
	return p < end ? p + 1 : NULL;
}

/* What cJSON would let through: its own white space and numbers, control characters, depth. */
static enum err
scan(struct str s)
{
	const char *p = s.p, *end = s.p + s.n;
	int depth = 0;
	size_t values = 0;

	while (p < end) {
		const char *from = p;
		switch (*p) {
		case ' ':
		case '\t':
		case '\n':
		case '\r':
		case ':':
			p++;
			break;
		case ',':
			p++;
			values++;
			break;
		case '{':
		case '[':
			p++;
			values++;
			if (++depth > JSON_DEPTH_MAX)
				return err_note(ERR_TOO_LARGE, "JSON : plus de %d niveaux", JSON_DEPTH_MAX);
			break;
		case '}':
		case ']':
			p++;
			depth--;
			break;
		case '"':
			p = string_end(p, end);
			break;
		case 't':
		case 'f':
		case 'n':
			while (p < end && *p >= 'a' && *p <= 'z')
				p++;
			break;
		default:
			p = number_end(p, end);
			break;
		}
		if (!p)
			return err_note(ERR_BAD_INPUT, "JSON illisible à l'octet %zu", (size_t)(from - s.p));
		if (values > JSON_NODES_MAX)
			return err_note(ERR_TOO_LARGE, "JSON : plus de %d valeurs", JSON_NODES_MAX);
	}
	return ERR_NONE;
}

static int
name_compare(const void *x, const void *y)
{
	struct str a = (*(const struct json *const *)x)->name, b = (*(const struct json *const *)y)->name;
	size_t n = a.n < b.n ? a.n : b.n;
	int c = n ? memcmp(a.p, b.p, n) : 0;
	return c ? c : (a.n > b.n) - (a.n < b.n);
}

static enum err
names_differ(struct arena *a, const struct json *v)
{
	if (v->len < 2)
		return ERR_NONE;
	const struct json **all = arena_array(a, const struct json *, v->len);
	size_t n = 0;
	if (arena_exhausted(a))
		return ERR_NO_MEMORY;
	for (const struct json *m = v->first; m; m = m->next)
		all[n++] = m;
	qsort(all, n, sizeof(*all), name_compare);
	for (size_t i = 1; i < n; i++)
		if (str_eq(all[i]->name, all[i - 1]->name))
			return err_note(ERR_BAD_INPUT, "JSON : la clé « %.*s » est donnée deux fois",
			                (int)(all[i]->name.n > 80 ? 80 : all[i]->name.n), all[i]->name.p);
	return ERR_NONE;
}

static enum err
copy(struct arena *a, const cJSON *from, struct json *to, size_t *left)
{
	if (from->string)
		to->name = arena_str(a, str_of(from->string));
	if (cJSON_IsString(from)) {
		to->kind = JSON_TEXT;
		to->text = arena_str(a, str_of(from->valuestring));
		return utf8_valid(to->text) ? ERR_NONE : err_note(ERR_BAD_INPUT, "JSON : un texte n'est pas en UTF-8");
	}
	if (cJSON_IsNumber(from)) {
		to->kind = JSON_NUMBER;
		to->number = from->valuedouble;
		return isfinite(to->number) ? ERR_NONE : err_note(ERR_BAD_INPUT, "JSON : un nombre est trop grand");
	}
	if (cJSON_IsBool(from)) {
		to->kind = JSON_BOOL;
		to->yes = cJSON_IsTrue(from);
		return ERR_NONE;
	}
	to->kind = cJSON_IsArray(from) ? JSON_ARRAY : cJSON_IsObject(from) ? JSON_OBJECT : JSON_NULL;
	const struct json **last = &to->first;
	for (const cJSON *c = from->child; c; c = c->next) {
		if ((*left)-- == 0)
			return err_note(ERR_TOO_LARGE, "JSON : plus de %d valeurs", JSON_NODES_MAX);
		struct json *m = arena_new_of(a, struct json);
		if (arena_exhausted(a)) /* what it hands out now overlaps */
			return ERR_NO_MEMORY;
		enum err e = copy(a, c, m, left);
		if (e)
			return e;
		*last = m;
		last = &m->next;
		to->len++;
	}
	return to->kind == JSON_OBJECT ? names_differ(a, to) : ERR_NONE;
}

enum err
json_parse(struct arena *a, struct str text, const struct json **ret)
{
	size_t left = JSON_NODES_MAX - 1;
	const char *end = NULL;

	*ret = NULL;
	if (text.n > JSON_BYTES_MAX)
		return err_note(ERR_TOO_LARGE, "JSON : plus de %d Kio", JSON_BYTES_MAX / 1024);
	if (!utf8_valid(text))
		return err_note(ERR_BAD_INPUT, "JSON : ce n'est pas de l'UTF-8");
	enum err e = text.n ? scan(text) : err_note(ERR_BAD_INPUT, "JSON vide");
	if (e)
		return e;
	/* A copy with its NUL: cJSON looks for it to know that nothing follows. */
	const char *copied = arena_cstr(a, text);
	if (arena_exhausted(a))
		return ERR_NO_MEMORY;
	cJSON *root = cJSON_ParseWithOpts(copied, &end, true);
	if (!root)
		return err_note(ERR_BAD_INPUT, "JSON illisible");
	struct json *v = arena_new_of(a, struct json);
	e = copy(a, root, v, &left);
	cJSON_Delete(root);
	if (!e)
		*ret = v;
	return e;
}

enum json_kind
json_kind(const struct json *v)
{
	return v ? v->kind : JSON_NONE;
}

const struct json *
json_get(const struct json *v, const char *key)
{
	if (json_kind(v) != JSON_OBJECT)
		return NULL;
	for (const struct json *m = v->first; m; m = m->next)
		if (str_eq(m->name, str_of(key)))
			return m;
	return NULL;
}

const struct json *
json_first(const struct json *v)
{
	return v ? v->first : NULL;
}

const struct json *
json_next(const struct json *v)
{
	return v ? v->next : NULL;
}

size_t
json_len(const struct json *v)
{
	return v ? v->len : 0;
}

struct str
json_name(const struct json *v)
{
	return v ? v->name : STR_NONE;
}

struct str
json_text(const struct json *v)
{
	return v ? v->text : STR_NONE;
}

bool
json_true(const struct json *v)
{
	return v && v->yes;
}

double
json_number(const struct json *v, double otherwise)
{
	return json_kind(v) == JSON_NUMBER ? v->number : otherwise;
}

bool
json_whole(const struct json *v, int64_t *ret)
{
	if (json_kind(v) != JSON_NUMBER || fabs(v->number) > 9007199254740992.0 || v->number != trunc(v->number))
		return false;
	*ret = (int64_t)v->number;
	return true;
}
