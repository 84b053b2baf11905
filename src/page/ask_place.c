#include "page/ask_place.h"

enum { CHOICES_MAX = 8 };

/* "Saint-Benoît (974)" is what suggestions write in the field. */
static struct str
without_brackets(struct arena *a, struct str s)
{
	char *p = arena_cstr(a, s);
	size_t n = s.n;

	for (size_t i = 0; i < n; i++)
		if (p[i] == '(' || p[i] == ')')
			p[i] = ' ';
	while (n && p[n - 1] == ' ')
		n--;
	return (struct str){ p, n };
}

static struct url
with(struct req *r, struct str key)
{
	struct param drop = { STR("territoire"), STR_NONE }, add = { key.n ? STR("territoire") : STR_NONE, key };

	return link_list(r, r->path, drop, add);
}

static struct str
key_of(struct arena *a, struct str type, struct str code)
{
	return arena_fmt(a, "%.*s:%.*s", (int)type.n, type.p, (int)code.n, code.p);
}

static void
choices_of(struct req *r, const struct territory_refs *refs, struct view_ask_place *v)
{
	static const char *const kinds[][2] = { { "commune", "commune" }, { "epci", "intercommunalité" }, { "departement", "département" }, { "region", "région" } };
	struct arena *a = r->arena;
	struct view_link *p = arena_array(a, struct view_link, refs->n + 1);

	for (size_t i = 0; i < refs->n; i++) {
		const struct territory_ref *x = &refs->p[i];
		const char *kind = "territoire";
		for (size_t k = 0; k < sizeof(kinds) / sizeof(*kinds); k++)
			if (str_eq(x->type, str_of(kinds[k][0])))
				kind = kinds[k][1];
		p[i] = (struct view_link){ arena_fmt(a, "%.*s, %s%s%.*s", (int)x->name.n, x->name.p, kind, str_eq(x->type, STR("commune")) ? " " : "",
			                             str_eq(x->type, STR("commune")) ? (int)x->stone.n : 0, x->stone.p),
			                   with(r, key_of(a, x->type, x->code)) };
	}
	v->choices = (struct view_links){ p, refs->n };
}

enum err
ask_place(struct req *r, struct resp *w, const char *label, struct asked_place *ret)
{
	struct arena *a = r->arena;
	struct str typed = req_param(r, "territoire");
	struct view_field *kept = arena_array(a, struct view_field, r->nparams + 1);
	struct territory_refs refs = { 0 };
	size_t n = 0;
	enum err e;

	*ret = (struct asked_place){ .ask = { .action = { r->path.p, r->path.n }, .label = str_of(label) } };
	for (size_t i = 0; i < r->nparams; i++)
		if (!str_eq(r->params[i].name, STR("territoire")))
			kept[n++] = (struct view_field){ r->params[i].name, r->params[i].value };
	ret->ask.kept = (struct view_fields){ kept, n };
	if (typed.n == 0)
		return ERR_NONE;
	e = territory_find_key(r->db, a, typed, &ret->t);
	if (e == ERR_NOT_FOUND) {
		struct str words = without_brackets(a, typed);
		bool key = memchr(typed.p, ':', typed.n); /* of a link, not words: nothing is like it */
		if (words.n && !key && (e = territory_suggest(r->db, a, words, CHOICES_MAX, &refs)))
			return e;
		/* One, or one that is named so while the others only look like it. */
		size_t named = 0, which = 0;
		for (size_t i = 0; i < refs.n; i++)
			if (refs.p[i].named)
				named++, which = i;
		if (refs.n != 1 && named != 1) {
			ret->ask.value = typed;
			if (refs.n)
				choices_of(r, &refs, &ret->ask);
			else
				ret->ask.error = arena_fmt(a, "Nous ne connaissons pas de lieu « %.*s ». Essayez un code postal, ou le nom du département.", (int)typed.n, typed.p);
			if (r->format != FORMAT_HTML)
				req_notice(r, STR("territoire"), STR("valeur"), arena_fmt(a, "Nous ne connaissons pas de territoire « %.*s ».", (int)typed.n, typed.p));
			ret->t = (struct territory){ 0 };
			return ERR_NONE;
		}
		e = territory_find(r->db, a, refs.p[which].type, refs.p[which].code, &ret->t);
	}
	if (e)
		return e;
	bool nation = str_eq(ret->t.type, STR("pays"));
	ret->key = nation ? STR_NONE : key_of(a, ret->t.type, ret->t.code);
	if (!str_eq(ret->key, typed)) {
		struct url to = with(r, ret->key);
		const char *suffix = r->format == FORMAT_JSON ? ".json" : r->format == FORMAT_CSV ? ".csv" : r->format == FORMAT_JSONLD ? ".jsonld" : "";
		size_t path = r->path.n < to.n ? r->path.n : to.n;
		resp_redirect(w, 302, arena_fmt(a, "%.*s%s%.*s", (int)path, to.p, suffix, (int)(to.n - path), to.p + path));
		ret->moved = true;
	}
	if (nation) {
		ret->t = (struct territory){ 0 };
		return ERR_NONE;
	}
	ret->ask.value = ret->t.name;
	ret->ask.chosen = place_of_territory(a, &ret->t);
	ret->ask.clear = with(r, STR_NONE);
	return ERR_NONE;
}
