/*
 * /fiches/{id}/suggerer: anybody proposes a correction to one part of a sheet. Somebody who is signed in sends it; a visitor gets a link
 * by mail, and it is sent when they press its button. It goes to those who hold the sheet, or else to the nearest reviewers, as what
 * changes and two links that answer.
 */
#include "model/mail.h"
#include "page/follow.h"
#include "text/json.h"
#include "text/json_out.h"
#include "text/utf8.h"
#include "web/params.h"

static const char PURPOSE[] = "suggestion_envoi";

static const struct {
	const char *code, *text;
} said[] = {
	{ "envoyee", "Merci. Votre proposition est partie vers les personnes qui tiennent cette fiche ; leur réponse vous viendra par courriel." },
	{ "courriel", "Encore un geste : un courriel vient de partir. Votre proposition sera envoyée quand vous aurez suivi le lien qu’il contient." },
	{ "connue", "Cette correction a déjà été proposée, mot pour mot : elle attend une réponse." },
	{ "publiee", "C’est publié : la fiche a une nouvelle version, et la personne qui a proposé la correction est prévenue." },
	{ "relecture", "C’est accepté : la correction est dans la fiche, qui repart en relecture. La personne qui l’a proposée est prévenue." },
	{ "brouillon", "C’est accepté : la correction est dans votre brouillon. La personne qui l’a proposée est prévenue." },
	{ "deja", "La fiche disait déjà cela. La personne qui l’a proposé est prévenue." },
	{ "refusee", "C’est noté : la correction n’est pas retenue, et la personne qui l’a proposée sait pourquoi." },
	{ "classee", "C’est noté : cette proposition est classée sans réponse." },
};

static struct str
done_of(struct req *r)
{
	struct str code = req_param(r, "fait");
	for (size_t i = 0; i < sizeof(said) / sizeof(*said); i++)
		if (str_eq(code, str_of(said[i].code)))
			return str_of(said[i].text);
	return STR_NONE;
}

/* Some words of a text, for a list. */
static struct str
begin_of(struct arena *a, struct str s)
{
	size_t n = 0;
	if (s.n == 0)
		return STR("Rien n’est dit ici pour le moment.");
	while (n < s.n && n < 120 && s.p[n] != '\n')
		n++;
	if (n < s.n) {
		while (n > 0 && s.p[n] != ' ' && s.p[n] != '\n') /* whole words */
			n--;
		return arena_fmt(a, "%.*s…", (int)n, s.p);
	}
	return s;
}

static enum err
choose(struct req *r, struct resp *w, const struct sheet_status *s, const struct follow_fields *fields)
{
	struct arena *a = r->arena;
	struct view_follow_choice *p = arena_array(a, struct view_follow_choice, fields->n);
	struct view_link *links = arena_array(a, struct view_link, 2);
	struct view_follow v = follow_view(r, s, STR("Proposer une correction"));

	for (size_t i = 0; i < fields->n; i++) {
		const struct follow_field *f = &fields->p[i];
		p[i] = (struct view_follow_choice){ { f->label, link_fmt(a, "/fiches/%lld/suggerer?champ=%.*s", (long long)s->id, (int)f->key.n, f->key.p) },
			                            begin_of(a, f->text) };
	}
	v.done = done_of(r);
	v.lead = v.done.n ? STR_NONE : STR("Une phrase inexacte, un chiffre qui a changé, un mot mal choisi : dites où, puis écrivez ce qui irait mieux.");
	v.choices = (struct view_follow_choices){ p, fields->n };
	links[0] = (struct view_link){ STR("Signaler un problème plus grave"), follow_link(a, s->id, "signaler") };
	links[1] = (struct view_link){ STR("Revenir à la fiche"), link_sheet(a, s->id, s->slug) };
	v.links = (struct view_links){ links, 2 };
	return follow_send(r, w, &v);
}

static struct view_form_pairs
kept_of(struct arena *a, struct str field, struct str sum, int64_t version)
{
	struct view_form_pair *p = arena_array(a, struct view_form_pair, 3);
	p[0] = (struct view_form_pair){ STR("champ"), field };
	p[1] = (struct view_form_pair){ STR("lu"), sum };
	p[2] = (struct view_form_pair){ STR("version"), arena_fmt(a, "%lld", (long long)version) };
	return (struct view_form_pairs){ p, 3 };
}

static enum err
form(struct req *r, struct resp *w, const struct sheet_status *s, const struct follow_field *f, const struct actor *who, bool moved)
{
	struct arena *a = r->arena;
	struct view_form_field *p = arena_array(a, struct view_form_field, 4);
	struct view_follow_button *button = arena_array(a, struct view_follow_button, 1);
	struct str *notes = arena_array(a, struct str, 3);
	struct view_follow_text *texts = arena_array(a, struct view_follow_text, 1);
	struct view_follow v = follow_view(r, s, STR("Proposer une correction"));
	size_t n = 0;

	v.lead = arena_fmt(a, "Dans « %.*s », réécrivez ce qui doit l’être. Les personnes qui tiennent la fiche verront ce qui change, et décideront.", (int)f->label.n,
	                   f->label.p);
	if (moved)
		v.trouble = STR("Ce texte a changé pendant que vous écriviez. Le texte d’aujourd’hui est ci-dessous, le vôtre est resté dans le formulaire : relisez, puis "
		                "envoyez à nouveau.");
	if (f->text.n) {
		texts[0] = (struct view_follow_text){ STR("Ce que dit la fiche aujourd’hui"), f->text };
		v.texts = (struct view_follow_texts){ texts, 1 };
	}
	p[n] = form_field(r, r->route->params, "texte", f->text, "Partez du texte actuel et changez ce qui doit l’être.");
	p[n].rows = f->text.n > 600 ? 16 : f->text.n > 160 ? 8 : 4;
	p[n].required = true;
	if (str_eq(f->key, STR("chapo")) || str_eq(f->key, STR("titre")))
		p[n].max = str_eq(f->key, STR("chapo")) ? 300 : 200;
	n++;
	p[n] = form_field(r, r->route->params, "pourquoi", STR_NONE, "D’où le tenez-vous ? Une source aide beaucoup. Facultatif.");
	p[n++].rows = 3;
	if (!who->id) {
		p[n] = form_field(r, r->route->params, "courriel", STR_NONE, "Pour vous envoyer un lien de confirmation, puis la réponse. Elle n’est montrée à personne.");
		p[n++].required = true;
		p[n++] = form_field(r, r->route->params, "nom", STR_NONE, "Facultatif : le nom sous lequel l’historique de la fiche vous remerciera.");
	}
	v.fields = (struct view_form_fields){ p, n };
	v.trap = !who->id;
	v.action = follow_link(a, s->id, "suggerer");
	v.hidden = form_hidden(r, true);
	v.kept = kept_of(a, f->key, f->sum, s->version);
	button[0] = (struct view_follow_button){ STR("envoyer"), who->id ? STR("Envoyer la correction") : STR("Recevoir le lien et envoyer"), false };
	v.buttons = (struct view_follow_buttons){ button, 1 };
	v.note_title = STR("Ce qui se passe ensuite");
	notes[0] = STR("Votre texte part vers les auteurs de la fiche et leur structure, sinon vers la personne qui anime ce territoire.");
	notes[1] = STR("Accepté, il devient la version suivante, et votre nom est gardé dans l’historique si vous le souhaitez.");
	notes[2] = STR("Sans réponse au bout de quatorze jours, la personne qui anime le territoire est prévenue.");
	v.notes = (struct view_strs){ notes, 3 };
	struct view_link *links = arena_array(a, struct view_link, 1);
	links[0] = (struct view_link){ STR("Corriger une autre partie"), follow_link(a, s->id, "suggerer") };
	v.links = (struct view_links){ links, 1 };
	return follow_send(r, w, &v);
}

/* Kept, and told to those who hold the sheet. *ret_id 0: it waited already. */
static enum err
keep(struct req *r, const struct sheet_status *s, const struct suggestion *x, struct str label, int64_t *ret_id)
{
	struct arena *a = r->arena;
	struct follow_people people;
	enum err e = suggestion_put(r->write, a, s->id, x, ret_id);

	if (e || *ret_id == 0 || (e = follow_people(r->write, a, s->id, &people)))
		return e;
	size_t n = people.holders ? people.holders : people.n;
	struct str who = x->who.n ? x->who : STR("Une personne qui lit la fiche"), changes = follow_changes(a, x->before, x->after);
	for (size_t i = 0; i < n && !e; i++) {
		const struct follow_person *p = &people.p[i];
		struct str link;
		if (p->id == x->author_id)
			continue;
		e = follow_mailed(r, "suggestion", p->id, s->id, *ret_id,
		                  arena_fmt(a, "/fiches/%lld/suggestions/%lld", (long long)s->id, (long long)*ret_id), &link);
		if (e)
			break;
		struct mail m = {
			.to = p->email, .account = p->id, .kind = STR("suggestion"),
			.subject = arena_fmt(a, "Une correction proposée : %.*s", (int)s->title.n, s->title.p),
			.letter = { LETTER_PARAGRAPHS(STR("Bonjour,"),
			                              arena_fmt(a, "%.*s propose de changer « %.*s » dans la fiche « %.*s ».", (int)who.n, who.p, (int)label.n, label.p,
			                                        (int)s->title.n, s->title.p),
			                              arena_fmt(a, "Ce qui change :\n%.*s", (int)changes.n, changes.p),
			                              x->note.n ? arena_fmt(a, "Pourquoi :\n%.*s", (int)x->note.n, x->note.p) : STR("Aucune raison n’a été donnée.")),
			            LETTER_LINKS({ STR("Accepter cette correction"), arena_fmt(a, "%.*s&choix=accepter", (int)link.n, link.p) },
			                         { STR("Ne pas la retenir"), arena_fmt(a, "%.*s&choix=refuser", (int)link.n, link.p) },
			                         { STR("Toutes les corrections proposées"), follow_absolute(r, follow_link(a, s->id, "suggestions")) }),
			            LETTER_AFTER(STR("Ces liens sont à vous, et servent sans mot de passe pendant soixante jours. Rien ne change tant que vous n’avez pas appuyé "
			                             "sur le bouton de la page qu’ils ouvrent.")) },
		};
		e = mail_queue(r->write, a, &m, NULL);
	}
	return e;
}

/* What a visitor sent waits in the link that was mailed to them. */
static enum err
hand_out(struct req *r, const struct sheet_status *s, const struct suggestion *x, struct str label)
{
	struct arena *a = r->arena;
	struct token t;
	struct buf data;
	struct json_out j;

	token_make(&t);
	buf_init(&data, a, 4096);
	j = json_out(&data);
	json_begin_object(&j);
	json_key(&j, "champ"), json_str(&j, x->field);
	json_key(&j, "version"), json_int(&j, x->version);
	json_key(&j, "avant"), json_str(&j, x->before);
	json_key(&j, "apres"), json_str(&j, x->after);
	json_key(&j, "pourquoi"), json_str(&j, x->note);
	json_key(&j, "nom"), json_str(&j, x->who);
	json_key(&j, "courriel"), json_str(&j, x->email);
	json_end(&j);
	enum err e = token_put(r->write, a, str_of(t.sum), PURPOSE, 0, s->id, buf_str(&data), FOLLOW_CONFIRM_LASTS_S);
	if (e)
		return e;
	struct url to = link_fmt(a, "/fiches/%lld/suggerer/confirmer?lien=%s", (long long)s->id, t.text);
	struct mail m = {
		.to = x->email, .kind = STR("lien"),
		.subject = STR("Votre correction, à confirmer"),
		.letter = { LETTER_PARAGRAPHS(STR("Bonjour,"), arena_fmt(a, "Vous proposez de changer « %.*s » dans la fiche « %.*s ».", (int)label.n, label.p,
		                                                         (int)s->title.n, s->title.p),
		                              STR("Ce lien montre votre proposition ; elle part quand vous appuyez sur son bouton.")),
		            LETTER_LINKS({ STR("Relire et envoyer ma correction"), follow_absolute(r, to) }),
		            LETTER_AFTER(STR("Ce lien sert pendant trois jours. Si vous n’avez rien proposé, laissez ce courriel : rien ne sera envoyé.")) },
	};
	return mail_queue(r->write, a, &m, NULL);
}

static enum err
post(struct req *r, struct resp *w, const struct sheet_status *s, const struct follow_fields *fields, const struct actor *who)
{
	struct arena *a = r->arena;
	const struct follow_field *f = follow_field_of(fields, req_typed(r, "champ"));
	struct str text = req_param(r, "texte"), email = req_param(r, "courriel");
	bool moved = false;
	enum err e;

	if (!f)
		return err_note(ERR_NOT_FOUND, "a sheet of this kind has no such part");
	if (!r->refused) {
		size_t max = str_eq(f->key, STR("chapo")) ? 300 : str_eq(f->key, STR("titre")) ? 200 : 20000;
		if (text.n == 0)
			form_fault(r, "texte", "Écrivez le texte que vous proposez.");
		else if (str_eq(text, f->text))
			form_fault(r, "texte", "C’est le texte actuel : rien ne change.");
		else if (utf8_length(text) > max)
			form_fault(r, "texte", "« %.*s » compte %zu caractères au plus.", (int)f->label.n, f->label.p, max);
		else if (str_eq(f->key, STR("titre")) && utf8_length(text) < 3)
			form_fault(r, "texte", "Un titre compte au moins trois caractères.");
		if (!who->id && email.n == 0)
			form_fault(r, "courriel", "Donnez une adresse : le lien de confirmation et la réponse y seront envoyés.");
		moved = !str_eq(req_param(r, "lu"), f->sum);
		if (params_bad(r) || moved)
			w->status = 422;
	}
	if (r->refused || w->status == 422)
		return form(r, w, s, f, who, moved);
	if (!follow_welcome(r, w, who, "suggestion", &e))
		return e ? e : form(r, w, s, f, who, false);
	struct suggestion x = { .version = s->version, .field = f->key, .before = f->text, .after = text, .note = req_param(r, "pourquoi"), .author_id = who->id,
		                .who = who->id ? who->name : req_param(r, "nom"), .email = who->id ? STR_NONE : email };
	int64_t id = 1;
	e = who->id ? keep(r, s, &x, f->label, &id) : hand_out(r, s, &x, f->label);
	if (e)
		return e;
	resp_redirect(w, 303, arena_fmt(a, "/fiches/%lld/suggerer?fait=%s", (long long)s->id, !who->id ? "courriel" : id ? "envoyee" : "connue"));
	return ERR_NONE;
}

enum err
page_suggestion(struct req *r, struct resp *w)
{
	struct sheet_status s;
	struct follow_fields fields;
	const struct actor *who;
	enum err e = follow_sheet(r, &s);

	if (e || (e = follow_visitor(r, &who)) || (e = follow_fields(r->write, r->arena, s.id, &fields)))
		return e;
	if (r->method == METHOD_POST)
		return post(r, w, &s, &fields, who);
	struct str key = req_param(r, "champ");
	const struct follow_field *f = follow_field_of(&fields, key);
	return key.n && f ? form(r, w, &s, f, who, false) : choose(r, w, &s, &fields);
}

/* /fiches/{id}/suggerer/confirmer: the link a visitor received. Looking at it sends nothing. */
enum err
page_suggestion_confirm(struct req *r, struct resp *w)
{
	struct arena *a = r->arena;
	struct str link = req_param(r, "lien");
	struct sheet_status s;
	struct follow_fields fields;
	struct handed h;
	const struct json *d;
	enum err e = follow_sheet(r, &s);

	if (e)
		return e;
	e = token_find(r->write, a, link, PURPOSE, &h);
	struct view_follow v = follow_view(r, &s, STR("Votre correction"));
	struct view_link *links = arena_array(a, struct view_link, 1);
	links[0] = (struct view_link){ STR("Proposer une correction"), follow_link(a, s.id, "suggerer") };
	v.links = (struct view_links){ links, 1 };
	if (!e && (h.sheet != s.id || json_parse(a, h.data, &d)))
		e = ERR_NOT_FOUND;
	if (!e && r->method == METHOD_POST && !r->refused) /* at its own address only: elsewhere it stays good */
		e = token_use(r->write, a, link, PURPOSE, &h);
	if (e == ERR_NOT_FOUND || (!e && r->method != METHOD_POST && (h.used || h.late))) {
		w->status = e ? 404 : 410;
		v.title = STR("Ce lien n’est plus bon");
		v.lead = e || h.late ? STR("Il est incomplet, ou il a plus de trois jours. La correction peut être proposée à nouveau.")
		                     : STR("Il a déjà servi : votre proposition est partie.");
		return follow_send(r, w, &v);
	}
	if (e || (e = follow_fields(r->write, a, s.id, &fields)))
		return e;
	const struct follow_field *f = follow_field_of(&fields, json_text(json_get(d, "champ")));
	int64_t id = 0, version = s.version;
	if (!f)
		return ERR_NOT_FOUND;
	if (!json_whole(json_get(d, "version"), &version))
		version = s.version;
	struct suggestion x = { .version = version, .field = f->key, .before = json_text(json_get(d, "avant")), .after = json_text(json_get(d, "apres")),
		                .note = json_text(json_get(d, "pourquoi")), .who = json_text(json_get(d, "nom")), .email = json_text(json_get(d, "courriel")) };
	if (r->method == METHOD_POST) {
		if ((e = keep(r, &s, &x, f->label, &id)))
			return e;
		resp_redirect(w, 303, arena_fmt(a, "/fiches/%lld/suggerer?fait=%s", (long long)s.id, id ? "envoyee" : "connue"));
		return ERR_NONE;
	}
	struct view_form_pair *kept = arena_array(a, struct view_form_pair, 1);
	struct view_follow_button *button = arena_array(a, struct view_follow_button, 1);
	kept[0] = (struct view_form_pair){ STR("lien"), link };
	button[0] = (struct view_follow_button){ STR("envoyer"), STR("Envoyer ma correction"), false };
	v.lead = STR("La voici, telle que vous l’avez écrite. Elle part quand vous appuyez sur le bouton.");
	v.diffs = follow_diff(a, x.field, f->label, x.before, x.after);
	v.action = follow_link(a, s.id, "suggerer/confirmer");
	v.hidden = form_hidden(r, true);
	v.kept = (struct view_form_pairs){ kept, 1 };
	v.buttons = (struct view_follow_buttons){ button, 1 };
	return follow_send(r, w, &v);
}
