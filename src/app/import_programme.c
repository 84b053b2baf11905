/*
 * import programme: a list of programmes by territory, as the ANCT publishes it, in one transaction or not at all.
 * What cannot be used is said by line and counted; what is no longer in the list of a programme is taken out.
 */
#include "app/cmd.h"
#include "text/json_out.h"
#include "text/programme_csv.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define FILE_MOST ((size_t)64 << 20)
#define PROGRAMMES_MOST 100

struct tally {
	struct str file_code, code;
	bool fresh;
	size_t added, changed, same, unknown, gone;
};

struct load {
	struct cmd *c;
	const char *path;
	struct programme_csv csv;
	struct tally programmes[PROGRAMMES_MOST];
	size_t nprogrammes, rows, left_out, followed;
	struct str *kept_programmes, *kept_refs; /* what the list holds, to know what it no longer does */
	int64_t *kept_ids;
	size_t nkept;
	struct buf text;         /* the remarks: an array of objects */
	struct json_out remarks;
};

/* kind: what became of the line: "ecartee", "suivie", "remarque", "retiree", "colonne". */
static void __attribute__((format(printf, 4, 5)))
tell(struct load *l, const char *kind, size_t line, const char *fmt, ...)
{
	char text[700];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof text, fmt, ap);
	va_end(ap);
	if (!l->c->json) {
		if (line)
			fprintf(stderr, "%s:%zu: %s\n", l->path, line, text);
		else
			fprintf(stderr, "%s: %s\n", l->path, text);
		return;
	}
	struct json_out *j = &l->remarks;
	json_begin_object(j);
	json_key(j, "sorte"), json_str(j, str_of(kind));
	if (line)
		json_key(j, "ligne"), json_int(j, (int64_t)line);
	json_key(j, "message"), json_str(j, str_of(text));
	json_end(j);
}

static const char *
kind_of(struct str type)
{
	return str_eq(type, STR("epci")) ? "intercommunalité" : str_eq(type, STR("departement")) ? "département" : str_eq(type, STR("region")) ? "région" : "commune";
}

static bool
vintage_valid(const char *v)
{
	static const char form[] = "dddd-dd-dd";
	size_t n = strlen(v);

	for (size_t i = 0; i < n; i++)
		if (i >= sizeof form - 1 || (form[i] == 'd' ? !isdigit((unsigned char)v[i]) : v[i] != form[i]))
			return false;
	return n == 4 || n == 7 || n == 10;
}

/* "petites_villes" -> code "petites-villes", name "Petites villes" for one that nobody knows yet. */
static enum err
programme_of(struct load *l, struct str file_code, struct tally **ret)
{
	struct arena *a = l->c->arena;
	struct db_rows rows;

	for (size_t i = 0; i < l->nprogrammes; i++)
		if (str_eq(l->programmes[i].file_code, file_code)) {
			*ret = &l->programmes[i];
			return ERR_NONE;
		}
	if (l->nprogrammes == PROGRAMMES_MOST)
		return err_note(ERR_BAD_INPUT, "plus de %d programmes dans un fichier", PROGRAMMES_MOST);
	char *code = arena_cstr(a, file_code), *name = arena_cstr(a, file_code);
	for (size_t i = 0; i < file_code.n; i++) {
		code[i] = code[i] == '_' ? '-' : code[i];
		name[i] = name[i] == '_' || name[i] == '-' ? ' ' : name[i];
	}
	name[0] = (char)toupper((unsigned char)name[0]);
	enum err e = db_run(l->c->db_, a, QUERY_PROGRAMME_ENSURE, DB_ARGS(db_arg_str(file_code), db_arg_str(str_of(code)), db_arg_str(str_of(name))), &rows);
	if (e)
		return e;
	struct tally *t = &l->programmes[l->nprogrammes];
	*t = (struct tally){ .file_code = file_code, .code = db_text(&rows, 0, COL_PROGRAMME_ENSURE_CODE),
		             .fresh = db_bool(&rows, 0, COL_PROGRAMME_ENSURE_FRESH) };
	if ((e = db_run(l->c->db_, a, QUERY_PROGRAMME_VINTAGE, DB_ARGS(db_arg_str(t->code)), &rows)))
		return e;
	struct str held = db_text(&rows, 0, COL_PROGRAMME_VINTAGE_VINTAGE);
	if (l->c->vintage && held.n && strncmp(held.p, l->c->vintage, held.n) > 0)
		return err_note(ERR_BAD_INPUT, "la liste de %.*s déjà chargée est plus récente (%.*s)", (int)t->code.n, t->code.p, (int)held.n, held.p);
	l->nprogrammes++;
	*ret = t;
	return ERR_NONE;
}

static enum err
put(struct load *l, const struct programme_row *r)
{
	struct arena *a = l->c->arena;
	struct tally *t = NULL;
	struct db_rows rows;
	enum err e = programme_of(l, r->programme, &t);

	if (e)
		return e;
	if (t->fresh)
		tell(l, "remarque", r->line, "programme « %.*s » : inconnu jusqu'ici, ajouté sous ce nom", (int)r->programme.n, r->programme.p), t->fresh = false;
	e = db_run(l->c->db_, a, QUERY_PROGRAMME_PUT,
	           DB_ARGS(db_arg_str(t->code), db_arg_str(r->ref), db_arg_str(r->label), db_arg_str(r->type), db_arg_str(r->code),
	                   db_arg_str(r->name), db_arg_opt(r->departement), db_arg_opt(r->signed_on), db_arg_opt(r->period),
	                   db_arg_opt(r->url), db_arg_str(str_of(programme_csv_source(l->csv.layout))),
	                   db_arg_opt(str_of(l->c->vintage))),
	           &rows);
	if (e)
		return e;
	struct str outcome = db_text(&rows, 0, COL_PROGRAMME_PUT_OUTCOME), how = db_text(&rows, 0, COL_PROGRAMME_PUT_HOW);
	if (str_eq(outcome, STR("unknown"))) {
		t->unknown++, l->left_out++;
		tell(l, "ecartee", r->line, "« %.*s » (%.*s) : %s inconnu%s des territoires chargés", (int)r->name.n, r->name.p, (int)r->given.n,
		     r->given.p, kind_of(r->type), str_eq(r->type, STR("departement")) ? "" : "e");
		return ERR_NONE;
	}
	struct str type = db_text(&rows, 0, COL_PROGRAMME_PUT_TYPE), code = db_text(&rows, 0, COL_PROGRAMME_PUT_CODE), name = db_text(&rows, 0, COL_PROGRAMME_PUT_NAME);
	if (!str_eq(how, STR("code"))) {
		l->followed++;
		tell(l, "suivie", r->line, "« %.*s » (%.*s) %s : %s %.*s, %.*s", (int)r->name.n, r->name.p, (int)r->given.n, r->given.p,
		     str_eq(how, STR("nom")) ? "se retrouve par son nom" : "a un successeur", kind_of(type), (int)code.n, code.p, (int)name.n, name.p);
	}
	str_eq(outcome, STR("added")) ? t->added++ : str_eq(outcome, STR("changed")) ? t->changed++ : t->same++;
	l->kept_programmes[l->nkept] = t->code;
	l->kept_refs[l->nkept] = r->ref;
	l->kept_ids[l->nkept++] = db_int(&rows, 0, COL_PROGRAMME_PUT_TERRITORY_ID);
	return ERR_NONE;
}

static enum err
read_all(struct load *l, size_t size)
{
	struct programme_row r;
	enum csv_result got;
	enum err e;

	while ((got = programme_csv_next(&l->csv, &r)) == CSV_ROW) {
		l->rows++;
		if (r.remark)
			tell(l, "remarque", r.line, "%s", r.remark);
		if (r.fault) {
			l->left_out++;
			tell(l, "ecartee", r.line, "« %.*s » (%.*s) : %s", (int)r.name.n, r.name.p, (int)r.given.n, r.given.p, r.fault);
		} else if ((e = put(l, &r))) {
			return e;
		}
		cmd_progress(l->c, "Programmes", size - l->csv.csv_.rest.n - 1, size);
	}
	if (got == CSV_BAD)
		return err_note(ERR_BAD_INPUT, "%s:%zu: guillemet non fermé, ou suivi d'autre chose qu'un séparateur", l->path, r.line);
	cmd_progress(l->c, "Programmes", size, size);
	return ERR_NONE;
}

static enum err
prune(struct load *l)
{
	struct arena *a = l->c->arena;
	struct db_rows rows;
	enum err e = db_run(l->c->db_, a, QUERY_PROGRAMME_PRUNE,
	                    DB_ARGS(db_arg_texts(a, l->kept_programmes, l->nkept), db_arg_texts(a, l->kept_refs, l->nkept),
	                            db_arg_ints(a, l->kept_ids, l->nkept)),
	                    &rows);
	if (e)
		return e;
	for (size_t i = 0; i < rows.nrows; i++) {
		struct str programme = db_text(&rows, i, COL_PROGRAMME_PRUNE_PROGRAMME), name = db_text(&rows, i, COL_PROGRAMME_PRUNE_NAME),
			   ref = db_text(&rows, i, COL_PROGRAMME_PRUNE_REF);
		for (size_t k = 0; k < l->nprogrammes; k++)
			l->programmes[k].gone += str_eq(l->programmes[k].code, programme);
		tell(l, "retiree", 0, "%.*s, %.*s (%.*s) : n'est plus dans la liste, retiré", (int)programme.n, programme.p, (int)name.n, name.p, (int)ref.n, ref.p);
	}
	return ERR_NONE;
}

static void
report_json(struct load *l, struct buf *b)
{
	struct json_out j = json_out(b);

	json_begin_object(&j);
	json_key(&j, "essai"), json_bool(&j, l->c->dry_run);
	json_key(&j, "source"), json_str(&j, str_of(programme_csv_source(l->csv.layout)));
	json_key(&j, "millesime"), json_str_or_null(&j, str_of(l->c->vintage));
	json_key(&j, "lignes"), json_int(&j, (int64_t)l->rows);
	json_key(&j, "ecartees"), json_int(&j, (int64_t)l->left_out);
	json_key(&j, "suivies"), json_int(&j, (int64_t)l->followed);
	json_key(&j, "programmes"), json_begin_object(&j);
	for (const struct tally *t = l->programmes; t < l->programmes + l->nprogrammes; t++) {
		json_key(&j, arena_cstr(l->c->arena, t->code)), json_begin_object(&j);
		json_key(&j, "ajoutes"), json_int(&j, (int64_t)t->added);
		json_key(&j, "changes"), json_int(&j, (int64_t)t->changed);
		json_key(&j, "identiques"), json_int(&j, (int64_t)t->same);
		json_key(&j, "retires"), json_int(&j, (int64_t)t->gone);
		json_key(&j, "inconnus"), json_int(&j, (int64_t)t->unknown);
		json_end(&j);
	}
	json_end(&j);
	json_end(&l->remarks);
	json_key(&j, "details"), json_raw(&j, buf_str(&l->text));
	json_end(&j);
}

static void
report(struct load *l)
{
	struct cmd *c = l->c;
	struct buf b;

	buf_init(&b, c->arena, 4096);
	if (c->json) {
		report_json(l, &b);
	} else {
		buf_fmt(&b, "%s : %zu ligne%s lue%s, %zu écartée%s, %zu suivie%s ailleurs", programme_csv_source(l->csv.layout), l->rows,
		        l->rows > 1 ? "s" : "", l->rows > 1 ? "s" : "", l->left_out, l->left_out > 1 ? "s" : "", l->followed, l->followed > 1 ? "s" : "");
		for (const struct tally *t = l->programmes; t < l->programmes + l->nprogrammes; t++)
			buf_fmt(&b, "\n  %-26.*s %zu ajoutés, %zu changés, %zu identiques, %zu retirés, %zu inconnus", (int)t->code.n, t->code.p,
			        t->added, t->changed, t->same, t->gone, t->unknown);
		if (c->dry_run)
			buf_lit(&b, "\nEssai : rien n'a été écrit.");
	}
	cmd_print(&b);
}

static enum err
load_all(struct load *l, size_t size)
{
	struct db_rows rows;
	enum err e;

	if ((e = db_run(l->c->db_, l->c->arena, QUERY_LOAD_PATIENCE, DB_ARGS(db_arg_str(STR("300000"))), &rows)) || (e = read_all(l, size)))
		return e;
	if (l->nkept && (e = prune(l)))
		return e;
	return db_run(l->c->db_, l->c->arena, QUERY_TERRITORY_LIKENESS_REFRESH, NULL, 0, &rows);
}

int
import_programme(struct cmd *c)
{
	struct load l = { .c = c };
	struct str text, columns;
	enum err e;

	if (c->argc != 1)
		return cmd_usage(c);
	if (c->vintage && !vintage_valid(c->vintage)) {
		cmd_refuse(c, "le millésime s'écrit AAAA, AAAA-MM ou AAAA-MM-JJ");
		return CMD_USAGE;
	}
	l.path = c->argv[0];
	buf_init(&l.text, c->arena, 4096);
	l.remarks = json_out(&l.text);
	json_begin_array(&l.remarks);
	if ((e = cmd_file_read(c->arena, l.path, FILE_MOST, &text)))
		return cmd_refuse_err(c, "lecture", e);
	if (!programme_csv_open(&l.csv, c->arena, text, &columns))
		return cmd_refuse(c, "%s:1: en-tête inconnu : %.*s", l.path, (int)(columns.n > 300 ? 300 : columns.n), columns.p ? columns.p : "");
	for (size_t i = 0; i < l.csv.nunknown; i++)
		tell(&l, "colonne", 1, "colonne inconnue « %.*s » : laissée de côté", (int)l.csv.unknown[i].n, l.csv.unknown[i].p);
	size_t most = 1;
	for (size_t i = 0; i < text.n; i++)
		most += text.p[i] == '\n';
	l.kept_programmes = arena_array(c->arena, struct str, most);
	l.kept_refs = arena_array(c->arena, struct str, most);
	l.kept_ids = arena_array(c->arena, int64_t, most);
	struct db *db = cmd_db(c);
	if (!db)
		return CMD_REFUSED;
	if ((e = db_begin(db)))
		return cmd_refuse_err(c, "transaction", e);
	if ((e = load_all(&l, text.n))) {
		cmd_refuse_err(c, "chargement", e);
		db_rollback(db);
		return cmd_refuse(c, "rien n'a été écrit");
	}
	if (c->dry_run)
		db_rollback(db);
	else if ((e = db_commit(db)))
		return cmd_refuse_err(c, "validation", e);
	report(&l);
	return CMD_OK;
}
