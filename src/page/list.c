#include "page/page.h"
#include "web/accept.h"

#define SIZE_DEFAULT 20

static struct strs
all(struct req *r, const char *name)
{
	struct strs v;
	v.n = req_params(r, name, &v.p);
	return v;
}

static int64_t
number(struct str s, int64_t missing)
{
	int64_t v = 0;
	if (s.n == 0)
		return missing;
	for (size_t i = 0; i < s.n; i++)
		v = v * 10 + (s.p[i] - '0');
	return v;
}

/* Says which of these parameters, when they are there, have no effect; where: "avec « apres »". */
static void
list_idle(struct req *r, const char *const *names, size_t n, const char *where)
{
	for (size_t i = 0; i < n; i++)
		if (req_param(r, names[i]).n)
			req_notice(r, str_of(names[i]), STR("ignore"), arena_fmt(r->arena, "« %s » est sans effet %s.", names[i], where));
}

void
list_idle_catalysts(struct req *r)
{
	static const char *const idle[] = { "type", "parcours", "profil", "maturite", "dispositif", "espace", "preuve", "verifie_depuis", "modifie_depuis" };
	list_idle(r, idle, sizeof(idle) / sizeof(*idle), "sur les catalyseurs : ce critère est celui des fiches");
}

struct list_query
list_query_of(struct req *r)
{
	struct list_query q = {
		.q = req_param(r, "q"),
		.types = all(r, "type"),
		.themes = all(r, "theme"),
		.odds = all(r, "odd"),
		.pratiques = all(r, "pratique"),
		.parcours = all(r, "parcours"),
		.profils = all(r, "profil"),
		.maturites = all(r, "maturite"),
		.dispositifs = all(r, "dispositif"),
		.espaces = all(r, "espace"),
		.territoires = all(r, "territoire"),
		.preuves = all(r, "preuve"),
		.verifie_depuis = req_param(r, "verifie_depuis"),
		.modifie_depuis = req_param(r, "modifie_depuis"),
		.lat = req_param(r, "lat"),
		.lon = req_param(r, "lon"),
		.rayon = req_param(r, "rayon"),
		.bbox = req_param(r, "bbox"),
		.tri = req_param(r, "tri"),
		.page = number(req_param(r, "page"), 1),
		.taille = number(req_param(r, "taille"), SIZE_DEFAULT),
		.apres = req_param(r, "apres"),
	};
	if (q.apres.n) {
		static const char *const idle[] = { "tri", "page" };
		list_idle(r, idle, 2, "avec « apres » : tout est donné par numéro");
		q.tri = STR_NONE;
		q.page = 1;
	}
	if ((q.lat.n == 0) != (q.lon.n == 0) || (q.rayon.n && q.lat.n == 0 && q.territoires.n == 0))
		req_notice(r, q.lat.n == 0 ? STR("lat") : STR("lon"), STR("valeur"),
		           STR("Un point est attendu avec « rayon » : « lat » et « lon », en degrés."));
	if (q.tri.n == 0)
		q.tri = STR("pertinence");
	return q;
}

/* Several places are told together: « en Bretagne et à La Réunion »; more than three, by their number. */
static struct str
together(struct arena *a, const struct str *p, size_t n, const char *many)
{
	struct str s = p[0];
	if (n > 3)
		return arena_fmt(a, "%s %zu territoires", many, n);
	for (size_t i = 1; i < n; i++)
		s = arena_fmt(a, "%.*s%s%.*s", (int)s.n, s.p, i + 1 < n ? ", " : " et ", (int)p[i].n, p[i].p);
	return s;
}

bool
list_asks_here(const struct req *r, const struct territory *t)
{
	for (size_t i = 0; i < r->nnotices; i++)
		if (str_eq(r->notices[i].field, STR("territoire")))
			return false;
	return t->id == 0;
}

/* The address of the request, as if it had named a place by its code of today. */
static void
rename_place(struct req *r, struct str key, struct str now)
{
	struct param *p = arena_array(r->arena, struct param, r->nparams);
	for (size_t i = 0; i < r->nparams; i++) {
		p[i] = r->params[i];
		if (str_eq(p[i].name, STR("territoire")) && str_eq(p[i].value, key))
			p[i].value = now;
	}
	r->params = p;
}

enum err
list_territory(struct req *r, struct list_query *q, struct territory *ret)
{
	*ret = (struct territory){ 0 };
	for (size_t i = 0; i < r->nnotices; i++) /* a page too deep costs no query */
		if (str_eq(r->notices[i].field, STR("page")) && str_eq(r->notices[i].code, STR("profondeur")))
			return err_note(ERR_BAD_INPUT, "page out of bounds");
	struct str *kept = arena_array(r->arena, struct str, q->territoires.n), *in = arena_array(r->arena, struct str, q->territoires.n),
		   *of = arena_array(r->arena, struct str, q->territoires.n);
	size_t n = 0, places = 0;
	for (size_t i = 0; i < q->territoires.n; i++) {
		struct str key = q->territoires.p[i];
		struct territory t;
		if (str_eq(key, STR("pays:FR"))) {
			kept[n++] = key;
			continue;
		}
		enum err e = territory_find_key(r->db, r->arena, key, &t);
		if (e == ERR_NOT_FOUND) {
			req_notice(r, STR("territoire"), STR("valeur"),
			           arena_fmt(r->arena, "Nous ne connaissons pas de territoire « %.*s ».", (int)key.n, key.p));
			continue;
		}
		if (e)
			return e;
		/* A former commune answers with the one that took it in, which tags, boxes and links then name. */
		kept[n++] = arena_fmt(r->arena, "%.*s:%.*s", (int)t.type.n, t.type.p, (int)t.code.n, t.code.p);
		if (!str_eq(kept[n - 1], key))
			rename_place(r, key, kept[n - 1]);
		if (places == 0 || !str_eq(in[places - 1], t.name_in)) { /* the same twice, or a région that is its département */
			in[places] = t.name_in;
			of[places++] = t.name_of;
		}
		if (ret->id == 0)
			*ret = t;
	}
	if (places > 1) {
		ret->name_in = together(r->arena, in, places, "dans");
		ret->name_of = together(r->arena, of, places, "de");
		ret->stone = STR_NONE;
	}
	q->territoires = (struct strs){ kept, n };
	return ERR_NONE;
}

void
list_terms(struct req *r, const struct facet_counts *facets)
{
	static const char *const vocabularies[][2] = { { "theme", "Thème" },           { "pratique", "Pratique de catalyse" },
		                                       { "parcours", "Parcours" },     { "profil", "Pour qui" },
		                                       { "maturite", "Où en est votre projet" }, { "dispositif", "Dispositif" },
		                                       { "espace", "Espace" } };
	for (size_t i = 0; i < sizeof(vocabularies) / sizeof(*vocabularies); i++) {
		struct str name = str_of(vocabularies[i][0]);
		for (size_t k = 0; k < r->nparams; k++) {
			struct str value = r->params[k].value;
			bool listed = false, known = false;
			if (!str_eq(r->params[k].name, name))
				continue;
			for (size_t f = 0; f < facets->n; f++) {
				bool of_it = str_eq(facets->p[f].facet, name);
				listed = listed || of_it;
				known = known || (of_it && str_eq(facets->p[f].code, value));
			}
			if (listed && !known) /* a list without that facet says nothing of it */
				req_notice(r, name, STR("valeur"),
				           arena_fmt(r->arena, "« %s » : nous ne connaissons pas « %.*s ».", vocabularies[i][1], (int)value.n, value.p));
		}
	}
}

static struct url
page_link(struct req *r, struct str path, int64_t n)
{
	struct param add = { STR("page"), arena_fmt(r->arena, "%lld", (long long)n) }, none = { STR_NONE, STR_NONE };
	return n == 1 ? link_list(r, path, none, none) : link_list(r, path, none, add);
}

struct view_paging
paging_of(struct req *r, struct str path, const struct list_query *q, int64_t total)
{
	int64_t pages = (total + q->taille - 1) / q->taille;
	if (pages > LIST_PAGES_MAX)
		pages = LIST_PAGES_MAX; /* further, filters help more than pages */
	if (pages <= 1)
		return (struct view_paging){ 0 };
	struct view_page_link *p = arena_array(r->arena, struct view_page_link, 12);
	size_t n = 0;
	int64_t last = 0;
	for (int64_t i = 1; i <= pages && n < 12; i++) {
		if (i != 1 && i != pages && (i < q->page - 2 || i > q->page + 2))
			continue;
		if (i > last + 1 && last)
			p[n++] = (struct view_page_link){ .label = STR("…"), .gap = true };
		p[n++] = (struct view_page_link){ arena_fmt(r->arena, "%lld", (long long)i),
			                          i == q->page ? (struct url){ NULL, 0 } : page_link(r, path, i), i == q->page,
			                          false };
		last = i;
	}
	return (struct view_paging){
		.label = q->page > pages ? arena_fmt(r->arena, "La liste a %lld pages", (long long)pages)
		                         : arena_fmt(r->arena, "Page %lld sur %lld", (long long)q->page, (long long)pages),
		.prev = q->page > 1 && q->page <= pages ? page_link(r, path, q->page - 1) : (struct url){ NULL, 0 },
		.next = q->page < pages ? page_link(r, path, q->page + 1) : (struct url){ NULL, 0 },
		.pages = { p, n },
		.nofollow = filters_nested(r),
	};
}

struct view_paging
paging_list(struct req *r, struct str path, const struct list_query *q, const struct facet_counts *f)
{
	struct param none = { STR_NONE, STR_NONE };
	if (q->apres.n == 0)
		return paging_of(r, path, q, list_query_reach(q, f));
	return (struct view_paging){
		.label = STR("Toute la liste, par numéro"),
		.next = f->after ? link_list(r, path, none, (struct param){ STR("apres"), arena_fmt(r->arena, "%lld", (long long)f->after) }) : (struct url){ NULL, 0 },
		.nofollow = true,
	};
}

int64_t
found_as_asked(const struct facet_counts *f)
{
	return f->search.wider.n ? f->search.found : f->search.instead.n && (f->search.instead.p[0] == '~' || str_eq(f->search.reason, STR("un"))) ? 0 : f->total;
}

/* The same list in a place, for the words that are left. */
static struct url
place_link(struct req *r, struct str path, struct str rest, struct str key)
{
	struct param none = { STR_NONE, STR_NONE }, place = { STR("territoire"), key };
	struct param *kept = arena_array(r->arena, struct param, r->nparams + 1);
	struct req other = *r;
	other.params = kept;
	other.nparams = 0;
	if (path.n < r->path.n || memcmp(path.p, r->path.p, r->path.n))
		other.route = NULL; /* another page, whose order is not that of this one: what is here, then the place */
	for (size_t i = 0; i < r->nparams; i++)
		if (!str_eq(r->params[i].name, STR("q")))
			kept[other.nparams++] = r->params[i];
		else if (rest.n)
			kept[other.nparams++] = (struct param){ r->params[i].name, rest };
	return link_list(&other, path, none, place);
}

static void
list_move(struct req *r, struct resp *w, const struct search_places *named)
{
	const char *suffix = format_suffix(r->format);
	struct str path = arena_fmt(r->arena, "%.*s%s%s", (int)r->path.n, r->path.p, suffix[0] ? "." : "", suffix);
	struct url to = place_link(r, path, named->rest, named->p[0].key);
	resp_redirect(w, 303, (struct str){ to.p, to.n });
}

enum err
list_offers(struct req *r, const struct list_query *q, const struct search_places *named, bool found, search_total *total, struct search_note *note)
{
	note->places = named->p;
	note->nplaces = 1 + named->others;
	for (size_t i = 0; named->rest.n && i < (found ? 1 : named->n); i++) {
		bool has;
		if (i > 0 && i <= named->others)
			continue;
		enum err e = search_place_has(r->db, r->arena, q, named, i, total, &has);
		if (e)
			return e;
		if (has) {
			note->places = named->p + i;
			note->nplaces = 1;
			note->rest = named->rest;
			note->missing = i > 0 ? named->p[0].name_in : STR_NONE;
			return ERR_NONE;
		}
	}
	return ERR_NONE;
}

enum err
list_place(struct req *r, struct resp *w, const struct list_query *q, search_total *total, struct search_places *named,
           struct facet_counts *found)
{
	enum { WORDS_ALIKE = 3 };
	enum err e = ERR_NONE;
	bool has = true, nothing = found && found_as_asked(found) == 0, first = q->page == 1 && q->apres.n == 0;
	bool told = first && (r->format == FORMAT_HTML || r->format == FORMAT_JSON);
	if (!found)
		*named = (struct search_places){ 0 };
	if (q->q.n == 0 || r->nnotices > 0 || req_param(r, "territoire").n + q->lat.n + q->lon.n + q->rayon.n + q->bbox.n > 0)
		return ERR_NONE;
	if (!found && ((e = search_places(r->db, r->arena, q->q, named)) || !named->sure))
		return e;
	if (named->n == 0) { /* a name mistyped, alone or nearly */
		size_t words = 1;
		for (size_t i = 0; i < q->q.n; i++)
			words += q->q.p[i] == ' ';
		bool strange = nothing || (found && str_eq(found->search.reason, STR("orthographe")));
		if (!told || !strange || words > (found->total > 0 ? 1 : WORDS_ALIKE) || (e = search_places_alike(r->db, r->arena, q->q, named)) || named->n == 0)
			return e;
		return list_offers(r, q, named, true, total, &found->search);
	}
	/* A place that most know, or the only one of that name among other words, when the words find nothing, whatever the filters, or can be
	   nothing else. */
	bool moves = !found || (nothing && !list_query_filtered(q) && (named->known || (named->rest.n && named->said && named->others == 0)));
	if (moves && named->rest.n && (e = search_place_has(r->db, r->arena, q, named, 0, total, &has)))
		return e;
	if (moves && has)
		list_move(r, w, named);
	else if (told && found && (named->said || (nothing && named->rest.n == 0)))
		return list_offers(r, q, named, !nothing, total, &found->search);
	return ERR_NONE;
}

/* Without the sign that says most of the words. */
static struct str
most_of(struct str q)
{
	while (q.n && (q.p[0] == '~' || q.p[0] == ' '))
		q.p++, q.n--;
	return q;
}

struct view_instead
instead_of(struct req *r, struct str path, const struct search_note *n)
{
	struct arena *a = r->arena;
	struct str q = n->instead;
	struct param typed = { STR("q"), STR_NONE };
	struct view_link meant = { STR_NONE, { NULL, 0 } };
	bool part = str_eq(n->reason, STR("un")) || str_eq(n->reason, STR("large")), part_meant = part && q.n == 0;
	struct str ask = part_meant ? STR("Essayer avec") : STR("Vouliez-vous dire");
	if (n->meant.n)
		meant = (struct view_link){ part_meant ? STR("une partie de ces mots") : arena_fmt(a, "« %.*s »", (int)most_of(n->meant).n, most_of(n->meant).p),
			                    link_list(r, path, typed, (struct param){ STR("q"), n->meant }) };
	struct view_offer *offers = arena_array(a, struct view_offer, n->nplaces);
	bool who = str_eq(path, STR("/catalyseurs"));
	for (size_t i = 0; i < n->nplaces; i++) {
		const struct search_place *p = &n->places[i];
		struct str to = str_eq(path, STR("/recherche")) ? STR("/fiches") : path;
		offers[i] = (struct view_offer){ .before = i ? STR(", ") : STR(" "), .url = place_link(r, to, n->rest, p->key) };
		offers[i].label = n->rest.n ? arena_fmt(a, "« %.*s » %.*s", (int)n->rest.n, n->rest.p, (int)p->name_in.n, p->name_in.p)
		                  : i       ? p->name_in
		                  : who     ? arena_fmt(a, "qui relie %.*s", (int)p->name_in.n, p->name_in.p)
		                            : arena_fmt(a, "ce qui se fait %.*s", (int)p->name_in.n, p->name_in.p);
	}
	struct view_offers places = { offers, n->nplaces };
	struct str lead = n->missing.n ? arena_fmt(a, "Rien encore %.*s avec ces mots. Plus large :", (int)n->missing.n, n->missing.p)
	                  : n->nplaces ? STR("C'est peut-être un lieu :")
	                               : STR_NONE;
	if (n->wider.n) {
		struct str all = words_count(a, n->found, "fiche réunit tous ces mots", "fiches réunissent tous ces mots"), text = STR_NONE;
		if (n->found == 0)
			text = n->others == 0   ? STR("Avec ces filtres, aucune fiche ne réunit ces mots, ni même une partie.")
			       : n->others == 1 ? STR("Avec ces filtres, aucune fiche ne réunit tous ces mots. Celle-ci en a une partie.")
			                        : STR("Avec ces filtres, aucune fiche ne réunit tous ces mots. Celles-ci en ont une partie.");
		else if (n->others > 0)
			text = arena_fmt(a, "%.*s. %s", (int)all.n, all.p, n->others == 1 ? "L’autre n’en a qu’une partie." : "Les autres n’en ont qu’une partie.");
		return (struct view_instead){ .text = text, .ask = ask, .meant = meant, .lead = lead, .places = places };
	}
	if (q.n == 0)
		return (struct view_instead){ .ask = ask, .meant = meant, .lead = lead, .places = places };
	bool most = q.p[0] == '~';
	q = most_of(q);
	struct param exact = { STR("q"), arena_fmt(a, "\"%.*s\"", (int)n->asked.n, n->asked.p) };
	struct str text = part       ? n->nothing ? STR("Rien ne réunit tous ces mots ; avec ces filtres, rien n'en réunit même une partie.")
	                                          : STR("Rien ne réunit tous ces mots. Voici ce qui en réunit une partie.")
	                  : n->nothing ? arena_fmt(a, "Rien pour « %.*s » ; avec ces filtres, rien non plus pour « %.*s ».", (int)n->asked.n, n->asked.p,
	                                           (int)q.n, q.p)
	                               : arena_fmt(a, "Rien pour « %.*s ». Voici ce que donne « %.*s »%s.", (int)n->asked.n, n->asked.p, (int)q.n, q.p,
	                                           most ? ", sans exiger tous les mots" : "");
	return (struct view_instead){
		.text = text,
		.exact = !part && !n->nothing ? (struct view_link){ arena_fmt(a, "Chercher exactement « %.*s »", (int)n->asked.n, n->asked.p),
		                                     link_list(r, path, typed, exact) }
		               : (struct view_link){ STR_NONE, { NULL, 0 } },
		.ask = ask,
		.meant = meant,
		.lead = lead,
		.places = places,
	};
}
