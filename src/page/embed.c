/*
 * /integrer and what is under it: a list or a sheet inside somebody else's page. The page of the code, the frames themselves, and
 * oEmbed. nginx lets any site frame what is under /integrer/{fiches,catalyseurs,evenements,listes}, and nothing else
 * (nginx/snippets/http.conf). Frames of events, catalysts alone and lists: embed_frames.c.
 */
#include "page/embed.h"

#include "crypt/token.h"
#include "gen/tpl.h"
#include "text/esc.h"
#include "text/json_out.h"
#include "web/query.h"

enum { WIDTH = 480, HEIGHT_LIST = 520, HEIGHT_ITEM = 300 };

static bool
starts(struct str s, const char *prefix)
{
	size_t n = strlen(prefix);
	return s.n >= n && memcmp(s.p, prefix, n) == 0;
}

/* "/fiches", "/fiches?q=x", "/fiches/": the path ends there. */
static bool
is_path(struct str s, const char *path)
{
	size_t n = strlen(path);
	return starts(s, path) && (s.n == n || s.p[n] == '?' || s.p[n] == '#' || (s.p[n] == '/' && s.n == n + 1));
}

/* A frame's address, made of characters that need no escape in an attribute nor in a header. */
static bool
is_plain(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] <= 0x20 || (unsigned char)s.p[i] >= 0x7f || strchr("\"'<>\\`{}|^", s.p[i]))
			return false;
	return true;
}

/* "/listes/{code}": a list that somebody shares. */
static bool
is_shared(struct str s)
{
	enum { HEAD = sizeof("/listes/") - 1 };
	size_t n = HEAD;

	while (n < s.n && s.p[n] != '?' && s.p[n] != '/')
		n++;
	return starts(s, "/listes/") && n == HEAD + TOKEN_TEXT && (n == s.n || s.p[n] == '?');
}

/* What a frame holds, for who hears the page rather than sees it. */
static struct str
frame_name(struct url src)
{
	static const struct {
		const char *path, *name;
	} names[] = {
		{ "/integrer/fiches/", "Une fiche de Catalyse" },       { "/integrer/fiches", "Des fiches de Catalyse" },
		{ "/integrer/catalyseurs/", "Un catalyseur, sur Catalyse" }, { "/integrer/catalyseurs", "Qui relie ici, sur Catalyse" },
		{ "/integrer/evenements/", "Un rendez-vous, sur Catalyse" }, { "/integrer/evenements", "Les prochains rendez-vous, sur Catalyse" },
		{ "/integrer/listes", "Une liste de Catalyse" },
	};

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (starts((struct str){ src.p, src.n }, names[i].path))
			return str_of(names[i].name);
	return STR("Catalyse");
}

/* The same frame, with one parameter more. */
static struct url
frame_with(struct arena *a, struct url src, const char *name, struct str value)
{
	if (value.n == 0)
		return src;
	return link_fmt(a, "%.*s%c%s=%.*s", (int)src.n, src.p, memchr(src.p, '?', src.n) ? '&' : '?', name, (int)value.n, value.p);
}

/* The frame of a page of this site, from its address with or without the host. false: none can be made of it. */
static bool
frame_of(struct req *r, struct str asked, struct url *ret, int *ret_height)
{
	struct arena *a = r->arena;
	if (starts(asked, arena_cstr(a, r->base)))
		asked = (struct str){ asked.p + r->base.n, asked.n - r->base.n };
	if (!is_plain(asked))
		return false;
	const char *hash = asked.n ? memchr(asked.p, '#', asked.n) : NULL;
	if (hash)
		asked.n = (size_t)(hash - asked.p);
	*ret_height = HEIGHT_LIST;
	if (starts(asked, "/integrer/"))
		asked = (struct str){ asked.p + 9, asked.n - 9 };
	if (is_path(asked, "/fiches") || is_path(asked, "/catalyseurs") || is_path(asked, "/evenements") || starts(asked, "/listes?") || is_shared(asked)) {
		*ret = link_fmt(a, "/integrer%.*s", (int)asked.n, asked.p);
		return ret->n > 0;
	}
	if (starts(asked, "/fiches/") || starts(asked, "/catalyseurs/") || starts(asked, "/evenements/")) {
		*ret_height = HEIGHT_ITEM;
		*ret = link_fmt(a, "/integrer%.*s", (int)asked.n, asked.p);
		return ret->n > 0;
	}
	if (starts(asked, "/territoires/")) { /* /territoires/commune/97410-saint-benoit: who relays there */
		struct str rest = { asked.p + 13, asked.n - 13 };
		const char *slash = memchr(rest.p, '/', rest.n);
		if (!slash)
			return false;
		struct str code = { slash + 1, rest.n - (size_t)(slash + 1 - rest.p) };
		code.n = strcspn(arena_cstr(a, code), "-?/");
		*ret = link_fmt(a, "/integrer/catalyseurs?territoire=%.*s:%.*s", (int)(slash - rest.p), rest.p, (int)code.n, code.p);
		return code.n > 0;
	}
	return false;
}

static struct str
frame_code(struct req *r, struct url src, int height)
{
	struct buf b;
	buf_init(&b, r->arena, 512);
	buf_lit(&b, "<iframe src=\"");
	esc_attr(&b, r->base);
	esc_attr(&b, (struct str){ src.p, src.n });
	buf_lit(&b, "\" title=\"");
	esc_attr(&b, frame_name(src));
	buf_fmt(&b, "\" width=\"100%%\" height=\"%d\" style=\"border:0\" loading=\"lazy\"></iframe>", height);
	return buf_str(&b);
}

/* A place as it is typed, "Saint-Benoît (974)" or a postal code: its key, or what is wrong with it. */
static enum err
place_of_words(struct req *r, struct str typed, struct str *ret_key, struct str *ret_name)
{
	struct territory_refs found;
	const char *open = memchr(typed.p, '(', typed.n);
	struct str words = open && open > typed.p ? (struct str){ typed.p, (size_t)(open - typed.p) } : typed;
	struct str stone = open ? (struct str){ open + 1, typed.n - (size_t)(open + 1 - typed.p) } : STR_NONE;
	enum err e = territory_suggest(r->db, r->arena, words, 20, &found);

	if (e || found.n == 0 || found.p[0].alike)
		return e;
	size_t best = 0;
	for (size_t i = found.n; i-- > 0 && stone.n;)
		if (found.p[i].stone.n && found.p[i].stone.n < stone.n && memcmp(stone.p, found.p[i].stone.p, found.p[i].stone.n) == 0)
			best = i;
	*ret_key = arena_fmt(r->arena, "%.*s:%.*s", (int)found.p[best].type.n, found.p[best].type.p, (int)found.p[best].code.n, found.p[best].code.p);
	*ret_name = found.p[best].name;
	return ERR_NONE;
}

static void
choices_of(struct req *r, struct view_form_field *f)
{
	static const char *const all[][3] = {
		{ "fiches", "Des fiches", "Méthodes, exemples, données, outils et compétences" },
		{ "catalyseurs", "Qui relie ici", "Les catalyseurs d’un territoire, les plus proches d’abord" },
		{ "evenements", "Les prochains rendez-vous", "Webinaires et rencontres" },
	};
	struct view_form_option *o = arena_array(r->arena, struct view_form_option, 3);
	struct str chosen = req_param(r, "quoi").n ? req_param(r, "quoi") : STR("fiches");

	for (size_t i = 0; i < 3; i++)
		o[i] = (struct view_form_option){ .value = str_of(all[i][0]), .label = str_of(all[i][1]), .help = str_of(all[i][2]) };
	*f = form_field(r, r->route->params, "quoi", STR_NONE, NULL);
	f->choices = true;
	form_options(r, f, o, 3, &chosen, 1);
}

static struct view_form_fields
fields_of(struct req *r)
{
	struct view_form_field *p = arena_array(r->arena, struct view_form_field, 2);

	choices_of(r, &p[0]);
	p[1] = form_field(r, r->route->params, "territoire", req_param(r, "territoire"), "Une commune, un code postal, un département, une région. Vide : toute la France.");
	p[1].suggest = STR("champ");
	return (struct view_form_fields){ p, 2 };
}

enum err
page_embed(struct req *r, struct resp *w)
{
	static const struct {
		const char *label, *url;
	} examples[] = {
		{ "Les méthodes", "/integrer?adresse=/fiches?type=methode" },
		{ "Les fiches de La Réunion", "/integrer?adresse=/fiches?territoire=departement:974" },
		{ "Les catalyseurs autour de Saint-Benoît", "/integrer?adresse=/catalyseurs?territoire=commune:97410" },
		{ "Les prochains rendez-vous", "/integrer?adresse=/evenements" },
	};
	enum { EXAMPLES = sizeof(examples) / sizeof(*examples) };
	struct arena *a = r->arena;
	struct view_link *links = arena_array(a, struct view_link, EXAMPLES);
	struct str asked = req_param(r, "adresse"), what = req_param(r, "quoi"), place = req_param(r, "territoire"), key = STR_NONE, name = STR_NONE;
	struct str tall = req_param(r, "hauteur"), many = req_param(r, "nombre");
	bool compact = str_eq(req_param(r, "compact"), STR("1"));
	int height = 0;
	for (size_t i = 0; i < EXAMPLES; i++)
		links[i] = (struct view_link){ str_of(examples[i].label), { examples[i].url, strlen(examples[i].url) } };
	struct view_embed v = {
		.crumbs = crumbs(a, 1, &(struct view_link){ STR("Intégrer"), { NULL, 0 } }),
		.asked = asked,
		.hint = arena_fmt(a, "%.*s/fiches?type=methode", (int)r->base.n, r->base.p),
		.many = many,
		.tall = tall,
		.compact = compact,
		.examples = { links, EXAMPLES },
	};
	if (asked.n == 0 && what.n) {
		enum err e = place.n ? place_of_words(r, place, &key, &name) : ERR_NONE;
		if (e)
			return e;
		if (place.n && key.n == 0)
			v.error = arena_fmt(a, "Nous ne connaissons pas de lieu nommé « %.*s ».", (int)place.n, place.p);
		else
			asked = arena_fmt(a, "/%.*s%s%.*s", (int)what.n, what.p, key.n ? "?territoire=" : "", (int)key.n, key.p);
	}
	if (asked.n && frame_of(r, asked, &v.src, &height)) {
		v.src = frame_with(a, v.src, "taille", many);
		v.src = frame_with(a, v.src, "compact", compact ? STR("1") : STR_NONE);
		for (size_t i = 0, n = 0; i < tall.n; i++)
			n = n * 10 + (size_t)(tall.p[i] - '0'), height = (int)n;
		v.height = arena_fmt(a, "%d", height);
		v.name = arena_fmt(a, "Aperçu : %.*s", (int)frame_name(v.src).n, frame_name(v.src).p);
		v.code = frame_code(r, v.src, height);
		struct buf b;
		buf_init(&b, a, 256);
		buf_fmt(&b, "%.*s/integrer/oembed?url=", (int)r->base.n, r->base.p);
		query_encode(&b, (struct str){ embed_absolute(r, v.src).p, embed_absolute(r, v.src).n }, true);
		v.oembed = buf_str(&b);
		v.place = name;
	} else if (asked.n) {
		v.error = STR("Cette adresse n'est pas celle d'une liste, d'une fiche, d'un catalyseur, d'un rendez-vous ou d'un territoire de ce site.");
	}
	v.fields = fields_of(r);
	struct buf main;
	buf_init(&main, a, 8192);
	tpl_embed(&main, &v);
	struct view_layout layout = { .title = STR("Montrer Catalyse sur votre site"), .head_search = true, .noindex = r->nparams > 0 };
	return page_send(r, w, &layout, &main);
}

enum err
embed_send(struct req *r, struct resp *w, struct view_embedded *v)
{
	v->notices = notices_of(r);
	tpl_embedded(&w->body, v);
	w->content_type = STR("text/html; charset=utf-8");
	resp_header(w, "X-Robots-Tag", STR("noindex"));
	return ERR_NONE;
}

bool
embed_compact(const struct req *r)
{
	return str_eq(req_param(r, "compact"), STR("1"));
}

struct url
embed_absolute(struct req *r, struct url u)
{
	return link_fmt(r->arena, "%.*s%.*s", (int)r->base.n, r->base.p, (int)u.n, u.p);
}

struct url
embed_back(struct req *r, const char *path)
{
	return embed_absolute(r, link_list(r, str_of(path), (struct param){ STR("compact"), STR_NONE }, (struct param){ STR_NONE, STR_NONE }));
}

static struct list_query
query_of(struct req *r)
{
	struct list_query q = list_query_of(r);
	if (req_param(r, "taille").n == 0)
		q.taille = EMBED_ROWS;
	return q;
}

enum err
page_embedded_sheets(struct req *r, struct resp *w)
{
	struct arena *a = r->arena;
	struct list_query q = query_of(r);
	struct territory t;
	struct sheet_list list;
	enum err e = list_territory(r, &q, &t);
	if (e || (e = sheet_search(r->db, a, &q, &list)))
		return e;
	struct str count = words_count(a, list.facets.total, "fiche", "fiches");
	struct view_sheet_row *rows = arena_array(a, struct view_sheet_row, list.n);
	for (size_t i = 0; i < list.n; i++) {
		rows[i] = row_sheet(a, &list.p[i]);
		rows[i].url = embed_absolute(r, rows[i].url);
		rows[i].place.url = (struct url){ NULL, 0 };
	}
	struct view_embedded v = {
		.title = t.id ? arena_fmt(a, "Les fiches %.*s", (int)t.name_in.n, t.name_in.p) : STR("Fiches de Catalyse"),
		.back = embed_back(r, "/fiches"),
		.back_label = list.n ? arena_fmt(a, "Voir %s%.*s sur Catalyse", list.facets.total > 1 ? "les " : "la ",
		                                 (int)(list.facets.total > 1 ? count.n : 5), list.facets.total > 1 ? count.p : "fiche")
		                     : STR("Chercher sur Catalyse"),
		.compact = embed_compact(r),
		.widened = instead_of(r, STR("/fiches"), &list.facets.search).text,
		.sheets = { rows, list.n },
		.empty = list.n ? STR_NONE : STR("Aucune fiche pour le moment."),
	};
	return embed_send(r, w, &v);
}

enum err
page_embedded_sheet(struct req *r, struct resp *w)
{
	struct arena *a = r->arena;
	struct str slug;
	struct sheet s;
	int64_t id = link_number(r->vars[0], &slug);
	if (id < 0)
		return ERR_NOT_FOUND;
	enum err e = sheet_find(r->db, a, id, &s);
	if (e)
		return e;
	struct sheet_card card = sheet_card_of(&s);
	struct view_sheet_row *row = arena_array(a, struct view_sheet_row, 1);
	*row = row_sheet(a, &card);
	row->url = embed_absolute(r, link_sheet(a, s.id, s.slug));
	row->place.url = (struct url){ NULL, 0 };
	struct view_embedded v = { .title = STR("Catalyse"),
		                   .back = row->url,
		                   .back_label = STR("Lire la fiche sur Catalyse"),
		                   .compact = embed_compact(r),
		                   .sheets = { row, 1 } };
	return embed_send(r, w, &v);
}

enum err
page_embedded_catalysts(struct req *r, struct resp *w)
{
	struct arena *a = r->arena;
	struct list_query q = query_of(r);
	struct territory t;
	struct catalyst_list list;
	enum err e = list_territory(r, &q, &t);
	if (e || (e = catalyst_search(r->db, a, &q, &list)))
		return e;
	struct view_catalyst_row *rows = arena_array(a, struct view_catalyst_row, list.n);
	for (size_t i = 0; i < list.n; i++) {
		rows[i] = row_catalyst(a, &list.p[i]);
		rows[i].url = embed_absolute(r, rows[i].url);
	}
	struct view_embedded v = {
		.title = t.id ? arena_fmt(a, "Qui relie %.*s", (int)t.name_in.n, t.name_in.p) : STR("Les catalyseurs connus"),
		.back = embed_back(r, "/catalyseurs"),
		.back_label = list.n ? STR("Tout voir sur Catalyse") : STR("Chercher sur Catalyse"),
		.compact = embed_compact(r),
		.widened = instead_of(r, STR("/catalyseurs"), &list.facets.search).text,
		.catalysts = { rows, list.n },
		.empty = list.n ? STR_NONE : STR("Nous n'en connaissons pas encore ici."),
	};
	return embed_send(r, w, &v);
}

enum err
page_oembed(struct req *r, struct resp *w)
{
	struct url src;
	int height, width = WIDTH;
	struct str asked = req_param(r, "url"), max = req_param(r, "maxwidth"), low = req_param(r, "maxheight");
	if (asked.n == 0) {
		req_notice(r, STR("url"), STR("valeur"), STR("« url » : l'adresse d'une page de ce site est attendue."));
		return ERR_BAD_INPUT;
	}
	if (!frame_of(r, asked, &src, &height))
		return ERR_NOT_FOUND;
	if (max.n && max.n < 4) {
		int v = 0;
		for (size_t i = 0; i < max.n; i++)
			v = v * 10 + (max.p[i] - '0');
		width = v < width ? v : width;
	}
	if (low.n && low.n < 4) {
		int v = 0;
		for (size_t i = 0; i < low.n; i++)
			v = v * 10 + (low.p[i] - '0');
		height = v < height ? v : height;
	}
	struct json_out j = json_out(&w->body);
	json_begin_object(&j);
	json_key(&j, "version"), json_str(&j, STR("1.0"));
	json_key(&j, "type"), json_str(&j, STR("rich"));
	json_key(&j, "provider_name"), json_str(&j, STR("Catalyse"));
	json_key(&j, "provider_url"), json_str(&j, r->base);
	json_key(&j, "title"), json_str(&j, frame_name(src));
	json_key(&j, "width"), json_int(&j, width);
	json_key(&j, "height"), json_int(&j, height);
	json_key(&j, "html"), json_str(&j, frame_code(r, src, height));
	json_end(&j);
	return ERR_NONE;
}
