#include "web/body.h"
#include "text/json.h"
#include "text/multipart.h"

enum { FLAT_DEPTH = 6, FLAT_NAME = 100 };

struct flat {
	struct req *r;
	struct query_pair *p;
	size_t n;
	bool bad;
};

static bool
is_type(struct str have, const char *want)
{
	size_t n = strlen(want);

	if (have.n < n)
		return false;
	for (size_t i = 0; i < n; i++)
		if ((have.p[i] | 0x20) != (want[i] | 0x20))
			return false;
	return have.n == n || have.p[n] == ';' || have.p[n] == ' ';
}

/* As query_decode: no control character but tab, CR and LF. */
static enum query_fault
text_fault(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (((unsigned char)s.p[i] < 0x20 && s.p[i] != '\t' && s.p[i] != '\r' && s.p[i] != '\n') || s.p[i] == 0x7f)
			return QUERY_NUL;
	return query_utf8_valid(s) ? QUERY_OK : QUERY_UTF8;
}

static void
put(struct flat *f, struct str name, struct str value)
{
	if (f->n == BODY_PAIRS_MAX) {
		f->bad = true;
		return;
	}
	f->p[f->n++] = (struct query_pair){ name, value, text_fault(value) };
}

static bool
is_name(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (!((s.p[i] >= 'a' && s.p[i] <= 'z') || (s.p[i] >= '0' && s.p[i] <= '9') || s.p[i] == '_'))
			return false;
	return s.n > 0;
}

static void
flatten(struct flat *f, const struct json *v, struct str name, int depth)
{
	struct arena *a = f->r->arena;
	int64_t whole, rank = 0;

	if (depth > FLAT_DEPTH || name.n > FLAT_NAME) {
		f->bad = true;
		return;
	}
	switch (json_kind(v)) {
	case JSON_NONE:
	case JSON_NULL:
		return;
	case JSON_BOOL:
		put(f, name, json_true(v) ? STR("1") : STR("0"));
		return;
	case JSON_NUMBER:
		put(f, name, json_whole(v, &whole) ? arena_fmt(a, "%lld", (long long)whole) : arena_fmt(a, "%.10g", json_number(v, 0)));
		return;
	case JSON_TEXT:
		put(f, name, json_text(v));
		return;
	case JSON_ARRAY:
		for (const struct json *m = json_first(v); m; m = json_next(m)) {
			rank++;
			enum json_kind k = json_kind(m);
			if (k == JSON_ARRAY) /* a list of lists stands for no form */
				f->bad = true;
			else if (k == JSON_OBJECT)
				flatten(f, m, arena_fmt(a, "%.*s_%lld", (int)name.n, name.p, (long long)rank), depth + 1);
			else
				flatten(f, m, name, depth + 1);
		}
		return;
	case JSON_OBJECT:
		for (const struct json *m = json_first(v); m; m = json_next(m)) {
			struct str key = json_name(m);
			if (!is_name(key)) {
				f->bad = true;
				return;
			}
			flatten(f, m, name.n ? arena_fmt(a, "%.*s_%.*s", (int)name.n, name.p, (int)key.n, key.p) : key, depth + 1);
		}
		return;
	}
}

static enum err
unreadable(struct req *r, const char *what)
{
	req_notice(r, STR("corps"), STR("forme"), str_of(what));
	return err_note(ERR_BAD_INPUT, "%s", what);
}

static enum err
json_body(struct req *r, struct flat *f)
{
	const struct json *v;
	enum err e = json_parse(r->arena, r->body, &v);

	if (e)
		return e == ERR_TOO_LARGE ? e : unreadable(r, "Ce JSON n’est pas lisible.");
	if (json_kind(v) != JSON_OBJECT)
		return unreadable(r, "Un objet JSON est attendu.");
	flatten(f, v, STR_NONE, 0);
	return f->bad ? unreadable(r, "Cet objet JSON est trop profond, trop long, ou un nom n’y est pas lisible.") : ERR_NONE;
}

static enum err
multipart_body(struct req *r, struct flat *f, struct body_pairs *ret)
{
	struct multipart m;

	if (multipart_parse(r->arena, r->content_type, r->body, &m))
		return unreadable(r, "Cet envoi n’est pas complet.");
	struct upload *files = arena_array(r->arena, struct upload, m.n ? m.n : 1);
	for (size_t i = 0; i < m.n; i++) {
		const struct multipart_part *p = &m.parts[i];
		if (!p->file)
			put(f, p->name, p->body);
		else if (p->filename.n)
			files[ret->nfiles++] = (struct upload){ p->name, p->filename, p->body };
	}
	ret->files = files;
	return f->bad ? unreadable(r, "Cet envoi porte trop de champs.") : ERR_NONE;
}

enum err
body_read(struct req *r, struct body_pairs *ret)
{
	struct flat f = { .r = r, .p = arena_array(r->arena, struct query_pair, BODY_PAIRS_MAX) };
	enum err e = ERR_NONE;

	*ret = (struct body_pairs){ 0 };
	if (is_type(r->content_type, "application/json")) {
		ret->json = true;
		e = json_body(r, &f);
	} else if (is_type(r->content_type, "multipart/form-data")) {
		e = multipart_body(r, &f, ret);
	} else if (r->body.n == 0 || is_type(r->content_type, "application/x-www-form-urlencoded")) {
		struct str rest = r->body;
		while (f.n < BODY_PAIRS_MAX && query_next(r->arena, &rest, &f.p[f.n]))
			f.n++;
		if (rest.n > 0)
			e = unreadable(r, "Cet envoi porte trop de champs.");
	} else {
		e = ERR_UNSUPPORTED;
	}
	ret->p = f.p;
	ret->n = f.n;
	return e;
}
