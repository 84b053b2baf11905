#include "model/sheet.h"

#include "model/search.h"
#include "text/json.h"
#include "web/revision.h"

const struct sheet_kind SHEET_KINDS[5] = {
	{ "methode", "m", "Méthode", "Méthodes", "Comment faire, étape par étape" },
	{ "exemple", "e", "Exemple", "Exemples", "Ce que d'autres ont fait, où, avec qui" },
	{ "donnee", "d", "Donnée", "Données", "Des chiffres, avec la question posée et l'année" },
	{ "outil", "o", "Outil", "Outils", "À imprimer, à remplir, à réutiliser" },
	{ "competence", "c", "Compétence", "Compétences", "Ce qu'il faut savoir, et comment l'apprendre" },
};
const char *const SHEET_EVIDENCE_CODES[5] = { "cite", "temoignage", "documente", "evalue", "replique" };
const char *const SHEET_EVIDENCE_NAMES[5] = { "Cité seulement", "Témoignage", "Documenté", "Évalué", "Répliqué" };

/* The text sections of each kind, in the order of the page (the same as the table sheet_section). */
static const struct {
	const char *type, *key, *label;
} sections[] = {
	{ "methode", "duree", "Durée" },
	{ "methode", "prerequis", "Avant de commencer" },
	{ "methode", "avec_qui", "Avec qui" },
	{ "methode", "restitution", "Ce qu'il en reste" },
	{ "methode", "pieges", "Ce qui peut coincer" },
	{ "methode", "boite_a_outils", "Boîte à outils" },
	{ "exemple", "contexte", "Le contexte" },
	{ "exemple", "besoin", "Le besoin" },
	{ "exemple", "acteurs", "Qui fait quoi" },
	{ "exemple", "gouvernance", "Comment on décide" },
	{ "exemple", "moyens", "Les moyens" },
	{ "exemple", "resultats", "Ce que cela a donné" },
	{ "exemple", "freins", "Ce qui freine, ce qui aide" },
	{ "exemple", "transferabilite", "Refaire ailleurs" },
	{ "exemple", "verbatim", "Ce qu'on en dit" },
	{ "donnee", "indicateur", "Ce qui est mesuré" },
	{ "donnee", "population", "Qui a répondu" },
	{ "donnee", "question", "La question posée" },
	{ "donnee", "unite", "L'unité" },
	{ "donnee", "annee", "L'année" },
	{ "donnee", "producteur", "Qui l'a produite" },
	{ "donnee", "methode", "La méthode d'enquête" },
	{ "donnee", "limites", "À lire avec prudence" },
	{ "donnee", "lecture", "Comment la lire" },
	{ "outil", "usage", "À quoi il sert" },
	{ "outil", "format", "Le format" },
	{ "outil", "taille_groupe", "Pour combien de personnes" },
	{ "outil", "difficulte", "La difficulté" },
	{ "outil", "deroule", "Comment s'en servir" },
	{ "outil", "teste_par", "Qui l'a essayé" },
	{ "competence", "savoirs", "Ce qu'il faut savoir faire" },
	{ "competence", "niveau", "Du premier pas à l'aisance" },
	{ "competence", "formation", "Comment l'apprendre" },
	{ "competence", "duree", "Durée" },
	{ "competence", "certification", "Certification" },
	{ "competence", "contact", "Qui contacter" },
};

const struct sheet_kind *
sheet_kind_of(struct str code)
{
	for (size_t i = 0; i < 5; i++)
		if (str_eq(code, str_of(SHEET_KINDS[i].code)))
			return &SHEET_KINDS[i];
	return &SHEET_KINDS[0];
}

static struct db_arg
levels(struct arena *a, struct strs codes)
{
	int64_t v[5];
	size_t n = 0;
	for (size_t i = 0; i < codes.n && n < 5; i++)
		for (int k = 0; k < 5; k++)
			if (str_eq(codes.p[i], str_of(SHEET_EVIDENCE_CODES[k])) && n < 5)
				v[n++] = k;
	return db_arg_ints(a, v, n);
}

/* A large base is answered by sheet_list_wide: the same columns, some counts near ones (docs/design/echelle.md). */
enum { WIDE_ASK_S = 60 };
_Static_assert((int)COL_SHEET_LIST_O2 == (int)COL_SHEET_LIST_WIDE_O2, "read with the same numbers");

enum err
sheet_base_wide(struct db *db, struct arena *a, bool *ret)
{
	static _Thread_local struct {
		struct kept kept;
		bool wide;
	} known;
	if (!kept_good(&known.kept, OF(fiche), WIDE_ASK_S)) {
		struct kept kept;
		kept_mark(&kept, OF(fiche));
		struct db_rows r;
		enum err e = db_run(db, a, QUERY_SHEET_WIDE_SIZE, NULL, 0, &r);
		if (e)
			return e;
		known.wide = db_bool(&r, 0, COL_SHEET_WIDE_SIZE_WIDE);
		known.kept = kept;
	}
	*ret = known.wide;
	return ERR_NONE;
}

static enum err
list_read(struct db *db, struct arena *a, const struct list_query *q, struct sheet_list *ret)
{
	struct db_rows r;
	bool wide;
	enum err e = sheet_base_wide(db, a, &wide);
	if (e)
		return e;
	e = db_run(db, a, wide ? QUERY_SHEET_LIST_WIDE : QUERY_SHEET_LIST,
	                    DB_ARGS(db_arg_opt(q->q), list_query_texts(a, q->types), list_query_texts(a, q->themes),
	                            list_query_texts(a, q->odds), list_query_texts(a, q->pratiques),
	                            list_query_texts(a, q->parcours), list_query_texts(a, q->profils),
	                            list_query_texts(a, q->maturites), list_query_texts(a, q->dispositifs),
	                            list_query_texts(a, q->espaces), list_query_texts(a, q->territoires),
	                            levels(a, q->preuves), db_arg_opt(q->verifie_depuis), db_arg_opt(q->modifie_depuis),
	                            db_arg_opt(q->lat), db_arg_opt(q->lon), db_arg_opt(q->rayon), db_arg_opt(q->tri),
	                            db_arg_int(a, q->taille), db_arg_int(a, list_query_offset(q)), db_arg_opt(q->bbox),
	                            db_arg_opt(q->apres)),
	                    &r);
	if (e)
		return e;
	struct facet_count *facets = arena_alloc_raw(a, r.nrows * sizeof(*facets)); /* each is written whole, of both */
	struct sheet_card *cards = arena_alloc_raw(a, r.nrows * sizeof(*cards));
	struct sheet_list list = { 0 };
	for (size_t i = 0; i < r.nrows; i++) {
		struct str facet = db_text(&r, i, COL_SHEET_LIST_FACET);
		if (facet.n) {
			facet_counts_add(&list.facets, facets,
			                 (struct facet_count){ facet, db_text(&r, i, COL_SHEET_LIST_CODE),
			                                       db_text(&r, i, COL_SHEET_LIST_LABEL), db_text(&r, i, COL_SHEET_LIST_PARENT),
			                                       db_int(&r, i, COL_SHEET_LIST_N), db_bool(&r, i, COL_SHEET_LIST_ABOUT) });
			continue;
		}
		cards[list.n++] = (struct sheet_card){
			.id = db_int(&r, i, COL_SHEET_LIST_ID),
			.version = db_int(&r, i, COL_SHEET_LIST_VERSION),
			.type = db_text(&r, i, COL_SHEET_LIST_TYPE),
			.slug = db_text(&r, i, COL_SHEET_LIST_SLUG),
			.title = db_text(&r, i, COL_SHEET_LIST_TITLE),
			.summary = db_text(&r, i, COL_SHEET_LIST_SUMMARY),
			.origin = db_text(&r, i, COL_SHEET_LIST_ORIGIN),
			.evidence = (int)db_int(&r, i, COL_SHEET_LIST_EVIDENCE),
			.verified_on = db_text(&r, i, COL_SHEET_LIST_VERIFIED_ON),
			.created_at = db_text(&r, i, COL_SHEET_LIST_CREATED_AT),
			.modified_at = db_text(&r, i, COL_SHEET_LIST_MODIFIED_AT),
			.licence = db_text(&r, i, COL_SHEET_LIST_LICENCE),
			.language = db_text(&r, i, COL_SHEET_LIST_LANGUAGE),
			.here = db_bool(&r, i, COL_SHEET_LIST_HERE),
			.national = db_bool(&r, i, COL_SHEET_LIST_NATIONAL),
			.place = { db_text(&r, i, COL_SHEET_LIST_PLACE_TYPE), db_text(&r, i, COL_SHEET_LIST_PLACE_CODE),
			           db_text(&r, i, COL_SHEET_LIST_PLACE_SLUG), db_text(&r, i, COL_SHEET_LIST_PLACE_NAME),
			           db_text(&r, i, COL_SHEET_LIST_STONE) },
			.point = { !db_is_null(&r, i, COL_SHEET_LIST_LON), db_real(&r, i, COL_SHEET_LIST_LON),
			           db_real(&r, i, COL_SHEET_LIST_LAT) },
			.ref = db_text(&r, i, COL_SHEET_LIST_REF),
			.source_label = db_text(&r, i, COL_SHEET_LIST_SOURCE_LABEL),
			.source_url = db_text(&r, i, COL_SHEET_LIST_SOURCE_URL),
			.has_distance = !db_is_null(&r, i, COL_SHEET_LIST_DISTANCE_KM),
			.distance_km = db_real(&r, i, COL_SHEET_LIST_DISTANCE_KM),
		};
	}
	facet_counts_walk(&list.facets, q, &list.n, list.n > 1 ? cards[list.n - 2].id : 0);
	list.p = cards;
	*ret = list;
	return ERR_NONE;
}

enum err
sheet_total(struct db *db, struct arena *a, const struct list_query *q, int64_t *ret)
{
	struct sheet_list list;
	enum err e = list_read(db, a, q, &list);
	if (!e)
		*ret = list.facets.total;
	return e;
}

enum err
sheet_search(struct db *db, struct arena *a, const struct list_query *q, struct sheet_list *ret)
{
	struct search_note note;
	struct list_query other = *q;
	struct sheet_list list;
	bool some, wide;
	enum err e = list_read(db, a, q, ret);
	if (e || (e = search_instead(db, a, q, ret->facets.total, sheet_total, &note)))
		return e;
	if (note.instead.n == 0) {
		/* Of a large base, few are enough, and which come first is told otherwise. */
		if ((e = sheet_base_wide(db, a, &wide)) || wide || (e = search_wider(db, a, q, ret->facets.total, sheet_total, &note)) || note.wider.n == 0)
			return e;
		other.q = note.wider;
		if ((e = list_read(db, a, &other, &list)))
			return e;
		note.others = list.facets.total - note.found;
		*ret = list;
		ret->facets.search = note;
		return ERR_NONE;
	}
	/* What they find may be catalysts alone: of sheets most of these words are enough, or any. */
	struct str words = note.instead;
	struct str again[] = { words, arena_fmt(a, "~ %.*s", (int)words.n, words.p), search_any(a, words) };
	size_t tries = words.p[0] == '~' || str_eq(note.reason, STR("un")) ? 1 : 3;
	for (size_t i = 0; i < tries && again[i].n > 0; i++) {
		other.q = again[i];
		if ((e = list_read(db, a, &other, &list)) || (e = search_alone(db, a, &other, list.facets.total, sheet_total, &some)))
			return e;
		if (!some)
			continue;
		note.instead = other.q;
		note.nothing = list.facets.total == 0;
		*ret = list;
		ret->facets.search = note;
		break;
	}
	return ERR_NONE;
}

enum err
sheet_meant(struct db *db, struct arena *a, const struct list_query *q, struct sheet_list *list)
{
	const struct search_note *n = &list->facets.search;
	return search_meant(db, a, q, n->wider.n ? n->found : list->facets.total, sheet_total, &list->facets.search);
}

enum err
sheet_nearest(struct db *db, struct arena *a, int64_t territory_id, int64_t n, struct sheet_list *ret)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_SHEET_NEAR, DB_ARGS(db_arg_int(a, territory_id), db_arg_int(a, n)), &r);
	if (e)
		return e;
	while (r.nrows > 0 && db_real(&r, r.nrows - 1, COL_SHEET_NEAR_DISTANCE_KM) > LIST_NEAR_KM)
		r.nrows--;
	struct sheet_card *cards = arena_array(a, struct sheet_card, r.nrows);
#define CELL(name) db_text(&r, i, COL_SHEET_NEAR_##name)
	for (size_t i = 0; i < r.nrows; i++)
		cards[i] = (struct sheet_card){
			.id = db_int(&r, i, COL_SHEET_NEAR_ID),
			.version = db_int(&r, i, COL_SHEET_NEAR_VERSION),
			.type = CELL(TYPE),
			.slug = CELL(SLUG),
			.title = CELL(TITLE),
			.summary = CELL(SUMMARY),
			.origin = CELL(ORIGIN),
			.evidence = (int)db_int(&r, i, COL_SHEET_NEAR_EVIDENCE),
			.verified_on = CELL(VERIFIED_ON),
			.created_at = CELL(CREATED_AT),
			.modified_at = CELL(MODIFIED_AT),
			.licence = CELL(LICENCE),
			.language = CELL(LANGUAGE),
			.national = db_bool(&r, i, COL_SHEET_NEAR_NATIONAL),
			.place = { CELL(PLACE_TYPE), CELL(PLACE_CODE), CELL(PLACE_SLUG), CELL(PLACE_NAME), CELL(STONE) },
			.place_of = CELL(PLACE_OF),
			.point = { true, db_real(&r, i, COL_SHEET_NEAR_LON), db_real(&r, i, COL_SHEET_NEAR_LAT) },
			.ref = CELL(REF),
			.source_label = CELL(SOURCE_LABEL),
			.source_url = CELL(SOURCE_URL),
			.has_distance = true,
			.distance_km = db_real(&r, i, COL_SHEET_NEAR_DISTANCE_KM),
		};
#undef CELL
	*ret = (struct sheet_list){ .p = cards, .n = r.nrows, .facets = { .total = (int64_t)r.nrows } };
	return ERR_NONE;
}

void
sheet_sections_read(struct arena *a, struct sheet *s)
{
	const struct json *doc;
	s->nsteps = s->nvalues = s->nsections = 0;
	s->steps_prose = STR_NONE;
	if (json_parse(a, s->sections_json, &doc) != ERR_NONE)
		return; /* the schema keeps sections readable; an unreadable one shows an empty sheet, not an error */
	const struct json *list = json_get(doc, "etapes");
	s->steps_prose = json_text(list);
	if (s->steps_prose.n)
		list = NULL;
	struct sheet_step *steps = arena_array(a, struct sheet_step, json_len(list));
	for (const struct json *v = json_first(list); v; v = json_next(v))
		steps[s->nsteps++] = (struct sheet_step){ json_text(json_get(v, "titre")), json_text(json_get(v, "duree")),
			                                  json_text(json_get(v, "texte")), json_text(json_get(v, "boite")) };
	s->steps = steps;
	list = json_get(doc, "valeurs");
	struct sheet_value *values = arena_array(a, struct sheet_value, json_len(list));
	for (const struct json *v = json_first(list); v; v = json_next(v))
		values[s->nvalues++] = (struct sheet_value){ json_text(json_get(v, "libelle")), json_text(json_get(v, "valeur")),
			                                     json_text(json_get(v, "unite")), json_text(json_get(v, "annee")),
			                                     json_text(json_get(v, "territoire")) };
	s->values = values;
	struct sheet_section *out = arena_array(a, struct sheet_section, sizeof(sections) / sizeof(*sections));
	for (size_t i = 0; i < sizeof(sections) / sizeof(*sections); i++) {
		if (!str_eq(s->type, str_of(sections[i].type)))
			continue;
		struct str text = json_text(json_get(doc, sections[i].key));
		if (text.n)
			out[s->nsections++] =
			        (struct sheet_section){ str_of(sections[i].key), str_of(sections[i].label), text };
	}
	s->sections = out;
}

bool
sheet_section_at(struct str type, size_t *at, struct sheet_section *ret)
{
	while (*at < sizeof(sections) / sizeof(*sections) && !str_eq(type, str_of(sections[*at].type)))
		++*at;
	if (*at == sizeof(sections) / sizeof(*sections))
		return false;
	*ret = (struct sheet_section){ str_of(sections[*at].key), str_of(sections[*at].label), STR_NONE };
	++*at;
	return true;
}

struct str
sheet_author_name(const struct sheet_part *p)
{
	return p->label.n ? p->label : STR("contributeur supprimé");
}

struct attachment
sheet_attachment(const struct sheet_part *p)
{
	struct attachment f = { .id = p->n, .name = p->slug, .label = p->label, .alt = p->note, .type = p->origin, .hash = p->code, .small_hash = p->url, .public = true };

	for (size_t i = 0; i < p->who.n; i++)
		f.size = f.size * 10 + (p->who.p[i] - '0');
	if (p->point.known)
		f.width = (int)p->point.lon, f.height = (int)p->point.lat;
	return f;
}

struct str
sheet_text(const struct sheet *s, const char *key)
{
	for (size_t i = 0; i < s->nsections; i++)
		if (str_eq(s->sections[i].key, str_of(key)))
			return s->sections[i].text;
	return STR_NONE;
}

/* ERR_GONE only when wanted_public. */
static enum err
find(struct db *db, struct arena *a, int64_t id, bool wanted_public, struct sheet *ret)
{
	struct db_rows r;
	enum err e = db_run(db, a, QUERY_SHEET_FIND, DB_ARGS(db_arg_int(a, id)), &r);
	if (e)
		return e;
	if (r.nrows == 0 || (wanted_public && str_eq(db_text(&r, 0, COL_SHEET_FIND_STATE), STR("brouillon"))))
		return ERR_NOT_FOUND;
	struct str state = db_text(&r, 0, COL_SHEET_FIND_STATE);
	if (wanted_public && !str_eq(state, STR("publiee")) && !str_eq(state, STR("a_actualiser")) && !str_eq(state, STR("archivee")))
		return db_int(&r, 0, COL_SHEET_FIND_VERSION) > 0 ? ERR_GONE : ERR_NOT_FOUND;
	struct sheet s = {
		.id = id,
		.version = db_int(&r, 0, COL_SHEET_FIND_VERSION),
		.source_year = db_int(&r, 0, COL_SHEET_FIND_SOURCE_YEAR),
		.maturity_min = db_int(&r, 0, COL_SHEET_FIND_MATURITY_MIN),
		.maturity_max = db_int(&r, 0, COL_SHEET_FIND_MATURITY_MAX),
		.ref = db_text(&r, 0, COL_SHEET_FIND_REF),
		.type = db_text(&r, 0, COL_SHEET_FIND_TYPE),
		.slug = db_text(&r, 0, COL_SHEET_FIND_SLUG),
		.title = db_text(&r, 0, COL_SHEET_FIND_TITLE),
		.summary = db_text(&r, 0, COL_SHEET_FIND_SUMMARY),
		.licence = db_text(&r, 0, COL_SHEET_FIND_LICENCE),
		.language = db_text(&r, 0, COL_SHEET_FIND_LANGUAGE),
		.state = state,
		.origin = db_text(&r, 0, COL_SHEET_FIND_ORIGIN),
		.structure = db_text(&r, 0, COL_SHEET_FIND_STRUCTURE),
		.source_label = db_text(&r, 0, COL_SHEET_FIND_SOURCE_LABEL),
		.source_url = db_text(&r, 0, COL_SHEET_FIND_SOURCE_URL),
		.source_publisher = db_text(&r, 0, COL_SHEET_FIND_SOURCE_PUBLISHER),
		.verified_on = db_text(&r, 0, COL_SHEET_FIND_VERIFIED_ON),
		.created_at = db_text(&r, 0, COL_SHEET_FIND_CREATED_AT),
		.modified_at = db_text(&r, 0, COL_SHEET_FIND_MODIFIED_AT),
		.evidence = (int)db_int(&r, 0, COL_SHEET_FIND_EVIDENCE),
		.sections_json = db_text(&r, 0, COL_SHEET_FIND_SECTIONS),
	};
	sheet_sections_read(a, &s);
	struct db_rows p;
	if ((e = db_run(db, a, QUERY_SHEET_PARTS, DB_ARGS(db_arg_int(a, id)), &p)))
		return e;
	struct sheet_part *parts = arena_array(a, struct sheet_part, p.nrows);
	for (size_t i = 0; i < p.nrows; i++)
		parts[i] = (struct sheet_part){
			.part = db_text(&p, i, COL_SHEET_PARTS_PART),     .scheme = db_text(&p, i, COL_SHEET_PARTS_SCHEME),
			.code = db_text(&p, i, COL_SHEET_PARTS_CODE),     .slug = db_text(&p, i, COL_SHEET_PARTS_SLUG),
			.label = db_text(&p, i, COL_SHEET_PARTS_LABEL),   .url = db_text(&p, i, COL_SHEET_PARTS_URL),
			.note = db_text(&p, i, COL_SHEET_PARTS_NOTE),     .date = db_text(&p, i, COL_SHEET_PARTS_DATE),
			.origin = db_text(&p, i, COL_SHEET_PARTS_ORIGIN), .n = db_int(&p, i, COL_SHEET_PARTS_N),
			.who = db_text(&p, i, COL_SHEET_PARTS_WHO),
			.point = { !db_is_null(&p, i, COL_SHEET_PARTS_LON), db_real(&p, i, COL_SHEET_PARTS_LON),
			           db_real(&p, i, COL_SHEET_PARTS_LAT) },
		};
	s.parts = parts;
	s.nparts = p.nrows;
	*ret = s;
	return ERR_NONE;
}

enum err
sheet_find(struct db *db, struct arena *a, int64_t id, struct sheet *ret)
{
	return find(db, a, id, true, ret);
}

enum err
sheet_find_any(struct db *db, struct arena *a, int64_t id, struct sheet *ret)
{
	return find(db, a, id, false, ret);
}

struct sheet_card
sheet_card_of(const struct sheet *s)
{
	struct sheet_card c = {
		.id = s->id,
		.version = s->version,
		.type = s->type,
		.slug = s->slug,
		.title = s->title,
		.summary = s->summary,
		.origin = s->origin,
		.evidence = s->evidence,
		.verified_on = s->verified_on,
		.created_at = s->created_at,
		.modified_at = s->modified_at,
		.licence = s->licence,
		.language = s->language,
		.ref = s->ref,
		.source_label = s->source_label,
		.source_url = s->source_url,
	};
	const struct sheet_part *first = NULL;
	for (size_t i = 0; i < s->nparts; i++) {
		const struct sheet_part *p = &s->parts[i];
		if (!str_eq(p->part, STR("place")))
			continue;
		bool nation = str_eq(p->scheme, STR("pays"));
		c.national = c.national || nation;
		if (!first || (!nation && (str_eq(first->scheme, STR("pays")) || p->n < first->n)))
			first = p;
	}
	if (first) {
		c.place = (struct place_ref){ first->scheme, first->code, first->slug, first->label, first->url };
		c.point = first->point;
	}
	return c;
}
