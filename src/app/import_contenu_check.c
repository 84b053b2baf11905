#include "app/import_contenu.h"

#include <stdio.h>
#include <stdlib.h>

/* Keys of each kind of sheet; the schema has the same list (sheet_section), this one gives the line of the mistake. */
static const struct {
	const char *type, *keys;
} section_keys[] = {
	{ "methode", "|duree|prerequis|avec_qui|etapes|restitution|pieges|boite_a_outils|" },
	{ "exemple", "|contexte|besoin|acteurs|gouvernance|etapes|moyens|resultats|freins|transferabilite|verbatim|" },
	{ "donnee", "|indicateur|population|question|unite|valeurs|annee|producteur|methode|limites|lecture|" },
	{ "outil", "|usage|format|taille_groupe|difficulte|deroule|teste_par|" },
	{ "competence", "|savoirs|niveau|formation|duree|certification|contact|" },
};

static bool
in_list(const char *list, struct str s)
{
	char needle[160];

	if (s.n == 0 || s.n > sizeof needle - 3 || memchr(s.p, '|', s.n))
		return false;
	snprintf(needle, sizeof needle, "|%.*s|", (int)s.n, s.p);
	char hay[256];
	snprintf(hay, sizeof hay, "|%s|", list);
	return strstr(list[0] == '|' ? list : hay, needle) != NULL;
}

static bool
is_digits(struct str s, size_t min, size_t max)
{
	if (s.n < min || s.n > max)
		return false;
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] < '0' || s.p[i] > '9')
			return false;
	return true;
}

static bool
is_slug(struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		char ch = s.p[i];
		bool word = (ch >= 'a' && ch <= 'z') || (ch >= '0' && ch <= '9');
		if (!word && (ch != '-' || i == 0 || i + 1 == s.n || s.p[i - 1] == '-'))
			return false;
	}
	return s.n > 0;
}

static bool
is_date(struct str s)
{
	static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };

	if (s.n != 10 || s.p[4] != '-' || s.p[7] != '-')
		return false;
	if (!is_digits((struct str){ s.p, 4 }, 4, 4) || !is_digits((struct str){ s.p + 5, 2 }, 2, 2) ||
	    !is_digits((struct str){ s.p + 8, 2 }, 2, 2))
		return false;
	int y = atoi((char[]){ s.p[0], s.p[1], s.p[2], s.p[3], 0 }), m = (s.p[5] - '0') * 10 + s.p[6] - '0',
	    d = (s.p[8] - '0') * 10 + s.p[9] - '0';
	if (m < 1 || m > 12 || d < 1)
		return false;
	bool leap = (y % 4 == 0 && y % 100 != 0) || y % 400 == 0;
	return d <= days[m - 1] + (m == 2 && leap);
}

static bool
is_url(struct str s)
{
	bool http = (s.n > 8 && memcmp(s.p, "https://", 8) == 0) || (s.n > 7 && memcmp(s.p, "http://", 7) == 0);

	for (size_t i = 0; i < s.n; i++)
		if (strchr(" \t\n\r<>\"", s.p[i]))
			return false;
	return http;
}

static bool
is_territory(struct str s)
{
	if (str_eq(s, STR("national")))
		return true;
	const char *colon = s.n ? memchr(s.p, ':', s.n) : NULL;
	if (!colon)
		return false;
	struct str type = { s.p, (size_t)(colon - s.p) }, code = { colon + 1, s.n - type.n - 1 };
	return in_list("pays|region|departement|collectivite|epci|commune", type) && code.n >= 2 && code.n <= 9;
}

static size_t
characters(struct str s)
{
	size_t n = 0;

	for (size_t i = 0; i < s.n; i++)
		n += ((unsigned char)s.p[i] & 0xc0) != 0x80;
	return n;
}

/* The name by which other records speak of this one. */
static struct str
identity(const struct content_record *r)
{
	if (r->kind == CONTENT_SYNONYM)
		return content_get(r, "terme");
	if (r->kind == CONTENT_TERM_LINK)
		return content_get(r, "theme");
	return content_get(r, r->kind == CONTENT_SCHEME || r->kind == CONTENT_ESPACE || r->kind == CONTENT_TERM ? "code" : "ref");
}

/* A few hundred records and references: a plain walk is fast enough (under 10 ms for the shipped content). */
static const struct content_record *
record_find(const struct content *c, enum content_kind kind, struct str scheme, struct str ref)
{
	for (size_t i = 0; i < c->n; i++) {
		const struct content_record *r = &c->records[i];
		if (r->kind == kind && str_eq(identity(r), ref) &&
		    (kind != CONTENT_TERM || str_eq(content_get(r, "scheme"), scheme)))
			return r;
	}
	return NULL;
}

static enum content_kind
kind_of(const char *word)
{
	return strcmp(word, "scheme") == 0      ? CONTENT_SCHEME
	       : strcmp(word, "structure") == 0 ? CONTENT_STRUCTURE
	       : strcmp(word, "catalyst") == 0  ? CONTENT_CATALYST
	       : strcmp(word, "espace") == 0    ? CONTENT_ESPACE
	                                        : CONTENT_SHEET;
}

/* Says `message` about one value. */
#define SAY(fmt, ...) content_error(c, r->file, v->line, "%s : " fmt, v->field->name, ##__VA_ARGS__)
#define S(s) (int)(s).n, (s).p

static void
value_check(struct content *c, const struct content_record *r, const struct content_value *v)
{
	struct str s = v->text, item, rest = s;

	if (v->field->max && characters(s) > (size_t)v->field->max)
		SAY("%zu caractères, %d au plus", characters(s), v->field->max);
	switch (v->field->type) {
	case CT_TEXT:
	case CT_LINES:
		break;
	case CT_SLUG:
		if (!is_slug(s))
			SAY("« %.*s » : minuscules, chiffres et traits d'union seulement", S(s));
		break;
	case CT_URL:
		if (!is_url(s))
			SAY("« %.*s » n'est pas une adresse http(s)", S(s));
		break;
	case CT_DATE:
		if (!is_date(s))
			SAY("« %.*s » n'est pas une date (aaaa-mm-jj)", S(s));
		break;
	case CT_TIME:
		if (s.n < 16 || !is_date((struct str){ s.p, 10 }))
			SAY("« %.*s » n'est pas un instant (aaaa-mm-jjThh:mm:ss+hh:mm)", S(s));
		break;
	case CT_INT:
		if (!is_digits(s, 1, 9))
			SAY("« %.*s » n'est pas un nombre entier", S(s));
		break;
	case CT_BOOL:
		if (!in_list("oui|non|1|0|true|false|t|f", s))
			SAY("« %.*s » : oui ou non", S(s));
		break;
	case CT_CHOICE:
		if (!in_list(v->field->arg, s))
			SAY("« %.*s » n'est pas dans %s", S(s), v->field->arg);
		break;
	case CT_TERRITORY:
		if (!is_territory(s))
			SAY("« %.*s » : type:code attendu, par exemple commune:97410", S(s));
		break;
	case CT_TERRITORIES:
		while (content_item(&rest, &item))
			if (!is_territory(item))
				SAY("« %.*s » : type:code attendu, par exemple commune:97410", S(item));
		break;
	case CT_TERMS:
		while (content_item(&rest, &item))
			if (!record_find(c, CONTENT_TERM, str_of(v->field->arg), item))
				SAY("le terme « %.*s » n'existe pas dans la liste %s", S(item), v->field->arg);
		break;
	case CT_REF:
		if (!record_find(c, kind_of(v->field->arg), STR_NONE, s))
			SAY("« %.*s » n'existe pas", S(s));
		break;
	case CT_REFS:
		while (content_item(&rest, &item)) {
			const char *colon = memchr(item.p, ':', item.n);
			struct str ref = colon ? (struct str){ item.p, (size_t)(colon - item.p) } : item;
			ref = content_trim(ref);
			if (!record_find(c, kind_of(v->field->arg), STR_NONE, ref))
				SAY("« %.*s » n'existe pas", S(ref));
			else if (r->kind == CONTENT_SHEET && kind_of(v->field->arg) == CONTENT_SHEET && str_eq(ref, content_get(r, "ref")))
				SAY("la fiche renvoie à elle-même");
		}
		break;
	case CT_RANGE:
		if (!((s.n == 1 || (s.n == 3 && s.p[1] == '-' && s.p[2] >= s.p[0])) && s.p[0] >= '1' && s.p[s.n - 1] <= '4'))
			SAY("« %.*s » : un niveau de 1 à 4, ou deux séparés d'un trait d'union", S(s));
		break;
	case CT_SOURCE:
		break; /* content_json reads it loosely: label first, then what looks like an address, a year, a publisher */
	}
}

static void
sections_check(struct content *c, const struct content_record *r)
{
	struct str type = content_get(r, "type");
	const char *keys = NULL;

	for (size_t i = 0; i < sizeof section_keys / sizeof *section_keys; i++)
		if (str_eq(type, str_of(section_keys[i].type)))
			keys = section_keys[i].keys;
	if (!keys)
		return; /* already said */
	if (r->nsections == 0)
		content_error(c, r->file, r->line, "aucune section");
	for (size_t i = 0; i < r->nsections; i++) {
		const struct content_section *s = &r->sections[i];
		if (!in_list(keys, s->key))
			content_error(c, r->file, s->line, "la section « %.*s » n'existe pas pour une fiche %.*s", S(s->key), S(type));
		if (s->text.n == 0)
			content_error(c, r->file, s->line, "la section « %.*s » est vide : ce qui est inconnu ne s'écrit pas", S(s->key));
		for (size_t j = 0; j < i; j++)
			if (str_eq(r->sections[j].key, s->key))
				content_error(c, r->file, s->line, "la section « %.*s » est écrite deux fois", S(s->key));
	}
}

static void
steps_check(struct content *c, const struct content_record *r)
{
	if (r->nsections == 0)
		content_error(c, r->file, r->line, "aucune étape");
	for (size_t i = 0; i < r->nsections; i++) {
		const struct content_section *s = &r->sections[i];
		struct content_step step;
		const char *why;
		if (!content_step_read(c->cmd->arena, s, &step, &why)) {
			content_error(c, r->file, s->line, "étape « %.*s » : %s", S(s->key), why);
			continue;
		}
		bool sheet = str_eq(step.kind, STR("fiche")), event = in_list("evenement|replay", step.kind);
		if (!is_slug(s->key))
			content_error(c, r->file, s->line, "« %.*s » : minuscules et chiffres seulement", S(s->key));
		if (!sheet && !event && !in_list("texte|question", step.kind))
			content_error(c, r->file, s->line, "la sorte « %.*s » n'existe pas pour une étape", S(step.kind));
		else if ((sheet && !record_find(c, CONTENT_SHEET, STR_NONE, step.ref)) || (event && !record_find(c, CONTENT_EVENT, STR_NONE, step.ref)))
			content_error(c, r->file, s->line, "« %.*s » n'existe pas", S(step.ref));
		else if (!sheet && !event && step.body.n == 0)
			content_error(c, r->file, s->line, "l'étape « %.*s » est vide", S(s->key));
		for (size_t k = 0; k < i; k++)
			if (str_eq(r->sections[k].key, s->key))
				content_error(c, r->file, s->line, "l'étape « %.*s » est écrite deux fois", S(s->key));
	}
}

void
content_check(struct content *c)
{
	for (size_t i = 0; i < c->n; i++) {
		const struct content_record *r = &c->records[i];
		for (const struct content_field *f = content_files[r->kind].fields; f->name; f++) {
			size_t times = 0;
			for (size_t j = 0; j < r->nvalues; j++)
				times += r->values[j].field == f;
			if (f->required && times == 0)
				content_error(c, r->file, r->line, "%s manque", f->name);
			if (times > 1 && f->type != CT_SOURCE && f->type != CT_LINES)
				content_error(c, r->file, r->line, "%s est écrit deux fois", f->name);
		}
		for (size_t j = 0; j < r->nvalues; j++)
			value_check(c, r, &r->values[j]);
		struct str scheme = content_get(r, "scheme"), id = identity(r);
		const struct content_record *first = record_find(c, r->kind, scheme, id);
		if (first && first != r)
			content_error(c, r->file, r->line, "« %.*s » est déjà écrit en %s:%d", S(id), first->file, first->line);
		struct str origin = content_get(r, r->kind == CONTENT_SHEET ? "origine" : "origin");
		if (str_eq(origin, STR("source")) && content_get(r, r->kind == CONTENT_SHEET ? "source" : "source_label").n == 0)
			content_error(c, r->file, r->line, "la source manque, alors que l'origine est « source »");
		if (r->kind == CONTENT_SHEET)
			sections_check(c, r);
		if (r->kind == CONTENT_PARCOURS)
			steps_check(c, r);
		if (r->kind == CONTENT_TERM_LINK && !record_find(c, CONTENT_TERM, STR("theme"), id))
			content_error(c, r->file, r->line, "la thématique « %.*s » n'existe pas", S(id));
		cmd_progress(c->cmd, "Vérification", i + 1, c->n);
	}
	/* Two sheets under one number. */
	for (size_t i = 0; i < c->n; i++)
		for (size_t j = 0; c->records[i].kind == CONTENT_SHEET && j < i; j++)
			if (c->records[j].kind == CONTENT_SHEET && str_eq(content_get(&c->records[i], "id"), content_get(&c->records[j], "id")))
				content_error(c, c->records[i].file, c->records[i].line, "le numéro %.*s est déjà celui de %s",
				              S(content_get(&c->records[i], "id")), c->records[j].file);
}

enum err
content_check_territories(struct content *c)
{
	struct arena *a = c->cmd->arena;
	struct db *db = cmd_db(c->cmd);
	struct db_rows rows;
	size_t n = 0, cap = 64;
	struct str *wanted = arena_array(a, struct str, cap);

	if (!db)
		return ERR_DB_DOWN;
	for (size_t i = 0; i < c->n; i++)
		for (size_t j = 0; j < c->records[i].nvalues; j++) {
			const struct content_value *v = &c->records[i].values[j];
			struct str rest = v->text, item;
			if (v->field->type != CT_TERRITORY && v->field->type != CT_TERRITORIES)
				continue;
			while (content_item(&rest, &item)) {
				if (n == cap) {
					struct str *more = arena_array(a, struct str, cap * 2);
					memcpy(more, wanted, n * sizeof *more);
					wanted = more, cap *= 2;
				}
				wanted[n++] = item;
			}
		}
	if (n == 0)
		return ERR_NONE;
	enum err e = db_run(db, a, QUERY_CONTENT_TERRITORY_MISSING, DB_ARGS(db_arg_texts(a, wanted, n)), &rows);
	for (size_t k = 0; !e && k < rows.nrows; k++) {
		struct str missing = db_text(&rows, k, 0);
		for (size_t i = 0; i < c->n; i++)
			for (size_t j = 0; j < c->records[i].nvalues; j++) {
				const struct content_record *r = &c->records[i];
				const struct content_value *v = &r->values[j];
				struct str rest = v->text, item;
				if (v->field->type != CT_TERRITORY && v->field->type != CT_TERRITORIES)
					continue;
				while (content_item(&rest, &item))
					if (str_eq(item, missing))
						SAY("le territoire « %.*s » n'existe pas", S(item));
			}
	}
	return e;
}
