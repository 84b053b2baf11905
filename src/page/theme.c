/*
 * /thematiques/{slug}: one thématique. Its objectives, its documents, its sheets by kind, who works on it near the territory chosen, the
 * meetings about it, and what is published of that territory. A territory is chosen by the address, never guessed.
 */
#include "format/json_list.h"
#include "format/jsonld.h"
#include "format/uri.h"
#include "gen/tpl.h"
#include "model/catalyst.h"
#include "model/event.h"
#include "page/ask_place.h"
#include "page/event.h"
#include "page/figures.h"
#include "page/resource_rows.h"
#include "page/territory_parts.h"
#include "page/theme_parts.h"
#include "text/slug.h"

enum { SHEETS_SHOWN = 4, CATALYSTS_SHOWN = 6, NEAR_SHOWN = 5, EVENTS_SHOWN = 4 };

struct whole {
	struct theme t;
	struct themes all;
	struct asked_place place;
	struct theme_sheets sheets[5];
	struct resources documents;
	struct catalyst_list catalysts, near;
	struct event_list events;
	struct figures published; /* of the territory chosen */
	bool local;
};

struct str
theme_lead(struct arena *a, const struct theme *t)
{
	static const char *const ends[] = { " Objectif de développement durable", " Objectifs de développement durable" };
	struct str d = t->definition;

	(void)a;
	for (size_t k = 0; k < 2; k++) {
		size_t n = strlen(ends[k]);
		for (size_t i = 0; i + n < d.n; i++)
			if (memcmp(d.p + i, ends[k], n) == 0)
				return (struct str){ d.p, i };
	}
	return d;
}

static enum err
load(struct req *r, struct whole *x)
{
	struct arena *a = r->arena;
	struct str code = r->vars[0];
	struct list_query q = { .themes = { &code, 1 }, .territoires = { &x->place.key, x->place.key.n > 0 }, .tri = STR("pertinence"), .page = 1, .taille = CATALYSTS_SHOWN };
	enum err e;

	if ((e = theme_all(r->db, a, &x->all)) || (e = theme_sheets(r->db, a, code, x->place.t.type, x->place.t.code, SHEETS_SHOWN, x->sheets)) ||
	    (e = resource_list(r->db, a, code, &x->documents)) || (e = catalyst_search(r->db, a, &q, &x->catalysts)))
		return e;
	for (size_t i = 0; i < x->catalysts.n; i++)
		x->local = x->local || x->catalysts.p[i].rank < RANK_NATIONAL;
	struct event_query about = { .themes = { &code, 1 }, .taille = EVENTS_SHOWN };
	const struct territory *t = &x->place.t;
	if ((e = event_search(r->db, a, &about, &x->events)) || (t->id && (e = figure_list_of_territory(r->db, a, t->id, &x->published))))
		return e;
	if (t->id == 0 || x->local || !t->has_point)
		return ERR_NONE;
	struct list_query near = { .themes = { &code, 1 }, .lat = arena_fmt(a, "%.5f", t->lat), .lon = arena_fmt(a, "%.5f", t->lon), .tri = STR("proximite"), .page = 1, .taille = NEAR_SHOWN };
	return catalyst_search(r->db, a, &near, &x->near);
}

static enum err
answer_json(struct req *r, struct resp *w, const struct whole *x)
{
	struct arena *a = r->arena;
	struct json_out j = json_out(&w->body);
	static const char *const keys[] = { "methodes", "exemples", "donnees", "outils", "competences" };

	json_begin_object(&j);
	json_theme(&j, a, r->base, &x->t);
	json_territory_of(&j, &x->place.t, x->place.t.id ? "choix" : "defaut", x->place.t.id ? "sure" : "aucune");
	json_key(&j, "documents");
	json_begin_array(&j);
	for (size_t i = 0; i < x->documents.n; i++)
		json_resource(&j, &x->documents.p[i]);
	json_end(&j);
	for (size_t k = 0; k < 5; k++) {
		json_key(&j, keys[k]);
		json_begin_array(&j);
		for (size_t i = 0; i < x->sheets[k].n; i++)
			json_sheet_card(&j, a, r->base, &x->sheets[k].p[i]);
		json_end(&j);
	}
	json_key(&j, "acteurs");
	json_begin_array(&j);
	for (size_t i = 0; i < x->catalysts.n; i++)
		json_catalyst_card(&j, a, r->base, &x->catalysts.p[i]);
	json_end(&j);
	json_key(&j, "rendez_vous");
	json_begin_array(&j);
	for (size_t i = 0; i < x->events.n; i++) {
		const struct event *v = &x->events.p[i];
		struct url url = link_event(a, v->address);
		json_begin_object(&j);
		json_key(&j, "titre"), json_str(&j, v->title);
		json_key(&j, "jour"), json_str(&j, event_day(v));
		json_key(&j, "url"), json_str(&j, arena_fmt(a, "%.*s%.*s", (int)r->base.n, r->base.p, (int)url.n, url.p));
		json_end(&j);
	}
	json_end(&j);
	json_key(&j, "chiffres"); /* published about the territory, or about what contains it */
	json_begin_array(&j);
	for (size_t i = 0; i < x->published.n; i++) {
		const struct figure *f = &x->published.p[i];
		json_begin_object(&j);
		json_key(&j, "indicateur"), json_str(&j, f->indicator);
		json_key(&j, "libelle"), json_str(&j, f->label);
		json_key(&j, "territoire"), json_str(&j, f->place.name);
		json_key(&j, "population"), json_str(&j, f->population);
		json_key(&j, "annee"), json_str(&j, figure_year_words(a, f));
		json_key(&j, "valeur"), json_real(&j, f->value);
		json_key(&j, "unite"), json_str(&j, f->unit);
		json_key(&j, "source"), json_str(&j, f->source_label);
		json_end(&j);
	}
	json_end(&j);
	json_key(&j, "acteurs_proches"); /* when nobody is known there */
	json_begin_array(&j);
	for (size_t i = 0; i < x->near.n; i++)
		json_catalyst_card(&j, a, r->base, &x->near.p[i]);
	json_end(&j);
	json_notices(&j, r);
	json_end(&j);
	return ERR_NONE;
}

static enum err
answer_jsonld(struct req *r, struct resp *w, const struct whole *x, const struct view_links *trail)
{
	struct arena *a = r->arena;
	struct jsonld d = { r, x->t.label, site_of(r)->editor, trail };
	struct json_out j = json_out(&w->body);
	struct str id = uri_term(a, r->base, STR("theme"), x->t.code);

	jsonld_begin(&d, &j, "CollectionPage", arena_fmt(a, "%.*s/thematiques/%.*s", (int)r->base.n, r->base.p, (int)x->t.code.n, x->t.code.p));
	jsonld_page_end(&j, id);
	json_begin_object(&j);
	jsonld_pair(&j, "@id", id);
	jsonld_type(&j, "DefinedTerm");
	jsonld_pair(&j, "name", x->t.label);
	jsonld_pair(&j, "description", x->t.definition);
	jsonld_pair(&j, "inDefinedTermSet", uri_term(a, r->base, STR("theme"), STR_NONE));
	json_key(&j, "subjectOf");
	json_begin_array(&j);
	for (size_t i = 0; i < x->documents.n; i++) {
		const struct resource *y = &x->documents.p[i];
		json_begin_object(&j);
		jsonld_type(&j, "CreativeWork");
		jsonld_pair(&j, "name", y->title);
		jsonld_pair(&j, "url", y->url);
		if (y->publisher.n)
			jsonld_organisation(&j, "publisher", "Organization", y->publisher);
		json_end(&j);
	}
	for (size_t k = 0; k < 5; k++)
		for (size_t i = 0; i < x->sheets[k].n; i++) {
			json_begin_object(&j);
			jsonld_pair(&j, "@id", jsonld_id(&d, "/fiches/", x->sheets[k].p[i].id));
			jsonld_type(&j, "CreativeWork");
			jsonld_pair(&j, "name", x->sheets[k].p[i].title);
			json_end(&j);
		}
	json_end(&j);
	json_end(&j);
	jsonld_end(&j);
	return ERR_NONE;
}

/* The kinds in the order of M.E.D.O.C. */
static struct view_theme_parts
parts_of(struct req *r, const struct whole *x)
{
	static const char *const titles[] = { "Méthodes", "Exemples", "Données", "Outils", "Compétences" };
	static const char *const whats[] = { "Comment s’y prendre, étape par étape.", "Ce que d’autres ont essayé, et ce que l’on en sait.",
		                             "Des chiffres publiés, avec la question et l’année.", "À imprimer, à remplir, à reprendre.", "Se former : un savoir-faire, et où l’apprendre." };
	static const char *const nones[] = { "Nous n’avons pas encore de méthode propre à ce besoin.", "Nous n’avons pas encore d’exemple sur ce besoin.",
		                             "Nous n’avons pas encore de donnée sur ce besoin.", "Nous n’avons pas encore d’outil propre à ce besoin.",
		                             "Nous n’avons pas encore de fiche de compétence sur ce besoin." };
	struct arena *a = r->arena;
	struct view_theme_part *p = arena_array(a, struct view_theme_part, 5);

	for (size_t k = 0; k < 5; k++) {
		const struct sheet_kind *kind = &SHEET_KINDS[k];
		char *letter = arena_cstr(a, str_of(kind->letter));
		letter[0] = (char)(letter[0] - 32);
		p[k] = (struct view_theme_part){ .kind = str_of(kind->letter), .letter = { letter, 1 }, .id = str_of(kind->code), .title = str_of(titles[k]), .what = str_of(whats[k]),
			                         .rows = rows_sheets(a, x->sheets[k].p, x->sheets[k].n) };
		if (x->sheets[k].n == 0)
			p[k].none = str_of(nones[k]);
		if (x->t.sheets[k] > (int64_t)x->sheets[k].n)
			p[k].all = (struct view_link){ arena_fmt(a, "Les %lld %s", (long long)x->t.sheets[k], k == 0 ? "méthodes" : k == 1 ? "exemples" : k == 2 ? "données" : k == 3 ? "outils" : "compétences"),
				                       link_fmt(a, "/fiches?type=%s&theme=%.*s", kind->code, (int)x->t.code.n, x->t.code.p) };
	}
	return (struct view_theme_parts){ p, 5 };
}

static void
people_of(struct req *r, const struct whole *x, struct view_theme *v)
{
	struct arena *a = r->arena;
	const struct territory *t = &x->place.t;
	struct str theme = x->t.code, key = x->place.key;

	v->catalysts_title = t->id ? arena_fmt(a, "Qui s’en occupe %.*s", (int)t->name_in.n, t->name_in.p) : STR("Qui s’en occupe");
	v->all_catalysts = (struct view_link){ STR("Toute la liste"), link_fmt(a, "/catalyseurs?theme=%.*s%s%.*s", (int)theme.n, theme.p, key.n ? "&territoire=" : "", (int)key.n, key.p) };
	v->catalysts = rows_catalysts(a, x->catalysts.p, x->catalysts.n);
	/* National ones are above already; where the commune of a seat is not known, there is no distance. */
	struct catalyst_card *near = arena_array(a, struct catalyst_card, x->near.n + 1);
	size_t nnear = 0, far = 0;
	for (size_t i = 0; i < x->near.n; i++)
		if (!x->near.p[i].national)
			far += x->near.p[i].has_distance, near[nnear++] = x->near.p[i];
	if (nnear) {
		v->near_title = far ? STR("Les plus proches ailleurs") : STR("Ailleurs en France");
		v->near_note = !far ? STR_NONE : str_eq(t->type, STR("commune")) ? arena_fmt(a, "distances depuis %.*s, à vol d’oiseau", (int)t->name.n, t->name.p)
		                                               : STR("distances depuis le centre du territoire, à vol d’oiseau");
		v->near = rows_catalysts(a, near, nnear);
	}
	if (x->catalysts.n && (x->local || t->id == 0))
		return;
	struct view_link *offers = arena_array(a, struct view_link, 2);
	size_t n = 0;
	if (t->id) {
		offers[n++] = (struct view_link){ arena_fmt(a, "Tous ceux que nous connaissons %.*s, sur tous les sujets", (int)t->name_in.n, t->name_in.p),
			                          link_fmt(a, "/catalyseurs?territoire=%.*s", (int)key.n, key.p) };
		offers[n++] = (struct view_link){ STR("Sur ce besoin, partout en France"), link_fmt(a, "/catalyseurs?theme=%.*s", (int)theme.n, theme.p) };
	} else {
		offers[n++] = (struct view_link){ STR("Tous les catalyseurs et acteurs connus"), { "/catalyseurs", 12 } };
	}
	v->no_catalyst = (struct view_empty){
		t->id ? arena_fmt(a, "Nous ne connaissons encore personne %.*s pour ce besoin.", (int)t->name_in.n, t->name_in.p) : STR("Nous ne connaissons encore personne pour ce besoin."),
		x->catalysts.n ? STR("Voici ceux qui agissent partout en France.") : STR("Ce n’est pas le territoire qui est vide, c’est notre liste."), { offers, n }
	};
}

enum err
page_theme(struct req *r, struct resp *w)
{
	struct arena *a = r->arena;
	struct whole x = { 0 };
	size_t at = 0;
	enum err e;

	if (!slug_valid(r->vars[0]))
		return ERR_NOT_FOUND;
	if ((e = ask_place(r, w, "Pour quel territoire ?", &x.place)) || x.place.moved || (e = theme_find(r->db, a, r->vars[0], &x.t)) || (e = load(r, &x)))
		return e;
	struct view_link trail[] = { { STR("Besoins des territoires"), { "/thematiques", 12 } }, { x.t.label, { NULL, 0 } } };
	struct view_links way = crumbs(a, 2, trail);
	if (r->format == FORMAT_JSONLD)
		return answer_jsonld(r, w, &x, &way);
	if (r->format == FORMAT_JSON)
		return answer_json(r, w, &x);
	for (size_t i = 0; i < x.all.n; i++)
		if (str_eq(x.all.p[i].code, x.t.code))
			at = i;
	const struct territory *t = &x.place.t;
	struct str key = x.place.key;
	struct view_theme v = {
		.crumbs = way,
		.number = arena_fmt(a, "%zu", at + 1),
		.title = x.t.label,
		.lead = theme_lead(a, &x.t),
		.ours = str_eq(x.t.origin, STR("ours")),
		.source = { x.t.source_label, link_external(x.t.source_url) },
		.odds = theme_odds_view(a, &x.t),
		.ask = x.place.ask,
		.documents = resource_groups(a, &x.documents, "d"),
		.parts = parts_of(r, &x),
		.needs = link_fmt(a, "/besoins?theme=%.*s", (int)x.t.code.n, x.t.code.p),
		.contribute = link_fmt(a, "/contribuer/fiche?theme=%.*s%s%.*s", (int)x.t.code.n, x.t.code.p, key.n ? "&territoires=" : "", (int)key.n, key.p),
		.formats_label = STR("Cette page ailleurs :"),
		.formats = formats_of(r),
	};
	if (key.n)
		v.needs = link_fmt(a, "/besoins?territoire=%.*s&theme=%.*s", (int)key.n, key.p, (int)x.t.code.n, x.t.code.p);
	if (at > 0)
		v.prev = (struct view_link){ x.all.p[at - 1].label, theme_url(a, &x.all.p[at - 1]) };
	if (at + 1 < x.all.n)
		v.next = (struct view_link){ x.all.p[at + 1].label, theme_url(a, &x.all.p[at + 1]) };
	if (t->id) {
		v.figures_title = arena_fmt(a, "%.*s en chiffres", (int)t->name.n, t->name.p);
		v.figures = territory_figures(a, t);
		v.figures_note = arena_fmt(a, "Population : INSEE, code officiel géographique %lld. Catalyseurs et fiches : ce que nous connaissons.", (long long)t->vintage);
		struct view_link *more = arena_array(a, struct view_link, 1);
		more[0] = (struct view_link){ STR("Tout ce que nous savons de ce territoire"), link_territory(a, t->type, t->code, t->slug) };
		v.more_figures = (struct view_links){ more, 1 };
		v.published = figure_place_view(a, t, &x.published);
	}
	struct view_event_row *meetings = arena_array(a, struct view_event_row, x.events.n + 1);
	for (size_t i = 0; i < x.events.n; i++)
		meetings[i] = event_row(a, &x.events.p[i]);
	v.meetings = (struct view_event_rows){ meetings, x.events.n };
	if (x.events.n == 0)
		v.no_meeting = STR("Nous n’en connaissons encore aucun sur ce besoin.");
	if (x.events.facets.total > (int64_t)x.events.n)
		v.all_meetings = (struct view_link){ arena_fmt(a, "Les %lld", (long long)x.events.facets.total), link_fmt(a, "/evenements?theme=%.*s", (int)x.t.code.n, x.t.code.p) };
	people_of(r, &x, &v);
	struct buf main;
	buf_init(&main, a, 65536);
	tpl_theme(&main, &v);
	struct view_layout layout = { .title = v.title, .description = x.t.definition, .head_search = true, .noindex = key.n > 0 };
	return page_send(r, w, &layout, &main);
}
