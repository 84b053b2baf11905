/*
 * /structures/{id}: what a structure is, for whoever is signed in; who belongs to it, for those who do and those who decide. One address
 * takes all the acts; a table says what each one does. /structures/invitation/{jeton}: the link of an invitation.
 */
#include "gen/tpl.h"
#include "model/mail.h"
#include "page/sign.h"
#include "page/structure.h"
#include "text/json.h"

enum { SHEETS_SHOWN = 30, INVITATIONS = 20, INVITATIONS_PER_S = 24 * 3600 };

static const struct {
	const char *code, *says;
} done_words[] = {
	{ "declaree", "Elle est déclarée, et vous en répondez. Invitez ceux qui en sont, apportez-lui vos fiches." },
	{ "demandee", "Votre demande est partie. La réponse vous sera écrite." },
	{ "annulee", "Votre demande est retirée." },
	{ "acceptee", "C’est accepté. La personne est prévenue." },
	{ "declinee", "C’est décliné. La personne est prévenue." },
	{ "rejointe", "Bienvenue : vous en êtes." },
	{ "invite", "C’est envoyé. L’invitation vaut trente jours." },
	{ "nommee", "C’est fait. La personne est prévenue." },
	{ "retiree", "C’est fait." },
	{ "apportee", "La fiche est à la structure : elle y restera quand les personnes changeront." },
	{ "rendue", "La fiche est rendue à ses auteurs." },
	{ "modifiee", "C’est changé." },
};

struct page_of {
	struct req *r;
	const struct actor *me;
	struct structure s;
	struct view_hidden hidden;
	struct url action;
};

static bool
is(struct str s, const char *z)
{
	return str_eq(s, str_of(z));
}

static bool
answers(const struct page_of *p)
{
	return is(p->s.state, "active") && is(p->s.role, "responsable");
}

static struct view_structure_acts
acts_of(struct arena *a, size_t n, const struct view_structure_act *p)
{
	struct view_structure_act *q = arena_array(a, struct view_structure_act, n);

	for (size_t i = 0; i < n; i++)
		q[i] = p[i];
	return (struct view_structure_acts){ q, n };
}
#define ACTS(a, ...) \
	acts_of((a), sizeof((struct view_structure_act[]){ __VA_ARGS__ }) / sizeof(struct view_structure_act), (struct view_structure_act[]){ __VA_ARGS__ })

static struct view_structure_form
form_of(const struct page_of *p, const char *id, const char *title, const char *text, struct view_structure_acts acts)
{
	return (struct view_structure_form){ .id = str_of(id), .title = str_of(title), .text = str_of(text), .acts = acts, .action = p->action, .hidden = p->hidden };
}

static struct view_form_fields
one_field(struct arena *a, struct view_form_field f)
{
	struct view_form_field *p = arena_array(a, struct view_form_field, 1);

	p[0] = f;
	return (struct view_form_fields){ p, 1 };
}

/* The sheets that may be chosen in a form. */
static struct view_form_fields
sheet_field(const struct page_of *p, const struct view_form_option *options, size_t n)
{
	struct view_form_field f = form_field(p->r, PARAMS_STRUCTURE, "fiche", STR_NONE, NULL);

	f.select = true;
	form_options(p->r, &f, options, n, NULL, 0);
	return one_field(p->r->arena, f);
}

static size_t
forms_first(const struct page_of *p, struct view_structure_form *f)
{
	struct arena *a = p->r->arena;

	if (is(p->s.state, "active"))
		return 0;
	if (is(p->s.state, "invitee")) {
		f[0] = form_of(p, "invitation", "On vous y invite", "Une fois membre, vous lisez et vous écrivez les fiches de cette structure.",
		               ACTS(a, { STR("rejoindre"), STR("Accepter") }, { STR("refuser"), STR("Décliner") }));
	} else if (is(p->s.state, "demandee")) {
		f[0] = form_of(p, "demande", "Votre demande attend une réponse",
		               p->s.held ? "Ceux qui en répondent l’ont reçue par courriel." : "Les personnes qui animent ce territoire, ou qui administrent le site, l’ont reçue par courriel.",
		               ACTS(a, { STR("annuler"), STR("Retirer ma demande") }));
		return 1;
	} else {
		struct view_form_field m = form_field(p->r, PARAMS_STRUCTURE, "message", STR_NONE,
		                                      p->s.held ? "Facultatif. Qui vous êtes pour elle." : "Qui vous êtes pour elle, et comment le vérifier : une fonction, un site, un courriel de la structure.");
		m.rows = 4;
		m.required = !p->s.held;
		f[0] = p->s.held ? form_of(p, "rejoindre", "Vous en êtes ?", "Ceux qui en répondent recevront votre demande.", ACTS(a, { STR("demander"), STR("Demander à la rejoindre") }))
		                 : form_of(p, "rejoindre", "C’est la vôtre ?",
		                           "Personne n’en répond encore ici. Les personnes qui animent ce territoire, ou qui administrent le site, vérifieront ; puis vous pourrez inviter les autres et lui apporter des fiches.",
		                           ACTS(a, { STR("demander"), STR("Demander à en répondre") }));
		f[0].fields = one_field(a, m);
	}
	f[0].main = true;
	return 1;
}

static enum err
forms_last(const struct page_of *p, const struct structure_sheets *sheets, struct view_structure_form *f, size_t *ret_n)
{
	struct arena *a = p->r->arena;
	struct structure_names mine = { NULL, 0 };
	bool member = is(p->s.state, "active");
	size_t n = 0;
	enum err e = member ? structure_bring_list(p->r->write, a, p->me->id, p->s.id, &mine) : ERR_NONE;

	if (e)
		return e;
	if (answers(p)) {
		f[n] = form_of(p, "inviter", "Inviter quelqu’un", "", ACTS(a, { STR("inviter"), STR("Inviter") }));
		f[n].fields = one_field(a, form_field(p->r, PARAMS_STRUCTURE, "courriel", STR_NONE, "La personne reçoit un lien, et choisit d’accepter ou non. Elle aura besoin d’un compte."));
		((struct view_form_field *)(uintptr_t)f[n].fields.p)->autocomplete = STR("off");
		f[n++].main = true;
	}
	if (mine.n) {
		struct view_form_option *o = arena_array(a, struct view_form_option, mine.n);
		for (size_t i = 0; i < mine.n; i++)
			o[i] = (struct view_form_option){ .value = arena_fmt(a, "%lld", (long long)mine.p[i].id), .label = mine.p[i].name };
		f[n] = form_of(p, "apporter", "Lui apporter une de vos fiches", "Ses membres pourront l’écrire aussi ; elle restera quand les personnes changeront. Vous en restez l’auteur.",
		               ACTS(a, { STR("apporter"), STR("Apporter") }));
		f[n++].fields = sheet_field(p, o, mine.n);
	}
	if (answers(p) && sheets->n) {
		struct view_form_option *o = arena_array(a, struct view_form_option, sheets->n);
		for (size_t i = 0; i < sheets->n; i++)
			o[i] = (struct view_form_option){ .value = arena_fmt(a, "%lld", (long long)sheets->p[i].id),
				                          .label = sheets->p[i].title.n ? sheets->p[i].title : arena_fmt(a, "Fiche %lld", (long long)sheets->p[i].id) };
		f[n] = form_of(p, "rendre", "Rendre une fiche à ses auteurs", "Elle ne sera plus à la structure.", ACTS(a, { STR("rendre"), STR("Rendre") }));
		f[n].fields = sheet_field(p, o, sheets->n);
		struct view_form_field *field = (struct view_form_field *)(uintptr_t)f[n++].fields.p;
		field->id = STR("f-fiche-rendue");
	}
	if (p->s.decides) {
		f[n] = form_of(p, "modifier", "Ce qu’elle est", "", ACTS(a, { STR("modifier"), STR("Enregistrer") }));
		f[n++].fields = structure_fields(p->r, &p->s);
	}
	if (member)
		f[n++] = form_of(p, "quitter", "La quitter", "Vos fiches gardent votre nom. Celles de la structure lui restent.", ACTS(a, { STR("quitter"), STR("Quitter cette structure") }));
	*ret_n = n;
	return ERR_NONE;
}

static enum err
people_of(const struct page_of *p, struct view_structure *v)
{
	struct arena *a = p->r->arena;
	struct structure_people all;
	size_t nasking = 0, nmembers = 0;
	enum err e = structure_members(p->r->write, a, p->s.id, &all);

	if (e)
		return e;
	struct view_structure_person *asking = arena_array(a, struct view_structure_person, all.n), *members = arena_array(a, struct view_structure_person, all.n);
	for (size_t i = 0; i < all.n; i++) {
		const struct structure_person *x = &all.p[i];
		struct view_date since = words_date(a, x->since, true);
		bool me = x->account == p->me->id, boss = is(x->role, "responsable");
		struct view_structure_person one = { .name = x->name, .message = x->message, .account = arena_fmt(a, "%lld", (long long)x->account), .action = p->action,
			                             .hidden = p->hidden };
		if (is(x->state, "demandee")) {
			one.note = arena_fmt(a, "demande %s, le %.*s", boss ? "à en répondre" : "à la rejoindre", (int)since.text.n, since.text.p);
			if (p->s.decides && !me)
				one.acts = ACTS(a, { STR("accepter"), STR("Accepter") }, { STR("decliner"), STR("Décliner") });
			if (p->s.decides || me)
				asking[nasking++] = one;
			continue;
		}
		bool invited = is(x->state, "invitee");
		one.note = invited ? arena_fmt(a, "invitation envoyée le %.*s", (int)since.text.n, since.text.p)
		                   : arena_fmt(a, "%s%s depuis le %.*s", boss ? "responsable" : "membre", me ? ", vous," : "", (int)since.text.n, since.text.p);
		if (p->s.decides && invited)
			one.acts = ACTS(a, { STR("retirer"), STR("Annuler l’invitation") });
		else if (p->s.decides && !me)
			one.acts = ACTS(a, { boss ? STR("simple") : STR("nommer"), boss ? STR("Rendre simple membre") : STR("Nommer responsable") }, { STR("retirer"), STR("Retirer") });
		members[nmembers++] = one;
	}
	v->asking = (struct view_structure_people){ asking, nasking };
	v->members = (struct view_structure_people){ members, nmembers };
	return ERR_NONE;
}

static void
sheets_of(const struct page_of *p, const struct structure_sheets *l, struct view_structure *v)
{
	struct arena *a = p->r->arena;
	struct view_sheet_mini *m = arena_array(a, struct view_sheet_mini, l->n);
	bool member = is(p->s.state, "active");
	size_t n = 0;

	for (size_t i = 0; i < l->n; i++) {
		const struct structure_sheet *x = &l->p[i];
		bool online = is(x->state, "publiee") || is(x->state, "a_actualiser") || is(x->state, "archivee");
		if (!online && !member)
			continue;
		m[n++] = (struct view_sheet_mini){ .cote = cote_of(a, x->type, x->id),
			                           .title = x->title.n ? x->title : STR("Sans titre pour l’instant"),
			                           .url = online ? link_sheet(a, x->id, x->slug) : link_fmt(a, "/fiches/%lld/travail", (long long)x->id),
			                           .note = online ? STR_NONE : STR("pas en ligne") };
	}
	v->sheets = (struct view_sheet_minis){ m, n };
	v->sheets_title = n ? STR("Ses fiches") : STR_NONE;
	if (l->n && l->p[0].total > (int64_t)l->n)
		v->sheets_more = arena_fmt(a, "et %lld autres", (long long)(l->p[0].total - (int64_t)l->n));
}

static struct view_facts
facts_of(const struct page_of *p)
{
	struct arena *a = p->r->arena;
	struct view_fact *f = arena_array(a, struct view_fact, 4);
	struct view_link *site = arena_array(a, struct view_link, 1);
	struct url url = link_external(p->s.website);
	size_t n = 0;

	f[n++] = (struct view_fact){ .label = STR("Sorte"), .text = structure_kind_words(p->s.kind) };
	if (url.n) {
		site[0] = (struct view_link){ p->s.website, url };
		f[n++] = (struct view_fact){ .label = STR("Site"), .links = { site, 1 } };
	}
	if (p->s.siren.n)
		f[n++] = (struct view_fact){ .label = STR("SIREN"), .text = arena_fmt(a, "%.3s %.3s %.3s", p->s.siren.p, p->s.siren.p + 3, p->s.siren.p + 6) };
	if (p->s.source.n)
		f[n++] = (struct view_fact){ .label = STR("D’où nous la connaissons"), .text = p->s.source };
	return (struct view_facts){ f, n };
}

static enum err
show(struct page_of *p, struct resp *w, int status)
{
	struct req *r = p->r;
	struct arena *a = r->arena;
	struct structure_sheets sheets;
	struct view_structure_form *first = arena_array(a, struct view_structure_form, 1), *last = arena_array(a, struct view_structure_form, 6);
	struct view_structure v = { .crumbs = crumbs(a, 2, (struct view_link[]){ { STR("Mon espace"), link_fmt(a, "/mon-espace") }, { p->s.name, { NULL, 0 } } }),
		                    .title = p->s.name, .facts = facts_of(p) };
	size_t nlast = 0;

	p->hidden = form_hidden(r, false);
	v.lead = is(p->s.state, "active") ? (answers(p) ? STR("Vous en répondez.") : STR("Vous en êtes membre."))
	         : p->s.held              ? STR("Elle a quelqu’un pour en répondre ici.")
	                                  : STR("Nous la connaissons, mais personne n’en répond encore ici.");
	if (p->s.place_name.n) {
		struct place_ref place = { p->s.place_type, p->s.place_code, p->s.place_slug, p->s.place_name, p->s.place_code };
		v.place = place_of(a, &place);
	}
	for (size_t i = 0; i < sizeof(done_words) / sizeof(*done_words); i++)
		if (is(req_param(r, "fait"), done_words[i].code))
			v.done = str_of(done_words[i].says);
	enum err e = structure_sheets_list(r->write, a, p->s.id, SHEETS_SHOWN, &sheets);
	if (!e && (is(p->s.state, "active") || p->s.decides))
		e = people_of(p, &v);
	if (!e)
		e = forms_last(p, &sheets, last, &nlast);
	if (e)
		return e;
	v.first = (struct view_structure_forms){ first, forms_first(p, first) };
	v.last = (struct view_structure_forms){ last, nlast };
	sheets_of(p, &sheets, &v);
	v.faults = form_faults(r);
	struct buf main;
	buf_init(&main, a, 16384);
	tpl_structure(&main, &v);
	struct view_layout layout = { .title = p->s.name, .noindex = true, .nav_self = true, .head_search = true };
	w->status = status;
	return page_send(r, w, &layout, &main);
}

/* One mail to one account; an account that is gone, or wants none, gets none. */
static enum err
tell(const struct page_of *p, int64_t account, const char *kind, struct str subject, struct str sentence, struct str more)
{
	struct req *r = p->r;
	struct arena *a = r->arena;
	struct structure_address to;
	enum err e = structure_person_address(r->write, a, account, &to);

	if (e)
		return e == ERR_NOT_FOUND ? ERR_NONE : e;
	struct mail m = { .to = to.email, .account = account, .kind = str_of(kind), .subject = subject,
		          .letter = { LETTER_PARAGRAPHS(STR("Bonjour,"), sentence, more),
		                      LETTER_LINKS({ STR("Voir la structure"), arena_fmt(a, "%.*s/structures/%lld", (int)r->base.n, r->base.p, (long long)p->s.id) }) } };
	if (!more.n)
		m.letter.nparagraphs = 2;
	return mail_queue(r->write, a, &m, NULL);
}

/* All who decide but who acts. */
static enum err
tell_deciders(const struct page_of *p, const char *kind, struct str subject, struct str sentence, struct str more)
{
	struct structure_addresses l;
	enum err e = structure_deciders_list(p->r->write, p->r->arena, p->s.id, &l);

	for (size_t i = 0; !e && i < l.n; i++)
		if (l.p[i].account != p->me->id)
			e = tell(p, l.p[i].account, kind, subject, sentence, more);
	return e;
}

#define S(s) (int)(s).n, (s).p

static enum err
ask(struct page_of *p, int64_t account, struct str *ret_why)
{
	struct arena *a = p->r->arena;
	struct str message = req_param(p->r, "message");
	enum err e = structure_ask(p->r->write, a, p->me->id, p->s.id, message, ret_why);

	(void)account;
	if (e || ret_why->n)
		return e;
	return tell_deciders(p, p->s.held ? "structure" : "signalement", arena_fmt(a, "%.*s demande %s %.*s", S(p->me->name), p->s.held ? "à rejoindre" : "à répondre de", S(p->s.name)),
	                     arena_fmt(a, "%.*s demande %s « %.*s ». Vous pouvez accepter ou décliner.", S(p->me->name), p->s.held ? "à rejoindre" : "à répondre de", S(p->s.name)), message);
}

static enum err
answer(struct page_of *p, int64_t account, struct str *ret_why)
{
	struct arena *a = p->r->arena;
	bool yes = is(req_param(p->r, "act"), "accepter");
	enum err e = structure_answer(p->r->write, a, p->me->id, p->s.id, account, yes, ret_why);

	if (e || ret_why->n)
		return e;
	return tell(p, account, "adhesion", arena_fmt(a, "%.*s : votre demande est %s", S(p->s.name), yes ? "acceptée" : "déclinée"),
	            yes ? arena_fmt(a, "Vous êtes maintenant de « %.*s » sur Catalyse.", S(p->s.name))
	                : arena_fmt(a, "Votre demande pour « %.*s » n’a pas été acceptée. Si c’est une erreur, parlez-en à ceux qui en sont, ou écrivez-nous.", S(p->s.name)),
	            STR_NONE);
}

static enum err
reply(struct page_of *p, int64_t account, struct str *ret_why)
{
	struct arena *a = p->r->arena;
	bool yes = is(req_param(p->r, "act"), "rejoindre");
	enum err e = structure_reply(p->r->write, a, p->me->id, p->s.id, yes, false, ret_why);

	(void)account;
	if (e || ret_why->n || !yes)
		return e;
	return tell_deciders(p, "adhesion", arena_fmt(a, "%.*s a rejoint %.*s", S(p->me->name), S(p->s.name)),
	                     arena_fmt(a, "%.*s a accepté votre invitation : « %.*s » compte un membre de plus.", S(p->me->name), S(p->s.name)), STR_NONE);
}

static enum err
invite(struct page_of *p, int64_t account, struct str *ret_why)
{
	struct req *r = p->r;
	struct arena *a = r->arena;
	struct str email = req_param(r, "courriel");
	struct token t;
	int64_t wait;
	enum err e;

	(void)account;
	if (!email.n) {
		if (!req_typed(r, "courriel").n)
			form_fault(r, "courriel", "Écrivez l’adresse de la personne que vous invitez.");
		return ERR_NONE;
	}
	if ((e = attempt_note(r->write, a, "invitation", arena_fmt(a, "%lld", (long long)p->me->id), INVITATIONS, INVITATIONS_PER_S, &wait)))
		return e;
	if (wait) {
		form_fault(r, "courriel", "Vingt invitations par jour au plus. Celle-ci pourra partir demain.");
		return ERR_NONE;
	}
	token_make(&t);
	if ((e = structure_invite(r->write, a, p->me->id, p->s.id, str_of(t.sum), email, ret_why)) || ret_why->n)
		return e;
	struct mail m = { .to = email, .kind = STR("invitation"),
		          .subject = arena_fmt(a, "%.*s vous invite à rejoindre %.*s", S(p->me->name), S(p->s.name)),
		          .letter = { LETTER_PARAGRAPHS(STR("Bonjour,"), arena_fmt(a, "%.*s vous invite à rejoindre « %.*s » sur Catalyse : ses membres lisent et écrivent ensemble les fiches de la structure.",
		                                                                 S(p->me->name), S(p->s.name))),
		                      LETTER_LINKS({ STR("Voir l’invitation"), arena_fmt(a, "%.*s/structures/invitation/%s", S(r->base), t.text) }),
		                      LETTER_AFTER(STR("Vous pourrez accepter ou décliner. Ce lien vaut trente jours et ne sert qu’une fois.")) } };
	return mail_queue(r->write, a, &m, NULL);
}

static enum err
name(struct page_of *p, int64_t account, struct str *ret_why)
{
	struct arena *a = p->r->arena;
	bool boss = is(req_param(p->r, "act"), "nommer");
	enum err e = structure_name_role(p->r->write, a, p->me->id, p->s.id, account, boss ? STR("responsable") : STR("membre"), ret_why);

	if (e || ret_why->n)
		return e;
	return tell(p, account, "adhesion", boss ? arena_fmt(a, "Vous répondez maintenant de %.*s", S(p->s.name)) : arena_fmt(a, "%.*s : votre place a changé", S(p->s.name)),
	            boss ? arena_fmt(a, "Vous répondez maintenant de « %.*s » : vous invitez, vous acceptez, vous tenez ses fiches.", S(p->s.name))
	                 : arena_fmt(a, "Vous êtes maintenant simple membre de « %.*s ».", S(p->s.name)),
	            STR_NONE);
}

static enum err
leave(struct page_of *p, int64_t account, struct str *ret_why)
{
	struct arena *a = p->r->arena;
	bool other = is(req_param(p->r, "act"), "retirer");
	int64_t who = other ? account : p->me->id;
	enum err e = structure_leave(p->r->write, a, p->me->id, p->s.id, who, ret_why);

	if (e || ret_why->n || is(req_param(p->r, "act"), "annuler"))
		return e;
	if (other)
		return tell(p, who, "adhesion", arena_fmt(a, "%.*s : vous n’en êtes plus", S(p->s.name)), arena_fmt(a, "Vous n’êtes plus de « %.*s » sur Catalyse. Vos fiches restent à votre nom.", S(p->s.name)), STR_NONE);
	return tell_deciders(p, "adhesion", arena_fmt(a, "%.*s a quitté %.*s", S(p->me->name), S(p->s.name)),
	                     arena_fmt(a, "%.*s n’est plus de « %.*s ». Les fiches de la structure lui restent.", S(p->me->name), S(p->s.name)), STR_NONE);
}

static int64_t
number_of(struct str s)
{
	int64_t n = 0;

	for (size_t i = 0; i < s.n && i < 10; i++)
		n = n * 10 + (s.p[i] - '0');
	return n;
}

static enum err
transfer(struct page_of *p, int64_t account, struct str *ret_why)
{
	struct arena *a = p->r->arena;
	bool bring = is(req_param(p->r, "act"), "apporter");
	int64_t sheet = number_of(req_param(p->r, "fiche"));

	(void)account;
	if (!sheet) {
		form_fault(p->r, "fiche", "Choisissez une fiche.");
		return ERR_NONE;
	}
	enum err e = structure_take_sheet(p->r->write, a, p->me->id, sheet, bring ? p->s.id : 0, ret_why);
	if (e || ret_why->n)
		return e;
	return tell_deciders(p, "adhesion", arena_fmt(a, "Une fiche %s %.*s", bring ? "pour" : "quitte", S(p->s.name)),
	                     arena_fmt(a, "%.*s %s la fiche %lld %s « %.*s ».", S(p->me->name), bring ? "apporte" : "rend", (long long)sheet, bring ? "à" : "de", S(p->s.name)), STR_NONE);
}

static enum err
change(struct page_of *p, int64_t account, struct str *ret_why)
{
	struct structure_words words;
	bool good;
	enum err e = structure_words_read(p->r, p->s.id, &words, &good);

	(void)account;
	return e || !good ? e : structure_change(p->r->write, p->r->arena, p->me->id, p->s.id, &words, ret_why);
}

static const struct {
	const char *act;
	enum err (*fn)(struct page_of *, int64_t, struct str *);
	const char *done; /* "?fait="; with a slash: another page */
	bool person;      /* about somebody else */
} acts[] = {
	{ "demander", ask, "demandee", false },      { "annuler", leave, "annulee", false },   { "accepter", answer, "acceptee", true },
	{ "decliner", answer, "declinee", true },    { "rejoindre", reply, "rejointe", false }, { "refuser", reply, "/mon-espace?fait=decline", false },
	{ "inviter", invite, "invite", false },      { "nommer", name, "nommee", true },       { "simple", name, "nommee", true },
	{ "retirer", leave, "retiree", true },       { "quitter", leave, "/mon-espace?fait=quitte", false }, { "apporter", transfer, "apportee", false },
	{ "rendre", transfer, "rendue", false },     { "modifier", change, "modifiee", false },
};

static enum err
act(struct page_of *p, struct resp *w)
{
	struct req *r = p->r;
	struct str wanted = req_param(r, "act"), why = STR_NONE;
	int64_t account = number_of(req_param(r, "compte"));
	size_t i = 0;

	while (i < sizeof(acts) / sizeof(*acts) && !is(wanted, acts[i].act))
		i++;
	if (i == sizeof(acts) / sizeof(*acts) || (acts[i].person && !account))
		form_fault(r, "formulaire", "Dites ce que vous voulez faire : un bouton n’est pas arrivé jusqu’à nous.");
	if (r->refused || r->nnotices)
		return show(p, w, 422);
	enum err e = acts[i].fn(p, account, &why);
	if (e)
		return e;
	if (is(why, "introuvable"))
		return ERR_NOT_FOUND;
	if (is(why, "interdit"))
		return ERR_FORBIDDEN;
	if (is(why, "dernier"))
		form_fault(r, "formulaire", "C’est la dernière personne qui en répond : nommez d’abord quelqu’un d’autre.");
	else if (is(why, "motif"))
		form_fault(r, "message", "Dites en une phrase qui vous êtes pour elle : quelqu’un devra le vérifier.");
	else if (why.n)
		form_fault(r, "formulaire", "Cela vient de changer : voici où en sont les choses.");
	if (r->nnotices) {
		if ((e = structure_find(r->write, r->arena, p->me->id, p->s.id, &p->s)))
			return e;
		return show(p, w, is(why, "etat") || is(why, "dernier") ? 409 : 422);
	}
	if (acts[i].done[0] == '/')
		resp_redirect(w, 303, str_of(acts[i].done));
	else
		resp_redirect(w, 303, arena_fmt(r->arena, "/structures/%lld?fait=%s", (long long)p->s.id, acts[i].done));
	return ERR_NONE;
}

enum err
page_structure(struct req *r, struct resp *w)
{
	struct page_of p = { .r = r, .me = actor_of(r) };
	struct str nothing;
	int64_t id = link_number(r->vars[0], &nothing);

	if (id <= 0 || nothing.n)
		return ERR_NOT_FOUND;
	enum err e = structure_find(r->write, r->arena, p.me->id, id, &p.s);
	if (e)
		return e;
	p.action = structure_link(r->arena, id);
	return r->method == METHOD_POST ? act(&p, w) : show(&p, w, 200);
}

static enum err
over(struct req *r, struct resp *w)
{
	struct view_link ways[] = { { STR("Mon espace"), link_fmt(r->arena, "/mon-espace") } };
	struct view_door d = { .title = STR("Cette invitation ne sert plus"),
		               .lead = STR("Elle a déjà servi, elle a été annulée, ou elle a plus de trente jours. La personne qui vous invite peut en envoyer une autre."),
		               .links = { ways, 1 } };

	return door_send(r, w, &d, 404);
}

static int64_t
structure_of(struct arena *a, const struct handed *h)
{
	const struct json *data;
	int64_t id;

	return json_parse(a, h->data, &data) == ERR_NONE && json_whole(json_get(data, "structure"), &id) ? id : 0;
}

enum err
page_structure_invitation(struct req *r, struct resp *w)
{
	struct arena *a = r->arena;
	struct page_of p = { .r = r, .me = actor_of(r) };
	struct handed h;
	struct str text = r->vars[0], why = STR_NONE;
	enum err e = token_find(r->write, a, text, "structure", &h);

	if (e == ERR_NOT_FOUND || (!e && (h.used || h.late)))
		return over(r, w);
	if (!e)
		e = structure_find(r->write, a, p.me->id, structure_of(a, &h), &p.s);
	if (e)
		return e == ERR_NOT_FOUND ? over(r, w) : e;
	if (r->method == METHOD_POST && !r->refused) {
		bool yes = !is(req_param(r, "reponse"), "non");
		if ((e = token_use(r->write, a, text, "structure", &h)))
			return e == ERR_NOT_FOUND ? over(r, w) : e;
		/* An address may be another account's: the invitation that waited in its space goes with the link. */
		if (h.account && h.account != p.me->id && (e = structure_leave(r->write, a, h.account, p.s.id, h.account, &why)))
			return e;
		if ((e = structure_reply(r->write, a, p.me->id, p.s.id, yes, true, &why)))
			return e;
		if (yes && !why.n)
			e = tell_deciders(&p, "adhesion", arena_fmt(a, "%.*s a rejoint %.*s", S(p.me->name), S(p.s.name)),
			                  arena_fmt(a, "%.*s a accepté votre invitation : « %.*s » compte un membre de plus.", S(p.me->name), S(p.s.name)), STR_NONE);
		resp_redirect(w, 303, yes ? arena_fmt(a, "/structures/%lld?fait=rejointe", (long long)p.s.id) : STR("/mon-espace?fait=decline"));
		return e;
	}
	struct view_form_option o[] = { { .value = STR("oui"), .label = STR("J’accepte : j’en suis") }, { .value = STR("non"), .label = STR("Je décline") } };
	struct view_form_field f = form_field(r, PARAMS_STRUCTURE, "reponse", STR_NONE, NULL);
	f.choices = true;
	form_options(r, &f, o, 2, &o[0].value, 1);
	struct view_door d = { .title = arena_fmt(a, "Rejoindre %.*s", S(p.s.name)),
		               .lead = STR("On vous y invite. Une fois membre, vous lisez et vous écrivez les fiches de cette structure."),
		               .action = link_fmt(a, "/structures/invitation/%.*s", S(text)),
		               .hidden = form_hidden(r, false),
		               .fields = { &f, 1 },
		               .button = STR("Répondre"),
		               .note_title = STR("Votre nom"),
		               .note = arena_fmt(a, "Vous répondez sous le nom de %.*s. Les autres membres le verront.", S(p.me->name)) };
	return door_send(r, w, &d, 200);
}
