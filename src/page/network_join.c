/* /reseau/rejoindre: a structure asks to join the network, and says what it does. Read over before it is shown. */
#include "model/account.h"
#include "model/space.h"
#include "page/network_form.h"
#include "web/actor.h"

enum { SENT_MOST = 20, DAY_S = 24 * 3600 };

static enum err
show(struct req *r, struct resp *w, const char *trouble, int status)
{
	struct arena *a = r->arena;
	struct space_structures mine;
	struct view_form_fields fields;
	struct view_network_form *f = arena_array(a, struct view_network_form, 1);
	struct view_form_field *p = arena_array(a, struct view_form_field, NETWORK_FIELDS + 2);
	struct view_link *links = arena_array(a, struct view_link, 2);
	struct str *notes = arena_array(a, struct str, 3);
	size_t n = 0;
	enum err e = space_structures_list(r->write, a, actor_of(r)->id, &mine);

	if (e || (e = network_fields(r, true, STR_NONE, &fields)))
		return e;
	struct view_network_page v = { .crumbs = crumbs(a, 2, (struct view_link[]){ { STR("Le réseau"), link_fmt(a, "/reseau") }, { STR("Rejoindre"), { NULL, 0 } } }),
		                       .title = STR("Rejoindre le réseau"),
		                       .lead = STR("Vous reliez des mondes qui s’ignorent, sur un territoire ? Dites qui vous êtes et ce que vous pratiquez.") };
	struct view_form_option *o = arena_array(a, struct view_form_option, mine.n + 1);
	for (size_t i = 0; i < mine.n; i++)
		if (str_eq(mine.p[i].state, STR("active")))
			o[n++] = (struct view_form_option){ .value = arena_fmt(a, "%lld", (long long)mine.p[i].id), .label = mine.p[i].name };
	if (str_eq(req_param(r, "fait"), STR("attente")) && r->method != METHOD_POST)
		v.done = STR("C’est envoyé. Une personne du réseau le lira, et la réponse vous sera écrite.");
	if (trouble)
		v.trouble = str_of(trouble);
	links[0] = (struct view_link){ STR("Trouver ma structure, ou la déclarer"), link_fmt(a, "/structures/nouvelle") };
	links[1] = (struct view_link){ STR("Je suis déjà dans l’annuaire : me trouver"), link_fmt(a, "/catalyseurs") };
	v.links = (struct view_links){ links, 2 };
	v.note_title = STR("Ce qui se passe ensuite");
	notes[0] = STR("Une personne du réseau, ou celle qui anime votre territoire, lit votre demande et vous répond, avec une raison.");
	notes[1] = STR("Acceptée, votre structure a sa page : vous la tenez, et vous choisissez qui reçoit les messages.");
	notes[2] = STR("Vous pouvez quitter l’annuaire à tout moment.");
	v.notes = (struct view_strs){ notes, 3 };
	if (n == 0) {
		v.trouble = STR("Il faut d’abord être membre d’une structure : trouvez la vôtre, ou déclarez-la. Puis revenez ici.");
		return network_page_send(r, w, &v, status);
	}
	p[0] = form_field(r, r->route->params, "structure", STR_NONE, NULL);
	p[0].select = true;
	form_options(r, &p[0], o, n, NULL, 0);
	n = 1;
	for (size_t i = 0; i < fields.n; i++)
		p[n++] = fields.p[i];
	p[n] = form_field(r, r->route->params, "message", STR_NONE, "Ce que vous attendez du réseau, ce que vous lui apportez. Lu par ceux qui répondent, et par eux seuls.");
	p[n].rows = 4;
	p[n++].required = true;
	f[0] = (struct view_network_form){ .id = STR("rejoindre"), .title = STR("Votre catalyseur"), .action = link_fmt(a, "/reseau/rejoindre"), .hidden = form_hidden(r, true),
		                           .fields = { p, n }, .act = STR("rejoindre"), .button = STR("Demander à rejoindre") };
	v.forms = (struct view_network_forms){ f, 1 };
	return network_page_send(r, w, &v, r->refused ? 400 : status);
}

enum err
page_network_join(struct req *r, struct resp *w)
{
	struct arena *a = r->arena;
	int64_t me = actor_of(r)->id, structure = network_int(r, "structure"), request, wait;
	struct str content, why, name = req_param(r, "nom");
	bool good;
	enum err e;

	if (r->method != METHOD_POST || r->refused)
		return show(r, w, NULL, 200);
	if (!structure)
		form_fault(r, "structure", "Choisissez votre structure.");
	if (!req_param(r, "message").n)
		form_fault(r, "message", "Dites en quelques mots pourquoi.");
	if ((e = network_content(r, true, &content, &good)))
		return e;
	if (!good || r->nnotices)
		return show(r, w, NULL, 422);
	if ((e = attempt_note(r->write, a, "reseau", arena_fmt(a, "%lld", (long long)me), SENT_MOST, DAY_S, &wait)))
		return e;
	if (wait)
		return show(r, w, "Vingt envois par jour au plus. Ce que vous avez écrit est resté ci-dessous.", 429);
	if ((e = network_send(r->write, a, me, "adhesion", 0, structure, content, req_param(r, "message"), 0, &why)))
		return e;
	if (!str_eq(why, STR("attente")))
		return ERR_FORBIDDEN;
	if ((e = network_last(r->write, a, me, structure, &request))
	    || (e = network_tell(r, request, arena_fmt(a, "%.*s demande à rejoindre le réseau", (int)name.n, name.p),
	                         arena_fmt(a, "%.*s demande que « %.*s » rejoigne le réseau.", (int)actor_of(r)->name.n, actor_of(r)->name.p, (int)name.n, name.p), req_param(r, "message"))))
		return e;
	resp_redirect(w, 303, STR("/reseau/rejoindre?fait=attente"));
	return ERR_NONE;
}
