/* /administration/espaces/{code}/textes: shared sheets in the words of an espace, field by field, beside the common text of today. */
#include "gen/tpl.h"
#include "model/espace_text.h"
#include "model/sheet_version.h"
#include "page/admin_espace.h"
#include "text/utf8.h"

enum err
page_admin_espace_texts(struct req *r, struct resp *w)
{
	struct arena *a = r->arena;
	struct espace s;
	struct adapted_sheets list;
	enum err e = admin_espace_find(r, &s);

	if (e || (e = adapted_sheets_list(r->write, a, s.id, admin_offset(r), ADMIN_PAGE, &list)))
		return e;
	struct str path = admin_espace_path(a, &s, "textes");
	struct view_admin v = admin_espace_view(r, &s, "textes", "Textes adaptés",
	                                        "Une fiche commune peut se lire ici dans d’autres mots, rubrique par rubrique. La fiche elle-même n’en est pas changée.");
	v.caption = STR("Les fiches adaptées ici");
	v.count = words_count(a, list.total, "fiche adaptée", "fiches adaptées");
	v.empty = STR("Aucune fiche n’est adaptée dans cet espace. Ouvrez-en une depuis la liste des fiches placées, ou par son numéro.");
	v.heads = admin_heads(a, 4, (struct view_admin_head[]){ { STR("Fiche"), false }, { STR("Numéro"), true }, { STR("Rubriques adaptées"), true }, { STR("Dernier changement"), false } });
	struct view_admin_row *rows = arena_array(a, struct view_admin_row, list.n + 1);
	for (size_t i = 0; i < list.n; i++) {
		const struct adapted_sheet *x = &list.p[i];
		struct view_admin_cell first = admin_link(x->title, link_fmt(a, "%.*s/%lld", (int)path.n, path.p, (long long)x->id));
		if (x->to_see)
			first.note = arena_fmt(a, "le texte commun de %lld rubrique%s a changé : à décider", (long long)x->to_see, x->to_see > 1 ? "s" : "");
		rows[i] = admin_row(a, &v.heads, first, 3, (struct view_admin_cell[]){ { .text = words_cote(a, x->type, x->id), .number = true }, admin_number(a, x->fields),
		                                                                      admin_text(words_date(a, x->changed_on, false).text) });
	}
	v.rows = (struct view_admin_rows){ rows, list.n };
	v.paging = admin_paging(r, arena_cstr(a, path), list.total);
	return admin_send(r, w, &v);
}

static const struct adaptation *
adapted(const struct adaptations *x, struct str field)
{
	for (size_t i = 0; i < x->n; i++)
		if (str_eq(x->p[i].field, field))
			return &x->p[i];
	return NULL;
}

/* One field: what it says for all, what it says here, and what became of the first since the second was made. */
static struct view_espace_field
field_view(struct req *r, const struct common_field *f, const struct adaptation *x, bool may)
{
	struct arena *a = r->arena;
	bool back = r->method == METHOD_POST && str_eq(req_typed(r, "champ"), f->field);
	struct view_espace_field v = { .id = f->field, .label = f->label, .common = f->text, .digest = f->digest, .adapted = x != NULL, .changed = x && x->changed, .may = may };

	v.state = v.changed ? STR("le texte commun a changé") : x ? STR("adapté ici") : STR("texte commun");
	v.mark = v.changed ? STR("a-vous") : x ? STR("adapte") : STR_NONE;
	if (x) {
		struct sheet_field ours = { f->field, f->label, f->text, x->text }, theirs = { f->field, f->label, x->base, f->text };
		v.ours = diff_pieces(a, &ours);
		if (v.changed)
			v.theirs = diff_pieces(a, &theirs);
	}
	v.field = form_field(r, PARAMS_ADMIN_ESPACE_TEXT, "texte", STR_NONE, NULL);
	v.field.value = back ? req_typed(r, "texte") : x ? x->text : f->text;
	v.field.label = arena_fmt(a, "%.*s, dans cet espace", (int)f->label.n, f->label.p);
	v.field.id = arena_fmt(a, "f-%.*s", (int)f->field.n, f->field.p);
	for (size_t i = 0; back && i < r->nnotices; i++)
		if (str_eq(r->notices[i].field, f->field))
			v.field.error = r->notices[i].message;
	if (v.field.error.n)
		v.field.described = arena_fmt(a, "%.*s-e", (int)v.field.id.n, v.field.id.p);
	bool small = str_eq(f->field, STR("titre")) || str_eq(f->field, STR("chapo"));
	v.field.rows = small ? 2 : 6;
	v.field.max = str_eq(f->field, STR("titre")) ? 200 : str_eq(f->field, STR("chapo")) ? 300 : 0;
	v.field.markdown = !small;
	v.hidden = form_hidden(r, false);
	return v;
}

static enum err
show(struct req *r, struct resp *w, const struct espace *s, const struct sheet *sheet)
{
	struct arena *a = r->arena;
	struct common_fields fields;
	struct adaptations x;
	enum err e = common_fields_list(r->write, a, sheet, &fields);

	if (e || (e = adaptations_list(r->write, a, s->id, sheet->id, &x)))
		return e;
	struct view_espace_text v = { .frame = admin_espace_view(r, s, "textes", "Adapter une fiche", "Ce que vous écrivez ici ne se lit que sous les noms d’hôte de cet espace. Étapes, chiffres et sources restent communs.") };
	struct view_espace_field *p = arena_array(a, struct view_espace_field, fields.n + 1);
	bool may = s->may && !s->is_default;
	size_t n = 0;
	for (int pass = 0; pass < 2; pass++) /* what awaits a decision comes first */
		for (size_t i = 0; i < fields.n; i++) {
			const struct adaptation *y = adapted(&x, fields.p[i].field);
			if ((y && y->changed) == (pass == 0))
				p[n++] = field_view(r, &fields.p[i], y, may);
		}
	struct str path = admin_espace_path(a, s, "textes");
	v.frame.title = arena_fmt(a, "Adapter « %.*s »", (int)sheet->title.n, sheet->title.p);
	if (s->is_default)
		v.frame.warn = STR("L’espace par défaut montre le texte commun : corrigez la fiche elle-même.");
	v.cote = cote_of(a, sheet->type, sheet->id);
	v.sheet = (struct view_link){ sheet->title, link_sheet(a, sheet->id, sheet->slug) };
	v.action = link_fmt(a, "%.*s/%lld", (int)path.n, path.p, (long long)sheet->id);
	v.fields = (struct view_espace_fields){ p, n };
	if (r->refused && w->status == 200)
		w->status = 400;
	if (r->method == METHOD_POST)
		v.frame.faults = form_faults(r);
	struct buf main;
	buf_init(&main, a, 65536);
	tpl_espace_texte(&main, &v);
	struct view_layout layout = { .title = v.frame.title, .noindex = true, .head_search = true };
	return page_send(r, w, &layout, &main);
}

enum err
page_admin_espace_text(struct req *r, struct resp *w)
{
	struct espace s;
	struct sheet sheet;
	struct str act = req_param(r, "act"), field = req_param(r, "champ"), text = req_param(r, "texte"), why = STR_NONE, rest;
	int64_t id = link_number(r->vars[1], &rest);
	enum err e = id < 0 || rest.n ? ERR_NOT_FOUND : admin_espace_find(r, &s);

	if (e || (e = sheet_find(r->write, r->arena, id, &sheet)) || r->method != METHOD_POST || r->refused)
		return e ? e : show(r, w, &s, &sheet);
	const char *named = arena_cstr(r->arena, field.n ? field : STR("texte"));
	size_t most = str_eq(field, STR("titre")) ? 200 : str_eq(field, STR("chapo")) ? 300 : 0;
	if (act.n == 0 || field.n == 0)
		form_fault(r, named, "Dites quelle rubrique, et ce qu’il faut en faire.");
	else if (most && text.n && memchr(text.p, '\n', text.n))
		form_fault(r, named, "Un titre, un résumé tiennent en un paragraphe.");
	else if (most && utf8_length(text) > most)
		form_fault(r, named, "Ce texte compte %zu caractères. Raccourcissez-le de %zu.", utf8_length(text), utf8_length(text) - most);
	else {
		if ((e = espace_adapt(r->write, r->arena, actor_of(r)->id, s.id, id, field, act, text, req_param(r, "vu"), &why)))
			return e;
		if (admin_made(r, w, why, named)) {
			struct str path = admin_espace_path(r->arena, &s, "textes");
			admin_done(r, w, arena_fmt(r->arena, "%.*s/%lld", (int)path.n, path.p, (long long)id),
			           str_eq(act, STR("garder")) ? "garde" : str_eq(act, STR("reprendre")) ? "reprend" : "adapte");
			return ERR_NONE;
		}
		return show(r, w, &s, &sheet);
	}
	w->status = 422;
	return show(r, w, &s, &sheet);
}
