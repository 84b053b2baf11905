/* The letters of the review, queued in the transaction of what they tell: who is asked, what was said, what was decided. */
#include "page/review_parts.h"

#include "model/mail.h"

enum { LINES_MAX = 120 };

static bool
is(struct str s, const char *word)
{
	return str_eq(s, str_of(word));
}

/* One letter being written. */
struct draft {
	struct req *r;
	struct str *lines;
	size_t nlines;
	struct letter_link links[4];
	size_t nlinks;
	struct str *after;
	size_t nafter;
};

static struct draft
draft_new(struct req *r)
{
	return (struct draft){ .r = r, .lines = arena_array(r->arena, struct str, LINES_MAX), .after = arena_array(r->arena, struct str, 4) };
}

static void
line(struct draft *d, struct str s)
{
	if (s.n && d->nlines < LINES_MAX)
		d->lines[d->nlines++] = s;
}

static void
link_add(struct draft *d, const char *label, struct url path)
{
	if (d->nlinks < 4)
		d->links[d->nlinks++] = (struct letter_link){ str_of(label), arena_fmt(d->r->arena, "%.*s%.*s", (int)d->r->base.n, d->r->base.p, (int)path.n, path.p) };
}

static void
after(struct draft *d, const char *sentence)
{
	if (d->nafter < 4)
		d->after[d->nafter++] = str_of(sentence);
}

static enum err
send(const struct draft *d, struct str to, int64_t account, const char *kind, struct str subject)
{
	const struct mail m = { .to = to,
		                .account = account,
		                .kind = str_of(kind),
		                .subject = subject,
		                .letter = { .paragraphs = d->lines, .nparagraphs = d->nlines, .links = d->links, .nlinks = d->nlinks, .after = d->after, .nafter = d->nafter } };
	enum err e = mail_queue(d->r->write, d->r->arena, &m, NULL);

	return e == ERR_BAD_INPUT ? err_note(e, "an address that cannot be written to") : e;
}

static struct str
hello(struct arena *a, struct str name)
{
	return name.n ? arena_fmt(a, "Bonjour %.*s,", (int)name.n, name.p) : STR("Bonjour,");
}

/* Everybody of one part ("auteur", "relecteur") but who acts; way adds their own link, when purpose is given. */
static enum err
send_all(const struct draft *common, const struct review_case *c, const char *part, int64_t but, const char *kind, struct str subject, const char *purpose,
         const char *way, int days)
{
	struct review_people people;
	struct req *r = common->r;
	enum err e = review_people_list(r->write, r->arena, c->id, &people);

	for (size_t i = 0; !e && i < people.n; i++) {
		const struct review_person *p = &people.p[i];
		if (!is(p->part, part) || p->id == but)
			continue;
		struct draft d = draft_new(r);
		line(&d, hello(r->arena, p->name));
		for (size_t k = 0; k < common->nlines; k++)
			line(&d, common->lines[k]);
		if (purpose) {
			struct token t;
			if ((e = link_make(r->write, r->arena, str_of(purpose), p->id, c->id, days, &t)))
				return e;
			link_add(&d, way, link_fmt(r->arena, "/lien/%s", t.text));
		}
		for (size_t k = 0; k < common->nlinks && d.nlinks < 4; k++)
			d.links[d.nlinks++] = common->links[k];
		d.after = common->after;
		d.nafter = common->nafter;
		e = send(&d, p->email, p->id, kind, subject);
	}
	return e;
}

static struct url
dialogue(struct arena *a, const struct review_case *c)
{
	return link_fmt(a, "/fiches/%lld/relecture", (long long)c->id);
}

static struct str
about(struct arena *a, const char *before, const struct review_case *c)
{
	struct str t = review_at_most(c->title, 160);

	return arena_fmt(a, "%s%.*s", before, (int)t.n, t.p);
}

/* To somebody who may decide: the link that lets them, without signing in. */
static enum err
ask(struct req *r, const struct review_case *c, const struct review_person *p, struct str subject, struct str first, struct str second)
{
	struct draft d = draft_new(r);
	struct token t;
	enum err e = link_make(r->write, r->arena, STR("decision"), p->id, c->id, 14, &t);

	if (e)
		return e;
	line(&d, hello(r->arena, p->name));
	line(&d, first);
	line(&d, second);
	link_add(&d, is(c->state, "en_relecture") || c->appeal ? "Lire et décider" : "Je m’en occupe", link_fmt(r->arena, "/lien/%s", t.text));
	link_add(&d, "Ouvrir le dialogue", dialogue(r->arena, c));
	after(&d, "Le premier lien est à vous seul et n’ouvre que cette fiche. Pendant trois jours, il permet de décider sans se connecter. Ne le transférez pas.");
	return send(&d, p->email, p->id, "relecture", subject);
}

static enum err
tell_submitted(struct req *r, const struct review_case *c, int64_t author, bool appeal, struct str why)
{
	struct arena *a = r->arena;
	struct review_people asked, people;
	enum err e;

	/* Who asked for changes reads the answer first. */
	if (!appeal && c->reviewer_id && c->round > 1) {
		if ((e = review_people_list(r->write, a, c->id, &people)))
			return e;
		for (size_t i = 0; i < people.n; i++) {
			struct review_person *p = arena_array(a, struct review_person, 1);
			p[0] = people.p[i];
			if (!is(p->part, "relecteur"))
				continue;
			p->rank = c->rank;
			return ask(r, c, p, about(a, "Réponse à vos demandes : ", c), about(a, "Ses auteurs ont répondu à vos demandes : ", c), c->note);
		}
	}
	if ((e = review_route_list(r->write, a, c->id, &asked)) || (e = review_routed(r->write, a, c->id, &asked)))
		return e;
	for (size_t i = 0; i < asked.n; i++) {
		const struct review_person *p = &asked.p[i];
		if (p->id == author)
			continue;
		struct str reason = p->rank == 3 ? arena_fmt(a, "Elle vous est proposée parce que vous animez ce territoire : %.*s.", (int)p->scope.n, p->scope.p)
		                    : p->rank == 2 ? arena_fmt(a, "Elle vous est proposée parce que vous animez ce thème : %.*s.", (int)p->scope.n, p->scope.p)
		                                   : STR("Personne d’autre n’est disponible pour son territoire ni pour ses thèmes : elle est proposée à l’équipe éditoriale.");
		struct str title = review_at_most(c->title, 160);
		e = ask(r, c, p, about(a, appeal ? "Nouvel examen demandé : " : "À relire : ", c),
		        arena_fmt(a, appeal ? "Les auteurs de « %.*s » contestent une décision et demandent l’examen d’une autre personne." : "« %.*s » vient d’être envoyée à la relecture.",
		                  (int)title.n, title.p),
		        why.n ? arena_fmt(a, "%.*s Ils écrivent : « %.*s »", (int)reason.n, reason.p, (int)why.n, why.p)
		        : c->note.n ? arena_fmt(a, "%.*s Ses auteurs écrivent : « %.*s »", (int)reason.n, reason.p, (int)c->note.n, c->note.p)
		                    : reason);
		if (e)
			return e;
	}
	return ERR_NONE;
}

enum err
review_submitted(struct req *r, int64_t author, int64_t sheet)
{
	struct review_case c;
	enum err e = review_case_find(r->write, r->arena, author, sheet, &c);

	return e ? e : tell_submitted(r, &c, author, false, STR_NONE);
}

enum err
review_offered(struct req *r, int64_t author, int64_t sheet)
{
	struct review_people asked;
	struct review_case c;
	enum err e = review_route_list(r->write, r->arena, sheet, &asked);

	/* Its author has no rights yet: the sheet is read as the first of those who are asked may. */
	if (!e && asked.n)
		e = review_case_find(r->write, r->arena, asked.p[0].id, sheet, &c);
	return e || asked.n == 0 ? e : tell_submitted(r, &c, author, false, STR_NONE);
}

/* What every act tells its authors. */
static const struct {
	const char *act, *kind, *subject, *sentence;
	bool appeal; /* with a link to appeal, that works signed out */
} TOLD[] = {
	{ "prendre", "decision", "En relecture : ", "Quelqu’un s’occupe de votre fiche et va la relire.", false },
	{ "demander", "modifications", "À vous de jouer : ", "Votre fiche a été relue. Voici ce qui vous est demandé avant de la publier.", false },
	{ "publier", "decision", "En ligne : ", "Votre fiche est en ligne. Merci.", false },
	{ "refuser", "refus", "Refusée : ", "Votre fiche n’est pas publiée. Voici pourquoi.", true },
	{ "retirer", "retrait", "Retirée : ", "Votre fiche n’est plus en ligne. Elle est retirée pour cette raison, qui est publique :", true },
	{ "maintenir", "refus", "Retrait maintenu : ", "Une autre personne a examiné votre demande. Le retrait est maintenu.", false },
	{ "archiver", "decision", "Archivée : ", "Votre fiche est archivée. Elle peut être rétablie.", false },
	{ "retablir", "decision", "De nouveau en ligne : ", "Votre fiche est de nouveau en ligne.", false },
	{ "fusionner", "retrait", "Fusionnée : ", "Votre fiche mène maintenant à une autre, qui dit la même chose. Elle peut être rétablie.", true },
	{ "signaler", "fraicheur", "À vérifier : ", "Votre fiche est marquée à vérifier. Elle reste en ligne.", false },
};

enum err
review_tell(struct req *r, const struct review_case *c, int64_t actor, struct str act, struct str why, int64_t target)
{
	struct arena *a = r->arena;
	struct review_comments comments = { NULL, 0 };
	enum err e = ERR_NONE;

	if (is(act, "soumettre") || is(act, "contester")) {
		struct review_case now;
		if ((e = review_case_find(r->write, a, actor, c->id, &now)))
			return e;
		return tell_submitted(r, &now, actor, is(act, "contester"), is(act, "contester") ? why : STR_NONE);
	}
	if (is(act, "confier")) {
		struct review_people people;
		struct review_case now = *c;
		now.state = STR("en_relecture");
		if ((e = review_people_list(r->write, a, c->id, &people)))
			return e;
		for (size_t i = 0; i < people.n && target != actor; i++)
			if (is(people.p[i].part, "relecteur") && people.p[i].id == target &&
			    (e = ask(r, &now, &people.p[i], about(a, "Confiée à vous : ", c), about(a, "Cette fiche vous est confiée : ", c), c->note)))
				return e;
		act = STR("prendre");
	}
	if (is(act, "demander") || is(act, "refuser") || is(act, "publier"))
		if ((e = review_decided(r->write, a, actor, c->id, &comments)))
			return e;
	for (size_t i = 0; i < sizeof(TOLD) / sizeof(*TOLD); i++) {
		if (!is(act, TOLD[i].act))
			continue;
		struct draft d = draft_new(r);
		line(&d, about(a, "", c));
		line(&d, str_of(TOLD[i].sentence));
		line(&d, why);
		for (size_t k = 0; k < comments.n; k++) {
			const struct review_words *m = &comments.p[k];
			line(&d, m->quote.n ? arena_fmt(a, "%.*s, « %.*s » : %.*s", (int)m->field_label.n, m->field_label.p, (int)m->quote.n, m->quote.p, (int)m->body.n, m->body.p)
			                    : arena_fmt(a, "%.*s : %.*s", (int)m->field_label.n, m->field_label.p, (int)m->body.n, m->body.p));
		}
		bool online = is(act, "publier") || is(act, "retablir") || is(act, "fusionner");
		if (online)
			link_add(&d, "Lire la fiche en ligne", link_fmt(a, "/fiches/%lld", (long long)c->id));
		link_add(&d, is(act, "demander") ? "Répondre" : "Ouvrir le dialogue", dialogue(a, c));
		if (is(act, "demander"))
			link_add(&d, "Modifier la fiche", link_fmt(a, "/fiches/%lld/modifier", (long long)c->id));
		if (TOLD[i].appeal)
			after(&d, "Si vous n’êtes pas d’accord, le premier lien permet de demander l’examen d’une autre personne, sans se connecter, pendant soixante jours. Rien n’est effacé.");
		return send_all(&d, c, "auteur", actor, TOLD[i].kind, about(a, TOLD[i].subject, c), TOLD[i].appeal ? "appel" : NULL, "Demander un nouvel examen", 60);
	}
	return ERR_NONE;
}

enum err
review_tell_words(struct req *r, const struct review_case *c, const struct review_words *m)
{
	struct arena *a = r->arena;
	bool by_author = is(m->side, "auteur");
	struct draft d = draft_new(r);

	if (is(m->kind, "commentaire")) /* it leaves with the decision */
		return ERR_NONE;
	line(&d, about(a, by_author ? "Les auteurs de cette fiche vous écrivent : " : "Un message au sujet de votre fiche : ", c));
	line(&d, m->body);
	link_add(&d, "Répondre", dialogue(a, c));
	return send_all(&d, c, by_author ? "relecteur" : "auteur", m->author, by_author ? "relecture" : "commentaire", about(a, "Message : ", c), NULL, NULL, 0);
}

enum err
review_tell_invited(struct req *r, const struct review_case *c, struct str name, struct str email, struct str message, const char *token)
{
	struct arena *a = r->arena;
	struct draft d = draft_new(r);

	line(&d, hello(a, name));
	line(&d, about(a, "Une personne qui relit cette fiche pour Catalyse aimerait votre avis : ", c));
	line(&d, message);
	link_add(&d, "Lire la fiche et donner mon avis", link_fmt(a, "/lien/%s", token));
	after(&d, "Ce lien n’ouvre que cette fiche, pendant trente jours. Aucun compte n’est nécessaire. La fiche n’est pas encore publique : ne la diffusez pas.");
	return send(&d, email, 0, "avis", about(a, "Votre avis sur : ", c));
}

enum err
review_tell_advice(struct req *r, const struct review_case *c, int64_t account, struct str email, struct str body)
{
	struct draft d = draft_new(r);

	line(&d, about(r->arena, "L’avis que vous aviez demandé est arrivé : ", c));
	line(&d, body);
	link_add(&d, "Ouvrir le dialogue", dialogue(r->arena, c));
	return send(&d, email, account, "relecture", about(r->arena, "Un avis sur : ", c));
}
