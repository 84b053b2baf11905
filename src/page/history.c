/* /fiches/{id}/historique: every published version, the last first, and what else happened to the sheet. */
#include "format/json_item.h"
#include "gen/tpl.h"
#include "page/page.h"

static void
put(struct json_out *j, const char *key, struct str value)
{
	json_key(j, key);
	json_str_or_null(j, value);
}

static enum err
answer_json(struct req *r, struct resp *w, const struct sheet_status *s, const struct sheet_history *h)
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
	put(&j, "titre", s->title);
	put(&j, "etat", s->state);
	json_key(&j, "intacte");
	json_bool(&j, broken == 0);
	json_key(&j, "rompue_depuis");
	if (broken)
		json_int(&j, broken);
	else
		json_null(&j);
	json_key(&j, "total");
	json_int(&j, (int64_t)h->n);
	json_key(&j, "versions");
	json_begin_array(&j);
	for (size_t i = 0; i < h->n; i++) {
		const struct sheet_version *v = &h->p[i];
		json_begin_object(&j);
		json_key(&j, "version");
		json_int(&j, v->number);
		json_address(&j, a, r->base, "uri", link_version(a, s->id, v->number), "");
		put(&j, "titre", v->title);
		put(&j, "publiee_le", v->published_at);
		put(&j, "note", v->note);
		put(&j, "auteur", v->author);
		put(&j, "decidee_par", v->decider);
		put(&j, "empreinte", v->hash);
		put(&j, "empreinte_precedente", v->previous_hash);
		if (v->number > 1)
			json_address(&j, a, r->base, "differences", link_versions(a, s->id, v->number - 1, v->number), "");
		else
			put(&j, "differences", STR_NONE);
		json_end(&j);
	}
	json_end(&j);
	json_key(&j, "liens");
	json_begin_object(&j);
	json_address(&j, a, r->base, "self", link_history(a, s->id), ".json");
	json_address(&j, a, r->base, "html", link_history(a, s->id), "");
	json_address(&j, a, r->base, "fiche", link_sheet(a, s->id, s->slug), "");
	json_address(&j, a, r->base, "historique", link_history(a, s->id), "");
	json_end(&j);
	json_end(&j);
	return ERR_NONE;
}

static struct view_history_rows
rows_of(struct arena *a, const struct sheet_status *s, const struct sheet_history *h)
{
	struct view_history_row *p = arena_array(a, struct view_history_row, h->n);
	for (size_t i = 0; i < h->n; i++) {
		const struct sheet_version *v = &h->p[i];
		long long n = v->number;
		p[i] = (struct view_history_row){ .number = (int)n,
			                          .link = { arena_fmt(a, "Version %lld", n), link_version(a, s->id, n) },
			                          .current = n == s->version && !s->target_id,
			                          .date = words_date(a, v->published_at, true),
			                          .author = v->author,
			                          .decider = v->decider,
			                          .note = v->note,
			                          .hash = { v->hash.p, v->hash.n < 12 ? v->hash.n : 12 } };
		if (n > 1)
			p[i].diff = (struct view_link){ arena_fmt(a, "Comparer à v%lld", n - 1), link_versions(a, s->id, n - 1, n) };
	}
	return (struct view_history_rows){ p, h->n };
}

/* What the state and the dates of the sheet say, that is no version. */
static struct view_history_events
events_of(struct arena *a, const struct sheet_status *s)
{
	struct view_history_event *p = arena_array(a, struct view_history_event, 4);
	struct view_date never = { STR_NONE, STR_NONE };
	size_t n = 0;
	if (s->target_id)
		p[n++] = (struct view_history_event){ STR("Réunie à une autre fiche"), never, { s->target_title, link_sheet(a, s->target_id, s->target_slug) } };
	if (str_eq(s->state, STR("archivee")))
		p[n++] = (struct view_history_event){ STR("Archivée : elle reste lisible, les listes ne la montrent plus"), never, { STR_NONE, { NULL, 0 } } };
	if (str_eq(s->state, STR("a_actualiser")))
		p[n++] = (struct view_history_event){ STR("À vérifier : elle a peut-être vieilli"), never, { STR_NONE, { NULL, 0 } } };
	if (s->verified_on.n)
		p[n++] = (struct view_history_event){ STR("Vérifiée par une personne"), words_date(a, s->verified_on, true), { STR_NONE, { NULL, 0 } } };
	return (struct view_history_events){ p, n };
}

enum err
page_history(struct req *r, struct resp *w)
{
	struct arena *a = r->arena;
	struct str slug;
	int64_t id = link_number(r->vars[0], &slug), broken;
	struct sheet_status s;
	struct sheet_history h;
	if (id < 0)
		return ERR_NOT_FOUND;
	enum err e = sheet_status_find(r->db, a, id, &s);
	if (e)
		return e;
	if (!sheet_status_readable(&s))
		return sheet_gone_status(r, w, &s);
	if (slug.n || r->vars[0].p[0] == '0') {
		page_moved(r, w, link_history(a, id));
		return ERR_NONE;
	}
	if ((e = sheet_history_list(r->db, a, id, &h)))
		return e;
	struct url sheet = link_sheet(a, s.id, s.slug);
	resp_link(w, (struct str){ sheet.p, sheet.n }, "latest-version", STR_NONE);
	if (r->format == FORMAT_JSON)
		return answer_json(r, w, &s, &h);
	struct view_history v = {
		.crumbs = version_crumbs(a, &s, (struct view_link){ STR("Historique"), { NULL, 0 } }),
		.cote = cote_of(a, s.type, s.id),
		.title = s.title,
		.sheet = { STR("Lire la fiche"), sheet },
		.lead = h.n == 1 ? STR("Une version publiée. Les suivantes se rangeront ici : rien de ce qui a été publié ne disparaît.")
		                 : arena_fmt(a, "%zu versions publiées. Chacune garde son adresse et peut être comparée à une autre.", h.n),
		.rows = rows_of(a, &s, &h),
		.events = events_of(a, &s),
		.desk = { STR("La relecture de cette fiche"), link_fmt(a, "/fiches/%lld/relecture", (long long)s.id) },
		.formats_label = STR("Cet historique ailleurs"),
		.formats = formats_of(r),
	};
	if ((e = seal_view(r, id, s.version, &broken, &v.seal)))
		return e;
	struct buf main;
	buf_init(&main, a, 16384);
	tpl_history(&main, &v);
	struct view_layout layout = { .title = arena_fmt(a, "Historique : %.*s", (int)s.title.n, s.title.p),
		                      .description = STR("Toutes les versions publiées de cette fiche, avec leur date, leur raison et leur empreinte."),
		                      .nav_sheets = true,
		                      .head_search = true };
	return page_send(r, w, &layout, &main);
}
