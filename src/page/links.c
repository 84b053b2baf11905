#include "page/page.h"

#include "web/params.h"
#include "web/query.h"

#include <stdarg.h>
#include <stdio.h>
#include <strings.h>

struct url
link_fmt(struct arena *a, const char *fmt, ...)
{
	char text[2048];
	va_list ap;
	va_start(ap, fmt);
	int n = vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	if (n < 0 || (size_t)n >= sizeof(text))
		return (struct url){ NULL, 0 };
	struct str s = arena_str(a, (struct str){ text, (size_t)n });
	return (struct url){ s.p, s.n };
}

static struct url
url_of(struct str s)
{
	return (struct url){ s.p, s.n };
}

struct url
link_here(struct req *r)
{
	struct buf b;

	buf_init(&b, r->arena, r->path.n + r->query.n + 16);
	query_encode(&b, r->path, true);
	if (r->query.n) {
		buf_char(&b, '?');
		buf_put(&b, r->query);
	}
	return url_of(buf_str(&b));
}

struct url
link_sheet(struct arena *a, int64_t id, struct str slug)
{
	char room[STR_INT_ROOM];
	return url_of(arena_join(a, STR("/fiches/"), slug, STR("-"), str_int(id, room)));
}

struct url
link_version(struct arena *a, int64_t id, int64_t number)
{
	return link_fmt(a, "/fiches/%lld/v%lld", (long long)id, (long long)number);
}

struct url
link_versions(struct arena *a, int64_t id, int64_t from, int64_t to)
{
	return link_fmt(a, "/fiches/%lld/v%lld..v%lld", (long long)id, (long long)from, (long long)to);
}

struct url
link_history(struct arena *a, int64_t id)
{
	return link_fmt(a, "/fiches/%lld/historique", (long long)id);
}

struct url
link_catalyst(struct arena *a, int64_t id, struct str slug)
{
	char room[STR_INT_ROOM];
	return url_of(arena_join(a, STR("/catalyseurs/"), slug, STR("-"), str_int(id, room)));
}

struct url
link_territory(struct arena *a, struct str type, struct str code, struct str slug)
{
	if (type.n == 0 || code.n == 0 || str_eq(type, STR("pays")))
		return (struct url){ NULL, 0 };
	return url_of(arena_join(a, STR("/territoires/"), type, STR("/"), code, slug.n ? STR("-") : STR_NONE, slug));
}

static bool
starts_with(struct str s, const char *prefix)
{
	size_t n = strlen(prefix);
	return s.n >= n && strncasecmp(s.p, prefix, n) == 0;
}

struct url
link_external(struct str address)
{
	if (!starts_with(address, "http://") && !starts_with(address, "https://") && !starts_with(address, "mailto:"))
		return (struct url){ NULL, 0 };
	return (struct url){ address.p, address.n };
}

static void
put_pair(struct buf *b, bool *first, struct str name, struct str value)
{
	buf_char(b, *first ? '?' : '&');
	*first = false;
	query_encode(b, name, false);
	buf_char(b, '=');
	/* "departement:974" stays readable: a colon and a comma need no escape in a query. */
	for (size_t i = 0; i < value.n; i++) {
		if (value.p[i] == ':' || value.p[i] == ',')
			buf_char(b, value.p[i]);
		else
			query_encode(b, (struct str){ value.p + i, 1 }, false);
	}
}

struct url
link_list(struct req *r, struct str path, struct param drop, struct param add)
{
	struct buf b;
	bool first = true, page_kept = str_eq(add.name, STR("page_kept"));
	struct param *p = arena_array(r->arena, struct param, r->nparams + 1);
	size_t n = 0;
	for (size_t i = 0; i < r->nparams; i++) {
		struct str name = r->params[i].name, value = r->params[i].value;
		if ((str_eq(name, STR("page")) || str_eq(name, STR("apres"))) && !page_kept)
			continue;
		if (str_eq(name, drop.name) && (drop.value.n == 0 || str_eq(value, drop.value)))
			continue;
		p[n++] = r->params[i];
	}
	if (add.name.n && !page_kept) {
		p[n++] = add;
		if (r->route)
			params_order(r->route->params, p, n);
	}
	buf_init(&b, r->arena, 256);
	buf_put(&b, path);
	for (size_t i = 0; i < n; i++)
		put_pair(&b, &first, p[i].name, p[i].value);
	return url_of(buf_str(&b));
}

struct url
link_map(struct req *r, struct str what)
{
	return link_list(r, STR("/carte"), (struct param){ STR("taille"), STR_NONE }, (struct param){ STR("quoi"), what });
}

bool
link_has(const struct req *r, struct str name, struct str value)
{
	for (size_t i = 0; i < r->nparams; i++)
		if (str_eq(r->params[i].name, name) && str_eq(r->params[i].value, value))
			return true;
	return false;
}

int64_t
link_number(struct str slug_id, struct str *ret_slug)
{
	size_t i = slug_id.n;
	while (i > 0 && slug_id.p[i - 1] >= '0' && slug_id.p[i - 1] <= '9')
		i--;
	if (i == slug_id.n || slug_id.n - i > 9 || (i > 0 && (slug_id.p[i - 1] != '-' || slug_id.p[0] == '-'))) /* "-1" is no slug and a number */
		return -1;
	int64_t v = 0;
	for (size_t k = i; k < slug_id.n; k++)
		v = v * 10 + (slug_id.p[k] - '0');
	*ret_slug = (struct str){ slug_id.p, i > 0 ? i - 1 : 0 };
	return v;
}
