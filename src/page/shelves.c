/* /mon-espace/listes: the lists somebody keeps with an account, and each of them: named, shared by a link, completed, deleted. */
#include "crypt/token.h"
#include "gen/tpl.h"
#include "page/follow.h"
#include "page/shelf.h"
#include "web/actor.h"
#include "web/params.h"

static struct str
done_words(struct str code)
{
	static const struct {
		const char *code, *words;
	} done[] = {
		{ "gardee", "C’est gardé." },
		{ "faite", "Votre liste est faite." },
		{ "retiree", "C’est retiré de cette liste." },
		{ "renommee", "C’est enregistré." },
		{ "partagee", "Cette liste a maintenant un lien." },
		{ "cachee", "Cette liste n’a plus de lien : celui d’avant n’ouvre plus rien." },
		{ "supprimee", "Votre liste est supprimée." },
	};

	for (size_t i = 0; i < sizeof(done) / sizeof(*done); i++)
		if (str_eq(code, str_of(done[i].code)))
			return str_of(done[i].words);
	return STR_NONE;
}

static struct view_links
trail(struct arena *a, struct str last)
{
	struct view_link *p = arena_array(a, struct view_link, 3);

	p[0] = (struct view_link){ STR("Mon espace"), { "/mon-espace", 11 } };
	p[1] = (struct view_link){ STR("Mes listes"), last.n ? (struct url){ "/mon-espace/listes", 18 } : (struct url){ NULL, 0 } };
	p[2] = (struct view_link){ last, { NULL, 0 } };
	return crumbs(a, last.n ? 3 : 2, p);
}

static enum err
all(struct req *r, struct resp *w, const struct shelf_items *items)
{
	struct arena *a = r->arena;
	struct view_form_field *p = arena_array(a, struct view_form_field, 2);
	struct shelves l;
	enum err e = shelf_list(r->write, a, actor_of(r)->id, &l);

	if (e)
		return e;
	struct view_shelves_row *rows = arena_array(a, struct view_shelves_row, l.n);
	for (size_t i = 0; i < l.n; i++) {
		struct str count = words_count(a, l.p[i].n, "page gardée", "pages gardées");
		struct view_date d = words_date(a, l.p[i].changed_on, true);
		rows[i] = (struct view_shelves_row){ .link = { l.p[i].name, link_fmt(a, "/mon-espace/listes/%lld", (long long)l.p[i].id) },
			                             .detail = arena_fmt(a, "%.*s, changée le %.*s", (int)count.n, count.p, (int)d.text.n, d.text.p),
			                             .shared = l.p[i].code.n > 0 };
	}
	struct str kept = words_count(a, (int64_t)items->n, "page", "pages");
	p[0] = form_field(r, r->route->params, "nom", STR_NONE, "Par exemple : pour la réunion du 12.");
	p[0].required = true;
	p[1] = form_field(r, r->route->params, "note", STR_NONE, "Facultatif : ce que liront ceux à qui vous l’envoyez.");
	p[1].rows = 3;
	struct view_shelves v = { .crumbs = trail(a, STR_NONE),
		                  .title = STR("Mes listes"),
		                  .lead = l.n ? STR("Ce que vous gardez. Vous seul les voyez, sauf celles dont vous avez fait un lien.")
		                              : STR("Vous n’en avez pas encore. « Garder », sur une fiche ou un catalyseur, les met de côté."),
		                  .done = done_words(req_param(r, "fait")),
		                  .rows = { rows, l.n },
		                  .form_title = items->n ? arena_fmt(a, "Faire une liste avec ces %.*s", (int)kept.n, kept.p) : STR("Faire une liste"),
		                  .hidden = form_hidden(r, true),
		                  .kept = shelf_pairs(a, items),
		                  .fields = { p, 2 } };
	if (items->n == 1)
		v.form_title = STR("Faire une liste avec cette page");
	if (w->status == 200 && params_bad(r))
		w->status = 400;
	v.faults = form_faults(r);
	struct buf main;
	buf_init(&main, a, 8192);
	tpl_mes_listes(&main, &v);
	struct view_layout layout = { .title = v.title, .canonical = link_fmt(a, "%.*s/mon-espace/listes", (int)r->base.n, r->base.p), .noindex = true,
		                      .nav_self = true, .head_search = true };
	return page_send(r, w, &layout, &main);
}

enum err
page_shelves(struct req *r, struct resp *w)
{
	struct arena *a = r->arena;
	struct shelf_items items = shelf_asked(r);
	struct str name = req_param(r, "nom");
	bool full = false;
	int64_t id;
	enum err e;

	if (r->method != METHOD_POST || r->refused)
		return all(r, w, &items);
	if (name.n == 0) {
		form_fault(r, "nom", "Donnez un nom à cette liste.");
		w->status = 422;
		return all(r, w, &items);
	}
	if ((e = shelf_make(r->write, a, actor_of(r)->id, name, req_param(r, "note"), &id)))
		return e;
	if (id == 0) {
		form_fault(r, "nom", "Cinquante listes au plus. Supprimez-en une.");
		w->status = 422;
		return all(r, w, &items);
	}
	if (items.n && (e = shelf_add(r->write, a, actor_of(r)->id, id, &items, &full)))
		return e;
	resp_redirect(w, 303, arena_fmt(a, "/mon-espace/listes/%lld?fait=faite", (long long)id));
	return ERR_NONE;
}

static enum err
one(struct req *r, struct resp *w, const struct shelf *s, struct shelf_items *items)
{
	struct arena *a = r->arena;
	struct view_form_field *p = arena_array(a, struct view_form_field, 2);
	struct view_shelf_item *rows = arena_array(a, struct view_shelf_item, items->n);
	struct str path = s->code.n ? arena_fmt(a, "/listes/%.*s", (int)s->code.n, s->code.p) : STR_NONE;
	enum err e = shelf_resolve(r->db, a, items);

	if (e)
		return e;
	for (size_t i = 0; i < items->n; i++)
		rows[i] = shelf_view(a, &items->p[i]);
	p[0] = form_field(r, r->route->params, "nom", s->name, NULL);
	p[0].required = true;
	p[1] = form_field(r, r->route->params, "note", s->note, NULL);
	p[1].rows = 3;
	struct view_my_shelf v = { .crumbs = trail(a, s->name),
		                   .title = s->name,
		                   .lead = s->note,
		                   .done = done_words(req_param(r, "fait")),
		                   .items = { rows, items->n },
		                   .empty = items->n ? STR_NONE : STR("Elle est vide. « Garder », sur une fiche ou un catalyseur, les met ici."),
		                   .action = link_fmt(a, "/mon-espace/listes/%lld", (long long)s->id),
		                   .hidden = form_hidden(r, false),
		                   .acts = shelf_acts(r, items, path),
		                   .fields = { p, 2 } };
	if (path.n)
		v.shared = (struct view_link){ arena_fmt(a, "%.*s%.*s", (int)r->base.n, r->base.p, (int)path.n, path.p), { path.p, path.n } };
	if (w->status == 200 && params_bad(r))
		w->status = 400;
	v.faults = form_faults(r);
	struct buf main;
	buf_init(&main, a, 16384);
	tpl_ma_liste(&main, &v);
	struct view_layout layout = { .title = s->name, .canonical = link_fmt(a, "%.*s/mon-espace/listes", (int)r->base.n, r->base.p), .noindex = true,
		                      .nav_self = true, .head_search = true };
	return page_send(r, w, &layout, &main);
}

enum err
page_my_shelf(struct req *r, struct resp *w)
{
	struct arena *a = r->arena;
	struct str none, act = req_param(r, "act"), name = req_param(r, "nom"), code = STR_NONE, fait = STR("renommee");
	int64_t id = link_number(r->vars[0], &none), who = actor_of(r)->id;
	struct shelf_items items;
	struct shelf s;
	struct token t;
	enum err e = id > 0 ? shelf_find(r->write, a, who, id, STR_NONE, &s, &items) : ERR_NOT_FOUND;

	if (e)
		return e;
	if (r->method == METHOD_POST && !r->refused && str_eq(act, STR("renommer")) && name.n == 0) {
		form_fault(r, "nom", "Donnez un nom à cette liste.");
		w->status = 422;
	}
	if (r->method != METHOD_POST || r->refused || w->status != 200)
		return one(r, w, &s, &items);
	if (str_eq(act, STR("retirer"))) {
		e = shelf_remove(r->write, a, who, id, req_param(r, "sorte"), req_param(r, "quoi"));
		fait = STR("retiree");
	} else if (str_eq(act, STR("partager")) || str_eq(act, STR("cacher"))) {
		bool share = act.p[0] == 'p';
		token_make(&t);
		if (share) /* one that is shared keeps its link */
			code = s.code.n ? s.code : arena_str(a, str_of(t.text));
		e = shelf_share(r->write, a, who, id, code);
		fait = share ? STR("partagee") : STR("cachee");
	} else if (str_eq(act, STR("supprimer"))) {
		e = shelf_delete(r->write, a, who, id);
	} else if (str_eq(act, STR("renommer"))) {
		e = shelf_set(r->write, a, who, id, name, req_param(r, "note"));
	} else {
		return err_note(ERR_BAD_INPUT, "no such act");
	}
	if (e)
		return e;
	resp_redirect(w, 303, str_eq(act, STR("supprimer")) ? STR("/mon-espace/listes?fait=supprimee")
	                                                    : arena_fmt(a, "/mon-espace/listes/%lld?fait=%.*s", (long long)id, (int)fait.n, fait.p));
	return ERR_NONE;
}
