/* /fiches/{id}/v{n}..v{m}: what changed, field by field, word by word. */
#include "format/json_item.h"
#include "gen/tpl.h"
#include "page/page.h"
#include "text/diff.h"

static bool
changed(const struct sheet_field *f)
{
	return !str_eq(f->before, f->after);
}

static const char *
state_of(const struct sheet_field *f, const char *of_change, const char *of_addition, const char *of_removal)
{
	return f->before.n == 0 ? of_addition : f->after.n == 0 ? of_removal : of_change;
}

static void
pieces_json(struct arena *a, struct json_out *j, const struct sheet_field *f)
{
	static const char *const ops[] = { "egal", "retire", "ajoute" };
	struct diff d = diff_texts(a, f->before, f->after);
	json_begin_array(j);
	for (size_t i = 0; i < d.n; i++) {
		json_begin_object(j);
		json_key(j, "etat");
		json_str(j, str_of(ops[d.p[i].op]));
		json_key(j, "texte");
		json_str(j, d.p[i].text);
		json_end(j);
	}
	json_end(j);
}

static enum err
answer_json(struct req *r, struct resp *w, const struct sheet_status *s, int64_t from, int64_t to, struct sheet_fields fields)
{
	struct arena *a = r->arena;
	struct json_out j = json_out(&w->body);
	json_begin_object(&j);
	json_key(&j, "id");
	json_int(&j, s->id);
	json_key(&j, "versions");
	json_int(&j, s->version);
	json_key(&j, "de");
	json_int(&j, from);
	json_key(&j, "a");
	json_int(&j, to);
	json_key(&j, "champs");
	json_begin_array(&j);
	for (size_t i = 0; i < fields.n; i++) {
		const struct sheet_field *f = &fields.p[i];
		if (!changed(f))
			continue;
		json_begin_object(&j);
		json_key(&j, "champ");
		json_str(&j, f->key);
		json_key(&j, "libelle");
		json_str(&j, f->label);
		json_key(&j, "etat");
		json_str(&j, str_of(state_of(f, "modifie", "ajoute", "retire")));
		json_key(&j, "morceaux");
		pieces_json(a, &j, f);
		json_end(&j);
	}
	json_end(&j);
	json_key(&j, "inchanges");
	json_begin_array(&j);
	for (size_t i = 0; i < fields.n; i++)
		if (!changed(&fields.p[i]))
			json_str(&j, fields.p[i].key);
	json_end(&j);
	json_key(&j, "liens");
	json_begin_object(&j);
	json_address(&j, a, r->base, "self", link_versions(a, s->id, from, to), ".json");
	json_address(&j, a, r->base, "html", link_versions(a, s->id, from, to), "");
	json_address(&j, a, r->base, "fiche", link_sheet(a, s->id, s->slug), "");
	json_address(&j, a, r->base, "historique", link_history(a, s->id), "");
	json_end(&j);
	json_end(&j);
	return ERR_NONE;
}

struct view_diff_pieces
diff_pieces(struct arena *a, const struct sheet_field *f)
{
	struct diff d = diff_texts(a, f->before, f->after);
	struct view_diff_piece *p = arena_array(a, struct view_diff_piece, d.n * 3);
	size_t n = 0;
	for (size_t i = 0; i < d.n; i++) {
		bool added = d.p[i].op == DIFF_ADDED, removed = d.p[i].op == DIFF_REMOVED;
		struct str s = d.p[i].text;
		size_t from = 0, to = s.n;
		if (added || removed) { /* the ends of lines around are not drawn as words */
			while (from < to && s.p[from] == '\n')
				from++;
			while (to > from && s.p[to - 1] == '\n')
				to--;
		}
		if (from == to) { /* nothing else: a sign says where the paragraph was cut, or joined */
			p[n++] = (struct view_diff_piece){ added, removed, STR("¶") };
			if (added)
				p[n++] = (struct view_diff_piece){ false, false, s };
			continue;
		}
		if (from)
			p[n++] = (struct view_diff_piece){ false, false, { s.p, from } };
		p[n++] = (struct view_diff_piece){ added, removed, { s.p + from, to - from } };
		if (to < s.n)
			p[n++] = (struct view_diff_piece){ false, false, { s.p + to, s.n - to } };
	}
	return (struct view_diff_pieces){ p, n };
}

static struct view_diff_field
field_view(struct arena *a, const struct sheet_field *f)
{
	return (struct view_diff_field){ .id = f->key,
		                         .label = f->label,
		                         .state = str_of(state_of(f, "changé", "ajouté", "retiré")),
		                         .mark = str_of(state_of(f, "change", "ajout", "retrait")),
		                         .pieces = diff_pieces(a, f) };
}

static struct view_diff_side
side_of(struct arena *a, const struct sheet_status *s, const struct sheet_version *v)
{
	return (struct view_diff_side){ .link = { arena_fmt(a, "Version %lld", (long long)v->number), link_version(a, s->id, v->number) },
		                        .date = words_date(a, v->published_at, true),
		                        .author = v->author,
		                        .decider = v->decider,
		                        .note = v->note };
}

/* "Titre, Résumé, Étape 1, Étape 4, Licence" */
static struct str
same_of(struct arena *a, struct sheet_fields fields)
{
	struct buf b;
	buf_init(&b, a, 256);
	for (size_t i = 0; i < fields.n; i++) {
		if (changed(&fields.p[i]))
			continue;
		if (b.n)
			buf_lit(&b, ", ");
		buf_put(&b, fields.p[i].label);
	}
	return buf_str(&b);
}

enum err
version_diff_answer(struct req *r, struct resp *w, const struct sheet_status *s, int64_t from, int64_t to)
{
	struct arena *a = r->arena;
	struct sheet_version before, after;
	enum err e = sheet_version_find(r->db, a, s->id, from, &before);
	if (e || (e = sheet_version_find(r->db, a, s->id, to, &after)))
		return e;
	struct sheet_fields fields = sheet_version_fields(a, s->type, &before, &after);
	struct url history = link_history(a, s->id);
	resp_link(w, (struct str){ history.p, history.n }, "version-history", STR_NONE);
	resp_header(w, "X-Robots-Tag", STR("noindex"));
	if (r->format == FORMAT_JSON)
		return answer_json(r, w, s, from, to, fields);

	struct view_diff_field *p = arena_array(a, struct view_diff_field, fields.n);
	size_t n = 0;
	for (size_t i = 0; i < fields.n; i++)
		if (changed(&fields.p[i]))
			p[n++] = field_view(a, &fields.p[i]);
	struct view_link *links = arena_array(a, struct view_link, 3);
	size_t k = 0;
	if (from > 1)
		links[k++] = (struct view_link){ arena_fmt(a, "Ce qu'avait changé la version %lld", (long long)from), link_versions(a, s->id, from - 1, from) };
	if (to < s->version)
		links[k++] = (struct view_link){ arena_fmt(a, "Ce qu'a changé la version %lld", (long long)to + 1), link_versions(a, s->id, to, to + 1) };
	links[k++] = (struct view_link){ STR("Tout l'historique"), history };
	struct view_diff v = {
		.crumbs = version_crumbs(a, s, (struct view_link){ arena_fmt(a, "De v%lld à v%lld", (long long)from, (long long)to), { NULL, 0 } }),
		.cote = cote_of(a, s->type, s->id),
		.title = arena_fmt(a, "Ce qui change de la version %lld à la version %lld", (long long)from, (long long)to),
		.sheet = { s->title, link_sheet(a, s->id, s->slug) },
		.count = n == 0 ? STR("Rien ne change entre ces deux versions.")
		         : n == 1 ? STR("Une partie de la fiche change.")
		                  : arena_fmt(a, "%zu parties de la fiche changent.", n),
		.before = side_of(a, s, &before),
		.after = side_of(a, s, &after),
		.fields = { p, n },
		.same = same_of(a, fields),
		.around = { links, k },
	};
	struct buf main;
	buf_init(&main, a, 16384);
	tpl_version_diff(&main, &v);
	struct view_layout layout = { .title = arena_fmt(a, "%.*s, de la version %lld à la version %lld", (int)s->title.n, s->title.p,
		                                         (long long)from, (long long)to),
		                      .noindex = true,
		                      .nav_sheets = true,
		                      .head_search = true };
	return page_send(r, w, &layout, &main);
}
