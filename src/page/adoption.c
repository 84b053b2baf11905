/*
 * /fiches/{id}/adopter: somebody tried it, and says where and how it went, without writing a sheet. Somebody who is signed in is
 * shown at once; a visitor confirms by a link, then those who hold the sheet decide. /fiches/{id}/essais/{n}: their decision.
 */
#include "model/adoption.h"
#include "model/mail.h"
#include "page/follow.h"
#include "page/write.h"
#include "text/json.h"
#include "text/json_out.h"
#include "web/params.h"

static const char PURPOSE[] = "essai", SENDING[] = "essai_envoi";

static const struct {
	const char *code, *label, *help;
} outcomes[] = {
	{ "reussi", "C’est réussi", "Cela a donné ce que nous attendions." },
	{ "partiel", "À moitié", "Une partie a marché." },
	{ "abandonne", "Nous avons arrêté", "C’est utile à savoir : dites pourquoi." },
	{ "en_cours", "C’est en cours", "Trop tôt pour le dire." },
};
enum { OUTCOMES = sizeof(outcomes) / sizeof(*outcomes) };

static struct str
outcome_label(struct str code)
{
	for (size_t i = 0; i < OUTCOMES; i++)
		if (str_eq(code, str_of(outcomes[i].code)))
			return str_of(outcomes[i].label);
	return STR_NONE;
}

static struct str
done_of(struct req *r)
{
	struct str code = req_param(r, "fait");
	if (str_eq(code, STR("publie")))
		return STR("Merci. Votre essai est sur la fiche, et les personnes qui la tiennent sont prévenues.");
	if (str_eq(code, STR("courriel")))
		return STR("Encore un geste : un courriel vient de partir. Votre récit sera envoyé quand vous aurez suivi le lien qu’il contient.");
	if (str_eq(code, STR("attente")))
		return STR("Merci. Votre récit est parti ; il paraîtra sur la fiche quand une des personnes qui la tiennent l’aura lu.");
	if (str_eq(code, STR("montre")))
		return STR("C’est fait : cet essai est montré sur la fiche.");
	if (str_eq(code, STR("ecarte")))
		return STR("C’est fait : cet essai n’est pas montré.");
	return STR_NONE;
}

static enum err
form(struct req *r, struct resp *w, const struct sheet_status *s, const struct actor *who, const struct territory_refs *places)
{
	struct arena *a = r->arena;
	const struct param_def *schema = r->route->params;
	struct view_follow v = follow_view(r, s, STR("Je l’ai essayée"));
	struct view_form_field *p = arena_array(a, struct view_form_field, 8);
	struct view_form_option *options = arena_array(a, struct view_form_option, OUTCOMES);
	struct view_follow_button *button = arena_array(a, struct view_follow_button, 1);
	struct view_link *links = arena_array(a, struct view_link, 2);
	struct str *notes = arena_array(a, struct str, 3);
	size_t n = 0;

	v.done = done_of(r);
	v.lead = STR("Où, quand, et comment cela s’est passé : trois renseignements, et la fiche dit jusqu’où elle a voyagé.");
	p[n] = form_field(r, schema, "territoire", STR_NONE, "Une commune, une intercommunalité, un département… ou un code postal.");
	p[n].suggest = STR("pres-de-moi");
	p[n++].required = true;
	if (places && places->n) {
		struct view_form_option *lieux = arena_array(a, struct view_form_option, places->n);
		for (size_t i = 0; i < places->n; i++) {
			const struct territory_ref *t = &places->p[i];
			lieux[i] = (struct view_form_option){ .value = arena_fmt(a, "%.*s:%.*s", (int)t->type.n, t->type.p, (int)t->code.n, t->code.p),
				                              .label = t->name,
				                              .help = arena_fmt(a, "%.*s %.*s", (int)t->type.n, t->type.p, (int)t->code.n, t->code.p) };
		}
		p[n] = form_field(r, schema, "lieu", STR_NONE, "Plusieurs lieux portent ce nom : choisissez le vôtre.");
		p[n].choices = true;
		form_options(r, &p[n++], lieux, places->n, NULL, 0);
	}
	for (size_t i = 0; i < OUTCOMES; i++)
		options[i] = (struct view_form_option){ .value = str_of(outcomes[i].code), .label = str_of(outcomes[i].label), .help = str_of(outcomes[i].help) };
	p[n] = form_field(r, schema, "resultat", STR_NONE, NULL);
	p[n].choices = true;
	form_options(r, &p[n++], options, OUTCOMES, NULL, 0);
	p[n] = form_field(r, schema, "annee", STR_NONE, "Facultatif.");
	p[n++].type = STR("number");
	p[n] = form_field(r, schema, "recit", STR_NONE, "Facultatif, en quelques phrases. Ne nommez personne sans son accord.");
	p[n++].rows = 5;
	p[n] = form_field(r, schema, "qui", STR_NONE, who->id ? "Facultatif : sans cela, votre nom est montré." : "Le nom de votre structure, ou le vôtre : il sera montré sur la fiche.");
	p[n++].required = !who->id;
	if (!who->id) {
		p[n] = form_field(r, schema, "courriel", STR_NONE, "Pour vous envoyer un lien de confirmation. Elle n’est montrée à personne.");
		p[n++].required = true;
	}
	v.fields = (struct view_form_fields){ p, n };
	v.trap = !who->id;
	v.action = follow_link(a, s->id, "adopter");
	v.hidden = form_hidden(r, true);
	button[0] = (struct view_follow_button){ STR("envoyer"), who->id ? STR("Montrer mon essai") : STR("Recevoir le lien et envoyer"), false };
	v.buttons = (struct view_follow_buttons){ button, 1 };
	v.note_title = STR("Pourquoi le dire");
	notes[0] = STR("Un essai, même arrêté, aide les suivants plus qu’un nombre de visites.");
	notes[1] = STR("Les personnes qui tiennent la fiche sont prévenues : elles pourront vous répondre.");
	notes[2] = STR("Si vous avez beaucoup changé la méthode, écrivez votre propre fiche, et dites de quoi elle s’inspire.");
	v.notes = (struct view_strs){ notes, 3 };
	links[0] = (struct view_link){ STR("Écrire une fiche qui s’en inspire"), link_fmt(a, "/contribuer/fiche?modele=%lld", (long long)s->id) };
	links[1] = (struct view_link){ STR("Revenir à la fiche"), link_sheet(a, s->id, s->slug) };
	v.links = (struct view_links){ links, 2 };
	return follow_send(r, w, &v);
}

/* Kept, and told to those who hold the sheet; to reviewers when nobody does and it must be read first. */
static enum err
keep(struct req *r, const struct sheet_status *s, const struct adoption *x, struct str who)
{
	struct arena *a = r->arena;
	struct follow_people people;
	int64_t id;
	enum err e = adoption_put(r->write, a, s->id, x, &id);

	if (e || (e = follow_people(r->write, a, s->id, &people)))
		return e;
	size_t n = people.holders ? people.holders : x->author_id ? 0 : people.n;
	struct str what = outcome_label(x->outcome);
	for (size_t i = 0; i < n && !e; i++) {
		const struct follow_person *p = &people.p[i];
		struct str link;
		if (p->id == x->author_id)
			continue;
		e = follow_mailed(r, PURPOSE, p->id, s->id, id, arena_fmt(a, "/fiches/%lld/essais/%lld", (long long)s->id, (long long)id), &link);
		if (e)
			break;
		struct mail m = {
			.to = p->email, .account = p->id, .kind = STR("adoption"),
			.subject = arena_fmt(a, "Un essai ailleurs : %.*s", (int)s->title.n, s->title.p),
			.letter = { LETTER_PARAGRAPHS(STR("Bonjour,"),
			                              arena_fmt(a, "%.*s dit avoir essayé « %.*s » : %.*s, %.*s.", (int)who.n, who.p, (int)s->title.n, s->title.p, (int)x->place.n,
			                                        x->place.p, (int)what.n, what.p),
			                              x->note.n ? x->note : STR("Aucun récit n’accompagne cet essai."),
			                              x->author_id ? STR("Il est montré sur la fiche. S’il n’y a pas sa place, vous pouvez l’écarter.")
			                                           : STR("Il sera montré sur la fiche quand vous l’aurez dit.")),
			            LETTER_LINKS({ x->author_id ? STR("Voir cet essai") : STR("Lire et montrer cet essai"), link }),
			            LETTER_AFTER(STR("Ce lien est à vous, et sert sans mot de passe pendant soixante jours.")) },
		};
		e = mail_queue(r->write, a, &m, NULL);
	}
	return e;
}

static enum err
hand_out(struct req *r, const struct sheet_status *s, const struct adoption *x, struct str place)
{
	struct arena *a = r->arena;
	struct token t;
	struct buf data;
	struct json_out j;

	token_make(&t);
	buf_init(&data, a, 2048);
	j = json_out(&data);
	json_begin_object(&j);
	json_key(&j, "lieu"), json_str(&j, place);
	json_key(&j, "qui"), json_str(&j, x->who);
	json_key(&j, "annee"), json_int(&j, x->year);
	json_key(&j, "resultat"), json_str(&j, x->outcome);
	json_key(&j, "recit"), json_str(&j, x->note);
	json_key(&j, "courriel"), json_str(&j, x->email);
	json_end(&j);
	enum err e = token_put(r->write, a, str_of(t.sum), SENDING, 0, s->id, buf_str(&data), FOLLOW_CONFIRM_LASTS_S);
	if (e)
		return e;
	struct url to = link_fmt(a, "/fiches/%lld/adopter/confirmer?lien=%s", (long long)s->id, t.text);
	struct mail m = {
		.to = x->email, .kind = STR("lien"),
		.subject = STR("Votre essai, à confirmer"),
		.letter = { LETTER_PARAGRAPHS(STR("Bonjour,"), arena_fmt(a, "Vous dites avoir essayé « %.*s ».", (int)s->title.n, s->title.p),
		                              STR("Ce lien montre votre récit ; il part quand vous appuyez sur son bouton.")),
		            LETTER_LINKS({ STR("Relire et envoyer mon récit"), follow_absolute(r, to) }),
		            LETTER_AFTER(STR("Ce lien sert pendant trois jours. Si vous n’avez rien envoyé, laissez ce courriel.")) },
	};
	return mail_queue(r->write, a, &m, NULL);
}

static enum err
post(struct req *r, struct resp *w, const struct sheet_status *s, const struct actor *who)
{
	struct arena *a = r->arena;
	struct str typed = req_param(r, "territoire"), key = req_param(r, "lieu"), year = req_param(r, "annee");
	struct territory_refs places = { 0 };
	struct territory t = { 0 };
	enum err e = ERR_NONE;

	if (r->refused)
		return form(r, w, s, who, NULL);
	if (key.n == 0 && typed.n && (e = write_place_find(r, typed, &key, &places)))
		return e;
	if (key.n && (e = territory_find_key(r->db, a, key, &t)) && e != ERR_NOT_FOUND)
		return e;
	if (typed.n == 0 && key.n == 0)
		form_fault(r, "territoire", "Dites où : une commune, ou un territoire plus large.");
	else if (places.n > 1)
		form_fault(r, "lieu", "« %.*s » peut désigner plusieurs lieux.", (int)typed.n, typed.p);
	else if (t.id == 0)
		form_fault(r, "territoire", "Nous ne connaissons pas ce lieu. Essayez un code postal, ou ajoutez le département.");
	struct adoption x = { .territory_id = t.id, .place = t.name, .author_id = who->id, .who = req_param(r, "qui"), .outcome = req_param(r, "resultat"),
		              .note = req_param(r, "recit"), .email = who->id ? STR_NONE : req_param(r, "courriel") };
	for (size_t i = 0; i < year.n; i++)
		x.year = x.year * 10 + (year.p[i] - '0');
	if (x.outcome.n == 0)
		form_fault(r, "resultat", "Dites comment cela s’est passé.");
	if (!who->id && x.who.n == 0)
		form_fault(r, "qui", "Dites qui l’a essayée : une structure, ou vous.");
	if (!who->id && x.email.n == 0)
		form_fault(r, "courriel", "Donnez une adresse : le lien de confirmation y sera envoyé.");
	if (params_bad(r)) {
		w->status = 422;
		return form(r, w, s, who, &places);
	}
	if (!follow_welcome(r, w, who, "essai", &e))
		return e ? e : form(r, w, s, who, NULL);
	e = who->id ? keep(r, s, &x, x.who.n ? x.who : who->name) : hand_out(r, s, &x, key);
	if (!e)
		resp_redirect(w, 303, arena_fmt(a, "/fiches/%lld/adopter?fait=%s", (long long)s->id, who->id ? "publie" : "courriel"));
	return e;
}

enum err
page_adoption(struct req *r, struct resp *w)
{
	struct sheet_status s;
	const struct actor *who;
	enum err e = follow_sheet(r, &s);

	if (e || (e = follow_visitor(r, &who)))
		return e;
	return r->method == METHOD_POST ? post(r, w, &s, who) : form(r, w, &s, who, NULL);
}

static struct view_facts
facts_of(struct arena *a, const struct adoption *x)
{
	struct view_fact *f = arena_array(a, struct view_fact, 5);
	size_t n = 0;

	f[n++] = (struct view_fact){ .label = STR("Qui"), .text = x->who };
	f[n++] = (struct view_fact){ .label = STR("Où"), .text = x->place };
	if (x->year)
		f[n++] = (struct view_fact){ .label = STR("Quand"), .text = arena_fmt(a, "%lld", (long long)x->year) };
	f[n++] = (struct view_fact){ .label = STR("Comment"), .text = outcome_label(x->outcome) };
	if (x->note.n)
		f[n++] = (struct view_fact){ .label = STR("Récit"), .text = x->note };
	return (struct view_facts){ f, n };
}

/* /fiches/{id}/adopter/confirmer: the link a visitor received. Looking at it sends nothing. */
enum err
page_adoption_confirm(struct req *r, struct resp *w)
{
	struct arena *a = r->arena;
	struct str link = req_param(r, "lien");
	struct sheet_status s;
	struct handed h;
	struct territory t;
	const struct json *d;
	enum err e = follow_sheet(r, &s);

	if (e)
		return e;
	e = token_find(r->write, a, link, SENDING, &h);
	if (!e && (h.sheet != s.id || json_parse(a, h.data, &d)))
		e = ERR_NOT_FOUND;
	if (!e && r->method == METHOD_POST && !r->refused) /* at its own address only: elsewhere it stays good */
		e = token_use(r->write, a, link, SENDING, &h);
	struct view_follow v = follow_view(r, &s, STR("Votre essai"));
	if (e == ERR_NOT_FOUND || (!e && r->method != METHOD_POST && (h.used || h.late))) {
		struct view_link *links = arena_array(a, struct view_link, 1);
		w->status = e ? 404 : 410;
		v.title = STR("Ce lien n’est plus bon");
		v.lead = e || h.late ? STR("Il est incomplet, ou il a plus de trois jours. Le récit peut être envoyé à nouveau.") : STR("Il a déjà servi : votre récit est parti.");
		links[0] = (struct view_link){ STR("Dire que je l’ai essayée"), follow_link(a, s.id, "adopter") };
		v.links = (struct view_links){ links, 1 };
		return follow_send(r, w, &v);
	}
	if (e || (e = territory_find_key(r->db, a, json_text(json_get(d, "lieu")), &t)))
		return e;
	struct adoption x = { .territory_id = t.id, .place = t.name, .who = json_text(json_get(d, "qui")), .outcome = json_text(json_get(d, "resultat")),
		              .note = json_text(json_get(d, "recit")), .email = json_text(json_get(d, "courriel")) };
	if (!json_whole(json_get(d, "annee"), &x.year))
		x.year = 0;
	if (r->method == METHOD_POST) {
		if ((e = keep(r, &s, &x, x.who)))
			return e;
		resp_redirect(w, 303, arena_fmt(a, "/fiches/%lld/adopter?fait=attente", (long long)s.id));
		return ERR_NONE;
	}
	struct view_form_pair *kept = arena_array(a, struct view_form_pair, 1);
	struct view_follow_button *button = arena_array(a, struct view_follow_button, 1);
	kept[0] = (struct view_form_pair){ STR("lien"), link };
	button[0] = (struct view_follow_button){ STR("envoyer"), STR("Envoyer mon récit"), false };
	v.lead = STR("Le voici. Il part quand vous appuyez sur le bouton.");
	v.facts = facts_of(a, &x);
	v.action = follow_link(a, s.id, "adopter/confirmer");
	v.hidden = form_hidden(r, true);
	v.kept = (struct view_form_pairs){ kept, 1 };
	v.buttons = (struct view_follow_buttons){ button, 1 };
	return follow_send(r, w, &v);
}

enum err
page_adoption_decide(struct req *r, struct resp *w)
{
	struct arena *a = r->arena;
	struct sheet_status s;
	struct adoption x;
	struct follow_actor who;
	struct str none, outcome, act = req_param(r, "choix");
	bool writes, reviews;
	int64_t number = link_number(r->vars[1], &none);
	enum err e = follow_sheet(r, &s);

	if (e || (e = follow_actor(r, PURPOSE, number, &who)) || (e = adoption_find(r->write, a, s.id, number, &x))
	    || (e = follow_rights(r->write, a, who.id, s.id, &writes, &reviews)))
		return e;
	if (!writes && !reviews && x.author_id != who.id)
		return ERR_FORBIDDEN;
	if (r->method == METHOD_POST && !r->refused && act.n) {
		if ((e = adoption_decide(r->write, a, who.id, number, act, &outcome)))
			return e;
		if (str_eq(outcome, STR("introuvable")))
			return ERR_NOT_FOUND;
		if (str_eq(outcome, STR("publique")) || str_eq(outcome, STR("ecartee"))) {
			resp_redirect(w, 303, arena_fmt(a, "/fiches/%lld/adopter?fait=%s", (long long)s.id, str_eq(outcome, STR("publique")) ? "montre" : "ecarte"));
			return ERR_NONE;
		}
		w->status = 409;
	}
	struct view_follow v = follow_view(r, &s, STR("Un essai de cette fiche"));
	struct view_form_pair *kept = arena_array(a, struct view_form_pair, 1);
	struct view_follow_button *b = arena_array(a, struct view_follow_button, 2);
	struct view_link *links = arena_array(a, struct view_link, 1);
	size_t n = 0;
	bool shown = str_eq(x.state, STR("publique")), aside = str_eq(x.state, STR("ecartee"));
	v.lead = shown ? STR("Il est montré sur la fiche.") : aside ? STR("Il a été écarté.") : STR("Il n’est pas encore montré.");
	v.facts = facts_of(a, &x);
	if (!shown && !aside)
		b[n++] = (struct view_follow_button){ STR("montrer"), STR("Montrer sur la fiche"), false };
	if (!aside)
		b[n++] = (struct view_follow_button){ STR("ecarter"), STR("Écarter"), true };
	if (n) {
		kept[0] = (struct view_form_pair){ STR("lien"), who.link };
		v.action = link_fmt(a, "/fiches/%lld/essais/%lld", (long long)s.id, (long long)number);
		v.hidden = form_hidden(r, true);
		v.kept = (struct view_form_pairs){ kept, who.link.n ? 1 : 0 };
		v.buttons = (struct view_follow_buttons){ b, n };
	}
	links[0] = (struct view_link){ STR("Revenir à la fiche"), link_sheet(a, s.id, s.slug) };
	v.links = (struct view_links){ links, 1 };
	return follow_send(r, w, &v);
}
