/* /administration/vocabulaires, /administration/vocabulaires/{schema}, /administration/termes/{id}. */
#include "model/term.h"
#include "page/admin.h"
#include "text/slug.h"

#include <stdio.h>

enum err
page_admin_schemes(struct req *r, struct resp *w)
{
	struct arena *a = r->arena;
	struct term_schemes s;
	enum err e = term_schemes(r->write, a, &s);

	if (e)
		return e;
	struct view_admin v = admin_view(r, "/administration/vocabulaires", STR("Vocabulaires"),
	                                 "Les listes de mots qui décrivent les fiches et les catalyseurs. Un mot qui sert ne se supprime pas : il se remplace.", false);
	v.caption = STR("Les vocabulaires");
	v.heads = admin_heads(a, 5, (struct view_admin_head[]){ { STR("Vocabulaire"), false }, { STR("D’où il vient"), false }, { STR("Termes"), true }, { STR("Fiches"), true }, { STR("Dernier changement"), false } });
	struct view_admin_row *rows = arena_array(a, struct view_admin_row, s.n + 1);
	for (size_t i = 0; i < s.n; i++) {
		const struct term_scheme *x = &s.p[i];
		struct view_admin_cell first = admin_link(x->label, link_fmt(a, "/administration/vocabulaires/%.*s", (int)x->code.n, x->code.p)),
				       terms = admin_number(a, x->terms), changed = admin_text(admin_when(a, x->changed.at));
		first.note = x->description;
		if (x->closed)
			terms.note = arena_fmt(a, "et %lld clos", (long long)x->closed);
		changed.note = x->changed.at.n && x->changed.by.n ? arena_fmt(a, "par %.*s", (int)x->changed.by.n, x->changed.by.p) : STR_NONE;
		rows[i] = admin_row(a, &v.heads, first, 4, (struct view_admin_cell[]){ admin_text(str_eq(x->origin, STR("ours")) ? STR("proposition de Catalyse") : STR("repris d’une source")), terms, admin_number(a, x->sheets), changed });
	}
	v.rows = (struct view_admin_rows){ rows, s.n };
	return admin_send(r, w, &v);
}

static void
fields_of(struct req *r, const struct param_def *schema, const struct term_edit *t, struct view_form_field f[8])
{
	struct view_form_option origins[] = { { .value = STR("ours"), .label = STR("Une proposition de Catalyse") }, { .value = STR("source"), .label = STR("Repris d’une source") } };

	f[0] = form_field(r, schema, "libelle", t->label, NULL);
	f[1] = form_field(r, schema, "couleur", t->colour, "Six chiffres après un dièse : #1f5c86. Vide : aucune.");
	f[2] = form_field(r, schema, "definition", t->definition, "En une ou deux phrases, pour qui ne connaît pas le mot.");
	f[3] = form_field(r, schema, "origine", t->origin, NULL);
	f[3].select = true;
	form_options(r, &f[3], origins, 2, &t->origin, 1);
	f[4] = form_field(r, schema, "source", t->source_label, "Obligatoire quand le terme est repris d’une source.");
	f[5] = form_field(r, schema, "source_url", t->source_url, NULL);
	f[6] = form_field(r, schema, "valable_du", t->valid_from, NULL);
	f[7] = form_field(r, schema, "valable_jusqu", t->valid_to, "Après ce jour, le terme n’est plus proposé ; les fiches le gardent.");
	f[0].required = true;
	f[2].rows = 3;
}

static bool
is_colour(struct str s)
{
	if (s.n != 7 || s.p[0] != '#')
		return false;
	for (size_t i = 1; i < 7; i++)
		if (!((s.p[i] >= '0' && s.p[i] <= '9') || ((s.p[i] | 0x20) >= 'a' && (s.p[i] | 0x20) <= 'f')))
			return false;
	return true;
}

/* What was typed, into t; false: something is missing or does not go together. */
static bool
term_typed(struct req *r, struct resp *w, struct term_edit *t)
{
	size_t before = r->nnotices;

	t->label = req_param(r, "libelle");
	t->definition = req_param(r, "definition");
	t->colour = req_param(r, "couleur");
	t->valid_from = req_param(r, "valable_du");
	t->valid_to = req_param(r, "valable_jusqu");
	t->origin = req_param(r, "origine").n ? req_param(r, "origine") : STR("ours");
	t->source_label = req_param(r, "source");
	t->source_url = req_param(r, "source_url");
	if (!t->label.n && !req_typed(r, "libelle").n)
		form_fault(r, "libelle", "Écrivez le mot tel qu’il sera lu.");
	if (t->colour.n && !is_colour(t->colour))
		form_fault(r, "couleur", "Une couleur s’écrit avec un dièse et six chiffres ou lettres de a à f : #1f5c86.");
	if (str_eq(t->origin, STR("source")) && !t->source_label.n)
		form_fault(r, "source", "Dites de quelle source ce mot est repris.");
	if (t->valid_from.n && t->valid_to.n && memcmp(t->valid_from.p, t->valid_to.p, 10) >= 0)
		form_fault(r, "valable_jusqu", "La fin vient après le début.");
	if (r->nnotices > before)
		w->status = 422;
	return r->nnotices == before;
}

static enum err
terms_show(struct req *r, struct resp *w, struct str code)
{
	struct arena *a = r->arena;
	struct term_schemes all;
	struct term_edits t;
	const struct term_scheme *s = NULL;
	enum err e = term_schemes(r->write, a, &all);

	if (e || (e = term_all(r->write, a, code, &t)))
		return e;
	for (size_t i = 0; i < all.n; i++)
		if (str_eq(all.p[i].code, code))
			s = &all.p[i];
	if (!s)
		return ERR_NOT_FOUND;
	struct view_admin v = admin_view(r, "/administration/vocabulaires", s->label, NULL, true);
	struct url here = link_fmt(a, "/administration/vocabulaires/%.*s", (int)code.n, code.p);
	v.lead = s->description;
	v.history = admin_history(a, s->changed.at, s->changed.by);
	v.caption = arena_fmt(a, "Les termes : %.*s", (int)s->label.n, s->label.p);
	v.count = words_count(a, s->terms, "terme", "termes");
	v.empty = STR("Ce vocabulaire n’a pas encore de terme.");
	v.heads = admin_heads(a, 5, (struct view_admin_head[]){ { STR("Terme"), false }, { STR("Code"), false }, { STR("Fiches"), true }, { STR("État"), false }, { STR("Ordre"), false } });
	struct view_admin_row *rows = arena_array(a, struct view_admin_row, t.n + 1);
	for (size_t i = 0; i < t.n; i++) {
		const struct term_edit *x = &t.p[i];
		struct view_admin_cell first = admin_link(x->label, link_fmt(a, "/administration/termes/%lld", (long long)x->id)), state = admin_text(STR("proposé")), order = { 0 };
		first.note = x->definition;
		first.colour = x->colour;
		if (x->merged_into.n)
			state.text = STR("remplacé"), state.note = arena_fmt(a, "par %.*s", (int)x->merged_into.n, x->merged_into.p);
		else if (x->valid_to.n)
			state.text = arena_fmt(a, "jusqu’au %.*s", (int)admin_when(a, x->valid_to).n, admin_when(a, x->valid_to).p);
		if (!x->merged_into.n) {
			struct view_form_pair kept = { STR("terme"), arena_fmt(a, "%lld", (long long)x->id) };
			struct str said = arena_fmt(a, " : %.*s", (int)x->label.n, x->label.p);
			order.buttons = admin_buttons(r, 2, (struct view_admin_button[]){ { .action = here, .label = STR("Monter"), .said = said, .value = STR("monter"), .kept = { &kept, 1 } },
			                                                                  { .action = here, .label = STR("Descendre"), .said = said, .value = STR("descendre"), .kept = { &kept, 1 } } });
		}
		rows[i] = admin_row(a, &v.heads, first, 4, (struct view_admin_cell[]){ admin_text(x->code), admin_number(a, x->sheets), state, order });
		rows[i].faded = x->merged_into.n > 0;
	}
	v.rows = (struct view_admin_rows){ rows, t.n };
	v.links = (struct view_links){ &(struct view_link){ STR("Ce vocabulaire sur le site"), link_fmt(a, "/vocabulaires/%.*s", (int)code.n, code.p) }, 1 };
	if (!str_eq(code, STR("odd")) && !str_eq(code, STR("maturite"))) {
		struct view_form_field f[9];
		struct term_edit none = { .origin = STR("ours") };
		fields_of(r, PARAMS_ADMIN_TERMS, &none, f);
		f[8] = form_field(r, PARAMS_ADMIN_TERMS, "code", STR_NONE, "Il sert dans les adresses et ne change plus. Vide : fait du libellé.");
		struct view_admin_form form = admin_form(r, "ajouter", STR("Ajouter un terme"), here, 9, f, STR("Ajouter ce terme"), "ajouter");
		v.after = admin_forms(a, 1, &form);
	}
	return admin_send(r, w, &v);
}

enum err
page_admin_terms(struct req *r, struct resp *w)
{
	struct str code = r->vars[0], act = req_param(r, "act"), why = STR_NONE;
	struct str here = arena_fmt(r->arena, "/administration/vocabulaires/%.*s", (int)code.n, code.p);
	int64_t me = actor_of(r)->id;
	enum err e = ERR_NONE;

	if (!slug_valid(code))
		return ERR_NOT_FOUND;
	if (r->method != METHOD_POST || r->refused)
		return terms_show(r, w, code);
	if (str_eq(act, STR("monter")) || str_eq(act, STR("descendre"))) {
		if ((e = term_move(r->write, r->arena, me, admin_int(r, "terme"), str_eq(act, STR("monter")), &why)))
			return e;
		if (!admin_made(r, w, why, "formulaire"))
			return terms_show(r, w, code);
		admin_done(r, w, here, "ordre");
		return ERR_NONE;
	}
	struct term_edit t = { .scheme = code, .code = req_param(r, "code") };
	if (!term_typed(r, w, &t))
		return terms_show(r, w, code);
	if (!t.code.n)
		t.code = slug_of(r->arena, t.label);
	if (!slug_valid(t.code)) {
		form_fault(r, "code", "Des minuscules, des chiffres et des traits d’union seulement.");
		w->status = 422;
		return terms_show(r, w, code);
	}
	if ((e = term_save(r->write, r->arena, me, &t, &why)))
		return e;
	if (!admin_made(r, w, why, "code"))
		return terms_show(r, w, code);
	admin_done(r, w, here, "ajoute");
	return ERR_NONE;
}

static enum err
term_show(struct req *r, struct resp *w, const struct term_edit *t)
{
	struct arena *a = r->arena;
	struct term_edits all;
	struct url here = link_fmt(a, "/administration/termes/%lld", (long long)t->id);
	enum err e = term_all(r->write, a, t->scheme, &all);

	if (e)
		return e;
	struct view_admin v = admin_view(r, "/administration/vocabulaires", t->label, NULL, true);
	struct view_link up = { arena_fmt(a, "Tout le vocabulaire « %.*s »", (int)t->scheme.n, t->scheme.p), link_fmt(a, "/administration/vocabulaires/%.*s", (int)t->scheme.n, t->scheme.p) };
	v.history = admin_history(a, t->changed.at, t->changed.by);
	v.links = (struct view_links){ &up, 1 };
	v.lead = t->merged_into.n ? arena_fmt(a, "Remplacé par « %.*s » : ce qui le portait porte l’autre.", (int)t->merged_into.n, t->merged_into.p)
	         : t->uses      ? arena_fmt(a, "%s : il sert à %lld endroit%s.", arena_cstr(a, t->code), (long long)t->uses, t->uses > 1 ? "s" : "")
	                        : arena_fmt(a, "%.*s : rien ne s’en sert encore.", (int)t->code.n, t->code.p);
	if (t->merged_into.n)
		return admin_send(r, w, &v);
	struct view_form_field f[8], m[2];
	struct view_admin_form forms[3];
	size_t n = 0;
	fields_of(r, PARAMS_ADMIN_TERM, t, f);
	forms[n++] = admin_form(r, "changer", STR("Changer ce terme"), here, 8, f, STR("Enregistrer"), "enregistrer");
	bool fixed = str_eq(t->scheme, STR("odd")) || str_eq(t->scheme, STR("maturite"));
	if (!fixed && all.n > 1) {
		struct view_form_option *o = arena_array(a, struct view_form_option, all.n + 1);
		size_t k = 1;
		o[0] = (struct view_form_option){ .label = STR("Choisissez") };
		for (size_t i = 0; i < all.n; i++)
			if (all.p[i].id != t->id && !all.p[i].merged_into.n)
				o[k++] = (struct view_form_option){ .value = arena_fmt(a, "%lld", (long long)all.p[i].id), .label = all.p[i].label };
		m[0] = form_field(r, PARAMS_ADMIN_TERM, "par", STR_NONE, NULL);
		m[0].select = true;
		form_options(r, &m[0], o, k, NULL, 0);
		m[1] = form_field(r, PARAMS_ADMIN_TERM, "motif", STR_NONE, "Il est gardé au journal.");
		forms[n] = admin_form(r, "remplacer", STR("Le remplacer par un autre"), here, 2, m, STR("Remplacer partout"), "remplacer");
		forms[n].lead = STR("Les fiches, les catalyseurs et les rôles qui portent ce terme porteront l’autre. Les textes en cours d’écriture aussi. Rien ne se perd.");
		forms[n++].second = true;
	}
	if (!fixed && t->uses == 0) {
		forms[n] = admin_form(r, "supprimer", STR("Le supprimer"), here, 0, NULL, STR("Supprimer ce terme"), "supprimer");
		forms[n].lead = STR("Rien ne s’en sert : il peut disparaître.");
		forms[n++].second = true;
	}
	v.forms = admin_forms(a, n, forms);
	return admin_send(r, w, &v);
}

enum err
page_admin_term(struct req *r, struct resp *w)
{
	struct arena *a = r->arena;
	struct str none, act = req_param(r, "act"), why = STR_NONE;
	int64_t id = link_number(r->vars[0], &none), me = actor_of(r)->id;
	struct term_edit t;
	enum err e;

	if (id <= 0 || (e = term_find(r->write, a, id, &t)) == ERR_NOT_FOUND)
		return ERR_NOT_FOUND;
	if (e || r->method != METHOD_POST || r->refused)
		return e ? e : term_show(r, w, &t);
	struct str list = arena_fmt(a, "/administration/vocabulaires/%.*s", (int)t.scheme.n, t.scheme.p);
	if (str_eq(act, STR("remplacer"))) {
		if ((e = term_merge(r->write, a, me, id, admin_int(r, "par"), req_param(r, "motif"), &why)))
			return e;
		if (!admin_made(r, w, str_eq(why, STR("introuvable")) ? STR("autre") : why, "par"))
			return term_show(r, w, &t);
		admin_done(r, w, list, "remplace");
	} else if (str_eq(act, STR("supprimer"))) {
		if ((e = term_drop(r->write, a, me, id, &why)))
			return e;
		if (!admin_made(r, w, why, "formulaire"))
			return term_show(r, w, &t);
		admin_done(r, w, list, "supprime");
	} else {
		struct term_edit now = t;
		if (!term_typed(r, w, &now))
			return term_show(r, w, &t);
		if ((e = term_save(r->write, a, me, &now, &why)))
			return e;
		if (!admin_made(r, w, why, "formulaire"))
			return term_show(r, w, &t);
		admin_done(r, w, arena_fmt(a, "/administration/termes/%lld", (long long)id), "enregistre");
	}
	return ERR_NONE;
}
