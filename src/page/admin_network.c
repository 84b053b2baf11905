/* /administration/reseau: what structures send about their catalysts, read over by those whose territory or espace it is. */
#include "model/mail.h"
#include "model/structure.h"
#include "page/admin.h"
#include "page/network_form.h"
#include "text/slug.h"

static const char PATH[] = "/administration/reseau";

static struct str
kind_words(struct str kind)
{
	return str_eq(kind, STR("adhesion")) ? STR("rejoindre le réseau") : str_eq(kind, STR("revendication")) ? STR("en répondre") : STR("un premier changement");
}

enum err
page_admin_network(struct req *r, struct resp *w)
{
	struct arena *a = r->arena;
	struct network_requests all;
	enum err e = network_list(r->write, a, actor_of(r)->id, 0, &all);
	size_t waiting = 0;

	if (e)
		return e;
	struct view_admin v = admin_view(r, PATH, STR("Réseau"), "Ce que des structures disent d’elles : vous le lisez avant que tout le monde le lise.", false);
	if (str_eq(req_param(r, "fait"), STR("repondu")))
		v.done = STR("C’est fait. La personne est prévenue.");
	v.caption = STR("Les demandes");
	v.empty = STR("Aucune demande n’attend.");
	v.heads = admin_heads(a, 4, (struct view_admin_head[]){ { STR("Catalyseur"), false }, { STR("Demande"), false }, { STR("Structure"), false }, { STR("Depuis"), false } });
	struct view_admin_row *rows = arena_array(a, struct view_admin_row, all.n + 1);
	for (size_t i = 0; i < all.n; i++) {
		const struct network_request *x = &all.p[i];
		bool waits = str_eq(x->state, STR("attente"));
		struct view_admin_cell what = admin_text(kind_words(x->kind)), since = admin_text(words_date(a, x->created_at, true).text);
		what.note = waits ? x->message : str_eq(x->state, STR("acceptee")) ? STR("acceptée") : arena_fmt(a, "refusée : %.*s", (int)x->reason.n, x->reason.p);
		waiting += waits;
		rows[i] = admin_row(a, &v.heads, waits ? admin_link(x->name, link_fmt(a, "%s/%lld", PATH, (long long)x->id)) : admin_text(x->name), 3,
		                    (struct view_admin_cell[]){ what, admin_text(x->structure), since });
		rows[i].faded = !waits;
	}
	v.rows = (struct view_admin_rows){ rows, all.n };
	v.count = waiting ? words_count(a, (int64_t)waiting, "demande attend une réponse", "demandes attendent une réponse") : STR_NONE;
	return admin_send(r, w, &v);
}

static enum err
show(struct req *r, struct resp *w, const struct network_request *x)
{
	struct arena *a = r->arena;
	struct url here = link_fmt(a, "%s/%lld", PATH, (long long)x->id);
	struct view_admin v = admin_view(r, PATH, arena_fmt(a, "%.*s : %.*s", (int)x->name.n, x->name.p, (int)kind_words(x->kind).n, kind_words(x->kind).p), NULL, true);
	struct view_admin_row *rows = arena_array(a, struct view_admin_row, x->nfields + 1);
	struct view_link *links = arena_array(a, struct view_link, 2);
	bool change = str_eq(x->kind, STR("modification"));
	size_t n = 0;

	v.lead = x->message.n ? x->message : STR_NONE;
	v.caption = STR("Ce qui est dit");
	v.heads = admin_heads(a, change ? 3 : 2, (struct view_admin_head[]){ { STR("Quoi"), false }, { change ? STR("Avant") : STR("Ce qui est dit"), false }, { STR("Après"), false } });
	for (size_t i = 0; i < x->nfields; i++) {
		struct view_admin_cell before = admin_text(x->fields[i].before.n ? x->fields[i].before : STR("rien")), after = admin_text(x->fields[i].after.n ? x->fields[i].after : STR("rien"));
		rows[i] = change ? admin_row(a, &v.heads, admin_text(network_field_label(x->fields[i].field)), 2, (struct view_admin_cell[]){ before, after })
		                 : admin_row(a, &v.heads, admin_text(network_field_label(x->fields[i].field)), 1, (struct view_admin_cell[]){ after });
	}
	v.rows = (struct view_admin_rows){ rows, x->nfields };
	if (x->catalyst)
		links[n++] = (struct view_link){ STR("Sa page"), link_catalyst(a, x->catalyst, x->slug) };
	links[n++] = (struct view_link){ arena_fmt(a, "La structure : %.*s", (int)x->structure.n, x->structure.p), link_fmt(a, "/structures/%lld", (long long)x->structure_id) };
	v.links = (struct view_links){ links, n };
	struct view_form_field why = form_field(r, r->route->params, "motif", STR_NONE, "Elle est écrite à la personne, et gardée au journal.");
	why.rows = 3;
	struct view_admin_form yes = admin_form(r, "accepter", STR("Accepter"), here, 0, NULL, STR("Accepter cette demande"), "accepter"),
			       no = admin_form(r, "refuser", STR("Refuser"), here, 1, &why, STR("Refuser cette demande"), "refuser");
	no.second = true;
	struct view_admin_form forms[] = { yes, no };
	if (str_eq(x->state, STR("attente")))
		v.after = admin_forms(a, 2, forms);
	else
		v.warn = STR("Quelqu’un y a déjà répondu.");
	return admin_send(r, w, &v);
}

enum err
page_admin_network_request(struct req *r, struct resp *w)
{
	struct arena *a = r->arena;
	struct str rest, why;
	struct network_requests found;
	struct structure_address to;
	int64_t id = link_number(r->vars[0], &rest), me = actor_of(r)->id;
	enum err e;

	if (id <= 0 || rest.n)
		return ERR_NOT_FOUND;
	if ((e = network_list(r->write, a, me, id, &found)))
		return e;
	if (found.n == 0)
		return ERR_NOT_FOUND;
	const struct network_request *x = &found.p[0];
	if (r->method != METHOD_POST || r->refused)
		return show(r, w, x);
	bool yes = str_eq(req_param(r, "act"), STR("accepter"));
	struct str slug = slug_of(a, x->name), reason = req_param(r, "motif");
	if ((e = network_decide(r->write, a, me, id, yes, reason, slug.n ? slug : STR("catalyseur"), &why)))
		return e;
	if (str_eq(why, STR("interdit")))
		return ERR_FORBIDDEN;
	if (why.n) {
		form_fault(r, "motif", "%s", str_eq(why, STR("motif")) ? "Dites pourquoi : la personne le lira." : "Cela vient de changer : relisez avant de répondre.");
		w->status = str_eq(why, STR("motif")) ? 422 : 409;
		return show(r, w, x);
	}
	e = x->account ? structure_person_address(r->write, a, x->account, &to) : ERR_NOT_FOUND;
	if (!e) {
		struct str what = kind_words(x->kind);
		struct mail m = { .to = to.email, .account = x->account, .kind = STR("adhesion"),
			          .subject = arena_fmt(a, "%.*s : votre demande est %s", (int)x->name.n, x->name.p, yes ? "acceptée" : "refusée"),
			          .letter = { LETTER_PARAGRAPHS(STR("Bonjour,"),
			                                        arena_fmt(a, "Votre demande (%.*s) pour « %.*s » est %s.", (int)what.n, what.p, (int)x->name.n, x->name.p, yes ? "acceptée" : "refusée"),
			                                        reason.n ? reason : STR("Merci de faire vivre le réseau.")),
			                      LETTER_LINKS({ STR("Voir la structure"), arena_fmt(a, "%.*s/structures/%lld", (int)r->base.n, r->base.p, (long long)x->structure_id) }) } };
		e = mail_queue(r->write, a, &m, NULL);
	} else if (e == ERR_NOT_FOUND) {
		e = ERR_NONE;
	}
	if (e)
		return e;
	resp_redirect(w, 303, STR("/administration/reseau?fait=repondu"));
	return ERR_NONE;
}
