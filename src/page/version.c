/* /fiches/{id}/v{n}: a sheet as it was published; /fiches/{id}/v{n}..v{m} is answered by version_diff.c. */
#include "format/json_item.h"
#include "gen/tpl.h"
#include "page/page.h"

/* "v12" at the start of *rest, taken off; false for anything else: "v0", "v012", more than six digits. */
static bool
number_take(struct str *rest, int64_t *ret)
{
	int64_t v = 0;
	size_t i = 1;
	if (rest->n < 2 || rest->p[0] != 'v' || rest->p[1] == '0')
		return false;
	for (; i < rest->n && i < 7 && rest->p[i] >= '0' && rest->p[i] <= '9'; i++)
		v = v * 10 + (rest->p[i] - '0');
	*rest = (struct str){ rest->p + i, rest->n - i };
	*ret = v;
	return v > 0;
}

/* "v2" or "v1..v3"; *ret_to is 0 for the first form. */
static bool
versions_read(struct str s, int64_t *ret_from, int64_t *ret_to)
{
	*ret_to = 0;
	if (!number_take(&s, ret_from))
		return false;
	if (s.n == 0)
		return true;
	if (s.n < 3 || s.p[0] != '.' || s.p[1] != '.')
		return false;
	s = (struct str){ s.p + 2, s.n - 2 };
	return number_take(&s, ret_to) && s.n == 0;
}

struct view_links
version_crumbs(struct arena *a, const struct sheet_status *s, struct view_link last)
{
	struct view_link trail[] = { { STR("Fiches"), { "/fiches", 7 } }, { s->title, link_sheet(a, s->id, s->slug) }, last };
	return crumbs(a, 3, trail);
}

enum err
seal_view(struct req *r, int64_t id, int64_t versions, int64_t *ret_broken, struct view_seal *ret)
{
	enum err e = sheet_seal_check(r->db, r->arena, id, ret_broken);
	if (e)
		return e;
	ret->broken = *ret_broken != 0;
	ret->title = ret->broken ? STR("L'empreinte ne correspond plus") : STR("L'empreinte est intacte");
	ret->text = ret->broken
	                    ? arena_fmt(r->arena, "À partir de la version %lld, ce que nous gardons n'est plus ce qui a été publié. Dites-le-nous.",
	                                (long long)*ret_broken)
	            : versions > 1
	                    ? arena_fmt(r->arena, "Recalculée à l'instant. Les %lld versions s'enchaînent, aucune n'a changé depuis sa publication.",
	                                (long long)versions)
	                    : STR("Recalculée à l'instant. Cette version n'a pas changé depuis sa publication.");
	return ERR_NONE;
}

static void
put(struct json_out *j, const char *key, struct str value)
{
	json_key(j, key);
	json_str_or_null(j, value);
}

static struct url
none_or(bool there, struct url url)
{
	return there ? url : (struct url){ NULL, 0 };
}

static enum err
answer_json(struct req *r, struct resp *w, const struct sheet_status *s, const struct sheet_version *v)
{
	struct arena *a = r->arena;
	int64_t broken;
	enum err e = sheet_seal_check(r->db, a, s->id, &broken);
	if (e)
		return e;
	struct json_out j = json_out(&w->body);
	json_begin_object(&j);
	json_key(&j, "id");
	json_int(&j, s->id);
	json_key(&j, "version");
	json_int(&j, v->number);
	json_key(&j, "versions");
	json_int(&j, s->version);
	json_key(&j, "en_ligne");
	json_bool(&j, v->number == s->version && !s->target_id);
	put(&j, "publiee_le", v->published_at);
	put(&j, "note", v->note);
	put(&j, "auteur", v->author);
	put(&j, "decidee_par", v->decider);
	put(&j, "titre", v->title);
	put(&j, "chapo", v->summary);
	put(&j, "preuve", str_of(SHEET_EVIDENCE_CODES[v->evidence]));
	put(&j, "licence", v->licence);
	json_key(&j, "rubriques");
	json_raw(&j, v->sections_json);
	put(&j, "empreinte", v->hash);
	put(&j, "empreinte_precedente", v->previous_hash);
	json_key(&j, "intacte");
	json_bool(&j, broken == 0 || broken > v->number);
	json_key(&j, "liens");
	json_begin_object(&j);
	json_address(&j, a, r->base, "self", link_version(a, s->id, v->number), ".json");
	json_address(&j, a, r->base, "html", link_version(a, s->id, v->number), "");
	json_address(&j, a, r->base, "fiche", link_sheet(a, s->id, s->slug), "");
	json_address(&j, a, r->base, "historique", link_history(a, s->id), "");
	json_address(&j, a, r->base, "precedente", none_or(v->number > 1, link_version(a, s->id, v->number - 1)), "");
	json_address(&j, a, r->base, "suivante", none_or(v->number < s->version, link_version(a, s->id, v->number + 1)), "");
	json_address(&j, a, r->base, "differences", none_or(v->number > 1, link_versions(a, s->id, v->number - 1, v->number)), "");
	json_end(&j);
	json_end(&j);
	return ERR_NONE;
}

/* RFC 5829: where the others are. */
static void
relations(struct req *r, struct resp *w, const struct sheet_status *s, const struct sheet_version *v)
{
	struct arena *a = r->arena;
	const struct {
		const char *rel;
		struct url url;
	} links[] = { { "version-history", link_history(a, s->id) },
		      { "latest-version", link_sheet(a, s->id, s->slug) },
		      { "predecessor-version", none_or(v->number > 1, link_version(a, s->id, v->number - 1)) },
		      { "successor-version", none_or(v->number < s->version, link_version(a, s->id, v->number + 1)) } };
	for (size_t i = 0; i < sizeof(links) / sizeof(*links); i++)
		if (links[i].url.n)
			resp_link(w, (struct str){ links[i].url.p, links[i].url.n }, links[i].rel, STR_NONE);
	resp_header(w, "X-Robots-Tag", STR("noindex"));
}

static struct view_links
around(struct arena *a, const struct sheet_status *s, int64_t number)
{
	struct view_link *p = arena_array(a, struct view_link, 5);
	long long n = number;
	size_t k = 0;
	if (n > 1) {
		p[k++] = (struct view_link){ arena_fmt(a, "La version %lld, avant elle", n - 1), link_version(a, s->id, n - 1) };
		p[k++] = (struct view_link){ STR("Ce qu'elle change"), link_versions(a, s->id, n - 1, n) };
	}
	if (n < s->version) {
		p[k++] = (struct view_link){ arena_fmt(a, "La version %lld, après elle", n + 1), link_version(a, s->id, n + 1) };
		p[k++] = (struct view_link){ STR("Ce qui a changé depuis"), link_versions(a, s->id, n, s->version) };
	}
	p[k++] = (struct view_link){ STR("Tout l'historique"), link_history(a, s->id) };
	return (struct view_links){ p, k };
}

static enum err
answer_page(struct req *r, struct resp *w, const struct sheet_status *s, const struct sheet_version *v)
{
	struct arena *a = r->arena;
	struct sheet now;
	struct view_sheet view;
	struct str label = arena_fmt(a, "Version %lld", (long long)v->number);
	bool last = v->number == s->version;
	struct view_old old = { .title = arena_fmt(a, "Version %lld sur %lld", (long long)v->number, (long long)s->version),
		                .what = s->target_id ? STR("Cette fiche a depuis été réunie à une autre. Vous la lisez telle qu'elle était.")
		                        : last       ? STR("C'est la version en ligne. Cette adresse-ci restera la sienne, même après la suivante.")
		                                     : STR("Vous lisez cette fiche telle qu'elle était. Elle a changé depuis. Territoires, thèmes et sources sont ceux d'aujourd'hui."),
		                .date = words_date(a, v->published_at, true),
		                .author = v->author,
		                .decider = v->decider,
		                .note = v->note,
		                .hash = v->hash,
		                .around = around(a, s, v->number) };
	int64_t broken;
	enum err e = seal_view(r, s->id, s->version, &broken, &old.seal);
	if (e || (e = sheet_find_any(r->db, a, s->id, &now)))
		return e;
	struct sheet then = sheet_at_version(a, &now, v);
	if ((e = sheet_view(r, &then, &view)))
		return e;
	if (s->target_id)
		old.current = (struct view_link){ STR("Lire la fiche qui la remplace"), link_sheet(a, s->target_id, s->target_slug) };
	else
		old.current = (struct view_link){ last ? STR("L'adresse de la fiche") : STR("Lire la version en ligne"), link_sheet(a, s->id, s->slug) };
	view.crumbs = version_crumbs(a, s, (struct view_link){ label, { NULL, 0 } });
	view.versions.n = view.formats.n = 0;
	view.history = (struct view_link){ STR_NONE, { NULL, 0 } };
	view.imprint = arena_fmt(a, "Fiche %.*s, version %lld sur %lld, publiée le %.*s, %.*s, %.*s/fiches/%lld/v%lld", (int)view.cote.text.n,
	                         view.cote.text.p, (long long)v->number, (long long)s->version, (int)old.date.text.n, old.date.text.p,
	                         (int)v->licence.n, v->licence.p, (int)r->base.n, r->base.p, (long long)s->id, (long long)v->number);
	struct buf main;
	buf_init(&main, a, 32768);
	tpl_version(&main, &old);
	tpl_sheet(&main, &view);
	struct url sheet = s->target_id ? link_sheet(a, s->target_id, s->target_slug) : link_sheet(a, s->id, s->slug);
	struct view_layout layout = { .title = arena_fmt(a, "%.*s (version %lld)", (int)v->title.n, v->title.p, (long long)v->number),
		                      .description = v->summary,
		                      .canonical = link_fmt(a, "%.*s%.*s", (int)r->base.n, r->base.p, (int)sheet.n, sheet.p),
		                      .noindex = true,
		                      .nav_sheets = true,
		                      .head_search = true };
	return page_send(r, w, &layout, &main);
}

enum err
page_version(struct req *r, struct resp *w)
{
	struct arena *a = r->arena;
	struct str slug;
	int64_t id = link_number(r->vars[0], &slug), from, to;
	struct sheet_status s;
	struct sheet_version v;
	if (id < 0 || !versions_read(r->vars[1], &from, &to))
		return ERR_NOT_FOUND;
	enum err e = sheet_status_find(r->db, a, id, &s);
	if (e)
		return e;
	if (from > s.version || to > s.version)
		return ERR_NOT_FOUND;
	if (!sheet_status_readable(&s))
		return sheet_gone_status(r, w, &s);
	if (slug.n || r->vars[0].p[0] == '0' || (to && to <= from)) { /* one spelling: by the number alone, the older version first */
		page_moved(r, w, to == 0 || to == from ? link_version(a, id, from)
		                 : to < from           ? link_versions(a, id, to, from)
		                                       : link_versions(a, id, from, to));
		return ERR_NONE;
	}
	if (to)
		return version_diff_answer(r, w, &s, from, to);
	if ((e = sheet_version_find(r->db, a, id, from, &v)))
		return e;
	relations(r, w, &s, &v);
	return r->format == FORMAT_JSON ? answer_json(r, w, &s, &v) : answer_page(r, w, &s, &v);
}
