#include "model/sheet_import_field.h"
#include "text/frontmatter.h"
#include "text/slug.h"
#include "text/utf8.h"

#include <stdio.h>
#include <stdlib.h>

#define SECTION(key, slugs) { "section_" key, "section-" slugs, IMPORT_SECTION, key, 0, 20000 }
/* A table of ours comes back: its columns are here under their own names. Those of vocabularies are named as in sql/reference/fiches. */
static const struct import_field fields[] = {
	{ "source_id", "source-id|id-source|identifiant-source|identifiant|cle", IMPORT_KEY, "", 1, 120 },
	{ "reference", "reference|ref", IMPORT_REF, "", 1, 120 },
	{ "id", "id|numero", IMPORT_NUMBER, "", 1, 120 },
	{ "type", "type|sorte|categorie", IMPORT_TYPE, "", 0, 0 },
	{ "titre", "titre|title|nom|intitule", IMPORT_TEXT, "titre", 3, 200 },
	{ "chapo", "chapo|resume|accroche|summary|description", IMPORT_TEXT, "chapo", 1, 300 },
	{ "preuve", "preuve|niveau-de-preuve", IMPORT_EVIDENCE, "", 0, 0 },
	{ "licence", "licence", IMPORT_TEXT, "licence", 2, 40 },
	{ "langue", "langue", IMPORT_LANGUAGE, "", 0, 0 },
	{ "source", "source|source-libelle|source-label", IMPORT_SOURCE, "libelle", 1, 300 },
	{ "source_url", "source-url|source-adresse|url|lien|adresse-web", IMPORT_SOURCE, "adresse", 1, 2000 },
	{ "source_editeur", "source-editeur|editeur", IMPORT_SOURCE, "editeur", 1, 200 },
	{ "source_annee", "source-annee|annee-de-publication", IMPORT_SOURCE, "annee", 4, 4 },
	{ "territoire", "territoire|territoires|commune|communes|departement|departements|region|code-postal|lieu|localisation", IMPORT_PLACES, "", 0, 0 },
	{ "territoire_type", "territoire-type", IMPORT_PLACE_TYPE, "", 0, 0 },
	{ "territoire_code", "territoire-code|code-insee|insee", IMPORT_PLACE_CODE, "", 0, 0 },
	{ "territoire_nom", "territoire-nom", IMPORT_PLACE_NAME, "", 0, 0 },
	{ "valable_partout", "valable-partout|national", IMPORT_NATIONAL, "", 0, 0 },
	{ "themes", "themes|theme|thematique|thematiques", IMPORT_TERMS, "theme", 0, 0 },
	{ "odd", "odd|odds", IMPORT_TERMS, "odd", 0, 0 },
	{ "pratiques", "pratiques|pratique", IMPORT_TERMS, "pratique", 0, 0 },
	{ "activites", "activites|activite", IMPORT_TERMS, "activite", 0, 0 },
	{ "parcours", "parcours", IMPORT_TERMS, "parcours", 0, 0 },
	{ "profils", "profils|profil", IMPORT_TERMS, "profil", 0, 0 },
	{ "dispositifs", "dispositifs|dispositif", IMPORT_TERMS, "dispositif", 0, 0 },
	{ "ingenieries", "ingenieries|ingenierie", IMPORT_TERMS, "ingenierie", 0, 0 },
	{ "principes", "principes|principe", IMPORT_TERMS, "principe", 0, 0 },
	{ "modalites", "modalites|modalite", IMPORT_TERMS, "modalite", 0, 0 },
	{ "moyens", "moyens|moyen", IMPORT_TERMS, "moyen", 0, 0 },
	{ "cooperations", "cooperations|cooperation", IMPORT_TERMS, "cooperation", 0, 0 },
	{ "evaluations", "evaluations|evaluation", IMPORT_TERMS, "evaluation", 0, 0 },
	{ "termes", "termes|mots-cles", IMPORT_TERMS, "", 0, 0 },
	{ "maturite", "maturite", IMPORT_MATURITY, "", 0, 0 },
	{ "structure", "structure|organisme", IMPORT_STRUCTURE, "", 0, 200 },
	SECTION("duree", "duree|duree"), SECTION("prerequis", "prerequis|prerequis"), SECTION("avec_qui", "avec-qui|avec-qui"),
	SECTION("etapes", "etapes|etapes"), SECTION("restitution", "restitution|restitution"), SECTION("pieges", "pieges|pieges"),
	SECTION("boite_a_outils", "boite-a-outils|boite-a-outils"), SECTION("contexte", "contexte|contexte"), SECTION("besoin", "besoin|besoin"),
	SECTION("acteurs", "acteurs|acteurs"), SECTION("gouvernance", "gouvernance|gouvernance"), SECTION("moyens", "moyens"),
	SECTION("resultats", "resultats|resultats"), SECTION("freins", "freins|freins"), SECTION("transferabilite", "transferabilite|transferabilite"),
	SECTION("verbatim", "verbatim|verbatim"), SECTION("indicateur", "indicateur|indicateur"), SECTION("population", "population|population"),
	SECTION("question", "question|question"), SECTION("unite", "unite|unite"), SECTION("valeurs", "valeurs|valeurs"), SECTION("annee", "annee|annee"),
	SECTION("producteur", "producteur|producteur"), SECTION("methode", "methode|methode"), SECTION("limites", "limites|limites"),
	SECTION("lecture", "lecture|lecture"), SECTION("usage", "usage|usage"), SECTION("format", "format|format"),
	SECTION("taille_groupe", "taille-groupe|taille-groupe"), SECTION("difficulte", "difficulte|difficulte"), SECTION("deroule", "deroule|deroule"),
	SECTION("teste_par", "teste-par|teste-par"), SECTION("savoirs", "savoirs|savoirs"), SECTION("niveau", "niveau|niveau"),
	SECTION("formation", "formation|formation"), SECTION("certification", "certification|certification"), SECTION("contact", "contact|contact"),
	{ "calcule", "uri|version|origine|longitude|latitude|cree-le|modifie-le|verifie-le|distance-km|import-refus", IMPORT_COMPUTED, "", 0, 0 },
};
#define FIELDS_N (sizeof fields / sizeof *fields)

static const char *const types[] = { "methode", "exemple", "donnee", "outil", "competence" };
static const char *const evidences[] = { "cite", "temoignage", "documente", "evalue", "replique" };

static bool
starts(struct str s, struct str with)
{
	return s.n >= with.n && memcmp(s.p, with.p, with.n) == 0;
}

/* Whether one of the names "a|b" is exactly s. */
static bool
named(const char *names, struct str s)
{
	while (*names) {
		size_t n = strcspn(names, "|");
		if (str_eq((struct str){ names, n }, s))
			return true;
		names += n + (names[n] == '|');
	}
	return false;
}

const struct import_field *
import_field_find(struct str slug)
{
	for (size_t i = 0; i < FIELDS_N && slug.n; i++)
		if (named(fields[i].aliases, slug))
			return &fields[i];
	return NULL;
}

static struct str
cell(const struct sheet_import *m, const struct import_row *r, enum import_kind kind, struct str *ret_title)
{
	for (size_t i = 0; i < m->ncolumns; i++)
		if (m->columns[i].field && m->columns[i].field->kind == kind) {
			if (ret_title)
				*ret_title = m->columns[i].title;
			return r->cells[i];
		}
	return STR_NONE;
}

struct str
import_places_title(const struct sheet_import *m)
{
	static const enum import_kind kinds[] = { IMPORT_PLACES, IMPORT_PLACE_CODE, IMPORT_PLACE_NAME, IMPORT_NATIONAL };

	for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++)
		for (size_t i = 0; i < m->ncolumns; i++)
			if (m->columns[i].field && m->columns[i].field->kind == kinds[k])
				return m->columns[i].title;
	return STR("territoire");
}

/* The next item of a list cut at commas (where the file is not), bars, semicolons and ends of lines. */
static bool
item(struct str *rest, struct str *ret)
{
	while (rest->n) {
		size_t n = 0;
		while (n < rest->n && !strchr(",;|\n", rest->p[n]))
			n++;
		struct str s = { rest->p, n };
		rest->p += n < rest->n ? n + 1 : n;
		rest->n -= n < rest->n ? n + 1 : n;
		while (s.n && strchr(" \t\r", s.p[0]))
			s.p++, s.n--;
		while (s.n && strchr(" \t\r", s.p[s.n - 1]))
			s.n--;
		if (s.n) {
			*ret = s;
			return true;
		}
	}
	return false;
}

static const char *
type_of(struct arena *a, struct str s)
{
	struct str slug = slug_of(a, s);

	for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
		struct str t = str_of(types[i]);
		if (starts(slug, t) && (slug.n == t.n || (slug.n == t.n + 1 && slug.p[t.n] == 's')))
			return types[i];
		if (slug.n == 1 && slug.p[0] == t.p[0])
			return types[i];
	}
	return NULL;
}

static int
evidence_of(struct arena *a, struct str s)
{
	struct str slug = slug_of(a, s);

	if (slug.n == 1 && slug.p[0] >= '0' && slug.p[0] <= '4')
		return slug.p[0] - '0';
	for (int i = 0; i < 5; i++)
		if (starts(slug, str_of(evidences[i])))
			return i;
	return -1;
}

static bool
truth(struct str s, bool *ret)
{
	static const char *const yes[] = { "oui", "1", "vrai", "true", "x" }, *const no[] = { "non", "0", "faux", "false" };

	for (size_t i = 0; i < sizeof yes / sizeof *yes; i++)
		if (str_eq(s, str_of(yes[i]))) {
			*ret = true;
			return true;
		}
	for (size_t i = 0; i < sizeof no / sizeof *no; i++)
		if (str_eq(s, str_of(no[i]))) {
			*ret = false;
			return true;
		}
	return false;
}

/* "theme:x" or, in a column of its own, "x": by code, then by label. */
static const struct import_term *
term_find(struct arena *a, const struct import_terms *terms, const char *scheme, struct str s)
{
	struct str wanted = str_of(scheme);
	const char *colon = s.n ? memchr(s.p, ':', s.n) : NULL;

	if (colon && (scheme[0] == 0 || str_eq((struct str){ s.p, (size_t)(colon - s.p) }, wanted))) {
		wanted = (struct str){ s.p, (size_t)(colon - s.p) };
		s = (struct str){ colon + 1, s.n - wanted.n - 1 };
	}
	struct str slug = slug_of(a, s);
	const struct import_term *by_label = NULL;
	for (size_t i = 0; i < terms->n; i++) {
		const struct import_term *t = &terms->p[i];
		if (wanted.n && !str_eq(t->scheme, wanted))
			continue;
		if (str_eq(t->code, s) || str_eq(t->code, slug))
			return t;
		if (slug.n && str_eq(t->slug, slug) && !by_label)
			by_label = t;
	}
	return by_label;
}

static bool
is_url(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] <= ' ' || strchr("<>\"", s.p[i]))
			return false;
	return (starts(s, STR("https://")) && s.n > 8) || (starts(s, STR("http://")) && s.n > 7);
}

static bool
is_year(struct str s)
{
	if (s.n != 4)
		return false;
	int y = 0;
	for (size_t i = 0; i < 4; i++) {
		if (s.p[i] < '0' || s.p[i] > '9')
			return false;
		y = y * 10 + s.p[i] - '0';
	}
	return y >= 1800 && y <= 2200;
}

static bool
is_language(struct str s)
{
	size_t n = 0;

	while (n < s.n && s.p[n] >= 'a' && s.p[n] <= 'z')
		n++;
	return (n == 2 || n == 3) && (n == s.n || (s.n == n + 3 && s.p[n] == '-' && s.p[n + 1] >= 'A' && s.p[n + 1] <= 'Z' && s.p[n + 2] >= 'A' && s.p[n + 2] <= 'Z'));
}

static bool
is_maturity(struct str s)
{
	return (s.n == 1 || (s.n == 3 && s.p[1] == '-' && s.p[2] >= s.p[0])) && s.p[0] >= '1' && s.p[s.n - 1] <= '4' && s.p[s.n - 1] >= '1';
}

#define S(s) (int)((s).n > 120 ? 120 : (s).n), (s).n ? (s).p : ""

/* Control characters have no place in a text; returns and tabs do. */
static bool
clean(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (((unsigned char)s.p[i] < ' ' && !strchr("\n\r\t", s.p[i])) || s.p[i] == 127)
			return false;
	return true;
}

static void
cell_check(struct sheet_import *m, struct import_row *r, const struct import_column *c, struct str s, const struct import_terms *terms)
{
	const struct import_field *f = c->field;
	struct str rest = s, one;
	size_t before = m->nfaults, length = utf8_length(s);
	bool b;

	if (!clean(s))
		import_say(m, r, c->title, "des caractères invisibles se sont glissés dans cette cellule");
	if (f->max && length > (size_t)f->max)
		import_say(m, r, c->title, "%zu caractères, %d au plus", length, f->max);
	if (f->min && length < (size_t)f->min)
		import_say(m, r, c->title, "%d caractères au moins", f->min);
	switch (f->kind) {
	case IMPORT_TYPE:
		if (!type_of(m->arena, s))
			import_say(m, r, c->title, "« %.*s » n’est pas une sorte de fiche : methode, exemple, donnee, outil ou competence", S(s));
		break;
	case IMPORT_EVIDENCE:
		if (evidence_of(m->arena, s) < 0)
			import_say(m, r, c->title, "« %.*s » n’est pas un niveau de preuve : cite, temoignage, documente, evalue ou replique", S(s));
		break;
	case IMPORT_LANGUAGE:
		if (!is_language(s))
			import_say(m, r, c->title, "« %.*s » n’est pas un code de langue : fr, rcf, en", S(s));
		break;
	case IMPORT_SOURCE:
		if (strcmp(f->arg, "adresse") == 0 && !is_url(s))
			import_say(m, r, c->title, "« %.*s » n’est pas une adresse http(s)", S(s));
		if (strcmp(f->arg, "annee") == 0 && !is_year(s))
			import_say(m, r, c->title, "« %.*s » n’est pas une année", S(s));
		break;
	case IMPORT_NATIONAL:
		if (!truth(s, &b))
			import_say(m, r, c->title, "« %.*s » : oui ou non", S(s));
		break;
	case IMPORT_TERMS:
		for (size_t n = 0; item(&rest, &one); n++) {
			if (!term_find(m->arena, terms, f->arg, one))
				import_say(m, r, c->title, "« %.*s » n’est pas dans ce vocabulaire", S(one));
			if (n == 40)
				import_say(m, r, c->title, "plus de quarante termes");
		}
		break;
	case IMPORT_MATURITY:
		if (!is_maturity(s))
			import_say(m, r, c->title, "« %.*s » : un niveau de 1 à 4, ou deux séparés d’un trait d’union", S(s));
		break;
	case IMPORT_NUMBER: /* one of a source may be anything */
	default:
		break;
	}
	r->refused_before |= m->nfaults > before;
}

static void
place_add(struct import_row *r, struct str s)
{
	for (size_t i = 0; i < r->nplaces; i++)
		if (str_eq(r->places[i], s))
			return;
	r->places[r->nplaces++] = s;
}

enum { PLACES_MOST = 40 };

/* In a column named after a kind of territory, a name is that of one of this kind. */
static struct str
place_typed(struct arena *a, struct str title, struct str s)
{
	static const char *const kinds[] = { "commune", "departement", "region" };
	struct str slug = slug_of(a, title);

	if (memchr(s.p, ':', s.n) || (s.p[0] >= '0' && s.p[0] <= '9') || str_eq(s, STR("national")))
		return s;
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		if (starts(slug, str_of(kinds[i])))
			return arena_fmt(a, "%s:%.*s", kinds[i], S(s));
	return s;
}

static void
places_read(struct sheet_import *m, struct import_row *r)
{
	struct str title = STR_NONE, list = cell(m, r, IMPORT_PLACES, &title), type = cell(m, r, IMPORT_PLACE_TYPE, NULL), code = cell(m, r, IMPORT_PLACE_CODE, NULL),
		   name = cell(m, r, IMPORT_PLACE_NAME, NULL), everywhere = cell(m, r, IMPORT_NATIONAL, NULL), one;
	bool b;

	r->places = arena_array(m->arena, struct str, PLACES_MOST + 2);
	r->nplaces = 0;
	while (item(&list, &one)) {
		if (r->nplaces == PLACES_MOST) {
			import_say(m, r, import_places_title(m), "plus de quarante territoires");
			r->refused_before = true;
			break;
		}
		place_add(r, place_typed(m->arena, title, one));
	}
	if (type.n && code.n)
		place_add(r, arena_fmt(m->arena, "%.*s:%.*s", S(type), S(code)));
	else if (code.n)
		place_add(r, code);
	else if (type.n && name.n)
		place_add(r, arena_fmt(m->arena, "%.*s:%.*s", S(type), S(name)));
	else if (name.n)
		place_add(r, name);
	if (truth(everywhere, &b) && b && r->nplaces == 0)
		place_add(r, STR("national"));
}

static void
key_read(struct sheet_import *m, struct import_row *r, const struct import_options *o)
{
	struct str key = cell(m, r, IMPORT_KEY, NULL), ref = cell(m, r, IMPORT_REF, NULL), number = cell(m, r, IMPORT_NUMBER, NULL);

	if (key.n)
		r->key = arena_fmt(m->arena, "%.*s:%.*s", S(slug_of(m->arena, o->source)), S(key));
	else if (ref.n)
		r->key = arena_fmt(m->arena, "=%.*s", S(ref));
	else if (number.n)
		r->key = arena_fmt(m->arena, "#%.*s", S(number));
	else {
		import_say(m, r, STR_NONE, "aucun identifiant : ni source_id, ni reference, ni id");
		r->refused_before = true;
	}
	for (size_t i = 0; !key.n && !ref.n && i < number.n; i++)
		if (number.p[i] < '0' || number.p[i] > '9' || number.n > 9) {
			import_say(m, r, STR("id"), "« %.*s » n’est pas le numéro d’une fiche d’ici ; l’identifiant d’une autre base va dans source_id", S(number));
			r->refused_before = true;
			break;
		}
}

void
import_row_check(struct sheet_import *m, struct import_row *r, const struct import_options *o, const struct import_terms *terms)
{
	if (r->refused_before)
		return; /* its cells are not where they should */
	key_read(m, r, o);
	for (size_t i = 0; i < m->ncolumns; i++) {
		const struct import_column *c = &m->columns[i];
		if (c->field && !c->computed && r->cells[i].n)
			cell_check(m, r, c, r->cells[i], terms);
		if (c->field && c->field->kind == IMPORT_TERMS && r->cells[i].n) { /* from here on, "scheme:code" */
			struct str rest = r->cells[i], one;
			struct buf b;
			buf_init(&b, m->arena, r->cells[i].n + 64);
			while (item(&rest, &one)) {
				const struct import_term *t = term_find(m->arena, terms, c->field->arg, one);
				if (!t)
					break;
				buf_fmt(&b, "%s%.*s:%.*s", b.n ? "|" : "", S(t->scheme), S(t->code));
			}
			if (!r->refused_before)
				r->cells[i] = buf_str(&b);
		}
		if (c->field && c->field->kind == IMPORT_TEXT && strcmp(c->field->arg, "titre") == 0)
			r->title = r->cells[i];
	}
	places_read(m, r);
}

static void
steps_json(struct arena *a, struct json_out *j, struct str s, bool prose)
{
	struct frontmatter_step step;
	struct str rest = s, one;

	if (prose && !starts(s, STR("### "))) {
		json_str(j, s);
		return;
	}
	json_begin_array(j);
	if (starts(s, STR("### "))) {
		while (frontmatter_next_step(a, &rest, &step)) {
			json_begin_object(j);
			json_key(j, "titre"), json_str(j, step.title);
			if (step.duration.n)
				json_key(j, "duree"), json_str(j, step.duration);
			json_key(j, "texte"), json_str(j, step.body);
			if (step.tools.n)
				json_key(j, "boite"), json_str(j, step.tools);
			json_end(j);
		}
	} else {
		while (rest.n) { /* a line, a step */
			const char *end = memchr(rest.p, '\n', rest.n);
			one = (struct str){ rest.p, end ? (size_t)(end - rest.p) : rest.n };
			rest.p += one.n + (end != NULL), rest.n -= one.n + (end != NULL);
			while (one.n && strchr(" \t\r-*", one.p[0]))
				one.p++, one.n--;
			while (one.n && strchr(" \t\r", one.p[one.n - 1]))
				one.n--;
			if (one.n == 0)
				continue;
			json_begin_object(j);
			json_key(j, "titre"), json_str(j, one);
			json_key(j, "texte"), json_str(j, STR_NONE);
			json_end(j);
		}
	}
	json_end(j);
}

static void
figures_json(struct json_out *j, struct str s)
{
	struct frontmatter_value v;

	json_begin_array(j);
	while (frontmatter_next_value(&s, &v)) {
		json_begin_object(j);
		json_key(j, "libelle"), json_str(j, v.label);
		json_key(j, "valeur"), json_str(j, v.value);
		if (v.unit.n)
			json_key(j, "unite"), json_str(j, v.unit);
		if (v.year.n)
			json_key(j, "annee"), json_str(j, v.year);
		if (v.territory.n)
			json_key(j, "territoire"), json_str(j, v.territory);
		json_end(j);
	}
	json_end(j);
}

static bool
column_filled(const struct sheet_import *m, const struct import_row *r, size_t i, enum import_kind kind)
{
	return m->columns[i].field && m->columns[i].field->kind == kind && r->cells[i].n;
}

/* Texts of several lines end them by LF alone. */
static struct str
lines(struct arena *a, struct str s)
{
	if (s.n == 0 || !memchr(s.p, '\r', s.n))
		return s;
	char *p = arena_alloc(a, s.n);
	size_t n = 0;
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] != '\r')
			p[n++] = s.p[i];
		else if (i + 1 == s.n || s.p[i + 1] != '\n')
			p[n++] = '\n';
	return (struct str){ p, n };
}

static void
content_json(const struct sheet_import *m, const struct import_row *r, const struct str *codes, struct json_out *j)
{
	struct arena *a = m->arena;
	const char *type = type_of(a, cell(m, r, IMPORT_TYPE, NULL));
	bool sections = false, source = false, terms = false;

	json_begin_object(j);
	if (type)
		json_key(j, "type"), json_str(j, str_of(type));
	for (size_t i = 0; i < m->ncolumns; i++) {
		struct str s = r->cells[i];
		if (!m->columns[i].field || s.n == 0)
			continue;
		switch (m->columns[i].field->kind) {
		case IMPORT_TEXT:
			json_key(j, m->columns[i].field->arg), json_str(j, lines(a, s));
			break;
		case IMPORT_LANGUAGE:
			json_key(j, "langue"), json_str(j, s);
			break;
		case IMPORT_EVIDENCE:
			json_key(j, "preuve"), json_int(j, evidence_of(a, s));
			break;
		case IMPORT_MATURITY:
			json_key(j, "maturite"), json_begin_array(j), json_int(j, s.p[0] - '0'), json_int(j, s.p[s.n - 1] - '0'), json_end(j);
			break;
		case IMPORT_SECTION:
			sections = true;
			break;
		case IMPORT_SOURCE:
			source = true;
			break;
		case IMPORT_TERMS:
			terms = true;
			break;
		default:
			break;
		}
	}
	if (r->nplaces) {
		json_key(j, "territoires"), json_begin_array(j);
		for (size_t i = 0; i < r->nplaces; i++) {
			bool again = false;
			for (size_t k = 0; k < i; k++)
				again |= str_eq(codes[k], codes[i]);
			if (!again)
				json_str(j, codes[i]);
		}
		json_end(j);
	}
	if (terms) {
		json_key(j, "termes"), json_begin_array(j);
		for (size_t i = 0; i < m->ncolumns; i++) {
			struct str rest = r->cells[i], one;
			while (column_filled(m, r, i, IMPORT_TERMS) && item(&rest, &one))
				json_str(j, one);
		}
		json_end(j);
	}
	if (source) {
		json_key(j, "source"), json_begin_object(j);
		for (size_t i = 0; i < m->ncolumns; i++) {
			if (!column_filled(m, r, i, IMPORT_SOURCE))
				continue;
			json_key(j, m->columns[i].field->arg);
			if (strcmp(m->columns[i].field->arg, "annee") == 0)
				json_int(j, atoi(arena_cstr(a, r->cells[i])));
			else
				json_str(j, r->cells[i]);
		}
		json_end(j);
	}
	if (sections) {
		json_key(j, "sections"), json_begin_object(j);
		for (size_t i = 0; i < m->ncolumns; i++) {
			if (!column_filled(m, r, i, IMPORT_SECTION))
				continue;
			const char *key = m->columns[i].field->arg;
			struct str s = lines(a, r->cells[i]);
			json_key(j, key);
			if (strcmp(key, "etapes") == 0)
				steps_json(a, j, s, type && strcmp(type, "exemple") == 0);
			else if (strcmp(key, "valeurs") == 0)
				figures_json(j, s);
			else
				json_str(j, s);
		}
		json_end(j);
	}
	json_end(j);
}

void
import_row_json(const struct sheet_import *m, const struct import_row *r, size_t n, const struct str *codes, struct json_out *j)
{
	struct str ref = cell(m, r, IMPORT_REF, NULL), number = cell(m, r, IMPORT_NUMBER, NULL), key = cell(m, r, IMPORT_KEY, NULL);
	bool digits = number.n > 0 && number.n <= 9;

	for (size_t i = 0; i < number.n; i++)
		digits &= number.p[i] >= '0' && number.p[i] <= '9';
	json_begin_object(j);
	json_key(j, "n"), json_int(j, (int64_t)n);
	if (key.n)
		json_key(j, "key"), json_str(j, r->key);
	if (ref.n)
		json_key(j, "ref"), json_str(j, ref);
	if (digits && !key.n)
		json_key(j, "id"), json_int(j, atoi(arena_cstr(m->arena, number)));
	json_key(j, "schemes"), json_begin_array(j);
	for (size_t i = 0; i < m->ncolumns; i++) {
		struct str rest = r->cells[i], one;
		if (!column_filled(m, r, i, IMPORT_TERMS))
			continue;
		if (m->columns[i].field->arg[0])
			json_str(j, str_of(m->columns[i].field->arg));
		else
			while (item(&rest, &one))
				json_str(j, (struct str){ one.p, (size_t)((const char *)memchr(one.p, ':', one.n) - one.p) });
	}
	json_end(j);
	json_key(j, "keep"), json_bool(j, cell(m, r, IMPORT_PLACES, NULL).n == 0);
	json_key(j, "structure"), json_str_or_null(j, cell(m, r, IMPORT_STRUCTURE, NULL));
	if (r->title.n) {
		struct str slug = slug_of(m->arena, r->title);
		json_key(j, "slug"), json_str(j, slug.n ? slug : STR("fiche"));
	}
	json_key(j, "content");
	content_json(m, r, codes, j);
	json_end(j);
}
