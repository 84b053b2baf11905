#include "page/alert_query.h"
#include "page/event.h"

#include "crypt/sign.h"
#include "text/date.h"
#include "web/actor.h"
#include "web/etag.h"
#include "web/params.h"
#include "web/query.h"

#include <time.h>

#define PURPOSE STR("alertes")
#define LINK_LASTS_MS (400LL * 24 * 3600 * 1000)
enum { STEP = 100, ITEMS_MAX = 20000 };

static const struct alert_list lists[] = {
	{ "/fiches", PARAMS_LIST, "Fiches", "fiche", "fiches" },
	{ "/catalyseurs", PARAMS_LIST, "Catalyseurs", "catalyseur ou acteur", "catalyseurs et acteurs" },
	{ "/evenements", PARAMS_EVENTS, "Rendez-vous", "rendez-vous", "rendez-vous" },
	{ "/recherche", PARAMS_WORDS, "Recherche", "fiche ou catalyseur", "fiches et catalyseurs" },
};
#define NLISTS (sizeof(lists) / sizeof(*lists))

/* How a list is shown, and where one is in it. */
static bool
only_shows(struct str name)
{
	static const char *const names[] = { "tri", "page", "taille", "apres", "compact" };

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (str_eq(name, str_of(names[i])))
			return true;
	return false;
}

static void
keep_filters(struct req *r)
{
	struct param *kept = arena_array(r->arena, struct param, r->nparams + 1);
	size_t n = 0;

	for (size_t i = 0; i < r->nparams; i++)
		if (!only_shows(r->params[i].name))
			kept[n++] = r->params[i];
	r->params = kept;
	r->nparams = n;
}

bool
alert_query_read(const struct req *r, struct str text, struct alert_query *ret)
{
	const char *mark = text.n ? memchr(text.p, '?', text.n) : NULL;
	struct str path = { text.p, mark ? (size_t)(mark - text.p) : text.n };
	struct alert_query q = { .r = { .arena = r->arena, .db = r->db, .write = r->write, .memo = r->memo, .app = r->app, .base = r->base,
		                        .secret = r->secret, .method = METHOD_GET, .format = FORMAT_HTML } };

	for (size_t i = 0; i < NLISTS && !q.list; i++)
		if (str_eq(path, str_of(lists[i].path)))
			q.list = &lists[i];
	if (!q.list || text.n > ALERT_QUERY_MAX)
		return false;
	q.r.path = str_of(q.list->path);
	if (mark)
		params_read(&q.r, q.list->params, (struct str){ mark + 1, text.n - path.n - 1 });
	keep_filters(&q.r);
	if (params_bad(&q.r) || (q.list->params == PARAMS_WORDS && req_param(&q.r, "q").n == 0))
		return false;
	struct url u = link_list(&q.r, q.r.path, (struct param){ STR_NONE, STR_NONE }, (struct param){ STR_NONE, STR_NONE });
	if (u.n > ALERT_QUERY_MAX)
		return false;
	q.canonical = (struct str){ u.p, u.n };
	*ret = q;
	return true;
}

static const char *
evidence_name(struct str code)
{
	for (size_t i = 0; i < 5; i++)
		if (str_eq(code, str_of(SHEET_EVIDENCE_CODES[i])))
			return SHEET_EVIDENCE_NAMES[i];
	return "";
}

/* One filter in words; empty: it is said with another. */
static struct str
filter_label(struct arena *a, const struct param *p, const struct facet_counts *f)
{
	struct str v = p->value;

	if (str_eq(p->name, STR("q")))
		return arena_fmt(a, "« %.*s »", (int)v.n, v.p);
	if (str_eq(p->name, STR("type")))
		return str_of(sheet_kind_of(v)->plural);
	if (str_eq(p->name, STR("preuve")))
		return str_of(evidence_name(v));
	if (str_eq(v, STR("pays:FR")))
		return STR("Valables partout");
	if (str_eq(p->name, STR("rayon")))
		return arena_fmt(a, "à %.*s km", (int)v.n, v.p);
	if (str_eq(p->name, STR("lon")))
		return STR_NONE;
	if (str_eq(p->name, STR("lat")))
		return STR("autour d’un point");
	if (str_eq(p->name, STR("bbox")))
		return STR("dans un cadre de la carte");
	for (size_t i = 0; i < f->n; i++)
		if (str_eq(f->p[i].facet, p->name) && str_eq(f->p[i].code, v) && f->p[i].label.n)
			return f->p[i].label;
	if (str_eq(p->name, STR("verifie_depuis")) || str_eq(p->name, STR("modifie_depuis"))) {
		struct view_date d = words_date(a, v, true);
		return arena_fmt(a, "%s depuis le %.*s", p->name.p[0] == 'v' ? "vérifiées" : "modifiées", (int)d.text.n, d.text.p);
	}
	return v;
}

static struct str
label_of(struct alert_query *q, const struct facet_counts *f)
{
	struct buf b;
	size_t n = 0;

	buf_init(&b, q->r.arena, 256);
	buf_put(&b, str_of(q->list->label));
	for (size_t i = 0; i < q->r.nparams; i++) {
		struct str s = filter_label(q->r.arena, &q->r.params[i], f);
		if (s.n == 0)
			continue;
		buf_put(&b, n++ ? STR(", ") : STR(" : "));
		buf_put(&b, s);
	}
	if (n == 0)
		buf_put(&b, STR(" : toute la liste"));
	return buf_str(&b);
}

static bool
is_list(const struct alert_query *q, const char *path)
{
	return strcmp(q->list->path, path) == 0;
}

/* Only what was asked for: other words than those typed are shown by the page as such. */
static bool
answers(const struct facet_counts *f)
{
	return f->search.instead.n == 0;
}

enum err
alert_query_say(struct alert_query *q, struct str *ret_label, int64_t *ret_total)
{
	struct arena *a = q->r.arena;
	struct list_query asked = list_query_of(&q->r);
	struct sheet_list sheets = { 0 };
	struct catalyst_list catalysts = { 0 };
	struct event_list events = { 0 };
	struct event_query eq;
	struct territory t;
	bool both = is_list(q, "/recherche");
	enum err e;

	if (is_list(q, "/evenements")) {
		if ((e = event_query_of(&q->r, &asked, &t, &eq)))
			return e;
		eq.taille = 1;
		e = event_search(q->r.db, a, &eq, &events);
	} else {
		asked.taille = 1;
		asked.whole = true;
		e = list_territory(&q->r, &asked, &t);
	}
	if (e)
		return e;
	if ((both || is_list(q, "/fiches")) && (e = sheet_search(q->r.db, a, &asked, &sheets)))
		return e;
	if ((both || is_list(q, "/catalyseurs")) && (e = catalyst_search(q->r.db, a, &asked, &catalysts)))
		return e;
	const struct facet_counts *f = is_list(q, "/evenements") ? &events.facets : is_list(q, "/catalyseurs") ? &catalysts.facets : &sheets.facets;
	list_terms(&q->r, f);
	if (params_bad(&q->r))
		return err_note(ERR_BAD_INPUT, "no such territory, no such term");
	*ret_label = label_of(q, f);
	*ret_total = events.facets.total + (answers(&sheets.facets) ? sheets.facets.total : 0) + (answers(&catalysts.facets) ? catalysts.facets.total : 0);
	return ERR_NONE;
}

static void
add(struct arena *a, struct watch_items *x, size_t *cap, struct str kind, int64_t id, struct str stamp, struct str title, struct url path)
{
	if (x->n == *cap) {
		struct watch_items old = *x;
		*cap = *cap ? *cap * 2 : 128;
		x->kinds = arena_array(a, struct str, *cap), x->stamps = arena_array(a, struct str, *cap);
		x->titles = arena_array(a, struct str, *cap), x->paths = arena_array(a, struct str, *cap);
		x->ids = arena_array(a, int64_t, *cap);
		for (size_t i = 0; i < old.n; i++) {
			x->kinds[i] = old.kinds[i], x->stamps[i] = old.stamps[i], x->titles[i] = old.titles[i], x->paths[i] = old.paths[i];
			x->ids[i] = old.ids[i];
		}
	}
	x->kinds[x->n] = kind, x->ids[x->n] = id, x->stamps[x->n] = stamp, x->titles[x->n] = title;
	x->paths[x->n++] = (struct str){ path.p, path.n };
}

/* The day before that one, or before today. */
static struct str
day_before(struct arena *a, struct str iso)
{
	char text[16];
	struct tm tm = { 0 };
	time_t t = time(NULL);
	struct date d;

	if (date_parse(iso, &d)) {
		tm.tm_year = d.year - 1900, tm.tm_mon = d.month - 1, tm.tm_mday = d.day;
		t = timegm(&tm);
	}
	t -= 24 * 3600;
	strftime(text, sizeof(text), "%Y-%m-%d", gmtime_r(&t, &tm));
	return arena_str(a, str_of(text));
}

/* Walks a list by number, so that nothing is seen twice nor missed. */
static enum err
walk_sheets(struct alert_query *q, struct list_query asked, struct str since, struct watch_items *x, size_t *cap)
{
	struct arena *a = q->r.arena;
	struct sheet_list list;

	asked.apres = STR("0");
	asked.taille = STEP;
	for (bool first = true;; first = false) {
		enum err e = sheet_search(q->r.db, a, &asked, &list);
		if (e || !answers(&list.facets))
			return e;
		if (first && list.facets.total > ALERT_WHOLE_MAX) {
			struct str from = day_before(a, since);
			if (asked.modifie_depuis.n == 0 || memcmp(asked.modifie_depuis.p, from.p, from.n) < 0)
				asked.modifie_depuis = from;
			x->whole = false;
			if ((e = sheet_search(q->r.db, a, &asked, &list)))
				return e;
		}
		for (size_t i = 0; i < list.n; i++) {
			const struct sheet_card *c = &list.p[i];
			add(a, x, cap, STR("fiche"), c->id, arena_fmt(a, "%lld %.*s", (long long)c->version, (int)c->modified_at.n, c->modified_at.p), c->title,
			    link_sheet(a, c->id, c->slug));
		}
		if (list.facets.after == 0)
			return ERR_NONE;
		if (x->n >= ITEMS_MAX) {
			x->whole = false;
			return ERR_NONE;
		}
		asked.apres = arena_fmt(a, "%lld", (long long)list.facets.after);
	}
}

/* A catalyst keeps no date of change: what its page says of it is its stamp. */
static struct str
catalyst_stamp(struct arena *a, const struct catalyst_card *c)
{
	char sum[17];

	etag_of(arena_fmt(a, "%.*s|%.*s|%.*s|%.*s|%.*s|%.*s", (int)c->name.n, c->name.p, (int)c->summary.n, c->summary.p, (int)c->kind.n, c->kind.p,
	                  (int)c->website.n, c->website.p, (int)c->practices.n, c->practices.p, (int)c->seat.code.n, c->seat.code.p),
	        sum);
	return arena_str(a, str_of(sum));
}

static enum err
walk_catalysts(struct alert_query *q, struct list_query asked, struct watch_items *x, size_t *cap)
{
	struct arena *a = q->r.arena;
	struct catalyst_list list;

	asked.apres = STR("0");
	asked.taille = STEP;
	for (;;) {
		enum err e = catalyst_search(q->r.db, a, &asked, &list);
		if (e || !answers(&list.facets))
			return e;
		for (size_t i = 0; i < list.n; i++) {
			const struct catalyst_card *c = &list.p[i];
			add(a, x, cap, STR("catalyseur"), c->id, catalyst_stamp(a, c), c->name, link_catalyst(a, c->id, c->slug));
		}
		if (list.facets.after == 0)
			return ERR_NONE;
		if (x->n >= ITEMS_MAX) {
			x->whole = false;
			return ERR_NONE;
		}
		asked.apres = arena_fmt(a, "%lld", (long long)list.facets.after);
	}
}

/* By page: nothing enters a calendar while it is read, or it is seen the next time. */
static enum err
walk_events(struct alert_query *q, struct watch_items *x, size_t *cap)
{
	struct arena *a = q->r.arena;
	struct list_query asked;
	struct event_query eq;
	struct event_list list;
	struct territory t;
	enum err e = event_query_of(&q->r, &asked, &t, &eq);

	eq.taille = STEP;
	for (eq.debut = 0; !e; eq.debut += STEP) {
		if ((e = event_search(q->r.db, a, &eq, &list)))
			return e;
		for (size_t i = 0; i < list.n; i++) {
			const struct event *v = &list.p[i];
			add(a, x, cap, STR("evenement"), v->id, arena_fmt(a, "%lld %.*s", (long long)v->sequence, (int)v->modified_at.n, v->modified_at.p),
			    arena_fmt(a, "%.*s, %.*s", (int)v->title.n, v->title.p, (int)event_date_words(a, v).n, event_date_words(a, v).p), link_event(a, v->address));
		}
		if (list.n < STEP || x->n >= ITEMS_MAX)
			break;
	}
	return e;
}

enum err
alert_query_run(struct alert_query *q, struct str since, struct watch_items *ret)
{
	struct watch_items x = { .whole = true };
	struct territory t;
	bool both = is_list(q, "/recherche");
	size_t cap = 0;

	if (is_list(q, "/evenements")) {
		enum err bad = walk_events(q, &x, &cap);
		if (!bad)
			*ret = x;
		return bad;
	}
	struct list_query asked = list_query_of(&q->r);
	enum err e = list_territory(&q->r, &asked, &t);
	asked.tri = STR_NONE;
	asked.whole = true;
	if (!e && (both || is_list(q, "/fiches")))
		e = walk_sheets(q, asked, since, &x, &cap);
	if (!e && (both || is_list(q, "/catalyseurs")))
		e = walk_catalysts(q, asked, &x, &cap);
	if (!e)
		*ret = x;
	return e;
}

struct url
alert_link(struct req *r)
{
	struct param none = { STR_NONE, STR_NONE };
	struct req copy = *r;
	struct buf b;

	keep_filters(&copy);
	struct url list = link_list(&copy, r->path, none, none);
	if (list.n > ALERT_QUERY_MAX || params_bad(r))
		return (struct url){ NULL, 0 };
	buf_init(&b, r->arena, list.n + 64);
	buf_lit(&b, "/alertes?requete=");
	query_encode(&b, (struct str){ list.p, list.n }, true);
	struct str s = buf_str(&b);
	return (struct url){ s.p, s.n };
}

static int64_t
wall_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_REALTIME, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

enum err
alert_manage_link(struct req *r, int64_t follower, struct url *ret)
{
	struct crypt_key key;
	enum err e = actor_key(r, PURPOSE, &key);

	if (e)
		return e;
	struct str text = sign_make(r->arena, &key, PURPOSE, arena_fmt(r->arena, "%lld", (long long)follower), wall_ms(), LINK_LASTS_MS);
	key_forget(&key);
	*ret = link_fmt(r->arena, "/alertes/%.*s", (int)text.n, text.p);
	return ERR_NONE;
}

enum err
alert_manage_read(struct req *r, struct str signed_text, int64_t *ret_follower)
{
	struct signed_value v;
	struct crypt_key key;
	int64_t n = 0;
	enum err e = actor_key(r, PURPOSE, &key);

	if (e)
		return e;
	enum sign_state state = sign_check(r->arena, &key, PURPOSE, signed_text, wall_ms(), &v);
	key_forget(&key);
	if (state == SIGN_FORGED)
		return err_note(ERR_NOT_FOUND, "not a link of ours");
	if (state == SIGN_EXPIRED)
		return err_note(ERR_GONE, "the link is too old");
	for (size_t i = 0; i < v.payload.n; i++)
		n = n * 10 + (v.payload.p[i] - '0');
	*ret_follower = n;
	return ERR_NONE;
}
