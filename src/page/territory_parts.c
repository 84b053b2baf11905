#include "page/territory_parts.h"

/* What a kind of territory is called, and how its words agree. */
static const struct kind {
	const char *type, *one, *many, *this_one, *some;
	bool feminine;
} KINDS[] = {
	{ "commune", "commune", "communes", "celle-ci", "Des communes", true },
	{ "epci", "intercommunalité", "intercommunalités", "celle-ci", "Des intercommunalités", true },
	{ "departement", "département", "départements", "celui-ci", "Des départements", false },
	{ "region", "région", "régions", "celle-ci", "Des régions", true },
	{ "collectivite", "collectivité", "collectivités", "celle-ci", "Des collectivités", true },
};

static const struct kind *
kind_of(struct str type)
{
	for (size_t i = 0; i < sizeof(KINDS) / sizeof(*KINDS); i++)
		if (str_eq(type, str_of(KINDS[i].type)))
			return &KINDS[i];
	return &KINDS[0];
}

/* "12 autres communes", "aucune autre commune" */
static struct str
others_of(struct arena *a, const struct kind *k, int64_t n)
{
	if (n <= 0)
		return arena_fmt(a, "aucun%s autre %s", k->feminine ? "e" : "", k->one);
	struct str count = words_number(a, n);
	return arena_fmt(a, "%.*s autre%s %s", (int)count.n, count.p, n > 1 ? "s" : "", n > 1 ? k->many : k->one);
}

struct str
known_of(struct arena *a, int64_t sheets, int64_t catalysts)
{
	struct str s = words_count(a, sheets, "fiche", "fiches"), c = words_count(a, catalysts, "acteur connu", "acteurs connus");
	if (!catalysts)
		return s;
	return sheets ? arena_fmt(a, "%.*s, %.*s", (int)s.n, s.p, (int)c.n, c.p) : c;
}

/* The criteria chosen that were held, "« Densité » et « Population »", or let go, "ni « Densité » ni « Population »". */
static struct str
names_of(struct arena *a, const struct alike *x, bool held, size_t *ret_n)
{
	struct buf b;
	size_t n = 0, done = 0;
	buf_init(&b, a, 128);
	for (size_t i = 0; i < x->ncriteria; i++)
		n += x->criteria[i].chosen && x->criteria[i].value.n && x->criteria[i].used == held;
	for (size_t i = 0; i < x->ncriteria; i++) {
		const struct alike_criterion *c = &x->criteria[i];
		if (!c->chosen || !c->value.n || c->used != held)
			continue;
		const char *before = held ? (done == 0 ? "" : done + 1 == n ? " et " : ", ") : n == 1 ? "pas " : done == 0 ? "ni " : " ni ";
		buf_fmt(&b, "%s« %.*s »", before, (int)c->label.n, c->label.p);
		done++;
	}
	*ret_n = n;
	return buf_str(&b);
}

static struct str
lead_of(struct arena *a, const struct kind *k, const struct alike *x)
{
	size_t nheld, ngone;
	struct str held = names_of(a, x, true, &nheld), gone = names_of(a, x, false, &ngone), many = others_of(a, k, x->total);
	const char *e = k->feminine ? "e" : "";

	if (nheld + ngone == 0)
		return STR("De ces critères, nous ne savons rien ici. Choisissez-en d'autres.");
	if (x->with_content == 0)
		return x->total == 0 ? arena_fmt(a, "Aucun%s autre %s ne lui ressemble sur %s.", e, k->one, nheld > 1 ? "tous ces critères à la fois" : "ce critère")
		                     : arena_fmt(a, "%.*s lui ressemble%s sur %s. Nous n'y connaissons encore ni fiche ni catalyseur : essayez %s.",
		                                 (int)many.n, many.p, x->total > 1 ? "nt" : "", nheld > 1 ? "ces critères" : "ce critère",
		                                 nheld > 1 ? "avec moins de critères" : "un autre critère");
	struct str known = words_number(a, x->with_content);
	struct str end = x->total == 1 ? STR("nous y connaissons quelque chose")
	                 : x->with_content > 1 ? arena_fmt(a, "nous connaissons quelque chose dans %.*s d'entre %s", (int)known.n, known.p, k->feminine ? "elles" : "eux")
	                                       : arena_fmt(a, "nous connaissons quelque chose dans un%s seul%s", e, e);
	if (ngone == 0)
		return arena_fmt(a, "%.*s lui ressemble%s sur %s ; %.*s.", (int)many.n, many.p, x->total > 1 ? "nt" : "",
		                 nheld > 1 ? "tous ces critères" : "ce critère", (int)end.n, end.p);
	return arena_fmt(a, "Aucun%s %s qui réunit tous ces critères n'a encore de fiche chez nous. En gardant %.*s, mais %.*s, %.*s lui ressemble%s ; %.*s.",
	                 e, k->one, (int)held.n, held.p, (int)gone.n, gone.p, (int)many.n, many.p, x->total > 1 ? "nt" : "", (int)end.n, end.p);
}

struct view_alike
alike_view(struct arena *a, const struct territory *t, const struct alike *x)
{
	const struct kind *k = kind_of(t->type);
	struct view_criterion *c = arena_array(a, struct view_criterion, x->ncriteria);
	struct view_place *p = arena_array(a, struct view_place, x->nplaces);
	struct view_sheet_row *s = arena_array(a, struct view_sheet_row, x->nsheets);
	struct url self = link_territory(a, t->type, t->code, t->slug);
	struct buf unknown;

	if (x->ncriteria == 0)
		return (struct view_alike){ 0 };
	buf_init(&unknown, a, 64);
	for (size_t i = 0; i < x->ncriteria; i++) {
		const struct alike_criterion *from = &x->criteria[i];
		c[i] = (struct view_criterion){ .code = from->code,
			                        .label = from->label,
			                        .value = from->value.n ? from->value
			                                 : str_eq(from->code, STR("programme")) ? STR("aucun que nous connaissions ici")
			                                                                        : STR("inconnu de nous"),
			                        .note = from->note,
			                        .known = from->value.n > 0,
			                        .checked = from->chosen && from->value.n > 0,
			                        .let_go = from->chosen && !from->used && from->value.n > 0 && x->with_content > 0,
			                        .others = from->value.n ? others_of(a, k, from->others) : STR_NONE };
	}
	for (size_t i = 0; i < x->nplaces; i++) {
		const struct alike_place *from = &x->places[i];
		struct str known = known_of(a, from->sheets, from->catalysts);
		p[i] = place_of(a, &from->place);
		p[i].note = arena_fmt(a, "comme ici : %.*s. %.*s", (int)from->why.n, from->why.p, (int)known.n, known.p);
	}
	for (size_t i = 0; i < x->nsheets; i++) {
		const struct alike_sheet *from = &x->sheets[i];
		struct sheet_card card = { .id = from->id, .type = from->type, .slug = from->slug, .title = from->title, .summary = from->summary,
			                   .evidence = from->evidence, .verified_on = from->verified_on, .place = from->from.place };
		s[i] = row_sheet(a, &card);
		s[i].reason = arena_fmt(a, "Vient %.*s, comme ici : %.*s", (int)from->from.name_of.n, from->from.name_of.p, (int)from->from.why.n, from->from.why.p);
	}
	return (struct view_alike){
		.title = arena_fmt(a, "%s comme %s", k->some, k->this_one),
		.lead = lead_of(a, k, x),
		.action = link_fmt(a, "%.*s#comme", (int)self.n, self.p),
		.criteria = { c, x->ncriteria },
		.places = { p, x->nplaces },
		.places_note = x->with_content > (int64_t)x->nplaces ? arena_fmt(a, "Les %zu plus semblables sont montr%s.", x->nplaces, k->feminine ? "ées" : "és") : STR_NONE,
		.sheets_title = x->nsheets ? arena_fmt(a, "%s de là", x->nsheets > 1 ? "Fiches qui viennent" : "Une fiche qui vient") : STR_NONE,
		.sheets_note = x->total_sheets > (int64_t)x->nsheets ? arena_fmt(a, "%zu sur %lld", x->nsheets, (long long)x->total_sheets) : STR_NONE,
		.sheets = { s, x->nsheets },
	};
}

/* "ANCT, …, liste de 2024-02"; without a vintage, the day it was loaded here */
static struct str
source_of(struct arena *a, const struct programme *p)
{
	if (p->vintage.n)
		return arena_fmt(a, "%.*s, liste de %.*s", (int)p->source.n, p->source.p, (int)p->vintage.n, p->vintage.p);
	struct view_date day = words_date(a, p->loaded_on, true);
	return arena_fmt(a, "%.*s, liste sans date, chargée le %.*s", (int)p->source.n, p->source.p, (int)day.text.n, day.text.p);
}

struct view_programmes
programmes_view(struct arena *a, const struct territory *t, const struct programmes *list)
{
	struct view_programme *held = arena_array(a, struct view_programme, list->n);
	struct view_link *inside = arena_array(a, struct view_link, list->n);
	struct str inside_source = STR_NONE;
	size_t nheld = 0, ninside = 0;

	for (size_t i = 0; i < list->n; i++) {
		const struct programme *p = &list->p[i];
		struct url url = p->has_term ? link_fmt(a, "/fiches?dispositif=%.*s", (int)p->code.n, p->code.p) : (struct url){ NULL, 0 };
		if (str_eq(p->part, STR("dedans"))) {
			const struct kind *k = kind_of(p->place.type);
			struct str n = words_count(a, p->n, k->one, k->many);
			inside[ninside++] = (struct view_link){ arena_fmt(a, "%.*s : %.*s", (int)p->name.n, p->name.p, (int)n.n, n.p), url };
			inside_source = source_of(a, p);
			continue;
		}
		struct view_programme *v = &held[nheld++];
		bool same = p->label.n == 0 || str_eq(p->label, p->place.name);
		*v = (struct view_programme){ .name = p->name, .url = url, .label = same ? STR_NONE : p->label,
			                      .signed_on = words_date(a, p->signed_on, true), .period = p->period,
			                      .link = link_external(p->url), .source = source_of(a, p) };
		if (str_eq(p->part, STR("autour")))
			v->holder = (struct view_link){ p->place.name, link_territory(a, p->place.type, p->place.code, p->place.slug) };
	}
	return (struct view_programmes){
		.title = nheld + ninside ? STR("Programmes") : STR_NONE,
		.held = { held, nheld },
		.inside_title = ninside ? arena_fmt(a, "Les territoires %.*s qui en sont", (int)t->name_of.n, t->name_of.p) : STR_NONE,
		.inside = { inside, ninside },
		.inside_source = inside_source,
	};
}
