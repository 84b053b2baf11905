#include "gen/tpl.h"
#include "model/search.h"
#include "page/page.h"
#include "text/slug.h"

static struct str
title_of(int status)
{
	switch (status) {
	case 404:
		return STR("Cette page n'est pas sur la carte");
	case 410:
		return STR("Cette page a été retirée");
	case 400:
	case 414:
		return STR("Nous ne comprenons pas cette adresse");
	case 503:
		return STR("La route est coupée pour un instant");
	default:
		return status >= 500 ? STR("La route est coupée, de notre côté") : STR("Cette adresse ne s'utilise pas ainsi");
	}
}

/* The words of the last part of an address that leads nowhere, to be looked for: "tiers lieux" of /fiches/tiers-lieux-12. */
static struct str
words_of(struct arena *a, struct str path)
{
	enum { WORDS_BYTES = 80 };
	struct buf b;
	bool gap = false;
	size_t i = path.n;
	buf_init(&b, a, path.n + 1);
	while (i > 0 && path.p[i - 1] != '/')
		i--;
	for (; i < path.n && path.p[i] != '.'; i++) {
		unsigned char c = (unsigned char)path.p[i];
		if (b.n >= WORDS_BYTES && (c & 0xc0) != 0x80) /* whole characters */
			break;
		if (c < 0x80 && !((c | 0x20) >= 'a' && (c | 0x20) <= 'z')) {
			gap = true;
			continue;
		}
		if (gap && b.n && (c & 0xc0) != 0x80)
			buf_char(&b, ' ');
		gap = false;
		buf_char(&b, (char)c);
	}
	return buf_str(&b);
}

static bool
begins(struct str s, struct str with)
{
	return s.n > with.n && memcmp(s.p, with.p, with.n) == 0;
}

enum { LONGEST = 3 };

/* The longest words of an address, given as a slug, of four letters or more; returns how many. */
static size_t
longest_of(struct str slug, struct str *ret)
{
	enum { LETTERS = 4 };
	size_t n = 0;
	for (size_t i = 0, end; i < slug.n; i = end + 1) {
		const char *gap = memchr(slug.p + i, '-', slug.n - i);
		end = gap ? (size_t)(gap - slug.p) : slug.n;
		struct str word = { slug.p + i, end - i };
		if (word.n < LETTERS)
			continue;
		if (n < LONGEST) {
			ret[n++] = word;
			continue;
		}
		size_t least = 0;
		for (size_t k = 1; k < LONGEST; k++)
			if (ret[k].n < ret[least].n)
				least = k;
		if (ret[least].n < word.n)
			ret[least] = word;
	}
	return n;
}

/* Whether half of these words begin as words of that slug do: what holds them anywhere in its text is not what was looked for. */
static bool
is_close(const struct str *words, size_t n, struct str slug)
{
	enum { BEGINS = 6 };
	size_t met = 0;
	for (size_t k = 0; k < n; k++) {
		size_t size = words[k].n < BEGINS ? words[k].n : BEGINS;
		bool here = false;
		for (size_t i = 0; !here && i + size <= slug.n; i++)
			here = (i == 0 || slug.p[i - 1] == '-') && memcmp(slug.p + i, words[k].p, size) == 0;
		met += here;
	}
	return met > 0 && met * 2 >= n;
}

/* What the words of an address that leads nowhere are close to: one question to the base, and nothing when it does not answer. */
static void
likely_of(struct req *r, struct str words, struct view_error *v)
{
	enum { LIKELY = 3 };
	struct arena *a = r->arena;
	struct view_sheet_mini *sheets = arena_array(a, struct view_sheet_mini, LIKELY);
	struct view_link *others = arena_array(a, struct view_link, LIKELY);
	struct search_guesses g = { 0 };
	struct territory_refs places = { 0 };
	struct str word[LONGEST] = { STR(""), STR(""), STR("") };
	size_t n = 0, m = 0, nwords = longest_of(slug_of(a, words), word);

	if (begins(r->path, STR("/territoires/"))
	        ? territory_suggest(r->db, a, words, LIKELY, &places)
	        : nwords == 0 || search_suggest(r->db, a, arena_fmt(a, "%.*s %.*s %.*s", (int)word[0].n, word[0].p, (int)word[1].n, word[1].p,
	                                                            (int)word[2].n, word[2].p), &g))
		return;
	for (size_t i = 0; i < places.n; i++)
		others[m++] = (struct view_link){ arena_fmt(a, "%.*s (%.*s)", (int)places.p[i].name.n, places.p[i].name.p, (int)places.p[i].stone.n, places.p[i].stone.p), link_territory(a, places.p[i].type, places.p[i].code, places.p[i].slug) };
	for (size_t i = 0; i < g.n && n + m < LIKELY; i++) {
		const struct search_guess *x = &g.p[i];
		if (!is_close(word, nwords, x->slug))
			continue;
		if (str_eq(x->part, STR("fiche")) && !begins(r->path, STR("/catalyseurs/")))
			sheets[n++] = (struct view_sheet_mini){ cote_of(a, x->type, x->id), x->label, link_sheet(a, x->id, x->slug), STR_NONE };
		else if (str_eq(x->part, STR("catalyseur")))
			others[m++] = (struct view_link){ x->label, link_catalyst(a, x->id, x->slug) };
	}
	v->likely = n + m > 0;
	v->sheets = (struct view_sheet_minis){ sheets, n };
	v->others = (struct view_links){ others, m };
}

/* Runs when something has gone wrong already: touches no database, but for an address that leads nowhere. */
void
page_error(struct req *r, struct resp *w, enum err e)
{
	struct arena *a = r->arena;
	int status = err_status(e);
	static const struct view_link links[] = { { { "L'accueil", 9 }, { "/", 1 } },
		                                  { { "Toutes les fiches", 17 }, { "/fiches", 7 } },
		                                  { { "Les territoires", 15 }, { "/territoires", 12 } } };
	struct view_notice *fields = arena_array(a, struct view_notice, r->nnotices);
	for (size_t i = 0; i < r->nnotices; i++)
		fields[i] = (struct view_notice){ r->notices[i].field, r->notices[i].message };
	struct view_error v = { .status = arena_fmt(a, "Erreur %d", status),
		                .title = title_of(status),
		                .lead = str_of(err_phrase(e)),
		                .fields = { fields, r->nnotices },
		                .search = status == 404 || status == 410,
		                .q = status == 404 ? words_of(a, r->path) : STR_NONE,
		                .links = { links, 3 },
		                .request_id = status >= 500 ? r->id : STR_NONE };
	if (v.q.n && r->db && r->method == METHOD_GET)
		likely_of(r, v.q, &v);
	r->nnotices = 0; /* they are in the page itself */
	struct buf main;
	buf_init(&main, a, 8192);
	tpl_error(&main, &v);
	struct view_layout layout = { .title = v.title, .noindex = true, .broken = true, .head_search = true };
	w->status = status;
	if (page_send(r, w, &layout, &main) != ERR_NONE)
		return;
}
