/*
 * /fiches/{id}/suggestions: the corrections proposed for a sheet, for those who hold it and those who review it. /{n}: one of them, and
 * the answer: by whoever is signed in, or by the link they received. Looking changes nothing.
 */
#include "format/json_item.h"
#include "gen/tpl.h"
#include "model/mail.h"
#include "page/follow.h"
#include "text/slug.h"

static const char PURPOSE[] = "suggestion";

static const struct {
	const char *code, *label, *mark;
} states[] = {
	{ "recue", "attend une réponse", "attend" },
	{ "acceptee", "acceptée", "fait" },
	{ "refusee", "non retenue", "clos" },
	{ "classee", "classée", "clos" },
};

static size_t
state_of(struct str code)
{
	for (size_t i = 0; i < sizeof(states) / sizeof(*states); i++)
		if (str_eq(code, str_of(states[i].code)))
			return i;
	return 0;
}

static struct str
who_of(const struct suggestion *x)
{
	return x->who.n ? x->who : STR("un visiteur");
}

static struct str
detail_of(struct arena *a, const struct suggestion *x)
{
	struct str who = who_of(x);
	if (!x->decided_at.n)
		return arena_fmt(a, "par %.*s", (int)who.n, who.p);
	struct view_date d = words_date(a, x->decided_at, false);
	return arena_fmt(a, "par %.*s ; réponse de %.*s, %.*s", (int)who.n, who.p, (int)(x->decider.n ? x->decider.n : strlen("contributeur supprimé")),
	                 x->decider.n ? x->decider.p : "contributeur supprimé", (int)d.text.n, d.text.p);
}

static enum err
list_json(struct req *r, struct resp *w, const struct sheet_status *s, const struct suggestions *all)
{
	struct json_out j = json_out(&w->body);

	json_begin_object(&j);
	json_key(&j, "fiche"), json_int(&j, s->id);
	json_key(&j, "suggestions");
	json_begin_array(&j);
	for (size_t i = 0; i < all->n; i++) {
		const struct suggestion *x = &all->p[i];
		json_begin_object(&j);
		json_key(&j, "id"), json_int(&j, x->id);
		json_key(&j, "champ"), json_str(&j, x->field);
		json_key(&j, "libelle"), json_str(&j, x->label);
		json_key(&j, "version"), json_int(&j, x->version);
		json_key(&j, "avant"), json_str(&j, x->before);
		json_key(&j, "apres"), json_str(&j, x->after);
		json_key(&j, "pourquoi"), json_str_or_null(&j, x->note);
		json_key(&j, "par"), json_str_or_null(&j, x->who);
		json_key(&j, "etat"), json_str(&j, x->state);
		json_key(&j, "le"), json_str(&j, x->created_at);
		json_key(&j, "reponse_le"), json_str_or_null(&j, x->decided_at);
		json_key(&j, "motif"), json_str_or_null(&j, x->reason);
		json_key(&j, "effet"), json_str_or_null(&j, x->outcome);
		json_address(&j, r->arena, r->base, "adresse", link_fmt(r->arena, "/fiches/%lld/suggestions/%lld", (long long)s->id, (long long)x->id), "");
		json_end(&j);
	}
	json_end(&j);
	json_end(&j);
	return ERR_NONE;
}

enum err
page_suggestions(struct req *r, struct resp *w)
{
	struct arena *a = r->arena;
	struct sheet_status s;
	struct suggestions all;
	bool writes, reviews;
	enum err e = follow_sheet(r, &s);

	if (e || (e = follow_rights(r->write, a, actor_of(r)->id, s.id, &writes, &reviews)))
		return e;
	if (!writes && !reviews)
		return ERR_FORBIDDEN;
	if ((e = suggestion_list(r->write, a, s.id, &all)))
		return e;
	if (r->format == FORMAT_JSON)
		return list_json(r, w, &s, &all);
	struct view_follow_row *rows = arena_array(a, struct view_follow_row, all.n);
	size_t waiting = 0;
	for (size_t i = 0; i < all.n; i++) {
		const struct suggestion *x = &all.p[i];
		size_t k = state_of(x->state);
		rows[i] = (struct view_follow_row){ .link = { x->label, link_fmt(a, "/fiches/%lld/suggestions/%lld", (long long)s.id, (long long)x->id) },
			                            .state = str_of(states[k].label),
			                            .mark = str_of(states[k].mark),
			                            .date = words_date(a, x->created_at, true),
			                            .detail = detail_of(a, x),
			                            .excerpt = follow_changes(a, x->before, x->after) };
		waiting += k == 0;
	}
	struct view_follow head = follow_view(r, &s, STR("Corrections proposées"));
	struct view_link *links = arena_array(a, struct view_link, 2);
	size_t n = 0;
	if (reviews)
		links[n++] = (struct view_link){ STR("Problèmes signalés"), follow_link(a, s.id, "signalements") };
	links[n++] = (struct view_link){ STR("Revenir à la fiche"), link_sheet(a, s.id, s.slug) };
	struct view_follow_list v = { .crumbs = head.crumbs,
		                      .cote = head.cote,
		                      .sheet = head.sheet,
		                      .title = head.title,
		                      .lead = waiting == 0 && all.n ? STR("Toutes ont une réponse.")
		                              : waiting ? words_count(a, (int64_t)waiting, "correction attend une réponse", "corrections attendent une réponse")
		                                        : STR_NONE,
		                      .empty = STR("Personne n’a encore proposé de correction à cette fiche."),
		                      .rows = { rows, all.n },
		                      .links = { links, n } };
	struct buf main;
	buf_init(&main, a, 16384);
	tpl_follow_list(&main, &v);
	struct view_layout layout = { .title = arena_fmt(a, "%.*s : %.*s", (int)v.title.n, v.title.p, (int)s.title.n, s.title.p),
		                      .noindex = true, .nav_sheets = true, .head_search = true };
	return page_send(r, w, &layout, &main);
}

/* Why it could not be done, in words. */
static struct str
refusal_of(struct req *r, struct str code)
{
	static const struct {
		const char *code, *text;
	} words[] = {
		{ "interdit", "Vous avez proposé cette correction : c’est à quelqu’un d’autre d’en décider." },
		{ "etat", "Une réponse a déjà été donnée." },
		{ "conflit", "Cette partie de la fiche a changé depuis que la correction a été proposée. Le texte d’aujourd’hui est ci-dessous : comparez, puis décidez." },
		{ "occupee", "Le texte de cette fiche est en relecture : publier la correction maintenant la ferait disparaître à la version suivante. Attendez "
		             "la fin de la relecture, ou reprenez le texte." },
		{ "autre", "Votre brouillon dit autre chose à cet endroit. Corrigez-le vous-même dans le brouillon, ou ne retenez pas la correction." },
	};
	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (str_eq(code, str_of(words[i].code)))
			return str_of(words[i].text);
	if (code.n > 8 && memcmp(code.p, "contenu ", 8) == 0)
		return arena_fmt(r->arena, "Ce texte ne peut pas être publié tel quel (%.*s). Ne le retenez pas en disant pourquoi, ou modifiez la fiche vous-même.",
		                 (int)code.n - 8, code.p + 8);
	return STR_NONE;
}

static enum err
show(struct req *r, struct resp *w, const struct sheet_status *s, const struct suggestion *x, const struct follow_actor *who, struct str trouble)
{
	struct arena *a = r->arena;
	bool waits = str_eq(x->state, STR("recue")), refuse = str_eq(req_param(r, "choix"), STR("refuser"));
	bool moved = waits && !str_eq(x->now, x->before) && !str_eq(x->now, x->after);
	struct view_follow v = follow_view(r, s, arena_fmt(a, "Une correction : %.*s", (int)x->label.n, x->label.p));
	struct view_fact *facts = arena_array(a, struct view_fact, 4);
	struct view_follow_text *texts = arena_array(a, struct view_follow_text, 2);
	size_t n = 0, k = 0;

	v.trouble = trouble.n ? trouble : moved ? refusal_of(r, STR("conflit")) : STR_NONE;
	facts[n++] = (struct view_fact){ .label = STR("Proposée"), .text = detail_of(a, x) };
	facts[n++] = (struct view_fact){ .label = STR("Pourquoi"), .text = x->note.n ? x->note : STR("Aucune raison n’a été donnée.") };
	if (!waits) {
		facts[n++] = (struct view_fact){ .label = STR("Réponse"), .text = str_of(states[state_of(x->state)].label) };
		if (x->reason.n)
			facts[n++] = (struct view_fact){ .label = STR("Motif"), .text = x->reason };
	}
	v.facts = (struct view_facts){ facts, n };
	v.diffs = follow_diff(a, x->field, x->label, x->before, x->after);
	if (moved) {
		texts[k++] = (struct view_follow_text){ STR("Ce que dit la fiche aujourd’hui"), x->now.n ? x->now : STR("Rien.") };
		texts[k++] = (struct view_follow_text){ STR("Ce qu’elle dirait"), x->after };
		v.texts = (struct view_follow_texts){ texts, k };
	}
	if (waits) {
		struct view_form_pair *kept = arena_array(a, struct view_form_pair, 2);
		struct view_form_field *field = arena_array(a, struct view_form_field, 1);
		struct view_follow_button *b = arena_array(a, struct view_follow_button, 3);
		kept[0] = (struct view_form_pair){ STR("vu"), x->sum };
		kept[1] = (struct view_form_pair){ STR("lien"), who->link };
		field[0] = form_field(r, r->route->params, "motif", STR_NONE, "Facultatif : la personne qui a proposé la correction le lira.");
		field[0].rows = 3;
		b[0] = (struct view_follow_button){ STR("accepter"), STR("Accepter"), refuse };
		b[1] = (struct view_follow_button){ STR("refuser"), STR("Ne pas retenir"), !refuse };
		b[2] = (struct view_follow_button){ STR("classer"), STR("Classer sans répondre"), true };
		v.action = link_fmt(a, "/fiches/%lld/suggestions/%lld", (long long)s->id, (long long)x->id);
		v.hidden = form_hidden(r, true);
		v.kept = (struct view_form_pairs){ kept, who->link.n ? 2 : 1 };
		v.fields = (struct view_form_fields){ field, 1 };
		v.buttons = (struct view_follow_buttons){ b, 3 };
		v.note_title = STR("Ce que fait chaque bouton");
		struct str *notes = arena_array(a, struct str, 2);
		notes[0] = STR("Acceptée par qui relit la fiche, la correction est publiée aussitôt. Acceptée par un auteur, elle entre dans le texte et part en relecture.");
		notes[1] = STR("« Classer sans répondre » est fait pour ce qui n’appelle pas de réponse, comme une publicité.");
		v.notes = (struct view_strs){ notes, 2 };
	}
	struct view_link *links = arena_array(a, struct view_link, 2);
	links[0] = (struct view_link){ STR("Toutes les corrections proposées"), follow_link(a, s->id, "suggestions") };
	links[1] = (struct view_link){ STR("Revenir à la fiche"), link_sheet(a, s->id, s->slug) };
	v.links = (struct view_links){ links, 2 };
	return follow_send(r, w, &v);
}

/* The answer, to who proposed it. */
static enum err
answer(struct req *r, const struct sheet_status *s, const struct suggestion *x, struct str outcome, struct str why)
{
	struct arena *a = r->arena;
	bool refused = str_eq(outcome, STR("refusee"));

	if (x->email.n == 0 || str_eq(outcome, STR("classee")))
		return ERR_NONE;
	struct str what = refused ? STR("Les personnes qui tiennent la fiche ne l’ont pas retenue.")
	                  : str_eq(outcome, STR("publiee")) ? STR("Elle est acceptée, et la fiche est publiée avec elle.")
	                  : str_eq(outcome, STR("deja"))    ? STR("La fiche a changé entre-temps, et dit déjà ce que vous proposiez.")
	                                                    : STR("Elle est acceptée : elle paraîtra avec la prochaine version de la fiche, après relecture.");
	struct mail m = {
		.to = x->email, .account = x->author_id, .kind = STR("reponse"),
		.subject = arena_fmt(a, "Votre correction : %.*s", (int)s->title.n, s->title.p),
		.letter = { LETTER_PARAGRAPHS(STR("Bonjour,"),
		                              arena_fmt(a, "Vous aviez proposé de changer « %.*s » dans la fiche « %.*s ».", (int)x->label.n, x->label.p, (int)s->title.n,
		                                        s->title.p),
		                              what, why.n ? arena_fmt(a, "Voici ce qu’elles vous disent :\n%.*s", (int)why.n, why.p) : STR("Merci d’avoir pris ce temps.")),
		            LETTER_LINKS({ STR("Lire la fiche"), follow_absolute(r, link_sheet(a, s->id, s->slug)) },
		                         { STR("L’historique de la fiche"), follow_absolute(r, link_history(a, s->id)) }) },
	};
	return mail_queue(r->write, a, &m, NULL);
}

/* Those who should know: the reviewers when a text was sent to them, the others who hold the sheet when it was published. */
static enum err
tell(struct req *r, const struct sheet_status *s, const struct suggestion *x, struct str outcome, int64_t actor)
{
	struct arena *a = r->arena;
	struct follow_people people;
	bool review = str_eq(outcome, STR("relecture")), published = str_eq(outcome, STR("publiee"));
	enum err e = review || published ? follow_people(r->write, a, s->id, &people) : ERR_NONE;

	if (e || (!review && !published))
		return e;
	for (size_t i = review ? people.holders : 0; i < (review ? people.n : people.holders) && !e; i++) {
		const struct follow_person *p = &people.p[i];
		if (p->id == actor || p->id == x->author_id)
			continue;
		struct mail m = {
			.to = p->email, .account = p->id, .kind = review ? STR("relecture") : STR("decision"),
			.subject = arena_fmt(a, review ? "À relire : %.*s" : "Une correction publiée : %.*s", (int)s->title.n, s->title.p),
			.letter = { LETTER_PARAGRAPHS(STR("Bonjour,"),
			                              arena_fmt(a, review ? "Un auteur a accepté une correction d’un lecteur à « %.*s », dans la fiche « %.*s ». Elle attend une relecture."
			                                                  : "Une correction d’un lecteur à « %.*s » est publiée dans la fiche « %.*s ».",
			                                        (int)x->label.n, x->label.p, (int)s->title.n, s->title.p),
			                              follow_changes(a, x->before, x->after)),
			            LETTER_LINKS({ review ? STR("Relire la fiche") : STR("L’historique de la fiche"),
			                           follow_absolute(r, review ? follow_link(a, s->id, "relecture") : link_history(a, s->id)) }) },
		};
		e = mail_queue(r->write, a, &m, NULL);
	}
	return e;
}

enum err
page_suggestion_decide(struct req *r, struct resp *w)
{
	struct arena *a = r->arena;
	struct sheet_status s;
	struct suggestion x;
	struct follow_actor who;
	struct str none, outcome, why = req_param(r, "motif"), act = req_param(r, "choix"), title;
	bool writes, reviews;
	int64_t number = link_number(r->vars[1], &none);
	enum err e = follow_sheet(r, &s);

	if (e || (e = follow_actor(r, PURPOSE, number, &who)) || (e = suggestion_find(r->write, a, s.id, number, &x))
	    || (e = follow_rights(r->write, a, who.id, s.id, &writes, &reviews)))
		return e;
	if (!writes && !reviews)
		return ERR_FORBIDDEN;
	if (r->method != METHOD_POST || r->refused)
		return show(r, w, &s, &x, &who, STR_NONE);
	if (act.n == 0) {
		w->status = 422;
		return show(r, w, &s, &x, &who, STR("Choisissez ce que devient cette correction."));
	}
	title = str_eq(x.field, STR("titre")) ? slug_of(a, x.after) : STR_NONE;
	if ((e = suggestion_decide(r->write, a, who.id, number, act, why, title, req_param(r, "vu"), &outcome)))
		return e;
	if (str_eq(outcome, STR("introuvable")))
		return ERR_NOT_FOUND;
	struct str trouble = refusal_of(r, outcome);
	if (trouble.n) {
		w->status = 409;
		if ((e = suggestion_find(r->write, a, s.id, number, &x)))
			return e;
		return show(r, w, &s, &x, &who, trouble);
	}
	if ((e = answer(r, &s, &x, outcome, why)) || (e = tell(r, &s, &x, outcome, who.id)))
		return e;
	if (r->format == FORMAT_JSON) {
		struct json_out j = json_out(&w->body);
		json_begin_object(&j);
		json_key(&j, "id"), json_int(&j, number);
		json_key(&j, "resultat"), json_str(&j, outcome);
		json_end(&j);
		return ERR_NONE;
	}
	resp_redirect(w, 303, arena_fmt(a, "/fiches/%lld/suggerer?fait=%.*s", (long long)s.id, (int)outcome.n, outcome.p));
	return ERR_NONE;
}
