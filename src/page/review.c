/* /fiches/{id}/relecture: the road of a sheet from its draft to the public, what was said on the way, and what one may do next. */
#include "gen/tpl.h"
#include "page/review_parts.h"

#include "text/json_out.h"

struct str
review_hour(struct arena *a, struct str at)
{
	if (at.n < 16)
		return STR_NONE;
	int h = (at.p[11] - '0') * 10 + at.p[12] - '0';
	return arena_fmt(a, "%d h %.2s", h, at.p + 14);
}

struct str
review_at_most(struct str s, size_t n)
{
	if (s.n <= n)
		return s;
	while (n && ((unsigned char)s.p[n] & 0xc0) == 0x80)
		n--;
	return (struct str){ s.p, n };
}

struct str
review_ago(struct arena *a, int64_t days)
{
	return days <= 0 ? STR("aujourd’hui") : days == 1 ? STR("hier") : arena_fmt(a, "il y a %lld jours", (long long)days);
}

struct str
review_done(const struct req *r)
{
	static const struct {
		const char *code, *said;
	} done[] = {
		{ "prendre", "Vous vous en occupez. Ses auteurs sont prévenus." },
		{ "rendre", "La fiche attend de nouveau quelqu’un." },
		{ "confier", "La fiche est confiée. La personne choisie est prévenue." },
		{ "demander", "Vos demandes sont envoyées aux auteurs, avec vos commentaires." },
		{ "refuser", "La fiche est refusée. Ses auteurs savent pourquoi, et peuvent demander un autre examen." },
		{ "publier", "La fiche est en ligne. Ses auteurs sont prévenus." },
		{ "soumettre", "La fiche est envoyée à la relecture." },
		{ "reprendre", "La fiche est redevenue un brouillon. Rien n’est effacé." },
		{ "contester", "Votre demande est envoyée. Une autre personne examinera la fiche." },
		{ "abandonner", "Les changements sont abandonnés. La fiche en ligne n’a pas changé." },
		{ "modifier", "Une nouvelle version est ouverte." },
		{ "archiver", "La fiche est archivée." },
		{ "retirer", "La fiche est retirée. Ses auteurs sont prévenus." },
		{ "retablir", "La fiche est de nouveau en ligne." },
		{ "fusionner", "La fiche mène maintenant à l’autre." },
		{ "verifier", "C’est noté : la fiche est vérifiée d’aujourd’hui." },
		{ "signaler", "La fiche est marquée à vérifier." },
		{ "maintenir", "Le retrait est maintenu. Ses auteurs savent pourquoi." },
		{ "absence", "C’est noté. Les fiches seront proposées à d’autres ces jours-là." },
		{ "retour", "Bon retour. Les fiches vous sont de nouveau proposées." },
		{ "message", "Votre message est envoyé." },
		{ "repondre", "Votre réponse est envoyée." },
		{ "commenter", "Votre commentaire est ajouté. Il partira avec votre décision." },
		{ "grille", "Vos réponses sont enregistrées." },
		{ "avis", "Merci. Votre avis est transmis." },
		{ "inviter", "L’invitation est partie." },
		{ "echeance", "La date est changée." },
	};
	struct str code = req_param(r, "fait");
	for (size_t i = 0; code.n && i < sizeof(done) / sizeof(*done); i++)
		if (str_eq(code, str_of(done[i].code)))
			return str_of(done[i].said);
	return STR_NONE;
}

/* What a line of the journal is called in the timeline. */
static const struct {
	const char *machine, *action, *title, *icon;
} LINES[] = {
	{ "travail", "soumettre", "Soumise", "envoi" },
	{ "travail", "prendre", "Prise en relecture", "cle" },
	{ "travail", "rendre", "Laissée à quelqu’un d’autre", "cle" },
	{ "travail", "confier", "Confiée", "cle" },
	{ "travail", "demander", "Modifications demandées", "parole" },
	{ "travail", "publier", "Publiée", "coche" },
	{ "travail", "refuser", "Refusée", "croix" },
	{ "travail", "contester", "Nouvel examen demandé", "envoi" },
	{ "travail", "reprendre", "Redevenue un brouillon", "crayon" },
	{ "travail", "abandonner", "Changements abandonnés", "croix" },
	{ "travail", "modifier", "Nouvelle version commencée", "crayon" },
	{ "travail", "fixer_delai", "Date de réponse changée", "cle" },
	{ "publication", "archiver", "Archivée", "dossier" },
	{ "publication", "retirer", "Retirée", "croix" },
	{ "publication", "retablir", "Remise en ligne", "coche" },
	{ "publication", "fusionner", "Fusionnée avec une autre fiche", "lien" },
	{ "publication", "verifier", "Vérifiée", "coche" },
	{ "publication", "signaler", "À vérifier", "attention" },
	{ "publication", "maintenir", "Retrait maintenu", "croix" },
	{ "", "orienter", "Confiée à qui relit", "lieu" },
	{ "", "inviter_avis", "Avis extérieur demandé", "oeil" },
	{ "", "commencer", "Brouillon commencé", "crayon" },
	{ "", "importer", "Reprise d’une liste", "dossier" },
	{ "", "message", "Message", "parole" },
	{ "", "commentaire", "Commentaire", "parole" },
	{ "", "reponse", "Réponse", "parole" },
	{ "", "avis", "Avis d’une relecture extérieure", "oeil" },
	{ "", "appel", "Nouvel examen demandé", "envoi" },
};

static bool
is(struct str s, const char *word)
{
	return str_eq(s, str_of(word));
}

/* The name of who did it, for who reads: "vous", a name, nobody. */
static struct str
who_of(const struct reviewing *x, const struct review_event *e)
{
	if (x->actor && e->actor_id == x->actor)
		return STR("vous");
	return e->actor;
}

static struct view_reply
reply_of(const struct reviewing *x, const struct review_event *e)
{
	struct arena *a = x->r->arena;
	return (struct view_reply){ who_of(x, e), words_date(a, e->at, false), review_hour(a, e->at), e->body };
}

/* What answers a message, the first first. */
static struct view_replies
replies_of(const struct reviewing *x, const struct review_events *all, int64_t id)
{
	struct view_reply *p = arena_array(x->r->arena, struct view_reply, all->n + 1);
	size_t n = 0;
	for (size_t i = all->n; i-- > 0;)
		if (is(all->p[i].source, "message") && all->p[i].reply_to == id)
			p[n++] = reply_of(x, &all->p[i]);
	return (struct view_replies){ p, n };
}

static struct view_act_forms
one_form(const struct reviewing *x, struct view_act_form f)
{
	struct view_act_form *p = arena_array(x->r->arena, struct view_act_form, 1);
	p[0] = f;
	return (struct view_act_forms){ p, 1 };
}

static struct view_act_forms
reply_form(const struct reviewing *x, int64_t id)
{
	struct arena *a = x->r->arena;
	if (!x->actor || x->mailed)
		return (struct view_act_forms){ NULL, 0 };
	struct str anchor = arena_fmt(a, "repondre-%lld", (long long)id);
	struct view_act_form f = review_form(x, "repondre", anchor.p, STR("Répondre"), STR("Envoyer la réponse"));
	review_form_keep(x, &f, "reponse", arena_fmt(a, "%lld", (long long)id));
	review_form_field(x, &f, "message", "Votre réponse", NULL, STR_NONE);
	return one_form(x, f);
}

static bool
may_edit(const struct reviewing *x)
{
	const struct review_case *c = x->c;
	return x->actor && c->writes && (is(c->state, "brouillon") || is(c->state, "modifications_demandees") || is(c->state, "refusee"));
}

/* Where a part of the text is written: the field of the form that has it. */
static struct url
field_url(struct arena *a, int64_t id, struct str key)
{
	static const struct {
		const char *key, *field;
	} fields[] = { { "titre", "f-titre" },     { "chapo", "f-chapo" },   { "territoires", "f-territoire" }, { "termes", "f-theme" },
		       { "source", "f-source_libelle" }, { "preuve", "f-preuve" }, { "licence", "f-licence" } };
	size_t n = 0;

	for (size_t i = 0; i < sizeof(fields) / sizeof(*fields); i++)
		if (is(key, fields[i].key))
			return link_fmt(a, "/fiches/%lld/modifier?profondeur=complete#%s", (long long)id, fields[i].field);
	while (n < key.n && key.p[n] != '-')
		n++;
	return n < key.n ? link_fmt(a, "/fiches/%lld/modifier?profondeur=complete#groupe-%.*s", (long long)id, (int)n, key.p)
	                 : link_fmt(a, "/fiches/%lld/modifier?profondeur=complete#f-sections_%.*s", (long long)id, (int)n, key.p);
}

static struct view_anchor
anchor_of(const struct reviewing *x, const struct review_events *all, const struct review_event *e)
{
	struct arena *a = x->r->arena;
	struct view_link *links = arena_array(a, struct view_link, 1);
	bool blank = is(e->quote, "(vide)");
	links[0] = (struct view_link){ blank ? STR("Remplir ce champ") : STR("Modifier ce champ"),
		                       field_url(a, x->c->id, e->field) };
	return (struct view_anchor){ .id = arena_fmt(a, "m-%lld", (long long)e->id),
		                     .field = e->field_label,
		                     .quote = e->quote,
		                     .blank = blank,
		                     .body = e->body,
		                     .replies = replies_of(x, all, e->id),
		                     .links = { links, may_edit(x) && e->field.n },
		                     .reply = reply_form(x, e->id) };
}

/* The comments that went with a decision. */
static struct view_anchors
anchors_of(const struct reviewing *x, const struct review_events *all, int64_t decision)
{
	struct view_anchor *p = arena_array(x->r->arena, struct view_anchor, all->n + 1);
	size_t n = 0;
	for (size_t i = all->n; i-- > 0;)
		if (is(all->p[i].source, "message") && all->p[i].decision_id == decision)
			p[n++] = anchor_of(x, all, &all->p[i]);
	return (struct view_anchors){ p, n };
}

static struct str
asked_title(struct arena *a, size_t n)
{
	static const char *const words[] = { "", "", "Deux", "Trois", "Quatre", "Cinq", "Six" };
	if (n < 2)
		return n ? STR("Une modification demandée") : STR("Modifications demandées");
	return n < 7 ? arena_fmt(a, "%s modifications demandées", words[n]) : arena_fmt(a, "%zu modifications demandées", n);
}

static void
event_words(const struct reviewing *x, const struct review_event *e, struct view_review_event *v)
{
	struct arena *a = x->r->arena;

	if (is(e->action, "orienter")) {
		v->title = e->rank == 3 ? arena_fmt(a, "Confiée à l’animation du territoire : %.*s", (int)e->scope.n, e->scope.p)
		           : e->rank == 2 ? arena_fmt(a, "Confiée à l’animation du thème : %.*s", (int)e->scope.n, e->scope.p)
		           : e->rank == 1 ? STR("Confiée à l’équipe éditoriale")
		                          : STR("Personne n’est disponible pour la relire aujourd’hui");
		v->note = e->rank == 3 ? STR("par Catalyse, d’après le territoire de la fiche")
		          : e->rank == 2 ? STR("par Catalyse, d’après son thème")
		                         : STR("par Catalyse");
	} else if (is(e->action, "confier")) {
		v->title = x->actor && e->target == x->actor ? STR("Confiée à vous")
		           : e->target_name.n                ? arena_fmt(a, "Confiée à %.*s", (int)e->target_name.n, e->target_name.p)
		                                             : STR("Confiée à une autre personne");
	} else if (is(e->action, "soumettre") && e->round > 1) {
		v->title = arena_fmt(a, "Soumise, envoi n° %lld", (long long)e->round);
	} else if (is(e->action, "publier") && e->target) {
		v->title = arena_fmt(a, "Publiée, version %lld", (long long)e->target);
	} else if (is(e->action, "avis")) {
		v->note = STR("par un lien signé, pour cette fiche seulement");
	} else if (is(e->action, "message")) {
		v->title = is(e->side, "auteur") ? STR("Message des auteurs") : STR("Message de la relecture");
	}
}

static struct view_review_event
event_of(const struct reviewing *x, const struct review_events *all, const struct review_event *e)
{
	struct arena *a = x->r->arena;
	const char *title = "Noté", *icon = "parole";
	for (size_t i = 0; i < sizeof(LINES) / sizeof(*LINES); i++)
		if (is(e->action, LINES[i].action) && (LINES[i].machine[0] == 0 || is(e->machine, LINES[i].machine)))
			title = LINES[i].title, icon = LINES[i].icon;
	struct view_review_event v = { .icon = link_fmt(a, "#i-%s", icon),
		                .title = str_of(title),
		                .date = words_date(a, e->at, false),
		                .hour = review_hour(a, e->at),
		                .who = who_of(x, e),
		                .body = e->body,
		                .quoted = !is(e->source, "journal") };
	event_words(x, e, &v);
	if (is(e->source, "journal") && is(e->machine, "travail")) {
		v.anchors = anchors_of(x, all, e->id);
		if (is(e->action, "demander"))
			v.title = asked_title(a, v.anchors.n);
	}
	if (is(e->source, "message")) {
		if (is(e->action, "commentaire")) {
			struct view_anchor *p = arena_array(a, struct view_anchor, 1);
			p[0] = anchor_of(x, all, e);
			v.anchors = (struct view_anchors){ p, 1 };
			v.body = STR_NONE;
		} else {
			v.replies = replies_of(x, all, e->id);
			v.reply = reply_form(x, e->id);
		}
	}
	return v;
}

static struct view_review_events
events_of(const struct reviewing *x, const struct review_events *all)
{
	struct view_review_event *p = arena_array(x->r->arena, struct view_review_event, all->n + 2);
	size_t n = 0;
	for (size_t i = 0; i < all->n; i++) {
		const struct review_event *e = &all->p[i];
		if (is(e->source, "message") && (e->decision_id || e->reply_to))
			continue;
		p[n++] = event_of(x, all, e);
		if (is(e->action, "soumettre") && e->round == x->c->round && x->c->note.n) {
			p[n - 1].body = x->c->note;
			p[n - 1].quoted = true;
		}
	}
	return (struct view_review_events){ p, n };
}

/* The road: what was passed, where one is, what comes next. */
static struct view_stops
stops_of(struct arena *a, const struct review_case *c)
{
	struct view_stop *p = arena_array(a, struct view_stop, 8);
	size_t n = 0, here = 0;
	static const char *const first[][2] = { { "brouillon", "Brouillon" }, { "soumise", "Soumise" }, { "en_relecture", "En relecture" } };
	const char *public_word = is(c->public_state, "a_actualiser") ? "À vérifier"
	                          : is(c->public_state, "archivee")   ? "Archivée"
	                          : is(c->public_state, "retiree")    ? "Retirée"
	                          : is(c->public_state, "fusionnee")  ? "Fusionnée"
	                                                              : NULL;
	for (size_t i = 0; i < 3; i++) {
		if (is(c->state, first[i][0]))
			here = n;
		p[n++].label = str_of(first[i][1]);
	}
	if (is(c->state, "modifications_demandees"))
		p[here = n++].label = STR("Modifications demandées");
	if (is(c->state, "refusee")) {
		p[here = n++].label = STR("Refusée");
	} else {
		if (is(c->state, "publiee"))
			here = n;
		p[n++].label = STR("Publiée");
		if (is(c->state, "publiee") && public_word)
			p[here = n++].label = str_of(public_word);
		else
			p[n++].label = STR("À vérifier dans un an");
	}
	for (size_t i = 0; i < n; i++) {
		p[i].here = i == here;
		p[i].after = i > here;
	}
	return (struct view_stops){ p, n };
}

static struct str
state_of(const struct reviewing *x, bool *ret_yours)
{
	const struct review_case *c = x->c;
	struct arena *a = x->r->arena;
	struct view_date due = words_date(a, c->due_on, true);
	bool mine = x->actor && c->reviewer_id == x->actor;

	*ret_yours = (is(c->state, "modifications_demandees") && c->writes && x->actor) || (is(c->state, "en_relecture") && mine) ||
	             (is(c->state, "soumise") && c->reviews && c->appealed_id != x->actor);
	if (*ret_yours && is(c->state, "soumise"))
		return STR("À prendre");
	if (*ret_yours && due.text.n)
		return arena_fmt(a, c->overdue ? "À vous de jouer, depuis le %.*s" : "À vous de jouer, avant le %.*s", (int)due.text.n, due.text.p);
	if (is(c->state, "modifications_demandees"))
		return STR("En attente de ses auteurs");
	if (is(c->state, "soumise"))
		return STR("En attente de relecture");
	if (is(c->state, "en_relecture"))
		return STR("En relecture");
	if (is(c->state, "refusee"))
		return STR("Refusée");
	if (is(c->state, "brouillon"))
		return STR("Brouillon");
	return is(c->public_state, "retiree")        ? STR("Retirée")
	       : is(c->public_state, "archivee")     ? STR("Archivée")
	       : is(c->public_state, "fusionnee")    ? STR("Fusionnée")
	       : is(c->public_state, "a_actualiser") ? STR("En ligne, à vérifier")
	                                             : STR("En ligne");
}

static struct view_facts
facts_of(const struct reviewing *x)
{
	const struct review_case *c = x->c;
	struct arena *a = x->r->arena;
	struct view_fact *f = arena_array(a, struct view_fact, 8);
	struct view_link *online = arena_array(a, struct view_link, 1);
	struct view_date due = words_date(a, c->due_on, true), saved = words_date(a, c->saved_at, false);
	size_t n = 0;

	f[n++] = (struct view_fact){ .label = STR("Relue par"),
		                     .text = !c->reviewer.n                            ? STR("Personne pour l’instant")
		                             : x->actor && c->reviewer_id == x->actor ? STR("Vous")
		                                                                      : c->reviewer };
	if (due.text.n && !is(c->state, "publiee"))
		f[n++] = (struct view_fact){ .label = STR("Réponse attendue"),
			                     .text = arena_fmt(a, is(c->state, "modifications_demandees")
			                                                  ? "Avant le %.*s. Passé ce jour, la fiche reste à vous, rien n’est effacé."
			                                                  : "Avant le %.*s",
			                                       (int)due.text.n, due.text.p) };
	online[0] = (struct view_link){ arena_fmt(a, "Version %lld", (long long)c->version), link_sheet(a, c->id, c->slug) };
	f[n++] = c->version ? (struct view_fact){ .label = STR("Version en ligne"), .links = { online, 1 } }
	                    : (struct view_fact){ .label = STR("Version en ligne"), .text = STR("Aucune pour l’instant") };
	if (saved.text.n)
		f[n++] = (struct view_fact){ .label = STR("Version en travail"),
			                     .text = c->round > 1 ? arena_fmt(a, "Enregistrée le %.*s, envoi n° %lld", (int)saved.text.n, saved.text.p, (long long)c->round)
			                                          : arena_fmt(a, "Enregistrée le %.*s", (int)saved.text.n, saved.text.p) };
	if (c->place.n)
		f[n++] = (struct view_fact){ .label = STR("Territoire"), .text = c->place };
	f[n++] = (struct view_fact){ .label = STR("Structure"), .text = c->structure.n ? c->structure : STR("Aucune : la fiche est au nom de ses auteurs") };
	if (c->first_sheet && c->reviews)
		f[n++] = (struct view_fact){ .label = STR("Première fiche"), .text = STR("De ce compte : rien n’a encore été publié sous ce nom") };
	return (struct view_facts){ f, n };
}

static struct view_act_forms
comment_form(const struct reviewing *x, const struct sheet_field *f)
{
	struct arena *a = x->r->arena;
	struct str id = arena_fmt(a, "commenter-%.*s", (int)f->key.n, f->key.p);
	struct view_act_form v = review_form(x, "commenter", id.p, f->after.n ? STR("Commenter ce passage") : STR("Commenter ce vide"), STR("Ajouter ce commentaire"));
	review_form_keep(x, &v, "champ", f->key);
	if (f->after.n)
		review_form_field(x, &v, "citation", "Le passage", "Copiez ici les mots dont vous parlez. Vide : tout le champ.", STR_NONE);
	review_form_field(x, &v, "message", "Votre commentaire", NULL, STR_NONE);
	return one_form(x, v);
}

static struct view_read_fields
read_of(const struct reviewing *x, const struct review_texts *t, bool comments)
{
	struct arena *a = x->r->arena;
	struct view_read_field *p = arena_array(a, struct view_read_field, t->fields.n + 1);
	struct view_diff_piece *same = arena_array(a, struct view_diff_piece, t->fields.n + 1);
	bool compared = t->version || t->round;
	size_t n = 0;

	for (size_t i = 0; i < t->fields.n; i++) {
		const struct sheet_field *f = &t->fields.p[i];
		bool changed = compared && !str_eq(f->before, f->after);
		same[n] = (struct view_diff_piece){ .text = f->after };
		p[n] = (struct view_read_field){ .id = arena_fmt(a, "t-%.*s", (int)f->key.n, f->key.p),
			                         .label = f->label,
			                         .state = !changed      ? STR_NONE
			                                  : !f->before.n ? STR("ajouté")
			                                  : !f->after.n  ? STR("retiré")
			                                                 : STR("changé"),
			                         .blank = !changed && f->after.n == 0,
			                         .pieces = changed ? diff_pieces(a, f) : (struct view_diff_pieces){ &same[n], 1 } };
		if (comments)
			p[n].comment = comment_form(x, f);
		n++;
	}
	return (struct view_read_fields){ p, n };
}

static struct view_verdict
verdict_of(struct arena *a, const struct review_answer *x, bool name)
{
	bool yes = is(x->verdict, "oui"), no = is(x->verdict, "non");
	return (struct view_verdict){ .icon = link_fmt(a, "#i-%s", yes ? "coche" : no ? "attention" : "tiret"),
		                      .letter = yes ? STR("o") : no ? STR("n") : STR("s"),
		                      .label = yes ? STR("Oui") : no ? STR("Non") : STR("Sans objet"),
		                      .who = name ? x->who : STR_NONE,
		                      .comment = x->comment };
}

static struct view_grid_rows
grid_of(const struct reviewing *x, const struct review_grid *g, bool asks)
{
	struct arena *a = x->r->arena;
	struct view_grid_row *p = arena_array(a, struct view_grid_row, g->n + 1);
	size_t n = 0;

	for (size_t i = 0; i < g->n;) {
		const struct review_answer *k = &g->p[i];
		size_t to = i;
		while (to < g->n && str_eq(g->p[to].code, k->code))
			to++;
		struct view_verdict *v = arena_array(a, struct view_verdict, to - i);
		struct view_grid_row *q = &p[n++];
		size_t nv = 0;
		*q = (struct view_grid_row){ .label = k->label,
			                      .help = k->help,
			                      .secondary = !k->principal,
			                      .asks = asks,
			                      .id = arena_fmt(a, "k-%.*s", (int)k->code.n, k->code.p),
			                      .name = arena_fmt(a, "avis_%.*s", (int)k->code.n, k->code.p),
			                      .note_name = arena_fmt(a, "note_%.*s", (int)k->code.n, k->code.p) };
		for (; i < to; i++) {
			const struct review_answer *y = &g->p[i];
			bool mine = (x->actor && y->reviewer_id == x->actor) || (x->invitation && y->invitation_id == x->invitation);
			if (asks && mine) {
				q->yes = is(y->verdict, "oui");
				q->no = is(y->verdict, "non");
				q->aside = is(y->verdict, "sans_objet");
				q->note = y->comment;
			} else if (y->verdict.n && !x->invitation) {
				v[nv++] = verdict_of(a, y, true);
			}
		}
		if (asks && x->r->method == METHOD_POST) {
			struct str typed = req_typed(x->r, q->name.p);
			q->yes = is(typed, "oui"), q->no = is(typed, "non"), q->aside = is(typed, "sans_objet");
			q->note = req_typed(x->r, q->note_name.p);
		}
		q->verdicts = (struct view_verdicts){ v, nv };
	}
	return (struct view_grid_rows){ p, n };
}

static enum err
locator_find(struct req *r, const struct review_case *c, struct view_locator *ret)
{
	struct territory_refs refs;

	if (!c->stone.n || is(c->stone, "FR") || is(c->stone, "?") || is(c->place_type, "pays"))
		return ERR_NONE;
	enum err e = territories_cached(r, &refs);
	if (!e)
		*ret = locator_of(r->arena, &refs, is(c->place_type, "region"), c->stone);
	return e;
}

static enum err
show_html(struct req *r, struct resp *w, const struct reviewing *x, const struct review_events *events, const struct review_grid *grid,
          const struct review_texts *texts, struct str done, struct str refused, int status)
{
	struct arena *a = r->arena;
	const struct review_case *c = x->c;
	struct view_link mine[] = { { c->reviews ? STR("À relire") : STR("Mon espace"), c->reviews ? link_fmt(a, "/moderation") : link_fmt(a, "/mon-espace") },
		                    { STR("Relecture"), { NULL, 0 } } };
	bool open = is(c->state, "soumise") || is(c->state, "en_relecture") || is(c->state, "modifications_demandees");
	bool holds = x->actor && c->reviews && is(c->state, "en_relecture") && (c->reviewer_id == x->actor || c->admin);
	bool asks = (holds && !x->mailed) || (x->invitation && open);
	bool changed = false;
	for (size_t i = 0; i < texts->fields.n && (texts->version || texts->round); i++)
		changed |= !str_eq(texts->fields.p[i].before, texts->fields.p[i].after);
	if (refused.n)
		form_fault(r, "formulaire", "%.*s", (int)refused.n, refused.p);
	struct view_review v = { .crumbs = crumbs(a, 2, mine),
		                 .cote = cote_of(a, c->type, c->id),
		                 .title = c->title,
		                 .stops = stops_of(a, c),
		                 .facts = facts_of(x),
		                 .done = done,
		                 .events = x->invitation ? (struct view_review_events){ NULL, 0 } : events_of(x, events),
		                 .read_title = !changed ? STR("Le texte, champ par champ")
		                               : texts->version ? arena_fmt(a, "Ce qui change par rapport à la version %lld en ligne", (long long)texts->version)
		                                                : arena_fmt(a, "Ce qui a changé depuis l’envoi n° %lld", (long long)texts->round),
		                 .read_lead = changed ? STR("Ce qui part est barré, ce qui arrive est souligné.") : STR_NONE,
		                 .read = read_of(x, texts, holds && !x->mailed),
		                 .grid_title = STR("La grille de relecture"),
		                 .grid = grid_of(x, grid, asks) };
	bool answered = false;
	for (size_t i = 0; i < grid->n; i++)
		answered |= grid->p[i].verdict.n > 0;
	if (!asks && !answered)
		v.grid_fold = STR("Ce que regarde la relecture");
	if (!changed && c->own && !c->reviews)
		v.read_fold = STR("Lire le texte tel qu’il est enregistré");
	v.state = state_of(x, &v.yours);
	if (x->mailed || x->invitation)
		v.crumbs = (struct view_links){ NULL, 0 };
	if (asks) {
		v.answer = review_form(x, x->invitation ? "avis" : "grille", "grille", STR_NONE, x->invitation ? STR("Envoyer mon avis") : STR("Enregistrer la grille"));
		if (x->invitation)
			review_form_field(x, &v.answer, "message", "Votre avis, en quelques lignes", "Il est lu par qui relit la fiche et par ses auteurs.", STR_NONE);
	}
	enum err e = locator_find(r, c, &v.locator);
	if (e || (e = review_forms(x, &v)))
		return e;
	v.faults = form_faults(r);
	struct buf main;
	buf_init(&main, a, 65536);
	tpl_review(&main, &v);
	struct view_layout layout = { .title = arena_fmt(a, "Relecture : %.*s", (int)c->title.n, c->title.p), .noindex = true, .head_search = true };
	e = page_send(r, w, &layout, &main);
	if (status)
		w->status = status;
	w->cache = CACHE_NONE;
	return e;
}

static void
put(struct json_out *j, const char *key, struct str value)
{
	json_key(j, key);
	json_str_or_null(j, value);
}

static void
put_int(struct json_out *j, const char *key, int64_t value)
{
	json_key(j, key);
	if (value)
		json_int(j, value);
	else
		json_null(j);
}

static enum err
show_json(struct req *r, struct resp *w, const struct reviewing *x, const struct review_events *events, const struct review_grid *grid,
          const struct review_texts *texts)
{
	const struct review_case *c = x->c;
	struct json_out j = json_out(&w->body);
	struct review_steps steps;
	enum err e = review_steps_list(r->write, r->arena, c->state, c->public_state, &steps);

	if (e)
		return e;
	json_begin_object(&j);
	json_key(&j, "id");
	json_int(&j, c->id);
	put(&j, "titre", c->title);
	put(&j, "type", c->type);
	put(&j, "etat", c->state);
	put(&j, "etat_public", c->public_state);
	json_key(&j, "rev");
	json_int(&j, c->rev);
	json_key(&j, "envoi");
	json_int(&j, c->round);
	put_int(&j, "version_en_ligne", c->version);
	put(&j, "relecteur", c->reviewer);
	put(&j, "reponse_avant", c->due_on);
	json_key(&j, "en_retard");
	json_bool(&j, c->overdue);
	json_key(&j, "actes");
	json_begin_array(&j);
	for (size_t i = 0; i < steps.n; i++)
		if ((steps.p[i].by_author && c->writes) || (steps.p[i].by_reviewer && c->reviews))
			json_str(&j, steps.p[i].act);
	json_end(&j);
	json_key(&j, "evenements");
	json_begin_array(&j);
	for (size_t i = 0; i < events->n; i++) {
		const struct review_event *v = &events->p[i];
		json_begin_object(&j);
		put_int(&j, "id", is(v->source, "message") ? v->id : 0);
		put(&j, "le", v->at);
		put(&j, "par", v->actor);
		put(&j, "acte", v->action);
		put(&j, "devient", v->after);
		put(&j, "champ", v->field);
		put(&j, "citation", v->quote);
		put(&j, "texte", v->body);
		put_int(&j, "reponse_a", v->reply_to);
		json_end(&j);
	}
	json_end(&j);
	json_key(&j, "grille");
	json_begin_array(&j);
	for (size_t i = 0; i < grid->n; i++) {
		json_begin_object(&j);
		put(&j, "critere", grid->p[i].code);
		put(&j, "libelle", grid->p[i].label);
		put(&j, "avis", grid->p[i].verdict);
		put(&j, "commentaire", grid->p[i].comment);
		put(&j, "par", grid->p[i].who);
		json_end(&j);
	}
	json_end(&j);
	json_key(&j, "champs");
	json_begin_array(&j);
	for (size_t i = 0; i < texts->fields.n; i++) {
		json_begin_object(&j);
		put(&j, "champ", texts->fields.p[i].key);
		put(&j, "libelle", texts->fields.p[i].label);
		put(&j, "texte", texts->fields.p[i].after);
		if (texts->version || texts->round)
			put(&j, "avant", texts->fields.p[i].before);
		json_end(&j);
	}
	json_end(&j);
	json_end(&j);
	return ERR_NONE;
}

enum err
review_show(struct req *r, struct resp *w, const struct reviewing *x, struct str done, struct str refused, int status)
{
	struct review_events events = { NULL, 0 };
	struct review_grid grid;
	struct review_texts texts;
	enum err e = x->invitation ? ERR_NONE : review_events_list(r->write, r->arena, x->c->id, &events);

	if (e || (e = review_grid_find(r->write, r->arena, x->c->id, x->c->round, &grid)) ||
	    (e = review_texts_find(r->write, r->arena, x->c->type, x->c->id, &texts)))
		return e;
	if (r->format == FORMAT_JSON)
		return show_json(r, w, x, &events, &grid, &texts);
	return show_html(r, w, x, &events, &grid, &texts, done, refused, status);
}

enum err
page_review(struct req *r, struct resp *w)
{
	struct str slug;
	int64_t id = link_number(r->vars[0], &slug);
	struct review_case c;

	if (id < 0 || id > INT32_MAX)
		return ERR_NOT_FOUND;
	enum err e = review_case_find(r->write, r->arena, actor_of(r)->id, id, &c);
	if (e)
		return e;
	if (c.reviews && actor_of(r)->session && !actor_of(r)->second_factor)
		return ERR_SECOND_FACTOR;
	struct reviewing x = { .r = r, .c = &c, .actor = actor_of(r)->id, .action = link_fmt(r->arena, "/fiches/%lld/actions", (long long)id),
		               .hidden = form_hidden(r, false) };
	return review_show(r, w, &x, review_done(r), STR_NONE, 0);
}
