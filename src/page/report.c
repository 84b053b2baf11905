/*
 * /fiches/{id}/signaler: anybody says what is wrong with a sheet. /fiches/{id}/signalements: what was said, for those who review it, and
 * their answers. What is personal is read by them only: a report is never shown to those who hold the sheet.
 */
#include "gen/tpl.h"
#include "model/mail.h"
#include "page/follow.h"
#include "web/params.h"

static const char PURPOSE[] = "signalement";

static enum err
form(struct req *r, struct resp *w, const struct sheet_status *s, const struct actor *who)
{
	struct arena *a = r->arena;
	struct view_follow v = follow_view(r, s, STR("Signaler un problème"));
	struct view_form_option *options = arena_array(a, struct view_form_option, REPORT_REASONS_N);
	struct view_form_field *p = arena_array(a, struct view_form_field, 3);
	struct view_follow_button *button = arena_array(a, struct view_follow_button, 1);
	struct view_link *links = arena_array(a, struct view_link, 2);
	struct str *notes = arena_array(a, struct str, 3), asked = req_param(r, "motif");
	size_t n = 0;

	if (str_eq(req_param(r, "fait"), STR("envoye")))
		v.done = STR("Merci. Votre signalement est parti vers les personnes qui relisent cette fiche.");
	else
		v.lead = STR("Quelque chose ne va pas dans cette fiche ? Une personne lira votre message et décidera.");
	for (size_t i = 0; i < REPORT_REASONS_N; i++)
		options[i] = (struct view_form_option){ .value = str_of(REPORT_REASONS[i].code), .label = str_of(REPORT_REASONS[i].label) };
	p[n] = form_field(r, r->route->params, "motif", STR_NONE, NULL);
	p[n].choices = true;
	form_options(r, &p[n++], options, REPORT_REASONS_N, &asked, asked.n ? 1 : 0);
	p[n] = form_field(r, r->route->params, "texte", STR_NONE, "Ce qui ne va pas, et où dans la fiche.");
	p[n++].required = true;
	if (!who->id)
		p[n++] = form_field(r, r->route->params, "courriel", STR_NONE, "Facultatif : pour vous répondre. Elle n’est montrée qu’aux personnes qui relisent la fiche.");
	v.fields = (struct view_form_fields){ p, n };
	v.trap = !who->id;
	v.action = follow_link(a, s->id, "signaler");
	v.hidden = form_hidden(r, true);
	button[0] = (struct view_follow_button){ STR("envoyer"), STR("Envoyer le signalement"), false };
	v.buttons = (struct view_follow_buttons){ button, 1 };
	v.note_title = STR("Ce qui se passe ensuite");
	notes[0] = STR("Votre message part vers les personnes qui relisent les fiches de ce territoire. Les auteurs de la fiche ne le lisent pas.");
	notes[1] = STR("Aucune fiche n’est retirée par une machine : une personne décide, dit pourquoi, et les auteurs peuvent contester.");
	notes[2] = STR("Pour une phrase à corriger, proposez plutôt le texte juste : c’est plus rapide.");
	v.notes = (struct view_strs){ notes, 3 };
	links[0] = (struct view_link){ STR("Proposer une correction"), follow_link(a, s->id, "suggerer") };
	links[1] = (struct view_link){ STR("Revenir à la fiche"), link_sheet(a, s->id, s->slug) };
	v.links = (struct view_links){ links, 2 };
	return follow_send(r, w, &v);
}

static enum err
notify(struct req *r, const struct sheet_status *s, const struct report *x, int64_t id)
{
	struct arena *a = r->arena;
	struct follow_people people;
	enum err e = follow_people(r->write, a, s->id, &people);

	for (size_t i = e ? 0 : people.holders; !e && i < people.n; i++) {
		const struct follow_person *p = &people.p[i];
		struct str link;
		if (p->id == x->author_id)
			continue;
		e = follow_mailed(r, PURPOSE, p->id, s->id, id, arena_fmt(a, "/fiches/%lld/signalements/%lld", (long long)s->id, (long long)id), &link);
		if (e)
			break;
		struct mail m = {
			.to = p->email, .account = p->id, .kind = STR("signalement"),
			.subject = arena_fmt(a, "Un problème signalé : %.*s", (int)s->title.n, s->title.p),
			.letter = { LETTER_PARAGRAPHS(STR("Bonjour,"), arena_fmt(a, "Quelqu’un signale un problème dans la fiche « %.*s ».", (int)s->title.n, s->title.p),
			                              arena_fmt(a, "Motif : %s.", report_reason_label(x->reason)), x->body),
			            LETTER_LINKS({ STR("Répondre à ce signalement"), link }, { STR("Lire la fiche"), follow_absolute(r, link_sheet(a, s->id, s->slug)) }),
			            LETTER_AFTER(STR("Ce lien est à vous, et sert sans mot de passe pendant soixante jours.")) },
		};
		e = mail_queue(r->write, a, &m, NULL);
	}
	return e;
}

enum err
page_report(struct req *r, struct resp *w)
{
	struct sheet_status s;
	const struct actor *who;
	int64_t id;
	enum err e = follow_sheet(r, &s);

	if (e || (e = follow_visitor(r, &who)))
		return e;
	if (r->method != METHOD_POST || r->refused)
		return form(r, w, &s, who);
	struct report x = { .reason = req_param(r, "motif"), .body = req_param(r, "texte"), .author_id = who->id,
		            .email = who->id ? STR_NONE : req_param(r, "courriel") };
	if (x.reason.n == 0)
		form_fault(r, "motif", "Choisissez ce qui ne va pas.");
	if (x.body.n == 0)
		form_fault(r, "texte", "Dites en quelques mots ce qui ne va pas, et où.");
	if (params_bad(r)) {
		w->status = 422;
		return form(r, w, &s, who);
	}
	if (!follow_welcome(r, w, who, "signalement", &e))
		return e ? e : form(r, w, &s, who);
	if ((e = report_put(r->write, r->arena, s.id, &x, &id)) || (e = notify(r, &s, &x, id)))
		return e;
	resp_redirect(w, 303, arena_fmt(r->arena, "/fiches/%lld/signaler?fait=envoye", (long long)s.id));
	return ERR_NONE;
}

static struct str
state_label(struct str state)
{
	return str_eq(state, STR("recue")) ? STR("attend une réponse") : str_eq(state, STR("traitee")) ? STR("traité") : STR("classé");
}

static struct str
detail_of(struct arena *a, const struct report *x)
{
	struct str who = x->who.n ? x->who : x->email.n ? STR("un visiteur qui attend une réponse") : STR("un visiteur");
	struct view_date d = words_date(a, x->created_at, true);
	return arena_fmt(a, "%.*s, par %.*s", (int)d.text.n, d.text.p, (int)who.n, who.p);
}

enum err
page_reports(struct req *r, struct resp *w)
{
	struct arena *a = r->arena;
	struct sheet_status s;
	struct reports all;
	bool writes, reviews;
	enum err e = follow_sheet(r, &s);

	if (e || (e = follow_rights(r->write, a, actor_of(r)->id, s.id, &writes, &reviews)))
		return e;
	/* One of them may name somebody: a program reads them as it answers them. */
	if (!reviews || (!actor_of(r)->session && !(actor_of(r)->scopes & SCOPE_REVIEW)))
		return ERR_FORBIDDEN;
	if ((e = report_list(r->write, a, s.id, &all)))
		return e;
	struct view_follow_row *rows = arena_array(a, struct view_follow_row, all.n);
	size_t waiting = 0;
	for (size_t i = 0; i < all.n; i++) {
		const struct report *x = &all.p[i];
		bool waits = str_eq(x->state, STR("recue"));
		struct str who = x->who.n ? x->who : STR("un visiteur");
		rows[i] = (struct view_follow_row){ .link = { str_of(report_reason_label(x->reason)),
			                                      link_fmt(a, "/fiches/%lld/signalements/%lld", (long long)s.id, (long long)x->id) },
			                            .state = state_label(x->state),
			                            .mark = waits ? STR("attend") : STR("clos"),
			                            .date = words_date(a, x->created_at, true),
			                            .detail = arena_fmt(a, "par %.*s", (int)who.n, who.p),
			                            .excerpt = x->body };
		waiting += waits;
	}
	struct view_follow head = follow_view(r, &s, STR("Problèmes signalés"));
	struct view_link *links = arena_array(a, struct view_link, 2);
	links[0] = (struct view_link){ STR("Corrections proposées"), follow_link(a, s.id, "suggestions") };
	links[1] = (struct view_link){ STR("Revenir à la fiche"), link_sheet(a, s.id, s.slug) };
	struct view_follow_list v = { .crumbs = head.crumbs,
		                      .cote = head.cote,
		                      .sheet = head.sheet,
		                      .title = head.title,
		                      .lead = waiting ? words_count(a, (int64_t)waiting, "signalement attend une réponse", "signalements attendent une réponse") : STR_NONE,
		                      .done = str_eq(req_param(r, "fait"), STR("repondu")) ? STR("C’est noté, et la personne qui a signalé le problème est prévenue quand elle a "
		                                                                                 "laissé une adresse.")
		                                                                           : STR_NONE,
		                      .empty = STR("Personne n’a signalé de problème dans cette fiche."),
		                      .rows = { rows, all.n },
		                      .links = { links, 2 } };
	struct buf main;
	buf_init(&main, a, 16384);
	tpl_follow_list(&main, &v);
	struct view_layout layout = { .title = arena_fmt(a, "%.*s : %.*s", (int)v.title.n, v.title.p, (int)s.title.n, s.title.p),
		                      .noindex = true, .nav_sheets = true, .head_search = true };
	return page_send(r, w, &layout, &main);
}

static enum err
show(struct req *r, struct resp *w, const struct sheet_status *s, const struct report *x, const struct follow_actor *who)
{
	struct arena *a = r->arena;
	bool waits = str_eq(x->state, STR("recue"));
	struct view_follow v = follow_view(r, s, STR("Un problème signalé"));
	struct view_fact *facts = arena_array(a, struct view_fact, 4);
	struct view_follow_text *text = arena_array(a, struct view_follow_text, 2);
	size_t n = 0;

	if (str_eq(req_param(r, "fait"), STR("repondu")))
		v.done = STR("C’est noté, et la personne qui a signalé le problème est prévenue quand elle a laissé une adresse.");
	facts[n++] = (struct view_fact){ .label = STR("Motif"), .text = str_of(report_reason_label(x->reason)) };
	facts[n++] = (struct view_fact){ .label = STR("Signalé"), .text = detail_of(a, x) };
	if (!waits)
		facts[n++] = (struct view_fact){ .label = STR("Réponse"), .text = state_label(x->state) };
	v.facts = (struct view_facts){ facts, n };
	text[0] = (struct view_follow_text){ STR("Ce qui est dit"), x->body };
	text[1] = (struct view_follow_text){ STR("Ce qui a été répondu"), x->reply };
	v.texts = (struct view_follow_texts){ text, waits ? 1 : 2 };
	if (waits) {
		struct view_form_pair *kept = arena_array(a, struct view_form_pair, 1);
		struct view_form_field *field = arena_array(a, struct view_form_field, 1);
		struct view_follow_button *b = arena_array(a, struct view_follow_button, 2);
		struct str *notes = arena_array(a, struct str, 2);
		kept[0] = (struct view_form_pair){ STR("lien"), who->link };
		field[0] = form_field(r, r->route->params, "reponse", STR_NONE, "Elle est envoyée à la personne qui a signalé le problème, quand elle a laissé une adresse.");
		field[0].required = true;
		b[0] = (struct view_follow_button){ STR("traiter"), STR("Répondre : c’est réglé"), false };
		b[1] = (struct view_follow_button){ STR("classer"), STR("Répondre : rien à changer"), true };
		v.action = link_fmt(a, "/fiches/%lld/signalements/%lld", (long long)s->id, (long long)x->id);
		v.hidden = form_hidden(r, true);
		v.kept = (struct view_form_pairs){ kept, who->link.n ? 1 : 0 };
		v.fields = (struct view_form_fields){ field, 1 };
		v.buttons = (struct view_follow_buttons){ b, 2 };
		v.note_title = STR("Agir sur la fiche");
		notes[0] = STR("Corriger, archiver ou retirer la fiche se fait dans sa page de relecture. Répondez ensuite ici, en disant ce qui a été fait.");
		notes[1] = STR("Une fiche retirée l’est avec un motif : ses auteurs sont prévenus, et peuvent contester.");
		v.notes = (struct view_strs){ notes, 2 };
	}
	struct view_link *links = arena_array(a, struct view_link, 3);
	links[0] = (struct view_link){ STR("La relecture de cette fiche"), follow_link(a, s->id, "relecture") };
	links[1] = (struct view_link){ STR("Tous les problèmes signalés"), follow_link(a, s->id, "signalements") };
	links[2] = (struct view_link){ STR("Revenir à la fiche"), link_sheet(a, s->id, s->slug) };
	v.links = (struct view_links){ links, 3 };
	return follow_send(r, w, &v);
}

enum err
page_report_decide(struct req *r, struct resp *w)
{
	struct arena *a = r->arena;
	struct sheet_status s;
	struct report x;
	struct follow_actor who;
	struct str none, outcome, reply = req_param(r, "reponse"), act = req_param(r, "choix");
	bool writes, reviews;
	int64_t number = link_number(r->vars[1], &none);
	enum err e = follow_sheet(r, &s);

	if (e || (e = follow_actor(r, PURPOSE, number, &who)) || (e = report_find(r->write, a, s.id, number, &x))
	    || (e = follow_rights(r->write, a, who.id, s.id, &writes, &reviews)))
		return e;
	if (!reviews)
		return ERR_FORBIDDEN;
	if (r->method != METHOD_POST || r->refused)
		return show(r, w, &s, &x, &who);
	if (reply.n == 0)
		form_fault(r, "reponse", "Dites en quelques mots ce qui a été décidé, et pourquoi.");
	if (act.n == 0)
		form_fault(r, "choix", "Dites si c’est réglé, ou s’il n’y a rien à changer.");
	if (params_bad(r)) {
		w->status = 422;
		return show(r, w, &s, &x, &who);
	}
	if ((e = report_decide(r->write, a, who.id, number, act, reply, &outcome)))
		return e;
	if (str_eq(outcome, STR("introuvable")))
		return ERR_NOT_FOUND;
	if (str_eq(outcome, STR("etat")))
		return err_note(ERR_CONFLICT, "this report was answered");
	if (x.email.n) {
		struct mail m = {
			.to = x.email, .account = x.author_id, .kind = STR("reponse"),
			.subject = arena_fmt(a, "Votre signalement : %.*s", (int)s.title.n, s.title.p),
			.letter = { LETTER_PARAGRAPHS(STR("Bonjour,"), arena_fmt(a, "Vous aviez signalé un problème dans la fiche « %.*s ».", (int)s.title.n, s.title.p),
			                              str_eq(outcome, STR("traitee")) ? STR("Une personne l’a lu, et a fait ce qu’il fallait.")
			                                                              : STR("Une personne l’a lu, et n’a rien changé."),
			                              arena_fmt(a, "Voici sa réponse :\n%.*s", (int)reply.n, reply.p)),
			            LETTER_LINKS({ STR("Lire la fiche"), follow_absolute(r, link_sheet(a, s.id, s.slug)) }) },
		};
		if ((e = mail_queue(r->write, a, &m, NULL)))
			return e;
	}
	struct str link = who.link;
	resp_redirect(w, 303, link.n ? arena_fmt(a, "/fiches/%lld/signalements/%lld?fait=repondu&lien=%.*s", (long long)s.id, (long long)number, (int)link.n, link.p)
	                             : arena_fmt(a, "/fiches/%lld/signalements?fait=repondu", (long long)s.id));
	return ERR_NONE;
}
