/* /administration/indicateurs, .../{code}, .../import/{id}: the figures of the Observatoire, shown, hidden, taken out; a table of them, judged, then confirmed. */
#include "crypt/hash.h"
#include "model/account.h"
#include "model/figure.h"
#include "model/figure_import.h"
#include "model/import_file.h"
#include "page/admin.h"
#include "page/figures.h"
#include "web/body.h"

#include <stdio.h>

enum { ROWS_MOST = 5000, SHOWN_MOST = 300, FIGURES_MOST = 500 };

#define HERE "/administration/indicateurs"

static enum err
list_show(struct req *r, struct resp *w)
{
	struct arena *a = r->arena;
	struct indicators_kept all;
	enum err e = indicator_admin(r->write, a, &all);

	if (e)
		return e;
	struct view_admin v = admin_view(r, HERE, STR("Observatoire"), "Les questions et leurs chiffres. Un tableau les apporte ou les change ; rien n’est écrit avant que vous ayez lu le rapport.", false);
	v.caption = STR("Les questions");
	v.empty = STR("Il n’y a pas encore de question.");
	v.count = words_count(a, (int64_t)all.n, "question", "questions");
	v.heads = admin_heads(a, 4, (struct view_admin_head[]){ { STR("Question"), false }, { STR("Rubrique"), false }, { STR("Chiffres"), true }, { STR("Dernier changement"), false } });
	struct view_admin_row *rows = arena_array(a, struct view_admin_row, all.n + 1);
	for (size_t i = 0; i < all.n; i++) {
		const struct indicator_kept *x = &all.p[i];
		struct view_admin_cell first = admin_link(x->label, link_fmt(a, HERE "/%.*s", (int)x->code.n, x->code.p));
		first.note = x->published ? x->code : STR("cachée");
		rows[i] = admin_row(a, &v.heads, first, 3, (struct view_admin_cell[]){ admin_text(x->topic), admin_number(a, x->figures), admin_text(admin_when(a, x->modified_on)) });
		rows[i].faded = !x->published;
	}
	v.rows = (struct view_admin_rows){ rows, all.n };
	struct view_form_field f = form_field(r, PARAMS_ADMIN_FIGURES, "fichier", STR_NONE, "UTF-8, colonnes séparées par des points-virgules ou des virgules, 10 Mo et 5 000 lignes au plus.");
	f.accept = STR(".csv,text/csv");
	struct view_admin_form form = admin_form(r, "envoyer", STR("Apporter un tableau"), link_fmt(a, HERE), 1, &f, STR("Lire le fichier"), "envoyer");
	form.multipart = true;
	form.lead = STR("Une ligne par chiffre : indicateur, territoire, annee, population, valeur, source… L’année s’écrit, ou « non précisée ». Le modèle est le tableau que donne l’Observatoire : il revient tel quel.");
	v.after = admin_forms(a, 1, &form);
	v.links = (struct view_links){ &(struct view_link){ STR("Le tableau de tous les chiffres (CSV)"), link_fmt(a, "/observatoire.csv") }, 1 };
	return admin_send(r, w, &v);
}

enum err
page_admin_figures(struct req *r, struct resp *w)
{
	struct figure_import m;
	char sum[65];
	int64_t id;
	enum err e;

	if (r->method != METHOD_POST || r->refused)
		return list_show(r, w);
	if (r->nfiles == 0 || r->files[0].bytes.n == 0)
		form_fault(r, "fichier", "Choisissez un fichier.");
	if (r->nnotices == 0) {
		struct str why = figure_import_read(&m, r->arena, r->files[0].bytes);
		if (why.n)
			form_fault(r, "fichier", "Ce fichier ne se lit pas : %.*s.", (int)why.n, why.p);
		else if (m.nrows > ROWS_MOST)
			form_fault(r, "fichier", "Ce fichier a %zu lignes, 5 000 au plus ici. Coupez-le, ou passez par la commande catalyse import figures.", m.nrows);
		else if (m.nrows == 0)
			form_fault(r, "fichier", "Ce fichier n’a que sa ligne de titres.");
	}
	if (r->nnotices) {
		w->status = 422;
		return list_show(r, w);
	}
	sha256_of(r->files[0].bytes, sum);
	if ((e = figure_file_put(r->write, r->arena, actor_of(r)->id, r->files[0].bytes, str_of(sum), &id)))
		return e;
	resp_redirect(w, 303, arena_fmt(r->arena, HERE "/import/%lld", (long long)id));
	return ERR_NONE;
}

static enum err
indicator_page(struct req *r, struct resp *w, const struct indicator_kept *k)
{
	struct arena *a = r->arena;
	struct url here = link_fmt(a, HERE "/%.*s", (int)k->code.n, k->code.p);
	struct figures f;
	enum err e = figure_list(r->write, a, k->code, FIGURES_MOST, &f);

	if (e)
		return e;
	struct view_admin v = admin_view(r, HERE, k->label, k->published ? NULL : "Cette question est cachée : ni elle ni ses chiffres ne se voient sur le site.", true);
	v.caption = STR("Ses chiffres");
	v.empty = k->published ? STR("Aucun chiffre.") : STR("Montrez-la pour voir ses chiffres.");
	v.count = words_count(a, k->figures, "chiffre", "chiffres");
	v.heads = admin_heads(a, 5, (struct view_admin_head[]){ { STR("Qui, quoi"), false }, { STR("Où"), false }, { STR("Valeur"), true }, { STR("Source"), false }, { STR("Retirer"), false } });
	struct view_admin_row *rows = arena_array(a, struct view_admin_row, f.n + 1);
	for (size_t i = 0; i < f.n; i++) {
		const struct figure *x = &f.p[i];
		struct view_admin_cell first = admin_text(x->answer.n ? arena_fmt(a, "%.*s : %.*s", (int)x->population.n, x->population.p, (int)x->answer.n, x->answer.p) : x->population);
		struct view_admin_cell value = admin_text(figure_value_words(a, x->value, x->unit)), source = admin_link(x->source_label, link_external(x->source_url)), button = admin_text(STR_NONE);
		struct view_form_pair *kept = arena_new_of(a, struct view_form_pair);
		first.note = figure_year_words(a, x);
		value.number = true;
		source.note = x->publisher;
		*kept = (struct view_form_pair){ STR("chiffre"), arena_fmt(a, "%lld", (long long)x->id) };
		button.buttons = admin_buttons(r, 1, &(struct view_admin_button){ .action = here, .label = STR("Retirer"), .said = arena_fmt(a, " : %.*s", (int)first.text.n, first.text.p),
			                                                          .name = STR("act"), .value = STR("oter"), .kept = { kept, 1 } });
		rows[i] = admin_row(a, &v.heads, first, 4, (struct view_admin_cell[]){ admin_text(x->place.name), value, source, button });
	}
	v.rows = (struct view_admin_rows){ rows, f.n };
	struct view_admin_form form = admin_form(r, "visible", k->published ? STR("La cacher") : STR("La montrer"), here, 0, NULL, k->published ? STR("Cacher cette question") : STR("Montrer cette question"),
	                                         k->published ? "cacher" : "montrer");
	form.second = true;
	form.lead = k->published ? STR("Elle et ses chiffres ne se verront plus sur le site. Rien n’est perdu.") : STR("Elle et ses chiffres se verront sur le site.");
	v.after = admin_forms(a, 1, &form);
	struct view_link *links = arena_array(a, struct view_link, 2);
	size_t n = 0;
	if (k->published) {
		links[n++] = (struct view_link){ STR("Sa page sur le site"), link_indicator(a, k->code) };
		links[n++] = (struct view_link){ STR("Son tableau, à changer puis à apporter de nouveau (CSV)"), link_fmt(a, "/observatoire/%.*s.csv", (int)k->code.n, k->code.p) };
	}
	v.links = (struct view_links){ links, n };
	return admin_send(r, w, &v);
}

enum err
page_admin_indicator(struct req *r, struct resp *w)
{
	struct arena *a = r->arena;
	struct str act = req_param(r, "act"), why = STR_NONE;
	struct indicators_kept all;
	const struct indicator_kept *k = NULL;
	enum err e = indicator_admin(r->write, a, &all);

	for (size_t i = 0; !e && i < all.n; i++)
		if (str_eq(all.p[i].code, r->vars[0]))
			k = &all.p[i];
	if (e || !k)
		return e ? e : ERR_NOT_FOUND;
	if (r->method != METHOD_POST || r->refused)
		return indicator_page(r, w, k);
	const char *done = "retire";
	if (str_eq(act, STR("oter"))) {
		e = figure_drop(r->write, a, actor_of(r)->id, k->code, admin_int(r, "chiffre"), &why);
	} else if (str_eq(act, STR("montrer")) || str_eq(act, STR("cacher"))) {
		bool shown = str_eq(act, STR("montrer"));
		done = shown ? "montre" : "cache";
		e = indicator_show(r->write, a, actor_of(r)->id, k->code, shown, &why);
	} else {
		why = STR("introuvable");
	}
	if (e)
		return e;
	if (!admin_made(r, w, why, "act"))
		return indicator_page(r, w, k);
	admin_done(r, w, arena_fmt(a, HERE "/%.*s", (int)k->code.n, k->code.p), done);
	return ERR_NONE;
}

static enum err
report_show(struct req *r, struct resp *w, int64_t id, const struct figure_import *m)
{
	struct arena *a = r->arena;
	struct url here = link_fmt(a, HERE "/import/%lld", (long long)id);
	const size_t *i = m->indicators, *f = m->figures;
	struct view_admin v = admin_view(r, HERE, STR("Ce que ferait ce tableau"), NULL, true);
	struct buf b;

	v.lead = arena_fmt(a, "%s. Questions : %zu à ajouter, %zu à changer. Chiffres : %zu à ajouter, %zu à changer, %zu déjà là tels quels. %zu ligne%s refusée%s. Rien n’est encore écrit.",
	                   arena_cstr(a, words_count(a, (int64_t)m->nrows, "ligne", "lignes")), i[FIGURE_ADDED], i[FIGURE_CHANGED], f[FIGURE_ADDED], f[FIGURE_CHANGED], f[FIGURE_SAME],
	                   f[FIGURE_REFUSED], f[FIGURE_REFUSED] > 1 ? "s" : "", f[FIGURE_REFUSED] > 1 ? "s" : "");
	buf_init(&b, a, 128);
	for (size_t k = 0; k < m->csv.nunknown; k++)
		buf_fmt(&b, "%s« %.*s »", k ? ", " : m->csv.nunknown > 1 ? "Colonnes inconnues, laissées de côté : " : "Colonne inconnue, laissée de côté : ", (int)m->csv.unknown[k].n, m->csv.unknown[k].p);
	v.warn = buf_str(&b);
	v.caption = STR("Ce qui est à revoir, ligne par ligne");
	v.heads = admin_heads(a, 3, (struct view_admin_head[]){ { STR("Ligne"), false }, { STR("Colonne"), false }, { STR("Ce qui ne va pas"), false } });
	size_t shown = m->nremarks > SHOWN_MOST ? SHOWN_MOST : m->nremarks;
	struct view_admin_row *rows = arena_array(a, struct view_admin_row, shown + 1);
	for (size_t k = 0; k < shown; k++)
		rows[k] = admin_row(a, &v.heads, admin_text(arena_fmt(a, "%zu", m->remarks[k].line)), 2,
		                    (struct view_admin_cell[]){ admin_text(m->remarks[k].column.n ? m->remarks[k].column : STR("toute la ligne")), admin_text(m->remarks[k].message) });
	v.rows = (struct view_admin_rows){ rows, shown };
	v.count = m->nremarks > shown ? arena_fmt(a, "Les %zu premières remarques sur %zu", shown, m->nremarks) : words_count(a, (int64_t)m->nremarks, "remarque", "remarques");
	struct view_admin_form forms[2];
	size_t n = 0, changes = i[FIGURE_ADDED] + i[FIGURE_CHANGED] + f[FIGURE_ADDED] + f[FIGURE_CHANGED];
	if (changes) {
		forms[n] = admin_form(r, "confirmer", STR("Confirmer"), here, 0, NULL, STR("Importer ces chiffres"), "confirmer");
		forms[n++].lead = STR("Ils se verront tout de suite sur le site. Les lignes refusées restent de côté.");
	}
	forms[n] = admin_form(r, "abandonner", STR("Ou renoncer"), here, 0, NULL, STR("Abandonner cet import"), "abandonner");
	forms[n].lead = STR("Le fichier est oublié. Corrigez-le et envoyez-le de nouveau.");
	forms[n++].second = true;
	v.after = admin_forms(a, n, forms);
	return admin_send(r, w, &v);
}

static enum err
done_show(struct req *r, struct resp *w, const struct import_file *f)
{
	struct arena *a = r->arena;
	struct view_admin v = admin_view(r, HERE, STR("Un tableau de chiffres"), NULL, true);
	struct str when = admin_when(a, f->done_at.n ? f->done_at : f->created_at);

	v.lead = f->done_at.n ? arena_fmt(a, "Importé le %.*s.", (int)when.n, when.p) : arena_fmt(a, "Envoyé le %.*s, puis abandonné ou oublié après un jour : rien n’a été écrit.", (int)when.n, when.p);
	v.history = f->counts.n > 2 && f->done_at.n ? f->counts : STR_NONE;
	v.links = (struct view_links){ &(struct view_link){ STR("L’Observatoire"), link_fmt(a, HERE) }, 1 };
	return admin_send(r, w, &v);
}

/* What it would do is seen by doing it, in a transaction that is undone. */
static enum err
judge(struct req *r, struct figure_import *m)
{
	enum err e = db_begin(r->write);

	if (e)
		return e;
	e = figure_import_run(m, r->write, NULL, NULL);
	db_rollback(r->write);
	return e;
}

enum err
page_admin_figures_file(struct req *r, struct resp *w)
{
	struct arena *a = r->arena;
	struct str none, act = req_param(r, "act");
	int64_t id = link_number(r->vars[0], &none), me = actor_of(r)->id;
	struct import_file f;
	struct figure_import m;
	enum err e;

	if (id <= 0 || (e = import_file_find(r->write, a, id, me, "chiffres", &f)) == ERR_NOT_FOUND)
		return ERR_NOT_FOUND;
	if (e)
		return e;
	struct str here = arena_fmt(a, HERE "/import/%lld", (long long)id);
	bool post = r->method == METHOD_POST;
	if (f.body.n == 0) {
		if (!post)
			return done_show(r, w, &f);
		admin_done(r, w, here, f.done_at.n ? "importe" : "abandonne");
		return ERR_NONE;
	}
	if (post && !str_eq(act, STR("confirmer"))) {
		if ((e = import_file_done(r->write, a, id, me, STR_NONE)))
			return e;
		admin_done(r, w, STR(HERE), "abandonne");
		return ERR_NONE;
	}
	struct str why = figure_import_read(&m, a, f.body);
	if (why.n)
		return err_note(ERR_INTERNAL, "a table that was read is not any more");
	if (!post)
		return (e = judge(r, &m)) ? e : report_show(r, w, id, &m);
	if ((e = figure_import_run(&m, r->write, NULL, NULL)))
		return e;
	struct str counts = arena_fmt(a, "{\"indicateurs_ajoutes\": %zu, \"indicateurs_changes\": %zu, \"ajoutes\": %zu, \"changes\": %zu, \"identiques\": %zu, \"refuses\": %zu, \"somme\": \"%.*s\"}",
	                              m.indicators[FIGURE_ADDED], m.indicators[FIGURE_CHANGED], m.figures[FIGURE_ADDED], m.figures[FIGURE_CHANGED], m.figures[FIGURE_SAME],
	                              m.figures[FIGURE_REFUSED], (int)f.sum.n, f.sum.p);
	if ((e = import_file_done(r->write, a, id, me, counts)) || (e = journal_add(r->write, a, me, "chiffres_importes", "import", id, counts, STR_NONE)))
		return e;
	admin_done(r, w, here, "importe");
	return ERR_NONE;
}
