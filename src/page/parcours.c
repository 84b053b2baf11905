/* /parcours, /parcours/{slug}: ways through the site, at three lengths; the same for everybody, what one has done of them is elsewhere. */
#include "page/parcours.h"

#include "format/json_list.h"
#include "format/jsonld.h"
#include "gen/tpl.h"
#include "text/date.h"
#include "text/quiz.h"

enum { PAGE_SIZE = 50 };

static struct url
link_parcours(struct arena *a, struct str slug)
{
	return link_fmt(a, "/parcours/%.*s", (int)slug.n, slug.p);
}

static int64_t
number(struct str s)
{
	int64_t v = 0;
	for (size_t i = 0; i < s.n && i < 9; i++)
		v = v * 10 + (s.p[i] - '0');
	return v;
}

/* "2 h, 4 h ou 12 h"; "1 h 10" when there is one length only. */
static struct str
lengths_of(struct arena *a, const struct parcours_card *c)
{
	struct str part[PARCOURS_LENGTHS];
	size_t n = 0;
	struct buf b;

	for (size_t i = 0; i < PARCOURS_LENGTHS; i++)
		if (c->steps[i] && (i == 0 || c->steps[i] > c->steps[i - 1]))
			part[n++] = i == 0 && c->steps[i] == c->steps[PARCOURS_LENGTHS - 1] ? parcours_duration(a, c->minutes[i])
			                                                                 : arena_fmt(a, "%d h", PARCOURS_HOURS[i]);
	buf_init(&b, a, 64);
	for (size_t i = 0; i < n; i++) {
		buf_put(&b, i == 0 ? STR_NONE : i + 1 == n ? STR(" ou ") : STR(", "));
		buf_put(&b, part[i]);
	}
	int64_t least = 0, most = c->steps[PARCOURS_LENGTHS - 1];
	for (size_t i = 0; i < PARCOURS_LENGTHS && !least; i++)
		least = c->steps[i];
	if (most && least == most)
		buf_fmt(&b, " · %lld étape%s", (long long)most, most > 1 ? "s" : "");
	else if (most)
		buf_fmt(&b, " · de %lld à %lld étapes", (long long)least, (long long)most);
	return buf_str(&b);
}

static struct view_parcours_rows
rows_of(struct arena *a, const struct parcours_cards *l, bool signed_by)
{
	struct view_parcours_row *p = arena_array(a, struct view_parcours_row, l->n + 1);
	size_t n = 0;

	for (size_t i = 0; i < l->n; i++) {
		const struct parcours_card *c = &l->p[i];
		if (c->signed_by != signed_by)
			continue;
		bool said = c->situation.n > 0 && !signed_by;
		p[n] = (struct view_parcours_row){ .number = arena_fmt(a, "%zu", n + 1),
			                           .phrase = said ? c->situation : c->title,
			                           .name = said ? c->title : STR_NONE,
			                           .url = link_parcours(a, c->slug),
			                           .summary = c->summary,
			                           .lengths = lengths_of(a, c) };
		if (signed_by)
			p[n].by = c->author.n ? arena_fmt(a, "Composé par %.*s", (int)c->author.n, c->author.p) : STR("Composé par une personne qui a supprimé son compte");
		n++;
	}
	return (struct view_parcours_rows){ p, n };
}

static void
pair(struct json_out *j, const char *key, struct str value)
{
	json_key(j, key);
	json_str_or_null(j, value);
}

static void
durations_json(struct json_out *j, const int64_t steps[PARCOURS_LENGTHS], const int64_t minutes[PARCOURS_LENGTHS])
{
	json_key(j, "durees");
	json_begin_array(j);
	for (size_t i = 0; i < PARCOURS_LENGTHS; i++) {
		json_begin_object(j);
		json_key(j, "heures"), json_int(j, PARCOURS_HOURS[i]);
		json_key(j, "etapes"), json_int(j, steps[i]);
		json_key(j, "minutes"), json_int(j, minutes[i]);
		json_end(j);
	}
	json_end(j);
}

static void
list_json(struct req *r, struct resp *w, const struct list_query *q, const struct parcours_cards *l)
{
	struct facet_counts f = { .total = l->total };
	struct paging p = paging_links(r, q, &f);
	struct territory none = { 0 };
	struct json_out j = json_out(&w->body);

	paging_headers(r, w, &p, l->total);
	json_begin_object(&j);
	json_list_head(&j, r, q, &p, &f, &none);
	json_key(&j, "elements");
	json_begin_array(&j);
	for (size_t i = 0; i < l->n; i++) {
		const struct parcours_card *c = &l->p[i];
		json_begin_object(&j);
		pair(&j, "code", c->slug);
		pair(&j, "uri", arena_fmt(r->arena, "%.*s/parcours/%.*s", (int)r->base.n, r->base.p, (int)c->slug.n, c->slug.p));
		pair(&j, "titre", c->title);
		pair(&j, "situation", c->situation);
		pair(&j, "resume", c->summary);
		pair(&j, "origine", c->origin);
		pair(&j, "terme", c->term);
		pair(&j, "auteur", c->author);
		pair(&j, "modifie_le", c->modified_at);
		durations_json(&j, c->steps, c->minutes);
		json_end(&j);
	}
	json_end(&j);
	json_end(&j);
}

enum err
page_parcours_list(struct req *r, struct resp *w)
{
	struct arena *a = r->arena;
	struct list_query q = { .page = 1, .taille = PAGE_SIZE };
	struct parcours_cards l;

	if (req_param(r, "page").n)
		q.page = number(req_param(r, "page"));
	enum err e = parcours_list(r->db, a, (q.page - 1) * q.taille, q.taille, &l);
	if (e)
		return e;
	if (r->format == FORMAT_JSON) {
		list_json(r, w, &q, &l);
		return ERR_NONE;
	}
	struct str title = STR("Parcours « Agir ensemble en territoire »");
	struct view_links trail = crumbs(a, 1, &(struct view_link){ STR("Parcours"), { NULL, 0 } });
	if (r->format == FORMAT_JSONLD) {
		struct jsonld d = { r, title, site_of(r)->editor, &trail };
		struct paging p = paging_links(r, &q, &(struct facet_counts){ .total = l.total });
		paging_headers(r, w, &p, l.total);
		jsonld_parcours_list(&d, &w->body, &p, &l);
		return ERR_NONE;
	}
	struct view_parcours_list v = { .crumbs = trail,
		                        .ours = rows_of(a, &l, false),
		                        .composed = rows_of(a, &l, true),
		                        .compose = { STR("Composer un parcours"), link_fmt(a, "/contribuer/parcours") },
		                        .paging = paging_of(r, r->path, &q, l.total),
		                        .formats = formats_of(r) };
	if (v.composed.n == 0 && q.page == 1)
		v.composed_none = STR("Personne n’en a encore publié. Le premier peut être le vôtre : une suite de fiches qui vous a servi, dans un ordre que vous conseilleriez.");
	struct buf main;
	buf_init(&main, a, 16384);
	tpl_parcours_liste(&main, &v);
	struct view_layout layout = { .title = title,
		                      .description = STR("Des suites d’étapes à suivre seul ou en groupe, en 2, 4 ou 12 heures : fiches, rencontres, textes et questions."),
		                      .head_search = true };
	return page_send(r, w, &layout, &main);
}

static void
step_json(struct json_out *j, struct req *r, const struct parcours_step *s)
{
	struct arena *a = r->arena;
	struct quiz q = { .prose = s->body };

	if (str_eq(s->kind, STR("question")))
		q = quiz_read(a, s->body);
	json_begin_object(j);
	pair(j, "code", s->code);
	pair(j, "sorte", s->kind);
	pair(j, "titre", s->title);
	json_key(j, "minutes"), json_int(j, s->minutes);
	json_key(j, "des"), json_int(j, s->since);
	pair(j, "texte", q.prose);
	json_key(j, "fiche");
	if (s->sheet_id) {
		struct url u = link_sheet(a, s->sheet_id, s->sheet_slug);
		json_begin_object(j);
		json_key(j, "id"), json_int(j, s->sheet_id);
		pair(j, "uri", arena_fmt(a, "%.*s%.*s", (int)r->base.n, r->base.p, (int)u.n, u.p));
		pair(j, "type", s->sheet_type);
		pair(j, "titre", s->sheet_title);
		json_end(j);
	} else {
		json_null(j);
	}
	json_key(j, "rencontre");
	if (s->event_ref.n) {
		json_begin_object(j);
		pair(j, "code", s->event_ref);
		pair(j, "uri", arena_fmt(a, "%.*s/evenements/%.*s", (int)r->base.n, r->base.p, (int)s->event_address.n, s->event_address.p));
		pair(j, "titre", s->event_title);
		pair(j, "jour", s->event_day);
		pair(j, "replay", s->event_replay);
		json_end(j);
	} else {
		json_null(j);
	}
	json_key(j, "choix");
	json_begin_array(j);
	for (size_t i = 0; i < q.n; i++) {
		json_begin_object(j);
		pair(j, "texte", q.choices[i].words);
		json_key(j, "juste"), json_bool(j, q.choices[i].right);
		pair(j, "explication", q.choices[i].why);
		json_end(j);
	}
	json_end(j);
	json_end(j);
}

static void
one_json(struct req *r, struct resp *w, const struct parcours *p, int hours)
{
	struct arena *a = r->arena;
	struct json_out j = json_out(&w->body);
	struct view_strs aims = parcours_lines(a, p->aims);
	int64_t steps[PARCOURS_LENGTHS], minutes[PARCOURS_LENGTHS], gone = 0;

	json_begin_object(&j);
	pair(&j, "code", p->slug);
	pair(&j, "uri", arena_fmt(a, "%.*s/parcours/%.*s", (int)r->base.n, r->base.p, (int)p->slug.n, p->slug.p));
	pair(&j, "titre", p->title);
	pair(&j, "situation", p->situation);
	pair(&j, "resume", p->summary);
	pair(&j, "pour_qui", p->audience);
	json_key(&j, "saurez");
	json_begin_array(&j);
	for (size_t i = 0; i < aims.n; i++)
		json_str(&j, aims.p[i]);
	json_end(&j);
	pair(&j, "origine", p->origin);
	pair(&j, "source", p->source_label);
	pair(&j, "source_url", p->source_url);
	pair(&j, "terme", p->term);
	pair(&j, "auteur", p->author);
	pair(&j, "publie_le", p->published_on);
	pair(&j, "modifie_le", p->modified_at);
	pair(&j, "langue", STR("fr"));
	pair(&j, "licence", STR("CC-BY-SA-4.0"));
	for (size_t i = 0; i < PARCOURS_LENGTHS; i++)
		parcours_measure(p, PARCOURS_HOURS[i], &steps[i], &minutes[i]);
	durations_json(&j, steps, minutes);
	json_key(&j, "duree"), json_int(&j, hours);
	json_notices(&j, r);
	for (size_t i = 0; i < p->n; i++)
		gone += p->steps[i].gone && p->steps[i].since <= hours;
	json_key(&j, "etapes_retirees"), json_int(&j, gone);
	json_key(&j, "etapes");
	json_begin_array(&j);
	for (size_t i = 0; i < p->n; i++)
		if (parcours_step_shown(&p->steps[i], hours))
			step_json(&j, r, &p->steps[i]);
	json_end(&j);
	json_end(&j);
}

static struct view_parcours_lengths
lengths_view(struct arena *a, const struct parcours *p, int hours)
{
	struct view_parcours_length *v = arena_array(a, struct view_parcours_length, PARCOURS_LENGTHS);
	int64_t before = 0, steps, minutes;
	size_t n = 0;

	for (size_t i = 0; i < PARCOURS_LENGTHS; i++) {
		parcours_measure(p, PARCOURS_HOURS[i], &steps, &minutes);
		bool here = PARCOURS_HOURS[i] == hours;
		if (steps == before) {
			if (n)
				v[n - 1].current |= here;
			continue;
		}
		struct str count = words_count(a, steps, "étape", "étapes"), lasts = parcours_duration(a, minutes);
		v[n++] = (struct view_parcours_length){ .label = arena_fmt(a, "En %d heures", PARCOURS_HOURS[i]),
			                                .note = arena_fmt(a, "%.*s, %.*s", (int)count.n, count.p, (int)lasts.n, lasts.p),
			                                .url = link_fmt(a, "/parcours/%.*s?duree=%d", (int)p->slug.n, p->slug.p, PARCOURS_HOURS[i]),
			                                .current = here };
		before = steps;
	}
	return (struct view_parcours_lengths){ v, n > 1 ? n : 0 };
}

/* Its sheets one after another, as the booklet takes them. */
static struct view_link
booklet_of(struct arena *a, const struct parcours *p, int hours)
{
	struct buf b;
	size_t n = 0;

	buf_init(&b, a, 512);
	buf_lit(&b, "/imprimer");
	for (size_t i = 0; i < p->n; i++)
		if (parcours_step_shown(&p->steps[i], hours) && p->steps[i].sheet_id)
			buf_fmt(&b, "%cfiche=%lld", n++ ? '&' : '?', (long long)p->steps[i].sheet_id);
	return n ? (struct view_link){ n > 1 ? arena_fmt(a, "Ses %zu fiches en un livret", n) : STR("Sa fiche à imprimer"), { b.p, b.n } } : (struct view_link){ 0 };
}

static struct str
gone_words(struct arena *a, const struct parcours *p, int hours)
{
	int64_t n = 0;

	for (size_t i = 0; i < p->n; i++)
		n += p->steps[i].gone && p->steps[i].since <= hours;
	if (n == 0)
		return STR_NONE;
	return n == 1 ? STR("Une étape n’est plus là : la fiche qu’elle proposait n’est plus publiée. Le reste du parcours tient sans elle.")
	              : arena_fmt(a, "%lld étapes ne sont plus là : les fiches qu’elles proposaient ne sont plus publiées. Les durées sont comptées sans elles.", (long long)n);
}

static enum err
withdrawn(struct req *r, struct resp *w, const struct parcours *p, struct view_links trail)
{
	struct arena *a = r->arena;
	struct view_date day = words_date(a, p->withdrawn_on, true);
	struct str why = p->withdrawn_reason;
	while (why.n && (why.p[why.n - 1] == '.' || why.p[why.n - 1] == ' '))
		why.n--;
	struct str sentence = arena_fmt(a, "Ce parcours a été retiré le %.*s. La raison donnée : %.*s.", (int)day.text.n, day.text.p, (int)why.n, why.p);

	if (r->format != FORMAT_HTML) {
		req_notice(r, STR("parcours"), STR("retire"), sentence);
		return ERR_GONE;
	}
	struct view_link *back = arena_array(a, struct view_link, 1);
	back[0] = (struct view_link){ STR("Tous les parcours"), link_fmt(a, "/parcours") };
	struct view_parcours v = { .crumbs = trail, .slug = p->slug, .title = p->title, .empty = { STR("Ce parcours n’est plus publié."), sentence, { back, 1 } } };
	struct buf main;
	buf_init(&main, a, 4096);
	tpl_parcours(&main, &v);
	struct view_layout layout = { .title = arena_fmt(a, "Retiré : %.*s", (int)p->title.n, p->title.p), .noindex = true, .broken = true, .head_search = true };
	w->status = 410;
	w->cache = CACHE_NONE;
	return page_send(r, w, &layout, &main);
}

enum err
page_parcours(struct req *r, struct resp *w)
{
	struct arena *a = r->arena;
	struct parcours p;
	int64_t steps, minutes;
	enum err e = parcours_find(r->db, a, r->vars[0], &p);

	if (e)
		return e;
	struct view_link way[] = { { STR("Parcours"), { "/parcours", 9 } }, { p.title, { NULL, 0 } } };
	struct view_links trail = crumbs(a, 2, way);
	if (str_eq(p.state, STR("retiree")))
		return withdrawn(r, w, &p, trail);
	int hours = req_param(r, "duree").n ? (int)number(req_param(r, "duree")) : parcours_shortest(&p);
	if (r->format == FORMAT_JSON) {
		one_json(r, w, &p, hours);
		return ERR_NONE;
	}
	if (r->format == FORMAT_JSONLD) {
		struct jsonld d = { r, p.title, site_of(r)->editor, &trail };
		jsonld_parcours(&d, &w->body, &p, hours);
		return ERR_NONE;
	}
	parcours_measure(&p, hours, &steps, &minutes);
	struct view_parcours v = { .crumbs = trail,
		                   .slug = p.slug,
		                   .title = p.title,
		                   .situation = p.situation,
		                   .summary = p.summary,
		                   .audience = p.audience,
		                   .pill = !p.signed_by && str_eq(p.origin, STR("ours")) ? STR("proposition de Catalyse") : STR_NONE,
		                   .source = { p.source_label, link_external(p.source_url) },
		                   .aims = parcours_lines(a, p.aims),
		                   .lengths = lengths_view(a, &p, hours),
		                   .count = words_count(a, steps, "étape", "étapes"),
		                   .duration = parcours_duration(a, minutes),
		                   .gone = gone_words(a, &p, hours),
		                   .booklet = booklet_of(a, &p, hours),
		                   .mine = link_fmt(a, "/mon-espace/parcours/%.*s", (int)p.slug.n, p.slug.p),
		                   .keep = { arena_fmt(a, "parcours:%.*s", (int)p.slug.n, p.slug.p), link_fmt(a, "/listes/ajouter?parcours=%.*s", (int)p.slug.n, p.slug.p) },
		                   .formats = formats_of(r) };
	v.steps = parcours_steps_view(r, &p, hours, &v.answers);
	if (p.signed_by)
		v.by = p.author.n ? arena_fmt(a, "Composé par %.*s, relu avant d’être publié.", (int)p.author.n, p.author.p)
		                  : STR("Composé par une personne qui a supprimé son compte.");
	if (p.term.n)
		v.sheets = (struct view_link){ STR("Toutes les fiches de ce sujet"), link_fmt(a, "/fiches?parcours=%.*s", (int)p.term.n, p.term.p) };
	v.imprint = arena_fmt(a, "Parcours « %.*s », version de %d h, %.10s, CC-BY-SA-4.0, %.*s/parcours/%.*s", (int)p.title.n, p.title.p, hours, arena_cstr(a, p.modified_at),
	                      (int)r->base.n, r->base.p, (int)p.slug.n, p.slug.p);
	if (v.steps.n == 0)
		v.empty = (struct view_empty){ STR("Ce parcours n’a plus d’étape à cette durée."), STR("Les fiches qu’il proposait ne sont plus publiées."), { &way[0], 1 } };
	struct buf main;
	buf_init(&main, a, 65536);
	tpl_parcours(&main, &v);
	struct view_layout layout = { .title = p.title, .description = p.summary, .head_search = true };
	return page_send(r, w, &layout, &main);
}
