#include "format/json_item.h"
#include "format/json_list.h"
#include "format/jsonld.h"
#include "format/listing.h"
#include "gen/tpl.h"
#include "model/espace_text.h"
#include "page/figures.h"
#include "page/page.h"
#include "text/date.h"
#include "text/markdown.h"

#define PART(s, i, what) str_eq((s)->parts[i].part, STR(what))

/* Data say the common text, and beside it what espaces say in its place: the same under every name. */
static enum err
answer_json(struct req *r, struct resp *w, const struct sheet *s)
{
	struct adaptations x;
	enum err e = adaptations_list(r->db, r->arena, 0, s->id, &x);
	if (e)
		return e;
	struct json_out j = json_out(&w->body);
	json_begin_object(&j);
	json_sheet(&j, r->arena, r->base, s);
	if (x.n)
		json_key(&j, "adaptations"), json_begin_array(&j);
	for (size_t i = 0; i < x.n; i++) {
		json_begin_object(&j);
		json_key(&j, "espace"), json_str(&j, x.p[i].code);
		json_key(&j, "champ"), json_str(&j, x.p[i].field);
		json_key(&j, "texte"), json_str(&j, x.p[i].text);
		json_key(&j, "modifie_le"), json_str(&j, x.p[i].changed_on);
		json_end(&j);
	}
	if (x.n)
		json_end(&j);
	json_notices(&j, r);
	json_end(&j);
	return ERR_NONE;
}

/* The terms of a scheme as links to the list filtered by them. */
static struct view_links
terms(struct arena *a, const struct sheet *s, const char *scheme, const char *param)
{
	struct view_link *p = arena_array(a, struct view_link, s->nparts);
	size_t n = 0;
	for (size_t i = 0; i < s->nparts; i++)
		if (PART(s, i, "term") && str_eq(s->parts[i].scheme, str_of(scheme)))
			p[n++] = (struct view_link){ s->parts[i].label, link_fmt(a, "/fiches?%s=%.*s", param, (int)s->parts[i].code.n,
				                                                   s->parts[i].code.p) };
	return (struct view_links){ p, n };
}

static struct view_odds
odds(struct arena *a, const struct sheet *s)
{
	struct view_odd *p = arena_array(a, struct view_odd, s->nparts);
	size_t n = 0;
	for (size_t i = 0; i < s->nparts; i++)
		if (PART(s, i, "term") && str_eq(s->parts[i].scheme, STR("odd")))
			p[n++] = (struct view_odd){ s->parts[i].code, s->parts[i].label,
				                    link_fmt(a, "/fiches?odd=%.*s", (int)s->parts[i].code.n, s->parts[i].code.p) };
	return (struct view_odds){ p, n };
}

static bool
in_facts(struct str key)
{
	static const char *const keys[] = { "duree", "avec_qui", "prerequis", "format", "taille_groupe", "difficulte", "unite", "annee", "producteur" };
	for (size_t i = 0; i < sizeof(keys) / sizeof(*keys); i++)
		if (str_eq(key, str_of(keys[i])))
			return true;
	return false;
}

/* "Anne Roche, Bruno Petit et Chloé Martin" */
static struct str
authors_of(struct arena *a, const struct sheet *s)
{
	struct buf b;
	size_t n = 0, k = 0;

	for (size_t i = 0; i < s->nparts; i++)
		n += PART(s, i, "author");
	buf_init(&b, a, 200);
	for (size_t i = 0; i < s->nparts; i++)
		if (PART(s, i, "author")) {
			buf_put(&b, k == 0 ? STR_NONE : k + 1 == n ? STR(" et ") : STR(", "));
			buf_put(&b, sheet_author_name(&s->parts[i]));
			k++;
		}
	return buf_str(&b);
}

static struct str
type_words(struct str type)
{
	static const char *const words[][2] = { { "application/pdf", "PDF" }, { "application/vnd.oasis.opendocument.text", "ODT" }, { "image/png", "PNG" },
		                                { "image/jpeg", "JPEG" }, { "image/webp", "WebP" } };

	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (str_eq(type, str_of(words[i][0])))
			return str_of(words[i][1]);
	return STR("DOCX");
}

static void
attachments_of(struct arena *a, const struct sheet *s, struct view_sheet *v)
{
	struct view_attachment *pictures = arena_array(a, struct view_attachment, s->nparts), *documents = arena_array(a, struct view_attachment, s->nparts);
	size_t npictures = 0, ndocuments = 0;

	for (size_t i = 0; i < s->nparts; i++) {
		if (!PART(s, i, "attachment"))
			continue;
		struct attachment f = sheet_attachment(&s->parts[i]);
		struct str type = type_words(f.type);
		struct str size = f.size >= 1000000 ? arena_fmt(a, "%lld,%lld Mo", (long long)(f.size / 1000000), (long long)(f.size % 1000000 / 100000))
		                                    : arena_fmt(a, "%lld ko", (long long)(f.size / 1000 + 1));
		struct view_attachment x = { .url = attachment_url(a, s->id, f.id, f.hash, f.name),
			                     .label = f.label,
			                     .alt = f.alt,
			                     .detail = arena_fmt(a, "%.*s, %.*s", (int)type.n, type.p, (int)size.n, size.p),
			                     .width = f.width,
			                     .height = f.height };
		if (f.width == 0) {
			documents[ndocuments++] = x;
			continue;
		}
		x.shown = f.small_hash.n ? attachment_url(a, s->id, f.id, f.small_hash, f.name) : x.url;
		pictures[npictures++] = x;
	}
	v->pictures = (struct view_attachments){ pictures, npictures };
	v->documents = (struct view_attachments){ documents, ndocuments };
}

static struct view_facts
facts_of(struct arena *a, const struct sheet *s, struct view_links figures)
{
	struct view_fact *f = arena_array(a, struct view_fact, s->nsections + 12);
	struct str authors = authors_of(a, s);
	size_t n = 0;
	for (size_t i = 0; i < s->nsections; i++)
		if (in_facts(s->sections[i].key))
			f[n++] = (struct view_fact){ .label = s->sections[i].label, .html = markdown_inline(a, s->sections[i].text) };
	static const char *const lists[][3] = { { "theme", "theme", "Thèmes" }, { "pratique", "pratique", "Pratiques" },
		                                { "parcours", "parcours", "Parcours" }, { "profil", "profil", "Pour qui" },
		                                { "dispositif", "dispositif", "Dispositifs" } };
	for (size_t i = 0; i < sizeof(lists) / sizeof(*lists); i++) {
		struct view_links links = terms(a, s, lists[i][0], lists[i][1]);
		if (links.n)
			f[n++] = (struct view_fact){ .label = str_of(lists[i][2]), .links = links,
				                     /* what an author chose for their own sheet is no proposal of ours */
				                     .ours = !authors.n && strcmp(lists[i][0], "pratique") != 0 && strcmp(lists[i][0], "dispositif") != 0 };
	}
	if (figures.n)
		f[n++] = (struct view_fact){ .label = STR("Dans l’Observatoire"), .links = figures };
	struct view_odds o = odds(a, s);
	if (o.n)
		f[n++] = (struct view_fact){ .label = STR("Objectifs de développement durable"), .odds = o };
	if (authors.n)
		f[n++] = (struct view_fact){ .label = STR("Écrite par"), .text = authors };
	if (s->structure.n)
		f[n++] = (struct view_fact){ .label = STR("Structure"), .text = s->structure };
	f[n++] = (struct view_fact){ .label = STR("Licence"), .text = str_eq(s->licence, STR("CC-BY-SA-4.0"))
		                                                             ? STR("Creative Commons BY-SA 4.0") : s->licence };
	return (struct view_facts){ f, n };
}

static void
sections_of(struct arena *a, const struct sheet *s, struct view_sheet *v)
{
	struct view_section *before = arena_array(a, struct view_section, s->nsections + 1);
	struct view_section *after = arena_array(a, struct view_section, s->nsections);
	size_t nb = 0, na = 0;
	bool data = str_eq(s->type, STR("donnee"));
	for (size_t i = 0; i < s->nsections; i++) {
		const struct sheet_section *x = &s->sections[i];
		if (in_facts(x->key))
			continue;
		struct view_section view = { x->key, x->label, markdown_render(a, x->text, 3), str_eq(x->key, STR("verbatim")) };
		if (data && str_eq(x->key, STR("limites")))
			v->values_care = view.body;
		else if (data && !str_eq(x->key, STR("lecture")) && !str_eq(x->key, STR("methode")))
			before[nb++] = view;
		else if (str_eq(s->type, STR("exemple")) && (str_eq(x->key, STR("contexte")) || str_eq(x->key, STR("besoin"))))
			before[nb++] = view;
		else
			after[na++] = view;
	}
	if (s->steps_prose.n)
		before[nb++] = (struct view_section){ STR("etapes"), STR("Les étapes"), markdown_render(a, s->steps_prose, 3), false };
	if (v->values_care.n && s->nvalues == 0) { /* no table to put it under */
		after[na++] = (struct view_section){ STR("limites"), STR("À lire avec prudence"), v->values_care, false };
		v->values_care = (struct html){ NULL, 0 };
	}
	v->before = (struct view_sections){ before, nb };
	v->sections = (struct view_sections){ after, na };
	struct view_step *steps = arena_array(a, struct view_step, s->nsteps);
	for (size_t i = 0; i < s->nsteps; i++)
		steps[i] = (struct view_step){ (int)i + 1, s->steps[i].title, s->steps[i].duration,
			                       markdown_render(a, s->steps[i].text, 4), markdown_inline(a, s->steps[i].tools) };
	v->steps = (struct view_steps){ steps, s->nsteps };
	v->steps_title = str_eq(s->type, STR("exemple")) ? STR("Les étapes") : STR("Le déroulé");
}

/* "76" or "1,2": the figure at the head of a value, -1 when there is none. */
static double
leading_number(struct str s)
{
	double v = 0, scale = 0;
	size_t i = 0;
	for (; i < s.n && ((s.p[i] >= '0' && s.p[i] <= '9') || s.p[i] == ',' || s.p[i] == '.'); i++) {
		if (s.p[i] == ',' || s.p[i] == '.') {
			scale = 1;
			continue;
		}
		v = v * 10 + (s.p[i] - '0');
		scale *= 10;
	}
	return i == 0 ? -1 : scale > 1 ? v / scale : v;
}

/* Where a figure was read: a territory of the sheet by its name, France, or the words that were written. */
static struct str
value_place(struct arena *a, const struct sheet *s, const struct sheet_value *x)
{
	if (str_eq(x->territory, STR("national")) || str_eq(x->territory, STR("pays:FR")))
		return STR("France");
	if (x->territory.n == 0)
		return STR_NONE;
	for (size_t i = 0; i < s->nparts; i++) {
		const struct sheet_part *p = &s->parts[i];
		if (PART(s, i, "place") && str_eq(x->territory, arena_fmt(a, "%.*s:%.*s", (int)p->scheme.n, p->scheme.p, (int)p->code.n, p->code.p)))
			return p->label;
	}
	return memchr(x->territory.p, ':', x->territory.n) ? STR_NONE : x->territory; /* a code says nothing to readers */
}

static void
values_of(struct arena *a, const struct sheet *s, struct view_sheet *v)
{
	struct view_value *p = arena_array(a, struct view_value, s->nvalues);
	bool percents = s->nvalues > 0;
	for (size_t i = 0; i < s->nvalues; i++) {
		const struct sheet_value *x = &s->values[i];
		double n = leading_number(x->value);
		bool percent = x->unit.n && memchr(x->unit.p, '%', x->unit.n) && n >= 0 && n <= 100;
		percents = percents && percent;
		p[i] = (struct view_value){ .label = x->label,
			                    .value = percent ? arena_fmt(a, "%.*s %%", (int)x->value.n, x->value.p) : x->value,
			                    .unit = percent ? STR_NONE : x->unit,
			                    .year = x->year,
			                    .place = { .name = value_place(a, s, x) },
			                    .percent = percent ? n : 0,
			                    .bar = percent };
		v->values_bars |= percent;
		v->values_years |= x->year.n > 0;
		v->values_places |= !str_eq(p[i].place.name, p[0].place.name); /* one place for all is the sheet's */
	}
	v->values = (struct view_values){ p, s->nvalues };
	v->values_title = STR("Les chiffres");
	struct str what = sheet_text(s, "indicateur");
	v->values_caption = what.n && what.n < 200 ? what : s->title;
	v->values_unit = percents ? STR("Part, en %") : STR("Valeur");
}

/* It is public and kept up: readers may correct it. */
static bool
is_followed(const struct sheet *s)
{
	return str_eq(s->state, STR("publiee")) || str_eq(s->state, STR("a_actualiser"));
}

/* What a sheet of this kind usually says and this one does not. */
static struct view_links
unknown_of(struct arena *a, const struct sheet *s)
{
	static const char *const questions[][2] = {
		{ "besoin", "À quel besoin cela répondait-il ?" },
		{ "acteurs", "Qui a fait quoi ?" },
		{ "gouvernance", "Comment décidait-on ensemble ?" },
		{ "moyens", "Avec quels moyens, en temps et en argent ?" },
		{ "resultats", "Qu'est-ce que cela a changé, et comment le sait-on ?" },
		{ "freins", "Qu'est-ce qui a freiné, qu'est-ce qui a aidé ?" },
		{ "transferabilite", "Que faut-il pour le refaire ailleurs ?" },
	};
	struct view_link *p = arena_array(a, struct view_link, 8);
	size_t n = 0;
	if (str_eq(s->type, STR("exemple")))
		for (size_t i = 0; i < sizeof(questions) / sizeof(*questions); i++)
			if (sheet_text(s, questions[i][0]).n == 0)
				p[n++] = (struct view_link){ str_of(questions[i][1]),
					                     is_followed(s) ? link_fmt(a, "/fiches/%lld/suggerer?champ=%s", (long long)s->id, questions[i][0])
					                                    : (struct url){ NULL, 0 } };
	return (struct view_links){ p, n };
}

/* Who tried it: told by outcome, then one by one. */
static void
trials_of(struct arena *a, const struct sheet *s, struct view_sheet *v)
{
	static const struct {
		const char *code, *one, *some;
	} outcomes[] = { { "reussi", "réussi", "réussis" }, { "partiel", "à moitié réussi", "à moitié réussis" }, { "en_cours", "en cours", "en cours" },
		         { "abandonne", "abandonné", "abandonnés" } };
	struct view_trial *p = arena_array(a, struct view_trial, s->nparts);
	size_t n = 0;
	struct buf b;

	buf_init(&b, a, 128);
	for (size_t k = 0; k < sizeof(outcomes) / sizeof(*outcomes); k++) {
		size_t before = n;
		for (size_t i = 0; i < s->nparts; i++) {
			const struct sheet_part *x = &s->parts[i];
			if (!PART(s, i, "adoption") || !str_eq(x->origin, str_of(outcomes[k].code)))
				continue;
			struct place_ref place = { x->scheme, x->code, x->slug, x->label, x->url };
			p[n] = (struct view_trial){ .place = place_of(a, &place), .outcome = str_of(outcomes[k].one), .mark = str_of(outcomes[k].code), .note = x->note };
			p[n++].who = x->n ? arena_fmt(a, "%.*s, %lld", (int)x->who.n, x->who.p, (long long)x->n) : x->who;
		}
		if (n > before)
			buf_fmt(&b, "%s%zu %s", b.n ? ", " : "", n - before, n - before > 1 ? outcomes[k].some : outcomes[k].one);
	}
	v->trials = (struct view_trials){ p, n };
	if (n)
		v->trials_count = arena_fmt(a, "%zu %s : %.*s.", n, n > 1 ? "essais déclarés" : "essai déclaré", (int)b.n, b.p);
}

enum { VERSIONS_SHOWN = 5 }; /* the history has them all */

static void
parts_of(struct arena *a, const struct sheet *s, struct view_sheet *v)
{
	struct view_place *places = arena_array(a, struct view_place, s->nparts);
	struct view_sheet_mini *related = arena_array(a, struct view_sheet_mini, s->nparts);
	struct view_link *who = arena_array(a, struct view_link, s->nparts), *ways = arena_array(a, struct view_link, s->nparts);
	struct view_source *sources = arena_array(a, struct view_source, s->nparts + 1);
	struct view_version *versions = arena_array(a, struct view_version, s->nparts);
	struct view_sheet_mini *from = arena_array(a, struct view_sheet_mini, s->nparts), *derived = arena_array(a, struct view_sheet_mini, s->nparts);
	size_t nfrom = 0, nderived = 0;
	size_t np = 0, nr = 0, nw = 0, nways = 0, ns = 0, nv = 0;
	if (s->source_label.n)
		sources[ns++] = (struct view_source){ STR("so1"), s->source_publisher, s->source_label, link_external(s->source_url),
			                              s->source_year ? arena_fmt(a, "%lld", (long long)s->source_year) : STR_NONE };
	for (size_t i = 0; i < s->nparts; i++) {
		const struct sheet_part *x = &s->parts[i];
		if (PART(s, i, "place")) {
			struct place_ref p = { x->scheme, x->code, x->slug, x->label, x->url };
			places[np++] = place_of(a, &p);
		} else if (PART(s, i, "link")) {
			struct view_sheet_mini mini = { cote_of(a, x->scheme, x->n), x->label, link_sheet(a, x->n, x->slug), STR_NONE };
			if (str_eq(x->code, STR("inspire")))
				from[nfrom++] = mini;
			else
				related[nr++] = mini;
		} else if (PART(s, i, "derived")) {
			derived[nderived++] = (struct view_sheet_mini){ cote_of(a, x->scheme, x->n), x->label, link_sheet(a, x->n, x->slug), STR_NONE };
		} else if (PART(s, i, "parcours")) {
			ways[nways++] = (struct view_link){ x->label, link_fmt(a, "/parcours/%.*s", (int)x->slug.n, x->slug.p) };
		} else if (PART(s, i, "catalyst")) {
			who[nw++] = (struct view_link){ x->label, link_catalyst(a, x->n, x->slug) };
		} else if (PART(s, i, "source")) {
			sources[ns] = (struct view_source){ arena_fmt(a, "so%zu", ns + 1), x->scheme, x->label, link_external(x->url), x->code };
			ns++;
		} else if (PART(s, i, "version")) {
			long long id = s->id, number = x->n;
			versions[nv] = (struct view_version){ .link = { arena_fmt(a, "v%lld", number), link_version(a, id, number) },
				                              .date = words_date(a, x->date, false),
				                              .note = x->note,
				                              .current = number == s->version };
			if (number > 1)
				versions[nv].diff = (struct view_link){ arena_fmt(a, "Comparer à v%lld", number - 1),
					                                link_versions(a, id, number - 1, number) };
			nv++;
		}
	}
	v->places = (struct view_places){ places, np };
	v->related = (struct view_sheet_minis){ related, nr };
	v->related_title = STR("À lire avec");
	v->from = (struct view_sheet_minis){ from, nfrom };
	v->derived = (struct view_sheet_minis){ derived, nderived };
	trials_of(a, s, v);
	v->travels = nfrom + nderived + v->trials.n > 0;
	if (v->travels && is_followed(s))
		v->journey = (struct view_link){ STR("Son arbre et sa carte"), link_fmt(a, "/fiches/%lld/essaimage", (long long)s->id) };
	v->parcours = (struct view_links){ ways, nways };
	v->related_catalysts = (struct view_links){ who, nw };
	v->related_catalysts_title = str_eq(s->type, STR("donnee")) ? STR("Qui en parle") : STR("Qui la mène, qui en parle");
	v->sources = (struct view_sources){ sources, ns };
	for (size_t i = 0; i < nv / 2; i++) { /* the last first */
		struct view_version first = versions[i];
		versions[i] = versions[nv - 1 - i];
		versions[nv - 1 - i] = first;
	}
	v->versions = (struct view_versions){ versions, nv < VERSIONS_SHOWN ? nv : VERSIONS_SHOWN };
	v->history = (struct view_link){ arena_fmt(a, "Version %lld · historique", (long long)s->version), link_history(a, s->id) };
}

static void
gauge_of(struct arena *a, const struct sheet *s, struct view_sheet *v)
{
	if (!str_eq(s->type, STR("exemple")))
		return;
	size_t told = s->nsections + (s->nsteps > 0 || s->steps_prose.n), all = 10;
	struct view_cell *cells = arena_array(a, struct view_cell, all);
	for (size_t i = 0; i < all; i++)
		cells[i].full = i < told;
	v->gauge = (struct view_cells){ cells, all };
	v->gauge_title = arena_fmt(a, "%zu %s sur %zu", told, told > 1 ? "rubriques" : "rubrique", all);
	v->gauge_note = authors_of(a, s).n ? STR("Ce que ses auteurs ont raconté ; le reste peut venir plus tard.")
	                : s->evidence == 0 ? STR("Cet exemple est nommé par une source, rien de plus. Nous ne complétons pas à sa place.")
	                                 : STR("Ce que les sources disent, et seulement cela.");
}

/* The first territory of the sheet is a région. */
static bool
region_first(const struct sheet *s)
{
	for (size_t i = 0; i < s->nparts; i++)
		if (PART(s, i, "place"))
			return str_eq(s->parts[i].scheme, STR("region"));
	return false;
}

/* The questions that a sheet of data tells. */
static enum err
figures_of(struct req *r, const struct sheet *s, struct view_links *ret)
{
	struct indicators list = { 0 };
	enum err e = s->id > 0 && str_eq(s->type, STR("donnee")) ? indicator_of_sheet(r->db, r->arena, s->id, &list) : ERR_NONE;
	struct view_link *p = arena_array(r->arena, struct view_link, list.n + 1);
	for (size_t i = 0; !e && i < list.n; i++)
		p[i] = (struct view_link){ list.p[i].label, link_indicator(r->arena, list.p[i].code) };
	*ret = (struct view_links){ p, list.n };
	return e;
}

enum err
sheet_view(struct req *r, const struct sheet *s, struct view_sheet *ret)
{
	struct arena *a = r->arena;
	struct view_links figures;
	enum err told = figures_of(r, s, &figures);
	if (told)
		return told;
	struct view_sheet v = {
		.cote = cote_of(a, s->type, s->id),
		.title = s->title,
		.summary = s->summary,
		.ours = str_eq(s->origin, STR("ours")),
		.evidence = evidence_of(s->evidence),
		.verified = words_date(a, s->verified_on, true),
		.stale = str_eq(s->state, STR("a_actualiser")),
		.facts = facts_of(a, s, figures),
		.unknown = unknown_of(a, s),
	};
	parts_of(a, s, &v);
	sections_of(a, s, &v);
	values_of(a, s, &v);
	gauge_of(a, s, &v);
	attachments_of(a, s, &v);
	if (v.ours)
		v.sources_note = STR("Texte rédigé pour Catalyse : une proposition, à essayer et à corriger.");
	struct territory_refs refs;
	if (v.places.n && !str_eq(v.places.p[0].code, STR("FR"))) {
		enum err e = territories_cached(r, &refs);
		if (e)
			return e;
		v.locator = locator_of(a, &refs, region_first(s), v.places.p[0].code);
	}
	v.imprint = arena_fmt(a, "Fiche %.*s, version %lld%s%.*s, %.*s, %.*s/fiches/%lld", (int)v.cote.text.n, v.cote.text.p,
	                      (long long)s->version, v.verified.text.n ? ", vérifiée le " : "", (int)v.verified.text.n,
	                      v.verified.text.p, (int)s->licence.n, s->licence.p, (int)r->base.n, r->base.p, (long long)s->id);
	*ret = v;
	return ERR_NONE;
}

/* What a reader may do. */
static void
acts_of(struct arena *a, const struct sheet *s, struct view_sheet *v)
{
	v->keep = (struct view_link){ arena_fmt(a, "fiche:%lld", (long long)s->id), link_fmt(a, "/listes/ajouter?fiche=%lld", (long long)s->id) };
	if (!is_followed(s))
		return;
	v->tried = (struct view_link){ str_eq(s->type, STR("donnee")) ? STR("Je l’ai utilisée") : STR("Je l’ai essayée"), link_fmt(a, "/fiches/%lld/adopter", (long long)s->id) };
	v->correct = (struct view_link){ STR("Proposer une correction"), link_fmt(a, "/fiches/%lld/suggerer", (long long)s->id) };
	v->report = (struct view_link){ STR("Signaler un problème"), link_fmt(a, "/fiches/%lld/signaler", (long long)s->id) };
}

/* The words of the espace, unless the common ones are asked for. */
static enum err
adapt(struct req *r, struct sheet *s, struct view_sheet *v)
{
	struct arena *a = r->arena;
	const struct espace_front *espace = espace_of(r);
	struct url self = link_sheet(a, s->id, s->slug);
	struct adaptations x = { 0 };
	struct buf b;
	enum err e = espace->is_default || !espace->id ? ERR_NONE : adaptations_list(r->db, a, espace->id, s->id, &x);

	if (e || x.n == 0)
		return e;
	if (req_param(r, "texte").n) {
		v->adapted = arena_fmt(a, "Vous lisez le texte commun. %.*s en a adapté une partie.", (int)espace->brand.n, espace->brand.p);
		v->common = (struct view_link){ STR("Lire le texte adapté"), self };
		return ERR_NONE;
	}
	sheet_adapt(a, s, &x);
	buf_init(&b, a, 256);
	for (size_t i = 0; i < x.n; i++) {
		struct str label = sheet_field_label(s->type, x.p[i].field);
		buf_fmt(&b, "%s« %.*s »", i == 0 ? "" : i + 1 == x.n ? " et " : ", ", (int)label.n, label.p);
	}
	v->adapted = arena_fmt(a, "%.*s : ici dans les mots de l’espace « %.*s ».", (int)b.n, b.p, (int)espace->name.n, espace->name.p);
	v->common = (struct view_link){ STR("Lire le texte commun"), link_fmt(a, "%.*s?texte=commun", (int)self.n, self.p) };
	return ERR_NONE;
}

enum err
page_sheet(struct req *r, struct resp *w)
{
	struct arena *a = r->arena;
	struct str slug;
	int64_t id = link_number(r->vars[0], &slug);
	struct sheet s;
	if (id < 0)
		return ERR_NOT_FOUND;
	enum err e = sheet_find(r->db, a, id, &s);
	if (e == ERR_GONE)
		return sheet_gone(r, w, id);
	if (e)
		return e;
	struct url self = link_sheet(a, s.id, s.slug);
	if (!str_eq(slug, s.slug)) { /* /fiches/12, or a title that has changed since */
		page_moved(r, w, self);
		return ERR_NONE;
	}
	struct url history = link_history(a, s.id);
	resp_link(w, (struct str){ history.p, history.n }, "version-history", STR_NONE);
	if (r->format != FORMAT_HTML) /* the page around the sheet has its own life */
		w->last_modified = date_http(a, s.modified_at);
	if (r->format == FORMAT_JSON)
		return answer_json(r, w, &s);
	const struct sheet_kind *k = sheet_kind_of(s.type);
	struct view_link kind[] = { { STR("Fiches"), { "/fiches", 7 } }, { str_of(k->plural), link_fmt(a, "/fiches?type=%s", k->code) } };
	struct view_links trail = crumbs(a, 2, kind);
	if (r->format == FORMAT_JSONLD) {
		struct jsonld d = { r, s.title, site_of(r)->editor, &trail };
		jsonld_sheet(&d, &w->body, &s);
		return ERR_NONE;
	}
	if (r->format != FORMAT_HTML) {
		struct listing l = { r, s.title, site_of(r)->editor, 1, NULL, { NULL, 0 }, STR_NONE };
		listing_sheet(&l, w, &s);
		return ERR_NONE;
	}
	struct view_sheet v, own = { 0 };
	if ((e = adapt(r, &s, &own)) || (e = sheet_view(r, &s, &v)))
		return e;
	v.adapted = own.adapted;
	v.common = own.common;
	v.crumbs = trail;
	struct view_link write[] = { { STR("S’en inspirer pour une autre fiche"), link_fmt(a, "/contribuer/fiche?modele=%lld", (long long)s.id) },
		                     { STR("La modifier, pour ses auteurs"), link_fmt(a, "/fiches/%lld/modifier", (long long)s.id) } };
	v.write = (struct view_links){ write, 2 };
	acts_of(a, &s, &v);
	v.print = link_fmt(a, "/imprimer?fiche=%lld", (long long)s.id);
	v.formats_label = STR("Cette fiche en données");
	v.formats = formats_and(r, STR("Livret à imprimer"), v.print);
	struct buf main;
	buf_init(&main, a, 32768);
	tpl_sheet(&main, &v);
	struct view_layout layout = { .title = s.title, .description = s.summary, .nav_sheets = true, .head_search = true,
		                      .canonical = link_fmt(a, "%.*s%.*s", (int)r->base.n, r->base.p, (int)self.n, self.p) };
	return page_send(r, w, &layout, &main);
}
