/*
 * /catalyseurs/{id}/echange: the thread of an introduction, opened by the link either side received. Each answers here; the other gets the
 * words by mail, with a link of its own. An address is passed on only by whoever it belongs to, box ticked.
 */
#include "model/account.h"
#include "model/mail.h"
#include "page/follow.h"
#include "page/network.h"
#include "text/json.h"
#include "web/params.h"

enum { WORDS_MOST = 20, DAY_S = 24 * 3600 };
static const char PURPOSE[] = "echange";

static const struct {
	const char *code, *text;
} done_words[] = {
	{ "dit", "C’est transmis." },
	{ "clos", "L’échange est clos : plus rien n’est transmis. Ce qui a été dit sera effacé dans trente jours." },
};

enum err
exchange_link(struct req *r, int64_t catalyst, int64_t introduction, bool asks, int64_t account, struct str *ret)
{
	struct token t;

	token_make(&t);
	*ret = arena_fmt(r->arena, "%.*s/catalyseurs/%lld/echange?lien=%s", (int)r->base.n, r->base.p, (long long)catalyst, t.text);
	return token_put(r->write, r->arena, str_of(t.sum), PURPOSE, account, 0,
	                 arena_fmt(r->arena, "{\"numero\":%lld,\"cote\":\"%s\"}", (long long)introduction, asks ? "demande" : "catalyseur"), EXCHANGE_LASTS_S);
}

/* What whoever asked says of themselves: "Saint-Benoît. Besoin : éducation" */
static struct str
about_of(struct arena *a, const struct introduction *x)
{
	if (x->place.n && x->need.n)
		return arena_fmt(a, "Territoire : %.*s. Besoin : %.*s.", (int)x->place.n, x->place.p, (int)x->need.n, x->need.p);
	if (x->place.n)
		return arena_fmt(a, "Territoire : %.*s.", (int)x->place.n, x->place.p);
	return x->need.n ? arena_fmt(a, "Besoin : %.*s.", (int)x->need.n, x->need.p) : STR_NONE;
}

enum err
exchange_pass(struct req *r, const struct catalyst *c, const struct introduction *x, bool asks, struct str body, const struct recipients *to, size_t *ret_sent)
{
	struct arena *a = r->arena;
	struct str name = asks ? x->name : c->card.name, about = about_of(a, x), link;
	struct str title = c->card.name, subject = x->subject;
	enum err e = ERR_NONE;

	*ret_sent = 0;
	for (size_t i = 0; i < to->n && !e; i++) {
		int64_t id = 0;
		if ((e = exchange_link(r, c->card.id, x->id, !asks, to->p[i].account, &link)))
			break;
		struct mail m = { .to = to->p[i].email, .account = to->p[i].account, .kind = asks ? STR("contact") : STR("contact_reponse"),
			          .subject = arena_fmt(a, "%.*s %s : %.*s", (int)name.n, name.p, asks ? "vous écrit" : "vous répond", (int)subject.n, subject.p) };
		struct letter_link answer = { asks ? arena_fmt(a, "Répondre à %.*s", (int)name.n, name.p) : STR("Lire l’échange, répondre"), link };
		struct letter_link page = { STR("Voir la page du catalyseur"), network_absolute(r, link_catalyst(a, c->card.id, c->card.slug)) };
		struct letter_link links[] = { answer, page };
		struct str after = asks ? STR("Votre adresse n’a pas été montrée, et vous ne voyez pas celle de la personne : répondez par la page, elle transmet. Ce lien est à vous, et sert soixante jours.")
		                        : STR("Vous pouvez répondre par la page, ou clore l’échange. Ce lien est à vous, et sert soixante jours.");
		struct str paragraphs[4] = { STR("Bonjour,"),
			                     asks ? arena_fmt(a, "%.*s écrit à « %.*s » par ce site.", (int)name.n, name.p, (int)title.n, title.p)
			                          : arena_fmt(a, "« %.*s » vous répond.", (int)title.n, title.p),
			                     body, about };
		m.letter = (struct letter){ .paragraphs = paragraphs, .nparagraphs = asks && about.n ? 4 : 3, .links = links, .nlinks = 2, .after = &after, .nafter = 1 };
		e = mail_queue(r->write, a, &m, &id);
		*ret_sent += id != 0;
	}
	return e;
}

/* Who holds the link, and of which side. */
struct holder {
	struct introduction x;
	struct str link, email; /* email: to be passed on when they want it */
	int64_t account;
	bool asks;
	struct recipients others; /* whom their words go to */
};

static enum err
holder_find(struct req *r, const struct catalyst *c, struct holder *ret)
{
	struct arena *a = r->arena;
	struct handed h;
	const struct json *d;
	struct recipients own;
	int64_t number = 0;

	ret->link = req_param(r, "lien");
	enum err e = token_find(r->write, a, ret->link, PURPOSE, &h);
	if (e)
		return e;
	if (h.late)
		return ERR_GONE;
	if (json_parse(a, h.data, &d) || !json_whole(json_get(d, "numero"), &number))
		return err_note(ERR_NOT_FOUND, "a link without an introduction");
	ret->asks = str_eq(json_text(json_get(d, "cote")), STR("demande"));
	ret->account = h.account;
	if ((e = introduction_find(r->write, a, number, &ret->x)) || (e = catalyst_recipients(r->write, a, c->card.id, &own)))
		return e;
	if (ret->x.catalyst != c->card.id)
		return err_note(ERR_NOT_FOUND, "this link is about another catalyst");
	if (ret->x.email.n == 0)
		return ERR_GONE;
	if (ret->asks) {
		ret->email = ret->x.email;
		ret->others = own;
		return ERR_NONE;
	}
	struct recipient *asker = arena_array(a, struct recipient, 1);
	asker[0] = (struct recipient){ 0, ret->x.email };
	ret->others = (struct recipients){ asker, 1 };
	for (size_t i = 0; i < own.n; i++)
		if (own.p[i].account == h.account)
			ret->email = own.p[i].email;
	return ret->email.n ? ERR_NONE : ERR_GONE; /* no longer theirs to answer */
}

static enum err
over(struct req *r, struct resp *w, const struct catalyst *c, enum err why)
{
	struct view_contact v = contact_view(r, c, STR("Cet échange n’est plus là"));

	w->status = why == ERR_GONE ? 410 : 404;
	v.lead = why == ERR_GONE ? STR("Il est fini depuis longtemps, ou ce lien n’est plus le vôtre. Ce qui a été dit est effacé.") : STR("Ce lien est incomplet, ou n’est pas des nôtres.");
	v.ways = contact_ways(r, c);
	return contact_send(r, w, &v, c);
}

static enum err
show(struct req *r, struct resp *w, const struct catalyst *c, const struct holder *h)
{
	struct arena *a = r->arena;
	const struct introduction *x = &h->x;
	struct view_contact v = contact_view(r, c, x->subject);
	struct view_said *said = arena_array(a, struct view_said, x->nsaid + 1);
	struct view_fact *facts = arena_array(a, struct view_fact, 4);
	struct view_form_pair *kept = arena_array(a, struct view_form_pair, 1);
	struct view_form_field *p = arena_array(a, struct view_form_field, 2);
	struct view_follow_button *buttons = arena_array(a, struct view_follow_button, 2);
	struct view_form_option yes = { .value = STR("oui"), .label = STR("Donner mon adresse de courriel avec cette réponse") };
	struct str *notes = arena_array(a, struct str, 2);
	size_t n = 0;

	for (size_t i = 0; i < sizeof(done_words) / sizeof(*done_words); i++)
		if (str_eq(req_param(r, "fait"), str_of(done_words[i].code)))
			v.done = str_of(done_words[i].text);
	v.lead = h->asks ? arena_fmt(a, "Votre échange avec « %.*s ».", (int)c->card.name.n, c->card.name.p)
	                 : arena_fmt(a, "%.*s écrit à « %.*s ».", (int)x->name.n, x->name.p, (int)c->card.name.n, c->card.name.p);
	if (x->place.n)
		facts[n++] = (struct view_fact){ .label = STR("Territoire"), .text = x->place };
	if (x->need.n)
		facts[n++] = (struct view_fact){ .label = STR("Besoin"), .text = x->need };
	v.facts = (struct view_facts){ facts, n };
	for (size_t i = 0; i < x->nsaid; i++) {
		bool mine = x->said[i].asks == h->asks;
		said[i] = (struct view_said){ .who = mine ? STR("Vous") : x->said[i].asks ? x->name : c->card.name,
			                      .date = words_date(a, x->said[i].at, true),
			                      .body = x->said[i].body,
			                      .mine = mine };
	}
	v.said_title = STR("Ce qui a été dit");
	v.said = (struct view_saids){ said, x->nsaid };
	v.note_title = STR("Vos adresses");
	notes[0] = STR("Chacun écrit par ce site sans voir l’adresse de l’autre. Cochez la case pour donner la vôtre, quand vous le voudrez.");
	notes[1] = STR("Clore l’échange empêche tout nouveau message. Ce qui a été dit est effacé trente jours après, soixante jours après le dernier mot sinon.");
	v.notes = (struct view_strs){ notes, 2 };
	if (x->closed || (h->asks && h->others.n == 0)) {
		if (!v.done.n)
			v.trouble = x->closed ? STR("L’échange est clos : plus rien n’est transmis.") : STR("Personne ne peut plus recevoir vos mots : plus personne ne répond de ce catalyseur ici.");
		return contact_send(r, w, &v, c);
	}
	p[0] = form_field(r, r->route->params, "message", STR_NONE, NULL);
	p[0].rows = 6;
	p[1] = form_field(r, r->route->params, "adresse", STR_NONE, NULL);
	p[1].checks = true;
	form_options(r, &p[1], &yes, 1, NULL, 0);
	v.fields = (struct view_form_fields){ p, 2 };
	kept[0] = (struct view_form_pair){ STR("lien"), h->link };
	v.kept = (struct view_form_pairs){ kept, 1 };
	v.action = network_link(a, c->card.id, "echange");
	v.hidden = form_hidden(r, true);
	buttons[0] = (struct view_follow_button){ STR("repondre"), STR("Envoyer"), false };
	buttons[1] = (struct view_follow_button){ STR("clore"), STR("Clore l’échange"), true };
	v.buttons = (struct view_follow_buttons){ buttons, 2 };
	return contact_send(r, w, &v, c);
}

static enum err
say(struct req *r, struct resp *w, const struct catalyst *c, const struct holder *h)
{
	struct arena *a = r->arena;
	struct str body = req_param(r, "message");
	int64_t wait = 0;
	size_t sent;
	bool ended;
	enum err e;

	if (body.n == 0) {
		form_fault(r, "message", "Écrivez votre réponse.");
		w->status = 422;
		return show(r, w, c, h);
	}
	if ((e = attempt_note(r->write, a, "echange", arena_fmt(a, "%lld:%d", (long long)h->x.id, h->asks), WORDS_MOST, DAY_S, &wait)))
		return e;
	if (wait) {
		form_fault(r, "message", "Vingt messages par jour au plus dans un échange. Le vôtre est gardé dans cette page.");
		resp_header(w, "Retry-After", arena_fmt(a, "%lld", (long long)wait));
		w->status = 429;
		return show(r, w, c, h);
	}
	if (str_eq(req_param(r, "adresse"), STR("oui")))
		body = arena_fmt(a, "%.*s\n\nMon adresse : %.*s", (int)body.n, body.p, (int)h->email.n, h->email.p);
	if ((e = introduction_say(r->write, a, h->x.id, h->asks, h->account, body, &ended)))
		return e;
	if (ended)
		return err_note(ERR_CONFLICT, "the introduction ended meanwhile");
	if ((e = exchange_pass(r, c, &h->x, h->asks, body, &h->others, &sent)))
		return e;
	if (sent == 0) { /* takes back what was kept */
		form_fault(r, "message", "Personne ne peut recevoir votre message pour l’instant : l’autre adresse ne répond plus. Il est gardé dans cette page.");
		w->status = 503;
		return show(r, w, c, h);
	}
	resp_redirect(w, 303, arena_fmt(a, "/catalyseurs/%lld/echange?lien=%.*s&fait=dit", (long long)c->card.id, (int)h->link.n, h->link.p));
	return ERR_NONE;
}

enum err
page_exchange(struct req *r, struct resp *w)
{
	struct catalyst c;
	struct holder h = { 0 };
	enum err e = network_catalyst(r, &c);

	if (e)
		return e;
	e = holder_find(r, &c, &h);
	if (e == ERR_NOT_FOUND || e == ERR_GONE)
		return over(r, w, &c, e);
	if (e || r->method != METHOD_POST || r->refused)
		return e ? e : show(r, w, &c, &h);
	if (!str_eq(req_param(r, "choix"), STR("clore")))
		return say(r, w, &c, &h);
	if ((e = introduction_close(r->write, r->arena, h.x.id)))
		return e;
	resp_redirect(w, 303, arena_fmt(r->arena, "/catalyseurs/%lld/echange?lien=%.*s&fait=clos", (long long)c.card.id, (int)h.link.n, h.link.p));
	return ERR_NONE;
}
