/* /besoins: what is looked for here and not found, from five times on, by territory and thématique; and what to do about it. */
#include "format/json_list.h"
#include "gen/tpl.h"
#include "model/need.h"
#include "model/theme.h"
#include "page/ask_place.h"
#include "text/csv.h"
#include "text/slug.h"
#include "web/query.h"

struct asked {
	struct asked_place place;
	struct territory fine; /* the territory that counts are kept for; id 0: the whole country */
	struct themes themes;
	const struct theme *theme; /* NULL: all */
	struct needs needs;
};

static const char *
what_of(const struct need *n)
{
	return str_eq(n->about, STR("words")) ? "mots" : str_eq(n->about, STR("theme")) ? "thematique" : "lieu";
}

static struct str
key_of(struct arena *a, const struct territory *t)
{
	return t->id ? arena_fmt(a, "%.*s:%.*s", (int)t->type.n, t->type.p, (int)t->code.n, t->code.p) : STR_NONE;
}

static void
put(struct buf *b, bool *first, const char *name, struct str value)
{
	if (value.n == 0)
		return;
	if (!*first)
		buf_char(b, '&');
	*first = false;
	buf_put(b, str_of(name));
	buf_char(b, '=');
	query_encode(b, value, false);
}

/* The search itself, as the address of a list: "/fiches?q=cantine%20bio&territoire=departement:974"; empty: of no filter at all. */
static struct str
query_of(struct arena *a, const struct asked *x, const struct need *n)
{
	bool first = true;
	struct buf b;

	buf_init(&b, a, 128);
	buf_lit(&b, "/fiches?");
	if (str_eq(n->about, STR("words")))
		put(&b, &first, "q", n->subject);
	if (str_eq(n->about, STR("theme")))
		put(&b, &first, "theme", n->subject);
	struct str key = key_of(a, &x->fine);
	if (key.n) {
		if (!first)
			buf_char(&b, '&');
		buf_fmt(&b, "territoire=%.*s", (int)key.n, key.p);
		first = false;
	}
	return first ? STR_NONE : buf_str(&b);
}

static enum err
answer_json(struct req *r, struct resp *w, const struct asked *x)
{
	struct arena *a = r->arena;
	struct json_out j = json_out(&w->body);

	json_begin_object(&j);
	json_key(&j, "total"), json_int(&j, (int64_t)x->needs.n);
	json_key(&j, "minimum"), json_int(&j, NEED_MIN);
	json_key(&j, "jours"), json_int(&j, NEED_DAYS);
	json_territory_of(&j, &x->fine, x->fine.id ? "choix" : "defaut", x->fine.id ? "sure" : "aucune");
	json_key(&j, "theme"), json_str_or_null(&j, x->theme ? x->theme->code : STR_NONE);
	json_notices(&j, r);
	json_key(&j, "elements");
	json_begin_array(&j);
	for (size_t i = 0; i < x->needs.n; i++) {
		const struct need *n = &x->needs.p[i];
		struct strs places = theme_cut(a, n->places);
		json_begin_object(&j);
		json_key(&j, "sorte"), json_str(&j, str_of(what_of(n)));
		json_key(&j, "code"), json_str_or_null(&j, n->subject);
		json_key(&j, "libelle"), json_str_or_null(&j, n->label);
		json_key(&j, "au_moins"), json_int(&j, n->at_least);
		json_key(&j, "issue"), json_str(&j, n->none ? STR("rien") : STR("peu"));
		json_key(&j, "ou");
		json_begin_array(&j);
		for (size_t k = 0; k < places.n; k++)
			json_str(&j, places.p[k]);
		json_end(&j);
		json_key(&j, "requete"), json_str_or_null(&j, query_of(a, x, n));
		json_end(&j);
	}
	json_end(&j);
	json_end(&j);
	return ERR_NONE;
}

static enum err
answer_csv(struct req *r, struct resp *w, const struct asked *x)
{
	static const char *const names[] = { "sorte", "code", "libelle", "au_moins", "issue", "ou", "territoire", "requete" };
	struct csv_out o = { .b = &w->body, .separator = ';' };
	struct str key = x->fine.id ? key_of(r->arena, &x->fine) : STR("pays:FR");

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		csv_cell(&o, str_of(names[i]));
	csv_end_row(&o);
	for (size_t i = 0; i < x->needs.n; i++) {
		const struct need *n = &x->needs.p[i];
		csv_cell(&o, str_of(what_of(n)));
		csv_cell(&o, n->subject);
		csv_cell(&o, n->label);
		csv_cell_int(&o, n->at_least);
		csv_cell(&o, n->none ? STR("rien") : STR("peu"));
		csv_cell(&o, n->places);
		csv_cell(&o, key);
		csv_cell(&o, query_of(r->arena, x, n));
		csv_end_row(&o);
	}
	w->content_type = STR("text/csv; charset=utf-8");
	return ERR_NONE;
}

/* The form of a sheet, with what the search already says: a title, a thématique, a place. */
static struct url
contribute_url(struct arena *a, const struct asked *x, const struct need *n)
{
	bool first = true;
	struct buf b;

	buf_init(&b, a, 128);
	buf_lit(&b, "/contribuer/fiche");
	struct str key = key_of(a, &x->fine);
	bool any = key.n || x->theme || (n && n->subject.n);
	if (any)
		buf_char(&b, '?');
	if (n && str_eq(n->about, STR("words"))) {
		char *title = arena_cstr(a, n->subject);
		if (title[0] >= 'a' && title[0] <= 'z')
			title[0] = (char)(title[0] - 32);
		put(&b, &first, "titre", (struct str){ title, n->subject.n });
	}
	if (n && str_eq(n->about, STR("theme")))
		put(&b, &first, "theme", n->subject);
	else if (x->theme)
		put(&b, &first, "theme", x->theme->code);
	put(&b, &first, "territoires", key);
	struct str s = buf_str(&b);
	return (struct url){ s.p, s.n };
}

static struct view_need
row_of(struct arena *a, const struct asked *x, const struct need *n)
{
	struct strs places = theme_cut(a, n->places);
	struct str query = query_of(a, x, n);
	struct view_need v = { .count = arena_fmt(a, "au moins %lld fois", (long long)n->at_least),
		               .outcome = n->none ? STR("Rien n’a été trouvé.") : STR("Moins de trois réponses."),
		               .contribute = contribute_url(a, x, n),
		               .search = query.n ? (struct url){ query.p, query.n } : (struct url){ "/fiches", 7 } };
	struct buf b;

	if (str_eq(n->about, STR("words")))
		v.label = arena_fmt(a, "« %.*s »", (int)n->label.n, n->label.p), v.what = STR("des mots");
	else if (str_eq(n->about, STR("theme")))
		v.label = n->label, v.what = STR("une thématique");
	else
		v.label = x->fine.id ? arena_fmt(a, "Tout ce qui existe %.*s", (int)x->fine.name_in.n, x->fine.name_in.p) : STR("Un territoire"), v.what = STR("un lieu, sans autre mot");
	v.said = arena_fmt(a, " : %.*s", (int)v.label.n, v.label.p);
	if (places.n) {
		buf_init(&b, a, 128);
		buf_lit(&b, "Surtout demandé pour : ");
		for (size_t i = 0; i < places.n; i++)
			buf_fmt(&b, "%s%.*s", i ? ", " : "", (int)places.p[i].n, places.p[i].p);
		v.places = buf_str(&b);
	}
	if (query.n) {
		buf_init(&b, a, 128);
		buf_lit(&b, "/alertes?requete=");
		query_encode(&b, query, true);
		struct str s = buf_str(&b);
		v.warn = (struct url){ s.p, s.n };
	}
	return v;
}

static enum err
load(struct req *r, struct asked *x)
{
	struct arena *a = r->arena;
	struct str code = req_param(r, "theme");
	enum err e = theme_all(r->db, a, &x->themes);

	if (e)
		return e;
	for (size_t i = 0; i < x->themes.n; i++)
		if (str_eq(x->themes.p[i].code, code))
			x->theme = &x->themes.p[i];
	if (code.n && !x->theme)
		req_notice(r, STR("theme"), STR("valeur"), arena_fmt(a, "« Thématique » : nous ne connaissons pas « %.*s ».", (int)code.n, code.p));
	if (x->place.t.id && (e = need_territory(r->db, a, &x->place.t, &x->fine)))
		return e;
	return need_list(r->db, a, &x->fine, x->theme ? x->theme->code : STR_NONE, &x->needs);
}

static struct view_empty
nothing(struct req *r, const struct asked *x)
{
	struct arena *a = r->arena;
	struct view_link *offers = arena_array(a, struct view_link, 3);
	size_t n = 0;

	if (x->theme)
		offers[n++] = (struct view_link){ STR("Toutes les thématiques"), link_list(r, r->path, (struct param){ STR("theme"), STR_NONE }, (struct param){ STR_NONE, STR_NONE }) };
	if (x->fine.id)
		offers[n++] = (struct view_link){ STR("Toute la France"), x->place.ask.clear };
	offers[n++] = (struct view_link){ STR("Chercher dans tout le site"), { "/recherche", 10 } };
	return (struct view_empty){ x->fine.id ? arena_fmt(a, "Rien n’est encore demandé cinq fois %.*s.", (int)x->fine.name_in.n, x->fine.name_in.p)
		                               : STR("Rien n’est encore demandé cinq fois."),
		                    STR("Cela ne veut pas dire que tout est trouvé : ce qui est cherché une, deux ou quatre fois, nous ne le voyons pas non plus."), { offers, n } };
}

enum err
page_needs(struct req *r, struct resp *w)
{
	struct arena *a = r->arena;
	struct asked x = { 0 };
	enum err e;

	if ((e = ask_place(r, w, "Pour quel territoire ?", &x.place)) || x.place.moved || (e = load(r, &x)))
		return e;
	if (r->format == FORMAT_JSON)
		return answer_json(r, w, &x);
	if (r->format == FORMAT_CSV)
		return answer_csv(r, w, &x);
	struct view_need *rows = arena_array(a, struct view_need, x.needs.n + 1);
	for (size_t i = 0; i < x.needs.n; i++)
		rows[i] = row_of(a, &x, &x.needs.p[i]);
	struct view_option *themes = arena_array(a, struct view_option, x.themes.n + 1);
	themes[0] = (struct view_option){ STR_NONE, STR("Toutes"), !x.theme };
	for (size_t i = 0; i < x.themes.n; i++)
		themes[i + 1] = (struct view_option){ x.themes.p[i].code, x.themes.p[i].label, x.theme == &x.themes.p[i] };
	struct view_link trail[] = { { STR("Besoins des territoires"), { "/thematiques", 12 } }, { STR("Restés sans réponse"), { NULL, 0 } } };
	struct view_needs v = {
		.crumbs = crumbs(a, 2, trail),
		.title = x.fine.id ? arena_fmt(a, "Ce que l’on cherche %.*s sans le trouver", (int)x.fine.name_in.n, x.fine.name_in.p) : STR("Ce que l’on cherche sans le trouver"),
		.lead = STR("Quand une recherche reste sans réponse, nous la comptons, sans garder qui l’a faite. À partir de cinq fois, elle s’affiche ici : c’est un besoin, et une place à prendre."),
		.ask = x.place.ask,
		.themes = { themes, x.themes.n + 1 },
		.total = words_count(a, (int64_t)x.needs.n, "besoin sans réponse", "besoins sans réponse"),
		.rows = { rows, x.needs.n },
		.contribute = contribute_url(a, &x, NULL),
		.formats_label = STR("Cette liste ailleurs :"),
		.formats = formats_of(r),
	};
	v.ask.kept = (struct view_fields){ NULL, 0 }; /* the thématique is a field of the same form */
	if (x.fine.id && x.fine.id != x.place.t.id)
		v.fine = arena_fmt(a, "Une recherche est comptée par département, jamais plus finement : pour %.*s, voici ce qui vaut %.*s.", (int)x.place.t.name.n, x.place.t.name.p,
		                   (int)x.fine.name_in.n, x.fine.name_in.p);
	if (x.needs.n == 0)
		v.none = nothing(r, &x);
	struct buf main;
	buf_init(&main, a, 32768);
	tpl_needs(&main, &v);
	struct view_layout layout = { .title = v.title, .description = STR("Les recherches restées sans réponse, comptées sans garder personne, par territoire et par thématique."),
		                      .head_search = true, .noindex = r->nparams > 0 };
	return page_send(r, w, &layout, &main);
}
