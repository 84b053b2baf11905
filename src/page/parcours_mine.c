/*
 * /mon-espace/parcours, /mon-espace/parcours/{slug}: what one has done of parcours, kept because one asked for it. Ticks of this browser are
 * added to those of the account; the form, which works without a script, changes them as it says.
 */
#include "page/parcours.h"

#include "gen/tpl.h"
#include "model/parcours_progress.h"
#include "text/json_out.h"
#include "web/actor.h"
#include "web/params.h"

static const struct {
	const char *code, *says;
} done_words[] = {
	{ "garde", "C’est gardé dans votre compte." },
	{ "oublie", "C’est oublié : votre compte ne sait plus rien de ce que vous avez fait de ce parcours." },
};

static struct str
done_of(struct req *r)
{
	for (size_t i = 0; i < sizeof(done_words) / sizeof(*done_words); i++)
		if (str_eq(req_param(r, "fait"), str_of(done_words[i].code)))
			return str_of(done_words[i].says);
	return STR_NONE;
}

static void
codes_json(struct json_out *j, const char *key, struct strs s)
{
	json_key(j, key);
	json_begin_array(j);
	for (size_t i = 0; i < s.n; i++)
		json_str(j, s.p[i]);
	json_end(j);
}

struct view_parcours_rows
parcours_begun_rows(struct arena *a, const struct parcours_begun_list *l)
{
	struct view_parcours_row *p = arena_array(a, struct view_parcours_row, l->n + 1);

	for (size_t i = 0; i < l->n; i++) {
		const struct parcours_begun *b = &l->p[i];
		struct view_date day = words_date(a, b->done_on, true);
		struct str count = words_count(a, b->done, "étape faite", "étapes faites");
		p[i] = (struct view_parcours_row){ .phrase = b->title,
			                           .url = link_fmt(a, "/mon-espace/parcours/%.*s", (int)b->slug.n, b->slug.p),
			                           .lengths = arena_fmt(a, "%.*s sur %lld, la dernière le %.*s", (int)count.n, count.p, (long long)b->total, (int)day.text.n, day.text.p),
			                           .next = b->next_code.n ? (struct view_link){ b->next_title, link_fmt(a, "/parcours/%.*s?duree=%lld#etape-%.*s", (int)b->slug.n, b->slug.p,
			                                                                                                (long long)b->next_since, (int)b->next_code.n, b->next_code.p) }
			                                                  : (struct view_link){ STR_NONE, { NULL, 0 } } };
	}
	return (struct view_parcours_rows){ p, l->n };
}

enum err
page_my_parcours(struct req *r, struct resp *w)
{
	struct arena *a = r->arena;
	struct parcours_begun_list l;
	enum err e = parcours_progress_list(r->write, a, actor_of(r)->id, &l);

	if (e)
		return e;
	if (r->format == FORMAT_JSON) {
		struct json_out j = json_out(&w->body);
		json_begin_object(&j);
		json_key(&j, "total"), json_int(&j, (int64_t)l.n);
		json_key(&j, "elements");
		json_begin_array(&j);
		for (size_t i = 0; i < l.n; i++) {
			json_begin_object(&j);
			json_key(&j, "code"), json_str(&j, l.p[i].slug);
			json_key(&j, "titre"), json_str(&j, l.p[i].title);
			json_key(&j, "faites"), json_int(&j, l.p[i].done);
			json_key(&j, "etapes"), json_int(&j, l.p[i].total);
			json_key(&j, "derniere_le"), json_str(&j, l.p[i].done_on);
			json_end(&j);
		}
		json_end(&j);
		json_end(&j);
		return ERR_NONE;
	}
	struct view_link way[] = { { STR("Mon espace"), link_fmt(a, "/mon-espace") }, { STR("Mes parcours"), { NULL, 0 } } };
	struct view_parcours_mine v = { .crumbs = crumbs(a, 2, way), .title = STR("Mes parcours"), .done = done_of(r), .rows = parcours_begun_rows(a, &l),
		                        .lead = STR("Ce que vous avez fait, gardé parce que vous l’avez demandé. Vous seul le voyez.") };
	if (l.n == 0)
		v.none = STR("Votre compte ne garde rien pour l’instant. Sur la page d’un parcours, « Garder ma progression dans mon compte » ajoute ce que vous avez coché.");
	struct buf main;
	buf_init(&main, a, 8192);
	tpl_parcours_mien(&main, &v);
	struct view_layout layout = { .title = v.title, .noindex = true, .nav_self = true, .head_search = true };
	return page_send(r, w, &layout, &main);
}

static bool
among(struct strs s, struct str x)
{
	for (size_t i = 0; i < s.n; i++)
		if (str_eq(s.p[i], x))
			return true;
	return false;
}

static struct str
joined(struct arena *a, struct strs s)
{
	struct buf b;

	buf_init(&b, a, 256);
	for (size_t i = 0; i < s.n; i++) {
		if (i)
			buf_char(&b, ' ');
		buf_put(&b, s.p[i]);
	}
	return buf_str(&b);
}

static struct view_form_field
ticks_of(struct req *r, const struct parcours *p, struct strs done)
{
	struct arena *a = r->arena;
	struct view_form_option *o = arena_array(a, struct view_form_option, p->n + 1);
	const struct str *brought;
	size_t n = 0, nbrought = req_params(r, "etapes", &brought);
	struct str *ticked = arena_array(a, struct str, done.n + nbrought + 1);
	size_t nticked = 0;

	for (size_t i = 0; i < done.n; i++)
		ticked[nticked++] = done.p[i];
	for (size_t i = 0; i < nbrought; i++)
		ticked[nticked++] = brought[i];
	for (size_t i = 0; i < p->n; i++) {
		const struct parcours_step *s = &p->steps[i];
		struct str lasts = parcours_duration(a, s->minutes), kind = parcours_kind_words(s->kind);
		if (!s->gone)
			o[n++] = (struct view_form_option){ .value = s->code, .label = s->title,
				                            .help = arena_fmt(a, "%.*s, %.*s%s", (int)kind.n, kind.p, (int)lasts.n, lasts.p,
				                                              s->since == 2 ? "" : s->since == 4 ? ", à partir de 4 heures" : ", en 12 heures") };
	}
	struct view_form_field f = form_field(r, PARAMS_MY_PARCOURS, "etapes", STR_NONE, "Cochez ce que vous avez fait, dans l’ordre que vous voulez.");
	f.checks = true;
	form_options(r, &f, o, n, ticked, nticked);
	return f;
}

static enum err
show(struct req *r, struct resp *w, const struct parcours *p, struct strs done)
{
	struct arena *a = r->arena;
	struct view_form_field *f = arena_array(a, struct view_form_field, 1);
	struct view_link way[] = { { STR("Mon espace"), link_fmt(a, "/mon-espace") }, { STR("Mes parcours"), link_fmt(a, "/mon-espace/parcours") }, { p->title, { NULL, 0 } } };
	struct view_parcours_mine v = { .crumbs = crumbs(a, 3, way),
		                        .title = p->title,
		                        .lead = STR("Ce que vous avez fait de ce parcours. Votre compte ne garde que ce que vous enregistrez ici."),
		                        .done = done_of(r),
		                        .slug = p->slug,
		                        .kept = joined(a, done),
		                        .exact = str_eq(req_param(r, "fait"), STR("garde")) || str_eq(req_param(r, "fait"), STR("oublie")),
		                        .action = link_fmt(a, "/mon-espace/parcours/%.*s", (int)p->slug.n, p->slug.p),
		                        .back = { STR("Lire le parcours"), link_fmt(a, "/parcours/%.*s", (int)p->slug.n, p->slug.p) },
		                        .forget = done.n > 0 };
	f[0] = ticks_of(r, p, done);
	v.fields = (struct view_form_fields){ f, 1 };
	v.hidden = form_hidden(r, false);
	v.faults = form_faults(r);
	struct buf main;
	buf_init(&main, a, 16384);
	tpl_parcours_mien(&main, &v);
	struct view_layout layout = { .title = p->title, .noindex = true, .nav_self = true, .head_search = true };
	return page_send(r, w, &layout, &main);
}

enum err
page_my_parcours_one(struct req *r, struct resp *w)
{
	struct arena *a = r->arena;
	struct str act = req_param(r, "act");
	int64_t me = actor_of(r)->id;
	struct parcours p;
	struct strs done;
	const struct str *steps;
	enum err e = parcours_find(r->db, a, r->vars[0], &p);

	if (e || str_eq(p.state, STR("retiree")))
		return e ? e : ERR_GONE;
	if (r->method == METHOD_POST && !r->refused) {
		size_t n = req_params(r, "etapes", &steps);
		struct strs given = { steps, str_eq(act, STR("oublier")) ? 0 : n };
		if ((e = parcours_progress_put(r->write, a, me, p.slug, given, !str_eq(act, STR("ajouter")))))
			return e;
		if (r->format != FORMAT_JSON) {
			resp_redirect(w, 303, arena_fmt(a, "/mon-espace/parcours/%.*s?fait=%s", (int)p.slug.n, p.slug.p, str_eq(act, STR("oublier")) ? "oublie" : "garde"));
			return ERR_NONE;
		}
	}
	if ((e = parcours_progress_find(r->write, a, me, p.slug, &done)))
		return e;
	if (r->format != FORMAT_JSON)
		return show(r, w, &p, done);
	struct str *rest = arena_array(a, struct str, p.n + 1);
	size_t n = 0;
	for (size_t i = 0; i < p.n; i++)
		if (!p.steps[i].gone && !among(done, p.steps[i].code))
			rest[n++] = p.steps[i].code;
	struct json_out j = json_out(&w->body);
	json_begin_object(&j);
	json_key(&j, "code"), json_str(&j, p.slug);
	codes_json(&j, "faites", done);
	codes_json(&j, "restent", (struct strs){ rest, n });
	json_end(&j);
	return ERR_NONE;
}
