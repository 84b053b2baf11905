/* The frames of events, of one catalyst, and of things kept together; those of lists are in embed.c. */
#include "crypt/token.h"
#include "page/embed.h"
#include "page/event.h"
#include "page/shelf.h"

enum { EVENTS = 5 };

static struct view_embedded_event
event_view(struct req *r, const struct event *x)
{
	struct arena *a = r->arena;
	struct str mark;

	return (struct view_embedded_event){ .title = x->title,
		                             .url = embed_absolute(r, link_event(a, x->address)),
		                             .when = event_when(a, x),
		                             .how = str_of(event_mode_label(x->mode)),
		                             .state = event_state(a, x, &mark) };
}

/* Those to come, unless the address says which. */
enum err
page_embedded_events(struct req *r, struct resp *w)
{
	struct arena *a = r->arena;
	struct str next = STR("prochains");
	struct list_query q;
	struct event_query eq;
	struct event_list list;
	struct territory t;
	enum err e = event_query_of(r, &q, &t, &eq);

	if (e)
		return e;
	if (eq.periodes.n == 0 && eq.annees.n == 0)
		eq.periodes = (struct strs){ &next, 1 };
	if (req_param(r, "taille").n == 0)
		eq.taille = EVENTS;
	if ((e = event_search(r->db, a, &eq, &list)))
		return e;
	struct view_embedded_event *rows = arena_array(a, struct view_embedded_event, list.n);
	for (size_t i = 0; i < list.n; i++)
		rows[i] = event_view(r, &list.p[i]);
	struct view_embedded v = {
		.title = t.id                       ? arena_fmt(a, "Rendez-vous %.*s", (int)t.name_in.n, t.name_in.p)
		         : eq.periodes.p == &next ? STR("Prochains rendez-vous")
		                                    : STR("Rendez-vous"),
		.back = embed_back(r, "/evenements"),
		.back_label = STR("Tout l’agenda sur Catalyse"),
		.compact = embed_compact(r),
		.events = { rows, list.n },
		.empty = list.n ? STR_NONE : STR("Aucun rendez-vous n’est annoncé pour le moment."),
	};
	return embed_send(r, w, &v);
}

enum err
page_embedded_event(struct req *r, struct resp *w)
{
	struct arena *a = r->arena;
	struct event x;
	enum err e = event_find(r->db, a, r->vars[0], &x);

	if (e)
		return e;
	struct view_embedded_event *row = arena_array(a, struct view_embedded_event, 1);
	*row = event_view(r, &x);
	struct view_embedded v = { .title = STR("Un rendez-vous"),
		                   .back = row->url,
		                   .back_label = STR("Tout savoir sur Catalyse"),
		                   .compact = embed_compact(r),
		                   .events = { row, 1 } };
	return embed_send(r, w, &v);
}

enum err
page_embedded_catalyst(struct req *r, struct resp *w)
{
	struct arena *a = r->arena;
	struct str slug;
	struct catalyst c;
	int64_t id = link_number(r->vars[0], &slug);

	if (id < 0)
		return ERR_NOT_FOUND;
	enum err e = catalyst_find(r->db, a, id, &c);
	if (e)
		return e;
	struct view_catalyst_row *row = arena_array(a, struct view_catalyst_row, 1);
	*row = row_catalyst(a, &c.card);
	row->url = embed_absolute(r, row->url);
	if (row->detail.n == 0)
		row->detail = c.card.summary;
	struct view_embedded v = { .title = STR("Un catalyseur"),
		                   .back = row->url,
		                   .back_label = STR("Sa page sur Catalyse"),
		                   .compact = embed_compact(r),
		                   .catalysts = { row, 1 } };
	return embed_send(r, w, &v);
}

static enum err
show(struct req *r, struct resp *w, struct shelf_items *items, struct str title, struct url back)
{
	struct arena *a = r->arena;
	struct view_shelf_item *rows = arena_array(a, struct view_shelf_item, items->n);
	enum err e = shelf_resolve(r->db, a, items);

	if (e)
		return e;
	for (size_t i = 0; i < items->n; i++) {
		rows[i] = shelf_view(a, &items->p[i]);
		if (rows[i].link.url.n)
			rows[i].link.url = embed_absolute(r, rows[i].link.url);
	}
	struct view_embedded v = { .title = title,
		                   .back = embed_absolute(r, back),
		                   .back_label = STR("Voir cette liste sur Catalyse"),
		                   .compact = embed_compact(r),
		                   .kept = { rows, items->n },
		                   .empty = items->n ? STR_NONE : STR("Cette liste est vide pour le moment.") };
	return embed_send(r, w, &v);
}

enum err
page_embedded_shelf(struct req *r, struct resp *w)
{
	struct shelf_items items = shelf_asked(r);

	return show(r, w, &items, STR("À lire sur Catalyse"), shelf_address(r->arena, "/listes", &items, items.n));
}

enum err
page_embedded_shelf_shared(struct req *r, struct resp *w)
{
	struct str code = r->vars[0];
	struct shelf_items items;
	struct shelf s;

	if (!r->write)
		return err_note(ERR_DB_DOWN, "no read-write connection is set");
	if (code.n != TOKEN_TEXT)
		return err_note(ERR_NOT_FOUND, "no list has such a link");
	enum err e = shelf_find(r->write, r->arena, 0, 0, code, &s, &items);
	return e ? e : show(r, w, &items, s.name, link_fmt(r->arena, "/listes/%.*s", (int)code.n, code.p));
}
