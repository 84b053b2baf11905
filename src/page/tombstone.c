/* A sheet that was public and cannot be read: what remains of it, or where it went. */
#include "gen/tpl.h"
#include "page/page.h"

/* "parce que", "parce qu’": the reason starts with a vowel, accents included. */
static bool
elides(struct str s)
{
	unsigned char c = s.n ? (unsigned char)s.p[0] : 0, d = s.n > 1 ? (unsigned char)s.p[1] | 0x20 : 0;
	if (c == 0xc3)
		return d >= 0xa0 && d != 0xa7 && d != 0xb1; /* À to ü, but ç and ñ */
	return c && strchr("aeiou", c | 0x20) != NULL;
}

static struct str
sentence_of(struct arena *a, const struct sheet_status *s)
{
	struct str reason = s->withdrawn_reason;
	struct view_date day = words_date(a, s->withdrawn_on, true);
	while (reason.n && (reason.p[reason.n - 1] == '.' || reason.p[reason.n - 1] == ' '))
		reason.n--;
	return arena_fmt(a, "Cette fiche a été retirée le %.*s parce qu%s%.*s.", (int)day.text.n, day.text.p, elides(reason) ? "’" : "e ",
	                 (int)reason.n, reason.p);
}

enum err
sheet_gone_status(struct req *r, struct resp *w, const struct sheet_status *s)
{
	struct arena *a = r->arena;
	if (s->target_id) {
		page_moved(r, w, link_sheet(a, s->target_id, s->target_slug));
		return ERR_NONE;
	}
	if (!str_eq(s->state, STR("retiree")))
		return ERR_GONE;
	struct str sentence = sentence_of(a, s);
	if (r->format != FORMAT_HTML) {
		req_notice(r, STR("fiche"), STR("retiree"), sentence);
		return ERR_GONE;
	}
	struct view_link trail[] = { { STR("Fiches"), { "/fiches", 7 } }, { s->title, { NULL, 0 } } };
	struct view_link links[] = { { STR("Toutes les fiches"), { "/fiches", 7 } },
		                     { STR("Les fiches de la même sorte"),
		                       link_fmt(a, "/fiches?type=%.*s", (int)s->type.n, s->type.p) } };
	struct view_tombstone v = { .crumbs = crumbs(a, 2, trail),
		                    .cote = cote_of(a, s->type, s->id),
		                    .title = s->title,
		                    .sentence = sentence,
		                    .links = { links, 2 } };
	struct buf main;
	buf_init(&main, a, 4096);
	tpl_tombstone(&main, &v);
	struct view_layout layout = { .title = arena_fmt(a, "Retirée : %.*s", (int)s->title.n, s->title.p),
		                      .noindex = true,
		                      .broken = true,
		                      .nav_sheets = true,
		                      .head_search = true };
	w->status = 410;
	w->cache = CACHE_NONE;
	return page_send(r, w, &layout, &main);
}

enum err
sheet_gone(struct req *r, struct resp *w, int64_t id)
{
	struct sheet_status s;
	enum err e = sheet_status_find(r->db, r->arena, id, &s);
	return e ? e : sheet_gone_status(r, w, &s);
}
