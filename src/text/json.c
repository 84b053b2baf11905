#include "text/json.h"

#include "text/utf8.h"

#include <cjson/cJSON.h>

/* cJSON is lenient (control characters, 01, \u0000): the grammar is checked here first, cJSON only builds. */
struct scan {
	struct str s;
	size_t i, nodes;
	int depth;
};

static bool scan_value(struct scan *c);

static void
scan_space(struct scan *c)
{
	while (c->i < c->s.n && memchr(" \t\r\n", c->s.p[c->i], 4))
		c->i++;
}

static bool
scan_char(struct scan *c, char want)
{
	if (c->i >= c->s.n || c->s.p[c->i] != want)
		return false;
	c->i++;
	return true;
}

static bool
scan_word(struct scan *c, struct str word)
{
	if (c->s.n - c->i < word.n || memcmp(c->s.p + c->i, word.p, word.n) != 0)
		return false;
	c->i += word.n;
	return true;
}

static bool
scan_string(struct scan *c)
{
	if (!scan_char(c, '"'))
		return false;
	while (c->i < c->s.n) {
		unsigned char ch = (unsigned char)c->s.p[c->i++];
		if (ch == '"')
			return true;
		if (ch < 0x20)
			return false;
		if (ch != '\\')
			continue;
		if (c->i >= c->s.n || !memchr("\"\\/bfnrtu", c->s.p[c->i], 9))
			return false;
		if (c->s.p[c->i++] != 'u')
			continue;
		if (c->s.n - c->i < 4 || memcmp(c->s.p + c->i, "0000", 4) == 0)
			return false;
		for (int k = 0; k < 4; k++, c->i++)
			if (!memchr("0123456789abcdefABCDEF", c->s.p[c->i], 22))
				return false;
	}
	return false;
}

static size_t
scan_digits(struct scan *c)
{
	size_t from = c->i;
	while (c->i < c->s.n && c->s.p[c->i] >= '0' && c->s.p[c->i] <= '9')
		c->i++;
	return c->i - from;
}

static bool
scan_number(struct scan *c)
{
	size_t start = c->i;

	scan_char(c, '-');
	if (!scan_char(c, '0') && scan_digits(c) == 0)
		return false;
	if (scan_char(c, '.') && scan_digits(c) == 0)
		return false;
	if (scan_char(c, 'e') || scan_char(c, 'E')) {
		if (!scan_char(c, '-'))
			scan_char(c, '+');
		if (scan_digits(c) == 0)
			return false;
	}
	return c->i - start <= 60; /* cJSON reads 63 characters of a number */
}

static bool
scan_list(struct scan *c, bool object)
{
	char close = object ? '}' : ']';

	c->i++;
	if (++c->depth > JSON_DEPTH_MAX)
		return false;
	scan_space(c);
	if (scan_char(c, close)) {
		c->depth--;
		return true;
	}
	do {
		scan_space(c);
		if (object) {
			if (!scan_string(c))
				return false;
			scan_space(c);
			if (!scan_char(c, ':'))
				return false;
		}
		if (!scan_value(c))
			return false;
	} while (scan_char(c, ','));
	c->depth--;
	return scan_char(c, close);
}

static bool
scan_value(struct scan *c)
{
	bool ok;

	scan_space(c);
	if (c->i >= c->s.n || ++c->nodes > JSON_NODES_MAX)
		return false;
	switch (c->s.p[c->i]) {
	case '{':
		ok = scan_list(c, true);
		break;
	case '[':
		ok = scan_list(c, false);
		break;
	case '"':
		ok = scan_string(c);
		break;
	case 't':
		ok = scan_word(c, STR("true"));
		break;
	case 'f':
		ok = scan_word(c, STR("false"));
		break;
	case 'n':
		ok = scan_word(c, STR("null"));
		break;
	default:
		ok = scan_number(c);
	}
	scan_space(c);
	return ok;
}

static const cJSON *
node(const struct json *v)
{
	return (const cJSON *)v;
}

static void
release(void *p)
{
	cJSON_Delete(p);
}

/* Depth is bounded by the scan. */
static bool
keys_unique(const cJSON *v)
{
	size_t n = 0;

	for (const cJSON *m = v->child; m; m = m->next) {
		if (cJSON_IsObject(v)) {
			if (++n > JSON_KEYS_MAX)
				return false;
			for (const cJSON *o = v->child; o != m; o = o->next)
				if (strcmp(o->string, m->string) == 0)
					return false;
		}
		if (!keys_unique(m))
			return false;
	}
	return true;
}

enum err
json_parse(struct arena *a, struct str text, const struct json **ret)
{
	struct scan c = { .s = text };

	if (text.n > JSON_BYTES_MAX)
		return err_note(ERR_BAD_INPUT, "JSON of %zu bytes", text.n);
	if (!utf8_valid(text))
		return err_note(ERR_BAD_INPUT, "JSON is not UTF-8");
	if (!scan_value(&c) || c.i != text.n)
		return err_note(ERR_BAD_INPUT, "JSON: byte %zu", c.i);
	cJSON *v = cJSON_ParseWithLength(text.p, text.n);
	if (!v)
		return err_note(ERR_BAD_INPUT, "JSON: a string is not readable");
	arena_cleanup(a, release, v);
	if (!keys_unique(v))
		return err_note(ERR_BAD_INPUT, "JSON: the same key twice, or too many keys");
	*ret = (const struct json *)v;
	return ERR_NONE;
}

enum json_kind
json_kind(const struct json *v)
{
	const cJSON *n = node(v);
	if (!n)
		return JSON_NONE;
	if (cJSON_IsString(n))
		return JSON_STRING;
	if (cJSON_IsObject(n))
		return JSON_OBJECT;
	if (cJSON_IsArray(n))
		return JSON_ARRAY;
	if (cJSON_IsNumber(n))
		return JSON_NUMBER;
	return cJSON_IsBool(n) ? JSON_BOOL : JSON_NULL;
}

const struct json *
json_get(const struct json *object, const char *key)
{
	if (json_kind(object) != JSON_OBJECT)
		return NULL;
	return (const struct json *)cJSON_GetObjectItemCaseSensitive(node(object), key);
}

const struct json *
json_first(const struct json *v)
{
	enum json_kind k = json_kind(v);
	return k == JSON_ARRAY || k == JSON_OBJECT ? (const struct json *)node(v)->child : NULL;
}

const struct json *
json_next(const struct json *v)
{
	return v ? (const struct json *)node(v)->next : NULL;
}

size_t
json_len(const struct json *v)
{
	size_t n = 0;
	for (const struct json *m = json_first(v); m; m = json_next(m))
		n++;
	return n;
}

struct str
json_key(const struct json *v)
{
	return v ? str_of(node(v)->string) : STR_NONE;
}

struct str
json_text(const struct json *v)
{
	return json_kind(v) == JSON_STRING ? str_of(node(v)->valuestring) : STR_NONE;
}

double
json_real(const struct json *v)
{
	return json_kind(v) == JSON_NUMBER ? node(v)->valuedouble : 0;
}

int64_t
json_int(const struct json *v)
{
	double d = json_real(v);
	if (!(d > -9.0e15))
		return d < 0 ? -9000000000000000 : 0;
	return d > 9.0e15 ? 9000000000000000 : (int64_t)d;
}

bool
json_bool(const struct json *v)
{
	return v && cJSON_IsTrue(node(v));
}
