#include "gen/tpl.h"
#include "page/page.h"
#include "web/memo.h"

#define POINT_TTL_S 3600
#define FRAGMENT_TTL_S 60
#define FRAGMENT_OF (OF(fiche) | OF(catalyseur) | OF(structure) | OF(territoire) | OF(vocabulaire))

static const char *
confidence_word(const struct here *h)
{
	if (h->chosen)
		return "choix";
	switch (h->place->confidence) {
	case CONFIDENCE_COMMUNE:
		return "commune";
	case CONFIDENCE_DEPARTEMENT:
		return "departement";
	case CONFIDENCE_REGION:
		return "region";
	default:
		return "aucune";
	}
}

/* "commune:97410" of the place asked for or guessed, without the database when the point was seen before; empty: unknown. */
static enum err
key_find(struct req *r, struct here *h, struct str *ret_key)
{
	struct arena *a = r->arena;
	struct str asked = str_eq(r->route->params[0].name ? str_of(r->route->params[0].name) : STR_NONE, STR("territoire"))
	                           ? req_param(r, "territoire") : STR_NONE;
	*ret_key = STR_NONE;
	if (r->route->formats == F_FRAGMENT && asked.n) {
		h->chosen = true;
		*ret_key = asked;
		return ERR_NONE;
	}
	if (r->cookie_territoire.n) {
		h->chosen = true;
		*ret_key = r->cookie_territoire;
		return ERR_NONE;
	}
	h->place = r->locate(r);
	if (h->place->confidence == CONFIDENCE_COMMUNE) {
		struct str at = arena_fmt(a, "point:%.4f,%.4f:%s", h->place->lon, h->place->lat, h->place->city);
		uint64_t before;
		if (memo_get(r->memo, a, at, OF(territoire), ret_key, &before))
			return ERR_NONE;
		struct territory t;
		enum err e = territory_nearest(r->db, a, h->place->lon, h->place->lat, str_of(h->place->city), &t);
		if (e == ERR_NOT_FOUND)
			return ERR_NONE;
		if (e)
			return e;
		*ret_key = arena_fmt(a, "commune:%.*s", (int)t.code.n, t.code.p);
		memo_put(r->memo, at, *ret_key, OF(territoire), before, POINT_TTL_S);
		return ERR_NONE;
	}
	if (h->place->confidence != CONFIDENCE_NONE && h->place->territory[0])
		*ret_key = arena_str(a, str_of(h->place->territory));
	return ERR_NONE;
}

enum err
here_find(struct req *r, struct here *ret)
{
	struct here h = { 0 };
	struct str key;
	enum err e = key_find(r, &h, &key);
	if (e)
		return e;
	if (key.n) {
		e = territory_find_key(r->db, r->arena, key, &h.territory);
		if (e && e != ERR_NOT_FOUND)
			return e;
		h.known = e == ERR_NONE && !str_eq(h.territory.type, STR("pays"));
		if (!h.known && h.chosen) { /* a cookie about a place that is no more: ask again */
			h.chosen = false;
			h.place = r->locate(r);
		}
	}
	*ret = h;
	return ERR_NONE;
}

static struct str
statement_of(struct arena *a, const struct here *h)
{
	const struct territory *t = &h->territory;
	bool small = str_eq(t->type, STR("commune")) || str_eq(t->type, STR("epci"));
	if (h->chosen)
		return small ? arena_fmt(a, "Vous avez choisi %.*s (%.*s).", (int)t->name.n, t->name.p, (int)t->stone.n, t->stone.p)
		             : arena_fmt(a, "Vous avez choisi %.*s.", (int)t->name.n, t->name.p);
	if (!small)
		return arena_fmt(a, "Vous semblez être %.*s.", (int)t->name_in.n, t->name_in.p);
	return arena_fmt(a, "Vous semblez être %.*s, peut-être %.*s.", (int)t->parent_in.n, t->parent_in.p, (int)t->name_in.n,
	                 t->name_in.p);
}

static enum err
signs_of(struct req *r, const struct here *h, struct view_here *v)
{
	struct arena *a = r->arena;
	const struct territory *t = &h->territory;
	struct str key = arena_fmt(a, "%.*s:%.*s", (int)t->type.n, t->type.p, (int)t->code.n, t->code.p);
	struct list_query q = { .territoires = { &key, 1 }, .tri = STR("pertinence"), .page = 1, .taille = 100 };
	struct catalyst_list list;
	enum err e = catalyst_search(r->db, a, &q, &list);
	if (e)
		return e;
	struct view_sign *s = arena_array(a, struct view_sign, 4);
	size_t n = 0;
	int64_t around = 0, national = 0;
	for (size_t i = 0; i < list.n; i++) {
		const struct catalyst_card *c = &list.p[i];
		struct str where = c->cover_in.n ? c->cover_in : t->name_in; /* its area, or what its area is in */
		if (n == 0 && c->rank <= RANK_AREA_INSIDE)
			s[n++] = (struct view_sign){ .sign = STR("Ici"), .here = true, .strong = true,
				                     .link = { c->name, link_catalyst(a, c->id, c->slug) },
				                     .after = arena_fmt(a, " intervient %.*s.", (int)where.n, where.p) };
		else if (c->rank < RANK_NATIONAL)
			around++;
		else
			national++;
	}
	struct url who = link_fmt(a, "/catalyseurs?territoire=%.*s", (int)key.n, key.p);
	bool small = str_eq(t->type, STR("commune")) || str_eq(t->type, STR("epci"));
	struct str local = small ? t->parent_in : t->name_in;
	if (around) {
		const char *others = n == 0 ? "" : around > 1 ? "autres " : "autre ";
		s[n++] = (struct view_sign){ .sign = words_number(a, around),
			                     .link = { arena_fmt(a, "%s%s", others, around > 1 ? "acteurs" : "acteur"), who },
			                     .after = arena_fmt(a, " installé%s %.*s ou tout près.", around > 1 ? "s" : "", (int)local.n, local.p) };
	} else if (n == 0)
		s[n++] = (struct view_sign){ .sign = STR("?"),
			                     .before = arena_fmt(a, "Nous ne connaissons encore aucun catalyseur %.*s. ", (int)local.n, local.p),
			                     .link = { STR("Voir les plus proches"), who } };
	struct territory wide;
	e = territory_find_counted(r->db, a, small ? STR("departement") : t->type, small ? t->stone : t->code, &wide);
	if (e == ERR_NOT_FOUND) /* a collectivity's commune has no département */
		e = territory_find_counted(r->db, a, t->type, t->code, &wide);
	if (e)
		return e;
	if (wide.sheets)
		s[n++] = (struct view_sign){ .sign = words_number(a, wide.sheets),
			                     .link = { wide.sheets > 1 ? STR("fiches d'ici") : STR("fiche d'ici"),
			                               link_fmt(a, "/fiches?territoire=%.*s:%.*s&territoire=pays:FR", (int)wide.type.n,
			                                        wide.type.p, (int)wide.code.n, wide.code.p) },
			                     .after = STR(", puis celles qui valent partout.") };
	if (national && n < 4)
		s[n++] = (struct view_sign){ .sign = words_number(a, national),
			                     .link = { national > 1 ? STR("démarches nationales") : STR("démarche nationale"), who },
			                     .after = national > 1 ? STR(" qui interviennent aussi ici.") : STR(" qui intervient aussi ici.") };
	v->signs = (struct view_signs){ s, n };
	v->sheets = link_fmt(a, "/fiches?territoire=%.*s:%.*s&territoire=pays:FR", (int)wide.type.n, wide.type.p, (int)wide.code.n,
	                     wide.code.p);
	v->catalysts = who;
	return ERR_NONE;
}

static struct str
why_unknown(const struct place *p)
{
	if (strcmp(p->reason, "abroad") == 0)
		return STR("L'adresse de votre connexion semble être hors de France. Dites-nous quel territoire vous intéresse.");
	return STR("L'adresse de votre connexion ne dit rien d'assez précis. Dites-nous où vous êtes, et nous montrerons d'abord ce qui est près.");
}

/* The near-you fragment, in two sizes. What is drawn depends on the territory alone, so it is kept by territory. */
enum err
page_here(struct req *r, struct resp *w)
{
	struct arena *a = r->arena;
	bool compact = req_param(r, "compact").n > 0;
	struct here h = { 0 };
	struct str key, body;
	enum err e = key_find(r, &h, &key);
	if (e)
		return e;
	w->content_type = STR("text/html; charset=utf-8");
	w->cache = h.chosen ? CACHE_FRAGMENT_CHOICE : CACHE_NONE;
	struct str kept = arena_fmt(a, "ici:%d:%s:%.*s:%s", compact, h.chosen ? "choix" : confidence_word(&h), (int)key.n, key.p,
	                            key.n ? "" : h.chosen ? "" : h.place->reason);
	uint64_t before;
	bool chosen = h.chosen;
	if (memo_get(r->memo, a, kept, FRAGMENT_OF, &body, &before)) {
		buf_put(&w->body, body);
		return ERR_NONE;
	}
	if ((e = here_find(r, &h)))
		return e;
	if (chosen && !h.chosen) /* a place that is no more: what is shown comes from the visitor's address, and is nobody else's */
		w->cache = CACHE_NONE;
	struct view_here v = { .known = h.known, .chosen = h.chosen, .from_ip = h.known && !h.chosen };
	if (h.known) {
		v.place = place_of_territory(a, &h.territory);
		v.statement = statement_of(a, &h);
		v.why = h.chosen ? STR("Un cookie retient ce choix, rien d'autre.")
		        : h.territory.overseas && h.place->confidence == CONFIDENCE_COMMUNE
		                ? STR("C'est ce que dit l'adresse de votre connexion ; elle est sûre pour l'île, moins pour la commune. Nous ne l'avons pas gardée.")
		                : STR("C'est ce que dit l'adresse de votre connexion ; elle peut se tromper. Nous ne l'avons pas gardée.");
		if (h.chosen)
			v.forget = (struct url){ "/pres-de-moi?oublier=1", 22 };
		if ((e = signs_of(r, &h, &v)))
			return e;
	} else {
		v.why = why_unknown(h.place);
	}
	if (compact)
		tpl_here_compact(&w->body, &v);
	else
		tpl_here(&w->body, &v);
	if (chosen == h.chosen)
		memo_put(r->memo, kept, buf_str(&w->body), FRAGMENT_OF, before, FRAGMENT_TTL_S);
	return ERR_NONE;
}
