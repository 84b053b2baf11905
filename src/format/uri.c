#include "format/uri.h"

#define S(s) (int)(s).n, (s).p

struct str
uri_sheet(struct arena *a, struct str base, int64_t id, struct str slug)
{
	return arena_fmt(a, "%.*s/fiches/%.*s-%lld", S(base), S(slug), (long long)id);
}

struct str
uri_catalyst(struct arena *a, struct str base, int64_t id, struct str slug)
{
	return arena_fmt(a, "%.*s/catalyseurs/%.*s-%lld", S(base), S(slug), (long long)id);
}

struct str
uri_event(struct arena *a, struct str base, struct str address)
{
	return arena_fmt(a, "%.*s/evenements/%.*s", S(base), S(address));
}

struct str
uri_territory(struct arena *a, struct str base, struct str type, struct str code, struct str slug)
{
	return arena_fmt(a, "%.*s/territoires/%.*s/%.*s%s%.*s", S(base), S(type), S(code), slug.n ? "-" : "", S(slug));
}

struct str
uri_term(struct arena *a, struct str base, struct str scheme, struct str code)
{
	/* An id begins with a letter: "odd-17". */
	return code.n ? arena_fmt(a, "%.*s/vocabulaires/%.*s#%.*s-%.*s", S(base), S(scheme), S(scheme), S(code))
	              : arena_fmt(a, "%.*s/vocabulaires/%.*s", S(base), S(scheme));
}

struct str
uri_licence(struct str spdx)
{
	static const char *const known[][2] = {
		{ "CC-BY-SA-4.0", "https://creativecommons.org/licenses/by-sa/4.0/" },
		{ "CC-BY-4.0", "https://creativecommons.org/licenses/by/4.0/" },
		{ "CC0-1.0", "https://creativecommons.org/publicdomain/zero/1.0/" },
		{ "etalab-2.0", "https://spdx.org/licenses/etalab-2.0.html" },
	};
	for (size_t i = 0; i < sizeof(known) / sizeof(*known); i++)
		if (str_eq(spdx, str_of(known[i][0])))
			return str_of(known[i][1]);
	return STR_NONE;
}

struct str
uri_tag(struct arena *a, struct str base, const char *kind, struct str id)
{
	size_t from = 0, to;

	for (size_t i = 0; i + 2 < base.n && from == 0; i++)
		if (memcmp(base.p + i, "://", 3) == 0)
			from = i + 3;
	for (to = from; to < base.n && base.p[to] != ':' && base.p[to] != '/';)
		to++;
	return arena_fmt(a, "tag:%.*s,2026:%s/%.*s", (int)(to - from), base.p + from, kind, S(id));
}
