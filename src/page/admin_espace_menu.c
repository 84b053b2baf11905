/* /administration/espaces/{code}/menu and /accueil: rows in an order, each changed on its own. */
#include "page/admin_espace.h"
#include "page/home.h"

static const struct {
	const char *code, *title, *lead;
	bool grouped, noted;
} zones[] = {
	{ "menu", "Le menu", "Huit lignes au plus ; cinq se lisent d’un coup d’œil.", false, false },
	{ "portes", "Les portes", "Ce que montre le bloc « Portes d’entrée » de l’accueil, par colonne.", true, true },
	{ "pied", "Le pied de page", "Les colonnes du bas. « Savoir » (accessibilité, vie privée, mentions) est toujours là.", true, false },
};

static size_t
zone_of(const struct req *r)
{
	for (size_t i = 0; i < sizeof(zones) / sizeof(*zones); i++)
		if (str_eq(req_param(r, "zone"), str_of(zones[i].code)))
			return i;
	return 0;
}

/* "Monter", "Descendre", "Retirer" of a row. */
static struct view_admin_buttons
row_buttons(struct req *r, struct url here, struct str what, size_t nkept, const struct view_form_pair *kept)
{
	struct str said = arena_fmt(r->arena, " : %.*s", (int)what.n, what.p);
	static const char *const acts[][2] = { { "Monter", "monter" }, { "Descendre", "descendre" }, { "Retirer", "retirer" } };
	struct view_admin_button b[3];

	for (size_t i = 0; i < 3; i++)
		b[i] = (struct view_admin_button){ .action = here, .label = str_of(acts[i][0]), .said = said, .value = str_of(acts[i][1]), .kept = { kept, nkept } };
	return admin_buttons(r, 3, b);
}

static size_t
line_fields(struct req *r, size_t zone, const struct espace_line *l, struct view_form_field f[4])
{
	size_t n = 0;

	f[n++] = form_field(r, PARAMS_ADMIN_ESPACE_MENU, "libelle", l->label, NULL);
	f[n++] = form_field(r, PARAMS_ADMIN_ESPACE_MENU, "adresse", l->url, "Une page d’ici, comme /fiches?type=methode, ou une adresse entière. Une page qui n’existe pas n’est pas montrée.");
	if (zones[zone].grouped)
		f[n++] = form_field(r, PARAMS_ADMIN_ESPACE_MENU, "groupe", l->group, "Les lignes qui se suivent avec le même mot font une colonne.");
	if (zones[zone].noted)
		f[n++] = form_field(r, PARAMS_ADMIN_ESPACE_MENU, "note", l->note, "Une phrase, sous le lien.");
	f[0].required = f[1].required = true;
	return n;
}

static enum err
menu_show(struct req *r, struct resp *w, const struct espace *s)
{
	struct arena *a = r->arena;
	size_t zone = zone_of(r), n;
	struct espace_lines lines;
	int64_t asked = admin_int(r, "ligne");
	struct str path = admin_espace_path(a, s, "menu");
	struct url here = link_fmt(a, "%.*s", (int)path.n, path.p);
	enum err e = espace_lines_list(r->write, a, s->id, str_of(zones[zone].code), &lines);

	if (e)
		return e;
	struct view_admin v = admin_espace_view(r, s, "menu", zones[zone].title, zones[zone].lead);
	struct view_form_pair *kept = arena_array(a, struct view_form_pair, lines.n * 2 + 4);
	struct view_admin_row *rows = arena_array(a, struct view_admin_row, lines.n + 1);
	v.caption = str_of(zones[zone].title);
	v.count = words_count(a, (int64_t)lines.n, "ligne", "lignes");
	v.empty = STR("Il n’y a pas encore de ligne ici.");
	v.heads = admin_heads(a, 4, (struct view_admin_head[]){ { STR("Libellé"), false }, { STR("Adresse"), false }, { STR("Colonne"), false }, { STR("Ordre"), false } });
	struct espace_line edited = { 0 };
	for (size_t i = 0; i < lines.n; i++) {
		const struct espace_line *l = &lines.p[i];
		struct view_form_pair *k = kept + i * 2;
		k[0] = (struct view_form_pair){ STR("ligne"), arena_fmt(a, "%lld", (long long)l->id) };
		k[1] = (struct view_form_pair){ STR("zone"), str_of(zones[zone].code) };
		struct view_admin_cell first = s->may ? admin_link(l->label, link_fmt(a, "%.*s?zone=%s&ligne=%lld#changer", (int)path.n, path.p, zones[zone].code, (long long)l->id))
		                                      : admin_text(l->label),
				       address = admin_text(l->url);
		first.note = l->note;
		if (!link_written(r, l->url).n)
			address.note = STR("aucune page ne répond là : la ligne n’est pas montrée");
		struct view_admin_cell order = { 0 };
		if (s->may)
			order.buttons = row_buttons(r, here, l->label, 2, k);
		rows[i] = admin_row(a, &v.heads, first, 3, (struct view_admin_cell[]){ address, admin_text(l->group), order });
		if (l->id == asked)
			edited = *l;
	}
	v.rows = (struct view_admin_rows){ rows, lines.n };
	if (s->may) {
		struct view_form_field f[4];
		struct view_form_pair *k = kept + lines.n * 2;
		struct view_admin_form form;
		n = line_fields(r, zone, &edited, f);
		form = admin_form(r, edited.id ? "changer" : "ajouter", edited.id ? STR("Changer cette ligne") : STR("Ajouter une ligne"), here, n, f,
		                  edited.id ? STR("Enregistrer") : STR("Ajouter"), edited.id ? "changer" : "ajouter");
		k[0] = (struct view_form_pair){ STR("zone"), str_of(zones[zone].code) };
		k[1] = (struct view_form_pair){ STR("ligne"), arena_fmt(a, "%lld", (long long)edited.id) };
		form.kept = (struct view_form_pairs){ k, edited.id ? 2 : 1 };
		v.after = admin_forms(a, 1, &form);
	}
	struct view_link *links = arena_array(a, struct view_link, v.links.n + 3);
	n = 0;
	for (size_t i = 0; i < sizeof(zones) / sizeof(*zones); i++)
		if (i != zone)
			links[n++] = (struct view_link){ str_of(zones[i].title), link_fmt(a, "%.*s?zone=%s", (int)path.n, path.p, zones[i].code) };
	for (size_t i = 0; i < v.links.n; i++)
		links[n++] = v.links.p[i];
	v.links = (struct view_links){ links, n };
	return admin_send(r, w, &v);
}

static bool
is_address(struct str s)
{
	if (s.n && s.p[0] == '/')
		return s.n == 1 || (s.p[1] != '/' && s.p[1] != '\\');
	return link_external(s).n > 0 && (s.p[0] == 'h' || s.p[0] == 'H');
}

enum err
page_admin_espace_menu(struct req *r, struct resp *w)
{
	struct espace s;
	struct str act = req_param(r, "act"), why = STR_NONE;
	enum err e = admin_espace_find(r, &s);

	if (e || r->method != METHOD_POST || r->refused)
		return e ? e : menu_show(r, w, &s);
	struct espace_line l = { .id = admin_int(r, "ligne"), .zone = str_of(zones[zone_of(r)].code), .group = req_param(r, "groupe"),
		                 .label = req_param(r, "libelle"), .url = req_param(r, "adresse"), .note = req_param(r, "note") };
	bool written = str_eq(act, STR("ajouter")) || str_eq(act, STR("changer"));
	size_t before = r->nnotices;
	if (act.n == 0 || (written && l.label.n == 0))
		form_fault(r, "libelle", "Donnez un libellé.");
	if (written && !is_address(l.url))
		form_fault(r, "adresse", "Une adresse d’ici commence par une barre, /fiches ; une autre par https://.");
	for (size_t i = 0; i < l.url.n && r->nnotices == before; i++)
		if (strchr(" <>\"", l.url.p[i]))
			form_fault(r, "adresse", "Une adresse ne contient ni espace ni guillemet.");
	if (r->nnotices > before) {
		w->status = 422;
		return menu_show(r, w, &s);
	}
	if ((e = espace_line_act(r->write, r->arena, actor_of(r)->id, s.id, act, &l, &why)))
		return e;
	if (!admin_made(r, w, why, "libelle"))
		return menu_show(r, w, &s);
	struct str to = admin_espace_path(r->arena, &s, "menu");
	resp_redirect(w, 303, arena_fmt(r->arena, "%.*s?zone=%.*s&fait=%s", (int)to.n, to.p, (int)l.zone.n, l.zone.p,
	                                str_eq(act, STR("ajouter")) ? "ajoute" : str_eq(act, STR("retirer")) ? "retire" : str_eq(act, STR("changer")) ? "enregistre" : "ordre"));
	return ERR_NONE;
}

static size_t
block_fields(struct req *r, const struct home_kind *k, const struct espace_block *b, struct view_form_field f[3])
{
	size_t n = 0;

	if (k->title)
		f[n++] = form_field(r, PARAMS_ADMIN_ESPACE_HOME, "titre", b->title,
		                    k->heading[0] ? arena_fmt(r->arena, "Vide : %s.", k->heading).p : "Peut rester vide.");
	if (k->body) {
		f[n] = form_field(r, PARAMS_ADMIN_ESPACE_HOME, "texte", b->body, "Un paragraphe ou deux, en Markdown.");
		f[n++].markdown = true;
	}
	if (k->size) {
		f[n] = form_field(r, PARAMS_ADMIN_ESPACE_HOME, "nombre", b->size ? arena_fmt(r->arena, "%lld", (long long)b->size) : STR_NONE,
		                  arena_fmt(r->arena, "De 1 à 20. Vide : %d.", k->most).p);
		f[n++].type = STR("number");
	}
	return n;
}

static enum err
home_show(struct req *r, struct resp *w, const struct espace *s)
{
	struct arena *a = r->arena;
	struct espace_blocks blocks;
	int64_t asked = admin_int(r, "bloc");
	struct str path = admin_espace_path(a, s, "accueil");
	struct url here = link_fmt(a, "%.*s", (int)path.n, path.p);
	enum err e = espace_blocks_list(r->write, a, s->id, &blocks);

	if (e)
		return e;
	struct view_admin v = admin_espace_view(r, s, "accueil", "Accueil", "Les blocs, de haut en bas. Ouverture, « Près de chez vous » et carte, placés en premier, se rangent côte à côte.");
	struct view_admin_row *rows = arena_array(a, struct view_admin_row, blocks.n + 1);
	struct view_form_pair *kept = arena_array(a, struct view_form_pair, blocks.n + 2);
	v.caption = STR("Les blocs de l’accueil");
	v.count = words_count(a, (int64_t)blocks.n, "bloc", "blocs");
	v.empty = STR("Il n’y a pas encore de bloc : l’accueil montre la recherche, le lieu, la carte et la sélection.");
	v.heads = admin_heads(a, 3, (struct view_admin_head[]){ { STR("Bloc"), false }, { STR("Titre"), false }, { STR("Ordre"), false } });
	struct espace_block edited = { 0 };
	for (size_t i = 0; i < blocks.n; i++) {
		const struct espace_block *b = &blocks.p[i];
		const struct home_kind *k = home_kind_of(b->kind);
		struct str name = k ? str_of(k->label) : b->kind;
		bool may = s->may && k && (k->title || k->body || k->size);
		kept[i] = (struct view_form_pair){ STR("bloc"), arena_fmt(a, "%lld", (long long)b->id) };
		struct view_admin_cell first = may ? admin_link(name, link_fmt(a, "%.*s?bloc=%lld#changer", (int)path.n, path.p, (long long)b->id)) : admin_text(name),
				       title = admin_text(b->title.n ? b->title : k ? str_of(k->heading) : STR_NONE), order = { 0 };
		first.note = k ? str_of(k->help) : STR("sorte inconnue : elle n’est pas montrée");
		if (s->may)
			order.buttons = row_buttons(r, here, name, 1, &kept[i]);
		rows[i] = admin_row(a, &v.heads, first, 2, (struct view_admin_cell[]){ title, order });
		if (b->id == asked && may)
			edited = *b;
	}
	v.rows = (struct view_admin_rows){ rows, blocks.n };
	if (s->may) {
		struct view_form_field f[3], kind = form_field(r, PARAMS_ADMIN_ESPACE_HOME, "sorte", STR_NONE, "Il se place à la fin ; montez-le ensuite.");
		struct view_form_option *options = arena_array(a, struct view_form_option, HOME_KINDS_N);
		struct view_admin_form forms[2];
		size_t n = 0;
		for (size_t i = 0; i < HOME_KINDS_N; i++)
			options[i] = (struct view_form_option){ .value = str_of(HOME_KINDS[i].code), .label = str_of(HOME_KINDS[i].label) };
		kind.line = false;
		kind.select = true;
		struct str chosen = req_typed(r, "sorte");
		form_options(r, &kind, options, HOME_KINDS_N, &chosen, chosen.n > 0);
		if (edited.id) {
			const struct home_kind *k = home_kind_of(edited.kind);
			forms[n] = admin_form(r, "changer", arena_fmt(a, "Changer : %s", k->label), here, block_fields(r, k, &edited, f), f, STR("Enregistrer"), "changer");
			kept[blocks.n] = (struct view_form_pair){ STR("bloc"), arena_fmt(a, "%lld", (long long)edited.id) };
			forms[n++].kept = (struct view_form_pairs){ &kept[blocks.n], 1 };
		}
		forms[n] = admin_form(r, "ajouter", STR("Ajouter un bloc"), here, 1, &kind, STR("Ajouter"), "ajouter");
		forms[n++].second = edited.id != 0;
		v.after = admin_forms(a, n, forms);
	}
	return admin_send(r, w, &v);
}

enum err
page_admin_espace_home(struct req *r, struct resp *w)
{
	struct espace s;
	struct str act = req_param(r, "act"), why = STR_NONE;
	struct espace_block b = { .id = admin_int(r, "bloc"), .kind = req_param(r, "sorte"), .title = req_param(r, "titre"), .body = req_param(r, "texte"),
		                  .size = admin_int(r, "nombre") };
	enum err e = admin_espace_find(r, &s);

	if (e || r->method != METHOD_POST || r->refused)
		return e ? e : home_show(r, w, &s);
	if (act.n == 0 || (str_eq(act, STR("ajouter")) && !home_kind_of(b.kind))) {
		form_fault(r, "sorte", "Choisissez une sorte de bloc.");
		w->status = 422;
		return home_show(r, w, &s);
	}
	if ((e = espace_block_act(r->write, r->arena, actor_of(r)->id, s.id, act, &b, &why)))
		return e;
	if (!admin_made(r, w, why, "sorte"))
		return home_show(r, w, &s);
	admin_done(r, w, admin_espace_path(r->arena, &s, "accueil"),
	           str_eq(act, STR("ajouter")) ? "ajoute" : str_eq(act, STR("retirer")) ? "retire" : str_eq(act, STR("changer")) ? "enregistre" : "ordre");
	return ERR_NONE;
}
