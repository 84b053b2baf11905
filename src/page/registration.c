/*
 * /evenements/.../inscription: to come to an event. No account: a name, an address that a link confirms. The form is the same for everybody
 * and may be kept by nginx: at one o'clock all ask for it at once. /confirmer and /annuler: what the links of the mails open.
 */
#include "crypt/token.h"
#include "gen/tpl.h"
#include "model/account.h"
#include "model/mail.h"
#include "page/event.h"
#include "page/event_mail.h"
#include "page/write.h"
#include "text/json.h"
#include "text/json_out.h"
#include "text/slug.h"
#include "web/actor.h"
#include "web/params.h"

static const char SENDING[] = "rendez_vous_envoi";

enum {
	LINK_LASTS_S = 3 * 24 * 3600,
	VISITOR_MOST = 60, ADDRESS_MOST = 6, PER_S = 3600 /* a whole office may come from one address */
};

static const struct {
	const char *code, *says;
} done_words[] = {
	{ "courriel", "Encore un geste : un courriel vient de partir. L’inscription est faite quand vous suivez le lien qu’il contient." },
	{ "inscrit", "C’est fait : votre place est gardée. Un courriel vous donne tout ce qu’il faut, avec le rendez-vous pour votre agenda." },
	{ "attente", "Toutes les places sont prises : vous êtes sur la liste d’attente. Dès qu’une place se libère pour vous, elle est à vous, et un courriel vous le dit." },
	{ "deja", "Cette adresse est déjà inscrite : il n’y a rien à refaire. Un courriel vous rappelle tout ce qu’il faut." },
	{ "ferme", "Les inscriptions viennent de se clore. Rien n’a été gardé." },
	{ "desinscrit", "C’est fait : vous n’êtes plus sur la liste, et votre place va à quelqu’un d’autre. Merci de l’avoir dit." },
	{ "passe", "Ce rendez-vous est passé : il n’y a plus rien à faire." },
};

static struct str
done_of(struct req *r)
{
	for (size_t i = 0; i < sizeof(done_words) / sizeof(*done_words) && r->method != METHOD_POST; i++)
		if (str_eq(req_param(r, "fait"), str_of(done_words[i].code)))
			return str_of(done_words[i].says);
	return STR_NONE;
}

static struct view_event_form
view_of(struct req *r, const struct event *e, struct str title)
{
	struct arena *a = r->arena;
	struct view_link trail[3] = { { STR("Rendez-vous"), { "/evenements", 11 } }, { e->title, link_event(a, e->address) }, { title, { NULL, 0 } } };

	return (struct view_event_form){ .crumbs = crumbs(a, 3, trail), .date = event_date(a, e), .event = { e->title, link_event(a, e->address) }, .title = title,
		                         .done = done_of(r) };
}

static enum err
form_send(struct req *r, struct resp *w, const struct event *e, struct view_event_form *v)
{
	struct buf main;

	if (r->refused && w->status == 200)
		w->status = 400;
	if (r->method == METHOD_POST)
		v->faults = form_faults(r);
	buf_init(&main, r->arena, 16384);
	tpl_event_form(&main, v);
	struct view_layout layout = { .title = arena_fmt(r->arena, "%.*s : %.*s", (int)v->title.n, v->title.p, (int)e->title.n, e->title.p),
		                      .canonical = link_fmt(r->arena, "%.*s%.*s", (int)r->base.n, r->base.p, (int)r->path.n, r->path.p), /* no link, no name */
		                      .noindex = true,
		                      .head_search = true };
	return page_send(r, w, &layout, &main);
}

static struct event_sender
sender_of(const struct req *r)
{
	return (struct event_sender){ r->base, site_of(r)->editor, site_of(r)->contact };
}

/* The event of the address; *ret_moved: it has another one now. */
static enum err
event_asked(struct req *r, struct db *db, struct event *ret, bool *ret_moved)
{
	enum err err = slug_valid(r->vars[0]) ? event_find(db, r->arena, r->vars[0], ret) : ERR_NOT_FOUND;

	*ret_moved = !err && !str_eq(ret->address, r->vars[0]);
	return err;
}

static bool
has_mode(const struct event *e, const char *way)
{
	return str_eq(e->mode, STR("mixte")) || str_eq(e->mode, strcmp(way, "site") == 0 ? STR("presence") : STR("distance"));
}

static struct view_form_options
ways_of(struct req *r, const struct event *e, const struct event_parts *parts)
{
	struct arena *a = r->arena;
	struct view_form_option *o = arena_array(a, struct view_form_option, 2);
	size_t n = 0;

	for (size_t i = 0; i < parts->n && n < 2; i++) {
		const struct event_part *x = &parts->p[i];
		bool site = str_eq(x->kind, STR("site"));
		if (!str_eq(x->part, STR("seat")) || !has_mode(e, site ? "site" : "distance"))
			continue;
		int64_t left = x->n - x->taken;
		struct str count = words_count(a, left, "place libre", "places libres");
		o[n++] = (struct view_form_option){ .value = x->kind,
			                            .label = site ? STR("Sur place") : STR("À distance"),
			                            .help = !x->bounded ? site ? e->place : STR("Vous recevrez l’adresse pour vous connecter.")
			                                    : left > 0  ? count
			                                                : STR("Complet : vous serez sur la liste d’attente.") };
	}
	return (struct view_form_options){ o, n };
}

static enum err
form(struct req *r, struct resp *w, const struct event *e, const struct territory_refs *places)
{
	struct arena *a = r->arena;
	struct event_parts parts;
	struct view_event_form v = view_of(r, e, STR("S’inscrire"));
	struct view_form_field *p = arena_array(a, struct view_form_field, 6);
	struct view_link *links = arena_array(a, struct view_link, 1);
	struct str *notes = arena_array(a, struct str, 4);
	size_t n = 0;
	enum err err = event_parts(r->db, a, e->id, &parts);

	if (err)
		return err;
	v.lead = event_when(a, e);
	links[0] = (struct view_link){ STR("Revenir au rendez-vous"), link_event(a, e->address) };
	v.links = (struct view_links){ links, 1 };
	if (!e->registers) {
		struct str mark, state = event_state(a, e, &mark);
		v.trouble = e->over ? STR("Ce rendez-vous est passé : on ne s’y inscrit plus. Sa page dit ce qu’il en reste.")
		            : state.n && !e->live && !str_eq(mark, STR("doute")) ? arena_fmt(a, "%.*s. %.*s", (int)state.n, state.p, (int)e->change_note.n, e->change_note.p)
		                                                                  : STR("On ne s’inscrit pas à ce rendez-vous, ou les inscriptions sont closes.");
		return form_send(r, w, e, &v);
	}
	struct view_form_options ways = ways_of(r, e, &parts);
	p[n] = form_field(r, PARAMS_EVENT_SIGN, "nom", STR_NONE, NULL);
	p[n].autocomplete = STR("name");
	p[n++].required = true;
	p[n] = form_field(r, PARAMS_EVENT_SIGN, "courriel", STR_NONE, "Un lien de confirmation y est envoyé. Elle n’est montrée à personne d’autre que l’organisation.");
	p[n++].required = true;
	if (ways.n > 1) {
		p[n] = form_field(r, PARAMS_EVENT_SIGN, "facon", STR_NONE, NULL);
		p[n].choices = true;
		form_options(r, &p[n++], ways.p, ways.n, NULL, 0);
	}
	p[n] = form_field(r, PARAMS_EVENT_SIGN, "territoire", STR_NONE, "Facultatif. Une commune, un département… Cela aide à savoir d’où l’on vient.");
	p[n++].suggest = STR("pres-de-moi");
	if (places && places->n > 1) {
		struct view_form_option *o = arena_array(a, struct view_form_option, places->n);
		for (size_t i = 0; i < places->n; i++) {
			const struct territory_ref *t = &places->p[i];
			o[i] = (struct view_form_option){ .value = arena_fmt(a, "%.*s:%.*s", (int)t->type.n, t->type.p, (int)t->code.n, t->code.p), .label = t->name,
				                          .help = arena_fmt(a, "%.*s %.*s", (int)t->type.n, t->type.p, (int)t->code.n, t->code.p) };
		}
		p[n] = form_field(r, PARAMS_EVENT_SIGN, "lieu", STR_NONE, "Plusieurs lieux portent ce nom : choisissez le vôtre.");
		p[n].choices = true;
		form_options(r, &p[n++], o, places->n, NULL, 0);
	}
	v.fields = (struct view_form_fields){ p, n };
	v.trap = true;
	v.action = link_fmt(a, "/evenements/%.*s/inscription", (int)e->address.n, e->address.p);
	v.hidden = (struct view_hidden){ .token = actor_form_token_shared(r) };
	v.button = STR("Recevoir le lien de confirmation");
	v.note_title = STR("Ce qui va se passer");
	notes[0] = ways.n == 1 && ways.p[0].help.n ? ways.p[0].help : STR("Sans compte, en une minute.");
	notes[1] = STR("Un courriel vous donne un lien : il confirme votre adresse. Le suivant apporte le rendez-vous pour votre agenda.");
	notes[2] = STR("Un rappel la veille, un autre une heure avant. Si quelque chose change, vous le saurez.");
	notes[3] = STR("Votre nom et votre adresse sont effacés un mois après.");
	v.notes = (struct view_strs){ notes, 4 };
	return form_send(r, w, e, &v);
}

static bool
welcome(struct req *r, struct resp *w, struct str email, enum err *ret)
{
	struct str visitor;
	int64_t wait = 0, more = 0;

	*ret = ERR_NONE;
	/* The age of the form says nothing: it is shared. The link of the mail is what a robot lacks. */
	if (req_typed(r, "site_web").n) {
		form_fault(r, "formulaire", "Un champ qui devait rester vide a été rempli. Si c’est votre navigateur qui l’a fait, envoyez à nouveau.");
		w->status = 422;
		return false;
	}
	if ((*ret = actor_visitor(r, &visitor)) || (*ret = attempt_note(r->write, r->arena, "rendez_vous", visitor, VISITOR_MOST, PER_S, &wait)) ||
	    (*ret = attempt_note(r->write, r->arena, "rendez_vous", email, ADDRESS_MOST, PER_S, &more)))
		return false;
	wait = wait > more ? wait : more;
	if (wait == 0)
		return true;
	resp_header(w, "Retry-After", arena_fmt(r->arena, "%lld", (long long)wait));
	form_fault(r, "formulaire", "Beaucoup d’envois viennent d’ici en peu de temps. Réessayez dans %lld minutes : ce que vous avez écrit est gardé dans cette page.", (long long)(wait + 59) / 60);
	w->status = 429;
	return false;
}

static enum err
hand_out(struct req *r, const struct event *e, const struct registration *g, int64_t territory)
{
	struct arena *a = r->arena;
	struct token t;
	struct buf data;

	token_make(&t);
	buf_init(&data, a, 512);
	struct json_out j = json_out(&data);
	json_begin_object(&j);
	json_key(&j, "rendez_vous"), json_int(&j, e->id);
	json_key(&j, "nom"), json_str(&j, g->name);
	json_key(&j, "courriel"), json_str(&j, g->email);
	json_key(&j, "facon"), json_str(&j, g->mode);
	json_key(&j, "territoire"), json_int(&j, territory);
	json_end(&j);
	enum err err = token_put(r->write, a, str_of(t.sum), SENDING, 0, 0, buf_str(&data), LINK_LASTS_S);
	if (err)
		return err;
	struct str when = event_when(a, e);
	struct mail m = { .to = g->email, .kind = STR("lien"),
		          .subject = arena_fmt(a, "À confirmer : %.*s", (int)e->title.n, e->title.p),
		          .letter = { LETTER_PARAGRAPHS(arena_fmt(a, "Bonjour %.*s,", (int)g->name.n, g->name.p),
		                                        arena_fmt(a, "Vous demandez à venir à « %.*s », %.*s.", (int)e->title.n, e->title.p, (int)when.n, when.p),
		                                        STR("Ce lien confirme votre adresse ; votre place est gardée quand vous appuyez sur son bouton.")),
		                      LETTER_LINKS({ STR("Confirmer mon inscription"),
		                                     arena_fmt(a, "%.*s/evenements/%.*s/inscription/confirmer?lien=%s", (int)r->base.n, r->base.p, (int)e->address.n, e->address.p, t.text) }),
		                      LETTER_AFTER(STR("Ce lien sert pendant trois jours. Si vous n’avez rien demandé, laissez ce courriel.")) } };
	return mail_queue(r->write, a, &m, NULL);
}

static enum err
post(struct req *r, struct resp *w, const struct event *e)
{
	struct arena *a = r->arena;
	struct str typed = req_param(r, "territoire"), key = req_param(r, "lieu");
	struct territory_refs places = { 0 };
	struct territory t = { 0 };
	struct registration g = { .event_id = e->id, .name = req_param(r, "nom"), .email = req_param(r, "courriel"), .mode = req_param(r, "facon") }, old;
	enum err err = ERR_NONE;

	if (r->refused || !e->registers)
		return form(r, w, e, NULL);
	if (key.n == 0 && typed.n && (err = write_place_find(r, typed, &key, &places)))
		return err;
	if (key.n && (err = territory_find_key(r->db, a, key, &t)) && err != ERR_NOT_FOUND)
		return err;
	if (places.n > 1)
		form_fault(r, "lieu", "« %.*s » peut désigner plusieurs lieux.", (int)typed.n, typed.p);
	else if (typed.n && t.id == 0)
		form_fault(r, "territoire", "Nous ne connaissons pas ce lieu. Essayez un code postal, ou laissez ce champ vide.");
	if (g.name.n == 0)
		form_fault(r, "nom", "Dites votre nom : il sert à vous accueillir.");
	if (g.email.n == 0)
		form_fault(r, "courriel", "Donnez une adresse : le lien de confirmation y sera envoyé.");
	if (g.mode.n == 0)
		g.mode = str_eq(e->mode, STR("presence")) ? STR("site") : str_eq(e->mode, STR("distance")) ? STR("distance") : STR_NONE;
	if (g.mode.n == 0 || !has_mode(e, arena_cstr(a, g.mode)))
		form_fault(r, "facon", "Dites comment vous venez.");
	if (params_bad(r)) {
		w->status = 422;
		return form(r, w, e, &places);
	}
	if (!welcome(r, w, g.email, &err))
		return err ? err : form(r, w, e, &places);
	err = registration_find(r->write, a, 0, e->id, g.email, &old);
	struct event_sender s = sender_of(r);
	if (!err)
		err = event_tell(r->write, a, &s, e, &old, EVENT_AGAIN); /* the page says the same: who is registered is nobody's business */
	else if (err == ERR_NOT_FOUND)
		err = hand_out(r, e, &g, t.id);
	if (!err)
		resp_redirect(w, 303, arena_fmt(a, "/evenements/%.*s/inscription?fait=courriel", (int)e->address.n, e->address.p));
	return err;
}

enum err
page_registration(struct req *r, struct resp *w)
{
	struct event e;
	bool moved;
	enum err err = event_asked(r, r->db, &e, &moved);

	if (err)
		return err;
	if (r->method == METHOD_POST)
		return post(r, w, &e);
	if (moved) {
		resp_redirect(w, 301, arena_fmt(r->arena, "/evenements/%.*s/inscription", (int)e.address.n, e.address.p));
		return ERR_NONE;
	}
	return form(r, w, &e, NULL);
}

static struct view_facts
facts_of(struct arena *a, const struct event *e, struct str name, struct str mode, struct str email)
{
	struct view_fact *f = arena_array(a, struct view_fact, 4);

	f[0] = (struct view_fact){ .label = STR("Quand"), .text = event_when(a, e) };
	f[1] = (struct view_fact){ .label = STR("Nom"), .text = name };
	f[2] = (struct view_fact){ .label = STR("Courriel"), .text = email };
	f[3] = (struct view_fact){ .label = STR("Comment"), .text = str_eq(mode, STR("site")) ? STR("Sur place") : STR("À distance") };
	return (struct view_facts){ f, 4 };
}

static enum err
link_dead(struct req *r, struct resp *w, const struct event *e, int status, const char *why)
{
	struct view_event_form v = view_of(r, e, STR("Ce lien n’est plus bon"));
	struct view_link *links = arena_array(r->arena, struct view_link, 1);

	w->status = status;
	v.lead = str_of(why);
	links[0] = (struct view_link){ STR("Le rendez-vous"), link_event(r->arena, e->address) };
	v.links = (struct view_links){ links, 1 };
	return form_send(r, w, e, &v);
}

static enum err
button_show(struct req *r, struct resp *w, const struct event *e, struct view_event_form *v, const char *act, struct str link)
{
	struct arena *a = r->arena;
	struct view_form_pair *kept = arena_array(a, struct view_form_pair, 1);

	kept[0] = (struct view_form_pair){ STR("lien"), link };
	v->action = link_fmt(a, "/evenements/%.*s/inscription/%s", (int)e->address.n, e->address.p, act);
	v->hidden = form_hidden(r, true);
	v->kept = (struct view_form_pairs){ kept, 1 };
	return form_send(r, w, e, v);
}

static void
after(struct req *r, struct resp *w, const struct event *e, const char *act, struct str done)
{
	resp_redirect(w, 303, arena_fmt(r->arena, "/evenements/%.*s/inscription/%s?fait=%.*s", (int)e->address.n, e->address.p, act, (int)done.n, done.p));
}

/* The page shown once it is done: it holds nothing of anybody. */
static enum err
said(struct req *r, struct resp *w, const struct event *e, const char *title)
{
	struct view_event_form v = view_of(r, e, str_of(title));
	struct view_link *links = arena_array(r->arena, struct view_link, 2);

	links[0] = (struct view_link){ STR("Le rendez-vous"), link_event(r->arena, e->address) };
	links[1] = (struct view_link){ STR("Tout l’agenda"), { "/evenements", 11 } };
	v.links = (struct view_links){ links, 2 };
	return form_send(r, w, e, &v);
}

/* The link of the first mail. Looking at it registers nobody: readers of mail follow links. */
enum err
page_registration_confirm(struct req *r, struct resp *w)
{
	struct arena *a = r->arena;
	struct str link = req_param(r, "lien");
	struct event e;
	struct handed h;
	const struct json *d;
	bool moved, acts = r->method == METHOD_POST && !r->refused;
	int64_t id = 0, event = 0, territory = 0;
	struct str outcome;
	enum err err = event_asked(r, r->write, &e, &moved);

	if (err)
		return err;
	if (link.n == 0 && done_of(r).n)
		return said(r, w, &e, "Votre inscription");
	err = token_find(r->write, a, link, SENDING, &h);
	if (!err && (json_parse(a, h.data, &d) || !json_whole(json_get(d, "rendez_vous"), &event) || event != e.id))
		err = ERR_NOT_FOUND;
	if (!err && acts) /* at its own address only: elsewhere it stays good */
		err = token_use(r->write, a, link, SENDING, &h);
	if (err == ERR_NOT_FOUND)
		return link_dead(r, w, &e, 404, "Il est incomplet, il a déjà servi, ou il a plus de trois jours. S’il a servi, votre inscription est faite : un courriel le dit.");
	if (!err && !acts && (h.used || h.late))
		return link_dead(r, w, &e, 410, h.used ? "Il a déjà servi : votre inscription est faite, un courriel le dit." : "Il a plus de trois jours. L’inscription peut être demandée à nouveau.");
	if (err)
		return err;
	struct registration g = { .event_id = e.id, .name = json_text(json_get(d, "nom")), .email = json_text(json_get(d, "courriel")), .mode = json_text(json_get(d, "facon")) };
	if (!acts) {
		struct view_event_form v = view_of(r, &e, STR("Votre inscription"));
		v.lead = STR("Votre place est gardée quand vous appuyez sur le bouton.");
		v.facts = facts_of(a, &e, g.name, g.mode, g.email);
		v.button = STR("Confirmer mon inscription");
		return button_show(r, w, &e, &v, "confirmer", link);
	}
	if (!json_whole(json_get(d, "territoire"), &territory))
		territory = 0;
	if ((err = registration_confirm(r->write, a, &g, territory, &id, &outcome)))
		return err;
	if (id) {
		struct event_sender s = sender_of(r);
		if ((err = registration_find(r->write, a, id, 0, STR_NONE, &g)))
			return err;
		bool again = str_eq(outcome, STR("deja"));
		err = event_tell(r->write, a, &s, &e, &g, again ? EVENT_AGAIN : str_eq(outcome, STR("attente")) ? EVENT_WAITING : EVENT_SEATED);
	}
	if (!err)
		after(r, w, &e, "confirmer", outcome);
	return err;
}

/* The link of the other mails: one click leaves; the seat goes to who waits. */
enum err
page_registration_cancel(struct req *r, struct resp *w)
{
	struct arena *a = r->arena;
	struct str link = req_param(r, "lien"), outcome;
	struct event e;
	struct handed h;
	struct registration g;
	const struct json *d;
	bool moved;
	int64_t id = 0;
	enum err err = event_asked(r, r->write, &e, &moved);

	if (err)
		return err;
	if (link.n == 0 && done_of(r).n)
		return said(r, w, &e, "Désinscription");
	err = token_find(r->write, a, link, EVENT_LINK, &h);
	if (!err && (h.late || json_parse(a, h.data, &d) || !json_whole(json_get(d, "inscription"), &id)))
		err = ERR_NOT_FOUND;
	if (!err)
		err = registration_find(r->write, a, id, 0, STR_NONE, &g);
	if (!err && g.event_id != e.id)
		err = ERR_NOT_FOUND;
	if (err == ERR_NOT_FOUND)
		return link_dead(r, w, &e, 404, "Il est incomplet, ou cette inscription n’existe plus : ce qu’elle disait de vous est effacé.");
	if (err)
		return err;
	if (str_eq(g.state, STR("desinscrit")))
		return link_dead(r, w, &e, 410, "C’est déjà fait : cette inscription est retirée.");
	if (r->method != METHOD_POST || r->refused) {
		struct view_event_form v = view_of(r, &e, STR("Ne plus venir"));
		v.lead = STR("Un clic, et votre place va à quelqu’un d’autre.");
		v.facts = facts_of(a, &e, g.name, g.mode, g.email);
		v.button = STR("Me désinscrire");
		return button_show(r, w, &e, &v, "annuler", link);
	}
	if ((err = registration_cancel(r->write, a, id, &outcome)))
		return err;
	struct event_sender s = sender_of(r);
	if (str_eq(outcome, STR("desinscrit")) && (err = event_fill(r->write, a, &s, &e)))
		return err;
	after(r, w, &e, "annuler", str_eq(outcome, STR("passe")) ? outcome : STR("desinscrit"));
	return ERR_NONE;
}
