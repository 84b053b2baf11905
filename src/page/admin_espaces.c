/* /administration/espaces, /administration/espaces/{code}: front offices, the sheets placed there, the rule that takes others. */
#include "page/admin_espace.h"
#include "text/slug.h"
#include "web/params.h"

#include <stdio.h>

static bool
is_host(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (!((s.p[i] >= 'a' && s.p[i] <= 'z') || (s.p[i] >= '0' && s.p[i] <= '9') || ((s.p[i] == '.' || s.p[i] == '-') && i > 0 && i + 1 < s.n)))
			return false;
	return s.n > 0;
}

static bool
espace_typed(struct req *r, struct resp *w, struct espace *s)
{
	size_t before = r->nnotices;

	s->name = req_param(r, "nom");
	s->brand = req_param(r, "enseigne");
	s->tagline = req_param(r, "accroche");
	s->foot = req_param(r, "pied");
	s->host = req_param(r, "hote");
	s->hosts = req_param(r, "hotes");
	s->position = admin_int(r, "rang");
	if (s->id == 0)
		s->colour = req_param(r, "couleur");
	if (!s->name.n && !req_typed(r, "nom").n)
		form_fault(r, "nom", "Donnez un nom à cet espace.");
	if (s->host.n && !is_host(s->host))
		form_fault(r, "hote", "Un nom d’hôte s’écrit en minuscules, sans http ni barre : espace.exemple.fr.");
	for (struct str rest = s->hosts; rest.n;) {
		const char *end = memchr(rest.p, '\n', rest.n);
		struct str one = { rest.p, end ? (size_t)(end - rest.p) : rest.n };
		if (one.n && !is_host(one)) {
			form_fault(r, "hotes", "« %.*s » n’est pas un nom d’hôte : un par ligne, en minuscules, sans http ni barre.", (int)one.n, one.p);
			break;
		}
		rest.p += one.n + (end != NULL), rest.n -= one.n + (end != NULL);
	}
	admin_espace_colour(r, "couleur", s->id ? STR_NONE : s->colour, true);
	if (r->nnotices > before)
		w->status = 422;
	return r->nnotices == before;
}

enum { FIELDS = 8 };

static size_t
fields_of(struct req *r, const struct espace *s, struct view_form_field f[FIELDS])
{
	size_t n = 0;

	f[n++] = form_field(r, PARAMS_ADMIN_ESPACE, "nom", s->name, NULL);
	f[n++] = form_field(r, PARAMS_ADMIN_ESPACE, "enseigne", s->brand, "Ce qui se lit à côté de la marque et dans les titres, en deux ou trois mots. Vide : le nom.");
	f[n++] = form_field(r, PARAMS_ADMIN_ESPACE, "accroche", s->tagline, "Une phrase, sous le nom.");
	f[n++] = form_field(r, PARAMS_ADMIN_ESPACE, "hote", s->host, "Le nom de domaine qui y mène ; nginx doit le connaître aussi. Vide : aucun encore.");
	f[n] = form_field(r, PARAMS_ADMIN_ESPACE, "hotes", s->hosts, "Un par ligne : ils mènent au même espace.");
	f[n].max = 0;
	f[n++].rows = 3;
	if (s->id)
		f[n++] = form_field(r, PARAMS_ADMIN_ESPACE, "pied", s->foot, "Une phrase, en bas de chaque page.");
	else
		f[n++] = form_field(r, PARAMS_ADMIN_ESPACE, "couleur", s->colour, "Six chiffres après un dièse : #7fc4ee. Vide : celle du site.");
	f[n] = form_field(r, PARAMS_ADMIN_ESPACE, "rang", s->position ? arena_fmt(r->arena, "%lld", (long long)s->position) : STR_NONE, "Sa place parmi les espaces : 1 d’abord.");
	f[0].required = true;
	f[n++].type = STR("number");
	return n;
}

enum err
admin_espace_find(struct req *r, struct espace *ret)
{
	struct str code = r->vars[0];

	if (!slug_valid(code))
		return ERR_NOT_FOUND;
	enum err e = espace_find(r->write, r->arena, actor_of(r)->id, code, ret);
	return e ? e : r->method == METHOD_POST && !ret->may ? ERR_FORBIDDEN : ERR_NONE;
}

struct str
admin_espace_path(struct arena *a, const struct espace *s, const char *part)
{
	return arena_fmt(a, "/administration/espaces/%.*s%s%s", (int)s->code.n, s->code.p, *part ? "/" : "", part);
}

struct view_admin
admin_espace_view(struct req *r, const struct espace *s, const char *part, const char *title, const char *lead)
{
	static const char *const parts[][2] = { { "", "Ses fiches, son nom, ses hôtes" }, { "apparence", "Apparence" }, { "menu", "Menu, portes et pied" }, { "accueil", "Accueil" },
		                                { "textes", "Textes adaptés" } };
	struct arena *a = r->arena;
	struct view_admin v = admin_view(r, "/administration/espaces", *part ? arena_fmt(a, "%s : %.*s", title, (int)s->name.n, s->name.p) : s->name, NULL, true);
	struct view_link *links = arena_array(a, struct view_link, 5);
	size_t n = 0;

	v.lead = s->may ? str_of(lead) : STR("Cet espace est tenu par d’autres éditeurs : vous pouvez le lire, pas le changer.");
	for (size_t i = 0; i < 5; i++) {
		struct str path = admin_espace_path(a, s, parts[i][0]);
		if (strcmp(part, parts[i][0]) != 0)
			links[n++] = (struct view_link){ str_of(parts[i][1]), link_fmt(a, "%.*s", (int)path.n, path.p) };
	}
	v.links = (struct view_links){ links, n };
	v.history = admin_history(a, s->changed.at, s->changed.by);
	return v;
}

static enum err
espaces_show(struct req *r, struct resp *w)
{
	struct arena *a = r->arena;
	struct espaces s;
	enum err e = espace_all(r->write, a, actor_of(r)->id, &s);

	if (e)
		return e;
	struct view_admin v = admin_view(r, "/administration/espaces", STR("Espaces"),
	                                 "Plusieurs façades sur une même base : une fiche est écrite une fois, puis placée dans autant d’espaces qu’il le faut.", false);
	v.caption = STR("Les espaces");
	v.empty = STR("Il n’y a pas encore d’espace.");
	v.heads = admin_heads(a, 5, (struct view_admin_head[]){ { STR("Espace"), false }, { STR("Hôte"), false }, { STR("Fiches placées"), true }, { STR("Éditeurs"), false }, { STR("Dernier changement"), false } });
	struct view_admin_row *rows = arena_array(a, struct view_admin_row, s.n + 1);
	for (size_t i = 0; i < s.n; i++) {
		const struct espace *x = &s.p[i];
		struct view_admin_cell first = admin_link(x->name, link_fmt(a, "/administration/espaces/%.*s", (int)x->code.n, x->code.p)), changed = admin_text(admin_when(a, x->changed.at));
		first.note = x->is_default ? arena_fmt(a, "par défaut. %.*s", (int)x->tagline.n, x->tagline.p) : x->tagline;
		first.colour = x->colour;
		changed.note = x->changed.at.n && x->changed.by.n ? arena_fmt(a, "par %.*s", (int)x->changed.by.n, x->changed.by.p) : STR_NONE;
		rows[i] = admin_row(a, &v.heads, first, 4, (struct view_admin_cell[]){ admin_text(x->host.n ? x->host : STR("aucun encore")), admin_number(a, x->sheets), admin_text(x->editors.n ? x->editors : STR("personne")), changed });
	}
	v.rows = (struct view_admin_rows){ rows, s.n };
	if (actor_of(r)->role >= ROLE_ADMIN) {
		struct view_form_field f[FIELDS + 1];
		size_t n = fields_of(r, &(struct espace){ 0 }, f);
		f[n++] = form_field(r, PARAMS_ADMIN_ESPACE, "code", STR_NONE, "Il sert dans les adresses et ne change plus. Vide : fait du nom.");
		struct view_admin_form form = admin_form(r, "ajouter", STR("Ouvrir un espace"), link_fmt(a, "/administration/espaces"), n, f, STR("Ouvrir cet espace"), NULL);
		v.after = admin_forms(a, 1, &form);
	}
	return admin_send(r, w, &v);
}

enum err
page_admin_espaces(struct req *r, struct resp *w)
{
	struct espace s = { .code = req_param(r, "code") };
	struct str why = STR_NONE;
	enum err e;

	if (r->method != METHOD_POST || r->refused || !espace_typed(r, w, &s))
		return espaces_show(r, w);
	if (!s.code.n)
		s.code = slug_of(r->arena, s.name);
	if (!slug_valid(s.code)) {
		form_fault(r, "code", "Des minuscules, des chiffres et des traits d’union seulement.");
		w->status = 422;
		return espaces_show(r, w);
	}
	if ((e = espace_save(r->write, r->arena, actor_of(r)->id, &s, &why)))
		return e;
	if (!admin_made(r, w, why, "code"))
		return espaces_show(r, w);
	admin_done(r, w, arena_fmt(r->arena, "/administration/espaces/%.*s", (int)s.code.n, s.code.p), "ajoute");
	return ERR_NONE;
}

static enum err
espace_show(struct req *r, struct resp *w, const struct espace *s)
{
	struct arena *a = r->arena;
	struct espace_sheets sheets;
	struct str path = admin_espace_path(a, s, "");
	struct url here = link_fmt(a, "%.*s", (int)path.n, path.p);
	enum err e = espace_sheets(r->write, a, s->id, admin_offset(r), ADMIN_PAGE, &sheets);

	if (e)
		return e;
	struct view_admin v = admin_espace_view(r, s, "", "", arena_cstr(a, s->tagline));
	if (s->to_see)
		v.warn = arena_fmt(a, "Le texte commun a changé sous %lld rubrique%s adaptée%s ici : voyez « Textes adaptés », plus bas.", (long long)s->to_see,
		                   s->to_see > 1 ? "s" : "", s->to_see > 1 ? "s" : "");
	v.caption = arena_fmt(a, "Les fiches placées dans %.*s", (int)s->name.n, s->name.p);
	v.count = words_count(a, sheets.total, "fiche placée", "fiches placées");
	v.empty = STR("Aucune fiche n’est encore placée dans cet espace.");
	v.heads = admin_heads(a, s->may ? 3 : 2, (struct view_admin_head[]){ { STR("Fiche"), false }, { STR("Numéro"), true }, { STR("Ordre"), false } });
	struct view_admin_row *rows = arena_array(a, struct view_admin_row, sheets.n + 1);
	for (size_t i = 0; i < sheets.n; i++) {
		const struct espace_sheet *x = &sheets.p[i];
		struct view_admin_cell order = { 0 };
		bool seen = str_eq(x->state, STR("publiee")) || str_eq(x->state, STR("a_actualiser"));
		if (s->may) {
			struct view_form_pair kept = { STR("fiche"), arena_fmt(a, "%lld", (long long)x->id) };
			struct str said = arena_fmt(a, " : %.*s", (int)x->title.n, x->title.p);
			order.buttons = admin_buttons(r, 3, (struct view_admin_button[]){ { .action = here, .label = STR("Monter"), .said = said, .value = STR("monter"), .kept = { &kept, 1 } },
			                                                                  { .action = here, .label = STR("Descendre"), .said = said, .value = STR("descendre"), .kept = { &kept, 1 } },
			                                                                  { .action = here, .label = STR("Retirer"), .said = said, .value = STR("retirer"), .kept = { &kept, 1 } } });
		}
		struct view_admin_cell first = seen ? admin_link(x->title, link_fmt(a, "%.*s/textes/%lld", (int)path.n, path.p, (long long)x->id)) : admin_text(x->title);
		first.note = seen ? STR_NONE : STR("n’est plus publiée");
		rows[i] = admin_row(a, &v.heads, first, s->may ? 2 : 1, (struct view_admin_cell[]){ { .text = words_cote(a, x->type, x->id), .number = true }, order });
		rows[i].faded = !seen;
	}
	v.rows = (struct view_admin_rows){ rows, sheets.n };
	v.paging = admin_paging(r, arena_cstr(a, path), sheets.total);
	if (s->may) {
		struct view_form_field f[FIELDS], p = form_field(r, PARAMS_ADMIN_ESPACE, "fiche", STR_NONE, "Celui de son cartouche ou de son adresse : M 12 a le numéro 12."),
				       rule = form_field(r, PARAMS_ADMIN_ESPACE, "regle", s->rule,
		                                         "Collez l’adresse d’une liste de fiches filtrée : /fiches?type=methode&theme=sante-bien-etre. Ce qui y répond est de l’espace, aujourd’hui et demain. Vide : aucune.");
		struct view_admin_form forms[3];
		size_t n = 0;
		p.type = STR("number");
		forms[0] = admin_form(r, "placer", STR("Placer une fiche"), here, 1, &p, STR("Placer cette fiche"), "placer");
		v.forms = admin_forms(a, 1, forms);
		forms[n] = admin_form(r, "regle", STR("Prendre des fiches par une règle"), here, 1, &rule, STR("Enregistrer la règle"), "regle");
		forms[n++].second = true;
		forms[n] = admin_form(r, "changer", STR("Changer cet espace"), here, fields_of(r, s, f), f, STR("Enregistrer"), "enregistrer");
		forms[n++].second = true;
		if (actor_of(r)->role >= ROLE_ADMIN && !s->is_default) {
			forms[n] = admin_form(r, "defaut", STR("En faire l’espace par défaut"), here, 0, NULL, STR("Montrer cet espace par défaut"), "defaut");
			forms[n].lead = STR("Celui que l’on voit sous un nom d’hôte qui n’est à personne. Il montre toujours le texte commun.");
			forms[n++].second = true;
		}
		v.after = admin_forms(a, n, forms);
	}
	return admin_send(r, w, &v);
}

/* "https://…/fiches?theme=a&type=b" -> "type=b&theme=a": the filters that make a rule, in the order of the list's own parameters. */
static bool
rule_read(struct req *r, struct str typed, struct str *ret)
{
	static const char *const filters[] = { "type", "theme", "odd", "pratique", "parcours", "profil", "maturite", "dispositif", "territoire", "preuve" };
	const char *mark = typed.n ? memchr(typed.p, '?', typed.n) : NULL;
	struct req *other = arena_new_of(r->arena, struct req);
	struct buf b;

	if (mark)
		typed = (struct str){ mark + 1, typed.n - (size_t)(mark + 1 - typed.p) };
	*other = (struct req){ .arena = r->arena, .route = r->route, .method = METHOD_GET, .format = r->format };
	params_read(other, PARAMS_LIST, typed);
	for (size_t i = 0; i < other->nnotices; i++)
		form_fault(r, "regle", "%.*s", (int)other->notices[i].message.n, other->notices[i].message.p);
	buf_init(&b, r->arena, typed.n + 1);
	for (size_t i = 0; i < other->nparams; i++) {
		bool filter = false;
		for (size_t k = 0; k < sizeof(filters) / sizeof(*filters); k++)
			filter = filter || str_eq(other->params[i].name, str_of(filters[k]));
		if (!filter) {
			form_fault(r, "regle", "« %.*s » n’est pas un filtre qui se garde : ôtez-le de la règle.", (int)other->params[i].name.n, other->params[i].name.p);
			return false;
		}
		buf_fmt(&b, "%s%.*s=%.*s", b.n ? "&" : "", (int)other->params[i].name.n, other->params[i].name.p, (int)other->params[i].value.n, other->params[i].value.p);
	}
	*ret = buf_str(&b);
	return other->nnotices == 0;
}

/* How the espace is named and reached, what it takes by itself, whether it is the default one. */
static enum err
settings_save(struct req *r, struct resp *w, const struct espace *s, struct str act)
{
	struct str why = STR_NONE, rule = STR_NONE;
	struct espace now = *s;
	int64_t me = actor_of(r)->id;
	enum err e;

	if (str_eq(act, STR("enregistrer")) ? !espace_typed(r, w, &now) : str_eq(act, STR("regle")) && !rule_read(r, req_param(r, "regle"), &rule)) {
		w->status = 422;
		return espace_show(r, w, s);
	}
	e = str_eq(act, STR("enregistrer")) ? espace_save(r->write, r->arena, me, &now, &why)
	    : str_eq(act, STR("regle"))     ? espace_rule_save(r->write, r->arena, me, s->id, rule, &why)
	                                    : espace_make_default(r->write, r->arena, me, s->id, &why);
	if (e)
		return e;
	if (!admin_made(r, w, why, str_eq(act, STR("regle")) ? "regle" : "hote"))
		return espace_show(r, w, s);
	admin_done(r, w, admin_espace_path(r->arena, s, ""), "enregistre");
	return ERR_NONE;
}

enum err
page_admin_espace(struct req *r, struct resp *w)
{
	struct str act = req_param(r, "act"), why = STR_NONE;
	int64_t me = actor_of(r)->id, sheet = admin_int(r, "fiche");
	struct espace s;
	enum err e = admin_espace_find(r, &s);

	if (e || r->method != METHOD_POST || r->refused)
		return e ? e : espace_show(r, w, &s);
	if (str_eq(act, STR("enregistrer")) || str_eq(act, STR("regle")) || str_eq(act, STR("defaut")))
		return settings_save(r, w, &s, act);
	if (sheet == 0 || act.n == 0) {
		form_fault(r, "fiche", "Donnez le numéro d’une fiche.");
		w->status = 422;
		return espace_show(r, w, &s);
	}
	if ((e = espace_place(r->write, r->arena, me, s.id, sheet, act, &why)))
		return e;
	if (!admin_made(r, w, why, "fiche"))
		return espace_show(r, w, &s);
	admin_done(r, w, admin_espace_path(r->arena, &s, ""), str_eq(act, STR("placer")) ? "place" : str_eq(act, STR("retirer")) ? "retire" : "ordre");
	return ERR_NONE;
}
