/* /lien/{jeton}: what a link sent by mail opens, without signing in: a sheet to give advice on, a decision, an appeal. */
#include "gen/tpl.h"
#include "page/review_parts.h"

static bool
is(struct str s, const char *word)
{
	return str_eq(s, str_of(word));
}

static enum err
tell(struct req *r, struct resp *w, const struct view_mailed *v, int status)
{
	struct buf main;

	buf_init(&main, r->arena, 8192);
	tpl_mailed(&main, v);
	struct view_layout layout = { .title = v->title, .noindex = true, .head_search = true };
	enum err e = page_send(r, w, &layout, &main);
	if (status)
		w->status = status;
	return e;
}

static struct view_links
to_dialogue(struct arena *a, int64_t sheet)
{
	struct view_link *p = arena_array(a, struct view_link, 1);

	p[0] = (struct view_link){ STR("Ouvrir le dialogue en me connectant"), link_fmt(a, "/fiches/%lld/relecture", (long long)sheet) };
	return (struct view_links){ p, 1 };
}

/* The link has done what it could. */
static enum err
spent(struct req *r, struct resp *w, const struct link_found *l, struct str done, int status)
{
	struct str *p = arena_array(r->arena, struct str, 2);
	size_t n = 0;

	p[n++] = l->used ? STR("Ce lien a déjà servi : il ne décide qu’une fois.") : STR("Ce lien a plus de trois jours : pour décider, il faut maintenant vous connecter.");
	struct view_mailed v = { .title = done.n ? STR("C’est fait") : STR("Ce lien ne décide plus"), .lead = done, .paragraphs = { p, n }, .links = to_dialogue(r->arena, l->sheet_id) };
	return tell(r, w, &v, status);
}

static enum err
appeal_page(struct req *r, struct resp *w, const struct reviewing *x, struct str refused, int status)
{
	struct arena *a = r->arena;
	const struct review_case *c = x->c;
	bool refusal = is(c->state, "refusee"), gone = is(c->public_state, "retiree") || is(c->public_state, "fusionnee");
	struct view_act_form *f = arena_array(a, struct view_act_form, 1);
	struct str *p = arena_array(a, struct str, 3);
	size_t n = 0;

	if (refused.n)
		form_fault(r, "formulaire", "%.*s", (int)refused.n, refused.p);
	struct view_mailed v = { .title = STR("Demander un nouvel examen"), .lead = c->title, .links = to_dialogue(a, c->id) };
	if (refusal)
		p[n++] = STR("Cette fiche n’a pas été publiée. Vous pouvez demander qu’une autre personne que celle qui a décidé la relise.");
	else if (gone && c->withdrawn_reason.n)
		p[n++] = arena_fmt(a, "Cette fiche a été retirée. La raison donnée : %.*s.", (int)c->withdrawn_reason.n, c->withdrawn_reason.p);
	else if (gone)
		p[n++] = STR("Cette fiche mène maintenant à une autre.");
	if ((refusal || gone) && !c->appeal) {
		p[n++] = STR("Rien n’est effacé : votre texte est gardé, et la fiche peut être rétablie.");
		f[0] = review_form(x, "contester", "contester", STR_NONE, STR("Envoyer ma demande"));
		f[0].primary = true;
		f[0].open = r->method == METHOD_POST;
		review_form_field(x, &f[0], "motif", "Pourquoi cette décision ne vous convient pas", "La personne qui examinera la fiche lira ces mots.", STR_NONE);
		v.acts = (struct view_act_forms){ f, 1 };
	} else {
		p[n++] = c->appeal || c->appealed_id ? STR("Votre demande est enregistrée. Une autre personne va examiner la fiche.") : STR("Il n’y a plus rien à contester : la fiche a changé depuis.");
	}
	v.paragraphs = (struct view_strs){ p, n };
	v.faults = form_faults(r);
	return tell(r, w, &v, status);
}

/* The link, and the sheet as its holder may see it. ERR_NOT_FOUND for anything else. */
static enum err
open_link(struct req *r, struct link_found *l, struct review_case *c, struct reviewing *x, char sum[TOKEN_SUM + 1])
{
	struct arena *a = r->arena;
	struct review_invitation i;

	if (!token_sum(r->vars[0], sum))
		return ERR_NOT_FOUND;
	enum err e = link_find(r->write, a, str_of(sum), l);
	if (e)
		return e;
	*x = (struct reviewing){ .r = r, .c = c, .mailed = true, .action = link_fmt(a, "/lien/%.*s", (int)r->vars[0].n, r->vars[0].p), .hidden = form_hidden(r, false) };
	if (is(l->purpose, "relecture")) {
		if ((e = review_invitation_find(r->write, a, str_of(sum), &i)) || (e = review_case_find(r->write, a, i.invited_by, i.sheet_id, c)))
			return e;
		c->reviews = c->writes = c->manages = c->admin = c->own = false;
		x->invitation = i.id;
		return i.open ? ERR_NONE : ERR_GONE;
	}
	if (!(is(l->purpose, "decision") || is(l->purpose, "appel")) || !l->account_id || !l->active)
		return err_note(ERR_NOT_FOUND, "a link of another kind");
	x->actor = l->account_id;
	return review_case_find(r->write, a, l->account_id, l->sheet_id, c);
}

static enum err
over(struct req *r, struct resp *w)
{
	struct str *p = arena_array(r->arena, struct str, 1);

	p[0] = STR("La relecture de cette fiche est finie. Merci de votre lecture.");
	struct view_mailed v = { .title = STR("Cette relecture est finie"), .paragraphs = { p, 1 } };
	return tell(r, w, &v, 410);
}

static enum err
show(struct req *r, struct resp *w, const struct link_found *l, const struct reviewing *x, struct str done, struct str refused, int status)
{
	w->cache = CACHE_NONE;
	if (is(l->purpose, "appel"))
		return appeal_page(r, w, x, refused, status);
	if (is(l->purpose, "decision") && (l->used || !l->fresh))
		return spent(r, w, l, done, status);
	return review_show(r, w, x, done, refused, status);
}

enum err
page_mailed(struct req *r, struct resp *w)
{
	struct link_found l;
	struct review_case c;
	struct reviewing x;
	char sum[TOKEN_SUM + 1];
	enum err e = open_link(r, &l, &c, &x, sum);

	if (e == ERR_GONE)
		return over(r, w);
	return e ? e : show(r, w, &l, &x, review_done(r), STR_NONE, 0);
}

static bool
link_does(const struct link_found *l, struct str act)
{
	static const char *const decision[] = { "prendre", "rendre", "demander", "refuser", "publier", "retablir", "maintenir" };

	if (is(l->purpose, "relecture"))
		return is(act, "avis");
	if (is(l->purpose, "appel"))
		return is(act, "contester");
	for (size_t i = 0; i < sizeof(decision) / sizeof(*decision); i++)
		if (is(act, decision[i]))
			return l->fresh;
	return false;
}

enum err
page_mailed_act(struct req *r, struct resp *w)
{
	struct link_found l;
	struct review_case c;
	struct reviewing x;
	struct review_answered answered = { STR_NONE, 0 };
	struct str act = req_param(r, "act");
	char sum[TOKEN_SUM + 1];
	enum err e = open_link(r, &l, &c, &x, sum);

	if (e == ERR_GONE)
		return over(r, w);
	if (e)
		return e;
	if (r->refused)
		return show(r, w, &l, &x, STR_NONE, STR_NONE, 400);
	bool once = !is(l.purpose, "relecture") && !is(act, "prendre") && !is(act, "rendre");
	if (!link_does(&l, act))
		answered = (struct review_answered){ STR("Ce lien ne sert pas à cela."), 403 };
	else if (l.used)
		answered = (struct review_answered){ STR("Ce lien a déjà servi : il ne décide qu’une fois."), 409 };
	else if ((e = review_post(r, &x, &answered)))
		return e;
	if (answered.refused.n) {
		struct review_case now;
		if (!x.invitation && (e = review_case_find(r->write, r->arena, x.actor, c.id, &now)))
			return e;
		if (!x.invitation)
			c = now;
		return show(r, w, &l, &x, STR_NONE, answered.refused, answered.status);
	}
	bool free = true;
	if (once && (e = link_use(r->write, r->arena, str_of(sum), &free)))
		return e;
	if (!free)
		return err_note(ERR_CONFLICT, "the link was used meanwhile");
	resp_redirect(w, 303, arena_fmt(r->arena, "/lien/%.*s?fait=%.*s", (int)r->vars[0].n, r->vars[0].p, (int)act.n, act.p));
	return ERR_NONE;
}
