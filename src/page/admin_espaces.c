/* /administration/espaces, /administration/espaces/{code}: front offices, and the sheets placed there. */
#include "model/espace.h"
#include "page/admin.h"
#include "text/slug.h"

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
is_colour(struct str s)
{
	if (s.n != 7 || s.p[0] != '#')
		return false;
	for (size_t i = 1; i < 7; i++)
		if (!((s.p[i] >= '0' && s.p[i] <= '9') || ((s.p[i] | 0x20) >= 'a' && (s.p[i] | 0x20) <= 'f')))
			return false;
	return true;
}

static bool
espace_typed(struct req *r, struct resp *w, struct espace *s)
{
	size_t before = r->nnotices;

	s->name = req_param(r, "nom");
	s->tagline = req_param(r, "accroche");
	s->host = req_param(r, "hote");
	s->colour = req_param(r, "couleur");
	s->position = admin_int(r, "rang");
	if (!s->name.n && !req_typed(r, "nom").n)
		form_fault(r, "nom", "Donnez un nom à cet espace.");
	if (s->host.n && !is_host(s->host))
		form_fault(r, "hote", "Un nom d’hôte s’écrit en minuscules, sans http ni barre : espace.exemple.fr.");
	if (s->colour.n && !is_colour(s->colour))
		form_fault(r, "couleur", "Une couleur s’écrit avec un dièse et six chiffres ou lettres de a à f : #1f5c86.");
	if (r->nnotices > before)
		w->status = 422;
	return r->nnotices == before;
}

static size_t
fields_of(struct req *r, const struct espace *s, struct view_form_field f[5])
{
	f[0] = form_field(r, PARAMS_ADMIN_ESPACE, "nom", s->name, NULL);
	f[1] = form_field(r, PARAMS_ADMIN_ESPACE, "accroche", s->tagline, "Une phrase, sous le nom.");
	f[2] = form_field(r, PARAMS_ADMIN_ESPACE, "hote", s->host, "Le nom de domaine qui y mène. Vide : aucun encore.");
	f[3] = form_field(r, PARAMS_ADMIN_ESPACE, "couleur", s->colour, "Six chiffres après un dièse : #1f5c86. Vide : celle du site.");
	f[4] = form_field(r, PARAMS_ADMIN_ESPACE, "rang", s->position ? arena_fmt(r->arena, "%lld", (long long)s->position) : STR_NONE, "Sa place parmi les espaces : 1 d’abord.");
	f[0].required = true;
	f[4].type = STR("number");
	return 5;
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
		first.note = x->tagline;
		first.colour = x->colour;
		changed.note = x->changed.at.n && x->changed.by.n ? arena_fmt(a, "par %.*s", (int)x->changed.by.n, x->changed.by.p) : STR_NONE;
		rows[i] = admin_row(a, &v.heads, first, 4, (struct view_admin_cell[]){ admin_text(x->host.n ? x->host : STR("aucun encore")), admin_number(a, x->sheets), admin_text(x->editors.n ? x->editors : STR("personne")), changed });
	}
	v.rows = (struct view_admin_rows){ rows, s.n };
	if (actor_of(r)->role >= ROLE_ADMIN) {
		struct view_form_field f[6];
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
	const char *path = arena_fmt(a, "/administration/espaces/%.*s", (int)s->code.n, s->code.p).p;
	struct url here = link_fmt(a, "%s", path);
	enum err e = espace_sheets(r->write, a, s->id, admin_offset(r), ADMIN_PAGE, &sheets);

	if (e)
		return e;
	struct view_admin v = admin_view(r, "/administration/espaces", s->name, NULL, true);
	v.lead = s->may ? s->tagline : STR("Cet espace est tenu par d’autres éditeurs : vous pouvez le lire, pas le changer.");
	v.history = admin_history(a, s->changed.at, s->changed.by);
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
		struct view_admin_cell first = seen ? admin_link(x->title, link_sheet(a, x->id, x->slug)) : admin_text(x->title);
		first.note = seen ? STR_NONE : STR("n’est plus publiée");
		rows[i] = admin_row(a, &v.heads, first, s->may ? 2 : 1, (struct view_admin_cell[]){ { .text = words_cote(a, x->type, x->id), .number = true }, order });
		rows[i].faded = !seen;
	}
	v.rows = (struct view_admin_rows){ rows, sheets.n };
	v.paging = admin_paging(r, path, sheets.total);
	if (s->may) {
		struct view_form_field f[6], p = form_field(r, PARAMS_ADMIN_ESPACE, "fiche", STR_NONE, "Celui de son cartouche ou de son adresse : M 12 a le numéro 12.");
		p.type = STR("number");
		struct view_admin_form place = admin_form(r, "placer", STR("Placer une fiche"), here, 1, &p, STR("Placer cette fiche"), "placer"),
				       settings = admin_form(r, "changer", STR("Changer cet espace"), here, fields_of(r, s, f), f, STR("Enregistrer"), "enregistrer");
		settings.second = true;
		v.forms = admin_forms(a, 1, &place);
		v.after = admin_forms(a, 1, &settings);
	}
	return admin_send(r, w, &v);
}

enum err
page_admin_espace(struct req *r, struct resp *w)
{
	struct str code = r->vars[0], act = req_param(r, "act"), why = STR_NONE, here = arena_fmt(r->arena, "/administration/espaces/%.*s", (int)code.n, code.p);
	int64_t me = actor_of(r)->id, sheet = admin_int(r, "fiche");
	struct espace s;
	enum err e;

	if (!slug_valid(code) || (e = espace_find(r->write, r->arena, me, code, &s)) == ERR_NOT_FOUND)
		return ERR_NOT_FOUND;
	if (e || r->method != METHOD_POST || r->refused)
		return e ? e : espace_show(r, w, &s);
	if (!s.may)
		return ERR_FORBIDDEN;
	if (str_eq(act, STR("enregistrer"))) {
		struct espace now = s;
		if (!espace_typed(r, w, &now))
			return espace_show(r, w, &s);
		if ((e = espace_save(r->write, r->arena, me, &now, &why)))
			return e;
		if (!admin_made(r, w, why, "hote"))
			return espace_show(r, w, &s);
		admin_done(r, w, here, "enregistre");
		return ERR_NONE;
	}
	if (sheet == 0 || act.n == 0) {
		form_fault(r, "fiche", "Donnez le numéro d’une fiche.");
		w->status = 422;
		return espace_show(r, w, &s);
	}
	if ((e = espace_place(r->write, r->arena, me, s.id, sheet, act, &why)))
		return e;
	if (!admin_made(r, w, why, "fiche"))
		return espace_show(r, w, &s);
	admin_done(r, w, here, str_eq(act, STR("placer")) ? "place" : str_eq(act, STR("retirer")) ? "retire" : "ordre");
	return ERR_NONE;
}
