/*
 * /listes: things kept together in an address, that anybody may keep or send; /listes/{code}: a list of an account, by the link its keeper
 * gave; /listes/ajouter: where a sheet, a catalyst or another page leads to be kept.
 */
#include "page/shelf.h"

#include "gen/tpl.h"
#include "page/follow.h"
#include "text/csv.h"
#include "text/json_out.h"
#include "web/actor.h"
#include "web/params.h"
#include "web/query.h"

static const struct {
	const char *param, *kind, *name;
} kinds[] = {
	{ "f", "fiche", "Fiche" }, { "c", "catalyseur", "Catalyseur" }, { "e", "evenement", "Événement" }, { "p", "parcours", "Parcours" }, { "u", "page", "Page du site" },
};
enum { KINDS = sizeof(kinds) / sizeof(*kinds), PAGE = KINDS - 1, PARCOURS = KINDS - 2 };

/* Pages that may be kept, and what they are when their keeper says nothing. */
static const struct {
	const char *path, *name;
} pages[] = {
	{ "/boussole", "Un chemin de la boussole" }, { "/fiches", "Une liste de fiches" },        { "/catalyseurs", "Une liste de catalyseurs" },
	{ "/recherche", "Une recherche" },           { "/territoires", "Un territoire" },         { "/parcours", "Les parcours" },
	{ "/evenements", "Des événements" },         { "/thematiques", "Une thématique" },        { "/observatoire", "L’observatoire" },
	{ "/besoins", "Les besoins des territoires" }, { "/comprendre", "Comprendre" },           { "/ressources", "Les ressources" },
	{ "/essaimage", "L’essaimage" },             { "/carte", "Une carte" },                   { "/vocabulaires", "Un vocabulaire" },
	{ "/reseau", "Le réseau" },
};

static const char *
page_name(struct str path)
{
	for (size_t i = 0; i < sizeof(pages) / sizeof(*pages); i++) {
		size_t n = strlen(pages[i].path);
		if (path.n >= n && memcmp(path.p, pages[i].path, n) == 0 && (path.n == n || strchr("/?", path.p[n])))
			return pages[i].name;
	}
	return NULL;
}

bool
shelf_keeps(struct str path)
{
	return page_name(path) != NULL && path.n <= 500;
}

static bool
is_key(size_t kind, struct str s)
{
	bool number = kind < PARCOURS;

	for (size_t i = 0; i < s.n; i++)
		if (!((s.p[i] >= '0' && s.p[i] <= '9') || (!number && ((s.p[i] >= 'a' && s.p[i] <= 'z') || s.p[i] == '-'))))
			return false;
	return s.n > 0 && s.n <= (number ? 9 : 120) && (!number || s.p[0] != '0');
}

static void
put(struct req *r, struct shelf_items *items, size_t kind, struct str key)
{
	struct str name = str_of(kinds[kind].kind);

	for (size_t i = 0; i < items->n; i++)
		if (str_eq(items->p[i].kind, name) && str_eq(items->p[i].key, key))
			return;
	if (items->n == SHELF_MAX) {
		req_notice(r, str_of(kinds[kind].param), STR("ignore"), arena_fmt(r->arena, "Une liste tient %d choses au plus : la suite est laissée.", SHELF_MAX));
		return;
	}
	items->p[items->n++] = (struct shelf_item){ .kind = name, .key = key };
}

struct shelf_items
shelf_asked(struct req *r)
{
	struct shelf_items items = { arena_array(r->arena, struct shelf_item, SHELF_MAX), 0 };

	for (size_t k = 0; k < KINDS; k++) {
		const struct str *values;
		size_t n = req_params(r, kinds[k].param, &values);
		for (size_t i = 0; i < n; i++) {
			struct str rest = values[i];
			while (k != PAGE && rest.n) {
				const char *comma = memchr(rest.p, ',', rest.n);
				struct str key = { rest.p, comma ? (size_t)(comma - rest.p) : rest.n };
				rest = comma ? (struct str){ comma + 1, rest.n - key.n - 1 } : STR_NONE;
				if (is_key(k, key))
					put(r, &items, k, key);
				else if (key.n)
					req_notice(r, str_of(kinds[k].param), STR("valeur"),
					           arena_fmt(r->arena, "« %s » : %s attendus, séparés par des virgules.", kinds[k].param, k < PARCOURS ? "des numéros sont" : "des codes sont"));
			}
			if (k == PAGE && shelf_keeps(rest))
				put(r, &items, k, rest);
			else if (k == PAGE)
				req_notice(r, STR("u"), STR("valeur"), STR("« u » : l’adresse d’une page publique de ce site est attendue."));
		}
	}
	return items;
}

struct url
shelf_address(struct arena *a, const char *path, const struct shelf_items *items, size_t skip)
{
	struct buf b;
	bool any = false;

	buf_init(&b, a, 256);
	buf_put(&b, str_of(path));
	for (size_t k = 0; k < KINDS; k++) {
		bool first = true;
		for (size_t i = 0; i < items->n; i++) {
			if (i == skip || !str_eq(items->p[i].kind, str_of(kinds[k].kind)))
				continue;
			if (first || k == PAGE)
				buf_fmt(&b, "%c%s=", any ? '&' : '?', kinds[k].param);
			else
				buf_char(&b, ',');
			query_encode(&b, items->p[i].key, k == PAGE);
			first = false;
			any = true;
		}
	}
	struct str s = buf_str(&b);
	return (struct url){ s.p, s.n };
}

struct view_form_pairs
shelf_pairs(struct arena *a, const struct shelf_items *items)
{
	struct view_form_pair *p = arena_array(a, struct view_form_pair, items->n + KINDS);
	size_t n = 0;

	for (size_t k = 0; k < KINDS; k++) {
		struct buf b;
		buf_init(&b, a, 64);
		for (size_t i = 0; i < items->n; i++) {
			if (!str_eq(items->p[i].kind, str_of(kinds[k].kind)))
				continue;
			if (k == PAGE) {
				p[n++] = (struct view_form_pair){ STR("u"), items->p[i].key };
				continue;
			}
			if (b.n)
				buf_char(&b, ',');
			buf_put(&b, items->p[i].key);
		}
		if (b.n)
			p[n++] = (struct view_form_pair){ str_of(kinds[k].param), buf_str(&b) };
	}
	return (struct view_form_pairs){ p, n };
}

static size_t
kind_of(struct str kind)
{
	size_t k = 0;

	while (k < PAGE && !str_eq(kind, str_of(kinds[k].kind)))
		k++;
	return k;
}

/* What it is called: by its keeper, by itself, else by what it is. */
static struct str
label_of(struct arena *a, const struct shelf_item *x)
{
	size_t k = kind_of(x->kind);

	if (x->label.n || x->title.n)
		return x->label.n ? x->label : x->title;
	if (k == PAGE)
		return str_of(page_name(x->key) ? page_name(x->key) : kinds[k].name);
	return arena_fmt(a, "%s %.*s : plus en ligne", kinds[k].name, (int)x->key.n, x->key.p);
}

struct view_shelf_item
shelf_view(struct arena *a, const struct shelf_item *x)
{
	size_t k = kind_of(x->kind);
	bool sheet = k == 0 && x->title.n;

	return (struct view_shelf_item){
		.cote = sheet ? cote_of(a, x->type, x->id) : (struct view_cote){ .kind = STR_NONE },
		.sort = str_of(kinds[k].name),
		.link = { label_of(a, x), x->title.n || k == PAGE ? (struct url){ x->path.p, x->path.n } : (struct url){ NULL, 0 } },
		.note = k == PAGE ? x->key : str_eq(x->kind, STR("evenement")) ? words_date(a, x->note, true).text : x->note,
		.kind = x->kind,
		.key = x->key,
	};
}

struct view_links
shelf_acts(struct req *r, const struct shelf_items *items, struct str address)
{
	struct arena *a = r->arena;
	struct view_link *p = arena_array(a, struct view_link, 4);
	struct buf booklet, embed;
	size_t n = 0;

	buf_init(&booklet, a, 256);
	for (size_t i = 0; i < items->n; i++)
		if (str_eq(items->p[i].kind, STR("fiche")) && items->p[i].title.n)
			buf_fmt(&booklet, "%sfiche=%.*s", booklet.n ? "&" : "/imprimer?", (int)items->p[i].key.n, items->p[i].key.p);
	if (booklet.n)
		p[n++] = (struct view_link){ STR("Imprimer les fiches en livret"), { booklet.p, booklet.n } };
	if (items->n && address.n) {
		const char *mark = memchr(address.p, '?', address.n);
		size_t path = mark ? (size_t)(mark - address.p) : address.n;
		p[n++] = (struct view_link){ STR("JSON"), link_fmt(a, "%.*s.json%.*s", (int)path, address.p, (int)(address.n - path), address.p + path) };
		p[n++] = (struct view_link){ STR("CSV"), link_fmt(a, "%.*s.csv%.*s", (int)path, address.p, (int)(address.n - path), address.p + path) };
		buf_init(&embed, a, 256);
		buf_lit(&embed, "/integrer?adresse=");
		query_encode(&embed, address, true);
		p[n++] = (struct view_link){ STR("La montrer sur un autre site"), { embed.p, embed.n } };
	}
	return (struct view_links){ p, n };
}

static void
answer_json(struct req *r, struct resp *w, struct str title, const struct shelf_items *items)
{
	struct json_out j = json_out(&w->body);

	json_begin_object(&j);
	json_key(&j, "titre"), json_str_or_null(&j, title);
	json_key(&j, "total"), json_int(&j, (int64_t)items->n);
	json_key(&j, "elements");
	json_begin_array(&j);
	for (size_t i = 0; i < items->n; i++) {
		const struct shelf_item *x = &items->p[i];
		bool online = x->title.n || str_eq(x->kind, STR("page"));
		json_begin_object(&j);
		json_key(&j, "sorte"), json_str(&j, x->kind);
		json_key(&j, "quoi"), json_str(&j, x->key);
		json_key(&j, "titre"), json_str(&j, label_of(r->arena, x));
		json_key(&j, "resume"), json_str_or_null(&j, x->note);
		json_key(&j, "url"), json_str_or_null(&j, online ? follow_absolute(r, (struct url){ x->path.p, x->path.n }) : STR_NONE);
		json_end(&j);
	}
	json_end(&j);
	json_end(&j);
}

static void
answer_csv(struct req *r, struct resp *w, const struct shelf_items *items)
{
	struct csv_out o = { .b = &w->body, .separator = ';' };
	const char *const titles[] = { "sorte", "quoi", "titre", "resume", "url" };

	for (size_t i = 0; i < 5; i++)
		csv_cell(&o, str_of(titles[i]));
	csv_end_row(&o);
	for (size_t i = 0; i < items->n; i++) {
		const struct shelf_item *x = &items->p[i];
		csv_cell(&o, x->kind);
		csv_cell(&o, x->key);
		csv_cell(&o, label_of(r->arena, x));
		csv_cell(&o, x->note);
		csv_cell(&o, x->path.n ? follow_absolute(r, (struct url){ x->path.p, x->path.n }) : STR_NONE);
		csv_end_row(&o);
	}
	resp_header(w, "Content-Disposition", STR("attachment; filename=\"liste.csv\""));
}

static enum err
answer(struct req *r, struct resp *w, struct view_shelf *v, struct shelf_items *items, struct str canonical)
{
	if (r->format == FORMAT_JSON) {
		answer_json(r, w, v->title, items);
		return ERR_NONE;
	}
	if (r->format == FORMAT_CSV) {
		answer_csv(r, w, items);
		return ERR_NONE;
	}
	struct buf main;
	buf_init(&main, r->arena, 16384);
	tpl_listes(&main, v);
	struct view_layout layout = { .title = v->title, .canonical = link_fmt(r->arena, "%.*s%.*s", (int)r->base.n, r->base.p, (int)canonical.n, canonical.p),
		                      .noindex = true, .head_search = true };
	return page_send(r, w, &layout, &main);
}

static struct view_links
ways(struct arena *a)
{
	struct view_link *p = arena_array(a, struct view_link, 3);

	p[0] = (struct view_link){ STR("Toutes les fiches"), { "/fiches", 7 } };
	p[1] = (struct view_link){ STR("Les catalyseurs"), { "/catalyseurs", 12 } };
	p[2] = (struct view_link){ STR("Mes listes, avec un compte"), { "/mon-espace/listes", 18 } };
	return (struct view_links){ p, 3 };
}

static struct view_shelf_items
views_of(struct arena *a, const struct shelf_items *items, bool removes)
{
	struct view_shelf_item *p = arena_array(a, struct view_shelf_item, items->n);

	for (size_t i = 0; i < items->n; i++) {
		p[i] = shelf_view(a, &items->p[i]);
		if (removes)
			p[i].remove = shelf_address(a, "/listes", items, i);
	}
	return (struct view_shelf_items){ p, items->n };
}

enum err
page_shelf(struct req *r, struct resp *w)
{
	struct arena *a = r->arena;
	struct shelf_items items = shelf_asked(r);
	struct str more = req_param(r, "plus");

	if (more.n && items.n < SHELF_MAX) { /* one more, then the address that says so */
		put(r, &items, 0, more);
		struct url u = shelf_address(a, "/listes", &items, items.n);
		resp_redirect(w, 303, (struct str){ u.p, u.n });
		w->cache = CACHE_NONE;
		return ERR_NONE;
	}
	enum err e = shelf_resolve(r->db, a, &items);
	if (e)
		return e;
	struct url here = shelf_address(a, "/listes", &items, items.n);
	struct str address = { here.p, here.n };
	struct view_shelf v = { .crumbs = crumbs(a, 1, &(struct view_link){ STR("Listes"), { NULL, 0 } }),
		                .title = items.n ? STR("Une liste à garder") : STR("Garder des fiches, et les partager"),
		                .lead = items.n ? STR("Elle tient tout entière dans l’adresse de cette page : gardez-la dans vos signets, ou envoyez-la.")
		                                : STR("Sur chaque fiche et chaque catalyseur, « Garder » les met de côté. Une liste s’imprime, s’emporte et s’envoie."),
		                .local = items.n == 0,
		                .items = views_of(a, &items, true),
		                .more = items.n < SHELF_MAX,
		                .kept = shelf_pairs(a, &items),
		                .acts = shelf_acts(r, &items, address) };
	if (items.n) {
		struct view_link *p = arena_array(a, struct view_link, v.acts.n + 1);
		memcpy(p, v.acts.p, v.acts.n * sizeof(*p));
		p[v.acts.n] = (struct view_link){ STR("L’enregistrer dans mon espace"), shelf_address(a, "/mon-espace/listes", &items, items.n) };
		v.acts = (struct view_links){ p, v.acts.n + 1 };
	} else {
		v.ways = ways(a);
	}
	return answer(r, w, &v, &items, address);
}

/* What may be a code is looked for; anything else is nobody's. */
enum err
page_shelf_shared(struct req *r, struct resp *w)
{
	struct arena *a = r->arena;
	struct str code = r->vars[0];
	struct shelf_items items;
	struct shelf s;

	if (!r->write)
		return err_note(ERR_DB_DOWN, "no read-write connection is set");
	if (code.n != TOKEN_TEXT)
		return err_note(ERR_NOT_FOUND, "no list has such a link");
	enum err e = shelf_find(r->write, a, 0, 0, code, &s, &items);
	if (e || (e = shelf_resolve(r->db, a, &items)))
		return e;
	struct str count = words_count(a, (int64_t)items.n, "page gardée", "pages gardées"), path = arena_fmt(a, "/listes/%.*s", (int)code.n, code.p);
	struct view_date d = words_date(a, s.changed_on, true);
	struct view_link *trail = arena_array(a, struct view_link, 2);
	trail[0] = (struct view_link){ STR("Listes"), { "/listes", 7 } };
	trail[1] = (struct view_link){ s.name, { NULL, 0 } };
	struct view_shelf v = { .crumbs = crumbs(a, 2, trail),
		                .title = s.name,
		                .lead = arena_fmt(a, "Une liste partagée : %.*s, changée le %.*s.", (int)count.n, count.p, (int)d.text.n, d.text.p),
		                .note = s.note,
		                .items = views_of(a, &items, false),
		                .empty = items.n ? STR_NONE : STR("Elle est vide pour le moment."),
		                .acts = shelf_acts(r, &items, path) };
	return answer(r, w, &v, &items, STR("/listes"));
}

/* What /listes/ajouter is asked to keep: one thing. False: none, or no such thing. */
static bool
one_asked(struct req *r, struct shelf_item *ret)
{
	static const struct {
		const char *param;
		size_t kind;
	} names[] = { { "fiche", 0 }, { "catalyseur", 1 }, { "evenement", 2 }, { "parcours", PARCOURS }, { "adresse", PAGE } };

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		struct str key = req_param(r, names[i].param);
		if (key.n == 0)
			continue;
		*ret = (struct shelf_item){ .kind = str_of(kinds[names[i].kind].kind), .key = key, .label = names[i].kind == PAGE ? req_param(r, "titre") : STR_NONE };
		return names[i].kind == PAGE ? shelf_keeps(key) : is_key(names[i].kind, key);
	}
	return false;
}

static struct view_form_pairs
one_kept(struct req *r)
{
	static const char *const names[] = { "fiche", "catalyseur", "evenement", "parcours", "adresse", "titre" };
	struct view_form_pair *p = arena_array(r->arena, struct view_form_pair, 6);
	size_t n = 0;

	for (size_t i = 0; i < 6; i++)
		if (req_param(r, names[i]).n)
			p[n++] = (struct view_form_pair){ str_of(names[i]), req_param(r, names[i]) };
	return (struct view_form_pairs){ p, n };
}

static enum err
keep_form(struct req *r, struct resp *w, const struct shelf_items *one, const struct actor *who)
{
	struct arena *a = r->arena;
	struct view_link *trail = arena_array(a, struct view_link, 2);
	struct view_form_field *p = arena_array(a, struct view_form_field, 2);
	struct shelves all = { 0 };
	size_t n = 0;
	enum err e = who->id ? shelf_list(r->write, a, who->id, &all) : ERR_NONE;

	if (e)
		return e;
	trail[0] = (struct view_link){ STR("Listes"), { "/listes", 7 } };
	trail[1] = (struct view_link){ STR("Garder"), { NULL, 0 } };
	struct view_keep v = { .crumbs = crumbs(a, 2, trail), .title = STR("Garder cette page"), .lead = STR("Pour la retrouver, l’imprimer avec d’autres ou l’envoyer."),
		               .item = shelf_view(a, &one->p[0]), .plain = shelf_address(a, "/listes", one, one->n) };
	if (who->id) {
		struct view_form_option *o = arena_array(a, struct view_form_option, all.n + 1);
		struct str first = all.n ? arena_fmt(a, "%lld", (long long)all.p[0].id) : STR_NONE;
		for (size_t i = 0; i < all.n; i++)
			o[i] = (struct view_form_option){ .value = arena_fmt(a, "%lld", (long long)all.p[i].id), .label = all.p[i].name };
		if (all.n) {
			p[n] = form_field(r, r->route->params, "liste", STR_NONE, NULL);
			p[n].choices = true;
			form_options(r, &p[n++], o, all.n, &first, 1);
		}
		p[n++] = form_field(r, r->route->params, "nom", STR_NONE, all.n ? "Si vous en donnez un, c’est dans cette nouvelle liste que la page sera gardée." : "Par exemple : pour la réunion du 12.");
		v.action = (struct url){ "/listes/ajouter", 15 };
		v.hidden = form_hidden(r, true);
		v.kept = one_kept(r);
		v.fields = (struct view_form_fields){ p, n };
	} else {
		struct buf b;
		struct url here = link_here(r);
		buf_init(&b, a, 256);
		buf_lit(&b, "/connexion?retour=");
		query_encode(&b, (struct str){ here.p, here.n }, true);
		v.sign_in = (struct url){ b.p, b.n };
	}
	if (w->status == 200 && params_bad(r))
		w->status = 400;
	v.faults = form_faults(r);
	struct buf main;
	buf_init(&main, a, 8192);
	tpl_garder(&main, &v);
	struct view_layout layout = { .title = v.title, .canonical = link_fmt(a, "%.*s/listes", (int)r->base.n, r->base.p), .noindex = true, .head_search = true };
	return page_send(r, w, &layout, &main);
}

enum err
page_shelf_keep(struct req *r, struct resp *w)
{
	struct arena *a = r->arena;
	struct shelf_items one = { arena_array(a, struct shelf_item, 1), 1 };
	struct str name = req_param(r, "nom"), list = req_param(r, "liste");
	const struct actor *who;
	bool full = false;
	int64_t id = 0;
	enum err e;

	if (!r->write)
		return err_note(ERR_DB_DOWN, "no read-write connection is set");
	if (!one_asked(r, one.p))
		return err_note(ERR_NOT_FOUND, "there is no such thing to keep");
	if ((e = shelf_resolve(r->db, a, &one)))
		return e;
	if (one.p[0].title.n == 0 && !str_eq(one.p[0].kind, STR("page")))
		return err_note(ERR_NOT_FOUND, "it is not online");
	if ((e = follow_visitor(r, &who)) || r->method != METHOD_POST || r->refused)
		return e ? e : keep_form(r, w, &one, who);
	if (name.n)
		e = shelf_make(r->write, a, who->id, name, STR_NONE, &id);
	else
		for (size_t i = 0; i < list.n; i++)
			id = id * 10 + (list.p[i] - '0');
	if (!e && id)
		e = shelf_add(r->write, a, who->id, id, &one, &full);
	if (e)
		return e;
	if (id == 0 || full) {
		form_fault(r, name.n || !list.n ? "nom" : "liste", full ? "Cette liste est pleine : deux cents pages au plus. Gardez-la dans une autre."
		                                   : name.n ? "Cinquante listes au plus. Supprimez-en une, ou choisissez-en une autre."
		                                            : "Choisissez une liste, ou donnez un nom à une nouvelle.");
		w->status = 422;
		return keep_form(r, w, &one, who);
	}
	resp_redirect(w, 303, arena_fmt(a, "/mon-espace/listes/%lld?fait=gardee", (long long)id));
	return ERR_NONE;
}
