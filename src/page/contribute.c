/* /contribuer: how it works; /contribuer/apercu and /fiches/{id}/travail: a text as it will be shown; /fiches/doublons.json. */
#include "gen/tpl.h"
#include "page/write.h"
#include "text/json_out.h"
#include "web/actor.h"

enum err
page_contribute(struct req *r, struct resp *w)
{
	struct arena *a = r->arena;
	static const char *const whats[] = { "Comment faire, étape par étape.", "Ce qui a été fait, où, avec qui.", "Un chiffre, la question posée, l’année.",
		                             "À imprimer, à remplir, à réutiliser.", "Ce qu’il faut savoir, où l’apprendre." };
	struct view_contribute_kind *kinds = arena_array(a, struct view_contribute_kind, 5);
	struct view_contribute v = { .kinds = { kinds, 5 } };

	for (size_t i = 0; i < 5; i++)
		kinds[i] = (struct view_contribute_kind){ str_of(SHEET_KINDS[i].letter), arena_fmt(a, "%c", SHEET_KINDS[i].letter[0] - 32), str_of(SHEET_KINDS[i].name), str_of(whats[i]),
			                                  link_fmt(a, "/contribuer/fiche?type=%s", SHEET_KINDS[i].code) };
	v.crumbs = crumbs(a, 1, &(struct view_link){ STR("Contribuer"), { NULL, 0 } });
	struct buf main;
	buf_init(&main, a, 8192);
	tpl_contribuer(&main, &v);
	struct view_layout layout = { .title = STR("Contribuer"), .description = STR("Proposer une fiche : six renseignements suffisent, une relecture bienveillante suit."), .head_search = true };
	return page_send(r, w, &layout, &main);
}

enum err
write_sheet_view(struct req *r, const struct work_content *c, int64_t id, struct view_sheet *ret)
{
	struct sheet s;
	enum err e = work_sheet(r->db, r->arena, c, id, &s);

	if (!e)
		e = sheet_view(r, &s, ret);
	if (e)
		return e;
	ret->imprint = STR_NONE;
	ret->history = (struct view_link){ STR_NONE, { NULL, 0 } };
	return ERR_NONE;
}

static enum err
show(struct req *r, struct resp *w, const struct work_content *c, int64_t id, struct view_draft *d)
{
	struct arena *a = r->arena;
	struct view_sheet v;
	enum err e = write_sheet_view(r, c, id, &v);

	if (e)
		return e;
	if (id == 0) /* no number yet */
		v.cote.text = arena_fmt(a, "%c ?", sheet_kind_of(c->type)->letter[0] - 32);
	v.crumbs = d->crumbs;
	struct buf main;
	buf_init(&main, a, 32768);
	tpl_travail(&main, d);
	tpl_sheet(&main, &v);
	struct view_layout layout = { .title = arena_fmt(a, "%.*s : %.*s", (int)d->title.n, d->title.p, (int)v.title.n, v.title.p), .noindex = true, .head_search = true, .write = d->done.n > 0 };
	w->cache = CACHE_NONE;
	return page_send(r, w, &layout, &main);
}

enum err
page_write_preview(struct req *r, struct resp *w)
{
	struct arena *a = r->arena;
	struct work_content c = { .evidence = -1 };
	struct write_doubts doubts;
	enum err e = write_read(r, &c, &c, &doubts);

	if (e)
		return e;
	struct view_link here = { STR("Aperçu"), { NULL, 0 } };
	struct view_draft d = { .title = STR("Aperçu"), .crumbs = crumbs(a, 1, &here),
		                .who = STR("C’est ainsi que la fiche paraîtrait. Rien n’a été enregistré ni envoyé : fermez cet onglet pour revenir à ce que vous écrivez."),
		                .faults = form_faults(r) };
	return show(r, w, &c, 0, &d);
}

static struct str
who_sees(struct arena *a, const struct work *k)
{
	if (str_eq(k->state, STR("soumise")))
		return STR("Ce texte attend sa relecture. Le voient : ses auteurs et les personnes qui relisent pour ce territoire.");
	if (str_eq(k->state, STR("en_relecture")))
		return arena_fmt(a, "Ce texte est relu par %.*s. Le voient : ses auteurs et les personnes qui relisent pour ce territoire.",
		                 k->reviewer.n ? (int)k->reviewer.n : 8, k->reviewer.n ? k->reviewer.p : "quelqu’un");
	if (str_eq(k->state, STR("publiee")))
		return STR("C’est le texte en ligne : rien n’a été changé depuis sa publication.");
	if (str_eq(k->state, STR("refusee")))
		return STR("Ce texte n’a pas été retenu. Le voient : ses auteurs et les personnes qui relisent.");
	if (k->round == 0 && k->public_state.n == 0 && str_eq(k->state, STR("brouillon")))
		return STR("Ce brouillon n’a pas été envoyé : il est visible de ses auteurs, de personne d’autre.");
	return STR("Ce brouillon est visible de ses auteurs et des personnes qui relisent pour ce territoire, de personne d’autre.");
}

enum err
page_work_text(struct req *r, struct resp *w)
{
	struct arena *a = r->arena;
	int64_t id = write_number(r);
	struct work k;
	enum err e = id ? work_find(r->write, a, actor_of(r)->id, id, &k) : ERR_NOT_FOUND;

	if (e)
		return e;
	struct view_link trail[] = { { STR("Contribuer"), link_fmt(a, "/contribuer") }, { STR("Le texte"), { NULL, 0 } } };
	struct view_link *p = arena_array(a, struct view_link, 4);
	size_t n = 0;
	if (k.may_write && work_editable(&k))
		p[n++] = (struct view_link){ STR("Continuer à écrire"), link_fmt(a, "/fiches/%lld/modifier", (long long)id) };
	p[n++] = (struct view_link){ STR("La relecture et ses messages"), link_fmt(a, "/fiches/%lld/relecture", (long long)id) };
	if (k.slug.n)
		p[n++] = (struct view_link){ STR("La fiche en ligne"), link_sheet(a, id, k.slug) };
	struct view_draft d = { .title = str_eq(k.state, STR("publiee")) ? STR("Le texte") : STR("Brouillon"), .who = who_sees(a, &k), .crumbs = crumbs(a, 2, trail),
		                .actions = { p, n } };
	if (str_eq(req_param(r, "fait"), STR("envoye")))
		d.done = STR("C’est envoyé. Merci ! Vous recevrez la réponse par courriel, et vous la retrouverez dans « Mon espace ».");
	return show(r, w, &k.content, id, &d);
}

enum err
page_alike(struct req *r, struct resp *w)
{
	struct arena *a = r->arena;
	const struct actor *actor;
	struct work_likes likes = { NULL, 0 };
	struct str sheet = req_param(r, "fiche");
	int64_t number = 0;
	enum err e = actor_find(r, &actor);

	for (size_t i = 0; i < sheet.n; i++)
		number = number * 10 + (sheet.p[i] - '0');
	/* Drafts are said to whoever may open them: not to half a session, nor to a token that does not read. */
	int64_t me = e || !actor->id   ? 0
	             : actor->session ? (actor->has_totp && !actor->second_factor ? 0 : actor->id)
	                              : (actor->scopes & SCOPE_READ ? actor->id : 0);
	if (!e)
		e = work_alike(r->write, a, me, req_param(r, "titre"), number, &likes);
	if (e)
		return e;
	struct json_out j = json_out(&w->body);
	json_begin_object(&j);
	json_key(&j, "elements");
	json_begin_array(&j);
	for (size_t i = 0; i < likes.n; i++) {
		const struct work_like *k = &likes.p[i];
		struct url to = k->is_public ? link_sheet(a, k->id, k->slug) : link_fmt(a, "/fiches/%lld/modifier", (long long)k->id);
		json_begin_object(&j);
		json_key(&j, "id");
		json_int(&j, k->id);
		json_key(&j, "titre");
		json_str(&j, k->title);
		json_key(&j, "type");
		json_str_or_null(&j, k->type);
		json_key(&j, "publique");
		json_bool(&j, k->is_public);
		json_key(&j, "url");
		json_str(&j, (struct str){ to.p, to.n });
		json_end(&j);
	}
	json_end(&j);
	json_end(&j);
	w->cache = CACHE_NONE;
	return ERR_NONE;
}
