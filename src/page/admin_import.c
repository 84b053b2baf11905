/* /administration/import, /administration/import/{id}: a table of sheets sent by a browser, judged, then confirmed. */
#include "crypt/hash.h"
#include "model/espace.h"
#include "model/import_file.h"
#include "model/sheet_import.h"
#include "page/admin.h"
#include "text/json_out.h"
#include "web/body.h"

#include <stdatomic.h>
#include <stdio.h>
#include <time.h>

enum { ROWS_MOST = 5000, SHOWN_MOST = 300, TABLE_MEMORY = 256 * 1024 * 1024, TABLE_WAITS = 10, TABLE_WAIT_MS = 50 };

/* Who holds a table: one at a time, as several would be more than an instance may take (MemoryMax). */
static _Atomic(const struct req *) holder;

static void
table_free(void *arena)
{
	arena_free(arena);
	atomic_store(&holder, NULL);
}

/*
 * Ten megabytes of cells are more than a page may take: a table has memory of its own, which ends with the request. ERR_DB_BUSY: another table is held,
 * and for longer than the end of an answer takes. A request that is tried again holds it already.
 */
static enum err
table_arena(struct req *r, struct arena **ret)
{
	const struct req *was = NULL;

	for (int i = 0; !atomic_compare_exchange_strong(&holder, &was, r) && was != r; i++, was = NULL) {
		if (i == TABLE_WAITS)
			return err_note(ERR_DB_BUSY, "another table is being read");
		nanosleep(&(struct timespec){ .tv_nsec = TABLE_WAIT_MS * 1000000L }, NULL);
	}
	*ret = arena_new((size_t)1 << 20, TABLE_MEMORY);
	arena_cleanup(r->arena, table_free, *ret);
	return ERR_NONE;
}

static enum err
send_show(struct req *r, struct resp *w)
{
	struct arena *a = r->arena;
	struct espaces es;
	enum err e = espace_all(r->write, a, actor_of(r)->id, &es);

	if (e)
		return e;
	struct view_admin v = admin_view(r, "/administration/import", STR("Importer un tableau"),
	                                 "Un fichier CSV de fiches, venu d’un tableur ou d’une autre base. Rien n’est écrit avant que vous ayez lu le rapport.", false);
	struct view_form_option *o = arena_array(a, struct view_form_option, es.n + 1),
				states[] = { { .value = STR("soumise"), .label = STR("Les envoyer à la relecture") }, { .value = STR("publiee"), .label = STR("Les publier tout de suite") } };
	size_t n = 1;
	o[0].label = STR("Aucun");
	for (size_t i = 0; i < es.n; i++)
		if (es.p[i].may)
			o[n++] = (struct view_form_option){ .value = es.p[i].code, .label = es.p[i].name };
	struct view_form_field f[4] = { form_field(r, PARAMS_ADMIN_IMPORT, "fichier", STR_NONE, "UTF-8, colonnes séparées par des points-virgules ou des virgules, 10 Mo et 5 000 lignes au plus."),
		                        form_field(r, PARAMS_ADMIN_IMPORT, "source_nom", STR_NONE, "Le nom de la base d’où il vient. Au prochain import sous ce nom, les fiches seront retrouvées par leur identifiant."),
		                        form_field(r, PARAMS_ADMIN_IMPORT, "etat", STR_NONE, NULL), form_field(r, PARAMS_ADMIN_IMPORT, "espace", STR_NONE, "Seulement pour des fiches publiées tout de suite.") };
	f[0].accept = STR(".csv,text/csv");
	f[1].required = true;
	f[2].select = f[3].select = true;
	form_options(r, &f[2], states, 2, NULL, 0);
	form_options(r, &f[3], o, n, NULL, 0);
	struct view_admin_form form = admin_form(r, "envoyer", STR("Le fichier"), link_fmt(a, "/administration/import"), 4, f, STR("Lire le fichier"), NULL);
	form.multipart = true;
	form.lead = STR("La première ligne nomme les colonnes : source_id, type, titre, chapo, territoire, source, theme… Une colonne inconnue est dite, jamais devinée.");
	v.forms = admin_forms(a, 1, &form);
	v.links = (struct view_links){ &(struct view_link){ STR("Un modèle : le CSV que donne la liste des fiches"), link_fmt(a, "/fiches.csv?taille=5") }, 1 };
	return admin_send(r, w, &v);
}

enum err
page_admin_import(struct req *r, struct resp *w)
{
	struct arena *a = r->arena, *table;
	struct import_file f = { .source = req_param(r, "source_nom"), .publish = str_eq(req_param(r, "etat"), STR("publiee")) };
	struct str espace = f.publish ? req_param(r, "espace") : STR_NONE;
	struct sheet_import m;
	struct espace place;
	char sum[65];
	int64_t id;
	enum err e;

	if (r->method != METHOD_POST || r->refused)
		return send_show(r, w);
	if (r->nfiles == 0 || r->files[0].bytes.n == 0)
		form_fault(r, "fichier", "Choisissez un fichier.");
	if (!f.source.n)
		form_fault(r, "source_nom", "Dites d’où viennent ces fiches.");
	if (espace.n && (e = espace_find(r->write, a, actor_of(r)->id, espace, &place)) != ERR_NONE && e != ERR_NOT_FOUND)
		return e;
	if (espace.n && (e == ERR_NOT_FOUND || !place.may))
		form_fault(r, "espace", "Cet espace n’est pas des vôtres.");
	bool busy = r->nnotices == 0 && table_arena(r, &table) != ERR_NONE;
	if (busy) {
		form_fault(r, "fichier", "Un autre tableau est en cours de lecture. Choisissez le vôtre de nouveau et renvoyez-le dans un instant.");
		resp_header(w, "Retry-After", STR("10"));
	} else if (r->nnotices == 0) {
		struct str why = sheet_import_read(&m, table, r->files[0].bytes);
		if (why.n)
			form_fault(r, "fichier", "Ce fichier ne se lit pas : %.*s.", (int)why.n, why.p);
		else if (m.nrows > ROWS_MOST)
			form_fault(r, "fichier", "Ce fichier a %zu lignes, 5 000 au plus ici. Coupez-le, ou passez par la commande catalyse import.", m.nrows);
		else if (m.nrows == 0)
			form_fault(r, "fichier", "Ce fichier n’a que sa ligne de titres.");
	}
	if (r->nnotices) {
		w->status = busy ? 503 : 422;
		return send_show(r, w);
	}
	sha256_of(r->files[0].bytes, sum);
	f.sum = str_of(sum);
	f.body = r->files[0].bytes;
	if ((e = import_file_put(r->write, table, actor_of(r)->id, &f, espace, &id)))
		return e;
	resp_redirect(w, 303, arena_fmt(a, "/administration/import/%lld", (long long)id));
	return ERR_NONE;
}

static struct str
columns_words(struct arena *a, const struct sheet_import *m)
{
	struct buf b;
	size_t n = 0;

	buf_init(&b, a, 256);
	for (size_t i = 0; i < m->ncolumns; i++) {
		const struct import_column *c = &m->columns[i];
		if (c->field && !c->computed)
			continue;
		buf_fmt(&b, "%s« %.*s »%s", n++ ? ", " : "", (int)c->title.n, c->title.p, c->twice ? " (en double)" : c->computed ? " (que le site calcule)" : " (inconnue)");
	}
	if (n == 0)
		return STR_NONE;
	struct str list = buf_str(&b);
	return arena_fmt(a, "%s de côté : %.*s.", n > 1 ? "Colonnes laissées" : "Colonne laissée", (int)list.n, list.p);
}

static enum err
report_show(struct req *r, struct resp *w, const struct import_file *f, const struct sheet_import *m)
{
	struct arena *a = r->arena;
	struct url here = link_fmt(a, "/administration/import/%lld", (long long)f->id);
	const size_t *n = m->counts;
	struct view_admin v = admin_view(r, "/administration/import", STR("Ce que ferait cet import"), NULL, true);
	struct str left = columns_words(a, m);

	v.lead = arena_fmt(a, "%s : %zu à ajouter, %zu à changer, %zu déjà là telles quelles, %zu refusée%s. Rien n’est encore écrit.", arena_cstr(a, words_count(a, (int64_t)m->nrows, "ligne", "lignes")),
	                   n[IMPORT_ADDED], n[IMPORT_CHANGED], n[IMPORT_SAME], n[IMPORT_REFUSED], n[IMPORT_REFUSED] > 1 ? "s" : "");
	v.warn = left;
	v.caption = STR("Ce qui est à revoir, ligne par ligne");
	v.heads = admin_heads(a, 3, (struct view_admin_head[]){ { STR("Ligne"), false }, { STR("Colonne"), false }, { STR("Ce qui ne va pas"), false } });
	size_t shown = m->nfaults > SHOWN_MOST ? SHOWN_MOST : m->nfaults;
	struct view_admin_row *rows = arena_array(a, struct view_admin_row, shown + 1);
	for (size_t i = 0; i < shown; i++)
		rows[i] = admin_row(a, &v.heads, admin_text(arena_fmt(a, "%zu", m->faults[i].line)), 2,
		                    (struct view_admin_cell[]){ admin_text(m->faults[i].column.n ? m->faults[i].column : STR("toute la ligne")), admin_text(m->faults[i].message) });
	v.rows = (struct view_admin_rows){ rows, shown };
	v.count = m->nfaults > shown ? arena_fmt(a, "Les %zu premières remarques sur %zu", shown, m->nfaults) : words_count(a, (int64_t)m->nfaults, "remarque", "remarques");
	struct view_admin_form forms[2];
	size_t k = 0;
	if (n[IMPORT_ADDED] + n[IMPORT_CHANGED]) {
		forms[k] = admin_form(r, "confirmer", STR("Confirmer"), here, 0, NULL, arena_fmt(a, "Importer %zu fiche%s", n[IMPORT_ADDED] + n[IMPORT_CHANGED], n[IMPORT_ADDED] + n[IMPORT_CHANGED] > 1 ? "s" : ""), "confirmer");
		forms[k++].lead = arena_fmt(a, "%s%s%.*s. Les lignes refusées restent de côté.", f->publish ? "Elles seront publiées tout de suite" : "Elles attendront une relecture",
		                            f->espace_name.n ? ", et placées dans " : "", (int)f->espace_name.n, f->espace_name.p);
	}
	forms[k] = admin_form(r, "abandonner", STR("Ou renoncer"), here, 0, NULL, STR("Abandonner cet import"), "abandonner");
	forms[k].lead = STR("Le fichier est oublié. Corrigez-le et envoyez-le de nouveau.");
	forms[k++].second = true;
	v.after = admin_forms(a, k, forms);
	return admin_send(r, w, &v);
}

static enum err
done_show(struct req *r, struct resp *w, const struct import_file *f)
{
	struct arena *a = r->arena;
	struct view_admin v = admin_view(r, "/administration/import", STR("Un import"), NULL, true);
	struct str when = admin_when(a, f->done_at.n ? f->done_at : f->created_at);
	struct view_link more[] = { { STR("Ce que le journal en dit"), link_fmt(a, "/administration/journal?objet=import") }, { STR("Importer un autre tableau"), link_fmt(a, "/administration/import") } };
	bool boss = actor_of(r)->role >= ROLE_ADMIN;

	v.lead = f->done_at.n ? arena_fmt(a, "Fait le %.*s.", (int)when.n, when.p) : arena_fmt(a, "Envoyé le %.*s, puis abandonné ou oublié après un jour : rien n’a été écrit.", (int)when.n, when.p);
	v.history = f->counts.n > 2 && f->done_at.n ? f->counts : STR_NONE;
	v.links = boss ? (struct view_links){ more, 2 } : (struct view_links){ more + 1, 1 };
	return admin_send(r, w, &v);
}

enum err
page_admin_import_file(struct req *r, struct resp *w)
{
	struct arena *a = r->arena, *table;
	struct str none, act = req_param(r, "act");
	int64_t id = link_number(r->vars[0], &none), me = actor_of(r)->id;
	struct import_file f;
	struct sheet_import m;
	bool confirm = r->method == METHOD_POST && str_eq(act, STR("confirmer"));
	enum err e;

	if (id <= 0)
		return ERR_NOT_FOUND;
	if ((e = table_arena(r, &table)))
		return e;
	if ((e = import_file_find(r->write, table, id, me, "fiches", &f)))
		return e;
	struct str here = arena_fmt(a, "/administration/import/%lld", (long long)id);
	if (f.body.n == 0) {
		if (r->method != METHOD_POST)
			return done_show(r, w, &f);
		admin_done(r, w, here, f.done_at.n ? "importe" : "abandonne");
		return ERR_NONE;
	}
	if (r->method == METHOD_POST && str_eq(act, STR("abandonner"))) {
		if ((e = import_file_done(r->write, a, id, me, STR_NONE)))
			return e;
		admin_done(r, w, STR("/administration/import"), "abandonne");
		return ERR_NONE;
	}
	struct str why = sheet_import_read(&m, table, f.body);
	if (why.n)
		return err_note(ERR_INTERNAL, "a table that was read is not any more");
	struct import_options o = { .source = f.source, .publish = f.publish, .espace = f.espace, .actor = me, .act = confirm, .sum = f.sum };
	if ((e = sheet_import_run(&m, r->write, &o)))
		return e;
	if (!confirm)
		return report_show(r, w, &f, &m);
	struct str counts = arena_fmt(a, "{\"ajoutees\": %zu, \"changees\": %zu, \"identiques\": %zu, \"refusees\": %zu}", m.counts[IMPORT_ADDED], m.counts[IMPORT_CHANGED],
	                              m.counts[IMPORT_SAME], m.counts[IMPORT_REFUSED]);
	if ((e = import_file_done(r->write, a, id, me, counts)))
		return e;
	admin_done(r, w, here, "importe");
	return ERR_NONE;
}
