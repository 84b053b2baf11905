/*
 * /catalyseurs/{id}/contacter: anybody writes to a catalyst. Nothing leaves before the sender has followed a link to their own mailbox;
 * then the words go to whoever answers for the catalyst, each with a link to answer by. No page, no mail shows the other's address.
 */
#include "model/account.h"
#include "model/mail.h"
#include "model/vocabulary.h"
#include "page/follow.h"
#include "page/network.h"
#include "text/json.h"
#include "text/json_out.h"
#include "web/params.h"

enum {
	MESSAGE_WAITS_S = 3 * 24 * 3600,
	SENDER_MOST = 5,     /* introductions of one address in a day */
	RECIPIENT_MOST = 20, /* to one catalyst in a day */
	DAY_S = 24 * 3600
};
static const char PURPOSE[] = "contact_envoi";

static const struct {
	const char *code, *text;
} said[] = {
	{ "courriel", "Encore un geste : un courriel vient de partir vers vous. Votre message sera transmis quand vous aurez suivi le lien qu’il contient." },
	{ "parti", "Votre message est transmis. Un reçu vous attend dans votre boîte, avec le lien où lire la réponse." },
};

static struct view_follow_buttons
one_button(struct arena *a, struct str label)
{
	struct view_follow_button *b = arena_array(a, struct view_follow_button, 1);

	b[0] = (struct view_follow_button){ STR("envoyer"), label, false };
	return (struct view_follow_buttons){ b, 1 };
}

/* Nobody to write to: said as it is, and what can be done instead. */
static enum err
unreachable(struct req *r, struct resp *w, const struct catalyst *c)
{
	struct arena *a = r->arena;
	struct view_contact v = contact_view(r, c, STR("Écrire à ce catalyseur"));
	struct str *notes = arena_array(a, struct str, 2);

	v.lead = str_eq(c->reach, STR("refus")) ? STR("Ce catalyseur ne souhaite pas recevoir de messages par ce site.")
	                                        : STR("Nous ne connaissons personne à qui transmettre un message : personne ne répond encore de ce catalyseur ici.");
	v.ways = contact_ways(r, c);
	v.note_title = STR("Pourquoi pas de formulaire ?");
	notes[0] = STR("Un formulaire qui ne mène à personne ferait perdre votre temps. Nous n’en montrons un que lorsque quelqu’un de la structure recevra le message.");
	notes[1] = STR("Nous ne devinons ni n’achetons d’adresses.");
	v.notes = (struct view_strs){ notes, str_eq(c->reach, STR("refus")) ? 0 : 2 };
	if (str_eq(c->reach, STR("refus")))
		v.note_title = STR_NONE;
	if (r->method == METHOD_POST)
		w->status = 409;
	return contact_send(r, w, &v, c);
}

static enum err
form(struct req *r, struct resp *w, const struct catalyst *c)
{
	struct arena *a = r->arena;
	struct view_contact v = contact_view(r, c, STR("Écrire à ce catalyseur"));
	struct view_form_field *p = arena_array(a, struct view_form_field, 6);
	struct str *notes = arena_array(a, struct str, 4), none = STR_NONE;
	struct vocabulary themes;
	enum err e = vocabulary_find(r->db, a, STR("theme"), &themes);
	size_t n = 0;

	if (e)
		return e;
	for (size_t i = 0; i < sizeof(said) / sizeof(*said); i++)
		if (str_eq(req_param(r, "fait"), str_of(said[i].code)))
			v.done = str_of(said[i].text);
	v.lead = v.done.n ? STR_NONE : STR("Votre message est transmis par ce site : ni votre adresse ni la sienne ne sont montrées. Chacun choisit ensuite de la donner.");
	struct view_form_option *o = arena_array(a, struct view_form_option, (size_t)themes.nterms + 1);
	o[0] = (struct view_form_option){ .label = STR("Sans le préciser") };
	for (size_t i = 0; i < (size_t)themes.nterms; i++)
		o[i + 1] = (struct view_form_option){ .value = themes.terms[i].code, .label = themes.terms[i].label };
	p[n] = form_field(r, r->route->params, "nom", STR_NONE, "Celui que la personne lira.");
	p[n].autocomplete = STR("name");
	p[n++].required = true;
	p[n] = form_field(r, r->route->params, "courriel", STR_NONE, "Pour vous envoyer un lien de confirmation, puis la réponse. Elle n’est montrée à personne.");
	p[n++].required = true;
	p[n] = form_field(r, r->route->params, "objet", STR_NONE, NULL);
	p[n++].required = true;
	p[n] = form_field(r, r->route->params, "message", STR_NONE, "Qui vous êtes, ce que vous cherchez, pour quand.");
	p[n].rows = 8;
	p[n++].required = true;
	p[n] = form_field(r, r->route->params, "lieu", STR_NONE, "Facultatif. Une commune, un code postal, une région.");
	p[n++].suggest = STR("champ");
	p[n] = form_field(r, r->route->params, "besoin", STR_NONE, "Facultatif.");
	p[n].select = true;
	form_options(r, &p[n++], o, (size_t)themes.nterms + 1, &none, 1);
	v.fields = (struct view_form_fields){ p, n };
	v.trap = true;
	v.action = network_link(a, c->card.id, "contacter");
	v.hidden = form_hidden(r, true);
	v.buttons = one_button(a, STR("Recevoir le lien et envoyer"));
	v.note_title = STR("Ce qui se passe ensuite");
	notes[0] = STR("Vous recevez un lien à l’adresse que vous donnez : rien ne part avant que vous l’ayez suivi.");
	notes[1] = STR("Le message va aux personnes qui répondent de ce catalyseur. Elles répondent par une page, et vous lisez la réponse par la vôtre.");
	notes[2] = STR("Ce qui est dit est effacé trente jours après la fin de l’échange, soixante jours s’il se tait. Seuls restent la date et la région, pour compter les mises en relation.");
	notes[3] = STR("Cinq messages par jour au plus : assez pour chercher, trop peu pour démarcher.");
	v.notes = (struct view_strs){ notes, 4 };
	struct view_link *links = arena_array(a, struct view_link, 1);
	links[0] = (struct view_link){ STR("Revenir à sa page"), v.catalyst.url };
	v.links = (struct view_links){ links, 1 };
	return contact_send(r, w, &v, c);
}

/* What was typed waits in the link. */
static enum err
hand_out(struct req *r, const struct catalyst *c, const struct introduction *x)
{
	struct arena *a = r->arena;
	struct token t;
	struct buf data;
	struct json_out j;

	token_make(&t);
	buf_init(&data, a, 4096);
	j = json_out(&data);
	json_begin_object(&j);
	json_key(&j, "catalyseur"), json_int(&j, c->card.id);
	json_key(&j, "nom"), json_str(&j, x->name);
	json_key(&j, "courriel"), json_str(&j, x->email);
	json_key(&j, "objet"), json_str(&j, x->subject);
	json_key(&j, "message"), json_str(&j, x->body);
	json_key(&j, "lieu"), json_int(&j, x->territory);
	json_key(&j, "besoin"), json_str(&j, x->need);
	json_end(&j);
	enum err e = token_put(r->write, a, str_of(t.sum), PURPOSE, 0, 0, buf_str(&data), MESSAGE_WAITS_S);
	if (e)
		return e;
	struct url to = link_fmt(a, "/catalyseurs/%lld/contacter/confirmer?lien=%s", (long long)c->card.id, t.text);
	struct mail m = {
		.to = x->email, .kind = STR("lien"),
		.subject = STR("Votre message, à confirmer"),
		.letter = { LETTER_PARAGRAPHS(STR("Bonjour,"), arena_fmt(a, "Vous écrivez à « %.*s ».", (int)c->card.name.n, c->card.name.p),
		                              STR("Ce lien montre votre message ; il est transmis quand vous appuyez sur son bouton.")),
		            LETTER_LINKS({ STR("Relire et envoyer mon message"), network_absolute(r, to) }),
		            LETTER_AFTER(STR("Ce lien sert pendant trois jours. Si vous n’avez rien écrit, laissez ce courriel : rien ne sera envoyé.")) },
	};
	return mail_queue(r->write, a, &m, NULL);
}

static enum err
need_label(struct req *r, struct str code, struct str *ret)
{
	struct vocabulary themes;
	enum err e = code.n ? vocabulary_find(r->db, r->arena, STR("theme"), &themes) : ERR_NONE;

	*ret = STR_NONE;
	for (size_t i = 0; !e && code.n && i < (size_t)themes.nterms; i++)
		if (str_eq(themes.terms[i].code, code))
			*ret = themes.terms[i].label;
	return e;
}

enum err
page_contact(struct req *r, struct resp *w)
{
	static const struct actor visitor = { .role = ROLE_PUBLIC };
	struct catalyst c;
	enum err e = network_catalyst(r, &c);

	if (e)
		return e;
	if (!str_eq(c.reach, STR("oui")))
		return unreachable(r, w, &c);
	if (r->method != METHOD_POST || r->refused)
		return form(r, w, &c);
	struct introduction x = { .catalyst = c.card.id, .name = req_param(r, "nom"), .email = req_param(r, "courriel"), .subject = req_param(r, "objet"),
		                  .body = req_param(r, "message") };
	if (x.name.n == 0)
		form_fault(r, "nom", "Dites votre nom : la personne saura qui lui écrit.");
	if (x.email.n == 0)
		form_fault(r, "courriel", "Donnez une adresse : le lien de confirmation et la réponse y seront envoyés.");
	if (x.subject.n == 0)
		form_fault(r, "objet", "Dites en quelques mots de quoi il s’agit.");
	if (x.body.n == 0)
		form_fault(r, "message", "Écrivez votre message.");
	if ((e = network_place(r, req_param(r, "lieu"), &x.territory)) || (e = need_label(r, req_param(r, "besoin"), &x.need)))
		return e;
	if (params_bad(r)) {
		w->status = 422;
		return form(r, w, &c);
	}
	if (!follow_welcome(r, w, &visitor, "contact", &e))
		return e ? e : form(r, w, &c);
	if ((e = hand_out(r, &c, &x)))
		return e;
	resp_redirect(w, 303, arena_fmt(r->arena, "/catalyseurs/%lld/contacter?fait=courriel", (long long)c.card.id));
	return ERR_NONE;
}

static struct str
read_of(const struct json *d, const char *key)
{
	return json_text(json_get(d, key));
}

/* One more of the day; what is too much is told, and the text stays in the link. */
static enum err
counted(struct req *r, struct resp *w, const struct introduction *x, struct view_contact *v, bool *ret_go)
{
	struct arena *a = r->arena;
	int64_t sender = 0, recipient = 0;
	enum err e = attempt_note(r->write, a, "contact_envoi", x->email, SENDER_MOST, DAY_S, &sender);

	if (!e && !sender)
		e = attempt_note(r->write, a, "contact_recu", arena_fmt(a, "%lld", (long long)x->catalyst), RECIPIENT_MOST, DAY_S, &recipient);
	*ret_go = !e && !sender && !recipient;
	if (e || *ret_go)
		return e;
	w->status = 429;
	resp_header(w, "Retry-After", arena_fmt(a, "%lld", (long long)(sender ? sender : recipient)));
	v->trouble = sender ? STR("Cinq messages sont déjà partis aujourd’hui de votre adresse. Celui-ci est gardé : ce lien l’enverra demain.")
	                    : STR("Ce catalyseur a reçu beaucoup de messages aujourd’hui. Le vôtre est gardé : ce lien l’enverra demain.");
	return ERR_NONE;
}

/* The words leave, and a receipt comes back. *ret_sent 0: nobody receives them, nothing was kept. */
static enum err
leave(struct req *r, const struct catalyst *c, struct introduction *x, const struct recipients *to, size_t *ret_sent)
{
	struct arena *a = r->arena;
	struct introduction kept;
	struct str link;
	enum err e = introduction_open(r->write, a, x, &x->id);

	if (e || (e = introduction_find(r->write, a, x->id, &kept)))
		return e;
	x->place = kept.place;
	if ((e = exchange_pass(r, c, x, true, x->body, to, ret_sent)) || *ret_sent == 0 || (e = exchange_link(r, x->catalyst, x->id, true, 0, &link)))
		return e;
	struct mail m = {
		.to = x->email, .kind = STR("contact_reponse"),
		.subject = arena_fmt(a, "Votre message à %.*s est transmis", (int)c->card.name.n, c->card.name.p),
		.letter = { LETTER_PARAGRAPHS(STR("Bonjour,"), arena_fmt(a, "Votre message à « %.*s » est transmis. Le voici.", (int)c->card.name.n, c->card.name.p),
		                              arena_fmt(a, "Objet : %.*s", (int)x->subject.n, x->subject.p), x->body),
		            LETTER_LINKS({ STR("Lire la réponse, ajouter un mot"), link }),
		            LETTER_AFTER(STR("La réponse vous sera annoncée par courriel. Votre adresse n’a été montrée à personne. Ce lien est à vous, et sert soixante jours.")) },
	};
	return mail_queue(r->write, a, &m, NULL);
}

static enum err
confirm(struct req *r, struct resp *w, const struct catalyst *c, struct introduction *x, struct str link, struct view_contact *v)
{
	struct arena *a = r->arena;
	struct recipients to;
	struct handed h;
	size_t sent = 0;
	bool go;
	enum err e = catalyst_recipients(r->write, a, c->card.id, &to);

	if (e)
		return e;
	if (to.n) {
		if ((e = counted(r, w, x, v, &go)))
			return e;
		if (!go)
			return contact_send(r, w, v, c);
		if ((e = token_use(r->write, a, link, PURPOSE, &h)) || (e = leave(r, c, x, &to, &sent)))
			return e;
		if (sent) {
			resp_redirect(w, 303, arena_fmt(a, "/catalyseurs/%lld/contacter?fait=parti", (long long)c->card.id));
			return ERR_NONE;
		}
	}
	w->status = 503; /* nothing of it is kept */
	v->trouble = STR("Personne ne peut plus recevoir ce message : les personnes qui répondaient de ce catalyseur n’en veulent plus, ou ne sont plus là. Rien n’est parti.");
	v->action = (struct url){ NULL, 0 };
	v->ways = contact_ways(r, c);
	return contact_send(r, w, v, c);
}

/* /catalyseurs/{id}/contacter/confirmer: the link the sender received. Looking at it sends nothing. */
enum err
page_contact_confirm(struct req *r, struct resp *w)
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
	struct view_contact v = contact_view(r, &c, STR("Votre message"));
	e = token_find(r->write, a, link, PURPOSE, &h);
	if (!e && (json_parse(a, h.data, &d) || (!h.used && !h.late && (!json_whole(json_get(d, "catalyseur"), &number) || number != c.card.id))))
		e = ERR_NOT_FOUND;
	if (e && e != ERR_NOT_FOUND)
		return e;
	if (e || h.used || h.late) {
		struct view_link *again = arena_array(a, struct view_link, 1);
		w->status = e ? 404 : 410;
		v.title = STR("Ce lien n’est plus bon");
		v.lead = !e && h.used ? STR("Il a déjà servi : votre message est parti.") : STR("Il est incomplet, ou il a plus de trois jours. Le message peut être écrit à nouveau.");
		again[0] = (struct view_link){ STR("Écrire à ce catalyseur"), network_link(a, c.card.id, "contacter") };
		v.links = (struct view_links){ again, 1 };
		return contact_send(r, w, &v, &c);
	}
	struct introduction x = { .catalyst = c.card.id, .name = read_of(d, "nom"), .email = read_of(d, "courriel"), .subject = read_of(d, "objet"),
		                  .body = read_of(d, "message"), .need = read_of(d, "besoin") };
	if (!json_whole(json_get(d, "lieu"), &x.territory))
		x.territory = 0;
	struct view_said *words = arena_array(a, struct view_said, 1);
	struct view_form_pair *kept = arena_array(a, struct view_form_pair, 1);
	struct view_fact *facts = arena_array(a, struct view_fact, 2);
	words[0] = (struct view_said){ .who = x.name, .body = x.body, .mine = true };
	facts[0] = (struct view_fact){ .label = STR("À"), .text = c.card.name };
	facts[1] = (struct view_fact){ .label = STR("Objet"), .text = x.subject };
	kept[0] = (struct view_form_pair){ STR("lien"), link };
	v.lead = STR("Le voici, tel que vous l’avez écrit. Il est transmis quand vous appuyez sur le bouton.");
	v.facts = (struct view_facts){ facts, 2 };
	v.said_title = STR("Ce que vous écrivez");
	v.said = (struct view_saids){ words, 1 };
	v.action = network_link(a, c.card.id, "contacter/confirmer");
	v.hidden = form_hidden(r, true);
	v.kept = (struct view_form_pairs){ kept, 1 };
	v.buttons = one_button(a, STR("Envoyer mon message"));
	if (r->method == METHOD_POST && !r->refused)
		return confirm(r, w, &c, &x, link, &v);
	return contact_send(r, w, &v, &c);
}
