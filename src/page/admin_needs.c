/* /administration/thematiques, /administration/ressources, /administration/textes: what the pages on needs and on the network hold. */
#include "model/resource.h"
#include "model/site_text.h"
#include "model/theme.h"
#include "model/vocabulary.h"
#include "page/admin.h"
#include "text/slug.h"

enum { ODD_MOST = 17, ADDRESS_DEAD = 3 /* days in a row, as catalyse check-links counts them */ };

static struct view_form_option origins[] = { { .value = { "ours", 4 }, .label = { "Une proposition de Catalyse", 27 } },
	                                     { .value = { "source", 6 }, .label = { "Repris d’une source", 21 } } };

static struct str
joined(struct arena *a, struct strs v)
{
	struct buf b;

	buf_init(&b, a, 64);
	for (size_t i = 0; i < v.n; i++) {
		if (i)
			buf_lit(&b, ", ");
		buf_put(&b, v.p[i]);
	}
	return buf_str(&b);
}

static struct view_form_field
number_field(struct req *r, const struct param_def *schema, const char *name, int64_t v, const char *help)
{
	struct view_form_field f = form_field(r, schema, name, v ? arena_fmt(r->arena, "%lld", (long long)v) : STR_NONE, help);

	f.type = STR("number");
	return f;
}

static struct view_form_field
box_field(struct req *r, const struct param_def *schema, const char *name, bool ticked)
{
	struct view_form_option yes = { .value = STR("1"), .label = STR("Oui") };
	struct view_form_field f = form_field(r, schema, name, STR_NONE, NULL);

	f.checks = true;
	form_options(r, &f, &yes, 1, &yes.value, ticked);
	return f;
}

enum err
page_admin_themes(struct req *r, struct resp *w)
{
	struct arena *a = r->arena;
	struct themes all;
	enum err e = theme_all(r->write, a, &all);

	if (e)
		return e;
	struct view_admin v = admin_view(r, "/administration/thematiques", STR("Thématiques"),
	                                 "Les objectifs de développement durable de chaque besoin. Le nom et la définition se changent dans les vocabulaires.", false);
	v.caption = STR("Les thématiques et leurs objectifs");
	v.empty = STR("Aucune thématique n’est en usage.");
	v.heads = admin_heads(a, 3, (struct view_admin_head[]){ { STR("Thématique"), false }, { STR("Objectifs"), false }, { STR("Documents"), true } });
	struct view_admin_row *rows = arena_array(a, struct view_admin_row, all.n + 1);
	for (size_t i = 0; i < all.n; i++) {
		const struct theme *t = &all.p[i];
		struct view_admin_cell first = admin_link(t->label, link_fmt(a, "/administration/thematiques/%.*s", (int)t->code.n, t->code.p));
		rows[i] = admin_row(a, &v.heads, first, 2, (struct view_admin_cell[]){ admin_text(t->odd_codes.n ? joined(a, t->odd_codes) : STR("aucun")), admin_number(a, t->resources) });
	}
	v.rows = (struct view_admin_rows){ rows, all.n };
	v.links = (struct view_links){ &(struct view_link){ STR("Les thématiques sur le site"), { "/thematiques", 12 } }, 1 };
	return admin_send(r, w, &v);
}

static enum err
theme_show(struct req *r, struct resp *w, const struct theme *t)
{
	struct arena *a = r->arena;
	struct vocabulary odds;
	enum err e = vocabulary_find(r->write, a, STR("odd"), &odds);

	if (e)
		return e;
	struct view_form_option *o = arena_array(a, struct view_form_option, (size_t)odds.nterms + 1);
	for (int64_t i = 0; i < odds.nterms; i++)
		o[i] = (struct view_form_option){ .value = odds.terms[i].code, .label = arena_fmt(a, "%.*s. %.*s", (int)odds.terms[i].code.n, odds.terms[i].code.p,
			                                                                          (int)odds.terms[i].label.n, odds.terms[i].label.p) };
	struct view_form_field f = form_field(r, PARAMS_ADMIN_THEME, "odd", STR_NONE, "Ceux que l’on sert en agissant sur ce besoin. Ils s’affichent dans cet ordre.");
	f.checks = true;
	form_options(r, &f, o, (size_t)odds.nterms, t->odd_codes.p, t->odd_codes.n);
	struct view_admin_form form = admin_form(r, "objectifs", STR("Ses objectifs"), link_fmt(a, "/administration/thematiques/%.*s", (int)t->code.n, t->code.p), 1, &f, STR("Enregistrer"), "enregistrer");
	struct view_link links[] = { { STR("Cette thématique sur le site"), link_fmt(a, "/thematiques/%.*s", (int)t->code.n, t->code.p) },
		                     { STR("Son nom et sa définition"), { "/administration/vocabulaires/theme", 34 } } };
	struct view_admin v = admin_view(r, "/administration/thematiques", t->label, NULL, true);
	v.lead = t->definition;
	v.forms = admin_forms(a, 1, &form);
	v.links = (struct view_links){ links, 2 };
	return admin_send(r, w, &v);
}

enum err
page_admin_theme(struct req *r, struct resp *w)
{
	struct str code = r->vars[0], why = STR_NONE;
	struct theme t;
	struct strs odds;
	enum err e;

	if (!slug_valid(code))
		return ERR_NOT_FOUND;
	if ((e = theme_find(r->write, r->arena, code, &t)))
		return e;
	if (r->method != METHOD_POST || r->refused)
		return theme_show(r, w, &t);
	odds.n = req_params(r, "odd", &odds.p);
	if (!req_param(r, "act").n) { /* an empty form is no wish to have none */
		form_fault(r, "formulaire", "Cochez les objectifs de cette thématique, puis enregistrez.");
		w->status = 422;
		return theme_show(r, w, &t);
	}
	if ((e = theme_odds_set(r->write, r->arena, actor_of(r)->id, code, odds, &why)))
		return e;
	if (!admin_made(r, w, why, "odd"))
		return theme_show(r, w, &t);
	admin_done(r, w, arena_fmt(r->arena, "/administration/thematiques/%.*s", (int)code.n, code.p), "enregistre");
	return ERR_NONE;
}

static enum err
resource_fields(struct req *r, const struct resource *x, struct view_form_field *f, size_t *ret_n)
{
	const struct param_def *schema = PARAMS_ADMIN_RESOURCE;
	struct arena *a = r->arena;
	struct view_form_option kinds[16];
	struct themes all;
	size_t n = 0;
	enum err e = theme_all(r->write, a, &all);

	if (e)
		return e;
	for (size_t i = 0; i < RESOURCE_KINDS_N && i < 16; i++)
		kinds[i] = (struct view_form_option){ .value = str_of(RESOURCE_KINDS[i].code), .label = str_of(RESOURCE_KINDS[i].label) };
	struct view_form_option *themes = arena_array(a, struct view_form_option, all.n + 1);
	for (size_t i = 0; i < all.n; i++)
		themes[i] = (struct view_form_option){ .value = all.p[i].code, .label = all.p[i].label };
	f[n] = form_field(r, schema, "titre", x->title, NULL);
	f[n++].required = true;
	f[n] = form_field(r, schema, "sorte", x->kind, NULL);
	f[n].select = true;
	form_options(r, &f[n++], kinds, RESOURCE_KINDS_N, &x->kind, x->kind.n > 0);
	f[n] = form_field(r, schema, "resume", x->summary, "Une phrase, pour savoir s’il faut l’ouvrir.");
	f[n++].rows = 3;
	f[n++] = form_field(r, schema, "editeur", x->publisher, NULL);
	f[n++] = number_field(r, schema, "annee", x->year, "Vide : inconnue.");
	f[n++] = form_field(r, schema, "url", x->url, "L’adresse publique. « catalyse check-links » la vérifie chaque nuit.");
	f[n++] = form_field(r, schema, "verifie", x->checked_on, "Le jour où quelqu’un l’a ouverte.");
	f[n] = form_field(r, schema, "origine", x->origin, NULL);
	f[n].select = true;
	form_options(r, &f[n++], origins, 2, &x->origin, 1);
	f[n++] = form_field(r, schema, "source", x->source_label, "Qui la cite. Obligatoire quand la ligne est reprise d’une source.");
	f[n++] = form_field(r, schema, "source_url", x->source_url, NULL);
	f[n++] = number_field(r, schema, "ordre", x->position, "Son rang parmi celles de sa sorte.");
	f[n++] = box_field(r, schema, "montree", x->shown);
	f[n] = form_field(r, schema, "theme", STR_NONE, "Aucune : elle n’est que dans la page des ressources.");
	f[n].checks = true;
	form_options(r, &f[n++], themes, all.n, x->themes.p, x->themes.n);
	*ret_n = n;
	return ERR_NONE;
}

static bool
resource_typed(struct req *r, struct resp *w, struct resource *x)
{
	size_t before = r->nnotices;
	bool known = false;

	x->title = req_param(r, "titre");
	x->kind = req_param(r, "sorte");
	x->summary = req_param(r, "resume");
	x->publisher = req_param(r, "editeur");
	x->year = admin_int(r, "annee");
	x->url = req_param(r, "url");
	x->checked_on = req_param(r, "verifie");
	x->origin = req_param(r, "origine").n ? req_param(r, "origine") : STR("ours");
	x->source_label = req_param(r, "source");
	x->source_url = req_param(r, "source_url");
	x->position = admin_int(r, "ordre");
	x->shown = req_param(r, "montree").n > 0;
	x->themes.n = req_params(r, "theme", &x->themes.p);
	for (size_t i = 0; i < RESOURCE_KINDS_N; i++)
		known = known || str_eq(x->kind, str_of(RESOURCE_KINDS[i].code));
	if (!x->title.n && !req_typed(r, "titre").n)
		form_fault(r, "titre", "Donnez un titre à cette ressource.");
	if (!known)
		form_fault(r, "sorte", "Choisissez une sorte.");
	if (str_eq(x->origin, STR("source")) && !x->source_label.n)
		form_fault(r, "source", "Dites quelle source cite cette ressource.");
	if (r->nnotices > before)
		w->status = 422;
	return r->nnotices == before;
}

static enum err
resources_show(struct req *r, struct resp *w)
{
	struct arena *a = r->arena;
	struct resources all;
	enum err e = resource_every(r->write, a, &all);

	if (e)
		return e;
	struct view_admin v = admin_view(r, "/administration/ressources", STR("Ressources"),
	                                 "Les documents, les sites et les données d’ailleurs. Une ligne changée ici n’est plus touchée par le chargement du contenu de référence.", false);
	v.caption = STR("Les ressources");
	v.count = words_count(a, (int64_t)all.n, "ressource", "ressources");
	v.empty = STR("Il n’y a pas encore de ressource.");
	v.heads = admin_heads(a, 4, (struct view_admin_head[]){ { STR("Ressource"), false }, { STR("Sorte"), false }, { STR("Vérifiée le"), false }, { STR("État"), false } });
	struct view_admin_row *rows = arena_array(a, struct view_admin_row, all.n + 1);
	for (size_t i = 0; i < all.n; i++) {
		const struct resource *x = &all.p[i];
		struct view_admin_cell first = admin_link(x->title, link_fmt(a, "/administration/ressources/%lld", (long long)x->id)), state = admin_text(x->shown ? STR("visible") : STR("cachée"));
		first.note = x->publisher;
		if (x->failures >= ADDRESS_DEAD)
			state.note = arena_fmt(a, "ne répond plus depuis %lld jours", (long long)x->failures);
		rows[i] = admin_row(a, &v.heads, first, 3, (struct view_admin_cell[]){ admin_text(x->kind_label), admin_text(x->checked_on.n ? admin_when(a, x->checked_on) : STR("jamais")), state });
		rows[i].faded = !x->shown;
	}
	v.rows = (struct view_admin_rows){ rows, all.n };
	struct view_form_field f[16];
	size_t n;
	struct resource none = { .origin = STR("ours"), .kind = STR("reference"), .shown = true };
	if ((e = resource_fields(r, &none, f, &n)))
		return e;
	struct view_admin_form form = admin_form(r, "ajouter", STR("Ajouter une ressource"), link_fmt(a, "/administration/ressources"), n, f, STR("Ajouter cette ressource"), "ajouter");
	v.after = admin_forms(a, 1, &form);
	return admin_send(r, w, &v);
}

enum err
page_admin_resources(struct req *r, struct resp *w)
{
	struct resource x = { 0 };
	struct str why = STR_NONE;
	enum err e;

	if (r->method != METHOD_POST || r->refused || !resource_typed(r, w, &x))
		return resources_show(r, w);
	if ((e = resource_save(r->write, r->arena, actor_of(r)->id, &x, &why)))
		return e;
	if (!admin_made(r, w, why, "sorte"))
		return resources_show(r, w);
	admin_done(r, w, STR("/administration/ressources"), "ajoute");
	return ERR_NONE;
}

static enum err
resource_show(struct req *r, struct resp *w, const struct resource *x)
{
	struct arena *a = r->arena;
	struct view_form_field f[16];
	size_t n;
	enum err e = resource_fields(r, x, f, &n);

	if (e)
		return e;
	struct view_admin_form form = admin_form(r, "changer", STR("Changer cette ressource"), link_fmt(a, "/administration/ressources/%lld", (long long)x->id), n, f, STR("Enregistrer"), "enregistrer");
	struct view_link up[] = { { STR("Toutes les ressources"), { "/administration/ressources", 26 } }, { STR("Les ressources sur le site"), { "/ressources", 11 } } };
	struct view_admin v = admin_view(r, "/administration/ressources", x->title, NULL, true);
	v.history = admin_history(a, x->changed_at, x->changed_by);
	v.forms = admin_forms(a, 1, &form);
	v.links = (struct view_links){ up, 2 };
	return admin_send(r, w, &v);
}

enum err
page_admin_resource(struct req *r, struct resp *w)
{
	struct str none, why = STR_NONE;
	int64_t id = link_number(r->vars[0], &none);
	struct resource x;
	enum err e;

	if (id <= 0)
		return ERR_NOT_FOUND;
	if ((e = resource_find(r->write, r->arena, id, &x)))
		return e;
	if (r->method != METHOD_POST || r->refused)
		return resource_show(r, w, &x);
	struct resource now = { .id = id };
	if (!resource_typed(r, w, &now))
		return resource_show(r, w, &x);
	if ((e = resource_save(r->write, r->arena, actor_of(r)->id, &now, &why)))
		return e;
	if (!admin_made(r, w, why, "formulaire"))
		return resource_show(r, w, &x);
	admin_done(r, w, arena_fmt(r->arena, "/administration/ressources/%lld", (long long)id), "enregistre");
	return ERR_NONE;
}

enum err
page_admin_texts(struct req *r, struct resp *w)
{
	struct arena *a = r->arena;
	struct site_text_edits all;
	enum err e = site_text_every(r->write, a, &all);

	if (e)
		return e;
	struct view_admin v = admin_view(r, "/administration/textes", STR("Textes"),
	                                 "Ce que disent les pages qui expliquent, paragraphe par paragraphe. Un texte changé ici n’est plus touché par le chargement du contenu de référence.", false);
	v.caption = STR("Les textes");
	v.count = words_count(a, (int64_t)all.n, "texte", "textes");
	v.empty = STR("Il n’y a pas encore de texte.");
	v.heads = admin_heads(a, 4, (struct view_admin_head[]){ { STR("Texte"), false }, { STR("Page"), false }, { STR("D’où il vient"), false }, { STR("Dernier changement"), false } });
	struct view_admin_row *rows = arena_array(a, struct view_admin_row, all.n + 1);
	for (size_t i = 0; i < all.n; i++) {
		const struct site_text_edit *x = &all.p[i];
		struct view_admin_cell first = admin_link(x->title.n ? x->title : x->ref, link_fmt(a, "/administration/textes/%lld", (long long)x->id)), changed = admin_text(admin_when(a, x->changed_at));
		first.note = x->body;
		changed.note = x->changed_by.n ? arena_fmt(a, "par %.*s", (int)x->changed_by.n, x->changed_by.p) : STR_NONE;
		rows[i] = admin_row(a, &v.heads, first, 3, (struct view_admin_cell[]){ admin_text(arena_fmt(a, "%.*s, %.*s", (int)x->page.n, x->page.p, (int)x->part.n, x->part.p)),
			                                                       admin_text(str_eq(x->origin, STR("ours")) ? STR("proposition de Catalyse") : x->source_label), changed });
		rows[i].faded = !x->shown;
	}
	v.rows = (struct view_admin_rows){ rows, all.n };
	return admin_send(r, w, &v);
}

static enum err
text_show(struct req *r, struct resp *w, const struct site_text_edit *x)
{
	const struct param_def *schema = PARAMS_ADMIN_TEXT;
	struct arena *a = r->arena;
	struct view_form_field f[8];
	size_t n = 0;

	f[n++] = form_field(r, schema, "titre", x->title, NULL);
	f[n++] = form_field(r, schema, "repere", x->mark, "Une année, un numéro de département : ce qui est écrit à côté du titre.");
	f[n++] = form_field(r, schema, "texte", x->body, "En Markdown, une ou deux phrases.");
	f[n] = form_field(r, schema, "origine", x->origin, NULL);
	f[n].select = true;
	form_options(r, &f[n++], origins, 2, &x->origin, 1);
	f[n++] = form_field(r, schema, "source", x->source_label, "Obligatoire quand le texte dit ce que dit une source.");
	f[n++] = form_field(r, schema, "source_url", x->source_url, NULL);
	f[n++] = number_field(r, schema, "ordre", x->position, "Son rang dans sa partie de la page.");
	f[n++] = box_field(r, schema, "montre", x->shown);
	struct view_admin_form form = admin_form(r, "changer", STR("Changer ce texte"), link_fmt(a, "/administration/textes/%lld", (long long)x->id), n, f, STR("Enregistrer"), "enregistrer");
	struct view_link up[] = { { STR("Tous les textes"), { "/administration/textes", 22 } }, { STR("La page"), link_fmt(a, "/%.*s", (int)x->page.n, x->page.p) } };
	struct view_admin v = admin_view(r, "/administration/textes", x->title.n ? x->title : x->ref, NULL, true);
	v.lead = arena_fmt(a, "Page « %.*s », partie « %.*s ».", (int)x->page.n, x->page.p, (int)x->part.n, x->part.p);
	v.history = admin_history(a, x->changed_at, x->changed_by);
	v.forms = admin_forms(a, 1, &form);
	v.links = (struct view_links){ up, 2 };
	return admin_send(r, w, &v);
}

enum err
page_admin_text(struct req *r, struct resp *w)
{
	struct str none, why = STR_NONE;
	int64_t id = link_number(r->vars[0], &none);
	struct site_text_edit x;
	enum err e;

	if (id <= 0)
		return ERR_NOT_FOUND;
	if ((e = site_text_find(r->write, r->arena, id, &x)))
		return e;
	if (r->method != METHOD_POST || r->refused)
		return text_show(r, w, &x);
	struct site_text_edit now = { .id = id, .position = admin_int(r, "ordre"), .ref = x.ref, .page = x.page, .part = x.part, .mark = req_param(r, "repere"),
		                      .title = req_param(r, "titre"), .body = req_param(r, "texte"), .origin = req_param(r, "origine").n ? req_param(r, "origine") : STR("ours"),
		                      .source_label = req_param(r, "source"), .source_url = req_param(r, "source_url"), .shown = req_param(r, "montre").n > 0 };
	size_t before = r->nnotices;
	if (now.title.n + now.body.n == 0)
		form_fault(r, "texte", "Écrivez un titre ou un texte. Pour ne plus le montrer, décochez « Visible sur le site ».");
	else if (str_eq(now.origin, STR("source")) && !now.source_label.n)
		form_fault(r, "source", "Dites de quelle source vient ce texte.");
	if (r->nnotices > before) {
		w->status = 422;
		return text_show(r, w, &x);
	}
	if ((e = site_text_save(r->write, r->arena, actor_of(r)->id, &now, &why)))
		return e;
	if (!admin_made(r, w, why, "formulaire"))
		return text_show(r, w, &x);
	admin_done(r, w, arena_fmt(r->arena, "/administration/textes/%lld", (long long)id), "enregistre");
	return ERR_NONE;
}
