#include "format/json_list.h"
#include "gen/tpl.h"
#include "page/page.h"

#define CHOICES_MAX 12

static void
cookie_set(struct req *r, struct resp *w, struct str value)
{
	bool https = str_eq(r->scheme, STR("https"));
	resp_header(w, "Set-Cookie", arena_fmt(r->arena, "territoire=%.*s; Path=/; Max-Age=%d; HttpOnly; SameSite=Lax%s", (int)value.n,
	                                       value.p, value.n ? 31536000 : 0, https ? "; Secure" : ""));
}

static void
go(struct req *r, struct resp *w, const struct territory *t, int status)
{
	struct url to = link_territory(r->arena, t->type, t->code, t->slug);
	struct str back = req_param(r, "retour");
	struct str page = r->format == FORMAT_JSON ? arena_fmt(r->arena, "%.*s.json", (int)to.n, to.p) : (struct str){ to.p, to.n };
	resp_redirect(w, status, back.n ? back : page);
	w->cache = CACHE_NONE;
}

/* "Saint-Benoît (974)" is what suggestions write in the field. */
static struct str
without_brackets(struct arena *a, struct str s)
{
	struct str out = arena_str(a, s);
	char *p = (char *)(uintptr_t)out.p;
	for (size_t i = 0; i < out.n; i++)
		if (p[i] == '(' || p[i] == ')')
			p[i] = ' ';
	while (out.n && out.p[out.n - 1] == ' ')
		out.n--;
	return out;
}

static struct view_places
choices(struct arena *a, const struct territory_refs *refs, const char *type)
{
	struct view_place *p = arena_array(a, struct view_place, refs->n);
	size_t n = 0;
	for (size_t i = 0; i < refs->n; i++) {
		const struct territory_ref *t = &refs->p[i];
		if (type && !str_eq(t->type, str_of(type)))
			continue;
		p[n] = type ? row_place(a, t) : row_place_found(a, t);
		/* Overseas everyone knows the code of the département, not the région's. */
		for (size_t k = 0; t->overseas && k < refs->n; k++)
			if (str_eq(refs->p[k].type, STR("departement")) && str_eq(refs->p[k].parent_code, t->code))
				p[n].code = refs->p[k].code;
		p[n].url = link_fmt(a, "/pres-de-moi?territoire=%.*s:%.*s", (int)t->type.n, t->type.p, (int)t->code.n, t->code.p);
		if (!type && str_eq(t->type, STR("commune")))
			p[n].note = arena_fmt(a, "commune, %.*s", (int)t->stone.n, t->stone.p);
		n++;
	}
	return (struct view_places){ p, n };
}

/* What was typed is one place, or *ret_found gets those it may be. */
enum err
territory_typed(struct req *r, struct str typed, int64_t most, struct territory *ret, struct territory_refs *ret_found)
{
	struct arena *a = r->arena;
	struct str words = without_brackets(a, typed);
	enum err e = territory_find_key(r->db, a, typed, ret);

	*ret_found = (struct territory_refs){ 0 };
	if (e != ERR_NOT_FOUND)
		return e;
	if (words.n && !memchr(words.p, ':', words.n) && (e = territory_suggest(r->db, a, words, most, ret_found)))
		return e;
	if (ret_found->n != 1)
		return ERR_NOT_FOUND;
	return territory_find(r->db, a, ret_found->p[0].type, ret_found->p[0].code, ret);
}

enum err
page_near(struct req *r, struct resp *w)
{
	struct arena *a = r->arena;
	struct str typed = req_param(r, "territoire");
	bool choose = req_param(r, "choisir").n > 0;
	struct view_near v = { .title = STR("Où êtes-vous ?"), .q = typed };
	struct territory t;
	struct territory_refs refs = { 0 };
	enum err e;
	w->cache = CACHE_NONE;
	resp_header(w, "X-Robots-Tag", STR("noindex"));
	if (req_param(r, "oublier").n) {
		cookie_set(r, w, STR_NONE);
		resp_redirect(w, 303, STR("/"));
		return ERR_NONE;
	}
	if (typed.n) {
		e = territory_typed(r, typed, CHOICES_MAX, &t, &refs);
		if (e && e != ERR_NOT_FOUND)
			return e;
		if (e == ERR_NONE && !str_eq(t.type, STR("pays"))) {
			cookie_set(r, w, arena_fmt(a, "%.*s:%.*s", (int)t.type.n, t.type.p, (int)t.code.n, t.code.p));
			go(r, w, &t, 303);
			return ERR_NONE;
		}
		if (refs.n) {
			bool one_name = true;
			for (size_t i = 1; i < refs.n; i++)
				one_name = one_name && str_eq(refs.p[i].name, refs.p[0].name);
			v.title = one_name ? STR("Plusieurs lieux portent ce nom") : STR("Est-ce l’un de ces lieux ?");
			v.lead = one_name ? STR("Choisissez le vôtre.") : STR("Choisissez le vôtre, ou essayez un code postal.");
			v.found = choices(a, &refs, NULL);
		} else {
			v.error = arena_fmt(a, "Nous ne connaissons pas de lieu « %.*s ». Essayez un code postal, ou le nom du département.",
			                    (int)typed.n, typed.p);
			if (r->format == FORMAT_JSON)
				req_notice(r, STR("territoire"), STR("inconnu"), v.error);
		}
	} else {
		struct here h;
		if ((e = here_find(r, &h)))
			return e;
		if (h.known && !choose && r->nnotices == 0) {
			go(r, w, &h.territory, 302);
			return ERR_NONE;
		}
		if (h.known && h.chosen) {
			v.chosen = (struct view_link){ h.territory.name, link_territory(a, h.territory.type, h.territory.code, h.territory.slug) };
			v.forget = (struct url){ "/pres-de-moi?oublier=1", 22 };
		}
		v.from_ip = !h.chosen && h.place->source == PLACE_IP;
		v.lead = choose                                       ? STR("Choisissez une commune, un département, une région.")
		         : !h.chosen && strcmp(h.place->reason, "abroad") == 0
		                 ? STR("L'adresse de votre connexion semble être hors de France.")
		                 : STR("L'adresse de votre connexion ne dit rien d'assez précis, et nous préférons demander que nous tromper.");
	}
	if (r->format == FORMAT_JSON) {
		struct json_out j = json_out(&w->body);
		json_begin_object(&j);
		json_territory_of(&j, &(struct territory){ 0 }, "defaut", "aucune");
		json_key(&j, "elements");
		json_begin_array(&j);
		for (size_t i = 0; i < refs.n; i++)
			json_territory_ref(&j, a, r->base, &refs.p[i]);
		json_end(&j);
		json_notices(&j, r);
		json_end(&j);
		return ERR_NONE;
	}
	struct territory_refs all;
	if ((e = territories_cached(r, &all)))
		return e;
	v.regions = choices(a, &all, "region");
	v.crumbs = crumbs(a, 1, &(struct view_link){ STR("Près de chez moi"), { NULL, 0 } });
	struct buf main;
	buf_init(&main, a, 16384);
	tpl_near(&main, &v);
	struct view_layout layout = { .title = v.title, .nav_near = true, .noindex = true, .head_search = true };
	return page_send(r, w, &layout, &main);
}
