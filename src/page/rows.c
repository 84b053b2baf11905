#include "page/page.h"

#include "text/excerpt.h"

struct view_cote
cote_of(struct arena *a, struct str type, int64_t id)
{
	const struct sheet_kind *k = sheet_kind_of(type);
	return (struct view_cote){ str_of(k->letter), str_of(k->name), words_cote(a, type, id) };
}

struct view_evidence
evidence_of(int level)
{
	if (level < 0 || level > 4)
		level = 0;
	return (struct view_evidence){ level, str_of(SHEET_EVIDENCE_NAMES[level]) };
}

/* Overseas a région is one département, whose code everyone knows: 04 would be that of another. */
static struct str
stone_of(const struct place_ref *p)
{
	static const char *const codes[][2] = { { "01", "971" }, { "02", "972" }, { "03", "973" }, { "04", "974" }, { "06", "976" } };
	if (str_eq(p->type, STR("region")))
		for (size_t i = 0; i < sizeof(codes) / sizeof(*codes); i++)
			if (str_eq(p->stone, str_of(codes[i][0])))
				return str_of(codes[i][1]);
	return p->stone;
}

struct view_place
place_of(struct arena *a, const struct place_ref *p)
{
	if (str_eq(p->type, STR("pays")))
		return (struct view_place){ .code = STR("FR"), .name = STR("Partout en France") };
	return (struct view_place){ .code = stone_of(p), .name = p->name, .url = link_territory(a, p->type, p->code, p->slug) };
}

struct view_place
place_of_territory(struct arena *a, const struct territory *t)
{
	struct place_ref p = { t->type, t->code, t->slug, t->name, t->stone };
	return place_of(a, &p);
}

struct view_place
row_place(struct arena *a, const struct territory_ref *t)
{
	struct place_ref p = { t->type, t->code, t->slug, t->name, t->stone };
	return place_of(a, &p);
}

struct view_place
row_place_found(struct arena *a, const struct territory_ref *t)
{
	struct view_place p = row_place(a, t);
	struct str departement = p.code.n ? arena_fmt(a, ", %.*s", (int)p.code.n, p.code.p) : STR_NONE; /* several bear one name */

	p.note = str_eq(t->type, STR("commune"))       ? arena_fmt(a, "commune%.*s", (int)departement.n, departement.p)
	         : str_eq(t->type, STR("epci"))        ? arena_fmt(a, "intercommunalité%.*s", (int)departement.n, departement.p)
	         : str_eq(t->type, STR("departement")) ? STR("département")
	         : str_eq(t->type, STR("region"))      ? STR("région")
	         : str_eq(t->type, STR("pays"))        ? STR_NONE
	                                               : STR("collectivité d’outre-mer");
	return p;
}

static struct html
passage_of(struct arena *a, const struct sheet_card *c)
{
	static const struct {
		const char *facet, *legend;
	} own[] = { { "acteur", "Avec" }, { "activite", "Activité" }, { "cooperation", "Forme de coopération" } }; /* these narrow no list */
	struct str legend = filters_legend(c->found_facet);
	for (size_t i = 0; i < sizeof(own) / sizeof(*own); i++)
		if (str_eq(c->found_facet, str_of(own[i].facet)))
			legend = str_of(own[i].legend);
	if (legend.n == 0)
		return excerpt_html(a, c->found_passage);
	return excerpt_html(a, arena_fmt(a, "%.*s : %.*s", (int)legend.n, legend.p, (int)c->found_passage.n, c->found_passage.p));
}

struct view_sheet_row
row_sheet(struct arena *a, const struct sheet_card *c)
{
	struct view_place place = place_of(a, &c->place);
	if (c->national && !str_eq(c->place.type, STR("pays")))
		place.name = arena_fmt(a, "%.*s, et partout", (int)place.name.n, place.name.p);
	place.url = (struct url){ NULL, 0 };
	struct str km = c->has_distance ? words_km(a, c->distance_km) : STR_NONE;
	if (km.n && (str_eq(c->place.type, STR("departement")) || str_eq(c->place.type, STR("region")))) /* from its middle */
		km = arena_fmt(a, "environ %.*s", (int)km.n, km.p);
	return (struct view_sheet_row){
		.cote = cote_of(a, c->type, c->id),
		.title = c->title,
		.url = link_sheet(a, c->id, c->slug),
		.summary = c->summary,
		.summary_found = excerpt_html(a, c->found_summary),
		.passage = passage_of(a, c),
		.place = place,
		.evidence = evidence_of(c->evidence),
		.verified = words_date(a, c->verified_on, false),
		.reason = !c->has_distance ? STR_NONE
		          : c->place_of.n  ? arena_fmt(a, "Vient %.*s, à %.*s", (int)c->place_of.n, c->place_of.p, (int)km.n, km.p)
		                           : arena_fmt(a, "à %.*s", (int)km.n, km.p),
	};
}

struct view_sheet_rows
rows_sheets(struct arena *a, const struct sheet_card *p, size_t n)
{
	struct view_sheet_row *rows = arena_array(a, struct view_sheet_row, n);
	for (size_t i = 0; i < n; i++)
		rows[i] = row_sheet(a, &p[i]);
	return (struct view_sheet_rows){ rows, n };
}

struct view_catalyst_row
row_catalyst(struct arena *a, const struct catalyst_card *c)
{
	bool town = str_eq(c->precision, STR("commune"));
	bool here = c->rank <= RANK_AREA_INSIDE || (c->rank == RANK_SEAT_INSIDE && town);
	struct view_catalyst_row row = {
		.name = c->name,
		.url = link_catalyst(a, c->id, c->slug),
		.place = place_of(a, &c->seat),
		.here = here,
		.reason = c->rank == RANK_NONE ? STR_NONE : catalyst_reason(a, c), /* the row says how far */
		.reason_area = c->rank <= RANK_AREA_INSIDE || c->rank == RANK_NATIONAL,
		.detail = c->practices.n ? arena_fmt(a, "%.*s.", (int)c->practices.n, c->practices.p) : c->summary,
		.source = { c->source_label, link_external(c->source_url) },
		/* A summary says it by itself; the practices alone do not. */
		.actor = str_eq(c->kind, STR("acteur")) && (c->practices.n > 0 || c->summary.n == 0),
	};
	row.place.url = (struct url){ NULL, 0 };
	if (row.detail.n && memmem(row.detail.p, row.detail.n, "Rien ne dit", 11)) /* the summary says it already */
		row.actor = false;
	if (here)
		row.sign = STR("Ici");
	else if (!c->near && (c->national || str_eq(c->precision, STR("national"))))
		row.sign = STR("Partout");
	else if (c->has_distance)
		row.sign = words_km(a, c->distance_km);
	else if (c->rank != RANK_NONE || row.place.code.n == 0)
		row.unknown = true;
	if (row.sign.n == 0 && row.place.code.n == 0)
		row.sign_note = STR("lieu inconnu de nous");
	else if (row.unknown || (!town && !c->national && row.sign.n == 0))
		row.sign_note = STR("commune inconnue de nous");
	else if (row.sign.n && town && c->seat_in.n)
		row.sign_note = c->has_distance && !here && c->rank != RANK_NONE /* else the heading of the nearest says it for all */
		                        ? arena_fmt(a, "%.*s, à\u00a0vol\u00a0d'oiseau", (int)c->seat_in.n, c->seat_in.p)
		                        : c->seat_in;
	return row;
}

struct view_catalyst_rows
rows_catalysts(struct arena *a, const struct catalyst_card *p, size_t n)
{
	struct view_catalyst_row *rows = arena_array(a, struct view_catalyst_row, n);
	for (size_t i = 0; i < n; i++)
		rows[i] = row_catalyst(a, &p[i]);
	return (struct view_catalyst_rows){ rows, n };
}
