/* What one may do with a sheet being read over, as forms: one act a form, from the table of steps. */
#include "page/review_parts.h"

enum { FIELDS_MAX = 4, KEPT_MAX = 8 };

static bool
is(struct str s, const char *word)
{
	return str_eq(s, str_of(word));
}

bool
review_form_is(const struct reviewing *x, const char *act, struct str id)
{
	if (x->r->method != METHOD_POST || !is(req_typed(x->r, "act"), act))
		return false;
	if (is(str_of(act), "repondre"))
		return str_eq(id, arena_fmt(x->r->arena, "repondre-%.*s", (int)req_typed(x->r, "reponse").n, req_typed(x->r, "reponse").p));
	if (is(str_of(act), "commenter"))
		return str_eq(id, arena_fmt(x->r->arena, "commenter-%.*s", (int)req_typed(x->r, "champ").n, req_typed(x->r, "champ").p));
	return true;
}

void
review_form_keep(const struct reviewing *x, struct view_act_form *f, const char *name, struct str value)
{
	struct view_form_pair *p = arena_array(x->r->arena, struct view_form_pair, KEPT_MAX);

	for (size_t i = 0; i < f->kept.n && i + 1 < KEPT_MAX; i++)
		p[i] = f->kept.p[i];
	p[f->kept.n] = (struct view_form_pair){ arena_str(x->r->arena, str_of(name)), value };
	f->kept = (struct view_form_pairs){ p, f->kept.n + 1 };
}

struct view_act_form
review_form(const struct reviewing *x, const char *act, const char *id, struct str title, struct str button)
{
	struct arena *a = x->r->arena;
	struct view_act_form f = { .id = arena_str(a, str_of(id)), .title = title, .action = x->action, .hidden = x->hidden, .button = button };

	f.open = review_form_is(x, act, f.id);
	review_form_keep(x, &f, "act", arena_str(a, str_of(act)));
	return f;
}

/* The rev that was read goes with what decides on the text. */
static void
keep_rev(const struct reviewing *x, struct view_act_form *f)
{
	if (x->c->rev)
		review_form_keep(x, f, "rev", arena_fmt(x->r->arena, "%lld", (long long)x->c->rev));
}

static struct view_form_field *
field_add(const struct reviewing *x, struct view_act_form *f, const char *name, const char *label, const char *help, struct str value)
{
	struct arena *a = x->r->arena;
	struct view_form_field *p = arena_array(a, struct view_form_field, FIELDS_MAX + 1);
	bool typed = f->open;

	for (size_t i = 0; i < f->fields.n && i < FIELDS_MAX; i++)
		p[i] = f->fields.p[i];
	struct view_form_field *z = &p[f->fields.n];
	*z = form_field(x->r, PARAMS_ACT, name, value, help);
	if (!typed)
		z->value = value, z->error = STR_NONE;
	z->label = str_of(label);
	z->id = arena_fmt(a, "f-%.*s-%s", (int)f->id.n, f->id.p, name);
	z->described = arena_fmt(a, "%.*s%s%s%.*s%s", z->help.n ? (int)z->id.n : 0, z->id.p, z->help.n ? "-a" : "", z->help.n && z->error.n ? " " : "",
	                         z->error.n ? (int)z->id.n : 0, z->id.p, z->error.n ? "-e" : "");
	z->rows = 4;
	f->fields = (struct view_form_fields){ p, f->fields.n + 1 };
	return z;
}

void
review_form_field(const struct reviewing *x, struct view_act_form *f, const char *name, const char *label, const char *help, struct str value)
{
	field_add(x, f, name, label, help, value);
}

void
review_form_options(const struct reviewing *x, struct view_act_form *f, const char *name, const char *label, const char *help,
                    const struct view_form_option *options, size_t n)
{
	struct view_form_field *z = field_add(x, f, name, label, help, STR_NONE);
	struct str chosen = z->value;

	z->select = true;
	form_options(x->r, z, options, n, &chosen, chosen.n > 0);
}

/* A reason of the list, if there is one for this act, then words. */
static void
reason_fields(const struct reviewing *x, struct view_act_form *f, const struct review_reasons *all, const char *act, const char *words, const char *help)
{
	struct view_form_option *o = arena_array(x->r->arena, struct view_form_option, all->n + 2);
	size_t n = 0;

	o[n++] = (struct view_form_option){ .value = STR_NONE, .label = STR("Une autre, dite ci-dessous") };
	for (size_t i = 0; i < all->n; i++)
		if (is(all->p[i].act, act))
			o[n++] = (struct view_form_option){ .value = all->p[i].code, .label = all->p[i].label };
	if (n > 1)
		review_form_options(x, f, "raison", is(str_of(act), "retirer") ? "Elle est retirée parce que…" : "La raison", NULL, o, n);
	review_form_field(x, f, "motif", words, help, STR_NONE);
}

struct forms {
	struct view_act_form *p;
	size_t n;
};

static void
add(struct forms *to, struct view_act_form f)
{
	to->p[to->n++] = f;
}

/* Which acts are offered, in which place, and with which words. */
static const struct act {
	const char *act;
	enum { FIRST, ASIDE } where;
	bool primary, reasoned;
	const char *title, *button, *words, *help, *lead;
} ACTS[] = {
	{ "prendre", FIRST, true, false, NULL, "Je m’en occupe", NULL, NULL, NULL },
	{ "publier", FIRST, true, false, "Publier", "Publier la fiche", "Un mot sur cette version", "Facultatif. Il est public : il dit ce que cette version apporte.", "La fiche est en ligne en quelques secondes. Ses auteurs sont prévenus." },
	{ "demander", FIRST, false, true, "Demander des changements", "Envoyer mes demandes", "Ce que vous demandez", "Vos commentaires sur les champs partent avec ce message.", NULL },
	{ "refuser", FIRST, false, true, "Refuser", "Refuser la fiche", "Dites pourquoi", "Ses auteurs le lisent, et peuvent demander l’examen d’une autre personne.", NULL },
	{ "soumettre", FIRST, false, false, "Envoyer à la relecture", "Envoyer à la relecture", NULL, NULL, "La fiche repart telle qu’elle est enregistrée." },
	{ "contester", FIRST, false, true, "Demander un nouvel examen", "Demander un nouvel examen", "Pourquoi cette décision ne vous convient pas", "Une autre personne que celle qui a décidé relira la fiche.", NULL },
	{ "rendre", ASIDE, false, false, "Laisser à quelqu’un d’autre", "Laisser à quelqu’un d’autre", NULL, NULL, "La fiche attend de nouveau. Ce que vous avez écrit reste." },
	{ "reprendre", ASIDE, false, false, "Reprendre le brouillon", "Reprendre le brouillon", NULL, NULL, "La fiche quitte la relecture. Rien n’est effacé." },
	{ "abandonner", ASIDE, false, false, "Abandonner ces changements", "Abandonner ces changements", NULL, NULL, "Le texte en travail est remplacé par celui qui est en ligne." },
	{ "verifier", FIRST, false, false, "Toujours exacte", "Elle est toujours exacte", NULL, NULL, "La date de vérification devient celle d’aujourd’hui." },
	{ "signaler", ASIDE, false, true, "Marquer à vérifier", "Marquer à vérifier", "Ce qui est à vérifier", NULL, NULL },
	{ "archiver", ASIDE, false, true, "Archiver", "Archiver la fiche", "Dites pourquoi", "La fiche sort des listes. Elle peut être rétablie.", NULL },
	{ "fusionner", ASIDE, false, true, "Fusionner avec une autre fiche", "Fusionner", "Dites pourquoi", NULL, "L’adresse de cette fiche mènera à l’autre." },
	{ "retirer", ASIDE, false, true, "Retirer", "Retirer la fiche", "Précisez, si c’est utile", "Public : cette phrase suit « parce que ». N’y nommez personne.", "Son texte n’est plus lisible. Son titre, la date et la raison restent publics. Elle peut être rétablie." },
	{ "retablir", FIRST, false, true, "Rétablir", "Rétablir la fiche", "Dites pourquoi", NULL, "La fiche est de nouveau en ligne, telle qu’elle était." },
};

static struct view_act_form
act_form(const struct reviewing *x, const struct act *k, const struct review_reasons *reasons)
{
	struct view_act_form f = review_form(x, k->act, k->act, k->title ? str_of(k->title) : STR_NONE, str_of(k->button));

	f.primary = k->primary;
	if (k->lead)
		f.lead = str_of(k->lead);
	keep_rev(x, &f);
	if (is(str_of(k->act), "fusionner"))
		review_form_field(x, &f, "cible", "La fiche qui reste", "Son numéro ou son adresse", STR_NONE);
	if (k->reasoned)
		reason_fields(x, &f, reasons, k->act, k->words, k->help);
	else if (k->words)
		review_form_field(x, &f, "motif", k->words, k->help, STR_NONE);
	return f;
}

static bool
offered(const struct reviewing *x, const struct review_step *s)
{
	const struct review_case *c = x->c;
	bool holds = c->reviewer_id == x->actor || c->admin;

	if (is(s->act, "modifier") || (is(s->act, "abandonner") && !c->version))
		return false;
	if (is(s->act, "prendre") && c->appealed_id == x->actor)
		return false;
	if (is(c->state, "en_relecture") && is(s->machine, "travail") && s->by_reviewer)
		return c->reviews && holds;
	if (x->mailed && is(s->machine, "publication") && !(c->appeal && is(s->act, "retablir")))
		return false;
	return (s->by_author && c->writes && (c->own || !c->reviews) && !x->mailed) || (s->by_reviewer && c->reviews);
}

static enum err
assign_form(const struct reviewing *x, struct forms *to)
{
	struct arena *a = x->r->arena;
	struct review_people who;
	enum err e = review_reviewers_list(x->r->write, a, x->c->id, &who);

	if (e || who.n == 0)
		return e;
	struct view_form_option *o = arena_array(a, struct view_form_option, who.n);
	size_t n = 0;
	for (size_t i = 0; i < who.n; i++) {
		const struct review_person *p = &who.p[i];
		if (p->id == x->c->reviewer_id)
			continue;
		o[n++] = (struct view_form_option){
			.value = arena_fmt(a, "%lld", (long long)p->id),
			.label = arena_fmt(a, "%.*s (%s%s)", (int)p->name.n, p->name.p, p->rank == 3 ? "son territoire" : p->rank == 2 ? "son thème" : "équipe éditoriale",
			                   p->away ? ", absence en cours" : p->held ? ", a déjà des fiches" : ""),
		};
	}
	if (n == 0)
		return ERR_NONE;
	struct view_act_form f = review_form(x, "confier", "confier", STR("Confier à quelqu’un d’autre"), STR("Confier"));
	review_form_options(x, &f, "a", "À qui", NULL, o, n);
	add(to, f);
	return ERR_NONE;
}

static void
reviewer_forms(const struct reviewing *x, struct forms *to)
{
	struct view_act_form f = review_form(x, "inviter", "inviter", STR("Demander un avis extérieur"), STR("Envoyer l’invitation"));

	f.lead = STR("Cette personne reçoit un lien qui n’ouvre que cette fiche, pendant trente jours.");
	review_form_field(x, &f, "nom", "Son nom", "Il est lu dans l’historique de la fiche.", STR_NONE);
	review_form_field(x, &f, "courriel", "Son adresse de courriel", "Elle ne sert qu’à cet envoi.", STR_NONE);
	review_form_field(x, &f, "message", "Ce que vous lui demandez", NULL, STR_NONE);
	add(to, f);
	if (x->c->reviewer_id != x->actor || is(x->c->state, "soumise"))
		return;
	f = review_form(x, "echeance", "echeance", STR("Changer la date de réponse"), STR("Changer la date"));
	review_form_field(x, &f, "echeance", "Réponse attendue avant le", NULL, x->c->due_on);
	add(to, f);
}

static void
links_of(const struct reviewing *x, struct view_review *v)
{
	struct arena *a = x->r->arena;
	const struct review_case *c = x->c;
	struct view_link *p = arena_array(a, struct view_link, 5);
	long long id = c->id;
	size_t n = 0;

	p[n++] = (struct view_link){ STR("Lire la fiche comme elle sera publiée"), link_fmt(a, "/fiches/%lld/travail", id) };
	if (c->version && !is(c->public_state, "retiree"))
		p[n++] = (struct view_link){ STR("Lire la version en ligne"), link_sheet(a, id, c->slug) };
	if (c->version)
		p[n++] = (struct view_link){ STR("Toutes les versions"), link_history(a, id) };
	p[n++] = (struct view_link){ STR("Régler mes courriels"), link_fmt(a, "/compte") };
	v->links = (struct view_links){ p, n };
}

enum err
review_forms(const struct reviewing *x, struct view_review *v)
{
	struct arena *a = x->r->arena;
	const struct review_case *c = x->c;
	struct review_reasons reasons;
	struct review_steps steps;
	struct forms first = { arena_array(a, struct view_act_form, 24), 0 }, aside = { arena_array(a, struct view_act_form, 24), 0 };

	if (x->invitation)
		return ERR_NONE;
	enum err e = review_reasons_list(x->r->write, a, &reasons);
	if (e || (e = review_steps_list(x->r->write, a, c->state, c->public_state, &steps)))
		return e;
	for (size_t k = 0; k < sizeof(ACTS) / sizeof(*ACTS); k++) {
		bool there = false;
		for (size_t i = 0; i < steps.n; i++)
			there |= is(steps.p[i].act, ACTS[k].act) && offered(x, &steps.p[i]);
		if (there)
			add(ACTS[k].where == FIRST ? &first : &aside, act_form(x, &ACTS[k], &reasons));
	}
	bool gone = is(c->public_state, "retiree") || is(c->public_state, "fusionnee");
	if (gone && c->own && !c->appeal && c->withdrawer_id != x->actor) {
		struct view_act_form f = review_form(x, "contester", "contester", STR("Demander un nouvel examen"), STR("Demander un nouvel examen"));
		review_form_field(x, &f, "motif", "Pourquoi cette décision ne vous convient pas", "Une autre personne que celle qui a décidé l’examinera.", STR_NONE);
		add(&first, f);
	}
	if (gone && c->appeal && c->reviews && c->withdrawer_id != x->actor) {
		struct view_act_form f = review_form(x, "maintenir", "maintenir", STR("Maintenir le retrait"), STR("Maintenir le retrait"));
		reason_fields(x, &f, &reasons, "maintenir", "Dites pourquoi", "Ses auteurs le lisent.");
		add(&first, f);
	}
	bool open = is(c->state, "soumise") || is(c->state, "en_relecture") || is(c->state, "modifications_demandees");
	if (!x->mailed && c->reviews && open) {
		if (is(c->state, "soumise") || (is(c->state, "en_relecture") && (c->reviewer_id == x->actor || c->rank == 1 || c->admin)))
			if ((e = assign_form(x, &aside)))
				return e;
		reviewer_forms(x, &aside);
	}
	v->decide = (struct view_act_forms){ first.p, first.n };
	v->others = (struct view_act_forms){ aside.p, aside.n };
	if (first.n)
		v->decide_title = c->reviews && !c->own ? STR("À vous de décider") : STR("À vous de jouer");
	if (c->appealed_id && c->appealed_id == x->actor && is(c->state, "soumise"))
		v->decide_lead = STR("Vous avez refusé cette fiche et ses auteurs demandent un autre examen : c’est à quelqu’un d’autre de la relire.");
	if (v->decide_lead.n && !v->decide_title.n)
		v->decide_title = STR("À quelqu’un d’autre de décider");
	if (c->writes && !x->mailed && (is(c->state, "brouillon") || is(c->state, "modifications_demandees") || is(c->state, "refusee")))
		v->edit = (struct view_link){ STR("Modifier la fiche"), link_fmt(a, "/fiches/%lld/modifier", (long long)c->id) };
	else if (c->writes && !x->mailed && is(c->state, "publiee") && (is(c->public_state, "publiee") || is(c->public_state, "a_actualiser")))
		v->edit = (struct view_link){ STR("Écrire la version suivante"), link_fmt(a, "/fiches/%lld/modifier", (long long)c->id) };
	/* One primary button a zone. */
	if (first.n == 1 && first.p[0].fields.n == 0 && !v->edit.label.n)
		first.p[0].primary = true;
	if (x->mailed)
		return ERR_NONE;
	links_of(x, v);
	struct view_act_form *m = arena_array(a, struct view_act_form, 1);
	m[0] = review_form(x, "message", "message", STR_NONE, STR("Envoyer le message"));
	review_form_field(x, &m[0], "message", c->reviews && !c->own ? "Message aux auteurs" : "Message à qui relit la fiche", "Il reste dans l’historique de la fiche.", STR_NONE);
	v->message_title = c->reviews && !c->own ? STR("Écrire aux auteurs") : STR("Votre réponse");
	v->message = (struct view_act_forms){ m, 1 };
	return ERR_NONE;
}
