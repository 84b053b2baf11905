#include "app/import_contenu.h"
#include "text/csv.h"
#include "text/frontmatter.h"
#include "text/utf8.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#define FILE_MAX (4 << 20) /* a reference file is small; a bigger one is a mistake */

#define F(name, type, required, arg, max) { name, type, required, arg, max }
#define END { 0 }
#define PROVENANCE                                                                                                     \
	F("origin", CT_CHOICE, true, "source|ours", 0), F("source_label", CT_TEXT, false, NULL, 300),                 \
		F("source_url", CT_URL, false, NULL, 2000)

static const struct content_field scheme_fields[] = {
	F("code", CT_SLUG, true, NULL, 60), F("label", CT_TEXT, true, NULL, 120), F("description", CT_TEXT, false, NULL, 2000),
	PROVENANCE, F("position", CT_INT, false, NULL, 0), END
};
static const struct content_field term_fields[] = {
	F("scheme", CT_REF, true, "scheme", 0), F("code", CT_SLUG, true, NULL, 100), F("label", CT_TEXT, true, NULL, 200),
	F("definition", CT_TEXT, false, NULL, 3000), F("parent", CT_TEXT, false, NULL, 120), F("position", CT_INT, false, NULL, 0),
	PROVENANCE, F("colour", CT_TEXT, false, NULL, 7), END
};
static const struct content_field structure_fields[] = {
	F("ref", CT_SLUG, true, NULL, 120), F("name", CT_TEXT, true, NULL, 200), F("kind", CT_TEXT, false, NULL, 120),
	F("website", CT_URL, false, NULL, 2000), F("territoire", CT_TERRITORY, false, NULL, 0), PROVENANCE, END
};
static const struct content_field catalyst_fields[] = {
	F("ref", CT_SLUG, true, NULL, 120), F("name", CT_TEXT, true, NULL, 200), F("kind", CT_CHOICE, true, "membre|acteur", 0),
	F("summary", CT_TEXT, false, NULL, 1000), F("structure", CT_REF, false, "structure", 0),
	F("siege", CT_TERRITORY, false, NULL, 0), F("precision", CT_CHOICE, true, "commune|departement|national|inconnue", 0),
	F("national", CT_BOOL, false, NULL, 0), F("couvre", CT_TERRITORIES, false, NULL, 0),
	F("pratiques", CT_TERMS, false, "pratique", 0), F("activites", CT_TERMS, false, "activite", 0),
	F("themes", CT_TERMS, false, "theme", 0), F("odd", CT_TERMS, false, "odd", 0), F("website", CT_URL, false, NULL, 2000),
	F("source_label", CT_TEXT, false, NULL, 300), F("source_url", CT_URL, false, NULL, 2000),
	F("origin", CT_CHOICE, true, "source|ours", 0), F("verifie", CT_DATE, false, NULL, 0), END
};
static const struct content_field event_fields[] = {
	F("ref", CT_SLUG, true, NULL, 120), F("title", CT_TEXT, true, NULL, 200), F("summary", CT_TEXT, false, NULL, 3000),
	F("series", CT_TEXT, false, NULL, 120), F("starts_on", CT_DATE, true, NULL, 0), F("date_known", CT_CHOICE, false, "jour|mois|annee", 0),
	F("ends_on", CT_DATE, false, NULL, 0), F("starts_at", CT_TIME, false, NULL, 0), F("ends_at", CT_TIME, false, NULL, 0),
	F("timezone", CT_TEXT, false, NULL, 60), F("mode", CT_CHOICE, true, "distance|presence|mixte|inconnu", 0),
	F("place", CT_TEXT, false, NULL, 300), F("territoire", CT_TERRITORY, false, NULL, 0), F("concerne", CT_TERRITORIES, false, NULL, 0),
	F("url", CT_URL, false, NULL, 2000), F("replay_url", CT_URL, false, NULL, 2000),
	F("status", CT_CHOICE, true, "prevu|confirme|passe|reporte|annule|inconnu", 0),
	F("themes", CT_TERMS, false, "theme", 0), F("odd", CT_TERMS, false, "odd", 0), F("pratiques", CT_TERMS, false, "pratique", 0),
	F("parcours", CT_TERMS, false, "parcours", 0), F("catalyseurs", CT_REFS, false, "catalyst", 0), F("fiches", CT_REFS, false, "sheet", 0),
	F("intervenants", CT_TEXT, false, NULL, 2000), F("source_label", CT_TEXT, false, NULL, 300), F("source_url", CT_URL, false, NULL, 2000),
	F("origin", CT_CHOICE, true, "source|ours", 0), END
};
static const struct content_field espace_fields[] = {
	F("code", CT_SLUG, true, NULL, 60), F("name", CT_TEXT, true, NULL, 120), F("host", CT_TEXT, false, NULL, 200),
	F("tagline", CT_TEXT, false, NULL, 300), F("position", CT_INT, false, NULL, 0), F("brand", CT_TEXT, false, NULL, 40),
	F("defaut", CT_BOOL, false, NULL, 0), F("marque", CT_TEXT, false, NULL, 20), F("couleur", CT_TEXT, false, NULL, 7),
	F("bande", CT_TEXT, false, NULL, 7), F("fond_pied", CT_TEXT, false, NULL, 7), F("regle", CT_TEXT, false, NULL, 1000),
	F("pied", CT_TEXT, false, NULL, 400), END
};
static const struct content_field espace_link_fields[] = {
	F("espace", CT_REF, true, "espace", 0), F("ref", CT_SLUG, true, NULL, 60), F("zone", CT_CHOICE, true, "menu|portes|pied", 0),
	F("groupe", CT_TEXT, false, NULL, 60), F("label", CT_TEXT, true, NULL, 60), F("adresse", CT_TEXT, true, NULL, 500),
	F("note", CT_TEXT, false, NULL, 200), F("position", CT_INT, true, NULL, 0), END
};
static const struct content_field espace_block_fields[] = {
	F("espace", CT_REF, true, "espace", 0), F("ref", CT_SLUG, true, NULL, 60), F("sorte", CT_SLUG, true, NULL, 40),
	F("titre", CT_TEXT, false, NULL, 160), F("texte", CT_TEXT, false, NULL, 4000), F("nombre", CT_INT, false, NULL, 0),
	F("position", CT_INT, true, NULL, 0), END
};
static const struct content_field synonym_fields[] = {
	F("terme", CT_TEXT, true, NULL, 120), F("equivalents", CT_TEXT, true, NULL, 600), F("sens", CT_CHOICE, true, "egal|vers", 0),
	F("origin", CT_CHOICE, true, "source|ours", 0), F("note", CT_TEXT, false, NULL, 300), END
};
static const struct content_field resource_fields[] = {
	F("ref", CT_SLUG, true, NULL, 120), F("title", CT_TEXT, true, NULL, 200), F("summary", CT_TEXT, false, NULL, 500),
	F("kind", CT_CHOICE, true, "reference|formation|base|reseau|institution|donnees", 0), F("publisher", CT_TEXT, false, NULL, 200),
	F("year", CT_INT, false, NULL, 4), F("url", CT_URL, false, NULL, 2000), F("themes", CT_TERMS, false, "theme", 0), PROVENANCE,
	F("position", CT_INT, false, NULL, 0), F("verifie", CT_DATE, false, NULL, 0), END
};
static const struct content_field term_link_fields[] = {
	F("theme", CT_SLUG, true, NULL, 100), F("odd", CT_TERMS, true, "odd", 0), END
};
static const struct content_field text_fields[] = {
	F("ref", CT_SLUG, true, NULL, 120), F("page", CT_SLUG, true, NULL, 60), F("part", CT_SLUG, true, NULL, 60), F("mark", CT_TEXT, false, NULL, 40),
	F("title", CT_TEXT, false, NULL, 200), F("body", CT_TEXT, false, NULL, 4000), F("pratique", CT_TERMS, false, "pratique", 0),
	F("catalyseur", CT_REF, false, "catalyst", 0), F("fiche", CT_REF, false, "sheet", 0), F("position", CT_INT, false, NULL, 0), PROVENANCE, END
};
static const struct content_field compass_fields[] = {
	F("ref", CT_SLUG, true, NULL, 120), F("question", CT_SLUG, true, NULL, 60), F("reponse", CT_SLUG, false, NULL, 60),
	F("libelle", CT_TEXT, true, NULL, 200), F("aide", CT_TEXT, false, NULL, 300), F("raison", CT_TEXT, false, NULL, 200),
	F("indices", CT_TEXT, false, NULL, 2000), F("faits", CT_TEXT, false, NULL, 300), F("posee", CT_BOOL, false, NULL, 0),
	F("position", CT_INT, false, NULL, 0), F("origin", CT_CHOICE, true, "source|ours", 0), END
};
static const struct content_field sheet_fields[] = {
	F("id", CT_INT, true, NULL, 0), F("ref", CT_SLUG, true, NULL, 120),
	F("type", CT_CHOICE, true, "methode|exemple|donnee|outil|competence", 0), F("titre", CT_TEXT, true, NULL, 200),
	F("chapo", CT_TEXT, true, NULL, 300), F("preuve", CT_CHOICE, true, "cite|temoignage|documente|evalue|replique", 0),
	F("origine", CT_CHOICE, true, "source|ours", 0), F("licence", CT_TEXT, true, NULL, 80),
	F("source", CT_SOURCE, false, NULL, 2600), F("territoires", CT_TERRITORIES, true, NULL, 0),
	F("themes", CT_TERMS, false, "theme", 0), F("odd", CT_TERMS, false, "odd", 0), F("pratiques", CT_TERMS, false, "pratique", 0),
	F("activites", CT_TERMS, false, "activite", 0), F("parcours", CT_TERMS, false, "parcours", 0),
	F("profils", CT_TERMS, false, "profil", 0), F("maturite", CT_RANGE, false, NULL, 0),
	F("dispositifs", CT_TERMS, false, "dispositif", 0), F("ingenieries", CT_TERMS, false, "ingenierie", 0),
	F("principes", CT_TERMS, false, "principe", 0), F("modalites", CT_TERMS, false, "modalite", 0),
	F("moyens", CT_TERMS, false, "moyen", 0), F("cooperations", CT_TERMS, false, "cooperation", 0),
	F("evaluations", CT_TERMS, false, "evaluation", 0), F("structure", CT_REF, false, "structure", 0),
	F("catalyseurs", CT_REFS, false, "catalyst", 0), F("voir", CT_REFS, false, "sheet", 0),
	F("espaces", CT_REFS, false, "espace", 0), F("verifiee", CT_DATE, false, NULL, 0), END
};

static const struct content_field parcours_fields[] = {
	F("ref", CT_SLUG, true, NULL, 120), F("titre", CT_TEXT, true, NULL, 200), F("situation", CT_TEXT, false, NULL, 200),
	F("resume", CT_TEXT, true, NULL, 600), F("pour_qui", CT_TEXT, false, NULL, 600), F("saurez", CT_LINES, false, NULL, 300),
	F("terme", CT_TERMS, false, "parcours", 0), F("ordre", CT_INT, false, NULL, 0), PROVENANCE, END
};

const struct content_file content_files[CONTENT_KINDS] = {
	[CONTENT_SCHEME] = { "schemes.csv", scheme_fields, "liste de termes", "listes de termes" },
	[CONTENT_TERM] = { "vocabulaires.csv", term_fields, "terme", "termes" },
	[CONTENT_STRUCTURE] = { "structures.csv", structure_fields, "structure", "structures" },
	[CONTENT_CATALYST] = { "catalyseurs.csv", catalyst_fields, "catalyseur", "catalyseurs" },
	[CONTENT_EVENT] = { "evenements.csv", event_fields, "rencontre", "rencontres" },
	[CONTENT_ESPACE] = { "espaces.csv", espace_fields, "espace", "espaces" },
	[CONTENT_ESPACE_LINK] = { "espaces-liens.csv", espace_link_fields, "lien d’espace", "liens d’espaces" },
	[CONTENT_ESPACE_BLOCK] = { "espaces-blocs.csv", espace_block_fields, "bloc d’accueil", "blocs d’accueil" },
	[CONTENT_SYNONYM] = { "synonymes.csv", synonym_fields, "ligne de synonymes", "lignes de synonymes" },
	[CONTENT_COMPASS] = { "boussole.csv", compass_fields, "ligne de la boussole", "lignes de la boussole" },
	[CONTENT_SHEET] = { "fiches", sheet_fields, "fiche", "fiches" },
	[CONTENT_PARCOURS] = { "parcours", parcours_fields, "parcours", "parcours" },
	[CONTENT_RESOURCE] = { "ressources.csv", resource_fields, "document ou site", "documents et sites" },
	[CONTENT_TERM_LINK] = { "thematiques.csv", term_link_fields, "thématique", "thématiques" },
	[CONTENT_TEXT] = { "textes.csv", text_fields, "texte", "textes" },
};

void
content_error(struct content *c, const char *file, int line, const char *fmt, ...)
{
	va_list ap;

	c->errors++;
	if (c->errors > 200)
		return;
	fprintf(stderr, "%s:%d: ", file, line);
	va_start(ap, fmt);
	vfprintf(stderr, fmt, ap);
	va_end(ap);
	fputc('\n', stderr);
}

struct str
content_trim(struct str s)
{
	while (s.n && strchr(" \t\r\n", s.p[0]))
		s.p++, s.n--;
	while (s.n && strchr(" \t\r\n", s.p[s.n - 1]))
		s.n--;
	return s;
}

bool
content_item(struct str *rest, struct str *ret_item)
{
	while (rest->n) {
		size_t i = 0;
		while (i < rest->n && rest->p[i] != ',' && rest->p[i] != '|')
			i++;
		struct str item = content_trim((struct str){ rest->p, i });
		size_t used = i < rest->n ? i + 1 : i;
		rest->p += used, rest->n -= used;
		if (item.n) {
			*ret_item = item;
			return true;
		}
	}
	return false;
}

struct str
content_get(const struct content_record *r, const char *name)
{
	for (size_t i = 0; i < r->nvalues; i++)
		if (strcmp(r->values[i].field->name, name) == 0)
			return r->values[i].text;
	return STR_NONE;
}

static struct content_record *
record_add(struct content *c, enum content_kind kind, const char *file, int line)
{
	if (c->n == c->cap) {
		size_t cap = c->cap ? c->cap * 2 : 256;
		struct content_record *more = arena_array(c->cmd->arena, struct content_record, cap);
		if (c->n)
			memcpy(more, c->records, c->n * sizeof *more);
		c->records = more, c->cap = cap;
	}
	struct content_record *r = &c->records[c->n++];
	*r = (struct content_record){ .kind = kind, .file = file, .line = line };
	return r;
}

static const struct content_field *
field_find(enum content_kind kind, struct str name)
{
	for (const struct content_field *f = content_files[kind].fields; f->name; f++)
		if (str_eq(name, str_of(f->name)))
			return f;
	return NULL;
}

static void
csv_read_kind(struct content *c, enum content_kind kind, struct str text)
{
	const char *file = content_files[kind].path;
	struct arena *a = c->cmd->arena;
	struct csv csv;
	const struct str *cells;
	size_t n;
	const struct content_field *columns[64] = { 0 };
	size_t ncolumns = 0;
	enum csv_result got;

	csv_init(&csv, a, text, ';');
	while ((got = csv_next(&csv, &cells, &n)) == CSV_ROW) {
		if (n == 1 && content_trim(cells[0]).n == 0)
			continue;
		if (ncolumns == 0) {
			if (n > 64) {
				content_error(c, file, (int)csv.line, "plus de 64 colonnes");
				return;
			}
			for (size_t i = 0; i < n; i++) {
				columns[i] = field_find(kind, content_trim(cells[i]));
				if (!columns[i])
					content_error(c, file, (int)csv.line, "colonne inconnue « %.*s »", (int)cells[i].n, cells[i].p);
			}
			ncolumns = n;
			continue;
		}
		if (n != ncolumns) {
			content_error(c, file, (int)csv.line, "%zu cellules au lieu de %zu", n, ncolumns);
			continue;
		}
		struct content_record *r = record_add(c, kind, file, (int)csv.line);
		r->values = arena_array(a, struct content_value, n);
		for (size_t i = 0; i < n; i++) {
			struct str v = content_trim(csv_plain(cells[i])); /* a file that we wrote comes back */
			if (columns[i] && v.n)
				r->values[r->nvalues++] = (struct content_value){ columns[i], arena_str(a, v), (int)csv.line };
		}
	}
	if (got == CSV_BAD)
		content_error(c, file, (int)csv.line, "guillemets mal fermés");
	else if (ncolumns == 0)
		content_error(c, file, 1, "fichier vide : l'en-tête manque");
}

/* A sheet, or a parcours: a head of keys, then sections. */
static void
text_read(struct content *c, enum content_kind kind, const char *file, struct str text)
{
	struct arena *a = c->cmd->arena;
	struct frontmatter fm;
	int line;
	const char *why;

	if (!frontmatter_parse(&fm, a, text, &line, &why)) {
		content_error(c, file, line, "%s", why);
		return;
	}
	struct content_record *r = record_add(c, kind, file, 1);
	r->values = arena_array(a, struct content_value, fm.nfields + 1);
	for (size_t i = 0; i < fm.nfields; i++) {
		const struct frontmatter_field *f = &fm.fields[i];
		const struct content_field *def = field_find(kind, f->key);
		if (!def)
			content_error(c, file, f->line, "clé inconnue « %.*s »", (int)f->key.n, f->key.p);
		else if (f->value.n)
			r->values[r->nvalues++] = (struct content_value){ def, content_trim(f->value), f->line };
	}
	r->sections = arena_array(a, struct content_section, fm.nsections + 1);
	for (size_t i = 0; i < fm.nsections; i++)
		r->sections[r->nsections++] =
			(struct content_section){ content_trim(fm.sections[i].key), content_trim(fm.sections[i].body), fm.sections[i].line };
}

static bool
number_read(struct str s, int64_t *ret)
{
	int64_t v = 0;

	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] < '0' || s.p[i] > '9' || s.n > 4)
			return false;
		v = v * 10 + (s.p[i] - '0');
	}
	*ret = v;
	return s.n > 0;
}

bool
content_step_read(struct arena *a, const struct content_section *s, struct content_step *ret, const char **ret_why)
{
	struct frontmatter_step step;
	struct str rest = s->text, part[3] = { { 0 } };
	size_t n = 0;

	*ret = (struct content_step){ 0 };
	*ret_why = "on attend « ### Titre | sorte référence ; minutes ; durée », puis le texte";
	if (s->text.n < 4 || memcmp(s->text.p, "### ", 4) != 0 || !frontmatter_next_step(a, &rest, &step) || rest.n)
		return false;
	for (size_t from = 0, i = 0; i <= step.duration.n && n < 3; i++)
		if (i == step.duration.n || step.duration.p[i] == ';') {
			part[n++] = content_trim((struct str){ step.duration.p + from, i - from });
			from = i + 1;
		}
	const char *space = part[0].n ? memchr(part[0].p, ' ', part[0].n) : NULL;
	size_t word = space ? (size_t)(space - part[0].p) : part[0].n;
	*ret = (struct content_step){ .title = step.title, .kind = { part[0].p, word }, .body = step.body };
	if (space)
		ret->ref = content_trim((struct str){ space, part[0].n - word });
	if (n != 3 || step.title.n == 0 || !number_read(part[1], &ret->minutes) || !number_read(part[2], &ret->since))
		return false;
	*ret_why = "une étape dure de 1 à 720 minutes";
	if (ret->minutes < 1 || ret->minutes > 720)
		return false;
	*ret_why = "la durée est 2, 4 ou 12";
	return ret->since == 2 || ret->since == 4 || ret->since == 12;
}

static int
name_compare(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static enum err
texts_read(struct content *c, enum content_kind kind, const char *dir)
{
	struct arena *a = c->cmd->arena;
	const char *path = content_files[kind].path, *folder = arena_fmt(a, "%s/%s", dir, path).p;
	DIR *d = opendir(folder);
	char **names = NULL;
	size_t n = 0, cap = 0;

	if (!d)
		return err_note(ERR_IO, "%s : %s", folder, strerror(errno));
	for (struct dirent *e; (e = readdir(d));) {
		size_t len = strlen(e->d_name);
		if (len < 4 || e->d_name[0] == '.' || strcmp(e->d_name + len - 3, ".md") != 0)
			continue;
		if (n == cap) {
			char **more = arena_array(a, char *, cap ? cap * 2 : 128);
			if (n)
				memcpy(more, names, n * sizeof *more);
			names = more, cap = cap ? cap * 2 : 128;
		}
		names[n++] = arena_cstr(a, str_of(e->d_name));
	}
	closedir(d);
	if (n)
		qsort(names, n, sizeof *names, name_compare);
	for (size_t i = 0; i < n; i++) {
		const char *file = arena_fmt(a, "%s/%s", path, names[i]).p;
		struct str text;
		enum err e = cmd_file_read(a, arena_fmt(a, "%s/%s", dir, file).p, FILE_MAX, &text);
		if (e)
			return e;
		if (!utf8_valid(text))
			content_error(c, file, 1, "le fichier n'est pas en UTF-8");
		else
			text_read(c, kind, file, text);
		cmd_progress(c->cmd, "Lecture des textes", i + 1, n);
	}
	return ERR_NONE;
}

enum err
content_read(struct content *c, const char *dir)
{
	for (enum content_kind k = 0; k < CONTENT_KINDS; k++) {
		struct str text;
		enum err e;
		if (k == CONTENT_SHEET || k == CONTENT_PARCOURS) { /* a folder of texts */
			if ((e = texts_read(c, k, dir)))
				return e;
			continue;
		}
		e = cmd_file_read(c->cmd->arena, arena_fmt(c->cmd->arena, "%s/%s", dir, content_files[k].path).p, FILE_MAX, &text);
		if (e)
			return e;
		if (!utf8_valid(text))
			content_error(c, content_files[k].path, 1, "le fichier n'est pas en UTF-8");
		else
			csv_read_kind(c, k, text);
	}
	return ERR_NONE;
}
