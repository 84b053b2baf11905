/*
 * /mon-espace: what awaits its reader first, then their sheets by state with what to do next, those of their structures, and the
 * structures. One state alone (?etat=) is walked page by page. Tables say what each state and each wait is called and where it leads.
 */
#include "format/json_item.h"
#include "gen/tpl.h"
#include "model/space.h"
#include "model/parcours_work.h"
#include "page/parcours.h"
#include "base/log.h"
#include "crypt/token.h"
#include "web/actor.h"

#include <stdlib.h>

/* What each thing that awaits leads to; %lld is the number of the sheet or of the structure. */
static const struct {
	const char *kind, *sentence, *act, *path;
} waits[] = {
	{ "changements", "Des changements vous sont demandés", "Lire et répondre", "/fiches/%lld/relecture" },
	{ "relecture", "Vous relisez cette fiche", "Reprendre la relecture", "/fiches/%lld/relecture" },
	{ "invitation", "Vous êtes invité à rejoindre une structure", "Répondre", "/structures/%lld" },
	{ "coecriture", "Vous êtes invité à écrire une fiche avec d’autres", "Répondre", "/mon-espace" },
	{ "demandes", "", "Répondre", "/structures/%lld" },
	{ "revendications", "", "Examiner", "/structures/%lld" },
	{ "suggestions", "", "Lire et répondre", "/fiches/%lld/suggestions" },
	{ "a_verifier", "Cette fiche est à vérifier : est-elle toujours exacte ?", "Vérifier", "/fiches/%lld/confirmer" },
	{ "a_relire", "", "Ouvrir la file", "/moderation" },
	{ "parcours", "", "Ouvrir la liste", "/moderation/parcours" },
	{ "parcours_renvoye", "Un parcours vous revient, avec une raison", "Lire et reprendre", "/contribuer/parcours/%lld" },
};

/* In the order of the page. act and other: where they lead, NULL for none; "": the public page of the sheet. */
static const struct {
	const char *state, *title, *note, *since;
	const char *act, *act_path, *other, *other_path;
	bool writing; /* about the text, not about what is public */
} states[] = {
	{ "modifications_demandees", "Des changements sont demandés", "Vous reprenez le texte, ou vous répondez.", "demandés le", "Lire et répondre", "/fiches/%lld/relecture",
	  "Modifier", "/fiches/%lld/modifier", true },
	{ "brouillon", "Brouillons", "Vous seul, et ceux qui écrivent avec vous, les voyez.", "enregistrée le", "Continuer", "/fiches/%lld/modifier", "Voir le texte",
	  "/fiches/%lld/travail", true },
	{ "refusee", "Refusées", "Les raisons sont écrites, et une autre personne peut les examiner.", "refusée le", "Lire les raisons", "/fiches/%lld/relecture", NULL, NULL, true },
	{ "soumise", "Envoyées à la relecture", "Quelqu’un va s’en saisir.", "envoyée le", "Suivre", "/fiches/%lld/relecture", "Voir le texte", "/fiches/%lld/travail", true },
	{ "en_relecture", "En relecture", "Une personne les lit en ce moment.", "envoyée le", "Suivre", "/fiches/%lld/relecture", "Voir le texte", "/fiches/%lld/travail", true },
	{ "a_actualiser", "À vérifier", "Elles sont en ligne, avec la mention qu’elles ont peut-être vieilli.", "modifiée le", "Vérifier", "/fiches/%lld/confirmer", "Modifier",
	  "/fiches/%lld/modifier", false },
	{ "publiee", "En ligne", "Tout le monde les lit. La version en ligne reste en place pendant que vous écrivez la suivante.", "modifiée le", "Modifier",
	  "/fiches/%lld/modifier", "Historique", "/fiches/%lld/historique", false },
	{ "archivee", "Archivées", "Elles se lisent encore, les listes ne les montrent plus.", "modifiée le", "Historique", "/fiches/%lld/historique", NULL, NULL, false },
	{ "retiree", "Retirées", "Il en reste une page qui dit pourquoi.", "retirée le", "Lire les raisons", "/fiches/%lld/relecture", NULL, NULL, false },
	{ "fusionnee", "Réunies à une autre", "Leur adresse mène à celle qui reste.", "réunie le", "Lire", "", NULL, NULL, false },
};
enum { STATES_N = sizeof(states) / sizeof(*states) };

static const struct {
	const char *code, *says;
} done_words[] = {
	{ "inscription", "Votre compte est ouvert. Bienvenue." },
	{ "quitte", "Vous n’êtes plus de cette structure." },
	{ "decline", "Vous avez décliné cette invitation." },
};

static struct url
number_link(struct arena *a, const char *path, int64_t id)
{
	const char *hole = strstr(path, "%lld");

	if (!hole)
		return link_fmt(a, "%s", path);
	return link_fmt(a, "%.*s%lld%s", (int)(hole - path), path, (long long)id, hole + 4);
}

static struct view_cote
plate_of(struct arena *a, struct str type, int64_t id)
{
	if (type.n)
		return cote_of(a, type, id);
	return (struct view_cote){ .text = id ? arena_fmt(a, "? %lld", (long long)id) : STR_NONE };
}

static struct str
title_or(struct str title)
{
	return title.n ? title : STR("Sans titre pour l’instant");
}

static struct view_space_awaits
awaits_of(struct arena *a, const struct space_awaits *l, struct str token)
{
	struct view_space_await *p = arena_array(a, struct view_space_await, l->n);
	size_t n = 0;

	for (size_t i = 0; i < l->n; i++) {
		const struct space_await *x = &l->p[i];
		size_t k = 0;
		while (k < sizeof(waits) / sizeof(*waits) && !str_eq(x->kind, str_of(waits[k].kind)))
			k++;
		if (k == sizeof(waits) / sizeof(*waits))
			die("nothing is said of what awaits as \"%.*s\"", (int)x->kind.n, x->kind.p);
		bool sheet = strncmp(waits[k].path, "/fiches", 7) == 0 || x->code.n;
		struct view_space_await *v = &p[n++];
		*v = (struct view_space_await){ .sentence = str_of(waits[k].sentence),
			                        .title = sheet ? title_or(x->title) : x->title,
			                        .before = words_date(a, x->day, true),
			                        .act = { str_of(waits[k].act), number_link(a, waits[k].path, x->id) },
			                        .code = x->code,
			                        .token = token };
		if (sheet)
			v->cote = plate_of(a, x->type, x->id);
		if (str_eq(x->kind, STR("demandes")))
			v->sentence = x->n > 1 ? arena_fmt(a, "%lld personnes demandent à rejoindre votre structure", (long long)x->n)
			                       : STR("Une personne demande à rejoindre votre structure");
		if (str_eq(x->kind, STR("revendications")))
			v->sentence = x->n > 1 ? arena_fmt(a, "%lld personnes demandent à répondre de cette structure", (long long)x->n)
			                       : STR("Une personne demande à répondre de cette structure");
		if (str_eq(x->kind, STR("suggestions")))
			v->sentence = x->n > 1 ? arena_fmt(a, "%lld corrections vous sont proposées", (long long)x->n) : STR("Une correction vous est proposée");
		if (str_eq(x->kind, STR("parcours")))
			v->sentence = x->n > 1 ? arena_fmt(a, "%lld parcours attendent une relecture", (long long)x->n) : STR("Un parcours attend une relecture");
		if (str_eq(x->kind, STR("a_relire")))
			v->sentence = x->n >= SPACE_REVIEWS ? arena_fmt(a, "%lld fiches ou plus attendent une relecture", (long long)x->n)
			              : x->n > 1            ? arena_fmt(a, "%lld fiches attendent une relecture", (long long)x->n)
			                                    : STR("Une fiche attend une relecture");
	}
	return (struct view_space_awaits){ p, n };
}

static struct view_space_sheet
row_of(struct arena *a, const struct space_sheet *s, size_t k)
{
	struct view_date day = words_date(a, s->day, true), due = words_date(a, s->due, true);
	struct buf b;
	struct view_space_sheet v = { .cote = plate_of(a, s->type, s->id),
		                      .title = { title_or(s->title), s->online && !states[k].writing ? link_sheet(a, s->id, s->slug) : number_link(a, states[k].act_path, s->id) },
		                      .act = { str_of(states[k].act), *states[k].act_path ? number_link(a, states[k].act_path, s->id) : link_sheet(a, s->id, s->slug) } };

	buf_init(&b, a, 200);
	if (day.text.n)
		buf_fmt(&b, "%s %.*s", states[k].since, (int)day.text.n, day.text.p);
	if (due.text.n && str_eq(s->state, STR("modifications_demandees")))
		buf_fmt(&b, "%sà rendre avant le %.*s", b.n ? ", " : "", (int)due.text.n, due.text.p);
	if (s->structure.n)
		buf_fmt(&b, "%s%.*s", b.n ? ", " : "", (int)s->structure.n, s->structure.p);
	if (s->online && states[k].writing)
		buf_fmt(&b, "%sla version en ligne ne change pas d’ici là", b.n ? " ; " : "");
	v.note = buf_str(&b);
	if (states[k].other)
		v.other = (struct view_link){ str_of(states[k].other), number_link(a, states[k].other_path, s->id) };
	return v;
}

/* The rows come by state; the page has its own order of states. */
static struct view_space_groups
groups_of(struct arena *a, const struct space_sheets *l, bool shared, struct str only)
{
	struct view_space_group *g = arena_array(a, struct view_space_group, STATES_N);
	size_t n = 0;

	for (size_t k = 0; k < STATES_N; k++) {
		struct view_space_sheet *rows = arena_array(a, struct view_space_sheet, l->n);
		size_t nrows = 0;
		int64_t total = 0;
		for (size_t i = 0; i < l->n; i++)
			if (l->p[i].shared == shared && str_eq(l->p[i].state, str_of(states[k].state))) {
				rows[nrows++] = row_of(a, &l->p[i], k);
				total = l->p[i].total;
			}
		if (nrows == 0)
			continue;
		g[n] = (struct view_space_group){ .id = arena_fmt(a, "%s-%s", shared ? "structure" : "moi", states[k].state),
			                          .title = str_of(states[k].title),
			                          .note = str_of(states[k].note),
			                          .count = words_count(a, total, "fiche", "fiches"),
			                          .rows = { rows, nrows } };
		if (!only.n && total > (int64_t)nrows)
			g[n].more = (struct view_link){ arena_fmt(a, "Les voir toutes (%lld)", (long long)total), link_fmt(a, "/mon-espace?etat=%s", states[k].state) };
		n++;
	}
	return (struct view_space_groups){ g, n };
}

static struct view_space_structures
structures_of(struct arena *a, const struct space_structures *l)
{
	struct view_space_structure *p = arena_array(a, struct view_space_structure, l->n);

	for (size_t i = 0; i < l->n; i++) {
		const struct space_structure *s = &l->p[i];
		struct str sheets = words_count(a, s->sheets, "fiche", "fiches");
		p[i] = (struct view_space_structure){ .link = { s->name, number_link(a, "/structures/%lld", s->id) },
			                              .note = str_eq(s->state, STR("invitee"))    ? STR("on vous y invite")
			                                      : str_eq(s->state, STR("demandee")) ? STR("votre demande attend une réponse")
			                                                                          : arena_fmt(a, "%.*s, %.*s", (int)s->role.n, s->role.p, (int)sheets.n, sheets.p) };
	}
	return (struct view_space_structures){ p, l->n };
}

static struct view_links
composed_of(struct arena *a, const struct parcours_work_rows *l)
{
	struct view_link *p = arena_array(a, struct view_link, l->n + 1);

	for (size_t i = 0; i < l->n; i++)
		p[i] = (struct view_link){ title_or(l->p[i].title), number_link(a, "/contribuer/parcours/%lld", l->p[i].id) };
	return (struct view_links){ p, l->n };
}

static void
put(struct json_out *j, const char *key, struct str value)
{
	json_key(j, key);
	json_str_or_null(j, value);
}

static void
answer_json(struct req *r, struct resp *w, const struct space_awaits *awaits, const struct space_sheets *sheets, const struct space_structures *structures,
            const struct parcours_begun_list *begun)
{
	struct arena *a = r->arena;
	struct json_out j = json_out(&w->body);

	json_begin_object(&j);
	json_key(&j, "attend");
	json_begin_array(&j);
	for (size_t i = 0; i < awaits->n; i++) {
		const struct space_await *x = &awaits->p[i];
		json_begin_object(&j);
		put(&j, "sorte", x->kind);
		json_key(&j, "id");
		if (x->id)
			json_int(&j, x->id);
		else
			json_null(&j);
		put(&j, "titre", x->title);
		json_key(&j, "nombre");
		json_int(&j, x->n ? x->n : 1);
		put(&j, "avant_le", x->day);
		for (size_t k = 0; k < sizeof(waits) / sizeof(*waits); k++)
			if (str_eq(x->kind, str_of(waits[k].kind)))
				json_address(&j, a, r->base, "uri", number_link(a, waits[k].path, x->id), "");
		json_end(&j);
	}
	json_end(&j);
	json_key(&j, "fiches");
	json_begin_array(&j);
	for (size_t i = 0; i < sheets->n; i++) {
		const struct space_sheet *s = &sheets->p[i];
		json_begin_object(&j);
		json_key(&j, "id");
		json_int(&j, s->id);
		put(&j, "type", s->type);
		put(&j, "titre", s->title);
		put(&j, "etat", s->state);
		json_key(&j, "en_ligne");
		json_bool(&j, s->online);
		json_key(&j, "a_moi");
		json_bool(&j, !s->shared);
		put(&j, "structure", s->structure);
		put(&j, "depuis_le", s->day);
		put(&j, "avant_le", s->due);
		json_key(&j, "dans_cet_etat");
		json_int(&j, s->total);
		json_address(&j, a, r->base, "uri", s->slug.n ? link_sheet(a, s->id, s->slug) : number_link(a, "/fiches/%lld/travail", s->id), "");
		json_end(&j);
	}
	json_end(&j);
	json_key(&j, "structures");
	json_begin_array(&j);
	for (size_t i = 0; i < structures->n; i++) {
		const struct space_structure *s = &structures->p[i];
		json_begin_object(&j);
		json_key(&j, "id");
		json_int(&j, s->id);
		put(&j, "nom", s->name);
		put(&j, "role", s->role);
		put(&j, "etat", s->state);
		json_key(&j, "fiches");
		json_int(&j, s->sheets);
		json_address(&j, a, r->base, "uri", number_link(a, "/structures/%lld", s->id), "");
		json_end(&j);
	}
	json_end(&j);
	json_key(&j, "parcours");
	json_begin_array(&j);
	for (size_t i = 0; i < begun->n; i++) {
		json_begin_object(&j);
		put(&j, "code", begun->p[i].slug);
		put(&j, "titre", begun->p[i].title);
		json_key(&j, "faites");
		json_int(&j, begun->p[i].done);
		json_key(&j, "etapes");
		json_int(&j, begun->p[i].total);
		json_end(&j);
	}
	json_end(&j);
	json_end(&j);
}

static struct str
lead_of(struct arena *a, size_t awaits, bool empty)
{
	static const char *const numbers[] = { "", "Une chose vous attend.", "Deux choses vous attendent.", "Trois choses vous attendent.", "Quatre choses vous attendent.",
		                               "Cinq choses vous attendent." };

	if (awaits == 0)
		return empty ? STR("Tout commence ici : une fiche, quelques lignes, et quelqu’un de votre territoire la relit.") : STR("Rien ne vous attend aujourd’hui.");
	return awaits < sizeof(numbers) / sizeof(*numbers) ? str_of(numbers[awaits]) : arena_fmt(a, "%zu choses vous attendent.", awaits);
}

/* Whoever is signed in with the address that was invited is led to a link of their own: the one of the mail is a secret nobody keeps. */
static enum err
invitation_open(struct req *r, struct resp *w)
{
	struct token t;

	if (r->refused || !req_param(r, "invitation").n)
		return ERR_NOT_FOUND;
	token_make(&t);
	enum err e = space_invitation(r->write, r->arena, actor_of(r)->id, req_param(r, "invitation"), str_of(t.sum));
	if (e)
		return e;
	w->secret = true;
	resp_redirect(w, 303, arena_fmt(r->arena, "/contribuer/invitation/%s", t.text));
	return ERR_NONE;
}

enum err
page_my_space(struct req *r, struct resp *w)
{
	if (r->method == METHOD_POST)
		return invitation_open(r, w);

	struct arena *a = r->arena;
	const struct actor *me = actor_of(r);
	struct str only = req_param(r, "etat"), done = req_param(r, "fait"), page = req_param(r, "page");
	struct list_query q = { .page = 1, .taille = only.n ? SPACE_PAGE : SPACE_SHEETS };
	struct space_awaits awaits = { NULL, 0 };
	struct space_sheets sheets;
	struct space_structures structures;
	struct parcours_begun_list begun = { NULL, 0 };
	struct parcours_work_rows composed = { NULL, 0, 0 };
	int64_t most = 0;

	if (page.n && only.n)
		q.page = strtoll(arena_cstr(a, page), NULL, 10);
	enum err e = only.n ? ERR_NONE : space_awaits_list(r->write, a, me->id, me->role >= ROLE_FACILITATOR, &awaits);
	if (e || (e = space_sheets_list(r->write, a, me->id, only, (q.page - 1) * q.taille, q.taille, &sheets)) ||
	    (e = space_structures_list(r->write, a, me->id, &structures)) || (e = parcours_progress_list(r->write, a, me->id, &begun)) ||
	    (e = parcours_work_list(r->write, a, me->id, false, 0, SPACE_SHEETS, &composed)))
		return e;
	if (r->format == FORMAT_JSON) {
		answer_json(r, w, &awaits, &sheets, &structures, &begun);
		return ERR_NONE;
	}
	for (size_t i = 0; i < sheets.n; i++)
		if (sheets.p[i].total > most)
			most = sheets.p[i].total;
	/* Whoever decides for others finds their desks here, even when nothing waits. */
	struct view_link desks[] = { { STR("La file de relecture"), link_fmt(a, "/moderation") },
		                     { STR("Les parcours à relire"), link_fmt(a, "/moderation/parcours") },
		                     { STR("Les ateliers"), link_fmt(a, "/ateliers") },
		                     { STR("Les demandes du réseau"), link_fmt(a, "/administration/reseau") },
		                     { STR("L’administration"), link_fmt(a, "/administration") } };
	struct view_link account[] = { { STR("Mes listes"), link_fmt(a, "/mon-espace/listes") },
		                      { STR("Mon compte"), link_fmt(a, "/compte") },
		                       { STR("Emporter tout ce que vous gardez de moi"), link_fmt(a, "/compte/export") },
		                       { STR("Comment une fiche est relue"), link_fmt(a, "/contribuer") } };
	struct view_link way[] = { { STR("Mon espace"), only.n ? link_fmt(a, "/mon-espace") : (struct url){ NULL, 0 } }, { STR_NONE, { NULL, 0 } } };
	struct str token = actor_form_token(r);
	struct view_space v = { .awaits = awaits_of(a, &awaits, token),
		                .mine = groups_of(a, &sheets, false, only),
		                .ours = groups_of(a, &sheets, true, only),
		                .structures = structures_of(a, &structures),
		                .begun = parcours_begun_rows(a, &begun),
		                .composed = composed_of(a, &composed),
		                .desks = { desks, me->role >= ROLE_EDITOR ? 5 : me->role == ROLE_FACILITATOR ? 4 : 0 },
		                .account = { account, sizeof(account) / sizeof(*account) },
		                .token = token };
	v.empty = !only.n && v.mine.n == 0;
	v.title = me->name.n ? arena_fmt(a, "Bonjour %.*s", (int)me->name.n, me->name.p) : STR("Bonjour");
	v.lead = lead_of(a, v.awaits.n, v.empty && v.ours.n == 0);
	for (size_t k = 0; only.n && k < STATES_N; k++)
		if (str_eq(only, str_of(states[k].state))) {
			v.title = way[1].label = str_of(states[k].title);
			v.lead = str_of(states[k].note);
			v.paging = paging_of(r, r->path, &q, most);
		}
	v.crumbs = crumbs(a, only.n ? 2 : 1, way);
	for (size_t i = 0; i < sizeof(done_words) / sizeof(*done_words); i++)
		if (str_eq(done, str_of(done_words[i].code)))
			v.done = str_of(done_words[i].says);
	struct buf main;
	buf_init(&main, a, 32768);
	tpl_space(&main, &v);
	struct view_layout layout = { .title = only.n ? v.title : STR("Mon espace"), .noindex = true, .nav_self = true, .head_search = true };
	return page_send(r, w, &layout, &main);
}
