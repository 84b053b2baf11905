/* POST /fiches/{id}/actions: one act, by a form or a program; and what its outcome is called. */
#include "page/review_parts.h"

#include "model/work.h"
#include "text/json_out.h"
#include "text/slug.h"

#include <stdlib.h>

static bool
is(struct str s, const char *word)
{
	return str_eq(s, str_of(word));
}

static void
refuse(struct review_answered *ret, int status, const char *sentence)
{
	*ret = (struct review_answered){ str_of(sentence), status };
}

/* What work_move and its like answer, as a status and a sentence. */
static void
outcome_read(const struct review_case *c, struct str act, struct str outcome, struct review_answered *ret)
{
	static const struct {
		const char *rule, *sentence;
	} rules[] = {
		{ "sheet_title_check", "Le titre compte de 3 à 200 caractères : il faut le changer avant de publier." },
		{ "sheet_summary_check", "Le résumé dépasse 300 caractères : il faut le raccourcir avant de publier." },
		{ "sheet_published", "La fiche n’a pas de résumé : il en faut un avant de publier." },
		{ "sheet_sections", "Une partie de la fiche n’est pas de sa sorte, ou n’a pas la forme attendue." },
		{ "sheet_source", "La fiche ne dit pas d’où elle vient : il faut une source avant de publier." },
		{ "sheet_type_check", "La fiche n’a pas de sorte : méthode, exemple, donnée, outil ou compétence." },
		{ "sheet_source_year_check", "L’année de la source n’est pas une année." },
		{ "sheet_maturity", "Les niveaux de maturité ne se suivent pas." },
		{ "web_address_check", "L’adresse de la source n’est pas une adresse du web." },
	};

	*ret = (struct review_answered){ STR_NONE, 0 };
	if (outcome.n == 0)
		return;
	if (is(outcome, "introuvable"))
		refuse(ret, 404, "Cette fiche n’existe pas, ou ne vous est pas ouverte.");
	else if (is(outcome, "interdit") && (c->appealed_id || c->appeal))
		refuse(ret, 403, "Un nouvel examen est fait par une autre personne que celle qui a décidé.");
	else if (is(outcome, "interdit"))
		refuse(ret, 403, c->reviewer.n && is(c->state, "en_relecture") ? "Une autre personne s’occupe de cette fiche." : "Cet acte ne vous revient pas.");
	else if (is(outcome, "etat"))
		refuse(ret, 409, "Ce n’est plus possible : la fiche a changé d’état entre-temps. La page ci-dessous est à jour.");
	else if (is(outcome, "perime"))
		refuse(ret, 409, "La fiche a changé depuis que vous l’avez lue. La page ci-dessous est à jour : relisez, puis recommencez.");
	else if (is(outcome, "motif"))
		refuse(ret, 422, is(act, "retirer") ? "Choisissez une raison, ou écrivez-la : elle sera publique." : "Dites pourquoi, en quelques mots.");
	else if (is(outcome, "cible"))
		refuse(ret, 422, is(act, "confier") ? "Cette personne ne peut pas relire cette fiche." : "Donnez le numéro d’une autre fiche, qui soit en ligne.");
	else {
		refuse(ret, 422, "Le texte ne peut pas être publié tel quel : une règle n’est pas respectée.");
		for (size_t i = 0; i < sizeof(rules) / sizeof(*rules); i++)
			if (outcome.n > 8 && str_eq((struct str){ outcome.p + 8, outcome.n - 8 }, str_of(rules[i].rule)))
				ret->refused = str_of(rules[i].sentence);
	}
}

/* The reason chosen in the list, then the words typed. */
static enum err
why_of(struct req *r, struct str act, struct str *ret)
{
	struct str code = req_param(r, "raison"), words = req_param(r, "motif"), label = STR_NONE;
	struct review_reasons all;
	enum err e = code.n ? review_reasons_list(r->write, r->arena, &all) : ERR_NONE;

	if (e)
		return e;
	for (size_t i = 0; code.n && i < all.n; i++)
		if (str_eq(all.p[i].act, act) && str_eq(all.p[i].code, code))
			label = all.p[i].label;
	*ret = !label.n    ? words
	       : !words.n ? label
	                  : arena_fmt(r->arena, is(act, "retirer") ? "%.*s : %.*s" : "%.*s. %.*s", (int)label.n, label.p, (int)words.n, words.p);
	return ERR_NONE;
}

/* "29", "E 29", "/fiches/un-titre-29": the last number. */
static int64_t
number_of(struct arena *a, struct str s)
{
	size_t to = s.n;

	while (to && (s.p[to - 1] < '0' || s.p[to - 1] > '9'))
		to--;
	size_t from = to;
	while (from && s.p[from - 1] >= '0' && s.p[from - 1] <= '9')
		from--;
	if (from == to || to - from > 9)
		return 0;
	return strtoll(arena_cstr(a, (struct str){ s.p + from, to - from }), NULL, 10);
}

/* What is missing in the text, before it is sent or published: the first fault, and how many others. */
static enum err
judge(struct req *r, const struct reviewing *x, struct review_answered *ret)
{
	struct arena *a = r->arena;
	struct work_faults faults;
	struct work w;
	enum err e = work_find(r->write, a, x->actor, x->c->id, &w);

	if (e || (e = work_judge(r->write, a, x->c->id, &w.content, false, &faults)) || faults.n == 0)
		return e;
	struct str first = faults.p[0].message;
	*ret = (struct review_answered){ faults.n == 1 ? first
		                                       : arena_fmt(a, "%.*s Et %zu autre%s à corriger.", (int)first.n, first.p, faults.n - 1,
		                                                   faults.n > 2 ? "s points" : " point"),
		                         422 };
	return ERR_NONE;
}

/* Against a withdrawal or a merge: no step of the sheet, a request that somebody else judges. */
static enum err
appeal(struct req *r, const struct reviewing *x, struct review_answered *ret)
{
	struct review_words m = { .author = x->actor, .kind = STR("appel"), .side = STR("auteur"), .body = req_param(r, "motif") };

	if (!x->c->own)
		refuse(ret, 403, "Cet acte revient aux auteurs de la fiche.");
	else if (x->c->appeal)
		refuse(ret, 409, "Un nouvel examen est déjà demandé.");
	else if (!m.body.n)
		refuse(ret, 422, "Dites pourquoi, en quelques mots.");
	if (ret->refused.n)
		return ERR_NONE;
	enum err e = review_say(r->write, r->arena, x->c->id, &m);
	return e ? e : review_tell(r, x->c, x->actor, STR("contester"), m.body, 0);
}

static enum err
move(struct req *r, const struct reviewing *x, struct str act, struct review_answered *ret)
{
	struct arena *a = r->arena;
	struct review_act todo = { .actor = x->actor, .sheet = x->c->id, .act = act, .rev = number_of(a, req_param(r, "rev")) };
	struct str outcome;
	enum err e = why_of(r, act, &todo.why);

	if (e)
		return e;
	if (is(act, "contester") && (is(x->c->public_state, "retiree") || is(x->c->public_state, "fusionnee")))
		return appeal(r, x, ret);
	if ((is(act, "publier") && is(x->c->state, "en_relecture")) || (is(act, "soumettre") && x->c->own))
		if ((e = judge(r, x, ret)) || ret->refused.n)
			return e;
	if (is(act, "publier")) {
		todo.slug = slug_of(a, x->c->title);
		if (!todo.slug.n) {
			refuse(ret, 422, "Le titre ne contient aucune lettre : il faut le changer avant de publier.");
			return ERR_NONE;
		}
	}
	todo.target = is(act, "confier") ? number_of(a, req_param(r, "a")) : number_of(a, req_param(r, "cible"));
	if ((e = review_act_do(r->write, a, &todo, &outcome)))
		return e;
	outcome_read(x->c, act, outcome, ret);
	return ret->refused.n ? ERR_NONE : review_tell(r, x->c, x->actor, act, todo.why, todo.target);
}

static enum err
say(struct req *r, const struct reviewing *x, struct str act, struct review_answered *ret)
{
	struct arena *a = r->arena;
	const struct review_case *c = x->c;
	bool comment = is(act, "commenter"), reply = is(act, "repondre");
	struct review_words m = { .author = x->actor,
		                  .kind = comment ? STR("commentaire") : reply ? STR("reponse") : STR("message"),
		                  .side = c->reviews && !c->own ? STR("relecteur") : STR("auteur"),
		                  .body = req_param(r, "message"),
		                  .reply_to = number_of(a, req_param(r, "reponse")) };

	if (!m.body.n) {
		refuse(ret, 422, "Votre message est vide.");
		return ERR_NONE;
	}
	if (reply && !m.reply_to) {
		refuse(ret, 422, "À quel message répondez-vous ?");
		return ERR_NONE;
	}
	if (!reply)
		m.reply_to = 0;
	if (comment) {
		m.side = STR("relecteur");
		struct review_texts t;
		enum err e = review_texts_find(r->write, a, c->type, c->id, &t);
		if (e)
			return e;
		for (size_t i = 0; i < t.fields.n; i++)
			if (str_eq(t.fields.p[i].key, req_param(r, "champ")))
				m.field = t.fields.p[i].key, m.field_label = t.fields.p[i].label, m.quote = t.fields.p[i].after.n ? req_param(r, "citation") : STR("(vide)");
		if (!m.field.n) {
			refuse(ret, 422, "Cette partie de la fiche n’existe pas.");
			return ERR_NONE;
		}
	}
	enum err e = review_say(r->write, a, c->id, &m);
	if (e == ERR_NOT_FOUND) {
		refuse(ret, 422, "Le message auquel vous répondez n’est pas sous cette fiche.");
		return ERR_NONE;
	}
	return e ? e : review_tell_words(r, c, &m);
}

static enum err
answer_grid(struct req *r, const struct reviewing *x)
{
	struct review_grid g;
	enum err e = review_grid_find(r->write, r->arena, x->c->id, x->c->round, &g);

	for (size_t i = 0; !e && i < g.n; i++) {
		if (i && str_eq(g.p[i].code, g.p[i - 1].code))
			continue;
		struct str verdict = req_param(r, arena_fmt(r->arena, "avis_%.*s", (int)g.p[i].code.n, g.p[i].code.p).p);
		struct str note = req_param(r, arena_fmt(r->arena, "note_%.*s", (int)g.p[i].code.n, g.p[i].code.p).p);
		if (!verdict.n && note.n) /* words without a verdict are a doubt */
			verdict = STR("non");
		e = review_grid_put(r->write, r->arena, x->c->id, x->actor, x->invitation, g.p[i].code, verdict, note);
	}
	return e;
}

static enum err
invite(struct req *r, const struct reviewing *x, struct review_answered *ret)
{
	struct str name = req_param(r, "nom"), email = req_param(r, "courriel");
	struct token t;
	bool done;

	if (!name.n || !email.n) {
		refuse(ret, 422, "Donnez le nom de cette personne et son adresse.");
		return ERR_NONE;
	}
	enum err e = link_make(r->write, r->arena, STR("relecture"), 0, x->c->id, 30, &t);
	if (e || (e = review_invite(r->write, r->arena, x->actor, x->c->id, name, str_of(t.sum), &done)))
		return e;
	if (!done) {
		refuse(ret, 403, "Seules les personnes qui relisent cette fiche demandent un avis.");
		return ERR_NONE;
	}
	return review_tell_invited(r, x->c, name, email, req_param(r, "message"), t.text);
}

static enum err
advise(struct req *r, const struct reviewing *x, struct review_answered *ret)
{
	struct review_words m = { .invitation = x->invitation, .kind = STR("avis"), .side = STR("exterieur"), .body = req_param(r, "message") };
	struct str email;
	int64_t account = 0;

	if (!m.body.n) {
		refuse(ret, 422, "Dites votre avis en quelques lignes : la grille seule ne suffit pas.");
		return ERR_NONE;
	}
	enum err e = answer_grid(r, x);
	if (e || (e = review_say(r->write, r->arena, x->c->id, &m)) || (e = review_invitation_done(r->write, r->arena, x->invitation, &account, &email)) || !email.n)
		return e;
	return review_tell_advice(r, x->c, account, email, m.body);
}

static enum err
set_due(struct req *r, const struct reviewing *x, struct review_answered *ret)
{
	bool done = false;

	if (!is(x->c->state, "en_relecture") && !is(x->c->state, "modifications_demandees"))
		refuse(ret, 409, "La fiche n’est pas en relecture.");
	else if (x->c->reviewer_id != x->actor)
		refuse(ret, 403, "Une autre personne s’occupe de cette fiche.");
	if (ret->refused.n)
		return ERR_NONE;
	enum err e = req_param(r, "echeance").n ? review_due(r->write, r->arena, x->actor, x->c->id, req_param(r, "echeance"), &done) : ERR_NONE;

	if (!e && !done)
		refuse(ret, 422, "La date est entre aujourd’hui et dans quatre mois.");
	return e;
}

enum err
review_post(struct req *r, const struct reviewing *x, struct review_answered *ret)
{
	static const char *const moves[] = { "soumettre", "reprendre", "prendre", "rendre", "demander", "refuser", "publier", "contester", "abandonner", "modifier",
		                             "archiver", "retirer", "retablir", "fusionner", "verifier", "signaler", "confier", "maintenir" };
	struct str act = req_param(r, "act");

	*ret = (struct review_answered){ STR_NONE, 0 };
	if (x->invitation) {
		if (is(act, "avis"))
			return advise(r, x, ret);
		refuse(ret, 403, "Ce lien sert à donner un avis, rien de plus.");
		return ERR_NONE;
	}
	for (size_t i = 0; i < sizeof(moves) / sizeof(*moves); i++)
		if (is(act, moves[i]))
			return move(r, x, act, ret);
	if (is(act, "message") || is(act, "repondre"))
		return say(r, x, act, ret);
	bool reviews = x->c->reviews;
	if (reviews && is(act, "commenter"))
		return say(r, x, act, ret);
	if (reviews && is(act, "grille") && is(x->c->state, "en_relecture"))
		return answer_grid(r, x);
	if (reviews && is(act, "inviter"))
		return invite(r, x, ret);
	if (reviews && is(act, "echeance"))
		return set_due(r, x, ret);
	if (is(act, "commenter") || is(act, "grille") || is(act, "inviter") || is(act, "echeance"))
		refuse(ret, reviews ? 409 : 403, reviews ? "La fiche n’est pas en relecture." : "Cet acte revient à qui relit la fiche.");
	else
		refuse(ret, 422, "Cet acte n’existe pas.");
	return ERR_NONE;
}

static enum err
refused_json(struct req *r, const struct review_answered *a)
{
	req_notice(r, STR("act"), STR("refus"), a->refused);
	return a->status == 403 ? ERR_FORBIDDEN : a->status == 404 ? ERR_NOT_FOUND : a->status == 409 ? ERR_CONFLICT : ERR_UNPROCESSABLE;
}

static bool
is_author_act(struct str act)
{
	static const char *const acts[] = { "soumettre", "reprendre", "contester", "abandonner", "modifier", "message", "repondre" };

	for (size_t i = 0; i < sizeof(acts) / sizeof(*acts); i++)
		if (is(act, acts[i]))
			return true;
	return false;
}

enum err
page_review_act(struct req *r, struct resp *w)
{
	struct arena *a = r->arena;
	struct str slug;
	int64_t id = link_number(r->vars[0], &slug), actor = actor_of(r)->id;
	struct review_answered answered = { STR_NONE, 0 };
	struct review_case c;

	if (id < 0 || id > INT32_MAX)
		return ERR_NOT_FOUND;
	enum err e = review_case_find(r->write, a, actor, id, &c);
	if (e)
		return e;
	struct reviewing x = { .r = r, .c = &c, .actor = actor, .action = link_fmt(a, "/fiches/%lld/actions", (long long)id), .hidden = form_hidden(r, false) };
	if (r->refused)
		return review_show(r, w, &x, STR_NONE, STR_NONE, 400);
	/* What decides of others' texts asks for the second factor, as the pages of those who review do. */
	if (c.reviews && actor_of(r)->session && !actor_of(r)->second_factor)
		return ERR_SECOND_FACTOR;
	/* A token that may write does what an author does; of one's own sheet too, deciding is another scope. */
	if (!actor_of(r)->session && c.reviews && !(actor_of(r)->scopes & SCOPE_REVIEW) && !(c.own && is_author_act(req_param(r, "act"))))
		return err_note(ERR_FORBIDDEN, "the token's scopes do not go so far");
	if ((e = review_post(r, &x, &answered)))
		return e;
	if (answered.refused.n && r->format == FORMAT_JSON)
		return refused_json(r, &answered);
	if (answered.status == 404)
		return ERR_NOT_FOUND;
	/* What is shown, or told, is the sheet as it is now. */
	if ((e = review_case_find(r->write, a, actor, id, &c)))
		return e;
	if (answered.refused.n)
		return review_show(r, w, &x, STR_NONE, answered.refused, answered.status);
	if (r->format == FORMAT_JSON) {
		struct json_out j = json_out(&w->body);
		json_begin_object(&j);
		json_key(&j, "id");
		json_int(&j, c.id);
		json_key(&j, "etat");
		json_str(&j, c.state);
		json_key(&j, "etat_public");
		json_str_or_null(&j, c.public_state);
		json_key(&j, "rev");
		json_int(&j, c.rev);
		json_end(&j);
		return ERR_NONE;
	}
	struct str act = req_param(r, "act"), back = req_param(r, "retour");
	if (!is(back, "/moderation"))
		back = arena_fmt(a, "/fiches/%lld/relecture", (long long)id);
	resp_redirect(w, 303, arena_fmt(a, "%.*s?fait=%.*s", (int)back.n, back.p, (int)act.n, act.p));
	return ERR_NONE;
}
