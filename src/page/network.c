#include "page/network.h"

#include "gen/tpl.h"
#include "page/write.h"

enum { HOLDERS_SHOWN = 6 };

enum err
network_catalyst(struct req *r, struct catalyst *ret)
{
	struct str slug;
	int64_t id = link_number(r->vars[0], &slug);

	if (id <= 0 || slug.n)
		return ERR_NOT_FOUND;
	if (!r->write)
		return err_note(ERR_DB_DOWN, "no read-write connection is set");
	return catalyst_find(r->db, r->arena, id, ret);
}

struct url
network_link(struct arena *a, int64_t catalyst, const char *what)
{
	return link_fmt(a, "/catalyseurs/%lld/%s", (long long)catalyst, what);
}

struct str
network_absolute(struct req *r, struct url u)
{
	return arena_fmt(r->arena, "%.*s%.*s", (int)r->base.n, r->base.p, (int)u.n, u.p);
}

struct view_contact
contact_view(struct req *r, const struct catalyst *c, struct str title)
{
	struct arena *a = r->arena;
	struct view_link me = { c->card.name, link_catalyst(a, c->card.id, c->card.slug) };

	return (struct view_contact){ .crumbs = crumbs(a, 3, (struct view_link[]){ { STR("Catalyseurs"), { "/catalyseurs", 12 } }, me, { title, { NULL, 0 } } }),
		                      .catalyst = me,
		                      .title = title };
}

enum err
contact_send(struct req *r, struct resp *w, struct view_contact *v, const struct catalyst *c)
{
	struct buf main;

	if (r->refused && w->status == 200)
		w->status = 400;
	v->faults = form_faults(r);
	buf_init(&main, r->arena, 16384);
	tpl_contact(&main, v);
	struct view_layout layout = { .title = arena_fmt(r->arena, "%.*s : %.*s", (int)v->title.n, v->title.p, (int)c->card.name.n, c->card.name.p),
		                      .canonical = link_fmt(r->arena, "%.*s%.*s", (int)r->base.n, r->base.p, (int)r->path.n, r->path.p), /* no text, no link */
		                      .noindex = true,
		                      .nav_catalysts = true,
		                      .head_search = true };
	return page_send(r, w, &layout, &main);
}

struct view_links
contact_ways(struct req *r, const struct catalyst *c)
{
	struct arena *a = r->arena;
	struct view_link *p = arena_array(a, struct view_link, 3);
	struct url site = link_external(c->card.website);
	size_t n = 0;

	if (site.n)
		p[n++] = (struct view_link){ arena_fmt(a, "Le joindre par son site : %.*s", (int)c->card.website.n, c->card.website.p), site };
	if (c->structure_id)
		p[n++] = (struct view_link){ c->held ? STR("Vous êtes de cette structure ?") : STR("C’est votre structure ? Dites-le, et les messages vous parviendront"),
			                     link_fmt(a, "/structures/%lld", (long long)c->structure_id) };
	else
		p[n++] = (struct view_link){ STR("C’est votre structure ? Dites-le, et les messages vous parviendront"), network_link(a, c->card.id, "modifier") };
	p[n++] = (struct view_link){ STR("Chercher un autre catalyseur"), link_fmt(a, "/catalyseurs") };
	return (struct view_links){ p, n };
}

enum err
network_place(struct req *r, struct str typed, int64_t *ret_id)
{
	struct territory_refs choices;
	struct territory t;
	struct str key;

	*ret_id = 0;
	if (!typed.n)
		return ERR_NONE;
	enum err e = write_place_find(r, typed, &key, &choices);
	if (!e && key.n && !(e = territory_find_key(r->db, r->arena, key, &t)))
		*ret_id = t.id;
	if (e && e != ERR_NOT_FOUND)
		return e;
	if (*ret_id)
		return ERR_NONE;
	if (choices.n)
		form_fault(r, "lieu", "Plusieurs lieux portent ce nom. Ajoutez le département, ou écrivez le code postal.");
	else
		form_fault(r, "lieu", "Nous ne connaissons pas ce lieu. Essayez le code postal, ou laissez vide.");
	return ERR_NONE;
}

/* Of the holders of a practice, or of who has none that we know (no code): TOTAL are known here, and OTHERS may be. */
static void
holding_end(struct arena *a, struct view_holding *h, size_t total, bool others, struct str key, struct str code)
{
	struct url all = code.n ? link_fmt(a, "/catalyseurs?pratique=%.*s&territoire=%.*s", (int)code.n, code.p, (int)key.n, key.p)
	                        : link_fmt(a, "/catalyseurs?territoire=%.*s", (int)key.n, key.p);

	h->missing = total == 0 && !others;
	if (h->missing)
		h->more = (struct view_link){ STR("Voir qui la tient ailleurs"), link_fmt(a, "/catalyseurs?pratique=%.*s", (int)code.n, code.p) };
	else if (others)
		h->more = (struct view_link){ STR("Chercher dans toute la liste"), all };
	else if (total > HOLDERS_SHOWN)
		h->more = (struct view_link){ arena_fmt(a, code.n ? "et %zu de plus" : "et %zu de plus, parmi tous", total - HOLDERS_SHOWN), all };
}

struct view_set
set_view(struct arena *a, const struct catalyst_besides *b, struct str in, struct str key)
{
	struct view_holding *p = arena_array(a, struct view_holding, b->n + 1);
	struct view_link *links = arena_array(a, struct view_link, b->n + 1);
	size_t n = 0, total = 0, held = 0, practices = 0, nl = 0;
	bool others = false;
	struct str code = { "?", 1 };

	for (size_t i = 0; i < b->n; i++) {
		const struct catalyst_beside *x = &b->p[i];
		if (!str_eq(x->part, STR("tient")))
			continue;
		if (str_eq(x->code, STR("+"))) {
			others = true;
			continue;
		}
		if (n == 0 || !str_eq(code, x->code)) {
			if (n)
				holding_end(a, &p[n - 1], total, others, key, code);
			code = x->code;
			total = 0;
			practices += code.n > 0;
			p[n++] = (struct view_holding){ .label = code.n ? x->label : STR("Pratique inconnue de nous"), .unsaid = code.n == 0, .holders = { links + nl, 0 } };
		}
		if (!x->id)
			continue;
		held += total++ == 0 && code.n > 0;
		if (total > HOLDERS_SHOWN)
			continue;
		links[nl++] = (struct view_link){ x->name, x->lit ? (struct url){ NULL, 0 } : link_catalyst(a, x->id, x->slug) };
		p[n - 1].holders.n++;
	}
	if (n == 0)
		return (struct view_set){ 0 };
	holding_end(a, &p[n - 1], total, others, key, code);
	struct view_set v = { .title = arena_fmt(a, "Qui tient quoi, %.*s", (int)in.n, in.p), .holdings = { p, n } };
	if (others)
		v.lead = STR("Un territoire a besoin de quatre pratiques qui se complètent. Ceux qui travaillent ici sont trop nombreux pour être tous nommés.");
	else if (practices && held == practices)
		v.lead = arena_fmt(a, "Les quatre pratiques de la catalyse y sont tenues, à notre connaissance : elles se complètent.");
	else if (held == 0)
		v.lead = STR("Un territoire a besoin de quatre pratiques qui se complètent. Nous ne savons encore qui tient aucune d’elles ici.");
	else
		v.lead = arena_fmt(a, "Un territoire a besoin de quatre pratiques qui se complètent. Nous en connaissons ici %s sur quatre ; ce qui manque ici ne manque peut-être qu’à notre liste.",
		                   held == 1 ? "une" : held == 2 ? "deux" : "trois");
	return v;
}
