/* The form of a sheet: its fields, from what is kept and what was typed. See write.h. */
#include "page/write.h"

#include "model/vocabulary.h"
#include "text/utf8.h"

enum { SPARE_STEPS = 1, FIRST_STEPS = 3 };

static const struct param_def *const schema = PARAMS_WRITE;

/* Help for the sections whose name does not say it all. */
static const struct {
	const char *key, *help;
	bool line; /* a short answer */
} section_help[] = {
	{ "duree", "Comme « une demi-journée » ou « trois ateliers de deux heures ».", true },
	{ "prerequis", "Ce qu’il faut avoir ou savoir avant.", false },
	{ "avec_qui", "Qui participe, qui anime, à combien.", false },
	{ "restitution", "Ce qui reste une fois l’atelier fini, et à qui on le rend.", false },
	{ "pieges", "Ce qui fait rater, et comment l’éviter.", false },
	{ "boite_a_outils", "Les documents, le matériel, les liens.", false },
	{ "contexte", "Le lieu, le moment, ce qui existait déjà.", false },
	{ "besoin", "À quoi il fallait répondre, et qui l’a dit.", false },
	{ "acteurs", "Nommez les structures, et ce que chacune a apporté.", false },
	{ "gouvernance", "Qui décide, comment, à quel rythme.", false },
	{ "moyens", "Temps, argent, lieux, compétences.", false },
	{ "resultats", "Ce qui a changé, et comment vous le savez.", false },
	{ "transferabilite", "Ce qu’il faut réunir pour que cela marche ailleurs.", false },
	{ "verbatim", "Une phrase entendue, avec l’accord de qui l’a dite. Nommez sa structure plutôt que la personne.", false },
	{ "question", "Mot pour mot, telle qu’elle a été posée.", false },
	{ "unite", NULL, true },
	{ "annee", NULL, true },
	{ "producteur", NULL, true },
	{ "limites", "Ce que ce chiffre ne dit pas.", false },
	{ "format", NULL, true },
	{ "taille_groupe", NULL, true },
	{ "difficulte", NULL, true },
	{ "niveau", NULL, false },
};

void
write_faults(struct req *r, const struct work_faults *f)
{
	for (size_t i = 0; i < f->n; i++)
		req_notice(r, f->p[i].field, f->p[i].code, f->p[i].message);
}

void
write_doubts_told(struct req *r, const struct write_doubts *d)
{
	for (size_t i = 0; i < d->n; i++) {
		int n = (int)(d->p[i].typed.n > 120 ? 120 : d->p[i].typed.n);
		if (d->p[i].choices.n)
			form_fault(r, "territoire", "« %.*s » peut désigner plusieurs lieux : cochez le bon ci-dessus.", n, d->p[i].typed.p);
		else
			form_fault(r, "territoire", "Nous ne connaissons pas de lieu « %.*s ». Essayez un code postal, ou ajoutez le département.", n, d->p[i].typed.p);
	}
}

static struct str
count_of(struct arena *a, struct str text, int max)
{
	return arena_fmt(a, "%zu caractères sur %d", utf8_length(text), max);
}

static struct view_form_field
kind_field(struct req *r, const struct work_content *c)
{
	static const char *const whats[] = { "Comment faire, étape par étape", "Ce qui a été fait, où, avec qui", "Un chiffre, la question posée, l’année",
		                             "À imprimer, à remplir, à réutiliser", "Ce qu’il faut savoir, où l’apprendre" };
	static const char *const names[] = { "Une méthode", "Un exemple", "Une donnée", "Un outil", "Une compétence" };
	static const char *const plates[] = { "M", "E", "D", "O", "C" };
	struct view_form_option o[5] = { 0 };
	struct view_form_field f = form_field(r, schema, "type", c->type, NULL);

	for (size_t i = 0; i < 5; i++)
		o[i] = (struct view_form_option){ .value = str_of(SHEET_KINDS[i].code), .label = str_of(names[i]), .help = str_of(whats[i]),
			                          .letter = str_of(SHEET_KINDS[i].letter), .plate = str_of(plates[i]) };
	f.choices = true;
	form_options(r, &f, o, 5, &c->type, c->type.n ? 1 : 0);
	return f;
}

static struct str
label_of(struct arena *a, const struct territory_ref *t)
{
	const char *what = str_eq(t->type, STR("commune")) ? "" : str_eq(t->type, STR("epci")) ? "intercommunalité, " : str_eq(t->type, STR("region")) ? "région" : "département, ";

	if (str_eq(t->type, STR("pays")))
		return t->name;
	return arena_fmt(a, "%.*s (%s%.*s)", (int)t->name.n, t->name.p, what, str_eq(t->type, STR("region")) ? 0 : (int)t->stone.n, t->stone.p);
}

/* Those chosen, ticked, and what a doubtful name may be, not ticked. */
static enum err
places_fields(struct req *r, const struct work_content *c, const struct write_doubts *doubts, struct view_form_field *f, size_t *n)
{
	struct arena *a = r->arena;
	struct work_places known;
	const struct str *sent;
	struct strs chosen = c->territories;
	size_t nsent = req_params(r, "territoires", &sent), max = 0, k = 0;

	if (r->refused)
		chosen = (struct strs){ sent, nsent };
	enum err e = work_places(r->write, a, chosen, &known);
	if (e)
		return e;
	for (size_t i = 0; i < doubts->n; i++)
		max += doubts->p[i].choices.n;
	struct view_form_option *o = arena_array(a, struct view_form_option, known.n + max + 1);
	struct str *ticked = arena_array(a, struct str, known.n + 1);
	for (size_t i = 0; i < known.n; i++) {
		ticked[i] = known.p[i].key;
		o[k++] = (struct view_form_option){ .value = known.p[i].key, .label = known.p[i].label };
	}
	for (size_t i = 0; i < doubts->n; i++)
		for (size_t m = 0; m < doubts->p[i].choices.n; m++) {
			const struct territory_ref *t = &doubts->p[i].choices.p[m];
			o[k++] = (struct view_form_option){ .value = arena_fmt(a, "%.*s:%.*s", (int)t->type.n, t->type.p, (int)t->code.n, t->code.p),
				                            .label = label_of(a, t) };
		}
	if (k) {
		struct view_form_field g = form_field(r, schema, "territoires", STR_NONE, max ? "Cochez le bon lieu, puis enregistrez." : "Décochez ceux qui ne conviennent plus.");
		g.checks = true;
		form_options(r, &g, o, k, ticked, known.n);
		for (size_t i = 0; i < k; i++) /* what was recognised in the text is ticked, whatever was sent */
			((struct view_form_option *)(uintptr_t)g.options.p)[i].chosen = i < known.n;
		f[(*n)++] = g;
	}
	struct view_form_field g = form_field(r, schema, "territoire", c->places,
	                                      k ? "Pour en ajouter un autre." : "Une commune, une intercommunalité, un département, une région, ou « partout en France ».");
	g.suggest = STR("champ");
	if (!r->refused)
		g.value = c->places;
	if (k)
		g.label = STR("Ajouter un territoire");
	f[(*n)++] = g;
	return ERR_NONE;
}

/* The terms of a scheme as boxes. */
static enum err
terms_field(struct req *r, const struct work_content *c, const char *name, const char *help, struct view_form_field *ret)
{
	struct arena *a = r->arena;
	struct vocabulary v;
	enum err e = vocabulary_find(r->db, a, str_of(name), &v);

	if (e)
		return e;
	struct view_form_option *o = arena_array(a, struct view_form_option, (size_t)v.nterms + 1);
	struct str *ticked = arena_array(a, struct str, c->terms.n + 1);
	size_t n = 0, len = strlen(name);
	for (size_t i = 0; i < c->terms.n; i++) {
		struct str t = c->terms.p[i];
		if (t.n > len && memcmp(t.p, name, len) == 0 && t.p[len] == ':')
			ticked[n++] = (struct str){ t.p + len + 1, t.n - len - 1 };
	}
	for (size_t i = 0; i < (size_t)v.nterms; i++)
		o[i] = (struct view_form_option){ .value = v.terms[i].code,
			                          .label = strcmp(name, "odd") == 0 ? arena_fmt(a, "%.*s. %.*s", (int)v.terms[i].code.n, v.terms[i].code.p,
			                                                                         (int)v.terms[i].label.n, v.terms[i].label.p)
			                                                            : v.terms[i].label };
	struct view_form_field f = form_field(r, schema, name, STR_NONE, help);
	f.checks = true;
	form_options(r, &f, o, (size_t)v.nterms, ticked, n);
	*ret = f;
	return ERR_NONE;
}

static struct view_form_field
text_field(struct req *r, const char *name, struct str label, struct str value, const char *help, bool line)
{
	struct view_form_field f = form_field(r, schema, name, value, help);

	if (label.n)
		f.label = label;
	f.line = line;
	f.lines = !line;
	f.markdown = !line;
	if (line)
		f.max = 0;
	f.rows = 5;
	return f;
}

static struct view_form_field
select_field(struct req *r, const char *name, const char *help, const struct view_form_option *o, size_t n, struct str chosen)
{
	struct view_form_field f = form_field(r, schema, name, chosen, help);

	f.select = true;
	form_options(r, &f, o, n, &chosen, 1);
	return f;
}

static struct view_write_block
sections_block(struct req *r, const struct work_content *c, struct str kind)
{
	struct arena *a = r->arena;
	struct view_form_field *f = arena_array(a, struct view_form_field, 16);
	struct sheet_section s;
	size_t n = 0;

	for (size_t at = 0; sheet_section_at(kind, &at, &s);) {
		const char *help = NULL;
		bool line = false;
		for (size_t i = 0; i < sizeof(section_help) / sizeof(*section_help); i++)
			if (str_eq(s.key, str_of(section_help[i].key)))
				help = section_help[i].help, line = section_help[i].line;
		struct str value = work_content_section(c, s.key);
		if (memchr(value.p ? value.p : "", '\n', value.n) || value.n > 120)
			line = false;
		f[n++] = text_field(r, arena_fmt(a, "sections_%.*s", (int)s.key.n, s.key.p).p, s.label, value, help, line);
	}
	if (c->steps_prose.n && str_eq(kind, STR("exemple")))
		f[n++] = text_field(r, "sections_etapes", STR("Les étapes, en un texte"), c->steps_prose, "Ou bien étape par étape, ci-dessous : l’un remplace l’autre.", false);
	return (struct view_write_block){ .id = STR("rubriques"),
		                          .title = STR("Les rubriques"),
		                          .lead = STR("Aucune n’est obligatoire : ce que vous ne savez pas peut rester vide."),
		                          .fields = { f, n } };
}

struct group {
	const char *key, *one, *names[5], *labels[5], *helps[5];
	size_t n, lines; /* fields; bits of those that hold several lines */
};
static const struct group steps_group = { "etapes", "Étape", { "titre", "duree", "texte", "boite" }, { "Titre de l’étape", "Durée", "Ce qui s’y passe", "Boîte à outils" },
	                                  { NULL, "Comme « 20 min ».", NULL, "Ce qu’il faut sous la main." }, 4, 1u << 2 };
static const struct group values_group = { "valeurs", "Valeur", { "libelle", "valeur", "unite", "annee", "territoire" },
	                                   { "Qui, ou quoi", "Le chiffre", "L’unité", "L’année", "Où" }, { "Comme « Maires ».", NULL, "Comme « % » ou « habitants ».", NULL, NULL }, 5, 0 };

static struct str
cell_of(const struct work_content *c, const struct group *g, size_t i, size_t k)
{
	if (g == &steps_group && i < c->nsteps) {
		const struct str cells[] = { c->steps[i].title, c->steps[i].duration, c->steps[i].text, c->steps[i].tools };
		return cells[k];
	}
	if (g == &values_group && i < c->nvalues) {
		const struct str cells[] = { c->values[i].label, c->values[i].value, c->values[i].unit, c->values[i].year, c->values[i].territory };
		return cells[k];
	}
	return STR_NONE;
}

static struct view_write_block
group_block(struct req *r, const struct work_content *c, const struct group *g)
{
	struct arena *a = r->arena;
	size_t have = g == &steps_group ? c->nsteps : c->nvalues, typed = write_groups_typed(r, g->key);
	size_t n = (typed > have ? typed : have) + SPARE_STEPS;
	n = n < FIRST_STEPS ? FIRST_STEPS : n;
	struct view_write_item *items = arena_array(a, struct view_write_item, n);
	for (size_t i = 0; i < n; i++) {
		struct view_form_field *f = arena_array(a, struct view_form_field, 5);
		for (size_t k = 0; k < g->n; k++)
			f[k] = text_field(r, arena_fmt(a, "sections_%s_%zu_%s", g->key, i + 1, g->names[k]).p, str_of(g->labels[k]), cell_of(c, g, i, k), g->helps[k],
			                  !(g->lines & 1u << k));
		items[i] = (struct view_write_item){ .id = arena_fmt(a, "%s-%zu", g->key, i + 1),
			                             .title = arena_fmt(a, "%s %zu", g->one, i + 1),
			                             .remove = i < have || i < typed ? arena_fmt(a, "%s-%zu", g->key, i + 1) : STR_NONE,
			                             .fields = { f, g->n } };
	}
	return (struct view_write_block){ .id = arena_fmt(a, "groupe-%s", g->key),
		                          .title = g == &steps_group ? STR("Les étapes") : STR("Les valeurs"),
		                          .lead = STR("Une ligne laissée vide n’est pas gardée."),
		                          .items = { items, n },
		                          .add = g == &steps_group ? STR("etape") : STR("valeur"),
		                          .add_label = g == &steps_group ? STR("Ajouter une étape") : STR("Ajouter une valeur") };
}

static struct view_write_block
source_block(struct req *r, const struct work_content *c)
{
	struct arena *a = r->arena;
	struct view_form_field *f = arena_array(a, struct view_form_field, 6);
	struct view_form_option levels[6] = { { .value = STR_NONE, .label = STR("Je ne sais pas") } };
	static const char *const helps[] = { "Cité seulement : une source le nomme, ou qui écrit le propose, rien de plus", "Témoignage : quelqu’un le raconte",
		                             "Documenté : un écrit le décrit", "Évalué : on a mesuré ce qui a changé", "Répliqué : refait ailleurs, avec le même résultat" };
	bool same = c->source_url.n && str_eq(c->source_label, c->source_url);

	f[0] = form_field(r, schema, "source_libelle", same ? STR_NONE : c->source_label, "Le titre de la page, du rapport, de la vidéo.");
	f[1] = form_field(r, schema, "source_adresse", c->source_url, "Celle de la page, avec https://.");
	f[2] = form_field(r, schema, "source_editeur", c->source_publisher, NULL);
	f[3] = form_field(r, schema, "source_annee", c->source_year, NULL);
	for (int i = 0; i < 5; i++)
		levels[i + 1] = (struct view_form_option){ .value = arena_fmt(a, "%d", i), .label = str_of(helps[i]) };
	f[4] = select_field(r, "preuve", "Ce que la source permet de dire.", levels, 6, c->evidence >= 0 ? arena_fmt(a, "%d", c->evidence) : STR_NONE);
	return (struct view_write_block){ .id = STR("d-ou"), .title = STR("D’où cela vient"), .fields = { f, 5 } };
}

static enum err
terms_block(struct req *r, const struct work_content *c, struct view_write_block *ret)
{
	static const char *const names[][2] = { { "pratique", "Ce que fait un catalyseur dans cette fiche." }, { "profil", NULL }, { "parcours", NULL },
		                                { "dispositif", "Si l’action s’y rattache." }, { "odd", "Deux ou trois, pas davantage." } };
	struct arena *a = r->arena;
	struct view_form_field *f = arena_array(a, struct view_form_field, 8);
	struct vocabulary v;
	size_t n = 0;
	enum err e;

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if ((e = terms_field(r, c, names[i][0], names[i][1], &f[n++])))
			return e;
	if ((e = vocabulary_find(r->db, a, STR("maturite"), &v)))
		return e;
	struct view_form_option *o = arena_array(a, struct view_form_option, (size_t)v.nterms + 1);
	o[0].label = STR("Peu importe");
	for (size_t i = 0; i < (size_t)v.nterms; i++)
		o[i + 1] = (struct view_form_option){ .value = v.terms[i].code, .label = v.terms[i].label };
	f[n++] = select_field(r, "maturite_min", NULL, o, (size_t)v.nterms + 1, c->maturity_min ? arena_fmt(a, "%d", c->maturity_min) : STR_NONE);
	f[n++] = select_field(r, "maturite_max", NULL, o, (size_t)v.nterms + 1, c->maturity_max ? arena_fmt(a, "%d", c->maturity_max) : STR_NONE);
	*ret = (struct view_write_block){ .id = STR("classer"), .title = STR("Pour qu’on la trouve"), .lead = STR("Chaque case ouvre un chemin vers votre fiche."), .fields = { f, n } };
	return ERR_NONE;
}

static struct view_write_block
rights_block(struct req *r, const struct work_content *c)
{
	struct arena *a = r->arena;
	struct view_form_field *f = arena_array(a, struct view_form_field, 3);
	struct view_form_option o[8] = { 0 };
	size_t n = 0;

	for (const struct work_licence *k = WORK_LICENCES; k->code; k++)
		o[n++] = (struct view_form_option){ .value = str_of(k->code), .label = str_of(k->name) };
	f[0] = form_field(r, schema, "inspire", c->inspired_by ? arena_fmt(a, "%lld", (long long)c->inspired_by) : STR_NONE,
	                  "Le numéro ou l’adresse d’une fiche de ce site dont celle-ci est partie.");
	f[1] = select_field(r, "licence", "Ce que les autres pourront en faire.", o, n, c->licence.n ? c->licence : STR("CC-BY-SA-4.0"));
	return (struct view_write_block){ .id = STR("droits"), .title = STR("Filiation et licence"), .fields = { f, 2 } };
}

enum err
write_form(struct req *r, const struct work_content *c, const struct write_doubts *doubts, bool short_form, struct view_write *ret)
{
	struct arena *a = r->arena;
	struct view_form_field *f = arena_array(a, struct view_form_field, 10);
	struct view_write_block *b = arena_array(a, struct view_write_block, 8);
	struct view_write_block last;
	size_t n = 0, nb = 0;
	enum err e;

	f[n++] = kind_field(r, c);
	f[n++] = form_field(r, schema, "titre", c->title, "Ce qui se passe, et où. Sans sigle si possible.");
	f[n] = form_field(r, schema, "chapo", c->summary, "En 300 caractères au plus, pour quelqu’un qui ne connaît ni le lieu ni le sujet.");
	f[n].max = WORK_SUMMARY_MAX;
	f[n].rows = 4;
	f[n].count = count_of(a, f[n].value, WORK_SUMMARY_MAX);
	n++;
	if ((e = places_fields(r, c, doubts, f, &n)) || (e = terms_field(r, c, "theme", "Un ou deux, ceux qui s’en approchent le plus.", &f[n++])))
		return e;
	if (short_form) {
		f[n++] = form_field(r, schema, "source", c->source_url.n ? c->source_url : c->source_label,
		                    "L’adresse d’une page, ou le nom d’un document que l’on peut retrouver.");
	} else {
		b[nb++] = source_block(r, c);
		if (c->type.n) {
			b[nb++] = sections_block(r, c, c->type);
			if (work_content_has(c->type, STR("etapes")))
				b[nb++] = group_block(r, c, &steps_group);
			if (work_content_has(c->type, STR("valeurs")))
				b[nb++] = group_block(r, c, &values_group);
		} else {
			b[nb++] = (struct view_write_block){ .id = STR("rubriques"), .title = STR("Les rubriques"),
				                             .lead = STR("Choisissez la sorte de fiche et enregistrez : ses rubriques s’ouvriront ici.") };
		}
		if ((e = terms_block(r, c, &last)))
			return e;
		b[nb++] = last;
		b[nb++] = rights_block(r, c);
	}
	ret->fields = (struct view_form_fields){ f, n };
	ret->blocks = (struct view_write_blocks){ b, nb };
	ret->is_short = short_form;
	ret->depth = short_form ? STR("apercu") : STR("complete");
	ret->kind = short_form ? STR_NONE : c->type;
	return ERR_NONE;
}
