#include "format/figures.h"
#include "format/json_list.h"
#include "format/json_territory.h"
#include "format/jsonld.h"
#include "format/listing.h"
#include "gen/tpl.h"
#include "page/figures.h"
#include "page/network.h"
#include "page/page.h"
#include "page/spread.h"
#include "page/territory_parts.h"

#define SHEETS_SHOWN 8
#define NEAR_MAX 5 /* catalysts; sheets too */
#define FOLD_FROM 40
#define ALIKE_PLACES 6
#define ALIKE_SHEETS 6

struct around {
	struct territory t;
	struct sheet_list sheets, near_sheets;
	struct catalyst_list catalysts, near;
	struct territory_refs refs;
	struct alike alike;
	struct programmes programmes;
	struct figures published;
	struct catalyst_besides set;
	bool local; /* somebody covers it or sits there */
};

static enum err
answer_json(struct req *r, struct resp *w, const struct around *x)
{
	struct arena *a = r->arena;
	struct json_out j = json_out(&w->body);
	json_begin_object(&j);
	json_territory(&j, a, r->base, &x->t);
	json_key(&j, "fiches_ici");
	json_begin_array(&j);
	for (size_t i = 0; i < x->sheets.n; i++)
		json_sheet_card(&j, a, r->base, &x->sheets.p[i]);
	json_end(&j);
	json_key(&j, "fiches_proches");
	json_begin_array(&j);
	for (size_t i = 0; i < x->near_sheets.n; i++)
		json_sheet_card(&j, a, r->base, &x->near_sheets.p[i]);
	json_end(&j);
	json_key(&j, "catalyseurs");
	json_begin_array(&j);
	for (size_t i = 0; i < x->catalysts.n; i++)
		json_catalyst_card(&j, a, r->base, &x->catalysts.p[i]);
	json_end(&j);
	json_key(&j, "catalyseurs_proches");
	json_begin_array(&j);
	for (size_t i = 0; i < x->near.n; i++)
		json_catalyst_card(&j, a, r->base, &x->near.p[i]);
	json_end(&j);
	json_key(&j, "chiffres"); /* of this place and of those that contain it, the closest first */
	json_begin_array(&j);
	for (size_t i = 0; i < x->published.n; i++)
		figures_json_figure(&j, r, &x->published.p[i]);
	json_end(&j);
	json_programmes(&j, &x->programmes);
	json_alike(&j, a, r->base, &x->alike);
	json_territory_refs(&j, a, r->base, &x->refs);
	json_notices(&j, r);
	json_end(&j);
	return ERR_NONE;
}

static struct view_places
parents_of(struct arena *a, const struct territory_refs *refs)
{
	struct view_place *p = arena_array(a, struct view_place, refs->n);
	size_t n = 0;
	for (size_t i = 0; i < refs->n; i++) {
		if (!str_eq(refs->p[i].part, STR("parent")) || str_eq(refs->p[i].type, STR("pays")))
			continue;
		/* Overseas, the région and its only département are one place under one name: shown once. */
		if (n > 0 && str_eq(refs->p[i].type, STR("region")) && str_eq(p[n - 1].name, refs->p[i].name))
			continue;
		p[n++] = row_place(a, &refs->p[i]);
	}
	return (struct view_places){ p, n };
}

static struct view_places
neighbours_of(struct arena *a, const struct territory *t, const struct territory_refs *refs)
{
	struct view_place *p = arena_array(a, struct view_place, refs->n);
	bool small = str_eq(t->type, STR("commune")) || str_eq(t->type, STR("epci"));
	size_t n = 0;
	for (int pass = 0; pass < 2; pass++) /* where something is known, then the others */
		for (size_t i = 0; i < refs->n; i++) {
			const struct territory_ref *x = &refs->p[i];
			bool known = x->catalysts + x->sheets > 0;
			if (!str_eq(x->part, STR("near")) || known != (pass == 0))
				continue;
			struct str km = words_km(a, x->km), what = known ? known_of(a, x->sheets, x->catalysts) : STR("rien de connu encore");
			p[n] = row_place(a, x);
			p[n++].note = !small ? what : known ? arena_fmt(a, "%.*s, à %.*s", (int)what.n, what.p, (int)km.n, km.p) : km;
		}
	return (struct view_places){ p, n };
}

static struct view_members
members_of(struct arena *a, const struct territory_refs *refs, const char *type, const char *one, const char *many)
{
	struct view_letter_group *groups = arena_array(a, struct view_letter_group, refs->n + 1);
	struct view_link *links = arena_array(a, struct view_link, refs->n);
	size_t n = 0, ngroups = 0, total = 0;
	for (size_t i = 0; i < refs->n; i++)
		total += str_eq(refs->p[i].part, STR("member")) && str_eq(refs->p[i].type, str_of(type));
	bool fold = total > FOLD_FROM;
	char letter = 0;
	for (size_t i = 0; i < refs->n; i++) {
		const struct territory_ref *x = &refs->p[i];
		if (!str_eq(x->part, STR("member")) || !str_eq(x->type, str_of(type)))
			continue;
		/* É and È go with E: the slug has no accent. */
		char first = fold && x->slug.n ? x->slug.p[0] : 'a';
		if (ngroups == 0 || first != letter) {
			letter = first;
			char *up = arena_cstr(a, (struct str){ &first, 1 });
			up[0] = (char)(up[0] >= 'a' && up[0] <= 'z' ? up[0] - 32 : up[0]);
			groups[ngroups++] = (struct view_letter_group){ fold ? (struct str){ up, 1 } : STR_NONE, { links + n, 0 } };
		}
		links[n++] = (struct view_link){ x->name, link_territory(a, x->type, x->code, x->slug) };
		groups[ngroups - 1].links.n++;
	}
	struct str count = words_count(a, (int64_t)total, one, many);
	return (struct view_members){ .id = str_of(type),
		                      .title = total > 1 ? arena_fmt(a, "Ses %.*s", (int)count.n, count.p) : arena_fmt(a, "Sa composition : %.*s", (int)count.n, count.p),
		                      .fold = fold,
		                      .groups = { groups, ngroups } };
}

struct view_figures
territory_figures(struct arena *a, const struct territory *t)
{
	struct view_figure *f = arena_array(a, struct view_figure, 7);
	/* Three figures: the outline holds no more. */
	double unit = t->outline_km2 < 1000 ? 1 : t->outline_km2 < 10000 ? 10 : 100;
	struct str area = words_number(a, (int64_t)(t->outline_km2 / unit + 0.5) * (int64_t)unit);
	size_t n = 0;
	if (t->population >= 0)
		f[n++] = (struct view_figure){ words_number(a, t->population), t->population > 1 ? STR("habitants") : STR("habitant"), { NULL, 0 } };
	if (t->outline_km2 > 0)
		f[n++] = (struct view_figure){ arena_fmt(a, "≈ %.*s", (int)area.n, area.p), STR("km², d'après un contour simplifié"), { NULL, 0 } };
	if (t->people_near > 0 && str_eq(t->type, STR("commune")))
		f[n++] = (struct view_figure){ words_number(a, t->people_near), STR("habitants à 10 km à la ronde"), { NULL, 0 } };
	if (t->communes)
		f[n++] = (struct view_figure){ words_number(a, t->communes), t->communes > 1 ? STR("communes") : STR("commune"), { NULL, 0 } };
	if (t->epcis)
		f[n++] = (struct view_figure){ words_number(a, t->epcis), t->epcis > 1 ? STR("intercommunalités") : STR("intercommunalité"), { NULL, 0 } };
	f[n++] = (struct view_figure){ words_number(a, t->catalysts), t->catalysts > 1 ? STR("catalyseurs et acteurs connus") : STR("catalyseur ou acteur connu"), { NULL, 0 } };
	f[n++] = (struct view_figure){ words_number(a, t->sheets), t->sheets > 1 ? STR("fiches d'ici") : STR("fiche d'ici"), { NULL, 0 } };
	return (struct view_figures){ f, n };
}

static struct str
kind_of(const struct territory *t)
{
	static const char *const natures[][2] = { { "CC", "Communauté de communes" }, { "CA", "Communauté d'agglomération" },
		                                  { "CU", "Communauté urbaine" }, { "ME", "Métropole" }, { "METLYON", "Métropole de Lyon" } };
	if (str_eq(t->type, STR("region")))
		return STR("Région");
	if (str_eq(t->type, STR("departement")))
		return STR("Département");
	if (str_eq(t->type, STR("collectivite")))
		return STR("Collectivité d'outre-mer");
	if (str_eq(t->type, STR("commune")))
		return STR("Commune");
	for (size_t i = 0; i < sizeof(natures) / sizeof(*natures); i++)
		if (str_eq(t->nature, str_of(natures[i][0])))
			return str_of(natures[i][1]);
	return STR("Intercommunalité");
}

/* One way down: an EPCI over several départements is under the one where most of it lies. */
static struct view_links
trail_of(struct arena *a, const struct territory *t, const struct territory_refs *refs)
{
	struct territory_ref *way = arena_array(a, struct territory_ref, refs->n);
	size_t nway = 0, regions = 0;
	for (size_t i = 0; i < refs->n; i++)
		regions += str_eq(refs->p[i].part, STR("parent")) && str_eq(refs->p[i].type, STR("region"));
	for (size_t i = 0; i < refs->n; i++) {
		const struct territory_ref *x = &refs->p[i];
		bool aside = str_eq(t->type, STR("epci")) &&
		             ((str_eq(x->type, STR("departement")) && x->id != t->parent_id) || (regions > 1 && str_eq(x->type, STR("region"))));
		if (str_eq(x->part, STR("parent")) && !aside)
			way[nway++] = *x;
	}
	struct view_places parents = parents_of(a, &(struct territory_refs){ .p = way, .n = nway });
	struct view_link *p = arena_array(a, struct view_link, parents.n + 2);
	size_t n = 0;
	p[n++] = (struct view_link){ STR("Territoires"), { "/territoires", 12 } };
	for (size_t i = parents.n; i > 0; i--)
		p[n++] = (struct view_link){ parents.p[i - 1].name, parents.p[i - 1].url };
	p[n++] = (struct view_link){ t->name, { NULL, 0 } };
	return crumbs(a, n, p);
}

/* "Une commune dans le Rhône.", "Une région, 6 départements." */
static struct str
what_of(struct arena *a, const struct territory *t, const struct territory_refs *refs)
{
	size_t departements = 0; /* inside a région, around an EPCI */
	for (size_t i = 0; i < refs->n; i++)
		departements += !str_eq(refs->p[i].part, STR("near")) && str_eq(refs->p[i].type, STR("departement"));
	if (str_eq(t->type, STR("region")))
		return departements > 1 ? arena_fmt(a, "Une région, %zu départements.", departements) : STR("Une région d'un seul département.");
	if (str_eq(t->type, STR("collectivite")) || (str_eq(t->type, STR("departement")) && t->overseas))
		return str_eq(t->type, STR("departement")) ? STR("Un département d'outre-mer.") : STR("Une collectivité d'outre-mer.");
	if (str_eq(t->type, STR("departement")))
		return arena_fmt(a, "Un département, %.*s.", (int)t->parent_in.n, t->parent_in.p);
	struct str members = words_count(a, t->communes, "commune", "communes");
	return str_eq(t->type, STR("epci")) ? arena_fmt(a, "%.*s, %s%.*s.", (int)members.n, members.p, departements > 1 ? "pour la plupart " : "",
	                                                      (int)t->parent_in.n, t->parent_in.p)
	                                    : arena_fmt(a, "Une commune, %.*s.", (int)t->parent_in.n, t->parent_in.p);
}

static struct str
lead_of(struct arena *a, const struct territory *t, const struct territory_refs *refs)
{
	struct str what = what_of(a, t, refs), known = words_count(a, t->catalysts, "catalyseur ou acteur", "catalyseurs et acteurs");
	struct str sheets = words_count(a, t->sheets, "fiche", "fiches");
	if (!t->catalysts && !t->sheets)
		return arena_fmt(a, "%.*s Nous n'y connaissons encore personne. Les plus proches sont plus bas.", (int)what.n, what.p);
	if (!t->catalysts)
		return arena_fmt(a, "%.*s Nous y connaissons %.*s, mais encore aucun catalyseur.", (int)what.n, what.p, (int)sheets.n, sheets.p);
	if (!t->sheets)
		return arena_fmt(a, "%.*s Nous y connaissons %.*s, mais encore aucune fiche.", (int)what.n, what.p, (int)known.n, known.p);
	return arena_fmt(a, "%.*s Nous y connaissons %.*s et %.*s.", (int)what.n, what.p, (int)known.n, known.p, (int)sheets.n, sheets.p);
}

static enum err
answer_data(struct req *r, struct resp *w, const struct around *x, const struct view_links *trail)
{
	const struct territory *t = &x->t;
	struct str publisher = site_of(r)->editor;
	if (r->format == FORMAT_JSONLD) {
		struct jsonld d = { r, t->name, publisher, trail };
		jsonld_territory(&d, &w->body, t, &x->refs);
	} else {
		struct listing l = { r, t->name, publisher, 1, NULL, { NULL, 0 }, STR_NONE };
		listing_territory(&l, w, t);
	}
	return ERR_NONE;
}

static enum err
load(struct req *r, struct around *x)
{
	struct arena *a = r->arena;
	const struct territory *t = &x->t;
	struct str key = arena_fmt(a, "%.*s:%.*s", (int)t->type.n, t->type.p, (int)t->code.n, t->code.p);
	struct list_query q = { .territoires = { &key, 1 }, .tri = STR("pertinence"), .page = 1, .taille = SHEETS_SHOWN };
	enum err e = sheet_search(r->db, a, &q, &x->sheets);
	q.taille = 30;
	if (e || (e = catalyst_search(r->db, a, &q, &x->catalysts)) || (e = territory_around(r->db, a, t->id, &x->refs)))
		return e;
	for (size_t i = 0; i < x->catalysts.n; i++)
		x->local = x->local || x->catalysts.p[i].rank < RANK_NATIONAL;
	if ((!x->local || x->catalysts.n < 4) && (e = catalyst_nearest(r->db, a, t->id, &x->catalysts, NEAR_MAX, &x->near)))
		return e;
	if (r->format != FORMAT_HTML && r->format != FORMAT_JSON)
		return ERR_NONE;
	if (x->sheets.n == 0 && (e = sheet_nearest(r->db, a, t->id, NEAR_MAX, &x->near_sheets)))
		return e;
	struct strs criteria;
	criteria.n = req_params(r, "critere", &criteria.p);
	e = alike_find(r->db, a, t->id, criteria, ALIKE_PLACES, ALIKE_SHEETS, &x->alike);
	if (e || (e = programmes_find(r->db, a, t->id, &x->programmes)))
		return e;
	if (x->local && (e = catalyst_set(r->db, a, t->id, &x->set)))
		return e;
	return figure_list_of_territory(r->db, a, t->id, &x->published);
}

/* The places that contain this one and have sheets, two at most, the closest first. */
static size_t
wider_of(struct arena *a, const struct territory_refs *refs, struct view_link *offers)
{
	size_t n = 0;
	for (size_t i = 0; i < refs->n && n < 2; i++) {
		const struct territory_ref *x = &refs->p[i];
		if (!str_eq(x->part, STR("parent")) || str_eq(x->type, STR("pays")) || x->sheets == 0)
			continue;
		if (n > 0 && str_eq(x->type, STR("region")) && str_eq(refs->p[i - 1].name, x->name)) /* overseas: the same place */
			continue;
		struct str count = words_count(a, x->sheets, "fiche", "fiches");
		offers[n++] = (struct view_link){ arena_fmt(a, "Voir plus large : %.*s, %.*s", (int)x->name.n, x->name.p, (int)count.n, count.p),
			                          link_fmt(a, "/fiches?territoire=%.*s:%.*s", (int)x->type.n, x->type.p, (int)x->code.n, x->code.p) };
	}
	return n;
}

static void
lists_of(struct req *r, const struct around *x, struct view_territory *v)
{
	struct arena *a = r->arena;
	const struct territory *t = &x->t;
	v->catalysts_title = STR("Qui relie ici");
	if (x->local)
		v->catalysts = rows_catalysts(a, x->catalysts.p, x->catalysts.n);
	v->all_catalysts = (struct view_link){ STR("Toute la liste"), link_fmt(a, "/catalyseurs?territoire=%.*s:%.*s", (int)t->type.n,
		                                                               t->type.p, (int)t->code.n, t->code.p) };
	if (!x->local) {
		struct view_link *offers = arena_array(a, struct view_link, 2);
		size_t n = 0;
		if (x->catalysts.n)
			offers[n++] = (struct view_link){ arena_fmt(a, "Voir les %zu démarches nationales qui interviennent aussi ici", x->catalysts.n),
				                          v->all_catalysts.url };
		offers[n++] = (struct view_link){ STR("Voir toute la France"), { "/catalyseurs", 12 } };
		v->no_catalyst = (struct view_empty){
			arena_fmt(a, "Nous ne connaissons encore aucun catalyseur %.*s.", (int)t->name_in.n, t->name_in.p),
			STR("Ce n'est pas le territoire qui est vide, c'est notre liste."),
			{ offers, n }
		};
	}
	if (x->near.n) {
		v->near_title = STR("Les plus proches ailleurs");
		v->near_note = near_note(a, t, false);
		v->near = rows_catalysts(a, x->near.p, x->near.n);
	}
	v->sheets_title = STR("Les fiches d'ici");
	v->sheets = rows_sheets(a, x->sheets.p, x->sheets.n);
	v->all_sheets = (struct view_link){ STR("Avec celles qui valent partout"),
		                            link_fmt(a, "/fiches?territoire=%.*s:%.*s&territoire=pays:FR", (int)t->type.n, t->type.p,
		                                     (int)t->code.n, t->code.p) };
	if (x->sheets.n == 0) {
		struct view_link *offers = arena_array(a, struct view_link, x->refs.n + 2);
		size_t n = wider_of(a, &x->refs, offers);
		struct str text = n > 0           ? STR("Beaucoup de méthodes valent partout, et les territoires plus larges ont leurs exemples.")
		                  : x->near_sheets.n ? STR("Beaucoup de méthodes valent partout. Les fiches venues du plus près suivent.")
		                                     : STR("Beaucoup de méthodes valent partout.");
		int64_t everywhere = filters_national(&x->sheets.facets);
		if (everywhere > 0)
			offers[n++] = (struct view_link){ everywhere > 1 ? arena_fmt(a, "Les %.*s fiches valables partout", (int)words_number(a, everywhere).n, words_number(a, everywhere).p)
				                                         : STR("La fiche valable partout"),
				                          link_fmt(a, "/fiches?territoire=pays:FR") };
		offers[n++] = (struct view_link){ STR("Toutes les fiches, de toute la France"), { "/fiches", 7 } };
		v->no_sheet = (struct view_empty){
			arena_fmt(a, "Aucune fiche ne vient encore %.*s.", (int)t->name_of.n, t->name_of.p), text, { offers, n }
		};
		v->near_sheets_title = x->near_sheets.n > 1 ? STR("Les fiches les plus proches") : STR("La fiche la plus proche");
		v->near_sheets_note = near_note(a, t, true);
		v->near_sheets = rows_sheets(a, x->near_sheets.p, x->near_sheets.n);
	}
	v->set = set_view(a, &x->set, t->name_in, arena_fmt(a, "%.*s:%.*s", (int)t->type.n, t->type.p, (int)t->code.n, t->code.p));
	v->programmes = programmes_view(a, t, &x->programmes);
	v->published = figure_place_view(a, t, &x->published);
	v->alike = alike_view(a, t, &x->alike);
	v->neighbours = neighbours_of(a, t, &x->refs);
	v->neighbours_title = v->neighbours.n ? STR("Autour") : STR_NONE;
	if (str_eq(t->type, STR("commune")) || str_eq(t->type, STR("epci")))
		v->neighbours_note = STR("Les plus proches, à vol d'oiseau.");
}

static void
members_all(struct arena *a, const struct around *x, struct view_territory *v)
{
	struct view_members *m = arena_array(a, struct view_members, 2);
	size_t n = 0;
	if (str_eq(x->t.type, STR("region")))
		m[n++] = members_of(a, &x->refs, "departement", "département", "départements");
	if (str_eq(x->t.type, STR("departement")))
		m[n++] = members_of(a, &x->refs, "epci", "intercommunalité", "intercommunalités");
	if (str_eq(x->t.type, STR("departement")) || str_eq(x->t.type, STR("epci")) || str_eq(x->t.type, STR("collectivite")))
		m[n++] = members_of(a, &x->refs, "commune", "commune", "communes");
	v->members = (struct view_memberss){ m, n };
}

/* "2a" is 2A. */
static struct str
upper(struct arena *a, struct str s)
{
	char *p = arena_alloc(a, s.n + 1);
	for (size_t i = 0; i < s.n; i++)
		p[i] = (char)(s.p[i] >= 'a' && s.p[i] <= 'z' ? s.p[i] - 'a' + 'A' : s.p[i]);
	return (struct str){ p, s.n };
}

enum err
page_territory(struct req *r, struct resp *w)
{
	struct arena *a = r->arena;
	struct str type = r->vars[0], rest = r->vars[1];
	size_t n = 0;
	while (n < rest.n && rest.p[n] != '-')
		n++;
	struct str code = upper(a, (struct str){ rest.p, n }), slug = { rest.p + (n < rest.n ? n + 1 : n), n < rest.n ? rest.n - n - 1 : 0 };
	struct around x = { 0 };
	enum err e = str_eq(type, STR("pays")) ? ERR_NOT_FOUND : territory_find_counted(r->db, a, type, code, &x.t);
	if (e)
		return e;
	const struct territory *t = &x.t;
	struct url self = link_territory(a, t->type, t->code, t->slug);
	if (!str_eq(slug, t->slug) || n != t->code.n || memcmp(rest.p, t->code.p, n) != 0) {
		page_moved(r, w, self);
		return ERR_NONE;
	}
	if ((e = load(r, &x)))
		return e;
	if (r->format == FORMAT_JSON)
		return answer_json(r, w, &x);
	struct view_places parents = parents_of(a, &x.refs);
	struct view_links trail = trail_of(a, t, &x.refs);
	if (r->format != FORMAT_HTML)
		return answer_data(r, w, &x, &trail);
	struct territory_refs all;
	if ((e = territories_cached(r, &all)))
		return e;
	struct view_territory v = {
		.crumbs = trail,
		.place = { .code = str_eq(t->type, STR("epci")) ? t->stone : t->code, .name = t->name, .vague = t->catalysts == 0 && t->sheets == 0 },
		.kind = kind_of(t),
		.title = t->name,
		.locator = locator_of(a, &all, str_eq(t->type, STR("region")), str_eq(t->type, STR("region")) ? t->code : t->stone),
		.figures = territory_figures(a, t),
		.figures_note = arena_fmt(a, "Population : INSEE, code officiel géographique %lld. Une fiche d'une commune compte aussi dans son intercommunalité, son département, sa région. Catalyseurs et fiches : ce que nous connaissons.", (long long)t->vintage),
		.parents = parents,
		.choose = link_fmt(a, "/pres-de-moi?territoire=%.*s:%.*s", (int)t->type.n, t->type.p, (int)t->code.n, t->code.p),
		.choose_label = STR("Retenir ce lieu comme « chez moi »"),
		.contact = link_external(site_of(r)->contact),
		.formats_label = STR("Cette page ailleurs :"),
		.formats = formats_of(r),
	};
	v.lead = lead_of(a, t, &x.refs);
	lists_of(r, &x, &v);
	if ((e = moves_find(r, t, &v.moves)))
		return e;
	if ((e = map_region(r, t, &v.map)))
		return e;
	members_all(a, &x, &v);
	struct buf main;
	buf_init(&main, a, 65536);
	tpl_territory(&main, &v);
	struct str description = arena_fmt(a, "Qui relie les acteurs %.*s, quelles pratiques y sont nées, quels territoires l'entourent.", (int)t->name_in.n, t->name_in.p);
	struct view_layout layout = { .title = t->name, .description = description, .nav_territories = true, .head_search = true };
	/* Another choice of criteria is the same page, seen otherwise. */
	layout.canonical = link_fmt(a, "%.*s%.*s", (int)r->base.n, r->base.p, (int)self.n, self.p);
	layout.feed = (struct view_alternate){ STR("application/atom+xml"), STR("Les fiches d'ici, par Atom"),
		                               link_fmt(a, "/fiches.atom?territoire=%.*s:%.*s&tri=recent", (int)t->type.n, t->type.p,
		                                        (int)t->code.n, t->code.p) };
	return page_send(r, w, &layout, &main);
}
