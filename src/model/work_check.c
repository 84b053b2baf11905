#include "model/work_check.h"

#include "text/utf8.h"

#include <stdarg.h>
#include <stdio.h>

const struct work_licence WORK_LICENCES[] = { { "CC-BY-SA-4.0", "Creative Commons BY-SA 4.0 : réutiliser en citant, partager de même" },
	                                      { "CC-BY-4.0", "Creative Commons BY 4.0 : réutiliser en citant" },
	                                      { "CC0-1.0", "Creative Commons zéro : sans condition" },
	                                      { "etalab-2.0", "Licence Ouverte 2.0 (Etalab) : données publiques" },
	                                      { NULL, NULL } };

enum { FAULTS_MAX = 60 };

struct list {
	struct arena *a;
	struct work_fault *p;
	size_t n;
};

static void __attribute__((format(printf, 4, 5)))
add(struct list *l, struct str field, const char *code, const char *fmt, ...)
{
	char text[600];
	va_list ap;

	if (l->n == FAULTS_MAX)
		return;
	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	l->p[l->n++] = (struct work_fault){ field, str_of(code), arena_str(l->a, str_of(text)) };
}

static void
title_check(struct list *l, struct str title)
{
	size_t n = utf8_length(title);

	if (n == 0)
		add(l, STR("titre"), "manque", "Donnez un titre : ce qui se passe, et où.");
	else if (n < 3)
		add(l, STR("titre"), "borne", "Le titre est trop court : trois lettres au moins.");
	else if (n > WORK_TITLE_MAX)
		add(l, STR("titre"), "borne", "Le titre compte %zu caractères. Raccourcissez-le de %zu : le reste peut aller dans le résumé.", n, n - WORK_TITLE_MAX);
}

static void
summary_check(struct list *l, struct str summary)
{
	size_t n = utf8_length(summary);

	if (n == 0)
		add(l, STR("chapo"), "manque", "Écrivez un résumé : une ou deux phrases, pour quelqu’un qui ne connaît ni le lieu ni le sujet.");
	else if (n > WORK_SUMMARY_MAX)
		add(l, STR("chapo"), "borne", "Le résumé compte %zu caractères. Raccourcissez-le de %zu : les détails peuvent aller plus bas, dans les rubriques.", n,
		    n - WORK_SUMMARY_MAX);
}

static void
places_check(struct list *l, const struct work_content *c)
{
	if (c->places.n)
		add(l, STR("territoire"), "valeur", "Le lieu « %.*s » n’est pas reconnu. Ajoutez le numéro du département, ou choisissez dans la liste.",
		    (int)(c->places.n > 200 ? 200 : c->places.n), c->places.p);
	else if (c->territories.n == 0)
		add(l, STR("territoire"), "manque", "Dites où cela se passe : une commune, un département, une région, ou « partout en France ».");
	else if (c->territories.n > WORK_TERRITORIES_MAX)
		add(l, STR("territoire"), "borne", "%d territoires au plus : une région ou un département en remplace beaucoup.", WORK_TERRITORIES_MAX);
}

static bool
has_scheme(struct strs terms, const char *prefix)
{
	size_t n = strlen(prefix);

	for (size_t i = 0; i < terms.n; i++)
		if (terms.p[i].n > n && memcmp(terms.p[i].p, prefix, n) == 0)
			return true;
	return false;
}

static bool
is_web(struct str v)
{
	size_t scheme = v.n > 8 && memcmp(v.p, "https://", 8) == 0 ? 8 : v.n > 7 && memcmp(v.p, "http://", 7) == 0 ? 7 : 0;

	for (size_t i = 0; i < v.n; i++)
		if ((unsigned char)v.p[i] <= 0x20 || v.p[i] == 0x7f || strchr("<>\"", v.p[i]))
			return false;
	return scheme > 0 && memchr(v.p + scheme, '.', v.n - scheme);
}

static void
source_check(struct list *l, const struct work_content *c, bool short_form)
{
	struct str url_field = short_form ? STR("source") : STR("source_adresse");
	int year = 0;

	if (c->source_label.n == 0 && c->source_url.n == 0)
		add(l, short_form ? STR("source") : STR("source_libelle"), "manque",
		    "Dites d’où cela vient : l’adresse d’une page, ou le nom d’un document que l’on peut retrouver.");
	if (c->source_url.n && !is_web(c->source_url))
		add(l, url_field, "valeur", "L’adresse de la source n’est pas complète : copiez-la depuis la barre du navigateur, avec https://.");
	for (size_t i = 0; i < c->source_year.n && c->source_year.n <= 4; i++)
		year = year * 10 + (c->source_year.p[i] - '0');
	if (c->source_year.n && (year < 1800 || year > 2200))
		add(l, STR("source_annee"), "borne", "L’année de la source s’écrit en quatre chiffres, comme 2023.");
}

static void
steps_check(struct list *l, const struct work_content *c)
{
	for (size_t i = 0; i < c->nsteps; i++) {
		const struct sheet_step *s = &c->steps[i];
		if (s->title.n == 0)
			add(l, arena_fmt(l->a, "sections_etapes_%zu_titre", i + 1), "manque", "Donnez un titre à l’étape %zu, ou videz-la pour la retirer.", i + 1);
		if (utf8_length(s->text) > WORK_SECTION_MAX)
			add(l, arena_fmt(l->a, "sections_etapes_%zu_texte", i + 1), "borne", "L’étape %zu est trop longue : %d caractères au plus.", i + 1, WORK_SECTION_MAX);
	}
	if (c->nsteps > WORK_STEPS_MAX)
		add(l, STR("sections_etapes_1_titre"), "borne", "%d étapes au plus : regroupez celles qui vont ensemble.", WORK_STEPS_MAX);
}

static void
values_check(struct list *l, const struct work_content *c)
{
	for (size_t i = 0; i < c->nvalues; i++) {
		if (c->values[i].label.n == 0)
			add(l, arena_fmt(l->a, "sections_valeurs_%zu_libelle", i + 1), "manque", "Dites ce que mesure la valeur %zu, ou videz la ligne pour la retirer.", i + 1);
		if (c->values[i].value.n == 0)
			add(l, arena_fmt(l->a, "sections_valeurs_%zu_valeur", i + 1), "manque", "Écrivez le chiffre de la valeur %zu, ou videz la ligne pour la retirer.", i + 1);
	}
	if (c->nvalues > WORK_VALUES_MAX)
		add(l, STR("sections_valeurs_1_libelle"), "borne", "%d valeurs au plus.", WORK_VALUES_MAX);
}

struct work_faults
work_check(struct arena *a, const struct work_content *c, bool short_form)
{
	struct list l = { a, arena_array(a, struct work_fault, FAULTS_MAX), 0 };
	bool known = c->licence.n == 0;

	if (c->type.n == 0)
		add(&l, STR("type"), "manque", "Choisissez la sorte de fiche : méthode, exemple, donnée, outil ou compétence.");
	title_check(&l, c->title);
	summary_check(&l, c->summary);
	places_check(&l, c);
	if (!has_scheme(c->terms, "theme:"))
		add(&l, STR("theme"), "manque", "Cochez au moins un thème, celui qui s’en approche le plus.");
	source_check(&l, c, short_form);
	for (size_t i = 0; i < c->nsections; i++)
		if (work_content_has(c->type, c->sections[i].key) && utf8_length(c->sections[i].text) > WORK_SECTION_MAX)
			add(&l, arena_fmt(a, "sections_%.*s", (int)c->sections[i].key.n, c->sections[i].key.p), "borne",
			    "Cette rubrique est trop longue : %d caractères au plus. Une pièce jointe peut porter le détail.", WORK_SECTION_MAX);
	if (work_content_has(c->type, STR("etapes")))
		steps_check(&l, c);
	if (work_content_has(c->type, STR("valeurs")))
		values_check(&l, c);
	if (c->maturity_min && c->maturity_max && c->maturity_min > c->maturity_max)
		add(&l, STR("maturite_max"), "valeur", "La maturité va de la plus petite à la plus grande.");
	for (const struct work_licence *k = WORK_LICENCES; k->code; k++)
		known = known || str_eq(c->licence, str_of(k->code));
	if (!known)
		add(&l, STR("licence"), "valeur", "Choisissez l’une des licences proposées.");
	return (struct work_faults){ l.p, l.n };
}
