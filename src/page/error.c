#include "gen/tpl.h"
#include "page/page.h"

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

/* Runs when something has gone wrong already: touches no database. */
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
	r->nnotices = 0; /* they are in the page itself */
	struct buf main;
	buf_init(&main, a, 8192);
	tpl_error(&main, &v);
	struct view_layout layout = { .title = v.title, .noindex = true, .broken = true, .head_search = true };
	w->status = status;
	if (page_send(r, w, &layout, &main) != ERR_NONE)
		return;
}
