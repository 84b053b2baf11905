/*
 * /contribuer/parcours, /contribuer/parcours/{id}: composing a parcours. One form; each of its buttons keeps what was typed, then does what
 * it says: add a step, move it, take it out, look for sheets, send. No script.
 */
#include "page/parcours_desk.h"

#include "base/log.h"
#include "gen/tpl.h"
#include "model/mail.h"
#include "model/vocabulary.h"
#include "text/utf8.h"
#include "web/params.h"
#include "web/query.h"

#include <stdio.h>

enum { FOUND = 8, NAME_MAX_BYTES = 40, MINE_SHOWN = 100, TEXT_MAX = 200000 /* bytes: the schema refuses more than 300,000 with its frame */ };

static const struct param_def *const schema = PARAMS_COMPOSE;

static const struct {
	const char *code, *says;
} done_words[] = {
	{ "commence", "Votre brouillon est ouvert. Ajoutez-y des étapes, dans l’ordre qui vous plaît." },
	{ "enregistre", "C’est enregistré." },
	{ "ajoute", "L’étape est ajoutée. Dites combien de temps elle prend." },
	{ "deplace", "L’étape est déplacée." },
	{ "ote", "L’étape est ôtée." },
	{ "soumettre", "C’est envoyé. Quelqu’un le lira, et la réponse vous viendra par courriel." },
	{ "reprendre", "Vous avez repris votre texte : personne ne le lit plus." },
	{ "modifier", "Le texte est ouvert. La version en ligne ne change pas d’ici à la prochaine relecture." },
	{ "retirer", "Le parcours est retiré. Sa page dit pourquoi." },
};

struct str
desk_done(struct req *r, struct str code)
{
	for (size_t i = 0; i < sizeof(done_words) / sizeof(*done_words); i++)
		if (str_eq(code, str_of(done_words[i].code)) && r->method != METHOD_POST)
			return str_of(done_words[i].says);
	return STR_NONE;
}

static struct str
trimmed(struct str s)
{
	while (s.n && strchr(" \t\r\n", s.p[0]))
		s.p++, s.n--;
	while (s.n && strchr(" \t\r\n", s.p[s.n - 1]))
		s.n--;
	return s;
}

static struct str
typed(const struct req *r, const char *name)
{
	return trimmed(req_typed(r, name));
}

static struct str
typed_of(const struct req *r, size_t step, const char *part)
{
	char name[NAME_MAX_BYTES];

	snprintf(name, sizeof(name), "etapes_%zu_%s", step, part);
	return typed(r, name);
}

static int64_t
whole(struct str s)
{
	int64_t v = 0;

	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] < '0' || s.p[i] > '9' || i > 8)
			return -1;
		v = v * 10 + (s.p[i] - '0');
	}
	return s.n ? v : -1;
}

static bool
is_code(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (!((s.p[i] >= 'a' && s.p[i] <= 'z') || (s.p[i] >= '0' && s.p[i] <= '9') || (s.p[i] == '-' && i > 0 && i + 1 < s.n && s.p[i - 1] != '-')))
			return false;
	return s.n > 0 && s.n <= 60;
}

static bool
is_kind(struct str s)
{
	return parcours_kind_words(s).n > 0;
}

static bool
code_taken(const struct parcours_draft *d, size_t n, struct str code)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq(d->steps[i].code, code))
			return true;
	return false;
}

/* A code that no step has: one more than the highest of its kind, so that what was done of a step is never taken for another. */
static struct str
code_new(struct arena *a, const struct parcours_draft *d)
{
	int64_t most = 0;

	for (size_t i = 0; i < d->n; i++) {
		struct str c = d->steps[i].code;
		int64_t v = c.n > 1 && c.p[0] == 'e' ? whole((struct str){ c.p + 1, c.n - 1 }) : -1;
		if (v > most)
			most = v;
	}
	return arena_fmt(a, "e%lld", (long long)most + 1);
}

/* What the form says now; what a sheet or a meeting is comes from what is kept. */
static struct parcours_draft
read_form(struct req *r, const struct parcours_work *kept)
{
	struct arena *a = r->arena;
	struct parcours_draft d = { .title = typed(r, "titre"), .situation = typed(r, "situation"), .summary = typed(r, "resume"), .audience = typed(r, "pour_qui"),
		                    .aims = typed(r, "saurez"), .term = typed(r, "terme"), .steps = arena_array(a, struct parcours_draft_step, PARCOURS_STEPS_MAX + 1) };

	for (size_t i = 1; i <= PARCOURS_STEPS_MAX; i++) {
		struct parcours_draft_step s = { .code = typed_of(r, i, "code"), .kind = typed_of(r, i, "sorte"), .title = typed_of(r, i, "titre"),
			                         .minutes = typed_of(r, i, "minutes"), .since = typed_of(r, i, "des"), .body = typed_of(r, i, "texte"),
			                         .sheet = typed_of(r, i, "fiche"), .event = typed_of(r, i, "rencontre") };
		if (!is_kind(s.kind))
			continue;
		if (!is_code(s.code) || code_taken(&d, d.n, s.code))
			s.code = code_new(a, &d);
		if (whole(s.sheet) < 0)
			s.sheet = STR_NONE;
		for (size_t k = 0; k < kept->text.n; k++)
			if (str_eq(kept->text.steps[k].kind, s.kind) && str_eq(kept->text.steps[k].sheet, s.sheet) && str_eq(kept->text.steps[k].event, s.event))
				s.seen = kept->text.steps[k].seen;
		d.steps[d.n++] = s;
	}
	return d;
}

static void
fault_of(struct req *r, size_t step, const char *part, const char *says)
{
	char name[NAME_MAX_BYTES];

	snprintf(name, sizeof(name), "etapes_%zu_%s", step, part);
	form_fault(r, name, "Étape %zu : %s", step, says);
}

/* What is missing before somebody else reads it. */
static void
judge(struct req *r, const struct parcours_draft *d)
{
	if (utf8_length(d->title) < 3)
		form_fault(r, "titre", "Donnez un titre à ce parcours.");
	if (utf8_length(d->summary) < 10)
		form_fault(r, "resume", "Dites en une ou deux phrases à quoi il sert.");
	if (d->n < 2)
		form_fault(r, "formulaire", "Un parcours a deux étapes au moins.");
	for (size_t i = 0; i < d->n; i++) {
		const struct parcours_draft_step *s = &d->steps[i];
		int64_t minutes = whole(s->minutes), since = whole(s->since);
		size_t length = utf8_length(s->title);
		if (length < 3 || length > 200)
			fault_of(r, i + 1, "titre", "il lui faut un titre, de 3 à 200 caractères.");
		if (minutes < 1 || minutes > 720)
			fault_of(r, i + 1, "minutes", "écrivez sa durée en minutes, de 1 à 720.");
		if (since != 2 && since != 4 && since != 12)
			fault_of(r, i + 1, "des", "choisissez à partir de quelle version elle est lue.");
		if ((str_eq(s->kind, STR("texte")) || str_eq(s->kind, STR("question"))) && s->body.n == 0)
			fault_of(r, i + 1, "texte", "écrivez ce qui est à lire, ou la question.");
		bool sheet = str_eq(s->kind, STR("fiche")), event = str_eq(s->kind, STR("evenement")) || str_eq(s->kind, STR("replay"));
		if ((sheet && !s->seen.sheet_id) || (event && !s->seen.event_ref.n))
			fault_of(r, i + 1, "titre", "ce qu’elle proposait n’est plus publié. Ôtez-la, ou choisissez autre chose.");
	}
}

static struct view_form_field
line_field(struct req *r, size_t step, const char *part, const char *label, struct str value, const char *help)
{
	struct view_form_field f = form_field(r, schema, arena_fmt(r->arena, "etapes_%zu_%s", step, part).p, value, help);

	f.label = str_of(label);
	f.line = true;
	f.lines = false;
	f.max = 0;
	return f;
}

static struct view_form_pairs
pairs_of(struct arena *a, size_t step, const struct parcours_draft_step *s)
{
	struct view_form_pair *p = arena_array(a, struct view_form_pair, 4);

	p[0] = (struct view_form_pair){ arena_fmt(a, "etapes_%zu_code", step), s->code };
	p[1] = (struct view_form_pair){ arena_fmt(a, "etapes_%zu_sorte", step), s->kind };
	p[2] = (struct view_form_pair){ arena_fmt(a, "etapes_%zu_fiche", step), s->sheet };
	p[3] = (struct view_form_pair){ arena_fmt(a, "etapes_%zu_rencontre", step), s->event };
	return (struct view_form_pairs){ p, 4 };
}

static struct view_compose_steps
steps_of(struct req *r, const struct parcours_draft *d)
{
	static const char *const lengths[][2] = { { "2", "Dès la version de 2 heures" }, { "4", "À partir de 4 heures" }, { "12", "En 12 heures seulement" } };
	struct arena *a = r->arena;
	struct view_compose_step *v = arena_array(a, struct view_compose_step, d->n + 1);

	for (size_t i = 0; i < d->n; i++) {
		const struct parcours_draft_step *s = &d->steps[i];
		struct view_form_field *f = arena_array(a, struct view_form_field, 4);
		struct view_form_option o[3];
		bool question = str_eq(s->kind, STR("question"));
		struct str since = s->since.n ? s->since : STR("2");
		for (size_t k = 0; k < 3; k++)
			o[k] = (struct view_form_option){ .value = str_of(lengths[k][0]), .label = str_of(lengths[k][1]) };
		f[0] = line_field(r, i + 1, "titre", "Titre", s->title, NULL);
		f[1] = line_field(r, i + 1, "minutes", "Durée, en minutes", s->minutes, NULL);
		f[1].type = STR("number");
		f[2] = line_field(r, i + 1, "des", "Elle est lue", since, NULL);
		f[2].select = true;
		form_options(r, &f[2], o, 3, &since, 1);
		f[3] = form_field(r, schema, arena_fmt(a, "etapes_%zu_texte", i + 1).p, s->body,
		                  question ? "Pour proposer des réponses, une ligne chacune : « - [x] une bonne réponse | pourquoi », « - [ ] une autre | pourquoi »."
		                           : str_eq(s->kind, STR("texte")) ? "En Markdown, si vous voulez." : "Facultatif : pourquoi la lire, quoi y chercher.");
		f[3].label = question ? STR("La question") : STR("Texte");
		f[3].rows = question || str_eq(s->kind, STR("texte")) ? 8 : 3;
		f[3].max = 0;
		v[i] = (struct view_compose_step){ .id = arena_fmt(a, "etape-%zu", i + 1),
			                           .number = arena_fmt(a, "%zu", i + 1),
			                           .kind = parcours_kind_words(s->kind),
			                           .thing = s->seen.gone ? STR("n’est plus publiée") : s->seen.sheet_id ? s->seen.sheet_title : s->seen.event_title,
			                           .kept = pairs_of(a, i + 1, s),
			                           .fields = { f, 4 },
			                           .up = i ? arena_fmt(a, "monter-%zu", i + 1) : STR_NONE,
			                           .down = i + 1 < d->n ? arena_fmt(a, "descendre-%zu", i + 1) : STR_NONE,
			                           .out = arena_fmt(a, "oter-%zu", i + 1) };
		if (s->seen.sheet_id)
			v[i].cote = cote_of(a, s->seen.sheet_type, s->seen.sheet_id);
	}
	return (struct view_compose_steps){ v, d->n };
}

static enum err
head_fields(struct req *r, const struct parcours_draft *d, struct view_form_fields *ret)
{
	struct arena *a = r->arena;
	struct view_form_field *f = arena_array(a, struct view_form_field, 6);
	struct vocabulary terms;
	enum err e = vocabulary_find(r->db, a, STR("parcours"), &terms);

	if (e)
		return e;
	struct view_form_option *o = arena_array(a, struct view_form_option, (size_t)terms.nterms + 1);
	o[0].label = STR("Aucun en particulier");
	for (int64_t i = 0; i < terms.nterms; i++)
		o[i + 1] = (struct view_form_option){ .value = terms.terms[i].code, .label = terms.terms[i].label };
	f[0] = form_field(r, schema, "titre", d->title, NULL);
	f[0].required = true;
	f[1] = form_field(r, schema, "resume", d->summary, "Une ou deux phrases : à quoi il sert, où il mène.");
	f[1].rows = 3;
	f[2] = form_field(r, schema, "pour_qui", d->audience, "Facultatif : à qui vous pensez en le composant.");
	f[2].rows = 2;
	f[3] = form_field(r, schema, "saurez", d->aims, "Facultatif : ce que l’on saura faire à la fin, une chose par ligne.");
	f[3].rows = 4;
	f[4] = form_field(r, schema, "situation", d->situation, "Facultatif : une phrase que dirait une personne à qui il servirait.");
	f[5] = form_field(r, schema, "terme", d->term, "Facultatif : le sujet auquel il se rattache.");
	f[5].select = true;
	form_options(r, &f[5], o, (size_t)terms.nterms + 1, &d->term, 1);
	*ret = (struct view_form_fields){ f, 6 };
	return ERR_NONE;
}

/* Sheets that answer these words, each with its button. */
static enum err
found_of(struct req *r, struct str q, struct view_parcours_compose *v)
{
	struct arena *a = r->arena;
	struct list_query query = { .q = q, .tri = STR("pertinence"), .page = 1, .taille = FOUND };
	struct sheet_list l;

	if (q.n == 0)
		return ERR_NONE;
	enum err e = sheet_search(r->db, a, &query, &l);
	if (e)
		return e;
	struct view_compose_found *p = arena_array(a, struct view_compose_found, l.n + 1);
	for (size_t i = 0; i < l.n; i++)
		p[i] = (struct view_compose_found){ cote_of(a, l.p[i].type, l.p[i].id), l.p[i].title, l.p[i].summary, link_sheet(a, l.p[i].id, l.p[i].slug),
			                            arena_fmt(a, "fiche-%lld", (long long)l.p[i].id) };
	v->found = (struct view_compose_founds){ p, l.n };
	v->found_title = l.n ? arena_fmt(a, "Fiches pour « %.*s »", (int)q.n, q.p) : arena_fmt(a, "Rien pour « %.*s ». Essayez un mot plus simple.", (int)q.n, q.p);
	return ERR_NONE;
}

static enum err
events_field(struct req *r, struct view_form_field *ret)
{
	struct arena *a = r->arena;
	struct parcours_events l;
	struct str none = STR_NONE;
	enum err e = parcours_events(r->write, a, &l);

	if (e)
		return e;
	struct view_form_option *o = arena_array(a, struct view_form_option, l.n + 1);
	o[0].label = STR("Choisir");
	for (size_t i = 0; i < l.n; i++) {
		struct view_date day = words_date(a, l.p[i].day, false);
		o[i + 1] = (struct view_form_option){ .value = l.p[i].ref, .label = arena_fmt(a, "%.*s, %.*s%s", (int)l.p[i].title.n, l.p[i].title.p, (int)day.text.n, day.text.p,
			                                                                      l.p[i].replay ? ", enregistrée" : "") };
	}
	*ret = form_field(r, schema, "rencontre", none, NULL);
	ret->select = true;
	form_options(r, ret, o, l.n + 1, &none, 1);
	return ERR_NONE;
}

static enum err
show(struct req *r, struct resp *w, const struct parcours_work *k, const struct parcours_draft *d, int64_t rev)
{
	struct arena *a = r->arena;
	struct str q = r->method == METHOD_POST ? typed(r, "q") : req_param(r, "q");
	struct view_link way[] = { { STR("Contribuer"), link_fmt(a, "/contribuer") }, { STR("Parcours"), link_fmt(a, "/contribuer/parcours") },
		                   { d->title.n ? d->title : STR("Sans titre"), { NULL, 0 } } };
	struct view_form_field *look = arena_array(a, struct view_form_field, 2);
	struct view_parcours_compose v = { .crumbs = crumbs(a, 3, way),
		                           .title = d->title.n ? d->title : STR("Un parcours sans titre"),
		                           .lead = k->online ? STR("La version en ligne ne change pas tant que celle-ci n’a pas été relue.")
		                                             : STR("Vous seul voyez ce brouillon. Chaque bouton enregistre ce que vous avez écrit."),
		                           .done = desk_done(r, req_param(r, "fait")),
		                           .reason = str_eq(k->state, STR("refusee")) ? k->reason : STR_NONE,
		                           .action = link_fmt(a, "/contribuer/parcours/%lld", (long long)k->id),
		                           .rev = arena_fmt(a, "%lld", (long long)rev),
		                           .preview = { STR("Voir comme il paraîtra"), link_fmt(a, "/contribuer/parcours/%lld?apercu=1", (long long)k->id) },
		                           .steps = steps_of(r, d),
		                           .full = d->n >= PARCOURS_STEPS_MAX };
	enum err e = head_fields(r, d, &v.fields);
	if (e || (e = found_of(r, q, &v)) || (e = events_field(r, &look[1])))
		return e;
	look[0] = form_field(r, schema, "q", q, "Un sujet, un nom : les fiches trouvées s’affichent dessous.");
	v.search = (struct view_form_fields){ &look[0], 1 };
	v.events = (struct view_form_fields){ &look[1], 1 };
	v.hidden = form_hidden(r, false);
	v.faults = form_faults(r);
	struct buf main;
	buf_init(&main, a, 65536);
	tpl_parcours_ecrire(&main, &v);
	struct view_layout layout = { .title = v.title, .noindex = true, .nav_self = true, .head_search = true };
	return page_send(r, w, &layout, &main);
}

/* "fiche-12": the number when s begins so, else -1. */
static int64_t
after(struct str s, const char *word)
{
	size_t n = strlen(word);

	return s.n > n && memcmp(s.p, word, n) == 0 ? whole((struct str){ s.p + n, s.n - n }) : -1;
}

static void
step_add(struct arena *a, struct parcours_draft *d, struct parcours_draft_step s)
{
	s.code = code_new(a, d);
	s.since = STR("2");
	d->steps[d->n++] = s;
}

/* What a button does to the text, besides keeping it. *ret_where: the step to look at, 0: none. NULL: nothing was to be done. */
static const char *
apply(struct req *r, struct str action, struct parcours_draft *d, size_t *ret_where, enum err *ret_err)
{
	struct arena *a = r->arena;
	int64_t up = after(action, "monter-"), down = after(action, "descendre-"), out = after(action, "oter-"), sheet = after(action, "fiche-");
	bool event = str_eq(action, STR("rencontre")), replay = str_eq(action, STR("replay"));

	*ret_where = 0;
	if (up > 1 && (size_t)up <= d->n) {
		struct parcours_draft_step s = d->steps[up - 1];
		d->steps[up - 1] = d->steps[up - 2];
		d->steps[up - 2] = s;
		*ret_where = (size_t)up - 1;
		return "deplace";
	}
	if (down > 0 && (size_t)down < d->n) {
		struct parcours_draft_step s = d->steps[down - 1];
		d->steps[down - 1] = d->steps[down];
		d->steps[down] = s;
		*ret_where = (size_t)down + 1;
		return "deplace";
	}
	if (out > 0 && (size_t)out <= d->n) {
		memmove(&d->steps[out - 1], &d->steps[out], (d->n - (size_t)out) * sizeof(*d->steps));
		d->n--;
		*ret_where = (size_t)out > d->n ? d->n : (size_t)out;
		return "ote";
	}
	if (d->n >= PARCOURS_STEPS_MAX)
		return NULL;
	if (str_eq(action, STR("texte")) || str_eq(action, STR("question"))) {
		step_add(a, d, (struct parcours_draft_step){ .kind = action });
	} else if (sheet > 0) {
		struct sheet_status s;
		*ret_err = sheet_status_find(r->write, a, sheet, &s);
		if (!*ret_err && !str_eq(s.state, STR("publiee")) && !str_eq(s.state, STR("a_actualiser")))
			*ret_err = ERR_GONE;
		if (*ret_err)
			return NULL;
		step_add(a, d, (struct parcours_draft_step){ .kind = STR("fiche"), .title = s.title, .minutes = STR("15"), .sheet = arena_fmt(a, "%lld", (long long)sheet) });
	} else if (event || replay) {
		struct parcours_events l;
		struct str ref = typed(r, "rencontre");
		if ((*ret_err = parcours_events(r->write, a, &l)))
			return NULL;
		size_t i = 0;
		while (i < l.n && !str_eq(l.p[i].ref, ref))
			i++;
		if (i == l.n)
			form_fault(r, "rencontre", "Choisissez une rencontre dans la liste.");
		else if (replay && !l.p[i].replay)
			form_fault(r, "rencontre", "Nous ne connaissons pas d’enregistrement de cette rencontre.");
		else
			step_add(a, d, (struct parcours_draft_step){ .kind = replay ? STR("replay") : STR("evenement"), .title = l.p[i].title, .minutes = replay ? STR("60") : STR("10"), .event = ref });
		if (r->nnotices)
			return NULL;
	} else {
		return NULL;
	}
	*ret_where = d->n;
	return "ajoute";
}

static const char *
outcome_words(struct str why)
{
	static const char *const words[][2] = {
		{ "perime", "Ce parcours a été enregistré ailleurs pendant que vous écriviez. Votre texte est resté ici : copiez ce qui doit l’être, puis rouvrez la page." },
		{ "etat", "Ce parcours n’est plus à écrire : il attend une réponse, ou il est en ligne." },
		{ "interdit", "Ce geste n’est pas le vôtre." },
		{ "motif", "Dites pourquoi, en quelques mots." },
	};

	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (str_eq(why, str_of(words[i][0])))
			return words[i][1];
	return "Ce parcours n’existe pas, ou plus.";
}

void
desk_refused(struct req *r, struct resp *w, struct str why)
{
	form_fault(r, str_eq(why, STR("motif")) ? "motif" : "formulaire", "%s", outcome_words(why));
	w->status = str_eq(why, STR("perime")) || str_eq(why, STR("etat")) ? 409 : str_eq(why, STR("interdit")) ? 403 : 422;
}

/* It waits for whoever may read it over. */
static enum err
tell_readers(struct req *r, int64_t id, struct str title)
{
	struct arena *a = r->arena;
	const struct parcours_reader *p;
	size_t n = 0;
	enum err e = parcours_work_readers(r->write, a, id, &p, &n);
	int most = title.n > 160 ? 160 : (int)title.n;

	while (most > 0 && most < (int)title.n && ((unsigned char)title.p[most] & 0xc0) == 0x80)
		most--;
	for (size_t i = 0; !e && i < n; i++) {
		struct mail m = { .to = p[i].email, .account = p[i].account, .kind = STR("relecture"),
			          .subject = arena_fmt(a, "Un parcours attend une relecture : %.*s", most, title.p),
			          .letter = { LETTER_PARAGRAPHS(STR("Bonjour,"), arena_fmt(a, "Le parcours « %.*s » vient d’être envoyé à la relecture.", most, title.p),
			                                        STR("La première personne qui le lit décide : le publier, ou le renvoyer avec une raison. Qui l’a composé reçoit la réponse par courriel.")),
			                      LETTER_LINKS({ STR("Le lire et répondre"), arena_fmt(a, "%.*s/moderation/parcours/%lld", (int)r->base.n, r->base.p, (long long)id) }) } };
		e = mail_queue(r->write, a, &m, NULL);
	}
	return e;
}

static enum err
saved(struct req *r, struct resp *w, const struct parcours_work *k)
{
	struct arena *a = r->arena;
	struct str action = req_param(r, "action"), why, q = typed(r, "q");
	struct parcours_draft d = read_form(r, k);
	int64_t rev = whole(typed(r, "rev")), me = actor_of(r)->id;
	bool send = str_eq(action, STR("soumettre"));
	size_t where;
	enum err e = ERR_NONE;

	if (r->refused) {
		w->status = 400;
		return show(r, w, k, &d, rev);
	}
	const char *fait = apply(r, action, &d, &where, &e);
	if (e == ERR_NOT_FOUND || e == ERR_GONE) {
		form_fault(r, "q", "Cette fiche n’est plus publiée.");
		e = ERR_NONE;
	}
	if (e)
		return e;
	size_t bytes = 0;
	for (size_t i = 0; i < d.n; i++)
		bytes += d.steps[i].body.n + d.steps[i].title.n;
	if (bytes > TEXT_MAX) {
		form_fault(r, "formulaire", "Ce parcours est trop long pour être enregistré : %zu Ko de texte, %d au plus. Proposez plutôt une fiche pour ses textes les plus longs.", bytes / 1000, TEXT_MAX / 1000);
		w->status = 422;
		return show(r, w, k, &d, rev);
	}
	if (send)
		judge(r, &d);
	bool good = r->nnotices == 0;
	if ((e = parcours_work_save(r->write, a, me, k->id, &d, rev < 0 ? 0 : rev, &why)))
		return e;
	if (why.n) {
		desk_refused(r, w, why);
		return show(r, w, k, &d, rev);
	}
	if (!good) {
		w->status = 422;
		return show(r, w, k, &d, rev + 1);
	}
	if (send) {
		if ((e = parcours_work_move(r->write, a, me, k->id, action, STR_NONE, rev + 1, &why)))
			return e;
		if (why.n)
			return err_note(ERR_CONFLICT, "a text that was just saved could not be sent");
		if ((e = tell_readers(r, k->id, d.title)))
			return e;
		resp_redirect(w, 303, arena_fmt(a, "/contribuer/parcours?fait=soumettre"));
		return ERR_NONE;
	}
	struct buf to;
	buf_init(&to, a, 256);
	buf_fmt(&to, "/contribuer/parcours/%lld?fait=%s", (long long)k->id, fait ? fait : "enregistre");
	if (!fait && q.n) {
		buf_lit(&to, "&q=");
		query_encode(&to, q, false);
		buf_lit(&to, "#trouvees");
	} else if (where) {
		buf_fmt(&to, "#etape-%zu", where);
	}
	resp_redirect(w, 303, buf_str(&to));
	return ERR_NONE;
}

enum err
page_compose_one(struct req *r, struct resp *w)
{
	struct arena *a = r->arena;
	struct parcours_work k;
	struct str action = req_param(r, "action"), why;
	int64_t id = whole(r->vars[0]);
	const struct actor *me = actor_of(r);
	enum err e = id > 0 ? parcours_work_find(r->write, a, me->id, id, &k) : ERR_NOT_FOUND;

	if (e)
		return e;
	bool mine = k.author_id == me->id;
	if (!mine && me->session && !me->second_factor) /* the platform's own: whoever decides for others has a second factor */
		return ERR_SECOND_FACTOR;
	bool writes = (mine || k.own) && (str_eq(k.state, STR("brouillon")) || str_eq(k.state, STR("refusee")));
	if (writes && r->method == METHOD_POST)
		return saved(r, w, &k);
	if (writes && !req_param(r, "apercu").n)
		return show(r, w, &k, &k.text, k.rev);
	if (r->method == METHOD_POST && !r->refused) {
		if (!parcours_work_may(&k, arena_fmt(a, "auteur:%.*s", (int)action.n, action.p).p))
			why = parcours_work_may(&k, arena_fmt(a, "relecteur:%.*s", (int)action.n, action.p).p) ? STR("interdit") : STR("etat");
		else if ((e = parcours_work_move(r->write, a, me->id, id, action, typed(r, "motif"), whole(typed(r, "rev")), &why)))
			return e;
		if (!why.n) {
			resp_redirect(w, 303, arena_fmt(a, "/contribuer/parcours/%lld?fait=%.*s", (long long)id, (int)action.n, action.p));
			return ERR_NONE;
		}
		desk_refused(r, w, why);
	}
	return desk_show(r, w, &k, false);
}

static enum err
list_show(struct req *r, struct resp *w)
{
	struct arena *a = r->arena;
	struct parcours_work_rows l;
	struct view_form_field *f = arena_array(a, struct view_form_field, 1);
	struct view_link way[] = { { STR("Contribuer"), link_fmt(a, "/contribuer") }, { STR("Parcours"), { NULL, 0 } } };
	enum err e = parcours_work_list(r->write, a, actor_of(r)->id, false, 0, MINE_SHOWN, &l);

	if (e)
		return e;
	struct view_desk v = { .crumbs = crumbs(a, 2, way),
		               .title = STR("Composer un parcours"),
		               .lead = STR("Une suite de fiches qui vous a servi, dans l’ordre que vous conseilleriez, avec vos mots entre elles. Quelqu’un le relit, puis il paraît sous votre nom."),
		               .done = desk_done(r, req_param(r, "fait")),
		               .rows_title = STR("Vos parcours"),
		               .rows = desk_rows(a, &l, "/contribuer/parcours"),
		               .action = link_fmt(a, "/contribuer/parcours"),
		               .button = STR("Commencer"),
		               .links = { arena_array(a, struct view_link, 1), 1 } };
	((struct view_link *)(uintptr_t)v.links.p)[0] = (struct view_link){ STR("Les parcours publiés"), link_fmt(a, "/parcours") };
	f[0] = form_field(r, schema, "titre", STR_NONE, "Il se change quand vous voulez.");
	f[0].required = true;
	v.fields = (struct view_form_fields){ f, 1 };
	v.hidden = form_hidden(r, true);
	v.faults = form_faults(r);
	struct buf main;
	buf_init(&main, a, 16384);
	tpl_parcours_suite(&main, &v);
	struct view_layout layout = { .title = v.title, .noindex = true, .nav_self = true, .head_search = true };
	return page_send(r, w, &layout, &main);
}

enum err
page_compose(struct req *r, struct resp *w)
{
	struct parcours_draft d = { .title = req_param(r, "titre") };
	int64_t id, wait;

	if (r->method != METHOD_POST || r->refused)
		return list_show(r, w);
	if (utf8_length(d.title) < 3) {
		form_fault(r, "titre", "Donnez un titre à ce parcours.");
		w->status = 422;
		return list_show(r, w);
	}
	enum err e = attempt_note(r->write, r->arena, "parcours", arena_fmt(r->arena, "%lld", (long long)actor_of(r)->id), 20, 24 * 3600, &wait);
	if (e)
		return e;
	if (wait) {
		form_fault(r, "formulaire", "Vingt parcours commencés par jour au plus. Celui-ci pourra attendre demain.");
		w->status = 429;
		return list_show(r, w);
	}
	if ((e = parcours_work_create(r->write, r->arena, actor_of(r)->id, &d, &id)))
		return e;
	resp_redirect(w, 303, arena_fmt(r->arena, "/contribuer/parcours/%lld?fait=commence", (long long)id));
	return ERR_NONE;
}
