/*
 * /compte/export: all that is held about who asks, at once: a page that says what, one JSON document, and their sheets as a table that can
 * come back. Files are named with their addresses: they weigh more than all the rest, and a browser fetches them with the same session.
 */
#include "gen/tpl.h"
#include "model/personal.h"
#include "page/page.h"
#include "web/actor.h"

enum { TABLE_MOST = 256 << 20 };

static void
free_arena(void *a)
{
	arena_free(a);
}

enum err
page_portability(struct req *r, struct resp *w)
{
	struct arena *a = r->arena;
	const struct actor *me = actor_of(r);
	struct str everything;
	struct buf b;
	enum err e;

	if (r->format == FORMAT_JSON) {
		if ((e = personal_export(r->write, a, me->id, &everything)))
			return e;
		resp_header(w, "Content-Disposition", STR("attachment; filename=\"catalyse-mes-donnees.json\""));
		resp_bytes(w, everything);
		return ERR_NONE;
	}
	if (r->format == FORMAT_CSV) {
		struct arena *large = arena_new(64 * 1024, TABLE_MOST);
		arena_cleanup(a, free_arena, large);
		buf_init(&b, large, 64 * 1024);
		if ((e = personal_sheets(r->write, a, me->id, &b)))
			return e;
		resp_header(w, "Content-Disposition", STR("attachment; filename=\"catalyse-mes-fiches.csv\""));
		resp_bytes(w, buf_str(&b));
		return ERR_NONE;
	}
	struct view_portability v = { .crumbs = crumbs(a, 3, (struct view_link[]){ { STR("Mon espace"), link_fmt(a, "/mon-espace") },
		                                                                   { STR("Mon compte"), link_fmt(a, "/compte") },
		                                                                   { STR("Emporter mes données"), { NULL, 0 } } }) };
	buf_init(&b, a, 16384);
	tpl_portability(&b, &v);
	struct view_layout layout = { .title = STR("Emporter mes données"), .noindex = true, .nav_self = true, .head_search = true };
	return page_send(r, w, &layout, &b);
}
