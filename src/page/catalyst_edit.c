/*
 * /catalyseurs/{id}/modifier: those whose structure a catalyst is change what is said of it; others say that it is theirs. What a structure
 * sends first is read over; then its changes are seen at once. /catalyseurs/{id}/historique: what structures changed.
 */
#include "format/json_list.h"
#include "model/account.h"
#include "model/mail.h"
#include "model/space.h"
#include "page/network_form.h"
#include "text/json.h"
#include "web/actor.h"

enum { CONTACT_WAITS_S = 7 * 24 * 3600, SENT_MOST = 20, DAY_S = 24 * 3600 };
static const char PURPOSE[] = "contact_adresse";

static const struct {
	const char *code, *text;
} done_words[] = {
	{ "enregistre", "C’est enregistré, et visible tout de suite." },
	{ "attente", "C’est envoyé. Une personne du réseau le lira, et la réponse vous sera écrite." },
	{ "contact", "C’est enregistré." },
	{ "courriel", "C’est enregistré. Un courriel est parti vers cette adresse : les messages y iront quand son lien aura été suivi." },
};

static struct view_network_page
page_of(struct req *r, const struct catalyst_edit *c, const char *title)
{
	struct arena *a = r->arena;
	struct view_network_page v = { .crumbs = crumbs(a, 3, (struct view_link[]){ { STR("Catalyseurs"), { "/catalyseurs", 12 } },
		                                                                    { c->name, c->listed ? link_catalyst(a, c->id, c->slug) : (struct url){ NULL, 0 } },
		                                                                    { str_of(title), { NULL, 0 } } }),
		                       .title = arena_fmt(a, "%s : %.*s", title, (int)c->name.n, c->name.p) };

	for (size_t i = 0; i < sizeof(done_words) / sizeof(*done_words); i++)
		if (str_eq(req_param(r, "fait"), str_of(done_words[i].code)) && r->method != METHOD_POST)
			v.done = str_of(done_words[i].text);
	return v;
}

/* It is nobody's here: whoever belongs to its structure says so. */
static enum err
claim_form(struct req *r, const struct catalyst_edit *c, struct view_network_page *v)
{
	struct arena *a = r->arena;
	struct space_structures mine;
	struct view_network_form *f = arena_array(a, struct view_network_form, 1);
	struct view_form_field *p = arena_array(a, struct view_form_field, 2);
	struct view_link *links = arena_array(a, struct view_link, 1);
	size_t n = 0;
	enum err e = space_structures_list(r->write, a, actor_of(r)->id, &mine);

	if (e)
		return e;
	struct view_form_option *o = arena_array(a, struct view_form_option, mine.n + 1);
	for (size_t i = 0; i < mine.n; i++)
		if (str_eq(mine.p[i].state, STR("active")))
			o[n++] = (struct view_form_option){ .value = arena_fmt(a, "%lld", (long long)mine.p[i].id), .label = mine.p[i].name };
	links[0] = (struct view_link){ STR("Trouver ma structure, ou la déclarer"), link_fmt(a, "/structures/nouvelle") };
	v->links = (struct view_links){ links, 1 };
	v->lead = STR("Personne n’en répond encore ici. Si c’est votre structure, dites-le : une personne du réseau le vérifiera.");
	if (n == 0) {
		v->trouble = STR("Il faut d’abord être membre d’une structure : trouvez la vôtre, ou déclarez-la.");
		return ERR_NONE;
	}
	f[0] = (struct view_network_form){ .id = STR("revendiquer"), .title = STR("C’est le nôtre"), .action = network_link(a, c->id, "modifier"), .hidden = form_hidden(r, false),
		                           .act = STR("revendiquer"), .button = STR("Demander à en répondre") };
	p[0] = form_field(r, r->route->params, "structure", STR_NONE, NULL);
	p[0].select = true;
	form_options(r, &p[0], o, n, NULL, 0);
	p[1] = form_field(r, r->route->params, "message", c->message, "Ce qui vous lie à ce catalyseur, et comment le vérifier : un site, une fonction, une délibération.");
	p[1].rows = 4;
	p[1].required = true;
	f[0].fields = (struct view_form_fields){ p, 2 };
	v->forms = (struct view_network_forms){ f, 1 };
	return ERR_NONE;
}

static enum err
member_forms(struct req *r, const struct catalyst_edit *c, struct view_network_page *v)
{
	struct arena *a = r->arena;
	struct view_network_form *f = arena_array(a, struct view_network_form, 2);
	struct view_form_pair *kept = arena_array(a, struct view_form_pair, 1);
	struct view_form_field *p = arena_array(a, struct view_form_field, 2);
	struct view_form_option relay[] = { { .value = STR("oui"), .label = STR("Oui, les transmettre") }, { .value = STR("non"), .label = STR("Non, ne rien transmettre") } };
	struct view_link *links = arena_array(a, struct view_link, 2);
	struct str *notes = arena_array(a, struct str, 3), now = c->relay ? STR("oui") : STR("non");
	bool contact = str_eq(req_param(r, "act"), STR("contact"));

	kept[0] = network_pair(a, "rev", c->rev);
	f[0] = (struct view_network_form){ .id = STR("modifier"), .title = STR("Ce qui est dit de lui"), .action = network_link(a, c->id, "modifier"), .hidden = form_hidden(r, false),
		                           .kept = { kept, 1 }, .act = STR("modifier"), .button = STR("Enregistrer") };
	enum err e = network_fields(r, false, c->content, &f[0].fields);
	if (e)
		return e;
	f[1] = (struct view_network_form){ .id = STR("contact"), .title = STR("Recevoir les messages"),
		                           .text = STR("Aucune adresse n’est publiée : le site transmet. Sans adresse ici, les messages vont aux responsables de la structure."),
		                           .action = network_link(a, c->id, "modifier"), .hidden = form_hidden(r, false), .act = STR("contact"), .button = STR("Enregistrer"), .second = true };
	p[0] = form_field(r, r->route->params, "relais", STR_NONE, NULL);
	p[0].choices = true;
	form_options(r, &p[0], relay, 2, &now, 1);
	if (r->method == METHOD_POST && !contact)
		for (size_t i = 0; i < 2; i++)
			((struct view_form_option *)(uintptr_t)p[0].options.p)[i].chosen = str_eq(relay[i].value, now);
	p[1] = form_field(r, r->route->params, "courriel", c->email,
	                  c->email.n && !c->confirmed ? "Elle attend sa confirmation : le lien est dans le courriel envoyé." : "Facultatif. Celle de la structure. Elle sera confirmée par un lien.");
	if (r->method == METHOD_POST && !contact)
		p[1].value = c->email;
	p[1].autocomplete = STR("off");
	f[1].fields = (struct view_form_fields){ p, 2 };
	v->forms = (struct view_network_forms){ f, 2 };
	if (c->waits && !v->done.n)
		v->trouble = STR("Un changement attend d’être lu. En envoyer un autre le remplace.");
	v->note_title = STR("Comment cela se passe");
	notes[0] = STR("Le premier changement d’une structure est lu par une personne du réseau. Les suivants sont visibles tout de suite.");
	notes[1] = STR("Ce que vous dites est marqué comme dit par la structure, avec sa date ; le reste garde sa source.");
	v->notes = (struct view_strs){ notes, 2 };
	links[0] = (struct view_link){ STR("Ce qui a changé"), network_link(a, c->id, "historique") };
	links[1] = (struct view_link){ STR("La structure"), link_fmt(a, "/structures/%lld", (long long)c->structure_id) };
	v->links = (struct view_links){ links, 2 };
	return ERR_NONE;
}

static enum err
show(struct req *r, struct resp *w, const struct catalyst_edit *c, const char *trouble, int status)
{
	struct arena *a = r->arena;
	struct view_network_page v = page_of(r, c, c->member ? "Modifier" : "Répondre d’un catalyseur");
	enum err e = ERR_NONE;

	if (c->member) {
		e = member_forms(r, c, &v);
	} else if (c->structure_id) {
		struct view_link *links = arena_array(a, struct view_link, 1);
		v.lead = arena_fmt(a, "Sa structure est « %.*s ». Ceux qui en sont le modifient : demandez à la rejoindre, ou à en répondre.", (int)c->structure.n, c->structure.p);
		links[0] = (struct view_link){ c->structure, link_fmt(a, "/structures/%lld", (long long)c->structure_id) };
		v.links = (struct view_links){ links, 1 };
	} else {
		e = claim_form(r, c, &v);
	}
	if (trouble)
		v.trouble = str_of(trouble);
	return e ? e : network_page_send(r, w, &v, r->refused ? 400 : status);
}

static enum err
sent(struct req *r, struct resp *w, const struct catalyst_edit *c, struct str why, const char *what, int64_t structure)
{
	struct arena *a = r->arena;
	int64_t request;
	enum err e;

	if (str_eq(why, STR("attente"))) {
		if ((e = network_last(r->write, a, actor_of(r)->id, structure, &request))
		    || (e = network_tell(r, request, arena_fmt(a, "%.*s : %s", (int)c->name.n, c->name.p, what),
		                         arena_fmt(a, "%.*s propose : %s, pour « %.*s ».", (int)actor_of(r)->name.n, actor_of(r)->name.p, what, (int)c->name.n, c->name.p),
		                         req_param(r, "message"))))
			return e;
		resp_redirect(w, 303, arena_fmt(a, "/catalyseurs/%lld/modifier?fait=attente", (long long)c->id));
		return ERR_NONE;
	}
	if (str_eq(why, STR("interdit")))
		return ERR_FORBIDDEN;
	if (str_eq(why, STR("introuvable")))
		return ERR_NOT_FOUND;
	if (str_eq(why, STR("motif")))
		form_fault(r, "message", "Dites en quelques mots ce qui vous lie à lui : quelqu’un devra le vérifier.");
	if (str_eq(why, STR("perime")))
		return show(r, w, c, "Quelqu’un de la structure l’a changé pendant que vous écriviez. Ce que vous avez écrit est resté ci-dessous : relisez, puis enregistrez à nouveau.", 409);
	if (str_eq(why, STR("etat")))
		return show(r, w, c, "Il a déjà une structure.", 409);
	if (str_eq(why, STR("rien")))
		return show(r, w, c, "Rien ne change : c’est déjà ce qui est dit.", 422);
	if (why.n)
		return show(r, w, c, NULL, 422);
	resp_redirect(w, 303, arena_fmt(a, "/catalyseurs/%lld/modifier?fait=enregistre", (long long)c->id));
	return ERR_NONE;
}

static enum err
contact(struct req *r, struct resp *w, const struct catalyst_edit *c)
{
	struct arena *a = r->arena;
	struct str email = req_param(r, "courriel");
	bool confirm = false;
	struct token t;
	enum err e = catalyst_contact_set(r->write, a, actor_of(r)->id, c->id, email, !str_eq(req_param(r, "relais"), STR("non")), &confirm);

	if (e)
		return e;
	if (confirm) {
		token_make(&t);
		if ((e = token_put(r->write, a, str_of(t.sum), PURPOSE, 0, 0, arena_fmt(a, "{\"catalyseur\":%lld,\"courriel\":\"%.*s\"}", (long long)c->id, (int)email.n, email.p), CONTACT_WAITS_S)))
			return e;
		struct mail m = { .to = email, .kind = STR("lien"), .subject = arena_fmt(a, "Recevoir les messages pour %.*s", (int)c->name.n, c->name.p),
			          .letter = { LETTER_PARAGRAPHS(STR("Bonjour,"), arena_fmt(a, "Une personne de « %.*s » demande que les messages écrits à « %.*s » viennent à cette adresse. Elle ne sera montrée à personne.",
			                                                                 (int)c->structure.n, c->structure.p, (int)c->name.n, c->name.p)),
			                      LETTER_LINKS({ STR("Confirmer cette adresse"), arena_fmt(a, "%.*s/catalyseurs/%lld/contacter/adresse?lien=%s", (int)r->base.n, r->base.p, (long long)c->id, t.text) }),
			                      LETTER_AFTER(STR("Ce lien sert pendant sept jours. Sans lui, rien ne viendra ici.")) } };
		if ((e = mail_queue(r->write, a, &m, NULL)))
			return e;
	}
	resp_redirect(w, 303, arena_fmt(a, "/catalyseurs/%lld/modifier?fait=%s", (long long)c->id, confirm ? "courriel" : "contact"));
	return ERR_NONE;
}

enum err
page_catalyst_edit(struct req *r, struct resp *w)
{
	struct arena *a = r->arena;
	struct str slug, content = STR_NONE, why;
	struct catalyst_edit c;
	int64_t id = link_number(r->vars[0], &slug), me = actor_of(r)->id, wait;
	bool good = true;
	enum err e;

	if (id <= 0 || slug.n)
		return ERR_NOT_FOUND;
	if ((e = catalyst_edit_find(r->write, a, me, id, &c)) || r->method != METHOD_POST || r->refused)
		return e ? e : show(r, w, &c, NULL, 200);
	struct str act = req_param(r, "act");
	if (!str_eq(act, STR("revendiquer")) && !c.member)
		return ERR_FORBIDDEN;
	if ((e = attempt_note(r->write, a, "reseau", arena_fmt(a, "%lld", (long long)me), SENT_MOST, DAY_S, &wait)))
		return e;
	if (wait)
		return show(r, w, &c, "Vingt envois par jour au plus. Ce que vous avez écrit est resté ci-dessous.", 429);
	if (str_eq(act, STR("contact")))
		return contact(r, w, &c);
	if (str_eq(act, STR("revendiquer"))) {
		int64_t structure = network_int(r, "structure");
		if (!structure)
			form_fault(r, "structure", "Choisissez votre structure.");
		if (r->nnotices)
			return show(r, w, &c, NULL, 422);
		if ((e = network_send(r->write, a, me, "revendication", id, structure, STR("{}"), req_param(r, "message"), c.rev, &why)))
			return e;
		return sent(r, w, &c, why, "en répondre", structure);
	}
	if ((e = network_content(r, false, &content, &good)))
		return e;
	if (!good)
		return show(r, w, &c, NULL, 422);
	if ((e = network_send(r->write, a, me, "modification", id, c.structure_id, content, STR_NONE, network_int(r, "rev"), &why)))
		return e;
	return sent(r, w, &c, why, "un changement", c.structure_id);
}

/* /catalyseurs/{id}/contacter/adresse: the link sent to the address that a structure gave. */
enum err
page_contact_address(struct req *r, struct resp *w)
{
	struct arena *a = r->arena;
	struct str link = req_param(r, "lien");
	struct catalyst c;
	struct handed h;
	const struct json *d;
	int64_t number = 0;
	enum err e = network_catalyst(r, &c);

	if (e)
		return e;
	struct view_contact v = contact_view(r, &c, STR("Recevoir les messages"));
	e = token_find(r->write, a, link, PURPOSE, &h);
	if (!e && (json_parse(a, h.data, &d) || !json_whole(json_get(d, "catalyseur"), &number) || number != c.card.id))
		e = ERR_NOT_FOUND;
	if (!e && r->method == METHOD_POST && !r->refused) /* at its own address only: elsewhere it stays good */
		e = token_use(r->write, a, link, PURPOSE, &h);
	if (!e && r->method == METHOD_POST && !r->refused && !(e = catalyst_contact_confirm(r->write, a, number, json_text(json_get(d, "courriel"))))) {
		v.done = STR("C’est confirmé : les messages viendront à cette adresse, sans qu’elle soit montrée.");
		return contact_send(r, w, &v, &c);
	}
	if (e == ERR_NOT_FOUND || (!e && (h.used || h.late))) {
		w->status = e ? 404 : 410;
		v.lead = STR("Ce lien a déjà servi, ou une autre adresse a été donnée depuis.");
		return contact_send(r, w, &v, &c);
	}
	if (e)
		return e;
	struct view_form_pair *kept = arena_array(a, struct view_form_pair, 1);
	struct view_follow_button *button = arena_array(a, struct view_follow_button, 1);
	kept[0] = (struct view_form_pair){ STR("lien"), link };
	button[0] = (struct view_follow_button){ STR("envoyer"), STR("Confirmer"), false };
	v.lead = arena_fmt(a, "Les messages écrits à « %.*s » viendront à l’adresse où vous avez reçu ce lien.", (int)c.card.name.n, c.card.name.p);
	v.action = network_link(a, number, "contacter/adresse");
	v.hidden = form_hidden(r, false);
	v.kept = (struct view_form_pairs){ kept, 1 };
	v.buttons = (struct view_follow_buttons){ button, 1 };
	return contact_send(r, w, &v, &c);
}

enum err
page_catalyst_history(struct req *r, struct resp *w)
{
	struct arena *a = r->arena;
	struct str slug;
	struct catalyst c;
	struct catalyst_changes h;
	int64_t id = link_number(r->vars[0], &slug);
	enum err e;

	if (id <= 0 || slug.n)
		return ERR_NOT_FOUND;
	if ((e = catalyst_find(r->db, a, id, &c)) || (e = catalyst_history_list(r->db, a, id, &h)))
		return e;
	if (r->format == FORMAT_JSON) {
		struct json_out j = json_out(&w->body);
		json_begin_object(&j);
		json_key(&j, "catalyseur"), json_int(&j, id);
		json_key(&j, "elements");
		json_begin_array(&j);
		for (size_t i = 0; i < h.n; i++) {
			json_begin_object(&j);
			json_key(&j, "revision"), json_int(&j, h.p[i].rev);
			json_key(&j, "le"), json_str(&j, h.p[i].at);
			json_key(&j, "structure"), json_str(&j, h.p[i].structure);
			json_key(&j, "champ"), json_str(&j, h.p[i].field);
			json_key(&j, "avant"), json_str(&j, h.p[i].before);
			json_key(&j, "apres"), json_str(&j, h.p[i].after);
			json_end(&j);
		}
		json_end(&j);
		json_notices(&j, r);
		json_end(&j);
		return ERR_NONE;
	}
	struct view_network_change *p = arena_array(a, struct view_network_change, h.n);
	struct view_link *links = arena_array(a, struct view_link, 1);
	struct url own = link_catalyst(a, id, c.card.slug);
	for (size_t i = 0; i < h.n; i++)
		p[i] = (struct view_network_change){ words_date(a, h.p[i].at, true), h.p[i].structure, network_field_label(h.p[i].field), h.p[i].before, h.p[i].after };
	links[0] = (struct view_link){ STR("Revenir à sa page"), own };
	struct view_network_page v = { .crumbs = crumbs(a, 3, (struct view_link[]){ { STR("Catalyseurs"), { "/catalyseurs", 12 } }, { c.card.name, own }, { STR("Ce qui a changé"), { NULL, 0 } } }),
		                       .title = STR("Ce qui a changé"),
		                       .lead = h.n ? arena_fmt(a, "Ce que sa structure a dit de « %.*s », le plus récent d’abord.", (int)c.card.name.n, c.card.name.p)
		                                   : STR("Rien encore : tout ce qui est dit vient des sources citées."),
		                       .changes = { p, h.n },
		                       .links = { links, 1 } };
	return network_page_send(r, w, &v, 200);
}
